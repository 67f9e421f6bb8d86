/**
 * What is measured. A set is a folder of real packages (see setup/bench), or a question that one number answers.
 *
 * @typedef {{ id: string, title: string, measure: Function, kind?: "tree" | "archives", folder?: string, tree?: string,
 *   settings?: object, scale?: object }} Set
 */

import { tree, wheels } from "./cache.js";
import { drop, edit } from "./editing.js";
import { race } from "./race.js";
import { scale } from "./scale.js";

const python = { runtimes: ["python3.13"], architectures: ["x86_64"] };
const node = { runtimes: ["nodejs22.x"], architectures: ["x86_64"] };
const both = { runtimes: ["python3.13", "nodejs22.x"], architectures: ["x86_64"] };

/** @param {string} name */
const packed = (name) => ({ kind: "archives", folder: wheels(name), tree: tree(name), settings: python, measure: race });
/** @param {string} name @param {object} settings */
const loose = (name, settings) => ({ kind: "tree", folder: tree(name), tree: tree(name), settings, measure: race });

/** Thousands of small files. @param {...number} copies */
const thousands = (...copies) => ({ from: "modules/nodejs/node_modules", into: "nodejs/node_modules", sample: { files: 1000, under: 16e3 }, copies, unit: "files" });

/** @type {Set[]} */
export const SETS = [
  { id: "small", title: "requests and what it imports, as wheels", ...packed("small") },
  { id: "wheels", title: "numpy, pandas, cryptography …, as wheels", ...packed("scientific") },
  { id: "scientific", title: "the same as loose files", ...loose("scientific", python) },
  {
    id: "bytes",
    title: "time per byte: the same 10 MB, several times",
    measure: scale,
    settings: python,
    scale: { from: "scientific/python", into: "python", sample: { bytes: 10e6, under: 2e6 }, copies: [1, 5, 10, 25], unit: "MB" },
  },
  {
    id: "files",
    title: "time per file: the same 1,000 files, several times",
    measure: scale,
    settings: node,
    scale: thousands(1, 5, 20, 50),
  },
  { id: "edit", title: "an edit of a layer of 50,000 files", measure: edit, settings: node, scale: thousands(50) },
  { id: "drop", title: "the drop of a folder of 20,000 files", measure: drop, folder: tree("modules"), settings: node },
  // The longest come last: they get fewer rounds where time runs out.
  { id: "modules", title: "a node_modules of 20,000 files", ...loose("modules", node) },
  { id: "mixed", title: "Python and Node, nearly as much as Lambda takes", ...loose("mixed", both) },
];
