/* Which chapters a query means: its words are looked up, and every chapter gets a
   level and what a score is made from. src/search/matching.rs does the same for
   the command line. */
import * as text from "./search-text.js";
import { sample } from "./search-query.js";
import { lowerBound } from "./search-bits.js";
import { EMPTY } from "./search-index.js";

/** @import { Run, Segment, Token } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Index, Ids, Postings } from "./search-index.js" */
/** A clause whose words are looked up.
    @typedef {QueryClause & { lists: Map<string, Postings>, tokens: Token[][] }} LookedUpClause */
/** Where a clause stands, and whether the lists alone tell so.
    @typedef {{ text: Ids, title: Ids, head: Ids, flags: Map<number, number>, verified: boolean }} PhrasePostings */
/** One of the ways in which a clause is satisfied.
    @typedef {PhrasePostings & { weight: number, level: number }} MatchKind */
/** What is known of a clause in each chapter: level, weight, share of the title, whether it
    begins or ends a title, whether a heading has it, in how many blocks it stands.
    @typedef {object} ClauseMatches
    @property {LookedUpClause} clause
    @property {Uint8Array} levels
    @property {Float64Array} weights
    @property {Float64Array} titles
    @property {Uint8Array} flags
    @property {Uint8Array} heads
    @property {Int32Array} times
    @property {(chapter: number) => number[]} passages
    @property {Set<number>} unverified chapters whose text must be looked into
    @property {Uint8Array | null} parts
    @property {number} count
    @property {MatchKind[]} kinds */

/* Levels of a match, least first; 0 is none. */
const PARTS = 1, LOOSE = 2, PHRASE = 3;
/* Files that words with a common beginning are looked up in, and words taken. */
const PREFIX_FILES = 6, PREFIX_WORDS = 400;
/* Letters of a beginning at least, and of a word whose typing error is forgiven. */
const PREFIX_LETTERS = 2, TYPO_LETTERS = 5;

/** Calls `found` with what two rising lists share.
   @param {Ids} a
   @param {Ids} b
   @param {(one: number) => void} found */
function forEachCommon(a, b, found) {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { found(a[i]); i++; j++; } else if (a[i] < b[j]) i++; else j++;
  }
}

/** @param {Ids} a
   @param {Ids} b
   @returns {number[]} */
function intersect(a, b) {
  /** @type {number[]} */
  const both = [];
  forEachCommon(a, b, (one) => { both.push(one); });
  return both;
}

/** @param {Postings[]} lists
   @returns {Postings} */
function union(lists) {
  if (lists.length === 1) return lists[0];
  /** @param {"text" | "title" | "head"} field */
  const ids = (field) => [...new Set(lists.flatMap((list) => [...list[field]]))].sort((a, b) => a - b);
  /** @type {Map<number, number>} */
  const flags = new Map();
  for (const list of lists) [...list.title].forEach((chapter, at) => flags.set(chapter, (flags.get(chapter) || 0) | list.flags[at]));
  const title = ids("title");
  return { text: ids("text"), title, flags: title.map((chapter) => flags.get(chapter) || 0), head: ids("head"), trigrams: null };
}

/** @param {Postings} list
   @param {number} chapter */
function titleFlags(list, chapter) {
  const at = lowerBound(list.title, chapter);
  return list.title[at] === chapter ? list.flags[at] : 0;
}

/** The list of a token that was looked up.
   @param {LookedUpClause} clause
   @param {string} token */
function postingsOf(clause, token) {
  return clause.lists.get(token) || EMPTY;
}

class Matcher {
  /** The weights are those of src/search/weights.rs, which the manifest carries.
      @param {Index} index */
  constructor(index) {
    this.index = index;
    this.weights = index.manifest.weights;
  }

  /** A mark for each chapter in which two lists share a place.
     @param {Postings} a
     @param {Postings} b */
  chaptersWithBoth(a, b) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    forEachCommon(a.text, b.text, (block) => { marks[chapterOf[block]] = 1; });
    forEachCommon(a.title, b.title, (chapter) => { marks[chapter] = 1; });
    forEachCommon(a.head, b.head, (chapter) => { marks[chapter] = 1; });
    return marks;
  }

  /** A mark for each chapter of a list.
     @param {Postings} list */
  chaptersOf(list) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    for (const block of list.text) marks[chapterOf[block]] = 1;
    for (const chapter of list.title) marks[chapter] = 1;
    for (const chapter of list.head) marks[chapter] = 1;
    return marks;
  }

  /** Marks for chapters that hold three characters in a row, and whether these are
     known; worked out once for a clause.
     @param {LookedUpClause} clause
     @param {[string, string, string]} characters */
  trigram(clause, [left, right, last]) {
    const known = clause.trigrams = clause.trigrams || new Map(), key = left + last;
    let found = known.get(key);
    if (!found) known.set(key, found = this.computeTrigram(postingsOf(clause, left), postingsOf(clause, right), last));
    return found;
  }

  /** @param {Postings} a
     @param {Postings} b
     @param {string} last */
  computeTrigram(a, b, last) {
    const marks = this.chaptersWithBoth(a, b), known = a.trigrams && a.trigrams.get(last);
    let count = 0;
    for (let chapter = 0; chapter < marks.length; chapter++) {
      if (!marks[chapter]) continue;
      if (known && known.marked.has(count) === Boolean(known.isComplement)) marks[chapter] = 0;
      count++;
    }
    if (known || !count) return { verified: true, marks };
    return count > this.index.manifest.verified ? { verified: true, marks: new Uint8Array(marks.length) } : { verified: false, marks };
  }

  /** Everything that a clause needs, looked up at once.
     @param {QueryClause} clause
     @returns {Promise<LookedUpClause>} */
  async lookUp(clause) {
    /** @type {Map<string, Postings>} */
    const lists = new Map();
    /** @type {Promise<unknown>[]} */
    const wanted = [];
    const allTokens = clause.tokens = clause.runs.map((run) => clause.sampled ? sample(text.tokensOf(run)) : text.tokensOf(run));
    /** @param {string} key @param {() => Promise<Postings>} promise */
    const get = (key, promise) => {
      if (lists.has(key)) return;
      lists.set(key, EMPTY);
      wanted.push(promise().then((list) => lists.set(key, list)));
    };
    clause.runs.forEach((run, at) => {
      const final = at === clause.runs.length - 1;
      const tokens = allTokens[at];
      tokens.forEach(({ bigram: pair, word }, place) => {
        if (pair) get(pair, () => this.index.bigram(pair));
        else if (word) {
          get("w" + word, () => this.index.word(word));
          if (clause.prefix && final && place === tokens.length - 1) get("*" + word, () => this.prefix(word));
        }
      });
      if (!tokens.length) get(run.text, () => this.index.bigram(run.text));
    });
    const { joined } = clause;
    if (joined) {
      get("w" + joined, () => this.index.word(joined));
      if (clause.prefix) get("*" + joined, () => this.prefix(joined));
    }
    await Promise.all(wanted);
    return Object.assign(clause, { lists, tokens: allTokens });
  }

  /** Words that go on behind a beginning.
     @param {string} word */
  async prefix(word) {
    if (word.length < PREFIX_LETTERS) return EMPTY;
    const found = (await this.index.wordsWithPrefix(word, PREFIX_FILES)).filter((one) => one[0] !== word);
    return found.length ? union(found.slice(0, PREFIX_WORDS).map((one) => one[1])) : EMPTY;
  }

  /** Where a clause's phrase stands, as far as the lists tell; `open` takes its
     last word for a beginning.
     @param {LookedUpClause} clause
     @param {Run[]} runs
     @param {Token[][]} tokens
     @param {boolean} [asPrefix]
     @returns {PhrasePostings} */
  phrase(clause, runs, tokens, asPrefix) {
    /** @type {Postings[]} */
    const parts = [];
    runs.forEach((run, at) => {
      if (!tokens[at].length) parts.push(postingsOf(clause, run.text));
      for (const token of tokens[at]) {
        if (token.bigram) parts.push(postingsOf(clause, token.bigram));
        else if (token.word) parts.push(postingsOf(clause, "w" + token.word));
      }
    });
    if (asPrefix) {
      const word = tokens[tokens.length - 1].slice(-1)[0].word;
      parts[parts.length - 1] = postingsOf(clause, "*" + word);
    }
    const ordered = parts.slice().sort((a, b) => a.text.length - b.text.length);
    let found = { text: ordered[0].text, title: ordered[0].title, head: ordered[0].head };
    for (const part of ordered.slice(1)) {
      found = { text: intersect(found.text, part.text), title: intersect(found.title, part.title), head: intersect(found.head, part.head) };
    }
    let verified = parts.length === 1 && !clause.sampled;
    const triples = tokens.flat().flatMap(({ trigram: triple }) => triple ? [this.trigram(clause, triple)] : []);
    if (runs.length === 1 && triples.length === 1 && parts.length === 2 && triples[0].verified) verified = true;
    const { chapterOf } = this.index;
    for (const { marks } of triples) {
      found = {
        text: found.text.filter((block) => marks[chapterOf[block]]),
        title: found.title.filter((chapter) => marks[chapter]), head: found.head.filter((chapter) => marks[chapter]),
      };
    }
    /** @type {Map<number, number>} */
    const flags = new Map();
    for (const chapter of found.title) {
      flags.set(chapter, (titleFlags(parts[0], chapter) & 1) | (titleFlags(parts[parts.length - 1], chapter) & 2));
    }
    return { ...found, flags, verified };
  }

  /** For each chapter, into how few parts of two characters or more a run falls
     that all stand in it; words are parts of their own. 0 where it does not.
     Chapters that need many more parts than others do not count.
     @param {LookedUpClause} clause */
  parts(clause) {
    if (clause.exact || clause.title || clause.sampled || clause.runs.length > 1) return null;
    const [run] = clause.runs;
    const unsegmented = run.segments.filter((segment) => segment.unsegmented);
    if (run.segments.length === 1 && (!unsegmented.length || unsegmented[0].characters.length < 4)) return null;
    if (unsegmented.some((segment) => segment.characters.length < 2)) return null;
    const count = this.index.count, pieces = new Uint8Array(count);
    const segments = run.segments.map((segment) => this.segmentParts(clause, segment));
    let least = 255;
    for (let chapter = 0; chapter < count; chapter++) {
      let sum = 0;
      for (const segment of segments) {
        const some = segment(chapter);
        if (!some) { sum = 0; break; }
        sum += some;
      }
      pieces[chapter] = Math.min(sum, 255);
      if (sum > 1) least = Math.min(least, sum);
    }
    for (let chapter = 0; chapter < count; chapter++) if (pieces[chapter] > least + 1) pieces[chapter] = 0;
    return pieces;
  }

  /** A function from chapter to the fewest parts of a segment.
     @param {LookedUpClause} clause
     @param {Segment} segment
     @returns {(chapter: number) => number} */
  segmentParts(clause, segment) {
    const all = segment.characters;
    if (!segment.unsegmented) {
      const has = this.chaptersOf(postingsOf(clause, "w" + text.truncateWord(all.join(""))));
      return (chapter) => has[chapter];
    }
    /** @param {number} at */
    const pair = (at) => all[at] + all[at + 1];
    /** @type {Uint8Array[]} */
    const bigrams = [];
    /** @type {Uint8Array[]} */
    const trigrams = [];
    for (let at = 0; at + 1 < all.length; at++) bigrams.push(this.chaptersOf(postingsOf(clause, pair(at))));
    for (let at = 0; at + 2 < all.length; at++) trigrams.push(this.trigram(clause, [pair(at), pair(at + 1), all[at + 2]]).marks);
    const best = new Uint8Array(all.length + 1);
    return (chapter) => {
      if (!bigrams[0][chapter] || !bigrams[bigrams.length - 1][chapter]) return 0;
      best.fill(255);
      best[0] = 0;
      for (let from = 0; from + 1 < all.length; from++) {
        if (best[from] === 255) continue;
        for (let to = from + 2; to <= all.length; to++) {
          if (!bigrams[to - 2][chapter] || (to - from > 2 && !trigrams[to - 3][chapter])) break;
          best[to] = Math.min(best[to], best[from] + 1);
        }
      }
      return best[all.length] === 255 ? 0 : best[all.length];
    };
  }

  /** Levels, fields and weights of a clause for all chapters.
     @param {QueryClause} asked
     @returns {Promise<ClauseMatches>} */
  async match(asked) {
    const clause = await this.lookUp(asked), { weights } = this;
    const kinds = [this.kind(clause, this.phrase(clause, clause.runs, clause.tokens), weights.phrase)];
    if (clause.prefix) kinds.push(this.kind(clause, this.phrase(clause, clause.runs, clause.tokens, true), weights.prefix, LOOSE));
    if (clause.joined) {
      kinds.push(this.kind(clause, this.fromPostings(postingsOf(clause, "w" + clause.joined)), weights.phrase));
      if (clause.prefix) kinds.push(this.kind(clause, this.fromPostings(postingsOf(clause, "*" + clause.joined)), weights.prefix, LOOSE));
    }
    kinds.push(...await this.synonyms(clause));
    let result = this.merge(clause, kinds, clause.joined ? this.allWords(clause) : this.parts(clause));
    const word = !clause.exact && clause.runs.length === 1 && /^[a-z]+$/.test(clause.runs[0].text) ? clause.runs[0].text : "";
    if (word.length > 1 && (word.length > 3 || !result.count)) {
      const read = await this.pinyin(word);
      if (read) { kinds.push(this.kind(clause, read, weights.pinyin, LOOSE)); result = this.merge(clause, kinds, null); }
    }
    if (word.length >= TYPO_LETTERS && !result.count) {
      const similar = await this.similarWords(word);
      if (similar) {
        clause.corrected = similar.map((one) => one[0]);
        result = this.merge(clause, [this.kind(clause, this.fromPostings(union(similar.map((one) => one[1]))), weights.typo, LOOSE)], null);
      }
    }
    return result;
  }

  /** @param {Postings} list
     @returns {PhrasePostings} */
  fromPostings(list) {
    /** @type {Map<number, number>} */
    const flags = new Map();
    [...list.title].forEach((chapter, at) => flags.set(chapter, list.flags[at]));
    return { text: list.text, title: list.title, head: list.head, flags, verified: true };
  }

  /** @param {QueryClause} clause
     @param {PhrasePostings} found
     @param {number} weight
     @param {number} [level]
     @returns {MatchKind} */
  kind(clause, found, weight, level) {
    if (clause.title) return { ...found, text: [], head: [], weight, level: level || PHRASE };
    return { ...found, weight, level: level || PHRASE };
  }

  /** Chapters that hold each of the words that marks join.
     @param {LookedUpClause} clause */
  allWords(clause) {
    const marks = new Uint8Array(this.index.count);
    const sets = clause.runs.map((run) => this.chaptersOf(postingsOf(clause, "w" + text.truncateWord(run.text))));
    for (let chapter = 0; chapter < marks.length; chapter++) if (sets.every((set) => set[chapter])) marks[chapter] = 1;
    return marks;
  }

  /** @param {LookedUpClause} clause */
  async synonyms(clause) {
    const name = clause.runs.map((run) => run.text).join(" ");
    /** @type {MatchKind[]} */
    const kinds = [];
    if (clause.negated) return kinds;
    for (const group of this.index.synonyms) {
      const spaced = group.map((term) => text.runs(term).map((run) => run.text).join(" "));
      if (!spaced.includes(name)) continue;
      for (const other of spaced.filter((term) => term && term !== name)) {
        const synonym = await this.lookUp({ runs: text.runs(other), exact: true, title: clause.title, prefix: false });
        (clause.synonyms = clause.synonyms || []).push(synonym);
        kinds.push({ ...this.kind(clause, this.phrase(synonym, synonym.runs, synonym.tokens), this.weights.synonym) });
      }
    }
    return kinds;
  }

  /** Titles and headings by pinyin: a key's beginning, else initials or syllables
     put together.
     @param {string} word
     @returns {Promise<PhrasePostings | null>} */
  async pinyin(word) {
    const whole = await this.index.wordsWithPrefix("~" + word, PREFIX_FILES);
    if (whole.length) return this.fromPostings(union(whole.map((one) => one[1])));
    /** @param {string[]} keys @returns {Promise<PhrasePostings | null>} */
    const all = async (keys) => {
      /** @type {Postings[]} */
      const lists = [];
      for (const key of keys.slice(0, -1)) lists.push(await this.index.word("~" + key));
      if (lists.some((list) => list === EMPTY)) return null;
      const end = await this.index.wordsWithPrefix("~" + keys[keys.length - 1], PREFIX_FILES);
      if (!end.length) return null;
      lists.push(union(end.map((one) => one[1])));
      const title = lists.map((list) => list.title).reduce(intersect), head = lists.map((list) => list.head).reduce(intersect);
      return title.length || head.length ? { text: [], title: Array.from(title), head: Array.from(head), flags: new Map(), verified: true } : null;
    };
    if (word.length > 4) {
      const windows = [];
      for (let at = 0; at + 4 <= word.length; at++) windows.push(word.slice(at, at + 4));
      const found = await all(windows);
      if (found) return found;
    }
    for (const syllables of this.readings(word)) {
      const keys = [];
      for (let at = 0; at + 1 < syllables.length; at++) keys.push(syllables[at] + syllables[at + 1]);
      const found = keys.length > 1 ? await all(keys) : null;
      if (found) return found;
    }
    return null;
  }

  /** Ways to read letters as syllables, the last of which may be a beginning.
     @param {string} word
     @returns {string[][]} */
  readings(word) {
    /** @type {string[][]} */
    const found = [];
    /** @param {number} at @param {string[]} before */
    const go = (at, before) => {
      if (found.length >= 4) return;
      if (at === word.length) { found.push(before); return; }
      for (let length = Math.min(6, word.length - at); length > 0; length--) {
        const part = word.slice(at, at + length);
        if (this.index.syllables.has(part)) go(at + length, [...before, part]);
        else if (at + length === word.length && [...this.index.syllables].some((one) => one.startsWith(part))) go(at + length, [...before, part]);
      }
    };
    go(0, []);
    return found;
  }

  /** Words that are one typing error away.
     @param {string} word */
  async similarWords(word) {
    const swapped = word[1] + word[0] + word.slice(2);
    /** @type {[string, Postings][]} */
    const lists = [
      ...await this.index.wordsWithPrefix(word.slice(0, 2), PREFIX_FILES), ...await this.index.wordsWithPrefix(word[0] + word.slice(2, 3), PREFIX_FILES),
      [swapped, await this.index.word(swapped)], [word.slice(1), await this.index.word(word.slice(1))],
    ];
    const found = new Map(lists.filter(([other, list]) => list !== EMPTY && oneError(word, other)));
    return found.size ? [...found] : null;
  }

  /** Joins the ways in which a clause is satisfied.
     @param {LookedUpClause} clause
     @param {MatchKind[]} kinds
     @param {Uint8Array | null} parts
     @returns {ClauseMatches} */
  merge(clause, kinds, parts) {
    const { count, chapterOf } = this.index, levels = new Uint8Array(count), weights = new Float64Array(count);
    const titles = new Float64Array(count), flags = new Uint8Array(count), heads = new Uint8Array(count), times = new Int32Array(count);
    const length = clause.runs.reduce((sum, run) => sum + [...run.text].length, 0);
    const isUnverified = new Uint8Array(count), isVerified = new Uint8Array(count);
    for (const kind of kinds) {
      const { level, weight } = kind, told = kind.verified ? isVerified : isUnverified;
      /** @param {number} chapter */
      const add = (chapter) => {
        if (levels[chapter] < level) levels[chapter] = level;
        if (weights[chapter] < weight) weights[chapter] = weight;
        told[chapter] = 1;
      };
      for (const block of kind.text) {
        add(chapterOf[block]);
        times[chapterOf[block]]++;
      }
      for (const chapter of kind.title) {
        add(chapter);
        flags[chapter] |= kind.flags.get(chapter) || 0;
        titles[chapter] = Math.max(titles[chapter], weight * Math.min(1, length / Math.max(1, this.index.titleLengths[chapter])));
      }
      for (const chapter of kind.head) { add(chapter); heads[chapter] = 1; }
    }
    /** @type {Set<number>} */
    const unverified = new Set();
    let total = 0;
    for (let chapter = 0; chapter < count; chapter++) {
      if (!levels[chapter] && parts && parts[chapter]) { levels[chapter] = PARTS; weights[chapter] = this.weights.parts; }
      if (levels[chapter]) total++;
      if (isUnverified[chapter] && !isVerified[chapter]) unverified.add(chapter);
    }
    /** @param {number} chapter */
    const passages = (chapter) => this.passagesOf(kinds, chapter);
    return { clause, levels, weights, titles, flags, heads, times, passages, unverified, parts, count: total, kinds };
  }

  /** The blocks of a chapter in which a clause stands.
     @param {MatchKind[]} kinds
     @param {number} chapter
     @returns {number[]} */
  passagesOf(kinds, chapter) {
    return [...new Set(kinds.flatMap((way) => [...this.index.inChapter(chapter, way.text)]))];
  }
}

/** Whether two words differ by one letter more, less, other or swapped.
   @param {string} a
   @param {string} b */
function oneError(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.length === b.length) {
    return a.slice(at + 1) === b.slice(at + 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2));
  }
  return a.length > b.length ? a.slice(at + 1) === b.slice(at) : a.slice(at) === b.slice(at + 1);
}

export { Matcher, PARTS, PHRASE, intersect };
