/* What in a query only asks: 「试用期最长多久」 asks for 试用期. src/search/question.rs has the lists, which
   the manifest carries, and reads a query in the same way. */

import { fold, holdsTerm } from "./search-text.js";

/** @import { Segment, Term } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** Words that ask, that ask at the end only, and that say nothing in a question; characters that say
    nothing right before a word that asks. Of other scripts: words that ask at the beginning, and that say
    nothing, and those of them by which one speaks of oneself. What is in a query that asks for a number. What asks for something, and words of an answer. Signs of clauses that answer
    few questions, and words of those questions. The longest Chinese word has `longest` characters.
    A query of more than `telling` words asks too, and one of three in which one speaks of oneself; and one of `scattered` that the best chapter has far apart.
    @typedef {{ asking: string[], ending: string[], helping: string[], leading: string, opening: string[],
      filling: string[], speaking: string[], counting: string[], cues: [string[], string[]][], formal: [string[], string[]][], longest: number, telling: number, scattered: number }} QuestionWords */

/** Whether a query asks, and for a number; signs of a clause that does not answer it; words of an answer, for each thing that is asked for; for each clause, for each character of its runs, whether it says
    nothing.
    @typedef {{ asks: boolean, asksNumber: boolean, formal: string[], answers: Term[][], idle: boolean[][] }} Question */

/** @param {QuestionWords} words
   @param {string} query
   @param {QueryClause[]} clauses
   @returns {Question} */
function readQuestion(words, query, clauses) {
  const speaks = clauses.length > 2 && clauses.some(({ runs }) => runs.some((run) => words.speaking.includes(run.text)));
  let asks = /[?？]$/u.test(query.trimEnd()) || clauses.length > words.telling || speaks;
  const idle = clauses.map((clause, i) => {
    /** @type {boolean[]} */
    const found = [];
    if (clause.exact || clause.title) return found;
    for (const segment of clause.runs.flatMap((run) => run.segments)) asks = readSegment(words, segment, i === 0, found) || asks;
    return found;
  });
  const folded = fold(query);
  /** @param {string} word */
  const term = (word) => ({ text: word, prefix: false });
  const answers = words.cues.filter(([asking]) => asking.some((word) => holdsTerm(folded, term(word)))).map((cue) => cue[1].map(term));
  const formal = words.formal.flatMap(([signs, asking]) => asking.some((word) => folded.includes(word)) ? [] : signs);
  return { asks, answers, formal, asksNumber: asks && words.counting.some((word) => folded.includes(word)), idle };
}

/** Adds whether each character of a segment says nothing. Returns whether the segment asks.
   @param {QuestionWords} words
   @param {Segment} segment
   @param {boolean} opens
   @param {boolean[]} idle */
function readSegment(words, { unsegmented, characters }, opens, idle) {
  const base = idle.length, count = characters.length;
  for (let i = 0; i < count; i++) idle.push(false);
  if (!unsegmented) {
    const word = characters.join(""), isOpening = words.opening.includes(word);
    if (isOpening || words.filling.includes(word)) idle.fill(true, base);
    return isOpening && opens;
  }
  let asks = false;
  for (let start = 0; start < count;) {
    let length = Math.min(words.longest, count - start), isAsking = false;
    for (; length; length--) {
      const word = characters.slice(start, start + length).join("");
      isAsking = words.asking.includes(word) || (start > 0 && start + length === count && words.ending.includes(word));
      if (isAsking || words.helping.includes(word)) break;
    }
    if (!length) { start++; continue; }
    idle.fill(true, base + start, base + start + length);
    if (isAsking) {
      asks = true;
      if (start > 0 && words.leading.includes(characters[start - 1])) idle[base + start - 1] = true;
    }
    start += length;
  }
  return asks;
}

export { readQuestion };
