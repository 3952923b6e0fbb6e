/* Tabs: without this script, and on paper, all are shown one below the other, each under its
   label. Keys are those of the WAI-ARIA pattern: arrows, Home and End choose a tab. */
import { ownAnchor } from "./anchor.js";

let count = 0;

/** Shows one tab and hides those beside it.
   @param {HTMLElement} tab */
function choose(tab) {
  const box = tab.parentElement;
  const list = box && box.querySelector(":scope > .tab-list");
  if (!box || !list) return;
  const tabs = tabsOf(box);
  tabs.forEach((other) => {
    /* Searching in the page still finds what is hidden so. */
    if (other === tab) other.removeAttribute("hidden");
    else other.setAttribute("hidden", "until-found");
  });
  [...list.children].forEach((button, at) => {
    const chosen = tabs[at] === tab;
    button.setAttribute("aria-selected", String(chosen));
    button.setAttribute("tabindex", chosen ? "0" : "-1");
  });
}

/** @param {Element} box
   @returns {HTMLElement[]} */
function tabsOf(box) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(":scope > .tab"))];
}

/** @param {HTMLElement} box */
function build(box) {
  const tabs = tabsOf(box);
  if (!tabs.length || box.querySelector(":scope > .tab-list")) return;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  tabs.forEach((tab, at) => {
    count += 1;
    const title = tab.querySelector(":scope > .tab-title");
    const button = document.createElement("button");
    button.type = "button";
    button.id = "Hb-tab-" + count;
    button.textContent = title ? title.textContent : String(at + 1);
    button.setAttribute("role", "tab");
    tab.id = "Hb-tab-panel-" + count;
    tab.tabIndex = 0;
    tab.setAttribute("role", "tabpanel");
    tab.setAttribute("aria-labelledby", button.id);
    button.setAttribute("aria-controls", tab.id);
    button.addEventListener("click", () => { choose(tab); });
    tab.addEventListener("beforematch", () => { choose(tab); });
    list.append(button);
  });
  list.addEventListener("keydown", (event) => {
    const buttons = /** @type {HTMLElement[]} */ ([...list.children]);
    const here = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    const back = getComputedStyle(list).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const next = back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [back]: here - 1, [next]: here + 1, Home: 0, End: -1 }[event.key];
    const button = here < 0 || to === undefined ? null : buttons[(to + buttons.length) % buttons.length];
    if (!button) return;
    event.preventDefault();
    button.click();
    button.focus();
  });
  box.prepend(list);
  choose(tabs[0]);
}

/** Shows what stands in tabs that are hidden, from the outermost on.
   @param {Element | null} place */
function reveal(place) {
  for (let tab = place && place.closest(".tab"); tab; tab = tab.parentElement && tab.parentElement.closest(".tab")) {
    choose(/** @type {HTMLElement} */ (tab));
  }
}

/* A link may lead to a place in a tab that is hidden. */
function revealTarget() {
  const id = ownAnchor();
  const place = id ? document.getElementById(id) : null;
  if (!place || !place.closest(".tab[hidden]")) return;
  reveal(place);
  place.scrollIntoView();
}

export function showTabs() {
  const boxes = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".text .tabs"));
  boxes.forEach(build);
  revealTarget();
}

addEventListener("hashchange", revealTarget);
