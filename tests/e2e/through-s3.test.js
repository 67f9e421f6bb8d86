/**
 * A zip that is too large for a publish call goes through S3: the one text copies it there and publishes it from there.
 */

import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { startAws } from "./support/aws.js";
import { stage } from "./support/stage.js";
import { BIG, wheels } from "./support/wheels.js";

describe("a zip over the limit of a direct upload", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {Awaited<ReturnType<typeof startAws>>} */
  let aws;
  before(async () => void (aws = await startAws()));
  after(() => aws?.close());

  it("asks for a bucket, and with one has a command that publishes it from there", async () => {
    const page = await on.open();
    await page.set({
      runtimes: ["python3.11"],
      architectures: ["x86_64"],
      layerName: "large",
      description: "it's large",
    });
    // Together below what Lambda unpacks, and above what a call carries.
    await page.drop(await wheels(BIG.slice(0, 2)));
    const limit = (await page.plan()).findings.find(({ rule }) => rule === "over-direct-upload-limit");
    assert.ok(limit?.message.includes("52,428,800") && limit.how.includes("S3 bucket"), JSON.stringify(limit));

    await page.set({ s3Bucket: "layers-of-the-company", s3Key: "python/large.zip" });
    await page.part("build").click();
    await page.part("result").waitFor();
    const zip = await page.save(page.part("download"), on.folder);
    for (const side of await page.part("side-file").all())
      await page.save(side.getByRole("button", { name: "Download" }), on.folder);
    assert.equal((await aws.run("sh", "aws s3 mb s3://layers-of-the-company", on.folder)).code, 0);
    const command = await page.part("command").innerText();
    const { code, stdout, stderr } = await aws.run("sh", command, on.folder);
    assert.equal(code, 0, `${command}\n${stderr}`);
    // Before the answer of the publish call stands what the copy said.
    const version = JSON.parse(stdout.slice(stdout.indexOf("{")));
    assert.equal(version.Content.CodeSha256, await page.part("code-sha256").innerText());
    assert.equal(version.Content.CodeSize, (await stat(zip)).size);
    assert.equal(version.Description, "it's large");
  });
});
