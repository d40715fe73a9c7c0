// node run.mjs URL EMAIL PASSWORD TIMES: Lighthouse as on a phone, on the login page, and on Today and Insights when signed in.
// Prints one JSON line a run. Each run has a browser context of its own with nothing cached; where somebody is signed
// in, it only brings along what says who that is.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [url, email, password, times] = process.argv.slice(2);
const flags = { onlyCategories: ["performance", "accessibility", "best-practices"], disableStorageReset: true };
const METRICS = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
};

const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});

async function signIn() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.type('input[name="email"]', email);
  await page.type('input[name="password"]', password);
  await page.click('button[type="submit"]');
  await page.waitForSelector("[data-check-in]");
  const known = { cookies: await context.cookies(), storage: await page.evaluate(() => Object.entries(localStorage)) };
  await context.close();
  return known;
}

async function measure(name, path, known) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  if (known) {
    await context.setCookie(...known.cookies);
    await page.goto(`${url}/robots.txt`);
    await page.evaluate((entries) => entries.forEach(([key, value]) => localStorage.setItem(key, value)), known.storage);
  }
  const { lhr } = await lighthouse(`${url}${path}`, flags, undefined, page);
  const failed = Object.values(lhr.audits)
    .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative")
    .map((audit) => audit.id);
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, score]));
  const metrics = Object.fromEntries(Object.entries(METRICS).map(([id, audit]) => [id, lhr.audits[audit].numericValue]));
  const shown = new URL(lhr.finalDisplayedUrl).pathname;
  process.stdout.write(`${JSON.stringify({ name, shown, ...scores, ...metrics, failed })}\n`);
  await context.close();
}

try {
  for (let run = 0; run < Number(times); run++) {
    await measure("login page", "/login", null);
    await measure("Today", "/", await signIn());
    await measure("Insights", "/insights", await signIn());
  }
} finally {
  await browser.close();
}
