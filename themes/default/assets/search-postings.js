/* Posting lists: where a bigram or a word occurs, by field. src/search/field_postings.rs
   is the same for the command line. */
import { lowerBound } from "./search-bits.js";

/** Ids in ascending order, in an array of either kind.
    @typedef {ArrayLike<number> & Iterable<number> & {
      slice(from?: number, to?: number): Ids, filter(keep: (id: number) => unknown): Ids }} Ids */
/** Where a bigram or a word occurs: in passages of text; in titles of chapters, with a flag
    each that says whether the title begins (1) or ends (2) with it; in headings of chapters.
    Trigrams are by their last character: the numbers, among the chapters that hold both
    bigrams, of those that hold the trigram, or of all others.
    @typedef {{ text: Ids, title: Ids, flags: number[], head: Ids,
      trigrams: Map<string, { isComplement: number, marked: Set<number> }> | null }} Postings */

/** @type {Postings} */
const EMPTY = { text: new Int32Array(0), title: new Int32Array(0), flags: [], head: new Int32Array(0), trigrams: null };

/** Calls a function with each id that is in both lists.
   @param {Ids} a
   @param {Ids} b
   @param {(id: number) => void} callback */
function forEachCommon(a, b, callback) {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { callback(a[i]); i++; j++; } else if (a[i] < b[j]) i++; else j++;
  }
}

/** @param {Ids} a
   @param {Ids} b
   @returns {number[]} */
function intersect(a, b) {
  /** @type {number[]} */
  const both = [];
  forEachCommon(a, b, (id) => { both.push(id); });
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
  for (const list of lists) [...list.title].forEach((chapter, i) => flags.set(chapter, (flags.get(chapter) || 0) | list.flags[i]));
  const title = ids("title");
  return { text: ids("text"), title, flags: title.map((chapter) => flags.get(chapter) || 0), head: ids("head"), trigrams: null };
}

/** Whether a chapter's title begins (1) or ends (2) with what the list is of.
   @param {Postings} list
   @param {number} chapter */
function titleFlags(list, chapter) {
  const i = lowerBound(list.title, chapter);
  return list.title[i] === chapter ? list.flags[i] : 0;
}

export { EMPTY, forEachCommon, intersect, union, titleFlags };
