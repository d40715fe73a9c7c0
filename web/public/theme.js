// Runs before the first paint, so that a chosen theme never flashes in the other one. Kept in step with src/app/theme.ts.
const chosen = localStorage.getItem("daybeat.theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
