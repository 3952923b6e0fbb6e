/* The search engine. search-open.js loads it when it is first wanted. */
import { share } from "./shared.js";
import { fold, marks } from "./search-text.js";
import { open, reset, fetchBy } from "./search-index.js";
import { search, ahead } from "./search.js";

const engine = { search, ahead, open, reset, fetchBy, fold, marks };
share("search-engine", engine);

/** @typedef {typeof engine} Engine */
