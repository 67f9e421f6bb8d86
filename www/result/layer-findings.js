/**
 * `<layer-findings>`: what would go wrong on Lambda or could be better, worst first: what, why, how, and buttons that
 * mend it, one by one or all that is safe at once; and which checks found nothing.
 * Tells `layer-operate` with a fix, and `layer-reveal` with a path.
 */

import { button, define, element, focused, icon, tell, unseen } from "../page/dom.js";
import { fixesFor } from "./fixes.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Finding} Finding */
/** @typedef {wasm_bindgen.Severity} Severity */

/** @type {Severity[]} */
const SEVERITIES = ["error", "warning", "note"];

/** More are behind a button. */
const SHOWN = 50;
/** From so many findings on there is a filter. */
const FILTERED = 4;

export class LayerFindingsElement extends HTMLElement {
  /** @type {Finding[]} */
  #findings = [];
  #shown = SHOWN;
  #safeFixes = 0;
  /** What a person opened or closed, by finding; the rest is open when it is an error. @type {Map<string, boolean>} */
  #opened = new Map();
  #heading = element("h2", { id: "findings", tabindex: "-1" }, words.findings.title);
  #fixAll = button("", () => tell(this, "layer-operate", { op: "fixAll" }), { part: "fix-all", hidden: true });
  #search = element("input", { type: "search", part: "findings-filter", "aria-label": words.findings.filter, placeholder: words.findings.filter, autocomplete: "off", spellcheck: "false", oninput: () => this.#render() });
  /** Severities that are shown; all of them where none is chosen. @type {Set<Severity>} */
  #chosen = new Set();
  #severities = element("div", { class: "choices" });
  #filter = element("div", { class: "filter", role: "search", "aria-label": words.findings.filter }, this.#search, this.#severities);
  #groups = element("div", {});
  #more = element("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.#showMore() });

  #checks = element("ul", { class: "checks" });
  #passedSummary = element("summary", {});
  #passed = element("details", { part: "passed", class: "passed", hidden: true }, this.#passedSummary, this.#checks);

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element("div", { class: "head" }, this.#heading, this.#fixAll),
      this.#filter,
      this.#groups,
      this.#more,
      this.#passed,
    );
  }

  /** @param {wasm_bindgen.Overview} overview */
  set overview({ findings, safeFixes, passed }) {
    this.#findings = findings;
    this.#safeFixes = safeFixes;
    const position = this.#focusedFix();
    const fixedAll = focused(this) === this.#fixAll && safeFixes === 0;
    this.#render();
    this.#renderPassed(passed);
    if (position !== null) this.#focusFix(position);
    else if (fixedAll) this.#heading.focus();
  }

  /**
   * Opens a finding and moves the focus there.
   * @param {number} index
   */
  show(index) {
    const finding = this.#findings[index];
    if (!finding) return;
    if (!this.#matching().includes(finding)) this.#unfilter();
    this.#shown = Math.max(this.#shown, index + 1);
    this.#opened.set(keyOf(finding), true);
    this.#render();
    /** @type {HTMLElement | null} */ (this.querySelector(`[data-finding="${index}"] summary`))?.focus();
  }

  #showMore() {
    this.#shown += SHOWN;
    this.#render();
  }

  /** What severity and text let through: every word has to be in message, rule, file or source. */
  #matching() {
    const typed = this.#search.value.toLowerCase().split(/\s+/);
    return this.#findings.filter((finding) => {
      const { severity, message, rule, path, source } = finding;
      const text = [message, rule, path, source, words.severity[severity]].join("\n").toLowerCase();
      return (this.#chosen.size === 0 || this.#chosen.has(severity)) && typed.every((word) => text.includes(word));
    });
  }

  #unfilter() {
    this.#search.value = "";
    this.#chosen.clear();
  }

  #renderFilter() {
    const few = this.#findings.length < FILTERED;
    if (few) this.#unfilter();
    this.#filter.hidden = few;
    const focus = /** @type {HTMLElement | null} */ (focused(this))?.dataset.severity;
    this.#severities.replaceChildren(
      ...SEVERITIES.filter((severity) => this.#findings.some((finding) => finding.severity === severity)).map((severity) =>
        button(words.severity[severity], () => this.#flip(severity), { class: "choice", "data-severity": severity, "aria-pressed": String(this.#chosen.has(severity)) }, severity),
      ),
    );
    if (focus) /** @type {HTMLElement | null} */ (this.#severities.querySelector(`[data-severity="${focus}"]`))?.focus();
  }

  /** @param {Severity} severity */
  #flip(severity) {
    if (!this.#chosen.delete(severity)) this.#chosen.add(severity);
    this.#render();
  }

  #render() {
    this.#renderFilter();
    const matching = this.#matching();
    const shown = matching.slice(0, this.#shown);
    const rest = matching.length - shown.length;
    this.#groups.replaceChildren(...SEVERITIES.flatMap((severity) => this.#group(shown, severity)));
    if (this.#findings.length === 0) this.#groups.append(element("p", { class: "fine" }, icon("ok"), words.findings.none));
    else if (shown.length === 0) this.#groups.append(element("p", { class: "hint" }, words.findings.noMatch));
    this.#fixAll.hidden = this.#safeFixes === 0;
    this.#fixAll.textContent = words.findings.fixAll(this.#safeFixes);
    this.#more.hidden = rest <= 0;
    this.#more.textContent = rest > 0 ? words.findings.more(rest) : "";
  }

  /**
   * Goes to the next or the previous finding, round and round.
   * @param {1 | -1} direction
   */
  step(direction) {
    const here = focused(this)?.closest("[data-finding]")?.getAttribute("data-finding");
    const from = here === null || here === undefined ? (direction > 0 ? -1 : 0) : Number(here);
    const length = this.#findings.length;
    if (length > 0) this.show((from + direction + length) % length);
    else this.#heading.focus();
  }

  /** @param {wasm_bindgen.Overview["passed"]} passed */
  #renderPassed(passed) {
    this.#passed.hidden = passed.length === 0;
    this.#passedSummary.replaceChildren(icon("ok"), words.findings.passed(passed.length));
    this.#checks.replaceChildren(
      ...passed.map(({ check, lookedAt }) =>
        element("li", { lang: "en" }, icon("ok"), element("span", {}, check), element("span", { class: "hint" }, lookedAt)),
      ),
    );
  }

  /**
   * @param {Finding[]} shown
   * @param {Severity} severity
   */
  #group(shown, severity) {
    const members = shown.filter((finding) => finding.severity === severity);
    if (members.length === 0) return [];
    const total = this.#findings.filter((finding) => finding.severity === severity).length;
    return [
      element("h3", { class: severity }, icon(severity), words.severities[severity](total)),
      element("ul", { part: `${severity}s` }, ...members.map((finding) => this.#finding(finding))),
    ];
  }

  /** @param {Finding} finding */
  #finding(finding) {
    const key = keyOf(finding);
    const why = element(
      "details",
      { open: this.#opened.get(key) ?? finding.severity === "error" },
      element("summary", {}, unseen(`${words.severity[finding.severity]}: `), element("span", { lang: "en" }, visible(finding.message))),
      element("p", { lang: "en" }, visible(finding.why)),
      element("p", { lang: "en" }, visible(finding.how)),
      element("p", { class: "hint" }, element("code", {}, finding.rule)),
    );
    why.addEventListener("toggle", () => this.#opened.set(key, why.open));
    const show = () => tell(this, "layer-reveal", finding.path);
    const shown = finding.path === "" ? null : button(words.findings.show, show, { class: "quiet", part: "show", title: visible(finding.path) });
    return element(
      "li",
      { part: "finding", class: finding.severity, "data-rule": finding.rule, "data-finding": this.#findings.indexOf(finding) },
      why,
      ...fixesFor(this, finding, shown),
    );
  }

  #fixButtons() {
    return /** @type {HTMLElement[]} */ ([...this.#groups.querySelectorAll("[part=fix]")]);
  }

  /** @returns {number | null} */
  #focusedFix() {
    const active = focused(this);
    const position = this.#fixButtons().findIndex((button) => button === active);
    return position < 0 ? null : position;
  }

  /**
   * A mended finding is gone, and its button with it: the focus goes to the next one, or to the heading.
   * @param {number} position
   */
  #focusFix(position) {
    const buttons = this.#fixButtons();
    (buttons[Math.min(position, buttons.length - 1)] ?? this.#heading).focus();
  }
}

/** What makes a finding the same one after a change. @param {Finding} finding */
function keyOf({ rule, source, path }) {
  return `${rule}\n${source}\n${path}`;
}

define("layer-findings", LayerFindingsElement);
