/**
 * The layer as code, read by the tools' own parsers where they can be had: each field must be what was typed.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { open } from "../../dist/headless/index.js";

const PYTHON = new URL("../../.tools/python/bin/python", import.meta.url).pathname;
const READER = new URL("support/read-snippets.py", import.meta.url).pathname;
const execute = promisify(execFile);

/** What was typed, by what it could be mistaken for. */
const TEXTS = new Map([
  ["plain words", "Tools of ours"],
  ["quotes", `It's "so" \`called\``],
  ["templates of Terraform and Serverless", "${env:HOME} \\${b} %{ if } %%{x} 5% $"],
  ["variables of a shell and of make", "$HOME $(id) $$x #{d} # no comment"],
  ["tags and anchors of YAML", "!Sub ${AWS::Region} & * | > %"],
  ["a truth value of YAML", "no"],
  ["a number", "0123"],
  ["nothing of YAML", "null"],
  ["a date", "2024-01-01"],
  ["an option", "--layer-name x"],
  ["the beginning of a dynamic reference", "see {{resolve:"],
  ["an expression of GitHub", "${{ secrets.TOKEN }}"],
  ["a tag of a web page", "</script><b>"],
  ["backslashes", "C:\\new\\u0041\\"],
  ["lines", "one\n  two: three\n- four\r\n\tfive\n"],
  ["other line ends", "a\u0085b\u2028c\u2029d"],
  ["other writing", "é ü 日本 🦀 \u202Eabc\u200B"],
  ["control characters", "a\u0001\u007F\u001B[31m"],
  ["white space around", "  x  "],
]);

const SETTINGS = {
  runtimes: ["python3.12", "nodejs22.x"],
  architectures: ["arm64", "x86_64"],
  layerName: "on",
  region: "eu-west-1",
  shareWith: ["012345678901", "o-a1b2c3d4e5"],
};
const BUCKET = { s3Bucket: "layers-{region}", region: "eu-west-1", regions: ["us-east-1"] };
/** How the zip gets there, and for whom. */
const WAYS = new Map(
  Object.entries({
    "a zip beside it": {},
    "several regions": BUCKET,
    "a zip in the bucket": { s3Bucket: "layers", s3Key: "a/b.zip", s3ObjectVersion: "v1" },
    "a zip that stays in the bucket": { s3Bucket: "layers", s3StorageMode: "reference" },
    "nothing chosen": { runtimes: [], architectures: [], shareWith: [], region: "" },
    everyone: { shareWith: ["*"] },
    "a custom runtime": { runtimes: ["provided.al2023"], architectures: ["arm64"] },
    "Java and Ruby": { runtimes: ["java21", "ruby3.4"] },
  }),
);

/** What the programs call name, description and license. */
const PROGRAMS = {
  cdkTypescript: ["layerVersionName", "description", "license"],
  pulumi: ["layerName", "description", "licenseInfo"],
};

/** Packages whose classes print what they are made of. */
const RECORDER = `
  const made = (path) => new Proxy(function () {}, {
    get: (_, name) => typeof name === "string" && name !== "toJSON" && name !== "prototype" ? made(path + "." + name) : undefined,
    apply: () => made(path),
    construct: (_, args) => {
      console.log(JSON.stringify({ class: path + "(", properties: args.find((arg) => arg?.constructor === Object) ?? args.at(-1) }));
      return made(path);
    },
  });`;
const PACKAGES = {
  "aws-cdk-lib": `${RECORDER}
    export const [App, CfnOutput, RemovalPolicy, Stack, aws_lambda, aws_s3] =
      ["App", "CfnOutput", "RemovalPolicy", "Stack", "aws_lambda", "aws_s3"].map(made);`,
  "@pulumi/aws": `${RECORDER}
    export const [Provider, lambda, s3] = ["Provider", "lambda", "s3"].map(made);`,
  "@pulumi/pulumi": `${RECORDER}
    export const [Config, asset] = ["Config", "asset"].map(made);`,
};

describe("the snippets", { timeout: 600_000 }, () => {
  let folder = "";
  let source = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "layerdrop-"));
    source = join(folder, "module.py");
    await writeFile(source, "x = 1\n");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** @param {Partial<wasm_bindgen.Settings>} settings */
  const built = (settings) => open([source], { ...SETTINGS, ...settings }).build();

  /**
   * @param {string} name
   * @param {wasm_bindgen.Published["snippets"]} snippets
   */
  async function saved(name, snippets) {
    const into = await mkdtemp(join(folder, `${name}-`));
    for (const [id, text] of Object.entries(snippets)) await writeFile(join(into, id), text);
    return into;
  }

  it("hold every text as it was typed", async () => {
    const layers = [...TEXTS].map(([what, text]) => ({ what, text, layer: built({ description: text, licenseInfo: text }) }));
    const folders = await Promise.all(layers.map(({ layer }) => saved("text", layer.snippets)));
    const { stdout } = await execute(PYTHON, [READER, ...folders], { maxBuffer: 1 << 26 });
    /** @type {Record<string, { description: string, license: string, name: string }>[]} */
    const read = JSON.parse(stdout);
    for (const [index, { what, text, layer }] of layers.entries()) {
      const found = { ...read[index], ...(await run(folders[index] ?? "")) };
      for (const [id, fields] of Object.entries(found))
        assert.deepEqual(fields, { name: "on", description: text, license: text }, `${what} in ${id}:\n${layer.snippets[id]}`);
      assert.equal(Object.keys(found).length, 7, Object.keys(found).join());
    }
  });

  it("leave out what CloudFormation would replace by a secret, and only there", () => {
    const { snippets } = built({ description: "{{resolve:ssm:/password}}" });
    for (const id of /** @type {const} */ (["sam", "cloudformation", "cdkTypescript", "cdkPython", "serverless"])) {
      assert.ok(!snippets[id].includes("/password"), id);
      assert.match(snippets[id], /^(#|\/\/) The description is left out/m);
    }
    assert.match(snippets.terraform, /description += "\{\{resolve:ssm:\/password\}\}"/);
    assert.match(snippets.pulumi, /description: "\{\{resolve:ssm:\/password\}\}"/);
  });

  it("leave out what Serverless can't be told to take as it is, and only there", () => {
    const { snippets } = built({ description: "$${env:HOME}" });
    assert.doesNotMatch(snippets.serverless, /env:HOME/);
    assert.match(snippets.serverless, /^# The description is left out/m);
    assert.match(snippets.cloudformation, /Description: "\$\$\{env:HOME\}"/);
  });

  it("are what CloudFormation's linter takes, by any way", async () => {
    const files = [];
    for (const [way, settings] of [...WAYS, ...[...TEXTS].map(([what, description]) => [what, { description }])]) {
      const { snippets } = built(settings);
      const into = await saved("lint", {});
      for (const id of /** @type {const} */ (["sam", "cloudformation"])) {
        files.push(join(into, `${way} ${id}.yaml`));
        await writeFile(files.at(-1) ?? "", snippets[id]);
      }
    }
    // E1029 asks whether a text with ${…} was meant to be one; here it was.
    const options = ["--ignore-checks", "E1029", "--", ...files];
    const linted = execute(join(dirname(PYTHON), "cfn-lint"), options, { maxBuffer: 1 << 26 });
    await linted.catch(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`));
  });

  for (const [way, settings] of WAYS)
    it(`are programs that can be read: ${way}`, async () => {
      const { snippets } = built(settings);
      const into = await saved("way", snippets);
      const { stdout } = await execute(PYTHON, [READER, into]);
      assert.equal(Object.keys(JSON.parse(stdout)[0]).length, 5);
      for (const { name } of Object.values(await run(into))) assert.equal(name, "on");
    });

  it("run the publish command by make, as it is shown", async () => {
    const into = await mkdtemp(join(folder, "make-"));
    const layer = built({ description: `It's $HOME "x"\n\`id\`` });
    layer.writeTo(join(into, layer.fileName));
    for (const { name, text } of layer.commands.publishIfChanged.files) await writeFile(join(into, name), text);
    await writeFile(join(into, "layer.mk"), layer.snippets.makefile);
    await writeFile(join(into, "Makefile"), "all: publish-layer\ninclude layer.mk\n");
    // A stand-in for the AWS command line that keeps what it was called with, and answers like a layer without versions.
    await mkdir(join(into, "bin"));
    const stand = `#!/bin/sh\nfor word do printf '%s\\0' "$word" >> calls; done\nprintf '\\n' >> calls\necho null\n`;
    await writeFile(join(into, "bin", "aws"), stand, { mode: 0o755 });
    const options = { cwd: into, env: { ...process.env, PATH: `${join(into, "bin")}:${process.env["PATH"]}` } };
    const calls = async (/** @type {string[]} */ command) => {
      const [program = "", ...rest] = command;
      await execute(program, rest, options);
      const { stdout } = await execute("cat", ["calls"], options);
      await rm(join(into, "calls"));
      return stdout;
    };
    const byHand = await calls(["sh", "-c", layer.commands.publishIfChanged.sh]);
    assert.match(byHand, /publish-layer-version/);
    assert.equal(await calls(["make", "publish-layer"]), byHand);
  });
});

/**
 * What the TypeScript programs would make: they have no types in them, so Node.js runs them, with packages that keep what
 * they are called with.
 * @param {string} folder  that the snippets were saved in
 */
async function run(folder) {
  const found = {};
  for (const [id, words] of Object.entries(PROGRAMS)) {
    for (const [name, text] of Object.entries(PACKAGES)) {
      await mkdir(join(folder, "node_modules", name), { recursive: true });
      await writeFile(join(folder, "node_modules", name, "index.js"), text);
      await writeFile(join(folder, "node_modules", name, "package.json"), `{ "type": "module", "exports": "./index.js" }`);
    }
    const program = join(folder, `${id}.mjs`);
    await copyFile(join(folder, id), program);
    const { stdout } = await execute(process.execPath, [program]);
    const made = JSON.parse(stdout.trim().split("\n").find((line) => line.includes("LayerVersion(")) ?? "{}").properties;
    found[id] = Object.fromEntries(words.map((word, index) => [["name", "description", "license"][index], made[word] ?? null]));
  }
  return found;
}
