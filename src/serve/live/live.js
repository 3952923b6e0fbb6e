/* The preview in the browser: receives changes, patches the page, shows what changed, opens the
   editor. */
import { makeBar } from "./bar.js";
import { morph } from "./morph.js";

/** @import { State } from "./bar.js" */

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
let shownPage = script.getAttribute("data-page");
const client = script.getAttribute("data-client");
/** @type {State | null} */
let state = null;
/** @type {EventSource | null} */
let stream = null;
let busy = false;
let quiet = 0;
const bar = makeBar({ day: chooseDay, audience: chooseAudience, follow: chooseFollow });

/** @param {string} key
   @param {string | null} [value] */
function stored(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem("handbook-live-" + key);
    if (value === null) sessionStorage.removeItem("handbook-live-" + key);
    else sessionStorage.setItem("handbook-live-" + key, value);
  } catch (error) {
    /* Then it lasts as long as the page. */
  }
  return null;
}

/* The event stream. A hidden page closes its stream, since browsers open only six connections to a
   server; it catches up when it is shown. */

function connect() {
  if (stream) stream.close();
  stream = new EventSource("/-/events?page=" + encodeURIComponent(location.pathname));
  stream.addEventListener("state", (event) => { onState(JSON.parse(event.data)); });
  stream.onerror = () => {
    if (state) bar.say("lost", true);
    if (stream && stream.readyState === EventSource.CLOSED) {
      stream = null;
      setTimeout(() => { if (!stream && !document.hidden) connect(); }, 1000);
    }
  };
}

function disconnect() {
  if (stream) stream.close();
  stream = null;
}

/** @param {State} next */
function onState(next) {
  if (next.client !== client) {
    location.reload();
    return;
  }
  const before = state;
  state = next;
  bar.draw(state, following());
  if (!before || state.version === before.version) bar.say("connected");
  else {
    bar.say("updated");
    clearTimeout(quiet);
    quiet = setTimeout(() => { bar.say("connected"); }, 2000);
    if (following() && state.saved && openSaved(state.saved)) return;
    reloadImages(state);
  }
  if (state.page && state.page !== shownPage) refresh();
  else document.dispatchEvent(new CustomEvent("handbook:updated", { detail: { page: false } }));
}

/* Patching */

function refresh() {
  if (busy) return;
  busy = true;
  fetch(location.pathname, { headers: { accept: "text/html" } }).then((response) => response.text()).then((text) => {
    busy = false;
    apply(new DOMParser().parseFromString(text, "text/html"));
    /* Another update has come in the meantime. */
    if (state && state.page !== shownPage) setTimeout(refresh, 50);
  }).catch(() => {
    busy = false;
  });
}

function blocksInView() {
  const blocks = [...document.querySelectorAll("main [data-source-line], main > *")].filter(inView);
  return blocks.map((block) => ({ block, top: block.getBoundingClientRect().top }));
}

/** @param {Element} block */
function inView(block) {
  const box = block.getBoundingClientRect();
  const top = document.querySelector(".bar") ? 56 : 0;
  return box.height > 0 && box.bottom > top && box.top < innerHeight - bar.element.offsetHeight;
}

/** @param {Document} page */
function apply(page) {
  const tag = page.querySelector("script[data-live]");
  const visible = blocksInView();
  const touched = morph(page);
  if (!touched || !tag) {
    location.reload();
    return;
  }
  shownPage = tag.getAttribute("data-page");
  /* What the reader was looking at stays where it was. */
  const anchor = visible.find((item) => item.block.isConnected && item.top >= 0) ||
    visible.find((item) => item.block.isConnected);
  if (anchor) scrollBy({ top: anchor.block.getBoundingClientRect().top - anchor.top, behavior: "instant" });
  show(touched);
  document.dispatchEvent(new CustomEvent("handbook:updated", { detail: { page: true } }));
  if (state) bar.draw(state, following());
}

/** The changed blocks of the text, marked for a moment.
   @param {Element[]} touched */
function show(touched) {
  /** @type {Element[]} */
  let blocks = [];
  touched.forEach((element) => {
    if (!element.isConnected || !element.closest("main") || element.localName === "main") return;
    const block = element.closest("[data-source-line]") || element;
    if (!blocks.includes(block)) blocks.push(block);
  });
  /* A block within another one suffices. */
  blocks = blocks.filter((block) => !blocks.some((other) => other !== block && block.contains(other)));
  blocks.forEach(mark);
  const main = blocks.filter((block) => block.hasAttribute("data-source-line"));
  if (main.length && !main.some(inView)) main[0].scrollIntoView({ block: "center", behavior: "instant" });
}

/** @param {Element} block */
function mark(block) {
  block.classList.add("live-changed");
  setTimeout(() => {
    block.classList.remove("live-changed");
    if (!block.className) block.removeAttribute("class");
  }, 1600);
}

/** Reloads images that were written under the same name.
   @param {State} news */
function reloadImages(news) {
  document.querySelectorAll("img").forEach((image) => {
    const address = new URL(image.src, location.href);
    /** @type {string} */
    let name;
    try {
      name = decodeURIComponent(address.pathname.slice(1));
    } catch (error) {
      return;
    }
    if (news.files.includes(name)) image.src = address.pathname + "?" + news.version;
  });
}

/* Following the author */

function following() {
  const own = stored("follow");
  return own === null ? Boolean(state && state.follow) : own === "yes";
}

/** @param {boolean} on */
function chooseFollow(on) {
  stored("follow", on ? "yes" : "no");
}

/** @param {{ url: string, line: number }} saved */
function openSaved(saved) {
  if (location.pathname === "/" + saved.url) return false;
  stored("line", String(saved.line));
  location.href = "/" + saved.url;
  return true;
}

/* Scrolls to the block of a line: the last one that begins at or before it. */
function scrollToSavedLine() {
  const line = Number(stored("line"));
  stored("line", null);
  if (!line) return;
  /** @type {Element | null} */
  let found = null;
  for (const block of document.querySelectorAll("main [data-source-line]")) {
    if (Number(block.getAttribute("data-source-line")) <= line) found = block;
  }
  if (!found) return;
  found.scrollIntoView({ block: "center", behavior: "instant" });
  mark(found);
}

/* The day and the audience of the site that this browser sees */

/** @param {string} what
   @param {string} value */
function setCookie(what, value) {
  const name = "handbook-" + what + "-" + location.port + "=";
  document.cookie = name + encodeURIComponent(value) + "; path=/; samesite=strict" + (value ? "" : "; max-age=0");
  connect();
}

/** @param {string} day */
function chooseDay(day) { setCookie("day", day); }

/** @param {string} audience */
function chooseAudience(audience) { setCookie("audience", audience); }

/* The editor */

/** @param {string | null} file
   @param {string} line
   @param {string} column */
function open(file, line, column) {
  const tool = state && state.editor;
  if (!tool || !file) return;
  if (tool.link) {
    const path = (tool.root + "/" + file).replace(/\\/g, "/").replace(/^([^/])/, "/$1");
    location.href = tool.link.replace("{file}", encodeURI(path)).replace("{line}", line).replace("{column}", column);
    return;
  }
  fetch("/-/open", {
    method: "POST",
    headers: { "content-type": "application/json", "x-handbook-token": tool.token },
    body: JSON.stringify({ file, line: Number(line), column: Number(column) }),
  }).then((response) => {
    if (!response.ok) bar.say("open_failed");
  }, () => {
    bar.say("lost", true);
  });
}

document.addEventListener("click", (event) => {
  const place = event.target instanceof Element && event.target.closest("button.live-place");
  if (place) open(place.getAttribute("data-file"), place.getAttribute("data-line") || "", place.getAttribute("data-column") || "");
});
document.addEventListener("dblclick", (event) => {
  const block = event.altKey && event.target instanceof Element && event.target.closest("main [data-source-line]");
  if (!block || !state || !state.source) return;
  event.preventDefault();
  open(state.source, block.getAttribute("data-source-line") || "", "1");
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) disconnect();
  else if (!stream) connect();
});
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => {
  if (event.persisted && !stream) connect();
});

scrollToSavedLine();
if (!document.hidden) connect();
