/**
 * `<layer-drop>` on somebody else's page: attributes, settings, events, its life in the document, several of it.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LayerPage } from "./support/page.js";
import { stage } from "./support/stage.js";
import { NUMPY, REQUESTS, wheel } from "./support/wheels.js";

const portal = (body) => `<!doctype html><script type="module" src="layer-drop.js"></script>${body}`;

/** The simple settings: attribute, its value, the setting, its value. @type {[string, string, string, unknown][]} */
const SETTINGS = [
  ["runtime", "python3.11, python3.12", "runtimes", ["python3.11", "python3.12"]],
  ["architecture", "x86_64 arm64", "architectures", ["x86_64", "arm64"]],
  ["layer-name", "from-a-portal", "layerName", "from-a-portal"],
  ["description", "What the company's portal says", "description", "What the company's portal says"],
  ["license-info", "MIT", "licenseInfo", "MIT"],
  ["region", "eu-west-1", "region", "eu-west-1"],
  ["profile", "production", "profile", "production"],
  ["s3-bucket", "company-layers", "s3Bucket", "company-layers"],
  ["s3-key", "layers/a.zip", "s3Key", "layers/a.zip"],
  ["layout", "versioned", "layout", "versioned"],
  ["regions", "us-east-1 eu-central-1", "regions", ["us-east-1", "eu-central-1"]],
  ["s3-object-version", "v1", "s3ObjectVersion", "v1"],
  ["s3-storage-mode", "reference", "s3StorageMode", "reference"],
  ["share-with", "123456789012 o-a1b2c3d4e5", "shareWith", ["123456789012", "o-a1b2c3d4e5"]],
  ["function-name", "my-function", "functionName", "my-function"],
  ["keep-versions", "7", "keepVersions", 7],
  ["function-size", "1000", "functionSize", 1000],
  ["other-layers-size", "2000", "otherLayersSize", 2000],
  ["name-prefix", "from-", "namePrefix", "from-"],
  ["allowed-licenses", "MIT,Apache-2.0", "allowedLicenses", ["MIT", "Apache-2.0"]],
  ["recompress", "smallest", "recompress", "smallest"],
];
const ALL = Object.fromEntries(SETTINGS.map(([, , setting, value]) => [setting, value]));
const NONE = {
  runtimes: [],
  architectures: [],
  layerName: "",
  description: "",
  licenseInfo: "",
  region: "",
  profile: "",
  s3Bucket: "",
  s3Key: "",
  layout: "flat",
  regions: [],
  s3ObjectVersion: "",
  s3StorageMode: "copy",
  shareWith: [],
  functionName: "",
  keepVersions: 3,
  functionSize: 0,
  otherLayersSize: 0,
  namePrefix: "",
  allowedLicenses: [],
  recompress: "keep",
};

const attributes = (prefix = "") => SETTINGS.map(([name, value]) => `${prefix}${name}="${value}"`).join(" ");

describe("the element", { timeout: 600_000 }, () => {
  const on = stage({
    pages: {
      "plain.html": portal("<layer-drop></layer-drop>"),
      "attributes.html": portal(`<layer-drop ${attributes()}></layer-drop>`),
      "data.html": portal(`<layer-drop ${attributes("data-")}></layer-drop>`),
      "both.html": portal(`<layer-drop ${attributes()} data-layer-name="sanitized" data-layout="flat"></layer-drop>`),
      "two.html": portal(
        `<layer-drop id="one" layer-name="one"></layer-drop><p>between</p><layer-drop id="two" layer-name="two"></layer-drop>`,
      ),
      "holder.html": portal(`<div id="left"><layer-drop layer-name="moved"></layer-drop></div><div id="right"></div>`),
    },
  });

  describe("takes its settings", () => {
    for (const name of ["attributes", "data", "both"]) {
      it(`from ${name === "both" ? "plain attributes before their data- twins" : `${name === "data" ? "data-… " : ""}attributes`}`, async () => {
        const opened = await on.open({ url: `${name}.html`, ready: false });
        assert.deepEqual(await opened.settings(), ALL, "at once");
        await opened.ready();
        await opened.plan();
        assert.deepEqual(await opened.settings(), ALL, "and after the engine has heard of them");
      });
    }

    it("from attributes that change later, and forgets those that go", async () => {
      const opened = await on.open({ url: "plain.html" });
      const settings = () => opened.plan().then(() => opened.settings());
      const change = (name, value) =>
        opened.element.evaluate(
          (element, [name, value]) =>
            value === null ? element.removeAttribute(name ?? "") : element.setAttribute(name ?? "", value ?? ""),
          [name, value],
        );
      assert.deepEqual(await settings(), NONE);
      await change("data-layer-name", "twin");
      assert.equal((await settings()).layerName, "twin");
      await change("layer-name", "plain");
      assert.equal((await settings()).layerName, "plain");
      await change("data-layer-name", "another-twin");
      assert.equal((await settings()).layerName, "plain");
      await change("layer-name", null);
      assert.equal((await settings()).layerName, "another-twin");
      await change("data-layer-name", null);
      assert.deepEqual(await settings(), NONE);
    });

    it("from partial objects, merged, and gives copies", async () => {
      const opened = await on.open({ url: "plain.html", ready: false });
      await opened.set({ layerName: "first" });
      await opened.set({ runtimes: ["python3.11"] });
      const expected = { ...NONE, layerName: "first", runtimes: ["python3.11"] };
      assert.deepEqual(await opened.settings(), expected);
      const own = await opened.element.evaluate((element) => {
        element.settings.runtimes.push("python3.12");
        element.settings.layerName = "not this way";
        return element.settings;
      });
      assert.deepEqual(own, expected);
      await opened.plan();
      assert.deepEqual(await opened.settings(), expected);
    });

    it("from a recipe, all of them, with what was done to the files", async () => {
      const first = await on.open({ url: "attributes.html" });
      await first.add([{ path: "a.py", text: "x = 1\n" }]);
      await first.call("apply", { op: "rename", path: "python/lib/python3.11/site-packages/a.py", name: "b.py" });
      const recipe = await first.call("recipe");
      const second = await on.open({ url: "plain.html" });
      await second.add([{ path: "a.py", text: "x = 1\n" }]);
      const comparison = await second.call("applyRecipe", recipe);
      assert.deepEqual(comparison, { missing: [], changed: [], extra: [] });
      assert.deepEqual(await second.settings(), ALL);
      assert.deepEqual(await second.paths(), ["python/lib/python3.11/site-packages/b.py", "python/lib/python3.12/site-packages/a.py"]);
      await second.call("undo");
      assert.deepEqual(await second.settings(), NONE);
      await second.call("applyRecipe", JSON.parse(recipe));
      assert.equal(await second.call("recipe"), recipe);
      assert.match((await second.refusal("applyRecipe", "{}")).message, /without "layerdrop"/);
    });

    it("in the order in which they and the calls come", async () => {
      const opened = await on.open({ url: "plain.html" });
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      const names = await opened.element.evaluate(async (element) => {
        element.settings = { layerName: "first" };
        const first = element.build();
        element.settings = { layerName: "second" };
        const second = element.build();
        return [(await first).fileName, (await second).fileName];
      });
      assert.deepEqual(names, ["first.zip", "second.zip"]);
    });

    it("shows them in the form, and takes them from there", async () => {
      const opened = await on.open({ url: "plain.html" });
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      await opened.set({ runtimes: ["python3.11"], layerName: "by-script" });
      await opened.plan();
      const form = opened.part("settings");
      assert.equal(await form.getByRole("checkbox", { name: "python3.11", exact: true }).isChecked(), true);
      assert.equal(await form.getByRole("textbox", { name: "Layer name" }).inputValue(), "by-script");
      await form.getByRole("checkbox", { name: "python3.11", exact: true }).uncheck();
      await form.getByRole("textbox", { name: "Layer name" }).fill("by-hand");
      await opened.hearing("layerdrop-change", () => form.getByRole("textbox", { name: "Layer name" }).press("Enter"));
      assert.deepEqual(await opened.settings(), { ...NONE, layerName: "by-hand" });
    });

    it("and says of wrong ones what is wrong, instead of failing", async () => {
      const opened = await on.open({ url: "plain.html" });
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      await opened.set({
        runtimes: ["python9.9"],
        architectures: ["vax"],
        layerName: "no spaces, please",
        layout: "sideways",
        region: "the moon",
      });
      const rules = (await opened.plan()).findings.map(({ rule }) => rule);
      for (const rule of [
        "invalid-runtime",
        "invalid-architecture",
        "invalid-layer-name",
        "invalid-layout",
        "invalid-region",
      ])
        assert.ok(rules.includes(rule), `${rule} among ${rules}`);
      assert.equal((await opened.build()).commands.publish.sh, "", "no command that AWS is known to refuse");
      for (const wrong of [null, "python3.11", 7]) {
        const name = await opened.element.evaluate((element, wrong) => {
          try {
            element.settings = wrong;
            return "taken";
          } catch (error) {
            return error.name;
          }
        }, wrong);
        assert.equal(name, "TypeError", String(wrong));
      }
    });
  });

  describe("speaks", () => {
    it("in events that bubble, cross shadow roots, and say what happened", async () => {
      const opened = await on.open({
        url: "plain.html",
        first: () => {
          const heard = (globalThis.heard = []);
          for (const name of ["ready", "change", "progress", "findings", "built", "download", "error"]) {
            addEventListener(`layerdrop-${name}`, (event) => {
              const { type, bubbles, composed, cancelable, target } = event;
              const detail = { ...event.detail };
              if (detail.blob) detail.blob = `${detail.blob.size} bytes`;
              if (detail.error) detail.error = detail.error instanceof Error;
              heard.push({ type, bubbles, composed, cancelable, target: target.localName, detail });
            });
          }
        },
      });
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      await opened.part("build").click();
      await opened.part("result").waitFor();
      await opened.save(opened.part("download"), on.folder);
      await opened.refusal("apply", { op: "exclude", path: "nowhere" });

      const heard = await opened.page.evaluate(() => globalThis.heard);
      for (const { type, bubbles, composed, target, cancelable } of heard) {
        assert.deepEqual(
          { type, bubbles, composed, target, cancelable },
          { type, bubbles: true, composed: true, target: "layer-drop", cancelable: type === "layerdrop-download" },
        );
      }
      const detail = (name) => heard.find(({ type }) => type === `layerdrop-${name}`)?.detail;
      assert.deepEqual(Object.keys(detail("ready")).sort(), ["version", "worker"]);
      assert.equal(detail("change").entryCount, 1);
      assert.deepEqual(Object.keys(detail("change")).sort(), ["entryCount", "settings", "sizes"]);
      assert.deepEqual(Object.keys(detail("progress")).sort(), ["detail", "done", "phase", "total"]);
      assert.ok(Array.isArray(detail("findings").findings));
      assert.match(detail("built").codeSha256, /^[A-Za-z0-9+/]{43}=$/);
      assert.deepEqual(detail("download"), { fileName: "a.zip", blob: `${detail("built").size} bytes` });
      assert.deepEqual([detail("error").name, detail("error").error], ["UnknownPathError", true]);
      const order = heard.map(({ type }) => type).filter((type) => /ready|built|download|error/.test(type));
      assert.deepEqual(order, ["layerdrop-ready", "layerdrop-built", "layerdrop-download", "layerdrop-error"]);
    });

    it("and lets the page save the file itself", async () => {
      const opened = await on.open({ url: "plain.html" });
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      /** @type {string[]} */
      const downloads = [];
      opened.page.on("download", (download) => downloads.push(download.suggestedFilename()));
      await opened.page.evaluate(() =>
        addEventListener("layerdrop-download", (event) => event.preventDefault(), { once: true }),
      );
      const { fileName } = await opened.build();
      const prevented = await opened.hearing("layerdrop-download", () => opened.part("download").click());
      assert.equal(prevented.fileName, fileName);
      // The next one is not prevented; had the first been saved, it would have come before.
      await opened.save(opened.part("download"), on.folder);
      assert.deepEqual(downloads, [fileName]);
    });
  });

  describe("lives", () => {
    it("on when it is moved, and when it is taken out and put back", async () => {
      const opened = await on.open({ url: "holder.html" });
      await opened.drop([await wheel(REQUESTS[0])]);
      await opened.call("apply", { op: "exclude", path: "python/requests/certs.py" });
      const plan = await opened.plan();
      const reference = await opened.build();
      const worker = opened.worker();

      await opened.element.evaluate((element) => document.getElementById("right")?.append(element));
      assert.deepEqual((await opened.plan()).entries, plan.entries);
      assert.equal(opened.worker(), worker, "a move within a task costs nothing");

      const ended = Promise.all(opened.page.workers().map((worker) => worker.waitForEvent("close")));
      const taken = await opened.element.elementHandle();
      await taken?.evaluate((element) => element.remove());
      await ended;
      assert.deepEqual(opened.page.workers(), [], "without the element there is no worker");
      await taken?.evaluate((element) => document.getElementById("left")?.append(element));
      await opened.ready();
      assert.deepEqual(await opened.plan(), plan);
      assert.equal((await opened.build()).digest, reference.digest);
      assert.equal((await opened.settings()).layerName, "moved");
      await opened.call("undo");
      assert.ok((await opened.paths()).includes("python/requests/certs.py"), "its past is there as well");
    });

    it("not on while it is out: what it was doing is cancelled", async () => {
      const opened = await on.open({ url: "holder.html" });
      await opened.add([{ file: await wheel(NUMPY) }]);
      const name = await opened.element.evaluate((element) => {
        const building = element.build();
        element.remove();
        return building.then(
          () => "built",
          (error) => error.name,
        );
      });
      assert.equal(name, "AbortError");
    });

    it("beside another one, each with its own session", async () => {
      const one = await on.open({ url: "two.html", selector: "#one" });
      const two = new LayerPage(one.page, "#two");
      await two.ready();
      assert.equal(one.page.workers().length, 2);
      const [first, second] = [await wheel(REQUESTS[0]), await wheel(REQUESTS[2])];
      await one.drop([first]);
      assert.deepEqual(await two.paths(), []);
      await two.drop([second]);
      const names = async (which) => (await which.plan()).recognised.map(({ name }) => name);
      assert.deepEqual([await names(one), await names(two)], [["requests"], ["idna"]]);
      assert.deepEqual([(await one.build()).fileName, (await two.build()).fileName], ["one.zip", "two.zip"]);
      await one.call("clear");
      assert.deepEqual(await names(two), ["idna"]);
      // A shortcut counts where the focus is.
      await two.part("build").focus();
      await two.hearing("layerdrop-change", () => two.page.keyboard.press("Control+z"));
      assert.deepEqual([await names(one), await names(two)], [[], []]);
    });

    it("with its module loaded a second time", async () => {
      const opened = await on.open({ url: "plain.html" });
      await opened.page.evaluate("import('./layer-drop.js?again')");
      await opened.add([{ path: "a.py", text: "x = 1\n" }]);
      assert.deepEqual(await opened.paths(), ["python/a.py"]);
      const made = await opened.page.evaluate(async () => {
        const another = document.body.appendChild(document.createElement("layer-drop"));
        await another.ready;
        await another.addFiles([{ path: "b.py", blob: new Blob(["y = 2\n"]) }]);
        return (await another.plan()).entries.map(({ path }) => path);
      });
      assert.deepEqual(made, ["python/b.py"]);
    });
  });
});
