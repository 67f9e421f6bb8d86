/**
 * PowerShell as far as the commands use it, by its documentation alone: about_Parsing, about_Quoting_Rules,
 * about_Special_Characters, about_If, about_Foreach, about_Throw, about_Automatic_Variables and the language
 * specification 2.3 (https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02). What it does not know is an
 * error, never a guess.
 */

const SINGLE = "'\u2018\u2019\u201a\u201b";
const DOUBLE = '"\u201c\u201d\u201e';
const DASH = "-\u2013\u2014\u2015";
/** What ends a word that stands without quotes. */
const ENDS = ` \t\r\n;|&<>(){},${SINGLE}${DOUBLE}`;

/** @typedef {(args: string[], file?: string) => { stdout: string, code: number }} Program */

/**
 * Runs a script. `program` stands for every program; what is written into files is handed on to `write`.
 * @param {string} text
 * @param {Program} program
 * @param {(file: string, text: string) => void} [write]
 * @returns {{ said: string[], failed: string | null }}
 */
export function runPowerShell(text, program, write = () => {}) {
  const runner = new Runner(text, program, write);
  try {
    runner.statements(false, true);
  } catch (error) {
    if (error instanceof Thrown) return { said: runner.said, failed: error.message };
    throw error;
  }
  return { said: runner.said, failed: null };
}

class Thrown extends Error {}

class Runner {
  at = 0;
  /** @type {Map<string, any>} */
  variables = new Map([["lastexitcode", 0]]);
  /** @type {string[]} */
  said = [];

  /** @param {string} text @param {Program} program @param {(file: string, text: string) => void} write */
  constructor(text, program, write) {
    Object.assign(this, { text, program, write });
  }

  /** @returns {never} */
  refuse(what) {
    throw new SyntaxError(`${what} at ${JSON.stringify(this.text.slice(this.at, this.at + 40))}`);
  }

  /** White space, and the line ends that a backtick takes the meaning of. */
  space(lines = false) {
    for (;;) {
      if (" \t".includes(this.text[this.at] ?? "x")) this.at += 1;
      else if (lines && "\r\n;".includes(this.text[this.at] ?? "x")) this.at += 1;
      else if (/^`\r?\n/.test(this.text.slice(this.at, this.at + 3))) this.at += this.text[this.at + 1] === "\r" ? 3 : 2;
      else return;
    }
  }

  word(word) {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  expect(word) {
    this.space(true);
    if (!this.word(word)) this.refuse(`expected ${word}`);
  }

  /** @param {boolean} inBlock @param {boolean} live  whether they are carried out */
  statements(inBlock, live) {
    for (;;) {
      this.space(true);
      if (this.at >= this.text.length) return inBlock ? this.refuse("a block does not end") : undefined;
      if (inBlock && this.word("}")) return undefined;
      this.statement(live);
    }
  }

  block(live) {
    this.expect("{");
    this.statements(true, live);
  }

  statement(live) {
    const rest = this.text.slice(this.at);
    const assigned = /^\$([A-Za-z]+)[ \t]*=[ \t]*/.exec(rest);
    const keyword = /^(if|foreach|throw|try|exit)\b/.exec(rest)?.[1];
    if (this.word("& {")) {
      this.at -= 1;
      return this.block(live);
    }
    if (assigned) {
      this.at += assigned[0].length;
      const value = SINGLE.includes(this.text[this.at] ?? "x") ? this.expression(live) : this.pipeline(live);
      if (live) this.variables.set((assigned[1] ?? "").toLowerCase(), value);
    } else if (keyword === "if") {
      this.at += 2;
      this.expect("(");
      const holds = this.condition(live);
      this.expect(")");
      this.block(live && holds);
    } else if (keyword === "foreach") {
      const head = /^foreach \(\$([a-z]+) in \$([a-z]+)\)/.exec(rest) ?? this.refuse("a loop of another form");
      this.at += head[0].length;
      const start = this.at;
      const items = live ? [this.variables.get(head[2] ?? "") ?? []].flat() : [];
      if (items.length === 0) return this.block(false);
      for (const item of items) {
        this.at = start;
        this.variables.set(head[1] ?? "", item);
        this.block(live);
      }
    } else if (keyword === "throw") {
      this.at += 5;
      this.space();
      const what = this.expression(live);
      if (live) throw new Thrown(String(what));
    } else if (keyword === "try") {
      this.at += 3;
      this.block(live);
      this.expect("finally");
      this.block(live);
    } else if (keyword === "exit") {
      this.at += 4;
      this.space();
      this.expression(live);
    } else {
      const value = this.pipeline(live);
      if (live && value !== undefined) this.said.push(...[value].flat().map(String));
    }
  }

  condition(live) {
    const left = this.expression(live);
    this.space();
    const operator = /^-(eq|ne) /.exec(this.text.slice(this.at)) ?? this.refuse("an operator that is not known");
    this.at += operator[0].length;
    const right = this.expression(live);
    // Texts are compared without regard to case; the left side says as what.
    const [a, b] = typeof left === "number" ? [left, Number(right)] : [String(left).toLowerCase(), String(right).toLowerCase()];
    return (a === b) === (operator[1] === "eq");
  }

  /** In expressions a text has quotes; texts are joined by plus. */
  expression(live) {
    let value = this.value(live);
    for (;;) {
      this.space();
      if (!this.word("+ ")) return value;
      value = String(value) + String(this.value(live));
    }
  }

  value(live) {
    this.space();
    const first = this.text[this.at] ?? "";
    if (SINGLE.includes(first)) return this.single();
    if (first === "$") return this.variable(live);
    const number = /^\d+/.exec(this.text.slice(this.at));
    if (!number) return this.refuse("a value that is not known");
    this.at += number[0].length;
    return Number(number[0]);
  }

  variable(live) {
    const name = /^\$([A-Za-z]+)/.exec(this.text.slice(this.at)) ?? this.refuse("a variable of another form");
    this.at += name[0].length;
    // What was never set is looked for around the script, and an error where that is strict.
    if (live && !this.variables.has((name[1] ?? "").toLowerCase())) this.refuse(`$${name[1]} was never set`);
    return this.variables.get((name[1] ?? "").toLowerCase());
  }

  /** Any of the five quotes ends it, unless two stand together, which mean the second. */
  single() {
    let text = "";
    for (this.at += 1; ; this.at += 1) {
      const next = this.text[this.at];
      if (next === undefined) this.refuse("a text does not end");
      if (!SINGLE.includes(next)) text += next;
      else if (SINGLE.includes(this.text[this.at + 1] ?? "x")) text += this.text[(this.at += 1)];
      else break;
    }
    this.at += 1;
    return text;
  }

  /** One argument of a command, in which a word needs no quotes. */
  argument(live) {
    const first = this.text[this.at] ?? "";
    if (first === "(") {
      this.at += 1;
      const value = this.expression(live);
      this.expect(")");
      if (!this.ended()) this.refuse("something follows an expression");
      return String(value ?? "");
    }
    if (first === "$") {
      const value = String(this.variable(live) ?? "");
      if (!this.ended()) this.refuse("something follows a variable");
      return value;
    }
    if (SINGLE.includes(first)) {
      const value = this.single();
      // Joined to what follows, by some versions, and an argument of its own in others.
      if (!this.ended()) this.refuse("something follows a quoted text");
      return value;
    }
    if (DOUBLE.includes(first)) return this.refuse("a text in which variables count");
    let word = "";
    while (this.at < this.text.length && !ENDS.includes(this.text[this.at] ?? "")) {
      const next = this.text[this.at] ?? "";
      if (next === "`" || next === "$") this.refuse("a word with a sign that means something");
      word += next;
      this.at += 1;
    }
    if (word === "") this.refuse("a sign that means something");
    if ("#@".includes(word[0] ?? "") || word === "--%" || word === "--") this.refuse("a word that is none");
    if (DASH.includes(word[0] ?? "") && /^.[^-].*[.:]/.test(word)) this.refuse("a word that is cut in two");
    if (!this.ended()) this.refuse("a word runs into a sign");
    return word;
  }

  ended() {
    return this.at >= this.text.length || " \t\r\n;|}".includes(this.text[this.at] ?? "");
  }

  command(live) {
    /** @type {string[]} */
    const words = [];
    for (;;) {
      this.space();
      if (this.at >= this.text.length || "\r\n;|}".includes(this.text[this.at] ?? "")) return words;
      words.push(this.argument(live));
    }
  }

  pipeline(live) {
    const [name = "", ...args] = this.command(live);
    /** @type {any} */
    let value;
    if (live && name === "Write-Output") value = args.join(" ");
    else if (live && ["Push-Location", "Pop-Location"].includes(name)) value = undefined;
    else if (live) {
      const { stdout, code } = this.program([name, ...args]);
      this.variables.set("lastexitcode", code);
      const lines = stdout.split("\n").filter((line, index, all) => line !== "" || index < all.length - 1);
      value = lines.length === 1 ? lines[0] : lines;
    }
    this.space();
    while (this.word("|")) {
      this.space();
      const [next = "", ...options] = this.command(live);
      if (next === "ConvertFrom-Json") value = live ? JSON.parse([value].flat().join("\n")) : undefined;
      else if (next === "Out-File" && options[0] === "-Encoding" && options[1] === "ascii" && options.length === 3) {
        if (live) this.write(String(options[2]), [value].flat().join("\r\n"));
        value = undefined;
      } else this.refuse(`a pipe into ${next}`);
      this.space();
    }
    return value;
  }
}
