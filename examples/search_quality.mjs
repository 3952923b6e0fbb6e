// Runs queries in the shipped search engine over a built site, for
// search_quality.rs: node search_quality.mjs SITE QUERIES.json > ANSWERS.json
import fs from "node:fs";
import vm from "node:vm";
import zlib from "node:zlib";

const [site, queries] = process.argv.slice(2);
const gzip = (bytes) => zlib.gzipSync(bytes, { level: 9 }).length;
const sizes = new Map();
let bytes = 0, files = 0;

function count(file) {
  if (!sizes.has(file)) sizes.set(file, gzip(fs.readFileSync(`${site}/${file}`)));
  bytes += sizes.get(file);
  files += 1;
}

globalThis.document = new EventTarget();
const assets = fs.readdirSync(`${site}/assets`);
const asset = (stem) => assets.find((name) => name.startsWith(`${stem}.`) && /\.[0-9a-f]{8}\.js$/.test(name));
const bundle = asset("search-engine");
// All that a reader's first search in the box loads; search-open.js came with the page.
for (const stem of ["search-open", "search-engine", "search-dialog"]) count(`assets/${asset(stem)}`);
vm.runInThisContext(fs.readFileSync(`${site}/assets/${bundle}`, "utf8"), { filename: bundle });
// As themes/default/assets/shared.js hands it over in a page.
const detail = {};
document.dispatchEvent(new CustomEvent("handbook:search-engine", { detail }));
const engine = detail.value;
engine.setFetch(async (name) => {
  count(`search/${name}.js`);
  vm.runInThisContext(fs.readFileSync(`${site}/search/${name}.js`, "utf8"));
});
const script = bytes, scripts = 2;
const urls = (answer) => answer.results.map((result) => decodeURIComponent(result.url));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function ask(query, options) {
  bytes = files = 0;
  const begun = performance.now();
  const answer = await engine.search(query, options);
  return { answer, ms: performance.now() - begun, bytes, files };
}

// What opening costs that only the first search pays.
await engine.open();
const opening = bytes;
const answers = JSON.parse(fs.readFileSync(queries, "utf8")).map((query) => ({ query }));
// Each as if it were the first of its page.
for (const one of answers) {
  engine.reset();
  const { bytes, files } = await ask(one.query, { limit: 6, typing: true });
  Object.assign(one, { first: bytes + script, files: files + scripts });
}
// One after the other, as on one page.
engine.reset();
await engine.open();
for (const one of answers) {
  const { answer, ms, bytes } = await ask(one.query);
  Object.assign(one, { later: bytes, ms, count: answer.count, exact: answer.exact, top: urls(answer) });
}
// Once more with everything at hand: what thinking costs.
for (const one of answers) one.warm = (await ask(one.query)).ms;
for (const one of answers) {
  const { answer } = await ask(one.query, { limit: 0 });
  one.all = urls(answer);
  one.texts = answer.results.map((result) => result.exact);
}

// The index by kind of file.
const kinds = { postings: 0, text: 0, other: 0 };
const find = /^handbookSearch\("index",(.*)\)\s*$/s;
const manifest = JSON.parse(find.exec(fs.readFileSync(`${site}/search/index.js`, "utf8"))[1]);
let number = 0, lists = 0;
for (const name of fs.readdirSync(`${site}/search`, { recursive: true })) {
  if (!name.endsWith(".js")) continue;
  const size = gzip(fs.readFileSync(`${site}/search/${name}`));
  const kind = name.startsWith("text/") ? "text" : name.startsWith(manifest.shards.name) ? "postings" : "other";
  kinds[kind] += size;
  number += 1;
  if (kind !== "text") lists += 1;
}
process.stdout.write(JSON.stringify({ script, opening: opening - script, kinds, files: number, lists, answers, median: median(answers.map((one) => one.later)) }));
