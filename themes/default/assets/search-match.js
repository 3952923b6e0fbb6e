/* Which chapters a query means: its words are looked up, and every chapter gets a
   level and what a score is made from. src/search/matching.rs does the same for
   the command line. */
import * as text from "./search-text.js";
import { sample } from "./search-query.js";
import { placeFrom } from "./search-bits.js";
import { NOTHING } from "./search-index.js";

/* Levels of a match, least first; 0 is none. */
const PARTS = 1, LOOSE = 2, PHRASE = 3;
/* Files that words with a common beginning are looked up in, and words taken. */
const PREFIX_FILES = 6, PREFIX_WORDS = 400;
/* Letters of a beginning at least, and of a word whose typing error is forgiven. */
const PREFIX_LETTERS = 2, TYPO_LETTERS = 5;

/* Calls `found` with what two rising lists share. */
function shared(a, b, found) {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { found(a[i]); i++; j++; } else if (a[i] < b[j]) i++; else j++;
  }
}

function intersect(a, b) {
  const both = [];
  shared(a, b, (one) => { both.push(one); });
  return both;
}

function union(lists) {
  if (lists.length === 1) return lists[0];
  const ids = (field) => [...new Set(lists.flatMap((list) => [...list[field]]))].sort((a, b) => a - b);
  const flags = new Map();
  for (const list of lists) list.title.forEach((chapter, at) => flags.set(chapter, (flags.get(chapter) || 0) | list.flags[at]));
  const title = ids("title");
  return { text: ids("text"), title, flags: title.map((chapter) => flags.get(chapter)), head: ids("head"), triples: null };
}

function flagOf(list, chapter) {
  const at = placeFrom(list.title, chapter);
  return list.title[at] === chapter ? list.flags[at] : 0;
}

class Matcher {
  constructor(index) { this.index = index; }

  /* A mark for each chapter in which two lists share a place. */
  meet(a, b) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    shared(a.text, b.text, (block) => { marks[chapterOf[block]] = 1; });
    shared(a.title, b.title, (chapter) => { marks[chapter] = 1; });
    shared(a.head, b.head, (chapter) => { marks[chapter] = 1; });
    return marks;
  }

  /* A mark for each chapter of a list. */
  chaptersOf(list) {
    const { count, chapterOf } = this.index, marks = new Uint8Array(count);
    for (const block of list.text) marks[chapterOf[block]] = 1;
    for (const chapter of list.title) marks[chapter] = 1;
    for (const chapter of list.head) marks[chapter] = 1;
    return marks;
  }

  /* Marks for chapters that hold three characters in a row, and whether these are
     known; worked out once for a clause. */
  triple(clause, [left, right, last]) {
    const known = clause.triples = clause.triples || new Map(), key = left + last;
    if (!known.has(key)) known.set(key, this.threes(clause.lists.get(left), clause.lists.get(right), last));
    return known.get(key);
  }

  threes(a, b, last) {
    const marks = this.meet(a, b), told = a.triples && a.triples.get(last);
    let count = 0;
    for (let chapter = 0; chapter < marks.length; chapter++) {
      if (!marks[chapter]) continue;
      if (told && told.marked.has(count) === Boolean(told.without)) marks[chapter] = 0;
      count++;
    }
    if (told || !count) return { sure: true, marks };
    return count > this.index.manifest.verified ? { sure: true, marks: new Uint8Array(marks.length) } : { sure: false, marks };
  }

  /* Everything that a clause needs, looked up at once. */
  async look(clause) {
    const lists = new Map(), wanted = [];
    clause.tokens = clause.runs.map((run) => clause.lean ? sample(text.tokensOf(run)) : text.tokensOf(run));
    const get = (key, promise) => { if (!lists.has(key)) { lists.set(key, NOTHING); wanted.push(promise().then((list) => lists.set(key, list))); } };
    clause.runs.forEach((run, at) => {
      const final = at === clause.runs.length - 1;
      const tokens = clause.tokens[at];
      tokens.forEach((token, place) => {
        if (token.pair) get(token.pair, () => this.index.pair(token.pair));
        else if (token.word) {
          get("w" + token.word, () => this.index.word(token.word));
          if (clause.prefix && final && place === tokens.length - 1) get("*" + token.word, () => this.beginning(token.word));
        }
      });
      if (!tokens.length) get(run.text, () => this.index.pair(run.text));
    });
    if (clause.joined) {
      get("w" + clause.joined, () => this.index.word(clause.joined));
      if (clause.prefix) get("*" + clause.joined, () => this.beginning(clause.joined));
    }
    await Promise.all(wanted);
    clause.lists = lists;
  }

  /* Words that go on behind a beginning. */
  async beginning(word) {
    if (word.length < PREFIX_LETTERS) return NOTHING;
    const found = (await this.index.wordsFrom(word, PREFIX_FILES)).filter((one) => one[0] !== word);
    return found.length ? union(found.slice(0, PREFIX_WORDS).map((one) => one[1])) : NOTHING;
  }

  /* Where a clause's phrase stands, as far as the lists tell; `open` takes its
     last word for a beginning. */
  phrase(clause, runs, tokens, open) {
    const parts = [];
    runs.forEach((run, at) => {
      if (!tokens[at].length) parts.push(clause.lists.get(run.text));
      for (const token of tokens[at]) {
        if (token.pair) parts.push(clause.lists.get(token.pair));
        else if (token.word) parts.push(clause.lists.get("w" + token.word));
      }
    });
    if (open) {
      const word = tokens[tokens.length - 1].slice(-1)[0].word;
      parts[parts.length - 1] = clause.lists.get("*" + word);
    }
    const ordered = parts.slice().sort((a, b) => a.text.length - b.text.length);
    let found = { text: ordered[0].text, title: ordered[0].title, head: ordered[0].head };
    for (const part of ordered.slice(1)) {
      found = { text: intersect(found.text, part.text), title: intersect(found.title, part.title), head: intersect(found.head, part.head) };
    }
    let sure = parts.length === 1 && !clause.lean;
    const triples = tokens.flat().filter((token) => token.triple).map((token) => this.triple(clause, token.triple));
    if (runs.length === 1 && triples.length === 1 && parts.length === 2 && triples[0].sure) sure = true;
    const { chapterOf } = this.index;
    for (const { marks } of triples) {
      found = {
        text: found.text.filter((block) => marks[chapterOf[block]]),
        title: found.title.filter((chapter) => marks[chapter]), head: found.head.filter((chapter) => marks[chapter]),
      };
    }
    const flags = new Map();
    for (const chapter of found.title) {
      flags.set(chapter, (flagOf(parts[0], chapter) & 1) | (flagOf(parts[parts.length - 1], chapter) & 2));
    }
    return { ...found, flags, sure };
  }

  /* For each chapter, into how few parts of two characters or more a run falls
     that all stand in it; words are parts of their own. 0 where it does not.
     Chapters that need many more parts than others do not count. */
  parts(clause) {
    if (clause.exact || clause.title || clause.lean || clause.runs.length > 1) return null;
    const [run] = clause.runs;
    const dense = run.segments.filter((segment) => segment.dense);
    if (run.segments.length === 1 && (!dense.length || dense[0].characters.length < 4)) return null;
    if (dense.some((segment) => segment.characters.length < 2)) return null;
    const count = this.index.count, pieces = new Uint8Array(count);
    const segments = run.segments.map((segment) => this.pieces(clause, segment));
    let least = 255;
    for (let chapter = 0; chapter < count; chapter++) {
      let sum = 0;
      for (const segment of segments) {
        const some = segment(chapter);
        if (!some) { sum = 0; break; }
        sum += some;
      }
      pieces[chapter] = Math.min(sum, 255);
      if (sum > 1) least = Math.min(least, sum);
    }
    for (let chapter = 0; chapter < count; chapter++) if (pieces[chapter] > least + 1) pieces[chapter] = 0;
    return pieces;
  }

  /* A function from chapter to the fewest parts of a segment. */
  pieces(clause, segment) {
    const all = segment.characters;
    if (!segment.dense) {
      const has = this.chaptersOf(clause.lists.get("w" + text.short(all.join(""))));
      return (chapter) => has[chapter];
    }
    const pair = (at) => all[at] + all[at + 1];
    const twos = [], threes = [];
    for (let at = 0; at + 1 < all.length; at++) twos.push(this.chaptersOf(clause.lists.get(pair(at))));
    for (let at = 0; at + 2 < all.length; at++) threes.push(this.triple(clause, [pair(at), pair(at + 1), all[at + 2]]).marks);
    const best = new Uint8Array(all.length + 1);
    return (chapter) => {
      if (!twos[0][chapter] || !twos[twos.length - 1][chapter]) return 0;
      best.fill(255);
      best[0] = 0;
      for (let from = 0; from + 1 < all.length; from++) {
        if (best[from] === 255) continue;
        for (let to = from + 2; to <= all.length; to++) {
          if (!twos[to - 2][chapter] || (to - from > 2 && !threes[to - 3][chapter])) break;
          best[to] = Math.min(best[to], best[from] + 1);
        }
      }
      return best[all.length] === 255 ? 0 : best[all.length];
    };
  }

  /* Levels, fields and weights of a clause for all chapters. */
  async match(clause) {
    await this.look(clause);
    const ways = [this.way(clause, this.phrase(clause, clause.runs, clause.tokens), 1)];
    if (clause.prefix) ways.push(this.way(clause, this.phrase(clause, clause.runs, clause.tokens, true), 0.5, LOOSE));
    if (clause.joined) {
      ways.push(this.way(clause, this.single(clause.lists.get("w" + clause.joined)), 1));
      if (clause.prefix) ways.push(this.way(clause, this.single(clause.lists.get("*" + clause.joined)), 0.5, LOOSE));
    }
    ways.push(...await this.synonyms(clause));
    let result = this.merge(clause, ways, clause.joined ? this.all(clause) : this.parts(clause));
    const word = !clause.exact && clause.runs.length === 1 && /^[a-z]+$/.test(clause.runs[0].text) ? clause.runs[0].text : "";
    if (word.length > 1 && (word.length > 3 || !result.count)) {
      const read = await this.pinyin(word);
      if (read) { ways.push(this.way(clause, read, 0.5, LOOSE)); result = this.merge(clause, ways, null); result.pinyin = true; }
    }
    if (word.length >= TYPO_LETTERS && !result.count) {
      const near = await this.near(word);
      if (near) {
        clause.corrected = near.map((one) => one[0]);
        result = this.merge(clause, [this.way(clause, this.single(union(near.map((one) => one[1]))), 0.5, LOOSE)], null);
      }
    }
    return result;
  }

  single(list) {
    const flags = new Map();
    list.title.forEach((chapter, at) => flags.set(chapter, list.flags[at]));
    return { text: list.text, title: list.title, head: list.head, flags, sure: true };
  }

  way(clause, found, weight, level) {
    if (clause.title) return { ...found, text: [], head: [], weight, level: level || PHRASE };
    return { ...found, weight, level: level || PHRASE };
  }

  /* Chapters that hold each of the words that marks join. */
  all(clause) {
    const marks = new Uint8Array(this.index.count);
    const sets = clause.runs.map((run) => this.chaptersOf(clause.lists.get("w" + text.short(run.text))));
    for (let chapter = 0; chapter < marks.length; chapter++) if (sets.every((set) => set[chapter])) marks[chapter] = 1;
    return marks;
  }

  async synonyms(clause) {
    const name = clause.runs.map((run) => run.text).join(" "), ways = [];
    if (clause.without) return ways;
    for (const group of this.index.synonyms) {
      const spaced = group.map((term) => text.runs(term).map((run) => run.text).join(" "));
      if (!spaced.includes(name)) continue;
      for (const other of spaced.filter((term) => term && term !== name)) {
        const alike = { runs: text.runs(other), exact: true, title: clause.title, prefix: false };
        await this.look(alike);
        (clause.alike = clause.alike || []).push(alike);
        ways.push({ ...this.way(clause, this.phrase(alike, alike.runs, alike.tokens), 0.8), alike });
      }
    }
    return ways;
  }

  /* Titles and headings by pinyin: a key's beginning, else initials or syllables
     put together. */
  async pinyin(word) {
    const whole = await this.index.wordsFrom("~" + word, PREFIX_FILES);
    if (whole.length) return this.single(union(whole.map((one) => one[1])));
    const all = async (keys) => {
      const lists = [];
      for (const key of keys.slice(0, -1)) lists.push(await this.index.word("~" + key));
      if (lists.some((list) => list === NOTHING)) return null;
      const end = await this.index.wordsFrom("~" + keys[keys.length - 1], PREFIX_FILES);
      if (!end.length) return null;
      lists.push(union(end.map((one) => one[1])));
      const title = lists.map((list) => list.title).reduce(intersect), head = lists.map((list) => list.head).reduce(intersect);
      return title.length || head.length ? { text: [], title: Array.from(title), head: Array.from(head), flags: new Map(), sure: true } : null;
    };
    if (word.length > 4) {
      const windows = [];
      for (let at = 0; at + 4 <= word.length; at++) windows.push(word.slice(at, at + 4));
      const found = await all(windows);
      if (found) return found;
    }
    for (const syllables of this.syllables(word)) {
      const keys = [];
      for (let at = 0; at + 1 < syllables.length; at++) keys.push(syllables[at] + syllables[at + 1]);
      const found = keys.length > 1 ? await all(keys) : null;
      if (found) return found;
    }
    return null;
  }

  /* Ways to read letters as syllables, the last of which may be a beginning. */
  syllables(word) {
    const found = [];
    const go = (at, before) => {
      if (found.length >= 4) return;
      if (at === word.length) { found.push(before); return; }
      for (let length = Math.min(6, word.length - at); length > 0; length--) {
        const part = word.slice(at, at + length);
        if (this.index.syllables.has(part)) go(at + length, [...before, part]);
        else if (at + length === word.length && [...this.index.syllables].some((one) => one.startsWith(part))) go(at + length, [...before, part]);
      }
    };
    go(0, []);
    return found;
  }

  /* Words that are one typing error away. */
  async near(word) {
    const swapped = word[1] + word[0] + word.slice(2);
    const lists = [
      ...await this.index.wordsFrom(word.slice(0, 2), PREFIX_FILES), ...await this.index.wordsFrom(word[0] + word.slice(2, 3), PREFIX_FILES),
      [swapped, await this.index.word(swapped)], [word.slice(1), await this.index.word(word.slice(1))],
    ];
    const found = new Map(lists.filter(([other, list]) => list !== NOTHING && oneError(word, other)));
    return found.size ? [...found] : null;
  }

  /* Joins the ways in which a clause is satisfied. */
  merge(clause, ways, parts) {
    const { count, chapterOf } = this.index, levels = new Uint8Array(count), weights = new Float64Array(count);
    const titles = new Float64Array(count), flags = new Uint8Array(count), heads = new Uint8Array(count), times = new Int32Array(count);
    const letters = clause.runs.reduce((sum, run) => sum + [...run.text].length, 0);
    const doubts = new Uint8Array(count), sure = new Uint8Array(count);
    for (const way of ways) {
      const { level, weight } = way, told = way.sure ? sure : doubts;
      const meet = (chapter) => {
        if (levels[chapter] < level) levels[chapter] = level;
        if (weights[chapter] < weight) weights[chapter] = weight;
        told[chapter] = 1;
      };
      for (const block of way.text) {
        meet(chapterOf[block]);
        times[chapterOf[block]]++;
      }
      for (const chapter of way.title) {
        meet(chapter);
        flags[chapter] |= way.flags.get(chapter) || 0;
        titles[chapter] = Math.max(titles[chapter], weight * Math.min(1, letters / Math.max(1, this.index.letters[chapter])));
      }
      for (const chapter of way.head) { meet(chapter); heads[chapter] = 1; }
    }
    const doubtful = new Set();
    let total = 0, whole = 0;
    for (let chapter = 0; chapter < count; chapter++) {
      if (levels[chapter]) whole++;
      else if (parts && parts[chapter]) { levels[chapter] = PARTS; weights[chapter] = 0.3; }
      if (levels[chapter]) total++;
      if (doubts[chapter] && !sure[chapter]) doubtful.add(chapter);
    }
    const blocks = (chapter) => this.blocks(ways, chapter);
    return { clause, levels, weights, titles, flags, heads, times, blocks, doubtful, parts, count: total, whole, ways };
  }

  /* The blocks of a chapter in which a clause stands. */
  blocks(ways, chapter) {
    return [...new Set(ways.flatMap((way) => [...this.index.within(chapter, way.text)]))];
  }
}

/* Whether two words differ by one letter more, less, other or swapped. */
function oneError(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.length === b.length) {
    return a.slice(at + 1) === b.slice(at + 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2));
  }
  return a.length > b.length ? a.slice(at + 1) === b.slice(at) : a.slice(at) === b.slice(at + 1);
}

export { Matcher, PARTS, PHRASE, intersect };
