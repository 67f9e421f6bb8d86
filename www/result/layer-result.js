/**
 * `<layer-result>`: the limits, the button that builds, and what was built: size, hashes, download, publish command.
 * Tells `layer-build`, `layer-save` and `layer-bundle`. A result is shown only as long as it is what a build would give now.
 */

import { button, define, element, tell } from "../page/dom.js";
import { LayerBudgetElement } from "./layer-budget.js";
import { LayerKitElement } from "./layer-kit.js";
import { LayerMetersElement } from "./layer-meters.js";
import { LayerSlimmingElement } from "./layer-slimming.js";
import { bytes } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Layer} Layer */
/** @typedef {wasm_bindgen.Overview} Overview */

export class LayerResultElement extends HTMLElement {
  #meters = new LayerMetersElement();
  #budget = new LayerBudgetElement();
  #build = element(
    "button",
    { type: "button", class: "primary", part: "build", onclick: () => this.#askForBuild() },
    words.result.build,
  );
  #advice = element("p", { class: "hint" });
  #kit = new LayerKitElement();
  /** @type {Layer | null} */
  #layer = null;
  #slimming = new LayerSlimmingElement();
  #built = element("div", { class: "built", part: "result", hidden: true });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element("h2", { id: "result" }, words.result.title),
      element("div", { class: "before" }, this.#meters, element("div", { class: "go" }, this.#build, this.#advice)),
      this.#budget,
      this.#slimming,
      this.#built,
    );
  }

  /** @param {import("../layer-workbench.js").Ask} ask */
  set ask(ask) {
    this.#slimming.ask = ask;
    this.#kit.ask = ask;
  }

  /**
   * @param {Overview} overview
   * @param {Layer | null} layer
   * @param {boolean} building
   */
  show(overview, layer, building) {
    const errors = overview.findings.filter(({ severity }) => severity === "error").length;
    this.#meters.show(overview.sizes, layer?.size ?? null);
    this.#budget.settings = overview.settings;
    this.#slimming.overview = overview;
    // Not `disabled`: the focus would be lost each time a build begins.
    this.#build.setAttribute("aria-disabled", String(building || overview.entryCount === 0));
    this.#build.textContent = building ? words.result.building : words.result.build;
    // What is next stands out: one button, not two.
    this.#build.classList.toggle("primary", !layer);
    this.#advice.textContent = errors > 0 ? words.result.errorsFirst(errors) : "";
    if (layer === this.#layer) return;
    this.#layer = layer;
    this.#built.hidden = !layer;
    this.#built.replaceChildren(...(layer ? [...contents(this, layer), this.#kit] : []));
    if (layer) this.#kit.show(layer);
  }

  /** @param {wasm_bindgen.Catalogue} catalogue */
  set catalogue(catalogue) {
    this.#kit.formats = catalogue.snippets;
  }

  /** Commands and files for what AWS made of the layer. @param {wasm_bindgen.Published} published */
  set published(published) {
    this.#kit.show(published);
  }

  #askForBuild() {
    if (this.#build.getAttribute("aria-disabled") !== "true") tell(this, "layer-build");
  }
}

/**
 * @param {LayerResultElement} result
 * @param {Layer} layer
 */
function contents(result, layer) {
  const { blob, fileName } = layer;
  return [
    element(
      "div",
      { class: "file" },
      element("p", { class: "file-name" }, element("code", { part: "file-name" }, fileName), ` ${bytes(layer.size)}`),
      element(
        "button",
        {
          type: "button",
          class: "primary",
          part: "download",
          onclick: () => tell(result, "layer-save", { blob, fileName, layer }),
        },
        words.result.download,
      ),
      element(
        "button",
        {
          type: "button",
          part: "download-all",
          title: words.result.aboutBundle,
          onclick: () => tell(result, "layer-bundle"),
        },
        words.result.bundle,
      ),
      button(words.report.print, () => tell(result, "layer-print"), { class: "quiet", part: "print" }),
    ),
    element("slot", { name: "saving" }),
    element(
      "dl",
      {},
      ...row(words.result.size, words.wholeBytes(layer.size), "size"),
      ...row(words.unzipped, words.result.unzippedSize(layer.unzippedSize, layer.entryCount), "unzipped-size"),
      ...(layer.saved > 0
        ? row(words.result.saved, words.result.savedBytes(layer.saved, layer.size + layer.saved), "saved")
        : []),
      ...row("CodeSha256", layer.codeSha256, "code-sha256"),
      ...row("SHA-256", layer.sha256Hex, "sha256"),
    ),
    element("h3", {}, words.result.publish),
  ];
}

/**
 * @param {string} term
 * @param {string} value
 * @param {string} part
 */
function row(term, value, part) {
  return [element("dt", {}, term), element("dd", {}, element("code", { part, dir: "ltr" }, value))];
}

define("layer-result", LayerResultElement);
