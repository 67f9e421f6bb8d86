// The engine worker: a classic script that owns one Session and answers calls in the order in which they come.
// The same script is a packing worker when it is told so.
// Built, pkg/layerdrop.js and worker-packing.js stand in front of it, in one file.
{
  // Firefox lets an EventSource past the policy that a blob worker inherits, and a worker of this worker would have one again.
  for (const name of Object.getOwnPropertyNames(self)) if (/^(Event|Shared)?(Source|Worker)$/.test(name)) Reflect.deleteProperty(self, name);

  /** At most 10 progress messages per second: each has the page drawn anew, on a core that packs. */
  const PROGRESS_INTERVAL = 100;

  /** @type {wasm_bindgen.Session | null} */
  let owned = null;

  const packers = new Packers();

  /** The build that is running. @type {{ id: number, build: InstanceType<typeof Build> } | null} */
  let running = null;

  /** When it last said that it is alive. */
  let signed = 0;

  /** The last build that ended well. */
  let lastBuilt = 0;

  /** Bytes that are read ahead for one call, so that they stay few however many files come. */
  const MOST_AHEAD = 64 * 1024 * 1024;

  /**
   * Files of an `add` call that arrive in batches before it, and the reading ahead that goes on meanwhile.
   * @typedef {{ files: wasm_bindgen.DroppedFile[], left: number, buffers: ArrayBuffer[], reads: Promise<void>[], looking: InstanceType<typeof Looking> }} Arrival
   * @type {Map<number, Arrival>}
   */
  const arrivals = new Map();

  /** @typedef {(progress: wasm_bindgen.Progress) => void} Report */
  /** @typedef {(session: wasm_bindgen.Session, args: any[], id: number, report: Report) => unknown} Perform */

  /** The calls that a page can make. @type {Map<string, Perform>} */
  const calls = new Map(
    Object.entries({
      setSettings: (session, [partial]) => session.setSettings(partial),
      add: async (session, _args, id, report) => {
        const { files, buffers } = await arrived(id, report);
        try {
          return session.add(files, report);
        } finally {
          buffers.forEach(release);
        }
      },
      overview: (session) => session.overview(),
      plan: (session) => session.plan(),
      slimming: (session) => session.slimming(),
      rows: (session, [first, count]) => session.rows(first, count),
      paths: (session, [first, count]) => session.paths(first, count),
      seek: (session, [from, text]) => session.seek(from, text),
      details: (session, [path]) => session.details(path),
      folders: (session, [most]) => session.folders(most),
      map: (session, [width, height, zipped]) => session.map(width, height, zipped),
      largest: (session, [most, zipped]) => session.largest(most, zipped),
      tokens: (session, [language, text]) => session.tokens(language, text),
      explain: (session, [text]) => session.explain(text),
      diff: (session, [earlier]) => session.diff(earlier),
      stack: (session, [layers, code]) => session.stack(layers, code),
      recipe: (session) => session.recipe(),
      digests: (session, [blobs]) => session.digests(blobs),
      toggle: (session, [path, open]) => session.toggle(path, open),
      openBeside: (session, [row]) => session.openBeside(row),
      filter: (session, [text]) => session.filter(text),
      reveal: (session, [path]) => session.reveal(path),
      apply: (session, [operation]) => session.apply(operation),
      applyRecipe: (session, [text]) => session.applyRecipe(text),
      undo: (session) => session.undo(),
      redo: (session) => session.redo(),
      clear: (session) => session.clear(),
      build: (session, [workers], id, report) => built(session, workers, id, report),
      published: (session, [answer]) => session.published(answer),
      bundle: (session, [layer], _id, report) => session.bundle(layer, report),
    }),
  );

  self.onmessage = ({ data }) => {
    if (data.hello) postMessage({ hello: true });
    else if (data.module && data.packer) void startPacking(data.module, data.packer);
    else if (data.module) void start(data.id, data.module);
    else if (data.packer) packers.add(data.packer, data.port);
    else if (data.lost) packers.lose(data.lost);
    else if (data.noPackers) packers.giveUp();
    else if (data.cancel) cancel(data.cancel);
    else if (data.batch) arrive(data.id, data.batch);
    else void answer(data.id, data.call, data.args);
  };

  /**
   * @param {number} id
   * @param {WebAssembly.Module} module
   */
  async function start(id, module) {
    try {
      await wasm_bindgen({ module_or_path: module });
      wasm_bindgen.onRead(alive);
      owned = new wasm_bindgen.Session();
      postMessage({ id, value: owned.catalogue() });
    } catch (error) {
      postMessage({ id, error: described(error) });
    }
  }

  /** Says so once a second while files are read for whichever call: a worker that says nothing counts as dead. */
  function alive() {
    const now = performance.now();
    if (now - signed < 1000) return;
    signed = now;
    postMessage({});
  }

  /**
   * @param {WebAssembly.Module} module
   * @param {MessagePort} port
   */
  async function startPacking(module, port) {
    await wasm_bindgen({ module_or_path: module });
    pack(port);
  }

  /**
   * @param {wasm_bindgen.Session} session
   * @param {number} workers
   * @param {number} id
   * @param {Report} report
   */
  async function built(session, workers, id, report) {
    const packing = session.packing(workers);
    const build = new Build(packing, packers, workers, report);
    running = { id, build };
    /** @type {Uint8Array | undefined} */
    let sha256;
    try {
      sha256 = await build.run();
    } catch (error) {
      packing.free();
      throw error;
    } finally {
      running = null;
    }
    lastBuilt = id;
    return session.built(packing, sha256);
  }

  /** A build that ended while its cancel was on the way leaves no trace either. @param {number} id */
  function cancel(id) {
    packers.dismiss();
    if (running?.id === id) running.build.stop(new Error("cancelled"));
    else if (lastBuilt === id) owned?.forgetBuild();
  }

  /**
   * @param {number} id
   * @param {string} call
   * @param {any[]} args
   */
  async function answer(id, call, args) {
    const { report, flush } = progressOf(id);
    try {
      const perform = calls.get(call);
      if (!owned || !perform)
        throw new TypeError(
          `found the call "${call}", expected one of ${[...calls.keys()].join(", ")} after the start`,
        );
      const value = await perform(owned, args, id, report);
      flush();
      postMessage({ id, value });
    } catch (error) {
      // After a trap or an exhausted stack or memory the instance can't be trusted: the page throws this worker away.
      const trapped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      postMessage({ id, error: described(error), trapped });
    }
  }

  /**
   * @param {number} id
   * @param {wasm_bindgen.DroppedFile[]} files
   */
  function arrive(id, files) {
    const arrival = arrivals.get(id) ?? { files: [], left: MOST_AHEAD, buffers: [], reads: [], looking: new Looking(packers) };
    arrivals.set(id, arrival);
    arrival.files.push(...files);
    postMessage({ id, progress: { phase: "reading", done: 0, total: 0, detail: "" } }); // To cut files can take long.
    arrival.reads.push(readAhead(files, arrival).catch(() => {}));
  }

  /**
   * A slow disk takes its time, and a worker that says nothing counts as dead.
   * @param {number} id
   * @param {Report} report
   */
  async function arrived(id, report) {
    const { files, buffers, reads, looking } = arrivals.get(id) ?? { files: [], buffers: [], reads: [] };
    arrivals.delete(id);
    const beat = setInterval(() => report({ phase: "reading", done: 0, total: files.length, detail: "" }), 1000);
    await Promise.all(reads);
    await looking?.done();
    clearInterval(beat);
    return { files, buffers };
  }

  /**
   * Reads what adding will want of these files, all of it at once. What can't be read so is read when it is wanted, which
   * tells the reason: one blob of many files doesn't tell which of them failed, nor that a deleted one reads as empty.
   * @param {wasm_bindgen.DroppedFile[]} files
   * @param {Arrival} arrival
   */
  async function readAhead(files, arrival) {
    /** @type {{ file: wasm_bindgen.DroppedFile, at: number, length: number }[]} */
    const heads = [];
    let size = 0;
    wasm_bindgen.firstLook(files).forEach((length, index) => {
      if (length === 0 || length > arrival.left) return;
      heads.push({ file: files[index], at: size, length });
      size += length;
      arrival.left -= length;
    });
    // To cut a file, Chromium waits for its main process: half a millisecond each.
    const read = heads.map(({ file: { blob }, length }) => (length < blob.size ? blob.slice(0, length) : blob));
    const buffer = await new Blob(read).arrayBuffer();
    arrival.buffers.push(buffer);
    if (buffer.byteLength !== size) return;
    for (const { file, at, length } of heads) {
      const head = new Uint8Array(buffer, at, length);
      file.head = head;
      if (length === file.blob.size) arrival.looking.add(Object.assign(file, { head }));
    }
  }

  /**
   * Progress of one call, thinned out; the last report is always sent.
   * @param {number} id
   */
  function progressOf(id) {
    let sent = -Infinity;
    /** @type {wasm_bindgen.Progress | null} */
    let held = null;
    const flush = () => {
      if (held) postMessage({ id, progress: held });
      held = null;
    };
    /** @param {wasm_bindgen.Progress} progress */
    const report = (progress) => {
      held = progress;
      const now = performance.now();
      if (now - sent < PROGRESS_INTERVAL) return;
      sent = now;
      flush();
    };
    return { report, flush };
  }

  /** @param {unknown} error */
  function described(error) {
    return error instanceof Error
      ? { name: error.name, message: error.message }
      : { name: "Error", message: String(error) };
  }
}
