#!/usr/bin/env node
/**
 * `layerdrop`: the page's work on the command line.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OBSERVED, settingOf } from "../www/settings/layer-attributes.js";
import { UsageError, open } from "./index.js";
import { describeComparison, describeExplanations, describeLayer, describePlan, describeSlimming, printable, worst } from "./report.js";

/** @typedef {ReturnType<typeof open>} Work */
/** @typedef {{ values: Record<string, string | boolean | (string | boolean)[] | undefined>, paths: string[], say: (text: string) => void }} Context */

/** Where a run ends: nothing to object to, errors found, could not be done, warnings that were asked for. */
const EXIT = { fine: 0, errors: 1, failed: 2, warnings: 3 };

/** The element's attributes are options here: `--layer-name`, `--share-with`, … */
const SETTINGS = OBSERVED.filter((name) => !name.startsWith("data-"));
const SHORT = new Map([
  ["arch", "architecture"],
  ["name", "layer-name"],
]);

/**
 * What can be asked for: `run` takes what was given and returns what `--json` prints, `judge` says how bad that is.
 * `least`: paths that it needs; `opens`: those of them that the layer is made of.
 * @typedef {{ help: string, least?: number, opens?: (paths: string[]) => string[], run: (work: Work, context: Context) => any, judge: (result: any) => string | undefined }} Command
 */
/** @type {Map<string, Command>} */
const COMMANDS = new Map(
  Object.entries({
    pack: { help: "make the layer's zip (-o layer.zip)", run: pack, judge: judgePlan },
    check: { help: "say what would be in the layer, and what would fail", run: check, judge: judgePlan },
    slim: { help: "say what the layer works without (--slim and --fit leave it out)", run: slim, judge: judgePlan },
    explain: {
      help: "say what an error means, and what of it is seen in the layer (--message)",
      least: 0,
      run: explain,
      judge: (/** @type {wasm_bindgen.Explanation[]} */ told) => (told.every(({ id }) => id === "not-known") ? "error" : undefined),
    },
    diff: {
      help: "say what changes from an earlier zip, OLD.zip, to what follows it",
      least: 2,
      opens: (/** @type {string[]} */ [, ...paths]) => paths,
      run: diff,
      judge: (/** @type {wasm_bindgen.Difference} */ { same, targets }) =>
        targets.some(({ after }) => after === "red") ? "error" : same ? undefined : "warning",
    },
    stack: {
      help: "say what several layers' zips are together, in their order (--function)",
      opens: () => [],
      run: stack,
      judge: (/** @type {wasm_bindgen.Stack} */ { fits, findings, packages }) =>
        fits ? (worst(findings) ?? (packages.length > 0 ? "warning" : undefined)) : "error",
    },
  }),
);

/** @param {wasm_bindgen.Plan} plan */
function judgePlan({ findings }) {
  return worst(findings);
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function explain(work, { values, say }) {
  if (values.message === undefined) throw new UsageError("explain needs --message TEXT, or --message - for what comes in");
  const text = values.message === "-" ? readFileSync(0, "utf8") : String(values.message);
  const told = work.explain(text);
  say(describeExplanations(told));
  return told;
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function diff(work, { paths, say }) {
  const difference = work.diff(paths[0] ?? "");
  say(printable(difference.markdown));
  return difference;
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function stack(work, { paths, values, say }) {
  const stacked = work.stack(paths, values.function === undefined ? undefined : String(values.function));
  say(printable(stacked.markdown));
  return stacked;
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function check(work, { say }) {
  const plan = work.plan();
  say(describePlan(plan));
  return plan;
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function slim(work, { say }) {
  const plan = work.plan();
  say(describeSlimming(plan.slimming));
  return plan;
}

/**
 * @param {Work} work
 * @param {Context} context
 */
function pack(work, { values, say }) {
  const layer = work.build();
  const plan = work.plan();
  const path = String(values.output ?? layer.fileName);
  layer.writeTo(path);
  if (values.bundle !== undefined) work.bundle(layer).writeTo(String(values.bundle));
  say(describePlan(plan));
  say(describeLayer(layer, path));
  const { commands } = layer;
  if (values.commands !== undefined) {
    const [name = "", shell = "sh"] = String(values.commands).split(".");
    const command = Object.entries(commands).find(([id]) => id === name)?.[1];
    const text =
      command && ["sh", "powershell", "cmd"].includes(shell) ? command[/** @type {"sh"} */ (shell)] : undefined;
    if (!command || text === undefined)
      throw new UsageError(
        `found --commands ${values.commands}; expected one of ${Object.keys(commands).join(", ")}, and then .sh, .powershell or .cmd`,
      );
    for (const file of command.files) writeFileSync(join(path, "..", file.name), file.text);
    process.stdout.write(`${text}\n`);
  }
  return { ...plan, layer: { ...layer, path } };
}

const USAGE = `Usage: layerdrop COMMAND FILE-OR-FOLDER… [OPTION…]

${[...COMMANDS].map(([name, { help }]) => `  ${name.padEnd(8)}${help}`).join("\n")}

  -o, --output FILE     where the zip goes (pack); else it is called after the layer
  --recipe FILE         decide as a layer.json says; options that are given count more
  --save-recipe FILE    write what was decided as a layer.json
  --bundle FILE         write all about the layer as one zip: recipe, manifest, SBOM, scripts, templates (pack)
  --message TEXT        what CloudWatch, the console or a command says, - to read it (explain)
  --function ZIP        the function's own code, which counts for the size (stack)
  --commands NAME       print a command, such as publish, share or attach.powershell (pack)
  --slim GROUP          leave out a group, such as tests; several times for several
  --fit LIMIT           leave out as much as it takes to stay within a limit: unzipped or zipped
  --json                print all that was found as JSON
  --modes               take execute bits from the disk, which a page could not see
  --fail-on LEVEL       error (as if not given), warning, or never
  --runtime, --arch, --name and every other setting of the page:
  ${SETTINGS.map((name) => `--${name}`).join(" ")}

Ends with 0 if nothing speaks against the layer, 1 on errors, 3 on warnings with --fail-on warning, 2 if it could not be done.
explain ends with 1 if the message is not known; diff with 1 if it fails on a chosen target where the earlier zip did not, and
any difference is a warning; stack with 1 if all of it is too large. What diff and stack print is Markdown.
`;

const OPTIONS = /** @type {const} */ ({
  output: { type: "string", short: "o" },
  bundle: { type: "string" },
  commands: { type: "string" },
  message: { type: "string" },
  function: { type: "string" },
  recipe: { type: "string" },
  "save-recipe": { type: "string" },
  slim: { type: "string", multiple: true },
  fit: { type: "string" },
  json: { type: "boolean" },
  modes: { type: "boolean" },
  "fail-on": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
});

/** @param {string[]} args */
function main(args) {
  const lists = Object.fromEntries(
    [...SETTINGS, ...SHORT.keys()].map((name) => [name, { type: "string", multiple: true }]),
  );
  const { values, positionals } = parsed(args, { ...OPTIONS, ...lists });
  if (values.version)
    return print(`${JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version}\n`);
  const [name, ...paths] = positionals;
  if (values.help || name === undefined) return print(USAGE, values.help ? EXIT.fine : EXIT.failed);
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(`found the command ${name}; expected one of ${[...COMMANDS.keys()].join(", ")}`);
  const { least = 1, opens = (/** @type {string[]} */ all) => all } = command;
  if (paths.length < least)
    throw new UsageError(`${name} needs ${least > 1 ? `${least} or more ` : ""}files or folders to look at`);
  const failOn = String(values["fail-on"] ?? "error");
  if (!["error", "warning", "never"].includes(failOn))
    throw new UsageError(`found --fail-on ${failOn}; expected error, warning or never`);

  const work = open(opens(paths), settingsOf(values), { modes: values.modes === true });
  // What is asked for goes to standard output; what is told beside it does not get in its way.
  const quiet = values.json === true;
  const aside = values.commands !== undefined;
  const say = (/** @type {string} */ text) => void (quiet || (aside ? process.stderr : process.stdout).write(text));
  if (values.recipe !== undefined) {
    const comparison = work.applyRecipe(readFileSync(String(values.recipe), "utf8"));
    process.stderr.write(describeComparison(comparison));
  }
  for (const id of /** @type {string[]} */ (values.slim ?? [])) work.apply({ op: "slim", id });
  if (values.fit !== undefined)
    work.apply({ op: "fit", limit: /** @type {"unzipped" | "zipped"} */ (String(values.fit)) });
  const result = command.run(work, { values, paths, say });
  if (values["save-recipe"] !== undefined) writeFileSync(String(values["save-recipe"]), work.recipe());
  if (quiet) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  const found = command.judge(result);
  if (failOn === "never") return EXIT.fine;
  if (found === "error") return EXIT.errors;
  return found === "warning" && failOn === "warning" ? EXIT.warnings : EXIT.fine;
}

/**
 * @param {string[]} args
 * @param {import("node:util").ParseArgsConfig["options"]} options
 * @returns {{ values: Context["values"], positionals: string[] }}
 */
function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The settings that were given, as the page reads attributes.
 * @param {Context["values"]} values
 */
function settingsOf(values) {
  const given = new Map();
  for (const name of [...SETTINGS, ...SHORT.keys()]) {
    const texts = values[name];
    if (Array.isArray(texts)) given.set(SHORT.get(name) ?? name, texts.join(" "));
  }
  const element = /** @type {Element} */ ({ getAttribute: (name) => given.get(name) ?? null });
  return Object.assign({}, ...[...given.keys()].map((name) => settingOf(element, name)));
}

/**
 * @param {string} text
 * @param {number} code
 */
function print(text, code = EXIT.fine) {
  (code === EXIT.fine ? process.stdout : process.stderr).write(text);
  return code;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  process.stderr.write(
    name === "UsageError" ? `layerdrop: ${message}\nlayerdrop --help tells more.\n` : `layerdrop: ${message}\n`,
  );
  process.exitCode = EXIT.failed;
}
