/* Highlights the terms of a search on the page that a result leads to. Text and anchors stay as they
   are. search-open.js loads it where the URL has `highlight`, which is then removed, so that a
   copied URL is clean. */
import { shared } from "./shared.js";

/** @import { Range, Term } from "./search-text.js" */
/** The text of a block, with its nodes.
    @typedef {{ block: Element, nodes: { node: Text, from: number }[], text: string }} TextBlock */
const engine = shared("search-engine"), messages = shared("search-open").dialog.dataset;
const BLOCKS = "p, li, td, th, h1, h2, h3, h4, h5, h6, dt, dd, pre, summary, figcaption, blockquote";
const CONTAINERS = "main h1, main .lead, main .text, main dt, main .listing .card";
const EXCLUDED = "script, style, template, noscript, svg, .anchor, .footnote-back, mark.found";
const MAX_HIGHLIGHTS = 2000;

const address = new URL(location.href);
const asked = address.searchParams.getAll("highlight");
/** @type {string[]} */
const wanted = asked.length ? asked : history.state.handbookHighlight;
const shownTerms = wanted.map((term) => term.replace(/\*$/, "")).filter(Boolean);
/** @type {Term[]} */
let terms = [];

/** @param {string[] | undefined} value */
function storeTerms(value) {
  address.searchParams.delete("highlight");
  address.hash = location.hash;
  const state = { ...history.state, handbookHighlight: value };
  try {
    history.replaceState(state, "", address.href);
  } catch (error) {
    /* Then the URL keeps the terms. */
  }
}

/* ---- finding ---- */

/** The texts of all blocks.
   @returns {TextBlock[]} */
function textBlocks() {
  /** @type {TextBlock[]} */
  const found = [];
  /** @type {TextBlock | null} */
  let last = null;
  const seen = new Set();
  for (const place of document.querySelectorAll(CONTAINERS)) {
    const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = /** @type {Text} */ (walk.currentNode), parent = node.parentElement;
      if (!parent || seen.has(node) || parent.closest(EXCLUDED)) continue;
      seen.add(node);
      const block = parent.closest(BLOCKS) || place;
      if (!last || last.block !== block) found.push(last = { block, nodes: [], text: "" });
      last.nodes.push({ node, from: last.text.length });
      last.text += node.data;
    }
  }
  return found;
}

/** The ranges to highlight in each block. Terms that occur nowhere as a whole are highlighted in
   parts.
   @param {TextBlock[]} all
   @returns {Range[][]} */
function highlightRanges(all) {
  const whole = terms.filter((term) => all.some((line) => engine.marks(line.text, [term], false).length));
  const broken = terms.filter((term) => !whole.includes(term));
  return all.map((line) => {
    const found = whole.length ? engine.marks(line.text, whole, false) : [];
    return found.length || whole.length ? found : engine.marks(line.text, broken, true);
  });
}

/* ---- marking ---- */

/** @param {TextBlock} line
   @param {Range} range */
function wrapRange(line, [from, to]) {
  /** @type {HTMLElement[]} */
  const made = [];
  for (const { node, from: start } of line.nodes) {
    const first = Math.max(from - start, 0), end = Math.min(to - start, node.data.length);
    if (first >= end) continue;
    const hit = first ? node.splitText(first) : node;
    if (end - first < hit.data.length) hit.splitText(end - first);
    const mark = document.createElement("mark");
    mark.className = "found";
    hit.replaceWith(mark);
    mark.append(hit);
    made.push(mark);
  }
  return made;
}

/* Highlights everything; returns the elements of each hit, in the order of the page. */
function markAll() {
  const all = textBlocks();
  /** @type {HTMLElement[][]} */
  const found = [];
  let room = MAX_HIGHLIGHTS;
  highlightRanges(all).forEach((places, line) => {
    const some = places.slice(0, room);
    /** @type {HTMLElement[][]} */
    const made = [];
    room -= some.length;
    /* From the end, so that earlier offsets stay valid. */
    for (const range of some.reverse()) made.unshift(wrapRange(all[line], range));
    found.push(...made);
  });
  return found.filter((hit) => hit.length);
}

/* ---- moving between hits ---- */

/** @type {HTMLElement[][]} */
let hits = [];
let currentHit = -1;

/** @param {number} next
   @param {boolean} [ifNeeded] */
function show(next, ifNeeded) {
  if (!hits.length) return;
  for (const mark of hits[currentHit] || []) mark.classList.remove("found-here");
  currentHit = (next + hits.length) % hits.length;
  for (const mark of hits[currentHit]) mark.classList.add("found-here");
  const first = hits[currentHit][0];
  for (let fold = first.closest("details"); fold; fold = fold.parentElement && fold.parentElement.closest("details")) fold.open = true;
  const tab = first.closest(".tab");
  if (tab) tab.dispatchEvent(new Event("beforematch", { bubbles: true }));
  if (!ifNeeded || !isInView(first)) first.scrollIntoView({ block: "center" });
}

/** @param {Element} element */
function isInView(element) {
  const bar = document.querySelector(".bar"), place = element.getBoundingClientRect();
  return place.top >= (bar ? bar.getBoundingClientRect().bottom : 0) && place.bottom <= innerHeight - 60;
}

/* Scrolls to the first hit in or after the clause that the URL names. */
function scrollToTarget() {
  /** @type {HTMLElement | null} */
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch (error) {
    /* Not an anchor of ours. */
  }
  if (!target) return;
  const place = target;
  /** @param {HTMLElement[]} hit */
  const behind = (hit) => place.contains(hit[0]) || place.compareDocumentPosition(hit[0]) & Node.DOCUMENT_POSITION_FOLLOWING;
  const first = hits.findIndex(behind);
  if (first >= 0) show(first, true);
}

/* ---- the bar ---- */

/** @param {string | undefined} label
   @param {string} className
   @param {() => void} act
   @param {string} icon */
function button(label, className, act, icon) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.title = label || "";
  made.setAttribute("aria-label", label || "");
  made.textContent = icon;
  made.addEventListener("click", act);
  return made;
}

function makeBar() {
  const made = document.createElement("div");
  made.className = "mark-bar";
  made.setAttribute("role", "region");
  const line = document.createElement("p");
  const query = shownTerms.slice(0, 3).join(" ");
  const forms = ((hits.length ? messages.marked : messages.markedNone) || "").split("|");
  const form = forms.length > 1 && hits.length === 1 ? forms[0] : forms[forms.length - 1];
  line.textContent = form.replace("{query}", () => query).replace("{n}", String(hits.length));
  line.setAttribute("role", "status");
  made.setAttribute("aria-label", line.textContent);
  made.append(line);
  if (hits.length > 1) {
    made.append(button(messages.markPrevious, "mark-previous", () => show(currentHit < 0 ? -1 : currentHit - 1), "↑"),
      button(messages.markNext, "mark-next", () => show(currentHit + 1), "↓"));
  }
  made.append(button(messages.markClear, "mark-clear", clear, "×"));
  document.body.append(made);
  return made;
}

function clear() {
  for (const mark of hits.flat()) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    if (parent) parent.normalize();
  }
  hits = [];
  if (bar) bar.remove();
  storeTerms(undefined);
}

/** @type {HTMLElement | null} */
let bar = null;
async function begin() {
  if (!shownTerms.length) return;
  /* The index has the traditional characters; without it the others are highlighted. */
  await engine.open().then((index) => index.prepare(wanted.join(" "))).catch(() => {});
  terms = wanted.filter((term) => term.replace(/\*$/, ""))
    .map((term) => ({ text: engine.fold(term.replace(/\*$/, "")), prefix: term.endsWith("*") }));
  hits = markAll();
  bar = makeBar();
  storeTerms(wanted);
  if (document.readyState === "complete") scrollToTarget();
  else addEventListener("load", () => setTimeout(scrollToTarget), { once: true });
}
begin();
