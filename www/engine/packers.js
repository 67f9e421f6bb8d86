/**
 * The packing workers: started as the engine worker is, each with a line of its own to it.
 *
 * A worker that died is replaced. Where none can be started the engine packs by itself.
 */

import { startWorker } from "./start-worker.js";

/** More would mostly wait for the one who reads, and each takes memory. */
const USUALLY = 8;
/** What a page may ask for. */
const MOST = 32;

export class Packers {
  /** Told of every packer that is up. @type {(number: number, port: MessagePort) => void} */
  onPacker = () => {};
  /** Told of every packer that died unheard. @type {(number: number) => void} */
  onLoss = () => {};
  /** Told when there is none and there will be none. */
  onNone = () => {};

  /** @type {Map<number, Worker | null>} `null` while it starts */
  #all = new Map();
  #last = 0;
  /** Replacements that are still allowed, so that packers that die of their own start don't go on for ever. */
  #spare = 0;

  /** How many to use: what was asked for, or as many as there are cores. @param {number} [asked] */
  static count(asked) {
    if (asked === undefined) return Math.min(navigator.hardwareConcurrency || 1, USUALLY);
    if (Number.isInteger(asked) && asked >= 1) return Math.min(asked, MOST);
    throw new TypeError(`found ${asked} workers, expected a whole number from 1 on`);
  }

  /** Sees to it that there are at least so many. @param {number} count */
  want(count) {
    this.#spare = 2 * count;
    while (this.#all.size < count) void this.#start();
  }

  /** The engine has given one up. @param {number} number */
  replace(number) {
    this.#end(number);
    if (this.#spare > 0) {
      this.#spare -= 1;
      void this.#start();
    } else if (this.#all.size === 0) {
      this.onNone();
    }
  }

  /** Ends all of them, whatever they are at, and starts as many. */
  restart() {
    const count = this.#all.size;
    this.stop();
    this.want(count);
  }

  /** Ends all of them. */
  stop() {
    for (const number of [...this.#all.keys()]) this.#end(number);
  }

  async #start() {
    const number = (this.#last += 1);
    this.#all.set(number, null);
    try {
      const { worker, module } = await startWorker();
      if (!this.#all.has(number)) return worker.terminate();
      this.#all.set(number, worker);
      const { port1, port2 } = new MessageChannel();
      worker.onerror = () => this.onLoss(number);
      worker.onmessageerror = () => this.onLoss(number);
      worker.postMessage({ module, packer: port1 }, [port1]);
      this.onPacker(number, port2);
    } catch {
      // The engine came up the same way, so this is a matter of memory or of the moment: fewer will do.
      this.#all.delete(number);
      if (this.#all.size === 0) this.onNone();
    }
  }

  /** @param {number} number */
  #end(number) {
    this.#all.get(number)?.terminate();
    this.#all.delete(number);
  }
}
