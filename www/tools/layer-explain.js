/**
 * `<layer-explain>`: takes a message that a log or a command showed, and tells what it means and what of it is seen in
 * the layer. Tells `layer-operate` with a fix, `layer-finding` and `layer-reveal`.
 */

import { button, define, element, tell } from "../page/dom.js";
import { fixesFor } from "../result/fixes.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** What the engine says, whatever the page speaks. */
const ENGLISH = { lang: "en" };

export class LayerExplainElement extends HTMLElement {
  /** Asks the engine. @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** @type {wasm_bindgen.Finding[]} */
  #findings = [];
  /** What was asked for. @type {string | null} */
  #asked = null;
  /** Counts questions: earlier answers are void. */
  #version = 0;
  #text = element("textarea", { part: "message", rows: "4", spellcheck: "false", autocomplete: "off", dir: "ltr" });
  #status = element("p", { role: "status", class: "visually-hidden" });
  #told = element("ol", { part: "explanations", class: "explanations" });

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element(
        "label",
        { class: "field" },
        element("span", { class: "label" }, words.explain.message),
        this.#text,
      ),
      button(words.explain.explain, () => this.#explain(this.#text.value), { part: "explain" }),
      this.#status,
      this.#told,
    );
  }

  /** The layer is another one now: what is told of it is told again. @param {wasm_bindgen.Finding[]} findings */
  set findings(findings) {
    this.#findings = findings;
    if (this.#asked !== null) void this.#explain(this.#asked);
  }

  /** @param {string} text */
  async #explain(text) {
    const version = (this.#version += 1);
    this.#asked = text;
    const told = await this.ask("explain", [text]).catch(() => null);
    if (!told || version !== this.#version) return;
    this.#status.textContent = words.explain.told(told.length);
    this.#told.replaceChildren(...told.map((one) => this.#explanation(one)));
  }

  /** @param {wasm_bindgen.Explanation} explanation */
  #explanation({ id, what, here, why, how, link, path, finding, fixes, commands }) {
    const index = finding
      ? this.#findings.findIndex((other) => other.rule === finding.rule && other.message === finding.message)
      : -1;
    return element(
      "li",
      { part: "explanation", "data-id": id },
      element("h3", ENGLISH, visible(what)),
      here ? element("p", { part: "here", ...ENGLISH }, visible(here)) : null,
      finding ? element("p", { class: "hint", ...ENGLISH }, visible(finding.message)) : null,
      element("p", ENGLISH, visible(why)),
      element("p", ENGLISH, visible(how)),
      ...fixesFor(
        this,
        { fixes, commands },
        index < 0 ? null : button(words.explain.finding, () => tell(this, "layer-finding", index), { class: "quiet", part: "show-finding" }),
        path === undefined ? null : button(words.findings.show, () => tell(this, "layer-reveal", path), { class: "quiet", part: "show" }),
        link.startsWith("https://") ? element("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, words.explain.source) : null,
      ),
    );
  }
}

define("layer-explain", LayerExplainElement);
