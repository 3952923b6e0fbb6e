// One dialect for all scripts: ES2020, in modules, const and let, arrow functions.
// What src/theme/bundles.rs can link is a little less than that; it says so itself.
import js from "@eslint/js";
import globals from "globals";

const dialect = {
  "no-var": "error",
  "prefer-const": "error",
  "prefer-arrow-callback": "error",
  "arrow-body-style": "error",
  "object-shorthand": "error",
  "prefer-rest-params": "error",
  "prefer-spread": "error",
  "no-useless-rename": "error",
  "no-unused-vars": ["error", { caughtErrors: "none" }],
  "no-shadow": ["error", { builtinGlobals: false }],
  "no-implicit-globals": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-else-return": "error",
  "prefer-exponentiation-operator": "error",
  "no-throw-literal": "error",
  "eqeqeq": "error",
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { rules: dialect },
  {
    files: ["themes/default/assets/**/*.js", "src/serve/live/*.js"],
    languageOptions: { ecmaVersion: 2020, sourceType: "module", globals: globals.browser },
  },
  {
    files: ["tests/**/*.mjs", "benches/*.mjs", "examples/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.node, ...globals.browser, handbook: "readonly" } },
    // A test is written for two worlds, and what runs in the page has names of its own.
    rules: { "no-shadow": "off" },
  },
];
