//! The reader of the text cases in `tests/cases/`, and the one function that checks a case. `tests/README.md` says how
//! to write one.

#![allow(dead_code, reason = "each test binary uses another part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

pub mod drops;
pub mod elf;
mod found;
mod steps;
pub mod tar;
pub mod zip;

use std::fmt::Write as _;

use layerdrop::session::Session;

use self::found::{explained, found};
use self::steps::{choose, operate};

/// Every file of cases: embedded, since a browser has no folder. `tests/plan.rs` compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("archives.txt", include_str!("../cases/archives.txt")),
    ("bad-input.txt", include_str!("../cases/bad-input.txt")),
    ("beside.txt", include_str!("../cases/beside.txt")),
    ("binaries.txt", include_str!("../cases/binaries.txt")),
    ("bundle.txt", include_str!("../cases/bundle.txt")),
    ("commands.txt", include_str!("../cases/commands.txt")),
    ("dependencies.txt", include_str!("../cases/dependencies.txt")),
    ("explain.txt", include_str!("../cases/explain.txt")),
    ("java.txt", include_str!("../cases/java.txt")),
    ("layers.txt", include_str!("../cases/layers.txt")),
    ("libraries.txt", include_str!("../cases/libraries.txt")),
    ("limits.txt", include_str!("../cases/limits.txt")),
    ("native.txt", include_str!("../cases/native.txt")),
    ("node.txt", include_str!("../cases/node.txt")),
    ("operations.txt", include_str!("../cases/operations.txt")),
    ("proposals.txt", include_str!("../cases/proposals.txt")),
    ("publish.txt", include_str!("../cases/publish.txt")),
    ("python-installed.txt", include_str!("../cases/python-installed.txt")),
    ("python-sources.txt", include_str!("../cases/python-sources.txt")),
    ("python-targets.txt", include_str!("../cases/python-targets.txt")),
    ("python-wheels.txt", include_str!("../cases/python-wheels.txt")),
    ("repairs.txt", include_str!("../cases/repairs.txt")),
    ("ruby.txt", include_str!("../cases/ruby.txt")),
    ("secrets.txt", include_str!("../cases/secrets.txt")),
    ("settings.txt", include_str!("../cases/settings.txt")),
    ("shadowing.txt", include_str!("../cases/shadowing.txt")),
    ("slimming.txt", include_str!("../cases/slimming.txt")),
    ("snippets.txt", include_str!("../cases/snippets.txt")),
    ("workbench.txt", include_str!("../cases/workbench.txt")),
];

/// One case: its lines, cut into steps and expectations.
pub struct Case<'a> {
    pub name: &'a str,
    /// `keyword: rest`, with the indented lines below it.
    pub sections: Vec<Section<'a>>,
}

pub struct Section<'a> {
    pub keyword: &'a str,
    pub rest: &'a str,
    pub lines: Vec<&'a str>,
}

/// The cases of a file. Lines that begin with `#` are for people.
pub fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name, sections: Vec::new() });
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("a line stands before the first case: {line}"));
        if let Some(inner) = line.strip_prefix("  ") {
            let section =
                case.sections.last_mut().unwrap_or_else(|| panic!("{}: nothing to indent below: {line}", case.name));
            section.lines.push(inner);
        } else {
            let (keyword, rest) = line.split_once(':').unwrap_or_else(|| panic!("{}: no keyword: {line}", case.name));
            case.sections.push(Section { keyword, rest: rest.trim(), lines: Vec::new() });
        }
    }
    cases
}

/// Runs a case. Returns it with what was really found in place of what was expected, and whether both are the same.
pub fn run(case: &Case) -> (String, bool) {
    let mut session = Session::new();
    let mut files = Vec::new();
    let (mut beside, mut function) = (Vec::new(), None);
    let (mut text, mut same) = (format!("== {}\n", case.name), true);
    for section in &case.sections {
        let is_input = ["drop", "beside", "function"].contains(&section.keyword);
        if !is_input && !files.is_empty() {
            session.add(std::mem::take(&mut files), |_, _| {});
        }
        let found = match section.keyword {
            "drop" => {
                files.push(drops::file(section));
                None
            }
            "beside" => {
                beside.push(drops::file(section));
                None
            }
            "function" => {
                function = Some(drops::file(section));
                None
            }
            "diff" => Some(lines(session.diff(beside.remove(0)).map(|found| found.markdown()))),
            "stack" => {
                let stack = session.stack(std::mem::take(&mut beside), function.take());
                Some(lines(stack.map(|stack| stack.markdown())))
            }
            "choose" => {
                choose(&mut session, section.rest);
                None
            }
            "do" => {
                operate(&mut session, section.rest);
                None
            }
            "explain" => Some(explained(&session, section.rest)),
            keyword => Some(found(&mut session, keyword)),
        };
        writeln!(text, "{}", format!("{}: {}", section.keyword, section.rest).trim_end()).unwrap();
        let expected: Vec<String> = section.lines.iter().map(|line| (*line).to_owned()).collect();
        let found = found.unwrap_or_else(|| expected.clone());
        same &= found == expected;
        for line in found {
            writeln!(text, "{}", format!("  {line}").trim_end()).unwrap();
        }
    }
    (text, same)
}

/// The session at the end of a case, whatever was expected on the way.
pub fn session(case: &Case) -> Session {
    let mut session = Session::new();
    let mut files = Vec::new();
    for section in &case.sections {
        match section.keyword {
            "drop" => files.push(drops::file(section)),
            "beside" | "function" => {}
            keyword => {
                session.add(std::mem::take(&mut files), |_, _| {});
                match keyword {
                    "choose" => choose(&mut session, section.rest),
                    "do" => operate(&mut session, section.rest),
                    _ => {}
                }
            }
        }
    }
    session.add(files, |_, _| {});
    session
}

/// The lines of a text apart from empty ones, or what stands in its way.
fn lines(text: Result<String, layerdrop::error::Error>) -> Vec<String> {
    let text = text.unwrap_or_else(|error| format!("{}: {error}", error.name()));
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Builds the layer into memory.
pub fn build(session: &mut Session) -> Result<(Vec<u8>, layerdrop::session::Layer), layerdrop::error::Error> {
    let mut bytes = Vec::new();
    let layer = session.build(&mut bytes, &mut |_| {})?;
    Ok((bytes, layer))
}
