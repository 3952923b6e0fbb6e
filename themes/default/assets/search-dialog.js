/* The search box. search-open.js loads it when the box is first opened. */
import { share } from "./shared.js";
import { start } from "./search-box.js";

share("search-box", { start });
