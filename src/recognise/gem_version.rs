//! Versions of gems and conditions for them, by the rules of `Gem::Version` and `Gem::Requirement`.

use super::yaml::Yaml;

/// A condition for a version, e.g. `~> 1.2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `=`, `!=`, `>`, `<`, `>=`, `<=` or `~>`.
    pub operator: String,
    /// The version.
    pub version: String,
}

/// Whether it is a version; it becomes a part of a path.
pub fn is_version(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || ".-".contains(character))
        && !text.contains("..")
}

/// A version is a text, or an object with one.
pub fn version_of(value: Option<&Yaml>) -> Option<String> {
    let value = value?;
    value.get("version").unwrap_or(value).text().map(str::to_owned)
}

/// The conditions of a `Gem::Requirement`: pairs of an operator and a version.
pub fn conditions(value: Option<&Yaml>) -> Vec<Condition> {
    let pairs = value.and_then(|value| value.get("requirements")).map_or(&[][..], Yaml::list);
    pairs
        .iter()
        .filter_map(|pair| {
            let [operator, version] = pair.list() else { return None };
            let (operator, version) = (operator.text()?.to_owned(), version_of(Some(version))?);
            let known = ["=", "!=", ">", "<", ">=", "<=", "~>"].contains(&operator.as_str());
            (known && is_version(&version)).then_some(Condition { operator, version })
        })
        .collect()
}

impl Condition {
    /// Whether it is `>= 0`, which stands in metadata where nothing was asked for.
    pub fn is_always_met(&self) -> bool {
        self.operator == ">=" && self.version == "0"
    }

    /// Whether a version meets it.
    pub fn is_met_by(&self, version: &str) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let order = compare(version, &self.version);
        match self.operator.as_str() {
            "=" => order == Equal,
            "!=" => order != Equal,
            ">" => order == Greater,
            "<" => order == Less,
            ">=" => order != Less,
            "<=" => order != Greater,
            // `~> 3.2` means at least 3.2, and before 4.
            _ => {
                let mut parts: Vec<&str> = self.version.split('.').take_while(|part| is_number(part)).collect();
                if parts.len() > 1 {
                    parts.pop();
                }
                let same = version.split('.').zip(&parts).all(|(part, wanted)| part == *wanted);
                order != Less && same
            }
        }
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.operator, self.version)
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The order of two versions, part by part: a word, as of a pre-release, stands before every number.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let parts = |text: &str| -> Vec<Result<u64, String>> {
        let part = |part: &str| part.parse::<u64>().map_err(|_| part.to_owned());
        text.split(['.', '-']).map(part).collect()
    };
    let (a, b) = (parts(a), parts(b));
    for at in 0..a.len().max(b.len()) {
        let part = |parts: &[Result<u64, String>]| parts.get(at).cloned().unwrap_or(Ok(0));
        let order = match (part(&a), part(&b)) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            (Err(a), Err(b)) => a.cmp(&b),
            (Ok(_), Err(_)) => std::cmp::Ordering::Greater,
            (Err(_), Ok(_)) => std::cmp::Ordering::Less,
        };
        if order.is_ne() {
            return order;
        }
    }
    std::cmp::Ordering::Equal
}
