/* handbook.search(query, options): what docs/search.md promises to scripts of a site.
   It ranks the chapters that match (see search-match.js), loads the text of those
   that are shown, verifies in it what the index could not tell, and cuts excerpts.
   search-engine.js is made of it. */
import * as text from "./search-text.js";
import * as files from "./search-index.js";
import { EMPTY } from "./search-index.js";
import * as reading from "./search-query.js";
import { Matcher, PARTS, PHRASE, intersect } from "./search-match.js";
import { excerpt } from "./search-excerpt.js";

/** @import { Range, Term } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { StoredFields, Facet, ProgressListener, Index, PassagePart } from "./search-index.js" */
/** @import { ClauseMatches } from "./search-match.js" */
/** Ids of values by dimension; one of a list is enough, and each list must fit.
    @typedef {Record<string, string | string[] | undefined>} FacetSelection */
/** @typedef {(chapter: number) => boolean} Filter */
/** A value of a dimension, and how many of what is found have it.
    @typedef {{ id: string, label: string, count: number, selected: boolean }} FacetValue */
/** @typedef {object} Options
    @property {number} limit how many results; 0 means all
    @property {boolean} prefix whether the last word may be a beginning
    @property {FacetSelection} [facets]
    @property {boolean} [facetCounts] whether the answer counts values
    @property {boolean} [typing] whether a further key is likely
    @property {ProgressListener} [progress] hears of files that are loaded
    @property {(answer: SearchResponse) => Promise<void>} [partial] takes what can be said before all texts are here */
/** @typedef {{ url: string, title: string, excerpt: string, marks: Range[] }} SubResult */
/** @typedef {object} SearchResult
    @property {string} url relative to the site's root, encoded
    @property {string} title
    @property {string} status
    @property {string} kind
    @property {string[]} names whom and what it concerns
    @property {Range[]} marks of the title
    @property {boolean} [exact] whether it holds what was asked for as it was typed
    @property {string} excerpt
    @property {Range[]} excerptMarks
    @property {SubResult[]} clauses */
/** @typedef {object} SearchResponse
    @property {number} count chapters that match
    @property {number} exact those that hold the query as it was typed
    @property {boolean} [approximate] whether the count is
    @property {SearchResult[]} results
    @property {Term[]} terms what is marked
    @property {{ title: string, url: string }[]} [suggestions] titles that are near
    @property {string[]} [corrected] words that are taken for a typing error's
    @property {Record<string, FacetValue[]>} [facets]
    @property {Facet[]} [dimensions] what each facet is called */

const DEFAULT_LIMIT = 10, MAX_CLAUSES = 3;
/* Where a chapter's words stand apart, so many of its blocks of text are opened, for
   so many of the first results; else one. */
const MAX_PASSAGES = 2, WELL_SHOWN = 4;
/* Results that are shown while one types before all text is here. */
const MAX_PARTIAL = 10;
/* Chapters that may be among the next results, and files of the directory that are
   loaded ahead for them. */
const PREFETCHED_CHAPTERS = 256, PREFETCHED_FILES = 8;
/* Scores of which the order can tell one from the other, and places of chapters. */
const SCORE_RANGE = 2 ** 31, CHAPTER_RANGE = 2 ** 21;
/* How often results that proved to be accidents are replaced by the next ones. */
const MAX_ROUNDS = 6;

/** Answers `{ count, exact, results, terms, suggestions, facets, dimensions }`; see
    docs/search.md. `facets` has the values of each facet, `dimensions` what each is called.
    @param {string} query
    @param {Partial<Options>} [options] */
async function search(query, options) {
  const settings = { limit: DEFAULT_LIMIT, prefix: true, ...options };
  if (settings.progress) files.onProgress(settings.progress);
  const index = await files.open();
  const matcher = new Matcher(index);
  const clauses = reading.toClauses(reading.parse(String(query ?? ""), settings.prefix));
  const allowed = await facetFilter(index, settings.facets);
  /** @param {QueryClause[]} some */
  const runClauses = async (some) => {
    const run = new Search(index, await Promise.all(some.map((clause) => matcher.match(clause))), settings);
    await run.rank(allowed);
    return run;
  };
  const sampled = reading.sampled(clauses);
  let run = sampled && await runClauses(sampled);
  if (!run || !run.order.length || run.isApproximate) run = await runClauses(clauses);
  if (settings.typing) lastSearch = run;
  const results = await run.results();
  /** @type {SearchResponse} */
  const answer = {
    count: run.order.length, exact: run.exactCount(), approximate: run.isApproximate, results, terms: run.terms,
    suggestions: run.order.length || !clauses.length ? [] : await run.suggest(matcher),
    corrected: clauses.flatMap((one) => one.corrected || []),
  };
  if (settings.facetCounts) {
    answer.facets = await facetCounts(index, run, settings.facets);
    answer.dimensions = index.facets();
  }
  return answer;
}

/** Makes ready for a further character behind the query that was asked last while
   typing, for as long as `isIdle` says so: the titles of what may be found, and its
   pairs.
   @type {Search | null} */
let lastSearch = null;
/** @param {string} query
   @param {() => boolean} isIdle */
async function prefetch(query, isIdle) {
  const character = [...text.fold(query)].pop(), run = lastSearch, index = await files.open();
  if (run) await Promise.all(index.unloadedFields(run.order.slice(0, PREFETCHED_CHAPTERS), PREFETCHED_FILES).map((chapter) => index.storedFields(chapter)));
  if (character && isIdle() && text.classOf(character) === text.UNSEGMENTED) await index.prefetchBigrams(character, isIdle);
}

/* ---- facets ---- */

/** @param {Index} index
   @param {FacetSelection | undefined} facets */
async function facetMasks(index, facets) {
  /** @type {Record<string, Uint8Array>} */
  const found = {};
  for (const { name } of index.facets()) {
    const list = listOf((facets || {})[name]);
    if (!list.length) continue;
    const mask = found[name] = new Uint8Array(index.count);
    for (const value of await index.facetValues(name)) {
      if (list.includes(value.id)) for (const chapter of value.chapters) mask[chapter] = 1;
    }
  }
  return found;
}

/** @param {string | string[] | undefined} ids */
function listOf(ids) {
  return ids === undefined || ids === null ? [] : typeof ids === "string" ? [ids] : ids;
}

/** @param {Index} index
   @param {FacetSelection | undefined} facets */
async function facetFilter(index, facets) {
  const all = Object.values(await facetMasks(index, facets));
  return all.length ? (/** @type {number} */ chapter) => all.every((mask) => mask[chapter]) : null;
}

/** For each dimension and value, how many of the chapters that match the query
   and the other dimensions' choices have it.
   @param {Index} index
   @param {Search} run
   @param {FacetSelection | undefined} facets */
async function facetCounts(index, run, facets) {
  const chosen = await facetMasks(index, facets);
  /** @type {Record<string, FacetValue[]>} */
  const out = {};
  for (const { name } of index.facets()) {
    const others = Object.entries(chosen).filter(([other]) => other !== name).map((entry) => entry[1]);
    /** @type {FacetValue[]} */
    const values = [];
    for (const value of await index.facetValues(name)) {
      let count = 0;
      for (const chapter of value.chapters) if (run.matches(chapter) && others.every((mask) => mask[chapter])) count++;
      const selected = listOf((facets || {})[name]).includes(value.id);
      if (count || selected) values.push({ id: value.id, label: value.label, count, selected });
    }
    out[name] = values;
  }
  return out;
}

/* ---- one search ---- */

class Search {
  /** @param {Index} index
     @param {ClauseMatches[]} found
     @param {Options} options */
  constructor(index, found, options) {
    this.index = index;
    /* The weights are those of src/search/weights.rs, which the manifest carries. */
    this.weights = index.manifest.weights;
    this.options = options;
    this.wanted = found.filter((one) => !one.clause.negated);
    this.negated = found.filter((one) => one.clause.negated);
    this.terms = this.wanted.flatMap(({ clause }) => termsOf(clause));
    /* Whether phrases on which the count depends are not all verified. */
    this.isApproximate = false;
    /** Whether a chapter may be found, by the choices beside the query. @type {Filter | null} */
    this.allowed = null;
    /** Chapters, best first. @type {number[]} */
    this.order = [];
    /** @type {Set<number>} */
    this.failed = new Set();
    /** @type {Set<number>} */
    this.verified = new Set();
    /** @type {Map<number, Promise<StoredFields>>} */
    this.fieldsCache = new Map();
    /** @type {Map<number, number[]>} */
    this.passagesCache = new Map();
    /** @type {Map<number, Promise<SearchResult>>} */
    this.resultCache = new Map();
  }

  /** Whether a chapter satisfies the query, facets aside.
     @param {number} chapter */
  matches(chapter) {
    if (this.failed.has(chapter) && !this.matchesInParts(chapter)) return false;
    if (!this.wanted.length && !this.index.isListed[chapter]) return false;
    for (const one of this.wanted) if (!one.levels[chapter]) return false;
    for (const one of this.negated) if (one.levels[chapter]) return false;
    return true;
  }

  /** Whether a chapter whose phrase proved an accident matches in parts.
     @param {number} chapter */
  matchesInParts(chapter) {
    return this.wanted.every((one) => !one.unverified.has(chapter) || (one.parts && one.parts[chapter]));
  }

  /** @param {Filter | null} allowed */
  async rank(allowed) {
    this.allowed = allowed;
    this.order = this.candidates();
    if (await this.verifyCounted()) this.order = this.candidates();
    this.sort();
  }

  /* Verifies phrases on which the count depends, where they are few; tells whether
     any proved an accident. */
  async verifyCounted() {
    const most = this.index.manifest.verified * 2;
    let changed = false;
    for (const one of [...this.wanted, ...this.negated]) {
      /** @type {number[]} */
      const open = [];
      for (const chapter of one.unverified) {
        if (this.matches(chapter) === one.clause.negated || (one.parts && one.parts[chapter])) continue;
        if (open.push(chapter) > most) break;
      }
      if (open.length > most) { this.isApproximate = true; continue; }
      await Promise.all(open.map(async (chapter) => {
        if (await this.holds(one, chapter)) return;
        one.levels[chapter] = 0;
        one.unverified.delete(chapter);
        changed = true;
      }));
    }
    return changed;
  }

  candidates() {
    /** @type {number[]} */
    const found = [];
    for (let chapter = 0; chapter < this.index.count; chapter++) {
      if (this.matches(chapter) && (!this.allowed || this.allowed(chapter))) found.push(chapter);
    }
    return found;
  }

  /** @param {number} chapter */
  level(chapter) {
    if (this.failed.has(chapter)) return PARTS;
    let least = PHRASE;
    for (const one of this.wanted) if (one.levels[chapter] < least) least = one.levels[chapter];
    return least;
  }

  /** Whether title, alias or id is just what was asked for.
     @param {number} chapter */
  isTitle(chapter) {
    const first = this.wanted[0], end = this.wanted[this.wanted.length - 1];
    return Boolean(first) && Boolean(first.flags[chapter] & 1) && Boolean(end.flags[chapter] & 2) &&
      this.level(chapter) === PHRASE && this.wanted.every((one) => one.titles[chapter]);
  }

  /** Into how many parts what was typed falls in a chapter that matches in parts.
     @param {number} chapter */
  partCount(chapter) {
    if (this.level(chapter) > PARTS) return 0;
    return this.wanted.reduce((sum, one) => sum + (one.parts ? one.parts[chapter] : 0), 0);
  }

  /* By tier, in each those in force before the others; then by score and place, which
     are one number, so that the browser sorts without asking. */
  sort() {
    const { index, weights: { raritySmoothing } } = this, average = Math.max(1, index.firstPassage[index.count] / Math.max(1, index.count));
    const rarities = this.wanted.map((one) => Math.log(1 + (index.count - one.count + raritySmoothing) / (one.count + raritySmoothing)));
    /** @type {number[][]} */
    const tiers = [];
    for (const chapter of this.order) {
      const tier = this.isTitle(chapter) ? 0 : 4 - this.level(chapter) + this.partCount(chapter), at = tier * 2 + index.isPast[chapter];
      const score = Math.min(SCORE_RANGE, this.score(chapter, average, rarities));
      (tiers[at] = tiers[at] || []).push((SCORE_RANGE - score) * CHAPTER_RANGE + chapter);
    }
    this.order = [];
    tiers.forEach((tier) => { for (const key of new Float64Array(tier).sort()) this.order.push(key % CHAPTER_RANGE); });
  }

  /** @param {number} chapter
     @param {number} average
     @param {number[]} rarities */
  score(chapter, average, rarities) {
    const { weights } = this, length = 1 - weights.length + weights.length * this.index.passageCount(chapter) / average;
    let score = 0;
    this.wanted.forEach((one, at) => {
      // A phrase that proved an accident counts as parts do.
      const accident = this.failed.has(chapter) && one.unverified.has(chapter);
      const times = accident ? 1 : Math.max(1, one.times[chapter]);
      const frequency = times * (weights.saturation + 1) / (times + weights.saturation * length);
      if (accident) score += weights.parts * rarities[at] * frequency;
      else score += one.weights[chapter] * (rarities[at] * frequency + weights.heading * one.heads[chapter]) + weights.title * one.titles[chapter];
    });
    if (this.wanted.length > 1 && this.sharedPassages(chapter).length) score *= weights.samePassage;
    return Math.round(score * 1e6);
  }

  /** Blocks of a chapter in which every clause stands as a phrase.
     @param {number} chapter
     @returns {number[]} */
  sharedPassages(chapter) {
    return this.wanted.map((one) => one.passages(chapter).sort((a, b) => a - b)).reduce(intersect);
  }

  exactCount() {
    return this.order.filter((chapter) => this.level(chapter) === PHRASE).length;
  }

  /** @param {number} chapter */
  storedFields(chapter) {
    let entry = this.fieldsCache.get(chapter);
    if (!entry) this.fieldsCache.set(chapter, entry = this.index.storedFields(chapter));
    return entry;
  }

  /** @param {StoredFields} entry
     @param {number} chapter
     @param {number} block */
  passage(entry, chapter, block) {
    return this.index.passage(entry, block - this.index.firstPassage[chapter]);
  }

  /** Whether a chapter holds a clause's phrase, by its text.
     @param {ClauseMatches} one
     @param {number} chapter */
  async holds(one, chapter) {
    const entry = await this.storedFields(chapter);
    const phrases = [one.clause, ...(one.clause.synonyms || [])].map((clause) => clause.runs.map((run) => run.text));
    /** @param {string} line */
    const has = (line) => phrases.some((runs) => text.holds(line, runs, one.clause.prefix)) || Boolean(one.clause.joined && text.fold(line).includes(one.clause.joined));
    if ([entry.title, ...entry.others.split("\n")].some(has)) return true;
    if (one.clause.title) return false;
    if ([entry.summary, ...entry.names.split("\n")].some(has)) return true;
    for (const block of one.passages(chapter)) {
      if ((await this.passage(entry, chapter, block)).some((unit) => has(unit[2]))) return true;
    }
    return false;
  }

  /** The results that are shown. A phrase that the text does not hold sinks.
     @returns {Promise<SearchResult[]>} */
  async results() {
    const limit = this.options.limit > 0 ? this.options.limit : Infinity;
    await this.reportPartial(limit);
    for (let rounds = MAX_ROUNDS; ;) {
      const shown = this.order.slice(0, limit);
      /** @type {number[]} */
      const wrong = [];
      await Promise.all(shown.map(async (chapter) => {
        if (this.verified.has(chapter) || this.level(chapter) === PARTS) return;
        this.verified.add(chapter);
        for (const one of this.wanted) {
          if (one.unverified.has(chapter) && !await this.holds(one, chapter)) { wrong.push(chapter); return; }
        }
      }));
      if (!wrong.length || --rounds === 0) return Promise.all(shown.map((chapter, at) => this.result(chapter, at)));
      for (const chapter of wrong) { this.failed.add(chapter); this.resultCache.delete(chapter); }
      this.order = this.order.filter((chapter) => !this.failed.has(chapter) || this.matchesInParts(chapter));
      this.sort();
    }
  }

  /** What can be said at once: titles, and excerpts of what is here.
     @param {number} limit */
  async reportPartial(limit) {
    const { partial } = this.options;
    if (!partial) return;
    const shown = this.order.slice(0, this.options.typing ? Math.min(limit, MAX_PARTIAL) : limit);
    const entries = await Promise.all(shown.map((chapter) => this.storedFields(chapter)));
    /** @param {number} at */
    const isHere = (at) => this.passagesToOpen(shown[at], entries[at], at)
      .every((block) => this.index.isLoaded(entries[at], block - this.index.firstPassage[shown[at]]));
    const here = shown.map((_, at) => isHere(at));
    if (here.every(Boolean) && shown.length === Math.min(limit, this.order.length)) return;
    const results = await Promise.all(shown.map(/** @returns {SearchResult | Promise<SearchResult>} */ (chapter, at) => here[at] ? this.result(chapter, at) : {
      ...basicResult(entries[at]), marks: text.marks(entries[at].title, this.terms).ranges, excerpt: "", excerptMarks: [], clauses: [],
    }));
    await partial({ count: this.order.length, exact: this.exactCount(), results, terms: this.terms });
  }

  /** Blocks of a chapter worth opening, best first. While one types, of those that are
     as good those that are here.
     @param {number} chapter
     @param {StoredFields} entry */
  rankPassages(chapter, entry) {
    const { firstPassage: base } = this.index;
    /** @type {Map<number, number>} */
    const votes = new Map();
    /** @param {number} block @param {number} weight */
    const vote = (block, weight) => votes.set(block, (votes.get(block) || 0) + weight);
    for (const one of this.wanted) {
      const blocks = one.passages(chapter);
      for (const block of blocks) vote(block, this.weights.passagePhrase);
      if (blocks.length) continue;
      for (const list of one.clause.lists.values()) {
        for (const block of this.index.inChapter(chapter, list.text)) vote(block, this.weights.passageToken);
      }
    }
    if (!votes.size && base[chapter] < base[chapter + 1]) votes.set(base[chapter], 0);
    /** @param {number} block */
    const far = (block) => this.options.typing && !this.index.isLoaded(entry, block - base[chapter]) ? 1 : 0;
    return [...votes].sort((a, b) => b[1] - a[1] || far(a[0]) - far(b[0]) || a[0] - b[0]).map((one) => one[0]);
  }

  /** The blocks that a result opens.
     @param {number} chapter
     @param {StoredFields} entry
     @param {number} at */
  passagesToOpen(chapter, entry, at) {
    let blocks = this.passagesCache.get(chapter);
    if (!blocks) {
      const apart = this.wanted.length > 0 && !this.sharedPassages(chapter).length;
      this.passagesCache.set(chapter, blocks = this.rankPassages(chapter, entry).slice(0, apart && at < WELL_SHOWN ? MAX_PASSAGES : 1));
    }
    return blocks;
  }

  /** @param {number} chapter
     @param {number} at */
  result(chapter, at) {
    let result = this.resultCache.get(chapter);
    if (!result) this.resultCache.set(chapter, result = this.make(chapter, at));
    return result;
  }

  /** @param {number} chapter
     @param {number} at
     @returns {Promise<SearchResult>} */
  async make(chapter, at) {
    const entry = await this.storedFields(chapter);
    const blocks = this.passagesToOpen(chapter, entry, at);
    const units = (await Promise.all(blocks.map((block) => this.passage(entry, chapter, block)))).flat();
    const clauses = this.excerpts(entry, units);
    const shown = clauses[0] || this.opening(entry, units);
    return {
      ...basicResult(entry), marks: text.marks(entry.title, this.terms, true).ranges, exact: this.level(chapter) === PHRASE,
      excerpt: shown.excerpt, excerptMarks: shown.marks, clauses,
    };
  }

  /** @param {StoredFields} entry
     @param {PassagePart[]} units */
  excerpts(entry, units) {
    const { wholeTerm } = this.weights;
    /** @type {{ unit: PassagePart, at: number, ranges: Range[], weight: number }[]} */
    const found = [];
    units.forEach((unit, at) => {
      const { ranges, whole } = text.marks(unit[2], this.terms, true);
      if (ranges.length) found.push({ unit, at, ranges, weight: whole * wholeTerm + ranges.reduce((sum, range) => sum + range[1] - range[0], 0) });
    });
    const best = found.sort((a, b) => b.weight - a.weight || a.at - b.at);
    const some = best.filter((one) => one.weight >= wholeTerm || one === best[0] || best[0].weight < wholeTerm);
    /** @type {Set<string>} */
    const seen = new Set();
    return some.filter((one) => !seen.has(one.unit[0]) && seen.add(one.unit[0])).slice(0, MAX_CLAUSES).map(({ unit, ranges }) => ({
      url: entry.url + (unit[0] ? "#" + files.encode(unit[0]) : ""), title: unit[1], ...excerpt(unit[2], ranges),
    }));
  }

  /** What a chapter says of itself, where no text matches.
     @param {StoredFields} entry
     @param {PassagePart[]} units */
  opening(entry, units) {
    const summary = entry.summary || (units[0] ? units[0][2] : "");
    return excerpt(summary, text.marks(summary, this.terms, true).ranges);
  }

  /** Titles that are near to what was asked for.
     @param {Matcher} matcher */
  async suggest(matcher) {
    /** @type {Map<number, number>} */
    const votes = new Map(), { suggestionWord, suggestionTitle, suggestionText } = this.weights;
    for (const { clause } of this.wanted) {
      for (const [key, list] of clause.lists) {
        const weight = key[0] === "w" ? suggestionWord : 1;
        for (const chapter of list.title) votes.set(chapter, (votes.get(chapter) || 0) + suggestionTitle * weight);
        const others = matcher.chaptersOf({ ...list, title: EMPTY.title });
        others.forEach((has, chapter) => { if (has) votes.set(chapter, (votes.get(chapter) || 0) + suggestionText * weight); });
      }
    }
    const best = [...votes].filter((vote) => vote[1] >= 1).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5);
    return Promise.all(best.map(async ([chapter]) => { const { title, url } = await this.storedFields(chapter); return { title, url }; }));
  }
}

/** @param {StoredFields} entry */
function basicResult(entry) {
  const { title, url, status, kind, names } = entry;
  return { url, title, status, kind, names: names ? names.split("\n") : [] };
}

/** @param {QueryClause} clause
   @returns {Term[]} */
function termsOf(clause) {
  const own = clause.corrected ? clause.corrected.map((word) => ({ text: word, prefix: false }))
    : clause.runs.map((run, at) => ({ text: run.text, prefix: clause.prefix && at === clause.runs.length - 1 }));
  if (clause.joined) own.push({ text: clause.joined, prefix: clause.prefix });
  for (const alike of clause.synonyms || []) own.push(...alike.runs.map((run) => ({ text: run.text, prefix: false })));
  return own;
}

export { search, prefetch };
