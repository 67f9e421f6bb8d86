/**
 * `<layer-tree>`: the tree that Lambda will see. The rows live in the worker; only those in view, and the focused one,
 * are in the document.
 * Tells `layer-open` `{ path, open }`, `layer-operate` (an operation) and `layer-select` (the row, or null).
 *
 * Each row carries its level, set size and position, because a screen reader can't count rows that aren't there.
 *
 * @typedef {wasm_bindgen.TreeRow} TreeRow
 */

import { define, element, icon, tell } from "./dom.js";
import { bytes, count, visible } from "./text.js";

/** Rows drawn above and below the ones in view, so that slow scrolling shows no blanks. */
const SPARE = 12;
/** Rows kept on the page; the worker has them all. */
const KEPT = 2000;

export class LayerTreeElement extends HTMLElement {
  /** Asks the worker for rows. @type {(first: number, count: number) => Promise<TreeRow[]>} */
  ask = async () => [];

  #canvas = element("div", { role: "none", class: "canvas" });
  #total = 0;
  #rowHeight = 28;
  /** What the worker said, by index. @type {Map<number, TreeRow>} */
  #rows = new Map();
  /** What is drawn, by index. @type {Map<number, HTMLElement>} */
  #drawn = new Map();
  /** The row that Tab reaches. */
  #active = 0;
  /** True once a person has chosen a row. */
  #selected = false;
  /** Counts refreshes: answers to earlier questions are void. */
  #version = 0;
  /** The version that `#rows` belongs to. */
  #keptVersion = -1;
  #asking = false;
  #painting = false;
  #resized = new ResizeObserver(() => this.#measure());

  connectedCallback() {
    if (!this.firstChild) {
      this.setAttribute("role", "tree");
      this.append(this.#canvas);
      this.addEventListener("scroll", () => this.#paintSoon(), { passive: true });
      this.addEventListener("keydown", (event) => this.#key(event));
      this.addEventListener("click", (event) => this.#click(event));
      this.addEventListener("focusin", (event) => this.#focused(event));
    }
    this.#resized.observe(this);
  }

  disconnectedCallback() {
    this.#resized.disconnect();
  }

  /**
   * The tree has changed; rows are asked for again. What is drawn stays until the answer is there, so nothing flickers.
   * @param {number} total
   */
  refresh(total) {
    this.#version += 1;
    this.#total = total;
    this.#active = Math.max(0, Math.min(this.#active, total - 1));
    if (total === 0) this.#selected = false;
    this.#measure();
    if (this.#asking) return;
    void this.#fetch();
  }

  /**
   * Selects the row of an index and moves the focus there.
   * @param {number} index
   */
  select(index) {
    this.#activate(index);
  }

  /** The style sheet decides how high rows are; they are higher for fingers than for a mouse. */
  #drawnHeight() {
    return this.#drawn.values().next().value?.offsetHeight || this.#rowHeight;
  }

  #measure() {
    this.#rowHeight = this.#drawnHeight();
    this.#canvas.style.height = `${this.#total * this.#rowHeight}px`;
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

  #window() {
    const first = Math.max(0, Math.floor(this.scrollTop / this.#rowHeight) - SPARE);
    const last = Math.min(this.#total, Math.ceil((this.scrollTop + this.clientHeight) / this.#rowHeight) + SPARE);
    return { first, last };
  }

  #paint() {
    const { first, last } = this.#window();
    for (const [index, drawn] of this.#drawn) {
      const gone = index >= this.#total || ((index < first || index >= last) && index !== this.#active);
      if (!gone) continue;
      drawn.remove();
      this.#drawn.delete(index);
    }
    for (let index = first; index < last; index += 1) this.#draw(index);
    if (this.#total > 0) this.#draw(this.#active);
    if (this.#drawnHeight() !== this.#rowHeight) this.#measure();
    if (this.#missing()) void this.#fetch();
  }

  #missing() {
    const { first, last } = this.#window();
    for (let index = first; index < last; index += 1) if (!this.#rows.has(index)) return true;
    return false;
  }

  /** One question at a time, always for the window of the moment: rows that were scrolled past are never asked for. */
  async #fetch() {
    if (this.#asking || this.#total === 0) return;
    this.#asking = true;
    this.setAttribute("aria-busy", "true");
    const version = this.#version;
    const { first, last } = this.#window();
    /** @type {TreeRow[]} */
    let rows = [];
    let failed = false;
    try {
      rows = await this.ask(first, Math.max(last - first, 1));
    } catch {
      failed = true; // The owner has reported it; the next scroll or change asks again.
    }
    this.#asking = false;
    this.removeAttribute("aria-busy");
    if (failed) return;
    if (version !== this.#version) return void this.#fetch();
    this.#keep(version, rows);
    this.#paint();
  }

  /**
   * @param {number} version
   * @param {TreeRow[]} rows
   */
  #keep(version, rows) {
    if (version !== this.#keptVersion || this.#rows.size > KEPT) this.#rows.clear();
    this.#keptVersion = version;
    for (const row of rows) this.#rows.set(row.index, row);
    const active = this.#rows.get(this.#active);
    if (this.#selected && active) tell(this, "layer-select", active);
  }

  /** @param {number} index */
  #draw(index) {
    let drawn = this.#drawn.get(index);
    if (!drawn) {
      drawn = element("div", { role: "treeitem", part: "row", class: "row", "data-index": index });
      drawn.style.top = `${index * this.#rowHeight}px`;
      this.#drawn.set(index, drawn);
      // In the order of the tree, which is the order in which it is read out.
      const next = [...this.#canvas.children].find(
        (other) => Number(/** @type {HTMLElement} */ (other).dataset.index) > index,
      );
      this.#canvas.insertBefore(drawn, next ?? null);
    }
    drawn.style.top = `${index * this.#rowHeight}px`;
    drawn.tabIndex = index === this.#active ? 0 : -1;
    drawn.setAttribute("aria-selected", String(this.#selected && index === this.#active));
    const row = this.#rows.get(index);
    if (row) describe(drawn, row);
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const index = indexOf(event.target);
    if (index !== null && index !== this.#active) this.#activate(index);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const index = indexOf(event.target);
    if (index === null) return;
    this.#activate(index);
    const row = this.#rows.get(index);
    if (row?.folder) this.#open(row, !row.open);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.clientHeight / this.#rowHeight) - 1);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#activate(this.#active + 1),
      ArrowUp: () => this.#activate(this.#active - 1),
      PageDown: () => this.#activate(this.#active + page),
      PageUp: () => this.#activate(this.#active - page),
      Home: () => this.#activate(0),
      End: () => this.#activate(this.#total - 1),
      ArrowRight: () => this.#into(),
      ArrowLeft: () => void this.#outOf(),
      Enter: () => this.#flip(),
      " ": () => this.#flip(),
      Delete: () => this.#exclude(),
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * Selects a row, brings it into view and moves the focus there.
   * @param {number} wanted
   */
  #activate(wanted) {
    const index = Math.max(0, Math.min(wanted, this.#total - 1));
    this.#active = index;
    this.#selected = true;
    const top = index * this.#rowHeight;
    const bottom = top + this.#rowHeight;
    if (top < this.scrollTop) this.scrollTo({ top });
    else if (bottom > this.scrollTop + this.clientHeight) this.scrollTo({ top: bottom - this.clientHeight });
    this.#paint();
    this.#drawn.get(index)?.focus({ preventScroll: true });
    tell(this, "layer-select", this.#rows.get(index) ?? null);
  }

  #into() {
    const row = this.#rows.get(this.#active);
    if (!row?.folder) return;
    if (row.open) this.#activate(this.#active + 1);
    else this.#open(row, true);
  }

  async #outOf() {
    const row = this.#rows.get(this.#active);
    if (!row) return;
    if (row.folder && row.open) return this.#open(row, false);
    const parent = await this.#parent(row);
    if (parent !== null) this.#activate(parent);
  }

  /**
   * The nearest row above that is one level up; it may be thousands of rows away.
   * @param {TreeRow} row
   */
  async #parent(row) {
    if (row.level === 1) return null;
    for (let end = row.index; end > 0;) {
      const first = Math.max(0, end - 500);
      const rows = await this.ask(first, end - first).catch(() => []);
      const parent = rows.findLast((other) => other.level < row.level);
      if (parent) return parent.index;
      end = first;
    }
    return null;
  }

  #flip() {
    const row = this.#rows.get(this.#active);
    if (row?.folder) this.#open(row, !row.open);
  }

  #exclude() {
    const row = this.#rows.get(this.#active);
    if (row) tell(this, "layer-operate", { op: row.excluded ? "include" : "exclude", path: row.path });
  }

  /**
   * @param {TreeRow} row
   * @param {boolean} open
   */
  #open(row, open) {
    tell(this, "layer-open", { path: row.path, open });
  }
}

/**
 * @param {HTMLElement} drawn
 * @param {TreeRow} row
 */
function describe(drawn, row) {
  drawn.setAttribute("aria-level", String(row.level));
  drawn.setAttribute("aria-setsize", String(row.setSize));
  drawn.setAttribute("aria-posinset", String(row.posInSet));
  if (row.folder) drawn.setAttribute("aria-expanded", String(row.open));
  else drawn.removeAttribute("aria-expanded");
  drawn.dataset.path = row.path;
  drawn.title = visible(row.path);
  drawn.classList.toggle("folder", row.folder);
  drawn.classList.toggle("excluded", row.excluded);
  drawn.style.setProperty("--level", String(row.level));
  // All words of the row are in it, so its content is its accessible name.
  drawn.replaceChildren(
    element("span", { class: "twist" }, ...(row.folder ? [icon("chevron")] : [])),
    icon(row.folder ? "folder" : "file"),
    element("bdi", { class: "name" }, visible(row.name)),
    unseen(row.folder ? "folder" : "file"),
    row.excluded ? unseen("excluded") : "",
    row.worst ? element("span", { class: `badge ${row.worst}` }, icon(row.worst), row.worst) : "",
    element("span", { class: "files" }, row.folder ? count(row.files, "file") : ""),
    element("span", { class: "size" }, bytes(row.size)),
  );
}

/** @param {string} word */
function unseen(word) {
  return element("span", { class: "visually-hidden" }, word);
}

/** @param {EventTarget | null} target */
function indexOf(target) {
  const row = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-index]")) : null;
  return row ? Number(row.dataset.index) : null;
}

define("layer-tree", LayerTreeElement);
