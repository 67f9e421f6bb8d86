/**
 * The class of `<layer-drop>`, which importing does not define: `layer-drop.js` does.
 */

import { ByHand } from "./by-hand.js";
import { defineParts } from "./page/dom.js";
import { record } from "./drop/dropped-files.js";
import { Engine, isAbort } from "./engine/engine.js";
import { OBSERVED, noSettings, settingOf } from "./settings/layer-attributes.js";
import { KeptSession } from "./engine/kept-session.js";
import { LayerWorkbenchElement } from "./layer-workbench.js";
import { program } from "./engine/program.js";
import { reported, withResolvers } from "./page/promises.js";
import { sheet } from "./page/style.js";
import { languageOf, speak, words } from "./words.js";

/** @typedef {wasm_bindgen.Settings} Settings */
/** @typedef {wasm_bindgen.Overview} Overview */
/** @typedef {wasm_bindgen.Operation} Operation */
/** @typedef {wasm_bindgen.Layer} Layer */
/** @typedef {wasm_bindgen.DroppedFile} DroppedFile */
/** @typedef {{ worker: "blob" | "url", version: string }} Ready */

const WHOLE_WINDOW = ["whole-window", "data-whole-window"];
const KEEP_SESSION = ["keep-session", "data-keep-session"];

export class LayerDropElement extends HTMLElement {
  static observedAttributes = [...OBSERVED, ...WHOLE_WINDOW, ...KEEP_SESSION, "lang"];

  /**
   * Where a bundler or a host has put the worker's whole script and the wasm, told before the first element is made:
   * `LayerDropElement.program = { worker: "/assets/worker.js", wasm: "/assets/layerdrop.wasm" }`.
   * @param {{ worker: string, wasm: string }} urls
   */
  static set program({ worker, wasm }) {
    program.worker = new URL(worker, document.baseURI).href;
    program.wasm = new URL(wasm, document.baseURI).href;
  }

  #engine = new Engine();
  #bench = workbench();
  #byHand = new ByHand(this, this.#bench, {
    overview: () => this.#overview,
    busy: () => this.#doing !== null,
    open: (folder) => void this.#open(folder),
    progress: (progress) => this.#progress(progress),
    cancel: () => this.#engine.cancel(),
    kept: new KeptSession(this.#engine, () => this.#overview?.recognised.map(({ source }) => source) ?? []),
    flush: () => this.#flush(),
    refresh: () => this.#change("overview", []),
    report: (error) => this.#report(error),
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
  /** What the engine is doing. @type {import("./engine/engine.js").Call | null} */
  #doing = null;
  /** @type {{ promise: Promise<Ready>, resolve: (ready: Ready) => void, reject: (error: unknown) => void }} */
  #ready = withResolvers();
  #version = "";
  /** @type {wasm_bindgen.Catalogue | null} */
  #catalogue = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.#engine.onWork = (call) => this.#work(call);
    this.#engine.onProgress = (progress) => this.#progress(progress);
    this.#engine.onStart = (start) => this.#started(start);
    this.#bench.ask = this.#ask;
    this.#ready.promise.catch(reported);
  }

  connectedCallback() {
    this.#listen();
    addEventListener("beforeprint", this.#printed);
    this.#say();
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
      removeEventListener("beforeprint", this.#printed);
      this.#byHand.cancel();
      this.#engine.stop();
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (WHOLE_WINDOW.includes(name) || KEEP_SESSION.includes(name)) this.#listen();
    else if (name === "lang") this.#say();
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
    this.#bench.announce(words.said.ready(layer.fileName, layer.size), false);
    this.#emit("layerdrop-built", layer);
    return layer;
  }

  /**
   * The built layer again, with commands and snippets for the version that AWS made of it. The page shows those from now on.
   * @param {string} answer  what the publish command printed, of all regions together
   * @returns {Promise<wasm_bindgen.Published>}
   */
  async published(answer) {
    if (typeof answer !== "string") throw new TypeError(`found ${typeof answer} as the answer, expected a string`);
    const layer = this.#layer;
    const published = await this.#call("published", [answer]);
    if (layer && this.#layer === layer) {
      this.#layer = { ...layer, ...published };
      this.#showResult();
    }
    return published;
  }

  /**
   * One zip with the layer, its recipe, a manifest, a bill of materials, and all commands and snippets as files. Builds
   * the layer if that was not done.
   * @param {{ signal?: AbortSignal, workers?: number }} [options]
   * @returns {Promise<wasm_bindgen.Bundle>}
   */
  async bundle(options = {}) {
    const { blob } = this.#layer ?? (await this.build(options));
    return this.#call("bundle", [blob], options);
  }

  /**
   * What a message of a log or a command means, and what of it is seen in the layer; never empty: what is not known has
   * the id `not-known`. `await el.explain("Unable to import module 'app': No module named 'requests'")`.
   * @param {string} text
   * @returns {Promise<wasm_bindgen.Explanation[]>}
   */
  async explain(text) {
    if (typeof text !== "string") throw new TypeError(`found ${typeof text} as the message, expected a string`);
    return this.#call("explain", [text]);
  }

  /** What changes from an earlier layer's zip to this layer. @param {{ path: string, blob: Blob }} earlier */
  async diff(earlier) {
    return this.#call("diff", [earlier]);
  }

  /**
   * Up to five layers' zips on top of each other, in the function's order, and the zip of the function itself.
   * @param {Iterable<{ path: string, blob: Blob }>} layers
   * @param {{ path: string, blob: Blob }} [functionZip]
   */
  async stack(layers, functionZip) {
    return this.#call("stack", [[...layers], functionZip]);
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
   * @template {import("./engine/engine.js").Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<import("./engine/engine.js").Calls[Name]>>} args
   * @param {{ signal?: AbortSignal }} [options]
   */
  async #call(call, args, options) {
    this.#flush();
    try {
      return await this.#engine.call(call, args, options);
    } catch (error) {
      this.#report(error);
      // The page shows what the engine really has now, also where settings were cancelled.
      if (this.#version && this.isConnected && (!isAbort(error) || call === "setSettings"))
        this.#engine.call("overview", []).then((overview) => this.#show(overview), reported);
      throw error;
    }
  }

  /**
   * For the parts: questions that change nothing in the layer.
   * @template {import("./engine/engine.js").Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<import("./engine/engine.js").Calls[Name]>>} args
   */
  #ask = async (call, args) => {
    try {
      return await this.#engine.call(call, args);
    } catch (error) {
      this.#report(error);
      throw error;
    }
  };

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

  /** What is printed is made when a print begins. */
  #printed = () => this.#overview && this.#bench.report.show(this.#overview, this.#layer);

  #showResult() {
    if (this.#overview) this.#bench.showResult(this.#overview, this.#layer, this.#doing === "build");
  }

  /** Folders open and close without a change of the layer. @param {{ path: string, open: boolean }} folder */
  async #open({ path, open }) {
    const sight = await this.#call("toggle", [path, open]).catch(reported);
    if (sight) this.#bench.contents.refresh(sight.rowCount);
  }

  /** @param {import("./engine/engine.js").Call | null} call */
  #work(call) {
    const rebuilt = (this.#doing === "build") !== (call === "build");
    this.#doing = call;
    if (rebuilt) this.#showResult();
    if (call) this.#bench.progress.show({ phase: PHASES.get(call) ?? "working", done: 0, total: 0, detail: "" });
    else if (!this.#byHand.walking) this.#bench.progress.hide();
  }

  /** @param {wasm_bindgen.Progress} progress */
  #progress(progress) {
    this.#bench.progress.show(progress);
    this.#emit("layerdrop-progress", progress);
  }

  /** @param {import("./engine/engine.js").Start} start */
  #started({ kind, catalogue }) {
    if (this.#version) return; // A restart after a cancel or a crash: the page has all this.
    this.#version = catalogue.version;
    this.#catalogue = catalogue;
    this.#bench.catalogue = catalogue;
    this.#bench.choose(this.#settings);
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

  /** Shows itself in the language of the place where it stands, which may have to be fetched. */
  #say() {
    if (!this.isConnected) return;
    const fetching = speak(languageOf(this));
    if (fetching) void fetching.then(() => this.#appear());
    else this.#appear();
  }

  #appear() {
    if (!this.isConnected) return;
    if (this.#bench.language !== words.language) this.#rebuild();
    if (!this.#bench.parentNode) this.shadowRoot?.append(this.#bench);
  }

  /** The same in other words. */
  #rebuild() {
    const bench = workbench();
    bench.ask = this.#ask;
    this.#byHand.listen(null);
    this.#byHand.serve(bench);
    this.#bench.replaceWith(bench);
    this.#bench = bench;
    this.#listen();
    if (this.#catalogue) bench.catalogue = this.#catalogue;
    bench.choose(this.#settings);
    if (this.#overview) this.#show(this.#overview);
  }

  #listen() {
    const has = (/** @type {string} */ name) => this.hasAttribute(name);
    const whole = WHOLE_WINDOW.some(has);
    this.#byHand.listen(!this.isConnected ? null : whole ? window : this);
    void this.#byHand.keep(this.isConnected && (whole || KEEP_SESSION.some(has)));
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

/** The phase to show until the first report of a call. @type {Map<import("./engine/engine.js").Call, string>} */
const PHASES = new Map([
  ["add", "reading"],
  ["build", "packing"],
]);
