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

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use layerdrop::content::ContentError;
use layerdrop::intake::dropped;
use layerdrop::session::Session;

/// Codes that nothing looks for yet: hashes of a wheel's files.
const LATER: &[&str] = &["WHEEL_RECORD"];

/// Kinds of packages that are judged by more than what an archive is, which nothing does yet.
const LATER_KINDS: &[&str] = &["jar"];

/// The kind of a case: as the manifest says, or by the file's ending.
fn kind_of<'a>(kind: &'a str, file: &'a str) -> &'a str {
    if kind.is_empty() { file.rsplit('.').next().unwrap() } else { kind }
}

/// The name under which a case is dropped: its own, with an ending where that would not tell what it is meant to be.
fn dropped_name(kind: &str, file: &str) -> String {
    let name = file.rsplit('/').next().unwrap();
    let ending = match kind {
        "zip" | "zipx" => ".zip",
        "gzip-stream" => ".gz",
        _ => "",
    };
    let tells = ending.is_empty() || [ending, ".whl"].iter().any(|ending| name.ends_with(ending));
    if tells { name.to_owned() } else { format!("{name}{ending}") }
}

#[test]
fn every_archive_has_its_expected_outcome() {
    let Some(folder) = std::env::var_os("LAYERDROP_CORPUS") else {
        println!("skipped: LAYERDROP_CORPUS names no folder");
        return;
    };
    let folder = Path::new(&folder);
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let entries = entries_of(folder);
    let (mut right, mut wrong, mut unread) = (0, 0, 0);
    for row in manifest.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (file, kind, what, expected, code, alt) =
            (fields[0], fields[3], fields[4], fields[5], fields[6], fields[7]);
        let kind = kind_of(kind, file);
        if LATER_KINDS.contains(&kind) {
            unread += 1;
            continue;
        }
        let bytes = fs::read(folder.join(file)).unwrap();
        let name = dropped_name(kind, file);
        let (outcome, codes) = outcome(&name, bytes, entries.get(file).map(Vec::as_slice));
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
/// The text tells the codes, or what of the entries is other than expected.
fn outcome(name: &str, bytes: Vec<u8>, expected: Option<&[Entry]>) -> (&'static str, String) {
    let mut session = Session::new();
    session.add(vec![dropped(name, bytes)], |_, _| {});
    let plan = session.plan();
    if let Some(refusal) = plan.parts.iter().find_map(|part| part.refused.as_ref()) {
        return ("refuse", refusal.code.id.to_owned());
    }
    let mut found: Vec<Entry> = Vec::new();
    for entry in plan.parts.iter().flat_map(|part| part.source.entries.iter()) {
        let mut crc = crc32fast::Hasher::new();
        let read = entry.content.for_each_piece(&mut |piece: &[u8]| {
            crc.update(piece);
            Ok::<(), ContentError>(())
        });
        if let Err(ContentError::Damaged(found)) = read {
            return ("refuse", format!("{}: {found}", entry.path));
        }
        found.push((entry.path.clone(), entry.content.size(), format!("{:08x}", crc.finalize())));
    }
    let mut codes: Vec<&str> = plan.parts.iter().flat_map(|part| &part.notes).map(|note| note.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    // An archive in the archive was opened, and stands for itself.
    let opened = |name: &str| plan.parts.iter().any(|part| part.source.name.ends_with(&format!("/{name}")));
    let missing = |entry: &&Entry| !found.contains(entry) && !opened(&entry.0);
    if let Some(missing) = expected.unwrap_or_default().iter().find(missing) {
        return ("other entries", format!("{missing:?} is not in {found:?}"));
    }
    if codes.is_empty() { ("accept", String::new()) } else { ("accept-with-finding", codes.join(",")) }
}

/// Name, size and CRC-32 of a file.
type Entry = (String, u64, String);

/// The files that an accepted archive must give, by case, where their names stay as they are.
fn entries_of(folder: &Path) -> BTreeMap<String, Vec<Entry>> {
    let text = fs::read_to_string(folder.join("entries.jsonl")).unwrap_or_default();
    let rows = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let is_plain = |name: &str| {
        !name.ends_with(['/', '@']) && !name.starts_with(['/', '.']) && !name.contains("//") && !name.contains("/.")
    };
    rows.map(|row| {
        let entries = row["entries"].as_array().cloned().unwrap_or_default();
        let entries = entries.iter().map(|entry| {
            let text = |at: usize| entry[at].as_str().unwrap_or_default().to_owned();
            (text(0), entry[1].as_u64().unwrap_or_default(), text(2))
        });
        let entries = entries.filter(|(name, ..)| is_plain(name)).collect();
        (row["file"].as_str().unwrap().to_owned(), entries)
    })
    .collect()
}
