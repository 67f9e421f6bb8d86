/**
 * What a person does on the workbench, done through the element's public methods: so a script can do all of it too.
 */

import { isAbort } from "./engine.js";
import { count, visible } from "./text.js";

/** @typedef {import("./layer-drop-element.js").LayerDropElement} LayerDropElement */
/** @typedef {import("./layer-workbench.js").LayerWorkbenchElement} LayerWorkbenchElement */
/** @typedef {import("./layer-drop-zone.js").Way} Way */
/** @typedef {{ way: Way, read: import("./layer-drop-zone.js").Read }} Intake */
/** @typedef {{ phase: "walking", done: number, total: number, detail: string }} Walking */

/**
 * What a hand needs beyond the public methods, because it changes nothing in the layer.
 * @typedef {object} Inside
 * @property {() => wasm_bindgen.Overview | null} overview
 * @property {() => boolean} busy
 * @property {(folder: { path: string, open: boolean }) => void} open
 * @property {(progress: Walking) => void} progress
 * @property {() => void} cancel
 * @property {(file: { blob: Blob, fileName: string }) => boolean} mayDownload
 */

/** A saved file's URL is kept this long: Safari reads it late. */
const KEEP_URL = 60_000;

/** Milliseconds between two reports of a walk; the worker thins out its own. */
const PROGRESS_INTERVAL = 50;

export class ByHand {
  #element;
  #bench;
  #inside;
  /** Walks through dropped folders that are under way. @type {Set<AbortController>} */
  #walks = new Set();

  /**
   * @param {LayerDropElement} element
   * @param {LayerWorkbenchElement} bench
   * @param {Inside} inside
   */
  constructor(element, bench, inside) {
    this.#element = element;
    this.#bench = bench;
    this.#inside = inside;
    /** @type {[string, (detail: any) => unknown][]} */
    const wishes = [
      ["layer-intake", (intake) => this.#take(intake)],
      ["layer-open", (folder) => inside.open(folder)],
      ["layer-operate", (operation) => element.apply(operation).then(() => this.#done("Done"), shown)],
      ["layer-choose", (settings) => (element.settings = settings)],
      ["layer-undo", () => this.#step("undo")],
      ["layer-redo", () => this.#step("redo")],
      ["layer-clear", () => element.clear().then(() => this.#done("Started over"), shown)],
      ["layer-build", () => element.build().then(() => bench.reveal(), shown)],
      ["layer-save", (file) => this.#save(file)],
      ["layer-cancel", () => this.cancel()],
    ];
    for (const [name, act] of wishes) {
      bench.addEventListener(name, (event) => void act(/** @type {CustomEvent} */ (event).detail));
    }
  }

  /** True while dropped folders are walked through. */
  get walking() {
    return this.#walks.size > 0;
  }

  /** Cancels whatever is being done. */
  cancel() {
    for (const walk of this.#walks) walk.abort();
    this.#inside.cancel();
  }

  /**
   * Where drops, pastes and shortcuts are heard: the element, or the window when the element is the whole page.
   * @param {EventTarget | null} scope
   */
  listen(scope) {
    this.#bench.zone.scope = scope;
    for (const target of [window, this.#element]) {
      target.removeEventListener("keydown", this.#shortcut);
      if (target === scope) target.addEventListener("keydown", this.#shortcut);
    }
  }

  /** The one end of drop, paste and pickers. @param {Intake} intake */
  async #take({ way, read }) {
    const walk = new AbortController();
    this.#walks.add(walk);
    this.#bench.dismiss();
    try {
      const { files, folders, problems } = await read({ signal: walk.signal, onProgress: this.#reporter() });
      if (problems.length > 0) {
        const items = count(problems.length, "item");
        this.#bench.alert(`${items} could not be read and ${problems.length === 1 ? "is" : "are"} left out:`, problems);
      }
      if (files.length > 0) await this.#element.addFiles(files, { signal: walk.signal });
      this.#bench.announce([found(way, files.length, folders), this.#judged()].filter(Boolean).join(" "));
    } catch (error) {
      if (isAbort(error)) this.#bench.announce("Cancelled. Nothing was added.");
    } finally {
      this.#walks.delete(walk);
      if (!this.#inside.busy()) this.#bench.progress.hide();
    }
  }

  /** @returns {(files: number) => void} */
  #reporter() {
    let told = 0;
    return (done) => {
      if (performance.now() - told < PROGRESS_INTERVAL) return;
      told = performance.now();
      this.#inside.progress({ phase: "walking", done, total: 0, detail: "" });
    };
  }

  /** `1 error, 2 warnings.` */
  #judged() {
    const findings = this.#inside.overview()?.findings ?? [];
    const words = ["error", "warning"].flatMap((severity) => {
      const number = findings.filter((finding) => finding.severity === severity).length;
      return number > 0 ? [count(number, severity)] : [];
    });
    return words.length > 0 ? `${words.join(", ")}.` : "";
  }

  /** Says what was done, and offers to take it back. @param {string} word */
  #done(word) {
    const step = this.#inside.overview()?.undo ?? null;
    const named = word === "Done" && step ? `${word}: ${visible(step)}.` : `${word}.`;
    this.#bench.announce(named, true, step);
  }

  /** @param {"undo" | "redo"} direction */
  async #step(direction) {
    const name = this.#inside.overview()?.[direction];
    if (!name) return;
    const done = direction === "undo" ? "Undone" : "Done again";
    await this.#element[direction]().then(() => this.#bench.announce(`${done}: ${name}.`), shown);
  }

  /** @param {{ blob: Blob, fileName: string }} file */
  #save({ blob, fileName }) {
    if (!this.#inside.mayDownload({ blob, fileName })) return;
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_URL);
    // Not "saved": a sandboxed frame drops the download without a sign.
    this.#bench.announce(`Download of ${fileName} started.`);
  }

  /** @param {Event} event */
  #shortcut = (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = /** @type {KeyboardEvent} */ (event);
    if (key === "Escape" && (this.walking || this.#inside.busy())) this.cancel();
    if (altKey || !(ctrlKey || metaKey) || takesText(event.composedPath()[0])) return;
    const letter = key.toLowerCase();
    const direction = letter === "y" || (letter === "z" && shiftKey) ? "redo" : letter === "z" ? "undo" : null;
    if (!direction) return;
    event.preventDefault();
    void this.#step(direction);
  };
}

/**
 * @param {Way} way
 * @param {number} files
 * @param {number} folders
 */
function found(way, files, folders) {
  if (files === 0 && folders > 0) return `Nothing added: ${count(folders, "folder")} without files.`;
  if (files === 0) return `Nothing added: the ${way === "paste" ? "clipboard" : "selection"} holds no files.`;
  if (folders === 0) return `Added ${count(files, "file")}.`;
  return `Added ${count(files, "file")}, ${count(folders, "folder")} – symlinks are never included.`;
}

/** @param {EventTarget | undefined} target */
function takesText(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input[type=text], textarea"));
}

/** For errors that the element has shown and told already. */
function shown() {
  return undefined;
}
