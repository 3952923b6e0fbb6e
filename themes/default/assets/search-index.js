/* The search index as files that are loaded when they are wanted. A file is a
   script that calls `handbookSearch(name, value)`, so it works from the disk
   and over HTTP alike. src/search/shard.rs and src/search/files.rs write them. */
import * as text from "./search-text.js";
import { Bits, ChunkedLists, lowerBound } from "./search-bits.js";

/** Places, rising: an array of either kind.
    @typedef {ArrayLike<number> & Iterable<number> & {
      slice(from?: number, to?: number): Numbers, filter(keep: (one: number) => unknown): Numbers }} Numbers */
/** Where a pair or a word stands: in blocks of text, in titles of chapters and whether it
    begins or ends them, in headings of chapters.
    @typedef {{ text: Numbers, title: Numbers, flags: number[], head: Numbers,
      triples: Map<string, { without: number, marked: Set<number> }> | null }} Postings */
/** @typedef {Map<number, { seconds: Int32Array, lists: ChunkedLists<Postings> }>} Pairs */
/** @typedef {{ starts: string[], names: string }} Parts */
/** What src/search/files.rs writes into search/index.js.
    @typedef {object} Manifest
    @property {number} chapters
    @property {string} table
    @property {number} verified
    @property {string} fold
    @property {string} [synonyms]
    @property {Parts} pairs
    @property {Parts} words
    @property {{ size: number, names: string }} directory
    @property {Record<string, number>} weights those of src/search/weights.rs
    @property {Facet[]} facets */
/** What the manifest says of a facet: its name and label, whether its values keep their
    order, and the file that has them.
    @typedef {{ name: string, label: string, ordered: boolean, file: string }} Facet */
/** @typedef {{ title: string, url: string, text: string, status: string, kind: string, others: string,
      names: string, summary: string }} Entry */
/** Anchor, label and text.
    @typedef {[string, string, string]} Unit */
/** @typedef {(files: { wanted: number, loaded: number }) => void} Heard */

/* The site's root, from this script's own address. */
const own = document.currentScript ? /** @type {HTMLScriptElement} */ (document.currentScript).src : "";
const root = own.slice(0, Math.max(0, own.lastIndexOf("assets/")));

/** @type {Map<string, Promise<any>>} */
const loads = new Map();
/** @type {Map<string, unknown>} */
const arrivals = new Map();
/** @type {Set<string>} */
const arrived = new Set();
/** @type {Heard | null} */
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
   @param {typeof fetchFile} way */
function fetchBy(way) { fetchFile = way; }

/** What the files call.
   @param {string} name
   @param {unknown} value */
function take(name, value) {
  arrivals.set(name, value);
}
Object.assign(globalThis, { handbookSearch: take });

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
  let promise = loads.get(name);
  if (!promise) {
    tell(1, 0);
    promise = fetchFile(name, fresh).then(() => {
      const value = arrivals.get(name);
      arrivals.delete(name);
      if (value === undefined) throw SearchError(name);
      tell(0, 1);
      arrived.add(name);
      return value;
    }).catch(() => {
      loads.delete(name);
      tell(-1, 0);
      throw SearchError(name);
    });
    loads.set(name, promise);
  }
  return promise;
}

const progress = { wanted: 0, loaded: 0 };
/** @param {number} wanted
   @param {number} loaded */
function tell(wanted, loaded) {
  progress.wanted += wanted;
  progress.loaded += loaded;
  if (listener) listener({ wanted: progress.wanted, loaded: progress.loaded });
}

/* ---- manifest ---- */

/** @type {Promise<Index> | null} */
let opened = null;

/** The manifest, the table for folding and the synonyms; loaded once.
   @returns {Promise<Index>} */
function open() {
  if (!opened) {
    opened = load("index").then(async (/** @type {Manifest} */ manifest) => {
      const [folding, synonyms] = await Promise.all([
        load(manifest.fold), manifest.synonyms ? load(manifest.synonyms) : [],
      ]);
      learn(folding[0]);
      return new Index(manifest, folding[1].split(" "), synonyms);
    }).catch((error) => { opened = null; throw error; });
  }
  return opened;
}

/** @param {string} base64 */
function learn(base64) {
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
function reset() { opened = null; loads.clear(); arrivals.clear(); arrived.clear(); }

/* Files loaded ahead at most. */
const AHEAD = 6;
/** @type {Postings} */
const NOTHING = { text: new Int32Array(0), title: new Int32Array(0), flags: [], head: new Int32Array(0), triples: null };

class Index {
  /** @param {Manifest} manifest
     @param {string[]} syllables
     @param {string[][]} synonyms */
  constructor(manifest, syllables, synonyms) {
    this.manifest = manifest;
    this.syllables = new Set(syllables);
    this.synonyms = synonyms;
    const count = this.count = manifest.chapters, bits = new Bits(manifest.table);
    this.base = new Int32Array(count + 1);
    this.letters = new Int32Array(count);
    this.past = new Uint8Array(count);
    this.listed = new Uint8Array(count);
    for (let at = 0; at < count; at++) {
      this.base[at + 1] = this.base[at] + bits.gamma() - 1;
      this.letters[at] = bits.gamma() - 1;
      this.past[at] = bits.bit();
      this.listed[at] = bits.bit();
    }
    this.chapterOf = new Int32Array(this.base[count]);
    for (let at = 0; at < count; at++) this.chapterOf.fill(at, this.base[at], this.base[at + 1]);
    this.pairStarts = manifest.pairs.starts.map((start) => codesOf(start));
    /** @type {Map<string, any>} */
    this.shards = new Map();
  }

  /** @param {number} chapter */
  blocks(chapter) { return this.base[chapter + 1] - this.base[chapter]; }

  /** Those of a list of blocks that are a chapter's.
     @param {number} chapter
     @param {Numbers} blocks */
  within(chapter, blocks) {
    return blocks.slice(lowerBound(blocks, this.base[chapter]), lowerBound(blocks, this.base[chapter + 1]));
  }

  /** Which file would hold a key: the last that begins at or before it.
     @template K
     @param {K[]} starts
     @param {K} key
     @param {(a: K, b: K) => number} compare */
  shardOf(starts, key, compare) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (compare(starts[middle], key) <= 0) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  /** @template R, T
     @param {Parts} parts
     @param {number} at
     @param {(raw: R) => T} read
     @returns {Promise<T>} */
  async shard(parts, at, read) {
    const name = parts.names.slice(at * 10, at * 10 + 10);
    let shard = this.shards.get(name);
    if (!shard) this.shards.set(name, shard = read.call(this, await load(name)));
    return shard;
  }

  /** The posting list of a pair of characters, or of a single one.
     @param {string} key
     @returns {Promise<Postings>} */
  async pair(key) {
    const codes = codesOf(key);
    if (codes.length < 2) codes.push(0);
    const at = this.shardOf(this.pairStarts, codes, comparePairs);
    if (at < 0) return NOTHING;
    const group = (await this.shard(this.manifest.pairs, at, this.readPairs)).get(codes[0]);
    if (!group) return NOTHING;
    const place = lowerBound(group.seconds, codes[1]);
    return group.seconds[place] === codes[1] ? group.lists.get(place) : NOTHING;
  }

  /** @param {string} key
     @returns {Promise<Postings>} */
  async word(key) {
    const at = this.shardOf(this.manifest.words.starts, key, compareCodes);
    if (at < 0) return NOTHING;
    const { keys, lists } = await this.shard(this.manifest.words, at, this.readWords);
    const place = keys.indexOf(key);
    return place < 0 ? NOTHING : lists.get(place);
  }

  /** Words with a beginning, in order, from at most `most` files.
     @param {string} prefix
     @param {number} most
     @returns {Promise<[string, Postings][]>} */
  async wordsFrom(prefix, most) {
    const starts = this.manifest.words.starts;
    /** @type {[string, Postings][]} */
    const found = [];
    const first = Math.max(0, this.shardOf(starts, prefix, compareCodes));
    const wanted = [];
    for (let at = first; at < starts.length && wanted.length < most; at++) {
      if (at > first && compareCodes(starts[at], prefix) > 0 && !starts[at].startsWith(prefix)) break;
      wanted.push(this.shard(this.manifest.words, at, this.readWords));
    }
    for (const { keys, lists } of await Promise.all(wanted)) {
      keys.forEach((word, at) => { if (word.startsWith(prefix)) found.push([word, lists.get(at)]); });
    }
    return found;
  }

  /** Groups of pairs by their first character; of the second ones 0 is none.
     @param {string} base64
     @returns {Pairs} */
  readPairs(base64) {
    const bits = new Bits(base64);
    /** @type {Pairs} */
    const groups = new Map();
    for (let first = 0; ;) {
      const step = bits.gamma() - 1;
      if (!step) return groups;
      first += step;
      const single = bits.bit(), others = bits.characters(bits.gamma() - 1);
      const seconds = new Int32Array(single + others.length);
      seconds.set(others, single);
      /** @type {(from: Bits, at: number) => Postings} */
      const read = (from, at) => {
        if (!seconds[at]) return this.list(from, true);
        const list = this.list(from, false);
        if (from.bit()) list.triples = this.triples(from);
        return list;
      };
      groups.set(first, { seconds, lists: new ChunkedLists(bits, seconds.length, read) });
    }
  }

  /** @param {[string, string]} raw */
  readWords([keys, base64]) {
    const words = keys.split(" ");
    return { keys: words, lists: new ChunkedLists(new Bits(base64), words.length, (bits) => this.list(bits, false)) };
  }

  /** @param {Bits} bits
     @param {boolean} single
     @returns {Postings} */
  list(bits, single) {
    const chapters = bits.rising(bits.gamma() - 1, this.count);
    const blocks = [];
    for (const chapter of chapters) {
      const base = this.base[chapter], bound = this.blocks(chapter);
      let block = bits.below(bound);
      blocks.push(base + block);
      if (single) continue;
      while (block + 1 < bound && bits.bit()) {
        block += bits.gamma();
        blocks.push(base + block);
      }
    }
    /** @type {Postings} */
    const list = { text: new Int32Array(blocks), title: NOTHING.title, flags: [], head: NOTHING.head, triples: null };
    if (bits.bit()) {
      list.title = bits.rising(bits.gamma() - 1, this.count);
      for (let at = 0; at < list.title.length; at++) list.flags.push(bits.bits(2));
      list.head = bits.rising(bits.gamma() - 1, this.count);
    }
    return list;
  }

  /** @param {Bits} bits */
  triples(bits) {
    /** @type {Map<string, { without: number, marked: Set<number> }>} */
    const triples = new Map();
    const lasts = bits.characters(bits.gamma());
    for (const last of lasts) {
      const without = bits.bit(), count = bits.gamma() - 1;
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
      triples.set(String.fromCodePoint(last), { without, marked });
    }
    return triples;
  }

  /** What the directory says of a chapter.
     @param {number} chapter
     @returns {Promise<Entry>} */
  async entry(chapter) {
    const { size, names } = this.manifest.directory, at = Math.floor(chapter / size);
    const entries = await load(names.slice(at * 10, at * 10 + 10));
    const [title, url, texts, status, kind, others, people, summary] = entries[chapter % size];
    return { title, url: address(url), text: texts, status, kind, others, names: people, summary };
  }

  /** The units of a block of text: anchor, label, text.
     @param {Entry} entry
     @param {number} block
     @returns {Promise<Unit[]>} */
  units(entry, block) {
    return load("text/" + entry.text + "-" + block);
  }

  /** Whether these units are here already.
     @param {Entry} entry
     @param {number} block */
  has(entry, block) {
    return arrived.has("text/" + entry.text + "-" + block);
  }

  /** Loads what the next character needs if one goes on from this one, unless that is
     spread over many files.
     @param {string} character
     @param {() => boolean} isIdle */
  async ahead(character, isIdle) {
    const [code] = codesOf(character);
    const from = Math.max(0, this.shardOf(this.pairStarts, [code, 0], comparePairs));
    const to = this.shardOf(this.pairStarts, [code, 0x10FFFF], comparePairs);
    if (to - from >= AHEAD) return;
    for (let at = from; at <= to && isIdle(); at++) await this.shard(this.manifest.pairs, at, this.readPairs);
  }

  /** Of the files of the directory that hold chapters and are not here yet, so many,
     each by a chapter of it.
     @param {number[]} chapters
     @param {number} most */
  others(chapters, most) {
    const { size, names } = this.manifest.directory;
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const chapter of chapters) {
      const at = Math.floor(chapter / size);
      if (!found.has(at) && !arrived.has(names.slice(at * 10, at * 10 + 10))) found.set(at, chapter);
      if (found.size === most) break;
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
  async facet(name) {
    const known = this.facets().find((facet) => facet.name === name);
    if (!known) return [];
    const facet = await load(known.file), bits = new Bits(facet.chapters);
    return facet.values.map((/** @type {[string, string]} */ [id, label]) => ({ id, label, chapters: bits.rising(bits.gamma(), this.count) }));
  }
}

/** @param {number[]} a
   @param {number[]} b */
function comparePairs(a, b) {
  return a[0] - b[0] || a[1] - b[1];
}

/** @param {string} a
   @param {string} b */
function compareCodes(a, b) {
  if (a === b) return 0;
  const left = [...a], right = [...b];
  for (let at = 0; at < left.length && at < right.length; at++) {
    if (left[at] !== right[at]) return codesOf(left[at])[0] - codesOf(right[at])[0];
  }
  return left.length - right.length;
}

/** @param {string} characters */
function codesOf(characters) {
  return [...characters].map((character) => Number(character.codePointAt(0)));
}

/** A path as the site's pages write it.
   @param {string} path */
function address(path) {
  return path.split("/").map(encode).join("/");
}
/** @param {string} part */
function encode(part) {
  return encodeURIComponent(part).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}

/** Tells of files that are asked for and have come.
   @param {Heard} heard */
function listen(heard) { listener = heard; }

export { Index, open, load, encode, listen, reset, fetchBy, NOTHING };
