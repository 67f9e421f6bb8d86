/**
 * `<layer-tools>`: what is needed now and then, behind one line. Each tool is an element of its own.
 */

import { define, element } from "../page/dom.js";
import { LayerDiffElement } from "./layer-diff.js";
import { LayerExplainElement } from "./layer-explain.js";
import { LayerStackElement } from "./layer-stack.js";
import { words } from "../words.js";

export class LayerToolsElement extends HTMLElement {
  #explain = new LayerExplainElement();
  #diff = new LayerDiffElement();
  #stack = new LayerStackElement();

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element(
        "details",
        { class: "card tools", part: "tools" },
        element("summary", {}, words.tools.title),
        section("explain", words.explain.title, this.#explain),
        section("diff", words.diff.title, this.#diff),
        section("stack", words.stack.title, this.#stack),
      ),
    );
  }

  /** @param {import("../layer-workbench.js").Ask} ask */
  set ask(ask) {
    for (const tool of [this.#explain, this.#diff, this.#stack]) tool.ask = ask;
  }

  /** The layer is another one now. @param {wasm_bindgen.Overview} overview */
  set overview({ findings }) {
    this.#explain.findings = findings;
    this.#diff.forget();
  }
}

/**
 * @param {string} id
 * @param {string} title
 * @param {HTMLElement} tool
 */
function section(id, title, tool) {
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), tool);
}

define("layer-tools", LayerToolsElement);
