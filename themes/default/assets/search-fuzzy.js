/* What Latin letters may mean that are no word of the texts: prefixes of words, pinyin, and
   words with one typing error. src/search/fuzzy.rs is the same for the command line. */
import { EMPTY, intersect, union } from "./search-postings.js";

/** @import { Index } from "./search-index.js" */
/** @import { Postings } from "./search-postings.js" */

/* Files in which words with a common prefix are looked up. */
const PREFIX_FILES = 6;

/** The postings of all longer words that begin with this one.
   @param {Index} index
   @param {string} word
   @returns {Promise<Postings>} */
async function prefixPostings(index, word) {
  const { prefixLetters, prefixWords } = index.manifest.limits;
  if (word.length < prefixLetters) return EMPTY;
  const found = (await index.wordsWithPrefix(word, PREFIX_FILES)).filter((entry) => entry[0] !== word);
  return found.length ? union(found.slice(0, prefixWords).map((entry) => entry[1])) : EMPTY;
}

/** Titles and headings by pinyin: by the prefix of a key, else by initials or syllables put
   together. In keys ü is u; some type it as v.
   @param {Index} index
   @param {string} typed
   @returns {Promise<Postings | null>} */
async function pinyinPostings(index, typed) {
  const word = typed.replace(/v/g, "u");
  const { pinyinInitials } = index.manifest.limits;
  const whole = await index.wordsWithPrefix("~" + word, PREFIX_FILES);
  if (whole.length) return union(whole.map((entry) => entry[1]));
  if (word.length > pinyinInitials) {
    const windows = [];
    for (let i = 0; i + pinyinInitials <= word.length; i++) windows.push(word.slice(i, i + pinyinInitials));
    const found = await allKeys(index, windows);
    if (found) return found;
  }
  for (const syllables of readings(index, word, await index.syllables())) {
    const keys = [];
    for (let i = 0; i + 1 < syllables.length; i++) keys.push(syllables[i] + syllables[i + 1]);
    const found = keys.length > 1 ? await allKeys(index, keys) : null;
    if (found) return found;
  }
  return null;
}

/** Where all of these pinyin keys occur, the last one as a prefix.
   @param {Index} index
   @param {string[]} keys
   @returns {Promise<Postings | null>} */
async function allKeys(index, keys) {
  /** @type {Postings[]} */
  const lists = [];
  for (const key of keys.slice(0, -1)) lists.push(await index.word("~" + key));
  if (lists.some((list) => list === EMPTY)) return null;
  const end = await index.wordsWithPrefix("~" + keys[keys.length - 1], PREFIX_FILES);
  if (!end.length) return null;
  lists.push(union(end.map((entry) => entry[1])));
  const title = lists.map((list) => list.title).reduce(intersect), head = lists.map((list) => list.head).reduce(intersect);
  return title.length || head.length ? { ...EMPTY, title, head, flags: Array.from(title, () => 0) } : null;
}

/** Ways to read letters as syllables, of which the last may be incomplete.
   @param {Index} index
   @param {string} word
   @param {Set<string>} known syllables
   @returns {string[][]} */
function readings(index, word, known) {
  const { pinyinReadings, pinyinSyllable } = index.manifest.limits;
  /** @type {string[][]} */
  const found = [];
  /** @param {number} start @param {string[]} before */
  const read = (start, before) => {
    if (found.length >= pinyinReadings) return;
    if (start === word.length) { found.push(before); return; }
    for (let length = Math.min(pinyinSyllable, word.length - start); length > 0; length--) {
      const part = word.slice(start, start + length);
      const isLast = start + length === word.length;
      if (known.has(part) || (isLast && [...known].some((syllable) => syllable.startsWith(part)))) {
        read(start + length, [...before, part]);
      }
    }
  };
  read(0, []);
  return found;
}

/** Words of the texts that are one typing error away.
   @param {Index} index
   @param {string} word
   @returns {Promise<[string, Postings][] | null>} */
async function similarWords(index, word) {
  const swapped = word[1] + word[0] + word.slice(2);
  /* An error in the first two letters changes the prefix by which words are listed. */
  /** @type {[string, Postings][]} */
  const candidates = [
    ...await index.wordsWithPrefix(word.slice(0, 2), PREFIX_FILES), ...await index.wordsWithPrefix(word[0] + word.slice(2, 3), PREFIX_FILES),
    [swapped, await index.word(swapped)], [word.slice(1), await index.word(word.slice(1))],
  ];
  const found = new Map(candidates.filter(([other, list]) => list !== EMPTY && hasOneError(word, other)));
  return found.size ? [...found] : null;
}

/** Whether two words differ by one letter that is added, missing, replaced or swapped with
   its neighbour.
   @param {string} a
   @param {string} b */
function hasOneError(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length === b.length) {
    return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}

export { prefixPostings, pinyinPostings, readings, similarWords };
