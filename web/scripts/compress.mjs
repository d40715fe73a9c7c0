// Puts each text of the built page beside itself as .br and .gz, so that no server compresses the same bytes twice.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const page = fileURLToPath(new URL("../../src/daybeat/page/", import.meta.url));
const text = /\.(css|html|js|svg|webmanifest)$/;
const SMALL = 1000; // fits into a packet as it is

for (const file of readdirSync(page, { recursive: true })) {
  const bytes = text.test(file) ? readFileSync(page + file) : "";
  if (bytes.length < SMALL) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${page}${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${page}${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}
