/**
 * The class of `<layer-drop>`, which importing does not define: `layer-drop.js` does.
 */

import { ByHand } from "./by-hand.js";
import { defineParts } from "./dom.js";
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

const WHOLE_WINDOW = ["whole-window", "data-whole-window"];

export class LayerDropElement extends HTMLElement {
  static observedAttributes = [...OBSERVED, ...WHOLE_WINDOW];

  #engine = new Engine();
  #bench = workbench();
  #byHand = new ByHand(this, this.#bench, {
    overview: () => this.#overview,
    busy: () => this.#doing !== null,
    open: (folder) => void this.#open(folder),
    progress: (progress) => this.#progress(progress),
    cancel: () => this.#engine.cancel(),
    mayDownload: (file) => this.#emit("layerdrop-download", file, true),
  });
  /** All settings, so that reading them needs no worker. */
  #settings = noSettings();
  /** Settings for the next call to take along. @type {Partial<Settings>} */
  #unsent = {};
  /** Settings that were sent: older answers don't know them. @type {Partial<Settings>[]} */
  #unanswered = [];
  /** @type {Overview | null} */
  #overview = null;
  /** What was built from exactly the present state. @type {Layer | null} */
  #layer = null;
  /** What the engine is doing. @type {Call | null} */
  #doing = null;
  #ready = withResolvers();
  #version = "";

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.#engine.onWork = (call) => this.#work(call);
    this.#engine.onProgress = (progress) => this.#progress(progress);
    this.#engine.onStart = (start) => this.#started(start);
    this.#bench.ask = (call, args) => this.#ask(call, args);
    this.#ready.promise.catch(reported);
  }

  connectedCallback() {
    if (!this.#bench.parentNode) this.shadowRoot?.append(this.#bench);
    this.#listen();
    this.#engine.start().then(
      () => this.#flush(),
      (error) => {
        if (isAbort(error)) return; // Removed before it was up: another start follows when it is added again.
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
      this.#byHand.cancel();
      this.#engine.stop();
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (WHOLE_WINDOW.includes(name)) this.#listen();
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
    if (typeof partial !== "object" || partial === null)
      throw new TypeError(`found ${partial} as settings, expected an object`);
    this.#choose(structuredClone(partial));
  }

  /**
   * `await el.addFiles([{ path: "pkg/module.py", blob: new Blob(["x = 1"]) }])`; `path` is `/`-separated, as dropped.
   * @param {Iterable<DroppedFile>} files
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<void>}
   */
  async addFiles(files, options) {
    if (typeof files?.[Symbol.iterator] !== "function") throw new TypeError(`found ${typeof files} as files, expected a list of { path, blob }`);
    // Size and time as they are now: a file that is deleted later reads as empty, without an error; only these tell.
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
    const layer = await this.#call("build", [options.workers], { signal: options.signal });
    this.#layer = layer;
    this.#showResult();
    this.#bench.announce(
      `Layer ready: ${layer.fileName}, ${count(layer.size, "byte")}. Download and command follow the Build button.`,
      false,
    );
    this.#emit("layerdrop-built", layer);
    return layer;
  }

  /**
   * The built layer again, with commands and snippets for the version that AWS made of it.
   * @param {string} answer  what the publish command printed, of all regions together
   * @returns {Promise<wasm_bindgen.Published>}
   */
  async published(answer) {
    if (typeof answer !== "string") throw new TypeError(`found ${typeof answer} as the answer, expected a string`);
    return this.#call("published", [answer]);
  }

  /**
   * What was decided, and about which files, as the text of a `layer.json`.
   * @returns {Promise<string>}
   */
  async recipe() {
    return this.#call("recipe", []);
  }

  /**
   * Decides as a recipe did, in one step, and says how the files that are there compare with the recipe's.
   * @param {string | object} recipe  the text of a `layer.json`, or what it holds
   * @returns {Promise<wasm_bindgen.Comparison>}
   */
  async applyRecipe(recipe) {
    const text = typeof recipe === "string" ? recipe : (JSON.stringify(recipe) ?? "");
    const comparison = await this.#call("applyRecipe", [text]);
    await this.#change("overview", []);
    return comparison;
  }

  /**
   * @template {Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<import("./engine.js").Calls[Name]>>} args
   * @param {{ signal?: AbortSignal }} [options]
   */
  async #call(call, args, options) {
    this.#flush();
    try {
      return await this.#engine.call(call, args, options);
    } catch (error) {
      this.#report(error);
      // The page shows what the engine really has now.
      if (this.#version && !isAbort(error))
        this.#engine.call("overview", []).then((overview) => this.#show(overview), reported);
      throw error;
    }
  }

  /**
   * For the parts: questions that change nothing in the layer.
   * @template {Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<import("./engine.js").Calls[Name]>>} args
   */
  async #ask(call, args) {
    try {
      return await this.#engine.call(call, args);
    } catch (error) {
      this.#report(error);
      throw error;
    }
  }

  /**
   * A call that changes the layer: what was built before is out of date.
   * @param {"add" | "setSettings" | "apply" | "overview" | "undo" | "redo" | "clear"} call
   * @param {any[]} args
   * @param {{ signal?: AbortSignal, answered?: () => void }} [options]
   */
  async #change(call, args, options) {
    const overview = await this.#call(call, /** @type {any} */ (args), options).finally(options?.answered);
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
    this.#unanswered.push(unsent);
    const answered = () => (this.#unanswered = this.#unanswered.filter((other) => other !== unsent));
    void this.#change("setSettings", [unsent], { answered }).catch(reported);
  }

  /** @param {Overview} overview */
  #show(overview) {
    this.#overview = overview;
    this.#settings = Object.assign(overview.settings, ...this.#unanswered, this.#unsent);
    this.#bench.show(overview, this.#layer, this.#doing === "build");
  }

  #showResult() {
    if (this.#overview) this.#bench.showResult(this.#overview, this.#layer, this.#doing === "build");
  }

  /** Folders open and close without a change of the layer. @param {{ path: string, open: boolean }} folder */
  async #open({ path, open }) {
    const sight = await this.#call("toggle", [path, open]).catch(reported);
    if (sight) this.#bench.contents.refresh(sight.rowCount);
  }

  /** @param {Call | null} call */
  #work(call) {
    const rebuilt = (this.#doing === "build") !== (call === "build");
    this.#doing = call;
    if (rebuilt) this.#showResult();
    if (call) this.#bench.progress.show({ phase: PHASES.get(call) ?? "Working", done: 0, total: 0, detail: "" });
    else if (!this.#byHand.walking) this.#bench.progress.hide();
  }

  /** @param {wasm_bindgen.Progress} progress */
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
  }

  #listen() {
    this.#byHand.listen(!this.isConnected ? null : WHOLE_WINDOW.some((name) => this.hasAttribute(name)) ? window : this);
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   * @param {boolean} cancelable
   */
  #emit(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
  }
}

/** Its parts are defined no sooner than they are needed, so that importing this class does nothing. */
function workbench() {
  defineParts();
  return new LayerWorkbenchElement();
}

/** The phase to show until the first report of a call. @type {Map<Call, string>} */
const PHASES = new Map([
  ["add", "reading"],
  ["build", "packing"],
]);

/** @param {DroppedFile} file */
function record({ path, blob, mode, mtime }) {
  if (typeof path !== "string" || !(blob instanceof Blob))
    throw new TypeError(
      `found ${typeof path} and ${typeof blob} as path and blob of a file, expected a string and a Blob`,
    );
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
