/* Tables that are sorted by a column: the heads become buttons, as the WAI-ARIA pattern of a
   sortable table has it. Without this script a table stands in reading order. */
const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

/** @param {HTMLTableRowElement} row
   @param {number} column */
function key(row, column) {
  const cell = row.cells[column];
  return cell ? (cell.textContent || "").trim() : "";
}

/** @param {HTMLTableElement} table
   @param {HTMLTableCellElement} head */
function sort(table, head) {
  const rows = [...table.tBodies[0].rows];
  const down = head.getAttribute("aria-sort") === "ascending";
  const column = head.cellIndex;
  rows.sort((one, other) => {
    const [a, b] = [key(one, column), key(other, column)];
    /* What says nothing stands last either way. */
    if (!a || !b) return Number(!a) - Number(!b);
    return collator.compare(a, b) * (down ? -1 : 1);
  });
  const heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
  heads.forEach((cell) => { cell.removeAttribute("aria-sort"); });
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  table.tBodies[0].append(...rows);
}

const tables = /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table[data-sortable]"));
tables.forEach((table) => {
  const heads = table.tHead && table.tBodies.length === 1 ? [...table.tHead.rows[0].cells] : [];
  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort || "";
    button.append(...head.childNodes);
    button.addEventListener("click", () => { sort(table, head); });
    head.append(button);
  });
});
