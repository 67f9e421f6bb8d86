/**
 * `<layer-move>`: the folder to move something to, found by typing or chosen from a list; or a new one.
 * Tells `layer-operate` and `layer-reveal`.
 */

import { dialog } from "../page/dialog.js";
import { define, element, tell } from "../page/dom.js";
import { moves, together } from "./moves.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** Folders that are asked for, and those that are listed at a time: typing finds the others. */
const KNOWN = 20_000;
const LISTED = 100;

/** @typedef {{ folder: string, label: string }} Choice */

export class LayerMoveElement extends HTMLElement {
  /** @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  /** @type {string[]} */
  #paths = [];
  /** @type {string[]} */
  #folders = [];
  /** @type {Choice[]} */
  #choices = [];
  #active = 0;
  #input = element("input", {
    type: "text",
    role: "combobox",
    part: "move-folder",
    dir: "ltr",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-controls": "move-folders",
    "aria-expanded": "true",
  });
  #list = element("ul", { role: "listbox", id: "move-folders", part: "move-folders", "aria-label": words.move.folders });
  #none = element("p", { class: "hint" }, words.move.none);
  #dialog = dialog("move-to", () => this.#send(), [
    element("label", { class: "field" }, element("span", { class: "label" }, words.move.folder), this.#input),
    this.#list,
    this.#none,
  ]);

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#dialog.box);
    this.#input.addEventListener("input", () => this.#find());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => {
      const chosen = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (chosen) this.#go([...this.#list.children].indexOf(chosen));
    });
  }

  /** @param {string[]} paths */
  async open(paths) {
    this.#folders = ["", ...(await this.ask("folders", [KNOWN]).catch(() => []))];
    this.#paths = paths;
    this.#input.value = "";
    this.#find();
    const [first = ""] = paths;
    this.#dialog.open(
      paths.length === 1 ? words.move.one(visible(first.split("/").at(-1) ?? "")) : words.move.several(paths.length),
      words.move.move,
    );
  }

  #find() {
    const typed = plain(this.#input.value);
    const lower = typed.toLowerCase();
    const possible = this.#folders.filter((folder) => moves(this.#paths, folder).length > 0);
    const found = possible.filter((folder) => folder.toLowerCase().includes(lower));
    // The folder that is called so comes before those in it.
    found.sort((one, other) => Number(plainEnd(other, lower)) - Number(plainEnd(one, lower)));
    this.#choices = found.slice(0, LISTED).map((folder) => ({ folder, label: `/opt/${visible(folder)}` }));
    if (typed !== "" && !this.#folders.includes(typed))
      this.#choices.push({ folder: typed, label: words.move.fresh(visible(typed)) });
    this.#list.replaceChildren(
      ...this.#choices.map(({ label }, index) =>
        element("li", { role: "option", id: `move-folder-${index}` }, element("bdi", {}, label)),
      ),
    );
    const none = this.#choices.length === 0;
    this.#list.hidden = none;
    this.#none.hidden = !none;
    this.#input.setAttribute("aria-expanded", String(!none));
    this.#go(0);
  }

  /** @param {number} index */
  #go(index) {
    this.#active = Math.max(0, Math.min(index, this.#choices.length - 1));
    const drawn = [...this.#list.children];
    drawn.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#active)));
    if (drawn.length > 0) this.#input.setAttribute("aria-activedescendant", `move-folder-${this.#active}`);
    else this.#input.removeAttribute("aria-activedescendant");
    drawn[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = new Map([["ArrowDown", 1], ["ArrowUp", -1], ["PageDown", 8], ["PageUp", -8]]).get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    this.#go(this.#active + step);
  }

  #send() {
    const choice = this.#choices[this.#active];
    const operations = choice ? moves(this.#paths, choice.folder) : [];
    const [first] = operations;
    if (first?.op !== "move") return false;
    tell(this, "layer-operate", together(operations));
    tell(this, "layer-reveal", first.to);
    return true;
  }
}

/** A folder as a person types it: `/opt/python/` → `python`. @param {string} typed */
function plain(typed) {
  return typed.trim().replace(/^\/?(opt(\/|$))?|\/+$/g, "");
}

/**
 * @param {string} folder
 * @param {string} end  in small letters
 */
function plainEnd(folder, end) {
  return end !== "" && `/${folder.toLowerCase()}`.endsWith(`/${end}`);
}

define("layer-move", LayerMoveElement);
