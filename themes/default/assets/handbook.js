/* Conveniences that reading does not depend on: sheets on the phone, light and dark, copying links,
   the current place in the outline, print. */
import { goToAnchor } from "./anchor.js";
import { showTabs } from "./tabs.js";

const root = document.documentElement;

/** A part of the page by its id, which no chapter can have, or by a selector where a project's own
   template has no such id.
   @param {string} id
   @param {string} place
   @returns {HTMLElement | null} */
function findPart(id, place) {
  return document.getElementById("Hb-" + id) || document.querySelector(place);
}

/** @param {string} selector
   @param {HTMLElement} [from]
   @returns {HTMLElement[]} */
function all(selector, from) {
  return [.../** @type {NodeListOf<HTMLElement>} */ ((from || document).querySelectorAll(selector))];
}

/* A short message at the bottom of the window, which screen readers announce. */
const toast = document.querySelector("body > .toast");
/** @type {number | undefined} */
let toastTimer;
/** @param {string | null} text */
function showToast(text) {
  if (!toast || !text) return;
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.classList.remove("shown");
    toast.textContent = "";
  }, 2500);
}

/* Light, dark, or as the system. */
function themeSwitch() {
  const [button] = all(".theme-switch");
  if (!button) return;
  const order = ["auto", "light", "dark"];
  function current() {
    return root.getAttribute("data-theme") || "auto";
  }
  function label() {
    const text = button.getAttribute("data-" + current()) || "";
    button.setAttribute("aria-label", text);
    button.title = text;
  }
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length];
    if (next === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", next);
    try {
      if (next === "auto") localStorage.removeItem("handbook-theme");
      else localStorage.setItem("handbook-theme", next);
    } catch (error) {
      /* The choice then lasts as long as the page. */
    }
    label();
    showToast(button.title);
  });
}

/** The button of a sheet that was clicked.
   @param {EventTarget | null} target
   @returns {HTMLElement | null} */
function sheetButton(target) {
  return /** @type {HTMLElement} */ (target).closest("[data-sheet]");
}

/* The menu and the contents as sheets: without script they open by :target. */
function sheets() {
  /** @type {HTMLElement | null} */
  let open = null;
  /** @type {HTMLElement | null} */
  let opener = null;
  /** @param {HTMLElement} sheet */
  function others(sheet) {
    return all(".skip, .bar, main, .foot, .navigation, .outline").filter((element) => element !== sheet);
  }
  /** @param {boolean} back */
  function close(back) {
    if (!open) return;
    open.classList.remove("open-sheet");
    others(open).forEach((element) => {
      element.inert = false;
    });
    root.classList.remove("sheet-open");
    open = null;
    if (back && opener) opener.focus();
  }
  function setRoles() {
    all("[data-sheet]").forEach((button) => {
      button.setAttribute("role", "button");
    });
  }
  /** @param {HTMLElement} button */
  function show(button) {
    const sheet = document.getElementById(/** @type {HTMLAnchorElement} */ (button).hash.slice(1));
    if (!sheet) return false;
    close(false);
    open = sheet;
    opener = button;
    sheet.classList.add("open-sheet");
    root.classList.add("sheet-open");
    others(sheet).forEach((element) => {
      element.inert = true;
    });
    sheet.focus();
    return true;
  }
  setRoles();
  document.addEventListener("handbook:updated", setRoles);
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const button = sheetButton(target);
    if (button && show(button)) {
      event.preventDefault();
      return;
    }
    if (!open) return;
    const link = target.closest("a");
    if (!open.contains(target)) close(true);
    else if (link) {
      const leaves = link.classList.contains("sheet-close");
      if (leaves) event.preventDefault();
      close(leaves);
    }
  });
  document.addEventListener("keydown", (event) => {
    const button = event.key === " " && sheetButton(event.target);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") close(true);
    if (event.key !== "Tab") return;
    const stops = all("a[href], button", open).filter((stop) => stop.offsetParent !== null);
    const last = stops[stops.length - 1];
    const at = document.activeElement;
    if (event.shiftKey && (at === stops[0] || at === open)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && at === last) {
      event.preventDefault();
      stops[0].focus();
    }
  });
  addEventListener("resize", () => {
    if (open && getComputedStyle(open).position !== "fixed") close(false);
  });
}

/* The indexes behind the button in the bar close as a menu does. */
function moreIndexes() {
  /** @param {Event} event */
  function leave(event) {
    all(".more-indexes[open]").forEach((menu) => {
      if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
    });
  }
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", (event) => {
    const [menu] = event.key === "Escape" ? all(".more-indexes[open]") : [];
    if (!menu) return;
    menu.removeAttribute("open");
    all("summary", menu)[0].focus();
  });
}

/** Copying a link to a heading or a clause.
   @param {string} text */
function copyWithoutClipboard(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "copy-area";
  document.body.appendChild(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (error) {
    /* Then the address bar still shows the link. */
  }
  area.remove();
  return done;
}
function copyLinks() {
  document.addEventListener("click", (event) => {
    /** @type {HTMLAnchorElement | null} */
    const link = event.target instanceof Element ? event.target.closest("a.anchor, a.clause-number") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const word = document.body.getAttribute("data-copied");
    /* An intranet is often plain http, where there is no clipboard object. */
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(link.href).then(
        () => { showToast(word); },
        () => { if (copyWithoutClipboard(link.href)) showToast(word); }
      );
    } else if (copyWithoutClipboard(link.href)) showToast(word);
  });
}

/* Marks the current place in the outline. A preview may change both text and outline. */
function scrollSpy() {
  if (!("IntersectionObserver" in window)) return;
  /** @type {HTMLElement | null} */
  let outline;
  /** @type {Record<string, HTMLElement>} */
  let links = {};
  /** @type {HTMLElement[]} */
  let heads = [];
  /** @type {HTMLElement | null} */
  let shown = null;
  /** @type {IntersectionObserver | undefined} */
  let observer;
  function update() {
    const line = 120;
    /** @type {HTMLElement | null} */
    let here = null;
    for (const head of heads) if (head.getBoundingClientRect().top <= line) here = head;
    const end = innerHeight + Math.ceil(scrollY) >= document.documentElement.scrollHeight - 2;
    if (end && heads.length) {
      const last = heads[heads.length - 1];
      if (last.getBoundingClientRect().top < innerHeight) here = last;
    }
    const link = here ? links[here.id] : null;
    if (link === shown) return;
    if (shown) shown.removeAttribute("aria-current");
    shown = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    if (outline && getComputedStyle(outline).position === "sticky") {
      const top = link.offsetTop - outline.clientHeight / 2;
      outline.scrollTop = Math.max(0, top);
    }
  }
  function collect() {
    if (observer) observer.disconnect();
    if (shown) shown.removeAttribute("aria-current");
    outline = findPart("outline", "body > .page > .outline");
    links = {};
    heads = [];
    shown = null;
    if (!outline) return;
    all("a[href^='#']", outline).forEach((link) => {
      /** @type {string} */
      let id;
      try {
        id = decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1));
      } catch (error) {
        return;
      }
      const head = document.getElementById(id);
      if (head && !link.classList.contains("sheet-close")) {
        links[id] = link;
        heads.push(head);
      }
    });
    /* Called when a heading passes the bar, and when the footer appears. */
    const watch = observer = new IntersectionObserver(update, { rootMargin: "-118px 0px 0px 0px", threshold: [0, 1] });
    heads.concat(all(".foot")).forEach((element) => {
      watch.observe(element);
    });
    update();
  }
  collect();
  document.addEventListener("handbook:updated", collect);
}

/* Scrolls the sidebar to the current page. */
function showCurrent() {
  const column = findPart("menu", "body > .page > .navigation");
  const [here] = column ? all(".tree [aria-current]", column) : [];
  if (column && here && column.scrollHeight > column.clientHeight) {
    column.scrollTop = Math.max(0, here.offsetTop - column.clientHeight / 3);
  }
}

/* Print shows what is folded on the screen. */
function print() {
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])"))];
    closed.forEach((details) => {
      details.open = true;
    });
  });
  addEventListener("afterprint", () => {
    closed.forEach((details) => {
      details.open = false;
    });
  });
}

themeSwitch();
sheets();
moreIndexes();
copyLinks();
scrollSpy();
showCurrent();
print();
showTabs();
goToAnchor();
document.addEventListener("handbook:updated", showTabs);
