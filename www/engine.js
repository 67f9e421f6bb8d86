/**
 * The page's side of the engine worker: calls, one after the other, in the order in which they are made.
 *
 * A worker that crashed, went silent or was cancelled is terminated, never reused. What the session was is kept here
 * as a journal of the calls that changed it: a fresh worker is started and the journal replayed before the next call.
 * So a cancelled or crashed call leaves no trace.
 */

import { failure, startWorker } from "./start-worker.js";

/** @typedef {wasm_bindgen.Progress} Progress */
/** @typedef {{ kind: "blob" | "url", catalogue: wasm_bindgen.Catalogue }} Start */
/** @typedef {"overview" | "plan" | "rows" | "paths" | "seek" | "details" | "folders" | "map" | "largest" | "recipe" | "digests" | "tokens" | "build" | "published"} Question */
/** @typedef {"toggle" | "openBeside" | "filter" | "reveal"} Look */
/** @typedef {"setSettings" | "add" | "apply" | "applyRecipe" | "undo" | "redo" | "clear" | Look} Change */
/** @typedef {Question | Change} Call */
/** @typedef {{ resolve: (value: any) => void, reject: (error: unknown) => void }} Answer */
/** @typedef {{ name: string, message: string }} Failure */
/** @typedef {{ id: number, value?: unknown, progress?: Progress, error?: Failure, trapped?: boolean }} Message */
/** @typedef {Answer & { call: Call, args: any[], asked: boolean }} Job */

/** Calls that change the session: the journal is made of these. @type {Set<Call>} */
const CHANGES = new Set(
  /** @type {Call[]} */ (
    "setSettings add apply applyRecipe undo redo clear toggle openBeside filter reveal".split(" ")
  ),
);

/** A busy worker reports every half second. After so many silent seconds of a visible page it counts as dead. */
const SILENCE_LIMIT = 30;

/** Files per message: cloning 50,000 `File`s at once would block the page for more than half a second. */
const BATCH = 500;

export class Engine {
  /** Told what is being done, and `null` when it is done. @type {(call: Call | null) => void} */
  onWork = () => {};
  /** @type {(progress: Progress) => void} */
  onProgress = () => {};
  /** Told of every start of a worker, also after a crash. @type {(start: Start) => void} */
  onStart = () => {};

  /** @type {Job[]} */
  #waiting = [];
  /** @type {Job | null} */
  #running = null;
  /** @type {Pick<Job, "call" | "args">[]} */
  #journal = [];

  /** A started worker with the journal replayed. @type {Promise<Worker> | null} */
  #session = null;
  /** @type {Worker | null} */
  #worker = null;
  /** What the worker is to answer. @type {(Answer & { id: number }) | null} */
  #question = null;
  /** Why the last worker was ended. @type {unknown} */
  #ended = null;
  /** A step of the journal that could not be repeated: the next call hears of it. @type {unknown} */
  #loss = null;
  #lastId = 0;
  #silence = 0;

  /** Starts the worker now rather than at the first call. */
  async start() {
    await this.#started();
  }

  /**
   * `await engine.call("rows", [0, 50])`. Aborting the signal rejects with an `AbortError` at once.
   * @template {Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<wasm_bindgen.Session[Name]>>} args
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<ReturnType<wasm_bindgen.Session[Name]>>}
   */
  call(call, args, { signal } = {}) {
    return new Promise((resolve, reject) => {
      /** @type {Job} */
      const job = { call, args, asked: false, resolve, reject };
      if (signal?.aborted) return reject(aborted(call));
      signal?.addEventListener("abort", () => this.#abort(job), { once: true });
      this.#waiting.push(job);
      void this.#next();
    });
  }

  /** Cancels the call that is running, if any. */
  cancel() {
    if (this.#running) this.#abort(this.#running);
  }

  /** Ends the worker and every call. The journal stays: the next call goes on from the same session. */
  stop() {
    const jobs = [this.#running, ...this.#waiting];
    this.#running = null;
    this.#waiting = [];
    this.#end(aborted("running"));
    for (const job of jobs) job?.reject(aborted(job.call));
    this.onWork(null);
  }

  async #next() {
    const job = this.#running ? null : (this.#waiting.shift() ?? null);
    if (!job) return;
    this.#running = job;
    this.onWork(job.call);
    try {
      const worker = await this.#started();
      if (this.#running === job) {
        this.#reportLoss();
        job.asked = true;
        const value = await this.#ask(worker, job.call, job.args);
        if (this.#running === job) {
          // Only now: a call that was cancelled as its answer came in must leave no trace either.
          if (CHANGES.has(job.call)) this.#journal.push({ call: job.call, args: job.args });
          job.resolve(value);
        }
      }
    } catch (error) {
      job.reject(error);
    }
    if (this.#running === job) this.#running = null;
    if (!this.#running) this.onWork(null);
    void this.#next();
  }

  /** @param {Job} job */
  #abort(job) {
    job.reject(aborted(job.call));
    this.#waiting = this.#waiting.filter((other) => other !== job);
    if (this.#running !== job) return;
    this.#running = null;
    if (job.asked) {
      this.#end(aborted(job.call));
      this.start().catch(() => {}); // Ready again by the time of the next call, which would report a failure.
    } else {
      // The worker is still starting or replaying, for whoever comes next.
      this.onWork(null);
      void this.#next();
    }
  }

  /** @returns {Promise<Worker>} */
  #started() {
    if (this.#session) return this.#session;
    /** @type {Promise<Worker>} */
    const session = this.#begin(() => this.#session === session).catch((error) => {
      if (this.#session === session) this.#end(error);
      throw error;
    });
    this.#session = session;
    return session;
  }

  /**
   * @param {() => boolean} wanted false once this start has been overtaken by `stop`
   * @returns {Promise<Worker>}
   */
  async #begin(wanted) {
    const { worker, kind, module } = await startWorker();
    if (!wanted()) {
      worker.terminate();
      throw aborted("start");
    }
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onmessageerror = () => this.#crash("it sent a message that can't be read");
    worker.onerror = (event) => this.#crash(event.message || "it stopped without a message");
    const catalogue = await this.#post(worker, { module });
    this.onStart({ kind, catalogue });
    await this.#replay(worker);
    return worker;
  }

  /**
   * A step that can't be repeated, because its file changed since or the worker dies of it, is dropped and reported.
   * @param {Worker} worker
   */
  async #replay(worker) {
    for (const step of [...this.#journal]) {
      try {
        await this.#ask(worker, step.call, step.args);
      } catch (error) {
        if (isAbort(error)) throw error;
        this.#journal = this.#journal.filter((other) => other !== step);
        if (worker !== this.#worker) throw error;
        this.#loss ??= error;
      }
    }
  }

  #reportLoss() {
    const loss = this.#loss;
    this.#loss = null;
    if (loss) throw loss;
  }

  /**
   * @param {Worker} worker
   * @param {Call} call
   * @param {any[]} args
   */
  async #ask(worker, call, args) {
    if (call !== "add") return this.#post(worker, { call, args });
    const id = (this.#lastId += 1);
    const files = args[0];
    for (let first = 0; first < files.length && worker === this.#worker; first += BATCH) {
      worker.postMessage({ id, batch: files.slice(first, first + BATCH) });
      await breath();
    }
    return this.#post(worker, { call, args: [] }, id);
  }

  /**
   * @param {Worker} worker
   * @param {object} message
   * @param {number} id
   * @returns {Promise<any>}
   */
  #post(worker, message, id = (this.#lastId += 1)) {
    return new Promise((resolve, reject) => {
      if (worker !== this.#worker) return reject(this.#ended);
      this.#question = { id, resolve, reject };
      worker.postMessage({ ...message, id });
      this.#watch(this.#question);
    });
  }

  /** @param {Message} message */
  #hear({ id, value, progress, error, trapped }) {
    this.#silence = 0;
    if (this.#question?.id !== id) return;
    if (progress) return this.onProgress(progress);
    const { resolve, reject } = this.#question;
    if (trapped) return this.#crash(`${error?.name}: ${error?.message}`);
    this.#question = null;
    if (error) reject(failure(error.name, error.message));
    else resolve(value);
  }

  /**
   * Counts seconds instead of comparing times: a laptop that slept for an hour has not missed an hour of messages.
   * @param {Answer} question
   */
  #watch(question) {
    this.#silence = 0;
    const timer = setInterval(() => {
      if (this.#question !== question) return clearInterval(timer);
      if (document.visibilityState === "visible") this.#silence += 1;
      if (this.#silence > SILENCE_LIMIT) this.#crash(`it gave no sign of life for ${SILENCE_LIMIT} seconds`);
    }, 1000);
  }

  /** @param {string} found */
  #crash(found) {
    this.#end(failure("EngineCrashedError", `the engine stopped (${found}); what was there before this call is kept`));
  }

  /** @param {unknown} error what the open question is answered with */
  #end(error) {
    const question = this.#question;
    this.#worker?.terminate();
    this.#worker = null;
    this.#question = null;
    this.#session = null;
    this.#ended = error;
    question?.reject(error);
  }
}

/** @param {string} call */
function aborted(call) {
  return new DOMException(`the ${call} call was cancelled`, "AbortError");
}

/** @param {unknown} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/** Lets the page handle what came in meanwhile. Unlike timers this is not slowed down in a hidden tab. */
function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}
