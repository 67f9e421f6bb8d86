/**
 * `<layer-slimming>`: what the layer works without, by groups with what each saves, and buttons that leave them out: one,
 * or as many as it takes to stay within a limit. Asks for it only when it is open, since source files are read for it.
 * Tells `layer-operate`.
 */

import { button, define, element, tell } from "../page/dom.js";
import { visible } from "../page/text.js";
import { words } from "../words.js";

/** @typedef {wasm_bindgen.Slimming} Slimming */

/** Paths listed one by one; beyond that their number says enough. */
const SHOWN = 20;

export class LayerSlimmingElement extends HTMLElement {
  /** @type {import("../layer-workbench.js").Ask | null} */
  ask = null;
  /** What it was last asked about, so that an answer that comes too late is not shown. */
  #turn = 0;
  #summary = element("summary", {}, words.slimming.title);
  #body = element("div", {});
  #details = element("details", { part: "slimming", class: "passed", hidden: true }, this.#summary, this.#body);

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#details);
    this.#details.addEventListener("toggle", () => void this.#look());
  }

  /** @type {wasm_bindgen.Overview | null} */
  #overview = null;

  /** It is never opened but by a person: a build would wait for the answer. @param {wasm_bindgen.Overview} overview */
  set overview(overview) {
    if (overview === this.#overview) return;
    this.#overview = overview;
    this.#details.hidden = overview.entryCount === 0;
    void this.#look();
  }

  async #look() {
    const turn = ++this.#turn;
    if (!this.#details.open || this.#details.hidden || !this.ask) return;
    const found = await this.ask("slimming", []).catch(() => null);
    if (turn !== this.#turn) return;
    if (found) this.#show(found);
    else this.#details.open = false; // Cancelled: it can be opened again.
  }

  /** @param {Slimming} slimming */
  #show({ groups, fits }) {
    const held = this.contains(/** @type {ShadowRoot} */ (this.getRootNode()).activeElement);
    this.#body.replaceChildren(
      ...fits.flatMap((fit) => (fit.take.length > 0 ? [this.#fit(fit, groups)] : [])),
      groups.length > 0
        ? element("ul", {}, ...groups.map((group) => this.#group(group)))
        : element("p", { class: "hint" }, words.slimming.none),
    );
    // The button that was pressed is gone with what it left out.
    if (held) this.#summary.focus();
  }

  /**
   * @param {Slimming["fits"][number]} fit
   * @param {Slimming["groups"]} groups
   */
  #fit({ limit, most, fits, take, left }, groups) {
    const zipped = limit === "zipped";
    if (!fits) return element("p", {}, words.slimming.tooLarge(left, most, zipped));
    const titles = groups.filter(({ id }) => take.includes(id)).map(({ title }) => title);
    return button(words.slimming.fit(most, zipped), () => tell(this, "layer-operate", { op: "fit", limit }), {
      part: "fit",
      "data-limit": limit,
      title: words.slimming.without(titles, left),
    });
  }

  /** @param {Slimming["groups"][number]} group */
  #group({ id, title, why, kind, files, unzipped, zipped, paths }) {
    const rest = paths.length - SHOWN;
    return element(
      "li",
      { part: "saving", "data-group": id },
      element(
        "details",
        {},
        element("summary", { title: words.wholeBytes(unzipped) }, words.slimming.effect(title, unzipped, files, zipped)),
        element("p", {}, why),
        element(
          "ul",
          { class: "hint" },
          ...paths.slice(0, SHOWN).map((path) => element("li", {}, element("code", {}, visible(path)))),
          ...(rest > 0 ? [element("li", {}, words.more(rest))] : []),
        ),
      ),
      button(words.slimming.leaveOut + (kind === "safe" ? "" : "…"), () => tell(this, "layer-operate", { op: "slim", id }), {
        part: "slim",
        "aria-label": words.slimming.leaveOutGroup(title),
      }),
    );
  }
}

define("layer-slimming", LayerSlimmingElement);
