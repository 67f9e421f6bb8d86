//! Reads a folder of odd and hostile archives with expected outcomes, where there is one: `LAYERDROP_CORPUS=FOLDER`.
//!
//! The folder holds `MANIFEST.tsv`, a row a case: file, source, licence, kind, what, expected, code, alt, …
//! Prints a line for each case with another outcome than expected, and the score.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

use std::fs;
use std::path::Path;

use layerdrop::content::ContentError;
use layerdrop::intake::dropped;
use layerdrop::session::Session;

/// Codes that nothing looks for yet: hashes of a wheel's files, and names that differ only in case or composition.
const LATER: &[&str] = &["WHEEL_RECORD", "NAME_TWIN"];

/// Endings of what can be read now.
const READ: &[&str] = &[".zip", ".whl"];

#[test]
fn every_archive_has_its_expected_outcome() {
    let Some(folder) = std::env::var_os("LAYERDROP_CORPUS") else {
        println!("skipped: LAYERDROP_CORPUS names no folder");
        return;
    };
    let folder = Path::new(&folder);
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let (mut right, mut wrong, mut unread) = (0, 0, 0);
    for row in manifest.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (file, kind, what, expected, code, alt) =
            (fields[0], fields[3], fields[4], fields[5], fields[6], fields[7]);
        let is_zip = kind == "zip" || kind.is_empty() && READ.iter().any(|ending| file.ends_with(ending));
        if !is_zip {
            unread += 1;
            continue;
        }
        let bytes = fs::read(folder.join(file)).unwrap();
        let name = file.rsplit('/').next().unwrap();
        let name =
            if READ.iter().any(|ending| name.ends_with(ending)) { name.to_owned() } else { format!("{name}.zip") };
        let (outcome, codes) = outcome(&name, bytes);
        if outcome == expected || alt.split('|').any(|alt| alt == outcome) {
            right += 1;
        } else if LATER.contains(&code) {
            unread += 1;
        } else {
            wrong += 1;
            println!("{file}: found {outcome} {codes}; expected {expected} {code} (or {alt}): {what}");
        }
    }
    println!("{right} of {} as expected; {unread} of kinds and codes that are not judged yet", right + wrong);
    assert_eq!(wrong, 0);
}

/// What becomes of an archive: refused when it is added or when its bytes are read, accepted, or accepted with findings.
fn outcome(name: &str, bytes: Vec<u8>) -> (&'static str, String) {
    let mut session = Session::new();
    session.add(vec![dropped(name, bytes)], |_, _| {});
    let plan = session.plan();
    if let Some(refusal) = plan.parts.iter().find_map(|part| part.refused.as_ref()) {
        return ("refuse", refusal.code.id.to_owned());
    }
    let entries = plan.parts.iter().flat_map(|part| part.source.entries.iter());
    for entry in entries {
        if let Err(ContentError::Damaged(found)) = entry.content.for_each_piece(&mut |_| Ok::<(), ContentError>(())) {
            return ("refuse", format!("{}: {found}", entry.path));
        }
    }
    let codes: Vec<&str> = plan.parts.iter().flat_map(|part| &part.notes).map(|note| note.code.id).collect();
    if codes.is_empty() { ("accept", String::new()) } else { ("accept-with-finding", codes.join(",")) }
}
