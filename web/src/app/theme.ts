// The chosen theme, remembered for public/theme.js, which applies it before the first paint.
import type { Theme } from "@/api/types";

export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") {
    localStorage.removeItem("daybeat.theme");
    delete root.dataset.theme;
  } else {
    localStorage.setItem("daybeat.theme", theme);
    root.dataset.theme = theme;
  }
}
