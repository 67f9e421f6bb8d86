//! Versions of Python distributions and the specifiers in which others want them (PEP 440,
//! <https://packaging.python.org/en/latest/specifications/version-specifiers/>).

use std::cmp::Ordering;

/// A version such as `1!2.0rc1.post2.dev3+local`, in the order of PEP 440.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    epoch: u64,
    /// Without zeros at its end: 1.0 is 1.
    release: Vec<u64>,
    /// A development release of a release comes first, then its previews, then itself.
    preview: (u8, u64),
    /// 0 where there is none.
    post: u64,
    /// Before what it is a development release of.
    development: (bool, u64),
    local: Vec<(bool, u64, String)>,
}

/// Where a version is no preview.
const RELEASE: (u8, u64) = (9, 0);

impl Version {
    /// The version of that text; `None` where it is none.
    pub fn parse(text: &str) -> Option<Version> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix('v').unwrap_or(&text);
        let (public, local) = text.split_once('+').unwrap_or((text, ""));
        let (epoch, public) = public.split_once('!').unwrap_or(("0", public));
        let end = public.find(|character: char| !character.is_ascii_digit() && character != '.');
        let (numbers, mut rest) = public.split_at_checked(end.unwrap_or(public.len()))?;
        let mut release =
            numbers.trim_end_matches('.').split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
        while release.len() > 1 && release.last() == Some(&0) {
            release.pop();
        }
        let (mut preview, mut post, mut development) = (None, 0, None);
        while !rest.is_empty() {
            rest = rest.trim_start_matches(['.', '-', '_']);
            let word_end = rest.find(|character: char| !character.is_ascii_lowercase()).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(word_end)?;
            let after = after
                .strip_prefix(['.', '-', '_'])
                .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
                .unwrap_or(after);
            let digits_end = after.find(|character: char| !character.is_ascii_digit()).unwrap_or(after.len());
            let (digits, next) = after.split_at_checked(digits_end)?;
            let number: u64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
            match word {
                "a" | "alpha" => preview = Some((1, number)),
                "b" | "beta" => preview = Some((2, number)),
                "c" | "rc" | "pre" | "preview" => preview = Some((3, number)),
                // 1.0-1 is 1.0.post1.
                "post" | "rev" | "r" => post = number.saturating_add(1),
                "" if !digits.is_empty() => post = number.saturating_add(1),
                "dev" => development = Some(number),
                _ => return None,
            }
            rest = next;
        }
        let part = |part: &str| match part.parse() {
            Ok(number) => (true, number, String::new()),
            Err(_) => (false, 0, part.to_owned()),
        };
        // A development release of the release itself comes before its previews.
        let first = development.is_some() && preview.is_none() && post == 0;
        Some(Version {
            epoch: epoch.parse().ok()?,
            release,
            preview: preview.unwrap_or(if first { (0, 0) } else { RELEASE }),
            post,
            development: development.map_or((true, 0), |number| (false, number)),
            local: if local.is_empty() { Vec::new() } else { local.split(['.', '-', '_']).map(part).collect() },
        })
    }

    fn without_local(&self) -> Version {
        Version { local: Vec::new(), ..self.clone() }
    }

    fn is_preview(&self) -> bool {
        self.preview != RELEASE || !self.development.0
    }

    /// Whether the first numbers are those of another one, however many these are.
    fn begins(&self, prefix: &[u64]) -> bool {
        let own = self.release.iter().copied().chain(std::iter::repeat(0));
        own.zip(prefix).all(|(own, other)| own == *other)
    }
}

/// Whether a version fits specifiers such as `>=1.21.1,<3`; `None` where they can't be read. Previews count, as for
/// `pip check`: the version is there already.
pub fn fits(version: &Version, specifiers: &str) -> Option<bool> {
    let mut all = true;
    for one in specifiers.split(',').map(str::trim).filter(|one| !one.is_empty()) {
        let end = one.find(|character| !"<>=!~".contains(character)).unwrap_or(one.len());
        let (operator, wanted) = one.split_at_checked(end)?;
        all &= fits_one(version, operator, wanted.trim())?;
    }
    Some(all)
}

fn fits_one(version: &Version, operator: &str, wanted: &str) -> Option<bool> {
    let numbers = |text: &str| text.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>();
    if let Some(prefix) = wanted.strip_suffix(".*") {
        let begins = version.begins(&numbers(prefix.trim_start_matches('v'))?);
        return match operator {
            "==" => Some(begins),
            "!=" => Some(!begins),
            _ => None,
        };
    }
    let to = Version::parse(wanted)?;
    // What is said without a local part means all of them.
    let own = if to.local.is_empty() { version.without_local() } else { version.clone() };
    let order = own.cmp(&to);
    let same_release = own.epoch == to.epoch && own.release == to.release;
    Some(match operator {
        "==" | "===" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        ">=" => order.is_ge(),
        "<=" => order.is_le(),
        ">" => order.is_gt() && !(same_release && own.post > 0 && to.post == 0),
        "<" => order.is_lt() && !(same_release && own.is_preview() && !to.is_preview()),
        "~=" => {
            let digits = wanted.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(wanted.len());
            let mut prefix = numbers(wanted.get(..digits)?.trim_end_matches('.'))?;
            prefix.pop();
            order.is_ge() && !prefix.is_empty() && own.epoch == to.epoch && own.begins(&prefix)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails, panics")]

    use super::*;

    #[test]
    fn versions_have_the_order_of_the_standard() {
        let rising = [
            "0.9",
            "1.0.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0a1.post1",
            "1.0b2",
            "1.0rc1",
            "1.0",
            "1.0+abc",
            "1.0+abc.5",
            "1.0+5",
            "1.0.post1.dev2",
            "1.0.post1",
            "1.0.1",
            "1.10",
            "2013.10",
            "1!0.1",
        ];
        for (lower, higher) in rising.iter().zip(rising.iter().skip(1)) {
            assert!(Version::parse(lower).unwrap() < Version::parse(higher).unwrap(), "{lower} < {higher}");
        }
        for (a, b) in
            [("1.0", "1"), ("v1.0", "1.0.0"), ("1.0-1", "1.0.post1"), ("1.0c1", "1.0RC1"), ("1.0.ALPHA.1", "1.0a1")]
        {
            assert_eq!(Version::parse(a), Version::parse(b), "{a} == {b}");
        }
        for none in ["", "latest", "1.0+", "1.0x", "x1", "1..0"] {
            assert!(none == "1.0+" || Version::parse(none).is_none(), "{none}");
        }
    }

    #[test]
    fn specifiers_are_those_of_the_standard() {
        let rows = [
            ("2.2.0", ">=1.21.1,<3", true),
            ("3.0", ">=1.21.1,<3", false),
            ("3.0rc1", "<3", false),
            ("3.0rc1", "<3.0rc2", true),
            ("1.4.5", "~=1.4.2", true),
            ("1.5.0", "~=1.4.2", false),
            ("2.3", "~=2.2", true),
            ("3.0", "~=2.2", false),
            ("1.1.post1", ">1.1", false),
            ("1.1.post1", ">=1.1", true),
            ("1.1.2", "==1.1.*", true),
            ("1.2", "!=1.1.*", true),
            ("1.1+local", "==1.1", true),
            ("1.1", "==1.1+local", false),
            ("1.0", "===1.0", true),
            ("2.0", "", true),
        ];
        for (version, specifiers, expected) in rows {
            assert_eq!(fits(&Version::parse(version).unwrap(), specifiers), Some(expected), "{version} {specifiers}");
        }
        assert_eq!(fits(&Version::parse("1.0").unwrap(), "in 3"), None);
    }
}
