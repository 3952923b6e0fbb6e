/* Reads posting lists from the files of the index; docs/search-format.md describes them. Which file has
   those of a bigram stands in the manifest, with the alphabet: the characters of all bigrams. */
import { Bits, ChunkedLists, HASH_BITS, lowerBound } from "./search-bits.js";
import { EMPTY } from "./search-postings.js";

/** @import { Postings } from "./search-postings.js" */
/** The bigrams with one first character, by the number of the second letter, and the unigram.
    @typedef {{ hasUnigram: number, seconds: Int32Array, lists: ChunkedLists<Postings> }} Group */
/** What a file of bigrams holds: groups from this letter on, or one of several parts of one group.
    @typedef {{ first: number, count: number, of: number, number: number }} FileRange */

const CODE_POINTS = 0x110000;

/** The characters of all bigrams, and in which file those are that begin with each. */
class Alphabet {
  /** @param {string} base64 */
  constructor(base64) {
    const bits = new Bits(base64), count = bits.gamma() - 1;
    this.codes = bits.rising(count, CODE_POINTS);
    /* By letter: the first file, how many there are, and whether the letter is a frequent one. */
    this.files = new Int32Array(count);
    this.parts = new Int32Array(count);
    this.isFrequent = new Uint8Array(count);
    /** @type {FileRange[]} */
    this.ranges = [];
    for (let letter = 0; letter < count; letter++) {
      const code = bits.gamma(), parts = Math.max(1, code - 1);
      if (code > 2) this.isFrequent[letter] = bits.bit();
      if (code > 1) for (let number = 0; number < parts; number++) this.ranges.push({ first: letter, count: 0, of: parts, number });
      this.files[letter] = this.ranges.length - parts;
      this.parts[letter] = parts;
      for (let file = this.files[letter]; file < this.ranges.length; file++) this.ranges[file].count++;
    }
  }

  /** The letter with a code point; -1 if there is none.
     @param {number} code */
  letter(code) {
    const letter = lowerBound(this.codes, code);
    return this.codes[letter] === code ? letter : -1;
  }

  /** The file of a bigram, or of a unigram if `second` is -1.
     @param {number} first
     @param {number} second */
  fileOf(first, second) {
    return this.files[first] + (second < 0 ? 0 : second % this.parts[first]);
  }
}

class ListReader {
  /** @param {Alphabet} alphabet
     @param {Int32Array} firstPassage of each chapter, and how many passages there are
     @param {Record<"listsInChunk" | "verified", number>} limits
     @param {number} synonymFiles how many files of synonyms there are */
  constructor(alphabet, firstPassage, limits, synonymFiles) {
    this.alphabet = alphabet;
    this.firstPassage = firstPassage;
    this.count = firstPassage.length - 1;
    this.limits = limits;
    this.synonymFiles = synonymFiles;
  }

  /** A file of bigrams, by first letter, and the keys of words with synonyms that begin with such a bigram.
     @param {string} base64
     @param {FileRange} range */
  bigrams(base64, { first, count, of, number }) {
    const bits = new Bits(base64), bound = Math.ceil((this.alphabet.codes.length - number) / of);
    /** @type {Map<number, Group>} */
    const groups = new Map();
    for (let letter = first; letter < first + count; letter++) {
      const hasUnigram = bits.bit(), others = bits.gamma() - 1, seconds = bits.rising(others, bound);
      if (!hasUnigram && !others) continue;
      /** @type {(from: Bits, i: number) => Postings} */
      const read = (from, i) => i < hasUnigram ? this.unigram(from) : this.bigram(from);
      groups.set(letter, { hasUnigram, seconds, lists: new ChunkedLists(bits, hasUnigram + others, this.limits.listsInChunk, read) });
    }
    return { groups, keys: this.keys(bits) };
  }

  /** Hashes of words with synonyms, with the numbers of their files.
     @param {Bits} bits */
  keys(bits) {
    return bits.rising(bits.gamma() - 1, this.synonymFiles * 2 ** HASH_BITS);
  }

  /** A file of words, and the keys of those with synonyms that begin with such a word.
     @param {[string, string]} raw */
  words([keys, base64]) {
    const words = keys.split(" "), bits = new Bits(base64);
    const lists = new ChunkedLists(bits, words.length, this.limits.listsInChunk, (from) => this.list(from));
    return { keys: words, places: new Map(words.map((word, place) => [word, place])), lists, synonyms: this.keys(bits) };
  }

  /** @param {Bits} bits */
  bigram(bits) {
    const list = this.list(bits);
    if (list.text.length + list.title.length + list.head.length > this.limits.verified && bits.bit()) list.trigrams = this.trigrams(bits);
    return list;
  }

  /** The list of a bigram or a word.
     @param {Bits} bits
     @returns {Postings} */
  list(bits) {
    const hasHeads = bits.bit(), text = bits.rising(bits.gamma() - hasHeads, this.firstPassage[this.count]);
    return { text, ...(hasHeads ? this.heads(bits) : NO_HEADS), trigrams: null };
  }

  /** That of a unigram: of the text, the first passage in each chapter.
     @param {Bits} bits
     @returns {Postings} */
  unigram(bits) {
    const { firstPassage, count } = this, hasHeads = bits.bit();
    const chapters = bits.rising(bits.gamma() - hasHeads, count), isCommon = chapters.length * 2 > count;
    const text = chapters.map((chapter) => firstPassage[chapter] + (isCommon ? bits.gamma() - 1 : bits.below(firstPassage[chapter + 1] - firstPassage[chapter])));
    return { text, ...(hasHeads ? this.heads(bits) : NO_HEADS), trigrams: null };
  }

  /** Chapters by titles and by headings.
     @param {Bits} bits */
  heads(bits) {
    const title = bits.rising(bits.gamma() - 1, this.count);
    const flags = Array.from(title, () => bits.bits(2));
    return { title, flags, head: bits.rising(bits.gamma() - 1, this.count) };
  }

  /** @param {Bits} bits */
  trigrams(bits) {
    /** @type {Map<string, { isComplement: number, marked: Set<number> }>} */
    const trigrams = new Map();
    for (const last of bits.rising(bits.gamma(), this.alphabet.codes.length)) {
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
      trigrams.set(String.fromCodePoint(this.alphabet.codes[last]), { isComplement, marked });
    }
    return trigrams;
  }
}

const NO_HEADS = { title: EMPTY.title, flags: EMPTY.flags, head: EMPTY.head };

export { Alphabet, ListReader };
