/**
 * `<layer-tools>`: what is needed now and then, behind one line. Each tool is an element of its own.
 */

import { define, element } from "./dom.js";
import { LayerExplainElement } from "./layer-explain.js";
import { words } from "./words.js";

export class LayerToolsElement extends HTMLElement {
  #explain = new LayerExplainElement();

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element(
        "details",
        { class: "card tools", part: "tools" },
        element("summary", {}, words.tools.title),
        element("section", { "aria-labelledby": "explain" }, element("h2", { id: "explain" }, words.explain.title), this.#explain),
      ),
    );
  }

  /** @param {import("./layer-workbench.js").Ask} ask */
  set ask(ask) {
    this.#explain.ask = ask;
  }

  /** @param {wasm_bindgen.Overview} overview */
  set overview({ findings }) {
    this.#explain.findings = findings;
  }
}

define("layer-tools", LayerToolsElement);
