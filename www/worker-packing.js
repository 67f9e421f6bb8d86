// Packing in the engine worker: reads what the jobs need, hands them to the packing workers, and takes what they made.
// Which jobs there are, and what becomes of them, is the wasm module's matter; only messages are carried here.

/** Jobs that a packer has at once: the one that it is at, and one that waits so that it never does. */
const AT_ONCE = 2;

/** Seconds after which a packer that says nothing counts as dead. */
const SILENCE_LIMIT = 30;

/** @typedef {wasm_bindgen.PackingJob} Job */
/** @typedef {{ number: number, port: MessagePort, jobs: Map<number, Job>, silence: number }} Packer */
/** @typedef {{ build: number, id: number, trapped?: string } & wasm_bindgen.PackerResult} Result */

let builds = 0;

/** The packing workers that the page has started, for one build after the other. */
class Packers {
  /** @type {Map<number, Packer>} */
  #all = new Map();
  /** Whether the page can start none. */
  none = false;
  /** The build that hears of them. @type {Build | null} */
  build = null;

  /**
   * @param {number} number
   * @param {MessagePort} port
   */
  add(number, port) {
    /** @type {Packer} */
    const packer = { number, port, jobs: new Map(), silence: 0 };
    this.#all.set(number, packer);
    port.onmessage = ({ data }) => this.build?.hear(packer, data);
    this.build?.go();
  }

  /** Takes a packer out that is dead; the page starts another. @param {number} number */
  lose(number) {
    const packer = this.#all.get(number);
    if (!packer) return;
    this.#all.delete(number);
    packer.port.close();
    postMessage({ lost: number });
    this.build?.lose(packer);
  }

  /** The page has ended them all. */
  dismiss() {
    for (const { port } of this.#all.values()) port.close();
    this.#all.clear();
  }

  /** The page can start none: the engine has to pack by itself. */
  giveUp() {
    this.none = true;
    this.build?.go();
  }

  /** @param {number} count */
  first(count) {
    return [...this.#all.values()].slice(0, count);
  }
}

/** One zip in the making. */
class Build {
  /** Tells a packer's late answers from those that count. */
  #number = (builds += 1);
  /** What was read and waits for a packer. @type {{ job: Job, input: ArrayBuffer }[]} */
  #ready = [];
  #working = false;
  #over = false;
  /** @type {(reason?: unknown) => void} */
  #resolve = () => {};
  /** @type {(reason: unknown) => void} */
  #reject = () => {};

  /**
   * @param {wasm_bindgen.Packing} packing
   * @param {Packers} packers
   * @param {number} count  how many of them to use
   * @param {(progress: wasm_bindgen.Progress) => void} report
   */
  constructor(packing, packers, count, report) {
    this.packing = packing;
    this.packers = packers;
    this.count = count;
    this.report = report;
  }

  /** Kept when everything is in the zip. */
  async run() {
    const heartbeat = setInterval(() => this.#beat(), 1000);
    this.packers.build = this;
    try {
      await new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
        this.go();
      });
    } finally {
      this.#over = true;
      this.packers.build = null;
      clearInterval(heartbeat);
    }
  }

  /** @param {unknown} reason */
  stop(reason) {
    this.#reject(reason);
    this.#over = true;
  }

  /** Whatever can go on, goes on. */
  go() {
    this.#attempt(() => {
      for (let job = this.packing.nextJob(); job; job = this.packing.nextJob()) void this.#read(job);
      if (this.packing.isComplete()) return this.#resolve();
      this.#give();
    });
  }

  /** @param {Packer} packer @param {Result} result */
  hear(packer, result) {
    packer.silence = 0;
    if (result.trapped !== undefined) return this.packers.lose(packer.number);
    packer.jobs.delete(result.id);
    if (result.build !== this.#number) return;
    this.#take(result.id, result);
  }

  /** A packer is gone, and its jobs with it. The one that it was at may be to blame. @param {Packer} packer */
  lose(packer) {
    this.#attempt(() => {
      const [at, ...waiting] = packer.jobs.values();
      if (at) this.packing.lost(at.id);
      for (const job of waiting) void this.#read(job);
      this.go();
    });
  }

  /**
   * Many small files are read as one blob: each by itself takes several times as long.
   * @param {Job} job
   */
  async #read(job) {
    /** @type {ArrayBuffer | null} */
    let input = null;
    try {
      const [only] = job.parts;
      const blob = job.parts.length === 1 && only instanceof Blob ? only : new Blob(job.parts);
      input = await blob.arrayBuffer();
    } catch {
      // It is told below.
    }
    this.#attempt(() => {
      // One blob of many files does not tell which of them failed, nor that a deleted one reads as empty.
      const whole = input?.byteLength === job.length ? input : this.packing.read(job.id).buffer;
      this.#ready.push({ job, input: /** @type {ArrayBuffer} */ (whole) });
      this.#give();
    });
  }

  #give() {
    const packers = this.packers.first(this.count);
    while (this.#ready.length > 0) {
      const packer = packers.reduce((least, other) => (other.jobs.size < least.jobs.size ? other : least), packers[0]);
      if (!packer || packer.jobs.size >= AT_ONCE) break;
      const { job, input } = /** @type {{ job: Job, input: ArrayBuffer }} */ (this.#ready.shift());
      packer.jobs.set(job.id, job);
      packer.port.postMessage({ build: this.#number, id: job.id, steps: job.steps, input }, [input]);
    }
    if (packers.length === 0 && this.packers.none) void this.#workHere();
  }

  /** Without packers: one job at a time, so that messages get a hearing in between. */
  async #workHere() {
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#ready.shift(); next && !this.#over; next = this.#ready.shift()) {
      const { job, input } = next;
      const result = wasm_bindgen.work(new Uint8Array(input), job.steps);
      this.#take(job.id, result);
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#working = false;
    if (this.#ready.length > 0) void this.#workHere();
  }

  /** @param {number} id @param {wasm_bindgen.PackerResult} result */
  #take(id, result) {
    this.#attempt(() => {
      this.packing.take(id, result);
      this.report(this.packing.progress());
      this.go();
    });
  }

  #beat() {
    if (this.#over) return;
    this.report(this.packing.progress());
    for (const packer of this.packers.first(Infinity)) {
      packer.silence += packer.jobs.size > 0 ? 1 : 0;
      if (packer.silence > SILENCE_LIMIT) this.packers.lose(packer.number);
    }
  }

  /** @param {() => void} step */
  #attempt(step) {
    if (this.#over) return;
    try {
      step();
    } catch (error) {
      this.stop(error);
    }
  }
}

/**
 * A packing worker: does the jobs that come by the port, one after the other.
 * @param {MessagePort} port
 */
function pack(port) {
  port.onmessage = ({ data: { build, id, steps, input } }) => {
    try {
      const result = wasm_bindgen.work(new Uint8Array(input), steps);
      const buffers = "made" in result ? [result.made, result.input ?? []].flat() : [];
      port.postMessage({ build, id, ...result }, buffers);
    } catch (error) {
      // After a trap the instance can't be trusted: the engine has another worker started.
      port.postMessage({ build, id, trapped: String(error) });
    }
  };
}
