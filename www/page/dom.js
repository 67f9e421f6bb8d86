/**
 * Elements are built node by node: no markup strings, so nothing that a file says can become markup,
 * and Trusted Types and a strict Content-Security-Policy have nothing to object to.
 */

/**
 * `element("button", { type: "button", onclick: build }, "Build layer")`.
 * `on…` listens, `true` sets an empty attribute, `false`, `null` and `undefined` set none; strings become text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The parts of the element, until they are defined. @type {Map<string, CustomElementConstructor>} */
const parts = new Map();

/**
 * A part of the element, which `defineParts` defines.
 * @param {string} tag
 * @param {CustomElementConstructor} constructor
 */
export function define(tag, constructor) {
  parts.set(tag, constructor);
}

/** Defines the parts, each once, however often the modules are loaded. */
export function defineParts() {
  for (const [tag, constructor] of parts) if (!customElements.get(tag)) customElements.define(tag, constructor);
}

/**
 * What a part says to its owner. It bubbles, and stays inside the shadow root: only `<layer-drop>` speaks to the page.
 * @param {EventTarget} from
 * @param {string} name
 * @param {unknown} [detail]
 */
export function tell(from, name, detail) {
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a 16 × 16 grid, drawn as strokes in the colour of the text. */
const ICONS = {
  error: ["M5 1.8h6L14.2 5v6L11 14.2H5L1.8 11V5z", "M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"],
  warning: ["M8 1.8 14.6 13.6H1.4z", "M8 6v3.6M8 11.4v.6"],
  note: ["M8 1.6a6.4 6.4 0 1 1 0 12.8A6.4 6.4 0 0 1 8 1.6z", "M8 7.2v4M8 4.6v.6"],
  ok: ["M8 1.6a6.4 6.4 0 1 1 0 12.8A6.4 6.4 0 0 1 8 1.6z", "M5 8.2l2.1 2.1L11 6"],
  chevron: ["M6 3.5 10.5 8 6 12.5"],
  folder: ["M1.8 12.6V3.4h4.4l1.6 2h6.4v7.2z"],
  file: ["M3.6 1.8h5.6l3.2 3.2v9.2H3.6z", "M9 1.8v3.4h3.4"],
  plus: ["M8 3v10M3 8h10"],
  more: ["M3.5 8h.01M8 8h.01M12.5 8h.01"],
  undo: ["M6 3 2.8 6.2 6 9.4", "M2.8 6.2h6.4a3.6 3.6 0 0 1 0 7.2H6"],
  redo: ["M10 3l3.2 3.2L10 9.4", "M13.2 6.2H6.8a3.6 3.6 0 0 0 0 7.2H10"],
  copy: ["M5.6 5.6h8v8h-8z", "M10.4 5.6V2.4h-8v8h3.2"],
  lock: ["M3.6 7.2h8.8v6.4H3.6z", "M5.4 7.2V4.8a2.6 2.6 0 0 1 5.2 0v2.4"],
  drop: ["M8 1.8v7.4M4.8 6.2 8 9.4l3.2-3.2", "M1.8 9.6v4h12.4v-4"],
};

/** @typedef {keyof typeof ICONS} Icon */

/**
 * A decorative icon; the word beside it carries the meaning.
 * @param {Icon} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const outline of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", outline);
    svg.append(path);
  }
  return svg;
}

/**
 * Text that is there for those who hear the page.
 * @param {string} text
 */
export function unseen(text) {
  return element("span", { class: "visually-hidden" }, text);
}

/**
 * A button. A `part` names it for themes and tests.
 * @param {string} label
 * @param {() => void} onclick
 * @param {Record<string, unknown>} [attributes]
 * @param {Icon} [picture]
 */
export function button(label, onclick, attributes = {}, picture) {
  return element("button", { type: "button", onclick, ...attributes }, picture ? icon(picture) : null, label);
}

/**
 * What has the focus in the same tree of elements.
 * @param {Node} node
 */
export function focused(node) {
  const root = node.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}
