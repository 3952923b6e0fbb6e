/* The search box: a dialog with a combobox. Results appear while one types; arrow keys select,
   Enter opens, Escape closes. search-open.js loads it. */
import { shared } from "./shared.js";
import {
  messages, formatMessage, make, highlighted, SearchController, loadingText, countText, onSettledInput, patchSections, resultLink, titleWithStatus, nameList, clauseContent, showFailure, showNoResults, showSuggestion,
} from "./search-view.js";

/** @import { SearchResult } from "./search.js" */
/** @import { ListItem, Section } from "./search-view.js" */
const parts = shared("search-open"), box = parts.dialog;
/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (box.querySelector(selector));
const input = /** @type {HTMLInputElement} */ (find("input")), list = find(".search-list"), tips = find(".search-start");
const message = find(".search-message"), state = find(".search-state");
const all = /** @type {HTMLAnchorElement} */ (find(".search-all"));
const clear = find(".search-clear"), body = find(".search-body");

/* Each chapter that is shown takes files for its excerpts, so the last ones wait until there is room for them. */
const FIRST_CHAPTERS = 3, MAX_CHAPTERS = 6, DEBOUNCE = 50;
/* Pixels below the view within which the list goes on before one gets there; the part of the view that fewer
   chapters may leave empty. */
const AHEAD = 120, EMPTY_PART = 1 / 3;
let timer = 0, active = -1, limit = FIRST_CHAPTERS, hasMore = false;
/** @type {string | null} */
let currentQuery = null;
/** What the list shows the results of.
   @type {string | null} */
let renderedQuery = null;
/** @type {HTMLElement[]} */
let options = [];

const controller = new SearchController({
  busy(missing) {
    box.classList.add("search-busy");
    state.textContent = loadingText(missing);
  },
  show(answer, partial) {
    message.hidden = true;
    tips.hidden = true;
    render(answer.results);
    if (partial) return;
    const query = currentQuery || "";
    hasMore = limit < MAX_CHAPTERS && answer.count > answer.results.length;
    if (hasMore) requestAnimationFrame(growIfShort);
    finish();
    state.textContent = countText(answer, query);
    all.hidden = answer.count <= answer.results.length;
    all.textContent = formatMessage(messages.all, { n: answer.count });
    all.href = messages.page + "?" + new URLSearchParams({ q: query });
    if (!answer.count) showNoResults(message, query, answer, controller, ask);
    else {
      showSuggestion(message, answer, ask);
      controller.prefetch(query, isIdle(query));
    }
  },
  fail(error) {
    finish();
    state.textContent = "";
    tips.hidden = true;
    render([]);
    showFailure(message, error, controller, () => search(true));
    currentQuery = null;
  },
});

/** @param {string} query
   @returns {() => boolean} */
const isIdle = (query) => () => currentQuery === query && !controller.isBusy;

/* ---- searching ---- */

/** @param {boolean} [force] */
function search(force) {
  clearTimeout(timer);
  const query = input.value.trim();
  clear.hidden = !input.value;
  if (!query) {
    clearResults();
    return;
  }
  if (!force && currentQuery === input.value.trimStart()) return;
  currentQuery = input.value.trimStart();
  list.setAttribute("aria-busy", "true");
  controller.search(currentQuery, { limit, typing: true });
}

/* Asks for the chapters that are left once one gets near the end of the list. They stay until the query is cleared:
   with each key, they would come and go. */
function growIfNear() {
  if (hasMore && body.scrollTop + body.clientHeight + AHEAD >= body.scrollHeight) grow();
}

/* Asks for them where those that are shown leave much of the view empty. Reading heights forces layout, so it is done
   in the frame that shows the list. */
function growIfShort() {
  if (hasMore && !controller.isBusy && list.offsetHeight < body.clientHeight * (1 - EMPTY_PART)) grow();
}

function grow() {
  hasMore = false;
  limit = MAX_CHAPTERS;
  search(true);
}

/** Searches for another query.
   @param {string} query */
function ask(query) {
  input.value = query;
  input.focus();
  search();
}

/* The response is complete. */
function finish() {
  list.removeAttribute("aria-busy");
  box.classList.remove("search-busy");
}

/* No query: shows the tips. */
function clearResults() {
  controller.cancel();
  currentQuery = null;
  limit = FIRST_CHAPTERS;
  hasMore = false;
  finish();
  tips.hidden = false;
  message.hidden = true;
  all.hidden = true;
  state.textContent = "";
  render([]);
}

const keys = onSettledInput(input, () => {
  clear.hidden = !input.value;
  clearTimeout(timer);
  /* Keystrokes that come faster than responses start one search. */
  if (controller.isBusy) timer = setTimeout(search, DEBOUNCE); else search();
});

/* ---- results ---- */

/** An option of the list: a link with an id by its position.
   @param {string} id
   @param {string} url
   @param {string} className
   @param {Node} content */
function option(id, url, className, content) {
  const element = resultLink(url, controller);
  element.className = className;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.tabIndex = -1;
  element.id = "Hb-search-option-" + id;
  element.append(content);
  return element;
}

/** The list, by chapter.
   @type {Section[]} */
let groups = [];

/** @param {SearchResult[]} results */
function render(results) {
  const kept = active >= 0 && options[active] ? options[active].getAttribute("href") : null;
  select(-1);
  groups = patchSections(list, groups, results, group, resultItems);
  options = groups.flatMap(({ items }) => items.map((item) => item.element));
  list.hidden = !options.length;
  input.setAttribute("aria-expanded", String(options.length > 0));
  const again = kept === null ? -1 : options.findIndex((item) => item.getAttribute("href") === kept);
  if (again >= 0) select(again);
  /* The list of the same query goes on where one reads. */
  else if (renderedQuery !== currentQuery) scrollToTop();
  renderedQuery = currentQuery;
}

/* Reading `scrollTop` forces layout, so it is set only after the list was scrolled. */
let scrolled = false;
body.addEventListener("scroll", () => {
  scrolled = true;
  growIfNear();
}, { passive: true });
/* A list that ends in view does not scroll. */
for (const kind of ["wheel", "touchmove"]) body.addEventListener(kind, growIfNear, { passive: true });
function scrollToTop() {
  if (scrolled) body.scrollTop = 0;
  scrolled = false;
}

/** @param {number} i
   @returns {HTMLElement} */
function group(i) {
  const element = make("div", "search-group");
  element.setAttribute("role", "group");
  element.setAttribute("aria-labelledby", "Hb-search-group-" + i);
  return element;
}

/** A chapter and its clauses, each an option.
   @param {SearchResult} result
   @param {number} i
   @returns {ListItem[]} */
function resultItems(result, i) {
  const who = controller.namesOf(result);
  const alone = !result.clauses.length;
  const chapter = {
    key: JSON.stringify([result.url, result.title, result.marks, result.status, who, alone && [result.excerpt, result.excerptMarks]]),
    make() {
      const element = option(i + "-0", result.url, "search-chapter", titleWithStatus(result));
      /** @type {HTMLElement} */ (element.firstChild).id = "Hb-search-group-" + i;
      element.append(" ", nameList(who, 3, "span"));
      if (alone && result.excerpt) element.append(make("span", "search-excerpt", highlighted(result.excerpt, result.excerptMarks)));
      return element;
    },
  };
  return [chapter, ...result.clauses.slice(0, i ? 2 : 3).map((found, n) => ({
    key: JSON.stringify(found),
    make: () => option(i + "-" + (n + 1), found.url, "search-clause", clauseContent(found)),
  }))];
}

/** @param {number} i */
function select(i) {
  if (options[active]) options[active].setAttribute("aria-selected", "false");
  active = i;
  const chosen = options[i];
  if (!chosen) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  chosen.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", chosen.id);
}

/** @param {number} step */
function move(step) {
  if (!options.length) return;
  /* Beyond the ends nothing is selected, and Enter opens the search page. */
  const i = active + step;
  select(i >= options.length ? -1 : i < -1 ? options.length - 1 : i);
  if (active <= 0) scrollToTop(); else options[active].scrollIntoView({ block: "nearest" });
  if (step > 0 && active === options.length - 1 && hasMore) grow();
}

/* ---- keys and pointer ---- */

input.addEventListener("keydown", (event) => {
  if (keys.typing(event)) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    followSelection(event.ctrlKey || event.metaKey);
  }
});

/** @param {boolean} inNewTab */
function followSelection(inNewTab) {
  const chosen = options[active];
  if (chosen && inNewTab) window.open(/** @type {HTMLAnchorElement} */ (chosen).href, "_blank", "noopener");
  else if (chosen) chosen.click();
  else if (input.value.trim()) location.href = messages.page + "?" + new URLSearchParams({ q: input.value.trim() });
}

/* Escape during composition belongs to the input method. */
let composing = parts.isComposing;
input.addEventListener("compositionstart", () => { composing = true; });
input.addEventListener("compositionend", () => { setTimeout(() => { composing = false; }); });
box.addEventListener("cancel", (event) => { if (composing) event.preventDefault(); });

list.addEventListener("mousemove", (event) => {
  const i = options.indexOf(/** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest("[role=option]")));
  if (i >= 0 && i !== active) select(i);
});
list.addEventListener("click", (event) => {
  const aside = event.ctrlKey || event.metaKey || event.shiftKey;
  if (/** @type {Element} */ (event.target).closest("a") && !aside) box.close();
});
clear.addEventListener("click", () => {
  input.value = "";
  clearResults();
  clear.hidden = true;
  input.focus();
});
find(".search-close").addEventListener("click", () => box.close());
box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
find("form").addEventListener("submit", (event) => {
  if (!input.value.trim()) event.preventDefault();
});

list.hidden = true;

/* Called whenever the box opens. It searches for what was typed before this script was loaded, but
   not for what is still being composed. */
export function start() {
  if (!parts.isComposing) search();
}
