// A native dialog: from below on a phone, in the middle on a desktop. Escape, the backdrop and the button close it;
// the browser gives the focus back to where it came from. What carries `data-first` has the focus when it opens.
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { IconButton } from "./Button";
import styles from "./Sheet.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode; lead?: ReactNode };

export function Sheet({ title, onClose, children, lead }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressed = useRef(false);
  const heading = useId();

  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    element.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target === dialog.current;
      }}
      // Text that is selected from a field out to the backdrop ends in a click there as well.
      onClick={(event) => pressed.current && event.target === dialog.current && onClose()}
    >
      <div className={styles.body}>
        <div className={styles.header}>
          {lead}
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
