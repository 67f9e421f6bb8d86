/**
 * The command line: the page's bytes, without the page; what it prints, how it ends, and what it refuses.
 */

import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { check, dropped, open, pack } from "../../dist/headless/index.js";
import { ROOT, output, run } from "../e2e/support/run.js";
import { stage } from "../e2e/support/stage.js";
import { NUMPY, REQUESTS, wheels } from "../e2e/support/wheels.js";

const PROGRAM = join(ROOT, "dist/headless/layerdrop.js");

describe("the command line", { timeout: 600_000 }, () => {
  let top = "";
  before(async () => void (top = await mkdtemp(join(tmpdir(), "layerdrop-"))));
  after(() => rm(top, { recursive: true, force: true }));

  const layerdrop = (/** @type {string[]} */ ...args) => run(process.execPath, [PROGRAM, ...args], { cwd: top });
  /** @param {string} name @param {string} text */
  const file = async (name, text) => {
    await mkdir(join(top, name, ".."), { recursive: true });
    await writeFile(join(top, name), text);
    return join(top, name);
  };

  describe("next to the page", () => {
    const on = stage();

    it("gives the same bytes, of archives and of folders", async () => {
      const folder = join(top, "same");
      await file("same/lib/module.py", "x = 1\n");
      await file("same/lib/data/Ünï code.txt", "text\r\n");
      await file("same/bin/tool", "#!/bin/sh\necho hello\n");
      await file("same/node_modules/a/package.json", '{"name":"a","version":"1.0.0"}');
      await file("same/node_modules/a/index.js", "module.exports = 1;\n");
      const given = [...(await wheels([...REQUESTS, NUMPY])), folder];
      const settings = { runtimes: ["python3.11", "nodejs22.x"], architectures: ["x86_64"], layerName: "same" };
      const page = await on.open();
      await page.set(settings);
      await page.drop(given);
      const [there, plan] = [await page.build(), await page.plan()];
      const here = pack(given, settings);
      assert.equal(here.layer.codeSha256, there.codeSha256);
      assert.equal(createHash("sha256").update(here.layer.bytes()).digest("base64"), there.digest);
      assert.deepEqual(here.entries, plan.entries);
      assert.deepEqual(here.findings, plan.findings);
      assert.deepEqual(here.recognised, plan.recognised);
      assert.deepEqual(here.layer.commands, there.commands);
      assert.deepEqual(here.layer.snippets, there.snippets);
    });
  });

  it("says what a layer works without, and leaves it out", async () => {
    await file("slim/pkg/__init__.py", "");
    await file("slim/pkg/__init__.pyi", "");
    await file("slim/pkg/tests/test_pkg.py", "import pkg\n");
    const told = await layerdrop("slim", "slim");
    assert.match(told.stdout, /^safe: tests: Tests: 11 bytes unpacked in 1 files/m);
    assert.match(told.stdout, /^safe: type-stubs: /m);
    const slim = await layerdrop("check", "slim", "--slim", "tests", "--slim", "type-stubs", "--json");
    const { entries, slimming } = JSON.parse(slim.stdout);
    assert.deepEqual(entries.map((/** @type {{ path: string }} */ { path }) => path), ["python/pkg/__init__.py"]);
    assert.deepEqual(slimming.groups, []);
    assert.match((await layerdrop("check", "slim", "--slim", "no-such")).stderr, /there is no group "no-such"/);
    assert.equal((await layerdrop("check", "slim", "--fit", "unzipped")).code, 0);
  });

  it("decides as a recipe of the page did, and lets options count more", async () => {
    const source = await file("again/module.py", "x = 1\n");
    const settings = { runtimes: ["python3.12"], layerName: "again", regions: ["eu-west-1"], shareWith: ["123456789012"] };
    const work = open([source], settings);
    work.apply({ op: "rename", path: "python/module.py", name: "other.py" });
    const recipe = await file("again/layer.json", work.recipe());
    const more = ["--name", "more", "--save-recipe", "saved.json"];
    const { code, stdout, stderr } = await layerdrop("pack", source, "--recipe", recipe, "-o", "again.zip", "--json", ...more);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    const { entries, layer } = JSON.parse(stdout);
    assert.deepEqual(entries.map(({ path }) => path), ["python/other.py"]);
    assert.equal(layer.codeSha256, work.build().codeSha256);
    const [before, saved] = [JSON.parse(work.recipe()), JSON.parse(await readFile(join(top, "saved.json"), "utf8"))];
    assert.deepEqual(saved, { ...before, settings: { ...before.settings, layerName: "more" } });
    await writeFile(source, "x = 2, and more\n");
    const changed = await layerdrop("check", source, await file("extra.py", ""), "--recipe", recipe);
    assert.equal(
      changed.stderr,
      "recipe: module.py has other bytes than the recipe was made with\nrecipe: extra.py is not in the recipe\n",
    );
    const wrong = await layerdrop("check", source, "--recipe", await file("wrong.json", "{}"));
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /without "layerdrop"; expected a recipe/);
  });

  it("packs, and says what it did", async () => {
    const { code, stdout, stderr } = await layerdrop(
      "pack",
      await file("one.py", "x = 1\n"),
      "--runtime",
      "python3.12",
      "-o",
      "out.zip",
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /one\.py: python-module one/);
    const zip = await readFile(join(top, "out.zip"));
    assert.ok(
      stdout.includes(`out.zip: ${zip.length} bytes, CodeSha256 ${createHash("sha256").update(zip).digest("base64")}`),
      stdout,
    );
    assert.match(await output("unzip", ["-l", join(top, "out.zip")]), /python\/one\.py/);
  });

  it("tells why and how once for findings of one rule", async () => {
    await file("needy/needy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: needy\nVersion: 1.0\nRequires-Dist: one-of-two\nRequires-Dist: two-of-two\n");
    await file("needy/needy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    await file("needy/needy/__init__.py", "");
    const { stdout } = await layerdrop("check", "needy", "--runtime", "python3.12", "--arch", "x86_64");
    assert.match(stdout, /^warning: missing-dependency: .*one-of-two.*\n {2}Get one-of-two: pip download .*\nwarning: missing-dependency: .*two-of-two.*\n {2}Get two-of-two: .*\n {2}\S/m);
    assert.equal(stdout.match(/What needs it fails/g)?.length, 1, stdout);
  });

  it("prints all that was found as JSON, with every command", async () => {
    const { stdout } = await layerdrop(
      "pack",
      await file("one.py", "x = 1\n"),
      "--runtime=python3.12",
      "--arch=arm64",
      "--name=json",
      "--json",
    );
    const { entries, layer } = JSON.parse(stdout);
    assert.deepEqual(
      entries.map(({ path }) => path),
      ["python/one.py"],
    );
    assert.equal(layer.path, "json.zip");
    assert.match(layer.commands.publish.sh, /--compatible-architectures arm64/);
  });

  it("prints one command alone, and writes what it reads", async () => {
    const one = await file("one.py", "x = 1\n");
    const args = [
      "pack",
      one,
      "--runtime",
      "python3.12",
      "--name",
      "shown",
      "--description",
      "it's $HOME",
      "-o",
      "shown.zip",
    ];
    const { code, stdout } = await layerdrop(...args, "--commands", "publish.powershell");
    assert.equal(code, 0);
    assert.match(stdout, /^aws lambda publish-layer-version `\n/);
    assert.deepEqual(JSON.parse(await readFile(join(top, "shown.publish.json"), "utf8")), {
      Description: "it's $HOME",
    });
    const refused = await layerdrop(...args, "--commands", "upload");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /expected one of publish, /);
  });

  it("ends with what was found", async () => {
    const one = await file("one.py", "x = 1\n");
    const wrong = ["check", one, "--runtime", "python3.12", "--name", "no good"];
    assert.equal((await layerdrop("check", one, "--runtime", "python3.12")).code, 0);
    assert.equal((await layerdrop(...wrong)).code, 1);
    assert.match((await layerdrop(...wrong)).stdout, /error: invalid-layer-name: the layer name "no good" holds ' '/);
    assert.equal((await layerdrop(...wrong, "--fail-on", "never")).code, 0);
    assert.equal((await layerdrop("check", one)).code, 0, "no runtime is a warning");
    assert.equal((await layerdrop("check", one, "--fail-on", "warning")).code, 3);
  });

  it("explains an error, also one that comes in", async () => {
    const message = "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'one'";
    const source = await file("one.py", "x = 1\n");
    const told = await layerdrop("explain", source, "--runtime", "python3.12", "--message", message);
    assert.equal(told.code, 0, told.stderr);
    assert.match(told.stdout, /^python-module-missing: Python did not find the module one\.\n {2}in this layer: python\/one\.py is where python3\.12 looks/);
    const read = await run("sh", ["-c", 'printf "%s" "$1" | "$2" "$3" explain --message - --json', "sh", message, process.execPath, PROGRAM], { cwd: top });
    assert.deepEqual(JSON.parse(read.stdout).map(({ id }) => id), ["python-module-missing"]);
    assert.equal((await layerdrop("explain", "--message", "all is well")).code, 1);
    const without = await layerdrop("explain", source);
    assert.equal(without.code, 2);
    assert.match(without.stderr, /explain needs --message/);
  });

  it("compares with an earlier zip, and ends by what fails now", async () => {
    const [one, args] = [await file("compare/one.py", "x = 1\n"), ["--runtime", "python3.12"]];
    const old = join(top, "old.zip");
    assert.equal((await layerdrop("pack", one, ...args, "-o", old)).code, 0);
    const same = await layerdrop("diff", old, one, ...args, "--fail-on", "warning");
    assert.deepEqual([same.code, same.stdout], [0, "## Changes since `old.zip`\n\nNone: the files are the same.\n"]);
    await writeFile(one, "x = 12\n");
    const changed = await layerdrop("diff", old, one, await file("compare/two.py", "y = 1\n"), ...args);
    assert.equal(changed.code, 0, changed.stderr);
    assert.match(changed.stdout, /### Added\n\n- `python\/two\.py` \(6 bytes\)\n\n### Changed\n\n- `python\/one\.py` \(6 → 7 bytes\)/);
    assert.equal((await layerdrop("diff", old, one, ...args, "--fail-on", "warning")).code, 3);
    const { files, markdown, ...found } = JSON.parse((await layerdrop("diff", old, one, ...args, "--json")).stdout);
    const mode = 0o644;
    assert.deepEqual(files, [{ path: "python/one.py", before: { size: 6, mode }, after: { size: 7, mode }, content: true }]);
    assert.ok(markdown.includes("python/one.py"));
    assert.deepEqual(found, {
      same: false, packages: [], requirements: [], targets: [], libraries: { added: [], removed: [] },
      before: { unzipped: 6, entries: 1, glibc: "", glibcxx: "" }, after: { unzipped: 7, entries: 1, glibc: "", glibcxx: "" },
    });
    const numpy = await layerdrop("diff", old, ...(await wheels([NUMPY])), ...args, "--arch", "x86_64", "--json");
    assert.equal(numpy.code, 1, numpy.stderr);
    const { targets, libraries, packages, after } = JSON.parse(numpy.stdout);
    assert.deepEqual(targets, [{ runtime: "python3.12", architecture: "x86_64", before: "green", after: "red" }]);
    assert.deepEqual(packages, [{ package: "pypi numpy", before: [], after: ["2.1.3"] }]);
    assert.ok(libraries.added.includes("libm.so.6") && !/openblas|gfortran/.test(libraries.added), libraries.added);
    assert.equal(after.glibc, "2.17");
  });

  it("refuses what is no earlier zip", async () => {
    const one = await file("refuse/one.py", "x = 1\n");
    const old = join(top, "refuse.zip");
    await layerdrop("pack", one, "-o", old);
    const bytes = await readFile(old);
    for (const [name, content, why] of /** @type {[string, string | Buffer, RegExp][]} */ ([
      ["text.zip", "no zip", /"text\.zip": it is not a zip archive/],
      ["cut.zip", bytes.subarray(0, -8), /"cut\.zip": it is cut off/],
      ["up.zip", Buffer.from(bytes.toString("latin1").replaceAll("python/one.py", "../../..one.p"), "latin1"), /climbs out of its folder/],
    ])) {
      await writeFile(join(top, name), content);
      const refused = await layerdrop("diff", name, one);
      assert.deepEqual([refused.code, refused.stdout], [2, ""]);
      assert.match(refused.stderr, why);
      assert.match((await layerdrop("stack", old, "--function", name)).stderr, why);
    }
    assert.match((await layerdrop("diff", join(top, "refuse"), one)).stderr, /found the folder .*refuse; expected a zip/);
    assert.match((await layerdrop("diff", old)).stderr, /diff needs 2 or more files/);
    assert.match((await layerdrop("diff", "no-such.zip", one)).stderr, /no-such\.zip/);
  });

  it("stacks layers, and adds up what they take", async () => {
    await file("stack/other/python/large.bin", "small");
    await output("truncate", ["-s", "140M", await file("stack/python/large.bin", "")]);
    for (const [folder, name] of [["stack", "a.zip"], ["stack/other", "b.zip"]])
      await output("sh", ["-c", `cd "$1" && zip -q -1 "$2" python/large.bin`, "sh", join(top, folder), join(top, name)]);
    const [a, b] = [join(top, "a.zip"), join(top, "b.zip")];
    const fits = await layerdrop("stack", a, b, "--runtime", "python3.12");
    assert.equal(fits.code, 0, fits.stderr);
    assert.match(fits.stdout, /`python\/large\.bin`: `b\.zip` hides `a\.zip`/);
    const large = await layerdrop("stack", a, b, "--function", a, "--runtime", "python3.12", "--json");
    assert.equal(large.code, 1, large.stderr);
    const size = 140 * 1024 * 1024;
    const { members, sizes, shadows, entries, fits: is } = JSON.parse(large.stdout);
    assert.deepEqual(members, [
      { path: "a.zip", unzipped: size, entries: 1, function: false },
      { path: "b.zip", unzipped: 5, entries: 1, function: false },
      { path: "a.zip", unzipped: size, entries: 1, function: true },
    ]);
    assert.deepEqual(sizes, { unzipped: 2 * size + 5, unzippedLimit: 262144000, merged: 5 });
    assert.deepEqual(shadows, [{ path: "python/large.bin", winner: 1, hidden: [0], same: false }]);
    assert.deepEqual(entries.map((/** @type {wasm_bindgen.Entry} */ { path, size, source }) => [path, size, source]), [["python/large.bin", 5, "b.zip"]]);
    assert.equal(is, false);
    const six = await layerdrop("stack", a, a, a, b, b, b);
    assert.equal(six.code, 2);
    assert.match(six.stderr, /found 6 layers; a function has 1 to 5/);
  });

  it("says what is wrong with how it was called", async () => {
    const one = await file("one.py", "x = 1\n");
    for (const [args, why] of /** @type {[string[], RegExp][]} */ ([
      [["unpack", one], /found the command unpack; expected one of pack, check/],
      [["check"], /check needs files or folders/],
      [["check", one, "--colour", "red"], /Unknown option '--colour'/],
      [["check", one, "--fail-on", "sometimes"], /expected error, warning or never/],
      [["check", join(top, "missing.whl")], /missing\.whl/],
      [["check", one, await file("other/one.py", "y = 1\n")], /both called one\.py/],
    ])) {
      const { code, stderr, stdout } = await layerdrop(...args);
      assert.equal(code, 2, stdout);
      assert.match(stderr, why);
      assert.doesNotMatch(stderr, /\n\s+at /, "no stack trace");
    }
    assert.match((await layerdrop("--help")).stdout, /Usage: layerdrop/);
    assert.match((await layerdrop("--version")).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it("shows names from files as text, whatever they hold", async () => {
    await file("odd/\u001b[31mred\u202e.py", "x = 1\n");
    const { stdout } = await layerdrop("check", join(top, "odd"), "--runtime", "python3.12");
    assert.doesNotMatch(stdout, /[\u001b\u202e]/);
  });

  it("follows links as a browser does, but never in circles", async () => {
    await file("linked/real/module.py", "x = 1\n");
    await symlink(join(top, "linked"), join(top, "linked/real/again"));
    await symlink(join(top, "linked/real/module.py"), join(top, "linked/alias.py"));
    await symlink("nowhere", join(top, "linked/broken.py"));
    assert.deepEqual(
      dropped([join(top, "linked")]).map(({ path }) => path),
      ["linked/alias.py", "linked/real/module.py"],
    );
  });

  it("takes execute bits from the disk if it is told to", async () => {
    await file("modes/python/module.py", "x = 1\n");
    await chmod(await file("modes/python/data.txt", "no program\n"), 0o755);
    const mode = (options) => check([join(top, "modes")], {}, options).entries.map(({ mode }) => mode.toString(8));
    assert.deepEqual(mode({}), ["644", "644"]);
    assert.deepEqual(mode({ modes: true }), ["755", "644"]);
  });

  it("stops where a file has changed since it was looked at", async () => {
    const one = await file("one.py", "x = 1\n");
    const work = open([one, await file("two.py", "y = 1\n")], { runtimes: ["python3.12"] });
    await writeFile(one, "x = 12345\n");
    assert.throws(() => work.build(), { name: "SourceChangedError" });
    await rm(one);
    assert.throws(() => work.build(), { name: "SourceChangedError" });
  });

  it("unpacks archives within archives, out of the wasm's memory", async () => {
    await file("packed/python/deep.py", "x = 1\n");
    await output("tar", ["czf", join(top, "packed.tar.gz"), "-C", join(top, "packed"), "python"]);
    const { entries } = check([join(top, "packed.tar.gz")], { runtimes: ["python3.12"] });
    assert.deepEqual(
      entries.map(({ path }) => path),
      ["python/deep.py"],
    );
  });

  it("runs as a package's program", async () => {
    const one = await file("one.py", "x = 1\n");
    const { code, stdout, stderr } = await run(
      "npx",
      ["--offline", "--yes", join(ROOT, "dist"), "check", one, "--runtime", "python3.12"],
      {
        cwd: top,
        env: { ...process.env, npm_config_cache: join(top, "npm") },
      },
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /python-module one/);
  });
});
