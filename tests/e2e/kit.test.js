/**
 * What comes with a built layer and what is kept of the choices: commands, code of other tools, recipe, presets, link.
 */

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { until } from "./support/kept.js";
import { stage } from "./support/stage.js";
import { REQUESTS, wheels } from "./support/wheels.js";

describe("commands, code and choices", { timeout: 200_000 }, () => {
  const on = stage({
    pages: {
      "embedded.html": '<!doctype html><html lang="en"><script type="module" src="layer-drop.js"></script><layer-drop></layer-drop></html>',
    },
  });
  /** @type {string[]} */
  let files = [];
  before(async () => {
    files = await wheels(REQUESTS.slice(0, 2));
  });

  const settings = { runtimes: ["python3.12"], architectures: ["x86_64"], layerName: "http", description: "what we share" };

  async function built() {
    const page = await on.open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.set(settings);
    await page.drop(files);
    await page.part("build").click();
    await page.part("result").waitFor();
    return page;
  }

  it("shows every command in the colours of its parts, and copies what is seen", async () => {
    const page = await built();
    const layer = await page.build();
    const choice = page.part("command-choice");
    const code = page.part("command").locator("code");
    const names = await choice.locator("option").evaluateAll((options) => options.map(({ value }) => value));
    assert.deepEqual(names, Object.entries(layer.commands).filter(([, { sh }]) => sh !== "").map(([name]) => name));
    for (const name of names) {
      await choice.selectOption(name);
      await code.locator(".token-option").first().waitFor();
      assert.equal(await code.textContent(), layer.commands[name].sh, name);
    }
    await choice.selectOption("publish");
    await code.locator(".token-text").getByText("what we share").first().waitFor();
    await page.part("copy").click();
    await page.part("status").getByText("Command copied.").waitFor();
    assert.equal(await page.page.evaluate(() => navigator.clipboard.readText()), layer.commands.publish.sh);
  });

  it("shows the layer as code of other tools, to copy and to save", async () => {
    const page = await built();
    const { snippets } = await page.build();
    await page.part("tab-code").click();
    const choice = page.part("snippet-choice");
    const code = page.part("snippet").locator("code");
    for (const [name, text] of Object.entries(snippets)) {
      await choice.selectOption(name);
      await page.page.waitForFunction(
        (text) => document.querySelector("layer-drop").shadowRoot.querySelector('[part="snippet"] code').textContent === text,
        text,
      );
    }
    await choice.selectOption("sam");
    await code.locator(".token-option").first().waitFor();
    assert.equal(await code.textContent(), snippets.sam);
    await page.part("copy-snippet").click();
    await page.part("status").getByText(/copied\.$/).waitFor();
    assert.equal(await page.page.evaluate(() => navigator.clipboard.readText()), snippets.sam);
    const saved = await page.save(page.part("save-snippet"), on.folder);
    assert.equal(await readFile(saved, "utf8"), snippets.sam);
  });

  it("takes what AWS answered, and goes on with that version", async () => {
    const page = await built();
    const { codeSha256 } = await page.build();
    const arn = "arn:aws:lambda:eu-west-1:123456789012:layer:http";
    await page.part("answered").click();
    await page.part("answer").fill(JSON.stringify({ LayerArn: arn, LayerVersionArn: `${arn}:7`, Version: 7, Content: { CodeSha256: codeSha256 } }));
    await page.part("take-answer").click();
    await page.part("status").getByText("1 version taken over.").waitFor();
    await page.part("command-choice").selectOption("delete");
    await page.part("command").getByText("--version-number 7").waitFor();
    await page.part("answer").fill("nonsense");
    await page.part("take-answer").click();
    await page.part("error").waitFor();
  });

  it("saves a recipe and applies it again, and says which files differ", async () => {
    const page = await built();
    await page.call("apply", { op: "exclude", path: "python/certifi/cacert.pem" });
    const paths = await page.paths();
    await page.part("keep").click();
    const recipe = await page.save(page.part("save-recipe"), on.folder);
    assert.equal(await readFile(recipe, "utf8"), await page.call("recipe"));
    const other = await on.open();
    await other.drop(files.slice(0, 1));
    await other.part("keep").click();
    await other.hearing("layerdrop-change", () => other.part("recipe-file").setInputFiles(recipe));
    await other.part("status").getByText(/^Recipe applied\. Not among the files: certifi/).waitFor();
    assert.equal((await other.settings()).layerName, "http");
    await other.drop(files.slice(1));
    await other.hearing("layerdrop-change", () => other.part("recipe-file").setInputFiles(recipe));
    await other.part("status").getByText(/^Recipe applied\.$/).waitFor();
    assert.deepEqual(await other.paths(), paths);
    const broken = join(on.folder, "broken.json");
    await writeFile(broken, "{");
    await other.part("recipe-file").setInputFiles(broken);
    await other.part("error").waitFor();
  });

  it("keeps settings under a name until they are forgotten", async () => {
    const page = await built();
    await page.part("keep").click();
    await page.part("preset-name").fill("our <b>team</b>");
    await page.part("save-preset").click();
    await page.part("status").getByText("Preset our <b>team</b> saved.").waitFor();
    await until(page, ({ steps }) => steps.some((/** @type {any} */ { call }) => call === "add"));
    await page.page.reload();
    await page.part("status").getByText("The last session is back").waitFor();
    await page.set({ layerName: "other", description: "" });
    await page.plan();
    await page.part("keep").click();
    await page.hearing("layerdrop-change", () => page.part("use-preset").click());
    const now = await page.settings();
    for (const [name, value] of Object.entries(settings)) assert.deepEqual(now[name], value);
    await page.part("forget-preset").click();
    await page.part("preset").waitFor({ state: "detached" });
    assert.equal(await page.page.evaluate(() => localStorage.getItem("layerdrop-presets")), "{}");
  });

  it("gives settings away as a link, which no request carries", async () => {
    const page = await built();
    await page.part("keep").click();
    await page.part("copy-link").click();
    await page.part("status").getByText("Link copied.").waitFor();
    const link = await page.page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#layerdrop=1\.[\w-]+$/);
    const other = await on.open({ url: link });
    const now = await other.settings();
    for (const [name, value] of Object.entries(settings)) assert.deepEqual(now[name], value);
    assert.ok(!other.requests.some((url) => url.includes("layerdrop=1")));
    await other.page.evaluate(() => void (location.hash = "#layerdrop=9.e30"));
    await other.part("alert").getByText("found another version in the link, expected version 1").waitFor();
    assert.equal((await other.settings()).layerName, "http");
  });

  it("neither reads the address nor keeps presets where it is only a part of a page", async () => {
    const page = await on.open({ url: "embedded.html#layerdrop=1.eyJsYXllck5hbWUiOiJ4In0" });
    await page.hearing("layerdrop-change", () => page.part("sample-python").click());
    assert.equal((await page.settings()).layerName, "");
    await page.part("keep").click();
    await page.part("save-recipe").waitFor();
    assert.equal(await page.part("copy-link").isVisible(), false);
    assert.equal(await page.part("save-preset").isVisible(), false);
  });
});
