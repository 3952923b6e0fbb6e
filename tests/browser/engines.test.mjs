// A smoke test of what readers do in Firefox and in WebKit: home, chapter, search,
// map and preview, under the strict policy, and search from file:// too. All else is
// tested in Chromium.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firefox, webkit } from "./engines.mjs";
import { serve, address, fileAddress, kinds, until } from "./support.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const starter = join(root, "themes/default/locales/zh/starter");
const query = "服务级别协议";
let server;
before(async () => { server = await serve(); });
after(() => server.close());

const search = (asked) => JSON.parse(execFileSync(process.env.HANDBOOK,
  ["search", asked, "--json", "-C", root, "--date", "2026-11-24"], { encoding: "utf8" }));

for (const [name, launch] of Object.entries({ firefox, webkit })) {
  const look = (title, body) => test(`${name}: ${title}`, async () => {
    const window = await launch();
    try {
      await body(window);
    } finally {
      await window.close();
    }
  });
  const has = (window, selector) => until(() => window.run((one) => document.querySelector(one) !== null, selector));

  look("home leads to a chapter, and the address to its clause", async (window) => {
    await window.open(address(server, kinds.home));
    const link = await window.run(() => document.querySelector("main a[href$='.html']").href);
    await window.open(link);
    assert.ok(await window.run(() => document.querySelector("main h1").innerText.trim().length > 0));
    await window.open(`${address(server, kinds.responsibilities)}`);
    const anchor = await window.run(() => [...document.querySelectorAll("main [id]")].at(-1).id);
    await window.open(`${address(server, kinds.responsibilities)}#${encodeURIComponent(anchor)}`);
    await until(() => window.run((id) => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    }, anchor));
    const wide = await window.run(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the chapter scrolls sideways by ${wide} px`);
  });

  look("the box finds what is typed, and Enter opens it", async (window) => {
    await window.open(address(server, kinds.home));
    await window.run(() => document.querySelector("[data-search-open]").click());
    await until(() => window.run(() => document.activeElement?.id === "Hb-search-input"));
    await window.type("备份");
    await has(window, "#Hb-search .search-list:not([aria-busy]) [role=option]");
    await window.press("ArrowDown");
    const chosen = await until(() => window.run(() => document.querySelector("#Hb-search [aria-selected=true]")?.href));
    await window.press("Enter");
    const plain = (url) => url.split(/[?#]/)[0];
    await until(async () => plain(await window.run(() => location.href)) === plain(chosen));
  });

  for (const [where, at] of Object.entries({ http: (page) => address(server, page), file: fileAddress })) {
    look(`search.html answers as the program does: ${where}`, async (window) => {
      await window.open(`${at(kinds.search)}?q=${encodeURIComponent(query)}`);
      await has(window, "[data-search-results][data-state=done] a");
      const answer = await window.run((asked) => globalThis.handbook.search(asked, { limit: 0 }), query);
      const expected = search(query);
      assert.ok(expected.count > 0);
      assert.deepEqual([answer.count, answer.match], [expected.count, expected.match]);
    });
  }

  look("the map is drawn and leads to its chapters", async (window) => {
    await window.open(address(server, kinds.map));
    const drawn = await window.run(() => [...document.querySelectorAll(".map")]
      .filter((map) => map.getClientRects().length)
      .map((map) => [map.getBoundingClientRect().width, map.querySelectorAll("a").length]));
    assert.equal(drawn.length, 1);
    assert.ok(drawn[0][0] > 300 && drawn[0][1] > 3, String(drawn));
    const link = await window.run(() => [...document.querySelectorAll(".map-wide a")][0].href.baseVal);
    assert.ok(link.length > 0);
  });

  look("a save is shown in the open page without a reload", async (window) => {
    const folder = join(process.env.WORK, `smoke-${name}`);
    cpSync(starter, folder, { recursive: true });
    const preview = spawn(process.env.HANDBOOK, ["serve", "-C", folder, "--port", "4700", "--color", "never"]);
    try {
      const home = await new Promise((done, failed) => {
        let said = "";
        preview.stderr.on("data", (data) => {
          said += data;
          const found = /(http:\S+)/.exec(said);
          if (found) done(found[1]);
        });
        preview.on("exit", () => failed(new Error(said)));
      });
      await window.open(`${home}next-steps.html`);
      await until(() => window.run(() => /实时|Live/.test(document.querySelector(".live-status")?.textContent ?? "")));
      await window.run(() => { globalThis.stamped = true; });
      const file = join(folder, "content/next-steps.md");
      writeFileSync(file, `${readFileSync(file, "utf8")}\n刚刚写下的一段。\n`);
      await until(() => window.run(() => document.querySelector("main").innerText.includes("刚刚写下的一段。")));
      assert.ok(await window.run(() => globalThis.stamped === true), "the page was loaded anew");
    } finally {
      preview.removeAllListeners("exit");
      preview.kill("SIGTERM");
    }
  });
}
