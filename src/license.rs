//! What a package says of its license: an SPDX expression where it is one, else its own words.
//!
//! Source: <https://spdx.github.io/spdx-spec/v3.0/annexes/spdx-license-expressions/>.

use crate::tables::licenses::{OTHER_WORDS, SPDX};

/// A license as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum License {
    /// An identifier of the SPDX list, e.g. `"MIT"`.
    Id(&'static str),
    /// An expression of such, e.g. `"MIT OR Apache-2.0"`.
    Expression(String),
    /// Anything else.
    Words(String),
}

/// Characters of a license's own words that are kept: some packages put the whole text there.
const MOST_WORDS: usize = 120;

impl License {
    /// Reads what a package says.
    pub fn read(text: &str) -> License {
        let text = text.trim();
        if let Some(id) = id_of(text) {
            return License::Id(id);
        }
        if let Some(expression) = expression(text) {
            return License::Expression(expression);
        }
        let line = text.lines().next().unwrap_or("");
        License::Words(line.chars().take(MOST_WORDS).collect())
    }

    /// Its text, e.g. `"MIT"`.
    pub fn text(&self) -> &str {
        match self {
            License::Id(id) => id,
            License::Expression(text) | License::Words(text) => text,
        }
    }
}

/// The identifier that a text is or means.
fn id_of(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let other = OTHER_WORDS.binary_search_by(|(words, _)| (*words).cmp(lower.as_str())).ok();
    let own = || SPDX.iter().copied().find(|id| id.eq_ignore_ascii_case(text));
    other.and_then(|at| OTHER_WORDS.get(at)).map(|(_, id)| *id).or_else(own)
}

/// An expression with its identifiers as the list writes them; `None` where it names another, or is none.
fn expression(text: &str) -> Option<String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let (mut written, mut depth, mut operand, mut exception) = (String::new(), 0_u32, true, false);
    for word in spaced.split_whitespace() {
        let upper = word.to_ascii_uppercase();
        let word = match (upper.as_str(), operand) {
            ("(", true) => {
                depth += 1;
                "(".to_owned()
            }
            (")", false) => {
                depth = depth.checked_sub(1)?;
                ")".to_owned()
            }
            ("AND" | "OR" | "WITH", false) => {
                (operand, exception) = (true, upper == "WITH");
                upper
            }
            (_, true) => {
                operand = false;
                let plain = |character: char| character.is_ascii_alphanumeric() || "-.".contains(character);
                match std::mem::take(&mut exception) {
                    true => Some(word.to_owned()).filter(|word| word.chars().all(plain))?,
                    false => identifier(word)?,
                }
            }
            _ => return None,
        };
        if !written.is_empty() && !written.ends_with('(') && word != ")" {
            written.push(' ');
        }
        written.push_str(&word);
    }
    (depth == 0 && !operand).then_some(written)
}

/// An identifier, with the plus that means "or later".
fn identifier(word: &str) -> Option<String> {
    let (name, plus) = word.strip_suffix('+').map_or((word, ""), |name| (name, "+"));
    let id = SPDX.iter().find(|id| id.eq_ignore_ascii_case(name))?;
    Some(format!("{id}{plus}"))
}

/// Whether an expression names nothing but what is allowed; of alternatives one is enough.
pub fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    if allowed.iter().any(|other| other.eq_ignore_ascii_case(expression)) {
        return true;
    }
    for (operator, all) in [(" OR ", false), (" AND ", true)] {
        let parts = split_outside_brackets(expression, operator);
        if parts.len() > 1 {
            let mut fine = parts.iter().map(|part| is_allowed(part, allowed));
            return if all { fine.all(|fine| fine) } else { fine.any(|fine| fine) };
        }
    }
    if let Some(inner) = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return is_allowed(inner, allowed);
    }
    // An exception gives more rights, not fewer; and what may be used under later versions may be under this one.
    let name = expression.split(" WITH ").next().unwrap_or("").trim_end_matches('+');
    name != expression && is_allowed(name, allowed)
}

fn split_outside_brackets<'a>(text: &'a str, operator: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && at >= start && text.get(at..).is_some_and(|rest| rest.starts_with(operator)) => {
                parts.extend(text.get(start..at));
                start = at + operator.len();
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}

/// The licenses that a Python distribution's metadata name: the expression that is meant for it, else what says it most
/// exactly. Source: <https://packaging.python.org/en/latest/specifications/core-metadata/#license-expression>.
pub fn of_metadata<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let (mut words, mut classified) = (None, Vec::new());
    for (key, value) in headers.filter(|(_, value)| !matches!(*value, "" | "UNKNOWN")) {
        match key.to_ascii_lowercase().as_str() {
            "license-expression" => return vec![value.to_owned()],
            "license" => words = Some(value),
            "classifier" => classified.extend(
                value.strip_prefix("License :: ").map(|rest| License::read(rest.rsplit(" :: ").next().unwrap_or(rest))),
            ),
            _ => {}
        }
    }
    let is_known = |license: &License| !matches!(license, License::Words(_));
    let words = words.map(License::read);
    let best = if words.as_ref().is_some_and(is_known) || !classified.iter().any(is_known) {
        words.map_or(classified, |words| vec![words])
    } else {
        classified
    };
    best.iter().map(|license| license.text().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{License, is_allowed, of_metadata};

    #[test]
    fn licenses_are_read_as_what_they_say() {
        for (text, expected) in [
            ("MIT", "id MIT"),
            ("apache-2.0", "id Apache-2.0"),
            ("The MIT License (MIT)", "id MIT"),
            ("https://www.apache.org/licenses/LICENSE-2.0.txt", "id Apache-2.0"),
            ("(mit OR Apache-2.0)", "expression (MIT OR Apache-2.0)"),
            ("GPL-2.0+", "expression GPL-2.0+"),
            (
                "Apache-2.0 with LLVM-exception AND (MIT or ISC)",
                "expression Apache-2.0 WITH LLVM-exception AND (MIT OR ISC)",
            ),
            ("BSD", "words BSD"),
            ("MIT OR", "words MIT OR"),
            ("(MIT", "words (MIT"),
            ("MIT)", "words MIT)"),
            ("MIT ISC", "words MIT ISC"),
            ("MIT OR Proprietary", "words MIT OR Proprietary"),
            ("SEE LICENSE IN LICENSE.md", "words SEE LICENSE IN LICENSE.md"),
            ("Copyright\nand more", "words Copyright"),
            ("", "words "),
        ] {
            let found = match License::read(text) {
                License::Id(id) => format!("id {id}"),
                License::Expression(expression) => format!("expression {expression}"),
                License::Words(words) => format!("words {words}"),
            };
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn metadata_say_it_in_the_most_exact_way() {
        let of = |lines: &'static str| of_metadata(lines.lines().filter_map(|line| line.split_once(": ")));
        assert_eq!(of("License: MIT\nLicense-Expression: MIT AND ISC"), ["MIT AND ISC"]);
        assert_eq!(of("License: Apache 2.0\nClassifier: License :: OSI Approved :: BSD License"), ["Apache-2.0"]);
        assert_eq!(of("License: Dual\nClassifier: License :: OSI Approved :: MIT License"), ["MIT"]);
        assert_eq!(of("License: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License"), ["BSD License"]);
        assert_eq!(of("License: BSD\nClassifier: License :: OSI Approved :: BSD License"), ["BSD"]);
        assert!(of("Name: x").is_empty());
    }

    #[test]
    fn an_alternative_is_enough_where_any_is_allowed() {
        let allowed = ["MIT".to_owned(), "GPL-2.0".to_owned()];
        for (text, expected) in
            [("MIT", true), ("ISC OR mit", true), ("ISC AND MIT", false), ("(GPL-2.0+)", true), ("", false)]
        {
            assert_eq!(is_allowed(text, &allowed), expected, "{text}");
        }
    }
}
