/* The units of a query by which coverage is scored: pairs of characters, words and names, each with the
   places that hold it, or another word for it. src/search/coverage_units.rs is the same for the command
   line. */
import * as text from "./search-text.js";
import { otherNumerals } from "./search-clause-number.js";
import { amountsIn } from "./search-numbers.js";
import { EMPTY } from "./search-postings.js";
import { prefixPostings } from "./search-fuzzy.js";

/** @import { Run, Term, Token } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Matcher } from "./search-match.js" */
/** @import { Question } from "./search-question.js" */
/** @import { Postings } from "./search-postings.js" */
/** Runs that must all stand in a text, and how well that fits.
    @typedef {{ runs: Term[], value: number }} Needle */
/** A pair of characters, a character or a word of a query: its weight, at first what it counts alone;
    whether it is wholly what is asked for; whether it overlaps the unit before it; where it stands and how
    well.
    @typedef {object} Unit
    @property {number} weight
    @property {number} start its place in the query
    @property {number} end
    @property {boolean} whole
    @property {boolean} follows
    @property {Map<number, number>} text
    @property {Map<number, number>} title
    @property {Map<number, number>} head
    @property {Set<number>} [firm] the chapters that hold it by more than what an everyday word stands for, if it has
      such words
    @property {Needle[]} needles */
/** A character of the query, the units that it is part of, and its posting list.
    @typedef {{ character: string, units: number[], postings: Postings }} Character */
/** @typedef {{ start: number, run: Run, clause: QueryClause, isLast: boolean }} PlacedRun */
/** The characters of the query's loose clauses, their runs with a space between them.
    @typedef {{ characters: string[], idle: boolean[], runs: PlacedRun[] }} Layout */
/** A unit to be looked up, with its place in the query.
    @typedef {{ token: Token, start: number, end: number, whole: boolean, cut: boolean, endsRun: boolean }} Wanted */
/** @typedef {{ start: number, end: number }} Stretch */
/** Another word for a stretch of the query.
    @typedef {{ start: number, end: number, runs: Run[], postings: Postings, value: number, directed: boolean }} Expansion */

/** @param {QueryClause[]} clauses
   @param {Question} question
   @returns {Layout} */
function layOut(clauses, question) {
  /** @type {Layout} */
  const layout = { characters: [], idle: [], runs: [] };
  clauses.forEach((clause, number) => {
    if (clause.exact || clause.title) return;
    let next = 0;
    clause.runs.forEach((run, i) => {
      layout.runs.push({ start: layout.characters.length, run, clause, isLast: i === clause.runs.length - 1 });
      for (const character of run.segments.flatMap((segment) => segment.characters)) {
        layout.characters.push(character);
        layout.idle.push(question.idle[number][next++]);
      }
      layout.characters.push(" ");
      layout.idle.push(true);
    });
  });
  /* A query of nothing but such words asks for them. */
  if (layout.idle.every(Boolean)) layout.idle = layout.characters.map((character) => character === " ");
  return layout;
}

/** @param {string | undefined} character */
const isWord = (character) => character !== undefined && text.classOf(character) === text.WORD;
/** @param {string | undefined} character */
const isUnsegmented = (character) => character !== undefined && text.classOf(character) === text.UNSEGMENTED;

/** Where some characters occur; words of Latin letters as a whole.
   @param {Layout} layout
   @param {string[]} wanted */
function occurrencesOf({ characters }, wanted) {
  const begins = isWord(wanted[0]), ends = isWord(wanted[wanted.length - 1]), found = [];
  for (let start = 0; start + wanted.length <= characters.length; start++) {
    if (!wanted.every((character, i) => character === characters[start + i])) continue;
    if (begins && start > 0 && isWord(characters[start - 1])) continue;
    if (ends && isWord(characters[start + wanted.length])) continue;
    found.push(start);
  }
  return found;
}

/** Where a term occurs, its last word in any form.
   @param {Layout} layout
   @param {string} term */
function placesOf(layout, term) {
  const wanted = [...term], { characters } = layout;
  const found = occurrencesOf(layout, wanted).map((start) => ({ start, end: start + wanted.length }));
  let length = 0;
  while (isWord(wanted[wanted.length - 1 - length])) length++;
  const last = wanted.slice(wanted.length - length).join(""), before = wanted.slice(0, wanted.length - length);
  for (let start = before.length; length && start < characters.length; start++) {
    if (!isWord(characters[start]) || isWord(characters[start - 1])) continue;
    let end = start;
    while (isWord(characters[end])) end++;
    const isAfter = before.every((character, i) => character === characters[start - before.length + i]);
    if (isAfter && stemsOf(characters.slice(start, end).join("")).slice(1).includes(last)) found.push({ start: start - before.length, end });
  }
  return found;
}

/** The stretches that say something, to be marked.
   @param {Layout} layout
   @returns {Term[]} */
function termsOf(layout) {
  /** @type {Term[]} */
  const terms = [];
  for (const { start: first, run, clause, isLast } of layout.runs) {
    let start = first;
    for (const { characters, unsegmented } of run.segments) {
      const prefix = clause.prefix && isLast && !unsegmented;
      let stretch = "";
      characters.forEach((character, i) => {
        if (!layout.idle[start + i]) stretch += character;
        if (stretch && (layout.idle[start + i] || i === characters.length - 1)) { terms.push({ text: stretch, prefix }); stretch = ""; }
      });
      start += characters.length;
    }
    if (clause.joined) terms.push({ text: clause.joined, prefix: false });
  }
  return terms;
}

/** The units of a run, in order.
   @param {PlacedRun} placed
   @param {Layout} layout
   @param {Stretch[]} words where known words stand: a pair that reaches over the end of one is an accident
   @param {Expansion[]} expansions
   @returns {Wanted[]} */
function wantedOf({ start: first, run, clause, isLast }, { characters, idle }, words, expansions) {
  /** @type {Wanted[]} */
  const found = [];
  const runEnd = first + run.segments.reduce((sum, segment) => sum + segment.characters.length, 0);
  /** @param {Token} token @param {number} start @param {number} end @param {boolean} isWhole */
  const add = (token, start, end, isWhole) => {
    const count = idle.slice(start, end).filter(Boolean).length;
    if (count === end - start) return;
    const isInside = words.some((word) => word.start <= start && end <= word.end);
    const isCut = words.some((word) => (start < word.start && word.start < end) || (start < word.end && word.end < end));
    const isMeant = isWhole && !count, whole = isMeant && (isInside || !isCut);
    found.push({ token, start, end, whole, cut: isMeant && !whole, endsRun: end === runEnd });
  };
  let start = first;
  run.segments.forEach((segment, i) => {
    const all = segment.characters, end = start + all.length;
    /* Where a word meets an unsegmented script. */
    if (i) add({ bigram: characters[start - 1] + all[0] }, start - 1, start + 1, false);
    if (!segment.unsegmented) add({ word: text.wordOf(segment) }, start, end, true);
    else for (let at = 0; at < all.length; at++) {
      const before = at === 0 || idle[start + at - 1], behind = at + 1 === all.length || idle[start + at + 1];
      const place = start + at, isOwn = expansions.some((word) => word.start === place && word.end === place + 1);
      /* A character that is a word is in no pair; one between others that say nothing is all that is left. */
      if (isOwn || (before && behind)) add({ bigram: all[at] }, place, place + 1, isOwn);
      if (at + 1 < all.length) add({ bigram: all[at] + all[at + 1] }, start + at, start + at + 2, true);
    }
    start = end;
  });
  if (clause.joined && isLast) add({ word: clause.joined }, first, runEnd, false);
  return found;
}

/** Other words for stretches of the query: synonyms, and numbers in other numerals; and where known words
   stand.
   @param {Matcher} matcher
   @param {Layout} layout
   @returns {Promise<{ expansions: Expansion[], words: Stretch[] }>} */
async function expansionsOf(matcher, layout) {
  const { index, weights } = matcher;
  /** @type {{ start: number, end: number, others: string[], value: number, directed?: boolean }[]} */
  const found = [];
  for (const { terms, standing, directed } of await index.synonyms.in(layout.characters, layout.idle, stemsOf)) {
    for (const term of terms) {
      const others = standing.filter((other) => other && other !== term);
      for (const place of term ? placesOf(layout, term) : []) if (!layout.idle[place.start]) found.push({ ...place, others, value: directed ? weights.everyday : weights.synonym, directed });
    }
  }
  for (const amount of amountsIn(layout.characters)) found.push({ ...amount, value: weights.synonym });
  for (const { start, run, clause, isLast } of layout.runs) {
    const end = start + [...run.text].length;
    if (isLast && clause.others) found.push({ start: end + 1 - clause.runs.reduce((sum, { text: own }) => sum + [...own].length + 1, 0), end, others: clause.others, value: weights.synonym });
  }
  for (const { start, run, clause } of layout.runs) {
    const other = clause.reference ? otherNumerals(clause.reference) : "";
    if (other) found.push({ start, end: start + [...run.text].length, others: [other], value: weights.phrase });
  }
  /* A word within a longer one that has synonyms means something else there; not so within a mere way of saying it. */
  const outer = found.filter(({ start, end }) => !found.some((other) => !other.directed &&
    other.start <= start && end <= other.end && other.end - other.start > end - start));
  const expansions = await Promise.all(outer.flatMap(({ start, end, others, value, directed = false }) => others.map(async (other) => {
    const runs = text.runs(other);
    return { start, end, runs, postings: runs.length ? await matcher.together(runs) : EMPTY, value, directed };
  })));
  return {
    expansions: expansions.filter(({ postings }) => postings.text.length + postings.title.length + postings.head.length > 0),
    /* A character that is a word may also be part of one that is not known. */
    words: found.filter(({ start, end }) => end > start + 1),
  };
}

const ENDINGS = ["s", "es", "d", "ed", "ing"];

/** What an English word may be a form of, itself first.
   @param {string} word */
function stemsOf(word) {
  const stems = [word];
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return stems;
  for (const ending of ENDINGS) {
    const stem = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || stem.length < 3) continue;
    stems.push(stem);
    if (ending === "ing") stems.push(stem + "e");
    if (ending.length > 1 && stem[stem.length - 1] === stem[stem.length - 2]) stems.push(stem.slice(0, -1));
  }
  if (/ie[sd]$/.test(word) && word.length > 4) stems.push(word.slice(0, -3) + "y");
  return stems;
}

/** Other forms of an English word. A form that no chapter holds does no harm.
   @param {string} word */
function inflections(word) {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return [];
  const stems = stemsOf(word), forms = [...stems];
  for (const stem of stems) {
    for (const ending of ENDINGS) forms.push(stem + ending);
    if (stem.endsWith("e")) forms.push(stem.slice(0, -1) + "ing");
    if (stem.endsWith("y")) forms.push(stem.slice(0, -1) + "ies", stem.slice(0, -1) + "ied");
    /* Some double their last letter: `n` of `plan`. */
    const last = stem[stem.length - 1];
    if (/[aeiou][^aeiouwxy]$/.test(stem)) forms.push(stem + last + "ed", stem + last + "ing");
  }
  return [...new Set(forms)].filter((form) => form !== word);
}

/* Endings that make a noun of a verb, or an adjective; what the other word ends with in their place; and how many
   letters the part that both have has at least: those of src/search/inflection.rs. */
/** @type {[string, string, number][]} */
const DERIVED = [["ication", "y", 3], ["ation", "e", 4], ["ation", "", 4], ["ion", "e", 5], ["ion", "", 5], ["ment", "", 3], ["ement", "e", 3], ["al", "", 5],
  ["al", "e", 4], ["ance", "", 5], ["ance", "e", 4], ["ence", "", 5], ["able", "", 4], ["able", "e", 4], ["bility", "ble", 3], ["ity", "e", 4], ["ness", "", 3]];

/** English words that are made of a word by another ending, or of which it is made: promotion for promoted.
   @param {string} word */
function derivations(word) {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return [];
  /** @type {string[]} */
  const forms = [];
  for (const stem of stemsOf(word)) {
    for (const [long, short, least] of DERIVED) {
      /** @param {string} from @param {string} to */
      const other = (from, to) => stem.endsWith(from) && stem.length - from.length >= least ? stem.slice(0, stem.length - from.length) + to : "";
      const origin = other(long, short), derived = other(short, long);
      if (origin) forms.push(...inflections(origin), origin);
      if (derived) forms.push(derived + "s", derived);
    }
  }
  const known = new Set([word, ...inflections(word)]);
  return [...new Set(forms)].filter((form) => !known.has(form));
}

/** The unsegmented characters that say something, of those that are not very frequent: the lists of others are long,
   and say little.
   @param {Matcher} matcher
   @param {Layout} layout
   @param {Unit[]} units
   @returns {Promise<Character[]>} */
async function charactersOf({ index }, { characters, idle }, units) {
  /** @type {Map<string, Set<number>>} */
  const found = new Map();
  characters.forEach((character, at) => {
    const next = characters[at + 1];
    if (idle[at] || !isUnsegmented(character) || !isUnsegmented(next)) return;
    if (!found.has(character)) found.set(character, new Set());
    units.forEach(({ start, end }, number) => { if (start <= at && at < end) found.get(character)?.add(number); });
  });
  const wanted = [...found].filter(([character]) => index.isTelling(character));
  return Promise.all(wanted.map(async ([character, own]) => ({ character, units: [...own], postings: await index.bigram(character) })));
}

/** Weighs a pair less that reaches from one word into the next: it stands in fewer chapters than both
   its neighbours. And a character that is a word, where it is in a pair that many chapters have: 交 in 交通.
   @param {Matcher} matcher
   @param {{ wanted: Wanted, unit: Unit }[]} looked of a run */
function loosen({ index: { chapterOf, count }, weights }, looked) {
  const counts = looked.map(({ unit }) => new Set([...unit.text.keys()].map((passage) => chapterOf[passage])).size);
  looked.forEach(({ wanted, unit }, i) => {
    const { token, whole, start, end } = wanted;
    if (whole && token.bigram && end === start + 1) {
      const most = looked.reduce((max, { wanted: other }, j) => i !== j && other.start <= start && start < other.end ? Math.max(max, counts[j]) : max, 0);
      if (most > count * weights.closestRare) { wanted.whole = unit.whole = false; unit.weight = weights.closestEdge; }
      return;
    }
    const before = looked[i - 1], behind = looked[i + 1];
    if (!token.bigram || !whole || !before || !behind) return;
    if (before.wanted.end - 1 !== start || behind.wanted.start !== start + 1) return;
    if (counts[i] < counts[i - 1] && counts[i] < counts[i + 1]) unit.weight *= weights.closestLoose;
  });
}

/** Looks up the units of a query.
   @param {Matcher} matcher
   @param {QueryClause[]} clauses
   @param {Question} question */
async function unitsOf(matcher, clauses, question) {
  const layout = layOut(clauses, question), { expansions, words } = await expansionsOf(matcher, layout);
  const terms = termsOf(layout);
  for (const { runs } of expansions) terms.push(...runs.map((run) => ({ text: run.text, prefix: false })));
  const looked = await Promise.all(layout.runs.map((placed) =>
    Promise.all(wantedOf(placed, layout, words, expansions).map(async (wanted) => ({ wanted, unit: await unitOf(matcher, wanted, placed, expansions) })))));
  /** @type {Unit[]} */
  const units = [];
  /* For each character that belongs to no whole unit, but stands beside a known word, the pairs that it makes:
     换 in 换一次. */
  /** @type {number[][]} */
  const beside = [];
  let allStand = true;
  for (const own of looked) {
    loosen(matcher, own);
    /** @type {Map<number, number[]>} */
    const pairs = new Map();
    for (const { wanted: { cut, start, end } } of own) {
      for (let at = start; cut && at < end; at++) if (!own.some(({ wanted }) => wanted.whole && wanted.start <= at && at < wanted.end)) pairs.set(at, []);
    }
    let before = -1;
    for (const { wanted, unit } of own) {
      unit.follows = before === wanted.start;
      const stands = unit.text.size + unit.title.size + unit.head.size > 0;
      if (!stands && unit.whole) allStand = false;
      before = stands ? wanted.end - 1 : -1;
      if (!stands) continue;
      for (let at = wanted.start; wanted.cut && at < wanted.end; at++) pairs.get(at)?.push(units.length);
      units.push(unit);
    }
    for (const found of pairs.values()) {
      if (!found.length) allStand = false;
      beside.push(found);
    }
  }
  return { units, characters: await charactersOf(matcher, layout, units), allStand, beside, terms, hasExpansions: expansions.length > 0 };
}

/** @param {Matcher} matcher
   @param {Wanted} wanted
   @param {PlacedRun} placed
   @param {Expansion[]} expansions
   @returns {Promise<Unit>} */
async function unitOf(matcher, { token, start, end, whole, cut, endsRun }, { clause, isLast }, expansions) {
  const { index, weights } = matcher;
  /** @type {Unit} */
  const unit = { weight: whole ? 1 : weights.closestEdge, start, end, whole, follows: false, text: new Map(), title: new Map(), head: new Map(), needles: [] };
  /** @param {Map<number, number>} map @param {Iterable<number>} ids @param {number} value */
  const raise = (map, ids, value) => { for (const id of ids) map.set(id, Math.max(map.get(id) || 0, value)); };
  /** @param {Postings} postings @param {Term[]} runs @param {number} value */
  const add = (postings, runs, value) => {
    raise(unit.text, postings.text, value);
    raise(unit.title, postings.title, value);
    raise(unit.head, postings.head, value);
    unit.needles.push({ runs, value });
  };
  const { word } = token;
  if (word) {
    add(await index.word(word), [{ text: word, prefix: false }], 1);
    /** @param {string[]} forms @param {number} value */
    const addForms = async (forms, value) => {
      const lists = await Promise.all(forms.map((form) => index.word(form)));
      forms.forEach((form, i) => { if (lists[i] !== EMPTY) add(lists[i], [{ text: form, prefix: false }], value); });
    };
    await addForms(inflections(word), weights.inflection);
    await addForms(derivations(word), weights.derivation);
    if (clause.prefix && isLast && endsRun) add(await prefixPostings(index, word), [{ text: word, prefix: true }], weights.prefix);
  } else add(await matcher.postings(token), [{ text: String(token.bigram), prefix: true }], 1);
  const around = expansions.filter((expansion) => expansion.start <= start && end <= expansion.end);
  /** @param {Expansion} expansion */
  const expand = ({ postings, runs, value }) => add(postings, runs.map((run) => ({ text: run.text, prefix: false })), value);
  for (const expansion of around) if (!expansion.directed) expand(expansion);
  /* A character before a known word stands before other words for that too: 带犬 for 带狗. A frequent one says
     little, and its lists are in many files. */
  const before = cut && token.bigram ? [...token.bigram][0] : "";
  for (const { start: own, runs, value } of before && index.isTelling(before) ? expansions : []) {
    const [first] = [...runs[0].text];
    if (own === start + 1 && isUnsegmented(first)) add(await matcher.postings({ bigram: before + first }), [{ text: before + first, prefix: true }], value);
  }
  const directed = around.filter((expansion) => expansion.directed);
  if (directed.length) {
    unit.firm = new Set([...[...unit.text.keys()].map((passage) => index.chapterOf[passage]), ...unit.title.keys(), ...unit.head.keys()]);
    directed.forEach(expand);
  }
  return unit;
}

export { unitsOf };
