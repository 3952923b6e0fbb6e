/* On every page, and small: keys and links that open the search box, and `handbook.search` for
   scripts. The engine and the box are loaded when they are first needed. See docs/search.md. */
import { share, shared } from "./shared.js";

/** @import { Engine } from "./search-engine.js" */
const own = /** @type {HTMLScriptElement} */ (document.currentScript);
/* An element with the id `handbook` is a property of the window too, though not its own. */
const page = /** @type {Window & { handbook?: { search?: unknown } }} */ (window);
const handbook = page.handbook = (Object.prototype.hasOwnProperty.call(window, "handbook") && page.handbook) || {};
/* By its id, which no chapter can have, or by its place where a project's own
   template has no such id. */
const box = /** @type {HTMLDialogElement} */ (document.getElementById("Hb-search") || document.querySelector("body > dialog.search"));
/** @param {string} name */
const list = (name) => (own.dataset[name] || "").trim().split(/\s+/);

/* ---- scripts that are loaded when they are needed ---- */

/** @type {Map<string, Promise<unknown>>} */
const groups = new Map();

/** @param {string} address */
function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.async = false;
    element.onload = () => { element.remove(); resolve(undefined); };
    element.onerror = () => {
      element.remove();
      const file = address.replace(/^(\.\.\/)+/, "");
      reject(Object.assign(new Error("search: could not load " + address), { name: "SearchError", file }));
    };
    document.head.append(element);
  });
}

/** Loads a group of scripts, which run in order. If one fails, all are loaded anew next time.
   @param {string} name
   @returns {Promise<unknown>} */
function load(name) {
  let group = groups.get(name);
  if (!group) {
    groups.set(name, group = Promise.all(list(name).map(script)).catch((error) => {
      groups.delete(name);
      throw error;
    }));
  }
  return group;
}

const engine = () => load("engine").then(() => shared("search-engine"));

/** All that scripts of a site may rely on.
   @type {Engine["search"]} */
handbook.search = (query, options) => engine().then((found) => found.search(query, options));

/** What the box, search.html and the marks need.
   @typedef {{ dialog: HTMLDialogElement, isComposing: boolean, engine: () => Promise<Engine> }} SearchOpen */
/** @type {SearchOpen} */
const parts = { dialog: box, isComposing: false, engine };
share("search-open", parts);

/* ---- the box ---- */

function open() {
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("main > .search-page .search-field input");
  if (field) {
    field.focus();
    field.select();
    return;
  }
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  if (!box.open) box.showModal();
  input.focus();
  input.select();
  /* Loads the manifest before the first keystroke. */
  engine().then((found) => found.open()).catch(() => {});
  load("box").then(() => shared("search-box").start(), (error) => {
    const message = /** @type {HTMLElement} */ (box.querySelector(".search-message"));
    message.textContent = (box.dataset.failed || "").replace("{file}", error.file);
    message.hidden = false;
  });
}

/** @param {EventTarget | null} element */
function writes(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.closest("input, textarea, select"));
}

if (box && "showModal" in box) {
  /* An input method may begin to compose before the box's own script is here. */
  box.addEventListener("compositionstart", () => { parts.isComposing = true; });
  box.addEventListener("compositionend", () => { parts.isComposing = false; });
  /** @type {NodeListOf<HTMLElement>} */
  const links = document.querySelectorAll("[data-search-open]");
  links.forEach((link) => {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
    /* Loads the engine before the click. */
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

/* ---- highlights ---- */

const asked = new URLSearchParams(location.search).has("highlight");
if (asked || (history.state && history.state.handbookHighlight)) {
  load("engine").then(() => load("mark")).catch(() => {});
}
