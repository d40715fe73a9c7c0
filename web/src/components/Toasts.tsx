// The one place where the page speaks up. It is a polite live region, so every tap is also heard.
import { useEffect, useState } from "react";
import { dismissToast, shownToast, TOAST_MS, toasts } from "@/lib/toasts";
import { useStore } from "@/lib/store";
import { IconButton } from "./Button";
import styles from "./Toasts.module.css";

export function Toasts() {
  const shown = useStore(toasts, shownToast);
  const [heldKey, setHeldKey] = useState<number | null>(null);
  const held = shown?.key === heldKey;

  useEffect(() => {
    if (!shown || shown.stays || held) return;
    const timer = setTimeout(() => dismissToast(shown.key), TOAST_MS);
    return () => clearTimeout(timer);
  }, [shown, held]);

  const [hold, letGo] = [() => setHeldKey(shown?.key ?? null), () => setHeldKey(null)];
  return (
    <div className={styles.region} role="status" aria-live="polite" aria-label="Messages">
      {shown && (
        <div key={shown.key} className={styles.toast} onPointerEnter={hold} onPointerLeave={letGo} onFocus={hold} onBlur={letGo}>
          <p>{shown.text}</p>
          {shown.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismissToast(shown.key);
                shown.action?.run();
              }}
            >
              {shown.action.label}
            </button>
          )}
          <IconButton icon="close" label="Dismiss message" onClick={() => dismissToast(shown.key)} />
        </div>
      )}
    </div>
  );
}
