/**
 * `<layer-meters>`: the sizes against Lambda's limits, which come with the sizes.
 */

import { define, element } from "../page/dom.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Sizes} Sizes */

export class LayerMetersElement extends HTMLElement {
  #unzipped = new Meter(words.unzipped);
  #zipped = new Meter(words.result.zipFile);

  connectedCallback() {
    if (!this.firstChild) this.append(this.#unzipped.root, this.#zipped.root);
  }

  /**
   * @param {Sizes} sizes
   * @param {number | null} zipped  the size of the layer that was built
   */
  show(sizes, zipped) {
    this.#unzipped.show(sizes.unzipped, sizes.unzippedLimit, true);
    this.#zipped.show(
      zipped ?? sizes.zipped,
      sizes.zippedLimit,
      zipped !== null || sizes.zippedIsExact,
    );
  }
}

class Meter {
  #text = element("span", { class: "amount" });
  #fill = element("div", { class: "fill" });
  #bar;
  root;

  /** @param {string} label */
  constructor(label) {
    this.#bar = element("div", { class: "bar", role: "meter", "aria-label": label, "aria-valuemin": "0" }, this.#fill);
    this.root = element(
      "div",
      { part: "meter", class: "meter" },
      element("span", { class: "label" }, label),
      this.#text,
      this.#bar,
    );
  }

  /**
   * @param {number} value
   * @param {number} limit
   * @param {boolean} exact
   */
  show(value, limit, exact) {
    const text = words.result.of(value, limit, exact);
    this.#text.textContent = text;
    this.root.title = words.result.ofBytes(value, limit, exact);
    this.root.classList.toggle("over", value > limit);
    this.#fill.style.inlineSize = `${Math.min(100, limit > 0 ? (value / limit) * 100 : 100)}%`;
    this.#bar.setAttribute("aria-valuemax", String(limit));
    this.#bar.setAttribute("aria-valuenow", String(Math.min(value, limit)));
    this.#bar.setAttribute("aria-valuetext", value > limit ? words.result.over(text) : text);
  }
}

define("layer-meters", LayerMetersElement);
