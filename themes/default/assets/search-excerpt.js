/* An excerpt of a text: a window around the words that were found in it. */
/** @import { Range } from "./search-text.js" */

/** @param {string} line
   @param {Range[]} ranges
   @param {number} length characters of a Chinese excerpt; one in another script has twice as many
   @returns {{ excerpt: string, marks: Range[] }} */
export function excerpt(line, ranges, length) {
  const first = ranges[0] ? densestStart(ranges, length * 2 / 3) : 0;
  let from = Math.max(0, first - length / 3);
  if (from > 0) {
    const stop = line.slice(from, first).search(/[。；！？\n.;!?]/);
    from = stop >= 0 && stop < first - from ? from + stop + 1 : from;
    if (isLowSurrogate(line, from)) from--;
  }
  let to = Math.min(line.length, from + length * (/[\u3400-\u9fff]/.test(line) ? 1 : 2));
  if (isLowSurrogate(line, to)) to++;
  const before = from > 0 ? "…" : "", behind = to < line.length ? "…" : "";
  const skipped = line.slice(from, to).length - line.slice(from, to).trimStart().length;
  const shift = before.length - from - skipped;
  const marks = ranges.filter((range) => range[1] > from && range[0] < to)
    .map((range) => /** @type {Range} */ ([Math.max(range[0], from + skipped) + shift, Math.min(range[1], to) + shift])).filter((range) => range[0] < range[1]);
  return { excerpt: before + line.slice(from + skipped, to).replace(/\n/g, " ") + behind, marks };
}

/** Where the window with the most marked characters begins.
   @param {Range[]} ranges
   @param {number} length of the window */
function densestStart(ranges, length) {
  let best = 0, most = -1;
  ranges.forEach((range, i) => {
    let sum = 0;
    for (let next = i; next < ranges.length && ranges[next][1] <= range[0] + length; next++) sum += ranges[next][1] - ranges[next][0];
    if (sum > most) { most = sum; best = range[0]; }
  });
  return best;
}

/** @param {string} line
   @param {number} at */
function isLowSurrogate(line, at) {
  const code = line.charCodeAt(at);
  return code >= 0xDC00 && code <= 0xDFFF;
}
