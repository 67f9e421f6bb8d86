/**
 * `<layer-stack>`: up to five layers on top of each other, and the function that has them: who wins where, and whether
 * all of it fits.
 */

import { button, define, element } from "../page/dom.js";
import { zip } from "./layer-diff.js";
import { report } from "../page/markdown.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

export class LayerStackElement extends HTMLElement {
  /** Asks the engine. @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** In the order in which Lambda unpacks them. @type {File[]} */
  #layers = [];
  /** Counts questions: earlier answers are void. */
  #version = 0;
  #input = element("input", { type: "file", accept: ".zip", multiple: true, part: "layers", onchange: () => this.#add() });
  #function = element("input", { type: "file", accept: ".zip,.jar", part: "function", onchange: () => void this.#stack() });
  #list = element("ol", { part: "layer-order" });
  #report = report("stack");

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element("label", { class: "field" }, element("span", { class: "label" }, words.stack.layers), this.#input),
      this.#list,
      element("label", { class: "field" }, element("span", { class: "label" }, words.stack.function), this.#function),
      this.#report.element,
    );
  }

  #add() {
    const more = [...(this.#input.files ?? [])];
    // The same files can be picked again; emptying the input empties its list.
    this.#input.value = "";
    this.#order([...this.#layers, ...more]);
  }

  /** @param {File[]} layers */
  #order(layers) {
    this.#layers = layers;
    this.#list.replaceChildren(...layers.map((layer, index) => this.#row(layer, index)));
    void this.#stack();
  }

  /**
   * @param {File} layer
   * @param {number} index
   */
  #row(layer, index) {
    const rest = this.#layers.filter((_, other) => other !== index);
    const name = visible(layer.name);
    const up = () => {
      this.#order(rest.toSpliced(index - 1, 0, layer));
      this.#list.children[index - 1]?.querySelector("button")?.focus();
    };
    const remove = () => {
      this.#order(rest);
      this.#input.focus();
    };
    return element(
      "li",
      {},
      element("bdi", {}, name),
      index === 0 ? null : button(words.stack.up, up, { class: "quiet", "aria-label": words.stack.upOf(name) }),
      button(words.stack.remove, remove, { class: "quiet", "aria-label": words.stack.removeOf(name) }),
    );
  }

  async #stack() {
    const version = (this.#version += 1);
    const [code] = this.#function.files ?? [];
    const asked = this.#layers.length > 0 ? this.ask("stack", [this.#layers.map(zip), code && zip(code)]) : null;
    const found = await asked?.catch(() => null);
    if (version === this.#version) this.#report.show(found?.markdown ?? "");
  }
}

define("layer-stack", LayerStackElement);
