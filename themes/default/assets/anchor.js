/* Links and bookmarks from outside may have an anchor as another tool wrote it (`#_1-scope`,
   `#gosa` for “GOsa 问题”). One that no element has goes to the only heading that differs from it in
   signs or, failing that, in letters beyond ASCII. */

/** @param {string} text */
function letters(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** @param {string} text */
function asciiLetters(text) {
  return letters(text).replace(/[^a-z0-9]/g, "");
}

/** The heading that an anchor means, if it is no element's own.
   @param {string} anchor
   @returns {Element | undefined} */
function meant(anchor) {
  const headings = [...document.querySelectorAll(".text :is(h1, h2, h3, h4, h5, h6)[id]")];
  for (const key of [letters, asciiLetters]) {
    const wanted = key(anchor);
    const found = wanted ? headings.filter((heading) => key(heading.id) === wanted) : [];
    if (found.length) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The anchor in the address of the page. */
export function ownAnchor() {
  const written = location.hash.slice(1);
  try {
    return decodeURIComponent(written);
  } catch (error) {
    return written;
  }
}

function goToMeant() {
  const anchor = ownAnchor();
  if (!anchor || document.getElementById(anchor) || document.getElementsByName(anchor).length) return;
  const heading = meant(anchor);
  if (heading) location.replace("#" + encodeURIComponent(heading.id));
}

export function goToAnchor() {
  goToMeant();
  addEventListener("hashchange", goToMeant);
}
