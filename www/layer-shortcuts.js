/**
 * `<layer-shortcuts>`: the sheet of keys.
 */

import { button, define, element } from "./dom.js";

/** @type {[string, [string, string][]][]} */
const SHEET = [
  [
    "Everywhere in Layerdrop",
    [
      ["Ctrl+Z", "Undo"],
      ["Ctrl+Shift+Z, Ctrl+Y", "Redo"],
      ["Esc", "Cancel what is being done"],
      ["F8, Shift+F8", "Next and previous finding"],
      ["/", "Filter the contents"],
      ["?", "This sheet"],
    ],
  ],
  [
    "In the tree",
    [
      ["↑ ↓ Home End", "Go to a row"],
      ["→ ←", "Open and close a folder, go in and out"],
      ["Letters", "Go to the next row that begins so"],
      ["*", "Open all folders beside"],
      ["Space, Shift+↑ ↓, Ctrl+A", "Select several"],
      ["Delete", "Leave out, or take back"],
      ["F2", "Rename"],
      ["Ctrl+X, Ctrl+V", "Move to another folder"],
    ],
  ],
];

export class LayerShortcutsElement extends HTMLElement {
  #dialog = element(
    "dialog",
    { part: "shortcuts", "aria-labelledby": "shortcuts" },
    element(
      "div",
      { class: "head" },
      element("h2", { id: "shortcuts" }, "Keys"),
      button("Close", () => this.#dialog.close(), { part: "close" }),
    ),
    ...SHEET.flatMap(([where, keys]) => [
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
