// Puts the two API browsers behind /docs and /redoc into the output, so that the server never needs a CDN for them.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const { resolve } = createRequire(import.meta.url);

const files = [
  "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui.css",
  "redoc/bundles/redoc.standalone.js",
];

// ReDoc's footer fetches its logo from the vendor. A transparent pixel keeps the page at home.
const vendorLogo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const emptyImage = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

export function docsAssets(): Plugin {
  return {
    name: "daybeat-docs-assets",
    apply: "build",
    async generateBundle() {
      for (const file of files) {
        const source = await readFile(resolve(file), "utf8");
        this.emitFile({
          type: "asset",
          fileName: `docs-assets/${file.split("/").at(-1)}`,
          source: source.replaceAll(vendorLogo, emptyImage),
        });
      }
    },
  };
}
