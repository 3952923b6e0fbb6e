/* Dates and amounts of money in a query, in the other forms that texts have: 2026-11-01 is 2026年11月1日,
   5000 元 is 五千元 and 0.5 万元. src/search/expressions.rs is the same for the command line. */
import { chinese, valueOf } from "./search-clause-number.js";
import { fold } from "./search-text.js";

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/* Digits as years are written with them. */
const DIGITS = "〇一二三四五六七八九";
/* Characters that such an expression may have, and amounts that have no other forms. */
const LONGEST = 40, MOST = 1e8;
const NUMBER = "(?:[0-9]{1,2}(?![0-9])|[零〇一二三四五六七八九十百千两]+)", YEAR = "([0-9零〇一二三四五六七八九]{4})(?![0-9零〇一二三四五六七八九])";
const END = "(?= |$)", ORDINAL = "(?:st|nd|rd|th)?", NAME = "([a-z]+)[.]?";
const CHINESE_DATE = new RegExp(`^${YEAR}年(${NUMBER})月(?:(${NUMBER})[日号])?${END}`, "u");
const NUMERIC_DATE = new RegExp(`^${YEAR}([-/.])(${NUMBER})\\2(${NUMBER})${END}`, "u");
const DAY_FIRST = new RegExp(`^(${NUMBER})${ORDINAL} *${NAME} *,? *${YEAR}${END}`, "u");
const MONTH_FIRST = new RegExp(`^${NAME} *(?:(${NUMBER})${ORDINAL},? +)?${YEAR}${END}`, "u");
const MONEY = new RegExp(`^(¥|cny|rmb|人民币)? *(?:([0-9]+(?:,[0-9]{3}(?![0-9]))*)(?:[.]([0-9]{1,4})(?![0-9]))? *([万千]?)|([零〇一二三四五六七八九十百千两万]+)) *(元|块钱|块|圆)?${END}`, "u");

/** The date or amount that a query begins with, if a space or nothing follows it: its length in UTF-16 units,
   and its forms, folded, as runs with spaces between them.
   @param {string} query
   @returns {{ length: number, forms: string[] } | null} */
function expressionAt(query) {
  let line = "", length = 0;
  /** @type {number[]} */
  const ends = [];
  for (const character of [...query].slice(0, LONGEST)) {
    length += character.length;
    for (const one of fold(character)) {
      line += /\s/u.test(one) ? " " : one;
      for (let unit = 0; unit < one.length; unit++) ends.push(length);
    }
  }
  const found = dateAt(line) || moneyAt(line);
  return found && { length: ends[found.end - 1], forms: [...new Set(found.forms)] };
}

/** @param {string} written */
const numberOf = (written) => /^[0-9]/.test(written) ? Number(written) : valueOf(written);

/** @param {string} written */
function yearOf(written) {
  const digits = [...written.replace(/零/gu, "〇")].map((digit) => /[0-9]/.test(digit) ? digit : String(DIGITS.indexOf(digit)));
  const year = Number(digits.join(""));
  return year >= 1900 && year < 2200 ? year : 0;
}

/** @param {string} name */
const monthOf = (name) => MONTHS.findIndex((month) => month === name || (name.length === 3 && month.startsWith(name))) + 1;

/** @param {string} line
   @returns {{ end: number, forms: string[] } | null} */
function dateAt(line) {
  /** @param {RegExpExecArray} match @param {string} year @param {number} month @param {string | undefined} day */
  const found = (match, year, month, day) => {
    const forms = formsOfDate(yearOf(year), month, day === undefined ? null : numberOf(day));
    return forms && { end: match[0].length, forms };
  };
  let match = CHINESE_DATE.exec(line);
  if (match) return found(match, match[1], numberOf(match[2]), match[3]);
  match = NUMERIC_DATE.exec(line);
  if (match) return found(match, match[1], numberOf(match[3]), match[4]);
  match = DAY_FIRST.exec(line);
  if (match) return found(match, match[3], monthOf(match[2]), match[1]);
  match = MONTH_FIRST.exec(line);
  return match && found(match, match[3], monthOf(match[1]), match[2]);
}

/** @param {number} year
   @param {number} month
   @param {number | null} day */
function formsOfDate(year, month, day) {
  if (!year || month < 1 || month > 12 || (day !== null && (day < 1 || day > 31))) return null;
  const name = MONTHS[month - 1], short = name.slice(0, 3), digits = [...String(year)].map((digit) => DIGITS[Number(digit)]).join("");
  const mm = String(month).padStart(2, "0"), written = chinese(month), others = digits.replace(/〇/gu, "零");
  if (day === null) return [`${year}年${month}月`, `${year}年${mm}月`, `${digits}年${written}月`, `${others}年${written}月`, `${name} ${year}`, `${short} ${year}`];
  const dd = String(day).padStart(2, "0");
  return [`${year}年${month}月${day}日`, `${year}年${mm}月${dd}日`, `${year} ${month} ${day}`, `${year} ${mm} ${dd}`, `${year}${mm}${dd}`,
    `${digits}年${written}月${chinese(day)}日`, `${others}年${written}月${chinese(day)}日`, `${day} ${name} ${year}`, `${day} ${short} ${year}`];
}

/** @param {string} line
   @returns {{ end: number, forms: string[] } | null} */
function moneyAt(line) {
  const match = MONEY.exec(line);
  if (!match || !(match[1] || match[6])) return null;
  const cents = match[5] === undefined ? centsOf(match[2].replace(/,/g, ""), match[3] || "", match[4]) : valueWithTenThousands(match[5]) * 100;
  return cents >= 100 && cents < MOST * 100 && Number.isInteger(cents) ? { end: match[0].trimEnd().length, forms: formsOfMoney(cents) } : null;
}

/** @param {string} whole
   @param {string} decimals
   @param {string} unit */
function centsOf(whole, decimals, unit) {
  if (whole.length >= 12) return 0;
  return (Number(whole) * 10000 + Number(decimals.padEnd(4, "0"))) * (unit === "万" ? 10000 : unit ? 1000 : 1) / 100;
}

/** @param {string} written */
function valueWithTenThousands(written) {
  const place = written.indexOf("万"), high = place > 0 ? valueOf(written.slice(0, place)) : 0, behind = written.slice(place + 1);
  const low = behind ? valueOf(behind) : 0;
  return (place > 0 && !high) || (behind && !low) ? 0 : high * 10000 + low;
}

/** @param {number} cents */
function formsOfMoney(cents) {
  const yuan = Math.floor(cents / 100), rest = cents % 100, forms = [];
  const behind = rest ? " " + String(rest).padStart(2, "0") : "";
  for (const number of [String(yuan), String(yuan).replace(/(?=(?:[0-9]{3})+$)(?!^)/g, " ")]) forms.push(number + behind + "元", number + behind + " 元");
  if (rest) return forms;
  const high = Math.floor(yuan / 10000), low = yuan % 10000;
  const written = !high ? chinese(low) : chinese(high) && chinese(high) + "万" + (low ? (low < 1000 ? "零" : "") + chinese(low) : "");
  if (written) forms.push(written + "元");
  if (yuan >= 1000 && yuan % 100 === 0) {
    const decimals = String(low / 100).padStart(2, "0").replace(/0+$/, "");
    forms.push(high + (decimals && " " + decimals) + "万元", high + (decimals && " " + decimals) + " 万元");
  }
  if (yuan < 10000 && yuan % 1000 === 0) forms.push(yuan / 1000 + "千元");
  return forms;
}

export { expressionAt };
