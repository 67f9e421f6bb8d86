/**
 * Java: real jars, dropped, built, mounted at /opt, and loaded by the real Java 17 in the way of Lambda's runtime.
 */

import assert from "node:assert/strict";
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { unpacked } from "./support/debian.js";
import { ENVIRONMENT } from "./support/lambda.js";
import { withOpt } from "./support/opt.js";
import { ROOT, output } from "./support/run.js";
import { stage } from "./support/stage.js";

const PACKAGES = ["libjackson2-core-java", "libjson-smart-java", "libcommons-lang3-java"];
const CLASSES = [
  "com.fasterxml.jackson.core.JsonFactory",
  "net.minidev.json.JSONValue",
  "net.minidev.asm.BeansAccess",
  "org.apache.commons.lang3.StringUtils",
];

describe("Java", { timeout: 600_000 }, () => {
  const on = stage();
  let java = "";
  /** The folders that Debian's packages fill. @type {string[]} */
  let folders = [];

  before(async () => {
    java = await java17();
    folders = [];
    for (const name of PACKAGES) folders.push(join(await unpacked(name), "usr/share/java"));
  });

  /**
   * The layer of some paths, unzipped.
   * @param {string} name
   * @param {string[]} paths
   */
  async function layer(name, paths) {
    const page = await on.open();
    await page.set({ runtimes: ["java17"], architectures: ["x86_64", "arm64"] });
    await page.drop(paths);
    const folder = join(on.folder, name);
    await mkdir(folder);
    return page.unzipped(folder);
  }

  /** Where each class comes from. */
  function loaded(opt, ...classes) {
    return withOpt(opt, java, [join(ROOT, "tests/e2e/support/LoadLayer.java"), ...classes], { env: ENVIRONMENT });
  }

  it("17 loads the jars of Debian's packages from java/lib", async () => {
    const jars = [];
    for (const folder of folders) {
      // Those with the version in their names are links to these.
      const names = (await readdir(folder)).filter((name) => /^[a-z]+(-[a-z]+[0-9]*)*\.jar$/.test(name));
      jars.push(...names.map((name) => join(folder, name)));
    }
    const opt = await layer("jars", jars);
    assert.deepEqual(await readdir(opt), ["java"]);
    assert.deepEqual(await readdir(join(opt, "java/lib")), [
      "accessors-smart.jar",
      "commons-lang3.jar",
      "jackson-core.jar",
      "json-smart.jar",
    ]);
    const told = await loaded(opt, ...CLASSES);
    assert.match(told, /^com\.fasterxml\.jackson\.core\.JsonFactory \/opt\/java\/lib\/jackson-core\.jar$/m);
    assert.match(told, /^net\.minidev\.asm\.BeansAccess \/opt\/java\/lib\/accessors-smart\.jar$/m);
    assert.match(told, /^version 17$/m);
    await assert.rejects(loaded(on.folder, CLASSES[0]), /ClassNotFoundException/);
  });

  it("17 loads the dependencies of a build, which lie folders deep, from a zip", async () => {
    const project = join(on.folder, "project");
    const deep = join(project, "target/dependency");
    await mkdir(deep, { recursive: true });
    await cp(join(folders[0], "jackson-core.jar"), join(deep, "jackson-core-2.14.1.jar"), { dereference: true });
    await output(await tool("jar"), ["-cf", join(project, "project.zip"), "-C", project, "target"]);
    const opt = await layer("build", [join(project, "project.zip")]);
    assert.deepEqual(await readdir(join(opt, "java/lib")), ["jackson-core-2.14.1.jar"]);
    assert.match(await loaded(opt, CLASSES[0]), /\/opt\/java\/lib\/jackson-core-2\.14\.1\.jar$/m);
  });
});

async function java17() {
  const java = await tool("java");
  assert.match(await output(java, ["--version"]), /^openjdk 17/);
  return java;
}

/** A program of the Java 17 that setup/java installs. @param {string} name */
async function tool(name) {
  const homes = (await readdir("/usr/lib/jvm").catch(() => [])).filter((home) => /^java-17-/.test(home));
  assert.ok(homes.length > 0, "Java 17 is missing: 'make test-e2e' installs it");
  return join("/usr/lib/jvm", homes[0], "bin", name);
}
