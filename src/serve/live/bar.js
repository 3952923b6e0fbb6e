/* The preview's own bar at the bottom of the window, and above it the panel with the findings of the
   open chapter. */

/** A finding in the open chapter, as src/serve/diagnostics.rs writes it.
    @typedef {{ level: string, message: string, path: string, line?: number, column?: number,
      quote: [string, string, string], help?: string }} Finding */
/** The state of the page and of the preview, as src/serve/events.rs writes it.
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
    @property {[string, string]} [writing] what leads to the text that is being written, and its address
    @property {boolean} guarded
    @property {string} today
    @property {string} usual
    @property {boolean} whole whether one may see the site without an audience
    @property {[string, string][]} audiences
    @property {string} audience
    @property {boolean} follow
    @property {{ url: string, line: number }} [saved]
    @property {{ root: string, link?: string, token: string }} [editor] */
/** What the bar can do.
    @typedef {{ day(day: string): void, audience(name: string): void, follow(on: boolean): void }} BarActions */

/** @param {BarActions} actions */
export function makeBar(actions) {
  /** @type {Record<string, string>} */
  let messages = {};
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
  function translate(key, number) {
    const forms = (messages[key] || key).split("|");
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
  const writing = add(bar, "a", "live-writing");
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
  day.addEventListener("change", () => { actions.day(day.value); });
  reset.addEventListener("click", () => { actions.day(""); });
  audience.addEventListener("change", () => { actions.audience(audience.value); });
  follow.addEventListener("change", () => { actions.follow(follow.checked); });

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
    element.title = usable ? translate("open") : "";
    element.disabled = !usable;
  }

  /** @param {Finding} finding
     @param {boolean} usable */
  function findingElement(finding, usable) {
    const item = make("li", "live-finding");
    const head = add(item, "p");
    add(head, "span", "live-level live-" + finding.level, translate("level_" + finding.level));
    head.append(" " + finding.message + " ");
    const where = add(add(item, "p"), "button", "live-place");
    where.type = "button";
    place(where, finding.path, finding.line || 1, finding.column || 1, finding.path + (finding.line ? ":" + finding.line + ":" + finding.column : ""), usable);
    if (finding.quote.join("")) {
      const pre = add(item, "pre");
      pre.tabIndex = 0;
      const code = add(pre, "code");
      code.append(finding.quote[0]);
      add(code, "mark", "", finding.quote[1]);
      code.append(finding.quote[2]);
    }
    if (finding.help) add(item, "p", "live-help", finding.help);
    return item;
  }

  /** The panel opens by itself for errors and warnings, and stays closed once
     closed, until something else is wrong.
     @param {State} state */
  function drawPanel(state) {
    const findings = state.findings;
    if (drawn && JSON.stringify(findings) === JSON.stringify(drawn.findings) && state.editor === drawn.editor) return;
    const key = JSON.stringify(findings);
    const serious = findings.some((item) => item.level !== "note");
    panel.textContent = "";
    const title = add(panel, "h2", "", translate("count", findings.length));
    title.id = "Hb-live-panel-title";
    panel.setAttribute("aria-labelledby", title.id);
    const list = add(panel, "ol", "live-list");
    findings.forEach((item) => { list.appendChild(findingElement(item, Boolean(state.editor))); });
    panel.hidden = !findings.length || key === closed || !(serious || opened);
    if (key !== closed) closed = "";
  }

  /** Whose site is shown; nothing where the handbook has no audiences.
     @param {State} state */
  function drawAudiences(state) {
    audienceLabel.hidden = !state.audiences.length;
    audienceWord.textContent = translate("audience");
    audienceLabel.classList.toggle("live-narrowed", Boolean(state.audience));
    const key = JSON.stringify([state.audiences, state.words.everyone, state.audience]);
    if (audience.getAttribute("data-key") === key) return;
    audience.setAttribute("data-key", key);
    audience.textContent = "";
    (state.whole ? [["", translate("everyone")]] : []).concat(state.audiences).forEach((item) => {
      const option = add(audience, "option", "", item[1]);
      option.value = item[0];
      option.selected = item[0] === state.audience;
    });
  }

  /** @param {State} state
     @param {boolean} following */
  function draw(state, following) {
    messages = state.words;
    root.setAttribute("aria-label", translate("preview"));
    drawPanel(state);
    drawAudiences(state);
    const number = state.findings.length;
    const errors = state.findings.some((item) => item.level === "error");
    count.textContent = number ? translate("count", number) : translate("none");
    count.disabled = !number;
    count.hidden = state.guarded || (!state.source && state.others.some(Boolean));
    count.setAttribute("aria-expanded", String(!panel.hidden));
    count.classList.toggle("live-error", errors);
    const rest = state.others[0] + state.others[1] + state.others[2];
    others.hidden = !rest;
    others.textContent = translate(state.source ? "others" : "count", rest);
    others.classList.toggle("live-error", state.others[0] > 0);
    draft.hidden = !state.draft;
    draft.textContent = translate("draft");
    writing.hidden = !state.writing;
    if (state.writing) [writing.textContent, writing.href] = state.writing;
    dayWord.textContent = translate("day");
    if (document.activeElement !== day) day.value = state.today;
    reset.hidden = state.today === state.usual;
    reset.textContent = translate("day_reset");
    dayLabel.classList.toggle("live-other-day", state.today !== state.usual);
    follow.checked = following;
    followWord.textContent = translate("follow");
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
  function showStatus(key, lost) {
    status.textContent = translate(key);
    root.classList.toggle("live-lost", Boolean(lost));
  }

  return { draw, say: showStatus, element: root };
}
