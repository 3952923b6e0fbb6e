/* The query language: words, `"exact phrases"`, `-negated` and `title:word`.
   src/search/query.rs is the same for the command line. */
/** @import { Run, Token } from "./search-text.js" */
/** @import { Postings } from "./search-postings.js" */
/** @import { Limits } from "./search-index.js" */
/** A word, several without spaces between them, or a quoted phrase; `section` is the number of a section
    that it is (§4.2), `others` other forms of a date or an amount.
    @typedef {{ runs: Run[], exact: boolean, negated: boolean, title: boolean, open: boolean, section?: string, others?: string[] }} QueryTerm */
/** A condition that a chapter must satisfy to match the query. What follows `sampled` is set when
    it is looked up.
    @typedef {object} QueryClause
    @property {Run[]} runs
    @property {boolean} exact whether it must occur as typed
    @property {boolean} [negated] whether chapters that match are left out
    @property {boolean} title whether only titles count
    @property {boolean} prefix whether its last word may be the prefix of a longer one
    @property {string} [joined] the words that marks join, as one word; or a word with its signs
    @property {boolean} [signed] whether `joined` has signs, which tell it from the plain word
    @property {string} [reference] the label of a clause that is asked for behind a title or an id
    @property {string[]} [others] other forms of a date, an amount or a name that it is, as runs with spaces between them
    @property {boolean} [sampled] whether only a sample of its bigrams is looked up
    @property {Token[][]} [tokens] of each run
    @property {Map<string, Postings>} [lists] by token
    @property {Map<string, { verified: boolean, marks: Uint8Array }>} [trigrams]
    @property {QueryClause[]} [synonyms]
    @property {string[]} [corrected] words that were found instead of one with a typing error */
import * as text from "./search-text.js";
import { expressionAt } from "./search-expressions.js";
import { atEnd, labelOf, sectionAt } from "./search-clause-number.js";

/** Parses a query. The last word may be the prefix of a longer one, unless a space follows it. One `-`
   before a term excludes it, if another term stands before; other dashes are text.
   @param {string} query
   @param {boolean} [prefix]
   @returns {QueryTerm[]} */
function parse(query, prefix) {
  /** @type {QueryTerm[]} */
  const terms = [];
  const pattern = /(-)?(title:|title：|标题:|标题：|標題:|標題：)?(?:"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|([^\s"“「]+))/giu;
  const source = query.normalize("NFC");
  let match, end = 0;
  for (;;) {
    const start = source.length - source.slice(pattern.lastIndex).trimStart().length, found = start < source.length ? expressionAt(source.slice(start)) : null;
    if (found) {
      end = pattern.lastIndex = start + found.length;
      terms.push({ runs: text.runs(text.fold(source.slice(start, end))), exact: false, negated: false, title: false, open: false, others: found.forms });
      continue;
    }
    if (!(match = pattern.exec(source))) break;
    const quoted = match[3] ?? match[4] ?? match[5], exact = quoted !== undefined;
    const negated = Boolean(match[1]) && terms.length > 0 && source[match.index + 1] !== "-";
    const section = exact || negated ? null : sectionAt(source.slice(match.index + (match[2] || "").length));
    if (section) pattern.lastIndex = match.index + (match[2] || "").length + section.length;
    const runs = text.runs(section ? section.number : text.fold(quoted ?? match[6]));
    if (!runs.length) continue;
    end = pattern.lastIndex;
    terms.push({ runs, exact, negated, title: Boolean(match[2]), open: false, section: section?.number });
  }
  const last = terms[terms.length - 1];
  if (last && prefix !== false && !last.exact && !last.negated && end === source.length) last.open = true;
  return terms;
}

/** Makes clauses of terms: one of each quoted phrase, of each run, and of all words that marks
   join.
   @param {QueryTerm[]} terms
   @returns {QueryClause[]} */
function toClauses(terms) {
  const found = terms.flatMap(clausesOf);
  addNames(found);
  return found;
}

/** Adds that a name of letters and digits may be written with a space or without: ISO 9001.
   @param {QueryClause[]} clauses */
function addNames(clauses) {
  const words = clauses.map(({ runs: [run, ...rest], exact }) => rest.length || exact || run.segments.length > 1 ? "" : run.text);
  words.forEach((word, i) => {
    const parts = /^([a-z]{2,})([0-9]{2,})$/.exec(word), next = words[i + 1] || "";
    /** @param {QueryClause} clause @param {string} name */
    const add = (clause, name) => { clause.others = [...clause.others || [], name]; };
    if (parts) add(clauses[i], parts[1] + " " + parts[2]);
    if (/^[a-z]{2,}$/.test(word) && /^[0-9]{2,}$/.test(next)) for (const clause of [clauses[i], clauses[i + 1]]) add(clause, word + next);
  });
}

/** @param {QueryTerm} term
   @returns {QueryClause[]} */
function clausesOf(term) {
  const base = { exact: term.exact || term.negated, negated: term.negated, title: term.title, prefix: false };
  if (base.exact) return [{ ...base, runs: term.runs }];
  if (term.section) return [{ ...base, exact: true, runs: term.runs, reference: term.section }];
  if (term.others) {
    const prefix = term.open && !term.runs[term.runs.length - 1].segments.slice(-1)[0].unsegmented;
    return [{ ...base, runs: term.runs, prefix, others: term.others }];
  }
  const runs = term.runs.flatMap(splitReference);
  /** @type {QueryClause[]} */
  const found = [];
  for (let start = 0; start < runs.length;) {
    let last = start;
    while (runs[last].joinsNext && last + 1 < runs.length) last++;
    const group = runs.slice(start, last + 1);
    const words = group.every((run) => run.segments.length === 1 && !run.segments[0].unsegmented);
    const prefix = term.open && last === runs.length - 1 && !group[group.length - 1].segments.slice(-1)[0].unsegmented;
    if (group.length > 1 && words) found.push({ ...base, runs: group, joined: text.joinedWords(group)[0], prefix });
    else for (const run of group) found.push(alone(run, { ...base, prefix: prefix && run === group[group.length - 1] }));
    start = last + 1;
  }
  return found;
}

/** Makes runs of their own of a clause number at the end of a run.
   @param {Run} run
   @returns {Run[]} */
function splitReference(run) {
  const found = atEnd(run.text);
  return found && found.start > 0 ? [...text.runs(run.text.slice(0, found.start)), ...text.runs(found.number)] : [run];
}

/** A clause of one run.
   @param {Run} run
   @param {Omit<QueryClause, "runs">} base
   @returns {QueryClause} */
function alone(run, base) {
  const joined = text.nameOf(run) || undefined;
  const found = atEnd(run.text);
  if (!found || found.start > 0) return { ...base, runs: [run], joined, signed: Boolean(joined) };
  const reference = labelOf(found.number);
  return { ...base, runs: text.runs(reference), reference };
}

/** A sample of a run: its words, and some of its bigrams, the first and the last among them.
   @param {Token[]} tokens
   @param {Limits} limits */
function sample(tokens, limits) {
  const kept = tokens.filter((token) => token.bigram || token.word);
  const last = kept.length - 1, parts = Math.max(1, limits.sampledBigrams - 1);
  const places = new Set(Array.from({ length: parts + 1 }, (_, part) => Math.floor(part * last / parts)));
  return kept.filter((token, i) => places.has(i) || token.word);
}

/** The same clauses, with the long ones of a long query sampled; `null` if there are none.
   @param {QueryClause[]} clauses
   @param {Limits} limits
   @returns {QueryClause[] | null} */
function sampled(clauses, limits) {
  /** @param {QueryClause} clause */
  const length = (clause) => clause.runs.reduce((sum, run) => sum + [...run.text].length, 0);
  if (clauses.reduce((sum, clause) => sum + length(clause), 0) <= limits.longQuery) return null;
  const found = clauses.map((clause) => ({
    ...clause, sampled: !clause.joined && !clause.negated && clause.runs.length === 1 && length(clause) >= limits.longRun,
  }));
  return found.some((clause) => clause.sampled) ? found : null;
}

export { parse, toClauses, sample, sampled };
