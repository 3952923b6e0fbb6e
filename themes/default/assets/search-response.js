/* What a search returns: the best chapters with excerpts of their texts, and titles that are
   near where none matches. src/search/response.rs does the same for the command line. */
import * as text from "./search-text.js";
import { encode, encodePath } from "./search-index.js";
import { EMPTY } from "./search-postings.js";
import { PHRASE } from "./search-matches.js";
import { MAX_PASSAGES, WELL_SHOWN } from "./search-coverage.js";
import { mayBeShown } from "./search-opening.js";
import { excerpt } from "./search-excerpt.js";
import { isLabel, otherNumerals } from "./search-clause-number.js";

/** @import { Range, Term } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { PassagePart, StoredFields } from "./search-index.js" */
/** @import { Matcher } from "./search-match.js" */
/** @import { Ranking } from "./search-ranking.js" */
/** @import { Options, SearchResult } from "./search.js" */

/* Results that are shown while one types, before all texts have been loaded. */
const MAX_PARTIAL = 10;
/* How often results that do not hold what the index let expect are replaced by the next ones. */
const MAX_ROUNDS = 6;
/* Titles that are suggested. */
const MAX_SUGGESTIONS = 5;

class Response {
  /** @param {Ranking} ranking
     @param {Options} options */
  constructor(ranking, options) {
    this.ranking = ranking;
    this.index = ranking.index;
    this.weights = ranking.weights;
    this.options = options;
    this.terms = ranking.coverage ? ranking.coverage.terms : ranking.wanted.flatMap(({ clause }) => termsOf(clause));
    this.references = ranking.wanted.flatMap(({ clause: { reference } }) => reference ? [reference, otherNumerals(reference) || reference] : []);
    /** @type {Map<number, number[]>} */
    this.passagesCache = new Map();
    /** @type {Map<number, Promise<SearchResult>>} */
    this.resultCache = new Map();
  }

  /** The best chapters, verified.
     @returns {Promise<SearchResult[]>} */
  async results() {
    const limit = this.options.limit > 0 ? this.options.limit : Infinity;
    await this.reportPartial(limit);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const wrong = await this.ranking.verifyBest(limit);
      if (!wrong.length) break;
      for (const chapter of wrong) { this.resultCache.delete(chapter); this.passagesCache.delete(chapter); }
    }
    return Promise.all(this.ranking.order.slice(0, limit).map((chapter, i) => this.result(chapter, i)));
  }

  /** Reports what is known before all texts are loaded, if that is the title of each result: titles,
     and excerpts of the texts that are.
     @param {number} limit */
  async reportPartial(limit) {
    const { index, ranking, options: { partial, typing } } = this;
    if (!partial) return;
    const shown = ranking.order.slice(0, typing ? Math.min(limit, MAX_PARTIAL) : limit);
    const fields = shown.flatMap((chapter) => index.fields.get(chapter) || []);
    if (fields.length < shown.length) return;
    const missing = await Promise.all(shown.map((chapter, i) => this.missing(chapter, i)));
    const isReady = missing.map((passages) => !passages.length);
    if (isReady.every(Boolean) && shown.length === Math.min(limit, ranking.order.length)) return;
    const results = await Promise.all(shown.map(/** @returns {SearchResult | Promise<SearchResult>} */ (chapter, i) => isReady[i] ? this.result(chapter, i) : {
      ...basicResult(fields[i]), marks: text.marks(fields[i].title, this.terms), excerpt: "", excerptMarks: [], clauses: [],
    }));
    await partial({ count: ranking.order.length, exact: ranking.exactCount(), results, terms: this.terms });
  }

  /** The passages of a chapter, those with most of the query first. While one types, loaded ones
     come before others that have as much.
     @param {number} chapter */
  rankPassages(chapter) {
    const { index, weights } = this, { firstPassage } = index;
    /** @type {Map<number, number>} */
    const votes = new Map();
    /** @param {number} passage @param {number} weight */
    const vote = (passage, weight) => votes.set(passage, (votes.get(passage) || 0) + weight);
    for (const matches of this.ranking.wanted) {
      const fits = matches.fits(chapter);
      /* What was typed before other words for it. */
      for (const [passage, fit] of fits) vote(passage, (matches.clause.reference ? weights.reference : weights.passagePhrase) * fit);
      if (fits.size) continue;
      for (const list of matches.clause.lists.values()) {
        for (const passage of index.inChapter(chapter, list.text)) vote(passage, weights.passageToken);
      }
    }
    if (!votes.size && firstPassage[chapter] < firstPassage[chapter + 1]) votes.set(firstPassage[chapter], 0);
    /** @param {number} passage */
    const cost = (passage) => this.options.typing && !index.isLoaded(chapter, passage - firstPassage[chapter]) ? 1 : 0;
    for (const [passage, sum] of votes) votes.set(passage, Math.round(sum * 1e6));
    return [...votes].sort((a, b) => b[1] - a[1] || cost(a[0]) - cost(b[0]) || a[0] - b[0]).map((entry) => entry[0]);
  }

  /** The passages that are opened for a result's excerpts.
     @param {number} chapter
     @param {number} rank of the result */
  passagesToOpen(chapter, rank) {
    let passages = this.passagesCache.get(chapter);
    if (!passages && this.ranking.coverage) this.passagesCache.set(chapter, passages = this.ranking.coverage.passages(chapter, rank));
    if (!passages) {
      const isSpread = this.ranking.wanted.length > 0 && !this.ranking.sharedPassages(chapter).length;
      passages = this.index.inFiles(chapter, this.rankPassages(chapter), (isSpread || this.references.length) && rank < WELL_SHOWN ? MAX_PASSAGES : 1);
      this.passagesCache.set(chapter, passages);
    }
    return passages;
  }

  /** Those of them that have not been loaded, and may have a part that is shown.
     @param {number} chapter
     @param {number} rank of the result */
  async missing(chapter, rank) {
    const { index, ranking } = this, passages = this.passagesToOpen(chapter, rank);
    const missing = passages.filter((passage) => !index.isLoaded(chapter, passage - index.firstPassage[chapter]));
    if (!ranking.coverage || !missing.length) return missing;
    const shares = ranking.coverage.shares(chapter), here = passages.filter((passage) => !missing.includes(passage));
    /** The best part of each clause. @type {Map<string, number>} */
    const clauses = new Map();
    for (const part of (await Promise.all(here.map((passage) => ranking.passage(chapter, passage)))).flat()) {
      clauses.set(part[0], Math.max(clauses.get(part[0]) || 0, ranking.coverage.weight(chapter, part, shares)));
    }
    return mayBeShown(ranking.coverage, chapter, passages, missing, clauses);
  }

  /** @param {number} chapter
     @param {number} rank */
  result(chapter, rank) {
    let result = this.resultCache.get(chapter);
    if (!result) this.resultCache.set(chapter, result = this.make(chapter, rank));
    return result;
  }

  /** @param {number} chapter
     @param {number} rank
     @returns {Promise<SearchResult>} */
  async make(chapter, rank) {
    const { index, ranking } = this;
    for (let missing = await this.missing(chapter, rank); missing.length; missing = await this.missing(chapter, rank)) {
      await Promise.all(missing.map((passage) => ranking.passage(chapter, passage)));
    }
    const passages = this.passagesToOpen(chapter, rank).filter((passage) => index.isLoaded(chapter, passage - index.firstPassage[chapter]));
    const parts = (await Promise.all(passages.map((passage) => ranking.passage(chapter, passage)))).flat();
    const fields = await ranking.storedFields(chapter, passages[0]);
    const clauses = this.excerpts(chapter, fields, parts, ranking.coverage ? ranking.coverage.shares(chapter) : []);
    const shown = clauses[0] || this.opening(fields, parts);
    return {
      ...basicResult(fields), marks: text.marks(fields.title, this.terms, true), exact: !ranking.coverage && ranking.level(chapter) === PHRASE,
      excerpt: shown.excerpt, excerptMarks: shown.marks, clauses,
    };
  }

  /** What a folded text counts for the terms that it holds as a whole; another word that a clause was found
     by counts less, and only where none of its terms stands.
     @param {string} folded */
  wholeTerms(folded) {
    const { wholeTerm, synonym } = this.weights;
    /** @param {Term} term */
    const holds = (term) => text.holdsTerm(folded, term);
    const counts = this.ranking.wanted.map(({ clause }) => ownTerms(clause).filter(holds).length || (otherTerms(clause).some(holds) ? synonym : 0));
    return wholeTerm * counts.reduce((sum, own) => sum + own, 0);
  }

  /** The best sections and clauses, each with an excerpt. Those with whole terms are shown before
     others.
     @param {number} chapter
     @param {StoredFields} fields
     @param {PassagePart[]} parts
     @param {number[]} shares of the units, if the query is covered */
  excerpts(chapter, fields, parts, shares) {
    const { wholeTerm, synonym, reference, closestShare } = this.weights, { limits } = this.index.manifest, { coverage } = this.ranking;
    /** @type {{ part: PassagePart, place: number, ranges: Range[], weight: number }[]} */
    const found = [];
    /* However much is marked, another word for a term comes behind the term. */
    const leastWhole = wholeTerm * synonym;
    parts.forEach((part, place) => {
      const folding = text.foldWithOffsets(part[2]), ranges = text.marks(part[2], this.terms, true, folding), marked = ranges.reduce((sum, range) => sum + range[1] - range[0], 0);
      const own = coverage ? coverage.weight(chapter, part, shares)
        : this.wholeTerms(folding.folded) + (wholeTerm - leastWhole) * marked / (marked + 1);
      const named = this.references.some((label) => isLabel(part[1], label));
      if (own || named) found.push({ part, place, ranges, weight: own + (named ? reference : 0) });
    });
    const best = found.sort((a, b) => b.weight - a.weight || a.place - b.place);
    const least = coverage && best.length ? best[0].weight * closestShare : leastWhole;
    const good = best.filter((hit) => hit.weight >= least || hit === best[0] || best[0].weight < least);
    /** @type {Set<string>} */
    const seen = new Set();
    return good.filter(({ part: [anchor] }) => !seen.has(anchor) && seen.add(anchor)).slice(0, limits.clauses).map(({ part: [anchor, label, line], ranges }) => ({
      url: fields.url + (anchor ? "#" + encode(anchor) : ""), title: label, ...excerpt(line, ranges, limits.excerpt),
    }));
  }

  /** The summary or the beginning, where only the title matches.
     @param {StoredFields} fields
     @param {PassagePart[]} parts */
  opening(fields, parts) {
    const line = fields.summary || (parts[0] ? parts[0][2] : "");
    return excerpt(line, text.marks(line, this.terms, true), this.index.manifest.limits.excerpt);
  }

  /** Titles that are near to the query, where nothing matches.
     @param {Matcher} matcher */
  async suggestions(matcher) {
    /** @type {Map<number, number>} */
    const votes = new Map(), { suggestionWord, suggestionTitle, suggestionText } = this.weights;
    for (const { clause } of this.ranking.wanted) {
      for (const [key, list] of clause.lists) {
        const weight = key[0] === "w" ? suggestionWord : 1;
        for (const chapter of list.title) votes.set(chapter, (votes.get(chapter) || 0) + suggestionTitle * weight);
        const others = matcher.chaptersOf({ ...list, title: EMPTY.title });
        others.forEach((has, chapter) => { if (has) votes.set(chapter, (votes.get(chapter) || 0) + suggestionText * weight); });
      }
    }
    const best = [...votes].filter((vote) => vote[1] >= 1).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MAX_SUGGESTIONS);
    return Promise.all(best.map(async ([chapter]) => { const { title, url } = await this.ranking.storedFields(chapter); return { title, url }; }));
  }
}

/** @param {StoredFields} fields */
function basicResult({ title, url, status, kind, names, facts, successors }) {
  const [heading, ...links] = listOf(successors);
  const newer = links.flatMap((name, i) => i % 2 ? [] : { title: name, url: encodePath(links[i + 1]) });
  return { url, title, status, kind, names: listOf(names), facts: listOf(facts), replaced: heading ? { heading, by: newer } : null };
}

/** @param {string} lines */
const listOf = (lines) => lines ? lines.split("\n") : [];

/** What is marked for a clause.
   @param {QueryClause} clause
   @returns {Term[]} */
const termsOf = (clause) => [...ownTerms(clause), ...otherTerms(clause)];

/** @param {QueryClause} clause
   @returns {Term[]} */
function ownTerms(clause) {
  const terms = clause.corrected ? clause.corrected.map((word) => ({ text: word, prefix: false }))
    : clause.runs.map((run, i) => ({ text: run.text, prefix: clause.prefix && i === clause.runs.length - 1 }));
  if (clause.joined) terms.push({ text: clause.joined, prefix: clause.prefix });
  return terms;
}

/** Other words that a clause was found by.
   @param {QueryClause} clause
   @returns {Term[]} */
const otherTerms = (clause) => (clause.synonyms || []).flatMap((synonym) => synonym.runs.map((run) => ({ text: run.text, prefix: false })));

export { Response };
