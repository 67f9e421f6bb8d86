/**
 * `<layer-workbench>`: all that a person sees, put together from the parts. It decides nothing: data comes in through
 * its methods, wishes go out as the parts' `layer-…` events.
 */

import { button, define, element, focused, icon, tell } from "./page/dom.js";
import { LayerChoicesElement } from "./settings/layer-choices.js";
import { LayerContentsElement } from "./contents/layer-contents.js";
import { LayerDetailsElement } from "./contents/layer-details.js";
import { LayerDropZoneElement } from "./drop/layer-drop-zone.js";
import { LayerFindingsElement } from "./result/layer-findings.js";
import { LayerProgressElement } from "./result/layer-progress.js";
import { LayerReportElement } from "./result/layer-report.js";
import { LayerResultElement } from "./result/layer-result.js";
import { LayerSettingsElement } from "./settings/layer-settings.js";
import { LayerShortcutsElement } from "./layer-shortcuts.js";
import { LayerToolsElement } from "./tools/layer-tools.js";
import { visible } from "./page/text.js";
import { words } from "./words.js";

/**
 * Asks the engine: `await ask("rows", [0, 50])`.
 * @typedef {<Name extends import("./engine/engine.js").Call>(call: Name, args: Partial<Parameters<import("./engine/engine.js").Calls[Name]>>) =>
 *   Promise<ReturnType<import("./engine/engine.js").Calls[Name]>>} Ask
 */
/** @typedef {wasm_bindgen.Overview} Overview */
/** @typedef {wasm_bindgen.Layer} Layer */
/** @typedef {import("./drop/dropped-files.js").Problem} Problem */

/** Problems listed one by one; beyond that their number says enough. */
const PROBLEMS_SHOWN = 20;

/** Milliseconds after which what was said in passing fades; longer where there is something to decide. */
const ANNOUNCED = 6000;
const OFFERED = 12_000;

export class LayerWorkbenchElement extends HTMLElement {
  zone = new LayerDropZoneElement();
  contents = new LayerContentsElement();
  progress = new LayerProgressElement();
  settings = new LayerSettingsElement();
  choices = new LayerChoicesElement();
  report = new LayerReportElement();
  /** What it was built in. */
  language = words.language;
  #details = new LayerDetailsElement();
  #findings = new LayerFindingsElement();
  #result = new LayerResultElement();
  #tools = new LayerToolsElement();

  #undo = button(words.steps.undo, () => tell(this, "layer-undo"), { part: "undo" }, "undo");
  #redo = button(words.steps.redo, () => tell(this, "layer-redo"), { part: "redo" }, "redo");
  #keys = button(words.steps.keys, () => this.#shortcuts.open(), { part: "keys" });
  #shortcuts = new LayerShortcutsElement();
  #clear = button(words.steps.startOver, () => tell(this, "layer-clear"), { part: "start-over" });
  #summary = element("p", { class: "summary", part: "summary" });
  #bar = element(
    "div",
    { class: "bar-of-steps", hidden: true },
    this.#summary,
    element("div", { class: "steps" }, this.#undo, this.#redo, this.#clear, this.#keys),
  );

  #alert = element("p", { role: "alert", part: "alert" });
  #problems = element("ul", {});
  #error = element(
    "div",
    { class: "error-box", part: "error", hidden: true },
    icon("error"),
    element("div", {}, this.#alert, this.#problems, slot("help")),
    element("button", { type: "button", class: "quiet", part: "dismiss", onclick: () => this.dismiss() }, words.steps.dismiss),
  );
  #status = element("p", { role: "status", part: "status" });
  #takeBack = button(words.steps.undo, () => tell(this, "layer-undo"), { part: "take-back", class: "quiet", hidden: true });
  #toast = element("div", { class: "toast" }, this.#status, this.#takeBack);
  /** The step that the toast offers to take back. @type {string | null} */
  #offered = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #passing;

  #about = element("h2", { id: "details", tabindex: "-1" }, words.details.title);

  #bench = element(
    "div",
    { class: "bench", hidden: true },
    element(
      "section",
      { class: "card contents", part: "contents", "aria-labelledby": "contents" },
      this.contents,
    ),
    element(
      "div",
      { class: "about" },
      element(
        "section",
        { class: "card", "aria-labelledby": "details", onkeydown: (/** @type {KeyboardEvent} */ { key }) => key === "Escape" && this.contents.tree.focusRow() },
        this.#about,
        this.#details,
      ),
      element("section", { class: "card", "aria-labelledby": "findings" }, this.#findings),
    ),
    element(
      "div",
      { class: "outcome" },
      element("section", { class: "card", "aria-labelledby": "result" }, this.#result),
      element("section", { class: "card", "aria-labelledby": "settings" }, this.settings, this.choices),
    ),
  );

  connectedCallback() {
    if (this.firstChild) return;
    this.lang = this.language;
    for (const [part, name] of /** @type {[Element, string][]} */ ([
      [this.zone, "drop-zone"],
      [this.#details, "details"],
      [this.settings, "settings"],
      [this.#findings, "findings"],
      [this.#result, "layer"],
      [this.progress, "progress"],
    ])) {
      part.setAttribute("part", name);
    }
    this.append(
      slot("header"),
      element(
        "header",
        { class: "intro", part: "intro" },
        element(
          "p",
          { class: "what" },
          words.intro.what,
        ),
        privacy(),
      ),
      element("div", { class: "top" }, this.zone, this.#bar),
      slot("empty"),
      this.#bench,
      this.#tools,
      element("div", { class: "dock" }, this.#error, this.progress, this.#toast),
      slot("footer"),
      this.#shortcuts,
      this.report,
    );
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("layer-announce", (event) =>
      // What progress says is seen in it already.
      this.announce(/** @type {CustomEvent} */ (event).detail, event.target !== this.progress),
    );
    this.addEventListener("layer-select", (event) => (this.#details.selection = /** @type {CustomEvent} */ (event).detail));
    this.addEventListener("layer-reveal", (event) => void this.contents.reveal(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("layer-about", () => this.#about.focus());
    this.addEventListener("layer-find", () => this.contents.focusFilter());
    this.addEventListener("layer-finding", (event) => this.#findings.show(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {Ask} ask */
  set ask(ask) {
    this.#details.ask = ask;
    this.#result.ask = ask;
    this.contents.ask = ask;
    this.#tools.ask = ask;
  }

  /** @param {wasm_bindgen.Catalogue} catalogue */
  set catalogue(catalogue) {
    this.settings.catalogue = catalogue;
    this.#result.catalogue = catalogue;
  }

  /** @param {wasm_bindgen.Published} published */
  set published(published) {
    this.#result.published = published;
    this.announce(words.kit.taken(published.published.length));
  }

  /** @param {wasm_bindgen.Settings} settings */
  choose(settings) {
    this.settings.settings = settings;
    this.choices.settings = settings;
  }

  /**
   * @param {Overview} overview
   * @param {Layer | null} layer
   * @param {boolean} building
   */
  show(overview, layer, building) {
    const { recognised, findings, sizes, entryCount, undo, redo } = overview;
    const something = recognised.length > 0 || overview.rowCount > 0;
    this.toggleAttribute("filled", something);
    this.#bench.hidden = !something;
    this.#bar.hidden = !something && undo === null && redo === null;
    this.#summary.textContent = something
      ? words.steps.summary(recognised.length, entryCount, sizes.unzipped)
      : "";
    if (undo !== this.#offered) this.#offer(null);
    step(this.#undo, undo, words.steps.undoStep, words.steps.nothingToUndo);
    step(this.#redo, redo, words.steps.redoStep, words.steps.nothingToRedo);
    this.#clear.hidden = !something;
    this.contents.show(overview);
    this.choose(overview.settings);
    this.settings.proposed = overview.proposed;
    this.#details.findings = findings;
    this.#findings.overview = overview;
    this.#tools.overview = overview;
    this.showResult(overview, layer, building);
    if (!something) this.#details.selection = null;
  }

  /**
   * @param {Overview} overview
   * @param {Layer | null} layer
   * @param {boolean} building
   */
  showResult(overview, layer, building) {
    this.#result.show(overview, layer, building);
  }

  /** Brings what was built into view. */
  reveal() {
    this.#result.scrollIntoView({ block: "nearest" });
  }

  /**
   * Says something in passing.
   * @param {string} text
   * @param {boolean} seen  false for what is in plain sight anyway, and only has to be read out
   * @param {string | null} undo  the step that can be taken back
   */
  announce(text, seen = true, undo = null) {
    this.#status.textContent = text;
    this.#offer(undo);
    this.#toast.classList.remove("past");
    this.#toast.classList.toggle("unseen", !seen);
    clearTimeout(this.#passing);
    this.#passing = setTimeout(() => this.#toast.classList.add("past"), undo ? OFFERED : ANNOUNCED);
  }

  /** @param {string | null} step */
  #offer(step) {
    this.#offered = step;
    if (step === null && focused(this) === this.#takeBack) this.#undo.focus();
    this.#takeBack.hidden = step === null;
    this.#takeBack.title = step === null ? "" : words.steps.undoStep(visible(step));
  }

  /** Single letters count only inside the element, and not where text is typed. @param {KeyboardEvent} event */
  #key(event) {
    const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event;
    if (ctrlKey || altKey || metaKey || (target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), textarea"))) return;
    if (key === "?") this.#shortcuts.open();
    else if (key === "/" && !this.#bench.hidden) this.contents.focusFilter();
    else if (key === "F8") this.#findings.step(shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /**
   * Says that something went wrong; it stays until the next drop or until it is dismissed.
   * @param {string} text
   * @param {Problem[]} problems
   */
  alert(text, problems = []) {
    this.#alert.textContent = visible(text);
    const rest = problems.length - PROBLEMS_SHOWN;
    this.#problems.replaceChildren(
      ...problems
        .slice(0, PROBLEMS_SHOWN)
        .map(({ path, message }) => element("li", {}, element("code", {}, visible(path)), ` ${visible(message)}`)),
      ...(rest > 0 ? [element("li", {}, words.more(rest))] : []),
    );
    this.#error.hidden = false;
    this.#status.textContent = "";
  }

  dismiss() {
    this.#error.hidden = true;
    this.#alert.textContent = "";
    this.#problems.replaceChildren();
  }
}

/**
 * A button that names the step it takes back. It stays focusable when there is nothing to do: a focused button that
 * becomes disabled would drop the focus out of the element.
 * @param {HTMLButtonElement} button
 * @param {string | null} name
 * @param {(name: string) => string} named
 * @param {string} nothing
 */
function step(button, name, named, nothing) {
  button.setAttribute("aria-disabled", String(name === null));
  button.title = name === null ? nothing : named(visible(name));
}

/** A place for what the page wants to say. @param {string} name */
function slot(name) {
  return element("slot", { name });
}

/** What makes it safe to drop a company's code here, and how to see that it is true. */
function privacy() {
  return element(
    "details",
    { class: "privacy", part: "privacy" },
    element("summary", { "data-check": words.intro.check, "data-close": words.intro.close }, icon("lock"), words.intro.privacy),
    element("p", {}, words.intro.proof),
  );
}

define("layer-workbench", LayerWorkbenchElement);
