// Search as readers meet it: the box and search.html, by input method and by
// keyboard, over HTTP under the strict policy and from file://.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, serve, address, fileAddress, complaints, kinds, site, shownAll } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = "it-operations/运维管理制度.html";
let browser, server;
before(async () => { browser = await launch(); server = await serve(); });
after(async () => { await browser.close(); server.close(); });

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const found = complaints(page);
  await page.goto(url);
  return { context, page, found, input: page.locator("#Hb-search-input"), options: page.locator("#Hb-search [role=option]") };
}

const results = (page) => page.locator("[data-search-results]");
const done = (page, state = "done") => page.waitForSelector(`[data-search-results][data-state="${state}"]`, { timeout: 10_000, state: "attached" });

/* The box's list has the titles first, then all: clauses and excerpts too. */
const whole = (page) => page.locator("#Hb-search .search-list:not([aria-busy]) [role=option]").first().waitFor();

async function ask(where, query, options) {
  const opened = await open(`${where}?${new URLSearchParams(query)}`, options);
  await done(opened.page);
  return opened;
}

/* Keeps files from arriving until the function that it gives is called. */
async function hold(page, files) {
  let go;
  const held = new Promise((done) => { go = done; });
  await page.route(files, async (route) => { await held; await route.continue(); });
  return go;
}

/* Until the script of the box is there, which shares what it is (assets/shared.js). */
const boxIsHere = (page) => page.waitForFunction(() => {
  const detail = {};
  document.dispatchEvent(new CustomEvent("handbook:search-box", { detail }));
  return detail.value;
});

const holdTexts = (page) => hold(page, "**/search/text/*");

/* The box says so at once when it asks. */
async function notAsked(page) {
  const list = page.locator("#Hb-search .search-list");
  assert.equal(await list.getAttribute("aria-busy"), null, "the box searched for what was being composed");
  assert.equal(await page.locator("#Hb-search [role=option]").count(), 0, "the box searched for what was being composed");
}

// What an input method does: a composition that changes, then what it becomes.
async function compose(page, steps, chosen) {
  const session = await page.context().newCDPSession(page);
  for (const text of steps) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await shownAll(page);
    await notAsked(page);
  }
  return () => session.send("Input.insertText", { text: chosen });
}

for (const [name, where] of [["over HTTP", (page) => address(server, page)], ["from file://", fileAddress]]) {
  test(`an input method types Chinese, the keyboard opens a clause, its words are marked in view, ${name}`, async () => {
    const { context, page, found, input, options } = await open(where(kinds.home));
    await page.keyboard.press("/");
    await page.waitForFunction(() => document.activeElement.id === "Hb-search-input");
    assert.equal(await input.inputValue(), "", "the key that opens the box was typed into it");
    const commit = await compose(page, ["s", "sh", "shu'ju'bei", "shu'ju'bei'fen"], "数据备份");
    await commit();
    assert.equal(await input.inputValue(), "数据备份");
    await options.first().waitFor();
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    const clause = options.filter({ hasText: "第十二条" }).first();
    await clause.waitFor();
    assert.equal(await clause.locator("mark").first().innerText(), "数据备份");
    const href = await clause.getAttribute("href");
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("ArrowDown");
      const active = await input.getAttribute("aria-activedescendant");
      if (await page.locator(`#${active}`).getAttribute("href") === href) break;
    }
    assert.equal(await options.and(page.locator("[aria-selected=true]")).getAttribute("href"), href);
    await page.keyboard.press("Enter");
    await page.waitForSelector("mark.found-here");
    const seen = await page.evaluate(() => {
      const box = document.querySelector("mark.found-here").getBoundingClientRect();
      return { path: decodeURIComponent(location.pathname), hash: decodeURIComponent(location.hash), query: location.search,
        marked: document.querySelector("mark.found-here").textContent, visible: box.top > 56 && box.bottom <= innerHeight,
        target: document.querySelector(":target")?.id };
    });
    assert.ok(seen.path.endsWith(rules), seen.path);
    assert.deepEqual({ ...seen, path: "" }, { path: "", hash: "#第十二条", query: "", marked: "数据备份", visible: true, target: "第十二条" });
    assert.deepEqual(found, []);
    await context.close();
  });

  test(`search.html keeps its contract, ${name}`, async () => {
    const { context, page, found } = await ask(where("search.html"), { q: "服务级别协议" });
    const list = results(page);
    const count = Number(await list.getAttribute("data-count"));
    assert.ok(count >= 1, `count ${count}`);
    const hrefs = await list.locator("a[data-result]").evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute("href"))));
    assert.ok(hrefs.includes(rules), hrefs.join(" "));
    assert.ok(hrefs.some((href) => href.startsWith(`${rules}#第`)), hrefs.join(" "));
    assert.ok(hrefs.every((href) => !href.includes("?")), hrefs.join(" "));
    const answer = await page.evaluate(() => globalThis.handbook.search("服务级别协议", { limit: 0 }));
    assert.equal(answer.count, count);
    assert.equal(answer.results.length, count);
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("the script API answers on a page that has loaded nothing of search", async () => {
  const { context, page } = await open(fileAddress(rules));
  const before = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => /search-(engine|dialog|mark)/.test(name)));
  assert.deepEqual(before, []);
  const answer = await page.evaluate(async () => {
    const { count, results } = await globalThis.handbook.search("备份", { limit: 2, facets: { department: [], kind: [] } });
    const all = await globalThis.handbook.search("备份", { limit: 0 });
    return { count, results, all: all.results.length };
  });
  assert.equal(answer.all, answer.count);
  assert.equal(answer.results.length, Math.min(2, answer.count));
  const [first] = answer.results;
  for (const key of ["url", "title", "excerpt"]) assert.equal(typeof first[key], "string", key);
  for (const key of ["url", "title", "excerpt"]) assert.equal(typeof first.clauses[0][key], "string", key);
  assert.ok(!first.url.startsWith("../") && readdirSync(join(site, decodeURIComponent(first.url), "..")).length > 0);
  await context.close();
});

test("nothing but what README.md promises is on the public object, before and after a search", async () => {
  const { context, page } = await open(address(server, rules));
  const own = () => page.evaluate(() => [Reflect.ownKeys(globalThis.handbook), Object.keys(globalThis.handbook.search)]);
  assert.deepEqual(await own(), [["search"], []]);
  const search = await page.evaluateHandle(() => globalThis.handbook.search);
  await page.evaluate(() => globalThis.handbook.search("备份"));
  await page.keyboard.press("/");
  await boxIsHere(page);
  assert.deepEqual(await own(), [["search"], []]);
  assert.ok(await page.evaluate((search) => search === globalThis.handbook.search, search), "a script may keep the function");
  await context.close();
});

test("Ctrl-K opens, Escape closes and gives the focus back, / types where one writes", async () => {
  const { context, page, input } = await open(address(server, rules));
  const link = page.locator(".bar [data-search-open]");
  await link.focus();
  await page.keyboard.press("Control+k");
  await input.waitFor({ state: "visible" });
  await page.keyboard.type("a/b");
  assert.equal(await input.inputValue(), "a/b");
  await page.keyboard.press("Escape");
  await input.waitFor({ state: "hidden" });
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "visible" });
  assert.equal(await input.evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd)), "a/b");
  await context.close();
});

test("Enter with nothing chosen asks for all; the arrows end where they began", async () => {
  const { context, page, input, options } = await open(address(server, rules));
  await page.keyboard.press("/");
  await page.keyboard.type("运营");
  await whole(page);
  await page.keyboard.press("ArrowUp");
  assert.equal(await input.getAttribute("aria-activedescendant"), await options.last().getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  assert.equal(await input.getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  await done(page);
  assert.equal(await page.locator("#Hb-search-query").inputValue(), "运营");
  await context.close();
});

test("what is composed before the box's script is here is asked when it is a word", async () => {
  const { context, page, input, options } = await open(address(server, kinds.home));
  const go = await hold(page, "**/assets/search-dialog.*");
  await page.keyboard.press("/");
  const commit = await compose(page, ["s", "yun"], "运维");
  go();
  await boxIsHere(page);
  await shownAll(page);
  await notAsked(page);
  await commit();
  await options.first().waitFor();
  assert.equal(await input.inputValue(), "运维");
  await context.close();
});

test("an Enter that belongs to the input method opens nothing", async () => {
  const { context, page, input } = await open(address(server, kinds.home));
  await page.keyboard.press("/");
  await boxIsHere(page);
  const left = [];
  page.on("request", (request) => { if (request.isNavigationRequest()) left.push(request.url()); });
  await input.evaluate((input) => {
    input.value = "数据";
    for (const init of [{ key: "Enter", isComposing: true }, { key: "Enter", keyCode: 229 }]) {
      input.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true }));
    }
  });
  await shownAll(page);
  assert.deepEqual(left, []);
  assert.ok(await input.isVisible());
  await context.close();
});

test("what is typed and chosen stands in the address, and comes back from it", async () => {
  const { context, page } = await open(fileAddress("search.html"));
  await done(page, "idle");
  assert.equal(await results(page).getAttribute("data-count"), "0");
  const kind = page.locator("input[name=kind][value=policy]"), value = "policy";
  const label = Number(await page.locator("label", { has: kind }).locator(".count").innerText());
  await kind.check();
  await done(page);
  assert.equal(Number(await results(page).getAttribute("data-count")), label, "the count beside a choice is not what it gives");
  assert.equal(new URL(page.url()).search, `?kind=${value}`);
  await page.locator("#Hb-search-query").fill("运营");
  await page.waitForFunction(() => location.search.includes("q="));
  await done(page);
  const count = await results(page).getAttribute("data-count");
  assert.ok(Number(count) > 0 && Number(count) <= label);
  await page.reload();
  await done(page);
  assert.equal(await results(page).getAttribute("data-count"), count);
  assert.equal(await page.locator("#Hb-search-query").inputValue(), "运营");
  assert.ok(await page.locator(`input[name=kind][value="${value}"]`).isChecked());
  await context.close();
});

test("a choice in two dimensions keeps what fits both", async () => {
  const { context, page } = await open(address(server, "search.html"));
  await done(page, "idle");
  const answer = await page.evaluate(() => globalThis.handbook.search("", { limit: 0, facets: { status: ["in_force"], kind: ["policy"] } }));
  assert.ok(answer.count > 0);
  await page.goto(`${address(server, "search.html")}?status=in_force&kind=policy`);
  await done(page);
  assert.equal(Number(await results(page).getAttribute("data-count")), answer.count);
  const urls = await results(page).locator("h2 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(urls, answer.results.map((one) => one.url).slice(0, 20));
  await context.close();
});

test("facets are those that the index tells, and nothing else stands in the address", async () => {
  const { context, page } = await open(address(server, "search.html") + "?utm_source=mail&owner=policy-administrator");
  await done(page);
  assert.ok(Number(await results(page).getAttribute("data-count")) > 10);
  assert.equal(new URL(page.url()).search, "?owner=policy-administrator");
  await page.goto(address(server, "search.html") + "?utm_source=mail");
  await done(page, "idle");
  assert.equal(new URL(page.url()).search, "");
  const labels = await page.locator(".search-facets legend").allTextContents();
  assert.deepEqual(labels, ["部门", "岗位", "归口", "文种", "状态", "密级", "主题"]);
  await context.close();
});

test("more comes in steps", async () => {
  const { context, page } = await ask(address(server, "search.html"), { q: "的" });
  const list = results(page), count = Number(await list.getAttribute("data-count"));
  assert.ok(count > 20, `only ${count} chapters`);
  assert.equal(await list.locator("> li").count(), 20);
  await page.locator(".search-more").click();
  await page.waitForFunction(() => document.querySelector("[data-search-results]").children.length > 20);
  assert.equal(await list.locator("> li").count(), Math.min(40, count));
  assert.ok(await list.locator("> li").nth(20).locator("a").first().evaluate((link) => link === document.activeElement));
  await context.close();
});

test("more leaves what stands there, also behind a query that was typed", async () => {
  const { context, page } = await open(address(server, "search.html"));
  await done(page, "idle");
  await page.locator("#Hb-search-query").fill("的");
  await done(page);
  const list = results(page), count = await list.locator("> li").count();
  assert.ok(count >= 20, `only ${count} chapters`);
  const go = await holdTexts(page);
  await page.evaluate(() => {
    const list = document.querySelector("[data-search-results]");
    globalThis.least = Infinity;
    new MutationObserver(() => { globalThis.least = Math.min(globalThis.least, list.children.length); }).observe(list, { childList: true });
  });
  await page.locator(".search-more").click();
  go();
  await page.waitForFunction(() => globalThis.least < Infinity);
  await page.waitForFunction(() => document.querySelector("[data-search-results]").dataset.state === "done");
  assert.ok(await page.evaluate(() => globalThis.least) >= count);
  await context.close();
});

test("nothing found offers titles and terms that are near", async () => {
  const { context, page } = await ask(address(server, "search.html"), { q: "“运维管理条例大全”" });
  assert.equal(await results(page).getAttribute("data-count"), "0");
  assert.ok(await page.locator(".search-message a", { hasText: "运维管理制度" }).first().isVisible());
  await page.goto(`${address(server, "search.html")}?q=${encodeURIComponent("“服务级别合同”")}`);
  await done(page);
  const term = page.locator("main .search-terms a", { hasText: "服务级别协议" });
  await term.click();
  await page.waitForURL(/search\.html\?q=/);
  await done(page);
  assert.ok(Number(await results(page).getAttribute("data-count")) > 0);
  await context.close();
});

test("a file that does not load is named, and asked for again", async () => {
  const { context, page, input, options } = await open(address(server, kinds.home));
  await page.route("**/search/index.js*", (route) => route.abort());
  await page.keyboard.press("/");
  await page.keyboard.type("备份");
  const message = page.locator("#Hb-search .search-message");
  await message.waitFor({ state: "visible" });
  assert.match(await message.innerText(), /search\/index\.js/);
  assert.ok(await input.evaluate((input) => input === document.activeElement));
  await page.unroute("**/search/index.js*");
  await message.locator("button").click();
  await options.first().waitFor();
  assert.ok(!(await message.isVisible()));
  await page.route("**/search/index.js*", (route) => route.abort());
  await page.goto(`${address(server, "search.html")}?q=a`);
  await done(page, "error");
  assert.match(await page.locator("main .search-message").innerText(), /search\/index\.js/);
  await context.close();
});

test("an engine that does not load is named too, and comes with the next search", async () => {
  const { context, page } = await open(address(server, kinds.home));
  await page.route("**/assets/search-engine.*", (route) => route.abort());
  const failed = await page.evaluate(() => globalThis.handbook.search("备份").catch((error) => [error.name, error.file]));
  assert.equal(failed[0], "SearchError");
  assert.match(failed[1], /^assets\/search-engine/);
  await page.unroute("**/assets/search-engine.*");
  assert.ok(await page.evaluate(() => globalThis.handbook.search("备份").then((answer) => answer.count)) > 0);
  await context.close();
});

test("a damaged file is a message, not a silence", async () => {
  const copy = join(process.env.WORK, "damaged");
  cpSync(site, copy, { recursive: true });
  truncateSync(join(copy, "search/index.js"), 0);
  const { context, page } = await open(`${pathToFileURL(join(copy, "search.html")).href}?q=a`);
  await done(page, "error");
  assert.match(await page.locator("main .search-message").innerText(), /search\/index\.js/);
  await context.close();
  rmSync(copy, { recursive: true });
});

test("marks leave the text as it was, step, go, and stay over a reload", async () => {
  const { context, page } = await open(address(server, rules));
  const text = () => page.evaluate(() => document.querySelector("main").textContent);
  const html = () => page.evaluate(() => document.querySelector("main article").innerHTML);
  const [plain, plainHtml] = [await text(), await html()];
  await page.goto(`${address(server, rules)}?highlight=${encodeURIComponent("運維")}&highlight=${encodeURIComponent("服务级别")}#${encodeURIComponent("第十二条")}`);
  await page.waitForSelector(".mark-bar");
  const count = await page.locator("mark.found").count();
  assert.ok(count > 3);
  assert.ok((await page.locator("mark.found").allInnerTexts()).includes("运维"), "a traditional word finds nothing");
  assert.equal(await text(), plain);
  const here = () => page.evaluate(() => [...document.querySelectorAll("mark.found")].findIndex((mark) => mark.classList.contains("found-here")));
  await page.waitForSelector("mark.found-here");
  const first = await here();
  await page.locator(".mark-next").click();
  assert.equal(await here(), first + 1);
  await page.reload();
  await page.waitForSelector(".mark-bar");
  assert.equal(await page.locator("mark.found").count(), count);
  const link = await page.locator("a.clause-number").first().evaluate((link) => link.href);
  assert.ok(!link.includes("highlight"), link);
  await page.locator(".mark-clear").click();
  assert.equal(await page.locator("mark.found, .mark-bar").count(), 0);
  assert.equal(await html(), plainHtml);
  await page.reload();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("mark.found").count(), 0);
  await context.close();
});

test("the wait for texts is said", async () => {
  const { context, page, options } = await open(address(server, kinds.home));
  const go = await holdTexts(page);
  await page.keyboard.press("/");
  await page.keyboard.type("备份");
  await page.locator("#Hb-search .search-list[aria-busy=true]").waitFor({ state: "attached" });
  const state = page.locator("#Hb-search .search-state");
  await page.waitForFunction(() => /还差 \d+ 个文件/.test(document.querySelector("#Hb-search .search-state").textContent));
  go();
  await page.locator("#Hb-search .search-clause mark").first().waitFor();
  assert.ok(await options.filter({ hasText: "运维管理制度" }).count());
  assert.match(await state.innerText(), /^\d+ 章/);
  assert.equal(await page.locator("#Hb-search .search-list").getAttribute("aria-busy"), null);
  await context.close();
});

test("results that say the same stay as they are, and a key does not wait for the texts of the one before", async () => {
  const { context, page, options } = await open(address(server, kinds.home));
  await page.keyboard.press("/");
  await page.keyboard.type("备份");
  await whole(page);
  await options.evaluateAll((all) => all.forEach((one) => { one.seen = true; }));
  const seen = () => options.evaluateAll((all) => all.map((one) => Boolean(one.seen)));
  // A space more asks anew and finds the same.
  await page.keyboard.type(" ");
  await whole(page);
  assert.ok((await seen()).every(Boolean));
  const ids = await options.evaluateAll((all) => all.map((one) => one.id));
  assert.equal(new Set(ids).size, ids.length);
  const go = await holdTexts(page);
  const asked = page.waitForRequest("**/search/text/*");
  await page.locator("#Hb-search-input").fill("宗教");
  await asked;
  const next = page.waitForRequest("**/search/text/*");
  await page.locator("#Hb-search-input").fill("客服");
  await next;
  assert.equal(await page.locator("#Hb-search .search-list").getAttribute("aria-busy"), "true");
  go();
  await page.locator("#Hb-search .search-list:not([aria-busy]) .search-clause mark").first().waitFor();
  await context.close();
});

const chapters = (page) => page.locator("#Hb-search .search-group").count();
const chaptersAre = (page, count) =>
  page.waitForFunction((wanted) => document.querySelectorAll("#Hb-search .search-group").length === wanted, count);

test("the box asks for the last chapters once the end of its list is near, and keeps one's place", async () => {
  const { context, page } = await open(address(server, kinds.home), { viewport: { width: 1280, height: 420 } });
  const texts = new Set();
  page.on("request", (request) => { if (request.url().includes("/search/text/")) texts.add(request.url()); });
  await page.keyboard.press("/");
  await page.keyboard.type("员工");
  await whole(page);
  assert.equal(await chapters(page), 3);
  const first = texts.size;
  const body = page.locator("#Hb-search .search-body");
  await body.evaluate((element) => { element.scrollTop = element.scrollHeight; });
  await chaptersAre(page, 6);
  await whole(page);
  assert.ok(texts.size > first, "nothing more was loaded for more chapters");
  assert.ok(await body.evaluate((element) => element.scrollTop > 0), "the list went back to its beginning");
  await context.close();
});

for (const [name, how] of [
  ["the arrows", async (page, options) => { for (let i = await options.count(); i >= 0; i--) await page.keyboard.press("ArrowDown"); }],
  ["the wheel", async (page) => { await page.mouse.move(640, 300); await page.mouse.wheel(0, 50); }],
]) {
  test(`where the list ends in view, ${name} get to the last chapters`, async () => {
    const { context, page, options } = await open(address(server, kinds.home), { viewport: { width: 1280, height: 420 } });
    await page.keyboard.press("/");
    await page.keyboard.type("员工");
    await whole(page);
    await page.setViewportSize({ width: 1280, height: 1200 });
    await page.locator("#Hb-search .search-body").evaluate((body) => {
      body.style.flex = "none";
      body.style.height = `${body.scrollHeight * 1.1}px`;
    });
    await shownAll(page);
    assert.equal(await chapters(page), 3);
    await how(page, options);
    await chaptersAre(page, 6);
    await context.close();
  });
}

test("an older answer that comes late is dropped", async () => {
  const { context, page, options } = await open(address(server, kinds.home));
  await page.keyboard.press("/");
  await page.keyboard.type("客服");
  await page.locator("#Hb-search .search-clause").first().waitFor();
  // The engine answers the first question only after the second.
  await page.evaluate(() => {
    const detail = {};
    document.dispatchEvent(new CustomEvent("handbook:search-engine", { detail }));
    const real = detail.value;
    globalThis.asked = [];
    globalThis.answered = [];
    let second;
    const isAnswered = new Promise((go) => { second = go; });
    const late = { ...real, async search(query, options) {
      globalThis.asked.push(query);
      const answer = await real.search(query, { ...options, partial: undefined });
      if (query === "备份") await isAnswered; else second();
      globalThis.answered.push(query);
      return answer;
    } };
    /* Whoever asks gets what was shared last. */
    document.addEventListener("handbook:search-engine", (event) => { event.detail.value = late; });
  });
  await page.locator("#Hb-search-input").fill("备份");
  await page.waitForFunction(() => globalThis.asked.includes("备份"));
  await page.locator("#Hb-search-input").fill("宗教");
  await page.waitForFunction(() => globalThis.answered.length === 2);
  /* What the older answer would change, it has changed by the next frame but one. */
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.deepEqual(await page.evaluate(() => globalThis.answered), ["宗教", "备份"]);
  assert.match(await options.first().innerText(), /宗教/);
  await context.close();
});

test("paper shows neither the box nor the marks", async () => {
  const { context, page } = await open(`${address(server, rules)}?highlight=${encodeURIComponent("运维")}`);
  await page.waitForSelector(".mark-bar");
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".mark-bar").isVisible()));
  const paper = await page.evaluate(() => getComputedStyle(document.querySelector("mark.found")).backgroundColor);
  assert.equal(paper, "rgba(0, 0, 0, 0)");
  await page.goto(address(server, kinds.home));
  assert.ok(!(await page.locator("[data-search-open]").first().isVisible()));
  assert.ok(!(await page.locator(".search-large").isVisible()));
  await context.close();
});

test("a phone has the box all over the window, and nothing scrolls sideways", async () => {
  for (const width of [320, 390]) {
    const { context, page, options } = await open(address(server, kinds.chapter), { viewport: { width, height: 800 }, hasTouch: true });
    await page.locator(".bar [data-search-open]").tap();
    await page.keyboard.type("客服");
    await options.first().waitFor();
    const box = await page.locator("#Hb-search").boundingBox();
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, width, 800]);
    assert.ok(await page.evaluate(() => document.querySelector(".search-body").scrollWidth <= document.querySelector(".search-body").clientWidth));
    await page.locator(".search-close").tap();
    assert.ok(!(await page.locator("#Hb-search").isVisible()));
    await page.goto(`${address(server, "search.html")}?q=${encodeURIComponent("客服")}`);
    await done(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
    await page.goto(address(server, "search.html"));
    await done(page, "idle");
    assert.ok(await page.locator(".search-facets").evaluate((facets) => facets.open), "without a query there is nothing but choices");
    await page.locator("#Hb-search-query").fill("客服");
    await done(page);
    const first = await results(page).locator("a[data-result]").first().boundingBox();
    assert.ok(first.y + first.height < 800, `the first result stands at ${first.y}`);
    await context.close();
  }
});

test("without script search.html leads to the A to Z and the tree", async () => {
  const { context, page } = await open(address(server, kinds.home), { javaScriptEnabled: false });
  await page.locator(".bar [data-search-open]").click();
  await page.waitForURL(/search\.html$/);
  assert.ok(await page.locator("main a[href='a-z.html']").isVisible());
  assert.ok(await page.locator("main a[href='tree.html']").isVisible());
  assert.ok(!(await page.locator(".search-page").isVisible()));
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing serious in the box, on the page and on marked words: ${colorScheme}, ${width} px`, async () => {
      const { context, page, options } = await open(address(server, kinds.chapter), { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      const bad = [];
      const check = async (name) => {
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const rule of result.violations.filter((rule) => ["serious", "critical"].includes(rule.impact))) {
          bad.push(`${name}: ${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        }
      };
      await page.locator(".bar [data-search-open]").click();
      await check("empty box");
      await page.keyboard.type("征求意见");
      await options.first().waitFor();
      await whole(page);
      await page.keyboard.press("ArrowDown");
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
      await check("box");
      await page.goto(`${address(server, "search.html")}?q=${encodeURIComponent("征求意见")}&status=in_force`);
      await done(page);
      await check("page");
      await page.goto(`${address(server, "search.html")}?q=zzzzqqqq`);
      await done(page);
      await check("nothing found");
      await page.goto(`${address(server, rules)}?highlight=${encodeURIComponent("运维")}`);
      await page.waitForSelector(".mark-bar");
      await check("marks");
      assert.deepEqual(bad, []);
      await context.close();
    });
  }
}
