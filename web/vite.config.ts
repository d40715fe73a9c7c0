/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { docsAssets } from "./build/docsAssets";
import { manifest } from "./build/manifest";
import { pushWorker } from "./build/pushWorker";

const backend = process.env.DAYBEAT_DEV_SERVER ?? "http://127.0.0.1:8000";
const target = "es2023";
const push = "push-worker.js";

export default defineConfig({
  base: "/",
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  plugins: [
    react(),
    docsAssets(),
    pushWorker(push, target),
    VitePWA({
      manifest,
      injectRegister: null,
      workbox: {
        // The shell only. Answers of the API live in IndexedDB, where an account change can wipe them.
        globPatterns: ["**/*.{html,js,css,svg,webmanifest}", "icons/icon-192.png"],
        // The worker loads it itself, and keeps it.
        importScripts: [push],
        globIgnores: ["docs-assets/**", push],
        navigateFallback: "/index.html",
        navigateFallbackAllowlist: [/^\/((activity|goals|habits|insights|integrations|mood|operations|reports|settings|login|register)(\/|$|\?)|$|\?)/],
        clientsClaim: true,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  build: {
    outDir: fileURLToPath(new URL("../src/daybeat/page", import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    target,
    manifest: true,
    rolldownOptions: {
      output: {
        // What the first page needs anyway comes in one piece: a file for each handful of lines is a request for each.
        codeSplitting: {
          groups: [
            { name: "shared", tags: ["$initial"], priority: 2 },
            { name: "plot", test: /uplot|lib\/plot/i, priority: 2 },
            { name: "common", test: /node_modules|src\//, minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: backend, ws: true }, "/health": backend } },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
  },
});
