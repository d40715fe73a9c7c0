// Press and hold, or right-click, to ask for more than the tap. The click that ends a hold is swallowed.
import { type MouseEvent, type PointerEvent, useRef } from "react";

const HOLD_MS = 450;
const MOVED_PX = 10;

export function useLongPress(onHold: () => void) {
  const press = useRef<{ timer: number; x: number; y: number; held: boolean } | null>(null);

  const end = () => {
    if (press.current) clearTimeout(press.current.timer);
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      const timer = window.setTimeout(() => {
        if (press.current) press.current.held = true;
        onHold();
      }, HOLD_MS);
      press.current = { timer, x: event.clientX, y: event.clientY, held: false };
    },
    onPointerMove(event: PointerEvent) {
      const start = press.current;
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVED_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: end,
    onContextMenu(event: MouseEvent) {
      event.preventDefault();
      end();
      if (!press.current?.held) onHold();
    },
    onClickCapture(event: MouseEvent) {
      if (press.current?.held) {
        event.preventDefault();
        event.stopPropagation();
      }
      press.current = null;
    },
  };
}
