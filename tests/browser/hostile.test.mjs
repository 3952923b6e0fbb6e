// A site with hostile texts wherever one can stand, opened page by page: nothing
// of an author's runs, over HTTP under the strict policy and from file://, where
// no policy helps. The texts are those of tests/it/hostile/script.rs.
import test, { before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, pass } from "./support.mjs";

const { texts, links } = JSON.parse(readFileSync(new URL("../fixtures/hostile.json", import.meta.url), "utf8"));
const quoted = JSON.stringify;
const svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='window.pwned=1;alert(1)'><script>window.pwned=1;alert(1)</script></svg>";
let work, site, browser, server;

function chapter(number, text) {
  const q = quoted(text);
  const front = [`title: ${quoted(`甲${number}${text}`)}`, `summary: ${q}`, `aliases: [${quoted(`乙${number}${text}`)}]`, `departments: [${q}]`,
    `roles: [${q}]`, `owner: ${q}`, `version: ${q}`, `topics: [${q}]`, `audience: [a${number}]`, `required_reading: [${q}]`,
    `raci: {${q}: {responsible: [${q}]}}`, `revisions: [{version: ${q}, date: 2026-01-01, by: ${q}, note: ${q}}]`,
    `terms: [{term: ${quoted(`术语${number}${text}`)}, definition: ${q}}]`].join("\n");
  const lines = [`## ${text}`, `第一条 ${text} 术语${number}${text} 《甲${(number + 1) % texts.length}${texts[(number + 1) % texts.length]}》第一条`,
    `（一）${text}`, `![${text}](x.svg "t")`, `\`\`\`${text.replaceAll("`", "")}\n${text}\n\`\`\``, `《${text}》 [[${text}]] [^1]`, `[^1]: ${text}`,
    `| ${text} |\n| --- |\n| ${text} |`, `原文 ${text}`, `<div>\n${text}\n</div>`];
  for (const link of links) {
    lines.push(`[链接](${link})`, `[链接](<${link}>)`, `![图](<${link}>)`, `<a href="${link}">原文</a> <img src='${link}'>`,
      `<form action="${link}"><button formaction="${link}">b</button></form>`);
  }
  return `---\n${front}\n---\n\n${lines.join("\n\n")}\n`;
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

function pages(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = prefix + entry.name;
    if (entry.isDirectory()) return pages(join(folder, entry.name), `${name}/`);
    return name.endsWith(".html") ? [name] : [];
  });
}

before(async () => {
  work = mkdtempSync(join(process.env.WORK, "hostile-"));
  const write = (name, text) => {
    mkdirSync(join(work, name, ".."), { recursive: true });
    writeFileSync(join(work, name), text);
  };
  const list = (line) => texts.map((text, at) => `  - {${line(quoted(text), at)}}\n`).join("");
  write("organization.yaml", `departments:\n${list((q, at) => `id: d${at}, name: ${q}, summary: ${q}`)}`
    + `roles:\n${list((q, at) => `id: r${at}, name: ${q}, summary: ${q}, department: d${at}`)}`);
  write("handbook.yaml", `title: ${quoted(texts.join(""))}\ndescription: ${quoted(texts.join(""))}\n`
    + `external_references:\n${list((q, at) => `title: ${q}, url: ${quoted(links[at])}, note: ${q}`)}`
    + `audiences:\n${texts.map((text, at) => `  a${at}: {name: ${quoted(text)}}\n`).join("")}`);
  texts.forEach((text, at) => {
    const name = text.replaceAll("/", "∕");
    write(`content/${at}.md`, chapter(at, text));
    write(`content/附件/${name}.txt`, "x");
    write(`content/${name}/index.md`, `# ${text}\n\n[附件](<../附件/${name}.txt>)\n`);
  });
  write("content/x.svg", svg);
  site = join(work, "site");
  execFileSync(process.env.HANDBOOK, ["build", "-q", "-C", work, "-o", site, "--date", "2026-11-24"], { stdio: "pipe" });
  server = createServer((request, response) => {
    const file = join(site, decodeURIComponent(new URL(request.url, "http://x").pathname));
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain", "x-content-type-options": "nosniff" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

async function walk(address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  const wrong = [];
  page.on("dialog", (dialog) => { wrong.push(`${page.url()}: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  const all = pages(site);
  assert.ok(all.length > 50, `${all.length} pages`);
  for (const name of all) {
    await page.goto(address(name), { waitUntil: "load" });
    // What waits for a pointer, the keyboard or the focus gets it.
    const state = await page.evaluate(() => {
      for (const element of document.querySelectorAll("body *")) {
        for (const type of ["mouseover", "focus", "error", "load"]) element.dispatchEvent(new Event(type));
      }
      return { pwned: window.pwned, ran: document.documentElement.id };
    }).catch((error) => ({ pwned: String(error) }));
    if (state.pwned !== undefined) wrong.push(`${name}: ${state.pwned}`);
  }
  // Every link that looks like a script is followed.
  for (const name of all.filter((one) => /^\d+\.html$/.test(one))) {
    await page.goto(address(name), { waitUntil: "load" });
    const pwned = await page.evaluate(() => {
      for (const link of document.querySelectorAll("main a, main button")) {
        if (!/^(https?|file):/.test(link.href ?? "")) link.click();
      }
      return window.pwned;
    });
    if (pwned !== undefined) wrong.push(`${name}: ${pwned}, by a click`);
  }
  // Cards, tooltips and search show the texts too.
  await page.goto(address("1.html"), { waitUntil: "load" });
  for (const link of await page.locator("main a.mention, main a.term").all()) {
    await link.hover({ timeout: 2000, force: true }).catch(() => {});
    await pass(page, 1000);
  }
  for (const query of ["window", "甲", "script", "onerror", "x"]) {
    await page.goto(`${address("search.html")}?q=${encodeURIComponent(query)}`, { waitUntil: "load" });
    await page.waitForFunction(() => document.querySelector("[data-search-results]").dataset.state === "done", null, { timeout: 20_000 });
    await pass(page, 1000);
    const pwned = await page.evaluate(() => window.pwned);
    if (pwned !== undefined) wrong.push(`search for ${query}: ${pwned}`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
}

const encode = (name) => name.split("/").map(encodeURIComponent).join("/");

test("over HTTP, without any policy, nothing of an author's runs", () =>
  walk((name) => `http://127.0.0.1:${server.address().port}/${encode(name)}`));

test("from file:// nothing of an author's runs", () => walk((name) => pathToFileURL(join(site, name)).href));

test("the walk sees what runs", async () => {
  const page = await browser.newPage();
  const dialogs = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  // An SVG opened by itself from a server without a policy does run: that is why
  // the configurations of `handbook host` and the preview sandbox it.
  const seen = page.waitForEvent("dialog");
  await page.goto(`http://127.0.0.1:${server.address().port}/x.svg`);
  await seen;
  assert.ok(dialogs.length > 0);
  await page.close();
});

test("the preview sandboxes an SVG that is opened by itself", async () => {
  const { spawn } = await import("node:child_process");
  const child = spawn(process.env.HANDBOOK, ["serve", "-C", work, "--port", "4790", "--color", "never"], { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const origin = await new Promise((done, fail) => {
      let said = "";
      child.stderr.on("data", (part) => {
        said += part;
        const found = said.match(/http:\/\/[^/\s]+/);
        if (found) done(found[0]);
      });
      child.on("exit", () => fail(new Error(said)));
    });
    const page = await browser.newPage();
    const dialogs = [];
    page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    const blocked = page.waitForEvent("console", (message) => /blocked script execution/i.test(message.text()));
    const answer = await page.goto(`${origin}/x.svg`);
    assert.match(answer.headers()["content-security-policy"], /sandbox/);
    await blocked;
    assert.deepEqual(dialogs, []);
    await page.goto(`${origin}/index.html`);
    await page.close();
  } finally {
    child.kill("SIGTERM");
  }
});
