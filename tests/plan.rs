//! Runs every case of `tests/cases/`: what was dropped and chosen, and what must come of it.

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
use std::fs;
use std::path::Path;

/// `UPDATE_CASES=1 cargo test --test plan` writes what was found into the files; the diff is reviewed like code.
#[test]
fn every_case_comes_out_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut failed = Vec::new();
    for (file, text) in support::FILES {
        let mut updated = String::new();
        for part in chunks(text) {
            let cases = support::cases(part);
            let Some(case) = cases.first() else {
                updated.push_str(part);
                continue;
            };
            let (found, same) = support::run(case);
            if !same {
                failed.push(format!("{file}: what was found is\n{found}"));
            }
            updated.push_str(if same { part } else { &found });
            if !same && part.ends_with("\n\n") {
                updated.push('\n');
            }
        }
        if update {
            fs::write(folder.join(file), updated).unwrap();
        }
    }
    assert!(failed.is_empty() || update, "{} cases differ:\n\n{}", failed.len(), failed.join("\n"));
}

/// A file of cases cut before each case, with its comments and empty lines.
fn chunks(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        text.match_indices("== ").map(|(at, _)| at).filter(|at| *at == 0 || text[..*at].ends_with('\n')).collect();
    starts.insert(0, 0);
    starts.push(text.len());
    starts.dedup();
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

#[test]
fn every_file_of_cases_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let there: BTreeSet<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let run: BTreeSet<String> = support::FILES.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(there, run, "tests/support/mod.rs lists other files than the folder holds");
}

#[test]
fn no_two_cases_have_one_name() {
    let mut names = BTreeSet::new();
    for (file, text) in support::FILES {
        for case in support::cases(text) {
            assert!(names.insert(case.name.to_owned()), "{file}: {} is there twice", case.name);
        }
    }
}
