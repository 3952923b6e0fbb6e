/* How scripts that are loaded apart meet: one shares a value under a name by answering
   an event, and another asks for it. So nothing of theirs is a name that all can see,
   and whoever asks gets what was shared last. */

export function share(name, value) {
  document.addEventListener("handbook:" + name, (event) => { event.detail.value = value; });
}

/* `undefined` where nothing of this name was shared. */
export function shared(name) {
  const detail = { value: undefined };
  document.dispatchEvent(new CustomEvent("handbook:" + name, { detail }));
  return detail.value;
}
