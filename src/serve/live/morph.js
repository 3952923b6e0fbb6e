/* Updates the page to what the server sends now. What the server sent before is kept beside what is
   shown, and only where old and new differ the page is changed. So whatever scripts and readers did
   to it (open details, focus, text in forms, highlights, cards) stays. */
const LINE_ATTRIBUTE = / data-source-line="\d+"/g;
const MAX_CELLS = 200000;
/** @type {WeakMap<Node, string>} */
const signatures = new WeakMap();
/** For each node as it was sent, the node that is shown.
   @type {Map<Node, Node>} */
let shownNodes = new Map();
let sent = /** @type {Element} */ (document.documentElement.cloneNode(true));
/** @type {Element[]} */
let touched = [];

/** @param {Node} node
   @param {Node} live
   @param {Map<Node, Node>} map */
function mapNodes(node, live, map) {
  map.set(node, live);
  for (let a = node.firstChild, b = live.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) {
    mapNodes(a, b, map);
  }
}

/** @param {Node} node
   @returns {node is Element} */
function isElement(node) {
  return node.nodeType === 1;
}

/** @param {Node} node
   @returns {string} */
function signature(node) {
  if (!isElement(node)) return node.nodeType + (node.nodeValue || "");
  let known = signatures.get(node);
  if (known === undefined) {
    known = node.outerHTML.replace(LINE_ATTRIBUTE, "");
    signatures.set(node, known);
  }
  return known;
}

/** @param {Node} a
   @param {Node} b */
function equal(a, b) {
  return a.nodeName === b.nodeName && signature(a) === signature(b);
}

/** @param {Node} a
   @param {Node} b */
function isSameKind(a, b) {
  return a.nodeName === b.nodeName && (!isElement(a) || !isElement(b) || a.id === b.id);
}

/** @param {Node} node */
function childrenOf(node) {
  return [...node.childNodes].filter((child) => !isElement(child) || !child.hasAttribute("data-live"));
}

/** For each new child the index of the old one that becomes it, or -1: first equal ones, in order,
   then between these ones of the same kind.
   @param {Node[]} olds
   @param {Node[]} news
   @returns {number[]} */
function match(olds, news) {
  const found = news.map(() => -1);
  let start = 0, oldEnd = olds.length, newEnd = news.length;
  while (start < oldEnd && start < newEnd && equal(olds[start], news[start])) found[start] = start++;
  while (oldEnd > start && newEnd > start && equal(olds[oldEnd - 1], news[newEnd - 1])) found[--newEnd] = --oldEnd;
  matchLongestRun(olds, news, start, oldEnd, newEnd, found);
  let from = start;
  for (let at = start; at < newEnd; at++) {
    if (found[at] < 0) {
      const next = found.slice(at, newEnd).find((place) => place >= 0);
      for (let old = from; old < (next === undefined ? oldEnd : next); old++) {
        if (isSameKind(olds[old], news[at])) {
          found[at] = old;
          break;
        }
      }
    }
    if (found[at] >= 0) from = found[at] + 1;
  }
  return found;
}

/** Matches the longest common subsequence of equal children.
   @param {Node[]} olds
   @param {Node[]} news
   @param {number} start
   @param {number} oldEnd
   @param {number} newEnd
   @param {number[]} found */
function matchLongestRun(olds, news, start, oldEnd, newEnd, found) {
  const width = newEnd - start + 1;
  if ((oldEnd - start + 1) * width > MAX_CELLS) return;
  const lengths = new Uint16Array((oldEnd - start + 1) * width);
  /** @param {number} row @param {number} column */
  const cell = (row, column) => (row - start) * width + column - start;
  let old, at;
  for (old = oldEnd - 1; old >= start; old--) {
    for (at = newEnd - 1; at >= start; at--) {
      lengths[cell(old, at)] = equal(olds[old], news[at])
        ? lengths[cell(old + 1, at + 1)] + 1
        : Math.max(lengths[cell(old + 1, at)], lengths[cell(old, at + 1)]);
    }
  }
  for (old = start, at = start; old < oldEnd && at < newEnd;) {
    if (equal(olds[old], news[at])) found[at++] = old++;
    else if (lengths[cell(old + 1, at)] >= lengths[cell(old, at + 1)]) old++;
    else at++;
  }
}

/** Loads a changed style sheet beside the old one, which is then removed.
   @param {HTMLLinkElement} live
   @param {string} address */
function replaceStyleSheet(live, address) {
  const fresh = /** @type {HTMLLinkElement} */ (live.cloneNode());
  fresh.setAttribute("href", address);
  fresh.onload = fresh.onerror = () => { live.remove(); };
  live.after(fresh);
  return fresh;
}

/** @param {Element} before
   @param {Element} after
   @param {Element} live */
function attributes(before, after, live) {
  before.getAttributeNames().concat(after.getAttributeNames()).forEach((name) => {
    const value = after.getAttribute(name);
    if (before.getAttribute(name) === value) return;
    /* theme.js has set these before this script ran. */
    if (after.localName === "html" && (name === "class" || name === "data-theme")) return;
    if (live instanceof HTMLLinkElement && live.rel === "stylesheet" && name === "href" && value) {
      if (live.getAttribute(name) !== value) live = replaceStyleSheet(live, value);
      return;
    }
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
    if (name !== "data-source-line") touched.push(live);
  });
  return live;
}

/** @param {Node} before
   @param {Node} after
   @param {Map<Node, Node>} map */
function update(before, after, map) {
  const known = shownNodes.get(before);
  if (!known) return;
  if (!isElement(before) || !isElement(after) || !isElement(known)) {
    map.set(after, known);
    if (before.nodeValue !== after.nodeValue) {
      known.nodeValue = after.nodeValue;
      if (known.parentElement) touched.push(known.parentElement);
    }
    return;
  }
  const live = attributes(before, after, known);
  map.set(after, live);
  /* The content of a template is not among its children. */
  if (after.localName === "template" && before.innerHTML !== after.innerHTML) live.innerHTML = after.innerHTML;
  const olds = childrenOf(before), news = childrenOf(after), found = match(olds, news);
  /** @type {Node | null} */
  let last = null;
  olds.forEach((old, at) => {
    const gone = /** @type {ChildNode | undefined} */ (shownNodes.get(old));
    if (found.includes(at) || !gone) return;
    gone.remove();
    if (isElement(old) || (old.nodeValue || "").trim()) touched.push(live);
  });
  news.forEach((node, at) => {
    if (found[at] >= 0) update(olds[found[at]], node, map);
    else {
      const fresh = document.importNode(node, true);
      mapNodes(node, fresh, map);
      live.insertBefore(fresh, last ? last.nextSibling : live.firstChild);
      if (isElement(fresh)) touched.push(fresh);
      else if ((fresh.nodeValue || "").trim()) touched.push(live);
    }
    const here = map.get(node);
    if (here && here.parentNode === live) last = here;
  });
}

/** @param {Element} page */
function scripts(page) {
  return [...page.querySelectorAll("script:not([data-live])")].map(signature).join("\n");
}

mapNodes(sent, document.documentElement, shownNodes);

/** Updates the page from a parsed one. Returns the elements that changed, or null if the page must be
   reloaded because its scripts differ.
   @param {Document} page */
export function morph(page) {
  const next = page.documentElement;
  if (scripts(sent) !== scripts(next)) return null;
  const map = new Map();
  touched = [];
  update(sent, next, map);
  sent = next;
  shownNodes = map;
  return touched;
}
