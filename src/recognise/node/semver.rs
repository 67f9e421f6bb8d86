//! Versions of npm packages and the ranges in which a package wants others: <https://semver.org> and the grammar of
//! npm's documentation, "semver".

use std::cmp::Ordering;

/// A version such as `4.0.0-beta.2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 3],
    preview: Vec<String>,
}

impl Version {
    /// The version of that text; `None` where it is none.
    pub fn parse(text: &str) -> Option<Version> {
        match partial(text)? {
            Partial { numbers: [Some(major), Some(minor), Some(patch)], preview } => {
                Some(Version { numbers: [major, minor, patch], preview })
            }
            _ => None,
        }
    }

    fn release(numbers: [u64; 3]) -> Version {
        Version { numbers, preview: Vec::new() }
    }
}

impl Ord for Version {
    /// By number; a preview comes before its release, and its parts are compared one by one, numbers before words.
    fn cmp(&self, other: &Version) -> Ordering {
        let by_part = |a: &String, b: &String| match (a.parse::<u64>(), b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => a.cmp(b),
        };
        let parts = || {
            let differing = self.preview.iter().zip(&other.preview).map(|(a, b)| by_part(a, b));
            differing.into_iter().find(|order| order.is_ne()).unwrap_or(self.preview.len().cmp(&other.preview.len()))
        };
        let released = self.preview.is_empty().cmp(&other.preview.is_empty());
        self.numbers.cmp(&other.numbers).then(released).then_with(parts)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a version lies in a range such as `^1.2.3 || 2.x`; `None` where the text is no range but, say, an address.
pub fn is_in_range(version: &Version, range: &str) -> Option<bool> {
    let mut found = false;
    for all_of in range.split("||") {
        let comparators = comparators(all_of)?;
        let fits = comparators.iter().all(|comparator| comparator.takes(version));
        // A preview is meant only where one of the same numbers is named.
        let named = version.preview.is_empty()
            || comparators
                .iter()
                .any(|comparator| !comparator.to.preview.is_empty() && comparator.to.numbers == version.numbers);
        found |= fits && named;
    }
    Some(found)
}

struct Comparator {
    takes: fn(Ordering) -> bool,
    to: Version,
}

impl Comparator {
    fn takes(&self, version: &Version) -> bool {
        (self.takes)(version.cmp(&self.to))
    }

    fn at_least(to: Version) -> Comparator {
        Comparator { takes: Ordering::is_ge, to }
    }

    fn below(numbers: [u64; 3]) -> Comparator {
        Comparator { takes: Ordering::is_lt, to: Version::release(numbers) }
    }
}

/// A version of which the end may be missing or `x`.
struct Partial {
    numbers: [Option<u64>; 3],
    preview: Vec<String>,
}

impl Partial {
    /// The first version that it stands for.
    fn lowest(&self) -> Version {
        Version { numbers: self.numbers.map(|number| number.unwrap_or(0)), preview: self.preview.clone() }
    }

    /// The first numbers after all that it stands for; `None` where it stands for every version.
    fn end(&self) -> Option<[u64; 3]> {
        match self.numbers {
            [None, ..] => None,
            [Some(major), None, _] => Some([major.saturating_add(1), 0, 0]),
            [Some(major), Some(minor), None] => Some([major, minor.saturating_add(1), 0]),
            [Some(major), Some(minor), Some(patch)] => Some([major, minor, patch.saturating_add(1)]),
        }
    }
}

fn partial(text: &str) -> Option<Partial> {
    let text = text.trim_start_matches(['v', '=']);
    let text = text.split('+').next().unwrap_or(text);
    let (numbers, preview) = match text.split_once('-') {
        Some((numbers, preview)) => (numbers, preview.split('.').map(str::to_owned).collect()),
        None => (text, Vec::new()),
    };
    let mut found = [None; 3];
    let mut parts = numbers.split('.');
    for slot in &mut found {
        match parts.next() {
            None | Some("" | "x" | "X" | "*") => break,
            Some(number) => *slot = Some(number.parse().ok()?),
        }
    }
    (parts.all(|part| matches!(part, "x" | "X" | "*"))).then_some(Partial { numbers: found, preview })
}

/// What a version has to fulfil, all of it: `>=1.2 <3`, `1.2 - 2.3`, `^1.2.3`, `~1.2`, `1.x`.
fn comparators(text: &str) -> Option<Vec<Comparator>> {
    let mut found = Vec::new();
    if let Some((low, high)) = text.split_once(" - ") {
        let high = partial(high.trim())?;
        found.push(Comparator::at_least(partial(low.trim())?.lowest()));
        found.extend(up_to(&high));
        return Some(found);
    }
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let operator = word.trim_end_matches(|character| !"<>=~^".contains(character));
        let rest = word.strip_prefix(operator).filter(|rest| !rest.is_empty());
        // ">= 1.2" with a space is allowed too.
        let to = partial(rest.or_else(|| words.next()).unwrap_or(""))?;
        match operator {
            "^" => {
                found.push(Comparator::at_least(to.lowest()));
                found.extend(caret_end(&to).map(Comparator::below));
            }
            "~" | "~>" => {
                let end = Partial { numbers: [to.numbers[0], to.numbers[1], None], preview: Vec::new() }.end();
                found.push(Comparator::at_least(to.lowest()));
                found.extend(end.map(Comparator::below));
            }
            ">=" => found.push(Comparator::at_least(to.lowest())),
            ">" => found.push(match to.numbers[2] {
                Some(_) => Comparator { takes: Ordering::is_gt, to: to.lowest() },
                None => Comparator::at_least(Version::release(to.end().unwrap_or([u64::MAX; 3]))),
            }),
            "<" => found.push(Comparator { takes: Ordering::is_lt, to: to.lowest() }),
            "<=" => found.extend(up_to(&to)),
            "" | "=" => match to.numbers[2] {
                Some(_) => found.push(Comparator { takes: Ordering::is_eq, to: to.lowest() }),
                None => {
                    found.push(Comparator::at_least(to.lowest()));
                    found.extend(to.end().map(Comparator::below));
                }
            },
            _ => return None,
        }
    }
    Some(found)
}

fn up_to(high: &Partial) -> Option<Comparator> {
    match high.numbers[2] {
        Some(_) => Some(Comparator { takes: Ordering::is_le, to: high.lowest() }),
        None => high.end().map(Comparator::below),
    }
}

/// `^` lets everything change after the first number that is not 0.
fn caret_end(low: &Partial) -> Option<[u64; 3]> {
    let [major, minor, patch] = low.numbers;
    let kept = match (major, minor, patch) {
        (Some(0), Some(0), _) => [major, minor, patch],
        (Some(0), Some(_), _) => [major, minor, None],
        _ => [major, None, None],
    };
    Partial { numbers: kept, preview: Vec::new() }.end()
}
