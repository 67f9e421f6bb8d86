/**
 * `<layer-kit>`: all that goes with a built layer: commands for its whole life, and the layer as code of other tools.
 * What AWS answered can be pasted; then they are for that version. Tells `layer-announce`, `layer-save` and
 * `layer-published`.
 */

import { copy, paint } from "../page/code.js";
import { button, define, element, tell } from "../page/dom.js";
import { LayerCommandElement } from "./layer-command.js";
import { tabs } from "../page/tabs.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Published} Kit */
/** @typedef {wasm_bindgen.Catalogue["snippets"][number]} Format */

export class LayerKitElement extends HTMLElement {
  /** @type {Format[]} */
  formats = [];
  /** @type {import("../layer-workbench.js").Ask} */
  #ask = async () => Promise.reject(new Error("nobody answers"));
  /** @type {Kit | null} */
  #kit = null;
  #command = new LayerCommandElement();
  #which = element("select", { part: "command-choice", onchange: () => this.#showCommand() });
  #about = element("p", { class: "hint", lang: "en" });
  #answer = element("textarea", { part: "answer", rows: "4", dir: "ltr", spellcheck: "false", "aria-label": words.kit.answer });
  #format = element("select", { part: "snippet-choice", onchange: () => this.#showSnippet() });
  #snippet = element("code", { dir: "ltr" });
  #frame = element("pre", { tabindex: "0", part: "snippet", role: "region" }, this.#snippet);
  #none = element("p", { class: "hint" }, words.kit.noSnippet);
  #views = tabs(
    words.kit.title,
    "kit",
    [
      {
        id: "commands",
        label: words.kit.commands,
        panel: element(
          "div",
          { class: "kit" },
          element("label", { class: "field" }, element("span", { class: "label" }, words.kit.command), this.#which),
          this.#about,
          this.#command,
          element(
            "details",
            {},
            element("summary", { part: "answered" }, words.kit.answered),
            element("p", { class: "hint" }, words.kit.answerHelp),
            this.#answer,
            button(words.kit.take, () => tell(this, "layer-published", this.#answer.value), { part: "take-answer" }),
          ),
        ),
      },
      {
        id: "code",
        label: words.kit.code,
        panel: element(
          "div",
          { class: "kit" },
          element("label", { class: "field" }, element("span", { class: "label" }, words.kit.format), this.#format),
          this.#none,
          this.#frame,
          element(
            "div",
            { class: "actions" },
            button(words.command.copy, () => void this.#copy(), { part: "copy-snippet" }, "copy"),
            button(words.result.download, () => this.#save(), { part: "save-snippet" }),
          ),
        ),
      },
    ],
    () => {},
  );

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#views.bar, ...this.#views.panels);
    this.#views.choose("commands");
  }

  /** @param {import("../layer-workbench.js").Ask} ask */
  set ask(ask) {
    this.#ask = ask;
    this.#command.ask = ask;
  }

  /** @param {Kit} kit */
  show(kit) {
    if (kit === this.#kit) return;
    this.#kit = kit;
    const names = Object.entries(kit.commands).filter(([name, { sh }]) => sh !== "" || name === "publish");
    options(this.#which, names.map(([name, { title }]) => [name, title]));
    options(this.#format, this.formats.map(({ id, title }) => [id, title]));
    this.#showCommand();
    this.#showSnippet();
  }

  #showCommand() {
    const command = this.#kit?.commands[/** @type {wasm_bindgen.CommandName} */ (this.#which.value)];
    if (!command) return;
    this.#about.textContent = command.about;
    this.#command.command = command;
  }

  #showSnippet() {
    const format = this.#chosen;
    const text = (format && this.#kit?.snippets[format.id]) ?? "";
    this.#frame.hidden = text === "";
    this.#none.hidden = text !== "";
    this.#frame.setAttribute("aria-label", format?.fileName ?? words.kit.code);
    void paint(this.#snippet, this.#ask, format?.language ?? "", text);
  }

  get #chosen() {
    return this.formats.find(({ id }) => id === this.#format.value);
  }

  async #copy() {
    const copied = await copy(this, this.#snippet.textContent ?? "");
    tell(this, "layer-announce", copied ? words.command.copied(this.#chosen?.title ?? "") : words.command.notCopied);
  }

  #save() {
    const text = this.#snippet.textContent ?? "";
    tell(this, "layer-save", { fileName: this.#chosen?.fileName ?? "layer.txt", blob: new Blob([text], { type: "text/plain" }) });
  }
}

/**
 * Fills a choice; what was chosen stays, if it is still there.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} all
 */
function options(select, all) {
  const chosen = select.value;
  select.replaceChildren(...all.map(([value, label]) => element("option", { value, lang: "en" }, label)));
  if (all.some(([value]) => value === chosen)) select.value = chosen;
}

define("layer-kit", LayerKitElement);
