/* What a query may have been meant for that finds nothing, or not all of it, and the parts of one that do stand
   somewhere. src/search/suggest.rs does the same for the command line. */
import * as text from "./search-text.js";
import { EMPTY } from "./search-postings.js";
import { readings } from "./search-fuzzy.js";
import { readQuestion } from "./search-question.js";

/** @import { Run, Segment } from "./search-text.js" */
/** @import { Matcher } from "./search-match.js" */
/** @import { QueryClause } from "./search-query.js" */

/** The query with letters set apart from the characters that they touch, where no text has them as a word:
   pinyin, as in chailu标准; "" where there are none.
   @param {Matcher} matcher
   @param {string} query
   @param {QueryClause[]} clauses */
async function apart({ index }, query, clauses) {
  const normal = query.normalize("NFC");
  let found = normal;
  for (const run of clauses.filter(({ exact }) => !exact).flatMap((clause) => clause.runs)) {
    if (run.segments.length < 2) continue;
    const words = run.segments.map(({ characters }) => characters.join("")), letters = words.filter((word) => /^[a-z]{2,}$/.test(word));
    const lists = await Promise.all(letters.map((word) => index.word(word)));
    if (lists.includes(EMPTY)) found = replaced(found, [...run.text], [...words.join(" ")]);
  }
  return found === normal ? "" : found;
}

/** What a query may have been meant for; "" if nothing.
   @param {Matcher} matcher
   @param {string} query
   @param {QueryClause[]} clauses */
async function suggestionFor(matcher, query, clauses) {
  const normal = query.normalize("NFC"), loose = clauses.filter(({ exact }) => !exact);
  const question = readQuestion(matcher.index.questionWords, query, loose);
  /* A long question is found by most of it, and has words that no rule has. */
  const isLong = question.asks && question.idle.flat().filter((idle) => !idle).length > matcher.index.manifest.limits.longQuery;
  let found = normal;
  for (const [number, clause] of loose.entries()) {
    let start = 0;
    const isWord = clause.runs.length === 1 && clause.runs[0].segments.length === 1;
    for (const { unsegmented, characters } of clause.runs.flatMap((run) => run.segments)) {
      const first = start;
      const { leading } = matcher.index.questionWords;
      /** @param {number} at */
      const says = (at) => !(question.asks && (question.idle[number][first + at] || leading.includes(characters[at])));
      const meant = unsegmented ? !isLong && await resounded(matcher, characters, says, question.asks)
        : isWord ? await respelled(matcher, clause, characters.join("")) : null;
      if (meant) found = replaced(found, characters, meant);
      start += characters.length;
    }
  }
  return found === normal ? "" : found;
}

/** Characters with those replaced that stand beside none of their neighbours in any text, by ones that sound
   alike and do.
   @param {Matcher} matcher
   @param {string[]} typed
   @param {(at: number) => boolean} says
   @param {boolean} asks
   @returns {Promise<string[] | null>} */
async function resounded({ index }, typed, says, asks) {
  const count = typed.length;
  /** Whether a character and the next one stand in some text. @param {number} at */
  const isKnown = async (at) => at >= 0 && at + 1 < count && await index.pair(typed[at] + typed[at + 1]) !== EMPTY;
  /* Pairs of what says something have been looked up; others are only where these do not stand. */
  const loose = await Promise.all(typed.map(async (_, at) => {
    /* What stands alone between words that only ask need not stand beside them, nor in a question, where words meet
       that no rule has together, beside one that stands with its other neighbour. */
    if (!says(at) || !((at > 0 && says(at - 1)) || (at + 1 < count && says(at + 1)))) return false;
    const neighbours = [at - 1, at].sort((a, b) => Number(says(b) && says(b + 1)) - Number(says(a) && says(a + 1)));
    if (await isKnown(neighbours[0]) || await isKnown(neighbours[1])) return false;
    return !asks || (at > 0 && says(at - 1) && !await isKnown(at - 2)) || (at + 1 < count && says(at + 1) && !await isKnown(at + 1));
  }));
  /* So many are no typing errors, but words that no text has. */
  const number = loose.filter(Boolean).length;
  if (count < 2 || !number || number > index.manifest.limits.looseCharacters) return null;
  const meant = typed.slice(), isNew = typed.map(() => false), { sounds } = index;
  for (let at = 0; at < count; at++) {
    if (!loose[at] || (at > 0 && isNew[at - 1])) continue;
    /** Characters, with the number of sides on which they fit. @type {Map<string, number>} */
    const fitting = new Map();
    /** @param {string} character */
    const add = (character) => fitting.set(character, (fitting.get(character) || 0) + 1);
    if (at > 0) for (const [a, b] of await sounds.alike(meant[at - 1], meant[at])) if (a === meant[at - 1] && b !== meant[at]) add(b);
    if (at + 1 < count) for (const [a, b] of await sounds.alike(meant[at], meant[at + 1])) if (b === meant[at + 1] && a !== meant[at]) add(a);
    const most = Math.max(...fitting.values()), best = [...fitting.keys()].find((character) => fitting.get(character) === most);
    if (best) { meant[at] = best; isNew[at] = true; }
  }
  const changed = isNew.filter(Boolean).length;
  return changed > 0 && changed * 2 <= Math.max(count, 4) ? meant : null;
}

/** The word that letters were typed for: one with one letter more, less or else, or characters by their pinyin.
   @param {Matcher} matcher
   @param {QueryClause} clause
   @param {string} word
   @returns {Promise<string[] | null>} */
async function respelled(matcher, clause, word) {
  const matches = await matcher.match({ ...clause }), corrected = matches.clause.corrected || [];
  const counted = await Promise.all(corrected.map(async (other) =>
    ({ other, count: matcher.chaptersOf(await matcher.index.word(other)).filter(Boolean).length })));
  if (counted.length) return [...counted.sort((a, b) => b.count - a.count || (a.other < b.other ? -1 : 1))[0].other];
  return /^[a-z]{4,}$/.test(word) && !matches.count ? pronounced(matcher, word.replace(/v/g, "u")) : null;
}

/** Characters of the texts by their syllables.
   @param {Matcher} matcher
   @param {string} word
   @returns {Promise<string[] | null>} */
async function pronounced({ index }, word) {
  const known = await index.syllables();
  for (const syllables of readings(index, word, known)) {
    if (syllables.length < 2 || !syllables.every((syllable) => known.has(syllable))) continue;
    let all = /** @type {string[] | null} */ ([]);
    for (let at = 0; all && at < syllables.length; at += 2) {
      const isPair = at + 1 < syllables.length, pairs = await index.sounds.find(syllables[isPair ? at : at - 1] + syllables[isPair ? at + 1 : at]);
      const last = all[all.length - 1];
      /** @type {string | undefined} */
      const pair = isPair ? pairs[0] : pairs.find((one) => [...one][0] === last);
      all = pair ? [...all, ...[...pair].slice(isPair ? 0 : 1)] : null;
    }
    if (all) return all;
  }
  return null;
}

/** The parts of a query that stand somewhere, the longest ones.
   @param {Matcher} matcher
   @param {string} query
   @param {QueryClause[]} clauses */
async function standingParts(matcher, query, clauses) {
  /** @type {string[]} */
  const parts = [], alone = /** @type {string[]} */ ([]);
  for (const run of clauses.filter(({ negated }) => !negated).flatMap((clause) => clause.runs)) {
    if (await stands(matcher, [run])) parts.push(run.text);
    else for (const segment of run.segments) await addStretches(matcher, segment, parts, alone);
  }
  const whole = text.fold(query).trim();
  return [...new Set(parts.length ? parts : alone)].filter((part) => part !== whole);
}

/** @param {Matcher} matcher
   @param {Run[]} runs */
async function stands(matcher, runs) {
  const found = await matcher.together(runs);
  return found.text.length + found.title.length + found.head.length > 0;
}

/** Adds the longest stretches of a segment that stand somewhere, and its characters that do.
   @param {Matcher} matcher
   @param {Segment} segment
   @param {string[]} parts
   @param {string[]} alone */
async function addStretches(matcher, { unsegmented, characters }, parts, alone) {
  const { index } = matcher;
  if (!unsegmented) {
    const word = text.truncateWord(characters.join(""));
    if (await index.word(word) !== EMPTY) parts.push(characters.join(""));
    return;
  }
  for (let start = 0; start < characters.length;) {
    let end = start + 1;
    while (end < characters.length && await stands(matcher, text.runs(characters.slice(start, end + 1).join("")))) end++;
    if (end > start + 1) parts.push(characters.slice(start, end).join(""));
    else if (await index.bigram(characters[start]) !== EMPTY) alone.push(characters[start]);
    start = end;
  }
}

/** A text in normal form C with the first place that folds to some characters written otherwise. Characters
   that stay the same stay as they were typed.
   @param {string} line
   @param {string[]} from
   @param {string[]} to */
function replaced(line, from, to) {
  const typed = [...line], folded = typed.flatMap((character, place) => [...text.fold(character)].map((one) => ({ one, place })));
  /** @param {string | undefined} character */
  const isWord = (character) => character !== undefined && text.classOf(character) === text.WORD;
  /** @param {number} at */
  const one = (at) => folded[at] && folded[at].one;
  const start = folded.findIndex((_, at) => from.every((character, i) => one(at + i) === character) &&
    !(isWord(from[0]) && isWord(one(at - 1))) && !(isWord(from[from.length - 1]) && isWord(one(at + from.length))));
  if (start < 0) return line;
  const first = folded[start].place, last = folded[start + from.length - 1].place;
  const isSame = from.length === to.length && last - first + 1 === from.length;
  const written = isSame ? to.map((character, i) => character === from[i] ? typed[first + i] : character) : to;
  return [...typed.slice(0, first), ...written, ...typed.slice(last + 1)].join("");
}

export { apart, suggestionFor, standingParts };
