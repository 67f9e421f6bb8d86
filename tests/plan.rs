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

use layerdrop::check::{Finding, FixKind, Severity};
use layerdrop::session::Session;

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

/// What a finding is about: its rule, its path and its source.
type About = (&'static str, String, String);

fn about(finding: &Finding) -> About {
    (finding.rule.id, finding.path.clone(), finding.source.clone())
}

/// The findings, files and settings of a session, to be compared.
fn all_of(session: &Session) -> String {
    let plan = session.plan();
    let files: Vec<_> = plan.packed().map(|file| (file.path.as_str(), file.mode, file.link.clone())).collect();
    format!("{:#?}\n{files:#?}\n{:#?}", plan.findings, session.settings())
}

/// In every case: each fix that can be applied is, by itself; what it mends is gone, nothing fails that did not before,
/// and one step back all is as it was.
#[test]
fn every_fix_mends_what_it_is_offered_for() {
    let (mut wrong, mut applied) = (Vec::new(), 0);
    for (file, text) in support::FILES {
        for case in support::cases(text) {
            let mut session = support::session(&case);
            let findings = session.plan().findings.clone();
            let errors = |session: &Session| -> BTreeSet<About> {
                let findings = &session.plan().findings;
                findings.iter().filter(|finding| finding.severity == Severity::Error).map(about).collect()
            };
            let (before, failing) = (all_of(&session), errors(&session));
            for finding in &findings {
                for fix in finding.fixes.iter().filter(|fix| fix.kind != FixKind::Manual) {
                    let mut complain = |what: String| wrong.push(format!("{file}: {}: {}: {what}", case.name, fix.id));
                    applied += 1;
                    if let Err(error) = session.fix(&fix.id) {
                        complain(error.to_string());
                        continue;
                    }
                    if session.plan().findings.iter().any(|left| about(left) == about(finding)) {
                        complain(format!("there still is {:?}", about(finding)));
                    }
                    // Who leaves out all that there was is told so.
                    let after = errors(&session);
                    for new in after.difference(&failing).filter(|(rule, ..)| *rule != "empty-layer") {
                        complain(format!("now there is {new:?}"));
                    }
                    session.undo();
                    if all_of(&session) != before {
                        complain("one step back it is not as it was".into());
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {applied} fixes:\n{}", wrong.len(), wrong.join("\n"));
    assert!(applied > 100, "only {applied} fixes were offered in all cases");
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
