/** The results as one page of Markdown. */

import { longest, typical } from "./statistics.js";
import { met, verdicts } from "./targets.js";

/**
 * @param {any[]} results
 * @param {{ on: Awaited<ReturnType<typeof import("./machine.js").machine>>, rounds: number, unfinished: boolean }} run
 */
export function report(results, { on, rounds, unfinished }) {
  return [
    "# Results",
    "",
    ...(unfinished ? ["**The run is not at its end, or was cut off there.**", ""] : []),
    `Made by \`make bench\`; [README.md](README.md) tells how to read it. Medians of up to ${rounds} warm rounds [fastest–slowest]; MB are 10⁶ bytes.`,
    "",
    `- ${on.processor}, ${on.cores} cores, ${Math.round(on.memory / 2 ** 30)} GB, Linux ${on.system}; load before the run ${on.load.toFixed(1)}`,
    `- Layerdrop ${on.revision}, Chromium ${on.browser}, Node ${on.node}, zip ${on.zip}, ${Object.entries(on.peers).map(([name, version]) => `${name} ${version}`).join(", ")}`,
    "",
    ...targets(verdicts(results.map(measured), on)),
    ...results.flatMap(section),
  ].join("\n");
}

/** @param {import("./targets.js").Verdict[]} verdicts */
function targets(verdicts) {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map((verdict) => {
    const { of, found, wanted, atLeast, unit } = verdict;
    const by = Math.abs(found - wanted);
    const judged = met(verdict) ? "met" : `**missed by ${amount(by, unit)}**`;
    return [of, amount(found, unit), `${atLeast ? "≥" : "≤"} ${amount(wanted, unit)}`, judged];
  });
  return ["## Targets", "", ...table(["", "found", "wanted", ""], rows), ""];
}

/** @param {any} result */
function section({ set, problem, ...result }) {
  const told = SECTIONS.get(set.id) ?? race;
  const found = Object.keys(result).length ? told(measured(result)) : [];
  return [`## ${set.id}: ${set.title}`, "", ...(problem ? [problem, ""] : []), ...found, ""];
}

/** Without the contenders whose turn has not come. @param {any} result */
function measured(result) {
  return result.rows ? { ...result, rows: result.rows.filter(({ cold, problem }) => cold || problem) } : result;
}

const SECTIONS = new Map([
  ["bytes", ({ rows }) => scale(rows, (row) => [mb(row.bytes), `${(typical(row) / (row.bytes / 1e6)).toFixed(2)} ms/MB`])],
  ["files", ({ rows }) => scale(rows, (row) => [row.files.toLocaleString("en"), `${((typical(row) / row.files) * 1000).toFixed(0)} µs/file`])],
  ["edit", edit],
  ["drop", drop],
]);

/** @param {any} result */
function race({ files, bytes, rows }) {
  const own = rows.find((row) => row.id === "layerdrop" && !row.problem);
  const lines = rows.map((row) => {
    if (row.problem) return [row.title, row.problem];
    const ratio = own && row !== own ? `${(typical(row) / typical(own)).toFixed(1)}×` : "";
    const inside = row.held.length > 0;
    return [
      row.title,
      seconds(row.cold),
      times(row),
      ratio,
      row.size.toLocaleString("en"),
      inside ? `${ms(longest(row.held, "task"))} / ${ms(longest(row.held, "gap"))}` : "",
      inside ? `${mb(row.peak.pages)} / ${mb(row.peak.all)}` : "",
    ];
  });
  const parts = own && Object.keys(own.parts[0] ?? {});
  return [
    `${files.toLocaleString("en")} files, ${mb(bytes)} unpacked.${leftOut(rows)}`,
    "",
    ...table(["", "cold", "warm", "to Layerdrop", "bytes", "page: long task / gap", "memory: pages / all"], lines),
    ...(parts?.length ? ["", `Layerdrop's time: ${parts.map((part) => `${part} ${seconds(typical({ times: own.parts.map((parts) => parts[part]) }))}`).join(", ")}.`] : []),
  ];
}

/** @param {any[]} rows */
function leftOut(rows) {
  const few = rows.find((row) => row.leftOut > 0);
  return few ? ` Layerdrop leaves out ${few.leftOut} that a layer has no use for.` : "";
}

/** @param {any[]} rows @param {(row: any) => string[]} cells */
function scale(rows, cells) {
  const lines = rows.map((row) => (row.problem ? [row.title, row.problem] : [row.title, times(row), ...cells(row)]));
  return table(["", "warm", "size", "for one"], lines);
}

/** @param {any} result */
function edit({ files, add, plan, times, peak }) {
  const row = { times };
  return [
    `${files.toLocaleString("en")} files: opened in ${seconds(add)}, the whole plan handed to a script in ${seconds(plan)}, an edit answered after ${ms(typical(row))} [${ms(Math.min(...times))}–${ms(Math.max(...times))}].`,
    `Memory meanwhile: ${mb(peak.pages)} for the page and its worker, ${mb(peak.all)} in all processes.`,
  ];
}

/** @param {any} result */
function drop({ files, cold, times: warm, walks }) {
  return [`${files.toLocaleString("en")} files: in the plan after ${times({ cold, times: warm })}, of which the walk through the folders takes ${seconds(typical({ cold: walks[0], times: walks.slice(1) }))}.`];
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (cells) => `| ${head.map((_, index) => cells[index] ?? "").join(" | ")} |`;
  return [line(head), `|${head.map((_, index) => (index === 0 ? "---" : "--:")).join("|")}|`, ...rows.map(line)];
}

/** @param {{ cold: number, times: number[] }} row */
function times(row) {
  const { times } = row;
  const fewer = times.length < 5 ? ` n=${times.length}` : "";
  if (times.length < 2) return seconds(typical(row)) + fewer;
  return `${seconds(typical(row))} [${seconds(Math.min(...times))}–${seconds(Math.max(...times))}]${fewer}`;
}

const seconds = (value) => `${(value / 1000).toFixed(value < 1000 ? 3 : 2)} s`;
const ms = (value) => `${value.toFixed(0)} ms`;
const mb = (value) => `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
const amount = (value, unit) => `${value.toFixed(unit === "ms" ? 0 : 2)}${unit === "×" ? unit : ` ${unit}`}`;
