// A chapter whose headings, ids and raw HTML are called as the parts of the page
// are: the search box, the menu, the outline and the skip link work all the same,
// and links to those headings lead to them.
import test, { before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, complaints } from "./support.mjs";

const names = ["Search", "Menu", "Content", "Outline", "Near", "Search input", "Search list", "Live", "Preview card"];
const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const filling = Array.from({ length: 30 }, () => "Nothing but text that makes the page long.\n").join("\n");
const own = ["search", "search-input", "search-list", "menu", "content", "outline", "near"];
const chapter = [
  "# Facilities", `[to the menu](#menu) and [to the search](#search).`,
  '<a id="handbook" name="handbook" href="https://example.com/?x">site</a>',
  ...own.map((id) => `<div id="Hb-${id}" class="toast">a</div>\n\n## Own ${id} {#Hb-${id}}`),
  '<div id="search-dialog">b</div>\n\n<div class="search"><input type="checkbox"></div>',
  '<nav class="outline"><a href="#near">c</a></nav>',
  ...names.map((name) => `## ${name}\n\n${filling}`),
  "## Last {#search}\n\nThe word quokka stands here.",
].join("\n\n");

const sites = {};
let browser;
before(async () => {
  for (const policy of ["sanitize", "trust"]) {
    const folder = mkdtempSync(join(process.env.WORK, "ids-"));
    mkdirSync(join(folder, "content"));
    writeFileSync(join(folder, "handbook.yaml"), `title: Ids\nlanguage: en\nmarkdown: {raw_html: ${policy}}\n`);
    writeFileSync(join(folder, "content/a.md"), chapter);
    writeFileSync(join(folder, "content/b.md"), "# Other\n\nSee [Facilities](a.md#near).\n");
    execFileSync(process.env.HANDBOOK, ["build", "-q", "-C", folder], { stdio: "ignore" });
    sites[policy] = (page) => pathToFileURL(join(folder, "site", page)).href;
  }
  browser = await launch();
});
after(() => browser.close());

// The same on both sites: trust does not give a chapter the page's ids.
async function both(viewport, body) {
  for (const address of Object.values(sites)) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const found = complaints(page);
    await page.goto(address("a.html"));
    await body(page, address);
    assert.deepEqual(found, []);
    await context.close();
  }
}

const wide = { width: 1300, height: 800 };
const phone = { width: 390, height: 844 };
const top = (page, text) => page.evaluate((text) => {
  const heading = [...document.querySelectorAll("main h2")].find((one) => one.firstChild.textContent === text);
  return heading.getBoundingClientRect().top;
}, text);

test("the search box opens, types and finds", () => both(wide, async (page) => {
  await page.keyboard.press("/");
  const box = page.locator("body > dialog.search");
  await box.waitFor();
  await page.keyboard.type("quokka");
  const option = box.locator("[role=option]");
  // The answer to the whole word: on a busy machine that to "quok" is seen first.
  await option.locator("mark", { hasText: "quokka" }).first().waitFor();
  assert.match(await option.first().textContent(), /Facilities/);
  await page.keyboard.press("ArrowDown");
  const active = await page.locator("dialog.search input").getAttribute("aria-activedescendant");
  assert.equal(await page.evaluate((id) => document.getElementById(id).getAttribute("role"), active), "option");
  await page.keyboard.press("Enter");
  await page.locator(".text mark", { hasText: "quokka" }).waitFor();
  assert.equal(await page.evaluate(async () => (await handbook.search("quokka")).count), 1);
}));

test("on a phone the menu and the outline open", () => both(phone, async (page) => {
  await page.locator(".menu-open").click();
  await page.locator(".navigation.open-sheet a", { hasText: "Other" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".outline-open").click();
  const entry = page.locator(".page > .outline.open-sheet a", { hasText: "Menu" }).last();
  await entry.click();
  await page.waitForFunction(() => location.hash === "#menu");
  assert.ok(await top(page, "Menu") < phone.height);
}));

test("the outline follows the reader", () => both(wide, async (page) => {
  await page.locator("#near").evaluate((heading) => heading.scrollIntoView());
  await page.locator(".page > .outline [aria-current]", { hasText: /^Near$/ }).waitFor();
}));

test("the skip link leads to the text", () => both(wide, async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.querySelector("main").matches(":target, :focus")));
}));

test("links lead to the headings that are called so", () => both(wide, async (page, address) => {
  for (const name of names.slice(0, 5)) {
    await page.goto(`${address("a.html")}?${slug(name)}#${slug(name)}`);
    const place = await top(page, name);
    assert.ok(place >= 0 && place < 200, `${name} is at ${place}`);
  }
  await page.goto(address("a.html"));
  await page.locator("a", { hasText: "to the menu" }).click();
  await page.waitForFunction(() => scrollY > 300);
  const place = await top(page, "Menu");
  assert.ok(place >= 0 && place < 200, `the menu's heading is at ${place}`);
}));

test("a copied link is told in the page's own place", () => both(wide, async (page) => {
  const before = await page.locator(".text .toast").first().textContent();
  await page.locator(".theme-switch").click();
  await page.locator("body > .toast.shown").waitFor();
  assert.equal(await page.locator(".text .toast").first().textContent(), before);
}));
