/**
 * `<layer-map>`: each file a rectangle as large as the room that it takes. The worker lays them out; here they are
 * drawn as elements, so that zoom, forced colours and the pointer work. The list says the same to those who hear the
 * page. Tells `layer-reveal`.
 */

import { define, element, tell } from "../page/dom.js";
import { bytes, visible } from "../page/text.js";
import { words } from "../words.js";

/** Colours of folders, which come round again. */
const FAMILIES = 8;

export class LayerMapElement extends HTMLElement {
  /** @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));
  #shown = false;
  #stale = true;
  #zipped = false;
  #selected = "";
  #canvas = element("div", { class: "map-canvas", "aria-hidden": "true" });
  #said = element("p", { class: "hint map-said" }, words.map.help);
  #kind = choice((zipped) => {
    this.#zipped = zipped;
    this.changed();
  });
  #resized = new ResizeObserver(() => this.changed());

  connectedCallback() {
    if (!this.firstChild) {
      this.append(element("div", { class: "map-head" }, this.#kind), this.#canvas, this.#said);
      this.#canvas.addEventListener("click", (event) => {
        const path = pathOf(event.target);
        if (path) tell(this, "layer-reveal", path);
      });
      this.#canvas.addEventListener("pointermove", (event) => {
        const tile = /** @type {HTMLElement | null} */ (event.target instanceof Element ? event.target.closest("[title]") : null);
        this.#said.textContent = tile?.title ?? words.map.help;
      });
    }
    this.#resized.observe(this.#canvas);
  }

  disconnectedCallback() {
    this.#resized.disconnect();
  }

  /** The layer is another one now. */
  changed() {
    this.#stale = true;
    if (this.#shown) void this.#draw();
  }

  set shown(/** @type {boolean} */ shown) {
    this.#shown = shown;
    if (shown && this.#stale) void this.#draw();
  }

  set selected(/** @type {string} */ path) {
    this.#selected = path;
    this.#mark();
  }

  async #draw() {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0) return;
    this.#stale = false;
    const tiles = await this.ask("map", [clientWidth, clientHeight, this.#zipped]);
    if (this.#stale) return;
    this.#canvas.replaceChildren(...tiles.map(drawn));
    this.#mark();
  }

  #mark() {
    for (const tile of this.#canvas.children)
      tile.classList.toggle("selected", this.#selected !== "" && /** @type {HTMLElement} */ (tile).dataset.path === this.#selected);
  }
}

/**
 * Unpacked or in the zip, for map and list.
 * @param {(zipped: boolean) => void} chosen
 */
export function choice(chosen) {
  const name = `sizes-${Math.random().toString(36).slice(2)}`;
  const radio = (/** @type {boolean} */ zipped, /** @type {string} */ label) =>
    element(
      "label",
      { class: "choice" },
      element("input", { type: "radio", name, checked: !zipped, onchange: () => chosen(zipped) }),
      label,
    );
  return element("div", { class: "choices", role: "radiogroup", "aria-label": words.map.sizes }, radio(false, words.unzipped), radio(true, words.inZip));
}

/** @param {wasm_bindgen.Tile} tile */
function drawn({ path, name, folder, size, x, y, width, height, worst, family }) {
  const [label, title] = path === "" ? [words.map.rest, words.map.rest] : [visible(name), visible(path)];
  const shown = element(
    "div",
    {
      class: `tile family-${family % FAMILIES}${folder ? " folder" : ""}${worst ? ` ${worst}` : ""}`,
      "data-path": path,
      title: [title, bytes(size)].join(" · "),
    },
    width > 30 && height > 14 ? element("span", {}, element("bdi", {}, label), " ", element("small", {}, bytes(size))) : null,
  );
  shown.style.insetInlineStart = `${x}px`;
  shown.style.top = `${y}px`;
  shown.style.width = `${width}px`;
  shown.style.height = `${height}px`;
  return shown;
}

/** @param {EventTarget | null} target */
function pathOf(target) {
  const tile = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-path]")) : null;
  return tile?.dataset.path ?? "";
}

define("layer-map", LayerMapElement);
