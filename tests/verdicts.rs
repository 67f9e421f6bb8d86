//! Real packages: what is found about each against what was expected, and what the reader of compiled files says of
//! every one in them against `readelf`. Runs over what `make verdicts` fetched; without that it has nothing to do.
#![cfg(unix)]
#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::{env, fs};

use layerdrop::bytes::{ReadAt, ReadError};
use layerdrop::check::Severity;
use layerdrop::inspect::elf::Elf;
use layerdrop::inspect::{Built, Inspection};
use layerdrop::intake::DroppedFile;
use layerdrop::session::Session;
use layerdrop::tables::bundled::is_bundled;
use layerdrop::tables::runtimes::Runtime;

struct Row<'a> {
    registry: &'a str,
    packages: &'a str,
    target: &'a str,
    expected: &'a str,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split(" | ").map(str::trim).collect::<Vec<_>>().as_slice() {
            [registry, packages, target, expected] => Row { registry, packages, target, expected },
            _ => panic!("{line}: registry | packages | target | expected"),
        })
        .collect()
}

#[test]
fn real_packages_get_the_verdicts_that_were_expected() {
    let Some(cache) = env::var_os("LAYERDROP_VERDICTS").map(PathBuf::from) else {
        return println!("skipped: `make verdicts` fetches the packages");
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verdicts");
    let list = fs::read_to_string(here.join("packages.txt")).unwrap();
    let (mut table, mut wrong, mut compared) = (String::new(), Vec::new(), BTreeSet::new());
    for row in rows(&list) {
        let mut session = session(&cache, &row);
        let found = found(&session);
        let (files, differences) = compare(&session, &mut compared);
        let same = if found == row.expected { "yes" } else { "**no**" };
        if found != row.expected {
            let told = session.plan().findings.iter().filter(|finding| finding.severity != Severity::Note);
            let told: Vec<String> = told.map(|finding| format!("  {}: {}", finding.rule.id, finding.message)).collect();
            wrong.push(format!(
                "{} on {}: {found}; expected {}\n{}",
                row.packages,
                row.target,
                row.expected,
                told.join("\n")
            ));
        }
        wrong.extend(differences);
        let pip = compare_with_pip(&cache, &session, &row);
        let agrees = match &pip {
            None => "",
            Some(differences) if differences.is_empty() => "agrees",
            Some(_) => "**differs**",
        };
        wrong.extend(pip.into_iter().flatten());
        writeln!(
            table,
            "| {} | {} | {} | {found} | {same} | {files} | {agrees} |",
            row.packages, row.target, row.expected
        )
        .unwrap();
        if env::var_os("LAYERDROP_NOTES").is_some() {
            for finding in &session.plan().findings {
                println!("{} {} {}: {}", row.packages, finding.severity.id(), finding.rule.id, finding.message);
            }
        }
        session.clear();
    }
    let head = "# Verdicts about real packages\n\nWritten by `make verdicts`. `files` counts the compiled files whose facts were compared with `readelf`; the last column tells whether `pip check` misses the same packages.\n\n| packages | target | expected | found | as expected | files | pip check |\n|---|---|---|---|---|---|---|\n";
    fs::write(here.join("results.md"), format!("{head}{table}")).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The packages of a row, dropped together on a page with that target.
fn session(cache: &Path, row: &Row) -> Session {
    let between = if row.registry == "pypi" { " + " } else { " " };
    let jobs: Vec<&str> = row.packages.split(between).collect();
    let mut files = Vec::new();
    for job in jobs {
        let folder = cache.join(job.replace(['/', ' '], "+"));
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.push(DroppedFile { path: name, bytes: Rc::new(OnDisk::open(&path)), mode: None });
        }
    }
    assert!(!files.is_empty(), "{} was not fetched", row.packages);
    let mut session = Session::new();
    let mut settings = session.settings().clone();
    let (runtime, architecture) = row.target.split_once(' ').unwrap();
    (settings.runtimes, settings.architectures) = (vec![runtime.into()], vec![architecture.into()]);
    session.set_settings(settings);
    session.add(files, |_, _| {});
    session
}

/// Rules that say nothing about the package: it is dropped without what it needs, and may be large.
const LEFT_OUT: &[&str] = &["missing-dependency", "over-direct-upload-limit"];

/// The rules of errors and warnings, each once.
fn found(session: &Session) -> String {
    let findings = session.plan().findings.iter();
    let rules: BTreeSet<(Severity, &str)> = findings
        .filter(|finding| finding.severity != Severity::Note && !LEFT_OUT.contains(&finding.rule.id))
        .map(|finding| (finding.severity, finding.rule.id))
        .collect();
    let rules: Vec<String> = rules
        .into_iter()
        .map(|(severity, rule)| if severity == Severity::Error { rule.to_owned() } else { format!("warning {rule}") })
        .collect();
    if rules.is_empty() { "fine".into() } else { rules.join(" ") }
}

/// What the layer's Python packages lack of each other, by `pip check` on their metadata and by our findings; `None` where
/// the target is not this machine's own Python. What the runtime brings is no matter of pip's.
fn compare_with_pip(cache: &Path, session: &Session, row: &Row) -> Option<Vec<String>> {
    let python = env::var_os("LAYERDROP_PYTHON")?;
    let version = Command::new(&python).arg("-V").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let own = version.trim().strip_prefix("Python ")?.rsplit_once('.')?.0.to_owned();
    let runtime = Runtime::find(row.target.split_once(' ').unwrap().0)?;
    if row.registry != "pypi" || runtime.version != own {
        return None;
    }
    let folder = env::temp_dir().join("layerdrop-metadata");
    drop(fs::remove_dir_all(&folder));
    for part in &session.plan().parts {
        for entry in part.source.entries.iter().filter(|entry| entry.path.ends_with(".dist-info/METADATA")) {
            let path = folder.join(&entry.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, entry.content.read(u64::MAX).unwrap().unwrap()).unwrap();
        }
    }
    // Without the machine's own packages: pip itself comes from its wheel.
    let pip = cache.join("pip==24.3.1+py3-none-any/pip-24.3.1-py3-none-any.whl");
    let path = env::join_paths([folder, pip]).unwrap();
    let output = Command::new(python).args(["-S", "-m", "pip", "check"]).env("PYTHONPATH", path).output().unwrap();
    let theirs: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| {
            let normal = |name: &str| name.to_lowercase().replace(['_', '.'], "-");
            if let Some((_, name)) =
                line.strip_suffix(", which is not installed.").and_then(|l| l.split_once(" requires "))
            {
                let name = normal(name);
                return (!is_bundled(runtime, &name)).then(|| format!("missing {name}"));
            }
            let (_, there) = line.trim_end_matches('.').split_once(", but you have ")?;
            Some(format!("other version of {}", normal(there.split(' ').next()?)))
        })
        .collect();
    let findings = session.plan().findings.iter();
    let ours: BTreeSet<String> = findings
        .filter_map(|finding| {
            let name = finding.fixes.iter().find_map(|fix| fix.label.strip_prefix("Get "))?;
            match finding.rule.id {
                "missing-dependency" => Some(format!("missing {name}")),
                "wrong-dependency-version" => Some(format!("other version of {name}")),
                _ => None,
            }
        })
        .collect();
    let differ = |what: &str, one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        one.difference(other).map(|found| format!("{}: only {what} says: {found}", row.packages)).collect()
    };
    Some([differ("pip check", &theirs, &ours), differ("Layerdrop", &ours, &theirs)].concat())
}

/// Compares every compiled file for Linux with what `readelf` says of it. Returns how many, and what differs.
fn compare(session: &Session, compared: &mut BTreeSet<(u64, u32)>) -> (usize, Vec<String>) {
    let (mut count, mut differences) = (0, Vec::new());
    let folder = env::temp_dir().join("layerdrop-verdicts");
    fs::create_dir_all(&folder).unwrap();
    for part in &session.plan().parts {
        for (index, inspection) in &part.inspected {
            // Of what Lambda's processors can't run only the header is read.
            let Inspection::Elf(elf) = inspection else { continue };
            if !matches!(elf.built, Built::For(_)) {
                continue;
            }
            let entry = part.entry(*index).unwrap();
            let bytes = entry.content.read(u64::MAX).unwrap().unwrap();
            count += 1;
            // A wheel that several rows name is compared once.
            if !compared.insert((bytes.len() as u64, crc32fast::hash(&bytes))) {
                continue;
            }
            let file = folder.join("file");
            fs::write(&file, &bytes).unwrap();
            let output =
                Command::new("readelf").args(["-W", "-h", "-l", "-d", "-V", "-S"]).arg(&file).output().unwrap();
            let (ours, theirs) = (facts(elf), of_readelf(&String::from_utf8_lossy(&output.stdout), bytes.len()));
            if ours != theirs {
                differences.push(format!("{}: {ours:?}; readelf says {theirs:?}", entry.path));
            }
        }
    }
    (count, differences)
}

/// The facts that both tell, as lines.
fn facts(elf: &Elf) -> Vec<String> {
    let mut lines = vec![match elf.built {
        Built::For(architecture) => format!("machine {}", architecture.id()),
        other => format!("machine {other:?}"),
    }];
    lines.extend(elf.needed.iter().map(|name| format!("needed {name}")));
    lines.extend((!elf.soname.is_empty()).then(|| format!("soname {}", elf.soname)));
    lines.extend((!elf.interpreter.is_empty()).then(|| format!("interpreter {}", elf.interpreter)));
    lines.extend((!elf.rpath.is_empty()).then(|| format!("rpath {}", elf.rpath.join(":"))));
    lines.extend((!elf.runpath.is_empty()).then(|| format!("runpath {}", elf.runpath.join(":"))));
    lines.extend(elf.versions.iter().map(|version| format!("version {} {}", version.library, version.name)));
    lines.extend((elf.debug > 0).then(|| format!("debug {}", elf.debug)));
    lines.extend(elf.unread.then(|| "unread".to_owned()));
    lines.extend(elf.flaw.map(|flaw| format!("flaw {flaw:?}")));
    lines.sort();
    lines
}

fn of_readelf(text: &str, size: usize) -> Vec<String> {
    let (mut loaded, mut debug) = (0, 0);
    let hex = |text: &str| usize::from_str_radix(text.trim_start_matches("0x"), 16).unwrap();
    let mut lines = Vec::new();
    let (mut library, mut runpath) = (String::new(), false);
    let between = |line: &str, open: char, close: char| {
        line.split_once(open).and_then(|(_, rest)| rest.rsplit_once(close)).map(|(inner, _)| inner.to_owned())
    };
    for line in text.lines() {
        let words: Vec<&str> = line.split_once(']').map_or(line, |(_, rest)| rest).split_whitespace().collect();
        match words.as_slice() {
            ["LOAD", offset, _, _, length, ..] => loaded = loaded.max(hex(offset) + hex(length)),
            [name, kind, _, _, length, ..]
                if (name.starts_with(".debug_") || name.starts_with(".zdebug_")) && *kind != "NOBITS" =>
            {
                debug += hex(length);
            }
            _ => {}
        }
        if let Some(machine) = line.trim().strip_prefix("Machine:") {
            let known = [("X86-64", "x86_64"), ("AArch64", "arm64")];
            let name = known.iter().find(|(part, _)| machine.contains(part)).map_or(machine.trim(), |(_, name)| name);
            lines.push(format!("machine {name}"));
        } else if line.contains("Requesting program interpreter:") {
            lines.push(format!("interpreter {}", between(line, ':', ']').unwrap().trim()));
        } else if line.contains("(NEEDED)") {
            lines.push(format!("needed {}", between(line, '[', ']').unwrap()));
        } else if line.contains("(SONAME)") {
            lines.push(format!("soname {}", between(line, '[', ']').unwrap()));
        } else if line.contains("(RPATH)") {
            lines.push(format!("rpath {}", between(line, '[', ']').unwrap()));
        } else if line.contains("(RUNPATH)") {
            runpath = true;
            lines.push(format!("runpath {}", between(line, '[', ']').unwrap()));
        } else if line.contains("File: ") && line.contains("Cnt: ") {
            line.split("File: ").nth(1).unwrap().split_whitespace().next().unwrap().clone_into(&mut library);
        } else if line.contains("Name: ")
            && line.contains("Flags: ")
            && line.contains("Version: ")
            && !line.contains("WEAK")
            && !library.is_empty()
            && !line.contains("Index: ")
        {
            let name = line.split("Name: ").nth(1).unwrap().split_whitespace().next().unwrap();
            lines.push(format!("version {library} {name}"));
        }
    }
    // Where little is loaded by nobody, sections are not looked at.
    lines.extend((debug > 0 && size - loaded >= 1024 * 1024).then(|| format!("debug {debug}")));
    if runpath {
        lines.retain(|line| !line.starts_with("rpath "));
    }
    lines.sort();
    lines.dedup();
    lines
}

/// A file on disk, read where it is needed.
struct OnDisk(fs::File, u64);

impl OnDisk {
    fn open(path: &Path) -> OnDisk {
        let file = fs::File::open(path).unwrap();
        let size = file.metadata().unwrap().len();
        OnDisk(file, size)
    }
}

impl ReadAt for OnDisk {
    fn size(&self) -> u64 {
        self.1
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        use std::os::unix::fs::FileExt as _;
        self.0.read_exact_at(into, offset).map_err(|error| ReadError::Failed(error.to_string()))
    }
}
