//! Findings about what Lambda or a shell starts: whether it may be started, and whether its interpreter is there.

use std::rc::Rc;

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::Operation;
use crate::inspect::script::{Obstacle, Script, obstacle};
use crate::inspect::{Format, HEAD};
use crate::path::{file_name, folder_of, within};
use crate::place::Placement;
use crate::recognise::{Kind, Recognised, native};
use crate::tables::interpreters::{RUNTIME, RUNTIME_FOLDER, SYSTEM, SYSTEM_FOLDERS};
use crate::tables::layouts::{BIN, BOOTSTRAP, EXTENSIONS};
use crate::tables::limits::MAX_EXTENSIONS;
use crate::tables::rules;
use crate::tables::runtimes::{Language, RUNTIMES, Runtime, Support};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let packed = subject.placements.iter().filter(|placement| !placement.excluded);
    let mut findings: Vec<Finding> = packed.filter_map(|placement| of_file(subject, placement)).collect();
    findings.extend(too_many(subject));
    findings
}

/// More extensions than a function can have.
fn too_many(subject: &Subject) -> Option<Finding> {
    let own = subject.layer.packed().filter(|placement| folder_of(&placement.path) == EXTENSIONS);
    let count = own.count();
    let message = format!("{EXTENSIONS} holds {count} files; a function can register {MAX_EXTENSIONS} extensions");
    (count > MAX_EXTENSIONS)
        .then(|| Finding::new(rules::TOO_MANY_EXTENSIONS, Severity::Warning, message).at(EXTENSIONS))
}

/// Who starts a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Starter {
    /// Lambda itself, at every cold start: what can't be started stops the function.
    Lambda,
    /// Code that asks for it.
    Code,
}

/// Whether the one who starts it can.
fn of_file(subject: &Subject, placement: &Placement) -> Option<Finding> {
    let part = subject.parts.get(placement.part)?;
    let path = placement.path.as_str();
    let starter = match folder_of(path) {
        EXTENSIONS => Starter::Lambda,
        BIN => Starter::Code,
        "" if path == BOOTSTRAP => Starter::Lambda,
        "" if part.kind == Kind::ExecWrapper => Starter::Lambda,
        _ => return None,
    };
    let script = script(subject, part, placement);
    let found = match &script {
        Begins::Unread => None,
        Begins::Nothing if folder_of(path) == EXTENSIONS => Some(by_accident(path)),
        Begins::Nothing => None,
        _ if placement.mode & 0o111 == 0 => Some(not_executable(path, starter)),
        Begins::Script(_, Some(obstacle)) => Some(unread_line(part, placement, *obstacle, starter)),
        Begins::Script(script, None) => without_interpreter(subject, path, script, starter),
        Begins::Program => None,
    };
    found.map(|finding| finding.of_source(&part.source.name).at(path))
}

/// How a file begins.
enum Begins {
    Script(Script, Option<Obstacle>),
    Program,
    /// As nothing that Linux starts.
    Nothing,
    Unread,
}

fn script(subject: &Subject, part: &Rc<Recognised>, placement: &Placement) -> Begins {
    // In bin there can be many, and what is no program does no harm there.
    let known = part.inspected.contains_key(&placement.entry);
    if folder_of(placement.path.as_str()) == BIN && !known {
        return Begins::Nothing;
    }
    let Some(head) = placement.content(subject.parts).and_then(|content| content.head(HEAD).ok()) else {
        return Begins::Unread;
    };
    match Format::of(&head) {
        Some(Format::Script) => {
            Script::read(&head).map_or(Begins::Nothing, |script| Begins::Script(script, obstacle(&head)))
        }
        Some(Format::Compiled(_)) if native::is_library_name(placement.path.name()) => Begins::Nothing,
        Some(Format::Compiled(_) | Format::Assembly) => Begins::Program,
        Some(Format::Object | Format::Wasm) | None => Begins::Nothing,
    }
}

/// A file that lies where Lambda takes every file for a program.
fn by_accident(path: &str) -> Finding {
    let to = path.strip_prefix(EXTENSIONS).map_or(path, |rest| rest.trim_start_matches('/'));
    let message = format!("{path} is neither a program nor a script, and Lambda starts every file in {EXTENSIONS}");
    Finding::new(rules::NOT_AN_EXTENSION, Severity::Error, message)
        .with_fix(
            format!("move-out:{path}"),
            format!("Move it to /opt/{to}"),
            FixKind::Suggested,
            Change::Operate(Operation::Move { path: path.to_owned(), to: to.to_owned() }),
        )
        .or_exclude_path(path)
}

fn not_executable(path: &str, starter: Starter) -> Finding {
    let severity = if starter == Starter::Lambda { Severity::Error } else { Severity::Warning };
    let message = format!("{path} has no execute bit, so nothing can start it");
    Finding::new(rules::NOT_EXECUTABLE, severity, message).with_fix(
        format!("chmod:{path}"),
        format!("Set the execute bit of {path}"),
        FixKind::Safe,
        Change::Operate(Operation::Chmod { path: path.to_owned(), mode: 0o755 }),
    )
}

/// A script whose first line Linux does not read as it looks.
fn unread_line(part: &Recognised, placement: &Placement, obstacle: Obstacle, starter: Starter) -> Finding {
    let severity = if starter == Starter::Lambda { Severity::Error } else { Severity::Warning };
    let path = placement.path.as_str();
    let what = match obstacle {
        Obstacle::Mark => "begins with a byte order mark; Linux reads its first line only where #! are its first bytes",
        Obstacle::CarriageReturn => {
            "has a carriage return at the end of its first line; Linux takes it for a part of the interpreter's name"
        }
    };
    let finding = Finding::new(rules::UNREAD_INTERPRETER_LINE, severity, format!("{path} {what}"));
    if !part.mendable.contains_key(&placement.entry) {
        return finding;
    }
    let (id, label) = (format!("mend:{path}"), format!("Mend the beginning of {path}"));
    finding.with_fix(id, label, FixKind::Safe, Change::Operate(Operation::Mend { path: path.to_owned() }))
}

/// A script whose first line names a program that isn't there.
fn without_interpreter(subject: &Subject, path: &str, script: &Script, starter: Starter) -> Option<Finding> {
    let chosen = subject.settings.runtimes();
    let current = |runtime: &&Runtime| matches!(runtime.support, Support::Current { .. });
    let all: Vec<&Runtime> = RUNTIMES.iter().filter(current).collect();
    let candidates = if chosen.is_empty() { &all } else { &chosen };
    let without: Vec<&str> = candidates
        .iter()
        .filter(|runtime| is_started_by(runtime, path) && !has(subject, runtime, script))
        .map(|runtime| runtime.id)
        .collect();
    if without.is_empty() || chosen.is_empty() && without.len() < candidates.len() {
        return None;
    }
    let line = format!("#!{} {}", script.interpreter, script.argument);
    let sure = is_surely_missing(script);
    let instead = if one_argument(script) {
        "Linux hands env all of it as one name".to_owned()
    } else {
        let who = if chosen.is_empty() { "Lambda".to_owned() } else { without.join(" or ") };
        let lacks = if sure { "is not there" } else { "is not known to be there" };
        format!("{} {lacks} on {who}", script.program())
    };
    let severity = if sure && starter == Starter::Lambda { Severity::Error } else { Severity::Warning };
    let message = format!("{path} begins with {}; {instead}", line.trim_end());
    Some(Finding::new(rules::INTERPRETER_NOT_ON_LAMBDA, severity, message))
}

/// Whether a runtime starts a file at all.
fn is_started_by(runtime: &Runtime, path: &str) -> bool {
    path != BOOTSTRAP || runtime.language == Language::Provided
}

/// Options after `env`, without the `-S` that takes them apart: Linux passes everything as one argument.
fn one_argument(script: &Script) -> bool {
    script.interpreter.ends_with("/env")
        && script.argument.contains([' ', '\t'])
        && !script.argument.starts_with("-S")
        && !script.argument.starts_with("--split-string")
}

/// Whether a program that was not found is known to be nowhere else: one of a runtime's language is in its own folder
/// only, nothing is in `/usr/local`, and no relative path leads to the layer.
fn is_surely_missing(script: &Script) -> bool {
    let program = script.program();
    let is_language = |name: &str| {
        let plain = name.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
        RUNTIME.iter().flat_map(|(_, names)| *names).any(|own| own.split('{').next() == Some(plain))
            // Amazon Linux 2 has Python 2 for its own tools.
            && name != "python"
    };
    one_argument(script)
        || program.contains('/') != program.starts_with('/')
        || script.interpreter.starts_with("/usr/local/")
        || !script.interpreter.starts_with('/')
        || is_language(file_name(program))
}

/// Whether the program that runs a script is on a runtime, or in the layer.
fn has(subject: &Subject, runtime: &Runtime, script: &Script) -> bool {
    let interpreter = script.interpreter.as_str();
    // Its first argument is what counts: the rest is the script's.
    let program = script.program();
    if one_argument(script) || !is_at(subject, runtime, interpreter) {
        return false;
    }
    match program.contains('/') {
        true => program == interpreter || is_at(subject, runtime, program),
        false => {
            let bin = format!("{BIN}/{program}");
            SYSTEM.contains(&program) || is_own(runtime, program) || subject.layer.has(&bin)
        }
    }
}

/// Whether there is a program at an absolute path.
fn is_at(subject: &Subject, runtime: &Runtime, path: &str) -> bool {
    let (folder, name) = (folder_of(path), file_name(path));
    match within(path, "/opt") {
        Some(rest) => subject.layer.has(rest),
        // The function brings it.
        None if within(path, "/var/task").is_some() => true,
        None if folder == RUNTIME_FOLDER => is_own(runtime, name),
        None => SYSTEM_FOLDERS.contains(&folder) && SYSTEM.contains(&name),
    }
}

/// Whether a program is one of the runtime's language.
fn is_own(runtime: &Runtime, name: &str) -> bool {
    let major = runtime.numbers().0.to_string();
    let rows = RUNTIME.iter().filter(|(language, _)| *language == runtime.language);
    rows.flat_map(|(_, names)| *names)
        .any(|own| own.replace("{version}", runtime.version).replace("{major}", &major) == name)
}
