/**
 * `<layer-findings>`: what would go wrong on Lambda or could be better, worst first: what, why, how, and buttons that
 * mend it.
 * Tells `layer-operate` with a fix.
 */

import { define, element, icon, tell } from "./dom.js";
import { count, visible } from "./text.js";

/** @typedef {wasm_bindgen.Finding} Finding */
/** @typedef {wasm_bindgen.Severity} Severity */

/** @type {[Severity, string, string][]} */
const SEVERITIES = [
  ["error", "error", "errors"],
  ["warning", "warning", "warnings"],
  ["note", "note", "notes"],
];

/** More are behind a button. */
const SHOWN = 50;

export class LayerFindingsElement extends HTMLElement {
  /** @type {Finding[]} */
  #findings = [];
  #shown = SHOWN;
  /** What a person opened or closed, by finding; the rest is open when it is an error. @type {Map<string, boolean>} */
  #opened = new Map();
  #heading = element("h2", { id: "findings", tabindex: "-1" }, "Findings");
  #groups = element("div", {});
  #more = element("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.#showMore() });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#heading, this.#groups, this.#more);
  }

  /** @param {Finding[]} findings */
  set findings(findings) {
    this.#findings = findings;
    const position = this.#focusedFix();
    this.#render();
    if (position !== null) this.#focusFix(position);
  }

  #showMore() {
    this.#shown += SHOWN;
    this.#render();
  }

  #render() {
    const shown = this.#findings.slice(0, this.#shown);
    const rest = this.#findings.length - shown.length;
    this.#groups.replaceChildren(
      ...SEVERITIES.flatMap(([severity, one, many]) => this.#group(shown, severity, one, many)),
    );
    if (shown.length === 0)
      this.#groups.append(element("p", { class: "fine" }, icon("ok"), "Nothing found that would fail."));
    this.#more.hidden = rest <= 0;
    this.#more.textContent = rest > 0 ? count(rest, "more finding") : "";
  }

  /**
   * @param {Finding[]} shown
   * @param {Severity} severity
   * @param {string} one
   * @param {string} many
   */
  #group(shown, severity, one, many) {
    const members = shown.filter((finding) => finding.severity === severity);
    if (members.length === 0) return [];
    const total = this.#findings.filter((finding) => finding.severity === severity).length;
    return [
      element("h3", { class: severity }, icon(severity), count(total, one, many)),
      element("ul", { part: `${severity}s` }, ...members.map((finding) => this.#finding(finding, one))),
    ];
  }

  /**
   * @param {Finding} finding
   * @param {string} word
   */
  #finding(finding, word) {
    const key = `${finding.rule}\n${finding.source}\n${finding.path}`;
    const why = element(
      "details",
      { open: this.#opened.get(key) ?? finding.severity === "error" },
      element("summary", {}, element("span", { class: "visually-hidden" }, `${word}: `), visible(finding.message)),
      element("p", {}, visible(finding.why)),
      element("p", {}, visible(finding.how)),
      element("p", { class: "hint" }, finding.rule),
    );
    why.addEventListener("toggle", () => this.#opened.set(key, why.open));
    const fixes = finding.fixes.map((fix) => this.#fix(fix));
    return element(
      "li",
      { part: "finding", class: finding.severity, "data-rule": finding.rule },
      why,
      fixes.length > 0 ? element("div", { class: "fixes" }, ...fixes) : null,
    );
  }

  /** @param {wasm_bindgen.Fix} fix */
  #fix(fix) {
    if (fix.kind === "manual") return element("p", { class: "hint" }, visible(fix.label));
    return element(
      "button",
      {
        type: "button",
        part: "fix",
        "data-fix": fix.id,
        title: visible(fix.label),
        onclick: () => tell(this, "layer-operate", { op: "fix", id: fix.id }),
      },
      visible(fix.label),
    );
  }

  #fixButtons() {
    return /** @type {HTMLElement[]} */ ([...this.#groups.querySelectorAll("[part=fix]")]);
  }

  /** @returns {number | null} */
  #focusedFix() {
    const focused = /** @type {ShadowRoot | Document} */ (this.getRootNode()).activeElement;
    const position = this.#fixButtons().findIndex((button) => button === focused);
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

define("layer-findings", LayerFindingsElement);
