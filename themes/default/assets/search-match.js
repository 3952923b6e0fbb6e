/* Which chapters match a clause of the query, and how well. src/search/matching.rs does the
   same for the command line. */
import * as text from "./search-text.js";
import { sample } from "./search-query.js";
import { otherNumerals } from "./search-clause-number.js";
import { amountsIn } from "./search-numbers.js";
import { ClauseMatches, LOOSE, PHRASE, SYNONYM } from "./search-matches.js";
import { EMPTY, forEachCommon, intersect, union, titleFlags } from "./search-postings.js";
import { pinyinPostings, prefixPostings, similarWords } from "./search-fuzzy.js";

/** @import { Run, Segment, Token } from "./search-text.js" */
/** @import { QueryClause } from "./search-query.js" */
/** @import { Index } from "./search-index.js" */
/** @import { LookedUpClause, MatchKind, PhrasePostings } from "./search-matches.js" */
/** @import { Postings } from "./search-postings.js" */

/** The postings of a token that was looked up.
   @param {LookedUpClause} clause
   @param {string} token */
function postingsOf(clause, token) {
  return clause.lists.get(token) || EMPTY;
}

/** Matches clauses against an index. */
class Matcher {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    this.weights = index.manifest.weights;
    this.limits = index.manifest.limits;
  }

  /** A mark for each chapter where two lists have an id in common.
     @param {Postings} a
     @param {Postings} b */
  chaptersWithBoth(a, b) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    forEachCommon(a.text, b.text, (passage) => { marks[chapterOf[passage]] = 1; });
    forEachCommon(a.title, b.title, (chapter) => { marks[chapter] = 1; });
    forEachCommon(a.head, b.head, (chapter) => { marks[chapter] = 1; });
    return marks;
  }

  /** A mark for each chapter of a list.
     @param {Postings} list */
  chaptersOf(list) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    for (const passage of list.text) marks[chapterOf[passage]] = 1;
    for (const chapter of list.title) marks[chapter] = 1;
    for (const chapter of list.head) marks[chapter] = 1;
    return marks;
  }

  /** A mark for each chapter that may hold three characters in a row, and whether the index
     proves that it does; computed once per clause.
     @param {LookedUpClause} clause
     @param {[string, string, string]} characters */
  trigram(clause, [left, right, last]) {
    const known = clause.trigrams = clause.trigrams || new Map(), key = left + last;
    let found = known.get(key);
    if (!found) known.set(key, found = this.computeTrigram(postingsOf(clause, left), postingsOf(clause, right), last));
    return found;
  }

  /** @param {Postings} a of the first two characters
     @param {Postings} b of the last two
     @param {string} last
     @returns {{ verified: boolean, marks: Uint8Array }} */
  computeTrigram(a, b, last) {
    const marks = this.chaptersWithBoth(a, b), known = a.trigrams && a.trigrams.get(last);
    let count = 0;
    for (let chapter = 0; chapter < marks.length; chapter++) {
      if (!marks[chapter]) continue;
      if (known && known.marked.has(count) === Boolean(known.isComplement)) marks[chapter] = 0;
      count++;
    }
    if (known || !count) return { verified: true, marks };
    /* Of bigrams that meet in more chapters than a search may verify, the index knows all trigrams. */
    return count > this.limits.verified ? { verified: true, marks: new Uint8Array(marks.length) } : { verified: false, marks };
  }

  /** Looks up all that a clause needs, at once.
     @param {QueryClause} clause
     @returns {Promise<LookedUpClause>} */
  async lookUp(clause) {
    /** @type {Map<string, Postings>} */
    const lists = new Map();
    /** @type {Promise<unknown>[]} */
    const wanted = [];
    const allTokens = clause.tokens = clause.runs.map((run) => clause.sampled ? sample(text.tokensOf(run), this.limits) : text.tokensOf(run));
    /** @param {string} key @param {() => Promise<Postings>} promise */
    const get = (key, promise) => {
      if (lists.has(key)) return;
      lists.set(key, EMPTY);
      wanted.push(promise().then((list) => lists.set(key, list)));
    };
    clause.runs.forEach((run, i) => {
      const isLast = i === clause.runs.length - 1;
      const tokens = allTokens[i];
      tokens.forEach(({ bigram, word }, j) => {
        if (bigram) get(bigram, () => this.index.bigram(bigram));
        else if (word) {
          get("w" + word, () => this.index.word(word));
          if (clause.prefix && isLast && j === tokens.length - 1) get("*" + word, () => prefixPostings(this.index, word));
        }
      });
      if (!tokens.length) get(run.text, () => this.index.bigram(run.text));
    });
    const { joined } = clause;
    if (joined) {
      get("w" + joined, () => this.index.word(joined));
      if (clause.prefix) get("*" + joined, () => prefixPostings(this.index, joined));
    }
    await Promise.all(wanted);
    return Object.assign(clause, { lists, tokens: allTokens });
  }

  /** Where all tokens of a clause occur in one place. With `asPrefix`, its last word may be the
     prefix of a longer one.
     @param {LookedUpClause} clause
     @param {boolean} [asPrefix]
     @returns {PhrasePostings} */
  phrase(clause, asPrefix) {
    const { runs, tokens, prefix } = clause;
    /** @type {Postings[]} */
    const parts = [];
    runs.forEach((run, i) => {
      if (!tokens[i].length) parts.push(postingsOf(clause, run.text));
      for (const token of tokens[i]) {
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
    const trigrams = tokens.flat().flatMap(({ trigram }) => trigram ? [this.trigram(clause, trigram)] : []);
    /* All trigrams of a run prove it, unless it must occur as typed. */
    const isRun = runs.length === 1 && trigrams.length > 0 && trigrams.length === parts.length - 1;
    if (isRun && (trigrams.length === 1 || !clause.exact) && trigrams.every((trigram) => trigram.verified)) verified = true;
    const { chapterOf } = this.index;
    for (const { marks } of trigrams) {
      found = {
        text: found.text.filter((passage) => marks[chapterOf[passage]]),
        title: found.title.filter((chapter) => marks[chapter]), head: found.head.filter((chapter) => marks[chapter]),
      };
    }
    /** @type {Map<number, number>} */
    const flags = new Map();
    for (const chapter of found.title) {
      flags.set(chapter, (titleFlags(parts[0], chapter) & 1) | (titleFlags(parts[parts.length - 1], chapter) & 2));
    }
    return { ...found, flags, verified, phrase: runs.map((run) => run.text), prefix };
  }

  /** The fewest parts of two characters or more into which a run falls such that a chapter
     holds all of them; 0 where it does not. Words are parts of their own. Chapters that need
     many more parts than others do not count.
     @param {LookedUpClause} clause */
  parts(clause) {
    if (clause.exact || clause.title || clause.sampled || clause.runs.length > 1) return null;
    const [run] = clause.runs;
    const unsegmented = run.segments.filter((segment) => segment.unsegmented);
    if (run.segments.length === 1 && (!unsegmented.length || unsegmented[0].characters.length < 4)) return null;
    if (unsegmented.some((segment) => segment.characters.length < 2)) return null;
    const count = this.index.count, parts = new Uint8Array(count);
    const segments = run.segments.map((segment) => this.segmentParts(clause, segment));
    let least = 255;
    for (let chapter = 0; chapter < count; chapter++) {
      let sum = 0;
      for (const segment of segments) {
        const fewest = segment(chapter);
        if (!fewest) { sum = 0; break; }
        sum += fewest;
      }
      parts[chapter] = Math.min(sum, 255);
      if (sum > 1) least = Math.min(least, sum);
    }
    for (let chapter = 0; chapter < count; chapter++) if (parts[chapter] > least + 1) parts[chapter] = 0;
    return parts;
  }

  /** A function that gives the fewest parts of a segment for a chapter.
     @param {LookedUpClause} clause
     @param {Segment} segment
     @returns {(chapter: number) => number} */
  segmentParts(clause, segment) {
    const all = segment.characters;
    if (!segment.unsegmented) {
      const has = this.chaptersOf(postingsOf(clause, "w" + text.truncateWord(all.join(""))));
      return (chapter) => has[chapter];
    }
    /** @param {number} i */
    const bigram = (i) => all[i] + all[i + 1];
    /** @type {Uint8Array[]} */
    const bigrams = [];
    /** @type {Uint8Array[]} */
    const trigrams = [];
    for (let i = 0; i + 1 < all.length; i++) bigrams.push(this.chaptersOf(postingsOf(clause, bigram(i))));
    for (let i = 0; i + 2 < all.length; i++) trigrams.push(this.trigram(clause, [bigram(i), bigram(i + 1), all[i + 2]]).marks);
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

  /** The chapters that match a clause.
     @param {QueryClause} query
     @returns {Promise<ClauseMatches>} */
  async match(query) {
    const clause = await this.lookUp(query), { weights } = this;
    /* The plain word is not what was typed if signs tell the two apart: C is not C++. */
    const kinds = [clause.signed ? this.kind(clause, this.phrase(clause), weights.prefix, LOOSE) : this.kind(clause, this.phrase(clause), weights.phrase)];
    if (clause.prefix) kinds.push(this.kind(clause, this.phrase(clause, true), weights.prefix, LOOSE));
    if (clause.joined) {
      kinds.push(this.kind(clause, this.fromPostings(postingsOf(clause, "w" + clause.joined)), weights.phrase));
      if (clause.prefix) kinds.push(this.kind(clause, this.fromPostings(postingsOf(clause, "*" + clause.joined)), weights.prefix, LOOSE));
    }
    kinds.push(...await this.synonyms(clause));
    /* Words that stand apart are a match only where they are joined nowhere. */
    const isJoined = clause.joined && postingsOf(clause, "w" + clause.joined) !== EMPTY;
    let result = new ClauseMatches(this.index, clause, kinds, isJoined ? null : clause.joined ? this.allWords(clause) : this.parts(clause));
    const word = !clause.exact && clause.runs.length === 1 && /^[a-z]+$/.test(clause.runs[0].text) ? clause.runs[0].text : "";
    if (word.length > 1 && (word.length > 3 || !result.count)) {
      const found = await pinyinPostings(this.index, word);
      if (found) {
        kinds.push(this.kind(clause, this.fromPostings(found), weights.pinyin, LOOSE));
        result = new ClauseMatches(this.index, clause, kinds, null);
      }
    }
    if (word.length >= this.limits.typoLetters && !result.count) {
      const similar = await similarWords(this.index, word);
      if (similar) {
        clause.corrected = similar.map((entry) => entry[0]);
        const kind = this.kind(clause, this.fromPostings(union(similar.map((entry) => entry[1]))), weights.typo, LOOSE);
        result = new ClauseMatches(this.index, clause, [kind], null);
      }
    }
    return result;
  }

  /** Whether a clause of unsegmented characters can match no chapter as a whole, since some of its pairs stand in
     no place together. They are looked up until that shows: those of characters that say something first.
     @param {QueryClause} clause
     @param {boolean[]} idle for each of its characters, whether it says nothing */
  async standsApart(clause, idle) {
    const [run, ...rest] = clause.runs;
    if (rest.length || clause.joined || clause.reference || clause.others || run.segments.some(({ unsegmented }) => !unsegmented)) return false;
    const { characters } = run.segments[0];
    if ((await this.synonyms({ ...clause })).length) return false;
    const sizes = [0, 1, 2];
    let found = null;
    for (const size of sizes) {
      const pairs = characters.slice(1).flatMap((character, i) => Number(idle[i]) + Number(idle[i + 1]) === size ? characters[i] + character : []);
      for (const list of await Promise.all(pairs.map((pair) => this.index.pair(pair)))) found = found ? common(found, list) : list;
      if (found && !found.text.length && !found.title.length && !found.head.length) return true;
    }
    return false;
  }

  /** The matches of a clause that no chapter holds.
     @param {QueryClause} clause */
  none(clause) {
    return new ClauseMatches(this.index, Object.assign(clause, { lists: new Map(), tokens: [] }), [], null);
  }

  /** Postings that need no verification.
     @param {Postings} list
     @returns {PhrasePostings} */
  fromPostings(list) {
    /** @type {Map<number, number>} */
    const flags = new Map();
    [...list.title].forEach((chapter, i) => flags.set(chapter, list.flags[i]));
    return { text: list.text, title: list.title, head: list.head, flags, verified: true, phrase: [], prefix: false };
  }

  /** @param {QueryClause} clause
     @param {PhrasePostings} found
     @param {number} weight
     @param {number} [level]
     @returns {MatchKind} */
  kind(clause, found, weight, level = PHRASE) {
    const kind = { ...found, weight, level, rejected: new Set() };
    return clause.title ? { ...kind, text: [], head: [] } : kind;
  }

  /** A mark for each chapter that holds all of the words that marks join.
     @param {LookedUpClause} clause */
  allWords(clause) {
    const marks = new Uint8Array(this.index.count);
    const sets = clause.runs.map((run) => this.chaptersOf(postingsOf(clause, "w" + text.truncateWord(run.text))));
    for (let chapter = 0; chapter < marks.length; chapter++) if (sets.every((set) => set[chapter])) marks[chapter] = 1;
    return marks;
  }

  /** Matches by synonyms.
     @param {QueryClause} clause */
  async synonyms(clause) {
    const name = clause.runs.map((run) => run.text).join(" ");
    if (clause.negated || (clause.exact && !clause.reference)) return [];
    const numbered = clause.reference && otherNumerals(clause.reference);
    /** @type {string[]} */
    const others = [];
    for (const { terms, standing } of await this.index.synonyms.of([name])) if (terms.includes(name)) others.push(...standing.filter((other) => other && other !== name));
    /** @type {string[]} */
    const forms = [];
    for (const amount of amountsIn([...name])) if (!amount.start && amount.end === [...name].length) forms.push(...amount.others);
    others.push(...new Set([...forms, ...clause.others || []].filter((form) => form !== name)));
    /* All at once: each may wait for a file. */
    const found = await Promise.all([
      ...(numbered ? [this.synonym(clause, numbered, this.weights.phrase, PHRASE)] : []),
      ...others.map((other) => this.synonym(clause, other, this.weights.synonym, SYNONYM)),
    ]);
    clause.synonyms = found.map(({ synonym }) => synonym);
    return found.map(({ kind }) => kind);
  }

  /** Matches by another word.
     @param {QueryClause} clause
     @param {string} other
     @param {number} weight
     @param {number} level */
  async synonym(clause, other, weight, level) {
    const base = { runs: text.runs(other), exact: true, title: clause.title, prefix: false }, known = this.index.synonyms.list(other);
    if (known) return { synonym: base, kind: this.kind(clause, this.fromPostings(known), weight, level) };
    const synonym = await this.lookUp(base);
    /* Not looked for in the texts, which would have to come before a title is shown. */
    const tokens = synonym.tokens.map((own) => own.filter((token) => !token.trigram));
    return { synonym, kind: this.kind(clause, { ...this.phrase({ ...synonym, tokens }), verified: true }, weight, level) };
  }

  /** The postings of a token; those of a word that is no token of `text.tokensOf` are asked for as such.
     @param {Token} token
     @returns {Promise<Postings>} */
  async postings({ bigram, word }) {
    return bigram ? this.index.pair(bigram) : word ? this.index.word(word) : EMPTY;
  }

  /** Where all tokens of some runs occur in one place.
     @param {Run[]} runs
     @returns {Promise<Postings>} */
  async together(runs) {
    const known = this.index.synonyms.list(runs.map((run) => run.text).join(" "));
    if (known) return known;
    const wanted = runs.flatMap((run) => {
      const tokens = text.tokensOf(run).filter((token) => token.bigram || token.word);
      return tokens.length ? tokens : [{ bigram: run.text }];
    });
    const lists = await Promise.all(wanted.map((token) => this.postings(token)));
    return lists.reduce(common);
  }
}

/** The places that are in both lists.
   @param {Postings} a
   @param {Postings} b
   @returns {Postings} */
function common(a, b) {
  return { ...EMPTY, text: intersect(a.text, b.text), title: intersect(a.title, b.title), head: intersect(a.head, b.head) };
}

export { Matcher };
