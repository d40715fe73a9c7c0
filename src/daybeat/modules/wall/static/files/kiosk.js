// ?kiosk=1: the wall on a screen that nobody touches. It stays lit for as long as it is looked at.
export function begin() {
  if (new URLSearchParams(location.search).get("kiosk") !== "1") return;
  document.documentElement.classList.add("kiosk");
  void keepLit();
  document.addEventListener("visibilitychange", keepLit);
}

async function keepLit() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  try {
    await navigator.wakeLock.request("screen");
  } catch {
    // A screen that is about to sleep, or a browser that wants a click first: the wall works without.
  }
}
