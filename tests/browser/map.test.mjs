import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, serve, address, kinds, complaints } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, server, large;
before(async () => {
  browser = await launch();
  server = await serve();
  large = build(120);
});
after(async () => { await browser.close(); server.close(); });

// A handbook too large for one drawing, as a folder of files.
function build(count) {
  const root = join(process.env.WORK, "large");
  mkdirSync(join(root, "content"), { recursive: true });
  for (let at = 0; at < count; at += 1) {
    const others = [1, 8, 17].map((step) => `- 依照《第${(at * step + step) % count}号办法》办理。`).join("\n");
    writeFileSync(join(root, "content", `${at}.md`),
      `---\ntitle: 第${at}号办法\ndepartments: [第${at % 4}部]\n---\n${others}\n`);
  }
  execFileSync(process.env.HANDBOOK, ["build", "-q", "-C", root, "-o", join(root, "site"), "--date", "2026-11-24"]);
  return (page) => pathToFileURL(join(root, "site", page)).href;
}

test("texts of the drawing lie inside their cards and not upon each other", async () => {
  for (const width of [1440, 1200, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    for (const url of [address(server, kinds.map), large("map.html"), large("map-2.html")]) {
      await page.goto(url);
      const wrong = await page.evaluate(() => {
        const shown = [...document.querySelectorAll(".map")].filter((map) => map.getClientRects().length);
        const boxes = [...shown[0].querySelectorAll("text")].map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          const card = text.closest(".map-card").querySelector(".map-box").getBoundingClientRect();
          const inside = left >= card.left && right <= card.right && top >= card.top - 1 && bottom <= card.bottom + 1;
          return { left, right, top: top + 4, bottom: bottom - 4, inside, text: text.textContent };
        });
        const wrong = boxes.filter((box) => !box.inside).map((box) => `outside: ${box.text}`);
        if (shown.length !== 1) wrong.push(`${shown.length} drawings`);
        boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
          if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) wrong.push(`${a.text} on ${b.text}`);
        }));
        return wrong;
      });
      assert.deepEqual(wrong, [], `${url} at ${width}`);
    }
    await page.close();
  }
});

test("Tab reaches a chapter on the map, shows its lines, and Enter opens it", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const found = complaints(page);
  // A handbook of more than one map: the chapter says on which it is.
  await page.goto(address(server, "it-operations/运维管理制度.html"));
  const map = new URL(await page.locator("#Hb-near-title a").getAttribute("href"), page.url());
  map.hash = "";
  await page.goto(map.href);
  const node = page.locator(".map-wide .map-row", { hasText: "运维管理制度" });
  const lines = node.locator(".map-into use").first();
  const seen = () => lines.evaluate((line) => getComputedStyle(line).visibility);
  assert.equal(await seen(), "hidden");
  await page.locator(".lead a").focus();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    if (await node.evaluate((one) => one.contains(document.activeElement))) break;
  }
  assert.equal(await seen(), "visible");
  const ring = await node.locator(".map-hit").evaluate((hit) => getComputedStyle(hit).stroke);
  assert.notEqual(ring, "none");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => decodeURIComponent(url.pathname).endsWith("/运维管理制度.html"));
  assert.deepEqual(found, []);
  await page.close();
});

test("a group of a large handbook leads to its chapters, and a chapter back to its place", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(large("map.html"));
  await page.locator(".map-wide .map-region .map-heading a").first().click();
  await page.waitForURL(/map-\d+\.html$/);
  await page.locator(".map-wide .map-group .map-row a").first().click();
  await page.locator(".near h2 a").click();
  await page.waitForURL(/map-\d+\.html#chapter-\d+$/);
  const place = page.locator(".map-row:target");
  assert.ok(await place.isVisible());
  const fill = (part) => part.evaluate((hit) => getComputedStyle(hit).fill);
  assert.notEqual(await fill(place.locator(".map-hit")), await fill(page.locator(".map-row:not(:target) .map-hit").first()));
  await page.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious on the maps of a large handbook: ${colorScheme}`, async () => {
    for (const width of [1440, 390]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      for (const one of ["map.html", "map-2.html"]) {
        await page.goto(large(one));
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        const bad = result.violations.filter((rule) => ["serious", "critical"].includes(rule.impact));
        assert.deepEqual(bad.map((rule) => `${rule.id}: ${rule.nodes[0].html}`), [], `${one} at ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${one} is ${wide} px wide at ${width}`);
      }
      await page.close();
    }
  });
}

test("on paper the map is the wide drawing, and a chapter has no small graph", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
  await page.goto(address(server, kinds.map));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".map-wide").isVisible());
  assert.ok(!(await page.locator(".map-narrow").isVisible()));
  await page.goto(address(server, kinds.chapter));
  assert.ok((await page.locator(".near").count()) === 1 && !(await page.locator(".near").isVisible()));
  await page.close();
});
