/* What the card beside a link shows. Data are scripts that register themselves, so that cards work
   from file:// too; for a link within the page, the page itself is read. Used by
   preview-card.js. */
import { share } from "./shared.js";

/** What is shown of a chapter, or of a part of it.
    @typedef {object} Content
    @property {string} title
    @property {[string, string][]} marks keys and words of its status
    @property {string[]} facts
    @property {string} language
    @property {string} label of a clause or heading
    @property {boolean} heading
    @property {string} text
    @property {boolean} part */
/** A chapter as src/site/previews/entry.rs writes it: title, marks, facts, language, text,
    and by anchor label, text and whether it is a heading.
    @typedef {{ t: string, s?: [string, string][], f?: string[], l?: string, x: string,
      a?: Record<string, [string, string, number?]> }} Entry */
/** @typedef {{ contentOf: typeof contentOf, truncate: typeof truncate, limit: number }} PreviewContent */

const script = /** @type {HTMLScriptElement} */ (document.currentScript);

const LIMIT = 400;
const MAX_LINES = 12;
const SECTION_LIMIT = 220;
const MAX_SECTION_LINES = 6;
const root = plainAddress(new URL("../", script.src).href);

/** @param {string} address */
function plainAddress(address) {
  try {
    return decodeURIComponent(address);
  } catch (error) {
    return address;
  }
}

/* Data */

/** @type {Record<string, any>} */
let values = {};
/** @type {Record<string, Promise<any>>} */
let pendingFiles = {};
/** What the files call.
   @param {string | number} name
   @param {unknown} value */
function receive(name, value) {
  values[name] = value;
}
Object.assign(globalThis, { handbookPreviews: receive });

/** @param {string | number} name
   @param {string} file
   @returns {Promise<any>} */
function load(name, file) {
  if (!pendingFiles[name]) {
    pendingFiles[name] = new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = new URL("../previews/" + file, script.src).href;
      element.onload = () => {
        if (name in values) done(values[name]);
        else failed();
      };
      element.onerror = failed;
      document.head.appendChild(element);
    });
  }
  return pendingFiles[name];
}

/** The shard of a URL path, by FNV-1a.
   @param {string} address
   @param {number} count */
function shardOf(address, count) {
  let hash = 0x811c9dc5;
  new TextEncoder().encode(address).forEach((byte) => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  });
  return (hash >>> 0) % count;
}

/* In a live preview, loaded data may be outdated. */
document.addEventListener("handbook:updated", () => {
  values = {};
  pendingFiles = {};
});

/** @param {string} address
   @param {boolean} [isRetry]
   @returns {Promise<Entry | undefined>} */
function entry(address, isRetry) {
  return load("manifest", "manifest.js" + (isRetry ? "?" + Date.now() : "")).then((names) => {
    const i = shardOf(address, names.length);
    return load(i, names[i] + ".js").then(
      (shard) => shard[address],
      () => {
        /* A cached manifest may name shards that no longer exist. */
        if (isRetry) return undefined;
        delete pendingFiles.manifest;
        delete pendingFiles[i];
        return entry(address, true);
      }
    );
  });
}

/** @param {string} address
   @param {string} anchor
   @returns {Promise<Content | null>} */
function fromData(address, anchor) {
  return entry(address).then((preview) => {
    if (!preview) return null;
    const part = anchor && preview.a && preview.a[anchor];
    return {
      title: preview.t,
      marks: preview.s || [],
      facts: part ? [] : preview.f || [],
      language: preview.l || document.documentElement.lang,
      label: part ? readable(part[0]) : "",
      heading: part ? part[2] === 1 : false,
      text: part ? part[1] : preview.x,
      part: Boolean(part),
    };
  });
}

/** 第十五条第2款 as people write it.
   @param {string} label
   @returns {string} */
function readable(label) {
  const digits = "零一二三四五六七八九";
  return label.replace(/第(\d{1,2})(?=[款项目])/g, (all, number) => {
    const ten = Math.floor(number / 10);
    const item = number % 10;
    return "第" + (ten > 1 ? digits[ten] : "") + (ten ? "十" : "") + (item || !ten ? digits[item] : "");
  });
}

/* The page itself */

/** @param {Element} element */
function isHeading(element) {
  return /^H[2-6]$/.test(element.tagName);
}

/** The lines of an element's text, without controls.
   @param {Element} element
   @returns {string[]} */
function lines(element) {
  if (/^(PRE|FIGURE|HR|SECTION)$/.test(element.tagName) || isHeading(element)) return [];
  if (element.tagName === "TR") {
    return [[...element.children].map((cell) => lines(cell).join(" ")).filter(Boolean).join(" · ")];
  }
  if (/^(UL|OL|DL|BLOCKQUOTE|ASIDE|DIV|TABLE|THEAD|TBODY)$/.test(element.tagName)) {
    let number = element instanceof HTMLOListElement ? element.start : 0;
    return [...element.children].flatMap((child) => {
      const own = lines(child);
      if (child.tagName === "LI" && own.length) own[0] = (number ? number++ + ". " : "• ") + own[0];
      return own;
    });
  }
  const copy = /** @type {Element} */ (element.cloneNode(true));
  /** @type {string[]} */
  const blocks = [];
  for (const child of [...copy.children]) {
    if (!/^(UL|OL|P|DIV)$/.test(child.tagName)) continue;
    blocks.push(...lines(child));
    child.remove();
  }
  copy.querySelectorAll(".anchor, .footnote-back, .footnote-reference, button, [hidden], [role=tooltip], .cited-by, img").forEach((part) => {
    part.remove();
  });
  copy.querySelectorAll("br").forEach((br) => {
    br.replaceWith("\u0000");
  });
  return (copy.textContent || "").split("\u0000").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).concat(blocks);
}

/** The lines of an element and of those after it, as long as they belong to it.
   @param {Element} first
   @param {(next: Element) => boolean} belongs */
function linesWhile(first, belongs) {
  let found = lines(first);
  let next = first.nextElementSibling;
  while (next && belongs(next) && found.join("").length <= LIMIT) {
    found = found.concat(lines(next));
    next = next.nextElementSibling;
  }
  return found;
}

/** @param {string} anchor
   @returns {Content | null} */
function fromPage(anchor) {
  const target = document.getElementById(anchor);
  if (!target || !target.closest(".text")) return null;
  const block = target.tagName === "SPAN" && target.parentElement || target;
  if (block.closest(".footnote-reference")) return null;
  const main = document.querySelector("main");
  /** @type {Content} */
  const content = {
    title: "", marks: [], facts: [], language: main && main.lang || document.documentElement.lang, label: "", heading: false,
    text: "", part: true,
  };
  let found;
  if (isHeading(block)) {
    content.heading = true;
    content.label = (block.textContent || "").replace(/#$/, "").trim();
    const clause = block.classList.contains("clause-heading");
    found = linesWhile(block, (next) =>
      clause && next.matches(".clause, .clause-heading") ? false : !isHeading(next) || next.tagName > block.tagName);
  } else if (block.classList.contains("clause")) {
    const number = block.querySelector(".clause-number");
    content.label = number && number.textContent || "";
    found = linesWhile(block, (next) => !isHeading(next) && !next.matches(".clause, .footnotes"));
    found[0] = found[0].slice(content.label.length).trim();
  } else if (target.tagName === "SPAN") {
    found = lineOf(target);
  } else if (/[款项目]$/.test(anchor)) {
    content.label = anchor;
    found = linesWhile(block, (next) => block.tagName === "P" && !isHeading(next) && !next.matches(".clause, .footnotes") &&
        (next.id ? next.id.indexOf(anchor) === 0 : !next.matches(".clause-paragraph:not([class*=item-])")));
  } else {
    found = lines(block);
  }
  content.label = readable(/[款项目]$/.test(anchor) ? anchor : content.label);
  content.text = truncate(found.join("\n"), content.heading ? SECTION_LIMIT : LIMIT, content.heading ? MAX_SECTION_LINES : MAX_LINES);
  return content.text || content.heading ? content : null;
}

/** An item that begins in the middle of a paragraph: its line.
   @param {Node} mark */
function lineOf(mark) {
  let text = "";
  for (let node = mark.nextSibling; node && node.nodeName !== "BR"; node = node.nextSibling) {
    text += node.textContent;
  }
  return [text.replace(/\s+/g, " ").trim()];
}

/** A text cut at a sentence, as the build cuts it (src/markdown/excerpt.rs): two
   letters of a Latin word count as one character.
   @param {string} text
   @param {number} limit
   @param {number} [most] */
function truncate(text, limit, most) {
  const whole = text.split("\n").slice(0, most || MAX_LINES).join("\n");
  let width = 0;
  let head = "";
  for (const character of whole) {
    width += /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(character) ? 1 : 0.5;
    if (width > limit) break;
    head += character;
  }
  if (head === text) return text;
  if (head !== whole) {
    const stop = /^[^]*([。！？；\n]|[!?;](?=\s)|\D\.(?=\s))/.exec(head);
    head = stop && stop[0].length > head.length / 2 ? stop[0] : head.replace(/([^\w])\w+$/, "$1");
  }
  return head.trim().replace(/…$/, "") + "…";
}

/** The content for a link, or null if there is no card for it.
   @param {HTMLAnchorElement} link
   @returns {Promise<Content | null>} */
function contentOf(link) {
  const address = plainAddress(link.href.split(/[?#]/)[0]);
  const anchor = plainAddress(link.hash.slice(1));
  if (address === plainAddress(location.href.split(/[?#]/)[0])) {
    return Promise.resolve(anchor ? fromPage(anchor) : null);
  }
  if (address.indexOf(root) !== 0 || !/\.html$/.test(address)) return Promise.resolve(null);
  return fromData(address.slice(root.length), anchor);
}

share("preview-content", { contentOf, truncate, limit: LIMIT });
