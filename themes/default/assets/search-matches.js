/* The chapters that match a clause of the query, with all that their scores are made of. */
import { lowerBound } from "./search-bits.js";

/** @import { Token } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Index } from "./search-index.js" */
/** @import { Ids, Postings } from "./search-postings.js" */
/** A clause with the postings of its tokens.
    @typedef {QueryClause & { lists: Map<string, Postings>, tokens: Token[][] }} LookedUpClause */
/** Where a clause may occur, by field. It is verified where the postings alone prove it;
    else the texts must be searched for `phrase`.
    @typedef {{ text: Ids, title: Ids, head: Ids, flags: Map<number, number>, verified: boolean,
      phrase: string[], prefix: boolean }} PhrasePostings */
/** One kind of match: as typed, by a prefix, a synonym, pinyin or a typing error. `rejected`
    are chapters whose texts do not hold the phrase.
    @typedef {PhrasePostings & { weight: number, level: number, rejected: Set<number> }} MatchKind */

/* How exactly a chapter matches, the best last; 0 is not at all. */
const PARTS = 1, LOOSE = 2, SYNONYM = 3, PHRASE = 4;

/** The chapters that match a clause. The arrays are by chapter. */
class ClauseMatches {
  /** @param {Index} index
     @param {LookedUpClause} clause
     @param {MatchKind[]} kinds
     @param {Uint8Array | null} parts */
  constructor(index, clause, kinds, parts) {
    const { count } = index;
    this.index = index;
    this.clause = clause;
    this.kinds = kinds;
    /* Into how many parts the clause falls. */
    this.parts = parts;
    this.length = clause.runs.reduce((sum, run) => sum + [...run.text].length, 0);
    this.levels = new Uint8Array(count);
    /* The weight of the best kind of match. */
    this.weights = new Float64Array(count);
    /* The share of the title that the clause makes up, times the weight. */
    this.titles = new Float64Array(count);
    this.flags = new Uint8Array(count);
    this.heads = new Uint8Array(count);
    /* Matches in passages of text, each by its weight. */
    this.times = new Float64Array(count);
    /* Whether a chapter has matches that its text must prove, and others that it need not. */
    this.unverified = new Uint8Array(count);
    this.verified = new Uint8Array(count);
    for (const kind of kinds) this.add(kind);
    /* Chapters that match. */
    this.count = 0;
    for (let chapter = 0; chapter < count; chapter++) {
      this.addParts(chapter);
      if (this.levels[chapter]) this.count++;
    }
  }

  /** @param {MatchKind} kind */
  add(kind) {
    const { chapterOf } = this.index, proof = kind.verified ? this.verified : this.unverified;
    /** @param {number} chapter */
    const add = (chapter) => {
      this.addLevel(kind, chapter);
      proof[chapter] = 1;
    };
    for (const passage of kind.text) {
      add(chapterOf[passage]);
      this.times[chapterOf[passage]] += kind.weight;
    }
    for (const chapter of kind.title) {
      add(chapter);
      this.addTitle(kind, chapter);
    }
    for (const chapter of kind.head) {
      add(chapter);
      this.heads[chapter] = 1;
    }
  }

  /** @param {MatchKind} kind
     @param {number} chapter */
  addLevel({ level, weight }, chapter) {
    if (this.levels[chapter] < level) this.levels[chapter] = level;
    if (this.weights[chapter] < weight) this.weights[chapter] = weight;
  }

  /** @param {MatchKind} kind
     @param {number} chapter */
  addTitle({ flags, weight }, chapter) {
    const share = Math.min(1, this.length / Math.max(1, this.index.titleLengths[chapter]));
    this.flags[chapter] |= flags.get(chapter) || 0;
    this.titles[chapter] = Math.max(this.titles[chapter], weight * share);
  }

  /** A chapter that matches in no other way matches in parts.
     @param {number} chapter */
  addParts(chapter) {
    if (this.levels[chapter] || !this.parts || !this.parts[chapter]) return;
    this.levels[chapter] = PARTS;
    this.weights[chapter] = this.index.manifest.weights.parts;
  }

  /** Kinds of match for which a chapter's text must be searched.
     @param {number} chapter */
  unverifiedKinds(chapter) {
    if (!this.unverified[chapter]) return [];
    return this.kinds.filter((kind) => !kind.verified && !kind.rejected.has(chapter) && this.isIn(kind, chapter));
  }

  /** @param {MatchKind} kind
     @param {number} chapter */
  isIn(kind, chapter) {
    return this.index.inChapter(chapter, kind.text).length > 0 || includes(kind.title, chapter) || includes(kind.head, chapter);
  }

  /** Takes kinds of match away from a chapter whose text does not hold their phrases.
     @param {number} chapter
     @param {MatchKind[]} kinds */
  reject(chapter, kinds) {
    for (const kind of kinds) kind.rejected.add(chapter);
    const before = this.levels[chapter];
    for (const array of [this.levels, this.weights, this.titles, this.flags, this.heads, this.times]) array[chapter] = 0;
    for (const kind of this.kinds) {
      if (kind.rejected.has(chapter) || !this.isIn(kind, chapter)) continue;
      this.addLevel(kind, chapter);
      for (let left = this.index.inChapter(chapter, kind.text).length; left > 0; left--) this.times[chapter] += kind.weight;
      if (includes(kind.title, chapter)) this.addTitle(kind, chapter);
      if (includes(kind.head, chapter)) this.heads[chapter] = 1;
    }
    this.addParts(chapter);
    if (before && !this.levels[chapter]) this.count--;
  }

  /** The passages of a chapter in which the clause occurs, in ascending order.
     @param {number} chapter
     @returns {number[]} */
  passages(chapter) {
    return [...this.fits(chapter).keys()].sort((a, b) => a - b);
  }

  /** The same, each with the weight of the best way in which the clause occurs there.
     @param {number} chapter */
  fits(chapter) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const { text, weight, rejected } of this.kinds) {
      if (rejected.has(chapter)) continue;
      for (const passage of this.index.inChapter(chapter, text)) found.set(passage, Math.max(found.get(passage) || 0, weight));
    }
    return found;
  }
}

/** @param {Ids} ids
   @param {number} id */
function includes(ids, id) {
  return ids[lowerBound(ids, id)] === id;
}

export { ClauseMatches, PARTS, LOOSE, SYNONYM, PHRASE };
