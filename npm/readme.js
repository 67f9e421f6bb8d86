/**
 * The parts of README that are made from tables and examples: `node npm/readme.js` writes them anew, and
 * tests/www/readme.test.js fails when they are out of date.
 *
 * In README each stands between `<!-- made: NAME -->` and `<!-- end -->`.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { POLICIES } from "../tests/e2e/support/policies.js";
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
  portals: () => PORTALS.map(([name, files]) => [`**${name}.**`, ...files.map(marked)].join("\n\n")).join("\n\n"),
  policies: () =>
    table(
      ["the page's policy", "what comes of it"],
      POLICIES.map((row) => [
        row.policy ? code(row.policy) : "none",
        "expected" in row ? `says: expected \`${row.expected}\`` : row.worker === "blob" ? "works" : "works, with the worker from its URL",
      ]),
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

/** Portals in README: the name, and the marked lines of these files of its example. @type {[string, string[]][]} */
const PORTALS = [
  ["Plain HTML", ["plain/docs/tools/layers.html"]],
  ["MkDocs with Material", ["mkdocs-material/mkdocs.yml", "mkdocs-material/docs/layers.md"]],
  ["Zensical", ["zensical/zensical.toml", "zensical/docs/layers.md"]],
  ["Sphinx (Furo, PyData)", ["sphinx-furo/conf.py", "sphinx-furo/layers.rst"]],
  ["Docusaurus", ["docusaurus/docusaurus.config.js", "docusaurus/docs/layers.mdx"]],
  ["Backstage TechDocs", ["backstage/app-config.yaml", "backstage/docs/layers.md"]],
  ["Confluence, and other wikis with an HTML macro", ["confluence/macro.html"]],
];

/**
 * The lines of an example between a comment `layerdrop: WHERE` and a comment `end`, as a block of code.
 * @param {string} file
 */
function marked(file) {
  const text = readFileSync(new URL(`../examples/${file}`, import.meta.url), "utf8");
  const regions = [...text.matchAll(/^.*\blayerdrop\b(?::[ ](.*?))?(?:[ ]-->|[ ]\*\/\})?\n([^]*?)^[^\n]*\bend\b(?:[ ]-->|[ ]\*\/\})?$/gm)];
  const lines = regions.flatMap(([, , code]) => undented(/** @type {string} */ (code).trimEnd().replace(/^\n/, "").split("\n")));
  return `${regions[0]?.[1]}:\n\n\`\`\`${file.split(".").at(-1)}\n${lines.join("\n")}\n\`\`\``;
}

/** @param {string[]} lines */
function undented(lines) {
  const indent = Math.min(...lines.filter(Boolean).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent));
}

/** README as it should be. @param {string} [text] */
export function renewed(text = readFileSync(README, "utf8")) {
  return text.replace(/(<!-- made: ([\w-]+) -->\n)[^]*?(<!-- end -->)/g, (_, begin, name, end) => {
    const made = MADE[name];
    if (!made) throw new Error(`README asks for ${name}, which npm/readme.js does not make`);
    return `${begin}${made()}\n${end}`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(README, renewed());
