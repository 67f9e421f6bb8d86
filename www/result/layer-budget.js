/**
 * `<layer-budget>`: what the function and its other layers take, which counts with this layer: two fields, folded away.
 * Tells `layer-choose` with what changed.
 */

import { define, element, focused, tell } from "../page/dom.js";
import { bytes } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {"functionSize" | "otherLayersSize"} Field */

/** The unit of the fields, and the most of it that the settings hold. */
const MEGABYTE = 1024 * 1024;
const MOST = 4095;

export class LayerBudgetElement extends HTMLElement {
  #summary = element("summary", {}, words.budget.title);
  /** @type {Map<Field, HTMLInputElement>} */
  #inputs = new Map();

  connectedCallback() {
    if (this.firstChild) return;
    const about = element("p", { class: "hint", id: "about-budget" }, words.budget.about);
    this.append(
      element("details", { part: "budget" }, this.#summary, this.#field("functionSize"), this.#field("otherLayersSize"), about),
    );
  }

  /** @param {wasm_bindgen.Settings} settings */
  set settings(settings) {
    const all = settings.functionSize + settings.otherLayersSize;
    this.#summary.textContent = all > 0 ? words.budget.taken(bytes(all)) : words.budget.title;
    for (const [name, input] of this.#inputs) {
      // What stands there is not the exact number of bytes: only a new one is set.
      const value = String(Math.round((settings[name] / MEGABYTE) * 100) / 100);
      if (focused(this) !== input || input.value === input.defaultValue) input.value = value;
      input.defaultValue = value;
    }
  }

  /** @param {Field} name */
  #field(name) {
    const input = element("input", {
      type: "number",
      name,
      min: "0",
      max: String(MOST),
      step: "any",
      inputmode: "decimal",
      "aria-describedby": "about-budget",
    });
    input.addEventListener("change", () => {
      if (!input.reportValidity() || input.value === input.defaultValue) return;
      tell(this, "layer-choose", { [name]: Math.round(Number(input.value || 0) * MEGABYTE) });
    });
    this.#inputs.set(name, input);
    return element("label", { class: "field" }, element("span", { class: "label" }, words.budget[name]), input);
  }
}

define("layer-budget", LayerBudgetElement);
