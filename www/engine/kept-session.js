/**
 * The session, kept in this browser so that a reload or a crash of the tab loses nothing: the calls that made it, undone
 * ones too, and their files. Where files can't be kept, the recipe is: it names them with their sizes and digests, so
 * that the same ones can be told when they are added again.
 *
 * @typedef {import("./engine.js").Step} Step
 * @typedef {{ call: Step["call"], args: any[], files?: number }} KeptStep  `files`: the number of a batch kept beside it
 * @typedef {{ when: number, sources: string[], steps: KeptStep[], recipe?: string }} Kept
 */

import { isAbort } from "./engine.js";

const NAME = "layerdrop";
/** Milliseconds of quiet before it is written. */
const QUIET = 400;
/** Bytes of all files, and their number; a session with more is not kept: to write it would cost more than to drop it again. */
const MOST_BYTES = 100 * 2 ** 20;
const MOST_FILES = 5000;
/** Files to a record: to hand over more at once would hold up the page. */
const BATCH = 500;
/** Milliseconds after which it is forgotten: 7 days, as Safari does anyway. */
const LIFE = 7 * 24 * 3600 * 1000;

export class KeptSession {
  #engine;
  /** One for each page that holds an element. */
  #key = location.pathname;
  #keeping = false;
  /** While it is taken up again. */
  #taking = false;
  /** Batches of files that are written already, by their step. @type {Map<Step, number>} */
  #written = new Map();
  #batches = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** The last thing that was asked of the storage: one after the other. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {import("./engine.js").Engine} engine
   * @param {() => string[]} sources  what is shown of it when it is offered again
   */
  constructor(engine, sources) {
    this.#engine = engine;
    engine.onJournal = () => {
      clearTimeout(this.#waiting);
      if (this.#keeping && !this.#taking) this.#waiting = setTimeout(() => this.#after(() => this.#write(sources())), QUIET);
    };
  }

  /** Begins to keep. @returns {Promise<Kept | null>} what was kept before */
  async begin() {
    this.#keeping = true;
    const kept = await this.#after(() => once("readonly", (store) => store.get(`${this.#key} session`)));
    if (kept && Date.now() - kept.when < LIFE) return kept;
    if (kept) await this.#remove();
    return null;
  }

  /**
   * Takes it up again: calls one after the other, as they were made. What is kept stays as it is until all of it is there,
   * since a part would replace the whole; where it is cancelled, nothing of it stays on the page.
   * @param {Kept} kept
   * @param {(error: unknown) => void} report  told of a step that could not be repeated
   * @returns {Promise<boolean>} false if it was cancelled
   */
  async takeUp(kept, report) {
    const engine = this.#engine;
    const steps = await this.#read(kept);
    await engine.call("overview", []); // What was asked for before has been done then.
    const before = engine.journal;
    this.#taking = true;
    try {
      for (const { call, args } of steps) await engine.call(call, /** @type {any} */ (args)).catch((error) => (isAbort(error) ? Promise.reject(error) : report(error)));
    } catch {
      engine.rewind(before);
      return false;
    } finally {
      this.#taking = false;
    }
    engine.onJournal();
    return true;
  }

  /** The calls of a session that was kept, with their files. @param {Kept} kept @returns {Promise<Pick<Step, "call" | "args">[]>} */
  async #read({ steps }) {
    const batches = await this.#after(() =>
      Promise.all(steps.map(({ files }) => (files === undefined ? null : once("readonly", (store) => store.getAll(below(`${this.#key} files ${files} `)))))),
    );
    return steps.map(({ call, args }, at) => ({ call, args: batches?.[at] ? [batches[at].flat()] : args })).filter(({ call }) => call !== "filter");
  }

  /** Deletes what is kept, and keeps no more. */
  async forget() {
    this.#keeping = false;
    clearTimeout(this.#waiting);
    await this.#remove();
  }

  #remove() {
    this.#written.clear();
    return this.#after(() => this.#clean());
  }

  #clean() {
    return once("readwrite", (store) => store.delete(below(`${this.#key} `)));
  }

  /** @param {string[]} sources */
  async #write(sources) {
    const journal = this.#engine.journal;
    const adds = journal.filter(({ call }) => call === "add");
    if (adds.length === 0) return; // What an earlier visit left stays until there is something new.
    const files = adds.flatMap(({ args }) => args[0]);
    const size = files.reduce((sum, file) => sum + file.blob.size, 0);
    if (size > MOST_BYTES || files.length > MOST_FILES) return void (await this.#clean());
    const about = { when: Date.now(), sources };
    try {
      for (const step of adds.filter((step) => !this.#written.has(step))) {
        const number = (this.#batches += 1);
        // The first batch of this page replaces what an earlier one left.
        if (number === 1) await this.#clean();
        for (let first = 0; first < step.args[0].length; first += BATCH)
          await once("readwrite", (store) => store.put(step.args[0].slice(first, first + BATCH), `${this.#key} files ${number} ${String(first).padStart(6, "0")}`));
        this.#written.set(step, number);
      }
      const steps = journal.map((step) => ({ call: step.call, args: this.#written.has(step) ? [] : step.args, files: this.#written.get(step) }));
      await this.#put({ ...about, steps });
    } catch {
      // The browser won't store the files.
      const recipe = await this.#engine.call("recipe", []);
      await this.#put({ ...about, steps: [], recipe });
    }
  }

  /** @param {Kept} kept */
  #put(kept) {
    return once("readwrite", (store) => store.put(kept, `${this.#key} session`));
  }

  /**
   * After what was asked before. A storage that fails or isn't there is no trouble of the person's: nothing is kept then.
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T | null>}
   */
  #after(act) {
    const answer = this.#last.then(act).catch(() => null);
    this.#last = answer;
    return answer;
  }
}

/** All keys that begin so. @param {string} start */
function below(start) {
  return IDBKeyRange.bound(start, `${start}\uffff`);
}

/**
 * One question to the store, in a transaction of its own.
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<any>}
 */
async function once(mode, ask) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  const database = await settled(opening);
  try {
    return await settled(ask(database.transaction("kept", mode).objectStore("kept")));
  } finally {
    database.close();
  }
}

/** @param {IDBRequest} request @returns {Promise<any>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
