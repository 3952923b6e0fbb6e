/* What a term means, shown beside it: by hover, by focus, by touch (WCAG
   1.4.13). Without this script a term is a link to its entry in the glossary. */
const GAP = 8;
/** @type {HTMLTemplateElement | null} */
let notes = null;
/** @type {Record<string, Element>} */
let notesById = {};
/** @type {HTMLAnchorElement | null} */
let shown = null;
let timer = 0;
let touched = false;

function collect() {
  notes = document.querySelector("template.terms");
  notesById = {};
  if (!notes) return;
  notes.content.querySelectorAll("[data-term]").forEach((note) => {
    notesById[note.getAttribute("data-term") || ""] = note;
  });
}
collect();
/* A live preview may change the page. */
document.addEventListener("handbook:updated", collect);

/** @param {EventTarget | null} target
   @returns {HTMLAnchorElement | null} */
function termAt(target) {
  return target instanceof Element ? target.closest("a.term") : null;
}
/** @param {EventTarget | null} target */
function asNode(target) {
  return target instanceof Node ? target : null;
}
/** @param {HTMLAnchorElement} link */
function noteOf(link) {
  try {
    return notesById[decodeURIComponent(link.hash.slice(1))];
  } catch (error) {
    return undefined;
  }
}
/** @template {keyof HTMLElementTagNameMap} N
   @param {N} name
   @param {string} className
   @param {string | null} [text] */
function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** @param {string} name */
function message(name) {
  return notes && notes.getAttribute("data-" + name);
}

const tip = element("div", "term-tip");
tip.id = "Hb-term-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
tip.addEventListener("pointerenter", cancelHide);
tip.addEventListener("pointerleave", hideSoon);

/** @param {HTMLAnchorElement} link
   @param {Element} note */
function fill(link, note) {
  tip.textContent = "";
  const head = element("p", "term-tip-head");
  head.appendChild(element("strong", "", note.getAttribute("data-name")));
  const aliases = note.getAttribute("data-aliases");
  if (aliases) {
    head.appendChild(document.createTextNode(" "));
    head.appendChild(element("span", "", message("also") + " " + aliases));
  }
  tip.appendChild(head);
  if (note.textContent) tip.appendChild(element("p", "term-tip-text", note.textContent));
  /* The keyboard reaches the entry by the term itself; this is for touch. */
  const entry = element("a", "term-tip-entry", message("entry"));
  entry.href = link.href;
  entry.tabIndex = -1;
  tip.appendChild(entry);
}
/** Below the term, or above it where there is no room; always inside the window.
   @param {HTMLElement} link */
function place(link) {
  const boxes = link.getClientRects();
  const box = boxes[0] || link.getBoundingClientRect();
  const last = boxes[boxes.length - 1] || box;
  const width = document.documentElement.clientWidth;
  tip.style.left = "0px";
  tip.style.top = "0px";
  const size = tip.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(box.left, width - size.width - GAP));
  const below = last.bottom + size.height + GAP <= innerHeight;
  const above = box.top - size.height - GAP >= 0;
  const top = below || !above ? last.bottom + 4 : box.top - size.height - 4;
  tip.style.left = left + scrollX + "px";
  tip.style.top = top + scrollY + "px";
}

/** @param {HTMLAnchorElement} link */
function show(link) {
  clearTimeout(timer);
  if (shown === link) return;
  const note = noteOf(link);
  if (!note) return;
  hide();
  if (!tip.isConnected) document.body.appendChild(tip);
  fill(link, note);
  tip.hidden = false;
  place(link);
  shown = link;
  link.setAttribute("aria-describedby", tip.id);
}
function hide() {
  clearTimeout(timer);
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
}
function cancelHide() {
  clearTimeout(timer);
}
/* Time to reach the tooltip with the pointer. */
function hideSoon() {
  clearTimeout(timer);
  if (shown && document.activeElement !== shown) timer = setTimeout(hide, 300);
}

document.addEventListener("pointerover", (event) => {
  const link = termAt(event.target);
  if (!link || event.pointerType === "touch" || link.contains(asNode(event.relatedTarget))) return;
  clearTimeout(timer);
  timer = setTimeout(() => { show(link); }, 120);
});
document.addEventListener("pointerout", (event) => {
  const link = termAt(event.target);
  if (link && event.pointerType !== "touch" && !link.contains(asNode(event.relatedTarget))) hideSoon();
});
document.addEventListener("focusin", (event) => {
  const link = termAt(event.target);
  if (link && !touched) show(link);
  else if (!link && shown && !tip.contains(asNode(event.target))) hide();
});
document.addEventListener("focusout", (event) => {
  if (shown && termAt(event.target) === shown && !tip.contains(asNode(event.relatedTarget))) hideSoon();
});
document.addEventListener("keydown", (event) => {
  touched = false;
  if (event.key === "Escape") hide();
});
/* The first touch shows, the second follows the link; one elsewhere hides. */
document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  if (touched && shown && termAt(event.target) !== shown && !tip.contains(asNode(event.target))) hide();
}, true);
document.addEventListener("click", (event) => {
  const link = termAt(event.target);
  const follows = !link || !touched || link === shown || !noteOf(link);
  touched = false;
  if (follows || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link);
});
addEventListener("resize", hide);
