/**
 * `<layer-drop>`: dropped files in, an AWS Lambda layer out, in the browser.
 *
 *     <script type="module" src="layer-drop.js"></script>
 *     <layer-drop layer-name="my-dependencies"></layer-drop>
 *
 * Attributes   `runtime`, `architecture` (lists, separated by spaces or commas), `layer-name`, `description`, `license-info`, `region`, `profile`,
 *              `s3-bucket`, `s3-key`, `layout`; each also as `data-…`. `whole-window`: drops, pastes and shortcuts count everywhere in the window.
 * Properties   `settings`: setting it merges a partial object, reading it gives all. `ready`: a promise of { worker, version }, kept when worker and wasm are up.
 * Methods      `addFiles([{ path, blob, mode?, mtime? }], { signal? })`, `plan()`, `apply(operation)`, `undo()`, `redo()`, `build({ signal?, workers? })`, `clear()`.
 *              They return promises and are answered in the order of the calls; `workers` has no effect yet. None needs the element to be visible.
 * Events       `layerdrop-ready` { worker: "blob" | "url", version }, `layerdrop-change` { entryCount, sizes, settings }, `layerdrop-findings` { findings },
 *              `layerdrop-progress` { phase, done, total, detail }, `layerdrop-built` (what `build` returns), `layerdrop-download` { blob, fileName }
 *              (cancelable: the page saves the file itself), `layerdrop-error` { name, message, error }. All bubble and are composed.
 * Errors       are `Error`s with a stable `name` and a message that says what was found and what was expected; a cancelled call rejects with an `AbortError`.
 * Parts        see ::part names in `layer-workbench.js`; custom properties in `style.js`.
 *
 * The engine starts when the element is connected and ends when it is removed; moved or added again, the element goes on where it was.
 */

import { define } from "./dom.js";
import { Engine, isAbort } from "./engine.js";
import { OBSERVED, noSettings, settingOf } from "./layer-attributes.js";
import { LayerWorkbenchElement } from "./layer-workbench.js";
import { sheet } from "./style.js";
import { count } from "./text.js";

/** @typedef {wasm_bindgen.Settings} Settings */
/** @typedef {wasm_bindgen.Overview} Overview */
/** @typedef {wasm_bindgen.Operation} Operation */
/** @typedef {wasm_bindgen.Layer} Layer */
/** @typedef {wasm_bindgen.DroppedFile} DroppedFile */
/** @typedef {import("./engine.js").Call} Call */
/** @typedef {{ worker: "blob" | "url", version: string }} Ready */

/** A saved file's URL is kept this long: Safari reads it late. */
const KEEP_URL = 60_000;

/** Milliseconds between two reports of a walk; the worker thins out its own. */
const PROGRESS_INTERVAL = 50;

export class LayerDropElement extends HTMLElement {
  static observedAttributes = [...OBSERVED, "whole-window"];

  #engine = new Engine();
  #bench = new LayerWorkbenchElement();
  /** All settings, so that reading them needs no worker. */
  #settings = noSettings();
  /** Settings on their way to the worker. @type {Partial<Settings>} */
  #unsent = {};
  /** @type {Overview | null} */
  #overview = null;
  /** What was built from exactly the present state. @type {Layer | null} */
  #layer = null;
  #building = false;
  /** Walks through dropped folders that are under way. @type {Set<AbortController>} */
  #walks = new Set();
  #ready = withResolvers();
  #version = "";

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.addEventListener("layer-intake", (event) => void this.#intake(detail(event)));
    root.addEventListener("layer-open", (event) => void this.#open(detail(event)));
    root.addEventListener("layer-operate", (event) => void this.apply(detail(event)).catch(reported));
    root.addEventListener("layer-choose", (event) => this.#choose(detail(event)));
    root.addEventListener("layer-undo", () => void this.#step("undo"));
    root.addEventListener("layer-redo", () => void this.#step("redo"));
    root.addEventListener("layer-clear", () => void this.clear().then(() => this.#bench.announce("Started over."), reported));
    root.addEventListener("layer-build", () => void this.build().then(() => this.#bench.reveal(), reported));
    root.addEventListener("layer-save", (event) => this.#save(detail(event)));
    root.addEventListener("layer-cancel", () => this.#cancel());
    this.#engine.onWork = (call) => this.#work(call);
    this.#engine.onProgress = (progress) => this.#progress(progress);
    this.#engine.onStart = (start) => this.#started(start);
    this.#bench.tree.ask = (first, length) => this.#call("rows", [first, length]);
    this.#ready.promise.catch(reported);
  }

  connectedCallback() {
    if (!this.#bench.isConnected) this.shadowRoot?.append(this.#bench);
    this.#listen();
    this.#engine.start().then(
      () => this.#flush(),
      (error) => {
        this.#ready.reject(error);
        this.#report(error);
      },
    );
  }

  disconnectedCallback() {
    // A moved element is connected again within the same task.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#listen();
      this.#cancel();
      this.#engine.stop();
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "whole-window") this.#listen();
    else this.#choose(settingOf(this, name));
  }

  /** Kept when worker and wasm are up. @returns {Promise<Ready>} */
  get ready() {
    return this.#ready.promise;
  }

  /** @returns {Settings} */
  get settings() {
    return structuredClone(this.#settings);
  }

  /** @param {Partial<Settings>} partial */
  set settings(partial) {
    if (typeof partial !== "object" || partial === null) throw new TypeError(`found ${partial} as settings, expected an object`);
    this.#choose(structuredClone(partial));
  }

  /**
   * `await el.addFiles([{ path: "pkg/module.py", blob: new Blob(["x = 1"]) }])`; `path` is `/`-separated, as dropped.
   * @param {Iterable<DroppedFile>} files
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<void>}
   */
  async addFiles(files, options) {
    // Size and time as they are now: a file that is deleted later reads as empty, without an error, and only these tell.
    await this.#change("add", [Array.from(files, record)], options);
  }

  /**
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<wasm_bindgen.Plan>}
   */
  async plan(options) {
    return this.#call("plan", [], options);
  }

  /**
   * `await el.apply({ op: "exclude", path: "some/folder" })`.
   * @param {Operation} operation
   * @returns {Promise<void>}
   */
  async apply(operation) {
    await this.#change("apply", [operation]);
  }

  /** @returns {Promise<void>} */
  async undo() {
    await this.#change("undo", []);
  }

  /** @returns {Promise<void>} */
  async redo() {
    await this.#change("redo", []);
  }

  /** @returns {Promise<void>} */
  async clear() {
    this.#bench.dismiss();
    await this.#change("clear", []);
  }

  /**
   * `const { blob, codeSha256 } = await el.build()`.
   * @param {{ signal?: AbortSignal, workers?: number }} [options]
   * @returns {Promise<Layer>}
   */
  async build(options = {}) {
    this.#bench.dismiss();
    const layer = await this.#call("build", [], { signal: options.signal });
    this.#layer = layer;
    this.#showResult();
    this.#bench.announce(`Layer ready: ${layer.fileName}, ${count(layer.size, "byte")}. Download and publish command follow the Build button.`, false);
    this.#emit("layerdrop-built", layer);
    return layer;
  }

  /**
   * @template {Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<wasm_bindgen.Session[Name]>>} args
   * @param {{ signal?: AbortSignal }} [options]
   */
  async #call(call, args, options) {
    this.#flush();
    try {
      return await this.#engine.call(call, args, options);
    } catch (error) {
      this.#report(error);
      throw error;
    }
  }

  /** After an error the page shows what the engine really has. */
  #refresh() {
    this.#engine.call("overview", []).then((overview) => this.#show(overview), reported);
  }

  /**
   * A call that changes the layer: what was built before is out of date.
   * @param {"add" | "setSettings" | "apply" | "undo" | "redo" | "clear"} call
   * @param {any[]} args
   * @param {{ signal?: AbortSignal }} [options]
   */
  async #change(call, args, options) {
    const overview = await this.#call(call, /** @type {any} */ (args), options);
    this.#layer = null;
    this.#show(overview);
    const { entryCount, sizes, settings, findings } = overview;
    this.#emit("layerdrop-change", { entryCount, sizes, settings });
    this.#emit("layerdrop-findings", { findings });
  }

  /** @param {Partial<Settings>} partial */
  #choose(partial) {
    Object.assign(this.#settings, partial);
    Object.assign(this.#unsent, partial);
    // Together with what else is set in this task.
    queueMicrotask(() => this.isConnected && this.#flush());
  }

  /** Sends the settings that were set since the last call, before the next one. */
  #flush() {
    const unsent = this.#unsent;
    if (Object.keys(unsent).length === 0) return;
    this.#unsent = {};
    void this.#change("setSettings", [unsent]).catch(reported);
  }

  /** @param {Overview} overview */
  #show(overview) {
    this.#overview = overview;
    this.#settings = Object.assign(overview.settings, this.#unsent);
    this.#bench.show(overview, this.#layer, this.#building);
    this.#bench.tree.refresh(overview.rowCount);
  }

  #showResult() {
    if (this.#overview) this.#bench.showResult(this.#overview, this.#layer, this.#building);
  }

  /** The one end of drop, paste and pickers. @param {{ way: import("./layer-drop-zone.js").Way, read: import("./layer-drop-zone.js").Read }} given */
  async #intake({ way, read }) {
    const walk = new AbortController();
    this.#walks.add(walk);
    this.#bench.dismiss();
    let told = 0;
    const walking = (/** @type {number} */ done) => {
      if (performance.now() - told < PROGRESS_INTERVAL) return;
      told = performance.now();
      this.#progress({ phase: "walking", done, total: 0, detail: "" });
    };
    try {
      const { files, folders, problems } = await read({ signal: walk.signal, onProgress: walking });
      if (problems.length > 0) this.#bench.alert(`${count(problems.length, "item")} could not be read and ${problems.length === 1 ? "is" : "are"} left out:`, problems);
      if (files.length > 0) await this.addFiles(files, { signal: walk.signal });
      this.#bench.announce([found(way, files.length, folders), this.#judged()].filter(Boolean).join(" "));
    } catch (error) {
      if (isAbort(error)) this.#bench.announce("Cancelled. Nothing was added.");
    } finally {
      this.#walks.delete(walk);
      if (!this.#working) this.#bench.progress.hide();
    }
  }

  /** `1 error, 2 warnings.` */
  #judged() {
    const findings = this.#overview?.findings ?? [];
    const severities = /** @type {const} */ (["error", "warning"]);
    const counted = severities.map((severity) => /** @type {const} */ ([severity, findings.filter((finding) => finding.severity === severity).length]));
    const words = counted.filter(([, number]) => number > 0).map(([severity, number]) => count(number, severity));
    return words.length > 0 ? `${words.join(", ")}.` : "";
  }

  /** Folders open and close without a change of the layer. @param {{ path: string, open: boolean }} folder */
  async #open({ path, open }) {
    const overview = await this.#call("toggle", [path, open]).catch(reported);
    if (overview) this.#show(overview);
  }

  /** @param {"undo" | "redo"} direction */
  async #step(direction) {
    const name = this.#overview?.[direction];
    if (!name) return;
    await this[direction]().then(() => this.#bench.announce(`${direction === "undo" ? "Undone" : "Done again"}: ${name}.`), reported);
  }

  #cancel() {
    for (const walk of this.#walks) walk.abort();
    this.#engine.cancel();
  }

  #working = false;

  /** @param {Call | null} call */
  #work(call) {
    this.#working = call !== null;
    if (this.#building !== (call === "build")) {
      this.#building = call === "build";
      this.#showResult();
    }
    if (call) this.#bench.progress.show({ phase: PHASES.get(call) ?? "Working", done: 0, total: 0, detail: "" });
    else if (this.#walks.size === 0) this.#bench.progress.hide();
  }

  /** @param {wasm_bindgen.Progress | { phase: "walking", done: number, total: number, detail: string }} progress */
  #progress(progress) {
    this.#bench.progress.show(progress);
    this.#emit("layerdrop-progress", progress);
  }

  /** @param {import("./engine.js").Start} start */
  #started({ kind, catalogue }) {
    if (this.#version) return; // A restart after a cancel or a crash: the page has all this.
    this.#version = catalogue.version;
    this.#bench.settings.catalogue = catalogue;
    this.#bench.settings.settings = this.#settings;
    const detail = { worker: kind, version: catalogue.version };
    this.#ready.resolve(detail);
    this.#emit("layerdrop-ready", detail);
  }

  /** @param {unknown} thrown */
  #report(thrown) {
    if (isAbort(thrown)) return;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#bench.alert(error.message);
    this.#emit("layerdrop-error", { name: error.name, message: error.message, error });
    if (this.#version) this.#refresh();
  }

  /** @param {{ blob: Blob, fileName: string }} file */
  #save({ blob, fileName }) {
    if (!this.#emit("layerdrop-download", { blob, fileName }, true)) return;
    const url = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_URL);
    this.#bench.announce(`Download of ${fileName} started.`);
  }

  /** Where drops, pastes and shortcuts are heard: the element, or the window when the element is the whole page. */
  #listen() {
    const scope = !this.isConnected ? null : this.hasAttribute("whole-window") ? window : this;
    this.#bench.zone.scope = scope;
    for (const target of [window, this]) {
      target.removeEventListener("keydown", this.#shortcut);
      if (target === scope) target.addEventListener("keydown", this.#shortcut);
    }
  }

  /** @param {Event} event */
  #shortcut = (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = /** @type {KeyboardEvent} */ (event);
    const typing = event.composedPath()[0] instanceof HTMLInputElement && /** @type {HTMLInputElement} */ (event.composedPath()[0]).type === "text";
    if (key === "Escape" && (this.#working || this.#walks.size > 0)) this.#cancel();
    if (typing || altKey || !(ctrlKey || metaKey)) return;
    const letter = key.toLowerCase();
    const direction = letter === "y" || (letter === "z" && shiftKey) ? "redo" : letter === "z" ? "undo" : null;
    if (!direction) return;
    event.preventDefault();
    void this.#step(direction);
  };

  /**
   * @param {string} name
   * @param {unknown} detail
   * @param {boolean} cancelable
   */
  #emit(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
  }
}

/** The phase to show until the first report of a call. @type {Map<Call, string>} */
const PHASES = new Map([
  ["add", "reading"],
  ["build", "packing"],
]);

/**
 * @param {string} way
 * @param {number} files
 * @param {number} folders
 */
function found(way, files, folders) {
  if (files === 0) return folders > 0 ? `Nothing added: ${count(folders, "folder")} without files.` : `Nothing added: the ${way === "paste" ? "clipboard" : "selection"} holds no files.`;
  if (folders === 0) return `Added ${count(files, "file")}.`;
  return `Added ${count(files, "file")}, ${count(folders, "folder")} – symlinks are never included.`;
}

/** @param {Event} event */
function detail(event) {
  return /** @type {CustomEvent} */ (event).detail;
}

/** @param {DroppedFile} file */
function record({ path, blob, mode, mtime }) {
  if (typeof path !== "string" || !(blob instanceof Blob)) throw new TypeError(`found ${typeof path} and ${typeof blob} as path and blob of a file, expected a string and a Blob`);
  return { path, blob, mode, size: blob.size, mtime: blob instanceof File ? blob.lastModified : mtime };
}

/** For calls of the page itself: their errors have been shown already. */
function reported() {
  return undefined;
}

/** `Promise.withResolvers`, which browsers of 2023 lack. */
function withResolvers() {
  /** @type {(ready: Ready) => void} */
  let resolve = () => {};
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  /** @type {Promise<Ready>} */
  const promise = new Promise((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

define("layer-drop", LayerDropElement);
