/**
 * `<layer-shortcuts>`: the sheet of keys.
 */

import { button, define, element } from "./page/dom.js";
import { words } from "./words.js";

export class LayerShortcutsElement extends HTMLElement {
  #dialog = element(
    "dialog",
    { part: "shortcuts", "aria-labelledby": "shortcuts" },
    element(
      "div",
      { class: "head" },
      element("h2", { id: "shortcuts" }, words.keys.title),
      button(words.keys.close, () => this.#dialog.close(), { part: "close" }),
    ),
    ...words.keys.sheet.flatMap(([where, keys]) => [
      element("h3", {}, where),
      element(
        "dl",
        {},
        ...keys.flatMap(([key, does]) => [
          element("dt", {}, element("kbd", {}, key)),
          element("dd", {}, does),
        ]),
      ),
    ]),
  );

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog);
  }

  /** The focus comes back to where it was when the sheet is closed. */
  open() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}

define("layer-shortcuts", LayerShortcutsElement);
