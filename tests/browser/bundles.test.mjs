// The bundles of a site have no name that nobody declares: src/theme/shorten.rs gives short names
// to variables without knowing what the browser's own names are, but for a list.
import assert from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Linter } from "eslint";
import globals from "globals";

const folder = join(process.env.SITE, "assets");
const config = {
  languageOptions: { ecmaVersion: 2020, sourceType: "script", globals: globals.browser },
  rules: { "no-undef": "error", "no-const-assign": "error", "no-redeclare": "error", "no-dupe-keys": "error" },
};

test("each name of a published script is declared, or the browser's", () => {
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  assert.ok(scripts.length > 5, scripts.join(" "));
  for (const name of scripts) {
    const found = new Linter().verify(readFileSync(join(folder, name), "utf8"), config);
    assert.deepStrictEqual(found.map(({ message, line, column }) => `${name}:${line}:${column} ${message}`), []);
  }
});
