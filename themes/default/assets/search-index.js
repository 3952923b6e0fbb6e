/* The search index: its files, parsed when a search needs them. src/search/files.rs, src/search/shard.rs and
   src/search/texts.rs write them; docs/search-format.md describes them. */
import * as text from "./search-text.js";
import { Bits, lowerBound } from "./search-bits.js";
import { Alphabet, ListReader } from "./search-lists.js";
import { EMPTY } from "./search-postings.js";
import { Sounds } from "./search-sounds.js";
import { Synonyms } from "./search-synonyms.js";
import { load, isLoaded, forgetFiles } from "./search-loader.js";

/** @import { Ids, Postings } from "./search-postings.js" */
/** @import { QuestionWords } from "./search-question.js" */
/** @import { ChunkedLists } from "./search-bits.js" */
/** @import { SoundFiles } from "./search-sounds.js" */
/** @import { SynonymFiles } from "./search-synonyms.js" */
/** Those of src/search/limits.rs.
    @typedef {Record<"clauses" | "excerpt" | "joinedWords" | "listsInChunk" | "longQuery" | "looseCharacters" | "longRun" |
      "pinyinInitials" | "pinyinReadings" | "pinyinSyllable" | "prefixLetters" | "prefixWords" | "queryLength" | "rescored" | "sampledBigrams" |
      "typoLetters" | "verified" | "verifiedForCount" | "wordLength", number>} Limits */
/** What src/search/files.rs writes into search/index.js.
    @typedef {object} Manifest
    @property {number} chapters
    @property {number[]} logarithms
    @property {string} table
    @property {{ name: string, letters: string, first: number, words: string[] }} shards
    @property {{ sizes: number[], names: string }} texts
    @property {{ shown: string, file: string }} fold
    @property {string} pinyin
    @property {QuestionWords} question
    @property {SoundFiles} sounds
    @property {SynonymFiles} synonyms
    @property {Record<string, number>} weights those of src/search/weights.rs
    @property {Limits} limits
    @property {Facet[]} facets */
/** A facet: its name and label, whether its values keep their order, and the file that has them.
    @typedef {{ name: string, label: string, ordered: boolean, file: string }} Facet */
/** @typedef {{ title: string, url: string, status: string, kind: string, others: string, names: string, summary: string,
    facts: string, successors: string }} StoredFields */
/** Part of a section or clause: anchor, label and text.
    @typedef {[string, string, string]} PassagePart */
/** Words, the place of each, and their lists.
    @typedef {{ keys: string[], places: Map<string, number>, lists: ChunkedLists<Postings>, synonyms: Int32Array }} WordFile */

/* ---- manifest ---- */

/** @type {Promise<Index> | null} */
let indexPromise = null;

/** Loads the manifest, once.
   @returns {Promise<Index>} */
function open() {
  if (!indexPromise) {
    indexPromise = load("index").then((/** @type {Manifest} */ manifest) => {
      text.configure(readFolding(manifest.fold.shown), manifest.limits);
      return new Index(manifest);
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
  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.manifest = manifest;
    this.questionWords = manifest.question;
    /* The words that ask are simplified. */
    this.asking = new Set(JSON.stringify(manifest.question));
    /* Whether all traditional characters are known. */
    this.hasFolding = false;
    const count = this.count = manifest.chapters, bits = new Bits(manifest.table);
    this.firstPassage = new Int32Array(count + 1);
    this.passagesInFile = new Int32Array(count).fill(1);
    this.titleLengths = new Int32Array(count);
    this.isPast = new Uint8Array(count);
    this.isListed = new Uint8Array(count).fill(1);
    const passages = bits.bits(4);
    for (let chapter = 0; chapter < count; chapter++) this.firstPassage[chapter + 1] = this.firstPassage[chapter] + bits.rice(passages);
    const titles = bits.bits(4);
    for (let chapter = 0; chapter < count; chapter++) this.titleLengths[chapter] = bits.rice(titles);
    /* How often others refer to each, as a logarithm. */
    this.cited = new Uint8Array(count);
    const cited = bits.bits(4);
    for (let chapter = 0; chapter < count; chapter++) this.cited[chapter] = bits.rice(cited);
    this.isGuide = new Uint8Array(count);
    const [several, past, unlisted, guides] = [0, 1, 2, 3].map(() => bits.rising(bits.gamma() - 1, count));
    for (const chapter of past) this.isPast[chapter] = 1;
    for (const chapter of unlisted) this.isListed[chapter] = 0;
    for (const chapter of guides) this.isGuide[chapter] = 1;
    for (const chapter of several) this.passagesInFile[chapter] = bits.gamma() + 1;
    this.chapterOf = new Int32Array(this.firstPassage[count]);
    for (let i = 0; i < count; i++) this.chapterOf.fill(i, this.firstPassage[i], this.firstPassage[i + 1]);
    this.alphabet = new Alphabet(manifest.shards.letters);
    this.reader = new ListReader(this.alphabet, this.firstPassage, manifest.limits, manifest.synonyms.count);
    /** @type {Map<string, any>} */
    this.shards = new Map();
    this.textNames = textNames(manifest.texts, this.firstPassage);
    /** By chapter. @type {Map<number, StoredFields>} */
    this.fields = new Map();
    this.synonyms = new Synonyms(manifest.synonyms, this);
    this.sounds = new Sounds(manifest.sounds);
  }

  /** Loads what a query needs to be folded: the table of all traditional characters, if it has one that no
     text has and that is not known.
     @param {string} query */
  async prepare(query) {
    const isUnknown = [...query.normalize("NFKD")].some((character) => {
      const code = Number(character.codePointAt(0));
      return code >= 0x2E80 && !this.asking.has(character) && this.alphabet.letter(code) < 0 && text.classOf(character) === text.UNSEGMENTED && !text.isTraditional(character);
    });
    if (!isUnknown || this.hasFolding) return;
    text.configure(readFolding(await load(this.manifest.fold.file)), this.manifest.limits);
    this.hasFolding = true;
  }

  /** The first passages of a chapter, so many, and those of the others that are in their files, which are here
     then.
     @param {number} chapter
     @param {number[]} passages
     @param {number} most */
  inFiles(chapter, passages, most) {
    const files = new Set(passages.slice(0, most).map((passage) => this.fileOf(chapter, passage)));
    return passages.filter((passage) => files.has(this.fileOf(chapter, passage)));
  }

  /** Which file of a chapter has a passage.
     @param {number} chapter
     @param {number} passage */
  fileOf(chapter, passage) { return Math.floor((passage - this.firstPassage[chapter]) / this.passagesInFile[chapter]); }

  /** The factor of a chapter's score by what it is, and by who refers to it.
     @param {number} chapter */
  standing(chapter) {
    const { cited, guide } = this.manifest.weights;
    return (this.isGuide[chapter] ? guide : 1) * (1 + cited * this.cited[chapter]);
  }

  /** The natural logarithm of a number from 1, by the table that all engines have: src/search/logarithm.rs.
     @param {number} number */
  logarithm(number) {
    const { logarithms } = this.manifest, last = logarithms.length - 1;
    let sum = 0, rest = Math.min(number, 2 ** 63);
    for (; rest >= 2; rest /= 2) sum += logarithms[last];
    const place = Math.max(0, rest - 1) * last, i = Math.floor(place);
    return (sum + logarithms[i] + (place - i) * (logarithms[i + 1] - logarithms[i])) / 1e6;
  }

  /** The syllables of pinyin; none if no text has characters. */
  async syllables() {
    if (!this.manifest.pinyin) return new Set();
    /** @type {string} */
    const all = await load(this.manifest.pinyin);
    return new Set(all.split(" "));
  }

  /** @param {number} chapter */
  passageCount(chapter) { return this.firstPassage[chapter + 1] - this.firstPassage[chapter]; }

  /** The passages of a list that are a chapter's.
     @param {number} chapter
     @param {Ids} ids */
  inChapter(chapter, ids) {
    return ids.slice(lowerBound(ids, this.firstPassage[chapter]), lowerBound(ids, this.firstPassage[chapter + 1]));
  }

  /* ---- posting lists ---- */

  /** A file of posting lists.
     @template R, T
     @param {number} number
     @param {(raw: R) => T} read
     @returns {Promise<T>} */
  async shard(number, read) {
    const name = this.manifest.shards.name + "-" + number;
    let shard = this.shards.get(name);
    if (!shard) this.shards.set(name, shard = read(await load(name)));
    return shard;
  }

  /** A file of bigrams.
     @param {number} file */
  bigramFile(file) {
    return this.shard(file, (/** @type {string} */ base64) => this.reader.bigrams(base64, this.alphabet.ranges[file]));
  }

  /** The postings of a bigram, or of a unigram.
     @param {string} key
     @returns {Promise<Postings>} */
  async bigram(key) {
    const letters = [...key].map((character) => this.alphabet.letter(Number(character.codePointAt(0))));
    if (letters.some((letter) => letter < 0)) return EMPTY;
    const [first, second = -1] = letters;
    const group = (await this.bigramFile(this.alphabet.fileOf(first, second))).groups.get(first);
    if (!group) return EMPTY;
    if (second < 0) return group.hasUnigram ? group.lists.get(0) : EMPTY;
    const wanted = Math.floor(second / this.alphabet.parts[first]), index = lowerBound(group.seconds, wanted);
    return group.seconds[index] === wanted ? group.lists.get(group.hasUnigram + index) : EMPTY;
  }

  /** Where two unsegmented characters stand, without what is known of trigrams: from a file of synonyms that has been
     loaded, if they are such a word.
     @param {string} key
     @returns {Promise<Postings>} */
  async pair(key) {
    const isPair = [...key].length === 2 && [...key].every((character) => text.classOf(character) === text.UNSEGMENTED);
    return (isPair && this.synonyms.list(key)) || this.bigram(key);
  }

  /** Whether a character stands in some text and is no frequent one.
     @param {string} character */
  isTelling(character) {
    return this.alphabet.isFrequent[this.alphabet.letter(Number(character.codePointAt(0)))] === 0;
  }

  /** The file of words that would hold a word: the last one that starts at or before it.
     @param {string} word */
  wordFileOf(word) {
    const { words } = this.manifest.shards;
    let low = 0, high = words.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (compareByCodePoint(words[middle], word) <= 0) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  /** @param {number} file
     @returns {Promise<WordFile>} */
  wordFile(file) {
    return this.shard(this.manifest.shards.first + file, (/** @type {[string, string]} */ raw) => this.reader.words(raw));
  }

  /** The postings of a word or a pinyin key.
     @param {string} key
     @returns {Promise<Postings>} */
  async word(key) {
    const file = this.wordFileOf(key);
    if (file < 0) return EMPTY;
    const { places, lists } = await this.wordFile(file), place = places.get(key);
    return place === undefined ? EMPTY : lists.get(place);
  }

  /** Words that begin with a prefix, in order, from at most `maxFiles` files.
     @param {string} prefix
     @param {number} maxFiles
     @returns {Promise<[string, Postings][]>} */
  async wordsWithPrefix(prefix, maxFiles) {
    const starts = this.manifest.shards.words;
    /** @type {[string, Postings][]} */
    const found = [];
    const first = Math.max(0, this.wordFileOf(prefix));
    const wanted = [];
    for (let file = first; file < starts.length && wanted.length < maxFiles; file++) {
      if (file > first && compareByCodePoint(starts[file], prefix) > 0 && !starts[file].startsWith(prefix)) break;
      wanted.push(this.wordFile(file));
    }
    for (const { keys, lists } of await Promise.all(wanted)) {
      keys.forEach((word, i) => { if (word.startsWith(prefix)) found.push([word, lists.get(i)]); });
    }
    return found;
  }

  /** Loads the bigrams that begin with a character, unless they are in many files.
     @param {string} character
     @param {() => boolean} isIdle */
  async prefetchBigrams(character, isIdle) {
    const letter = this.alphabet.letter(Number(character.codePointAt(0)));
    if (letter < 0) return;
    const from = this.alphabet.files[letter], to = from + this.alphabet.parts[letter];
    if (to - from > MAX_PREFETCH) return;
    for (let file = from; file < to && isIdle(); file++) await this.bigramFile(file);
  }

  /* ---- texts ---- */

  /** The file that holds a passage of a chapter, by its number in it.
     @param {number} chapter
     @param {number} number */
  textFile(chapter, number) {
    return this.textNames(chapter, number - number % this.passagesInFile[chapter]);
  }

  /** @param {number} chapter
     @param {number} number
     @returns {Promise<PassagePart[][]>} */
  async loadText(chapter, number) {
    const [fields, passages] = await load(this.textFile(chapter, number));
    if (!this.fields.has(chapter)) {
      const [title, url, status, kind, others, names, summary, facts, successors] = fields;
      this.fields.set(chapter, { title, url: encodePath(url), status, kind, others, names, summary, facts, successors });
    }
    return passages;
  }

  /** What the index stores of a chapter besides its text. Each file of its text has it.
     @param {number} chapter
     @param {number} [number] a passage that is wanted too
     @returns {Promise<StoredFields>} */
  async storedFields(chapter, number = 0) {
    if (!this.fields.has(chapter)) await this.loadText(chapter, number);
    return /** @type {StoredFields} */ (this.fields.get(chapter));
  }

  /** Whether a chapter is the page of a folder.
     @param {number} chapter */
  isFolder(chapter) {
    return !this.isListed[chapter];
  }

  /** A passage of a chapter, by its number in it.
     @param {number} chapter
     @param {number} number
     @returns {Promise<PassagePart[]>} */
  async passage(chapter, number) {
    return (await this.loadText(chapter, number))[number % this.passagesInFile[chapter]];
  }

  /** Whether a passage has been loaded.
     @param {number} chapter
     @param {number} number */
  isLoaded(chapter, number) {
    return isLoaded(this.textFile(chapter, number));
  }

  /* ---- facets ---- */

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

/** A function that gives the name of the file that begins with a passage of a chapter. Files are named by
   their volume and the number of their passage in it; a chapter without text has one too.
   @param {Manifest["texts"]} texts
   @param {Int32Array} firstPassage
   @returns {(chapter: number, number: number) => string} */
function textNames({ sizes, names }, firstPassage) {
  const count = firstPassage.length - 1, places = new Int32Array(count);
  /** @type {string[]} */
  const volumes = [];
  let chapter = 0;
  sizes.forEach((size, i) => {
    for (let place = 0, end = chapter + size; chapter < end; chapter++) {
      places[chapter] = place;
      place += Math.max(1, firstPassage[chapter + 1] - firstPassage[chapter]);
      volumes.push("text/" + names.slice(i * 10, i * 10 + 10) + "-");
    }
  });
  return (wanted, number) => volumes[wanted] + (places[wanted] + number);
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

export { Index, open, encode, encodePath, reset };
