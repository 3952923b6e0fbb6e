import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, serve, pages, address, fileAddress, kinds, complaints, until } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.close(); });

async function open(options, url) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const found = complaints(page);
  if (url) await page.goto(url);
  return { context, page, found };
}

for (const [name, where] of [["over HTTP below a sub-path, under a strict policy", (page) => address(server, page)], ["from file://", fileAddress]]) {
  test(`every page loads ${name} without a complaint`, async () => {
    const { context, page, found } = await open({ viewport: { width: 1280, height: 800 } });
    const all = pages();
    assert.ok(all.length > 100, `only ${all.length} pages`);
    for (const one of all) {
      await page.goto(where(one), { waitUntil: "load" });
      if (one.startsWith("id/")) await page.waitForURL((url) => !url.pathname.includes("/id/"));
      assert.ok(await page.locator("h1").count() === 1, `${one} has not one h1`);
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing serious: ${colorScheme}, ${width} px`, async () => {
      // The policy of the page would keep the test's own script out.
      const { context, page } = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const bad = [];
      for (const [kind, one] of Object.entries(kinds)) {
        await page.goto(address(server, one));
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const rule of result.violations.filter((rule) => ["serious", "critical"].includes(rule.impact))) {
          bad.push(`${kind}: ${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        }
      }
      assert.deepEqual(bad, []);
      await context.close();
    });
  }
}

test("no page scrolls sideways, from 320 px up", async () => {
  const { context, page } = await open({});
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [kind, one] of Object.entries(kinds)) {
      await page.goto(address(server, one));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${kind} is ${wide} px wide at ${width}`);
    }
  }
  await context.close();
});

test("the first Tab reaches the skip link, which leads to the text", async () => {
  const { context, page } = await open({ viewport: { width: 1280, height: 800 } }, address(server, kinds.chapter));
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(target ?? "", /^#/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => location.hash), target);
  assert.ok(await page.locator(`main${target}, ${target}`).count() > 0);
  await context.close();
});

test("without script a phone shows text and a role's rules, and the menu opens", async () => {
  const { context, page } = await open(
    { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, address(server, kinds.chapter));
  assert.ok(await page.getByText("第一条").first().isVisible());
  const entry = page.locator("nav a", { hasText: "合规" }).first();
  assert.ok(!(await entry.isVisible()) || !(await entry.boundingBox()) || (await entry.boundingBox()).x < 0
    || (await entry.boundingBox()).x > 389, "the menu is open at first");
  await page.locator("header a[href^='#'], header summary").first().click();
  const isInView = (box) => box && box.x >= 0 && box.x < 390;
  await until(async () => isInView(await entry.boundingBox()));
  await page.goto(address(server, kinds.role));
  assert.ok(await page.getByText("运营部门人员管理制度").first().isVisible());
  await context.close();
});

test("the colours follow the system, and a choice is kept", async () => {
  const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await open({ colorScheme: "light" }, address(server, kinds.home));
  const dark = await open({ colorScheme: "dark" }, address(server, kinds.home));
  const system = await background(light.page);
  assert.notEqual(system, await background(dark.page));
  const button = light.page.locator("header button:visible").last();
  for (let click = 0; click < 3 && (await background(light.page)) === system; click += 1) await button.click();
  const chosen = await background(light.page);
  assert.notEqual(chosen, system, "no choice changed the colours");
  await light.page.reload();
  assert.equal(await background(light.page), chosen);
  assert.deepEqual([...light.found, ...dark.found], []);
  await light.context.close();
  await dark.context.close();
});

test("an address with a clause opens at the clause", async () => {
  const { context, page } = await open({ viewport: { width: 1280, height: 800 } },
    `${address(server, kinds.chapter)}#${encodeURIComponent("第十五条")}`);
  const seen = await page.evaluate(() => {
    const target = document.querySelector(":target");
    const box = target.getBoundingClientRect();
    return { id: target.id, visible: box.top >= 0 && box.bottom <= innerHeight };
  });
  assert.deepEqual(seen, { id: "第十五条", visible: true });
  await context.close();
});

test("references of the text lead to clauses and to external documents", async () => {
  const { context, page } = await open({}, fileAddress(kinds.chapter));
  const mention = page.locator("a.mention[href*='%E7%AC%AC']").first();
  await mention.click();
  await page.waitForFunction(() => document.querySelector(":target") !== null, null, { timeout: 5_000 });
  await page.goto(fileAddress("compliance/互联网宗教信息服务合规管理制度.html"));
  await page.locator("a.mention", { hasText: "《宗教事务条例》" }).first().click();
  await page.waitForURL(/references\.html#reference-\d+$/, { timeout: 5_000 });
  assert.ok((await page.locator(":target").innerText()).includes("宗教事务条例"));
  await context.close();
});

test("a page weighs less than 300 KB with all that it loads", async () => {
  for (const one of [kinds.home, kinds.chapter]) {
    const { context, page } = await open({});
    const bodies = [];
    page.on("response", (response) => bodies.push(response.body()));
    await page.goto(address(server, one), { waitUntil: "networkidle" });
    const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
    assert.ok(bodies.length > 3, `only ${bodies.length} files were loaded`);
    assert.ok(bytes > 5_000 && bytes < 300_000, `${one}: ${bytes} bytes`);
    await context.close();
  }
});

test("the bar shows its indexes whole, and has the others behind a button that closes as menus do", async () => {
  for (const width of [1024, 1280, 1920]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(address(server, kinds.home));
    const rooms = await page.locator(".indexes > ul").evaluate((list) => [list.scrollWidth, list.clientWidth]);
    assert.ok(rooms[0] <= rooms[1], `the bar cuts its indexes at ${width}: ${rooms}`);
    const more = page.locator(".more-indexes");
    await more.locator("summary").click();
    assert.ok(await more.getByRole("link").first().isVisible());
    await page.keyboard.press("Escape");
    assert.ok(!(await more.getByRole("link").first().isVisible()));
    assert.ok(await more.locator("summary").evaluate((one) => one === document.activeElement));
    await more.locator("summary").click();
    await page.locator("main h1").click({ position: { x: 5, y: 5 } });
    assert.ok(!(await more.getByRole("link").first().isVisible()));
    await page.close();
  }
});

test("an anchor as another tool wrote it goes to its heading", async () => {
  const { context, page, found } = await open({ viewport: { width: 1280, height: 800 } }, address(server, kinds.guide));
  const ids = await page.locator(".text h2[id]").evaluateAll((all) => all.map((one) => one.id));
  for (const id of ids.slice(0, 2)) {
    await page.goto("about:blank");
    await page.goto(address(server, kinds.guide) + "#_" + encodeURIComponent(id) + "--");
    await page.waitForFunction((id) => decodeURIComponent(location.hash.slice(1)) === id, id);
  }
  await page.evaluate(() => { location.hash = "nothing-of-this-name"; });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => location.hash), "#nothing-of-this-name");
  assert.deepEqual(found, []);
  await context.close();
});
