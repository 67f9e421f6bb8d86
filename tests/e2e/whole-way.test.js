/**
 * The whole way, once, for real: wheels dropped by hand on the page, the form filled in, the layer built and downloaded;
 * then AWS's own command line publishes it, and Python imports it from /opt.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { startAws } from "./support/aws.js";
import { pythonWithOpt } from "./support/opt.js";
import { TOOLS, output, run } from "./support/run.js";
import { stage } from "./support/stage.js";
import { NUMPY, REQUESTS, wheels } from "./support/wheels.js";

// Whatever a shell could twist.
const DESCRIPTION = `It's "requests" & numpy, 100% $HOME \`pwd\` \\ ünï (€)`;
const LICENSE = "Apache-2.0 AND BSD-3-Clause";

describe("the whole way", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {Awaited<ReturnType<typeof startAws>>} */
  let aws;
  let zip = "";
  let downloads = "";
  /** What the page shows of the layer. */
  let shown = { sha256: "", size: "", command: "" };
  /** @type {string[]} */
  let dropped = [];

  before(async () => {
    aws = await startAws();
    dropped = await wheels([...REQUESTS, NUMPY]);
    downloads = join(on.folder, "downloads");
    await mkdir(downloads);

    const page = await on.open();
    await page.drop(dropped);
    await page.element.getByRole("checkbox", { name: "python3.11", exact: true }).check();
    await page.element.getByRole("checkbox", { name: "x86_64" }).check();
    await page.element.getByRole("textbox", { name: "Layer name" }).fill("http-and-numbers");
    await page.element.getByRole("textbox", { name: "Description" }).fill(DESCRIPTION);
    await page.element.getByText("More settings").click();
    await page.element.getByRole("textbox", { name: "License" }).fill(LICENSE);
    await page.part("build").click();
    await page.part("result").waitFor();

    zip = await page.save(page.part("download"), downloads);
    for (const side of await page.part("side-file").all()) {
      await page.save(side.getByRole("button", { name: "Download" }), downloads);
    }
    shown = {
      sha256: await page.part("code-sha256").innerText(),
      size: (await page.part("size").innerText()).replace(/\D/g, ""),
      command: await page.part("command").innerText(),
    };
  });
  after(() => aws?.close());

  it("shows the digest and the size of the file that was downloaded", async () => {
    const bytes = await readFile(zip);
    assert.equal(shown.sha256, createHash("sha256").update(bytes).digest("base64"));
    assert.equal(shown.size, String(bytes.length));
    assert.equal(relative(downloads, zip), "http-and-numbers.zip");
  });

  it("makes a zip that Python's zipfile and Info-ZIP accept, plain in every respect", async () => {
    const names = (await output(`${TOOLS}python`, ["tests/e2e/support/check_zip.py", zip])).trim().split("\n");
    assert.ok(
      names.includes("0644 python/requests/__init__.py") && names.every((name) => /^0(644|755) python\//.test(name)),
    );
    assert.match(await output("unzip", ["-t", zip]), /No errors detected/);
  });

  it("holds what pip installs, byte for byte", async () => {
    const [layer, installed] = [join(on.folder, "layer"), join(on.folder, "installed")];
    await output("unzip", ["-q", zip, "-d", layer]);
    await output(`${TOOLS}pip`, [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-index",
      "--no-deps",
      "--no-compile",
      "--target",
      installed,
      ...dropped,
    ]);
    // Left to pip: what it notes of itself, and the start scripts that it makes for the machine at hand.
    const pips = /\.dist-info\/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$|^bin\//;
    const [ours, theirs] = await Promise.all([digests(join(layer, "python")), digests(installed)]);
    const others = (files) => files.filter(([path]) => !pips.test(path));
    assert.deepEqual(others(ours), others(theirs));
    assert.ok(
      ours.some(([path]) => path.endsWith(".so")),
      "compiled code is among it",
    );
  });

  for (const shell of ["sh", "bash", "dash"]) {
    it(`is published by the very command that is shown, in ${shell}`, async () => {
      const { code, stdout, stderr } = await aws.run(shell, shown.command, downloads);
      assert.equal(code, 0, `${shown.command}\n${stderr}`);
      const version = JSON.parse(stdout);
      assert.match(version.LayerVersionArn, /:layer:http-and-numbers:\d+$/);
      assert.equal(version.Content.CodeSha256, shown.sha256);
      assert.equal(version.Content.CodeSize, (await stat(zip)).size);
      assert.deepEqual(version.CompatibleRuntimes, ["python3.11"]);
      assert.deepEqual(version.CompatibleArchitectures, ["x86_64"]);
      assert.equal(version.Description, DESCRIPTION);
      assert.equal(version.LicenseInfo, LICENSE);
    });
  }

  it("is not published when the command's side file is missing, so the shown command is what counts", async () => {
    const alone = join(on.folder, "alone");
    await mkdir(alone);
    await output("cp", [zip, alone]);
    assert.notEqual((await aws.run("sh", shown.command, alone)).code, 0);
  });

  it("lets Python 3.11 import the packages from /opt/python and from nowhere else", async () => {
    const opt = join(on.folder, "opt");
    await output("unzip", ["-q", zip, "-d", opt]);
    const told = await pythonWithOpt(opt, "check_import.py");
    for (const name of ["requests", "certifi", "idna", "urllib3", "charset_normalizer", "numpy"]) {
      assert.match(told, new RegExp(`^${name} /opt/python/${name}/`, "m"));
    }
    assert.match(told, /^charset_normalizer\.md \/opt\/python\/.*\.so$/m);
    assert.match(told, /^version \(3, 11\)/m);
    // Without the layer the same Python knows none of them: the import proves the layer, not the machine.
    await rm(join(opt, "python"), { recursive: true });
    await assert.rejects(pythonWithOpt(opt, "check_import.py"), /No module named 'numpy'/);
  });
});

/**
 * @param {string} folder
 * @returns {Promise<[string, string][]>} path and digest of every file
 */
async function digests(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const pairs = await Promise.all(
    files.map(async ({ parentPath, path, name }) => {
      const file = join(parentPath ?? path, name);
      return [
        relative(folder, file),
        createHash("sha256")
          .update(await readFile(file))
          .digest("hex"),
      ];
    }),
  );
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1));
}
