/** What was found, in lines for people. */

/** @typedef {wasm_bindgen.Plan} Plan */

/** @type {wasm_bindgen.Severity[]} */
const WORST_FIRST = ["error", "warning", "note"];

/**
 * The worst severity among findings, if there is any.
 * @param {wasm_bindgen.Finding[]} findings
 */
export function worst(findings) {
  return WORST_FIRST.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** @param {Plan} plan */
export function describePlan({ recognised, findings, entries, sizes }) {
  const parts = recognised.map(({ source, kind, name, version, reason }) => {
    const what = [kind, name, version].filter(Boolean).join(" ");
    return `${line(source)}: ${line(what)} (${line(reason)})\n`;
  });
  const found = findings.map(({ severity, rule, path, message, why, how, commands }, at) => {
    const next = findings[at + 1];
    const typed = commands.map(({ label, sh }) => `  ${line(label)}: ${line(sh)}\n`);
    const told = `${severity}: ${rule}: ${path ? `${line(path)}: ` : ""}${line(message)}\n${typed.join("")}`;
    return next?.rule === rule && next.why === why && next.how === how ? told : `${told}  ${why}\n  ${how}\n`;
  });
  const total = `${entries.length} files, ${sizes.unzipped} of ${sizes.unzippedLimit} bytes unpacked\n`;
  return [...parts, ...found, total].join("");
}

/**
 * What the layer works without, and what of it would bring it within the limits.
 * @param {wasm_bindgen.Slimming} slimming
 */
export function describeSlimming({ groups, fits }) {
  const told = groups.map(
    ({ id, title, why, kind, files, unzipped, zipped }) =>
      `${kind}: ${id}: ${title}: ${unzipped} bytes unpacked in ${files} files, about ${zipped} of the zip\n  ${why}\n`,
  );
  const needed = fits.flatMap(({ limit, most, fits, take, left }) => {
    const without = fits ? `fits without ${take.join(", ")}` : "does not fit, even without all of this";
    return take.length > 0 ? [`${limit}: ${without}: ${left} of ${most} bytes\n`] : [];
  });
  return [...told, ...needed].join("") || "nothing is known that the layer works without\n";
}

/**
 * @param {wasm_bindgen.Published} layer
 * @param {string} path
 */
export function describeLayer(layer, path) {
  return `${line(path)}: ${layer.size} bytes, CodeSha256 ${layer.codeSha256}\n`;
}

/**
 * How the files differ from those that a recipe is about; nothing where they don't.
 * @param {wasm_bindgen.Comparison} comparison
 */
export function describeComparison({ missing, changed, extra }) {
  const told = (/** @type {string[]} */ names, /** @type {string} */ what) =>
    names.map((name) => `recipe: ${line(name)} ${what}\n`);
  return [
    ...told(missing, "is not there; the recipe was made with it"),
    ...told(changed, "has other bytes than the recipe was made with"),
    ...told(extra, "is not in the recipe"),
  ].join("");
}

/** @param {wasm_bindgen.Explanation[]} told */
export function describeExplanations(told) {
  const one = (/** @type {wasm_bindgen.Explanation} */ { id, what, here, why, how, link, finding, fixes, commands }) => [
    `${id}: ${line(what)}`,
    here && `in this layer: ${line(here)}`,
    finding && `${finding.severity}: ${finding.rule}: ${line(finding.message)}`,
    line(why),
    line(how),
    ...fixes.map(({ label }) => `fix: ${line(label)}`),
    ...commands.map(({ label, sh }) => `${line(label)}: ${line(sh)}`),
    link,
  ];
  return told.map((each) => `${one(each).filter(Boolean).join("\n  ")}\n`).join("");
}

/** Several lines that hold names from files. @param {string} text */
export function printable(text) {
  return text.split("\n").map(line).join("\n");
}

/**
 * A name from a file must not write to the terminal what it likes.
 * @param {string} text
 */
function line(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
