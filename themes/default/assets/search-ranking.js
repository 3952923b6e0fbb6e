/* Ranks the chapters that match a query: the same order as src/search/ranking.rs gives.
   src/search/weights.rs says how a score is made; the manifest carries the weights.

   The index does not prove every phrase: its bigrams may stand apart. Where the command line
   searches all texts, a browser loads only those on which something depends that is shown. */
import * as text from "./search-text.js";
import { LOOSE, PARTS, PHRASE, SYNONYM } from "./search-matches.js";
import { rescore } from "./search-opening.js";
import { intersect } from "./search-postings.js";

/** @import { Filter } from "./search-facets.js" */
/** @import { Index, StoredFields } from "./search-index.js" */
/** @import { ClauseMatches, MatchKind } from "./search-matches.js" */
/** @import { Coverage } from "./search-coverage.js" */

/* Bounds of scores, of which the order can tell one from the other, and of chapters. */
const SCORE_RANGE = 2 ** 31, CHAPTER_RANGE = 2 ** 21;
/* Chapters that are looked into, one after the other, until one holds what the index lets expect. */
const MAX_WRONG = 20;

class Ranking {
  /** @param {Index} index
     @param {ClauseMatches[]} matches of each clause
     @param {Uint8Array} preferred chapters that come first among about equal ones */
  constructor(index, matches, preferred) {
    this.index = index;
    this.preferred = preferred;
    this.weights = index.manifest.weights;
    this.wanted = matches.filter(({ clause }) => !clause.negated);
    this.negated = matches.filter(({ clause }) => clause.negated);
    /* Whether some phrases on which the count depends are unverified. */
    this.isApproximate = false;
    /** @type {Filter | null} */
    this.filter = null;
    /** Chapters, best first. @type {number[]} */
    this.order = [];
    /** How well the chapters cover the query, where they are ordered by that.
       @type {Coverage | null} */
    this.coverage = null;
    /** The chapters that it found, whatever is chosen of facets. @type {Set<number> | null} */
    this.covered = null;
    /** @type {Set<number>} */
    this.verified = new Set();
  }

  /** Whether a chapter satisfies the query, facets aside.
     @param {number} chapter */
  matches(chapter) {
    if (this.covered) return this.covered.has(chapter);
    if (!this.wanted.length && !this.index.isListed[chapter]) return false;
    for (const { levels } of this.wanted) if (!levels[chapter]) return false;
    for (const { levels } of this.negated) if (levels[chapter]) return false;
    return true;
  }

  /** @param {Filter | null} filter */
  async rank(filter) {
    this.filter = filter;
    this.order = this.candidates();
    if (await this.verifyCounted()) this.order = this.candidates();
    this.sort();
  }

  candidates() {
    /** @type {number[]} */
    const found = [];
    for (let chapter = 0; chapter < this.index.count; chapter++) {
      if (this.matches(chapter) && (!this.filter || this.filter(chapter))) found.push(chapter);
    }
    return found;
  }

  /* ---- verification ---- */

  /** Verifies phrases on which the count depends, where they are few. Returns whether some were
     rejected. */
  async verifyCounted() {
    const most = this.index.manifest.limits.verifiedForCount;
    let hasChanged = false;
    for (const matches of [...this.wanted, ...this.negated]) {
      /** @type {number[]} */
      const open = [];
      for (let chapter = 0; chapter < this.index.count && open.length <= most; chapter++) {
        if (!matches.unverified[chapter] || matches.verified[chapter] || (matches.parts && matches.parts[chapter])) continue;
        if (this.matches(chapter) !== matches.clause.negated) open.push(chapter);
      }
      if (open.length > most) { this.isApproximate = true; continue; }
      const rejected = await Promise.all(open.map((chapter) => this.verifyClause(matches, chapter)));
      hasChanged = hasChanged || rejected.some(Boolean);
    }
    return hasChanged;
  }

  /** Verifies the best chapters, so many that these are shown, and ranks them anew. Returns those
     that do not hold all that they seemed to hold.
     @param {number} limit */
  async verifyBest(limit) {
    if (this.coverage) return [];
    /** @type {number[]} */
    const wrong = [];
    await Promise.all(this.order.slice(0, limit).map(async (chapter) => {
      if (this.verified.has(chapter)) return;
      this.verified.add(chapter);
      const rejected = await Promise.all(this.wanted.map((matches) => this.verifyClause(matches, chapter)));
      if (rejected.some(Boolean)) wrong.push(chapter);
    }));
    if (wrong.length) {
      this.order = this.order.filter((chapter) => this.matches(chapter));
      this.sort();
    }
    return wrong;
  }

  /** Verifies the first chapter until it is one that holds what it seems to hold. Returns whether there is
     one. */
  async verifyFirst() {
    for (let round = 0; round < MAX_WRONG && this.order.length; round++) {
      /* What the index proves in one way need not wait for a text. */
      if (this.wanted.every(({ verified }) => verified[this.order[0]])) return true;
      if (!(await this.verifyBest(1)).length) return true;
    }
    return false;
  }

  /** Orders the chapters by coverage.
     @param {Coverage} coverage
     @param {boolean} isFixed whether they stay the same
     @param {number} shown how many of them are shown */
  async cover(coverage, isFixed, shown) {
    const strict = this.wanted.filter(({ clause }) => clause.exact || clause.title);
    coverage.rank(isFixed, (chapter) => (!isFixed || this.matches(chapter)) &&
      strict.every(({ levels }) => levels[chapter]) && this.negated.every(({ levels }) => !levels[chapter]));
    this.covered = new Set(coverage.order);
    if (this.filter) coverage.order = coverage.order.filter(this.filter);
    await rescore(coverage, (chapter, passage) => this.passage(chapter, passage), shown);
    this.coverage = coverage;
    this.order = coverage.order;
  }

  /** Searches a chapter's text for what the index does not prove. Returns whether something was
     rejected.
     @param {ClauseMatches} matches
     @param {number} chapter */
  async verifyClause(matches, chapter) {
    /** @type {MatchKind[]} */
    const rejected = [];
    for (const kind of matches.unverifiedKinds(chapter)) {
      if (!await this.holds(kind, matches.clause.title, chapter)) rejected.push(kind);
    }
    if (rejected.length) matches.reject(chapter, rejected);
    return rejected.length > 0;
  }

  /** Whether a chapter holds a phrase, by its text.
     @param {MatchKind} kind
     @param {boolean} inTitle whether only titles count
     @param {number} chapter */
  async holds(kind, inTitle, chapter) {
    const passages = this.index.inChapter(chapter, kind.text);
    const fields = await this.storedFields(chapter, passages[0]);
    /** @param {string} line */
    const has = (line) => text.holds(line, kind.phrase, kind.prefix);
    if ([fields.title, ...fields.others.split("\n")].some(has)) return true;
    if (inTitle) return false;
    if ([fields.summary, ...fields.names.split("\n")].some(has)) return true;
    for (const passage of passages) {
      if ((await this.passage(chapter, passage)).some((part) => has(part[2]))) return true;
    }
    return false;
  }

  /** What the index stores of a chapter besides its text.
     @param {number} chapter
     @param {number} [passage] one that is wanted too
     @returns {Promise<StoredFields>} */
  storedFields(chapter, passage = this.index.firstPassage[chapter]) {
    return this.index.storedFields(chapter, passage - this.index.firstPassage[chapter]);
  }

  /** @param {number} chapter
     @param {number} passage */
  passage(chapter, passage) {
    return this.index.passage(chapter, passage - this.index.firstPassage[chapter]);
  }

  /* ---- order ---- */

  /** @param {number} chapter */
  level(chapter) {
    let least = PHRASE;
    for (const { levels } of this.wanted) if (levels[chapter] < least) least = levels[chapter];
    return least;
  }

  exactCount() {
    if (this.coverage) return 0;
    return this.order.filter((chapter) => this.level(chapter) === PHRASE).length;
  }

  /** How many chapters hold all words, where others follow; else how many there are. */
  completeCount() {
    const complete = this.coverage && this.coverage.complete;
    return complete ? this.order.filter((chapter) => complete.has(chapter)).length : this.order.length;
  }

  /** What comes first: the title itself, phrases, loose matches, matches in parts by the number of
     parts.
     @param {number} chapter */
  tier(chapter) {
    /* A guide quotes what it explains. */
    const isQuoted = this.index.isGuide[chapter] && this.wanted.length > 0 && this.wanted.every(({ titles }) => !titles[chapter]);
    const level = isQuoted ? Math.min(this.level(chapter), LOOSE) : this.level(chapter);
    if (level >= SYNONYM) return this.isTitle(chapter) ? 0 : 1;
    const parts = (/** @type {number} */ sum, /** @type {ClauseMatches} */ matches) =>
      sum + (matches.levels[chapter] === PARTS && matches.parts ? matches.parts[chapter] : 0);
    return level === PARTS ? 3 + this.wanted.reduce(parts, 0) : 2;
  }

  /** Whether title, alias or id is exactly the query.
     @param {number} chapter */
  isTitle(chapter) {
    /* The number of a clause behind a title is no part of the title. */
    const named = this.wanted.filter(({ clause }) => !clause.reference), first = named[0], end = named[named.length - 1];
    return Boolean(first) && Boolean(first.flags[chapter] & 1) && Boolean(end.flags[chapter] & 2) &&
      named.every(({ titles }) => titles[chapter]);
  }

  /** Whether the first chapter has all of the query, but not in one place: a passage, or its titles and headings. */
  isScattered() {
    const [first] = this.order;
    if (first === undefined || this.level(first) === PARTS) return false;
    return !this.wanted.every(({ heads, titles }) => heads[first] || titles[first]) && !this.sharedPassages(first).length;
  }

  /* By tier, in each tier current chapters first, then by score and place. Score and place are
     one number, so that the browser sorts numbers without a callback. */
  sort() {
    const { index, weights: { raritySmoothing } } = this;
    const average = Math.max(1, index.firstPassage[index.count] / Math.max(1, index.count));
    const rarities = this.wanted.map(({ count }) => index.logarithm(1 + (index.count - count + raritySmoothing) / (count + raritySmoothing)));
    /** @type {number[][]} */
    const tiers = [];
    for (const chapter of this.order) {
      const tier = this.tier(chapter) * 2 + index.isPast[chapter];
      const score = Math.min(SCORE_RANGE, this.score(chapter, average, rarities));
      (tiers[tier] = tiers[tier] || []).push((SCORE_RANGE - score) * CHAPTER_RANGE + chapter);
    }
    this.order = [];
    tiers.forEach((tier) => { for (const key of new Float64Array(tier).sort()) this.order.push(key % CHAPTER_RANGE); });
  }

  /** The score in millionths.
     @param {number} chapter
     @param {number} average passages of a chapter
     @param {number[]} rarities of the clauses */
  score(chapter, average, rarities) {
    const { weights } = this, length = 1 - weights.length + weights.length * this.index.passageCount(chapter) / average;
    let score = 0;
    this.wanted.forEach((matches, i) => {
      const times = Math.max(1, matches.times[chapter]);
      const frequency = times * (weights.saturation + 1) / (times + weights.saturation * length);
      score += matches.weights[chapter] * (rarities[i] * frequency + weights.heading * matches.heads[chapter]) + weights.title * matches.titles[chapter];
    });
    if (this.wanted.length > 1 && this.sharedPassages(chapter).length) score *= weights.samePassage;
    if (this.preferred[chapter]) score *= weights.preferred;
    return Math.round(score * this.index.standing(chapter) * 1e6);
  }

  /** Passages of a chapter in which every clause occurs.
     @param {number} chapter
     @returns {number[]} */
  sharedPassages(chapter) {
    return this.wanted.map((matches) => matches.passages(chapter)).reduce(intersect);
  }
}

export { Ranking };
