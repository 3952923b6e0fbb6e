/* Words that mean the same, with their posting lists. src/search/synonym_files.rs writes their files, of which a
   search loads those that have a word of the query. */
import * as text from "./search-text.js";
import { Bits, ChunkedLists, lowerBound } from "./search-bits.js";
import { load } from "./search-loader.js";
import { EMPTY } from "./search-postings.js";

/** @import { ListReader } from "./search-lists.js" */
/** @import { Postings } from "./search-postings.js" */
/** What the manifest says of the files: what their names begin with, how many there are and how many of them are of
    the glossary; the hashes with the numbers of their files of the words that begin with a letter, or of all others,
    and the file that has those of the rest; and how many characters the longest word has.
    @typedef {{ name: string, count: number, glossary: number, keys: string, letters: boolean, others: string, longest: number }} SynonymFiles */
/** A file: groups of the glossary; groups of a list, each the words that stand in some text and others.
    @typedef {[string[][], [string[], (string | number)[]][], string]} SynonymFile */
/** Words that mean the same, as far as they are known, and those of them that are looked up for others.
    @typedef {{ terms: string[], standing: string[] }} SynonymGroup */

/* Bits of a hash. */
const HASH_BITS = 20;
/* How much longer than its stem a form of a word is: planning. */
const LONGEST_ENDING = 4;

class Synonyms {
  /** @param {SynonymFiles} manifest
     @param {ListReader} reader */
  constructor(manifest, reader) {
    this.manifest = manifest;
    this.reader = reader;
    this.keys = this.readKeys(manifest.keys);
    /** The keys in the file, once they were wanted. @type {Promise<Int32Array> | null} */
    this.otherKeys = null;
    /** Where to find the lists of the words that are known. @type {Map<string, { lists: ChunkedLists<Postings>, place: number }>} */
    this.places = new Map();
    /** By number. @type {Map<number, Promise<SynonymFile>>} */
    this.files = new Map();
  }

  /** @param {string} base64 */
  readKeys(base64) {
    const bits = new Bits(base64);
    return bits.rising(bits.gamma() - 1, this.manifest.count * 2 ** HASH_BITS);
  }

  /** The keys of words that begin like this one.
     @param {string} word */
  async keysFor(word) {
    const { letters, others } = this.manifest;
    if (beginsWithLetter(word) === letters) return this.keys;
    if (!this.otherKeys) {
      this.otherKeys = load(others).then((base64) => this.readKeys(base64));
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
    const words = [...glossary.flat().map(spaced), ...groups.flatMap(([standing]) => standing)];
    const lists = new ChunkedLists(new Bits(base64), words.length, this.reader.limits.listsInChunk, (bits) => bits.bit() ? this.reader.list(bits) : EMPTY);
    words.forEach((word, place) => this.places.set(word, { lists, place }));
    return [glossary, groups, base64];
  }

  /** The postings of a word of a group that has been loaded, its runs with spaces between them.
     @param {string} word */
  list(word) {
    const known = this.places.get(word);
    return known && known.lists.get(known.place);
  }

  /** The groups of which one of these words is.
     @param {Iterable<string>} words
     @returns {Promise<SynonymGroup[]>} */
  async of(words) {
    const { manifest: { count } } = this;
    /** @type {Set<number>} */
    const wanted = new Set();
    for (const word of words) {
      const keys = await this.keysFor(word);
      const first = hashOf(word) * count;
      for (let i = lowerBound(keys, first); i < keys.length && keys[i] < first + count; i++) wanted.add(keys[i] - first);
    }
    const loaded = await Promise.all([...wanted].sort((a, b) => a - b).map((file) => this.file(file)));
    const asked = new Map([...words].map((word) => [mixed(word), word]));
    /* Of words that stand in no text, those of the project are hashes; one that was asked for is known by it. */
    /** @param {string | number} other */
    const known = (other) => typeof other === "string" ? other : asked.get(other) || [];
    return loaded.flatMap(([glossary, lists]) => [
      ...glossary.map((group) => group.map(spaced)).map((terms) => ({ terms, standing: terms })),
      ...lists.map(([standing, others]) => ({ terms: [...standing, ...others.flatMap(known)], standing })),
    ]);
  }

  /** The groups of which a word stands in a row of characters.
     @param {string[]} characters
     @param {(word: string) => string[]} stemsOf what a word may be a form of, itself first */
  in(characters, stemsOf) {
    const { longest } = this.manifest;
    /** @param {number} i whether a word of letters may begin or end before this character */
    const isEdge = (i) => text.classOf(characters[i - 1] || " ") !== text.WORD || text.classOf(characters[i] || " ") !== text.WORD;
    /** @type {Set<string>} */
    const words = new Set();
    characters.forEach((_, from) => {
      if (!isEdge(from)) return;
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

/** Whether a word is one of letters: `on call`, and not 值班, nor `5s`.
   @param {string} word */
function beginsWithLetter(word) {
  return text.classOf([...word][0] || " ") === text.WORD && !/^\p{N}/u.test(word);
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
