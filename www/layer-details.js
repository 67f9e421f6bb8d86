/**
 * `<layer-details>`: why the selected row is where it is, and the button to leave it out. Tells `layer-operate`.
 */

import { define, element, tell } from "./dom.js";
import { bytes, count, visible } from "./text.js";

/** @typedef {wasm_bindgen.TreeRow} TreeRow */

export class LayerDetailsElement extends HTMLElement {
  /** @type {TreeRow | null} */
  #row = null;

  connectedCallback() {
    if (!this.firstChild) this.row = null;
  }

  /** @param {TreeRow | null} row */
  set row(row) {
    const refocus = this.contains(/** @type {ShadowRoot | Document} */ (this.getRootNode()).activeElement);
    this.#row = row;
    if (!row) {
      this.replaceChildren(
        element("p", { class: "hint" }, "Select a row to see why it is there. Delete leaves it out."),
      );
      return;
    }
    const act = element(
      "button",
      { type: "button", part: "exclude", onclick: () => this.#flip() },
      row.excluded ? "Include" : "Exclude",
    );
    const facts = [
      bytes(row.size),
      row.folder ? count(row.files, "file") : `mode ${(row.mode & 0o7777).toString(8).padStart(4, "0")}`,
      row.source && `from ${visible(row.source)}`,
    ];
    this.replaceChildren(
      element(
        "div",
        {},
        element("p", { class: "path", dir: "ltr" }, element("bdi", {}, visible(row.path))),
        element("p", { class: "reason" }, visible(row.reason)),
        element("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
      ),
      act,
    );
    if (refocus) act.focus();
  }

  #flip() {
    if (this.#row)
      tell(this, "layer-operate", { op: this.#row.excluded ? "include" : "exclude", path: this.#row.path });
  }
}

define("layer-details", LayerDetailsElement);
