/**
 * The parts of README that are made from tables and examples: `node npm/readme.js` writes them anew, and
 * tests/www/readme.test.js fails when they are out of date.
 *
 * In README each stands between `<!-- made: NAME -->` and `<!-- end -->`.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as contract from "./contract.js";

const README = new URL("../README.md", import.meta.url);

/** @param {string} name */
const code = (name) => (name.startsWith("`") ? name : `\`${name}\``);

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

/** @type {Record<string, () => string>} */
const MADE = {
  attributes: () => table(["attribute", "value", ""], contract.ATTRIBUTES.map(({ name, type, what }) => [code(name), type, what])),
  interface: () =>
    table(
      ["property or method", ""],
      [
        ...contract.PROPERTIES.map(({ name, what }) => [code(name), what]),
        ...contract.METHODS.map(({ name, parameters, what }) => [code(`${name}(${parameters.map(([name]) => name).join(", ")})`), what]),
      ],
    ),
  events: () => table(["event", "detail", ""], contract.EVENTS.map(({ name, detail, what }) => [code(name), code(detail), what])),
  looks: () =>
    table(
      ["slot, part, property", ""],
      [
        ...contract.SLOTS.map(({ name, what }) => [name ? `slot \`${name}\`` : "content without a slot", what]),
        ["parts", contract.PARTS.map(({ name }) => code(name)).join(", ")],
        ...contract.CSS_PROPERTIES.map(({ name, what }) => [code(name), what]),
      ],
    ),
};

/** README as it should be. @param {string} [text] */
export function renewed(text = readFileSync(README, "utf8")) {
  return text.replace(/(<!-- made: ([\w-]+) -->\n)[^]*?(<!-- end -->)/g, (_, begin, name, end) => {
    const made = MADE[name];
    if (!made) throw new Error(`README asks for ${name}, which npm/readme.js does not make`);
    return `${begin}${made()}\n${end}`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(README, renewed());
