/**
 * `<layer-diff>`: what changes from an earlier layer's zip to this layer, as a text to paste into a change request.
 */

import { button, define, element } from "../page/dom.js";
import { report } from "../page/markdown.js";
import { words } from "../words.js";

/** A file as the engine takes it. @param {File} blob */
export const zip = (blob) => ({ path: blob.name, blob, size: blob.size, mtime: blob.lastModified });

export class LayerDiffElement extends HTMLElement {
  /** Asks the engine. @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** Counts questions: earlier answers are void. */
  #version = 0;
  #input = element("input", { type: "file", accept: ".zip", part: "earlier", onchange: () => void this.#compare() });
  #again = button(words.diff.again, () => void this.#compare(), { part: "compare", hidden: true });
  #report = report("difference");

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element("label", { class: "field" }, element("span", { class: "label" }, words.diff.earlier), this.#input),
      this.#again,
      this.#report.element,
    );
  }

  /** The layer is another one now: what was said of it no longer holds, and is said again when it is asked for. */
  forget() {
    this.#version += 1;
    this.#again.hidden = this.#input.files?.length !== 1;
    this.#report.show("");
  }

  async #compare() {
    this.forget();
    const version = this.#version;
    const [earlier] = this.#input.files ?? [];
    const found = earlier && (await this.ask("diff", [zip(earlier)]).catch(() => null));
    if (!found || version !== this.#version) return;
    this.#again.hidden = true;
    this.#report.show(found.markdown);
  }
}

define("layer-diff", LayerDiffElement);
