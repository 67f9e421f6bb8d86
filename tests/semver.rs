//! Versions and ranges of npm packages, as npm reads them.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test that fails, panics")]

use layerdrop::recognise::node::semver::{Version, is_in_range};

#[test]
fn ranges_take_what_they_say() {
    for (range, inside, outside) in [
        ("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 2.0.0-beta.1 1.3.0-rc.1"),
        ("^0.2.3", "0.2.3 0.2.9", "0.3.0"),
        ("^0.0.3", "0.0.3", "0.0.4"),
        ("^0", "0.0.1 0.9.9", "1.0.0"),
        ("~1.2.3", "1.2.9", "1.3.0 1.2.2"),
        ("~1", "1.9.9", "2.0.0"),
        ("2.1.2", "2.1.2", "2.1.3"),
        ("=2.1.2", "2.1.2", "2.1.1"),
        ("1.x", "1.0.0 1.9.9", "2.0.0 0.9.9"),
        ("", "0.0.1 9.9.9", "1.0.0-beta"),
        ("*", "3.0.0", "3.0.0-rc"),
        (">=1.2 <3", "1.2.0 2.9.9", "1.1.9 3.0.0"),
        (">= 1.2.0", "1.2.0", "1.1.0"),
        (">1.2", "1.3.0", "1.2.9"),
        ("<=1.2", "1.2.9", "1.3.0"),
        ("1.2 - 2.3", "1.2.0 2.3.9", "2.4.0"),
        ("1 || ^3.1.0", "1.5.0 3.2.0", "2.0.0 3.0.9"),
        ("^1.0.0-rc.2", "1.0.0-rc.10 1.0.0 1.4.0", "1.0.0-rc.1 1.1.0-rc.9"),
    ] {
        for (versions, expected) in [(inside, true), (outside, false)] {
            for version in versions.split(' ') {
                let found = is_in_range(&Version::parse(version).unwrap(), range);
                assert_eq!(found, Some(expected), "{version} in {range:?}");
            }
        }
    }
}

#[test]
fn addresses_and_names_are_no_ranges() {
    let version = Version::parse("1.0.0").unwrap();
    for text in ["workspace:*", "npm:other@^1", "https://example.org/a.tgz", "latest", "github:a/b"] {
        assert_eq!(is_in_range(&version, text), None, "{text}");
    }
    assert_eq!(Version::parse("1.2"), None);
    assert_eq!(Version::parse("one"), None);
}
