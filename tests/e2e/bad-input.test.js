/**
 * Input that is broken or hostile: each bad file is named, with what is wrong, and costs nothing but itself.
 */

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { BAD_FILES } from "./support/bad-files.js";
import { dragIn } from "./support/drop.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheel } from "./support/wheels.js";

const GOOD = REQUESTS[0];

describe("bad input", { timeout: 600_000 }, () => {
  const on = stage();
  let good = "";
  /** One page for all that is dropped beside the good wheel: whatever was dropped, it goes on. @type {import("./support/page.js").LayerPage} */
  let page;
  /** What the good wheel gives when it is dropped alone. */
  let alone = { paths: [], digest: "" };

  before(async () => {
    good = await wheel(GOOD);
    page = await on.open({ keep: true });
    await page.drop([good]);
    alone = { paths: await page.paths(), digest: (await page.build()).digest };
    assert.ok(alone.paths.length > 20);
  });

  for (const [index, { what, name, bytes, rule, severity, code, entry, kept = [] }] of BAD_FILES.entries()) {
    it(`${what} is named, and the rest is kept`, async () => {
      const folder = join(on.folder, String(index));
      await mkdir(folder);
      const bad = join(folder, name);
      await writeFile(bad, bytes(await readFile(good)));

      await page.call("clear");
      await page.drop([bad, good]);
      const plan = await page.plan();
      const finding = plan.findings.find((found) => found.source === name && found.rule === rule);
      assert.ok(finding, `no ${rule} for ${name} among ${JSON.stringify(plan.findings.map(said), null, 1)}`);
      assert.equal(finding.severity, severity);
      assert.ok(finding.message.includes(name), `"${finding.message}" names ${name}`);
      assert.ok(finding.why && finding.how, "it says why that matters and what to do");
      if (code) assert.equal(finding.code, code);
      if (entry) assert.ok(finding.message.includes(entry), `"${finding.message}" names ${entry}`);
      assert.deepEqual(await page.paths(), [...alone.paths, ...kept].sort());
      // Refused whole is the same word in the list of sources as in the findings.
      const source = plan.recognised.find(({ source }) => source === name);
      assert.equal(source.refused, severity === "error" ? finding.code : undefined);
      // A person reads it too.
      assert.ok((await page.part("findings").innerText()).includes(name));

      const layer = await page.build();
      if (kept.length === 0) assert.equal(layer.digest, alone.digest, "the layer is that of the good wheel alone");

      // A script's addFiles says the same as a drop.
      await page.call("clear");
      await page.add([{ file: bad }, { file: good }]);
      assert.deepEqual((await page.plan()).findings.map(said), plan.findings.map(said));
    });
  }

  it("a wheel with a wrong byte in a member is found out when it is built, and the rest can be built without it", async () => {
    const bad = join(on.folder, REQUESTS[2]);
    await writeFile(bad, flipped(await readFile(await wheel(REQUESTS[2]))));
    const page = await on.open();
    await page.drop([bad, good]);
    const { name, message } = await page.refusal("build");
    assert.equal(name, "DamagedSourceError", message);
    assert.ok(message.includes(`${REQUESTS[2]} is damaged at idna/__init__.py`), message);
    assert.equal(await page.part("result").isVisible(), false);
    await page.call("apply", { op: "exclude", source: REQUESTS[2] });
    assert.equal((await page.build()).digest, alone.digest);
  });

  it("paths that addFiles is given are held to the same rules", async () => {
    const page = await on.open();
    const refused = ["../evil.py", "a/../../evil.py", "C:/evil.py", "", "a\0b.py", "line\nbreak.py"];
    const add = (paths) => page.add(paths.map((path) => ({ path, text: "x = 1\n" })));
    const findings = async () => (await page.plan()).findings.filter(({ rule }) => rule === "unsafe-path");
    await page.add([{ file: good }]);
    await add(refused);
    assert.deepEqual((await findings()).map(({ source }) => source).sort(), [...refused].sort());
    assert.deepEqual(await page.paths(), alone.paths);
    assert.equal((await page.build()).digest, alone.digest);
    // What can mean only one thing is kept, and told.
    await add(["/srv/tool.py"]);
    assert.ok(
      (await findings()).some(
        ({ message, code }) => code === "NAME_ABSOLUTE_STRIPPED" && message.includes("/srv/tool.py"),
      ),
    );
    assert.deepEqual(
      (await page.paths()).filter((path) => !alone.paths.includes(path)),
      ["python/tool.py"],
    );
  });

  it("files on disk whose names have backslashes", async () => {
    const folder = join(on.folder, "tools");
    await mkdir(folder);
    await writeFile(join(folder, "__init__.py"), "");
    await writeFile(join(folder, "a\\b.py"), "x = 1\n");
    await writeFile(join(folder, "a\\..\\c.py"), "x = 1\n");
    const page = await on.open();
    await page.drop([folder, good]);
    const findings = (await page.plan()).findings.filter(({ rule }) => rule === "unsafe-path");
    assert.deepEqual(findings.map(({ code }) => code).sort(), ["NAME_BACKSLASH", "NAME_TRAVERSAL"]);
    assert.ok(
      findings.every(({ message }) => /a\\.*[bc]\.py/.test(message)),
      JSON.stringify(findings.map(said)),
    );
    assert.deepEqual(
      (await page.paths()).filter((path) => !alone.paths.includes(path)),
      ["python/tools/__init__.py", "python/tools/a/b.py"],
    );
  });

  it("a folder with a name that is not UTF-8, which the browser can't read, is told of", async () => {
    const folder = Buffer.from(join(on.folder, "encoded"));
    await mkdir(folder);
    await writeFile(Buffer.concat([folder, Buffer.from("/b\xfcse.py", "latin1")]), "x = 1\n");
    await writeFile(join(on.folder, "encoded/__init__.py"), "");
    const page = await on.open();
    await page.drop([join(on.folder, "encoded"), good]);
    assert.match(await page.part("error").innerText(), /could not be read and (is|are) left out/);
    assert.deepEqual(
      (await page.paths()).filter((path) => !alone.paths.includes(path)),
      ["python/encoded/__init__.py"],
    );
  });

  it("nothing at all changes nothing, and building it is refused in words", async () => {
    const page = await on.open();
    await page.call("addFiles", []);
    const empty = await page.plan();
    assert.deepEqual([empty.entries, empty.recognised], [[], []]);
    const refusal = await page.refusal("build");
    assert.equal(refusal.name, "EmptyLayerError");
    assert.match(refusal.message, /holds no file/);
    await page.drop([good]);
    await page.call("addFiles", []);
    assert.deepEqual(await page.paths(), alone.paths);
  });

  it("an empty folder is said to be empty", async () => {
    const empty = join(on.folder, "empty folder");
    await mkdir(empty);
    const page = await on.open();
    const held = await dragIn(page.page, [empty]);
    await held.over("layer-drop");
    await held.drop();
    await page.part("status").getByText("Nothing added").waitFor();
    assert.deepEqual(await page.paths(), []);
  });

  it("what is not a file is refused by addFiles, and the page goes on", async () => {
    const page = await on.open();
    const wrong = [[{ path: "x.py" }], [{ path: 7, blob: "x" }], { path: "x.py" }, "x.py", [null], 7, undefined];
    const refusals = await Promise.all(wrong.map((files) => page.refusal("addFiles", files)));
    assert.deepEqual(
      refusals.map(({ name }) => name),
      wrong.map(() => "TypeError"),
      JSON.stringify(refusals),
    );
    await page.drop([good]);
    assert.deepEqual(await page.paths(), alone.paths);
  });
});

/** @param {any} finding */
function said({ rule, severity, source, message }) {
  return `${severity} ${rule} ${source}: ${message}`;
}

/**
 * A wheel with one byte of one member's packed data turned round; its directory stays as it was.
 * @param {Buffer} good
 */
function flipped(good) {
  const bytes = Buffer.from(good);
  // Behind the first member's header, and far enough in to be data.
  const at = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28) + 40;
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}
