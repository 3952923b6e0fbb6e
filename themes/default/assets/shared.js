/* Shares values between scripts that are loaded separately: one shares a value under a name by
   listening to an event, and another dispatches the event. So there are no global names, and the
   value that was shared last is used. */

/** The shared values by name.
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

/** `undefined` if nothing was shared under this name, as when a script did not load.
    @template {keyof Shares} N
    @param {N} name
    @returns {Shares[N]} */
export function shared(name) {
  /** @type {{ value: any }} */
  const detail = { value: undefined };
  document.dispatchEvent(new CustomEvent("handbook:" + name, { detail }));
  return detail.value;
}
