import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { launch } from "./support.mjs";

const starter = fileURLToPath(new URL("../sites/starter", import.meta.url));

function start(folder) {
  const process_ = spawn(process.env.HANDBOOK, ["serve", "-C", folder, "--port", "4600", "--color", "never"]);
  return new Promise((done, failed) => {
    let text = "";
    process_.stderr.on("data", (data) => {
      text += data;
      const address = /http:\/\/[0-9.:]+\//.exec(text);
      if (address) done({ process: process_, address: address[0] });
    });
    process_.on("exit", () => failed(new Error(text)));
  });
}

test("the preview follows a save, shows what is wrong, and answers only at this machine", async () => {
  const folder = join(process.env.WORK, "preview");
  cpSync(starter, folder, { recursive: true });
  const server = await start(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const file = join(folder, "content/operations/客户投诉处理流程.md");
    await page.goto(`${server.address}operations/${encodeURIComponent("客户投诉处理流程.html")}`);
    appendFileSync(file, "\n\n第六条 刚刚保存的条款。\n");
    await page.getByText("刚刚保存的条款").waitFor({ timeout: 5_000 });
    writeFileSync(join(folder, "content/坏.md"), "---\ntitle: [\n---\n正文还在\n");
    await page.waitForTimeout(500);
    await page.goto(`${server.address}${encodeURIComponent("坏.html")}`);
    await page.getByText("正文还在").first().waitFor({ timeout: 5_000 });
    assert.match(await page.locator("main").innerText(), /not valid YAML/);
    const url = new URL(server.address);
    const status = await new Promise((done) =>
      request({ host: url.hostname, port: url.port, path: "/", headers: { host: "evil.example" } },
        (response) => { response.resume(); done(response.statusCode); }).end());
    assert.equal(status, 421);
  } finally {
    await browser.close();
    server.process.kill("SIGINT");
  }
});
