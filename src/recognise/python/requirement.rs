//! What a Python distribution needs, as its metadata write it: names, extras and markers (PEP 508,
//! <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>).

use crate::tables::runtimes::{Architecture, Runtime};

/// One `Requires-Dist`, such as `urllib3[socks] <3,>=1.21.1 ; python_version < "3.10"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The distribution's name as written, e.g. `"urllib3"`.
    pub name: String,
    /// The extras that are asked of it, e.g. `["socks"]`.
    pub extras: Vec<String>,
    /// The versions that fit, e.g. `"<3,>=1.21.1"`; empty where all do, or an address is given.
    pub versions: String,
    /// When it is needed; `None` where it always is.
    pub marker: Option<Marker>,
}

/// A condition for where a requirement counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// All of them.
    And(Vec<Marker>),
    /// One of them.
    Or(Vec<Marker>),
    /// A variable against a text, either of which can stand first.
    Compare(Operand, String, Operand),
    /// What can't be read, and is taken to hold nowhere: nothing is missed that may not be needed.
    Unknown,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A variable, e.g. `python_version`.
    Variable(String),
    /// A text.
    Text(String),
}

/// Where a marker is evaluated.
#[derive(Debug, Clone, Copy)]
pub struct Environment<'a> {
    /// The runtime, whose Python counts.
    pub runtime: &'a Runtime,
    /// The processor.
    pub architecture: Architecture,
    /// The extra that was asked for; empty where none was.
    pub extra: &'a str,
}

impl Requirement {
    /// Reads a requirement; `None` where it names nothing.
    pub fn parse(text: &str) -> Option<Requirement> {
        let is_name = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
        let text = text.trim();
        let end = text.find(|character| !is_name(character)).unwrap_or(text.len());
        let (name, mut rest) = text.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
        let mut extras = Vec::new();
        rest = rest.trim_start();
        if let Some((listed, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            extras = listed.split(',').map(|extra| extra.trim().to_owned()).filter(|extra| !extra.is_empty()).collect();
            rest = after.trim_start();
        }
        // An address may hold a semicolon; before the one that ends it stands a space.
        let separator = if rest.starts_with('@') { " ;" } else { ";" };
        let (versions, marker) = match rest.split_once(separator) {
            Some((versions, marker)) => (versions, Some(Marker::parse(marker))),
            None => (rest, None),
        };
        let versions = if rest.starts_with('@') { "" } else { versions.trim().trim_matches(['(', ')']).trim() };
        Some(Requirement { name: name.to_owned(), extras, versions: versions.to_owned(), marker })
    }

    /// Whether it counts there.
    pub fn is_for(&self, environment: Environment) -> bool {
        self.marker.as_ref().is_none_or(|marker| marker.holds(environment))
    }
}

/// Parentheses within each other that are followed.
const DEEPEST: usize = 32;

impl Marker {
    fn parse(text: &str) -> Marker {
        let mut reader = Reader { words: words(text), at: 0 };
        match reader.either(0) {
            Some(marker) if reader.at == reader.words.len() => marker,
            _ => Marker::Unknown,
        }
    }

    /// Whether it holds there.
    pub fn holds(&self, environment: Environment) -> bool {
        match self {
            Marker::And(all) => all.iter().all(|marker| marker.holds(environment)),
            Marker::Or(some) => some.iter().any(|marker| marker.holds(environment)),
            Marker::Compare(a, operator, b) => {
                let is_version =
                    [a, b].iter().any(|side| matches!(side, Operand::Variable(name) if VERSIONS.contains(&&**name)));
                let (Some(a), Some(b)) = (a.value(environment), b.value(environment)) else { return false };
                if is_version { compare_versions(&a, operator, &b) } else { compare_texts(&a, operator, &b) }
            }
            Marker::Unknown => false,
        }
    }
}

/// Variables that hold versions.
const VERSIONS: &[&str] = &["python_version", "python_full_version", "implementation_version"];

impl Operand {
    /// Its value on a target; `None` where that is not known.
    fn value(&self, environment: Environment) -> Option<String> {
        let variable = match self {
            Operand::Text(text) => return Some(text.clone()),
            Operand::Variable(name) => name.as_str(),
        };
        let value = match variable {
            "python_version" => environment.runtime.version,
            // A runtime's patch level moves on; no sensible marker hangs on it.
            "python_full_version" | "implementation_version" => {
                return Some(format!("{}.99", environment.runtime.version));
            }
            "os_name" | "os.name" => "posix",
            "sys_platform" | "sys.platform" => "linux",
            "platform_system" => "Linux",
            "platform_machine" | "platform.machine" => environment.architecture.machine(),
            "platform_python_implementation" | "platform.python_implementation" | "python_implementation" => "CPython",
            "implementation_name" => "cpython",
            "extra" => environment.extra,
            _ => return None,
        };
        Some(value.to_owned())
    }
}

fn compare_texts(a: &str, operator: &str, b: &str) -> bool {
    match operator {
        "==" | "===" => a == b,
        "!=" => a != b,
        "in" => b.contains(a),
        "not in" => !b.contains(a),
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        _ => false,
    }
}

fn compare_versions(a: &str, operator: &str, b: &str) -> bool {
    if ["in", "not in"].contains(&operator) {
        let listed = b.split([',', ' ']).any(|one| one == a);
        return listed == (operator == "in");
    }
    let numbers = |text: &str| -> Vec<u64> {
        let plain = text.trim().trim_end_matches(".*");
        let part = |part: &str| {
            let digits = part.find(|character: char| !character.is_ascii_digit()).unwrap_or(part.len());
            part.get(..digits).and_then(|digits| digits.parse().ok()).unwrap_or(0)
        };
        plain.split('.').map(part).collect()
    };
    let (mut left, mut right) = (numbers(a), numbers(b));
    let prefix = b.trim().ends_with(".*") || operator == "~=";
    let wanted = right.len();
    let length = left.len().max(right.len());
    left.resize(length, 0);
    right.resize(length, 0);
    let begins = |count: usize| left.iter().take(count).eq(right.iter().take(count));
    match operator {
        "==" | "===" if prefix => begins(wanted),
        "!=" if prefix => !begins(wanted),
        "~=" => left >= right && begins(wanted.saturating_sub(1)),
        "==" | "===" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => false,
    }
}

/// A word of a marker.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Name(String),
    Text(String),
    /// An operator or a parenthesis.
    Sign(String),
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if first == '"' || first == '\'' {
            let body = rest.get(1..).unwrap_or("");
            let (text, after) = body.split_once(first).unwrap_or((body, ""));
            (Word::Text(text.to_owned()), after)
        } else if first == '(' || first == ')' {
            (Word::Sign(first.to_string()), rest.get(1..).unwrap_or(""))
        } else {
            let sign = |character: char| "<>=!~".contains(character);
            let is_sign = sign(first);
            let ends = |character: char| {
                character.is_whitespace() || "()\"'".contains(character) || sign(character) != is_sign
            };
            let end = rest.find(ends).unwrap_or(rest.len()).max(first.len_utf8());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            (if is_sign { Word::Sign(word.into()) } else { Word::Name(word.into()) }, after)
        };
        words.push(word);
        rest = after.trim_start();
    }
    words
}

struct Reader {
    words: Vec<Word>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<Word> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    fn takes(&mut self, word: &Word) -> bool {
        let is_next = self.words.get(self.at) == Some(word);
        self.at += usize::from(is_next);
        is_next
    }

    fn either(&mut self, depth: usize) -> Option<Marker> {
        let mut some = vec![self.all(depth)?];
        while self.takes(&Word::Name("or".into())) {
            some.push(self.all(depth)?);
        }
        Some(if some.len() == 1 { some.remove(0) } else { Marker::Or(some) })
    }

    fn all(&mut self, depth: usize) -> Option<Marker> {
        let mut all = vec![self.one(depth)?];
        while self.takes(&Word::Name("and".into())) {
            all.push(self.one(depth)?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Marker::And(all) })
    }

    fn one(&mut self, depth: usize) -> Option<Marker> {
        if self.takes(&Word::Sign("(".into())) {
            let inner = if depth < DEEPEST { self.either(depth + 1)? } else { return None };
            return self.takes(&Word::Sign(")".into())).then_some(inner);
        }
        let left = self.operand()?;
        let operator = match self.next()? {
            Word::Sign(sign) => sign,
            Word::Name(word) if word == "in" => word,
            Word::Name(word) if word == "not" && self.takes(&Word::Name("in".into())) => "not in".into(),
            _ => return None,
        };
        Some(Marker::Compare(left, operator, self.operand()?))
    }

    fn operand(&mut self) -> Option<Operand> {
        match self.next()? {
            Word::Name(name) => Some(Operand::Variable(name)),
            Word::Text(text) => Some(Operand::Text(text)),
            Word::Sign(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails, panics")]

    use super::*;

    fn needed(text: &str, runtime: &str, architecture: Architecture, extra: &str) -> bool {
        let runtime = Runtime::find(runtime).unwrap();
        Requirement::parse(text).unwrap().is_for(Environment { runtime, architecture, extra })
    }

    #[test]
    fn parts_of_a_requirement() {
        let read = Requirement::parse("Urllib3[socks, brotli] (<3,>=1.21.1) ; python_version < '3'").unwrap();
        assert_eq!((read.name.as_str(), read.versions.as_str()), ("Urllib3", "<3,>=1.21.1"));
        assert_eq!(read.extras, ["socks", "brotli"]);
        let address = Requirement::parse("pip @ https://example.com/pip;a=b.zip ; os_name == 'nt'").unwrap();
        assert_eq!((address.name.as_str(), address.versions.as_str()), ("pip", ""));
        assert!(Requirement::parse(" ; os_name").is_none());
    }

    #[test]
    fn markers_are_evaluated_for_the_target() {
        use Architecture::{Arm64, X86_64};
        let rows = [
            ("a ; python_version < \"3.10\"", true, false),
            ("a;python_version>='3.10'", false, true),
            ("a ; python_version == '3.*'", true, true),
            ("a ; python_version ~= '3.9'", true, true),
            ("a ; python_version not in '3.9, 3.10'", false, true),
            ("a ; '3.10' <= python_version", false, true),
            ("a ; sys_platform == 'win32' or (os_name == 'posix' and platform_machine == 'x86_64')", true, false),
            ("a ; platform_machine in 'aarch64 arm64'", false, true),
            ("a ; extra == 'test'", false, false),
            ("a ; platform_python_implementation != \"PyPy\"", true, true),
            ("a ; nonsense == 'x'", false, false),
            ("a ; python_version", false, false),
            ("a ; ((((python_version < '3.10'", false, false),
        ];
        for (text, on_39, on_312) in rows {
            assert_eq!(needed(text, "python3.9", X86_64, ""), on_39, "{text}");
            assert_eq!(needed(text, "python3.12", Arm64, ""), on_312, "{text}");
        }
        assert!(needed("a ; extra == 'test'", "python3.12", X86_64, "test"));
        assert!(!needed(&format!("a ; {}", "(".repeat(5000)), "python3.12", X86_64, ""));
    }
}
