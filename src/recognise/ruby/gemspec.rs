//! A gem's metadata, and the specification in Ruby that RubyGems reads from an installed gem.

use super::version::{Condition, conditions, is_version, version_of};
use super::yaml::Yaml;
use crate::inspect::Built;
use crate::order::{BTreeMap, BTreeSet};
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};

/// What a gem says of itself, with everything that becomes a path checked by its grammar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Specification {
    /// Its name, e.g. `"nokogiri"`.
    pub name: String,
    /// Its version, e.g. `"1.16.5"`.
    pub version: String,
    /// What it was built for, e.g. `"x86_64-linux"`, or `"ruby"` for every platform.
    pub platform: String,
    /// The folders of it that Ruby searches.
    pub require_paths: Vec<String>,
    /// Gems that it needs, each with the conditions for its version.
    pub dependencies: Vec<(String, Vec<Condition>)>,
    /// Conditions for Ruby's own version.
    pub ruby: Vec<Condition>,
    /// Conditions for the version of RubyGems.
    pub rubygems: Vec<Condition>,
    /// The versions of Ruby for which it holds compiled code, e.g. `"3.4"`; empty where no folder bears a version.
    pub compiled: BTreeSet<String>,
    /// Folder of its programs.
    pub bindir: String,
    /// Its programs.
    pub executables: Vec<String>,
    /// What has to be compiled before it can be used.
    pub extensions: Vec<String>,
    /// Texts for people, by the name of the attribute.
    pub texts: Vec<(&'static str, String)>,
    /// Lists of texts for people, by the name of the attribute.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// Whatever else the author says, e.g. `"changelog_uri"` and an address.
    pub metadata: BTreeMap<String, String>,
}

/// Names, as RubyGems allows them; they become folders.
fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|character: char| character.is_ascii_alphanumeric() || character == '_');
    begins && text.chars().all(|character| character.is_ascii_alphanumeric() || "._-".contains(character))
}

/// A relative path without surprises.
fn is_path(text: &str) -> bool {
    !text.starts_with(['/', '~'])
        && !text.is_empty()
        && text.split('/').all(|part| part != "..")
        && !text.chars().any(|character| character.is_control() || character == '\\')
}

impl Specification {
    /// Reads metadata; an error says what is wrong with them.
    pub fn of(metadata: &Yaml) -> Result<Specification, String> {
        let text = |key: &str| metadata.get(key).and_then(Yaml::text).unwrap_or("").to_owned();
        let name = text("name");
        if !is_name(&name) {
            return Err(format!("its name is {name:?}; expected letters, digits, dots, hyphens and underscores"));
        }
        let version = version_of(metadata.get("version")).unwrap_or_default();
        if !is_version(&version) {
            return Err(format!("its version is {version:?}; expected one such as \"1.2.3\""));
        }
        let platform = platform_of(metadata.get("platform"));
        if !is_name(&platform) {
            return Err(format!("its platform is {platform:?}; expected one such as \"ruby\" or \"x86_64-linux\""));
        }
        let list = |key: &str| -> Vec<String> {
            metadata.get(key).map_or(&[][..], Yaml::list).iter().filter_map(Yaml::text).map(str::to_owned).collect()
        };
        let texts = |key: &str| -> Vec<String> {
            let own = Some(text(key)).filter(|text| is_given(text));
            list(key).into_iter().chain(own).collect()
        };
        let mut require_paths = texts("require_paths");
        if require_paths.is_empty() {
            require_paths.push("lib".into());
        }
        let (extensions, executables) = (texts("extensions"), texts("executables"));
        let bindir = Some(text("bindir")).filter(|text| !text.is_empty()).unwrap_or_else(|| "bin".into());
        let paths = require_paths.iter().chain(&extensions).chain(&executables).chain([&bindir]);
        if let Some(path) = paths.into_iter().find(|path| !is_path(path)) {
            return Err(format!("it names the path {path:?}; expected one inside the gem"));
        }
        let dependencies = metadata.get("dependencies").map_or(&[][..], Yaml::list).iter().filter_map(dependency);
        Ok(Specification {
            dependencies: dependencies.collect(),
            ruby: conditions(metadata.get("required_ruby_version")),
            rubygems: conditions(metadata.get("required_rubygems_version")),
            compiled: BTreeSet::new(),
            texts: TEXTS.iter().map(|key| (*key, text(key))).filter(|(_, text)| is_given(text)).collect(),
            lists: LISTS.iter().map(|key| (*key, list(key))).filter(|(_, list)| !list.is_empty()).collect(),
            metadata: metadata.get("metadata").map_or(&[][..], Yaml::pairs).iter().filter_map(pair).collect(),
            name,
            version,
            platform,
            require_paths,
            bindir,
            executables,
            extensions,
        })
    }

    /// Its licenses as it names them.
    pub fn licenses(&self) -> &[String] {
        self.lists.iter().find(|(key, _)| *key == LICENSES).map_or(&[], |(_, list)| list)
    }

    /// The name of its folder and of its specification, e.g. `"nokogiri-1.16.5-x86_64-linux"`.
    pub fn full_name(&self) -> String {
        match self.platform.as_str() {
            "ruby" => format!("{}-{}", self.name, self.version),
            platform => format!("{}-{}-{platform}", self.name, self.version),
        }
    }

    /// The name of its folder where it was compiled when it was installed, e.g. `"pg-1.5.9"`; else its full name.
    pub fn installed_name(&self) -> String {
        match self.extensions.is_empty() {
            true => self.full_name(),
            false => format!("{}-{}", self.name, self.version),
        }
    }

    /// What it was compiled for; `None` where it runs on every platform.
    ///
    /// RubyGems on Lambda's systems takes a processor's `linux` and `linux-gnu`, and refuses `linux-musl`.
    pub fn built(&self) -> Option<Built> {
        let (processor, system) = self.platform.split_once('-').unwrap_or((self.platform.as_str(), ""));
        Some(match (processor, system) {
            ("ruby", _) => return None,
            (_, "linux" | "linux-gnu") => {
                let architecture = Architecture::ALL.iter().find(|architecture| processor == architecture.machine());
                match (architecture, processor) {
                    (Some(architecture), _) => Built::For(*architecture),
                    (None, "arm64") => Built::For(Architecture::Arm64),
                    (None, "x86" | "i386" | "i686") => Built::OtherProcessor("32-bit x86"),
                    (None, "arm" | "armv7" | "armv6") => Built::OtherProcessor("32-bit ARM"),
                    (None, _) => Built::OtherProcessor("another processor"),
                }
            }
            (_, system) if system.starts_with("linux-musl") => {
                Built::OtherSystem("Linux with the musl C library (Alpine)")
            }
            (_, system) if system.starts_with("darwin") => Built::OtherSystem("macOS"),
            (_, system) if system.starts_with("mingw") || system.starts_with("mswin") => Built::OtherSystem("Windows"),
            ("java" | "jruby", _) => Built::OtherSystem("JRuby"),
            _ => Built::OtherSystem("a platform that Lambda does not have"),
        })
    }

    /// Whether a runtime's Ruby meets the conditions and finds compiled code for itself, if there is any.
    pub fn fits(&self, runtime: &Runtime) -> bool {
        self.allows(runtime) && self.is_compiled_for(runtime)
    }

    /// Whether a runtime's Ruby meets the conditions. Of its patch version nothing is known but that it is kept new.
    pub fn allows(&self, runtime: &Runtime) -> bool {
        let version = format!("{}.{PATCHED}", runtime.version);
        self.ruby.iter().all(|condition| condition.is_met_by(&version))
    }

    fn is_compiled_for(&self, runtime: &Runtime) -> bool {
        self.compiled.is_empty() || self.compiled.contains(runtime.version)
    }

    /// The newest current Ruby that fits, else the newest current one.
    pub fn newest_runtime(&self) -> Option<&'static Runtime> {
        let current = || {
            let is_current = |runtime: &&Runtime| {
                runtime.language == Language::Ruby && matches!(runtime.support, Support::Current { .. })
            };
            RUNTIMES.iter().filter(is_current)
        };
        let newest = |runtime: &&Runtime| runtime.numbers();
        current().filter(|runtime| self.fits(runtime)).max_by_key(newest).or_else(|| current().max_by_key(newest))
    }

    /// The specification in Ruby. Every text from the metadata stands in it as a literal.
    ///
    /// RubyGems reads the two first lines alone until the gem is used; they can't hold what would need escaping.
    pub fn to_ruby(&self) -> String {
        let plain = |path: &String| path.chars().all(|character| character.is_ascii_graphic());
        let mut out = String::from("# -*- encoding: utf-8 -*-\n");
        if self.require_paths.iter().all(plain) {
            let paths = self.require_paths.join("\0");
            out += &format!("# stub: {} {} {} {paths}\n", self.name, self.version, self.platform);
        }
        out += "\nGem::Specification.new do |s|\n";
        let mut set = |attribute: &str, value: String| out += &format!("  s.{attribute} = {value}\n");
        set("name", literal(&self.name));
        set("version", literal(&self.version));
        if self.platform != "ruby" {
            set("platform", literal(&self.platform));
        }
        set("require_paths", literals(&self.require_paths));
        if !self.executables.is_empty() {
            set("bindir", literal(&self.bindir));
            set("executables", literals(&self.executables));
        }
        for (attribute, text) in &self.texts {
            set(attribute, literal(text));
        }
        for (attribute, list) in &self.lists {
            set(attribute, literals(list));
        }
        if !self.metadata.is_empty() {
            let pairs = self.metadata.iter().map(|(key, text)| format!("{} => {}", literal(key), literal(text)));
            set("metadata", format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", ")));
        }
        for (attribute, conditions) in
            [("required_ruby_version", &self.ruby), ("required_rubygems_version", &self.rubygems)]
        {
            if conditions.iter().any(|condition| !condition.is_always_met()) {
                set(attribute, format!("Gem::Requirement.new({})", conditions_to_ruby(conditions)));
            }
        }
        for (name, conditions) in &self.dependencies {
            out += &format!("  s.add_dependency({}, {})\n", literal(name), conditions_to_ruby(conditions));
        }
        out + "end\n"
    }
}

/// Attributes that are texts and say something of an installed gem. The list of files is left out, as `gem install`
/// leaves it out: the folder says it.
const TEXTS: &[&str] = &["summary", "description", "homepage", "email", "post_install_message"];

/// Attributes that are lists of texts. An address can be one of both.
const LISTS: &[&str] = &["authors", LICENSES, "email", "requirements"];

/// The attribute that names the licenses.
pub const LICENSES: &str = "licenses";

/// Whether a text is there: `nil` is empty or a tilde in YAML.
fn is_given(text: &str) -> bool {
    !text.is_empty() && text != "~"
}

fn pair((key, value): &(String, Yaml)) -> Option<(String, String)> {
    Some((key.clone(), value.text()?.to_owned()))
}

/// Stands for the newest patch of a version.
const PATCHED: u32 = 999;

/// A platform is a text, an object with its parts, or their list.
fn platform_of(value: Option<&Yaml>) -> String {
    let Some(value) = value else { return "ruby".into() };
    let parts: Vec<&str> = match value {
        Yaml::Text(text) => vec![text],
        Yaml::List(parts) => parts.iter().filter_map(Yaml::text).collect(),
        Yaml::Map(_) => ["cpu", "os", "version"].iter().filter_map(|key| value.get(key).and_then(Yaml::text)).collect(),
    };
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty() && *part != "~").collect();
    if parts.is_empty() { "ruby".into() } else { parts.join("-") }
}

fn dependency(value: &Yaml) -> Option<(String, Vec<Condition>)> {
    let name = value.get("name")?.text().filter(|name| is_name(name))?;
    // Older gems have no type; what they name is needed when they run.
    if value.get("type").and_then(Yaml::text).is_some_and(|kind| kind.trim_start_matches(':') == "development") {
        return None;
    }
    let requirement = value.get("requirement").or_else(|| value.get("version_requirements"));
    Some((name.to_owned(), conditions(requirement)))
}

fn conditions_to_ruby(conditions: &[Condition]) -> String {
    literals(&conditions.iter().map(Condition::to_string).collect::<Vec<_>>())
}

fn literals(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", "))
}

/// A text between double quotes, in which Ruby would run what stands after `#`.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' | '#' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(control))),
            other => out.push(other),
        }
    }
    out + "\""
}
