/* What the search box and the search page have in common: asking without being
   overtaken by older answers, and results as elements. */
import { shared } from "./shared.js";

/** @import { Range, Term } from "./search-text.js" */
/** @import { ProgressListener } from "./search-index.js" */
/** @import { SearchResponse, Options, SubResult, SearchResult } from "./search.js" */
/** @import { Engine } from "./search-engine.js" */
/** An element by what it says.
    @typedef {{ key: string, make: () => HTMLElement }} ListItem */
/** @typedef {{ key: string, element: HTMLElement }} RenderedItem */
/** @typedef {{ element: HTMLElement, items: RenderedItem[] }} Section */
/** @typedef {{ name: string, ranges: Range[] }} Name */
const { dialog, engine } = shared("search-open");
const messages = dialog.dataset, root = messages.root || "";

/** A word of the interface with its gaps filled; `one|{n} many` by `n`.
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

/** A text with its hits in <mark>.
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

/* ---- asking ---- */

/* Shows "loading" only where it would be seen. */
const LOADING_DELAY = 150;
const SUPERSEDED = new Error("overtaken");

/* Until the next frame is on the screen and what waited for it has run; a tab in the
   background has none. */
function nextPaint() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => setTimeout(resolve)));
    setTimeout(resolve, 100);
  });
}

/** What is shown of a question: that files are missing, an answer or a part of it, an error.
   @typedef {{ busy(missing: number): void, show(answer: SearchResponse, isPartial: boolean): void,
     fail(error: Error & { file?: string }): void }} SearchListener */

class SearchController {
  /** @param {SearchListener} listener */
  constructor(listener) {
    this.listener = listener;
    this.latest = 0;
    /* Whether nothing was shown yet of the last question. */
    this.isBusy = false;
    /* What stands on the screen, by chapter. */
    /** @type {Map<string, SearchResult>} */
    this.shown = new Map();
    /* The words that the newest answer marks. */
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

  /** A chapter keeps its excerpts until the new ones are there, and the browser what it
     has laid out.
     @param {SearchResult} result
     @returns {SearchResult} */
  keepExcerpts(result) {
    const before = this.shown.get(result.url);
    if (!before || result.excerpt || result.clauses.length) return result;
    return { ...result, excerpt: before.excerpt, excerptMarks: before.excerptMarks, clauses: before.clauses };
  }

  /* What is under way will not be shown. */
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
    /* Titles whose excerpts are still to come: these are asked for when the titles are
       on the screen, unless another question has come meanwhile. */
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

  /** Loads what a further character will need, when the browser has nothing else to do,
     and while `isIdle` says that no further one has come.
     @param {string} query
     @param {() => boolean} isIdle */
  prefetch(query, isIdle) {
    const work = () => { if (query && isIdle() && this.engine) this.engine.prefetch(query, isIdle).catch(() => {}); };
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 500 }); else setTimeout(work, 50);
  }

  /** Whom and what a chapter concerns, hits first: a chapter may be found by a role's
     name alone.
     @param {SearchResult} result
     @returns {Name[]} */
  namesOf(result) {
    const { engine: found, terms } = this;
    const said = result.names.map((name) => ({ name, ranges: found ? found.marks(name, terms, true).ranges : [] }));
    return [...said.filter((one) => one.ranges.length), ...said.filter((one) => !one.ranges.length)];
  }
}

/** What is said while one waits.
   @param {number} missing */
function loadingText(missing) {
  return missing > 0 ? formatMessage(messages.loadingFiles, { n: missing }) : messages.loading || "";
}

/** What is said of an answer.
   @param {SearchResponse} answer
   @param {string} query */
function countText(answer, query) {
  const { count, exact } = answer;
  const said = query && exact !== undefined && exact < count ? formatMessage(messages.exact, { n: count, exact }) : formatMessage(messages.count, { n: count });
  return answer.corrected && answer.corrected.length
    ? formatMessage(messages.corrected, { query: answer.corrected.join(" ") }) + " · " + said : said;
}

/* ---- input ---- */

/** Calls `changed` when a field's text is settled, never while an input method
   composes it. `typing` says whether a key belongs to the input method.
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

/** Puts items into a list, each as what it says and a function that makes its element.
   What says the same as before in its place stays, so that the browser lays out only
   what is new.
   @param {HTMLElement} list
   @param {RenderedItem[]} before
   @param {ListItem[]} items */
function patchList(list, before, items) {
  const now = items.map((item, at) => before[at] && before[at].key === item.key ? before[at] : { key: item.key, element: item.make() });
  if (!before.length) list.replaceChildren(...now.map((one) => one.element));
  else now.forEach((one, at) => {
    if (!before[at]) list.append(one.element);
    else if (before[at] !== one) before[at].element.replaceWith(one.element);
  });
  for (const one of before.slice(now.length)) one.element.remove();
  return now;
}

/** Brings results into a list, each a container of its own that `create` makes by its
   place and of which only the pieces that changed are new.
   @param {HTMLElement} list
   @param {Section[]} before
   @param {SearchResult[]} results
   @param {(at: number) => HTMLElement} create
   @param {(result: SearchResult, at: number) => ListItem[]} pieces */
function patchSections(list, before, results, create, pieces) {
  const now = results.map((result, at) => {
    const { element, items } = before[at] || { element: create(at), items: [] };
    return { element, items: patchList(element, items, pieces(result, at)) };
  });
  list.append(...now.slice(before.length).map((one) => one.element));
  for (const one of before.slice(now.length)) one.element.remove();
  return now;
}

/** A result's link. Its address is the plain one; only while it is followed the
   words to be marked, those of the asker's newest answer, are part of it.
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

/** A chapter's title with its status, where that is not the usual one.
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

/** The first of these names, marked.
   @param {Name[]} names
   @param {number} limit
   @param {string} tag */
function nameList(names, limit, tag) {
  if (!names.length) return "";
  const out = make(/** @type {"p" | "span"} */ (tag), "search-names");
  names.slice(0, limit).forEach((one, at) => {
    out.append(at ? messages.comma || "" : "", highlighted(one.name, one.ranges));
  });
  if (names.length > limit) out.append(" …");
  return out;
}

/** A clause: its label and the words around the hit.
   @param {SubResult} found */
function clauseContent(found) {
  const out = document.createDocumentFragment();
  if (found.title) out.append(make("span", "search-place", found.title), " ");
  out.append(make("span", "search-excerpt", highlighted(withoutLabel(found), shiftedMarks(found))));
  return out;
}

/** An excerpt that opens with the clause's own label does not repeat it.
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

/** Terms of the glossary that have two characters in a row in common with what was
   asked; they are known to the engine as groups of names.
   @param {string} query
   @param {SearchController} controller */
async function similarTerms(query, controller) {
  if (!controller.engine) return [];
  const { engine: found } = controller;
  /** @param {string} line */
  const pairs = (line) => [...line].slice(1).map((character, at) => [...line][at] + character).filter((pair) => !/\s/.test(pair));
  const asked = new Set(pairs(found.fold(query)));
  const { synonyms = [] } = await found.open();
  const votes = synonyms.map((group) => /** @type {[number, string]} */ ([Math.max(...group.map((name) => pairs(name).filter((pair) => asked.has(pair)).length)), group[0]]));
  return votes.filter((vote) => vote[0]).sort((a, b) => b[0] - a[0]).slice(0, 5).map((vote) => vote[1]);
}

/** "Nothing found", and where else to look.
   @param {HTMLElement} message
   @param {string} query
   @param {SearchResponse} answer
   @param {SearchController} controller */
async function showNoResults(message, query, answer, controller) {
  message.replaceChildren(make("p", "search-none", query ? formatMessage(messages.none, { query }) : messages.noneChosen));
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
  if (!query || !messages.glossary) return;
  const glossary = make("a", "", messages.terms), line = make("p", "search-terms", glossary);
  glossary.href = messages.glossary;
  message.append(line);
  for (const term of await similarTerms(query, controller).catch(() => /** @type {string[]} */ ([]))) {
    const link = make("a", "", term);
    link.href = messages.page + "?" + new URLSearchParams({ q: term });
    line.append(" · ", link);
  }
}

export {
  messages, formatMessage, make, highlighted, SearchController, loadingText, countText, onSettledInput, patchList, patchSections, resultLink, titleWithStatus, nameList, clauseContent, showFailure, showNoResults,
};
