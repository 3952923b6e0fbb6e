// Tabs: one at a time with the script, by pointer and keyboard; all of them on paper and
// without it.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, serve, address, fileAddress, kinds, complaints } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.close(); });

async function open(options, url) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const found = complaints(page);
  await page.goto(url);
  const box = page.locator(".text .tabs").first();
  return { context, page, found, box, tab: box.getByRole("tab"), panel: box.locator(":scope > .tab") };
}
const shown = (panel) => panel.evaluateAll((all) => all.map((one) => one.checkVisibility({ contentVisibilityAuto: true }) && !one.hidden));

for (const [name, where] of [["over HTTP under a strict policy", (page) => address(server, page)], ["from file://", fileAddress]]) {
  test(`one tab is shown at a time, ${name}`, async () => {
    const { context, found, tab, panel } = await open({ viewport: { width: 1280, height: 800 } }, where(kinds.guide));
    assert.deepEqual(await tab.allInnerTexts(), ["员工", "审批人"]);
    assert.deepEqual(await shown(panel), [true, false]);
    await tab.nth(1).click();
    assert.deepEqual(await shown(panel), [false, true]);
    assert.equal(await tab.nth(1).getAttribute("aria-selected"), "true");
    assert.equal(await tab.nth(1).getAttribute("aria-controls"), await panel.nth(1).getAttribute("id"));
    assert.equal(await panel.nth(1).getAttribute("aria-labelledby"), await tab.nth(1).getAttribute("id"));
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("the keyboard chooses tabs", async () => {
  const { context, page, tab, panel } = await open({ viewport: { width: 1280, height: 800 } }, address(server, kinds.guide));
  await tab.first().focus();
  const keys = [["ArrowRight", 1], ["ArrowRight", 0], ["ArrowLeft", 1], ["Home", 0], ["End", 1]];
  for (const [key, at] of keys) {
    await page.keyboard.press(key);
    assert.deepEqual(await shown(panel), [at === 0, at === 1], key);
    assert.ok(await tab.nth(at).evaluate((button) => button === document.activeElement), key);
  }
  assert.equal(await tab.first().getAttribute("tabindex"), "-1");
  await context.close();
});

test("without script and on paper all tabs are shown under their labels", async () => {
  const plain = await open({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false }, address(server, kinds.guide));
  assert.equal(await plain.tab.count(), 0);
  assert.deepEqual(await plain.panel.locator(".tab-title").allInnerTexts(), ["员工", "审批人"]);
  for (const panel of await plain.panel.all()) assert.ok(await panel.isVisible());
  await plain.context.close();
  const paper = await open({ viewport: { width: 800, height: 800 } }, address(server, kinds.guide));
  await paper.page.emulateMedia({ media: "print" });
  for (const panel of await paper.panel.all()) {
    assert.ok(await panel.locator("p").last().isVisible());
    assert.ok(await panel.locator(".tab-title").isVisible());
  }
  assert.equal(await paper.box.locator(".tab-list").isVisible(), false);
  await paper.context.close();
});

for (const [name, options] of [["desk", { viewport: { width: 1280, height: 800 } }], ["phone", { viewport: { width: 390, height: 800 } }], ["dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }]]) {
  test(`axe finds nothing in boxes, tabs, formulas and diagrams, ${name}`, async () => {
    const { context, page } = await open(options, fileAddress(kinds.guide));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(".text"));
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => [id, nodes.length]), []);
    assert.ok(await page.locator(".text .tabs, .text svg.drawing, .text math, .text details.alert").count() >= 4);
    await context.close();
  });
}
