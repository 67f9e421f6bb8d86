//! Invariants of the tables, and the README's copies of them.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

mod support;

use std::collections::BTreeSet;

use layerdrop::path::LayerPath;
use layerdrop::tables::checks::CHECKS;
use layerdrop::tables::codes::CODES;
use layerdrop::tables::layouts::{FOLDERS, Layout, flat_folder, versioned_folder};
use layerdrop::tables::messages::{INSTALLED_AS, MESSAGES};
use layerdrop::tables::platform_words::{PROCESSOR_WORDS, SYSTEM_WORDS};
use layerdrop::tables::rules::RULES;
use layerdrop::tables::runtimes::{CHECKED_ON, Language, OperatingSystem, RUNTIMES, Runtime, Support};
use layerdrop::tables::started::NEVER_STARTED;
use layerdrop::tables::system_libraries::LIBRARIES;

#[test]
fn runtimes_are_sorted_and_unique() {
    for pair in RUNTIMES.windows(2) {
        assert!(pair[0].id < pair[1].id, "{} stands before {}", pair[0].id, pair[1].id);
    }
    for runtime in RUNTIMES {
        assert_eq!(Runtime::find(runtime.id), Some(runtime));
    }
    assert_eq!(Runtime::find("python3.99"), None);
}

#[test]
fn dates_are_dates() {
    let is_date = |text: &str| {
        let numbers: Vec<u32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
        text.len() == 10 && matches!(numbers.as_slice(), [2013..=2040, 1..=12, 1..=31])
    };
    assert!(is_date(CHECKED_ON));
    for runtime in RUNTIMES {
        let (Support::Current { until: date } | Support::Deprecated { since: date }) = runtime.support else {
            continue;
        };
        assert!(is_date(date), "{}: {date}", runtime.id);
        assert!(runtime.update_blocked.is_empty() || is_date(runtime.update_blocked), "{}", runtime.id);
        match runtime.support {
            Support::Current { until } => {
                assert!(until > CHECKED_ON, "{} is past its date; recheck its row", runtime.id)
            }
            _ => assert!(date <= CHECKED_ON, "{} is not deprecated yet", runtime.id),
        }
    }
}

#[test]
fn systems_offer_what_they_can() {
    for runtime in RUNTIMES {
        let only_x86 = runtime.os == OperatingSystem::Al1 || runtime.id == "nodejs10.x";
        assert_eq!(runtime.architectures.len(), if only_x86 { 1 } else { 2 }, "{}", runtime.id);
        assert_eq!(runtime.version.is_empty(), runtime.language == Language::Provided, "{}", runtime.id);
    }
}

#[test]
fn folders_are_layer_paths() {
    for folder in FOLDERS {
        assert!(LayerPath::new(folder.path).is_ok(), "{}", folder.path);
        assert_eq!(folder.layout == Layout::Versioned, folder.path.contains('{'), "{}", folder.path);
    }
}

#[test]
fn every_python_has_its_folders() {
    assert_eq!(flat_folder(Language::Python), Some("python"));
    for runtime in RUNTIMES.iter().filter(|runtime| runtime.language == Language::Python) {
        let expected = format!("python/lib/{}/site-packages", runtime.id);
        assert_eq!(versioned_folder(runtime), Some(expected));
    }
}

#[test]
fn every_node_has_its_folders() {
    assert_eq!(flat_folder(Language::NodeJs), Some("nodejs/node_modules"));
    for (id, expected) in [("nodejs8.10", "nodejs/node8/node_modules"), ("nodejs22.x", "nodejs/node22/node_modules")] {
        assert_eq!(Runtime::find(id).and_then(versioned_folder).as_deref(), Some(expected));
    }
    assert_eq!(flat_folder(Language::Java), Some("java/lib"));
    assert_eq!(Runtime::find("java21").and_then(versioned_folder), None);
}

#[test]
fn rules_are_named_in_words_and_say_why_and_how() {
    let mut ids = BTreeSet::new();
    for rule in RULES {
        assert!(ids.insert(rule.id), "{} is there twice", rule.id);
        assert!(
            rule.id.chars().all(|character| character.is_ascii_lowercase() || "-3".contains(character)),
            "{}",
            rule.id
        );
        for text in [rule.why, rule.how] {
            assert!(text.ends_with('.') && text.len() > 7, "{}: {text:?} is no sentence", rule.id);
        }
    }
}

/// Rules that no case can break yet, with the reason.
const WITHOUT_CASE: &[(&str, &str)] = &[];

#[test]
fn every_rule_has_a_case_that_breaks_it() {
    let mut broken = BTreeSet::new();
    for (_, text) in support::FILES {
        for line in text.lines().filter(|line| {
            line.starts_with("  error ") || line.starts_with("  warning ") || line.starts_with("  note ")
        }) {
            broken.insert(line.split_whitespace().nth(1).unwrap().trim_end_matches(':').to_owned());
        }
    }
    for rule in RULES {
        let excused = WITHOUT_CASE.iter().any(|(id, _)| *id == rule.id);
        assert!(
            broken.contains(rule.id) != excused,
            "{}: {}",
            rule.id,
            if excused { "has a case by now" } else { "no case breaks it" }
        );
    }
}

#[test]
fn codes_are_unique() {
    let ids: BTreeSet<&str> = CODES.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), CODES.len());
}

#[test]
fn lists_that_are_searched_by_halves_are_sorted() {
    let lists = LIBRARIES.iter().map(|row| row.names).chain([SYSTEM_WORDS, PROCESSOR_WORDS, NEVER_STARTED]);
    for list in lists {
        assert!(list.is_sorted(), "{list:?}");
    }
}

#[test]
fn every_rule_of_a_check_exists() {
    for check in CHECKS {
        assert!(check.passed.ends_with('.') && !check.rules.is_empty(), "{}", check.passed);
        for id in check.rules {
            assert!(RULES.iter().any(|rule| rule.id == *id), "{}: there is no rule {id}", check.passed);
        }
    }
}

#[test]
fn every_message_is_whole_and_has_a_case() {
    let gaps = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    let (_, cases) = support::FILES.iter().find(|(file, _)| *file == "explain.txt").unwrap();
    let mut ids = BTreeSet::new();
    for message in MESSAGES.iter().copied().flatten() {
        let id = message.id;
        assert!(ids.insert(id), "{id} is there twice");
        assert!(id.chars().all(|character| character.is_ascii_lowercase() || character == '-'), "{id}");
        assert!(message.source.starts_with("https://"), "{id}");
        assert!(cases.contains(&format!("\n  {id}: ")), "{id} has no case");
        assert!(!message.patterns.is_empty(), "{id}");
        for pattern in message.patterns {
            for text in [message.what, message.why, message.how] {
                assert!(gaps(text).is_subset(&gaps(pattern)), "{id}: {pattern} holds less than is told");
            }
            assert!(!pattern.contains("}{"), "{id}: nothing parts two gaps of {pattern}");
        }
    }
    assert!(INSTALLED_AS.windows(2).all(|pair| pair[0].0 < pair[1].0));
}
