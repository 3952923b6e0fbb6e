/* Opens as few texts as an answer by coverage takes. From the index alone it is known what no part of a passage
   weighs more than. A text is opened only if what it may hold can still change what is shown, so that the answer is
   the same as if all were opened, which src/search/coverage.rs does. */

/** @import { Coverage } from "./search-coverage.js" */
/** @import { PassagePart } from "./search-index.js" */
/** @typedef {(chapter: number, passage: number) => Promise<PassagePart[]>} Reader */
/** Passages in one file, and what none of their parts weighs more than.
    @typedef {{ passages: number[], most: number }} OpenFile */
/** A chapter that is ranked: what is not read yet, the best part that is, and the bounds of its score.
    @typedef {{ chapter: number, files: OpenFile[], best: number, least: number, most: number }} Contender */

/** The files of some passages, in order.
   @param {Coverage} coverage
   @param {number} chapter
   @param {number[]} passages
   @param {number[]} [shares]
   @returns {OpenFile[]} */
function filesOf(coverage, chapter, passages, shares) {
  /** @type {Map<number, OpenFile>} */
  const files = new Map();
  for (const passage of passages) {
    const number = coverage.index.fileOf(chapter, passage), file = files.get(number) || { passages: [], most: 0 };
    files.set(number, file);
    file.passages.push(passage);
    file.most = Math.max(file.most, coverage.most(chapter, passage, shares));
  }
  return [...files.values()];
}

/** Orders the first chapters anew by the best clause of their best passages: so many of them that this is the order
   of the first `shown`.
   @param {Coverage} coverage
   @param {Reader} read
   @param {number} shown */
async function rescore(coverage, read, shown) {
  const { index, order } = coverage, first = order.slice(0, index.manifest.limits.rescored);
  /** @type {Contender[]} */
  const all = first.map((chapter, rank) => {
    const files = filesOf(coverage, chapter, coverage.passages(chapter, rank)).sort((a, b) => b.most - a.most);
    /* Even where only titles hold something, a text says what the chapter is. */
    if (!files.length) files.push({ passages: [], most: 0 });
    return bounded(coverage, { chapter, files, best: 0, least: 0, most: 0 });
  });
  /** @param {Contender} contender */
  const openNext = async (contender) => {
    const file = /** @type {OpenFile} */ (contender.files.shift());
    const parts = (await Promise.all(file.passages.map((passage) => read(contender.chapter, passage)))).flat();
    if (!file.passages.length) await index.storedFields(contender.chapter);
    for (const part of parts) contender.best = Math.max(contender.best, coverage.weight(contender.chapter, part));
    /* What weighs no more than the best part that is known changes nothing. */
    contender.files = contender.files.filter(({ most }) => most > contender.best);
    bounded(coverage, contender);
  };
  /* What comes first by its bounds is likely shown, and is opened for its excerpts then. */
  let wanted = all.slice().sort((a, b) => b.most - a.most || a.chapter - b.chapter).slice(0, shown).filter(({ files }) => files.length);
  while (wanted.length) {
    await Promise.all(wanted.map(openNext));
    const least = all.map((contender) => contender.least).sort((a, b) => b - a)[Math.min(shown, all.length) - 1];
    wanted = all.filter((one) => one.files.length && one.most >= least && all.some((other) => other !== one && other.most >= least && one.least <= other.most && other.least <= one.most));
  }
  all.sort((a, b) => b.most - a.most || a.chapter - b.chapter);
  order.splice(0, all.length, ...all.map(({ chapter }) => chapter));
}

/** Works out the bounds of a contender's score, which are equal if nothing is left to be read.
   @param {Coverage} coverage
   @param {Contender} contender */
function bounded(coverage, contender) {
  const { best, chapter, files } = contender, { index } = coverage;
  const most = files.reduce((max, file) => Math.max(max, file.most), best);
  contender.least = coverage.rescored(chapter, best, index.isFolder(chapter));
  contender.most = coverage.rescored(chapter, most, index.isFolder(chapter));
  return contender;
}

/** The passages not loaded yet that may have a part that is shown: of the first file in any case.
   @param {Coverage} coverage
   @param {number} chapter
   @param {number[]} passages that its excerpts may be of, best first
   @param {number[]} missing those of them that are not loaded
   @param {Map<string, number>} clauses the best part of each in the others, by anchor */
function mayBeShown(coverage, chapter, passages, missing, clauses) {
  const { index, weights } = coverage, best = [...clauses.values()].sort((a, b) => b - a);
  const least = Math.max(best[index.manifest.limits.clauses - 1] || 0, (best[0] || 0) * weights.closestShare);
  const shares = coverage.shares(chapter), first = index.fileOf(chapter, passages[0]);
  const isFirst = (/** @type {number} */ passage) => index.fileOf(chapter, passage) === first;
  /* Until the best passage is here, no other can be told to be needless. */
  if (isFirst(missing[0])) return missing.filter(isFirst);
  return missing.filter((passage) => coverage.most(chapter, passage, shares) >= least);
}

export { rescore, mayBeShown };
