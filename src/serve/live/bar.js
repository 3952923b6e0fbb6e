/* The preview's own bar at the foot of the window, and above it the panel with
   what is wrong in the open chapter. */

/** A finding in the open chapter, as src/serve/findings.rs writes it.
    @typedef {{ level: string, message: string, path: string, line?: number, column?: number,
      quote: [string, string, string], help?: string }} Finding */
/** What src/serve/events.rs says of the page and of the preview.
    @typedef {object} State
    @property {string} client fingerprint of this script
    @property {number} version
    @property {string} [page] fingerprint of the page
    @property {Record<string, string>} words
    @property {Finding[]} findings
    @property {[number, number, number]} others findings elsewhere, by level
    @property {string[]} files pictures that were written
    @property {string} [source] the chapter's file
    @property {boolean} draft
    @property {boolean} guarded
    @property {string} today
    @property {string} usual
    @property {boolean} whole whether one may see the site without an audience
    @property {[string, string][]} audiences
    @property {string} audience
    @property {boolean} follow
    @property {{ url: string, line: number }} [saved]
    @property {{ root: string, link?: string, token: string }} [editor] */
/** What one can ask for in the bar.
    @typedef {{ day(day: string): void, audience(name: string): void, follow(on: boolean): void }} Acts */

/** @param {Acts} act */
export function makeBar(act) {
  /** @type {Record<string, string>} */
  let words = {};
  let closed = "";
  let opened = false;
  /** @type {State | null} */
  let drawn = null;

  /** @template {keyof HTMLElementTagNameMap} N
     @param {N} name
     @param {string} [className]
     @param {string | null} [text] */
  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /** @template {keyof HTMLElementTagNameMap} N
     @param {Element} parent
     @param {N} name
     @param {string} [className]
     @param {string | null} [text]
     @returns {HTMLElementTagNameMap[N]} */
  function add(parent, name, className, text) {
    return parent.appendChild(make(name, className, text));
  }

  /** @param {string} key
     @param {number} [number] */
  function word(key, number) {
    const forms = (words[key] || key).split("|");
    return forms[number === 1 || forms.length < 2 ? 0 : 1].replace("{n}", String(number));
  }

  const root = make("aside", "live");
  root.id = "Hb-live";
  const panel = add(root, "section", "live-panel");
  panel.id = "Hb-live-panel";
  panel.hidden = true;
  const bar = add(root, "div", "live-bar");
  const status = add(bar, "span", "live-status");
  status.setAttribute("role", "status");
  const count = add(bar, "button", "live-count");
  count.type = "button";
  count.setAttribute("aria-controls", panel.id);
  const others = add(bar, "a", "live-others");
  others.href = "/-/findings";
  const draft = add(bar, "span", "live-draft");
  const end = add(bar, "span", "live-end");
  const dayLabel = add(end, "label", "live-day");
  const dayWord = add(dayLabel, "span");
  const day = add(dayLabel, "input");
  day.type = "date";
  const reset = add(end, "button", "live-reset");
  reset.type = "button";
  const audienceLabel = add(end, "label", "live-audience");
  const audienceWord = add(audienceLabel, "span");
  const audience = add(audienceLabel, "select");
  const followLabel = add(end, "label", "live-follow");
  const follow = add(followLabel, "input");
  follow.type = "checkbox";
  const followWord = add(followLabel, "span");
  const source = add(end, "button", "live-place");
  source.type = "button";

  count.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    opened = !panel.hidden;
    closed = panel.hidden && drawn ? JSON.stringify(drawn.findings) : "";
    count.setAttribute("aria-expanded", String(!panel.hidden));
  });
  day.addEventListener("change", () => { act.day(day.value); });
  reset.addEventListener("click", () => { act.day(""); });
  audience.addEventListener("change", () => { act.audience(audience.value); });
  follow.addEventListener("change", () => { act.follow(follow.checked); });

  /** @param {HTMLButtonElement} element
     @param {string} file
     @param {number} line
     @param {number} column
     @param {string} text
     @param {boolean} usable */
  function place(element, file, line, column, text, usable) {
    element.textContent = text;
    element.setAttribute("data-file", file);
    element.setAttribute("data-line", String(line));
    element.setAttribute("data-column", String(column));
    element.title = usable ? word("open") : "";
    element.disabled = !usable;
  }

  /** @param {Finding} one
     @param {boolean} usable */
  function finding(one, usable) {
    const item = make("li", "live-finding");
    const head = add(item, "p");
    add(head, "span", "live-level live-" + one.level, word("level_" + one.level));
    head.append(" " + one.message + " ");
    const where = add(add(item, "p"), "button", "live-place");
    where.type = "button";
    place(where, one.path, one.line || 1, one.column || 1, one.path + (one.line ? ":" + one.line + ":" + one.column : ""), usable);
    if (one.quote.join("")) {
      const pre = add(item, "pre");
      pre.tabIndex = 0;
      const code = add(pre, "code");
      code.append(one.quote[0]);
      add(code, "mark", "", one.quote[1]);
      code.append(one.quote[2]);
    }
    if (one.help) add(item, "p", "live-help", one.help);
    return item;
  }

  /** The panel opens by itself for errors and warnings, and stays closed once
     closed, until something else is wrong.
     @param {State} state */
  function drawPanel(state) {
    const found = state.findings;
    if (drawn && JSON.stringify(found) === JSON.stringify(drawn.findings) && state.editor === drawn.editor) return;
    const key = JSON.stringify(found);
    const serious = found.some((one) => one.level !== "note");
    panel.textContent = "";
    const title = add(panel, "h2", "", word("count", found.length));
    title.id = "Hb-live-panel-title";
    panel.setAttribute("aria-labelledby", title.id);
    const list = add(panel, "ol", "live-list");
    found.forEach((one) => { list.appendChild(finding(one, Boolean(state.editor))); });
    panel.hidden = !found.length || key === closed || !(serious || opened);
    if (key !== closed) closed = "";
  }

  /** Whose site is shown; nothing where the handbook has no audiences.
     @param {State} state */
  function drawAudiences(state) {
    audienceLabel.hidden = !state.audiences.length;
    audienceWord.textContent = word("audience");
    audienceLabel.classList.toggle("live-narrowed", Boolean(state.audience));
    const key = JSON.stringify([state.audiences, state.words.everyone, state.audience]);
    if (audience.getAttribute("data-key") === key) return;
    audience.setAttribute("data-key", key);
    audience.textContent = "";
    (state.whole ? [["", word("everyone")]] : []).concat(state.audiences).forEach((one) => {
      const option = add(audience, "option", "", one[1]);
      option.value = one[0];
      option.selected = one[0] === state.audience;
    });
  }

  /** @param {State} state
     @param {boolean} following */
  function draw(state, following) {
    words = state.words;
    root.setAttribute("aria-label", word("preview"));
    drawPanel(state);
    drawAudiences(state);
    const number = state.findings.length;
    const errors = state.findings.some((one) => one.level === "error");
    count.textContent = number ? word("count", number) : word("none");
    count.disabled = !number;
    count.hidden = state.guarded || (!state.source && state.others.some(Boolean));
    count.setAttribute("aria-expanded", String(!panel.hidden));
    count.classList.toggle("live-error", errors);
    const rest = state.others[0] + state.others[1] + state.others[2];
    others.hidden = !rest;
    others.textContent = word(state.source ? "others" : "count", rest);
    others.classList.toggle("live-error", state.others[0] > 0);
    draft.hidden = !state.draft;
    draft.textContent = word("draft");
    dayWord.textContent = word("day");
    if (document.activeElement !== day) day.value = state.today;
    reset.hidden = state.today === state.usual;
    reset.textContent = word("day_reset");
    dayLabel.classList.toggle("live-other-day", state.today !== state.usual);
    follow.checked = following;
    followWord.textContent = word("follow");
    source.hidden = !state.source;
    if (state.source) place(source, state.source, 1, 1, state.source, Boolean(state.editor));
    /** @type {NodeListOf<HTMLButtonElement>} */
    const places = document.querySelectorAll("main button.live-place");
    places.forEach((button) => {
      button.disabled = !state.editor;
    });
    drawn = state;
    if (!root.isConnected) document.body.appendChild(root);
  }

  /** @param {string} key
     @param {boolean} [lost] */
  function say(key, lost) {
    status.textContent = word(key);
    root.classList.toggle("live-lost", Boolean(lost));
  }

  return { draw, say, element: root };
}
