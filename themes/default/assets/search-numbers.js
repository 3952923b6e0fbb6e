/* Numbers with a unit, such as 三十日, in the other forms that texts have: 30日, 30 天, 三十天.
   src/search/numbers.rs is the same for the command line. */
import { chinese, NUMERALS, valueOf } from "./search-clause-number.js";
import { classOf, WORD } from "./search-text.js";

/* Units that mean the same. */
const UNITS = [["个工作日", "工作日"], ["日", "天"], ["个月", "月"], ["年"], ["个小时", "小时", "钟头", "hours", "h"], ["分钟"],
  ["元", "块钱", "块", "圆"], ["周岁", "岁"], ["人", "名"], ["周", "星期"], ["次", "回"],
  ["公里", "千米", "km"], ["公斤", "千克", "kg"]];
/* Characters that the longest of them has. */
const LONGEST_UNIT = 5;

/** Whether a folded text has a number that may answer how many or how long.
   @param {string} folded */
function hasNumber(folded) {
  /* The number of the clause itself, in front, is no answer. */
  const line = folded.replace(/^第[^ ]* /u, "");
  return /[0-9]/.test(line) || line.includes("百分之") || amountsIn([...line]).length > 0;
}

/** The numbers with a unit in folded characters, each with its other forms.
   @param {string[]} all */
function amountsIn(all) {
  /** @type {{ start: number, end: number, others: string[] }[]} */
  const found = [];
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && NUMERALS.includes(all[end])) end++;
    /* Digits behind letters are part of a name. */
    if (end > start && !(start > 0 && classOf(all[start - 1]) === WORD)) {
      const number = all.slice(start, end).join(""), rest = all.slice(end, end + LONGEST_UNIT).join("");
      /* Letters behind one of letters make another word. */
      /** @param {string} unit */
      const isUnit = (unit) => rest.startsWith(unit) && !(/^[a-z]/.test(unit) && classOf(all[end + unit.length] || " ") === WORD);
      const units = UNITS.find((some) => some.some(isUnit)) || [], unit = units.find(isUnit);
      const others = unit ? formsOf(number, unit, units) : [];
      if (unit && others.length) found.push({ start, end: end + unit.length, others });
    }
    start = Math.max(end, start + 1);
  }
  return found;
}

/** @param {string} number
   @param {string} unit
   @param {string[]} units */
function formsOf(number, unit, units) {
  const value = /^[0-9]{1,9}$/.test(number) && Number(number) > 0 ? Number(number) : valueOf(number);
  if (!value) return [];
  const forms = units.flatMap((one) => [...(chinese(value) && !/^[a-z]/.test(one) ? [chinese(value) + one] : []), value + one, value + " " + one]);
  return forms.filter((form) => form !== number + unit);
}

export { amountsIn, hasNumber };
