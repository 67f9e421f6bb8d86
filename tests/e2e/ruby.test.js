/**
 * Gems as the real tools make and install them, built into a layer in the page, and loaded by real Rubies from /opt.
 */

import assert from "node:assert/strict";
import { cp, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { before, describe, it } from "node:test";
import { CLEAN, gem, makeGems, ruby, write } from "./support/gems.js";
import { ruby34WithOpt, rubyWithOpt } from "./support/opt.js";
import { output } from "./support/run.js";
import { stage } from "./support/stage.js";

/** What was required, and where it came from. */
const SPEAK = 'require "speaker"; puts Speaker.say, $LOADED_FEATURES.grep(/speaker|greeting/)';

describe("Ruby in a layer", { timeout: 600_000 }, () => {
  const on = stage();
  /** @type {Awaited<ReturnType<typeof makeGems>>} */
  let gems;
  /** Debian's Ruby. @type {Awaited<ReturnType<typeof ruby>>} */
  let debian;

  before(async () => {
    gems = await makeGems(join(on.folder, "made"));
    debian = await ruby();
  });

  /**
   * The layer of what is dropped, unpacked, with its plan.
   * @param {string} name
   * @param {string[]} dropped
   * @param {string[]} [runtimes]
   */
  async function layer(name, dropped, runtimes = ["ruby3.4"]) {
    const page = await on.open();
    await page.set({ runtimes, architectures: ["x86_64"], layerName: name });
    await page.drop(dropped);
    const plan = await page.plan();
    const folder = join(on.folder, name);
    await mkdir(folder);
    await page.part("build").click();
    await page.part("result").waitFor();
    const zip = await page.save(page.part("download"), folder);
    const opt = join(folder, "opt");
    await output("unzip", ["-q", zip, "-d", opt]);
    return { opt, rules: plan.findings.map(({ rule, severity }) => `${severity} ${rule}`), findings: plan.findings };
  }

  it("holds gems where RubyGems of Debian and of Ruby 3.4 find them, with what they need", async () => {
    const { opt, rules } = await layer("gems", [gems.greeting, gems.speaker]);
    assert.deepEqual(rules, ["note program-not-on-path"]);
    const told = [
      "hi!",
      "/opt/ruby/gems/3.4.0/gems/greeting-1.2.0/more/greeting/words.rb",
      "/opt/ruby/gems/3.4.0/gems/greeting-1.2.0/lib/greeting.rb",
      "/opt/ruby/gems/3.4.0/gems/speaker-0.3.0/lib/speaker.rb",
    ];
    assert.deepEqual((await rubyWithOpt(opt, "3.4.0", SPEAK)).trim().split("\n"), told);
    assert.deepEqual((await ruby34WithOpt(opt, SPEAK)).trim().split("\n"), told);
    // Without the specification a gem is not there, so it is the specification that makes it so.
    await rm(join(opt, "ruby/gems/3.4.0/specifications/greeting-1.2.0.gemspec"));
    await assert.rejects(rubyWithOpt(opt, "3.4.0", SPEAK), /Gem::MissingSpecError|Could not find 'greeting'/);
    await assert.rejects(ruby34WithOpt(opt, SPEAK), /Could not find 'greeting'/);
  });

  it("has the specifications and the files that gem install writes", async () => {
    const { opt } = await layer("specifications", [gems.greeting, gems.speaker, gems.compiled]);
    const installed = join(on.folder, "installed");
    const install = ["install", "--local", "--no-document", "--ignore-dependencies", "--install-dir", installed];
    await gem([...install, gems.greeting, gems.speaker, gems.compiled], on.folder);
    const home = join(opt, "ruby/gems/3.4.0");
    const used = (paths) => paths.filter((path) => !/^(cache|bin)\//.test(path));
    assert.deepEqual(await files(home), used(await files(installed)));
    for (const path of (await files(home)).filter((path) => path.startsWith("gems/"))) {
      assert.deepEqual(await readFile(join(home, path)), await readFile(join(installed, path)), path);
    }
    for (const name of ["greeting-1.2.0", "speaker-0.3.0", "counter-2.0.0-x86_64-linux"]) {
      const path = `specifications/${name}.gemspec`;
      assert.equal(await described(join(home, path)), await described(join(installed, path)));
      assert.equal(stub(await readFile(join(home, path), "utf8")), stub(await readFile(join(installed, path), "utf8")));
    }
  });

  it("gets gems out of Bundler's folder, compiled parts included", async () => {
    const app = join(on.folder, "app");
    const git = join(on.folder, "from-git");
    await cp(join(on.folder, "made/greeting"), git, { recursive: true });
    const commit = ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "all"];
    await output("git", ["init", "--quiet"], { cwd: git });
    await output("git", ["add", "."], { cwd: git });
    await output("git", commit, { cwd: git });
    await write(app, {
      Gemfile: `source "${gems.index}"\ngem "speaker"\ngem "counter"\n`,
      "own.rb": "OWN = 1\n",
    });
    const env = { ...CLEAN, HOME: on.folder, BUNDLE_PATH: "vendor/bundle", BUNDLE_FORCE_RUBY_PLATFORM: "true" };
    await output("bundle", ["install", "--quiet"], { cwd: app, env });

    const { opt, rules, findings } = await layer("bundle", [app]);
    const [finding] = findings.filter(({ rule }) => rule === "wrong-version-folder");
    assert.deepEqual(rules, ["error wrong-version-folder"]);
    assert.match(finding.message, new RegExp(`Ruby ${debian.minor.replace(".", "\\.")}.*ruby3\\.4`));
    const code = `${SPEAK}; require "counter"; require "own"; puts Counter.three, $LOADED_FEATURES.grep(/counter|own/)`;
    const told = (await rubyWithOpt(opt, debian.api, code)).trim().split("\n");
    assert.deepEqual(told.slice(0, 1).concat(told.slice(4, 5)), ["hi!", "3"]);
    const home = `/opt/ruby/gems/${debian.api}`;
    assert.ok(told.includes(`${home}/gems/speaker-0.3.0/lib/speaker.rb`), told.join("\n"));
    assert.ok(told.some((path) => path.startsWith(home) && path.endsWith("counter/counter.so")));
    assert.ok(told.includes("/opt/ruby/lib/own.rb"));

    await write(app, { Gemfile: `source "${gems.index}"\ngem "counter"\ngem "greeting", git: "${git}"\n` });
    await rm(join(app, "Gemfile.lock"));
    await output("bundle", ["install", "--quiet"], { cwd: app, env });
    const again = await layer("bundle-git", [app]);
    const told2 = again.findings.find(({ rule }) => rule === "not-ready")?.message ?? "";
    assert.match(told2, /from-git-[0-9a-f]{12} came from git/);
  });

  it("keeps a layer that gem install filled, laid out as AWS's example", async () => {
    const made = join(on.folder, "example");
    const home = join(made, "ruby/gems/3.4.0");
    await gem(["install", "--local", "--install-dir", home, gems.greeting], on.folder);
    const { opt, rules } = await layer("example-layer", [made]);
    assert.deepEqual(await files(opt), await files(made));
    assert.deepEqual(rules, []);
    assert.equal(await ruby34WithOpt(opt, 'require "greeting"; puts Greeting.hi'), "hi\n");
  });

  it("is compiled for the version of Ruby that loads it, which is said otherwise", async () => {
    const { opt, rules } = await layer("compiled", [gems.compiled]);
    assert.deepEqual(rules, ["error wrong-ruby-version"]);
    const code = 'require "counter"; puts Counter.three, $LOADED_FEATURES.grep(/counter.so/)';
    const so = `/opt/ruby/gems/3.4.0/gems/counter-2.0.0-x86_64-linux/lib/counter/${debian.minor}/counter.so`;
    assert.equal(await rubyWithOpt(opt, "3.4.0", code), `3\n${so}\n`);
    await assert.rejects(ruby34WithOpt(opt, code), /LoadError|cannot load such file/);
  });

  it("says by which command a compiled gem is got, and that command gets it", async () => {
    const page = await on.open();
    await page.set({ runtimes: ["ruby3.4"], architectures: ["x86_64"] });
    await page.drop([gems.counter]);
    const [{ commands }] = (await page.plan()).findings.filter(({ rule }) => rule === "not-ready");
    const command = commands[0]?.sh ?? "";
    const folder = join(on.folder, "fetched");
    await mkdir(folder);
    await gem([...command.split(" ").slice(1), "--clear-sources", "--source", gems.index], folder);
    assert.deepEqual(await readdir(folder), ["counter-2.0.0-x86_64-linux.gem"]);
  });

  it("loads files of one's own from ruby/lib", async () => {
    const own = join(on.folder, "own");
    await write(own, { "lib/helper.rb": 'require "helper/more"\nHELPER = MORE\n', "lib/helper/more.rb": "MORE = 1\n" });
    const { opt } = await layer("own-code", [join(own, "lib")], ["ruby3.3", "ruby3.4"]);
    const code = 'require "helper"; puts HELPER, $LOADED_FEATURES.grep(/helper.rb/)';
    for (const told of [await rubyWithOpt(opt, "3.3.0", code), await ruby34WithOpt(opt, code)]) {
      assert.equal(told, "1\n/opt/ruby/lib/helper.rb\n");
    }
  });
});

/** @param {string} folder @returns {Promise<string[]>} the paths of its files */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => relative(folder, join(parentPath ?? path, name)))
    .sort();
}

/** What RubyGems reads out of a specification, but for what the tool notes of itself and of the author's own work. */
function described(path) {
  const attributes =
    "%i[name version platform require_paths bindir executables authors licenses summary description homepage email" +
    " metadata requirements post_install_message required_ruby_version required_rubygems_version runtime_dependencies]";
  // Objects other than texts and lists show their address when they are inspected.
  const text = "text = ->(value) { value.class.name.start_with?('Gem::') ? value.to_s : value.inspect }";
  const each = `puts ${attributes}.map { |name| "#{name} #{text.(spec.send(name))}" }`;
  const code = `${text}; spec = Gem::Specification.load(ARGV[0]); ${each}`;
  return output("ruby", ["-e", code, path], { env: CLEAN });
}

/** The lines at the beginning, which RubyGems reads instead of the rest until a gem is used. */
function stub(text) {
  return text.split("\n").filter((line) => line.startsWith("#")).join("\n");
}
