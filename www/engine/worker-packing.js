// Packing in the engine worker: reads what the jobs need, hands them to the packing workers, and takes what they made.
// The same workers look into archives that are being added.
// Which jobs there are, and what becomes of them, is the wasm module's matter; only messages are carried here.

/** Jobs that a packer has at once: the one that it is at, and one that waits so that it never does. */
const AT_ONCE = 2;

/** Seconds after which a packer that says nothing counts as dead. */
const SILENCE_LIMIT = 30;

/** Packed bytes that a packer is to look into at a time. */
const LOOK = 1024 * 1024;

/** @typedef {wasm_bindgen.PackingJob} Job */
/** @typedef {{ number: number, port: MessagePort, jobs: Map<number, Job | Look>, digesting: number, silence: number }} Packer */
/** @typedef {{ task: number, id: number, trapped?: string } & wasm_bindgen.PackerResult} Result */
/** Members of an archive whose bytes are at hand. @typedef {{ file: wasm_bindgen.DroppedFile, members: Float64Array }} Look */
/** @typedef {{ task: number, id: number, trapped?: string } & wasm_bindgen.PackerSight} Sight */

let tasks = 0;

/** The packing workers that the page has started, for one task after the other. */
class Packers {
  /** @type {Map<number, Packer>} */
  #all = new Map();
  #beaten = 0;
  /** Whether the page can start none. */
  none = false;
  /** What hears of them. @type {Build | Looking | null} */
  task = null;

  /**
   * @param {number} number
   * @param {MessagePort} port
   */
  add(number, port) {
    /** @type {Packer} */
    const packer = { number, port, jobs: new Map(), digesting: 0, silence: 0 };
    this.#all.set(number, packer);
    port.onmessage = ({ data }) => {
      packer.silence = 0;
      if (data.trapped !== undefined) return this.lose(number);
      if ("sha256" in data) return this.task?.hearDigest(data, packer);
      const job = packer.jobs.get(data.id);
      packer.jobs.delete(data.id);
      this.task?.hear(data, /** @type {any} */ (job));
    };
    this.task?.go();
  }

  /** The one of the first `count` with the least to do; none where all have enough. @param {number} count */
  free(count) {
    const [packer] = this.first(count).sort((a, b) => a.jobs.size - b.jobs.size);
    return packer && packer.jobs.size < AT_ONCE ? packer : null;
  }

  /** A second has passed: one that says nothing for many of them is dead. A second that comes late counts for less: all are held up then. */
  beat() {
    const now = performance.now();
    const second = Math.min(1, (1000 / (now - this.#beaten)) ** 2);
    this.#beaten = now;
    for (const packer of this.first(Infinity)) {
      packer.silence += packer.jobs.size + packer.digesting > 0 ? second : 0;
      if (packer.silence > SILENCE_LIMIT) this.lose(packer.number);
    }
  }

  /** Takes a packer out that is dead; the page starts another. @param {number} number */
  lose(number) {
    const packer = this.#all.get(number);
    if (!packer) return;
    this.#all.delete(number);
    packer.port.close();
    postMessage({ lost: number });
    this.task?.lose(packer);
  }

  /** The page has ended them all. */
  dismiss() {
    for (const { port } of this.#all.values()) port.close();
    this.#all.clear();
  }

  /** The page can start none: the engine has to pack by itself. */
  giveUp() {
    this.none = true;
    this.task?.go();
  }

  /** @param {number} count */
  first(count) {
    return [...this.#all.values()].slice(0, count);
  }
}

/**
 * Archives that are being added: their compiled files, which have to be unpacked nearly whole to be inspected, are
 * unpacked by all packers at once. What no packer looks into, the engine does by itself when it comes to it.
 */
class Looking {
  #number = (tasks += 1);
  /** @type {Look[]} */
  #waiting = [];
  #last = 0;
  #out = 0;
  #resolve = () => {};

  /** @param {Packers} packers */
  constructor(packers) {
    this.packers = packers;
    packers.task = this;
  }

  /** @param {wasm_bindgen.DroppedFile & { head: Uint8Array }} file  its head is all of it */
  add(file) {
    const rows = wasm_bindgen.membersToSee(file.path, file.head);
    for (let first = 0, next = 0, size = 0; next < rows.length; ) {
      size += rows[next + 1];
      next += 4;
      if (size < LOOK && next < rows.length) continue;
      this.#waiting.push({ file, members: rows.slice(first, next) });
      [first, size] = [next, 0];
    }
    this.go();
  }

  /** Kept when all that the packers can do is done. */
  async done() {
    const heartbeat = setInterval(() => this.packers.beat(), 1000);
    await new Promise((resolve) => {
      this.#resolve = () => resolve(undefined);
      this.go();
    });
    clearInterval(heartbeat);
    this.packers.task = null;
  }

  go() {
    for (let packer = this.packers.free(Infinity); packer && this.#waiting.length > 0; packer = this.packers.free(Infinity)) {
      const look = /** @type {Look} */ (this.#waiting.shift());
      const id = (this.#last += 1);
      packer.jobs.set(id, look);
      this.#out += 1;
      const input = this.#packed(look);
      packer.port.postMessage({ task: this.#number, id, members: look.members, input }, [input]);
    }
    if (this.packers.first(1).length === 0) this.#waiting = []; // They may be long in coming.
    if (this.#out === 0 && this.#waiting.length === 0) this.#resolve();
  }

  /** Of a build that was cancelled. */
  hearDigest() {}

  /** @param {Sight} sight @param {Look} look */
  hear({ task, seen, made }, look) {
    if (task !== this.#number) return;
    (look.file.sights ??= []).push({ seen, made });
    this.#out -= 1;
    this.go();
  }

  /** @param {Packer} packer */
  lose(packer) {
    this.#out -= packer.jobs.size;
    this.go();
  }

  /** The packed bytes of members, one after the other. @param {Look} look */
  #packed({ file: { head }, members }) {
    /** @type {Uint8Array[]} */
    const parts = [];
    for (let at = 0; head && at < members.length; at += 4) parts.push(head.subarray(members[at], members[at] + members[at + 1]));
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all.buffer;
  }
}

/** One zip in the making. */
class Build {
  /** Tells a packer's late answers from those that count. */
  #number = (tasks += 1);
  /** What was read and waits for a packer. @type {{ job: Job, input: ArrayBuffer }[]} */
  #ready = [];
  #working = false;
  #over = false;
  /** Whether the zip is closed. */
  #closed = false;
  /** Who makes its SHA-256, piece by piece; `null` where nobody can any more. @type {Packer | null | undefined} */
  #digester;
  /** @type {(sha256?: Uint8Array) => void} */
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

  /** Kept when everything is in the zip, with its SHA-256 where a packer made it. @returns {Promise<Uint8Array | undefined>} */
  async run() {
    const heartbeat = setInterval(() => this.#beat(), 1000);
    this.packers.task = this;
    try {
      return await new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
        this.go();
      });
    } finally {
      this.#over = true;
      this.packers.task = null;
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
      if (!this.#closed) this.#digest(this.packing.isComplete());
      this.#give();
    });
  }

  /**
   * Hands what was written to a packer that digests it: to do so here would hold up the assembly, which all wait for.
   * @param {boolean} last
   */
  #digest(last) {
    this.#closed = last;
    const pieces = this.packing.written(last);
    if (this.#digester === undefined && pieces.length > 0) this.#digester = this.packers.first(1)[0] ?? null;
    const digester = this.#digester;
    if (!digester) return last && this.#resolve(); // Whoever closes the build digests it then.
    pieces.forEach((digest, index) => {
      digester.digesting += 1;
      const end = last && index === pieces.length - 1;
      digester.port.postMessage({ task: this.#number, digest, end }, [digest.buffer]);
    });
  }

  /** @param {{ task: number, sha256: Uint8Array | null }} answer @param {Packer} packer */
  hearDigest({ task, sha256 }, packer) {
    if (task !== this.#number) return;
    packer.digesting -= 1;
    if (sha256) this.#resolve(sha256);
  }

  /** @param {Result} result */
  hear(result) {
    if (result.task === this.#number) this.#take(result.id, result);
  }

  /** A packer is gone, and its jobs with it. The one that it was at may be to blame. @param {Packer} packer */
  lose(packer) {
    this.#attempt(() => {
      if (packer === this.#digester) {
        this.#digester = null;
        if (this.#closed) return this.#resolve();
      }
      const [at, ...waiting] = /** @type {Iterable<Job>} */ (packer.jobs.values());
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
    for (let packer = this.packers.free(this.count); packer && this.#ready.length > 0; packer = this.packers.free(this.count)) {
      const { job, input } = /** @type {{ job: Job, input: ArrayBuffer }} */ (this.#ready.shift());
      packer.jobs.set(job.id, job);
      packer.port.postMessage({ task: this.#number, id: job.id, steps: job.steps, input }, [input]);
    }
    if (this.packers.none && this.packers.first(1).length === 0) void this.#workHere();
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
    this.packers.beat();
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

/** Its messages go nowhere. Only Chromium needs it; others, known by what they lack, free a buffer without. */
const drain = "userAgentData" in navigator ? new MessageChannel() : null;
drain?.port2.close();

/**
 * Frees a buffer's memory, which would stay until a collection, and that comes late for what lies outside of the heap. In
 * Chromium `transfer(0)` doesn't: an object of the browser's own behind the buffer keeps it. What is sent away is given up.
 * The module calls this, too.
 * @param {any} buffer
 */
function release(buffer) {
  if (buffer.byteLength > 0) drain?.port1.postMessage(null, [buffer]);
  if (!buffer.detached) buffer.transfer?.(0);
}

/**
 * A packing worker: does the jobs that come by the port, one after the other.
 * @param {MessagePort} port
 */
function pack(port) {
  /** @type {{ task: number, sha256: wasm_bindgen.Digest } | null} */
  let digesting = null;
  port.onmessage = ({ data: { task, id, steps, members, input, digest, end } }) => {
    try {
      if (digest) {
        if (!digesting || digesting.task !== task) digesting = { task, sha256: new wasm_bindgen.Digest() };
        digesting.sha256.update(digest);
        release(digest.buffer);
        port.postMessage({ task, sha256: end ? digesting.sha256.finish() : null });
        if (end) digesting = null;
        return;
      }
      const bytes = new Uint8Array(input);
      const result = members ? wasm_bindgen.see(bytes, members) : wasm_bindgen.work(bytes, steps);
      const buffers = "made" in result ? [result.made, "input" in result ? (result.input ?? []) : []].flat() : [];
      port.postMessage({ task, id, ...result }, buffers);
      release(input);
    } catch (error) {
      // After a trap the instance can't be trusted: the engine has another worker started.
      port.postMessage({ task, id, trapped: String(error) });
    }
  };
}
