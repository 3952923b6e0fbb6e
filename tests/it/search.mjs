// For search.rs: node search.mjs vectors THEME < [texts], or
// node search.mjs ask SITE < [[query, options], ...]; prints JSON.
import fs from "node:fs";
import vm from "node:vm";

const [verb, folder] = process.argv.slice(2);
const input = JSON.parse(fs.readFileSync(0, "utf8"));
const run = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
globalThis.handbook = { search: { open: async (name) => run(`${folder}/search/${name}.js`) } };

if (verb === "vectors") {
  run(`${folder}/assets/search-text.js`);
  handbook.search.text.learn(input.simplified);
  const { fold, cut } = handbook.search.text;
  process.stdout.write(JSON.stringify(input.texts.map((text) => [fold(text), cut(text)])));
} else {
  const assets = fs.readdirSync(`${folder}/assets`);
  run(`${folder}/assets/${assets.find((asset) => /^search-engine\.[0-9a-f]{8}\.js$/.test(asset))}`);
  const answers = [];
  for (const [query, options] of input) answers.push(await handbook.search(query, options));
  process.stdout.write(JSON.stringify(answers));
}
