// Firefox and WebKit as Debian ships them, behind the few verbs that a smoke test
// needs. Playwright drives builds of its own of both; what readers have is these.
// Firefox speaks WebDriver BiDi (puppeteer), WebKitGTK the older WebDriver over HTTP,
// which is small enough to be spoken here: https://www.w3.org/TR/webdriver2/.
import puppeteer from "puppeteer-core";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { until } from "./support.mjs";

/**
 * A window of a browser.
 * @typedef {object} Window
 * @property {(url: string) => Promise<void>} open  until the page is loaded
 * @property {(body: Function, ...given: unknown[]) => Promise<any>} run  in the page; waits for what it promises
 * @property {(text: string) => Promise<void>} type  where the focus is
 * @property {(key: "Enter" | "Escape" | "ArrowDown") => Promise<void>} press
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Window>} */
export async function firefox() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: { width: 1280, height: 800 },
  });
  const page = await browser.newPage();
  return {
    open: (url) => page.goto(url).then(() => {}),
    run: (body, ...given) => page.evaluate(body, ...given),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// WebKitGTK's test browser has no headless mode: it is shown to nobody.
async function display() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1280x800x24"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((done, failed) => {
    server.stdio[3].once("data", (data) => done(String(data).trim()));
    server.once("exit", () => failed(new Error("Xvfb ended")));
    server.once("error", failed);
  });
  return { name: `:${number}`, end: () => server.kill() };
}

const keys = { Enter: "\uE007", Escape: "\uE00C", ArrowDown: "\uE015" };

/** @returns {Promise<Window>} */
export async function webkit() {
  const screen = await display();
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER ?? "WebKitWebDriver", [`--port=${port}`],
    { stdio: "ignore", env: { ...process.env, DISPLAY: screen.name } });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`,
      { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask("GET", "/status").catch(() => null));
  const { sessionId } = await ask("POST", "/session", { capabilities: {} });
  const session = `/session/${sessionId}`;
  const send = async (text) => {
    const active = await ask("GET", `${session}/element/active`);
    await ask("POST", `${session}/element/${Object.values(active)[0]}/value`, { text });
  };
  return {
    open: (url) => ask("POST", `${session}/url`, { url }),
    run: async (body, ...given) => {
      const script = `const done = arguments[arguments.length - 1];
        Promise.resolve().then(() => (${body})(...[...arguments].slice(0, -1)))
          .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await ask("POST", `${session}/execute/async`, { script, args: given });
      if (error) throw new Error(error);
      return value;
    },
    type: send,
    press: (key) => send(keys[key]),
    close: async () => {
      await ask("DELETE", session).catch(() => {});
      driver.kill();
      screen.end();
    },
  };
}
