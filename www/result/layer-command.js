/**
 * `<layer-command>`: one command in the words of three shells, the files that it reads beside the zip, copy buttons.
 * Tells `layer-announce` and `layer-save`.
 */

import { copy, paint } from "../page/code.js";
import { define, element, tell } from "../page/dom.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Command} Command */
/** @typedef {"sh" | "powershell" | "cmd"} Shell */

/** @type {[Shell, string][]} */
const SHELLS = [
  ["sh", "bash, zsh"],
  ["powershell", "PowerShell"],
  ["cmd", "cmd"],
];

export class LayerCommandElement extends HTMLElement {
  /** @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** @type {Command | null} */
  #command = null;
  /** @type {Shell} */
  #shell = navigator.userAgent.includes("Windows") ? "powershell" : "sh";
  #text = element("code", { dir: "ltr" });
  #panel = element("pre", { role: "tabpanel", id: "command-text", part: "command", tabindex: "0" }, this.#text);
  #files = element("ul", { class: "side-files" });
  #none = element("p", { class: "hint" }, words.command.none);
  #tabs = SHELLS.map(([shell, label]) =>
    element(
      "button",
      {
        type: "button",
        role: "tab",
        id: `shell-${shell}`,
        part: `tab-${shell}`,
        "aria-controls": "command-text",
        onclick: () => this.#choose(shell),
      },
      label,
    ),
  );

  #bar = element(
    "div",
    { class: "tabs" },
    element(
      "div",
      { role: "tablist", "aria-label": words.command.shell, onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      ...this.#tabs,
    ),
    element(
      "button",
      { type: "button", part: "copy", onclick: () => void this.#copy(this.#text.textContent, words.command.command) },
      words.command.copy,
    ),
  );

  connectedCallback() {
    if (!this.firstChild) this.append(this.#bar, this.#panel, this.#files, this.#none);
    this.#choose(this.#shell);
  }

  /** @param {Command} command */
  set command(command) {
    this.#command = command;
    this.#choose(this.#shell);
    this.#files.replaceChildren(...command.files.map((file) => this.#file(file)));
  }

  /** @param {Shell} shell */
  #choose(shell) {
    this.#shell = shell;
    const text = this.#command?.[shell] ?? "";
    void paint(this.#text, this.ask, shell, text);
    const none = text === "";
    this.#none.hidden = !none;
    this.#panel.hidden = none;
    this.#bar.hidden = none && SHELLS.every(([id]) => !this.#command?.[id]);
    this.#panel.setAttribute("aria-labelledby", `shell-${shell}`);
    SHELLS.forEach(([id], index) => {
      this.#tabs[index]?.setAttribute("aria-selected", String(id === shell));
      this.#tabs[index]?.setAttribute("tabindex", id === shell ? "0" : "-1");
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const here = SHELLS.findIndex(([id]) => id === this.#shell);
    const steps = new Map([
      ["ArrowRight", here + 1],
      ["ArrowLeft", here - 1],
      ["Home", 0],
      ["End", SHELLS.length - 1],
    ]);
    const step = steps.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const next = (step + SHELLS.length) % SHELLS.length;
    this.#choose(SHELLS[next]?.[0] ?? "sh");
    this.#tabs[next]?.focus();
  }

  /** @param {Command["files"][number]} file */
  #file({ name, text }) {
    const save = () => tell(this, "layer-save", { fileName: name, blob: new Blob([text], { type: "text/plain" }) });
    return element(
      "li",
      { part: "side-file" },
      element("p", {}, words.command.reads(visible(name))),
      element("button", { type: "button", onclick: save }, words.command.download(visible(name))),
      element("button", { type: "button", onclick: () => void this.#copy(text, visible(name)) }, words.command.copy),
      element(
        "details",
        {},
        element("summary", {}, words.command.show),
        element("pre", { tabindex: "0" }, element("code", { dir: "ltr" }, text)),
      ),
    );
  }

  /**
   * @param {string} text
   * @param {string} what
   */
  async #copy(text, what) {
    tell(
      this,
      "layer-announce",
      (await copy(this, text)) ? words.command.copied(what) : words.command.notCopied,
    );
  }
}

define("layer-command", LayerCommandElement);
