// The register is sorted by its heads; the list of changes is filtered, and knows what is new.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, complaints } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// A handbook of two chapters, as a folder of files; `revisions` are those of the first.
function build(revisions) {
  const root = join(process.env.WORK, "register");
  const chapter = (title, more) => `---\ntitle: ${title}\nstatus: in_force\n${more}\n---\n正文。\n`;
  mkdirSync(join(root, "content"), { recursive: true });
  writeFileSync(join(root, "content", "a.md"), chapter("甲", `id: A-10\ndepartments: [销售部]\nrevisions:\n${revisions}`));
  writeFileSync(join(root, "content", "b.md"),
    chapter("乙", "id: A-9\nroles: [客服]\nreview_by: 2027-01-01\nrevisions:\n  - {version: '1', date: 2026-02-01, note: 乙一}"));
  execFileSync(process.env.HANDBOOK, ["build", "-q", "-C", root, "-o", join(root, "site"), "--date", "2026-11-24"]);
  return (page) => pathToFileURL(join(root, "site", page)).href;
}

const one = "  - {version: '1', date: 2026-01-01, note: 甲一}";

test("the heads of the register sort it, numbers as numbers, by keyboard too", async () => {
  const at = build(one);
  const page = await browser.newPage();
  const found = complaints(page);
  await page.goto(at("register.html"));
  const ids = () => page.$$eval(".register tbody tr", (rows) => rows.map((row) => row.cells[0].textContent));
  assert.deepEqual(await ids(), ["A-10", "A-9"], "reading order");
  const head = page.locator(".register thead th").first();
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await ids(), ["A-9", "A-10"]);
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  await page.keyboard.press("Enter");
  assert.deepEqual(await ids(), ["A-10", "A-9"]);
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  // What says nothing stands last either way.
  const due = page.locator(".register thead th").nth(6).locator("button");
  for (let click = 0; click < 2; click += 1) {
    await due.click();
    assert.deepEqual(await ids(), ["A-9", "A-10"]);
  }
  assert.deepEqual(found, []);
  await page.close();
});

test("changes are filtered, and what came since the last visit is marked", async () => {
  const at = build(one);
  const context = await browser.newContext();
  const page = await context.newPage();
  const found = complaints(page);
  await page.goto(at("changes.html"));
  const shown = () => page.locator(".changes li:visible > div > p:first-of-type").allTextContents();
  assert.deepEqual(await shown(), ["乙一", "甲一"]);
  assert.equal(await page.locator(".new-mark").count(), 0, "the first visit knows of nothing new");
  await page.selectOption("select[name=departments]", { label: "销售部" });
  assert.deepEqual(await shown(), ["甲一"]);
  await page.selectOption("select[name=roles]", { label: "客服" });
  assert.deepEqual(await shown(), []);
  assert.notEqual(await page.locator(".changes-filter [role=status]").textContent(), "");
  // One that was written down late stands among older ones.
  const late = "  - {version: '1.5', date: 2026-01-10, note: 甲补}";
  build(`${one}\n${late}\n  - {version: '2', date: 2026-02-01, note: 甲二}`);
  await page.goto(at("changes.html"));
  assert.deepEqual(await page.locator("li.new > div > p:first-of-type").allTextContents(), ["甲二", "甲补"]);
  await page.check("input[name=new]");
  assert.deepEqual(await shown(), ["甲二", "甲补"]);
  await page.reload();
  assert.equal(await page.locator(".new-mark").count(), 0, "it has been seen");
  assert.deepEqual(found, []);
  await context.close();
});
