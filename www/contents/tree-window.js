/**
 * The rows of the tree that are in view, and the focused one: everything else is only a height. The rows themselves
 * live in the worker; a few thousand of them are kept here.
 *
 * @typedef {wasm_bindgen.TreeRow} TreeRow
 */

import { element } from "../page/dom.js";

/** Rows drawn above and below the ones in view, so that slow scrolling shows no blanks. */
const SPARE = 12;
/** Pixels that the window is taken for until it is known how high it is. */
const HEIGHT = 640;
/** Rows kept on the page; the worker has them all. */
const KEPT = 2000;

/**
 * What the window asks its owner.
 * @typedef {object} Owner
 * @property {(first: number, count: number) => Promise<TreeRow[]>} rows
 * @property {(drawn: HTMLElement, row: TreeRow) => void} draw
 * @property {() => void} arrived  Rows have come.
 */

export class TreeWindow {
  canvas = element("div", { role: "none", class: "canvas" });
  /** The row that Tab reaches; it is never taken away. */
  active = 0;
  total = 0;
  #host;
  #owner;
  #rowHeight = 28;
  /** What is in view. To ask for it when something has changed would have the browser lay all out there and then, in one long task. */
  #view = { top: 0, height: HEIGHT };
  /** What the worker said, by index. @type {Map<number, TreeRow>} */
  #rows = new Map();
  /** What is drawn, by index. @type {Map<number, HTMLElement>} */
  #drawn = new Map();
  /** Counts refreshes: answers to earlier questions are void. */
  #version = 0;
  /** The version that `#rows` belongs to. */
  #keptVersion = -1;
  #asking = false;
  #painting = false;
  #resized = new ResizeObserver(() => this.#measure());
  #rowResized = new ResizeObserver((entries) => {
    // The style sheet decides how high rows are; they are higher for fingers than for a mouse.
    const height = entries.map(({ borderBoxSize }) => borderBoxSize[0]?.blockSize).find(Boolean);
    if (!height || height === this.#rowHeight) return;
    this.#rowHeight = height;
    this.#measure();
  });

  /**
   * @param {HTMLElement} host  what scrolls
   * @param {Owner} owner
   */
  constructor(host, owner) {
    this.#host = host;
    this.#owner = owner;
    const scrolled = () => {
      this.#view.top = host.scrollTop;
      this.#paintSoon();
    };
    host.addEventListener("scroll", scrolled, { passive: true });
  }

  /** @param {boolean} on */
  watch(on) {
    if (on) this.#resized.observe(this.#host);
    else this.#resized.disconnect();
  }

  /** @param {number} index */
  row(index) {
    return this.#rows.get(index);
  }

  /** @param {number} index */
  drawn(index) {
    return this.#drawn.get(index);
  }

  /** False while the rows are those of before the last change. */
  get fresh() {
    return this.#version === this.#keptVersion;
  }

  /** Rows in one view. */
  get page() {
    return Math.max(1, Math.floor(this.#host.clientHeight / this.#rowHeight) - 1);
  }

  /**
   * The tree has changed; rows are asked for again. What is drawn stays until the answer is there, so nothing flickers.
   * @param {number} total
   */
  refresh(total) {
    this.#version += 1;
    this.total = total;
    this.active = Math.max(0, Math.min(this.active, total - 1));
    this.#stretch();
    if (!this.#asking) void this.#fetch();
  }

  /** Draws again what the owner would draw otherwise now. */
  redraw() {
    for (const [index, drawn] of this.#drawn) this.#describe(index, drawn);
  }

  /**
   * Scrolls as little as brings a row into view, and draws it.
   * @param {number} index
   */
  show(index) {
    const top = index * this.#rowHeight;
    const bottom = top + this.#rowHeight;
    const { scrollTop, clientHeight } = this.#host;
    if (top < scrollTop) this.#host.scrollTo({ top });
    else if (bottom > scrollTop + clientHeight) this.#host.scrollTo({ top: bottom - clientHeight });
    this.#look();
    this.#paint();
  }

  #measure() {
    this.#look();
    this.#stretch();
  }

  #look() {
    const { scrollTop, clientHeight } = this.#host;
    this.#view = { top: scrollTop, height: clientHeight || HEIGHT };
  }

  #stretch() {
    this.canvas.style.height = `${this.total * this.#rowHeight}px`;
    this.#paintSoon();
  }

  #paintSoon() {
    if (this.#painting) return;
    this.#painting = true;
    requestAnimationFrame(() => {
      this.#painting = false;
      this.#paint();
    });
  }

  #range() {
    const { top, height } = this.#view;
    const first = Math.max(0, Math.min(this.total, Math.floor(top / this.#rowHeight)) - SPARE);
    const last = Math.min(this.total, Math.ceil((top + height) / this.#rowHeight) + SPARE);
    return { first, last };
  }

  #paint() {
    const { first, last } = this.#range();
    for (const [index, drawn] of this.#drawn) {
      const gone = index >= this.total || ((index < first || index >= last) && index !== this.active);
      if (!gone) continue;
      this.#rowResized.unobserve(drawn);
      drawn.remove();
      this.#drawn.delete(index);
    }
    for (let index = first; index < last; index += 1) this.#draw(index);
    if (this.total > 0) this.#draw(this.active);
    if (this.#missing()) void this.#fetch();
  }

  #missing() {
    const { first, last } = this.#range();
    for (let index = first; index < last; index += 1) if (!this.#rows.has(index)) return true;
    return false;
  }

  /** One question at a time, always for the window of the moment: rows that were scrolled past are never asked for. */
  async #fetch() {
    if (this.#asking || this.total === 0) return;
    this.#asking = true;
    this.#host.setAttribute("aria-busy", "true");
    const version = this.#version;
    const { first, last } = this.#range();
    /** @type {TreeRow[]} */
    let rows = [];
    let failed = false;
    try {
      rows = await this.#owner.rows(first, Math.max(last - first, 1));
    } catch {
      failed = true; // The owner has reported it; the next scroll or change asks again.
    }
    this.#asking = false;
    this.#host.removeAttribute("aria-busy");
    if (failed) return;
    if (version !== this.#version) return void this.#fetch();
    if (version !== this.#keptVersion || this.#rows.size > KEPT) this.#rows.clear();
    this.#keptVersion = version;
    for (const row of rows) this.#rows.set(row.index, row);
    this.#paint();
    this.#owner.arrived();
  }

  /** @param {number} index */
  #draw(index) {
    let drawn = this.#drawn.get(index);
    if (!drawn) {
      drawn = element("div", { role: "treeitem", part: "row", class: "row", "data-index": index });
      this.#drawn.set(index, drawn);
      this.#rowResized.observe(drawn);
      // In the order of the tree, which is the order in which it is read out.
      const next = [...this.canvas.children].find(
        (other) => Number(/** @type {HTMLElement} */ (other).dataset.index) > index,
      );
      this.canvas.insertBefore(drawn, next ?? null);
    }
    drawn.style.top = `${index * this.#rowHeight}px`;
    this.#describe(index, drawn);
  }

  /**
   * @param {number} index
   * @param {HTMLElement} drawn
   */
  #describe(index, drawn) {
    drawn.tabIndex = index === this.active ? 0 : -1;
    const row = this.#rows.get(index);
    if (row) this.#owner.draw(drawn, row);
  }
}
