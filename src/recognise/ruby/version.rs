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
            Condition::of(operator.text()?, &version_of(Some(version))?)
        })
        .collect()
}

impl Condition {
    /// The condition of a text such as `"~> 1.2"`, or of a version alone, which is then the only one that fits.
    pub fn parse(text: &str) -> Option<Condition> {
        let text = text.trim();
        let end = text.find(|character| !"=!<>~".contains(character))?;
        let (operator, version) = text.split_at_checked(end)?;
        let operator = if operator.is_empty() { "=" } else { operator };
        Condition::of(operator, version.trim())
    }

    fn of(operator: &str, version: &str) -> Option<Condition> {
        let known = ["=", "!=", ">", "<", ">=", "<=", "~>"].contains(&operator);
        (known && is_version(version)).then(|| Condition { operator: operator.to_owned(), version: version.to_owned() })
    }

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
            // `~> 3.2` means at least 3.2, and before 4, of which a pre-release is no part.
            _ => {
                let mut wanted: Vec<Segment> = segments(&self.version)
                    .into_iter()
                    .take_while(|segment| matches!(segment, Segment::Number(_)))
                    .collect();
                if wanted.len() > 1 {
                    wanted.pop();
                }
                let found = segments(version);
                let part = |at: usize| found.get(at).cloned().unwrap_or(Segment::Number(0));
                order != Less && wanted.iter().enumerate().all(|(at, segment)| part(at) == *segment)
            }
        }
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.operator, self.version)
    }
}

/// A part of a version; a word, as of a pre-release, stands before every number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Word(String),
    Number(u64),
}

/// The parts of a version: `1.0.0-rc1` is `1.0.0.pre.rc.1`.
fn segments(version: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    for piece in version.replace('-', ".pre.").split('.').filter(|piece| !piece.is_empty()) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|character: char| character.is_ascii_digit() != is_digit).unwrap_or(rest.len());
            let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            found.push(match is_digit {
                true => Segment::Number(part.parse().unwrap_or(u64::MAX)),
                false => Segment::Word(part.to_owned()),
            });
            rest = after;
        }
    }
    found
}

/// The parts without zeros at the end, and at the end of what stands before the first word: `1.0.a` is `1.a`.
fn canonical(version: &str) -> Vec<Segment> {
    let mut numbers = segments(version);
    let word = numbers.iter().position(|segment| matches!(segment, Segment::Word(_))).unwrap_or(numbers.len());
    let mut words = numbers.split_off(word);
    for part in [&mut numbers, &mut words] {
        while part.last() == Some(&Segment::Number(0)) {
            part.pop();
        }
    }
    numbers.append(&mut words);
    numbers
}

/// The order of two versions, part by part; what is missing counts as zero.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let (a, b) = (canonical(a), canonical(b));
    let part = |parts: &[Segment], at: usize| parts.get(at).cloned().unwrap_or(Segment::Number(0));
    let orders = (0..a.len().max(b.len())).map(|at| part(&a, at).cmp(&part(&b, at)));
    orders.into_iter().find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::Condition;

    /// What `Gem::Requirement.new(CONDITION).satisfied_by?(Gem::Version.new(VERSION))` says (RubyGems 3.6).
    #[test]
    fn conditions_are_met_as_rubygems_has_it() {
        for (condition, version, expected) in [
            ("~> 3.2", "3.2", true),
            ("~> 3.2", "3.10.1", true),
            ("~> 3.2", "4.0.0", false),
            ("~> 3.2", "4.0.0.rc1", false),
            ("~> 3.2", "3.2.0.beta", false),
            ("~> 3.2.1", "3.3", false),
            ("~> 3.2.1", "3.2.10", true),
            ("~> 3", "3.9", true),
            ("~> 3", "4", false),
            ("~> 1.0.a", "1.0.b2", true),
            ("~> 1.0.a", "1.5", true),
            ("~> 2.0.0", "2", true),
            (">= 1.0", "1.0.0.rc1", false),
            (">= 1.0.0.rc1", "1.0.0", true),
            (">= 1.0.0.rc2", "1.0.0.rc10", true),
            (">= 1.0.0.rc2", "1.0.0rc10", true),
            ("= 1.0", "1", true),
            ("= 1.0.0", "1.0", true),
            ("= 1.0.a", "1.a", true),
            ("= 1.0.0-rc1", "1.0.0.pre.rc1", true),
            ("!= 1.1", "1.1.0", false),
            ("< 2.0.0", "2.0.0.pre", true),
            ("<= 2", "2.0.0", true),
            ("> 1.9", "1.10", true),
            ("> 0.0.beta", "0.0.alpha", false),
            (">= 0", "0.a", false),
        ] {
            let parsed = Condition::parse(condition);
            let found = parsed.as_ref().map(|condition| condition.is_met_by(version));
            assert_eq!(found, Some(expected), "{condition} of {version}");
        }
    }
}
