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
 * Folders and files come as file system handles and as entries; where a browser has neither, the plain files count.
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
 * @param {Item} item
 * @param {{ signal?: AbortSignal, onFile: () => void }} options
 * @returns {Promise<Found>}
 */
async function walkItem({ handle: asked, entry, file }, options) {
  const handle = await asked;
  const name = handle?.name ?? entry?.name;
  if (name !== undefined) {
    const walked = await walk({ path: name, handle, entry }, options);
    // Chromium opens a link to a file neither as a handle nor as an entry, but does as a plain file.
    if (walked.files.length > 0 || !file || entry?.isFile === false || !isFile({ path: name, handle, entry })) return walked;
  }
  if (file) return { files: [found(file.name, file)], folders: 0, problems: [] };
  return {
    files: [],
    folders: 0,
    problems: [{ path: "", message: "the browser gave neither a file nor a folder for an item of the drop" }],
  };
}

/**
 * A file or folder, by one API or by both.
 *
 * Handles are several times as fast, but Chromium's pass in silence over names that Windows or a shell would not like (`aux.py`, `a:b`,
 * `..x`, a backslash), and they stop at the first thing that is neither file nor folder. Entries know every name, but fail on `file:` pages.
 * So a folder is listed by both, and a file opened by its handle if it has one.
 * @typedef {{ path: string, handle: FileSystemHandle | null, entry: FileSystemEntry | null }} Place
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
      if (isFile(place)) {
        all.files.push(found(place.path, await open(place)));
        onFile();
      } else {
        all.folders += 1;
        const { children, error } = await list(place);
        for (const child of children) waiting.push(child);
        if (error) throw error;
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

/** @param {Place} place */
function isFile({ handle, entry }) {
  return handle ? handle.kind === "file" : entry?.isFile === true;
}

/**
 * @param {Place} place
 * @returns {Promise<File>}
 */
async function open({ handle, entry }) {
  if (handle) {
    const opened = /** @type {FileSystemFileHandle} */ (handle).getFile();
    if (!entry) return opened;
    const file = await opened.catch(() => null);
    if (file) return file;
  }
  return new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
}

/**
 * What is in a folder; the error is that of a listing that broke off with no other to make it good.
 * @param {Place} place
 * @returns {Promise<{ children: Iterable<Place>, error: unknown }>}
 */
async function list({ path, handle, entry }) {
  /** @type {Map<string | symbol, Place>} */
  const children = new Map();
  /** @param {string} name @param {Partial<Place>} half */
  const add = (name, half) => {
    // Entries whose names are not valid UTF-8 are all called "".
    const key = name || Symbol();
    children.set(key, { ...(children.get(key) ?? { path: `${path}/${name}`, handle: null, entry: null }), ...half });
  };
  const listings = [];
  if (handle) listings.push(listHandles(handle, (child) => add(child.name, { handle: child })));
  if (entry) listings.push(listEntries(entry, (child) => add(child.name, { entry: child })));
  const failed = (await Promise.allSettled(listings)).filter((outcome) => outcome.status === "rejected");
  return { children: children.values(), error: failed.length === listings.length ? failed[0]?.reason : null };
}

/**
 * @param {FileSystemHandle} folder
 * @param {(child: FileSystemHandle) => void} add
 */
async function listHandles(folder, add) {
  const listed = /** @type {FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> }} */ (folder);
  for await (const child of listed.values()) add(child);
}

/**
 * @param {FileSystemEntry} folder
 * @param {(child: FileSystemEntry) => void} add
 */
async function listEntries(folder, add) {
  // One call gives at most 100 entries; the end is an empty answer.
  const reader = /** @type {FileSystemDirectoryEntry} */ (folder).createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    batch.forEach(add);
  }
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

/**
 * With size and time as they are now: a file that is deleted later reads as empty, without an error; only these tell.
 * @param {wasm_bindgen.DroppedFile} file
 */
export function record({ path, blob, mode, mtime }) {
  if (typeof path !== "string" || !(blob instanceof Blob))
    throw new TypeError(
      `found ${typeof path} and ${typeof blob} as path and blob of a file, expected a string and a Blob`,
    );
  return { path, blob, mode, size: blob.size, mtime: blob instanceof File ? blob.lastModified : mtime };
}
