/* An excerpt of a text: a window around the words that were found in it. */
/** @import { Range } from "./search-text.js" */

/** @param {string} line
   @param {Range[]} ranges
   @param {number} length characters of a Chinese excerpt; one in another script has twice as many
   @returns {{ excerpt: string, marks: Range[] }} */
export function excerpt(line, ranges, length) {
  const text = line.replace(/\t/g, CELL), found = apart(line, ranges);
  const first = found[0] ? densestStart(found, length * 2 / 3) : 0;
  const room = Math.max(0, first - length / 3), row = rowOf(text, first, room);
  let from = row ? row.from : room;
  if (!row && from > 0) {
    const stop = text.slice(from, first).search(STOP);
    from = stop >= 0 && stop < first - from ? from + stop + 1 : from;
    if (isLowSurrogate(text, from)) from--;
  }
  let to = Math.min(text.length, from + length * (/[\u3400-\u9fff]/.test(text) ? 1 : 2));
  if (to < text.length) to = sentenceEnd(text, from, to, found);
  if (isLowSurrogate(text, to)) to++;
  const shown = text.slice(from, to), skipped = shown.length - shown.trimStart().length;
  const before = (row ? row.head.slice(0, length) : "") + (from > 0 ? "…" : ""), behind = to < text.length ? "…" : "";
  const shift = before.length - from - skipped;
  const marks = found.filter((range) => range[1] > from && range[0] < to)
    .map((range) => /** @type {Range} */ ([Math.max(range[0], from + skipped) + shift, Math.min(range[1], to) + shift])).filter((range) => range[0] < range[1]);
  return { excerpt: before + shown.slice(skipped).replace(/\n/g, " ") + behind, marks };
}

/* What an excerpt shows between the cells of a row, where texts have a tab. */
const CELL = " | ";

/** Ranges of a text as they are where cells stand apart.
   @param {string} line
   @param {Range[]} ranges
   @returns {Range[]} */
function apart(line, ranges) {
  if (!line.includes("\t")) return ranges;
  /** @param {number} at */
  const place = (at) => at + (line.slice(0, at).split("\t").length - 1) * (CELL.length - 1);
  return ranges.map(([start, end]) => [place(start), place(end)]);
}

/** Where an excerpt of the body of a table begins: with the row in which a place is and the head before it, or
   with the head itself where there is room. A table with which the text begins may be the rest of one,
   without its head.
   @param {string} text
   @param {number} at
   @param {number} room where another excerpt would begin
   @returns {{ from: number, head: string } | null} */
function rowOf(text, at, room) {
  const lines = text.slice(0, at).split("\n"), last = lines.length - 1, from = at - lines[last].length;
  let first = last;
  while (first > 0 && lines[first - 1].includes(CELL)) first--;
  if (first === 0 || first === last || !text.slice(from).split("\n")[0].includes(CELL)) return null;
  const head = lines.slice(0, first).join("\n").length + 1;
  return head < room ? { from, head: lines[first] } : { from: head, head: "" };
}

/* What ends a sentence or a line. */
const STOP = /[。；！？\n.;!?]/;
/** The end of the last sentence that ends in the last third of an excerpt, behind what is marked; else the
   end of the excerpt.
   @param {string} line
   @param {number} from
   @param {number} to
   @param {Range[]} ranges */
function sentenceEnd(line, from, to, ranges) {
  const marked = ranges.reduce((end, range) => range[0] < to ? Math.max(end, range[1]) : end, 0);
  for (let end = to; end > Math.max(marked, from + (to - from) * 2 / 3); end--) {
    if (!STOP.test(line[end - 1])) continue;
    if (/[。；！？\n]/.test(line[end - 1]) || /\s/.test(line[end] || " ")) return end;
  }
  return to;
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
