// What a query loads where it is the first one of its page: compressed bytes and requests,
// as the search box asks, whose first answer has three results.
//
//   handbook build -C ../shared/corpora/laws -o /tmp/laws
//   node benches/search-cost.mjs /tmp/laws laws
//
// The queries are those of a book in tests/fixtures/relevance.tsv, by kind: whole questions,
// words, names. Nothing is kept from one to the next, the scripts are counted too. A browser
// compresses nothing: what a server sends is each file through gzip, as counted here.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";

const [site, book] = process.argv.slice(2);
const RESULTS = 3;
const assets = readdirSync(join(site, "assets"));
/** @param {string} stem of a script of the theme */
const asset = (stem) => join("assets", assets.find((name) => name.startsWith(`${stem}.`) && name.endsWith(".js")));
const run = (file) => runInThisContext(readFileSync(join(site, file), "utf8"));

const sizes = new Map();
let loaded = [];
function load(file, kind) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(site, file)), { level: 9 }).length);
  loaded.push({ kind, bytes: sizes.get(file) });
}

globalThis.document = new EventTarget();
run(asset("search-engine"));
const detail = {};
document.dispatchEvent(new CustomEvent("handbook:search-engine", { detail }));
const engine = detail.value;
let names = {};
engine.setFetch(async (name) => {
  const file = join("search", `${name}.js`);
  const kind = Object.keys(names).find((kind) => name.startsWith(names[kind])) ?? (name === "index" ? "manifest" : "other");
  load(file, name.startsWith("text/") ? "texts" : kind);
  run(file);
});
const manifest = /^handbookSearch\("index",(.*)\)\s*$/s.exec(readFileSync(join(site, "search/index.js"), "utf8"))[1];
const { shards, synonyms, sounds } = JSON.parse(manifest);
names = { "posting lists": shards.name, synonyms: synonyms.name, sounds: sounds.name };

const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const row = (list, format) => [0.5, 0.95, 1].map((share) => format(at(list, share)).padStart(7)).join("");
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

const judged = readFileSync(new URL("../tests/fixtures/relevance.tsv", import.meta.url), "utf8").split("\n")
  .map((line) => line.split("\t")).filter((fields) => fields[0] === book);
console.log(`                     KB: median   95 %   most   requests: median   95 %   most`);
for (const kind of new Set(judged.map((fields) => fields[1]))) {
  const costs = [], kinds = {};
  for (const [, , query] of judged.filter((fields) => fields[1] === kind)) {
    engine.reset();
    loaded = [];
    for (const stem of ["search-open", "search-engine", "search-dialog"]) load(asset(stem), "scripts");
    await engine.search(query, { limit: RESULTS, typing: true });
    costs.push({ bytes: loaded.reduce((sum, file) => sum + file.bytes, 0), files: loaded.length });
    for (const { kind: part } of loaded) kinds[part] ??= [];
    for (const part of Object.keys(kinds)) kinds[part].push(loaded.filter((file) => file.kind === part));
  }
  console.log(`${kind.padEnd(10)} ${String(costs.length).padStart(4)}     ${row(costs.map((cost) => cost.bytes), kilobytes)}            ${row(costs.map((cost) => cost.files), String)}`);
  for (const [part, found] of Object.entries(kinds)) {
    const bytes = found.map((files) => files.reduce((sum, file) => sum + file.bytes, 0));
    console.log(`  ${part.padEnd(17)}${row(bytes, kilobytes)}            ${row(found.map((files) => files.length), String)}`);
  }
}
