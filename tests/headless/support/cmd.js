/**
 * The Windows command prompt as far as the commands use it, by the documentation of its commands
 * (https://learn.microsoft.com/windows-server/administration/windows-commands/cmd, for, if, set, call) and of its phases
 * as they are known: percent signs, then signs outside quotes, line by line. What it does not know is an error.
 */

/** @typedef {(args: string) => { stdout: string, code: number }} Program  gets the line as Windows hands it over */

/**
 * Runs text as it is pasted, or a batch file.
 * @param {string} text
 * @param {{ batch: boolean, program: Program, write?: (file: string, text: string) => void }} options
 * @returns {{ said: string[], failed: boolean }}
 */
export function runCmd(text, { batch, program, write = () => {} }) {
  const prompt = new Prompt(text.split(batch ? "\r\n" : "\n"), batch, program, write);
  try {
    while (prompt.lines.length > 0) prompt.line();
  } catch (error) {
    if (error instanceof Ended) return { said: prompt.said, failed: error.code !== 0 };
    throw error;
  }
  return { said: prompt.said, failed: false };
}

class Ended extends Error {
  /** @param {number} code */
  constructor(code) {
    super();
    this.code = code;
  }
}

class Prompt {
  /** @type {Map<string, string>} */
  variables = new Map();
  /** @type {string[]} */
  said = [];
  code = 0;

  /** @param {string[]} lines @param {boolean} batch @param {Program} program @param {(file: string, text: string) => void} write */
  constructor(lines, batch, program, write) {
    Object.assign(this, { lines, batch, program, write });
  }

  /** @returns {never} */
  refuse(what, text) {
    throw new SyntaxError(`${what} in ${JSON.stringify(text)}`);
  }

  /** Percent signs come first, wherever they stand; quotes protect nothing. */
  expanded(line) {
    let found = "";
    for (let at = 0; at < line.length; at += 1) {
      if (line[at] !== "%") {
        found += line[at];
        continue;
      }
      if (this.batch && line[at + 1] === "%") {
        found += "%";
        at += 1;
        continue;
      }
      if (this.batch && line.startsWith("%~dp0", at)) {
        found += "C:\\folder\\";
        at += 4;
        continue;
      }
      const end = line.indexOf("%", at + 1);
      const name = end < 0 ? "" : line.slice(at + 1, end);
      if (name !== "" && /^[a-z]+$/i.test(name)) {
        const value = this.variables.get(name.toLowerCase());
        // At the prompt what is not set stays as it stands; in a file it becomes nothing.
        found += value ?? (this.batch ? "" : `%${name}%`);
        at = end;
      } else if (!this.batch && /^%[a-z]\b/i.test(line.slice(at))) found += "%";
      else this.refuse("a percent sign", line);
    }
    return found;
  }

  /** One line with those that a caret joins to it. */
  line() {
    let text = this.expanded(this.lines.shift());
    for (;;) {
      const { pieces, open } = signs(text);
      if (!open) return this.commands(pieces);
      if (this.lines.length === 0) this.refuse("a caret at the end", text);
      text = text.slice(0, -1) + this.expanded(this.lines.shift());
    }
  }

  /** @param {Piece[]} pieces */
  commands(pieces) {
    const reader = { pieces, at: 0 };
    this.chain(reader, true);
    if (reader.at < pieces.length) this.refuse("a sign that closes nothing", spelled(pieces));
  }

  chain(reader, live) {
    let last = this.one(reader, live);
    for (;;) {
      const sign = reader.pieces[reader.at]?.sign;
      if (sign === "&") last = (reader.at += 1) && this.one(reader, live);
      else if (sign === "&&") last = (reader.at += 1) && this.one(reader, live && last === 0);
      else if (sign === "||") last = (reader.at += 1) && this.one(reader, live && last !== 0);
      else return last;
    }
  }

  one(reader, live) {
    const { pieces } = reader;
    while (pieces[reader.at]?.text?.trim() === "" && !pieces[reader.at]?.sign) reader.at += 1;
    const piece = pieces[reader.at];
    if (piece?.sign === "(") {
      reader.at += 1;
      const code = this.chain(reader, live);
      if (pieces[reader.at]?.sign !== ")") this.refuse("a bracket does not end", spelled(pieces));
      reader.at += 1;
      return code;
    }
    if (piece?.text === undefined) return this.refuse("a command is missing", spelled(pieces));
    const condition = /^ *if (?:"([^"]*)"=="([^"]*)"|not defined ([a-z]+)) /.exec(piece.text);
    if (condition) {
      piece.text = piece.text.slice(condition[0].length);
      const [, left, right, name] = condition;
      const holds = name ? !this.variables.has(name) : left === right;
      // A condition takes all that follows on the line along.
      return this.chain(reader, live && holds);
    }
    const loop = /^ *for \/f "delims=([^"]*)" %([a-z]) in $/.exec(piece.text);
    if (loop) return this.loop(reader, loop, live);
    reader.at += 1;
    let [file, quiet] = ["", false];
    if (pieces[reader.at]?.sign === ">") {
      const target = pieces[reader.at + 1]?.text?.trim() ?? "";
      if (target === "&2" || pieces[reader.at + 1]?.sign === "&") this.refuse("a redirection of another form", spelled(pieces));
      file = target.replace(/^"(.*)"$/, "$1");
      reader.at += 2;
    } else if (pieces[reader.at]?.sign === "1>&2") {
      [quiet, reader.at] = [true, reader.at + 1];
    }
    if (!live) return 0;
    return this.simple(piece.text.trim(), file, quiet);
  }

  loop(reader, [, delimiters = "", variable = ""], live) {
    const { pieces } = reader;
    const [open, inner, close] = pieces.slice(reader.at + 1, reader.at + 4);
    const quoted = /^'(.*)'$/.exec(inner?.text ?? "");
    if (open?.sign !== "(" || close?.sign !== ")" || !quoted) return this.refuse("a loop of another form", spelled(pieces));
    // Commas, semicolons and equal signs outside quotes become spaces here.
    if (/[,;=]/.test(unquoted(quoted[1] ?? ""))) this.refuse("a sign that the loop takes away", quoted[1]);
    const body = pieces.slice(reader.at + 4);
    reader.at = pieces.length;
    if (!/^ do /.test(body[0]?.text ?? "")) this.refuse("a loop without a body", spelled(pieces));
    if (!live) return 0;
    // The command runs in a prompt of its own, which reads its signs once more; it has no percent sign left.
    const again = signs(quoted[1] ?? "");
    if (again.open || again.pieces.length !== 1 || /%/.test(quoted[1] ?? "")) this.refuse("a command of another form", quoted[1]);
    const { stdout } = this.program(again.pieces[0]?.text ?? "");
    const tokens = stdout.split("\n").filter((line) => line !== "").flatMap((line) => {
      const parts = delimiters === "" ? [line] : line.split(new RegExp(`[${delimiters.replace(/[\]\\]/g, "\\$&")}]+`)).filter(Boolean);
      return parts.slice(0, 1);
    });
    let code = 0;
    for (const token of tokens) {
      const filled = body.map((piece) => ({ ...piece, ...(piece.text === undefined ? {} : { text: piece.text.replaceAll(`%${variable}`, token) }) }));
      filled[0] = { text: (filled[0]?.text ?? "").replace(/^ do @?/, "") };
      code = this.chain({ pieces: filled, at: 0 }, true);
    }
    return code;
  }

  simple(text, file, quiet) {
    const set = /^@?set "([a-z]+)=(.*)"$/.exec(text);
    if (set) {
      if (set[2] === "") this.variables.delete(set[1] ?? "");
      else this.variables.set(set[1] ?? "", set[2] ?? "");
      return 0;
    }
    if (/^(@echo off|setlocal|cd \/d "[^"]*")?$/.test(text)) return 0;
    const exit = /^exit \/b (\d)$/.exec(text);
    if (exit) throw new Ended(Number(exit[1]));
    if (text.startsWith("echo ")) {
      this.said.push(text.slice(5).trim());
      return 0;
    }
    if (quiet) this.refuse("a redirection of another form", text);
    // A batch file that is not called does not come back.
    if (this.batch && !text.startsWith("call ")) this.refuse("a program that is not called", text);
    const { stdout, code } = this.program(this.batch ? text.slice(5) : text);
    if (file) this.write(file, stdout);
    this.code = code;
    return code;
  }
}

/** @typedef {{ text?: string, sign?: string }} Piece */

/**
 * A line at its signs: outside quotes a caret takes the next one's meaning.
 * @param {string} line
 * @returns {{ pieces: Piece[], open: boolean }}
 */
function signs(line) {
  /** @type {Piece[]} */
  const pieces = [];
  let [text, quoted] = ["", false];
  const end = (/** @type {string} */ sign) => {
    if (text !== "") pieces.push({ text });
    pieces.push({ sign });
    text = "";
  };
  for (let at = 0; at < line.length; at += 1) {
    const rest = line.slice(at);
    const sign = /^(1>&2|&&|\|\||[&|<>()])/.exec(rest)?.[1];
    if (line[at] === '"') quoted = !quoted;
    if (quoted || line[at] === '"') text += line[at];
    else if (line[at] === "^") {
      if (at === line.length - 1) return { pieces, open: true };
      text += line[(at += 1)];
    } else if (sign === "|" || sign === "<") throw new SyntaxError(`a sign of another form in ${JSON.stringify(line)}`);
    else if (sign) {
      end(sign);
      at += sign.length - 1;
    } else text += line[at];
  }
  if (quoted) throw new SyntaxError(`a quote that does not end in ${JSON.stringify(line)}`);
  if (text !== "") pieces.push({ text });
  return { pieces, open: false };
}

/** @param {string} text */
function unquoted(text) {
  return text.replace(/"[^"]*"/g, "");
}

/** @param {Piece[]} pieces */
function spelled(pieces) {
  return pieces.map(({ text, sign }) => text ?? sign).join("");
}

/**
 * Whether arguments mean to the prompt what they say: so it has to be where the program is a batch file itself, as pip's
 * `aws.cmd` is, and its arguments are read a second time. Brackets mean something at a command's beginning alone.
 * @param {string} line
 */
export function meansItself(line) {
  return !line.includes("%") && (line.match(/"/g) ?? []).length % 2 === 0 && !/[&|<>^\r\n]/.test(unquoted(line));
}
