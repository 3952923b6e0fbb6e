/* On every page, and small: the keys and links that open the search box, and
   `handbook.search` for scripts. The engine and the box are loaded when they
   are first wanted. See README.md, "Search". */
import { share, shared } from "./shared.js";
const own = document.currentScript;
/* An element with the id `handbook` is a property of the window too, though not its own. */
const handbook = window.handbook = (Object.prototype.hasOwnProperty.call(window, "handbook") && window.handbook) || {};
/* By its id, which no chapter can have, or by its place where a project's own
   template has no such id. */
const box = document.getElementById("Hb-search") || document.querySelector("body > dialog.search");
const list = (name) => own.dataset[name].trim().split(/\s+/);

/* ---- scripts that come when they are wanted ---- */

const groups = new Map();

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.async = false;
    element.onload = () => { element.remove(); resolve(); };
    element.onerror = () => {
      element.remove();
      const error = new Error("search: could not load " + address);
      error.name = "SearchError";
      error.file = address.replace(/^(\.\.\/)+/, "");
      reject(error);
    };
    document.head.append(element);
  });
}

/* A group of scripts, run in order. If one fails, all are loaded anew next time. */
function load(name) {
  if (!groups.has(name)) {
    groups.set(name, Promise.all(list(name).map(script)).catch((error) => {
      groups.delete(name);
      throw error;
    }));
  }
  return groups.get(name);
}

const engine = () => load("engine").then(() => shared("search-engine"));

/* All that scripts of a site may rely on. */
handbook.search = (query, options) => engine().then((found) => found.search(query, options));

const parts = { dialog: box, isComposing: false, engine };
share("search-open", parts);

/* ---- the box ---- */

function open() {
  const field = document.querySelector("main > .search-page .search-field input");
  if (field) {
    field.focus();
    field.select();
    return;
  }
  const input = box.querySelector("input");
  if (!box.open) box.showModal();
  input.focus();
  input.select();
  /* The manifest is on its way before the first key. */
  engine().then((found) => found.open()).catch(() => {});
  load("box").then(() => shared("search-box").start(), (error) => {
    const message = box.querySelector(".search-message");
    message.textContent = box.dataset.failed.replace("{file}", error.file);
    message.hidden = false;
  });
}

function writes(element) {
  return element && (element.isContentEditable || element.closest("input, textarea, select"));
}

if (box && box.showModal) {
  /* An input method may begin to compose before the box's own script is here. */
  for (const [kind, isComposing] of [["compositionstart", true], ["compositionend", false]]) {
    box.addEventListener(kind, () => { parts.isComposing = isComposing; });
  }
  document.querySelectorAll("[data-search-open]").forEach((link) => {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      /* The menu of a phone closes at this click too. */
      open();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
    /* Half of the way while the pointer is on its own. */
    for (const kind of ["pointerenter", "focus"]) {
      link.addEventListener(kind, () => { load("engine").catch(() => {}); }, { once: true });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const slash = event.key === "/" && plain && !writes(event.target);
    const letter = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
    if (!slash && !letter) return;
    if (letter && box.open) return box.close();
    event.preventDefault();
    open();
  });
}

/* ---- the words that a result was found by ---- */

const asked = new URLSearchParams(location.search).has("highlight");
if (asked || (history.state && history.state.handbookHighlight)) {
  load("engine").then(() => load("mark")).catch(() => {});
}
