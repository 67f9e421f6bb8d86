/**
 * Every command, as the text that is shown, run by the real shells and the real AWS command line; and what AWS then has.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { open } from "../../dist/headless/index.js";
import { startAws } from "../e2e/support/aws.js";

const SHELLS = ["sh", "bash", "dash", "zsh"];
const ACCOUNT = "123456789012";
const DESCRIPTION = `It's 100% "safe" $HOME \`id\` ^ ! \\ é 🦀\nfile:///etc/passwd`;

describe("the commands", { timeout: 1_200_000, concurrency: 4 }, () => {
  /** @type {Awaited<ReturnType<typeof startAws>>} */
  let aws;
  let top = "";
  before(async () => {
    aws = await startAws();
    top = await mkdtemp(join(tmpdir(), "layerdrop-"));
  });
  after(async () => {
    await aws?.close();
    await rm(top, { recursive: true, force: true });
  });

  /**
   * A built layer with all that its commands read, in a folder of its own.
   * @param {string} content
   * @param {Partial<wasm_bindgen.Settings>} settings
   */
  async function release(content, settings) {
    const folder = await mkdtemp(join(top, "release-"));
    await mkdir(join(folder, "in"));
    await writeFile(join(folder, "in", "module.py"), content);
    const work = open([join(folder, "in", "module.py")], { runtimes: ["python3.12"], ...settings });
    const layer = work.build();
    layer.writeTo(join(folder, layer.fileName));
    for (const command of Object.values(layer.commands))
      for (const { name, text } of command.files) await writeFile(join(folder, name), text);
    return { folder, layer, work };
  }

  /**
   * @param {string} shell
   * @param {{ folder: string }} where
   * @param {wasm_bindgen.Command} command
   */
  const run = (shell, { folder }, command) => {
    assert.notEqual(command.sh, "", "there is a command");
    return aws.run(shell, command.sh, folder);
  };

  /**
   * @param {string} shell
   * @param {{ folder: string }} where
   * @param {wasm_bindgen.Command} command
   */
  async function done(shell, where, command) {
    const { code, stdout, stderr } = await run(shell, where, command);
    assert.equal(code, 0, `${command.sh}\nended with ${code} in ${shell}:\n${stdout}${stderr}`);
    return stdout;
  }

  /**
   * What AWS has, asked for by hand.
   * @param {string} call
   */
  async function ask(call) {
    const { code, stdout, stderr } = await aws.run("sh", `aws ${call} --output json`, top);
    assert.equal(code, 0, `${call}\n${stderr}`);
    return stdout.trim() === "" ? null : JSON.parse(stdout);
  }

  const versions = async (name, region = "eu-west-1") =>
    (await ask(`lambda list-layer-versions --layer-name ${name} --region ${region}`)).LayerVersions.map(
      ({ Version }) => Version,
    ).sort();
  /** Who may use a version; AWS has no policy where nobody may. */
  async function policy(name, version) {
    const call = `aws lambda get-layer-version-policy --layer-name ${name} --version-number ${version} --output json`;
    const { stdout, stderr } = await aws.run("sh", call, top);
    if (stderr.includes("ResourceNotFoundException")) return [];
    const { Statement } = JSON.parse(JSON.parse(stdout).Policy);
    return Statement.map(({ Sid, Principal, OrganizationId }) => [Sid, Principal, OrganizationId]);
  }
  /** A function with so many other layers. */
  async function makeFunction(name, layers) {
    await aws.run("sh", `aws iam create-role --role-name r --assume-role-policy-document '{}'`, top);
    const other = await release("other = 1", { layerName: `beside-${name}` });
    for (let made = 0; made < layers; made += 1) await done("sh", other, other.layer.commands.publish);
    const arns = Array.from(
      { length: layers },
      (_, index) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:layer:beside-${name}:${index + 1}`,
    );
    await ask(
      `lambda create-function --function-name ${name} --runtime python3.12 --role arn:aws:iam::${ACCOUNT}:role/r --handler a.b ` +
        `--zip-file fileb://${join(other.folder, other.layer.fileName)} ${layers ? `--layers ${arns.join(" ")}` : ""}`,
    );
    return arns;
  }
  const layersOf = async (name) =>
    (await ask(`lambda get-function-configuration --function-name ${name}`)).Layers.map(({ Arn }) => Arn);

  for (const shell of SHELLS) {
    it(`lead through a layer's life in ${shell}`, async () => {
      const name = `life-${shell}`;
      const settings = {
        layerName: name,
        description: DESCRIPTION,
        licenseInfo: "https://example.com/license",
        architectures: ["arm64", "x86_64"],
        shareWith: ["210987654321", "o-a1b2c3d4e5"],
        functionName: `f-${shell}`,
        keepVersions: 1,
      };
      const first = await release("x = 1", settings);
      const { commands } = first.layer;

      assert.notEqual((await run(shell, first, commands.check)).code, 0, "nothing is there to check");
      await done(shell, first, commands.publishIfChanged);
      assert.match(await done(shell, first, commands.publishIfChanged), /Nothing to do/);
      assert.deepEqual(await versions(name), [1]);
      const made = await ask(`lambda get-layer-version --layer-name ${name} --version-number 1`);
      assert.equal(made.Content.CodeSha256, first.layer.codeSha256);
      assert.equal(made.Content.CodeSize, first.layer.size);
      assert.equal(made.Description, DESCRIPTION);
      assert.equal(made.LicenseInfo, "https://example.com/license");
      assert.deepEqual(made.CompatibleRuntimes, ["python3.12"]);
      assert.deepEqual(made.CompatibleArchitectures.sort(), ["arm64", "x86_64"]);
      assert.match(await done(shell, first, commands.check), /AWS has this zip/);

      await done(shell, first, commands.share);
      const shared = [
        ["account-210987654321", "210987654321", undefined],
        ["organization-o-a1b2c3d4e5", "*", "o-a1b2c3d4e5"],
      ];
      assert.deepEqual(await policy(name, 1), shared);
      assert.match(await done(shell, first, commands.policy), /o-a1b2c3d4e5/);

      const others = await makeFunction(`f-${shell}`, 2);
      const arn = (/** @type {number} */ version) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:layer:${name}:${version}`;
      await done(shell, first, commands.attach);
      assert.deepEqual(await layersOf(`f-${shell}`), [...others, arn(1)]);
      assert.deepEqual(JSON.parse(await done(shell, first, commands.users)), [`f-${shell}`]);

      // A second version takes the first one's place, wherever that is.
      await ask(
        `lambda update-function-configuration --function-name f-${shell} --layers ${others[0]} ${arn(1)} ${others[1]}`,
      );
      const second = await release("x = 2", settings);
      const answer = await done(shell, second, second.layer.commands.publish);
      const known = second.work.published(answer);
      assert.deepEqual(known.published, [{ arn: arn(2), number: 2, region: "eu-west-1", account: ACCOUNT }]);
      assert.ok(known.commands.share.sh.includes("--version-number 2"), known.commands.share.sh);
      await done(shell, second, known.commands.attach);
      assert.deepEqual(await layersOf(`f-${shell}`), [others[0], arn(2), others[1]]);

      // What is about the first zip must not touch the second.
      for (const command of [commands.check, commands.share, commands.attach, commands.delete])
        assert.notEqual((await run(shell, first, command)).code, 0, "the newest version is another zip");
      assert.deepEqual(await versions(name), [1, 2]);
      await done(shell, second, known.commands.check);
      await done(shell, second, known.commands.share);
      await done(shell, second, known.commands.unshare);
      assert.deepEqual(await policy(name, 2), []);
      assert.deepEqual(await policy(name, 1), shared);

      for (let times = 0; times < 3; times += 1) await done(shell, second, known.commands.publish);
      await done(shell, second, known.commands.cleanUp);
      assert.deepEqual(await versions(name), [5]);
      await done(shell, second, known.commands.cleanUp);
      assert.deepEqual(await versions(name), [5]);
      assert.deepEqual(JSON.parse(await done(shell, second, known.commands.list)).LayerVersions.length, 1);
      await done(shell, second, second.layer.commands.delete);
      assert.deepEqual(await versions(name), []);
    });
  }

  it("refuse a sixth layer, and leave the function as it was", async () => {
    const it = await release("x = 1", { layerName: "sixth", functionName: "full" });
    const five = await makeFunction("full", 5);
    await done("sh", it, it.layer.commands.publish);
    const { code, stderr } = await run("sh", it, it.layer.commands.attach);
    assert.notEqual(code, 0);
    assert.match(stderr, /full has 5 layers already/);
    assert.deepEqual(await layersOf("full"), five);
  });

  it("give a function without layers its first", async () => {
    const it = await release("x = 1", { layerName: "first", functionName: "bare" });
    await makeFunction("bare", 0);
    await done("dash", it, it.layer.commands.publish);
    await done("dash", it, it.layer.commands.attach);
    assert.deepEqual(await layersOf("bare"), [`arn:aws:lambda:eu-west-1:${ACCOUNT}:layer:first:1`]);
  });

  it("publish in several regions, and know the versions there apart", async () => {
    const it = await release("x = 1", {
      layerName: "everywhere",
      region: "eu-west-1",
      regions: ["us-east-1"],
      shareWith: ["*"],
    });
    await ask(
      "lambda publish-layer-version --layer-name everywhere --region us-east-1 --zip-file fileb://" +
        join(it.folder, it.layer.fileName),
    );
    const answer = await done("zsh", it, it.layer.commands.publish);
    const known = it.work.published(`said before\n${answer}\nand after`);
    assert.deepEqual(
      known.published.map(({ region, number }) => [region, number]),
      [
        ["eu-west-1", 1],
        ["us-east-1", 2],
      ],
    );
    await done("zsh", it, known.commands.share);
    assert.deepEqual(await policy("everywhere", "1 --region eu-west-1"), [["everyone", "*", undefined]]);
    assert.deepEqual(await policy("everywhere", "2 --region us-east-1"), [["everyone", "*", undefined]]);
    assert.deepEqual(await versions("everywhere", "us-east-1"), [1, 2]);
  });

  it("refer to a versioned object in a bucket of each region, and to none without versions", async () => {
    const settings = {
      layerName: "referred",
      regions: ["eu-west-1", "us-east-1"],
      s3Bucket: "layers-of-{region}",
      s3Key: "a/b.zip",
      s3StorageMode: "reference",
    };
    const it = await release("x = 1", settings);
    for (const region of settings.regions)
      await aws.run("sh", `aws s3 mb s3://layers-of-${region} --region ${region}`, top);
    const refused = await run("sh", it, it.layer.commands.publish);
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /layers-of-eu-west-1 keeps no versions/);
    for (const region of settings.regions)
      await ask(
        `s3api put-bucket-versioning --bucket layers-of-${region} --versioning-configuration Status=Enabled --region ${region}`,
      );
    for (const shell of SHELLS) await done(shell, it, it.layer.commands.publish);
    assert.deepEqual(await versions("referred", "us-east-1"), [1, 2, 3, 4]);
    const made = await ask("lambda get-layer-version --layer-name referred --version-number 4 --region us-east-1");
    assert.equal(made.Content.CodeSha256, it.layer.codeSha256);

    // The same object, named by its version.
    const { VersionId } = await ask("s3api head-object --bucket layers-of-eu-west-1 --key a/b.zip");
    const there = await release("x = 1", {
      layerName: "there",
      region: "eu-west-1",
      s3Bucket: "layers-of-eu-west-1",
      s3Key: "a/b.zip",
      s3ObjectVersion: VersionId,
    });
    await done("bash", there, there.layer.commands.publishIfChanged);
    await done("bash", there, there.layer.commands.check);
  });

  it("read nothing but this layer's own answer", async () => {
    const it = await release("x = 1", { layerName: "answered" });
    const answer = JSON.parse(await done("sh", it, it.layer.commands.publish));
    const refused = (/** @type {unknown} */ text, /** @type {RegExp} */ why) =>
      assert.throws(() => it.work.published(typeof text === "string" ? text : JSON.stringify(text)), {
        name: "InvalidAnswerError",
        message: why,
      });
    refused("", /found no JSON; expected what the publish command printed/);
    refused("An error occurred (AccessDeniedException)", /no JSON/);
    refused({ LayerVersions: [] }, /JSON without LayerVersionArn/);
    refused(
      { ...answer, LayerVersionArn: "arn:aws:lambda:eu-west-1:1:layer:answered:1" },
      /is not the ARN of a layer version/,
    );
    refused(
      { ...answer, LayerVersionArn: answer.LayerVersionArn.replace("answered", "other") },
      /about the layer "other"; expected "answered"/,
    );
    refused({ ...answer, Content: { CodeSha256: "AAAA" } }, /AWS reports the CodeSha256 AAAA .* this zip has /);
    refused({ ...answer, Content: {} }, /has no CodeSha256/);
    refused("{".repeat(200_000), /no JSON/);
    refused("x".repeat(2_000_000), /found 2,000,000 bytes/);
    assert.equal(it.work.published(JSON.stringify(answer)).published[0].number, 1);
  });
});
