/* Ranks chapters by how much of a query they hold, and how close together: for questions, and for queries
   of which no chapter holds all. src/search/coverage.rs does the same for the command line and says how a
   score is made. */
import { foldWithOffsets, holdsTerm } from "./search-text.js";
import { hasNumber } from "./search-numbers.js";
import { unitsOf } from "./search-units.js";

/** @import { Term } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Matcher } from "./search-match.js" */
/** @import { Character, Unit } from "./search-units.js" */
/** @import { Postings } from "./search-postings.js" */
/** @import { Question } from "./search-question.js" */
/** @import { PassagePart } from "./search-index.js" */

/* Passages that are opened for the excerpts of a result, for so many of the first results; else one. */
const MAX_PASSAGES = 3, WELL_SHOWN = 4;
/* Chapters that must hold all of a question in one place for no others to be shown. */
const ENOUGH = 3;

/* What a bound is raised by, since a weight is rounded. */
const ROUNDING = 1e-6;

/** Whole millionths, so that rounding errors do not decide.
   @param {number} score */
const millionths = (score) => Math.round(score * 1e6);

class Coverage {
  /** @param {Matcher} matcher
     @param {Question} question
     @param {Unit[]} units
     @param {Character[]} characters
     @param {Term[]} terms
     @param {boolean} allStand
     @param {number[][]} beside units of which a chapter must hold one of each list to hold all
     @param {boolean} hasExpansions
     @param {Uint8Array} preferred chapters that come first among about equal ones */
  constructor(matcher, question, units, characters, terms, allStand, beside, hasExpansions, preferred) {
    this.preferred = preferred;
    this.index = matcher.index;
    this.weights = matcher.weights;
    this.question = question;
    this.units = units;
    this.terms = terms;
    this.allStand = allStand;
    this.beside = beside;
    this.hasExpansions = hasExpansions;
    /** Chapters, best first. @type {number[]} */
    this.order = [];
    /* Whether one of the first holds all of the query's words. */
    this.hasAll = false;
    /** Those that hold all, if others are shown too. @type {Set<number> | null} */
    this.complete = null;
    const { count, firstPassage } = this.index;
    this.passageSums = new Float64Array(firstPassage[count]);
    const sums = () => new Float64Array(count);
    this.sums = { passage: sums(), body: sums(), title: sums(), head: sums(), all: sums(), whole: new Int32Array(count), firm: new Int32Array(count) };
    this.sumUp();
    /* Of each character, the first passage of each chapter that has it. */
    this.characters = characters.map(({ character, units: own, postings }) => ({
      character, units: own, weight: this.addTitles(own, postings), first: new Map([...postings.text].map((passage) => [this.index.chapterOf[passage], passage])),
    }));
  }

  /** What a number of chapters out of all says, as a weight.
     @param {number} all
     @param {number} count */
  rarity(all, count) {
    const { raritySmoothing } = this.weights;
    return this.index.logarithm(1 + (all - count + raritySmoothing) / (count + raritySmoothing));
  }

  /** Adds up the titles that hold a character, but none of the units that it is part of. Returns its weight
     in texts.
     @param {number[]} numbers of the units
     @param {Postings} postings */
  addTitles(numbers, { text, title }) {
    const { units, sums, weights, index: { count } } = this;
    for (const chapter of title) {
      if (numbers.some((number) => units[number].title.has(chapter))) continue;
      sums.title[chapter] += weights.closestTitleCharacter * this.rarity(count, title.length);
    }
    return text.length ? weights.closestCharacter * this.rarity(count, text.length) : 0;
  }

  /** Multiplies the units' weights by their rarity, and sums them up by chapter and passage. */
  sumUp() {
    const { index, weights, sums, passageSums } = this, { count, chapterOf } = index;
    const average = Math.max(1, index.firstPassage[count] / Math.max(1, count));
    const before = new Int32Array(passageSums.length), last = new Float64Array(passageSums.length);
    this.units.forEach((unit, number) => {
      const held = heldBy(unit, chapterOf);
      unit.weight *= this.rarity(count, held.size);
      for (const [chapter, found] of held) {
        const { text, title, head } = found, times = Math.max(1, found.times);
        const length = 1 - weights.length + weights.length * (index.passageCount(chapter) / average);
        sums.body[chapter] += unit.weight * text * (times * (weights.saturation + 1) / (times + weights.saturation * length));
        sums.title[chapter] += unit.weight * title;
        sums.head[chapter] += unit.weight * head;
        sums.all[chapter] += unit.weight * Math.max(text, title, head);
        if (unit.whole) sums.whole[chapter]++;
        if (unit.whole && (!unit.firm || unit.firm.has(chapter))) sums.firm[chapter]++;
      }
      for (const [passage, value] of unit.text) {
        const own = unit.weight * value;
        passageSums[passage] += own;
        if (unit.follows && before[passage] === number) passageSums[passage] += weights.closestNeighbours * Math.min(last[passage], own);
        before[passage] = number + 1;
        last[passage] = own;
      }
    });
    passageSums.forEach((sum, passage) => { if (sum > sums.passage[chapterOf[passage]]) sums.passage[chapterOf[passage]] = sum; });
  }

  /** Ranks the chapters that `isWanted` lets pass. With `isFixed` these are all shown; else only those
     that hold much.
     @param {boolean} isFixed
     @param {(chapter: number) => boolean} isWanted */
  rank(isFixed, isWanted) {
    const { index, weights, sums, question: { asks } } = this, whole = this.units.filter((unit) => unit.whole).length;
    let chapters = [];
    for (let chapter = 0; chapter < index.count; chapter++) {
      if ((isFixed || (sums.all[chapter] > 0 && (!whole || sums.whole[chapter] > 0))) && isWanted(chapter)) chapters.push(chapter);
    }
    if (!isFixed) {
      const most = chapters.reduce((max, chapter) => Math.max(max, sums.all[chapter]), 0), least = millionths(most * weights.closestShare);
      chapters = chapters.filter((chapter) => millionths(sums.all[chapter]) >= least);
    }
    const totals = new Map(chapters.map((chapter) => [chapter, this.total(chapter)]));
    chapters.sort((a, b) => Number(totals.get(b)) - Number(totals.get(a)) || a - b);
    /** @param {number} chapter */
    const holdsAll = (chapter) => sums.firm[chapter] === whole && this.meet(chapter);
    this.hasAll = isFixed || (this.allStand && whole > 0 && chapters.length > 0 && holdsAll(chapters[0]));
    const all = this.hasAll && !isFixed ? chapters.filter(holdsAll) : chapters;
    /* Few chapters that happen to have each word of a question do not hide those that answer it in others. */
    const areEnough = !asks || !this.hasAll || all.filter((chapter) => this.isInOnePlace(chapter)).length >= ENOUGH;
    this.order = areEnough ? all : chapters;
    this.complete = areEnough ? null : new Set(all);
  }

  /** Whether pairs of the query that overlap stand in one place of a chapter, and each character beside a known
     word with its neighbour: 换 and 一次 in two words are no 换一次.
     @param {number} chapter */
  meet(chapter) {
    const { firstPassage } = this.index;
    /** @param {Unit} a @param {Unit} b */
    const meet = (a, b) => {
      if ((a.title.has(chapter) && b.title.has(chapter)) || (a.head.has(chapter) && b.head.has(chapter))) return true;
      for (let passage = firstPassage[chapter]; passage < firstPassage[chapter + 1]; passage++) {
        if (a.text.has(passage) && b.text.has(passage)) return true;
      }
      return false;
    };
    const areTogether = this.units.every((unit, number) => {
      const before = this.units[number - 1];
      return !before || !unit.follows || !unit.whole || !before.whole || meet(before, unit);
    });
    return areTogether && this.beside.every((pairs) => pairs.some((number) => meet(this.units[number], this.units[number])));
  }

  /** Whether one passage of a chapter, with its titles, holds all that is wholly asked for.
     @param {number} chapter */
  isInOnePlace(chapter) {
    const { firstPassage } = this.index, wanted = this.units.filter(({ whole, title }) => whole && !title.has(chapter));
    if (wanted.every(({ head }) => head.has(chapter))) return true;
    for (let passage = firstPassage[chapter]; passage < firstPassage[chapter + 1]; passage++) {
      if (wanted.every(({ text }) => text.has(passage))) return true;
    }
    return false;
  }

  /** The score of a chapter, in millionths.
     @param {number} chapter */
  total(chapter) {
    const { weights, sums } = this;
    const sum = weights.closestPassage * sums.passage[chapter] + weights.closestBody * sums.body[chapter] +
      weights.closestTitle * sums.title[chapter] + weights.closestHeading * sums.head[chapter];
    const score = this.preferred[chapter] ? sum * weights.preferred : sum;
    const standing = score * this.index.standing(chapter);
    return millionths(this.index.isPast[chapter] ? standing * weights.closestPast : standing);
  }

  /** The score of a chapter with that of its best part, in millionths.
     @param {number} chapter
     @param {number} best
     @param {boolean} isFolder */
  rescored(chapter, best, isFolder) {
    const { index, weights } = this;
    const sum = this.total(chapter) + millionths(weights.closestClause * ((index.isPast[chapter] ? best * weights.closestPast : best) * index.standing(chapter)));
    return isFolder ? Math.round(sum * weights.closestFolder) : sum;
  }

  /** The passages of a chapter that are opened for its excerpts, best first: the best ones, and those in their
     files, which are here then.
     @param {number} chapter
     @param {number} rank of the result */
  passages(chapter, rank) {
    const { firstPassage } = this.index, found = [], shares = this.shares(chapter);
    for (let passage = firstPassage[chapter]; passage < firstPassage[chapter + 1]; passage++) {
      if (!this.passageSums[passage]) continue;
      found.push({ passage, score: millionths(this.weigh((unit) => unit.text.get(passage) || 0, shares)) });
    }
    found.sort((a, b) => b.score - a.score || a.passage - b.passage);
    return this.index.inFiles(chapter, found.map(({ passage }) => passage), rank < WELL_SHOWN ? MAX_PASSAGES : 1);
  }

  /** How much each unit tells one passage of a chapter from another, from 0 to 1: what all of them hold tells
     nothing, and what the title says little.
     @param {number} chapter */
  shares(chapter) {
    const { closestLocal, closestTitled } = this.weights, { firstPassage } = this.index, count = this.index.passageCount(chapter);
    return this.units.map(({ text, title }) => {
      let held = 0;
      for (let passage = firstPassage[chapter]; passage < firstPassage[chapter + 1]; passage++) if (text.has(passage)) held++;
      const local = held > 1 ? 1 - closestLocal + closestLocal * this.rarity(count, held) / this.rarity(count, 1) : 1;
      return (title.has(chapter) ? closestTitled : 1) * local;
    });
  }

  /** The weight of the units that are held; neighbours count more together.
     @param {(unit: Unit) => number} valueOf how well one is held
     @param {number[]} [shares] of the units */
  weigh(valueOf, shares) {
    let sum = 0, before = 0;
    this.units.forEach((unit, number) => {
      const own = unit.weight * (valueOf(unit) * (shares ? shares[number] : 1));
      sum += own;
      if (unit.follows) sum += this.weights.closestNeighbours * Math.min(before, own);
      before = own;
    });
    return sum;
  }

  /** What no part of a passage weighs more than.
     @param {number} chapter
     @param {number} passage
     @param {number[]} [shares] of the units, where it is compared with others of its chapter */
  most(chapter, passage, shares) {
    const { closestCue, closestNumber, closestSection } = this.weights;
    /** @param {Unit} unit */
    const valueOf = (unit) => unit.text.get(passage) || 0;
    let sum = this.weigh(valueOf, shares);
    if (!sum) return 0;
    sum += closestSection * this.weigh((unit) => unit.head.get(chapter) || 0, shares);
    for (const { units, weight, first } of this.characters) {
      const begins = first.get(chapter);
      if (begins === undefined || begins > passage) continue;
      /* A character counts only in a part that has none of its units; and a unit is of two characters at most. */
      const missed = units.reduce((all, number) => all + this.units[number].weight * valueOf(this.units[number]) * (shares ? shares[number] : 1) / 2, 0);
      sum += Math.max(0, weight - missed);
    }
    const factor = (this.question.asksNumber ? 1 + closestNumber : 1) * (1 + closestCue) ** this.question.answers.length;
    return sum * factor + ROUNDING;
  }

  /** How much of the query a part of a chapter's text holds.
     @param {number} chapter
     @param {PassagePart} part
     @param {number[]} [shares] of the units, where the part is compared with others */
  weight(chapter, [, label, line], shares) {
    const { closestCue, closestFormal, closestNumber, closestSection } = this.weights, { folded } = foldWithOffsets(line);
    const values = new Map(this.units.map((unit) => [unit, valueIn(folded, unit)]));
    let sum = this.weigh((unit) => values.get(unit) || 0, shares);
    if (!sum) return 0;
    /* A heading that nothing stands under answers nothing. */
    const heading = line === label ? "" : foldWithOffsets(label).folded;
    sum += closestSection * this.weigh((unit) => heading && unit.head.has(chapter) ? Math.min(unit.head.get(chapter) || 0, valueIn(heading, unit)) : 0, shares);
    for (const { character, units, weight } of this.characters) {
      if (folded.includes(character) && !units.some((number) => values.get(this.units[number]))) sum += weight;
    }
    if (this.question.asksNumber && hasNumber(folded)) sum *= 1 + closestNumber;
    for (const words of this.question.answers) if (words.some((word) => holdsTerm(folded, word))) sum *= 1 + closestCue;
    if (this.question.formal.some((sign) => folded.includes(sign))) sum *= closestFormal;
    return millionths(sum) / 1e6;
  }
}

/** How well a folded text holds a unit; 0 if it does not.
   @param {string} folded
   @param {Unit} unit */
function valueIn(folded, { needles }) {
  let value = 0;
  for (const needle of needles) if (needle.value > value && needle.runs.every((run) => holdsTerm(folded, run))) ({ value } = needle);
  return value;
}

/** The chapters that hold a unit: in how many passages, and how well by field.
   @param {Unit} unit
   @param {Int32Array} chapterOf */
function heldBy(unit, chapterOf) {
  /** @type {Map<number, { times: number, text: number, title: number, head: number }>} */
  const held = new Map();
  /** @param {number} chapter */
  const entry = (chapter) => {
    let found = held.get(chapter);
    if (!found) held.set(chapter, found = { times: 0, text: 0, title: 0, head: 0 });
    return found;
  };
  for (const [passage, value] of unit.text) {
    const found = entry(chapterOf[passage]);
    found.times++;
    found.text = Math.max(found.text, value);
  }
  for (const [chapter, value] of unit.title) entry(chapter).title = value;
  for (const [chapter, value] of unit.head) entry(chapter).head = value;
  return held;
}

/** Looks up what coverage is scored by.
   @param {Matcher} matcher
   @param {QueryClause[]} clauses
   @param {Question} question
   @param {Uint8Array} preferred */
async function cover(matcher, clauses, question, preferred) {
  const { units, characters, terms, allStand, beside, hasExpansions } = await unitsOf(matcher, clauses, question);
  return new Coverage(matcher, question, units, characters, terms, allStand, beside, hasExpansions, preferred);
}

export { Coverage, cover, MAX_PASSAGES, WELL_SHOWN };
