/**
 * `<layer-sources>`: what was dropped, and what each source was recognised as.
 */

import { define, element, icon } from "../page/dom.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Recognised} Recognised */
/** @typedef {wasm_bindgen.Finding} Finding */

/** Shown at first, and added by each press of the button: ten thousand loose files would make ten thousand lines. */
const SHOWN = 8;
const MORE = 50;

export class LayerSourcesElement extends HTMLElement {
  /** @type {Recognised[]} */
  #sources = [];
  /** The worst finding about a source. @type {Map<string, Finding>} */
  #worst = new Map();
  #shown = SHOWN;
  #list = element("ul", {});
  #more = element("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.#showMore() });

  connectedCallback() {
    if (!this.firstChild) this.append(this.#list, this.#more);
  }

  /**
   * @param {Recognised[]} sources
   * @param {Finding[]} findings  worst first
   */
  show(sources, findings) {
    this.#sources = sources;
    this.#worst = new Map(findings.toReversed().map((finding) => [finding.source, finding]));
    this.#render();
  }

  #showMore() {
    this.#shown += MORE;
    this.#render();
  }

  #render() {
    const rest = this.#sources.length - this.#shown;
    this.#list.replaceChildren(
      ...this.#sources.slice(0, this.#shown).map((source) => line(source, this.#worst.get(source.source))),
    );
    this.#more.hidden = rest <= 0;
    this.#more.textContent = rest > 0 ? words.contents.moreSources(rest) : "";
  }
}

/**
 * @param {Recognised} source
 * @param {Finding} [finding]
 */
function line(source, finding) {
  const worst = finding?.severity;
  // The code is for machines; the finding says it in words.
  const why = finding?.code === source.refused ? (finding?.message ?? "") : (source.refused ?? "");
  const title = [source.name || source.source, source.version].filter(Boolean).map(visible).join(" ");
  const facts = [visible(source.kind), words.files(source.entries), bytes(source.size)].join(" · ");
  return element(
    "li",
    { part: "source", class: source.refused ? "refused" : null, title: [source.source, source.reason, source.refused ?? ""].filter(Boolean).map(visible).join("\n") },
    icon(source.refused ? "error" : (worst ?? "ok")),
    worst ? element("span", { class: "visually-hidden" }, words.severity[worst]) : "",
    element("span", { class: "name" }, element("bdi", {}, title)),
    element("span", { class: "hint" }, source.refused ? words.contents.refused(visible(why)) : facts),
  );
}

define("layer-sources", LayerSourcesElement);
