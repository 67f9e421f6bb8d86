/**
 * Real gems, made on this machine by `gem build`, an index of them, and what the real tools make of it.
 */

import { chmod, cp, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { output } from "./run.js";

/** Nothing of whoever runs the tests: neither their gems nor their settings. */
export const CLEAN = { PATH: process.env.PATH, LANG: "C.UTF-8", HOME: "/nonexistent", GEM_SPEC_CACHE: "/nonexistent" };

/** One gem without needs, whose author tries everything that a specification could mistake for code. */
const GREETING = {
  "greeting.gemspec": `Gem::Specification.new do |s|
  s.name = "greeting"; s.version = "1.2.0"; s.authors = ["Ünï \\"quoted\\"", "b"]; s.licenses = ["MIT", "Apache-2.0"]
  s.summary = 'not code: \#{raise "run"} \\\\ "'; s.description = "two\\nlines\\t"; s.homepage = "https://example.com/greeting"
  s.email = ["a@example.com"]; s.files = Dir["{lib,more,exe}/**/*"]; s.require_paths = ["lib", "more"]
  s.bindir = "exe"; s.executables = ["greet"]; s.requirements = ["a voice"]; s.post_install_message = "thanks"
  s.required_ruby_version = [">= 3.0", "< 5.a"]; s.required_rubygems_version = ">= 3.0"
  s.metadata = { "rubygems_mfa_required" => "true", "changelog_uri" => "https://example.com/changes" }
end
`,
  "lib/greeting.rb": 'require "greeting/words"\nmodule Greeting; def self.hi = WORDS; end\n',
  "more/greeting/words.rb": 'module Greeting; WORDS = "hi"; end\n',
  "exe/greet": '#!/usr/bin/env ruby\nrequire "greeting"\nputs Greeting.hi\n',
};

/** One that needs it. */
const SPEAKER = {
  "speaker.gemspec": `Gem::Specification.new do |s|
  s.name = "speaker"; s.version = "0.3.0"; s.authors = ["a"]; s.summary = "speaks"; s.files = ["lib/speaker.rb"]
  s.add_dependency "greeting", "~> 1.0", ">= 1.1"; s.add_development_dependency "rake", "> 1"
end
`,
  "lib/speaker.rb": 'require "greeting"\nmodule Speaker; def self.say = Greeting.hi + "!"; end\n',
};

/** One in C, which its user compiles; and as its author compiles it, for one platform and version of Ruby. */
const COUNTER = {
  "counter.gemspec": `Gem::Specification.new do |s|
  s.name = "counter"; s.version = "2.0.0"; s.authors = ["a"]; s.summary = "counts"
  if ENV["COMPILED"]
    s.platform = "x86_64-linux"; s.files = Dir["lib/**/*"]
  else
    s.files = ["lib/counter.rb", "ext/counter/counter.c", "ext/counter/extconf.rb"]; s.extensions = ["ext/counter/extconf.rb"]
  end
end
`,
  "lib/counter.rb": `begin
  require "counter/#{RUBY_VERSION[/\\d+\\.\\d+/]}/counter"
rescue LoadError
  require "counter/counter"
end
`,
  "ext/counter/extconf.rb": 'require "mkmf"\ncreate_makefile("counter/counter")\n',
  "ext/counter/counter.c": `#include <ruby.h>
static VALUE three(VALUE self) { return INT2FIX(3); }
void Init_counter(void) { rb_define_singleton_method(rb_define_module("Counter"), "three", three, 0); }
`,
};

/**
 * Writes files by their paths below a folder; programs are those in `exe`.
 * @param {string} folder
 * @param {Record<string, string>} files
 */
export async function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    if (path.startsWith("exe/")) await chmod(join(folder, path), 0o755);
  }
}

/**
 * Makes the gems in a folder, and an index of them that `gem` and Bundler install from.
 * @param {string} folder
 */
export async function makeGems(folder) {
  const gems = join(folder, "index/gems");
  await mkdir(gems, { recursive: true });
  for (const [name, files] of Object.entries({ greeting: GREETING, speaker: SPEAKER, counter: COUNTER })) {
    await write(join(folder, name), files);
    await gem(["build", "--quiet", `${name}.gemspec`], join(folder, name));
  }
  const { minor } = await ruby();
  const counter = join(folder, "counter");
  await cp(counter, `${counter}-compiled`, { recursive: true });
  await output("sh", ["-c", "ruby ext/counter/extconf.rb && make"], { cwd: `${counter}-compiled`, env: CLEAN });
  await mkdir(join(`${counter}-compiled`, "lib/counter", minor), { recursive: true });
  await rename(join(`${counter}-compiled`, "counter.so"), join(`${counter}-compiled`, "lib/counter", minor, "counter.so"));
  await gem(["build", "--quiet", "counter.gemspec"], `${counter}-compiled`, { COMPILED: "1" });

  const made = {
    greeting: join(gems, "greeting-1.2.0.gem"),
    speaker: join(gems, "speaker-0.3.0.gem"),
    counter: join(gems, "counter-2.0.0.gem"),
    compiled: join(gems, "counter-2.0.0-x86_64-linux.gem"),
  };
  await rename(join(folder, "greeting/greeting-1.2.0.gem"), made.greeting);
  await rename(join(folder, "speaker/speaker-0.3.0.gem"), made.speaker);
  await rename(join(counter, "counter-2.0.0.gem"), made.counter);
  await rename(join(`${counter}-compiled`, "counter-2.0.0-x86_64-linux.gem"), made.compiled);
  await gem(["generate_index", "--quiet", "--directory", join(folder, "index")], folder);
  return { ...made, index: `file://${join(folder, "index")}` };
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env]
 */
export function gem(args, cwd, env = {}) {
  return output("gem", args, { cwd, env: { ...CLEAN, HOME: cwd, ...env } });
}

/** Debian's Ruby: `{ minor: "3.1", api: "3.1.0" }`. */
export async function ruby() {
  const version = (await output("ruby", ["-e", "print RUBY_VERSION"])).split(".");
  const minor = version.slice(0, 2).join(".");
  return { minor, api: `${minor}.0` };
}
