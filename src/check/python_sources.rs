//! Findings about Python packages that are listed or come as source code: how to get their wheels for the chosen targets.

use super::{Finding, Severity, Subject, get};
use crate::choices::Settings;
use crate::recognise::python::sources::List;
use crate::recognise::{Kind, Recognised};
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};
use crate::words::counted;

/// Targets that a finding has commands for, at most.
const SHOWN: usize = 4;

pub fn check(subject: &Subject) -> Vec<Finding> {
    subject.parts.iter().filter_map(|part| not_ready(subject.settings, part)).collect()
}

fn not_ready(settings: &Settings, part: &Recognised) -> Option<Finding> {
    let source = &part.source.name;
    let finding = |message: String| {
        Finding::new(rules::NOT_READY, Severity::Warning, format!("{source}: {message}")).of_source(source)
    };
    match part.kind {
        Kind::SourceDistribution if part.version.is_empty() => {
            Some(finding("it is source code that has to be built; get its wheel instead".into()))
        }
        Kind::SourceDistribution => {
            let (name, version) = (&part.name, &part.version);
            let message = format!("{name} {version} is source code that has to be built; get its wheel instead");
            let wanted = format!("{name}=={version}");
            Some(or_download(finding(message), &format!("Get {name}"), &[&wanted], settings))
        }
        Kind::PythonList => {
            let list = List::of(&part.name)?;
            let plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
            let is_read = list.export.is_empty() && part.name.chars().all(plain);
            let file = if is_read { part.name.as_str() } else { "requirements.txt" };
            let mut told = finding(format!("{} only lists packages; get their wheels and drop them", part.name));
            if !list.export.is_empty() {
                let writes = list.export.ends_with(file);
                let label =
                    if writes { format!("Make {file} of it") } else { format!("Save what this prints as {file}") };
                told = told.or_run(label, list.export.split(' ').map(str::to_owned).collect());
            }
            Some(or_download(told, "Get the wheels", &["-r", file], settings))
        }
        _ => None,
    }
}

/// With the commands that download wheels for the chosen Python runtimes and architectures, or for the newest.
fn or_download(mut finding: Finding, label: &str, what: &[&str], settings: &Settings) -> Finding {
    let mut runtimes = settings.runtimes_of(Language::Python);
    if runtimes.is_empty() {
        let current = |runtime: &&Runtime| {
            runtime.language == Language::Python && matches!(runtime.support, Support::Current { .. })
        };
        runtimes.extend(RUNTIMES.iter().filter(current).max_by_key(|runtime| runtime.numbers()));
    }
    let mut architectures = settings.architectures();
    if architectures.is_empty() {
        architectures.push(Architecture::X86_64);
    }
    let of = |runtime: &'static Runtime| {
        let offered = architectures.iter().filter(|one| runtime.architectures.contains(one));
        offered.map(move |architecture| (runtime, *architecture)).collect::<Vec<_>>()
    };
    let targets: Vec<(&Runtime, Architecture)> = runtimes.into_iter().flat_map(of).collect();
    for (runtime, architecture) in targets.iter().take(SHOWN) {
        let label = format!("{label} for {} on {}", runtime.id, architecture.id());
        finding = finding.or_run(label, get::wheels(what, runtime, *architecture));
    }
    let more = targets.len().saturating_sub(SHOWN);
    if more > 0 {
        finding.message += &format!("; the same goes for {}", counted(more, "more target"));
    }
    finding
}
