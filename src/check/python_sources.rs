//! Findings about Python packages that are listed or come as source code: how to get their wheels for the chosen targets.

use super::{Finding, Severity, Subject};
use crate::choices::Settings;
use crate::recognise::python_sources::List;
use crate::recognise::{Kind, Recognised};
use crate::tables::platforms::downloaded;
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};

/// Commands that a message shows at most.
const SHOWN: usize = 4;

pub fn check(subject: &Subject) -> Vec<Finding> {
    subject.parts.iter().filter_map(|part| not_ready(subject.settings, part)).collect()
}

fn not_ready(settings: &Settings, part: &Recognised) -> Option<Finding> {
    let name = &part.source.name;
    let message = match part.kind {
        Kind::SourceDistribution if part.version.is_empty() => {
            format!("{name}: it is source code that has to be built; get its wheel instead")
        }
        Kind::SourceDistribution => {
            let wheel = format!("{}=={}", part.name, part.version);
            format!(
                "{name}: {} {} is source code that has to be built; get its wheel instead: {}",
                part.name,
                part.version,
                downloads(&wheel, settings)
            )
        }
        Kind::PythonList => {
            let list = List::of(&part.name)?;
            let plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
            let file = match part.name.chars().all(plain) && list.export.is_empty() {
                true => part.name.as_str(),
                false => "requirements.txt",
            };
            let first = if list.export.is_empty() { String::new() } else { format!("{}; then ", list.export) };
            format!(
                "{name}: {} only lists packages; get their wheels and drop them: {first}{}",
                part.name,
                downloads(&format!("-r {file}"), settings)
            )
        }
        _ => return None,
    };
    Some(Finding::new(rules::NOT_READY, Severity::Warning, message).of_source(name))
}

/// The commands that download wheels for the chosen Python runtimes and architectures, or for the newest.
fn downloads(what: &str, settings: &Settings) -> String {
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
    let commands: Vec<String> = runtimes
        .iter()
        .flat_map(|runtime| architectures.iter().map(move |architecture| download(what, runtime, *architecture)))
        .collect();
    let more = match commands.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and so on for {more} more"),
    };
    commands.into_iter().take(SHOWN).collect::<Vec<_>>().join("; ") + &more
}

fn download(what: &str, runtime: &Runtime, architecture: Architecture) -> String {
    let platforms: String =
        downloaded(runtime.os, architecture).iter().map(|platform| format!(" --platform {platform}")).collect();
    format!("pip download {what} --only-binary=:all:{platforms} --python-version {} --dest wheels", runtime.version)
}
