// Cards beside links: by pointer and by keyboard, over HTTP under the strict
// policy and from file://, within the window, and never in the way.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, serve, address, fileAddress, complaints, pass } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const page_ = "organization/互联网运营部门定位人员发展与部门规划.html";
const other = "it-operations/运维管理制度.html";
const clause = `a.mention[href*="#${encodeURIComponent("第十六条")}"]`;
let browser, server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.close(); });

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const found = complaints(page);
  await page.clock.install();
  await page.goto(url);
  return { context, page, found, card: page.locator(".preview-card") };
}

// The link stands in the middle of the window, clear of the bar.
async function bring(page, selector) {
  const link = page.locator(selector).first();
  await link.evaluate((link) => link.scrollIntoView({ block: "center" }));
  return link;
}

async function hover(page, selector) {
  const link = await bring(page, selector);
  await page.mouse.move(2, 400);
  await link.hover();
  return link;
}

const shown = (card) => card.waitFor({ state: "visible", timeout: 5_000 });
const gone = (card) => card.waitFor({ state: "hidden", timeout: 5_000 });
// Longer than it takes a card to open.
const settle = (page) => pass(page, 900);

for (const [name, where] of [["over HTTP", (page) => address(server, page)], ["from file://", fileAddress]]) {
  test(`hovering a reference shows the very clause, ${name}`, async () => {
    const { context, page, found, card } = await open(where(page_));
    const link = await hover(page, clause);
    await shown(card);
    const text = await card.innerText();
    for (const wanted of ["运营部门人员管理制度", "现行", "第十六条", "激励和奖励的形式包括：", "薪资奖励"]) {
      assert.ok(text.includes(wanted), `${wanted} is missing of ${text}`);
    }
    assert.equal(await card.getAttribute("role"), "tooltip");
    assert.equal(await link.getAttribute("aria-describedby"), await card.getAttribute("id"));
    // The pointer may move onto the card, and rest there.
    const [from, to] = [await link.boundingBox(), await card.boundingBox()];
    await page.mouse.move(from.x + 30, to.y + 20, { steps: 8 });
    await settle(page);
    assert.ok(await card.isVisible(), "the card closed under the pointer");
    await page.mouse.move(2, 400);
    await gone(card);
    assert.equal(await link.getAttribute("aria-describedby"), null);
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`the keyboard opens a chapter's card, Escape closes it and keeps the focus, ${name}`, async () => {
    const { context, page, found, card } = await open(where(other));
    const link = await bring(page, "a.mention[href*='human-resources']");
    await page.keyboard.press("Tab");
    await link.focus();
    await shown(card);
    const text = await card.innerText();
    for (const wanted of ["运营部门人员管理制度", "现行", "HR-001", "版本", "规定运营中心各部门人员", "第一条"]) {
      assert.ok(text.includes(wanted), `${wanted} is missing of ${text}`);
    }
    await page.mouse.move(5, 5);
    await settle(page);
    assert.ok(await card.isVisible(), "the pointer closed what the keyboard opened");
    await page.keyboard.press("Escape");
    await gone(card);
    assert.ok(await link.evaluate((link) => link === document.activeElement), "the focus moved");
    await settle(page);
    assert.ok(!(await card.isVisible()), "the card came back");
    await page.keyboard.press("Tab");
    await link.focus();
    await shown(card);
    await page.keyboard.press("Tab");
    await page.waitForFunction((link) => !link.hasAttribute("aria-describedby"), await link.elementHandle());
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("Escape under a resting pointer closes the card for good, until the pointer comes anew", async () => {
  const { context, page, card } = await open(address(server, page_));
  const link = await hover(page, clause);
  await shown(card);
  const box = await card.boundingBox();
  await page.mouse.move(box.x + 40, box.y + 30, { steps: 6 });
  await page.keyboard.press("Escape");
  await gone(card);
  await settle(page);
  assert.ok(!(await card.isVisible()), "a card opened though the pointer rested");
  await page.mouse.move(2, 400);
  await link.hover();
  await shown(card);
  await context.close();
});

test("nothing is fetched before the first card; a link on the same page needs no data", async () => {
  const { context, page, card } = await open(address(server, other));
  const fetched = [];
  // The icon may come at any time.
  page.on("request", (request) => /\.js$/.test(request.url()) && fetched.push(new URL(request.url()).pathname));
  await hover(page, `.text a.mention[href^="#"]`);
  await shown(card);
  const text = await card.innerText();
  assert.match(text, /^第.章/);
  assert.match(text, /第.+条/, "the section's clauses have lost their numbers");
  assert.deepEqual(fetched, []);
  await hover(page, "a.mention[href*='human-resources']");
  await page.waitForFunction(() => /HR-001/.test(document.querySelector(".preview-card").textContent));
  assert.equal(fetched.length, 2, fetched.join(" "));
  assert.match(fetched[0], /previews\/manifest\.js$/);
  await context.close();
});

test("external references, backlinks and related chapters have cards; outside links and headings' own do not", async () => {
  const { context, page, card } = await open(address(server, other));
  await hover(page, "a.mention[href*='references.html']");
  await shown(card);
  assert.match(await card.innerText(), /《中华人民共和国网络安全法》/);
  for (const selector of [".referrers a.referrer", ".referrers a.place", ".after .card a"]) {
    await page.keyboard.press("Escape");
    await hover(page, selector);
    await shown(card);
    assert.ok((await card.innerText()).length > 20, selector);
  }
  await page.keyboard.press("Escape");
  for (const selector of ["a.clause-number", ".text h2 .anchor", ".bar .indexes a", ".breadcrumbs a", ".chips a"]) {
    await hover(page, selector);
    await settle(page);
    assert.ok(!(await card.isVisible()), `${selector} has a card`);
  }
  await context.close();
});

test("a card stays in the window, at any width and at every edge", async () => {
  for (const width of [320, 390, 768, 1440]) {
    const { context, page, card } = await open(fileAddress(page_), { viewport: { width, height: 640 } });
    const links = page.locator("article .text a.mention");
    for (let at = 0; at < Math.min(6, await links.count()); at += 1) {
      const link = links.nth(at);
      await link.evaluate((link, block) => link.scrollIntoView({ block }), ["start", "center", "end"][at % 3]);
      await page.keyboard.press("Tab");
      await link.focus();
      await page.waitForFunction((link) => link.getAttribute("aria-describedby"), await link.elementHandle());
      const [box, own] = [await card.boundingBox(), await link.boundingBox()];
      const place = `${width} px, link ${at}: ${JSON.stringify(box)}`;
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 640, place);
      assert.ok(box.y >= own.y + own.height || box.y + box.height <= own.y + own.height, `${place} covers its link`);
      assert.ok(box.height > 50, place);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    }
    await context.close();
  }
});

test("on touch a tap follows the link and opens no card", async () => {
  const { context, page, card } = await open(fileAddress(page_),
    { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const link = await bring(page, clause);
  await link.tap();
  await page.waitForURL(/human-resources/);
  await settle(page);
  assert.equal(await card.count(), 0);
  await context.close();
});

test("where data fail to load nothing is shown and the link still works", async () => {
  const { context, page, card } = await open(address(server, page_));
  await page.route("**/previews/**", (route) => route.abort());
  const link = await hover(page, clause);
  await settle(page);
  assert.equal(await card.count(), 0);
  assert.equal(await link.getAttribute("aria-describedby"), null);
  await link.click();
  await page.waitForURL(/human-resources/);
  await context.close();
});

test("a manifest out of a cache is asked for again", async () => {
  const { context, page, card } = await open(address(server, page_));
  await page.route("**/previews/manifest.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'handbookPreviews("manifest",["00.deadbeef"]);' }));
  await hover(page, clause);
  await shown(card);
  assert.match(await card.innerText(), /激励和奖励/);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious in an open card: ${colorScheme}`, async () => {
    const { context, page, card } = await open(address(server, page_), { colorScheme, bypassCSP: true });
    for (const selector of [clause, ".text a.mention:not([href*='#'])"]) {
      await hover(page, selector);
      await shown(card);
      // A card that is still fading in has not its contrast yet.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
      await page.evaluate(axe);
      const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const bad = result.violations.filter((rule) => ["serious", "critical"].includes(rule.impact));
      assert.deepEqual(bad.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" ")}`), []);
      assert.ok(await card.isVisible());
      await page.keyboard.press("Escape");
    }
    await context.close();
  });
}

test("with many shards the browser finds the right one", async () => {
  const folder = join(process.env.WORK, "many");
  mkdirSync(join(folder, "content/规章"), { recursive: true });
  const count = 120;
  const links = [];
  for (let at = 0; at < count; at += 1) {
    const text = `第一条 这是第${at}号规定的正文。${"甲乙丙丁戊己庚辛。".repeat(30)}\n`;
    writeFileSync(join(folder, `content/规章/规定 ${at}.md`), `# 规定${at}\n\n${text.repeat(2)}`);
    links.push(`- [第${at}号](<规章/规定 ${at}.md#第一条>)`);
  }
  writeFileSync(join(folder, "content/index.md"), `# 目录\n\n${links.join("\n")}\n`);
  writeFileSync(join(folder, "content/表.md"), `# 表\n\n${links.join("\n")}\n`);
  execFileSync(process.env.HANDBOOK, ["build", "-q", "-C", folder, "-o", join(folder, "site")]);
  const shards = readdirSync(join(folder, "site/previews")).length - 1;
  assert.ok(shards >= 4, `only ${shards} shards`);
  const { context, page, found, card } = await open(pathToFileURL(join(folder, "site/表.html")).href);
  for (const at of [0, 1, 2, 3, 50, 77, 119]) {
    await hover(page, `.text li:nth-child(${at + 1}) a`);
    await shown(card);
    assert.match(await card.innerText(), new RegExp(`^规定${at}\\s[^]*第${at}号规定的正文`));
    await page.keyboard.press("Escape");
  }
  assert.deepEqual(found, []);
  await context.close();
  rmSync(folder, { recursive: true });
});
