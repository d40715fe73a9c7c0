// Prints what a visitor downloads, gzipped, and fails when a budget is exceeded. Reads the manifest of the last build.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const page = fileURLToPath(new URL("../../src/daybeat/page/", import.meta.url));
const budgets = { initial: 115, route: 45, css: 15 };

const manifest = JSON.parse(readFileSync(`${page}.vite/manifest.json`, "utf8"));
const kilobytes = (file) => gzipSync(readFileSync(page + file)).length / 1024;
const sum = (files) => [...files].reduce((total, file) => total + kilobytes(file), 0);

function chunks(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const imported of manifest[key].imports ?? []) chunks(imported, seen);
  }
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const initial = chunks(entry);
const results = [["initial", sum([...initial].map((key) => manifest[key].file)), budgets.initial]];

for (const key of Object.keys(manifest).filter((each) => manifest[each].isDynamicEntry)) {
  const own = [...chunks(key)].filter((each) => !initial.has(each));
  results.push([manifest[key].name, sum(own.map((each) => manifest[each].file)), budgets.route]);
}
const styles = Object.values(manifest).map(({ file }) => file).filter((file) => file.endsWith(".css"));
results.push(["all css", sum(styles), budgets.css]);

let exceeded = false;
for (const [name, size, budget] of results) {
  const over = size > budget;
  exceeded ||= over;
  process.stdout.write(`${name.padEnd(16)} ${size.toFixed(1).padStart(6)} kB of ${budget}${over ? "  too much" : ""}\n`);
}
process.exitCode = exceeded ? 1 : 0;
