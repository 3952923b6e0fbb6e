// For search.rs: node search.mjs vectors THEME < [texts], or
// node search.mjs ask SITE < [[query, options], ...], or
// node search.mjs damage SITE < seed, or
// node search.mjs cost SITE < [query, ...]; prints JSON.
import fs from "node:fs";
import vm from "node:vm";
import zlib from "node:zlib";

const [verb, folder] = process.argv.slice(2);
const input = JSON.parse(fs.readFileSync(0, "utf8"));
const run = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
const engine = verb === "vectors" ? null : started();

// The engine of a site, as themes/default/assets/shared.js hands it over in a page.
function started() {
  globalThis.document = new EventTarget();
  const assets = fs.readdirSync(`${folder}/assets`);
  run(`${folder}/assets/${assets.find((asset) => /^search-engine\.[0-9a-f]{8}\.js$/.test(asset))}`);
  const detail = {};
  document.dispatchEvent(new CustomEvent("handbook:search-engine", { detail }));
  detail.value.setFetch(async (name) => run(`${folder}/search/${name}.js`));
  return detail.value;
}

if (verb === "vectors") {
  // A module without imports, so that it can be read from anywhere.
  const text = fs.readFileSync(`${folder}/assets/search-text.js`, "utf8");
  const { fold, tokenStrings, configure } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  configure(input.simplified, input.limits);
  process.stdout.write(JSON.stringify(input.texts.map((text) => [fold(text), tokenStrings(text)])));
}

// Reads all files of pairs with some bytes changed or cut off.
async function damaged(seed) {
  const index = await engine.open();
  const below = (bound) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * bound);
  };
  const said = {};
  const { name, first } = index.manifest.shards;
  for (let file = 0; file < first; file += 1) {
    const [, text] = /,"([^"]*)"\)/.exec(fs.readFileSync(`${folder}/search/${name}-${file}.js`, "utf8"));
    for (let time = 0; time < 20; time += 1) {
      let bytes = Buffer.from(text, "base64");
      for (let some = 1 + below(6); some > 0; some -= 1) bytes[below(bytes.length)] = below(256);
      if (below(4) === 0) bytes = bytes.subarray(0, below(bytes.length));
      let end = "read";
      try {
        for (const { lists } of index.reader.bigrams(bytes.toString("base64"), index.alphabet.ranges[file]).groups.values()) {
          for (let at = 0; at < lists.count; at += 1) lists.get(at);
        }
      } catch (error) {
        end = error.message;
      }
      said[end] = (said[end] ?? 0) + 1;
    }
  }
  return said;
}

if (verb === "damage") process.stdout.write(JSON.stringify(await damaged(input)));
if (verb === "ask") {
  const answers = [];
  // An error is an answer too: a test may damage the index.
  for (const [query, options] of input) answers.push(await engine.search(query, options).catch((error) => ({ error: String(error) })));
  process.stdout.write(JSON.stringify(answers));
}

// What a first search loads: files and compressed bytes, with the scripts of the box.
async function cost(query) {
  const assets = fs.readdirSync(`${folder}/assets`).filter((name) => /^search-(open|engine|dialog)\.[0-9a-f]{8}\.js$/.test(name));
  const loaded = assets.map((name) => `${folder}/assets/${name}`);
  engine.reset();
  engine.setFetch(async (name) => { loaded.push(`${folder}/search/${name}.js`); run(loaded.at(-1)); });
  await engine.search(query, { limit: 6, typing: true });
  return [loaded.length, loaded.reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(file)).length, 0)];
}

if (verb === "cost") {
  const costs = [];
  for (const query of input) costs.push(await cost(query));
  process.stdout.write(JSON.stringify(costs));
}
