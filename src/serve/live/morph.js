/* Brings the page to what the server sends now. What the server sent before is
   kept beside what is shown; only where the two differ is the page touched, so
   whatever scripts and readers did to it (open details, focus, text in forms,
   marks, cards) stays. */
const LINE = / data-source-line="\d+"/g;
const MOST = 200000;
const signatures = new WeakMap();
/* Each node of the page as it was sent, and the one that is shown for it. */
let shown = new Map();
let sent = document.documentElement.cloneNode(true);
let touched = [];

function pair(node, live, map) {
  map.set(node, live);
  for (let a = node.firstChild, b = live.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) {
    pair(a, b, map);
  }
}

function signature(node) {
  if (node.nodeType !== 1) return node.nodeType + (node.nodeValue || "");
  let known = signatures.get(node);
  if (known === undefined) {
    known = node.outerHTML.replace(LINE, "");
    signatures.set(node, known);
  }
  return known;
}

function equal(a, b) {
  return a.nodeName === b.nodeName && signature(a) === signature(b);
}

function alike(a, b) {
  return a.nodeName === b.nodeName && (a.nodeType !== 1 || a.id === b.id);
}

function kids(node) {
  return Array.prototype.filter.call(node.childNodes, (child) => child.nodeType !== 1 || !child.hasAttribute("data-live"));
}

/* For each new child the place of the old one that becomes it, or -1: first
   those that are equal, in order, then between them those of one kind. */
function match(olds, news) {
  const found = news.map(() => -1);
  let start = 0, oldEnd = olds.length, newEnd = news.length;
  while (start < oldEnd && start < newEnd && equal(olds[start], news[start])) found[start] = start++;
  while (oldEnd > start && newEnd > start && equal(olds[oldEnd - 1], news[newEnd - 1])) found[--newEnd] = --oldEnd;
  common(olds, news, start, oldEnd, newEnd, found);
  let from = start;
  for (let at = start; at < newEnd; at++) {
    if (found[at] < 0) {
      const next = found.slice(at, newEnd).find((place) => place >= 0);
      for (let old = from; old < (next === undefined ? oldEnd : next); old++) {
        if (alike(olds[old], news[at])) {
          found[at] = old;
          break;
        }
      }
    }
    if (found[at] >= 0) from = found[at] + 1;
  }
  return found;
}

/* The longest common row of equal children. */
function common(olds, news, start, oldEnd, newEnd, found) {
  const width = newEnd - start + 1;
  if ((oldEnd - start + 1) * width > MOST) return;
  const lengths = new Uint16Array((oldEnd - start + 1) * width);
  const cell = function (old, at) { return (old - start) * width + at - start; };
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

/* A changed style sheet is loaded beside the old one, which then goes. */
function swap(live, address) {
  const fresh = live.cloneNode();
  fresh.setAttribute("href", address);
  fresh.onload = fresh.onerror = function () { live.remove(); };
  live.after(fresh);
  return fresh;
}

function attributes(before, after, live) {
  before.getAttributeNames().concat(after.getAttributeNames()).forEach((name) => {
    const value = after.getAttribute(name);
    if (before.getAttribute(name) === value) return;
    /* theme.js writes these before the page is seen here. */
    if (after.localName === "html" && (name === "class" || name === "data-theme")) return;
    if (live.localName === "link" && live.rel === "stylesheet" && name === "href" && value) {
      if (live.getAttribute(name) !== value) live = swap(live, value);
      return;
    }
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
    if (name !== "data-source-line") touched.push(live);
  });
  return live;
}

function update(before, after, map) {
  let live = shown.get(before);
  if (!live) return;
  if (before.nodeType !== 1) {
    map.set(after, live);
    if (before.nodeValue !== after.nodeValue) {
      live.nodeValue = after.nodeValue;
      if (live.parentElement) touched.push(live.parentElement);
    }
    return;
  }
  live = attributes(before, after, live);
  map.set(after, live);
  /* What a template holds is not among its children. */
  if (after.localName === "template" && before.innerHTML !== after.innerHTML) live.innerHTML = after.innerHTML;
  const olds = kids(before), news = kids(after), found = match(olds, news);
  let last = null;
  olds.forEach((old, at) => {
    if (found.indexOf(at) >= 0 || !shown.get(old)) return;
    shown.get(old).remove();
    if (old.nodeType === 1 || old.nodeValue.trim()) touched.push(live);
  });
  news.forEach((node, at) => {
    if (found[at] >= 0) update(olds[found[at]], node, map);
    else {
      const fresh = document.importNode(node, true);
      pair(node, fresh, map);
      live.insertBefore(fresh, last ? last.nextSibling : live.firstChild);
      if (fresh.nodeType === 1) touched.push(fresh);
      else if (fresh.nodeValue.trim()) touched.push(live);
    }
    const here = map.get(node);
    if (here && here.parentNode === live) last = here;
  });
}

function scripts(page) {
  return Array.prototype.map.call(page.querySelectorAll("script:not([data-live])"), signature).join("\n");
}

pair(sent, document.documentElement, shown);

/* Takes a parsed page; gives the elements that changed, or null where only
   loading it anew will do, because its scripts are others. */
export function morph(page) {
  const next = page.documentElement;
  if (scripts(sent) !== scripts(next)) return null;
  const map = new Map();
  touched = [];
  update(sent, next, map);
  sent = next;
  shown = map;
  return touched;
}
