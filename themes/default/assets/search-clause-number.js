/* Numbers of clauses in a query, such as 第七条 behind a title or §4.2 before a word, and the labels that
   they may have in a text. src/search/clause_number.rs is the same for the command line. */
import { fold } from "./search-text.js";

const NUMERALS = "零〇一二三四五六七八九十百千两0123456789", DIGITS = "零一二三四五六七八九";
const ASKING = "讲什么|讲的什么|讲的是什么|说什么|说的什么|说的是什么|是什么|怎么说|怎么规定|规定了什么|的内容|的规定";
const AT_END = new RegExp(`(第[${NUMERALS}]+条(?:之[${NUMERALS}]+)?(?:第[${NUMERALS}]+[款项])*)(?:${ASKING})?$`, "u");
const FOLLOWED = new RegExp(`^(?:[.][0-9]|[之${NUMERALS}])`, "u");

/** Where in a folded text its clause number begins, if it ends with one, words that ask for it aside;
   and the number.
   @param {string} folded */
function atEnd(folded) {
  const match = AT_END.exec(folded);
  return match && { start: match.index, number: match[1] };
}

/** The label of the clause itself: 第七条 of 第七条第二款.
   @param {string} reference */
function labelOf(reference) {
  const second = reference.indexOf("第", 1);
  return second < 0 ? reference : reference.slice(0, second);
}

/** The number of a section that a text begins with, 4.2 of §4.2 and of "section 4.2", and how long
   it is with what stands before it. A number without a point may be another's, as in Section 508.
   @param {string} text */
function sectionAt(text) {
  const match = /^§([0-9]+(?:[.][0-9]+)*)(?!\S)/u.exec(text) || /^(?:section|sec[.]|clause|article|§)\s+([0-9]+(?:[.][0-9]+)+)(?!\S)/i.exec(text);
  return match && { number: match[1], length: match[0].length };
}

/** Whether a clause with this label is the one that a reference names.
   @param {string} label
   @param {string} reference */
function isLabel(label, reference) {
  const folded = fold(label).replace(/^[§ ]+/u, "");
  return folded.startsWith(reference) && !FOLLOWED.test(folded.slice(reference.length));
}

/** The same clause with its number in the other numerals: 第7条 for 第七条; "" if there is none.
   @param {string} reference */
function otherNumerals(reference) {
  const match = /^第(.+?)条(.*)$/u.exec(reference);
  if (!match) return "";
  const other = /^[0-9]+$/.test(match[1]) ? chinese(Number(match[1])) : String(valueOf(match[1]) || "");
  return other && `第${other}条${match[2]}`;
}

/** A number below 10,000 in Chinese; "" if it is none.
   @param {number} number */
function chinese(number) {
  if (number < 1 || number >= 10000) return "";
  let text = "", zero = false;
  for (const [unit, name] of /** @type {[number, string][]} */ ([[1000, "千"], [100, "百"], [10, "十"], [1, ""]])) {
    const digit = Math.floor(number / unit) % 10;
    if (!digit) { zero = text !== ""; continue; }
    if (zero) text += "零";
    zero = false;
    if (!(digit === 1 && unit === 10 && !text)) text += DIGITS[digit];
    text += name;
  }
  return text;
}

/** The value of a Chinese number below 10,000; 0 if it is none.
   @param {string} text */
function valueOf(text) {
  const units = new Map([["千", 1000], ["百", 100], ["十", 10]]);
  let total = 0, digit = -1;
  for (const character of text) {
    const unit = units.get(character);
    if (unit) { total += (digit < 0 ? 1 : digit) * unit; digit = -1; }
    else if (character === "零" || character === "〇") digit = -1;
    else if (character === "两") digit = 2;
    else {
      const next = DIGITS.indexOf(character);
      if (next < 0 || digit >= 0) return 0;
      digit = next;
    }
  }
  const value = total + Math.max(digit, 0);
  return value < 10000 ? value : 0;
}

export { NUMERALS, atEnd, labelOf, sectionAt, isLabel, otherNumerals, chinese, valueOf };
