/* The search index as files that are loaded when they are wanted. A file is a
   script that calls `handbookSearch(name, value)`, so it works from the disk
   and over HTTP alike. src/search/shard.rs and src/search/files.rs write them. */
import * as text from "./search-text.js";
import { Bits, ChunkedLists, lowerBound } from "./search-bits.js";

/** Places, rising: an array of either kind.
    @typedef {ArrayLike<number> & Iterable<number> & {
      slice(from?: number, to?: number): Ids, filter(keep: (one: number) => unknown): Ids }} Ids */
/** Where a pair or a word stands: in blocks of text, in titles of chapters and whether it
    begins or ends them, in headings of chapters.
    @typedef {{ text: Ids, title: Ids, flags: number[], head: Ids,
      trigrams: Map<string, { isComplement: number, marked: Set<number> }> | null }} Postings */
/** @typedef {Map<number, { seconds: Int32Array, lists: ChunkedLists<Postings> }>} BigramGroups */
/** @typedef {{ starts: string[], names: string }} Shards */
/** What src/search/files.rs writes into search/index.js.
    @typedef {object} Manifest
    @property {number} chapters
    @property {string} table
    @property {number} verified
    @property {string} fold
    @property {string} [synonyms]
    @property {Shards} pairs
    @property {Shards} words
    @property {{ size: number, names: string }} directory
    @property {Record<string, number>} weights those of src/search/weights.rs
    @property {Facet[]} facets */
/** What the manifest says of a facet: its name and label, whether its values keep their
    order, and the file that has them.
    @typedef {{ name: string, label: string, ordered: boolean, file: string }} Facet */
/** @typedef {{ title: string, url: string, text: string, status: string, kind: string, others: string,
      names: string, summary: string }} StoredFields */
/** Anchor, label and text.
    @typedef {[string, string, string]} PassagePart */
/** @typedef {(files: { wanted: number, loaded: number }) => void} ProgressListener */

/* The site's root, from this script's own address. */
const own = document.currentScript ? /** @type {HTMLScriptElement} */ (document.currentScript).src : "";
const root = own.slice(0, Math.max(0, own.lastIndexOf("assets/")));

/** @type {Map<string, Promise<any>>} */
const pendingFiles = new Map();
/** @type {Map<string, unknown>} */
const receivedValues = new Map();
/** @type {Set<string>} */
const loadedFiles = new Set();
/** @type {ProgressListener | null} */
let listener = null;

/** How a file is opened: by a script element.
   @param {string} name
   @param {boolean} [fresh]
   @returns {Promise<unknown>} */
let fetchFile = function (name, fresh) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root + "search/" + name + ".js" + (fresh ? "?" + Date.now() : "");
    script.async = true;
    script.onload = () => { script.remove(); resolve(undefined); };
    script.onerror = () => { script.remove(); reject(new Error(script.src)); };
    document.head.append(script);
  });
};

/** Elsewhere than in a page, whoever runs the engine has another way.
   @param {typeof fetchFile} fetcher */
function setFetch(fetcher) { fetchFile = fetcher; }

/** What the files call.
   @param {string} name
   @param {unknown} value */
function receive(name, value) {
  receivedValues.set(name, value);
}
Object.assign(globalThis, { handbookSearch: receive });

/** @param {string} name */
function SearchError(name) {
  return Object.assign(new Error("search: could not load " + name), { name: "SearchError", file: "search/" + name + ".js" });
}

/** The value of a file; it is loaded once. A failure is forgotten, so that a
   later search tries again.
   @param {string} name
   @param {boolean} [fresh]
   @returns {Promise<any>} */
function load(name, fresh) {
  let promise = pendingFiles.get(name);
  if (!promise) {
    reportProgress(1, 0);
    promise = fetchFile(name, fresh).then(() => {
      const value = receivedValues.get(name);
      receivedValues.delete(name);
      if (value === undefined) throw SearchError(name);
      reportProgress(0, 1);
      loadedFiles.add(name);
      return value;
    }).catch(() => {
      pendingFiles.delete(name);
      reportProgress(-1, 0);
      throw SearchError(name);
    });
    pendingFiles.set(name, promise);
  }
  return promise;
}

const progress = { wanted: 0, loaded: 0 };
/** @param {number} wanted
   @param {number} loaded */
function reportProgress(wanted, loaded) {
  progress.wanted += wanted;
  progress.loaded += loaded;
  if (listener) listener({ wanted: progress.wanted, loaded: progress.loaded });
}

/* ---- manifest ---- */

/** @type {Promise<Index> | null} */
let indexPromise = null;

/** The manifest, the table for folding and the synonyms; loaded once.
   @returns {Promise<Index>} */
function open() {
  if (!indexPromise) {
    indexPromise = load("index").then(async (/** @type {Manifest} */ manifest) => {
      const [folding, synonyms] = await Promise.all([
        load(manifest.fold), manifest.synonyms ? load(manifest.synonyms) : [],
      ]);
      readFolding(folding[0]);
      return new Index(manifest, folding[1].split(" "), synonyms);
    }).catch((error) => { indexPromise = null; throw error; });
  }
  return indexPromise;
}

/** @param {string} base64 */
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
  text.setSimplified(pairs);
}

/* Everything behind what a file could not be found for. */
function reset() { indexPromise = null; pendingFiles.clear(); receivedValues.clear(); loadedFiles.clear(); }

/* Files loaded ahead at most. */
const MAX_PREFETCH = 6;
/** @type {Postings} */
const EMPTY = { text: new Int32Array(0), title: new Int32Array(0), flags: [], head: new Int32Array(0), trigrams: null };

class Index {
  /** @param {Manifest} manifest
     @param {string[]} syllables
     @param {string[][]} synonyms */
  constructor(manifest, syllables, synonyms) {
    this.manifest = manifest;
    this.syllables = new Set(syllables);
    this.synonyms = synonyms;
    const count = this.count = manifest.chapters, bits = new Bits(manifest.table);
    this.firstPassage = new Int32Array(count + 1);
    this.titleLengths = new Int32Array(count);
    this.isPast = new Uint8Array(count);
    this.isListed = new Uint8Array(count);
    for (let at = 0; at < count; at++) {
      this.firstPassage[at + 1] = this.firstPassage[at] + bits.gamma() - 1;
      this.titleLengths[at] = bits.gamma() - 1;
      this.isPast[at] = bits.bit();
      this.isListed[at] = bits.bit();
    }
    this.chapterOf = new Int32Array(this.firstPassage[count]);
    for (let at = 0; at < count; at++) this.chapterOf.fill(at, this.firstPassage[at], this.firstPassage[at + 1]);
    this.bigramStarts = manifest.pairs.starts.map((start) => codePoints(start));
    /** @type {Map<string, any>} */
    this.shards = new Map();
  }

  /** @param {number} chapter */
  passageCount(chapter) { return this.firstPassage[chapter + 1] - this.firstPassage[chapter]; }

  /** Those of a list of blocks that are a chapter's.
     @param {number} chapter
     @param {Ids} ids */
  inChapter(chapter, ids) {
    return ids.slice(lowerBound(ids, this.firstPassage[chapter]), lowerBound(ids, this.firstPassage[chapter + 1]));
  }

  /** Which file would hold a key: the last that begins at or before it.
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

  /** The posting list of a pair of characters, or of a single one.
     @param {string} key
     @returns {Promise<Postings>} */
  async bigram(key) {
    const codes = codePoints(key);
    if (codes.length < 2) codes.push(0);
    const at = this.shardIndex(this.bigramStarts, codes, compareCodePairs);
    if (at < 0) return EMPTY;
    const group = (await this.shard(this.manifest.pairs, at, this.readBigrams)).get(codes[0]);
    if (!group) return EMPTY;
    const index = lowerBound(group.seconds, codes[1]);
    return group.seconds[index] === codes[1] ? group.lists.get(index) : EMPTY;
  }

  /** @param {string} key
     @returns {Promise<Postings>} */
  async word(key) {
    const at = this.shardIndex(this.manifest.words.starts, key, compareByCodePoint);
    if (at < 0) return EMPTY;
    const { keys, lists } = await this.shard(this.manifest.words, at, this.readWords);
    const index = keys.indexOf(key);
    return index < 0 ? EMPTY : lists.get(index);
  }

  /** Words with a beginning, in order, from at most `most` files.
     @param {string} prefix
     @param {number} maxFiles
     @returns {Promise<[string, Postings][]>} */
  async wordsWithPrefix(prefix, maxFiles) {
    const starts = this.manifest.words.starts;
    /** @type {[string, Postings][]} */
    const found = [];
    const first = Math.max(0, this.shardIndex(starts, prefix, compareByCodePoint));
    const wanted = [];
    for (let at = first; at < starts.length && wanted.length < maxFiles; at++) {
      if (at > first && compareByCodePoint(starts[at], prefix) > 0 && !starts[at].startsWith(prefix)) break;
      wanted.push(this.shard(this.manifest.words, at, this.readWords));
    }
    for (const { keys, lists } of await Promise.all(wanted)) {
      keys.forEach((word, at) => { if (word.startsWith(prefix)) found.push([word, lists.get(at)]); });
    }
    return found;
  }

  /** Groups of pairs by their first character; of the second ones 0 is none.
     @param {string} base64
     @returns {BigramGroups} */
  readBigrams(base64) {
    const bits = new Bits(base64);
    /** @type {BigramGroups} */
    const groups = new Map();
    for (let first = 0; ;) {
      const step = bits.gamma() - 1;
      if (!step) return groups;
      first += step;
      const hasUnigram = bits.bit(), others = bits.characters(bits.gamma() - 1);
      const seconds = new Int32Array(hasUnigram + others.length);
      seconds.set(others, hasUnigram);
      /** @type {(from: Bits, at: number) => Postings} */
      const read = (from, at) => {
        if (!seconds[at]) return this.readList(from, true);
        const list = this.readList(from, false);
        if (from.bit()) list.trigrams = this.readTrigrams(from);
        return list;
      };
      groups.set(first, { seconds, lists: new ChunkedLists(bits, seconds.length, read) });
    }
  }

  /** @param {[string, string]} raw */
  readWords([keys, base64]) {
    const words = keys.split(" ");
    return { keys: words, lists: new ChunkedLists(new Bits(base64), words.length, (bits) => this.readList(bits, false)) };
  }

  /** @param {Bits} bits
     @param {boolean} isUnigram
     @returns {Postings} */
  readList(bits, isUnigram) {
    const chapters = bits.rising(bits.gamma() - 1, this.count);
    const blocks = [];
    for (const chapter of chapters) {
      const base = this.firstPassage[chapter], bound = this.passageCount(chapter);
      let block = bits.below(bound);
      blocks.push(base + block);
      if (isUnigram) continue;
      while (block + 1 < bound && bits.bit()) {
        block += bits.gamma();
        blocks.push(base + block);
      }
    }
    /** @type {Postings} */
    const list = { text: new Int32Array(blocks), title: EMPTY.title, flags: [], head: EMPTY.head, trigrams: null };
    if (bits.bit()) {
      list.title = bits.rising(bits.gamma() - 1, this.count);
      for (let at = 0; at < list.title.length; at++) list.flags.push(bits.bits(2));
      list.head = bits.rising(bits.gamma() - 1, this.count);
    }
    return list;
  }

  /** @param {Bits} bits */
  readTrigrams(bits) {
    /** @type {Map<string, { isComplement: number, marked: Set<number> }>} */
    const trigrams = new Map();
    const lasts = bits.characters(bits.gamma());
    for (const last of lasts) {
      const isComplement = bits.bit(), count = bits.gamma() - 1;
      /** @type {Set<number>} */
      const marked = new Set();
      if (count) {
        const rice = bits.bits(4);
        for (let next = 0; marked.size < count;) {
          const at = next + bits.rice(rice);
          marked.add(at);
          next = at + 1;
        }
      }
      trigrams.set(String.fromCodePoint(last), { isComplement, marked });
    }
    return trigrams;
  }

  /** What the directory says of a chapter.
     @param {number} chapter
     @returns {Promise<StoredFields>} */
  async storedFields(chapter) {
    const { size, names } = this.manifest.directory, at = Math.floor(chapter / size);
    const entries = await load(names.slice(at * 10, at * 10 + 10));
    const [title, url, texts, status, kind, others, people, summary] = entries[chapter % size];
    return { title, url: encodePath(url), text: texts, status, kind, others, names: people, summary };
  }

  /** The units of a block of text: anchor, label, text.
     @param {StoredFields} entry
     @param {number} block
     @returns {Promise<PassagePart[]>} */
  passage(entry, block) {
    return load("text/" + entry.text + "-" + block);
  }

  /** Whether these units are here already.
     @param {StoredFields} entry
     @param {number} block */
  isLoaded(entry, block) {
    return loadedFiles.has("text/" + entry.text + "-" + block);
  }

  /** Loads what the next character needs if one goes on from this one, unless that is
     spread over many files.
     @param {string} character
     @param {() => boolean} isIdle */
  async prefetchBigrams(character, isIdle) {
    const [code] = codePoints(character);
    const from = Math.max(0, this.shardIndex(this.bigramStarts, [code, 0], compareCodePairs));
    const to = this.shardIndex(this.bigramStarts, [code, 0x10FFFF], compareCodePairs);
    if (to - from >= MAX_PREFETCH) return;
    for (let at = from; at <= to && isIdle(); at++) await this.shard(this.manifest.pairs, at, this.readBigrams);
  }

  /** Of the files of the directory that hold chapters and are not here yet, so many,
     each by a chapter of it.
     @param {number[]} chapters
     @param {number} limit */
  unloadedFields(chapters, limit) {
    const { size, names } = this.manifest.directory;
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const chapter of chapters) {
      const at = Math.floor(chapter / size);
      if (!found.has(at) && !loadedFiles.has(names.slice(at * 10, at * 10 + 10))) found.set(at, chapter);
      if (found.size === limit) break;
    }
    return [...found.values()];
  }

  /** What the manifest says of each facet, in the order in which they are shown: its
      name and label, and whether its values keep their order.
      @returns {Facet[]} */
  facets() {
    return this.manifest.facets;
  }

  /** The values of a facet with the chapters that have each.
      @param {string} name
      @returns {Promise<{ id: string, label: string, chapters: Int32Array }[]>} */
  async facetValues(name) {
    const known = this.facets().find((facet) => facet.name === name);
    if (!known) return [];
    const facet = await load(known.file), bits = new Bits(facet.chapters);
    return facet.values.map((/** @type {[string, string]} */ [id, label]) => ({ id, label, chapters: bits.rising(bits.gamma(), this.count) }));
  }
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
  for (let at = 0; at < left.length && at < right.length; at++) {
    if (left[at] !== right[at]) return codePoints(left[at])[0] - codePoints(right[at])[0];
  }
  return left.length - right.length;
}

/** @param {string} characters */
function codePoints(characters) {
  return [...characters].map((character) => Number(character.codePointAt(0)));
}

/** A path as the site's pages write it.
   @param {string} path */
function encodePath(path) {
  return path.split("/").map(encode).join("/");
}
/** @param {string} part */
function encode(part) {
  return encodeURIComponent(part).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}

/** Tells of files that are asked for and have come.
   @param {ProgressListener} heard */
function onProgress(heard) { listener = heard; }

export { Index, open, load, encode, onProgress, reset, setFetch, EMPTY };
