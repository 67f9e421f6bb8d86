/**
 * Who packs. Those in the browser have a file each in contenders/, those outside run as programs.
 *
 * @typedef {{ id: string, title: string, takes: ("tree" | "archives")[], key?: boolean, level?: number, most?: number }} Contender
 *   `takes`: what it can pack; `key`: a target is measured against it, so it always gets all rounds; `level`: of Info-ZIP's zip;
 *   `most`: files that it can take
 */

/** @type {Contender[]} */
export const CONTENDERS = [
  { id: "layerdrop", title: "**Layerdrop**", takes: ["tree", "archives"], key: true },
  { id: "layerdrop-smallest", title: "**Layerdrop**, smallest", takes: ["tree", "archives"] },
  { id: "fflate", title: "fflate, in a worker", takes: ["tree", "archives"], key: true },
  { id: "fflate-async", title: "fflate, asynchronous", takes: ["tree"] },
  { id: "zipjs", title: "zip.js, with workers", takes: ["tree", "archives"] },
  // It opens all files at once. Where the system allows no more, it fails (NotReadableError) and takes the whole browser down with it.
  { id: "jszip", title: "JSZip", takes: ["tree", "archives"], most: 15_000 },
  { id: "compression-stream", title: "CompressionStream, 2 workers", takes: ["tree"], key: true },
  { id: "client-zip", title: "client-zip (stores only)", takes: ["tree"] },
  { id: "zip-6", title: "native zip -6", takes: ["tree", "archives"], key: true, level: 6 },
  { id: "zip-9", title: "native zip -9", takes: ["tree", "archives"], level: 9 },
];
