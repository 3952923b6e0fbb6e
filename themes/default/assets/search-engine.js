/* The search engine. search-open.js loads it when it is first wanted. */
import { share } from "./shared.js";
import { fold, marks } from "./search-text.js";
import { open, reset, fetchBy } from "./search-index.js";
import { search, ahead } from "./search.js";

share("search-engine", { search, ahead, open, reset, fetchBy, fold, marks });
