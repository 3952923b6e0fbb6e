/* search.html: a query, filters and all results. Query and filters are in the URL, so that a search
   can be linked. The list is `[data-search-results]`; docs/search.md says what scripts may rely
   on. */
import {
  formatMessage, make, SearchController, loadingText, countText, onSettledInput, patchList, patchSections, resultLink, titleWithStatus, nameList, clauseContent, showFailure, showNoResults, showSuggestion, messages, highlighted,
} from "./search-view.js";

/** @import { FacetValue } from "./search-facets.js" */
/** @import { SubResult, SearchResult } from "./search.js" */
/** @import { Facet } from "./search-index.js" */
/** @import { ListItem, Section, RenderedItem } from "./search-view.js" */
/** Ids of the chosen values by facet.
    @typedef {Record<string, string[]>} FacetSelection */
const page = /** @type {HTMLElement} */ (document.querySelector(".search-page"));
/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (page.querySelector(selector));
const input = /** @type {HTMLInputElement} */ (find(".search-field input")), list = find("[data-search-results]"), state = find(".search-state");
const message = find(".search-message"), more = find(".search-more"), clear = find(".search-clear");
const folded = /** @type {HTMLDetailsElement} */ (find(".search-facets"));
const form = /** @type {HTMLFormElement} */ (folded.querySelector("form")), unfilter = find(".search-unfilter");
const syntax = find(".search-help"), chosenCount = find(".search-chosen");

const PAGE_SIZE = 20, DEBOUNCE = 60, MAX_VALUES = 8;
const pageTitle = document.title;
/** @type {Set<string>} */
const unfolded = new Set();
let timer = 0, limit = PAGE_SIZE, focusFrom = 0;
/* The facets, once the index is loaded. */
/** @type {Facet[] | null} */
let facetList = null;
/** @type {FacetSelection} */
let chosen = {};
/* Whether the query is being typed; the items of the list and of the filters. */
let typing = false;
/** @type {Section[]} */
let renderedResults = [];
/** @type {RenderedItem[]} */
let renderedFacets = [];

/* ---- the URL ---- */

function readUrl() {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  chosen = {};
  for (const name of asked.keys()) if (name !== "q") chosen[name] = asked.getAll(name);
  if (facetList) dropUnknownFacets(facetList);
}

/** Drops chosen values of what is not a facet.
    @param {Facet[]} known */
function dropUnknownFacets(known) {
  chosen = Object.fromEntries(known.map(({ name }) => [name, chosen[name] || []]));
}

/** @param {string} query */
function writeUrl(query) {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  for (const [name, ids] of Object.entries(chosen)) for (const id of ids) asked.append(name, id);
  const parameters = String(asked);
  document.title = query ? query + " · " + pageTitle : pageTitle;
  if (parameters === location.search.slice(1)) return;
  try {
    history.replaceState(history.state, "", location.pathname + (parameters ? "?" + parameters : ""));
  } catch (error) {
    /* Where the browser forbids it, the search works all the same. */
  }
}

/* ---- searching ---- */

const isChosen = () => Object.values(chosen).some((ids) => ids.length);

const controller = new SearchController({
  busy(missing) { state.textContent = loadingText(missing); },
  show(answer, partial) {
    if (answer.dimensions && !facetList) {
      facetList = answer.dimensions;
      dropUnknownFacets(facetList);
      writeUrl(input.value.trim());
    }
    const query = input.value.trim(), idle = !query && !isChosen();
    message.hidden = true;
    if (partial) {
      if (!idle) showResults(answer);
      return;
    }
    showFacets(answer.facets || {});
    syntax.hidden = !idle;
    showResults(idle ? { ...answer, results: [], count: 0 } : answer);
    list.dataset.count = idle ? "0" : String(answer.count);
    list.dataset.state = idle ? "idle" : "done";
    state.textContent = idle || !answer.count ? "" : countText(answer, query);
    if (!idle && !answer.count) showNoResults(message, query, answer, controller, ask);
    else showSuggestion(message, answer, ask);
    if (answer.count && typing) controller.prefetch(query, () => input.value.trim() === query && !controller.isBusy);
  },
  fail(error) {
    state.textContent = "";
    showResults({ results: [], count: 0 });
    list.dataset.count = "0";
    list.dataset.state = "error";
    showFailure(message, error, controller, () => search());
  },
});

function search(isTyped = false) {
  typing = isTyped;
  clearTimeout(timer);
  const query = input.value.trim();
  const idle = !query && !isChosen();
  clear.hidden = !input.value;
  writeUrl(query);
  list.dataset.state = idle ? "idle" : "loading";
  controller.search(input.value.trimStart(), { limit: idle ? 1 : limit, facets: chosen, facetCounts: true, typing });
}

/** Searches for another query.
   @param {string} query */
function ask(query) {
  input.value = query;
  input.focus();
  restart();
}

/** @param {boolean} [isTyped] */
function restart(isTyped) {
  limit = PAGE_SIZE;
  focusFrom = 0;
  search(isTyped);
}

const keys = onSettledInput(input, () => {
  clearTimeout(timer);
  clear.hidden = !input.value;
  /* On a phone the filters are above the results and are folded to make room. */
  if (!wide.matches && input.value && !isChosen()) folded.open = false;
  /* The list no longer belongs to the query. */
  list.dataset.state = "loading";
  if (controller.isBusy) timer = setTimeout(restart, DEBOUNCE, true); else restart(true);
});

/* ---- results ---- */

/** @returns {HTMLElement[]} */
function links() {
  return [...list.querySelectorAll("a[data-result]")].map((item) => /** @type {HTMLElement} */ (item));
}

/** @param {{ results: SearchResult[], count: number }} answer */
function showResults(answer) {
  const { activeElement: active } = document;
  const held = active && list.contains(active) ? active.getAttribute("href") : null;
  renderedResults = patchSections(list, renderedResults, answer.results, () => make("li", "search-item"), items);
  const left = answer.count - answer.results.length;
  more.hidden = left <= 0;
  more.textContent = formatMessage(messages.more, { n: Math.min(left, PAGE_SIZE) });
  const again = held !== null && links().find((item) => item.getAttribute("href") === held);
  if (again) again.focus({ preventScroll: true });
  if (!focusFrom) return;
  const first = list.children[focusFrom];
  if (first) {
    focusFrom = 0;
    /** @type {HTMLElement} */ (first.querySelector("a")).focus({ preventScroll: true });
  }
}

/** @param {SearchResult} result
   @returns {ListItem[]} */
function items(result) {
  const who = controller.namesOf(result);
  /** @type {ListItem[]} */
  const found = [];
  /** @param {unknown} parts @param {() => HTMLElement} create */
  const piece = (parts, create) => found.push({ key: JSON.stringify(parts), make: create });
  piece([result.url, result.title, result.marks, result.status], () => titleElement(result));
  if (result.facts.length) piece(result.facts, () => make("p", "search-names", result.facts.join(" · ")));
  const { replaced } = result;
  if (replaced) piece(replaced, () => successorElement(replaced));
  if (who.length) piece(who, () => /** @type {HTMLElement} */ (nameList(who, 6, "p")));
  if (result.clauses.length) piece(result.clauses, () => clauseList(result.clauses));
  else if (result.excerpt) piece([result.excerpt, result.excerptMarks], () => make("p", "search-excerpt", highlighted(result.excerpt, result.excerptMarks)));
  return found;
}

/** @param {SearchResult} result */
function titleElement(result) {
  const parts = titleWithStatus(result), titleLink = resultLink(result.url, controller);
  titleLink.append(/** @type {Node} */ (parts.firstChild));
  const element = make("h2", "", titleLink);
  const pill = parts.querySelector(".pill");
  if (pill) element.append(" ", pill);
  return element;
}

/** What has taken the place of a chapter.
   @param {NonNullable<SearchResult["replaced"]>} replaced */
function successorElement({ heading, by }) {
  const element = make("p", "search-names", heading);
  for (const { title, url } of by) {
    const successor = resultLink(url, controller);
    /* A link to another chapter, not a hit. */
    delete successor.dataset.result;
    successor.append(title);
    element.append(" ", successor);
  }
  return element;
}

/** @param {SubResult[]} clauses */
function clauseList(clauses) {
  const element = make("ul", "search-clauses");
  for (const found of clauses) {
    const clauseLink = resultLink(found.url, controller);
    clauseLink.className = "search-clause";
    clauseLink.append(clauseContent(found));
    element.append(make("li", "", clauseLink));
  }
  return element;
}

more.addEventListener("click", () => {
  focusFrom = list.children.length;
  limit += PAGE_SIZE;
  search();
});

/* ---- facets ---- */

/** @type {Record<string, FacetValue[]>} */
let counts = {};

/** @param {Record<string, FacetValue[]>} found */
function showFacets(found) {
  counts = found;
  const focused = document.activeElement && form.contains(document.activeElement) ? document.activeElement.id : "";
  renderedFacets = patchList(form, renderedFacets, (facetList || []).filter(({ name }) => (found[name] || []).length).map((facet) => ({
    key: JSON.stringify([facet.name, unfolded.has(facet.name), found[facet.name]]), make: () => facetElement(facet, found[facet.name]),
  })));
  const again = focused && document.getElementById(focused);
  if (again) again.focus({ preventScroll: true });
  const count = Object.values(chosen).reduce((sum, ids) => sum + ids.length, 0);
  unfilter.hidden = !count;
  chosenCount.textContent = count ? String(count) : "";
  folded.hidden = !form.children.length;
}

/** A facet with its values, those with most chapters first unless they have an order of their own.
    @param {Facet} facet
    @param {FacetValue[]} values */
function facetElement({ name, label, ordered }, values) {
  const set = make("fieldset");
  set.append(make("legend", "", label));
  const order = ordered ? values : values.slice().sort((a, b) => b.count - a.count);
  const some = unfolded.has(name) ? order : order.filter((value, i) => i < MAX_VALUES || value.selected);
  for (const value of some) set.append(valueElement(name, value));
  if (some.length < order.length) {
    const button = make("button", "search-unfold", formatMessage(messages.filterAll, { n: order.length }));
    button.type = "button";
    button.addEventListener("click", () => {
      unfolded.add(name);
      showFacets(counts);
      const next = document.getElementById(fieldId(name, order[some.length].id));
      if (next) next.focus();
    });
    set.append(button);
  }
  return set;
}

/** @param {string} name
   @param {string} id */
const fieldId = (name, id) => "Hb-facet-" + name + "-" + id;

/** @param {string} name
   @param {FacetValue} value */
function valueElement(name, value) {
  const label = make("label"), field = make("input");
  field.type = "checkbox";
  field.name = name;
  field.value = value.id;
  field.id = fieldId(name, value.id);
  field.checked = value.selected;
  field.addEventListener("change", () => {
    const rest = chosen[name].filter((id) => id !== value.id);
    chosen[name] = field.checked ? [...rest, value.id] : rest;
    restart();
  });
  label.append(field, make("span", "", value.label), make("span", "count", String(value.count)));
  return label;
}

form.addEventListener("submit", (event) => event.preventDefault());
unfilter.addEventListener("click", () => {
  for (const name of Object.keys(chosen)) chosen[name] = [];
  restart();
  input.focus();
});

/* ---- keys ---- */

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  restart();
});
clear.addEventListener("click", () => {
  input.value = "";
  restart();
  input.focus();
});
page.addEventListener("keydown", (event) => {
  if (keys.typing(event) || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const stops = [input, ...links()];
  const i = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (i < 0) return;
  const next = stops[i + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* ---- the start ---- */

const wide = matchMedia("(min-width: 1000px)");
const unfold = () => { folded.open = wide.matches || (!input.value && !isChosen()); };
wide.addEventListener("change", unfold);
addEventListener("popstate", () => { readUrl(); restart(); });
page.hidden = false;
readUrl();
unfold();
search();
if (!matchMedia("(hover: none)").matches) input.focus({ preventScroll: true });
