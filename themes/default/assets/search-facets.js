/* Facets: which chapters the chosen values allow, and how many chapters each value has. */

/** @import { Index } from "./search-index.js" */
/** @import { Ranking } from "./search-ranking.js" */
/** Ids of the chosen values by facet. One value of a facet is enough, and every facet must fit.
    @typedef {Record<string, string | string[] | undefined>} FacetSelection */
/** @typedef {(chapter: number) => boolean} Filter */
/** A value of a facet, and how many of the chapters that were found have it.
    @typedef {{ id: string, label: string, count: number, selected: boolean }} FacetValue */

/** For each facet with chosen values, a mark for each chapter that has one of them.
   @param {Index} index
   @param {FacetSelection | undefined} selection */
async function facetMasks(index, selection) {
  /** @type {Record<string, Uint8Array>} */
  const masks = {};
  for (const { name } of index.facets()) {
    const ids = listOf((selection || {})[name]);
    if (!ids.length) continue;
    const mask = masks[name] = new Uint8Array(index.count);
    for (const value of await index.facetValues(name)) {
      if (ids.includes(value.id)) for (const chapter of value.chapters) mask[chapter] = 1;
    }
  }
  return masks;
}

/** @param {string | string[] | undefined} ids */
function listOf(ids) {
  return ids === undefined || ids === null ? [] : typeof ids === "string" ? [ids] : ids;
}

/** A mark for each chapter that has one of the chosen values, by id or label, of any facet.
   @param {Index} index
   @param {FacetSelection | undefined} selection */
async function anyOf(index, selection) {
  const marks = new Uint8Array(index.count);
  for (const name of ["department", "role"]) {
    const wanted = listOf((selection || {})[name]);
    if (!wanted.length) continue;
    for (const { id, label, chapters } of await index.facetValues(name)) {
      if (wanted.includes(id) || wanted.includes(label)) for (const chapter of chapters) marks[chapter] = 1;
    }
  }
  return marks;
}

/** Whether a chapter has the chosen values; `null` where none is chosen.
   @param {Index} index
   @param {FacetSelection | undefined} selection
   @returns {Promise<Filter | null>} */
async function facetFilter(index, selection) {
  const masks = Object.values(await facetMasks(index, selection));
  return masks.length ? (chapter) => masks.every((mask) => mask[chapter]) : null;
}

/** For each facet and value, how many of the chapters that match the query and the other
   facets' chosen values have it.
   @param {Index} index
   @param {Ranking} ranking
   @param {FacetSelection | undefined} selection */
async function facetCounts(index, ranking, selection) {
  const masks = await facetMasks(index, selection);
  /** @type {Record<string, FacetValue[]>} */
  const counts = {};
  for (const { name } of index.facets()) {
    const others = Object.entries(masks).filter(([other]) => other !== name).map((entry) => entry[1]);
    const chosen = listOf((selection || {})[name]);
    /** @type {FacetValue[]} */
    const values = [];
    for (const value of await index.facetValues(name)) {
      let count = 0;
      for (const chapter of value.chapters) if (ranking.matches(chapter) && others.every((mask) => mask[chapter])) count++;
      const selected = chosen.includes(value.id);
      if (count || selected) values.push({ id: value.id, label: value.label, count, selected });
    }
    counts[name] = values;
  }
  return counts;
}

export { anyOf, facetFilter, facetCounts };
