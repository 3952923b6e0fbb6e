/* Words that mean the same, with their posting lists. src/search/synonym_files.rs writes their files, of which a
   search loads those that have a word of the query. Which these are, the keys of words tell: they are with the bigrams or
   words that begin like the word, or in the manifest, or in a file of their own. */
import * as text from "./search-text.js";
import { Bits, ChunkedLists, HASH_BITS, lowerBound } from "./search-bits.js";
import { load } from "./search-loader.js";
import { EMPTY } from "./search-postings.js";

/** @import { Index } from "./search-index.js" */
/** @import { Postings } from "./search-postings.js" */
/** What the manifest says of the files: what their names begin with, how many there are and how many of them are of
    the glossary; keys, hashes of words with the numbers of their files, which any word may have, and the file that has
    those of words that begin like no text; and how many characters the longest word has.
    @typedef {{ name: string, count: number, glossary: number, keys: string, others: string, longest: number }} SynonymFiles */
/** A file: groups of the glossary; groups of a list, each the words that are looked up, the others, and whether the first
    are looked up for these alone.
    @typedef {[string[][], [string[], (string | number)[], 1?][], string]} SynonymFile */
/** Words for which others are looked up, as far as they are known, and these; whether they are none of the first.
    @typedef {{ terms: string[], standing: string[], directed?: boolean }} SynonymGroup */

/* How much longer than its stem a form of a word is: planning. */
const LONGEST_ENDING = 4;
const NONE = new Int32Array(0);

class Synonyms {
  /** @param {SynonymFiles} manifest
     @param {Index} index */
  constructor(manifest, index) {
    this.manifest = manifest;
    this.index = index;
    this.keys = index.reader.keys(new Bits(manifest.keys));
    /** The keys in the file, once they were wanted. @type {Promise<Int32Array> | null} */
    this.otherKeys = null;
    /** Where to find the lists of the words that are known. @type {Map<string, { lists: ChunkedLists<Postings>, place: number }>} */
    this.places = new Map();
    /** By number. @type {Map<number, Promise<SynonymFile>>} */
    this.files = new Map();
  }

  /** The keys among which those of a word are.
     @param {string} word */
  async keysFor(word) {
    return Promise.all([this.keys, this.keysLike(word)]);
  }

  /** The keys of the words that begin like a word.
     @param {string} word
     @returns {Promise<Int32Array>} */
  async keysLike(word) {
    const { index } = this, characters = [...word];
    const end = characters.findIndex((one) => text.classOf(one) !== text.WORD);
    if (end) {
      const file = index.wordFileOf(end < 0 ? word : characters.slice(0, end).join(""));
      return file < 0 ? this.loadOtherKeys() : (await index.wordFile(file)).synonyms;
    }
    const [first, second] = characters;
    if (second === undefined || text.classOf(second) !== text.UNSEGMENTED) return NONE;
    const [letter, next] = [first, second].map((one) => index.alphabet.letter(Number(one.codePointAt(0))));
    return letter < 0 || next < 0 ? this.loadOtherKeys() : (await index.bigramFile(index.alphabet.fileOf(letter, next))).keys;
  }

  loadOtherKeys() {
    if (!this.otherKeys) {
      this.otherKeys = load(this.manifest.others).then((base64) => this.index.reader.keys(new Bits(base64)));
      this.otherKeys.catch(() => { this.otherKeys = null; });
    }
    return this.otherKeys;
  }

  /** @param {number} number
     @returns {Promise<SynonymFile>} */
  file(number) {
    let file = this.files.get(number);
    if (!file) {
      this.files.set(number, file = load(this.manifest.name + "-" + number).then((raw) => this.read(raw)));
      file.catch(() => this.files.delete(number));
    }
    return file;
  }

  /** @param {SynonymFile} raw
     @returns {SynonymFile} */
  read([glossary, groups, base64]) {
    const { reader } = this.index, words = [...new Set([...glossary.flat().map(spaced), ...groups.flatMap(([standing]) => standing)])];
    const lists = new ChunkedLists(new Bits(base64), words.length, reader.limits.listsInChunk, (bits) => bits.bit() ? reader.list(bits) : EMPTY);
    words.forEach((word, place) => this.places.set(word, { lists, place }));
    return [glossary, groups, base64];
  }

  /** The postings of a word of a group that has been loaded, its runs with spaces between them.
     @param {string} word */
  list(word) {
    const known = this.places.get(word);
    return known && known.lists.get(known.place);
  }

  /** The groups that have other words for one of these.
     @param {Iterable<string>} words
     @returns {Promise<SynonymGroup[]>} */
  async of(words) {
    const { manifest: { count, longest } } = this;
    /** @type {Set<number>} */
    const wanted = new Set();
    await Promise.all([...words].filter((word) => [...word].length <= longest).map(async (word) => {
      const first = hashOf(word) * count;
      for (const keys of await this.keysFor(word)) {
        for (let i = lowerBound(keys, first); i < keys.length && keys[i] < first + count; i++) wanted.add(keys[i] - first);
      }
    }));
    const loaded = await Promise.all([...wanted].sort((a, b) => a - b).map((file) => this.file(file)));
    const asked = new Map([...words].map((word) => [mixed(word), word]));
    /* Of words that stand in no text, those of the project are hashes; one that was asked for is known by it. */
    /** @param {string | number} other */
    const known = (other) => typeof other === "string" ? other : asked.get(other) || [];
    return loaded.flatMap(([glossary, lists]) => [
      ...glossary.map((group) => group.map(spaced)).map((terms) => ({ terms, standing: terms })),
      ...lists.map(([standing, others, isDirected]) => ({ terms: [...isDirected ? [] : standing, ...others.flatMap(known)], standing, directed: Boolean(isDirected) })),
    ]);
  }

  /** The groups that have other words for one in a row of characters. None begins with a character that says nothing.
     @param {string[]} characters
     @param {boolean[]} idle
     @param {(word: string) => string[]} stemsOf what a word may be a form of, itself first */
  in(characters, idle, stemsOf) {
    const { longest } = this.manifest;
    /** @param {number} i whether a word of letters may begin or end before this character */
    const isEdge = (i) => text.classOf(characters[i - 1] || " ") !== text.WORD || text.classOf(characters[i] || " ") !== text.WORD;
    /** @type {Set<string>} */
    const words = new Set();
    characters.forEach((_, from) => {
      if (idle[from] || !isEdge(from)) return;
      let word = "";
      for (let to = from; to < Math.min(characters.length, from + longest + LONGEST_ENDING); to++) {
        word += characters[to];
        if (!isEdge(to + 1)) continue;
        const [last] = /** @type {RegExpExecArray} */ (/[a-z]*$/.exec(word));
        for (const stem of stemsOf(last)) words.add(word.slice(0, word.length - last.length) + stem);
      }
    });
    return this.of(words);
  }

  /** The terms of the glossary, each with its aliases.
     @returns {Promise<string[][]>} */
  async glossary() {
    const loaded = await Promise.all(Array.from({ length: this.manifest.glossary }, (_, number) => this.file(number)));
    return loaded.flatMap(([groups]) => groups);
  }
}

/** FNV-1a of UTF-16 units.
   @param {string} word */
function mixed(word) {
  let hash = 0x811C9DC5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A short hash of a word.
   @param {string} word */
function hashOf(word) {
  const hash = mixed(word);
  return (hash ^ hash >>> HASH_BITS) & 2 ** HASH_BITS - 1;
}

/** A folded text's runs with a space between them.
   @param {string} folded */
function spaced(folded) {
  return text.runs(folded).map((run) => run.text).join(" ");
}

export { Synonyms };
