/* The tokenizer: how a text is folded and split into tokens for search, as
   src/search/token.rs does it; a test compares the two over random strings. Also finds the
   words of a query in a text, for excerpts and marks. Runs in a page and under node. */
/** @typedef {{ unsegmented: boolean, characters: string[] }} Segment */
/** A run of characters without separators. A mark may join its last word to the next run; `signed` is
    that word with the signs behind it (`c++`); `dotted` says that a dot stands before it, and no word
    before the dot (`.net`).
    @typedef {{ text: string, segments: Segment[], joinsNext: boolean, signed: string, dotted: boolean }} Run */
/** @typedef {{ bigram?: string, boundary?: boolean, trigram?: [string, string, string], word?: string }} Token */
/** What a text is searched for: a run, and whether a longer word that begins with its last word
    counts too.
    @typedef {{ text: string, prefix: boolean }} Term */
/** @typedef {[number, number]} Range */
/** @typedef {{ text: string, folded: string, offsets: number[] | null }} FoldedText */
const UNSEGMENTED = 1, WORD = 2, SEPARATOR = 0;
const JOINING_MARKS = new Set("-._/'’@&+#:");
/* Signs behind a word that make another name of it, and how many there may be. */
const SIGNS = new Set("+#"), MAX_SIGNS = 2;
const ALPHABETIC = /\p{Alphabetic}/u, VERSION = /^v[0-9]+$/;
const IGNORED = /[\p{Mn}\p{Me}\p{Cf}]/u;
const LETTER = /[\p{Alphabetic}\p{N}]/u;
/* How letters are spelled by those who have no key for them, where Unicode takes no accent off. */
const SPELLED = new Map([["ß", "ss"], ["æ", "ae"], ["œ", "oe"], ["þ", "th"], ["ŋ", "ng"], ["ø", "o"], ["ł", "l"], ["đ", "d"],
  ["ð", "d"], ["ħ", "h"], ["ŧ", "t"], ["ı", "i"], ["ĸ", "k"]]);
const UNSEGMENTED_RANGES = [[0xE00, 0xEFF], [0x1000, 0x109F], [0x1780, 0x17FF], [0x3005, 0x3007], [0x3041, 0x30FF],
  [0x3105, 0x312F], [0x31F0, 0x31FF], [0x3400, 0x4DBF], [0x4E00, 0x9FFF], [0xAC00, 0xD7A3],
  [0xF900, 0xFAFF], [0x20000, 0x3FFFF]];

/* Characters of a word that count, and words that are joined at most; set by `configure`. */
let wordLength = Infinity, joinedWordCount = Infinity;
/* Traditional character to simplified one, by code; set by `configure`. */
const simplified = new Uint16Array(0x10000);
/** @type {Map<string, string>} */
const foldCache = new Map();

/** @param {string} character */
function simplify(character) {
  const code = character.length === 1 ? simplified[character.charCodeAt(0)] : 0;
  return code ? String.fromCharCode(code) : character;
}

/** The folded form of one character: none, one or several.
   @param {string} character */
function foldCharacter(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  if (code < 0x80) return character.toLowerCase();
  if (code >= 0x3400 && code <= 0x9FFF) return simplify(character);
  if ((code >= 0x3041 && code <= 0x3096) || (code >= 0x30A1 && code <= 0x30FA) ||
      (code >= 0xAC00 && code <= 0xD7A3)) return character;
  let folded = foldCache.get(character);
  if (folded === undefined) {
    folded = "";
    for (const part of character.normalize("NFKD")) {
      if (IGNORED.test(part)) continue;
      for (const lower of part.toLowerCase()) folded += SPELLED.get(lower) || simplify(lower);
    }
    foldCache.set(character, folded);
  }
  return folded;
}

/** @param {string} character */
function classOf(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  if (code < 0x80) {
    return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7A) ? WORD : SEPARATOR;
  }
  if (code >= 0x4E00 && code <= 0x9FFF) return UNSEGMENTED;
  if (code >= 0xD800 && code <= 0xDFFF) return SEPARATOR;
  if (!LETTER.test(character)) return SEPARATOR;
  return UNSEGMENTED_RANGES.some((range) => code >= range[0] && code <= range[1]) ? UNSEGMENTED : WORD;
}

/** @param {string} text */
function fold(text) {
  let folded = "";
  for (const character of text.normalize("NFC")) folded += foldCharacter(character);
  return folded;
}

/** The characters of a word that count.
   @param {string} word */
function truncateWord(word) {
  return word.length <= wordLength ? word : [...word].slice(0, wordLength).join("");
}

/** Splits a folded text into runs without separators.
   @param {string} folded
   @returns {Run[]} */
function runs(folded) {
  /** @type {Run[]} */
  const found = [];
  /* Whether a run is open, a joining mark or a dot without a word stands right before; signs right
     before, behind a word. */
  let open = false, mark = false, dot = false, signs = 0;
  const last = () => found[found.length - 1];
  for (const character of folded) {
    const kind = classOf(character);
    if (kind === SEPARATOR) {
      const word = open && !lastSegment(last()).unsegmented, before = mark;
      mark = word && JOINING_MARKS.has(character);
      open = false;
      dot = !word && character === ".";
      if (mark || before) last().joinsNext = mark;
      if (SIGNS.has(character) && (word || signs)) addSign(last(), character, ++signs); else signs = 0;
      continue;
    }
    const unsegmented = kind === UNSEGMENTED;
    if (!open) {
      if (found.length && unsegmented && mark) last().joinsNext = false;
      if (signs && !unsegmented) last().signed = "";
      found.push({ text: "", segments: [], joinsNext: false, signed: "", dotted: dot && !unsegmented && ALPHABETIC.test(character) });
      open = true;
    }
    mark = dot = false;
    signs = 0;
    let segment = lastSegment(last());
    if (!segment || segment.unsegmented !== unsegmented) last().segments.push(segment = { unsegmented, characters: [] });
    segment.characters.push(character);
    last().text += character;
  }
  if (mark) last().joinsNext = false;
  return found;
}

/** @param {Run} run
   @param {string} sign
   @param {number} count */
function addSign(run, sign, count) {
  const before = count === 1 ? wordOf(lastSegment(run)) : run.signed;
  run.signed = before && count <= MAX_SIGNS ? before + sign : "";
}

/** The characters of a segment that count as a word.
   @param {Segment} segment */
function wordOf(segment) {
  return truncateWord(segment.characters.join(""));
}

/** The word that a run is, with the signs that make it a name of its own; "" if there are none.
   @param {Run} run */
function nameOf({ segments, signed, dotted }) {
  if (segments.length !== 1 || segments[0].unsegmented) return "";
  return signed || (dotted ? "." + wordOf(segments[0]) : "");
}

/** @param {Run} run */
function lastSegment(run) {
  return run.segments[run.segments.length - 1];
}

/** The tokens of a run, in order: bigrams, trigrams and words. `boundary` says that a bigram is
   where a word meets an unsegmented script.
   @param {Run} run
   @returns {Token[]} */
function tokensOf(run) {
  /** @type {Token[]} */
  const tokens = [];
  let before = "";
  for (const segment of run.segments) {
    const all = segment.characters;
    if (before) tokens.push({ bigram: before + all[0], boundary: true });
    if (segment.unsegmented) {
      for (let i = 0; i + 1 < all.length; i++) tokens.push({ bigram: all[i] + all[i + 1] });
      for (let i = 0; i + 2 < all.length; i++) {
        tokens.push({ trigram: [all[i] + all[i + 1], all[i + 1] + all[i + 2], all[i + 2]] });
      }
    } else {
      const word = wordOf(segment);
      /* The number of a version is found without the letter before it. */
      if (VERSION.test(word)) tokens.push({ word: word.slice(1) });
      tokens.push({ word });
    }
    before = all[all.length - 1];
  }
  return tokens;
}

/** All tokens of a text as sorted strings, for a test that compares them with those of Rust.
   @param {string} text */
function tokenStrings(text) {
  /** @type {string[]} */
  const out = [];
  const all = runs(fold(text));
  for (const run of all) {
    for (const segment of run.segments) {
      if (segment.unsegmented) for (const single of segment.characters) out.push("1" + single);
    }
    for (const token of tokensOf(run)) {
      if (token.bigram) out.push("2" + token.bigram);
      else if (token.word) out.push("w" + token.word);
      else if (token.trigram) out.push("3" + token.trigram[0] + token.trigram[2]);
    }
    if (run.signed) out.push("w" + run.signed);
    if (run.dotted) out.push("w." + wordOf(run.segments[0]));
  }
  for (const chain of joinedWords(all)) out.push("w" + chain);
  return out.sort();
}

/** Words joined by marks, each chain as one word. A run that begins or ends with an unsegmented
   script can only be the end or the beginning of a chain.
   @param {Run[]} all */
function joinedWords(all) {
  /** @type {string[]} */
  const found = [];
  /** @type {string[]} */
  let parts = [];
  const close = () => {
    if (parts.length > 1 && parts.length <= joinedWordCount && /[^0-9]/.test(parts.join(""))) found.push(truncateWord(parts.join("")));
    parts = [];
  };
  for (const run of all) {
    run.segments.forEach((segment, i) => {
      if (segment.unsegmented) return close();
      if (i > 0) close();
      parts.push(wordOf(segment));
    });
    if (!run.joinsNext) close();
  }
  close();
  return found;
}

/** The folded form of a UTF-16 unit that folds to one unit by a plain rule, else 0.
   @param {number} code
   @returns {number} */
function foldUnit(code) {
  if (code < 0x80) return code >= 0x41 && code <= 0x5A ? code + 32 : code;
  if (code >= 0x3400 && code <= 0x9FFF) return simplified[code] || code;
  if (code >= 0xFF01 && code <= 0xFF5E) return foldUnit(code - 0xFEE0);
  return COMMON_MARKS.has(code) ? code : 0;
}
/* The most common marks, which stay as they are. */
const COMMON_MARKS = new Set([..."、。《》「」“”"].map((c) => c.charCodeAt(0)));

/** Texts that were folded last: while one types, the same ones are searched again.
   @type {Map<string, FoldedText>} */
const traceCache = new Map();
const MAX_TRACES = 500;

/** A folded text, with the offset in the text from which each folded unit came; without offsets,
   each came from its own.
   @param {string} text
   @returns {FoldedText} */
function foldWithOffsets(text) {
  let found = traceCache.get(text);
  if (found) return found;
  if (traceCache.size >= MAX_TRACES) traceCache.clear();
  traceCache.set(text, found = foldUnitByUnit(text) || foldByCharacter(text));
  return found;
}

/** @param {string} text
   @returns {FoldedText | null} */
function foldUnitByUnit(text) {
  const codes = new Uint16Array(text.length);
  let changed = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    codes[i] = foldUnit(code);
    if (codes[i] === code) continue;
    if (!codes[i]) return null;
    changed = true;
  }
  if (!changed) return { text, folded: text, offsets: null };
  let folded = "";
  for (let i = 0; i < codes.length; i += 4096) folded += String.fromCharCode(...codes.subarray(i, i + 4096));
  return { text, folded, offsets: null };
}

/** @param {string} text
   @returns {FoldedText} */
function foldByCharacter(text) {
  let folded = "";
  const places = [];
  let i = 0;
  for (const character of text) {
    const part = foldCharacter(character);
    for (let unit = 0; unit < part.length; unit++) places.push(i);
    folded += part;
    i += character.length;
  }
  places.push(i);
  return { text, folded, offsets: places };
}

/** @param {string | undefined} character */
function isWord(character) {
  return character !== undefined && character !== "" && classOf(character) === WORD;
}

/** The ranges of a folded text where a run occurs. A word must not go on before the run, nor
   after it unless it is a prefix.
   @param {string} run
   @param {string} folded
   @param {boolean} prefix
   @returns {Range[]} */
function occurrences(run, folded, prefix) {
  /** @type {Range[]} */
  const found = [];
  const first = isWord([...run].shift()), end = isWord([...run].pop()), number = /^[0-9]/.test(run);
  for (let i = folded.indexOf(run); i >= 0; i = folded.indexOf(run, i + 1)) {
    const behind = i + run.length;
    /* The "v" of a version stands apart from its number. */
    const before = number && folded[i - 1] === "v" ? i - 2 : i - 1;
    if (first && before >= 0 && isWord(folded[before])) continue;
    if (end && !prefix && behind < folded.length && isWord(folded[behind])) continue;
    found.push([i, behind]);
  }
  return found;
}

/** Whether a folded text holds a term.
   @param {string} folded
   @param {Term} term */
function holdsTerm(folded, term) {
  return occurrences(term.text, folded, term.prefix).length > 0;
}

/** Whether a text holds a phrase: its runs with only separators between them.
   @param {string} text
   @param {string[]} phrase
   @param {boolean} prefix */
function holds(text, phrase, prefix) {
  const folded = foldWithOffsets(text).folded;
  if (phrase.length === 1) return occurrences(phrase[0], folded, prefix).length > 0;
  const line = folded.split("\n").map((part) => runs(part).map((run) => run.text).join(" "));
  const wanted = phrase.join(" ");
  return line.some((part) => occurrences(wanted, part, prefix).length > 0);
}

/** The ranges of a text to be marked for terms. Where a whole term does not occur, its longest
   parts are marked if `parts` is set.
   @param {string} text
   @param {Term[]} terms
   @param {boolean} [parts]
   @param {ReturnType<typeof foldWithOffsets>} [folding] of the text, where it is known
   @returns {Range[]} */
function marks(text, terms, parts, { folded, offsets: origins } = foldWithOffsets(text)) {
  /** @type {Range[]} */
  const ranges = [];
  for (const term of terms) {
    let places = occurrences(term.text, folded, term.prefix);
    if (!places.length && parts) places = partialOccurrences(term.text, folded);
    for (const [from, to] of places) ranges.push(origins ? [origins[from], origins[to]] : [from, to]);
  }
  ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  /** @type {Range[]} */
  const joined = [];
  for (const range of ranges) {
    const before = joined[joined.length - 1];
    if (before && range[0] <= before[1]) before[1] = Math.max(before[1], range[1]);
    else if (range[1] > range[0]) joined.push([range[0], range[1]]);
  }
  return joined;
}

/** @param {string} run
   @param {string} folded
   @returns {Range[]} */
function partialOccurrences(run, folded) {
  /** @type {Range[]} */
  const found = [];
  for (const segment of runs(run).flatMap((one) => one.segments)) {
    if (!segment.unsegmented) {
      found.push(...occurrences(segment.characters.join(""), folded, false));
      continue;
    }
    const all = segment.characters;
    for (let from = 0; from + 1 < all.length;) {
      let to = all.length;
      let part = all.slice(from, to).join("");
      while (to - from > 1 && !folded.includes(part)) part = all.slice(from, --to).join("");
      if (to - from > 1) {
        found.push(...occurrences(part, folded, true));
        from = to;
      } else from++;
    }
  }
  return found;
}

/** Whether a character is a traditional one whose simplified form is known.
   @param {string} character */
function isTraditional(character) {
  return simplify(character) !== character;
}

/** Adds to the traditional characters whose simplified form is known, and sets the limits of the
   tokenizer, which are those of src/search/limits.rs.
   @param {[string, string][]} pairs
   @param {{ wordLength: number, joinedWords: number }} limits */
function configure(pairs, limits) {
  wordLength = limits.wordLength;
  joinedWordCount = limits.joinedWords;
  for (const [from, to] of pairs) simplified[from.charCodeAt(0)] = to.charCodeAt(0);
  foldCache.clear();
  traceCache.clear();
}

export { fold, foldWithOffsets, runs, nameOf, wordOf, tokensOf, joinedWords, tokenStrings, marks, holds, holdsTerm, truncateWord, classOf, configure, isTraditional, UNSEGMENTED, WORD, SEPARATOR };
