/**
 * What a Windows program receives: a command line is one text there, and each program takes it apart by itself.
 */

/**
 * As Microsoft's C runtime does, which Python's start has too. Source:
 * https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 * @param {string} line  without the program's own name
 */
export function taken(line) {
  const found = [];
  let at = 0;
  for (;;) {
    while (line[at] === " " || line[at] === "\t") at += 1;
    if (at >= line.length) return found;
    let [argument, quoted] = ["", false];
    while (at < line.length && (quoted || !" \t".includes(line[at]))) {
      let slashes = 0;
      while (line[at] === "\\") [slashes, at] = [slashes + 1, at + 1];
      if (line[at] !== '"') {
        argument += "\\".repeat(slashes);
        if (slashes > 0) continue;
        argument += line[at];
        at += 1;
        continue;
      }
      argument += "\\".repeat(slashes >> 1);
      if (slashes % 2 === 1) argument += '"';
      else if (quoted && line[at + 1] === '"') [argument, at] = [`${argument}"`, at + 1];
      else quoted = !quoted;
      at += 1;
    }
    found.push(argument);
  }
}

/**
 * How Windows PowerShell 5.1 makes the line: quotes around what holds white space or nothing else is done. Source:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 * @param {string[]} args
 */
export function givenByOldPowerShell(args) {
  return args.filter((one) => one !== "").map((one) => (/\s/.test(one) ? `"${one}"` : one)).join(" ");
}

/**
 * How PowerShell 7.3 and later make it, with every quote and backslash kept.
 * @param {string[]} args
 */
export function givenByNewPowerShell(args) {
  const quoted = (/** @type {string} */ one) => `"${one.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
  return args.map((one) => (one !== "" && !/[\s"]/.test(one) ? one : quoted(one))).join(" ");
}
