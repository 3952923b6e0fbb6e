/* What the search box and the search page have in common: searching such that an older response
   never replaces a newer one, and results as elements. */
import { shared } from "./shared.js";

/** @import { Range, Term } from "./search-text.js" */
/** @import { ProgressListener } from "./search-loader.js" */
/** @import { SearchResponse, Options, SubResult, SearchResult } from "./search.js" */
/** @import { Engine } from "./search-engine.js" */
/** An item of a list: what it shows, and a function that makes its element.
    @typedef {{ key: string, make: () => HTMLElement }} ListItem */
/** @typedef {{ key: string, element: HTMLElement }} RenderedItem */
/** @typedef {{ element: HTMLElement, items: RenderedItem[] }} Section */
/** @typedef {{ name: string, ranges: Range[] }} Name */
const { dialog, engine } = shared("search-open");
const messages = dialog.dataset, root = messages.root || "";

/** Fills the placeholders of a message; `one|{n} many` is chosen by `n`.
   @param {string | undefined} message
   @param {Record<string, string | number>} values */
function formatMessage(message, values) {
  const forms = (message || "").split("|");
  const form = forms.length > 1 && values.n === 1 ? forms[0] : forms[forms.length - 1];
  return form.replace(/\{(\w+)\}/g, (gap, name) => name in values ? String(values[name]) : gap);
}

/** @template {keyof HTMLElementTagNameMap} N
   @param {N} name
   @param {string} [className]
   @param {string | Node} [content] */
function make(name, className, content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (content !== undefined) element.append(content);
  return element;
}

/** A text with ranges in <mark>.
   @param {string} text
   @param {Range[]} [ranges] */
function highlighted(text, ranges) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const [start, end] of ranges || []) {
    out.append(text.slice(from, start), make("mark", "", text.slice(start, end)));
    from = end;
  }
  out.append(text.slice(from));
  return out;
}

/* ---- searching ---- */

/* Milliseconds after which "loading" is shown. */
const LOADING_DELAY = 150;
const SUPERSEDED = new Error("overtaken");

/* Waits until the next frame is on the screen and callbacks that waited for it have run; a tab in
   the background has no frames. */
function nextPaint() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => setTimeout(resolve)));
    setTimeout(resolve, 100);
  });
}

/** Is called with the number of missing files, with a response that may be partial, or with an error.
   @typedef {{ busy(missing: number): void, show(answer: SearchResponse, isPartial: boolean): void,
     fail(error: Error & { file?: string }): void }} SearchListener */

class SearchController {
  /** @param {SearchListener} listener */
  constructor(listener) {
    this.listener = listener;
    this.latest = 0;
    /* Whether nothing has been shown for the latest search. */
    this.isBusy = false;
    /* The results on the screen, by chapter. */
    /** @type {Map<string, SearchResult>} */
    this.shown = new Map();
    /* The terms that the latest response marks. */
    /** @type {Term[]} */
    this.terms = [];
    /** The engine, once it has come.
       @type {Engine | null} */
    this.engine = null;
  }

  /** @param {SearchResponse} answer
     @param {boolean} partial */
  show(answer, partial) {
    this.isBusy = false;
    this.terms = answer.terms;
    const results = partial ? answer.results.map((result) => this.keepExcerpts(result)) : answer.results;
    this.shown = new Map(results.map((result) => [result.url, result]));
    this.listener.show({ ...answer, results }, partial);
  }

  /** A chapter keeps its excerpts until the new ones have come, so that its layout stays.
     @param {SearchResult} result
     @returns {SearchResult} */
  keepExcerpts(result) {
    const before = this.shown.get(result.url);
    if (!before || result.excerpt || result.clauses.length) return result;
    return { ...result, excerpt: before.excerpt, excerptMarks: before.excerptMarks, clauses: before.clauses };
  }

  /* The response of a running search will not be shown. */
  cancel() {
    this.latest++;
    this.isBusy = false;
    this.shown.clear();
  }

  /** @param {string} query
     @param {Partial<Options>} options */
  async search(query, options) {
    this.isBusy = true;
    const turn = ++this.latest, current = () => turn === this.latest;
    let missing = 0, slow = true;
    const timer = setTimeout(() => {
      slow = false;
      if (current()) this.listener.busy(missing);
    }, LOADING_DELAY);
    /** @type {ProgressListener} */
    const progress = ({ wanted, loaded }) => {
      missing = wanted - loaded;
      if (!slow && current()) this.listener.busy(missing);
    };
    /* Titles are shown first. Their excerpts are loaded once the titles are on the screen, unless
       another search has started. */
    /** @param {SearchResponse} answer */
    const partial = async (answer) => {
      if (current()) this.show(answer, true);
      await nextPaint();
      if (!current()) throw SUPERSEDED;
    };
    try {
      const found = this.engine = await engine();
      const answer = await found.search(query, { ...options, progress, partial });
      if (current()) this.show(answer, false);
    } catch (error) {
      if (error === SUPERSEDED || !(error instanceof Error)) return;
      if (error.name !== "SearchError") console.error(error);
      if (!current()) return;
      this.isBusy = false;
      this.shown.clear();
      this.listener.fail(error);
    } finally {
      slow = true;
      clearTimeout(timer);
    }
  }

  /** Loads what a search for one more character will need, when the browser is idle and as long as
     `isIdle` says that no further character has been typed.
     @param {string} query
     @param {() => boolean} isIdle */
  prefetch(query, isIdle) {
    const work = () => { if (query && isIdle() && this.engine) this.engine.prefetch(query, isIdle).catch(() => {}); };
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 500 }); else setTimeout(work, 50);
  }

  /** Names of departments, roles and topics, those that match first: a chapter may be found by a
     role's name alone.
     @param {SearchResult} result
     @returns {Name[]} */
  namesOf(result) {
    const { engine: found, terms } = this;
    const said = result.names.map((name) => ({ name, ranges: found ? found.marks(name, terms, true) : [] }));
    return [...said.filter((item) => item.ranges.length), ...said.filter((item) => !item.ranges.length)];
  }
}

/** The message while files are loaded.
   @param {number} missing */
function loadingText(missing) {
  return missing > 0 ? formatMessage(messages.loadingFiles, { n: missing }) : messages.loading || "";
}

/** The message about the number of results.
   @param {SearchResponse} answer
   @param {string} query */
function countText(answer, query) {
  const { count, exact, complete } = answer, words = complete === undefined ? messages.words : messages.complete;
  const step = answer.match === "closest" ? messages.closest : answer.match === "words" ? words : "";
  const said = step && count ? formatMessage(step, { n: count, complete: complete || 0 }) : query && exact !== undefined && exact < count ? formatMessage(messages.exact, { n: count, exact }) : formatMessage(messages.count, { n: count });
  return answer.corrected && answer.suggestion ? formatMessage(messages.corrected, { query: answer.suggestion }) + " · " + said : said;
}

/* ---- input ---- */

/** Calls `changed` when the text of a field has changed, but never while an input method composes it.
   `typing` says whether a key event belongs to the input method.
   @param {HTMLInputElement} input
   @param {() => void} changed */
function onSettledInput(input, changed) {
  let composing = false;
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; changed(); });
  input.addEventListener("input", (event) => {
    if (!composing && !(event instanceof InputEvent && event.isComposing)) changed();
  });
  return { typing: (/** @type {KeyboardEvent} */ event) => composing || event.isComposing || event.keyCode === 229 };
}

/* ---- results ---- */

/** Updates a list of items. An item with the same key as before in its place keeps its element, so
   that the browser lays out only new ones.
   @param {HTMLElement} list
   @param {RenderedItem[]} before
   @param {ListItem[]} items */
function patchList(list, before, items) {
  const now = items.map((item, i) => before[i] && before[i].key === item.key ? before[i] : { key: item.key, element: item.make() });
  if (!before.length) list.replaceChildren(...now.map((item) => item.element));
  else now.forEach((item, i) => {
    if (!before[i]) list.append(item.element);
    else if (before[i] !== item) before[i].element.replaceWith(item.element);
  });
  for (const item of before.slice(now.length)) item.element.remove();
  return now;
}

/** Updates a list of results. Each has a container, which `create` makes, with items of which only
   changed ones are new.
   @param {HTMLElement} list
   @param {Section[]} before
   @param {SearchResult[]} results
   @param {(at: number) => HTMLElement} create
   @param {(result: SearchResult, at: number) => ListItem[]} pieces */
function patchSections(list, before, results, create, pieces) {
  const now = results.map((result, i) => {
    const { element, items } = before[i] || { element: create(i), items: [] };
    return { element, items: patchList(element, items, pieces(result, i)) };
  });
  list.append(...now.slice(before.length).map((item) => item.element));
  for (const item of before.slice(now.length)) item.element.remove();
  return now;
}

/** A result's link. Its URL is plain; only while it is followed it has the terms of the latest
   response, which the page will highlight.
   @param {string} url
   @param {SearchController} controller */
function resultLink(url, controller) {
  const element = make("a");
  element.href = root + url;
  element.dataset.result = "";
  /** @param {MouseEvent} event */
  const follow = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return;
    const plain = root + url;
    element.setAttribute("href", withHighlights(plain, controller.terms));
    setTimeout(() => element.setAttribute("href", plain));
  };
  element.addEventListener("click", follow);
  element.addEventListener("auxclick", follow);
  return element;
}

/** @param {string} address
   @param {Term[]} terms */
function withHighlights(address, terms) {
  if (!terms.length) return address;
  const [page, anchor] = address.split("#");
  const asked = new URLSearchParams();
  for (const term of terms) asked.append("highlight", term.text + (term.prefix ? "*" : ""));
  return page + "?" + asked + (anchor === undefined ? "" : "#" + anchor);
}

/** A chapter's title, with its status unless it is in force.
   @param {SearchResult} result */
function titleWithStatus(result) {
  const out = document.createDocumentFragment();
  out.append(make("span", "search-title", highlighted(result.title, result.marks)));
  const key = result.status.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  if (result.status && result.status !== "in_force") {
    // A word of the author's own has no key.
    const own = messages[key] === undefined;
    out.append(" ", make("span", "pill status-" + (own ? "other" : result.status), own ? result.status : messages[key]));
  }
  return out;
}

/** The first of these names, highlighted.
   @param {Name[]} names
   @param {number} limit
   @param {string} tag */
function nameList(names, limit, tag) {
  if (!names.length) return "";
  const out = make(/** @type {"p" | "span"} */ (tag), "search-names");
  names.slice(0, limit).forEach((item, i) => {
    out.append(i ? messages.comma || "" : "", highlighted(item.name, item.ranges));
  });
  if (names.length > limit) out.append(" …");
  return out;
}

/** A clause: its label and its excerpt.
   @param {SubResult} found */
function clauseContent(found) {
  const out = document.createDocumentFragment();
  if (found.title) out.append(make("span", "search-place", found.title), " ");
  out.append(make("span", "search-excerpt", highlighted(withoutLabel(found), shiftedMarks(found))));
  return out;
}

/** The length of the clause's label at the beginning of its excerpt, where it is not repeated.
   @param {SubResult} found */
function labelLength(found) {
  const { title, excerpt } = found;
  if (!title || !excerpt.startsWith(title)) return 0;
  const rest = excerpt.slice(title.length);
  return title.length + rest.length - rest.trimStart().length;
}

/** @param {SubResult} found */
function withoutLabel(found) {
  return found.excerpt.slice(labelLength(found));
}

/** @param {SubResult} found */
function shiftedMarks(found) {
  const cut = labelLength(found);
  return found.marks.map((range) => [range[0] - cut, range[1] - cut]).filter((range) => range[1] > 0)
    .map((range) => /** @type {Range} */ ([Math.max(0, range[0]), range[1]]));
}

/* ---- messages ---- */

/** @param {HTMLElement} message
   @param {Error & { file?: string }} error
   @param {SearchController} controller
   @param {() => void} retry */
function showFailure(message, error, controller, retry) {
  const said = make("p", "", formatMessage(messages.failed, { file: error.file || error.message }));
  const button = make("button", "search-retry", messages.retry);
  button.type = "button";
  button.addEventListener("click", () => {
    if (controller.engine) controller.engine.reset();
    retry();
  });
  message.replaceChildren(said, button);
  message.hidden = false;
}

/** Terms of the glossary that have a bigram in common with the query; the engine knows them as groups
   of synonyms.
   @param {string} query
   @param {SearchController} controller */
async function similarTerms(query, controller) {
  if (!controller.engine) return [];
  const { engine: found } = controller;
  /** @param {string} line */
  const pairs = (line) => [...line].slice(1).map((character, i) => [...line][i] + character).filter((pair) => !/\s/.test(pair));
  const asked = new Set(pairs(found.fold(query)));
  const glossary = await (await found.open()).synonyms.glossary();
  const votes = glossary.map((group) => /** @type {[number, string]} */ ([Math.max(...group.map((name) => pairs(name).filter((pair) => asked.has(pair)).length)), group[0]]));
  return votes.filter((vote) => vote[0]).sort((a, b) => b[0] - a[0]).slice(0, 5).map((vote) => vote[1]);
}

/** A link to a search, which asks in place where it is clicked plainly.
   @param {string} query
   @param {(query: string) => void} ask */
function queryLink(query, ask) {
  const link = make("a", "", query);
  link.href = messages.page + "?" + new URLSearchParams({ q: query });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask(query);
  });
  return link;
}

/** Offers what may have been meant, above what was found.
   @param {HTMLElement} message
   @param {SearchResponse} answer
   @param {(query: string) => void} ask */
function showSuggestion(message, { suggestion, corrected }, ask) {
  if (!suggestion || corrected) return;
  const line = make("p", "search-suggestion", messages.suggest);
  line.append(" ", queryLink(suggestion, ask));
  message.replaceChildren(line);
  message.hidden = false;
}

/** Shows that nothing was found, and where else to look.
   @param {HTMLElement} message
   @param {string} query
   @param {SearchResponse} answer
   @param {SearchController} controller
   @param {(query: string) => void} ask */
async function showNoResults(message, query, answer, controller, ask) {
  message.replaceChildren(make("p", "search-none", query ? formatMessage(messages.none, { query }) : messages.noneChosen));
  if (answer.parts && answer.parts.length) {
    const line = make("p", "search-parts", messages.parts);
    for (const { text, count } of answer.parts) line.append(" ", queryLink(text, ask), " (" + count + ")");
    message.append(line);
  }
  if (answer.suggestions && answer.suggestions.length) {
    message.append(make("p", "", messages.near));
    const near = make("ul");
    for (const { title, url } of answer.suggestions) {
      const link = make("a", "", title);
      link.href = root + url;
      near.append(make("li", "", link));
    }
    message.append(near);
  }
  message.hidden = false;
  if (messages.alphabet) {
    const alphabet = make("a", "", messages.alphabetTitle), line = make("p", "search-alphabet", alphabet);
    alphabet.href = messages.alphabet;
    message.append(line);
  }
  if (!query || !messages.glossary) return;
  const glossary = make("a", "", messages.terms), line = make("p", "search-terms", glossary);
  glossary.href = messages.glossary;
  message.append(line);
  const terms = await similarTerms(query, controller).catch(() => /** @type {string[]} */ ([]));
  for (const term of terms) line.append(" · ", queryLink(term, ask));
}

export {
  messages, formatMessage, make, highlighted, SearchController, loadingText, countText, onSettledInput, patchList, patchSections, resultLink, titleWithStatus, nameList, clauseContent, showFailure, showNoResults, showSuggestion,
};
