// Five faces to tap. Each one says its word and its place on the scale.
import { Face } from "@/components/Face";
import { Icon } from "@/components/Icon";
import { cx } from "@/lib/css";
import { useStore } from "@/lib/store";
import { ticked } from "./actions";
import styles from "./Faces.module.css";
import { useFaces } from "./queries";

type Props = { legend: string; size?: "big" | "small"; onPick: (score: number) => void };

export function Faces({ legend, size, onPick }: Props) {
  const faces = useFaces();
  const tapped = useStore(ticked);
  return (
    <div className={cx(styles.faces, size && styles[size])} role="group" aria-label={legend}>
      {faces.map((look, index) => (
        <button
          key={look.label}
          type="button"
          className={styles.pick}
          aria-label={`${look.label}, ${index + 1} of 5`}
          onClick={() => onPick(index + 1)}
        >
          <span className={styles.picture}>
            <Face score={index + 1} look={look} />
            {tapped === index + 1 && (
              <span className={styles.tick}>
                <Icon name="today" size={18} />
              </span>
            )}
          </span>
          <span className={styles.word}>{look.label}</span>
        </button>
      ))}
    </div>
  );
}
