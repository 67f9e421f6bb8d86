/**
 * `<layer-settings>`: the choices, as a form made from the catalogue that the engine gives.
 * Tells `layer-choose` with what changed.
 */

import { define, element, focused, tell } from "../page/dom.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Catalogue} Catalogue */
/** @typedef {wasm_bindgen.Settings} Settings */
/** @typedef {keyof Settings} Field */

/** Text fields in sight; the others are folded away. @type {Field[]} */
const FIRST = ["layerName", "description"];

/** Settings of which one value is chosen. @type {Field[]} */
const SINGLE = ["layout", "recompress"];

export class LayerSettingsElement extends HTMLElement {
  /** Puts a value of the settings into its controls. @type {((settings: Settings) => void)[]} */
  #fill = [];
  /** A line of runtimes for each family, and the fold for the others. @type {{ lines: HTMLElement[], fold: HTMLElement } | null} */
  #families = null;
  /** Runtimes that the files could run on. @type {string[]} */
  #proposed = [];

  /** @param {Catalogue} catalogue */
  set catalogue(catalogue) {
    this.#fill = [];
    const fields = new Map(catalogue.fields.map((field) => [field.id, field]));
    const label = (/** @type {Field} */ id, /** @type {string} */ otherwise) => fields.get(id)?.label ?? otherwise;
    const texts = catalogue.fields.filter(({ id }) => !["runtimes", "architectures", "layout"].includes(id));
    const more = element(
      "details",
      { class: "more" },
      element("summary", {}, words.settings.more),
      this.#group(label("layout", words.settings.layout), [this.#choices("layout", catalogue.layouts)], fields.get("layout")?.help),
      this.#group(words.settings.compression, [this.#choices("recompress", catalogue.recompress)]),
      ...texts.filter(({ id }) => !FIRST.includes(id)).map((field) => this.#text(field)),
    );
    this.replaceChildren(
      element("h2", { id: "settings" }, words.settings.title),
      this.#group(label("runtimes", words.settings.runtimes), this.#runtimes(catalogue.runtimes), fields.get("runtimes")?.help),
      this.#group(
        label("architectures", words.settings.architectures),
        [
          this.#choices(
            "architectures",
            catalogue.architectures.map((id) => ({ id, label: id })),
          ),
        ],
        fields.get("architectures")?.help,
      ),
      ...texts.filter(({ id }) => FIRST.includes(id)).map((field) => this.#text(field)),
      more,
    );
    this.#arrange();
  }

  /** @param {Settings} settings */
  set settings(settings) {
    for (const fill of this.#fill) fill(settings);
    this.#arrange();
  }

  /** @param {wasm_bindgen.Overview["proposed"]} proposed */
  set proposed({ runtimes }) {
    this.#proposed = runtimes;
    this.#arrange();
  }

  /** In sight are the families that something is chosen or proposed of, or all; never changed under a hand that is at it. */
  #arrange() {
    if (!this.#families) return;
    const { lines, fold } = this.#families;
    if (fold.parentElement?.contains(focused(this))) return;
    const boxes = (/** @type {HTMLElement} */ line) => [...line.querySelectorAll("input")];
    const near = lines.filter((line) => boxes(line).some(({ checked, value }) => checked || this.#proposed.includes(value)));
    const shown = near.length > 0 ? near : lines;
    for (const line of lines) if (shown.includes(line)) fold.before(line);
    const summary = fold.firstElementChild;
    const away = lines.filter((line) => !shown.includes(line));
    summary?.after(...away);
    if (summary) summary.textContent = words.settings.others(boxes(fold).length);
  }

  /**
   * @param {string} legend
   * @param {Node[]} content
   * @param {string} [help]
   */
  #group(legend, content, help) {
    return element("fieldset", { title: help ?? null }, element("legend", {}, legend), ...content);
  }

  /**
   * One line per family; what Lambda no longer offers for new functions is folded away.
   * @param {Catalogue["runtimes"]} runtimes
   */
  #runtimes(runtimes) {
    // The ids are what the command and the templates say, and tell apart what has the same label.
    const named = runtimes.map(({ id, label, family, status }) => ({
      id,
      family,
      status,
      label: id,
      help: status === "current" ? label : `${label}, ${status}`,
    }));
    const current = named.filter(({ status }) => status === "current");
    const others = named.filter(({ status }) => status !== "current");
    const families = [...new Set(current.map(({ family }) => family))];
    const lines = families.map((family) =>
      this.#choices(
        "runtimes",
        current.filter((runtime) => runtime.family === family),
      ),
    );
    const fold = element("details", { part: "other-runtimes" }, element("summary", {}), this.#choices("runtimes", others));
    this.#families = { lines, fold };
    return [...lines, fold];
  }

  /**
   * Boxes for a list, round buttons for a single value.
   * @param {"runtimes" | "architectures" | "layout" | "recompress"} field
   * @param {{ id: string, label: string, help?: string }[]} choices
   */
  #choices(field, choices) {
    const several = !SINGLE.includes(field);
    const inputs = choices.map(({ id }) =>
      element("input", {
        type: several ? "checkbox" : "radio",
        name: field,
        value: id,
        onchange: () => this.#choose(field),
      }),
    );
    this.#fill.push((settings) => {
      for (const input of inputs)
        input.checked = several ? settings[field].includes(input.value) : settings[field] === input.value;
    });
    const labels = inputs.map((input, index) =>
      this.#choice(input, choices[index]),
    );
    return element("div", { class: "choices" }, ...labels);
  }

  /** @param {HTMLInputElement} input @param {{ id: string, label: string, help?: string } | undefined} choice */
  #choice(input, choice) {
    const told = words.settings.told[choice?.id ?? ""];
    return element("label", { class: "choice", lang: told ? null : "en", title: told?.help ?? choice?.help ?? null }, input, told?.label ?? choice?.label ?? "");
  }

  /** @param {Field} field */
  #choose(field) {
    const chosen = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input:checked")])
      .filter(({ name }) => name === field)
      .map(({ value }) => value);
    tell(this, "layer-choose", { [field]: SINGLE.includes(field) ? chosen[0] : chosen });
  }

  /** @param {Catalogue["fields"][number]} field */
  #text({ id, label, help, maxLength }) {
    const over = element("span", { class: "over" });
    const input = element("input", {
      type: "text",
      name: id,
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `help-${id}`,
    });
    // No `maxlength`: it would cut a pasted text without a word.
    const measure = () => {
      const length = [...input.value].length;
      over.textContent = length > maxLength ? words.settings.tooLong(length, maxLength) : "";
    };
    input.addEventListener("input", measure);
    input.addEventListener("change", () => tell(this, "layer-choose", { [id]: input.value }));
    this.#fill.push((settings) => {
      const focused = /** @type {ShadowRoot | Document} */ (this.getRootNode()).activeElement === input;
      if (!focused || input.value === input.defaultValue) input.value = String(settings[id]);
      input.defaultValue = String(settings[id]);
      measure();
    });
    const told = words.settings.told[id];
    const lang = told ? null : "en";
    return element(
      "label",
      { class: "field" },
      element("span", { class: "label", lang }, told?.label ?? label),
      input,
      element("span", { class: "hint", id: `help-${id}` }, over, element("span", { lang }, told?.help ?? help)),
    );
  }
}

define("layer-settings", LayerSettingsElement);
