/* search.html: a query, the choices beside it and all that is found. Both stand
   in the address, so a search can be linked. The list is `[data-search-results]`;
   docs/search.md says what scripts may rely on. */
import {
  fill, make, Asker, waiting, counted, listen, patch, sections, link, heading, names, clause, failure, nothing, words, marked,
} from "./search-view.js";

/** @import { Choice, Part, Result } from "./search.js" */
/** @import { Facet } from "./search-index.js" */
/** @import { Piece, Section, Shown } from "./search-view.js" */
/** Ids of the values that are chosen, by dimension.
    @typedef {Record<string, string[]>} Chosen */
const page = /** @type {HTMLElement} */ (document.querySelector(".search-page"));
/** @param {string} selector */
const find = (selector) => /** @type {HTMLElement} */ (page.querySelector(selector));
const input = /** @type {HTMLInputElement} */ (find(".search-field input")), list = find("[data-search-results]"), state = find(".search-state");
const message = find(".search-message"), more = find(".search-more"), clear = find(".search-clear");
const folded = /** @type {HTMLDetailsElement} */ (find(".search-facets"));
const form = /** @type {HTMLFormElement} */ (folded.querySelector("form")), unfilter = find(".search-unfilter");
const syntax = find(".search-help"), chosenCount = find(".search-chosen");

const STEP = 20, WAIT = 60, SHOWN = 8;
const pageTitle = document.title;
/** @type {Set<string>} */
const unfolded = new Set();
let timer = 0, limit = STEP, grew = 0;
/* The facets, once the index has told them. */
/** @type {Facet[] | null} */
let dimensions = null;
/** @type {Chosen} */
let chosen = {};
/* Whether the query is being typed; what stands in the list and beside it. */
let typing = false;
/** @type {Section[]} */
let items = [];
/** @type {Shown[]} */
let sets = [];

/* ---- the address ---- */

function read() {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  chosen = {};
  for (const name of asked.keys()) if (name !== "q") chosen[name] = asked.getAll(name);
  if (dimensions) forget(dimensions);
}

/** Leaves out of the choice what is no facet.
    @param {Facet[]} known */
function forget(known) {
  chosen = Object.fromEntries(known.map(({ name }) => [name, chosen[name] || []]));
}

/** @param {string} query */
function write(query) {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  for (const [name, ids] of Object.entries(chosen)) for (const id of ids) asked.append(name, id);
  const search = String(asked);
  document.title = query ? query + " · " + pageTitle : pageTitle;
  if (search === location.search.slice(1)) return;
  try {
    history.replaceState(history.state, "", location.pathname + (search ? "?" + search : ""));
  } catch (error) {
    /* A browser that allows it nowhere still searches. */
  }
}

/* ---- asking ---- */

const isChosen = () => Object.values(chosen).some((ids) => ids.length);

const asker = new Asker({
  busy(missing) { state.textContent = waiting(missing); },
  show(answer, partial) {
    if (answer.dimensions && !dimensions) {
      dimensions = answer.dimensions;
      forget(dimensions);
      write(input.value.trim());
    }
    const query = input.value.trim(), idle = !query && !isChosen();
    message.hidden = true;
    if (partial) {
      if (!idle) results(answer);
      return;
    }
    facets(answer.facets || {});
    syntax.hidden = !idle;
    results(idle ? { ...answer, results: [], count: 0 } : answer);
    list.dataset.count = idle ? "0" : String(answer.count);
    list.dataset.state = idle ? "idle" : "done";
    state.textContent = idle || !answer.count ? "" : counted(answer, query);
    if (!idle && !answer.count) nothing(message, query, answer, asker);
    else if (typing) asker.ahead(query, () => input.value.trim() === query && !asker.isBusy);
  },
  fail(error) {
    state.textContent = "";
    results({ results: [], count: 0 });
    list.dataset.count = "0";
    list.dataset.state = "error";
    failure(message, error, asker, () => ask());
  },
});

function ask(isTyped = false) {
  typing = isTyped;
  clearTimeout(timer);
  const query = input.value.trim();
  const idle = !query && !isChosen();
  clear.hidden = !input.value;
  write(query);
  list.dataset.state = idle ? "idle" : "loading";
  asker.ask(input.value.trimStart(), { limit: idle ? 1 : limit, facets: chosen, facetCounts: true, typing });
}

/** @param {boolean} [isTyped] */
function anew(isTyped) {
  limit = STEP;
  grew = 0;
  ask(isTyped);
}

const keys = listen(input, () => {
  clearTimeout(timer);
  clear.hidden = !input.value;
  /* On a phone the choices stand above what is found: they make room. */
  if (!wide.matches && input.value && !isChosen()) folded.open = false;
  /* What stands there is no longer the answer to what is typed. */
  list.dataset.state = "loading";
  if (asker.isBusy) timer = setTimeout(anew, WAIT, true); else anew(true);
});

/* ---- results ---- */

/** @returns {HTMLElement[]} */
function links() {
  return [...list.querySelectorAll("a[data-result]")].map((one) => /** @type {HTMLElement} */ (one));
}

/** @param {{ results: Result[], count: number }} answer */
function results(answer) {
  const { activeElement: active } = document;
  const held = active && list.contains(active) ? active.getAttribute("href") : null;
  items = sections(list, items, answer.results, () => make("li", "search-item"), pieces);
  const left = answer.count - answer.results.length;
  more.hidden = left <= 0;
  more.textContent = fill(words.more, { n: Math.min(left, STEP) });
  const again = held !== null && links().find((one) => one.getAttribute("href") === held);
  if (again) again.focus({ preventScroll: true });
  if (!grew) return;
  const first = list.children[grew];
  if (first) {
    grew = 0;
    /** @type {HTMLElement} */ (first.querySelector("a")).focus({ preventScroll: true });
  }
}

/** @param {Result} result
   @returns {Piece[]} */
function pieces(result) {
  const who = asker.named(result);
  /** @type {Piece[]} */
  const found = [];
  /** @param {unknown} parts @param {() => HTMLElement} create */
  const piece = (parts, create) => found.push({ says: JSON.stringify(parts), make: create });
  piece([result.url, result.title, result.marks, result.status], () => head(result));
  if (who.length) piece(who, () => /** @type {HTMLElement} */ (names(who, 6, "p")));
  if (result.clauses.length) piece(result.clauses, () => places(result.clauses));
  else if (result.excerpt) piece([result.excerpt, result.excerptMarks], () => make("p", "search-excerpt", marked(result.excerpt, result.excerptMarks)));
  return found;
}

/** @param {Result} result */
function head(result) {
  const parts = heading(result), way = link(result.url, asker);
  way.append(/** @type {Node} */ (parts.firstChild));
  const element = make("h2", "", way);
  const pill = parts.querySelector(".pill");
  if (pill) element.append(" ", pill);
  return element;
}

/** @param {Part[]} clauses */
function places(clauses) {
  const element = make("ul", "search-clauses");
  for (const found of clauses) {
    const way = link(found.url, asker);
    way.className = "search-clause";
    way.append(clause(found));
    element.append(make("li", "", way));
  }
  return element;
}

more.addEventListener("click", () => {
  grew = list.children.length;
  limit += STEP;
  ask();
});

/* ---- facets ---- */

/** @type {Record<string, Choice[]>} */
let counts = {};

/** @param {Record<string, Choice[]>} found */
function facets(found) {
  counts = found;
  const focused = document.activeElement && form.contains(document.activeElement) ? document.activeElement.id : "";
  sets = patch(form, sets, (dimensions || []).filter(({ name }) => (found[name] || []).length).map((facet) => ({
    says: JSON.stringify([facet.name, unfolded.has(facet.name), found[facet.name]]), make: () => dimension(facet, found[facet.name]),
  })));
  const again = focused && document.getElementById(focused);
  if (again) again.focus({ preventScroll: true });
  const count = Object.values(chosen).reduce((sum, ids) => sum + ids.length, 0);
  unfilter.hidden = !count;
  chosenCount.textContent = count ? String(count) : "";
  folded.hidden = !form.children.length;
}

/** The values with most chapters; those of a fixed order keep it.
    @param {Facet} facet
    @param {Choice[]} values */
function dimension({ name, label, ordered }, values) {
  const set = make("fieldset");
  set.append(make("legend", "", label));
  const order = ordered ? values : values.slice().sort((a, b) => b.count - a.count);
  const some = unfolded.has(name) ? order : order.filter((value, at) => at < SHOWN || value.selected);
  for (const value of some) set.append(choice(name, value));
  if (some.length < order.length) {
    const button = make("button", "search-unfold", fill(words.filterAll, { n: order.length }));
    button.type = "button";
    button.addEventListener("click", () => {
      unfolded.add(name);
      facets(counts);
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
   @param {Choice} value */
function choice(name, value) {
  const label = make("label"), field = make("input");
  field.type = "checkbox";
  field.name = name;
  field.value = value.id;
  field.id = fieldId(name, value.id);
  field.checked = value.selected;
  field.addEventListener("change", () => {
    const rest = chosen[name].filter((id) => id !== value.id);
    chosen[name] = field.checked ? [...rest, value.id] : rest;
    anew();
  });
  label.append(field, make("span", "", value.label), make("span", "count", String(value.count)));
  return label;
}

form.addEventListener("submit", (event) => event.preventDefault());
unfilter.addEventListener("click", () => {
  for (const name of Object.keys(chosen)) chosen[name] = [];
  anew();
  input.focus();
});

/* ---- keys ---- */

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  anew();
});
clear.addEventListener("click", () => {
  input.value = "";
  anew();
  input.focus();
});
page.addEventListener("keydown", (event) => {
  if (keys.typing(event) || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const stops = [input, ...links()];
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at < 0) return;
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* ---- the start ---- */

const wide = matchMedia("(min-width: 1000px)");
const unfold = () => { folded.open = wide.matches || (!input.value && !isChosen()); };
wide.addEventListener("change", unfold);
addEventListener("popstate", () => { read(); anew(); });
page.hidden = false;
read();
unfold();
ask();
if (!matchMedia("(hover: none)").matches) input.focus({ preventScroll: true });
