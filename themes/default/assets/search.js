/* handbook.search(query, options): what docs/search.md promises to scripts of a site.
   search-engine.js is made of it. */
import * as text from "./search-text.js";
import { open } from "./search-index.js";
import { onProgress } from "./search-loader.js";
import { parse, sampled, toClauses } from "./search-query.js";
import { Matcher } from "./search-match.js";
import { Ranking } from "./search-ranking.js";
import { PARTS } from "./search-matches.js";
import { Response } from "./search-response.js";
import { cover } from "./search-coverage.js";
import { readQuestion } from "./search-question.js";
import { apart, standingParts, suggestionFor } from "./search-suggest.js";
import { anyOf, facetCounts, facetFilter } from "./search-facets.js";

/** @import { Range, Term } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Facet, Index } from "./search-index.js" */
/** @import { ProgressListener } from "./search-loader.js" */
/** @import { FacetSelection, FacetValue, Filter } from "./search-facets.js" */
/** @typedef {object} Options
    @property {number} limit how many results; 0 means all
    @property {boolean} prefix whether the last word may be the prefix of a longer one
    @property {FacetSelection} [facets]
    @property {FacetSelection} [prefer] departments and roles whose chapters come first among about equal ones
    @property {boolean} [facetCounts] whether the response has the facets with their counts
    @property {boolean} [typing] whether a further key is likely
    @property {ProgressListener} [progress] is called as files are loaded
    @property {(response: SearchResponse) => Promise<void>} [partial] is called with what is known before all texts
      are loaded */
/** @typedef {{ url: string, title: string, excerpt: string, marks: Range[] }} SubResult */
/** @typedef {object} SearchResult
    @property {string} url from the site's root, encoded
    @property {string} title
    @property {string} status
    @property {string} kind
    @property {string[]} names of departments, roles and topics
    @property {string[]} facts id and version
    @property {{ heading: string, by: { title: string, url: string }[] } | null} replaced by which chapters
    @property {Range[]} marks of the title
    @property {boolean} [exact] whether it holds the query as typed
    @property {string} excerpt
    @property {Range[]} excerptMarks
    @property {SubResult[]} clauses */
/** A part of a query, and how many chapters a search for it finds.
    @typedef {{ text: string, count: number }} QueryPart */
/** How a query was understood: some chapter holds it as typed; each holds all its words; or some of them.
    @typedef {"exact" | "words" | "closest"} MatchStep */
/** @typedef {object} SearchResponse
    @property {MatchStep} [match]
    @property {number} count chapters that match in that way
    @property {number} exact those that hold the query as typed
    @property {number} [complete] those that hold all its words, where few do and others follow
    @property {boolean} [approximate] whether the count is
    @property {SearchResult[]} results
    @property {Term[]} terms what is marked
    @property {{ title: string, url: string }[]} [suggestions] titles that are near, where nothing matches
    @property {string} [suggestion] what may have been meant where not all of the query was found
    @property {boolean} [corrected] whether the results are those of the suggestion
    @property {QueryPart[]} [parts] where nothing was found, the parts of the query that stand somewhere
    @property {Record<string, FacetValue[]>} [facets]
    @property {Facet[]} [dimensions] what each facet is called */

const DEFAULT_LIMIT = 10;
/* Parts of a query that are named. */
const MAX_PARTS = 6;

/** @param {string} query
    @param {Partial<Options>} [options]
    @returns {Promise<SearchResponse>} */
async function search(query, options) {
  const settings = { limit: DEFAULT_LIMIT, prefix: true, ...options };
  if (settings.progress) onProgress(settings.progress);
  const index = await open(), typed = [...String(query ?? "")].slice(0, index.manifest.limits.queryLength).join("");
  const found = await answer(index, typed, settings);
  if (found.match === "exact") return found;
  const matcher = new Matcher(index), clauses = toClauses(parse(typed, settings.prefix));
  const isFound = found.count > 0 && found.match !== "closest";
  /** @param {string} other */
  const again = (other) => answer(index, other, { ...settings, partial: undefined });
  const spaced = isFound ? "" : await apart(matcher, typed, clauses);
  if (spaced) {
    const other = await again(spaced);
    if (other.count && other.match !== "closest") return other;
  }
  /* What holds the letters as pinyin nowhere may hold the characters that they stand for. */
  const suggestion = await suggestionFor(matcher, spaced || typed, spaced ? toClauses(parse(spaced, settings.prefix)) : clauses);
  if (found.count) return suggestion ? { ...found, suggestion, corrected: isFound } : found;
  if (suggestion) {
    const other = await again(suggestion);
    if (other.count) return { ...other, suggestion, corrected: true };
  }
  const parts = await standingParts(matcher, typed, clauses);
  const counted = await Promise.all(parts.map(async (part) => ({ text: part, count: (await answer(index, part, { ...settings, limit: 1, partial: undefined, facetCounts: false })).count })));
  return { ...found, parts: counted.filter(({ count }) => count).slice(0, MAX_PARTS) };
}

/** Searches for a query as it is typed.
    @param {Index} index
    @param {string} query
    @param {Options} settings
    @returns {Promise<SearchResponse>} */
async function answer(index, query, settings) {
  await index.prepare(query);
  const matcher = new Matcher(index);
  const clauses = toClauses(parse(query, settings.prefix));
  const filter = await facetFilter(index, settings.facets), preferred = await anyOf(index, settings.prefer);
  /** @param {QueryClause[]} asked */
  const rank = async (asked) => {
    const ranking = new Ranking(index, await Promise.all(asked.map((clause) => matcher.match(clause))), preferred);
    await ranking.rank(filter);
    return ranking;
  };
  const shown = settings.limit > 0 ? settings.limit : Infinity;
  let ranking = await covered(index, matcher, query, clauses, filter, preferred, shown);
  if (!ranking) {
    const sample = sampled(clauses, index.manifest.limits);
    ranking = sample && await rank(sample);
    /* What a sample finds must hold the query; else all of it is looked for. */
    if (!ranking || ranking.isApproximate || !await ranking.verifyFirst()) ranking = await rank(clauses);
    await coverIfBetter(ranking, matcher, query, clauses, shown);
  }
  const response = new Response(ranking, settings);
  const results = await response.results();
  const found = ranking.order.length, complete = ranking.completeCount();
  return {
    match: stepOf(ranking), count: found, exact: ranking.exactCount(), ...(complete < found ? { complete } : {}), approximate: ranking.isApproximate, results, terms: response.terms,
    suggestions: found || !clauses.length ? [] : await response.suggestions(matcher),
    ...(settings.facetCounts ? { facets: await facetCounts(index, ranking, settings.facets), dimensions: index.facets() } : {}),
  };
}

/** The chapters by coverage, if the query is a question that none holds as typed, which some of its pairs may show: then
   what stands in no text together need not be looked up. Pairs of what is asked for come first, since coverage needs
   them too.
   @param {Index} index
   @param {Matcher} matcher
   @param {string} query
   @param {QueryClause[]} clauses
   @param {Filter | null} filter
   @param {Uint8Array} preferred
   @param {number} limit how many are shown
   @returns {Promise<Ranking | null>} */
async function covered(index, matcher, query, clauses, filter, preferred, limit) {
  const loose = clauses.filter((clause) => !clause.exact && !clause.title), question = readQuestion(index.questionWords, query, loose);
  if (!question.asks) return null;
  const parted = await Promise.all(loose.map((clause, i) => matcher.standsApart(clause, question.idle[i])));
  if (!parted.includes(true)) return null;
  const matches = clauses.map((clause) => loose.includes(clause) ? matcher.none(clause) : matcher.match(clause));
  const ranking = new Ranking(index, await Promise.all(matches), preferred);
  await ranking.rank(filter);
  await coverIfBetter(ranking, matcher, query, clauses, limit);
  /* Where nothing is found, titles are suggested by all that was looked up. */
  return ranking.order.length ? ranking : null;
}

/** Orders the chapters by coverage where that answers better: if the query is a question that no chapter
   holds as typed, or if none holds all of it but in parts. So are many words that the best one has, but far apart.
   @param {Ranking} ranking
   @param {Matcher} matcher
   @param {string} query
   @param {QueryClause[]} clauses
   @param {number} limit how many are shown */
async function coverIfBetter(ranking, matcher, query, clauses, limit) {
  const loose = clauses.filter((clause) => !clause.exact && !clause.title);
  if (!loose.length) return;
  const { questionWords } = matcher.index, question = readQuestion(questionWords, query, loose);
  await ranking.verifyFirst();
  if (loose.length >= questionWords.scattered && ranking.isScattered()) question.asks = true;
  const [first] = ranking.order, isFound = first !== undefined;
  /* A guide that quotes a question does not answer it. */
  const isQuoted = isFound && question.asks && matcher.index.isGuide[first] && ranking.tier(first) === 2;
  const isAnswered = isFound && !isQuoted && (question.asks && loose.length > 1 ? ranking.tier(first) === 0 : ranking.level(first) > PARTS);
  if (isAnswered) return;
  const coverage = await cover(matcher, loose, question, ranking.preferred);
  await ranking.cover(coverage, isFound && !question.asks && !coverage.hasExpansions, limit);
}

/** @param {Ranking} ranking
   @returns {MatchStep} */
function stepOf(ranking) {
  if (ranking.coverage) return ranking.coverage.hasAll ? "words" : "closest";
  return ranking.exactCount() ? "exact" : ranking.order.length ? "words" : "closest";
}

/** Loads what a search for one more character will need, for as long as `isIdle` says so: the
   bigrams of the last character.
   @param {string} query
   @param {() => boolean} isIdle */
async function prefetch(query, isIdle) {
  const character = [...text.fold(query)].pop(), index = await open();
  if (character && isIdle() && text.classOf(character) === text.UNSEGMENTED) await index.prefetchBigrams(character, isIdle);
}

export { search, prefetch };
