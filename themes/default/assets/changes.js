/* The list of changes: a filter by department and role, and what is new since the last visit,
   which the browser alone knows. Without this script the whole list stands there. */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".changes-filter"));
const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".change-month li")]);

/* One browser may read several handbooks of one server. */
const place = "handbook-changes:" + location.pathname.replace(/[^/]*$/, "");

/* How many entries of a visit are kept. */
const KEPT = 300;

/** What was there at the last visit: the latest day, the latest entries, and the day of the last of
   these. A change that was written down late stands among older ones.
   @returns {{ date: string, since: string, keys: string[] } | null} */
function lastVisit() {
  try {
    const known = JSON.parse(localStorage.getItem(place) || "null");
    const isWhole = known && [known.date, known.since].every((day) => typeof day === "string");
    return isWhole && Array.isArray(known.keys) ? known : null;
  } catch (error) {
    /* Then this visit is the first. */
    return null;
  }
}

/** @param {HTMLElement} entry */
function keyOf(entry) {
  return dateOf(entry) + " " + (entry.dataset.key || "");
}

/** @param {HTMLElement} entry */
function dateOf(entry) {
  return entry.dataset.date || "";
}

/** @param {string} word */
function markNew(word) {
  const seen = lastVisit();
  if (seen) {
    entries.forEach((entry) => {
      if (dateOf(entry) < seen.since || seen.keys.includes(keyOf(entry))) return;
      entry.classList.add("new");
      const mark = document.createElement("span");
      mark.className = "pill new-mark";
      mark.textContent = word;
      const link = entry.querySelector("a");
      if (link) link.after(" ", mark);
    });
  }
  const date = entries.map(dateOf).reduce((last, other) => (other > last ? other : last), "");
  /* An older page tells nothing of what is new. */
  if (!date || (seen && seen.date > date)) return;
  const kept = entries.slice(0, KEPT);
  const since = kept.map(dateOf).reduce((first, other) => (other < first ? other : first), date);
  try {
    localStorage.setItem(place, JSON.stringify({ date, since, keys: kept.map(keyOf) }));
  } catch (error) {
    /* Then the next visit is a first one. */
  }
}

/** Whether an entry concerns somebody of a department or role; what names none concerns all.
   @param {HTMLElement} entry
   @param {string} name
   @param {string} value */
function concerns(entry, name, value) {
  const { departments = "", roles = "" } = entry.dataset;
  const named = (name === "departments" ? departments : roles).split(" ");
  return !value || (!departments && !roles) || named.includes(value);
}

/** @param {HTMLFormElement} filter */
function update(filter) {
  const wanted = new FormData(filter);
  let shown = 0;
  entries.forEach((entry) => {
    const fits = ["departments", "roles"].every((name) => concerns(entry, name, String(wanted.get(name) || "")));
    entry.hidden = !fits || (wanted.has("new") && !entry.classList.contains("new"));
    if (!entry.hidden) shown += 1;
  });
  document.querySelectorAll(".change-month").forEach((month) => {
    /** @type {HTMLElement} */ (month).hidden = !month.querySelector("li:not([hidden])");
  });
  const status = filter.querySelector("[role=status]");
  if (status) status.textContent = shown ? "" : filter.dataset.none || "";
}

if (form) {
  markNew(form.dataset.new || "");
  form.hidden = false;
  form.addEventListener("change", () => { update(form); });
  form.addEventListener("submit", (event) => { event.preventDefault(); });
}
