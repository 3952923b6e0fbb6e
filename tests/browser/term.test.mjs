// Terms: what they mean, by pointer, keyboard and touch.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, serve, address, fileAddress, kinds, complaints, pass } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.close(); });

async function open(options, url) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const found = complaints(page);
  await page.clock.install();
  await page.goto(url);
  const term = page.locator("a.term", { hasText: "客单价" }).first();
  const tip = page.locator(".term-tip");
  return { context, page, found, term, tip };
}
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

for (const [name, where] of [["over HTTP under a strict policy", (page) => address(server, page)], ["from file://", fileAddress]]) {
  test(`the pointer shows what a term means, ${name}`, async () => {
    const { context, page, found, term, tip } = await open(desktop, where(kinds.chapter));
    await term.hover();
    await tip.waitFor({ state: "visible" });
    const text = await tip.innerText();
    assert.ok(text.includes("客单价") && text.includes("成交额与支付买家数之比"), text);
    assert.equal(await tip.getAttribute("role"), "tooltip");
    assert.equal(await term.getAttribute("aria-describedby"), await tip.getAttribute("id"));
    // It stays while the pointer is on it.
    await tip.hover();
    await pass(page, 600);
    assert.ok(await tip.isVisible(), "it went under the pointer");
    await tip.locator("a").click();
    await page.waitForURL(/glossary\.html#/);
    assert.ok((await page.locator(":target").innerText()).startsWith("客单价"));
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("it goes when the pointer leaves, and by Escape without moving it", async () => {
  const { context, page, term, tip } = await open(desktop, address(server, kinds.chapter));
  await term.hover();
  await tip.waitFor({ state: "visible" });
  await page.mouse.move(5, 400);
  await tip.waitFor({ state: "hidden" });
  assert.equal(await term.getAttribute("aria-describedby"), null);
  await term.hover();
  await tip.waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await context.close();
});

test("the keyboard shows it, Escape hides it and leaves the focus, Enter leads to the entry", async () => {
  const { context, page, term, tip } = await open(desktop, address(server, kinds.chapter));
  await page.evaluate(() => {
    const terms = [...document.querySelectorAll("a.term")];
    const links = [...document.querySelectorAll("a[href]")];
    const at = links.indexOf(terms.find((term) => term.textContent === "客单价"));
    links[at - 1].focus();
  });
  await page.keyboard.press("Tab");
  await tip.waitFor({ state: "visible" });
  assert.equal(await term.getAttribute("aria-describedby"), "Hb-term-tip");
  await pass(page, 600);
  assert.ok(await tip.isVisible(), "it does not last");
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "客单价");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await tip.waitFor({ state: "visible" });
  await page.keyboard.press("Enter");
  await page.waitForURL(/glossary\.html#/);
  await context.close();
});

test("the first touch shows it, one elsewhere hides it, the second leads to the entry", async () => {
  const { context, page, term, tip } = await open(phone, address(server, kinds.chapter));
  const before = page.url();
  await term.scrollIntoViewIfNeeded();
  await term.tap();
  await tip.waitFor({ state: "visible" });
  assert.equal(page.url(), before);
  const entry = await tip.locator("a").boundingBox();
  assert.ok(entry.height >= 44, `its link is ${entry.height} px high`);
  await page.locator("h2", { hasText: "数据分析" }).first().tap({ position: { x: 5, y: 5 } });
  await tip.waitFor({ state: "hidden" });
  await term.tap();
  await tip.waitFor({ state: "visible" });
  await term.tap();
  await page.waitForURL(/glossary\.html#/);
  await context.close();
});

test("on a phone it stays inside the window, whatever the term", async () => {
  const { context, page, tip } = await open(phone, address(server, kinds.responsibilities));
  const terms = page.locator(".text a.term");
  const count = await terms.count();
  assert.ok(count > 5, `only ${count} terms`);
  for (let at = 0; at < count; at += 1) {
    await terms.nth(at).focus();
    await tip.waitFor({ state: "visible" });
    const seen = await page.evaluate(() => {
      const box = document.querySelector(".term-tip").getBoundingClientRect();
      return { left: box.left, right: box.right, wide: document.documentElement.scrollWidth };
    });
    assert.ok(seen.left >= 0 && seen.right <= 320 && seen.wide <= 320, `${await terms.nth(at).innerText()}: ${JSON.stringify(seen)}`);
  }
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious while it is open: ${colorScheme}`, async () => {
    // The policy of the page would keep the test's own script out.
    const { context, page, term, tip } = await open({ ...desktop, colorScheme, bypassCSP: true }, address(server, kinds.chapter));
    await term.focus();
    await tip.waitFor({ state: "visible" });
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const bad = result.violations.filter((rule) => ["serious", "critical"].includes(rule.impact));
    assert.deepEqual(bad.map((rule) => `${rule.id}: ${rule.nodes[0].html}`), []);
    await context.close();
  });
}

test("without script a term leads to its entry", async () => {
  const { context, page, term } = await open({ ...desktop, javaScriptEnabled: false }, fileAddress(kinds.chapter));
  await term.click();
  await page.waitForURL(/glossary\.html#/);
  assert.ok((await page.locator(":target").innerText()).startsWith("客单价"));
  await context.close();
});
