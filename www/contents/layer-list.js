/**
 * `<layer-list>`: the largest files as a table, which is the size map for those who hear it. Tells `layer-reveal`.
 */

import { button, define, element, tell } from "../page/dom.js";
import { choice } from "./layer-map.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** Rows of the table. */
const LISTED = 200;

export class LayerListElement extends HTMLElement {
  /** @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  #shown = false;
  #stale = true;
  #zipped = false;
  #rows = element("tbody", {});
  #table = element(
    "table",
    {},
    element("caption", { class: "visually-hidden" }, words.map.largest),
    element("thead", {}, element("tr", {}, ...[words.map.path, words.unzipped, words.inZip].map((name) => element("th", { scope: "col" }, name)))),
    this.#rows,
  );

  connectedCallback() {
    if (this.firstChild) return;
    const kind = choice((zipped) => {
      this.#zipped = zipped;
      this.changed();
    });
    this.append(element("div", { class: "map-head" }, kind), element("div", { class: "list-rows", tabindex: "0", role: "region", "aria-label": words.map.largest }, this.#table));
  }

  /** The layer is another one now. */
  changed() {
    this.#stale = true;
    if (this.#shown) void this.#draw();
  }

  set shown(/** @type {boolean} */ shown) {
    this.#shown = shown;
    if (shown && this.#stale) void this.#draw();
  }

  async #draw() {
    this.#stale = false;
    const files = await this.ask("largest", [LISTED, this.#zipped]);
    this.#rows.replaceChildren(...files.map((file) => this.#row(file)));
  }

  /** @param {wasm_bindgen.LargeFile} file */
  #row({ path, size, zipped }) {
    const show = button("", () => tell(this, "layer-reveal", path), { class: "link" });
    show.append(element("bdi", {}, visible(path)));
    return element("tr", {}, element("th", { scope: "row" }, show), element("td", {}, bytes(size)), element("td", {}, bytes(zipped)));
  }
}

define("layer-list", LayerListElement);
