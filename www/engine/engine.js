/**
 * The page's side of the engine worker: calls, one after the other, in the order in which they are made.
 *
 * A worker that crashed, went silent or was cancelled is terminated, never reused. What the session was is kept here
 * as a journal of the calls that changed it: a fresh worker is started and the journal replayed before the next call.
 * So a cancelled or crashed call leaves no trace.
 */

import { Packers } from "./packers.js";
import { failure, startWorker } from "./start-worker.js";

/** @typedef {wasm_bindgen.Progress} Progress */
/** @typedef {{ kind: "blob" | "url", catalogue: wasm_bindgen.Catalogue }} Start */
/** @typedef {"overview" | "plan" | "slimming" | "rows" | "paths" | "seek" | "details" | "folders" | "map" | "largest" | "recipe" | "digests" | "tokens" | "explain" | "diff" | "stack" | "build" | "published" | "bundle"} Question */
/** @typedef {"toggle" | "openBeside" | "filter" | "reveal"} Look */
/** @typedef {"setSettings" | "add" | "apply" | "applyRecipe" | "undo" | "redo" | "clear" | Look} Change */
/** @typedef {Question | Change} Call */
/** @typedef {{ resolve: (value: any) => void, reject: (error: unknown) => void }} Answer */
/** @typedef {{ name: string, message: string }} Failure */
/** @typedef {{ id: number, value?: unknown, progress?: Progress, error?: Failure, trapped?: boolean, lost?: number }} Message */
/** A call that changed the session. @typedef {Pick<Job, "call" | "args">} Step */
/** @typedef {Answer & { call: Call, args: any[], asked: number | null }} Job  `asked`: the number of the question */
/** @typedef {Omit<wasm_bindgen.Session, "build"> & { build(workers: number): wasm_bindgen.Layer }} Calls */

/** Calls that change the session: the journal is made of these. @type {Set<Call>} */
const CHANGES = new Set(
  /** @type {Call[]} */ (
    "setSettings add apply applyRecipe undo redo clear toggle openBeside filter reveal".split(" ")
  ),
);

/** Calls that are answered while a build runs: they change nothing that it packs. @type {Set<Call>} */
const MEANWHILE = new Set(
  /** @type {Call[]} */ (
    "rows paths seek details folders map largest tokens explain toggle openBeside filter reveal".split(" ")
  ),
);

/** Calls that outlive a cancel while they wait: the page's looks at what there is, and what was typed meanwhile. @type {Set<Call>} */
const STAYING = new Set([...MEANWHILE, "overview", "setSettings"]);

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
  /** Told when the journal has grown. */
  onJournal = () => {};
  /** @type {Step[]} */
  #journal = [];

  /** A started worker with the journal replayed. @type {Promise<Worker> | null} */
  #session = null;
  /** @type {Worker | null} */
  #worker = null;
  /** What the worker is to answer, by number. @type {Map<number, Answer>} */
  #questions = new Map();
  #packers = new Packers();
  /** Why the last worker was ended. @type {unknown} */
  #ended = null;
  /** A step of the journal that could not be repeated: the next call hears of it. @type {unknown} */
  #loss = null;
  #lastId = 0;
  #silence = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watching;

  /** Starts the worker now rather than at the first call. */
  async start() {
    await this.#started();
  }

  /**
   * `await engine.call("rows", [0, 50])`. Aborting the signal rejects with an `AbortError` at once.
   * @template {Call} Name
   * @param {Name} call
   * @param {Partial<Parameters<Calls[Name]>>} args
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<ReturnType<Calls[Name]>>}
   */
  call(call, args, { signal } = {}) {
    if (MEANWHILE.has(call) && this.#running?.call === "build" && this.#running.asked)
      return this.#meanwhile(call, args);
    return new Promise((resolve, reject) => {
      /** @type {Job} */
      const job = { call, args, asked: null, resolve, reject };
      if (signal?.aborted) return reject(aborted(call));
      signal?.addEventListener("abort", () => this.#abort(job), { once: true });
      this.#waiting.push(job);
      void this.#next();
    });
  }

  /** The calls that made the session what it is. */
  get journal() {
    return [...this.#journal];
  }

  /** Goes back to an earlier journal; calls that wait go on from there. @param {Step[]} journal */
  rewind(journal) {
    this.#journal = [...journal];
    this.#end(aborted("running"));
  }

  /**
   * @param {Call} call
   * @param {any[]} args
   */
  #note(call, args) {
    this.#journal.push({ call, args });
    this.onJournal();
  }

  /** Cancels the call that is running, and the work that waits for it. */
  cancel() {
    for (const job of this.#waiting.filter(({ call }) => !STAYING.has(call))) this.#abort(job);
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
        job.asked = this.#lastId += 1;
        const value = await this.#ask(worker, job.call, job.args, job.asked);
        if (this.#running === job) {
          // Only now: a call that was cancelled as its answer came in must leave no trace either.
          if (CHANGES.has(job.call)) this.#note(job.call, job.args);
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

  /**
   * @param {Call} call
   * @param {any[]} args
   */
  async #meanwhile(call, args) {
    const worker = /** @type {Worker} */ (this.#worker);
    const value = await this.#ask(worker, call, args);
    if (CHANGES.has(call)) this.#note(call, args);
    return value;
  }

  /** @param {Job} job */
  #abort(job) {
    job.reject(aborted(job.call));
    this.#waiting = this.#waiting.filter((other) => other !== job);
    if (this.#running !== job) return;
    this.#running = null;
    if (job.asked && job.call === "build") {
      // The engine itself is free between two messages: only the packers have something to be stopped at.
      this.#worker?.postMessage({ cancel: job.asked });
      this.#packers.restart();
      this.#answered(job.asked)?.reject(aborted(job.call));
    } else if (job.asked) {
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
    this.#packers.onPacker = (number, port) => worker.postMessage({ packer: number, port }, [port]);
    this.#packers.onLoss = (number) => worker.postMessage({ lost: number });
    this.#packers.onNone = () => worker.postMessage({ noPackers: true });
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
   * @param {number} id
   */
  async #ask(worker, call, args, id = (this.#lastId += 1)) {
    if (call === "build") {
      const workers = Packers.count(args[0]);
      this.#packers.want(workers);
      return this.#post(worker, { call, args: [workers] }, id);
    }
    if (call !== "add") return this.#post(worker, { call, args }, id);
    this.#packers.want(Packers.count()); // They will be up by the time that there is something to pack.
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
      if (this.#questions.size === 0) this.#watch();
      this.#questions.set(id, { resolve, reject });
      worker.postMessage({ ...message, id });
    });
  }

  /** @param {Message} message */
  #hear({ id, value, progress, error, trapped, lost }) {
    this.#silence = 0;
    if (lost) return this.#packers.replace(lost);
    if (!this.#questions.has(id)) return;
    if (progress) return this.onProgress(progress);
    if (trapped) return this.#crash(`${error?.name}: ${error?.message}`);
    const question = this.#answered(id);
    if (error) question?.reject(failure(error.name, error.message));
    else question?.resolve(value);
  }

  /** A question that is open no longer. @param {number} id */
  #answered(id) {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if (this.#questions.size === 0) clearInterval(this.#watching);
    return question;
  }

  /**
   * Counts seconds instead of comparing times: a laptop that slept for an hour has not missed an hour of messages. A second
   * that comes late counts for less, since the worker was held up like the page.
   */
  #watch() {
    this.#silence = 0;
    clearInterval(this.#watching);
    let last = performance.now();
    this.#watching = setInterval(() => {
      const now = performance.now();
      if (document.visibilityState === "visible") this.#silence += Math.min(1, (1000 / (now - last)) ** 2);
      last = now;
      if (this.#silence > SILENCE_LIMIT) this.#crash(`it gave no sign of life for ${SILENCE_LIMIT} seconds`);
    }, 1000);
  }

  /** @param {string} found */
  #crash(found) {
    this.#end(failure("EngineCrashedError", `the engine stopped (${found}); what was there before this call is kept`));
  }

  /** @param {unknown} error what the open questions are answered with */
  #end(error) {
    const questions = [...this.#questions.values()];
    clearInterval(this.#watching);
    this.#packers.stop();
    this.#worker?.terminate();
    this.#worker = null;
    this.#questions.clear();
    this.#session = null;
    this.#ended = error;
    for (const question of questions) question.reject(error);
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
