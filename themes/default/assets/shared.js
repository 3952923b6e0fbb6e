/* How scripts that are loaded apart meet: one shares a value under a name by answering
   an event, and another asks for it. So nothing of theirs is a name that all can see,
   and whoever asks gets what was shared last. */

/** What is shared, by its name.
    @typedef {object} Shares
    @property {import("./search-open.js").SearchOpen} search-open
    @property {import("./search-engine.js").Engine} search-engine
    @property {{ start(): void }} search-box
    @property {import("./preview-content.js").PreviewContent} preview-content */

/** @template {keyof Shares} N
    @param {N} name
    @param {Shares[N]} value */
export function share(name, value) {
  document.addEventListener("handbook:" + name, (event) => {
    /** @type {CustomEvent} */ (event).detail.value = value;
  });
}

/** `undefined` where nothing of this name was shared, as when its script did not load.
    @template {keyof Shares} N
    @param {N} name
    @returns {Shares[N]} */
export function shared(name) {
  /** @type {{ value: any }} */
  const detail = { value: undefined };
  document.dispatchEvent(new CustomEvent("handbook:" + name, { detail }));
  return detail.value;
}
