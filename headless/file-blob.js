/**
 * What the engine knows as blobs, over files on disk and bytes in memory: read at random, and at once.
 *
 * Node.js has blobs of its own, but none that can be read without waiting, and the engine's calls don't wait.
 */

import { closeSync, openSync, readSync, statSync } from "node:fs";

/** Bytes in memory, in pieces. Stands for `Blob`. */
export class MemoryBlob {
  /** @type {Uint8Array[]} */
  #pieces;
  #size;

  /** @param {Iterable<Uint8Array | MemoryBlob>} [parts] */
  constructor(parts = []) {
    this.#pieces = [...parts].flatMap((part) => (part instanceof MemoryBlob ? part.#pieces : [part]));
    this.#size = this.#pieces.reduce((size, piece) => size + piece.length, 0);
  }

  get size() {
    return this.#size;
  }

  /** The bytes, piece by piece, without a copy. */
  get pieces() {
    return this.#pieces;
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {{ read: () => ArrayBuffer }}
   */
  slice(start, end) {
    return { read: () => joined(this.#pieces, start, Math.min(end, this.#size)) };
  }
}

/**
 * A file on disk. Stands for `File`: size and time are those of the moment, so that a change is noticed. One that is gone
 * is empty, as in browsers.
 */
export class FileBlob extends MemoryBlob {
  /** @param {string} path */
  constructor(path) {
    super();
    this.path = path;
  }

  get size() {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  get lastModified() {
    return Math.trunc(statSync(this.path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  slice(start, end) {
    return { read: () => readRange(this.path, start, end) };
  }
}

/** Stands for the reader that browsers have in workers alone. */
export class FileReaderSync {
  /** @param {{ read: () => ArrayBuffer }} slice */
  readAsArrayBuffer(slice) {
    return slice.read();
  }
}

/**
 * @param {string} path
 * @param {number} start
 * @param {number} end
 */
function readRange(path, start, end) {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(end - start);
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(file, bytes, done, bytes.length - done, start + done);
      if (read === 0) break;
      done += read;
    }
    return bytes.buffer.slice(0, done);
  } finally {
    closeSync(file);
  }
}

/**
 * @param {Uint8Array[]} pieces
 * @param {number} start
 * @param {number} end
 */
function joined(pieces, start, end) {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let at = 0;
  for (const piece of pieces) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, piece.length)];
    if (from < to) bytes.set(piece.subarray(from, to), at + from - start);
    at += piece.length;
    if (at >= end) break;
  }
  return bytes.buffer;
}
