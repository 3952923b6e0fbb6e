// What `handbook host` prints, given to the servers of Debian: below a
// sub-path on loopback, asked by hand and walked in Chromium.
import test, { before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createServer, request } from "node:http";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { complaints, launch } from "./support.mjs";

const handbook = process.env.HANDBOOK;
const root = new URL("../..", import.meta.url).pathname;
const base = "/内部/handbook/";
const encode = (path) => path.split("/").map(encodeURIComponent).join("/");
const policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const chapter = "ecommerce/淘宝运营部门管理制度.html";
// What a server with PHP, CGI and server-side includes would run.
const scripts = {
  "a.php": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nRAN'\n", "b.cgi": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nRAN'\n",
  "c.pl": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nRAN'\n", "d.shtml": '<!--#exec cmd="echo RAN" --><!--#echo var="DATE_GMT" -->', "e.var": "URI: 图.svg\n",
};
const xml = ["kml", "rss", "atom", "xsl", "XSLT", "mml", "rdf", "gpx", "xht"];
const running = [];
const gates = [];
let work, browser;

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// A site of the sample with attachments that would script if they could.
function site(name, port) {
  const folder = join(work, name);
  mkdirSync(folder);
  for (const one of ["content", "handbook.yaml", "organization.yaml"]) cpSync(join(root, one), join(folder, one), { recursive: true });
  const evil = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><style>rect{fill:#00f}</style>'
    + '<rect width="40" height="40" style="stroke:red"/><script>document.documentElement.id="ran";alert(1)</script></svg>';
  mkdirSync(join(folder, "content/evil"));
  writeFileSync(join(folder, "content/evil/图.svg"), evil + `<!--${"x".repeat(2000)}-->`);
  writeFileSync(join(folder, "content/evil/页.xhtml"),
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script src="run.js"></script></head><body/></html>');
  writeFileSync(join(folder, "content/evil/run.js"), 'document.documentElement.id="ran";alert(1)');
  writeFileSync(join(folder, "content/evil/数据.csv.gz"), "the author's own");
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, "content/evil", name), text);
    chmodSync(join(folder, "content/evil", name), 0o755);
  }
  for (const end of xml) writeFileSync(join(folder, `content/evil/x.${end}`), `<x xmlns="http://www.w3.org/1999/xhtml"/><!--${"x".repeat(2000)}-->`);
  writeFileSync(join(folder, "content/evil/表 格.csv"), `名,数\n${"甲,1\n".repeat(1000)}`);
  writeFileSync(join(folder, "content/evil/index.md"), "# 恶意附件\n\n![图](图.svg)\n");
  mkdirSync(join(folder, "content/空 &"));
  writeFileSync(join(folder, "content/空 &/index.md"), "# 空\n");
  mkdirSync(join(folder, "content/assets"));
  writeFileSync(join(folder, "content/assets/计划.20261124.txt"), "a date, not a hash");
  execFileSync(handbook, ["build", "-q", "-C", folder, "--precompress", "--date", "2026-11-24",
    "--base-url", `http://127.0.0.1:${port}${encode(base)}`]);
  const built = join(folder, "site");
  writeFileSync(join(built, ".env"), "SECRET");
  mkdirSync(join(built, "ecommerce/.git"));
  writeFileSync(join(built, "ecommerce/.git/config"), "SECRET");
  writeFileSync(join(work, "secret.txt"), "SECRET");
  return built;
}

const print = (target, folder, port, ...more) => execFileSync(handbook, ["host", target, "-C", root, "--site", folder,
  "--base", base, "--listen", `127.0.0.1:${port}`, ...more], { encoding: "utf8" });

function ask(port, path, headers = {}, method = "GET") {
  return new Promise((done, fail) => {
    const sent = request({ host: "127.0.0.1", port, path, headers, method }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    sent.on("error", fail);
    sent.end();
  });
}

async function start(command, args, port, env = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => { said += part; });
  running.push(child);
  for (let round = 0; round < 100; round += 1) {
    if (child.exitCode !== null) break;
    try {
      await ask(port, "/");
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  assert.fail(`${command} did not start: ${said}`);
}

function nginxConfig(name, printed) {
  const folder = join(work, `${name}-nginx`);
  mkdirSync(folder);
  writeFileSync(join(folder, "handbook.conf"), printed);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((one) => `${one}_temp_path ${folder}/${one};`).join(" ");
  writeFileSync(join(folder, "nginx.conf"), `
${process.getuid() === 0 ? "user root;" : ""}
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log warn;
events {}
http {
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; ${temporary}
  include ${folder}/handbook.conf;
}`);
  return join(folder, "nginx.conf");
}

function apacheConfig(name, printed, more = "") {
  const folder = join(work, `${name}-apache`);
  mkdirSync(folder);
  writeFileSync(join(folder, "handbook.conf"), printed);
  const modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "alias", "dir", "headers", "mime", "rewrite", "setenvif", "env", "filter", "deflate", "autoindex", "negotiation", "cgid", "include", "actions", "socache_shmcb", "ssl", "auth_openidc"];
  writeFileSync(join(folder, "apache.conf"), `
ServerRoot ${folder}
ServerName 127.0.0.1
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
${modules.map((one) => `LoadModule ${one}_module /usr/lib/apache2/modules/mod_${one}.so`).join("\n")}
${process.getuid() === 0 ? "User www-data\nGroup www-data" : ""}
TypesConfig /etc/mime.types
AddLanguage br .br
AddType application/x-gzip .gz
<Directory />
  Options FollowSymLinks
  Require all denied
</Directory>
# As on servers that run all kinds of things elsewhere.
Options +ExecCGI +Includes +Indexes
AddHandler cgi-script .cgi
AddHandler type-map .var
AddType text/html .shtml
AddOutputFilter INCLUDES .shtml
ScriptSock ${folder}/cgid
<FilesMatch "\\.php$">
  SetHandler cgi-script
  Options +ExecCGI
</FilesMatch>
<LocationMatch "\\.pl$">
  SetHandler cgi-script
  Options +ExecCGI
</LocationMatch>
${more}
Include ${folder}/handbook.conf
`);
  return join(folder, "apache.conf");
}

// The checks that every server must pass.
async function examine(port, folder) {
  const file = (path) => readFileSync(join(folder, path));
  const get = (path, headers, method) => ask(port, encode(base) + encode(path), headers, method);
  const same = { "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin", "cross-origin-resource-policy": "same-origin" };
  const headed = (answer, what, csp = policy) => {
    for (const [name, value] of Object.entries(same)) assert.equal(answer.headers[name], value, `${what}: ${name}`);
    assert.equal(answer.headers["content-security-policy"], csp, what);
  };

  for (const path of ["", "index.html", chapter, "departments/", "a-z.html", "404.html"]) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    assert.ok(answer.body.equals(file(path.endsWith(".html") ? path : `${path}index.html`)), path);
    assert.match(answer.headers["content-type"], /^text\/html; ?charset=utf-8$/i, path);
    assert.equal(answer.headers["cache-control"], "no-cache", path);
    headed(answer, path);
    const tag = answer.headers.etag;
    assert.ok(tag, `${path} has no ETag`);
    const again = await get(path, { "if-none-match": tag });
    assert.equal(again.status, 304, path);
    assert.equal(again.body.length, 0);
    assert.equal((await get(path, {}, "HEAD")).status, 200);
  }

  // Hashed names for ever, all others asked for anew.
  const digits = /[./][0-9]{8}([0-9]{2}(-[0-9]+)?)?(\.[a-z0-9]+)?$/;
  const hashed = ["assets", "previews", "search", "search/text"].flatMap((one) => readdirSync(join(folder, one)).map((name) => `${one}/${name}`))
    .filter((name) => /(\.[0-9a-f]{8}|\/[0-9a-f]{10}(-[0-9]+)?)\.[a-z]+$/.test(name) && !digits.test(name));
  assert.ok(hashed.some((name) => name.startsWith("search/text/")) && hashed.some((name) => /^search\/[0-9a-f]+\.js$/.test(name)));
  assert.ok(hashed.length > 8, `${hashed.length} hashed files`);
  const searched = [...readdirSync(join(folder, "search")).map((name) => `search/${name}`), ...readdirSync(join(folder, "search/text")).map((name) => `search/text/${name}`)]
    .filter((name) => name.endsWith(".js") && name !== "search/index.js" && !/\/[0-9]{10}(-[0-9]+)?\.js$/.test(name));
  assert.ok(searched.length > 8, `${searched.length} files of search`);
  hashed.push(...searched.slice(0, 12), searched.find((name) => name.startsWith("search/text/")));
  for (const path of hashed) {
    const answer = await get(path);
    assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable", path);
  }
  for (const path of ["previews/manifest.js", "search/index.js", "index.json", "sitemap.xml", "assets/计划.20261124.txt"]) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers["cache-control"], "no-cache", path);
  }

  // Compressed copies as they lie; with the type of what they hold.
  const types = [[chapter, "text/html"], ["", "text/html"], ["departments/", "text/html"], [hashed.find((name) => name.endsWith(".css")), "text/css"],
    [hashed.find((name) => name.endsWith(".js")), "javascript"], ["index.json", "application/json"], ["evil/图.svg", "image/svg+xml"]];
  for (const [path, type] of types) {
    const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    for (const [accept, encoding, ending, unpack] of [["gzip, deflate, br", "br", ".br", brotliDecompressSync], ["gzip", "gzip", ".gz", gunzipSync]]) {
      const answer = await get(path, { "accept-encoding": accept });
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers["content-encoding"], encoding, path);
      assert.ok(answer.body.equals(file(name + ending)), `${path}: not the copy that lies there`);
      assert.ok(unpack(answer.body).equals(file(name)), path);
      assert.match(answer.headers["content-type"], new RegExp(type.replace("+", "\\+")), path);
      assert.match(answer.headers.vary ?? "", /accept-encoding/i, path);
      if (path.startsWith("assets/")) assert.match(answer.headers["cache-control"], /immutable/, `${path} ${encoding}`);
      headed(answer, path, path.endsWith(".svg") ? "default-src 'none'; frame-ancestors 'none'; sandbox" : policy);
    }
    const plain = await get(path, { "accept-encoding": "identity" });
    assert.equal(plain.headers["content-encoding"], undefined, path);
    assert.ok(plain.body.equals(file(name)), path);
  }
  // What a browser refuses is not sent to it.
  for (const path of [chapter, "index.json", "evil/表 格.csv"]) {
    const name = path === "" ? "index.html" : path;
    for (const [accept, encoding] of [["br;q=0", undefined], ["gzip;q=0, br;q=0.0", undefined], ["br;q=0, gzip", "gzip"], ["gzip; q=0.000,br;q=0.1", "br"]]) {
      const answer = await get(path, { "accept-encoding": accept });
      assert.equal(answer.headers["content-encoding"], encoding, `${path} ${accept}`);
      if (!encoding) assert.ok(answer.body.equals(file(name)), `${path} ${accept}`);
    }
  }
  for (const accept of ["identity", "gzip", "br"]) {
    const answer = await get("evil/表 格.csv", { "accept-encoding": accept });
    assert.match(answer.headers["content-type"], /^text\/csv; ?charset=utf-8$/i, accept);
  }
  const none = await get("evil/没有.csv");
  assert.ok(none.status === 404 && none.headers["content-type"].startsWith("text/html"), none.headers["content-type"]);

  // Attachments are sent as they lie, whatever they are called.
  for (const [name, text] of Object.entries(scripts)) {
    const answer = await get(`evil/${name}`);
    assert.equal(answer.status, 200, name);
    assert.equal(answer.body.toString(), text, name);
  }
  const own = await get("evil/数据.csv.gz", { "accept-encoding": "gzip, br" });
  assert.equal(own.body.toString(), "the author's own");
  assert.equal(own.headers["content-encoding"], undefined, "an author's own .gz is no copy");

  // Documents that could script.
  for (const path of ["evil/图.svg", "evil/页.xhtml", "sitemap.xml", ...xml.map((end) => `evil/x.${end}`)]) {
    for (const accept of ["identity", "gzip", "br"]) {
      const answer = await get(path, { "accept-encoding": accept });
      assert.equal(answer.status, 200, path);
      headed(answer, path, "default-src 'none'; frame-ancestors 'none'; sandbox");
      const again = await get(path, { "accept-encoding": accept, "if-none-match": answer.headers.etag });
      assert.equal(again.status, 304, path);
      headed(again, path, "default-src 'none'; frame-ancestors 'none'; sandbox");
    }
  }
  for (const path of ["evil/%E5%9B%BE%2Esvg", "evil/%E5%9B%BE.%73vg", "evil//%E5%9B%BE.svg", "evil/./%E5%9B%BE.svg?a.html", "evil/%E5%9B%BE.svg/"]) {
    const answer = await ask(port, encode(base) + path);
    const powerless = answer.status !== 200 || answer.headers["content-security-policy"].includes("sandbox");
    assert.ok(powerless, `${path}: ${answer.headers["content-security-policy"]}`);
  }

  // The 404 page, from any depth, and never kept.
  const missing = file("404.html").toString();
  for (const path of ["no-such.html", "a/b/c/d", "assets/x.0123abcd.js", "assets/", "没有/"]) {
    const answer = await get(path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.body.toString(), missing, path);
    assert.equal(answer.headers["cache-control"], "no-cache", path);
    headed(answer, path);
  }
  const outside = await ask(port, "/elsewhere");
  assert.equal(outside.status, 404);

  // Hidden files, under any spelling, and nothing beside the folder.
  assert.ok(existsSync(join(folder, ".handbook-manifest.json")));
  const prefix = encode(base);
  for (const path of [".handbook-manifest.json", "%2ehandbook-manifest.json", "%2Ehandbook-manifest.json", ".env", "ecommerce/.git/config",
    "ecommerce/.git/", "ecommerce//.git/config", "./.env", "ecommerce/%2e%2e/.env", "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "../../secret.txt"]) {
    const answer = await ask(port, prefix + path);
    assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`);
    assert.ok(!answer.body.includes("SECRET") && !answer.body.includes('"generator"'), path);
  }
  for (const path of [`${prefix.slice(0, -1)}../secret.txt`, `${prefix.slice(0, -1)}..%2fsecret.txt`]) {
    const answer = await ask(port, path);
    assert.ok(answer.status >= 400 && !answer.body.includes("SECRET"), path);
  }

  // Addresses without the last slash lead on, on the same server.
  for (const [path, to] of [[prefix.slice(0, -1), prefix], [`${prefix}departments`, `${prefix}departments/`], ["/", prefix],
    [`${prefix}%E7%A9%BA%20%26`, `${prefix}%E7%A9%BA%20%26/`]]) {
    const answer = await ask(port, path, { host: "elsewhere.example.com" });
    // No server is named: another may stand before this one, with another name and scheme.
    assert.match(answer.headers.location ?? "", /^[/]|^[^:/?#]+[/]?$/, `${path}: ${answer.headers.location}`);
    assert.ok([301, 302, 308].includes(answer.status), `${path}: ${answer.status}`);
    const where = new URL(answer.headers.location, `http://127.0.0.1:${port}${path}`);
    assert.equal(where.host, `127.0.0.1:${port}`, path);
    assert.equal(decodeURIComponent(where.pathname), decodeURIComponent(to), path);
    assert.equal((await ask(port, where.pathname)).status, 200, `${path} leads to ${where.pathname}`);
  }
}

// Without a sign-in nothing is seen; with one, the site.
async function guarded(port) {
  for (const path of ["", chapter, "index.json", "404.html", "no-such", ".env", "evil/图.svg"]) {
    let answer = await ask(port, encode(base) + encode(path));
    // Caddy leads to the start of the sign-in, nginx passes its answer on.
    if (answer.headers.location?.startsWith("/oauth2/start?rd=/")) answer = await ask(port, answer.headers.location);
    const started = answer.status === 302 && answer.headers.location.startsWith("https://login.example.com/");
    assert.ok(started || [401, 404].includes(answer.status), `${path}: ${answer.status} ${answer.headers.location}`);
    assert.ok(!answer.body.includes("handbook.css") && !answer.body.includes("制度"), `${path} was shown`);
    if (["", chapter].includes(path)) assert.ok(started, `${path}: ${answer.status}`);
    const inside = await ask(port, encode(base) + encode(path), { cookie: "_oauth2_proxy=yes" });
    assert.equal(inside.status, ["no-such", ".env"].includes(path) ? 404 : 200, path);
    if (inside.status === 200) assert.match(inside.headers["cache-control"], /private/, path);
  }
}

// Stands for oauth2-proxy: who has a cookie is known, others are sent to sign in.
async function gate() {
  const server = createServer((asked, answer) => {
    const known = (asked.headers.cookie ?? "").includes("_oauth2_proxy=yes");
    if (asked.url.startsWith("/oauth2/auth")) answer.writeHead(known ? 202 : 401).end();
    else answer.writeHead(302, { location: "https://login.example.com/auth" }).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  gates.push(server);
  return server.address().port;
}

// The site in Chromium: no word of complaint, no script of an attachment.
async function walk(port) {
  const origin = `http://127.0.0.1:${port}`;
  const at = (path) => origin + encode(base) + encode(path);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const found = complaints(page);
  const dialogs = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  for (const path of ["", chapter, "departments/", "a-z.html", "tree.html", "evil/"]) {
    await page.goto(at(path), { waitUntil: "networkidle" });
    assert.ok((await page.locator("h1").first().innerText()).length > 0, path);
    assert.ok(await page.evaluate(() => document.styleSheets.length > 3), `${path} has no style`);
  }
  const picture = await page.evaluate(() => document.querySelector("main img").naturalWidth);
  assert.equal(picture, 40, "a picture in a page is shown");
  // The card beside a link needs data from previews/.
  await page.goto(at(chapter), { waitUntil: "networkidle" });
  const loaded = page.waitForResponse((response) => response.url().includes("/previews/manifest.js"));
  await page.locator("main a.mention").first().hover();
  assert.equal((await loaded).status(), 200);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(found, []);

  await page.goto(at("no/such/page.html"), { waitUntil: "networkidle" });
  assert.ok(await page.evaluate(() => document.styleSheets.length > 3), "the 404 page has no style");
  assert.equal(found.filter((one) => !one.includes("404")).length, 0, found.join("\n"));
  for (const path of ["evil/图.svg", "evil/页.xhtml"]) {
    const blocked = page.waitForEvent("console", (message) => /blocked script execution/i.test(message.text()));
    await page.goto(at(path));
    await blocked;
    assert.notEqual(await page.evaluate(() => document.documentElement.id), "ran", path);
  }
  assert.deepEqual(dialogs, []);
  await context.close();
}

before(async () => {
  work = mkdtempSync(join(process.env.WORK, "host-"));
  // Servers run as users of their own.
  for (const folder of [process.env.WORK, work]) chmodSync(folder, 0o755);
  browser = await launch();
});
after(async () => {
  await browser.close();
  for (const one of gates) one.close();
  const ends = running.filter((child) => child.exitCode === null && child.signalCode === null)
    .map((child) => new Promise((done) => child.once("exit", done)));
  for (const child of running) child.kill("SIGTERM");
  await Promise.all(ends);
  rmSync(work, { recursive: true, force: true });
});

test("nginx serves the site as configured", async () => {
  const port = await freePort();
  const folder = site("plain", port);
  const config = nginxConfig("plain", print("nginx", folder, port, "--brotli"));
  execFileSync("/usr/sbin/nginx", ["-t", "-q", "-c", config], { stdio: "pipe" });
  await start("/usr/sbin/nginx", ["-c", config], port);
  await examine(port, folder);
  await walk(port);
});

test("Apache serves the site as configured", async () => {
  const port = await freePort();
  const folder = site("apache", port);
  const config = apacheConfig("apache", print("apache", folder, port));
  execFileSync("/usr/sbin/apache2", ["-t", "-f", config], { stdio: "pipe" });
  await start("/usr/sbin/apache2", ["-X", "-f", config], port);
  await examine(port, folder);
  await walk(port);
});

test("two handbooks stand on one nginx, and those for an audience are kept by no shared cache", async () => {
  const ports = [await freePort(), await freePort()];
  const folder = join(work, "pair");
  mkdirSync(join(folder, "content"), { recursive: true });
  writeFileSync(join(folder, "handbook.yaml"), "title: 手册\naudiences: {staff: 员工, managers: {name: 管理, includes: [staff]}}\n");
  writeFileSync(join(folder, "content/index.md"), "# 首页\n");
  writeFileSync(join(folder, "content/薪酬.md"), "---\naudience: managers\n---\n# 薪酬\n");
  const printed = ["staff", "managers"].map((audience, at) => {
    const site = join(folder, audience);
    execFileSync(handbook, ["build", "-q", "-C", folder, "--audience", audience, "-o", site]);
    return execFileSync(handbook, ["host", "nginx", "-C", folder, "--audience", audience, "--site", site, "--listen", `127.0.0.1:${ports[at]}`], { encoding: "utf8" });
  });
  const config = nginxConfig("pair", printed.join("\n"));
  execFileSync("/usr/sbin/nginx", ["-t", "-q", "-c", config], { stdio: "pipe" });
  await start("/usr/sbin/nginx", ["-c", config], ports[0]);
  for (const [at, status] of [[0, 404], [1, 200]]) {
    assert.equal((await ask(ports[at], encode("/薪酬.html"))).status, status);
    const home = await ask(ports[at], "/");
    assert.equal(home.headers["cache-control"], "private, no-cache");
    const asset = /(assets\/handbook\.[0-9a-f]{8}\.css)/.exec(home.body.toString())[1];
    assert.match((await ask(ports[at], `/${asset}`)).headers["cache-control"], /^(private, max-age=31536000, immutable|private, no-cache)$/);
  }
});

test("Caddy serves the site as configured", async () => {
  const port = await freePort();
  const folder = site("caddy", port);
  const config = join(work, "Caddyfile");
  writeFileSync(config, `{\n\tadmin off\n\tauto_https off\n}\n${print("caddy", folder, port)}`);
  const env = { XDG_DATA_HOME: join(work, "caddy-data"), XDG_CONFIG_HOME: join(work, "caddy-data"), HOME: work };
  execFileSync("caddy", ["validate", "--config", config, "--adapter", "caddyfile"], { stdio: "pipe", env: { ...process.env, ...env } });
  await start("caddy", ["run", "--config", config, "--adapter", "caddyfile"], port, env);
  await examine(port, folder);
  await walk(port);
});

test("with --oidc nginx and Caddy show nothing to strangers", async () => {
  const [port, other, proxy] = [await freePort(), await freePort(), await gate()];
  const folder = site("guarded", port);
  const guard = ["--oidc", "--domain", "127.0.0.1"];
  const only = (text) => text.slice(0, text.indexOf("# ---- hosting/oauth2-proxy.cfg")).replaceAll("127.0.0.1:4180", `127.0.0.1:${proxy}`);
  const config = nginxConfig("guarded", only(print("nginx", folder, port, ...guard)));
  execFileSync("/usr/sbin/nginx", ["-t", "-q", "-c", config], { stdio: "pipe" });
  await start("/usr/sbin/nginx", ["-c", config], port);
  await guarded(port);
  const caddyfile = join(work, "Caddyfile.guarded");
  writeFileSync(caddyfile, `{\n\tadmin off\n\tauto_https off\n}\n${only(print("caddy", folder, other, ...guard))}`);
  await start("caddy", ["run", "--config", caddyfile, "--adapter", "caddyfile"], other, { XDG_DATA_HOME: work, HOME: work });
  await guarded(other);
});

test("with --oidc and a certificate the configurations are valid", () => {
  const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => join(work, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost"], { stdio: "pipe" });
  const more = ["--oidc=https://login.example.com", "--domain", "localhost", "--certificate", certificate, "--key", key];
  const text = (target) => execFileSync(handbook, ["host", target, "-C", root, "--site", work, ...more], { encoding: "utf8" });
  const only = (printed) => printed.split("# ---- hosting/oauth2-proxy.cfg")[0];
  execFileSync("/usr/sbin/nginx", ["-t", "-q", "-c", nginxConfig("secure", only(text("nginx")))], { stdio: "pipe" });
  execFileSync("/usr/sbin/apache2", ["-t", "-f", apacheConfig("secure", text("apache"), "Listen 80\nListen 443")],
    { stdio: "pipe", env: { ...process.env, HANDBOOK_OIDC_SECRET: "a", HANDBOOK_OIDC_PASSPHRASE: "b" } });
  const caddyfile = join(work, "Caddyfile.secure");
  writeFileSync(caddyfile, only(text("caddy")));
  execFileSync("caddy", ["validate", "--config", caddyfile, "--adapter", "caddyfile"], { stdio: "pipe", env: { ...process.env, HOME: work } });
});
