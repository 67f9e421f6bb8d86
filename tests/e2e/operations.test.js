/**
 * The plan and the operations on it: each does what it says, is in the zip, and can be taken back and done again.
 */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { TOOLS, output } from "./support/run.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheel, wheels } from "./support/wheels.js";

/** @typedef {{ path: string, size: number, mode: number, source: string, reason: string }} Entry */

describe("the plan", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 3));
  });

  async function filled() {
    const page = await on.open();
    await page.set({ runtimes: ["python3.11"], architectures: ["x86_64"], layerName: "planned" });
    await page.drop(files);
    return page;
  }

  it("has the shape of the contract", async () => {
    const page = await filled();
    await page.add([{ path: "odd.bin", text: "?" }]);
    const plan = await page.plan();
    const paths = plan.entries.map(({ path }) => path);
    assert.deepEqual(paths, [...paths].sort());
    for (const { path, size, mode, source, reason } of plan.entries) {
      assert.ok(
        path.startsWith("python/") &&
          size >= 0 &&
          [0o644, 0o755].includes(mode) &&
          REQUESTS.includes(source) &&
          reason.length > 10,
        path,
      );
    }
    const sum = plan.entries.reduce((total, { size }) => total + size, 0);
    assert.equal(plan.sizes.unzipped, sum);
    assert.deepEqual([plan.sizes.unzippedLimit, plan.sizes.zippedLimit], [262_144_000, 52_428_800]);
    assert.deepEqual(
      plan.recognised.map(({ source, kind, name, version }) => [source, kind, name, version]),
      [
        [REQUESTS[1], "wheel", "certifi", "2024.8.30"],
        [REQUESTS[2], "wheel", "idna", "3.10"],
        ["odd.bin", "unrecognised", "odd.bin", ""],
        [REQUESTS[0], "wheel", "requests", "2.32.3"],
      ],
    );
    for (const finding of plan.findings) {
      assert.match(finding.rule, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(["error", "warning", "note"].includes(finding.severity));
      assert.ok(finding.message && finding.why && Array.isArray(finding.fixes));
      for (const fix of finding.fixes)
        assert.ok(fix.id && fix.label && ["safe", "suggested"].includes(fix.kind));
    }
    assert.ok(plan.findings.some(({ rule, source }) => rule === "unrecognised-source" && source === "odd.bin"));
  });

  /**
   * Operations, and the entries that the plan must then have.
   * @type {{ what: string, first?: object[], operation: object, expected: (entries: Entry[]) => Entry[] }[]}
   */
  const OPERATIONS = [
    {
      what: "move of a file",
      operation: { op: "move", path: "python/requests/certs.py", to: "python/elsewhere/deep/certificates.py" },
      expected: repathed((path) =>
        path.replace(/^python\/requests\/certs\.py$/, "python/elsewhere/deep/certificates.py"),
      ),
    },
    {
      what: "move of a folder",
      operation: { op: "move", path: "python/idna", to: "python/vendored/idna" },
      expected: repathed((path) => path.replace(/^python\/idna\//, "python/vendored/idna/")),
    },
    {
      what: "rename of a file",
      operation: { op: "rename", path: "python/requests/api.py", name: "interface.py" },
      expected: repathed((path) => path.replace(/^python\/requests\/api\.py$/, "python/requests/interface.py")),
    },
    {
      what: "rename of a folder",
      operation: { op: "rename", path: "python/requests", name: "asks" },
      expected: repathed((path) => path.replace(/^python\/requests\//, "python/asks/")),
    },
    {
      what: "exclusion of a file",
      operation: { op: "exclude", path: "python/idna/py.typed" },
      expected: (entries) => entries.filter(({ path }) => path !== "python/idna/py.typed"),
    },
    {
      what: "exclusion of a folder",
      operation: { op: "exclude", path: "python/idna" },
      expected: (entries) => entries.filter(({ path }) => !path.startsWith("python/idna/")),
    },
    {
      what: "exclusion of a source",
      operation: { op: "exclude", source: REQUESTS[1] },
      expected: (entries) => entries.filter(({ source }) => source !== REQUESTS[1]),
    },
    {
      what: "inclusion of part of what was excluded",
      first: [{ op: "exclude", path: "python/idna" }],
      operation: { op: "include", path: "python/idna/core.py" },
      expected: (entries) =>
        entries.filter(({ path }) => !path.startsWith("python/idna/") || path.endsWith("/core.py")),
    },
    {
      what: "execute bit",
      operation: { op: "chmod", path: "python/certifi/__main__.py", mode: 0o700 },
      expected: (entries) =>
        entries.map((entry) => (entry.path === "python/certifi/__main__.py" ? { ...entry, mode: 0o755 } : entry)),
    },
  ];

  for (const { what, first = [], operation, expected } of OPERATIONS) {
    it(`after the ${what}: in the zip, undone, done again`, async () => {
      const page = await filled();
      const untouched = (await page.plan()).entries;
      for (const step of first) await page.call("apply", step);
      const earlier = await page.plan();
      await page.call("apply", operation);
      const later = await page.plan();
      assert.deepEqual(later.entries.map(bare), expected(untouched).map(bare));
      assert.notDeepEqual(later.entries, earlier.entries);

      await page.build();
      const zip = await page.save(page.part("download"), on.folder);
      const written = (await output(`${TOOLS}python`, ["tests/e2e/support/check_zip.py", zip])).trim().split("\n");
      assert.deepEqual(
        written,
        later.entries.map(({ path, mode }) => `0${mode.toString(8)} ${path}`),
      );

      await page.call("undo");
      assert.deepEqual(await page.plan(), earlier);
      await page.call("redo");
      assert.deepEqual((await page.plan()).entries, later.entries);
      // As far back as there is anything, and once more: nothing.
      for (let step = 0; step < first.length + 4; step += 1) await page.call("undo");
      assert.deepEqual(await page.paths(), []);
      await page.call("undo");
      for (let step = 0; step < first.length + 4; step += 1) await page.call("redo");
      assert.deepEqual((await page.plan()).entries, later.entries);
    });
  }

  it("after a fix that a finding offers: the finding is gone, and back when it is undone", async () => {
    const page = await filled();
    await page.set({ runtimes: ["python3.12"] });
    await page.add([{ file: await wheel(REQUESTS[4]) }]);
    const wrong = (plan) => plan.findings.filter(({ rule }) => rule === "wrong-python-version");
    const earlier = await page.plan();
    const [finding] = wrong(earlier);
    assert.match(finding?.message, /charset_normalizer 3\.4\.0 .*python3\.12 cannot load it/);
    for (const { id } of finding.fixes) {
      await page.call("apply", { op: "fix", id });
      assert.deepEqual(wrong(await page.plan()), [], `${id} mends it`);
      await page.call("undo");
      assert.deepEqual(wrong(await page.plan()), [finding]);
    }
    assert.ok(finding.fixes.length > 0);
    // The same by hand.
    const button = page.part("findings").locator("[data-rule=wrong-python-version]").locator("[part~=fix]").first();
    await page.hearing("layerdrop-change", () => button.click());
    assert.deepEqual(wrong(await page.plan()), []);
  });

  it("after clearing: nothing is left but the settings, and undo brings it back", async () => {
    const page = await filled();
    const earlier = await page.plan();
    await page.call("clear");
    const cleared = await page.plan();
    assert.deepEqual([cleared.entries, cleared.recognised], [[], []]);
    assert.equal((await page.settings()).layerName, "planned");
    await page.call("undo");
    assert.deepEqual(await page.plan(), earlier);
  });

  it("forgets what could be done again once something else is done", async () => {
    const page = await filled();
    await page.call("apply", { op: "exclude", path: "python/idna" });
    await page.call("undo");
    await page.call("apply", { op: "exclude", path: "python/certifi" });
    const plan = await page.plan();
    await page.call("redo");
    assert.deepEqual(await page.plan(), plan);
  });

  it("refuses operations about nothing and operations that are none, with names, and is as before", async () => {
    const page = await filled();
    const earlier = await page.plan();
    /** @type {[unknown, string, RegExp][]} */
    const wrong = [
      [{ op: "exclude", path: "python/nowhere" }, "UnknownPathError", /python\/nowhere/],
      [{ op: "exclude", source: "nowhere.whl" }, "UnknownPathError", /nowhere\.whl/],
      [{ op: "move", path: "python/idna", to: "../idna" }, "InvalidOperationError", /\.\./],
      [{ op: "move", path: "python/idna", to: "/etc/idna" }, "InvalidOperationError", /\/etc\/idna/],
      [{ op: "move", path: "python/idna", to: "python/idna/idna" }, "InvalidOperationError", /itself/],
      [{ op: "rename", path: "python/idna", name: "a/b" }, "InvalidOperationError", /a\/b/],
      [{ op: "fix", id: "no-such-fix" }, "InvalidOperationError", /no-such-fix/],
      [{ op: "explode", path: "python" }, "InvalidArgumentError", /expected/],
      [{}, "InvalidArgumentError", /expected/],
      [null, "InvalidArgumentError", /expected/],
    ];
    for (const [operation, name, message] of wrong) {
      const refusal = await page.refusal("apply", operation);
      assert.deepEqual(
        [refusal.name, refusal.isError],
        [name, true],
        `${JSON.stringify(operation)}: ${refusal.message}`,
      );
      assert.match(refusal.message, message);
    }
    assert.deepEqual(await page.plan(), earlier);
  });
});

/** An entry without the reason, which an operation may well change. @param {Entry} entry */
function bare({ path, size, mode, source }) {
  return { path, size, mode, source };
}

/** @param {(path: string) => string} to */
function repathed(to) {
  return (entries) =>
    entries.map((entry) => ({ ...entry, path: to(entry.path) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
