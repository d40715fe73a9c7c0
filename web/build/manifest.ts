// How Daybeat introduces itself to a phone's home screen.
import type { ManifestOptions } from "vite-plugin-pwa";

export const manifest: Partial<ManifestOptions> = {
  id: "/",
  name: "Daybeat",
  short_name: "Daybeat",
  description: "A calm, self-hosted habit tracker.",
  start_url: "/",
  display: "standalone",
  background_color: "#fbfaf8",
  theme_color: "#fbfaf8",
  icons: [
    { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
  shortcuts: [
    { name: "Log mood", url: "/mood" },
    { name: "New habit", url: "/habits/new" },
  ],
};
