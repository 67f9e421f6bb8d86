/**
 * `<layer-report>`: what is printed in place of the workbench: the targets, what was dropped, what was found, the
 * largest part of the tree, hash and command. It is made when a print begins, and is in no one's way before.
 */

import { define, element } from "../page/dom.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** Folders are printed so deep, and so many lines at most. */
const DEPTH = 3;
const LINES = 500;

export class LayerReportElement extends HTMLElement {
  /** Sizes by path, as deep as they are printed. @type {[string, number][]} */
  #tree = [];

  /** What is in the layer. @param {wasm_bindgen.Entry[]} entries */
  set entries(entries) {
    /** @type {Map<string, number>} */
    const sizes = new Map();
    for (const { path, size } of entries) {
      const names = path.split("/");
      for (let depth = 1; depth <= Math.min(DEPTH, names.length); depth += 1) {
        const at = names.slice(0, depth).join("/") + (depth < names.length ? "/" : "");
        sizes.set(at, (sizes.get(at) ?? 0) + size);
      }
    }
    this.#tree = [...sizes];
  }

  /**
   * @param {wasm_bindgen.Overview} overview
   * @param {wasm_bindgen.Layer | null} layer
   */
  show({ settings, recognised, findings, passed, sizes }, layer) {
    const { report } = words;
    /** @type {[string, string][]} */
    const facts = [
      [report.name, settings.layerName],
      [report.targets, [...settings.runtimes, ...settings.architectures].join(", ")],
      [words.unzipped, words.result.of(sizes.unzipped, sizes.unzippedLimit, true)],
      [words.result.zipFile, layer ? `${layer.fileName}, ${words.wholeBytes(layer.size)}` : ""],
      ["CodeSha256", layer?.codeSha256 ?? ""],
    ];
    this.replaceChildren(
      element("h2", {}, report.title),
      element("dl", {}, ...facts.filter(([, value]) => value !== "").flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, element("code", {}, visible(value)))])),
      ...part(report.sources, recognised.map(({ source, kind, size }) => [visible(source), visible(kind), bytes(size)].join(" · ")), "en"),
      ...part(words.findings.title, findings.map(({ severity, message, how }) => `${words.severity[severity]}: ${[message, how].map(visible).join(" – ")}`), "en"),
      ...(findings.length === 0 ? part(words.findings.title, [words.findings.none, words.findings.passed(passed.length)]) : []),
      ...part(words.contents.title, this.#tree.slice(0, LINES).map(([path, size]) => `/opt/${visible(path)} · ${bytes(size)}`)),
      ...(this.#tree.length > LINES ? [element("p", {}, words.more(this.#tree.length - LINES))] : []),
      ...(layer?.commands.publish.sh ? [element("h3", {}, words.result.publish), element("pre", {}, element("code", { dir: "ltr" }, layer.commands.publish.sh))] : []),
    );
  }
}

/**
 * @param {string} title
 * @param {string[]} lines
 * @param {string} [lang]
 */
function part(title, lines, lang) {
  return lines.length === 0 ? [] : [element("h3", {}, title), element("ul", { lang }, ...lines.map((line) => element("li", {}, line)))];
}

define("layer-report", LayerReportElement);
