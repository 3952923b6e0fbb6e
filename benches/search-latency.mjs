// How long a reader waits for results while typing, in Chromium with its processor
// slowed four times: from each input to the frame that shows the titles found, and
// to the one that shows the whole answer with excerpts.
//
//   cd tests/browser && npm ci && cd ../..
//   handbook build -C ../shared/corpora/laws -o /tmp/laws
//   node benches/search-latency.mjs /tmp/laws [QUERIES]
//
// Each query has a browser of its own with an empty cache. The first character is
// typed PAUSE ms (default 300, a quick typist's) after the box was opened; with 0,
// the wait for the engine itself is part of it. Further ones come GAP ms (default 100)
// after an answer. SLOWED is the factor. A site is served over loopback. Queries are
// fragments of titles, drawn with a fixed seed.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";

const require = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [site, count = "30"] = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };

const server = createServer((request, response) => {
  const file = join(site, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-security-policy": "default-src 'self'",
  });
  return response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/index.html`;

let seed = 7;
const below = (bound) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * bound);
};
const titles = JSON.parse(readFileSync(join(site, "index.json"), "utf8")).chapters.map((one) => [...one.title]);
const queries = Array.from({ length: Number(count) }, () => {
  const title = titles[below(titles.length)].filter((c) => /\p{L}|\p{N}/u.test(c));
  const length = 2 + below(4), at = below(Math.max(1, title.length - length));
  return title.slice(at, at + length);
}).filter((query) => query.length > 1);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const first = [], next = [], firstTitles = [], nextTitles = [];
for (const query of queries) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.SLOWED ?? 4) });
  await page.evaluate(() => {
    window.waits = [];
    window.titles = [];
    window.told = () => {};
    let since = 0, shown = 0;
    const box = document.getElementById("Hb-search"), list = document.getElementById("Hb-search-list");
    addEventListener("input", () => { since = shown = performance.now(); }, true);
    new MutationObserver(() => {
      const from = shown;
      if (!from || !list.children.length) return;
      shown = 0;
      requestAnimationFrame(() => setTimeout(() => window.titles.push(performance.now() - from)));
    }).observe(list, { childList: true, subtree: true });
    const look = () => {
      if (!since || list.hasAttribute("aria-busy") || !list.children.length) return;
      const from = since;
      since = 0;
      requestAnimationFrame(() => setTimeout(() => {
        window.waits.push(performance.now() - from);
        window.told();
      }));
    };
    new MutationObserver(look).observe(box, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.keyboard.press("/");
  await page.waitForTimeout(Number(process.env.PAUSE ?? 300));
  for (const [at, character] of query.entries()) {
    if (at) await page.waitForTimeout(Number(process.env.GAP ?? 100));
    await page.keyboard.insertText(character);
    // Waits without asking again and again, which would slow down what is measured.
    await page.evaluate((done) => new Promise((tell) => {
      const look = () => { if (window.waits.length > done) tell(); else window.told = look; };
      look();
    }), at);
  }
  const seen = await page.evaluate(() => ({ waits: window.waits, titles: window.titles }));
  first.push(seen.waits[0]);
  next.push(...seen.waits.slice(1));
  firstTitles.push(seen.titles[0]);
  nextTitles.push(...seen.titles.slice(1));
  await context.close();
}
await browser.close();
server.close();

const shown = (name, times) => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
  console.log(`${name}: ${times.length} times, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`);
};
shown("first character, titles", firstTitles);
shown("first character, whole answer", first);
shown("further characters, titles", nextTitles);
shown("further characters, whole answer", next);
