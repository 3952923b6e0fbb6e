/* Loads the files of the search index. A file is a script that calls
   `handbookSearch(name, value)`, so it can be loaded from disk and over HTTP alike.
   src/search/shard.rs writes them. */

/** @typedef {(files: { wanted: number, loaded: number }) => void} ProgressListener */

/* The site's root, from this script's own URL. */
const own = document.currentScript ? /** @type {HTMLScriptElement} */ (document.currentScript).src : "";
const root = own.slice(0, Math.max(0, own.lastIndexOf("assets/")));

/** @type {Map<string, Promise<any>>} */
const pendingFiles = new Map();
/** @type {Map<string, unknown>} */
const receivedValues = new Map();
/** @type {Set<string>} */
const loadedFiles = new Set();
/** @type {ProgressListener | null} */
let listener = null;

/** Runs a file of the index, in a page by a script element.
   @param {string} name
   @returns {Promise<unknown>} */
let fetchFile = function (name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root + "search/" + name + ".js";
    script.async = true;
    script.onload = () => { script.remove(); resolve(undefined); };
    script.onerror = () => { script.remove(); reject(new Error(script.src)); };
    document.head.append(script);
  });
};

/** Runs files in another way, where the engine runs outside a page.
   @param {typeof fetchFile} fetcher */
function setFetch(fetcher) { fetchFile = fetcher; }

/** What the files call.
   @param {string} name
   @param {unknown} value */
function receive(name, value) {
  receivedValues.set(name, value);
}
Object.assign(globalThis, { handbookSearch: receive });

/** @param {string} name */
function SearchError(name) {
  return Object.assign(new Error("search: could not load " + name), { name: "SearchError", file: "search/" + name + ".js" });
}

/** The value of a file, which is loaded once. A failure is forgotten, so that a later
   search tries again.
   @param {string} name
   @returns {Promise<any>} */
function load(name) {
  let promise = pendingFiles.get(name);
  if (!promise) {
    reportProgress(1, 0);
    promise = fetchFile(name).then(() => {
      const value = receivedValues.get(name);
      receivedValues.delete(name);
      if (value === undefined) throw SearchError(name);
      reportProgress(0, 1);
      loadedFiles.add(name);
      return value;
    }).catch(() => {
      pendingFiles.delete(name);
      reportProgress(-1, 0);
      throw SearchError(name);
    });
    pendingFiles.set(name, promise);
  }
  return promise;
}

/** @param {string} name */
function isLoaded(name) { return loadedFiles.has(name); }

const progress = { wanted: 0, loaded: 0 };
/** @param {number} wanted
   @param {number} loaded */
function reportProgress(wanted, loaded) {
  progress.wanted += wanted;
  progress.loaded += loaded;
  if (listener) listener({ wanted: progress.wanted, loaded: progress.loaded });
}

/** Calls a function whenever a file is requested or has been loaded.
   @param {ProgressListener} callback */
function onProgress(callback) { listener = callback; }

function forgetFiles() { pendingFiles.clear(); receivedValues.clear(); loadedFiles.clear(); }

export { load, isLoaded, forgetFiles, setFetch, onProgress };
