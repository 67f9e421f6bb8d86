/**
 * The ways in: files and folders dropped from outside, the two pickers, paste. Each brings the same plan for the same things.
 */

import assert from "node:assert/strict";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { dragIn, drop } from "./support/drop.js";
import { TOOLS, output } from "./support/run.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

/** A page on which the element is only a part. */
const PART = `<!doctype html><script type="module" src="layer-drop.js"></script><p id="elsewhere">Elsewhere</p><layer-drop></layer-drop>`;

describe("the ways in", { timeout: 600_000 }, () => {
  const on = stage({ pages: { "part.html": PART } });
  /** @type {string[]} */
  let files = [];
  /** The paths under /opt that the wheels give, by whatever way they come. @type {string[]} */
  let expected = [];
  /** Folders on disk, by what is in them. */
  const folders = { wheels: "", target: "", venv: "" };

  before(async () => {
    files = await wheels(REQUESTS);
    folders.wheels = join(on.folder, "wheels");
    folders.target = join(on.folder, "target");
    folders.venv = join(on.folder, "venv");
    await mkdir(folders.wheels);
    for (const file of files) await cp(file, join(folders.wheels, basename(file)));
    const pip = ["install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-compile"];
    await output(`${TOOLS}pip`, [...pip, "--target", folders.target, ...files]);
    // What a real environment looks like on disk, links and scripts included.
    await output(`${TOOLS}python`, ["-m", "venv", "--without-pip", folders.venv]);
    await output(`${TOOLS}pip`, ["--python", join(folders.venv, "bin/python"), ...pip, ...files]);
    const page = await on.open();
    await page.add(files.map((file) => ({ file })));
    expected = await page.paths();
    await on.closePages();
    assert.ok(
      expected.includes("python/requests/sessions.py") && expected.includes("python/idna-3.10.dist-info/METADATA"),
    );
  });

  /** pip's own notes, and the start scripts that it writes for the machine at hand: no wheel holds them. */
  const installed = /\.dist-info\/(INSTALLER|REQUESTED|direct_url\.json)$|^python\/bin\//;

  it("a drop of files", async () => {
    const page = await on.open();
    await page.drop(files);
    assert.deepEqual(await page.paths(), expected);
  });

  it("a drop of a folder of wheels", async () => {
    const page = await on.open();
    await page.drop([folders.wheels]);
    const plan = await page.plan();
    assert.deepEqual(
      plan.recognised.map(({ kind }) => kind),
      REQUESTS.map(() => "wheel"),
    );
    assert.deepEqual(await page.paths(), expected);
  });

  it("a drop of wheels several folders deep, a loose module among them", async () => {
    const deep = join(on.folder, "deep/down/below");
    await mkdir(dirname(deep), { recursive: true });
    await cp(folders.wheels, deep, { recursive: true });
    await writeFile(join(deep, "handler_tools.py"), "ANSWER = 42\n");
    const page = await on.open();
    await page.drop([join(on.folder, "deep")]);
    assert.deepEqual(await page.paths(), [...expected, "python/handler_tools.py"].sort());
  });

  it("a drop of what 'pip install --target' made", async () => {
    const page = await on.open();
    await page.drop([folders.target]);
    const plan = await page.plan();
    assert.deepEqual(
      plan.recognised.map(({ kind }) => kind),
      ["site-packages"],
    );
    assert.deepEqual(
      (await page.paths()).filter((path) => !installed.test(path)),
      expected,
    );
  });

  it("a drop of a whole virtual environment, of which only the packages are taken", async () => {
    const page = await on.open();
    await page.drop([folders.venv]);
    const plan = await page.plan();
    assert.deepEqual(
      (await page.paths()).filter((path) => !installed.test(path)),
      expected,
    );
    const left = plan.excluded.map(({ path }) => path);
    assert.ok(
      left.some((path) => path.endsWith("pyvenv.cfg")),
      "what stays behind is listed",
    );
  });

  it("a drop of that environment's site-packages alone", async () => {
    const page = await on.open();
    await page.drop([join(folders.venv, "lib/python3.11/site-packages")]);
    assert.deepEqual(
      (await page.paths()).filter((path) => !installed.test(path)),
      expected,
    );
  });

  it("a drop of a package folder, with hidden files, empty folders and links", async () => {
    const tools = join(on.folder, "tools");
    await mkdir(join(tools, "nothing"), { recursive: true });
    await writeFile(join(tools, "__init__.py"), "");
    await writeFile(join(tools, ".hidden.json"), "{}");
    await symlink("__init__.py", join(tools, "link.py"));
    const page = await on.open();
    await page.drop([tools]);
    // Browsers hide links from a page; no folder is in a layer for its own sake.
    assert.deepEqual(await page.paths(), ["python/tools/.hidden.json", "python/tools/__init__.py"]);
  });

  it("a drop of a folder with names that other systems don't allow", async () => {
    const odd = join(on.folder, "odd");
    const names = [
      "__init__.py",
      "aux.py",
      "con.py",
      "nul",
      "a:b.py",
      "what?.py",
      "star*.py",
      "trailing.",
      "backup~",
      "..dots.py",
      " space.py",
      "page.url",
      'quote".py',
    ];
    await mkdir(odd);
    for (const name of names) await writeFile(join(odd, name), "");
    const page = await on.open();
    await page.drop([odd]);
    assert.deepEqual(await page.paths(), names.map((name) => `python/odd/${name}`).sort());
    await page.call("clear");
    await page.pick("folder", odd);
    assert.equal((await page.paths()).length, names.length);
  });

  it("a folder of more files than the browser lists in one go", async () => {
    const many = join(on.folder, "many");
    await mkdir(many);
    await Promise.all(
      Array.from({ length: 350 }, (_, index) => writeFile(join(many, `module_${index}.py`), `N = ${index}\n`)),
    );
    await writeFile(join(many, "__init__.py"), "");
    const page = await on.open();
    await page.drop([many]);
    assert.equal((await page.paths()).length, 351);
  });

  it("the file picker", async () => {
    const page = await on.open();
    await page.pick("files", files);
    assert.deepEqual(await page.paths(), expected);
  });

  it("the file picker with the same files again, after starting over", async () => {
    const page = await on.open();
    await page.pick("files", files);
    await page.hearing("layerdrop-change", () => page.part("start-over").click());
    assert.deepEqual(await page.paths(), []);
    await page.pick("files", files);
    assert.deepEqual(await page.paths(), expected);
  });

  it("the folder picker", async () => {
    const page = await on.open();
    await page.pick("folder", folders.target);
    assert.deepEqual(
      (await page.paths()).filter((path) => !installed.test(path)),
      expected,
    );
  });

  it("a paste of copied files", async () => {
    const page = await on.open();
    const input = await page.page.evaluateHandle(() =>
      Object.assign(document.createElement("input"), { type: "file", multiple: true }),
    );
    await input.setInputFiles(files);
    await page.hearing("layerdrop-change", () =>
      input.evaluate((input) => {
        const clipboardData = new DataTransfer();
        for (const file of input.files) clipboardData.items.add(file);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }),
    );
    assert.deepEqual(await page.paths(), expected);
  });

  it("says that files may be dropped while they are held over it, and no longer when they have left or were dropped", async () => {
    const page = await on.open({ url: "part.html" });
    const target = page.part("drop-target");
    const held = await dragIn(page.page, files);
    await held.over("layer-drop");
    await target.waitFor({ state: "visible" });
    await held.over("#elsewhere");
    await target.waitFor({ state: "hidden" });
    await held.over("layer-drop");
    await target.waitFor({ state: "visible" });
    await page.hearing("layerdrop-change", () => held.drop());
    await target.waitFor({ state: "hidden" });
    assert.deepEqual(await page.paths(), expected);
  });

  it("shows where they may be dropped: the whole window or the whole element, and says so wherever the page is scrolled to", async () => {
    const place = (/** @type {import("./support/page.js").LayerPage} */ page) =>
      page.element.evaluate((element) => {
        const target = element.shadowRoot.querySelector("[part~=drop-target]");
        const [area, label, own] = [target, target.firstElementChild, element].map((one) => one.getBoundingClientRect());
        return { area, own, seen: label.top >= 0 && label.bottom <= innerHeight && label.height > 0, window: innerHeight, width: innerWidth };
      });
    for (const url of ["", "part.html"]) {
      const page = await on.open({ url, context: { viewport: { width: 320, height: 500 } } });
      await page.drop(files);
      const held = await dragIn(page.page, files);
      for (const part of ["choose-files", "build", "keys"]) {
        await page.part(part).scrollIntoViewIfNeeded();
        await held.over("layer-drop");
        await page.part("drop-target").waitFor({ state: "visible" });
        const { area, own, seen, window, width } = await place(page);
        assert.ok(seen, `${url}: the label is in sight at ${part}`);
        if (url === "") assert.ok(area.top >= 0 && area.top < 16 && area.bottom > window - 16 && area.right > width - 16, JSON.stringify(area));
        else assert.ok(area.top <= own.top && area.bottom >= own.bottom, JSON.stringify([area, own]));
      }
      await page.page.mouse.move(100, 100);
      await page.part("drop-target").waitFor({ state: "hidden" }); // A pointer that moves drags nothing.
    }
  });

  it("a drop anywhere in the window, where the element is the whole page, and only on the element elsewhere", async () => {
    const whole = await on.open();
    await whole.drop(files, "h1");
    assert.deepEqual(await whole.paths(), expected);

    const part = await on.open({ url: "part.html" });
    const prevented = part.page.evaluate(
      () =>
        new Promise((resolve) =>
          addEventListener("drop", (event) => (resolve(event.defaultPrevented), event.preventDefault()), {
            once: true,
          }),
        ),
    );
    await part.page.evaluate(() => addEventListener("dragover", (event) => event.preventDefault()));
    await drop(part.page, files, "#elsewhere");
    assert.equal(await prevented, false, "a drop beside the element is the page's own business");
    assert.deepEqual(await part.paths(), []);
  });
});
