/**
 * `<layer-choices>`: what was decided, to keep and to pass on: a recipe as a file, settings under a name in this
 * browser, settings as a link. Tells `layer-recipe` (`null` to save one, else a file), `layer-choose`,
 * `layer-forget` and `layer-announce`.
 */

import { copy } from "../page/code.js";
import { button, define, element, tell } from "../page/dom.js";
import { noSettings } from "./layer-attributes.js";
import { changed, fragmentOf, known } from "./share-link.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Settings} Settings */

const KEY = "layerdrop-presets";

export class LayerChoicesElement extends HTMLElement {
  settings = noSettings();
  #file = element("input", { type: "file", accept: ".json", hidden: true, part: "recipe-file", "aria-label": words.choices.apply });
  #name = element("input", { type: "text", part: "preset-name", maxlength: "60", "aria-label": words.choices.presetName, placeholder: words.choices.presetName, autocomplete: "off" });
  #presets = element("ul", { part: "presets", class: "presets" });
  #page = element(
    "div",
    { class: "kit" },
    element("h3", {}, words.choices.presets),
    element("p", { class: "hint" }, words.choices.presetsHelp),
    this.#presets,
    element("form", { class: "move" }, this.#name, element("button", { type: "submit", part: "save-preset" }, words.choices.save)),
    element("h3", {}, words.choices.link),
    element("p", { class: "hint" }, words.choices.linkHelp),
    element("div", { class: "actions" }, button(words.choices.copyLink, () => void this.#copyLink(), { part: "copy-link" }, "copy")),
  );

  #session = element(
    "div",
    { class: "kit", hidden: true },
    element("h3", {}, words.session.title),
    element("p", { class: "hint" }, words.session.help),
    element("div", { class: "actions" }, button(words.session.stop, () => tell(this, "layer-forget"), { part: "stop-keeping" })),
  );

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      element(
        "details",
        {},
        element("summary", { part: "keep" }, words.choices.title),
        element("h3", {}, words.choices.recipe),
        element("p", { class: "hint" }, words.choices.recipeHelp),
        element(
          "div",
          { class: "actions" },
          button(words.choices.saveRecipe, () => tell(this, "layer-recipe", null), { part: "save-recipe" }),
          button(words.choices.apply, () => this.#file.click(), { part: "apply-recipe" }),
        ),
        this.#file,
        this.#page,
        this.#session,
      ),
    );
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files ?? [];
      if (file) tell(this, "layer-recipe", file);
      this.#file.value = "";
    });
    this.#page.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(this.#name.value.trim());
    });
    this.#list();
  }

  /** Whether the element is the whole page: then its browser may keep settings, and its address carry them. */
  set page(/** @type {boolean} */ page) {
    this.#page.hidden = !page;
  }

  /** Whether the session is kept. */
  set keeping(/** @type {boolean} */ keeping) {
    this.#session.hidden = !keeping;
  }

  /** @param {string} name */
  #save(name) {
    if (name === "") return this.#name.focus();
    const kept = write({ ...read(), [name]: changed(this.settings) });
    tell(this, "layer-announce", kept ? words.choices.saved(name) : words.choices.notKept);
    this.#name.value = "";
    this.#list();
  }

  #list() {
    this.#presets.replaceChildren(
      ...Object.entries(read()).map(([name, settings]) =>
        element(
          "li",
          { part: "preset" },
          button("", () => tell(this, "layer-choose", { ...noSettings(), ...settings }), { class: "link", part: "use-preset" }),
          button(words.choices.forget, () => this.#forget(name), { class: "quiet", part: "forget-preset", "aria-label": words.choices.forgetPreset(name) }),
        ),
      ),
    );
    for (const [at, name] of Object.keys(read()).entries())
      this.#presets.children[at]?.firstElementChild?.append(element("bdi", {}, name));
  }

  /** @param {string} name */
  #forget(name) {
    const { [name]: _, ...rest } = read();
    write(rest);
    this.#list();
    this.#name.focus();
    tell(this, "layer-announce", words.choices.forgotten(name));
  }

  async #copyLink() {
    const link = `${location.href.replace(/#.*$/, "")}${fragmentOf(changed(this.settings))}`;
    tell(this, "layer-announce", (await copy(this, link)) ? words.command.copied(words.choices.link) : words.command.notCopied);
  }
}

/** What is kept, as far as it can be read. @returns {Record<string, Partial<Settings>>} */
function read() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    return Object.fromEntries(all.map(([name, settings]) => [name, known(settings)]));
  } catch {
    return {}; // Nothing is kept in a sandboxed frame.
  }
}

/** @param {Record<string, Partial<Settings>>} presets */
function write(presets) {
  try {
    localStorage.setItem(KEY, JSON.stringify(presets));
    return true;
  } catch {
    return false;
  }
}

define("layer-choices", LayerChoicesElement);
