/**
 * `<layer-menu>`: a menu that opens where it is asked for, with the keys that people know from menus. It closes by
 * Escape, by Tab, by a click elsewhere, and by a choice; then the focus is where it was. Tells `layer-menu-closed`.
 *
 * @typedef {{ label: string, part: string, keys?: string, act: () => void }} Item
 */

import { define, element, focused, tell } from "../page/dom.js";

/** Pixels that stay free at the edge of the window. */
const EDGE = 8;

export class LayerMenuElement extends HTMLElement {
  #list = element("div", { role: "menu", popover: "manual", class: "menu", part: "menu" });
  /** @type {Item[]} */
  #items = [];
  /** Gives the focus back. */
  #back = () => {};

  connectedCallback() {
    if (this.firstChild) return;
    this.append(this.#list);
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("contextmenu", (event) => event.preventDefault());
    // An `auto` popover would close as the right button, which opened it, is let go.
    this.#list.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.#list.contains(relatedTarget))) this.#hide();
    });
  }

  get isOpen() {
    return this.#list.matches(":popover-open");
  }

  /**
   * @param {string} label
   * @param {Item[]} items
   * @param {{ x: number, y: number }} place  in the window
   * @param {() => void} back  gives the focus back
   */
  open(label, items, { x, y }, back) {
    this.#items = items;
    this.#back = back;
    this.#list.setAttribute("aria-label", label);
    this.#list.replaceChildren(
      ...items.map(({ label, part, keys, act }) =>
        element(
          "button",
          { type: "button", role: "menuitem", tabindex: "-1", part: `menu-${part}`, onclick: () => this.#choose(act) },
          element("span", {}, label),
          keys ? element("kbd", { "aria-hidden": "true" }, keys) : null,
        ),
      ),
    );
    if (!this.isOpen) this.#list.showPopover();
    const { offsetWidth, offsetHeight, style } = this.#list;
    style.left = `${Math.max(EDGE, Math.min(x, innerWidth - offsetWidth - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(y, innerHeight - offsetHeight - EDGE))}px`;
    this.#focusOn(0);
  }

  #hide() {
    if (!this.isOpen) return;
    this.#list.hidePopover();
    tell(this, "layer-menu-closed");
  }

  #close() {
    this.#hide();
    this.#back();
  }

  /** @param {() => void} act */
  #choose(act) {
    this.#close();
    act();
  }

  /** @param {number} index */
  #focusOn(index) {
    const all = /** @type {HTMLElement[]} */ ([...this.#list.children]);
    all.at(index % all.length)?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const here = [...this.#list.children].indexOf(/** @type {Element} */ (focused(this)));
    const letter = event.key.toLowerCase();
    const typed = this.#items.findIndex(
      ({ label }, index) => index > here && letter.length === 1 && label.toLowerCase().startsWith(letter),
    );
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#focusOn(here + 1),
      ArrowUp: () => this.#focusOn(here - 1),
      Home: () => this.#focusOn(0),
      End: () => this.#focusOn(-1),
      Escape: () => this.#close(),
      Tab: () => this.#close(),
    };
    const act = keys[event.key] ?? (typed >= 0 ? () => this.#focusOn(typed) : undefined);
    event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }
}

define("layer-menu", LayerMenuElement);
