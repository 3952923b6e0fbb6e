// What the browser tests share: a browser, a static server with the strict
// policy below a sub-path, and the list of pages.
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync, existsSync } from "node:fs";
import { join, extname, relative } from "node:path";
import { pathToFileURL } from "node:url";

export const site = process.env.SITE;
export const base = "/a/b/";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json",
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

// LATE=200 makes every answer up to so many milliseconds late: a test that only
// passes on a quick machine then shows itself.
const late = Number(process.env.LATE ?? 0);

export function serve() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = path.startsWith(base) ? join(site, path.slice(base.length)) : "";
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": "default-src 'self'",
      "x-content-type-options": "nosniff",
    });
    const send = () => response.end(readFileSync(file));
    if (late) setTimeout(send, Math.random() * late); else send();
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

export function pages(folder = site) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return path.endsWith(".html") ? [relative(site, path).replaceAll("\\", "/")] : [];
  }).sort();
}

export const address = (server, page) =>
  `http://127.0.0.1:${server.address().port}${base}${page.split("/").map(encodeURIComponent).join("/")}`;
export const fileAddress = (page) => pathToFileURL(join(site, page)).href;

// Until what it asks for is there, or half a minute is over; gives what it asked for.
export async function until(check) {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const found = await check();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`it did not come: ${check}`);
}

// Until the page has done what it has begun, and shown it: two frames.
export const shownAll = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
}));

// Lets time pass in a page whose clock is installed (page.clock.install), all of it at
// once: whatever waits for no longer has come then.
export async function pass(page, milliseconds) {
  await page.clock.runFor(milliseconds);
  await page.waitForLoadState("networkidle");
  await page.clock.runFor(50);
}

// One page of each kind.
export const kinds = {
  home: "index.html",
  chapter: "ecommerce/淘宝运营部门管理制度.html",
  responsibilities: "it-operations/运维管理制度.html",
  section: "it-operations/index.html",
  departments: "departments/index.html",
  department: pages().find((page) => /^departments\/(?!index)/.test(page)),
  roles: "roles/index.html",
  role: "roles/operations-manager.html",
  topics: "topics/index.html",
  topic: pages().find((page) => /^topics\/(?!index)/.test(page)),
  alphabet: "a-z.html",
  tree: "tree.html",
  map: "map.html",
  references: "references.html",
  glossary: "glossary.html",
  register: "register.html",
  reviews: "reviews.html",
  changes: "changes.html",
  search: "search.html",
  missing: "404.html",
  guide: "guide/markdown.html",
};

// Everything that a browser complains about while it loads pages.
export function complaints(page) {
  const found = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) found.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`${page.url()}: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A redirect page leaves before its own icons have come.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") found.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) found.push(`${response.url()}: ${response.status()}`);
  });
  return found;
}
