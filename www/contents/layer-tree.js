/**
 * `<layer-tree>`: the tree that Lambda will see, with the keys of a file explorer. The rows live in the worker; only
 * those in view, and the focused one, are in the document.
 * Tells `layer-open` `{ path, open }`, `layer-open-beside` (a row's index), `layer-operate` (an operation),
 * `layer-select` `{ row, paths }`, `layer-copy-paths`, `layer-rename` (a row), `layer-menu` (a place) where its menu is asked for, and
 * `layer-find` and `layer-about` where the filter and the details are.
 *
 * Each row carries its level, set size and position, because a screen reader can't count rows that aren't there.
 *
 * @typedef {wasm_bindgen.TreeRow} TreeRow
 */

import { define, focused, tell } from "../page/dom.js";
import { moves, together } from "./moves.js";
import { drawRow } from "./tree-row.js";
import { TreeWindow } from "./tree-window.js";

/** Milliseconds within which letters belong to one word. */
const TYPED = 500;
/** Pixels by which a menu stands away from the edge of its row. */
const MENU_INDENT = 24;

export class LayerTreeElement extends HTMLElement {
  /** Asks the engine. @type {import("../layer-workbench.js").Ask} */
  ask = async () => Promise.reject(new Error("nobody answers"));

  #window = new TreeWindow(this, {
    rows: (first, count) => this.ask("rows", [first, count]),
    draw: (drawn, row) => drawRow(drawn, row, { selected: this.#picked.has(row.path), cut: this.#cut.includes(row.path) }),
    arrived: () => this.#arrived(),
  });
  /** What is selected. @type {Set<string>} */
  #picked = new Set();
  /** What is to be moved by the next paste. @type {string[]} */
  #cut = [];
  /** Where a range begins. */
  #anchor = 0;
  #typed = { text: "", at: 0 };
  /** A row to select once it is there: its path may not have been known. @type {number | null} */
  #wanted = null;
  /** Where the focus goes once the rows are there. */
  #refocus = false;

  connectedCallback() {
    if (!this.firstChild) {
      this.setAttribute("role", "tree");
      this.setAttribute("aria-multiselectable", "true");
      this.append(this.#window.canvas);
      this.addEventListener("keydown", (event) => this.#key(event));
      this.addEventListener("click", (event) => void this.#click(event));
      this.addEventListener("contextmenu", (event) => this.#context(event));
      this.addEventListener("focusin", (event) => this.#focusIn(event));
      this.addEventListener("dragstart", (event) => this.#dragStart(event));
      for (const name of ["dragover", "dragleave", "drop", "dragend"])
        this.addEventListener(name, (event) => this.#dragOver(/** @type {DragEvent} */ (event)));
    }
    this.#window.watch(true);
  }

  disconnectedCallback() {
    this.#window.watch(false);
  }

  /**
   * @param {number} total
   * @param {boolean} [changed]  the layer is another one: of what was selected stays what is still in sight, else the place
   */
  refresh(total, changed = false) {
    if (changed) {
      this.#cut = [];
      if (this.#picked.size > 1) void this.#keep(total);
      else {
        this.#wanted = this.#picked.size > 0 ? this.#window.active : null;
        this.#picked.clear();
      }
    }
    if (total === 0) this.#wanted = null;
    this.#window.refresh(total);
  }

  /**
   * Selects a row and moves the focus there if `focus` says so.
   * @param {number} index
   * @param {boolean} focus
   */
  select(index, focus) {
    this.#wanted = index;
    this.#refocus = focus;
    this.#window.active = index;
    this.#window.show(index);
    if (this.#window.fresh) this.#arrived();
  }

  /** Gives the focus to the active row. */
  focusRow() {
    this.#window.drawn(this.#window.active)?.focus({ preventScroll: true });
  }

  /** The place of the active row on the screen, for what is opened beside it. */
  place() {
    return this.#window.drawn(this.#window.active)?.getBoundingClientRect() ?? this.getBoundingClientRect();
  }

  get activeRow() {
    return this.#window.row(this.#window.active) ?? null;
  }

  #arrived() {
    if (this.#wanted !== null) this.#wanted = Math.min(this.#wanted, Math.max(0, this.#window.total - 1));
    const row = this.activeRow;
    if (this.#wanted === this.#window.active && row) {
      const refocus = this.#refocus;
      this.#wanted = null;
      this.#refocus = false;
      this.#anchor = row.index;
      this.#picked = new Set([row.path]);
      this.#window.redraw();
      if (refocus) this.focusRow();
    }
    if (this.#picked.size > 0 && row) this.#tellSelection();
  }

  /** @param {number} total */
  async #keep(total) {
    const there = new Set(await this.ask("paths", [0, total]).catch(() => []));
    this.#picked = new Set([...this.#picked].filter((path) => there.has(path)));
    if (this.#picked.size === 0) this.#wanted = this.#window.active;
    if (this.#window.fresh) this.#arrived();
  }

  #tellSelection() {
    this.#window.redraw();
    tell(this, "layer-select", { row: this.activeRow, paths: [...this.#picked] });
  }

  /** @param {FocusEvent} event */
  #focusIn(event) {
    const index = indexOf(event.target);
    if (index === null || index === this.#window.active) return;
    this.#window.active = index;
    this.#window.redraw();
  }

  /** @param {MouseEvent} event */
  async #click(event) {
    const index = indexOf(event.target);
    if (index === null) return;
    if (event.target instanceof Element && event.target.closest(".more")) return this.#menu(index, event);
    if (event.shiftKey) return this.#extendTo(index);
    if (event.ctrlKey || event.metaKey) return this.#flip(index);
    this.#go(index);
    const row = this.#window.row(index);
    if (row?.folder) this.#open(row, !row.open);
  }

  /** @param {MouseEvent} event */
  #context(event) {
    const index = indexOf(event.target);
    if (index === null) return;
    event.preventDefault();
    this.#menu(index, event);
  }

  /**
   * Asks for the menu of what is selected, or of one row that isn't.
   * @param {number} index
   * @param {{ clientX: number, clientY: number }} place
   */
  #menu(index, { clientX, clientY }) {
    const path = this.#window.row(index)?.path;
    if (path === undefined) return;
    if (!this.#picked.has(path)) this.#go(index);
    else this.#focusOn(index);
    tell(this, "layer-menu", { x: clientX, y: clientY });
  }

  /** Asks for the menu below the active row. */
  #menuHere() {
    const { left, bottom } = this.place();
    this.#menu(this.#window.active, { clientX: left + MENU_INDENT, clientY: bottom });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { active, page, total } = this.#window;
    const row = this.activeRow;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      /** @type {Record<string, () => unknown>} */
      const keys = {
        a: () => this.#pickAll(),
        // The browser's own search finds only the rows in view.
        f: () => tell(this, "layer-find"),
        // A text that is selected elsewhere is what is copied, which the browser does.
        ...(getSelection()?.isCollapsed === false ? {} : { c: () => tell(this, "layer-copy-paths") }),
        x: () => this.#picked.size > 0 && this.cut(),
        // Without anything cut, copied files are pasted, which the browser does.
        ...(this.hasCut ? { v: () => this.paste() } : {}),
        " ": () => this.#flip(active),
        ArrowDown: () => this.#focusOn(active + 1),
        ArrowUp: () => this.#focusOn(active - 1),
      };
      return act(event, keys[event.key]);
    }
    if (event.altKey || event.metaKey) return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) return act(event, () => this.#menuHere());
    const to = /** @type {Record<string, number>} */ ({
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    })[event.key];
    if (to !== undefined) return act(event, () => (event.shiftKey ? this.#extendTo(to) : this.#go(to)));
    /** @type {Record<string, () => unknown>} */
    const keys = {
      ArrowRight: () => this.#into(),
      ArrowLeft: () => this.#outOf(),
      Enter: () => row && (row.folder ? this.#open(row, !row.open) : tell(this, "layer-about")),
      " ": () => (event.shiftKey ? this.#extendTo(active) : this.#flip(active)),
      "*": () => tell(this, "layer-open-beside", active),
      Delete: () => this.exclude(),
      F2: () => row && tell(this, "layer-rename", row),
      Escape: () => this.#cut.length > 0 && this.#setCut([]),
    };
    const known = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (known && event.key === "Escape" && this.#cut.length === 0) return;
    if (known) return act(event, known);
    if (event.key.length === 1 && !"/?".includes(event.key)) act(event, () => this.#type(event.key));
  }

  /** Selects a row and nothing else. @param {number} wanted */
  #go(wanted) {
    this.#focusOn(wanted);
    this.#anchor = this.#window.active;
    this.#wanted = this.#window.active;
    this.#refocus = false;
    this.#arrived();
  }

  /** Moves the focus alone. @param {number} wanted */
  #focusOn(wanted) {
    const index = Math.max(0, Math.min(wanted, this.#window.total - 1));
    this.#window.active = index;
    this.#window.show(index);
    this.focusRow();
  }

  /** @param {number} index */
  #flip(index) {
    this.#focusOn(index);
    const path = this.activeRow?.path;
    if (path === undefined) return;
    this.#anchor = index;
    if (!this.#picked.delete(path)) this.#picked.add(path);
    this.#tellSelection();
  }

  /** @param {number} index */
  async #extendTo(index) {
    this.#focusOn(index);
    const [first, last] = [this.#anchor, this.#window.active].sort((a, b) => a - b);
    this.#picked = new Set(await this.ask("paths", [first ?? 0, (last ?? 0) - (first ?? 0) + 1]));
    this.#tellSelection();
  }

  async #pickAll() {
    this.#picked = new Set(await this.ask("paths", [0, this.#window.total]));
    this.#tellSelection();
  }

  /** The next row that begins with what is typed; one letter again and again goes on to the next. @param {string} letter */
  async #type(letter) {
    const now = performance.now();
    const goesOn = now - this.#typed.at < TYPED;
    const text = goesOn && this.#typed.text !== letter ? this.#typed.text + letter : letter;
    this.#typed = { text, at: now };
    const from = text.length === 1 ? this.#window.active + 1 : this.#window.active;
    const found = await this.ask("seek", [from, text]);
    if (found !== undefined && found !== null) this.#go(found);
  }

  #into() {
    const row = this.activeRow;
    if (!row?.folder) return;
    if (row.open) this.#go(this.#window.active + 1);
    else this.#open(row, true);
  }

  #outOf() {
    const row = this.activeRow;
    if (!row) return;
    if (row.folder && row.open) this.#open(row, false);
    else if (row.parent !== null && row.parent !== undefined) this.#go(row.parent);
  }

  /**
   * @param {TreeRow} row
   * @param {boolean} open
   */
  #open(row, open) {
    tell(this, "layer-open", { path: row.path, open });
  }

  /** All that is selected, else the active row. */
  get paths() {
    const row = this.activeRow;
    return this.#picked.size > 0 ? [...this.#picked] : row ? [row.path] : [];
  }

  /** Leaves out what is selected, or takes it back. */
  exclude() {
    const [row, paths] = [this.activeRow, this.paths];
    const op = row?.excluded ? "include" : "exclude";
    if (paths.length > 0) tell(this, "layer-operate", together(paths.map((path) => ({ op, path }))));
  }

  cut() {
    this.#setCut(this.paths);
  }

  /** @param {string[]} paths */
  #setCut(paths) {
    this.#cut = paths;
    this.#window.redraw();
    tell(this, "layer-cut", paths.length);
  }

  get hasCut() {
    return this.#cut.length > 0;
  }

  /** Moves what was cut into the folder that is selected, or beside the file. */
  paste() {
    const row = this.activeRow;
    const operations = row ? moves(this.#cut, folderOf(row)) : [];
    this.#setCut([]);
    if (operations.length > 0) tell(this, "layer-operate", together(operations));
  }

  /** @param {DragEvent} event */
  #dragStart(event) {
    const index = indexOf(event.target);
    const row = index === null ? undefined : this.#window.row(index);
    if (index === null || !row || !event.dataTransfer) return;
    if (!this.#picked.has(row.path)) this.#go(index);
    event.dataTransfer.setData(DRAGGED, JSON.stringify([...this.#picked]));
    event.dataTransfer.effectAllowed = "move";
  }

  /** @param {DragEvent} event */
  #dragOver(event) {
    const index = indexOf(event.target);
    for (const marked of this.querySelectorAll(".target")) marked.classList.remove("target");
    const row = index === null ? undefined : this.#window.row(index);
    if (!event.dataTransfer?.types.includes(DRAGGED) || event.type === "dragend" || event.type === "dragleave") return;
    event.preventDefault();
    const folder = row ? folderOf(row) : "";
    if (event.type === "dragover") {
      event.dataTransfer.dropEffect = "move";
      if (index !== null && row?.folder) this.#window.drawn(index)?.classList.add("target");
      return;
    }
    /** @type {string[]} */
    const paths = JSON.parse(event.dataTransfer.getData(DRAGGED));
    const operations = moves(paths, folder);
    if (operations.length > 0) tell(this, "layer-operate", together(operations));
  }

  /** True while the focus is in the tree. */
  get hasFocus() {
    return this.contains(focused(this));
  }
}

/** The type of what is dragged within the tree: no other page, and no program, takes it for something else. */
const DRAGGED = "application/x-layerdrop-paths";

/** The folder that a row stands for when something is put there. @param {TreeRow} row */
export function folderOf(row) {
  return row.folder ? row.path : row.path.split("/").slice(0, -1).join("/");
}

/**
 * @param {KeyboardEvent} event
 * @param {(() => unknown) | undefined} does
 */
function act(event, does) {
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}

/** @param {EventTarget | null} target */
function indexOf(target) {
  const row = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-index]")) : null;
  return row ? Number(row.dataset.index) : null;
}

define("layer-tree", LayerTreeElement);
