/**
 * The layer as code, run by the tools that it is for: SAM's command line, both CDKs, Terraform's formatter, Pulumi's own
 * engine with its AWS package, and the Serverless Framework's types. Nothing is deployed, nothing asks AWS.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { open } from "../../dist/headless/index.js";
import { ROOT, output, run } from "../e2e/support/run.js";

const HOME = join(ROOT, ".tools/infrastructure");
const PROGRAMS = join(HOME, "python/bin");
const READER = join(ROOT, "tests/infrastructure/read.py");
const TSC = join(ROOT, "node_modules/.bin/tsc");

/** Nothing of whoever runs the tests: no account, no settings of theirs. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  LANG: "C.UTF-8",
  SAM_CLI_TELEMETRY: "0",
  JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: "1",
  CHECKPOINT_DISABLE: "1",
};

const DESCRIPTION = `It's "so" \`called\` \${env:HOME} %{x} $$x #{d} !Ref é 🦀\n  two: lines`;
const BASE = {
  layerName: "on",
  region: "eu-west-1",
  runtimes: ["python3.12", "nodejs22.x"],
  architectures: ["arm64", "x86_64"],
  description: DESCRIPTION,
  licenseInfo: "MIT",
  shareWith: ["012345678901", "o-a1b2c3d4e5"],
};
/** How the zip gets there, and for whom. @type {Map<string, Partial<wasm_bindgen.Settings>>} */
const WAYS = new Map(
  Object.entries({
    beside: BASE,
    regions: { ...BASE, s3Bucket: "layers-{region}", regions: ["us-east-1"], shareWith: ["*"] },
    bucket: { ...BASE, s3Bucket: "layers", s3Key: "a/b.zip", s3ObjectVersion: "v1", description: "no" },
    bare: { layerName: "bare" },
  }),
);

/** Pulumi's engine, which here only keeps what it is asked to make. */
const PULUMI = `
  const pulumi = require("@pulumi/pulumi");
  pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      console.log(JSON.stringify({ type, name, inputs: JSON.parse(JSON.stringify(inputs)) }));
      return { id: name, state: { ...inputs, arn: "arn:" + name, version: "1" } };
    },
    call: ({ inputs }) => inputs,
  }, "project", "stack", false);
  require("./index.js");`;

describe("infrastructure as code", { timeout: 900_000 }, () => {
  let top = "";
  /** @type {{ way: string, settings: Partial<wasm_bindgen.Settings>, folder: string, snippets: Record<wasm_bindgen.SnippetName, string> }[]} */
  const all = [];
  before(async () => {
    // Below the packages, where Node.js finds them.
    top = await mkdtemp(join(HOME, "run-"));
    const source = join(top, "module.py");
    await writeFile(source, "x = 1\n");
    for (const [way, settings] of WAYS) {
      const folder = join(top, way);
      await mkdir(folder);
      const layer = open([source], settings).build();
      layer.writeTo(join(folder, layer.fileName));
      const { snippets } = layer;
      const names = { sam: "template.yaml", cloudformation: "layer.yaml", cdkTypescript: "app.ts", cdkPython: "app.py", terraform: "layer.tf", pulumi: "index.ts", serverless: "serverless.yml" };
      for (const [id, name] of Object.entries(names)) await writeFile(join(folder, name), snippets[/** @type {"sam"} */ (id)]);
      all.push({ way, settings, folder, snippets });
    }
  });
  after(() => rm(top, { recursive: true, force: true }));

  it("is what SAM takes", async () => {
    for (const { way, folder } of all) {
      const args = ["validate", "--lint", "--template", "template.yaml", "--region", "eu-west-1"];
      const { code, stdout, stderr } = await run(join(PROGRAMS, "sam"), args, { cwd: folder, env: { ...ENVIRONMENT, HOME: top } });
      assert.equal(code, 0, `${way}: ${stdout}${stderr}`);
      assert.match(stdout, /is a valid SAM Template/);
    }
  });

  it("is formatted as Terraform formats it", async () => {
    const said = await output(join(PROGRAMS, "python"), [READER, ...all.map(({ folder }) => folder)], { env: { ...ENVIRONMENT, HOME: top } });
    for (const [index, { terraform }] of JSON.parse(said.trim().split("\n").at(-1) ?? "").entries()) {
      assert.equal(terraform.code, 0, `${all[index]?.way}: ${terraform.said}`);
      assert.match(terraform.version.terraform_version, /^1\./);
    }
  });

  it("is programs that have the types of their packages", async () => {
    const config = {
      // The packages' own texts hold for other versions of the checker.
      compilerOptions: { strict: true, skipLibCheck: true, target: "es2022", module: "node20", types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] },
      files: [],
    };
    const said = await output(join(PROGRAMS, "python"), [READER, ...all.map(({ folder }) => folder)], { env: { ...ENVIRONMENT, HOME: top } });
    const read = JSON.parse(said.trim().split("\n").at(-1) ?? "");
    for (const [index, { folder, way }] of all.entries()) {
      const text = `import type { AWS } from "@serverless/typescript";\nexport const service: AWS = ${JSON.stringify(read[index].serverless)};\n`;
      await writeFile(join(folder, "service.ts"), text);
      for (const name of ["app.ts", "index.ts", "service.ts"]) config.files.push(/** @type {never} */ (`${way}/${name}`));
    }
    await writeFile(join(top, "tsconfig.json"), JSON.stringify(config));
    await output(TSC, ["-p", top]);
  });

  /** @param {string} folder */
  async function templates(folder) {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".template.json")).sort();
    return Promise.all(names.map(async (name) => ({ name, ...JSON.parse(await readFile(join(folder, name), "utf8")) })));
  }

  it("gives the same template from both CDKs, the one that was meant", async () => {
    for (const { way, settings, folder } of all) {
      const cdk = (/** @type {string} */ out) => ({ cwd: folder, env: { ...ENVIRONMENT, HOME: top, CDK_OUTDIR: join(folder, out) } });
      await output(process.execPath, ["app.js"], cdk("typescript"));
      await output(join(PROGRAMS, "python"), ["app.py"], cdk("python"));
      const [mine, other] = [await templates(join(folder, "typescript")), await templates(join(folder, "python"))];
      assert.equal(mine.length, 1 + (settings.regions?.length ?? 0), way);
      // The CDK says in it by which language it was called.
      const plain = (/** @type {any[]} */ found) => found.map(({ Resources, ...rest }) => ({ ...rest, Resources: without(Resources, "AWS::CDK::Metadata") }));
      assert.deepEqual(plain(mine), plain(other), way);
      for (const { Resources } of mine) {
        const found = Object.values(/** @type {Record<string, any>} */ (Resources));
        const layer = found.find(({ Type }) => Type === "AWS::Lambda::LayerVersion");
        assert.equal(layer.DeletionPolicy, "Retain", way);
        const { Content, ...properties } = layer.Properties;
        assert.deepEqual(properties, expected(settings), way);
        if (settings.s3ObjectVersion)
          assert.deepEqual(Content, { S3Bucket: settings.s3Bucket, S3Key: settings.s3Key, S3ObjectVersion: settings.s3ObjectVersion });
        else assert.match(Content.S3Key, /^[0-9a-f]{64}\.zip$/);
        const shared = found.filter(({ Type }) => Type === "AWS::Lambda::LayerVersionPermission");
        assert.deepEqual(
          shared.map(({ Properties: { Principal, OrganizationId } }) => OrganizationId ?? Principal).sort(),
          [...(settings.shareWith ?? [])].sort(),
          way,
        );
      }
    }
  });

  it("makes by Pulumi what was meant", async () => {
    for (const { way, settings, folder } of all) {
      await writeFile(join(folder, "made.js"), PULUMI);
      const said = await output(process.execPath, ["made.js"], { cwd: folder, env: { ...ENVIRONMENT, HOME: top } });
      const made = said.trim().split("\n").map((line) => JSON.parse(line));
      const layers = made.filter(({ type }) => type === "aws:lambda/layerVersion:LayerVersion");
      assert.equal(layers.length, 1 + (settings.regions?.length ?? 0), way);
      for (const { inputs } of layers) {
        const wanted = expected(settings);
        assert.equal(inputs.layerName, wanted.LayerName);
        assert.equal(inputs.description, wanted.Description);
        assert.equal(inputs.licenseInfo, wanted.LicenseInfo);
        assert.deepEqual(inputs.compatibleRuntimes, wanted.CompatibleRuntimes);
        assert.deepEqual(inputs.compatibleArchitectures, wanted.CompatibleArchitectures);
        assert.equal(inputs.skipDestroy, true);
        if (settings.s3ObjectVersion) assert.equal(inputs.s3ObjectVersion, settings.s3ObjectVersion);
      }
      const shared = made.filter(({ type }) => type === "aws:lambda/layerVersionPermission:LayerVersionPermission");
      assert.equal(shared.length, (settings.shareWith?.length ?? 0) * layers.length, way);
      for (const { inputs } of shared) assert.equal(inputs.action, "lambda:GetLayerVersion");
    }
  });
});

/** What CloudFormation should get. @param {Partial<wasm_bindgen.Settings>} settings */
function expected({ layerName, description, licenseInfo, runtimes, architectures }) {
  const order = ["nodejs22.x", "python3.12", "x86_64", "arm64"];
  const sorted = (/** @type {string[] | undefined} */ list) => list && [...list].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const fields = {
    LayerName: layerName,
    Description: description,
    LicenseInfo: licenseInfo,
    CompatibleRuntimes: sorted(runtimes),
    CompatibleArchitectures: sorted(architectures),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** @param {Record<string, { Type: string }>} resources @param {string} type */
function without(resources, type) {
  return Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type !== type));
}
