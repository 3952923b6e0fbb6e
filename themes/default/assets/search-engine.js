/* The search engine. search-open.js loads it when it is first wanted. */
import { share } from "./shared.js";
import { fold, marks } from "./search-text.js";
import { open, reset } from "./search-index.js";
import { setFetch } from "./search-loader.js";
import { search, prefetch } from "./search.js";

const engine = { search, prefetch, open, reset, setFetch, fold, marks };
share("search-engine", engine);

/** @typedef {typeof engine} Engine */
