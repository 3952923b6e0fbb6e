/* A query as clauses that a chapter must each satisfy; src/search/query.rs reads it
   likewise. */
/** @import { Run, Token } from "./search-text.js" */
/** @import { Postings } from "./search-index.js" */
/** What stands between two gaps of a query.
    @typedef {{ runs: Run[], exact: boolean, negated: boolean, title: boolean, open: boolean }} QueryTerm */
/** What a chapter must satisfy; the lower half is found while it is looked up.
    @typedef {object} QueryClause
    @property {Run[]} runs
    @property {boolean} exact
    @property {boolean} [negated]
    @property {boolean} title
    @property {boolean} prefix
    @property {string} [joined] words that marks join, as one
    @property {boolean} [sampled] only a part of its pairs is asked for
    @property {Token[][]} [tokens] of each run
    @property {Map<string, Postings>} [lists] by token
    @property {Map<string, { verified: boolean, marks: Uint8Array }>} [trigrams]
    @property {QueryClause[]} [synonyms] synonyms
    @property {string[]} [corrected] words that are taken for a typing error's */
import * as text from "./search-text.js";

/* Letters from which a query is long: then a part of the pairs of its longer runs
   is asked first, and only if that finds nothing or too much the others. */
const LONG_QUERY = 12, LONG_RUN = 6, STRIDE = 4;

/** `"exact phrase"`, `-without`, `title:word`; all else are words that are wanted.
   The last word is a beginning unless a space follows it.
   @param {string} query
   @param {boolean} [prefix]
   @returns {QueryTerm[]} */
function parse(query, prefix) {
  /** @type {QueryTerm[]} */
  const terms = [];
  const pattern = /(-)?(title:|title：|标题:|标题：|標題:|標題：)?(?:"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|([^\s"“「]+))/giu;
  const source = query.normalize("NFC");
  let match, end = 0;
  while ((match = pattern.exec(source))) {
    end = pattern.lastIndex;
    const quoted = match[3] ?? match[4] ?? match[5];
    const runs = text.runs(text.fold(quoted ?? match[6]));
    if (!runs.length) continue;
    terms.push({ runs, exact: quoted !== undefined, negated: Boolean(match[1]), title: Boolean(match[2]), open: false });
  }
  const final = terms[terms.length - 1];
  if (final && prefix !== false && !final.exact && !final.negated && end === source.length) final.open = true;
  return terms;
}

/** Terms as clauses that a chapter must each satisfy: a run, a quoted phrase, or
   words joined by marks.
   @param {QueryTerm[]} terms
   @returns {QueryClause[]} */
function toClauses(terms) {
  /** @type {QueryClause[]} */
  const found = [];
  for (const term of terms) {
    const base = { exact: term.exact || term.negated, negated: term.negated, title: term.title, prefix: false };
    if (base.exact) { found.push({ ...base, runs: term.runs }); continue; }
    for (let start = 0; start < term.runs.length;) {
      let to = start;
      while (term.runs[to].joinsNext && to + 1 < term.runs.length) to++;
      const group = term.runs.slice(start, to + 1);
      const words = group.every((run) => run.segments.length === 1 && !run.segments[0].unsegmented);
      const prefix = term.open && to === term.runs.length - 1 && !group[group.length - 1].segments.slice(-1)[0].unsegmented;
      if (group.length > 1 && words) found.push({ ...base, runs: group, joined: text.joinedWords(group)[0], prefix });
      else for (const run of group) found.push({ ...base, runs: [run], prefix: prefix && run === group[group.length - 1] });
      start = to + 1;
    }
  }
  return found;
}

/** Some pairs of a run, the first and the last among them; a long run's others are
   not needed to find it.
   @param {Token[]} tokens */
function sample(tokens) {
  const pairs = tokens.filter((token) => token.bigram || token.word);
  return pairs.filter((token, at) => at % STRIDE === 0 || at === pairs.length - 1 || token.word);
}

/** The same clauses, the long ones of a long query marked to be asked in part;
   `null` if there are none.
   @param {QueryClause[]} all
   @returns {QueryClause[] | null} */
function sampled(all) {
  /** @param {QueryClause} clause */
  const length = (clause) => clause.runs.reduce((sum, run) => sum + [...run.text].length, 0);
  if (all.reduce((sum, clause) => sum + length(clause), 0) <= LONG_QUERY) return null;
  const marked = all.map((clause) => ({ ...clause, sampled: !clause.joined && !clause.negated && clause.runs.length === 1 && length(clause) >= LONG_RUN }));
  return marked.some((clause) => clause.sampled) ? marked : null;
}

export { parse, toClauses, sample, sampled };
