/* Cards beside internal links: the title, status and first lines of a chapter,
   or the very clause, while the pointer or the keyboard rests on its link. What
   is shown comes from preview-content.js. */
import { shared } from "./shared.js";

/** @import { Content } from "./preview-content.js" */
/** @typedef {{ x: number, y: number }} Point */

/* Undefined if its script did not load; then there are no cards. */
const source = shared("preview-content");

const OPEN_AFTER = 300;
const CLOSE_AFTER = 220;
const GAP = 8;
const MARGIN = 12;

/** @param {EventTarget | null} element
   @returns {HTMLAnchorElement | null} */
function previewLink(element) {
  /** @type {HTMLAnchorElement | null} */
  const link = element instanceof Element ? element.closest("article a[href], .text a[href], .cited a[href]") : null;
  const other = ".anchor, .clause-number, .external, .term, .chip, .footnote-back, [download], [role=button]";
  return link && link.origin === location.origin && !link.matches(other) ? link : null;
}

/** @param {EventTarget | null} target */
function asNode(target) {
  return target instanceof Node ? target : null;
}

/* The card */

/** @type {HTMLAnchorElement | null} */
let shown = null;
let described = "";
/** @type {HTMLAnchorElement | null} */
let pending = null;
let keyboard = false;
let openTimer = 0;
let closeTimer = 0;

/** @template {keyof HTMLElementTagNameMap} N
   @param {Element} parent
   @param {N} name
   @param {string} [className]
   @param {string} [text] */
function append(parent, name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  parent.appendChild(element);
  return element;
}

const card = document.createElement("div");
card.className = "preview-card";
card.id = "Hb-preview-card";
card.setAttribute("role", "tooltip");

/** @param {Content} content
   @param {number} limit */
function fill(content, limit) {
  card.textContent = "";
  card.lang = content.language;
  card.classList.toggle("preview-card-part", content.part);
  if (content.title) {
    const head = append(card, "p", "preview-card-head");
    append(head, "span", "preview-card-title", content.title);
    content.marks.forEach((mark) => {
      head.appendChild(document.createTextNode(" "));
      append(head, "span", "pill status-" + mark[0], mark[1]);
    });
  }
  if (content.facts.length) {
    const facts = append(card, "p", "preview-card-facts");
    content.facts.forEach((fact, i) => {
      if (i) facts.appendChild(document.createTextNode(" "));
      append(facts, "span", "", fact);
    });
  }
  if (content.label && content.heading) append(card, "p", "preview-card-label", content.label);
  source.truncate(content.text, limit).split("\n").forEach((line, i) => {
    if (!line) return;
    const paragraph = append(card, "p", "preview-card-text");
    if (!i && content.label && !content.heading) {
      append(paragraph, "b", "preview-card-number", content.label);
      paragraph.appendChild(document.createTextNode(" "));
    }
    paragraph.appendChild(document.createTextNode(line));
  });
}

/** Below the link, or that line of it that is pointed at, or above it where
   there is more room; never out of the window.
   @param {HTMLAnchorElement} link
   @param {Content} content
   @param {Point | null} point */
function place(link, content, point) {
  let box = link.getBoundingClientRect();
  for (const item of link.getClientRects()) if (point && point.y >= item.top - 1 && point.y <= item.bottom + 1) box = item;
  const width = document.documentElement.clientWidth;
  const bar = document.querySelector(".bar");
  const top = bar && getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().height : 0;
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - top - GAP - MARGIN;
  for (let limit = source.limit; ; limit *= 0.75) {
    fill(content, limit);
    if (card.offsetHeight <= Math.max(below, above) || limit < 40) break;
  }
  const up = card.offsetHeight > below && above > below;
  let left = (point ? point.x - 24 : box.left);
  left = Math.max(MARGIN, Math.min(left, width - card.offsetWidth - MARGIN));
  card.style.left = left + scrollX + "px";
  card.style.top = (up ? box.top - GAP - card.offsetHeight : box.bottom + GAP) + scrollY + "px";
}

/** @param {HTMLAnchorElement} link
   @param {Content} content
   @param {Point | null} point */
function show(link, content, point) {
  close();
  if (!card.isConnected) document.body.appendChild(card);
  card.hidden = false;
  place(link, content, point);
  card.classList.add("shown");
  shown = link;
  described = link.getAttribute("aria-describedby") || "";
  link.setAttribute("aria-describedby", (described + " Hb-preview-card").trim());
  /* The browser's own tooltip would lie over the card. */
  if (link.title) {
    link.setAttribute("data-title", link.title);
    link.removeAttribute("title");
  }
}

function close() {
  clearTimeout(openTimer);
  clearTimeout(closeTimer);
  pending = null;
  if (!shown) return;
  if (described) shown.setAttribute("aria-describedby", described);
  else shown.removeAttribute("aria-describedby");
  if (shown.hasAttribute("data-title")) {
    shown.title = shown.getAttribute("data-title") || "";
    shown.removeAttribute("data-title");
  }
  shown = null;
  card.classList.remove("shown");
  card.hidden = true;
}

/** @param {HTMLAnchorElement} link
   @param {Point | null} point
   @param {boolean} byKeyboard */
function openSoon(link, point, byKeyboard) {
  clearTimeout(closeTimer);
  if (link === shown || link === pending) return;
  clearTimeout(openTimer);
  pending = link;
  openTimer = setTimeout(() => {
    Promise.resolve(link).then(source.contentOf).then((content) => {
      if (pending !== link) return;
      pending = null;
      if (!content || !link.isConnected) return;
      show(link, content, point);
      keyboard = byKeyboard;
    }, () => {
      /* Without data there is no card; the link works as ever. */
      if (pending === link) pending = null;
    });
  }, OPEN_AFTER);
}

function closeSoon() {
  clearTimeout(openTimer);
  pending = null;
  clearTimeout(closeTimer);
  if (shown) closeTimer = setTimeout(close, CLOSE_AFTER);
}

/* Where the pointer is. A card that Escape closed stays closed until the pointer has left its link,
   and a link that was under the card does not open another one while the pointer rests. */
const pointer = { x: -1, y: -1 };
/** @type {HTMLAnchorElement | null} */
let dismissed = null;
let isStill = false;

function listen() {
  document.addEventListener("pointermove", (event) => {
    if (event.clientX !== pointer.x || event.clientY !== pointer.y) isStill = false;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
  }, { passive: true });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (isStill && event.clientX === pointer.x && event.clientY === pointer.y) return;
    if (card.contains(asNode(event.target))) {
      clearTimeout(closeTimer);
      clearTimeout(openTimer);
      pending = null;
      return;
    }
    const link = previewLink(event.target);
    if (link && link === dismissed) return;
    dismissed = null;
    if (link) openSoon(link, pointer, false);
    else if (pending || !keyboard) closeSoon();
  });
  document.documentElement.addEventListener("pointerleave", () => {
    if (!keyboard) closeSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = previewLink(event.target);
    if (link && link.matches(":focus-visible")) openSoon(link, null, true);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === pending || event.target === shown && keyboard) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (shown) event.stopPropagation();
    dismissed = shown || pending;
    isStill = true;
    close();
  }, true);
  document.addEventListener("click", (event) => {
    if (!card.contains(asNode(event.target))) close();
  });
  addEventListener("resize", close);
  addEventListener("pagehide", close);
}

if (source) listen();
