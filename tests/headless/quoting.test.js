/**
 * What a program receives: whatever was typed, every shell hands over the same arguments, and AWS gets what was typed. The
 * shells of this machine are run; PowerShell and the Windows prompt are read by their documented rules.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { open } from "../../dist/headless/index.js";
import { meansItself, runCmd } from "./support/cmd.js";
import { runPowerShell } from "./support/powershell.js";
import { givenByNewPowerShell, givenByOldPowerShell, taken } from "./support/windows-arguments.js";

const SHELLS = ["sh", "bash", "dash", "zsh"];
const ARN = "arn:aws:lambda:eu-west-1:123456789012:layer:x";

/** What AWS answers, by what a call holds; the first row that fits counts. @type {[string, string][]} */
const ANSWERS = [
  ["max(LayerVersions", "3"],
  ["reverse(sort(", "[\n    1,\n    2\n]"],
  ["CodeSha256 ==", "true"],
  ["== None", "true"],
  ["FunctionArn", `{"FunctionName": "f", "Layers": []}`],
  ["LayerVersionArn", `${ARN}:3`],
  ["LayerArn", ARN],
  ["VersionId", "v1"],
  ["", "{}"],
];

/** The same start, the same texts. @param {number} seed */
function generator(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = (/** @type {readonly any[]} */ from) => from[Math.floor(next() * from.length)];
  const text = (/** @type {readonly string[]} */ from, most = 12) =>
    Array.from({ length: 1 + Math.floor(next() * most) }, () => one(from)).join("");
  return { next, one, text };
}

const ODD = [
  ..."'\"$`%^!&|<>()[]{};,=*?~#@\\/:+-_. \n\t\u00e9\u65e5", "\u{1f980}", "\u2018", "\u2019", "\u201c", "\u202e", "%PATH%", "$HOME", "$(id)", "`id`", "!x!", "''", '""',
  "\\\\", "--", "a", "B", "7", "\r\n",
];
const STARTS = ["", "", "-", "--region ", "file://", "fileb://", "http://", "https://", "@", "~", "#", " ", "=", "%"];
const ENDS = ["", "", "\\", '"', " ", "^", "\n", "'", "%"];
const PLAIN = [..."abcXYZ019-_"];

/** Settings with something odd in every field that takes it. */
function settingsOf(/** @type {number} */ seed) {
  const { next, one, text } = generator(seed);
  const odd = () => one(STARTS) + text(ODD) + one(ENDS);
  const some = (/** @type {string} */ usual, /** @type {string} */ rare) => (next() < 0.93 ? usual : rare);
  return {
    runtimes: ["python3.12"],
    layerName: some(text(PLAIN, 20), odd()),
    description: some(odd(), text([..."ab c.d-e(f),g"], 30)),
    licenseInfo: some(odd(), "MIT"),
    region: some("eu-west-1", odd()),
    regions: next() < 0.3 ? ["us-east-1"] : [],
    profile: some(text([...PLAIN, ..."@/+=:."], 9), odd()),
    s3Bucket: next() < 0.5 ? "" : "bucket-{region}",
    s3Key: next() < 0.5 ? "" : some(`a/${text([...PLAIN, ..." !*'().&$@=;:+,?"], 9)}.zip`, odd()),
    s3StorageMode: /** @type {"copy" | "reference"} */ (one(["copy", "reference"])),
    s3ObjectVersion: "",
    shareWith: [one(["123456789012", "*", "o-a1b2c3d4e5", odd()])],
    functionName: some(text(PLAIN, 20), odd()),
    keepVersions: 2,
  };
}

/** What a call means to the AWS command line: its words, and its options with their values. @param {string[]} args */
function read(args) {
  const [program, ...rest] = args;
  assert.equal(program, "aws");
  const first = rest.findIndex((word) => word.startsWith("--"));
  const words = first < 0 ? rest : rest.slice(0, first);
  /** @type {Record<string, string[]>} */
  const options = {};
  let name = "";
  for (const word of first < 0 ? [] : rest.slice(first)) {
    const [, option, value] = /^(--[a-z0-9-]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (option) {
      assert.ok(!(option in options), `${option} stands twice`);
      name = option;
      options[name] = value === undefined ? [] : [value];
    } else {
      assert.ok(!word.startsWith("-"), `${JSON.stringify(word)} would be taken for an option`);
      options[name]?.push(word);
    }
  }
  return { words, options };
}

describe("what a program receives", { timeout: 600_000 }, () => {
  let folder = "";
  before(() => void (folder = mkdtempSync(join(tmpdir(), "layerdrop-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** @param {Partial<wasm_bindgen.Settings>} settings */
  function built(settings) {
    const source = join(folder, "module.py");
    writeFileSync(source, "x = 1\n");
    const work = open([source], settings);
    const layer = work.build();
    return { layer, findings: work.plan().findings };
  }

  const answer = (/** @type {string[]} */ args) => `${ANSWERS.find(([holds]) => args.join(" ").includes(holds))?.[1]}\n`;

  /**
   * Runs texts in a real shell, where the program is a function that keeps what it is called with.
   * @param {string} shell
   * @param {string[]} texts
   * @returns {string[][][]} the calls of each text
   */
  function inShell(shell, texts) {
    const cases = ANSWERS.map(([holds, said]) => `*'${holds}'*) printf '%s\\n' '${said}';;`).join("\n");
    const program = `aws() {\nprintf '%s\\0' "$(($# + 1))" aws "$@" >> "$CALLS"\ncase "$*" in\n${cases}\nesac\n}\n`;
    const runs = texts.map((text, index) => `CALLS=calls-${index}\n: > "$CALLS"\n(\n${text}\n) > /dev/null 2>> failures || echo "text ${index} failed" >> failures\n`);
    const script = join(folder, `run-${shell}`);
    writeFileSync(script, `${program}: > failures\n${runs.join("")}`);
    execFileSync(shell, [script], { cwd: folder });
    assert.equal(readFileSync(join(folder, "failures"), "utf8"), "", shell);
    return texts.map((_, index) => {
      const words = readFileSync(join(folder, `calls-${index}`), "utf8").split("\0");
      const calls = [];
      for (let at = 0; at < words.length - 1; ) {
        const count = Number(words[at]);
        calls.push(words.slice(at + 1, at + 1 + count));
        at += 1 + count;
      }
      return calls;
    });
  }

  /** @param {string} text @param {(args: string[]) => string} line */
  function inPowerShell(text, line) {
    /** @type {string[][]} */
    const calls = [];
    const { failed } = runPowerShell(text, ([name = "", ...args]) => {
      const given = line(args);
      assert.ok(meansItself(given), `${given} is read a second time where aws is a batch file`);
      calls.push([name, ...taken(given)]);
      return { stdout: answer([name, ...args]), code: 0 };
    });
    assert.equal(failed, null);
    return calls;
  }

  /** @param {string} text */
  function atPrompt(text) {
    /** @type {string[][]} */
    const calls = [];
    const program = (/** @type {string} */ line) => {
      assert.ok(meansItself(line), line);
      const args = taken(line);
      calls.push(args);
      return { stdout: answer(args), code: 0 };
    };
    assert.equal(runCmd(text, { batch: false, program }).failed, false);
    return calls;
  }

  const FIELDS = /layer name|description|license|region|profile|bucket|key|storage/;
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

  it("is the same from every shell, and means what was typed", () => {
    const releases = seeds.map((seed) => ({ seed, settings: settingsOf(seed) })).map((one) => ({ ...one, ...built(one.settings) }));
    const commands = releases.flatMap(({ seed, settings, layer, findings }) => {
      if (layer.commands.publish.sh === "") {
        const errors = findings.filter(({ severity, message }) => severity === "error" && FIELDS.test(message));
        assert.ok(errors.length > 0, `no command and no reason for ${JSON.stringify(settings)}`);
      }
      return Object.entries(layer.commands)
        .filter(([, { sh }]) => sh !== "")
        .map(([id, command]) => ({ id, command, settings, layer, told: `${id} of seed ${seed}` }));
    });
    assert.ok(commands.length > 180, `${commands.length} commands`);
    const received = SHELLS.map((shell) => inShell(shell, commands.map(({ command }) => command.sh)));
    for (const [index, { id, command, settings, layer, told }] of commands.entries()) {
      const [calls = [], ...others] = received.map((all) => all[index]);
      assert.ok(calls.length > 0, told);
      for (const [at, other] of others.entries()) assert.deepEqual(other, calls, `${told} in ${SHELLS[at + 1]}`);
      assert.deepEqual(inPowerShell(command.powershell, givenByOldPowerShell), calls, `${told} in Windows PowerShell`);
      assert.deepEqual(inPowerShell(command.powershell, givenByNewPowerShell), calls, `${told} in PowerShell`);
      assert.deepEqual(atPrompt(command.cmd), calls, `${told} at the prompt`);
      for (const { words, options } of calls.map(read)) {
        assert.deepEqual(options["--region"] ?? [], words[0] === "lambda" && settings.region === "" ? [] : options["--region"] ?? []);
        assert.deepEqual(options["--profile"] ?? [], settings.profile ? [settings.profile] : [], told);
        for (const [option, values] of Object.entries(options))
          if (!["--zip-file", "--cli-input-json"].includes(option))
            for (const value of values) assert.doesNotMatch(value, /^(fileb?|https?):/i, `${told}: the CLI would fetch ${option}`);
        if (words[1] === "publish-layer-version") {
          const side = options["--cli-input-json"]?.[0]?.replace("file://", "");
          const file = side ? command.files.find(({ name }) => name === side)?.text : "{}";
          const fields = JSON.parse(file ?? "");
          assert.deepEqual(options["--layer-name"], [settings.layerName], told);
          assert.equal(fields.Description ?? options["--description"]?.[0] ?? "", settings.description, told);
          assert.equal(fields.LicenseInfo ?? options["--license-info"]?.[0] ?? "", settings.licenseInfo, told);
          assert.deepEqual(options["--compatible-runtimes"], settings.runtimes, told);
          if (settings.s3Bucket === "") assert.deepEqual(options["--zip-file"], [`fileb://${layer.fileName}`], told);
        }
        if (id === "attach" && options["--function-name"])
          assert.deepEqual(options["--function-name"], [settings.functionName], told);
      }
    }
  });

  it("is the same from scripts, which stop at the first failure", () => {
    const { layer } = built({ runtimes: ["python3.12"], layerName: "one", functionName: "f", shareWith: ["*"] });
    for (const [id, { sh, powershell }] of Object.entries(layer.commands)) {
      const [calls = []] = inShell("sh", [sh]);
      let count = 0;
      const { failed } = runPowerShell(powershell, ([name = "", ...args]) => {
        count += 1;
        return { stdout: answer([name, ...args]), code: count === 1 ? 254 : 0 };
      });
      // A single call has nothing after it that would have to stop.
      if (calls.length > 1) assert.equal(failed, "The command above failed.", id);
      assert.equal(count, 1, id);
    }
  });
});

describe("the readers of other shells", () => {
  it("know what a command line means to Windows programs", () => {
    // The examples of the documentation.
    for (const [line, args] of /** @type {[string, string[]][]} */ ([
      [`"a b c" d e`, ["a b c", "d", "e"]],
      [`"ab\\"c" "\\\\" d`, [`ab"c`, "\\", "d"]],
      [`a\\\\\\b d"e f"g h`, ["a\\\\\\b", "de fg", "h"]],
      [`a\\\\\\"b c d`, [`a\\"b`, "c", "d"]],
      [`a\\\\\\\\"b c" d e`, ["a\\\\b c", "d", "e"]],
      [`a"b"" c d`, [`ab" c d`]],
      [`"" x`, ["", "x"]],
    ]))
      assert.deepEqual(taken(line), args, line);
    for (const args of [["a b", 'q"x', "\\", "end\\", "", 'a\\"b'], ["x"]]) assert.deepEqual(taken(givenByNewPowerShell(args)), args);
  });

  it("take PowerShell's quotes as it does, and refuse what they don't know", () => {
    const run = (/** @type {string} */ text) => {
      /** @type {string[][]} */
      const calls = [];
      runPowerShell(text, (args) => (calls.push(args), { stdout: "x\n", code: 0 }));
      return calls;
    };
    assert.deepEqual(run("aws 'it''s' '$HOME `n' `\n  a.b:c"), [["aws", "it's", "$HOME `n", "a.b:c"]]);
    assert.deepEqual(run("aws '\u2018\u2018a\u2019\u2019'"), [["aws", "\u2018a\u2019"]]);
    assert.deepEqual(run("& {\n $a = aws x\n if ($a -eq 'X') {\n aws ('b' + $a + 'c')\n }\n if ($a -eq 'y') { aws no }\n}"), [["aws", "x"], ["aws", "bxc"]]);
    for (const wrong of ["aws \"$x\"", "aws it's", "aws a;b,c", "aws @x", "aws $(id)", "aws a`tb", "aws 'a'b", "aws 'a", "aws a & b", "aws $none", "aws x > y"])
      assert.throws(() => run(wrong), SyntaxError, wrong);
  });

  it("take the prompt's signs as it does, and refuse what they don't know", () => {
    const run = (/** @type {string} */ text, batch = false) => {
      /** @type {string[]} */
      const calls = [];
      runCmd(text, { batch, program: (line) => (calls.push(line), { stdout: "x\n", code: 0 }) });
      return calls;
    };
    assert.deepEqual(run('aws "a & b" ^\n  c && ^\naws "d"'), ['aws "a & b"   c', 'aws "d"']);
    assert.deepEqual(run('set "a=1"\nif "%a%"=="1" aws "%a%"\nif "%b%"=="" aws no'), ['aws "1"']);
    assert.deepEqual(run("for /f \"delims=\" %v in ('aws \"x=y\"') do @set \"a=%v\"\naws \"%a%\""), ['aws "x=y"', 'aws "x"']);
    assert.deepEqual(run('call aws "100%%"\r\nif not defined q exit /b 1\r\ncall aws no', true), ['aws "100%"']);
    for (const wrong of ['aws 50%', 'aws "a', "aws a | b", "aws a ^", "for /f \"delims=\" %v in ('aws a=b') do @set \"a=%v\"", "aws a > b & c < d"])
      assert.throws(() => run(wrong), SyntaxError, wrong);
    assert.ok(!meansItself('aws "100%"') && !meansItself("aws a^b") && !meansItself("aws a&b") && meansItself('aws "a&b^"'));
  });
});
