/**
 * `<layer-write>`: a new folder, or a new small text file, by its path. Tells `layer-operate` and `layer-reveal`.
 */

import { dialog } from "../page/dialog.js";
import { define, element, tell } from "../page/dom.js";
import { words } from "../words.js";

export class LayerWriteElement extends HTMLElement {
  /** @type {"folder" | "write"} */
  #op = "folder";
  #path = element("input", { type: "text", part: "write-path", dir: "ltr", required: true, autocomplete: "off", spellcheck: "false" });
  #text = element("textarea", { part: "write-text", dir: "ltr", rows: "8", spellcheck: "false" });
  #content = element("label", { class: "field" }, element("span", { class: "label" }, words.write.text), this.#text);
  #dialog = dialog("write", () => this.#send(), [
    element("label", { class: "field" }, element("span", { class: "label" }, words.details.path), this.#path),
    this.#content,
  ]);

  connectedCallback() {
    if (!this.firstChild) this.append(this.#dialog.box);
  }

  /**
   * @param {"folder" | "write"} op
   * @param {string} folder  where it is to be
   */
  open(op, folder) {
    this.#op = op;
    this.#path.value = folder === "" ? "" : `${folder}/`;
    this.#text.value = "";
    this.#content.hidden = op === "folder";
    this.#dialog.open(op === "folder" ? words.write.folder : words.write.file, words.write.create);
    this.#path.focus();
    this.#path.setSelectionRange(this.#path.value.length, this.#path.value.length);
  }

  #send() {
    const path = this.#path.value.trim().replace(/^\/?(opt\/)?|\/+$/g, "");
    if (path === "") return false;
    tell(this, "layer-operate", this.#op === "folder" ? { op: "folder", path } : { op: "write", path, text: this.#text.value });
    tell(this, "layer-reveal", path);
    return true;
  }
}

define("layer-write", LayerWriteElement);
