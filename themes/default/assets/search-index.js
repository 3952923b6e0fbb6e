/* The search index: its files, parsed when a search needs them. src/search/shard.rs and
   src/search/files.rs write them. */
import * as text from "./search-text.js";
import { Bits, ChunkedLists, lowerBound } from "./search-bits.js";
import { EMPTY } from "./search-postings.js";
import { load, isLoaded, forgetFiles } from "./search-loader.js";

/** @import { Ids, Postings } from "./search-postings.js" */
/** @import { QuestionWords } from "./search-question.js" */
/** Those of src/search/limits.rs.
    @typedef {Record<"codePoints" | "clauses" | "excerpt" | "joinedWords" | "listsInChunk" | "longQuery" | "longRun" |
      "pinyinInitials" | "pinyinReadings" | "pinyinSyllable" | "prefixLetters" | "prefixWords" | "rescored" | "sampleStride" |
      "typoLetters" | "verified" | "verifiedForCount" | "wordLength", number>} Limits */
/** Lists of bigrams by their first character, with the second ones; 0 stands for none.
    @typedef {Map<number, { seconds: Int32Array, lists: ChunkedLists<Postings> }>} BigramGroups */
/** @typedef {{ starts: string[], names: string }} Shards */
/** What src/search/files.rs writes into search/index.js.
    @typedef {object} Manifest
    @property {number} chapters
    @property {string} table
    @property {string} fold
    @property {string} [synonyms]
    @property {Shards} pairs
    @property {Shards} words
    @property {{ size: number, names: string }} directory
    @property {Record<string, number>} weights those of src/search/weights.rs
    @property {Limits} limits
    @property {Facet[]} facets */
/** A facet: its name and label, whether its values keep their order, and the file that has them.
    @typedef {{ name: string, label: string, ordered: boolean, file: string }} Facet */
/** @typedef {{ title: string, url: string, text: string, status: string, kind: string, others: string,
      names: string, summary: string, inFile: number }} StoredFields */
/** Part of a section or clause: anchor, label and text.
    @typedef {[string, string, string]} PassagePart */

/* ---- manifest ---- */

/** @type {Promise<Index> | null} */
let indexPromise = null;

/** Loads the manifest, the folding table and the synonyms, once.
   @returns {Promise<Index>} */
function open() {
  if (!indexPromise) {
    indexPromise = load("index").then(async (/** @type {Manifest} */ manifest) => {
      const [folding, synonyms] = await Promise.all([
        load(manifest.fold), manifest.synonyms ? load(manifest.synonyms) : [[], []],
      ]);
      text.configure(readFolding(folding[0]), manifest.limits);
      return new Index(manifest, folding[1].split(" "), folding[2], synonyms);
    }).catch((error) => { indexPromise = null; throw error; });
  }
  return indexPromise;
}

/** Traditional characters with the simplified form of each.
   @param {string} base64 */
function readFolding(base64) {
  const bits = new Bits(base64);
  /** @type {[string, string][]} */
  const pairs = [];
  let from = 0, to = 0;
  for (let left = bits.gamma() - 1; left > 0; left--) {
    from += bits.gamma();
    const back = bits.bit(), step = bits.gamma() - 1;
    to += back ? -step : step;
    pairs.push([String.fromCharCode(from), String.fromCharCode(to)]);
  }
  return pairs;
}

/** Forgets all files, so that a later search loads them anew. */
function reset() { indexPromise = null; forgetFiles(); }

/* Files of bigrams that are loaded ahead for one character. */
const MAX_PREFETCH = 6;

class Index {
  /** @param {Manifest} manifest
     @param {string[]} syllables
     @param {QuestionWords} questionWords
     @param {[string[][], [string[], string[]][]]} synonyms groups of the glossary, and of the built-in list
       the words that stand in a text and the others */
  constructor(manifest, syllables, questionWords, synonyms) {
    this.manifest = manifest;
    this.syllables = new Set(syllables);
    this.questionWords = questionWords;
    this.glossary = synonyms[0];
    /** Words that mean the same, and those of them that are looked up for others.
       @type {{ terms: string[], standing: string[] }[]} */
    this.synonyms = [
      ...synonyms[0].map((group) => group.map(spaced)).map((terms) => ({ terms, standing: terms })),
      ...synonyms[1].map(([standing, others]) => ({ terms: [...standing, ...others], standing })),
    ];
    const count = this.count = manifest.chapters, bits = new Bits(manifest.table);
    this.firstPassage = new Int32Array(count + 1);
    this.titleLengths = new Int32Array(count);
    this.isPast = new Uint8Array(count);
    this.isListed = new Uint8Array(count);
    for (let chapter = 0; chapter < count; chapter++) {
      this.firstPassage[chapter + 1] = this.firstPassage[chapter] + bits.gamma() - 1;
      this.titleLengths[chapter] = bits.gamma() - 1;
      this.isPast[chapter] = bits.bit();
      this.isListed[chapter] = bits.bit();
    }
    this.chapterOf = new Int32Array(this.firstPassage[count]);
    for (let i = 0; i < count; i++) this.chapterOf.fill(i, this.firstPassage[i], this.firstPassage[i + 1]);
    this.bigramStarts = manifest.pairs.starts.map((start) => codesOf(start));
    /** @type {Map<string, any>} */
    this.shards = new Map();
  }

  /** @param {number} chapter */
  passageCount(chapter) { return this.firstPassage[chapter + 1] - this.firstPassage[chapter]; }

  /** The passages of a list that are a chapter's.
     @param {number} chapter
     @param {Ids} ids */
  inChapter(chapter, ids) {
    return ids.slice(lowerBound(ids, this.firstPassage[chapter]), lowerBound(ids, this.firstPassage[chapter + 1]));
  }

  /** The file that would hold a key: the last one that starts at or before it.
     @template K
     @param {K[]} starts
     @param {K} key
     @param {(a: K, b: K) => number} compare */
  shardIndex(starts, key, compare) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (compare(starts[middle], key) <= 0) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  /** @template R, T
     @param {Shards} shards
     @param {number} number
     @param {(raw: R) => T} read
     @returns {Promise<T>} */
  async shard(shards, number, read) {
    const name = shards.names.slice(number * 10, number * 10 + 10);
    let shard = this.shards.get(name);
    if (!shard) this.shards.set(name, shard = read.call(this, await load(name)));
    return shard;
  }

  /** The postings of a bigram, or of a unigram.
     @param {string} key
     @returns {Promise<Postings>} */
  async bigram(key) {
    const codes = codesOf(key);
    if (codes.length < 2) codes.push(0);
    const file = this.shardIndex(this.bigramStarts, codes, compareCodePairs);
    if (file < 0) return EMPTY;
    const group = (await this.shard(this.manifest.pairs, file, this.readBigrams)).get(codes[0]);
    if (!group) return EMPTY;
    const index = lowerBound(group.seconds, codes[1]);
    return group.seconds[index] === codes[1] ? group.lists.get(index) : EMPTY;
  }

  /** The postings of a word or a pinyin key.
     @param {string} key
     @returns {Promise<Postings>} */
  async word(key) {
    const file = this.shardIndex(this.manifest.words.starts, key, compareByCodePoint);
    if (file < 0) return EMPTY;
    const { keys, lists } = await this.shard(this.manifest.words, file, this.readWords);
    const index = keys.indexOf(key);
    return index < 0 ? EMPTY : lists.get(index);
  }

  /** Words that begin with a prefix, in order, from at most `maxFiles` files.
     @param {string} prefix
     @param {number} maxFiles
     @returns {Promise<[string, Postings][]>} */
  async wordsWithPrefix(prefix, maxFiles) {
    const starts = this.manifest.words.starts;
    /** @type {[string, Postings][]} */
    const found = [];
    const first = Math.max(0, this.shardIndex(starts, prefix, compareByCodePoint));
    const wanted = [];
    for (let file = first; file < starts.length && wanted.length < maxFiles; file++) {
      if (file > first && compareByCodePoint(starts[file], prefix) > 0 && !starts[file].startsWith(prefix)) break;
      wanted.push(this.shard(this.manifest.words, file, this.readWords));
    }
    for (const { keys, lists } of await Promise.all(wanted)) {
      keys.forEach((word, i) => { if (word.startsWith(prefix)) found.push([word, lists.get(i)]); });
    }
    return found;
  }

  /** @param {string} base64
     @returns {BigramGroups} */
  readBigrams(base64) {
    const bits = new Bits(base64), { codePoints, listsInChunk } = this.manifest.limits;
    /** @type {BigramGroups} */
    const groups = new Map();
    for (let first = 0; ;) {
      const step = bits.gamma() - 1;
      if (!step) return groups;
      first += step;
      const hasUnigram = bits.bit(), others = bits.characters(bits.gamma() - 1, codePoints);
      const seconds = new Int32Array(hasUnigram + others.length);
      seconds.set(others, hasUnigram);
      /** @type {(from: Bits, i: number) => Postings} */
      const read = (from, i) => {
        if (!seconds[i]) return this.readList(from, true);
        const list = this.readList(from, false);
        if (from.bit()) list.trigrams = this.readTrigrams(from);
        return list;
      };
      groups.set(first, { seconds, lists: new ChunkedLists(bits, seconds.length, listsInChunk, read) });
    }
  }

  /** @param {[string, string]} raw */
  readWords([keys, base64]) {
    const words = keys.split(" "), { listsInChunk } = this.manifest.limits;
    return { keys: words, lists: new ChunkedLists(new Bits(base64), words.length, listsInChunk, (bits) => this.readList(bits, false)) };
  }

  /** @param {Bits} bits
     @param {boolean} isUnigram
     @returns {Postings} */
  readList(bits, isUnigram) {
    const chapters = bits.rising(bits.gamma() - 1, this.count);
    const passages = [];
    for (const chapter of chapters) {
      const first = this.firstPassage[chapter], count = this.passageCount(chapter);
      let passage = bits.below(count);
      passages.push(first + passage);
      if (isUnigram) continue;
      while (passage + 1 < count && bits.bit()) {
        passage += bits.gamma();
        passages.push(first + passage);
      }
    }
    /** @type {Postings} */
    const list = { text: new Int32Array(passages), title: EMPTY.title, flags: [], head: EMPTY.head, trigrams: null };
    if (bits.bit()) {
      list.title = bits.rising(bits.gamma() - 1, this.count);
      for (let i = 0; i < list.title.length; i++) list.flags.push(bits.bits(2));
      list.head = bits.rising(bits.gamma() - 1, this.count);
    }
    return list;
  }

  /** @param {Bits} bits */
  readTrigrams(bits) {
    /** @type {Map<string, { isComplement: number, marked: Set<number> }>} */
    const trigrams = new Map();
    const lasts = bits.characters(bits.gamma(), this.manifest.limits.codePoints);
    for (const last of lasts) {
      const isComplement = bits.bit(), count = bits.gamma() - 1;
      /** @type {Set<number>} */
      const marked = new Set();
      if (count) {
        const rice = bits.bits(4);
        for (let next = 0; marked.size < count;) {
          const number = next + bits.rice(rice);
          marked.add(number);
          next = number + 1;
        }
      }
      trigrams.set(String.fromCodePoint(last), { isComplement, marked });
    }
    return trigrams;
  }

  /** What the index stores of a chapter besides its text.
     @param {number} chapter
     @returns {Promise<StoredFields>} */
  async storedFields(chapter) {
    const { size, names } = this.manifest.directory, file = Math.floor(chapter / size);
    const entries = await load(names.slice(file * 10, file * 10 + 10));
    const [title, url, texts, status, kind, others, metadata, summary, inFile] = entries[chapter % size];
    return { title, url: encodePath(url), text: texts, status, kind, others, names: metadata, summary, inFile };
  }

  /** A passage of a chapter, by its number in it.
     @param {StoredFields} fields
     @param {number} number
     @returns {Promise<PassagePart[]>} */
  async passage(fields, number) {
    return (await load(textFile(fields, number)))[number % fields.inFile];
  }

  /** Whether a passage has been loaded.
     @param {StoredFields} fields
     @param {number} number */
  isLoaded(fields, number) {
    return isLoaded(textFile(fields, number));
  }

  /** Loads the bigrams that begin with a character, unless they are in many files.
     @param {string} character
     @param {() => boolean} isIdle */
  async prefetchBigrams(character, isIdle) {
    const [code] = codesOf(character);
    const from = Math.max(0, this.shardIndex(this.bigramStarts, [code, 0], compareCodePairs));
    const to = this.shardIndex(this.bigramStarts, [code, 0x10FFFF], compareCodePairs);
    if (to - from >= MAX_PREFETCH) return;
    for (let file = from; file <= to && isIdle(); file++) await this.shard(this.manifest.pairs, file, this.readBigrams);
  }

  /** Chapters whose stored fields are in files that have not been loaded, one of each file.
     @param {number[]} chapters
     @param {number} limit */
  unloadedFields(chapters, limit) {
    const { size, names } = this.manifest.directory;
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const chapter of chapters) {
      const file = Math.floor(chapter / size);
      if (!found.has(file) && !isLoaded(names.slice(file * 10, file * 10 + 10))) found.set(file, chapter);
      if (found.size === limit) break;
    }
    return [...found.values()];
  }

  /** The facets in the order in which they are shown.
      @returns {Facet[]} */
  facets() {
    return this.manifest.facets;
  }

  /** The values of a facet, each with the chapters that have it.
      @param {string} name
      @returns {Promise<{ id: string, label: string, chapters: Int32Array }[]>} */
  async facetValues(name) {
    const known = this.facets().find((facet) => facet.name === name);
    if (!known) return [];
    const facet = await load(known.file), bits = new Bits(facet.chapters);
    return facet.values.map((/** @type {[string, string]} */ [id, label]) => ({ id, label, chapters: bits.rising(bits.gamma(), this.count) }));
  }
}

/** A folded text's runs with a space between them.
   @param {string} folded */
function spaced(folded) {
  return text.runs(folded).map((run) => run.text).join(" ");
}

/** The file that holds a passage; it is named by its first one.
   @param {StoredFields} fields
   @param {number} number */
function textFile(fields, number) {
  return "text/" + fields.text + "-" + (number - number % fields.inFile);
}

/** @param {number[]} a
   @param {number[]} b */
function compareCodePairs(a, b) {
  return a[0] - b[0] || a[1] - b[1];
}

/** @param {string} a
   @param {string} b */
function compareByCodePoint(a, b) {
  if (a === b) return 0;
  const left = [...a], right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return codesOf(left[i])[0] - codesOf(right[i])[0];
  }
  return left.length - right.length;
}

/** Code points.
   @param {string} characters */
function codesOf(characters) {
  return [...characters].map((character) => Number(character.codePointAt(0)));
}

/** Percent-encodes a path as the site's pages have it.
   @param {string} path */
function encodePath(path) {
  return path.split("/").map(encode).join("/");
}
/** @param {string} part */
function encode(part) {
  return encodeURIComponent(part).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}

export { Index, open, encode, reset };
