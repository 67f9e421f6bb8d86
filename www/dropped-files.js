/**
 * Turns what the browser gives for a drop, a paste or a pick into a flat list of files.
 * It knows no element, no worker and nothing about layers.
 * One unreadable item never costs the others: it becomes a problem with its path.
 *
 * @typedef {{ path: string, blob: Blob, mtime: number }} FoundFile   path as dropped, `/`-separated
 * @typedef {{ path: string, message: string }} Problem
 * @typedef {{ files: FoundFile[], folders: number, problems: Problem[] }} Found
 * @typedef {{ signal?: AbortSignal, onProgress?: (files: number) => void }} WalkOptions
 * @typedef {{ handle: Promise<FileSystemHandle | null> | null, entry: FileSystemEntry | null, file: File | null }} Item
 */

/** How many folders and files are asked for at once: a folder of 20,000 files takes seconds one by one. */
const AT_ONCE = 32;

/**
 * The files of a drop or a paste. Call it synchronously in the event's handler: then the browser empties the list.
 * File system handles come first (fast, and sound where the older entries throw), then entries, then the plain files.
 * @param {DataTransfer} transfer
 * @param {WalkOptions} [options]
 * @returns {Promise<Found>}
 */
export function droppedFiles(transfer, options = {}) {
  /** @type {Item[]} */
  const items = Array.from(transfer.items ?? [])
    .filter((item) => item.kind === "file")
    .map((item) => ({
      handle: /** @type {any} */ (item).getAsFileSystemHandle?.().catch(() => null) ?? null,
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
  if (items.length === 0) return Promise.resolve(pickedFiles(transfer.files ?? []));
  return walkItems(items, options);
}

/**
 * The files of an `<input type="file">`, also of one that picks a folder.
 * @param {ArrayLike<File>} list
 * @returns {Found}
 */
export function pickedFiles(list) {
  const files = Array.from(list, (file) => found(file.webkitRelativePath || file.name, file));
  const folders = new Set();
  for (const { path } of files) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files, folders: folders.size, problems: [] };
}

/**
 * @param {Item[]} items
 * @param {WalkOptions} options
 * @returns {Promise<Found>}
 */
async function walkItems(items, { signal, onProgress }) {
  let counted = 0;
  const onFile = () => onProgress?.((counted += 1));
  const parts = await Promise.all(items.map((item) => walkItem(item, { signal, onFile })));
  return {
    files: parts.flatMap((part) => part.files),
    folders: parts.reduce((sum, part) => sum + part.folders, 0),
    problems: parts.flatMap((part) => part.problems),
  };
}

/**
 * Handles stop listing a folder at the first thing that is neither file nor folder (a FIFO, a socket), entries go on;
 * so a walk with problems is tried the other way, and the better one counts.
 * @param {Item} item
 * @param {{ signal?: AbortSignal, onFile: () => void }} options
 * @returns {Promise<Found>}
 */
async function walkItem(item, options) {
  const handle = await item.handle;
  const first = handle ? await walk(fromHandle(handle), options) : null;
  if (first && first.problems.length === 0) return first;
  const second = item.entry ? await walk(fromEntry(item.entry), options) : null;
  if (first && second) return second.problems.length < first.problems.length ? second : first;
  if (first ?? second) return /** @type {Found} */ (first ?? second);
  if (item.file) return { files: [found(item.file.name, item.file)], folders: 0, problems: [] };
  return {
    files: [],
    folders: 0,
    problems: [{ path: "", message: "the browser gave neither a file nor a folder for an item of the drop" }],
  };
}

/**
 * One file or folder, whichever API it came from.
 * @typedef {object} Place
 * @property {string} path
 * @property {(() => Promise<File>) | null} open  reads a file
 * @property {(() => AsyncIterable<Place>) | null} list  lists a folder
 */

/**
 * @param {Place} root
 * @param {{ signal?: AbortSignal, onFile: () => void }} options
 * @returns {Promise<Found>}
 */
function walk(root, { signal, onFile }) {
  /** @type {Found} */
  const all = { files: [], folders: 0, problems: [] };
  const waiting = [root];
  let active = 0;

  /** @param {Place} place */
  const visit = async (place) => {
    try {
      if (place.open) {
        all.files.push(found(place.path, await place.open()));
        onFile();
      } else if (place.list) {
        all.folders += 1;
        for await (const child of place.list()) {
          if (signal?.aborted) return;
          waiting.push(child);
          start();
        }
      }
    } catch (error) {
      all.problems.push({ path: place.path, message: reason(error) });
    }
  };

  /** @type {() => void} */
  let start = () => {};
  return new Promise((resolve, reject) => {
    start = () => {
      while (!signal?.aborted && active < AT_ONCE && waiting.length > 0) {
        active += 1;
        void visit(/** @type {Place} */ (waiting.pop())).then(() => {
          active -= 1;
          start();
        });
      }
      if (active === 0 && waiting.length === 0 && !signal?.aborted) resolve(all);
    };
    const abort = () => reject(new DOMException("reading the drop was cancelled", "AbortError"));
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    start();
  });
}

/**
 * @param {FileSystemHandle} handle
 * @param {string} parent
 * @returns {Place}
 */
function fromHandle(handle, parent = "") {
  const path = parent + handle.name;
  if (handle.kind === "file") {
    return { path, open: () => /** @type {FileSystemFileHandle} */ (handle).getFile(), list: null };
  }
  const folder = /** @type {FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> }} */ (handle);
  return {
    path,
    open: null,
    list: async function* () {
      for await (const child of folder.values()) yield fromHandle(child, `${path}/`);
    },
  };
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} parent
 * @returns {Place}
 */
function fromEntry(entry, parent = "") {
  const path = parent + entry.name;
  if (entry.isFile) {
    const file = /** @type {FileSystemFileEntry} */ (entry);
    return { path, open: () => new Promise((resolve, reject) => file.file(resolve, reject)), list: null };
  }
  return {
    path,
    open: null,
    list: async function* () {
      // One call gives at most 100 entries; the end is an empty answer.
      const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
      for (;;) {
        /** @type {FileSystemEntry[]} */
        const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (batch.length === 0) return;
        for (const child of batch) yield fromEntry(child, `${path}/`);
      }
    },
  };
}

/**
 * @param {string} path
 * @param {File} file
 * @returns {FoundFile}
 */
function found(path, file) {
  return { path, blob: file, mtime: file.lastModified };
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : String(error);
}
