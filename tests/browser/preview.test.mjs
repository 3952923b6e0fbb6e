// The live preview, as an author sees it: files change on the disk, open pages follow.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync, renameSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { launch, complaints, until } from "./support.mjs";

const starter = fileURLToPath(new URL("../../themes/default/locales/zh/starter", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const paragraphs = (changed) => Array.from({ length: 60 }, (_, at) =>
  `第${at + 1}段 ${at === 30 ? changed : "这里写明本段的规定，供员工查阅。"}\n`).join("\n");
const long = (changed) => `---\ntitle: 长文\n---\n## 开头\n\n${paragraphs(changed)}\n## 结尾\n\n末段。\n`;

// A preview of the starter in a folder of its own, and a browser to look at it.
async function preview(name, body, options = []) {
  const folder = join(process.env.WORK, `preview-${name}`);
  cpSync(starter, folder, { recursive: true });
  writeFileSync(join(folder, "content/long.md"), long("原来的文字。"));
  appendFileSync(join(folder, "content/next-steps.md"), "\n见[长文](long.md)。\n");
  const server = spawn(process.env.HANDBOOK,
    ["serve", "-C", folder, "--port", "4600", "--color", "never", ...options]);
  let said = "";
  const address = await new Promise((done, failed) => {
    server.stderr.on("data", (data) => {
      said += data;
      const found = /(http:\S+)/.exec(said);
      if (found) done(found[1]);
    });
    server.on("exit", () => failed(new Error(said)));
  });
  const context = await browser.newContext({ viewport: { width: 1300, height: 800 } });
  const open = async (path) => {
    const page = await context.newPage();
    page.complaints = complaints(page);
    await page.goto(address + path);
    await page.locator(".live-status", { hasText: /实时|Live/ }).waitFor();
    return page;
  };
  const save = (path, text) => writeFileSync(join(folder, "content", path), text);
  const read = (path) => readFileSync(join(folder, "content", path), "utf8");
  try {
    await body({ folder, address, context, open, save, read, said: () => said });
  } finally {
    await context.close();
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.on("exit", (code) => done(code)));
    server.kill("SIGTERM");
    assert.equal(await ended, 0, "a stop is graceful");
  }
}

// Set on the window, it is gone after a reload.
const stamp = (page) => page.evaluate(() => { window.stamped = true; });
const stamped = (page) => page.evaluate(() => window.stamped === true);
const inView = (locator) => locator.evaluate((element) => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
});

test("a saved paragraph changes in place: scroll, details, focus and script-made state stay", () =>
  preview("patch", async ({ open, save }) => {
    const page = await open("long.html");
    await stamp(page);
    const text = page.getByText("第31段");
    await text.scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, 137));
    await page.evaluate(() => {
      const details = document.createElement("details");
      details.id = "mine";
      details.open = true;
      document.querySelector("main").append(details);
      document.querySelector(".tree a").focus();
    });
    const before = await page.evaluate(() => scrollY);
    save("long.md", long("改过的**文字**。"));
    await page.getByText("改过的文字").waitFor();
    assert.ok(await page.locator("p.live-changed", { hasText: "第31段" }).count(), "the block is marked");
    assert.equal(await page.locator(".live-changed").count(), 1, "and no other");
    assert.equal(await page.evaluate(() => scrollY), before);
    assert.ok(await page.evaluate(() => document.getElementById("mine").open));
    assert.ok(await page.evaluate(() => document.activeElement === document.querySelector(".tree a")));
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains("script")));
    assert.ok(await stamped(page), "no reload");
    await page.locator(".live-changed").waitFor({ state: "detached" });
    assert.deepEqual(page.complaints, []);
  }));

test("lines added above do not move what is read; a change out of view is scrolled to", () =>
  preview("scroll", async ({ open, save }) => {
    const page = await open("long.html");
    const read = page.getByText("第40段");
    save("long.md", long("原来的文字。").replace("第20段", "新加的一段。\n\n第20段"));
    await page.getByText("新加的一段").waitFor();
    // It was out of view, so it is shown; the lines below know their new places.
    assert.ok(await inView(page.getByText("新加的一段")));
    assert.equal(await page.getByText("第60段").getAttribute("data-source-line"), "126");
    // A change in view and lines above: what is read stays where it is.
    await read.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const place = () => read.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const top = await place();
    const scrolled = await page.evaluate(() => scrollY);
    save("long.md", long("原来的文字。").replace("第20段", "新加的一段。\n\n又加一段。\n\n第20段")
      .replace("第41段", "第41段（改）"));
    await page.getByText("第41段（改）").waitFor();
    assert.equal(await place(), top);
    assert.ok(await page.evaluate(() => scrollY) > scrolled + 20);
  }));

test("the contents, the sheets and the cards go on working after a change", () =>
  preview("scripts", async ({ open, save, read }) => {
    const page = await open("long.html");
    save("long.md", long("原来的文字。").replace("## 结尾", "## 新的一节\n\n文。\n\n## 结尾"));
    const link = page.locator("#Hb-outline a", { hasText: "新的一节" });
    await link.waitFor();
    await page.locator("#新的一节").evaluate((element) => element.scrollIntoView());
    await page.waitForFunction(() => {
      const here = document.querySelector("#Hb-outline [aria-current]");
      return here && /新的一节|结尾/.test(here.textContent);
    });
    // What a card shows of another chapter is what that chapter says now.
    save("long.md", `${long("原来的文字。")}\n见[流程](operations/客户投诉处理流程.md)。\n`);
    const reference = page.locator(".text a", { hasText: "流程" });
    await reference.waitFor();
    await reference.hover();
    await page.locator(".preview-card.shown").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".live-status", { hasText: /实时|Live/ }).waitFor();
    const file = "operations/客户投诉处理流程.md";
    save(file, read(file).replace(/^title: .*$/m, "title: 投诉新流程"));
    await page.mouse.move(0, 0);
    await page.locator(".live-status", { hasText: /已更新|Updated/ }).waitFor();
    await reference.hover();
    await page.locator(".preview-card.shown", { hasText: "投诉新流程" }).waitFor();
    await page.setViewportSize({ width: 600, height: 800 });
    await page.locator(".menu-open").click();
    await page.locator("#Hb-menu.open-sheet").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".open-sheet").count(), 0);
    assert.deepEqual(page.complaints, []);
  }));

test("broken front matter brings the panel, with the text; mending takes it away", () =>
  preview("panel", async ({ open, save }) => {
    const page = await open("long.html");
    const other = await open("next-steps.html");
    const elsewhere = other.locator(".live-others");
    const before = await elsewhere.innerText();
    await stamp(page);
    await page.evaluate(() => scrollTo(0, 400));
    assert.ok(await page.locator(".live-panel").isHidden());
    save("long.md", long("原来的文字。").replace("title: 长文", "title: 长文: 二"));
    const panel = page.locator(".live-panel");
    await panel.waitFor();
    assert.match(await panel.innerText(), /写法有误/);
    assert.match(await panel.innerText(), /content\/long\.md:\d+:\d+/);
    assert.match(await panel.locator("pre").innerText(), /长文: 二/);
    assert.ok(await page.getByText("第31段").count(), "the text is still there");
    assert.notEqual(await elsewhere.innerText(), before);
    await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
    const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
    const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    assert.deepEqual(bad.map((one) => [one.id, one.nodes[0].html]), []);
    const all = await open("-/findings");
    assert.match(await all.locator("main").innerText(), /content\/long\.md/);
    save("long.md", long("原来的文字。"));
    await panel.waitFor({ state: "hidden" });
    await all.locator("main", { hasNotText: "long.md" }).waitFor();
    assert.equal(await elsewhere.innerText(), before);
    assert.ok(await stamped(page));
  }));

test("two pages are open at once: each follows its own chapter, the other does not move", () =>
  preview("two", async ({ open, save, read }) => {
    const [one, two] = [await open("long.html"), await open("next-steps.html")];
    await stamp(one);
    await stamp(two);
    const watchChanges = (page) => page.evaluate(() => {
      window.changes = 0;
      new MutationObserver((list) => { window.changes += list.length; })
        .observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await watchChanges(one);
    await watchChanges(two);
    save("long.md", long("只在这里。"));
    await one.getByText("只在这里").waitFor();
    assert.equal(await two.evaluate(() => window.changes), 0);
    save("next-steps.md", `${read("next-steps.md")}\n\n也在那里。\n`);
    await two.getByText("也在那里").waitFor();
    assert.ok((await two.evaluate(() => window.changes)) > 0);
    assert.equal(await one.getByText("也在那里").count(), 0);
    assert.ok(await stamped(one) && await stamped(two));
  }));

test("a style sheet is swapped without a reload, a script with one", () =>
  preview("style", async ({ folder, open }) => {
    const page = await open("long.html");
    await stamp(page);
    const assets = join(folder, "themes/default/assets");
    const before = await page.$$eval("link[rel=stylesheet]", (links) => links.map((link) => link.href));
    mkdirSync(assets, { recursive: true });
    writeFileSync(join(assets, "print.css"), "/* ours */");
    await page.waitForFunction((old) => {
      const now = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
      return now.length === old.length && now.filter((href) => !old.includes(href)).length === 1;
    }, before);
    const sheet = readFileSync(join(import.meta.dirname, "../../themes/default/assets/text.css"), "utf8");
    writeFileSync(join(assets, "text.css"), `${sheet}\n.text p { letter-spacing: 7px; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector(".text p")).letterSpacing === "7px");
    await page.waitForFunction(() => document.querySelectorAll("link[href*='/text.'], link[href^='assets/text.']").length === 1);
    assert.ok(await stamped(page));
    writeFileSync(join(assets, "handbook.js"), "window.ours = true;");
    await page.waitForFunction(() => window.ours === true);
    assert.deepEqual(page.complaints, []);
  }));

test("a renamed chapter says that it is gone, and is back when it is back", () =>
  preview("gone", async ({ folder, open }) => {
    const page = await open("long.html");
    renameSync(join(folder, "content/long.md"), join(folder, "content/other.md"));
    await page.locator("h1", { hasText: /找不到|not found/i }).waitFor();
    renameSync(join(folder, "content/other.md"), join(folder, "content/long.md"));
    await page.getByText("第31段").waitFor();
  }));

test("with --follow the browser goes to the chapter that was saved, at the line", () =>
  preview("follow", async ({ open, save }) => {
    const page = await open("next-steps.html");
    save("long.md", long("这里刚改。"));
    await page.waitForURL(/long\.html/);
    const block = page.getByText("这里刚改");
    await block.waitFor();
    assert.ok(await inView(block));
  }, ["--follow"]));

test("another day is shown to the browser that asked for it, and to no other", () =>
  preview("day", async ({ open, save, context, address }) => {
    save("dated.md", "---\ntitle: 到期\nstatus: in_force\nreview_by: 2030-01-01\n---\n文。\n");
    const page = await open("dated.html");
    await page.locator("h1", { hasText: "到期" }).waitFor();
    assert.equal(await page.locator(".notice-overdue").count(), 0);
    await page.locator(".live-day input").fill("2031-05-06");
    await page.locator(".notice-overdue").waitFor();
    const other = await browser.newContext();
    const fresh = await other.newPage();
    await fresh.goto(`${address}dated.html`);
    assert.equal(await fresh.locator(".notice-overdue").count(), 0);
    await other.close();
    await page.locator(".live-reset").click();
    await page.locator(".notice-overdue").waitFor({ state: "detached" });
    assert.equal((await context.cookies()).length, 0);
  }));

test("the site is shown as an audience sees it to the browser that asked for it", () =>
  preview("audience", async ({ folder, open, save, context }) => {
    appendFileSync(join(folder, "handbook.yaml"), "\naudiences:\n  staff: 员工\n  board: {name: 董事会, includes: staff}\n");
    save("secret.md", "---\ntitle: 机密\naudience: board\n---\n文。\n");
    save("about.md", "---\ntitle: 关于\n---\n见[那里](secret.md)。\n");
    const page = await open("about.html");
    await page.locator(".text a", { hasText: "那里" }).waitFor();
    await page.locator(".live-audience select").selectOption({ label: "员工" });
    await page.locator(".withheld", { hasText: "那里" }).waitFor();
    assert.equal(await page.locator(".withheld-note").innerText(), "（本版未收录）");
    await page.locator(".live-audience select").selectOption({ label: "董事会" });
    await page.locator(".text a", { hasText: "那里" }).waitFor();
    await page.locator(".live-audience select").selectOption({ label: "全部章节" });
    await page.locator(".live-narrowed").waitFor({ state: "detached" });
    assert.equal((await context.cookies()).length, 0);
  }));

test("a finding and a block lead to their line in the editor", () => {
  const out = join(process.env.WORK, "opened.txt");
  const command = `sh -c 'echo "$1" > ${out}' - {file}:{line}`;
  return preview("editor", async ({ folder, open, save }) => {
    const page = await open("long.html");
    const opened = async () => {
      const text = await until(() => existsSync(out) && /(.*)\n/.exec(readFileSync(out, "utf8"))?.[1]);
      rmSync(out);
      return text;
    };
    await page.getByText("第31段").dblclick({ modifiers: ["Alt"] });
    assert.equal(await opened(), `${folder}/content/long.md:66`);
    save("long.md", long("见[没有](no.md)。"));
    await page.locator(".live-panel .live-place", { hasText: ":66:" }).click();
    assert.equal(await opened(), `${folder}/content/long.md:66`);
  }, ["--editor", command]);
});
