//! The facts that the page shows, from the tables.

use serde::Serialize;

use crate::choices::Recompress;
use crate::order;
use crate::publish::snippets::FORMATS;
use crate::tables::layouts::Layout;
use crate::tables::limits::FIELDS;
use crate::tables::runtimes::{Architecture, RUNTIMES, Runtime, Support};

#[derive(Serialize)]
struct RuntimeRow {
    id: &'static str,
    family: &'static str,
    label: String,
    status: &'static str,
    architectures: Vec<&'static str>,
}

/// One of several values that a setting takes.
#[derive(Serialize)]
struct Choice {
    id: &'static str,
    label: &'static str,
    help: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldRow {
    id: &'static str,
    label: &'static str,
    help: &'static str,
    max_length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SnippetRow {
    id: &'static str,
    title: &'static str,
    file_name: &'static str,
    language: &'static str,
}

/// The facts that the page shows.
#[derive(Serialize)]
pub struct Catalogue {
    version: &'static str,
    runtimes: Vec<RuntimeRow>,
    architectures: Vec<&'static str>,
    layouts: Vec<Choice>,
    recompress: Vec<Choice>,
    fields: Vec<FieldRow>,
    snippets: Vec<SnippetRow>,
}

/// The facts, from the tables. Runtimes stand by language, the newest first.
pub fn catalogue() -> Catalogue {
    let mut runtimes: Vec<_> = RUNTIMES.iter().collect();
    order::sort_by(&mut runtimes, |a, b| {
        a.language.cmp(&b.language).then(b.numbers().cmp(&a.numbers())).then(b.id.cmp(a.id))
    });
    Catalogue {
        version: env!("CARGO_PKG_VERSION"),
        runtimes: runtimes
            .into_iter()
            .map(|runtime| RuntimeRow {
                id: runtime.id,
                family: runtime.language.label(),
                label: label(runtime),
                status: match runtime.support {
                    Support::Current { .. } => "current",
                    Support::Deprecated { .. } => "deprecated",
                    Support::Unconfirmed => "unconfirmed",
                },
                architectures: runtime.architectures.iter().map(|architecture| architecture.id()).collect(),
            })
            .collect(),
        architectures: Architecture::ALL.iter().map(|architecture| architecture.id()).collect(),
        layouts: Layout::ALL
            .iter()
            .map(|layout| Choice { id: layout.id(), label: layout.label(), help: layout.help() })
            .collect(),
        recompress: Recompress::ALL
            .iter()
            .map(|way| Choice { id: way.id(), label: way.label(), help: way.help() })
            .collect(),
        fields: FIELDS
            .iter()
            .map(|field| FieldRow { id: field.id, label: field.label, help: field.help, max_length: field.max_length })
            .collect(),
        snippets: FORMATS
            .iter()
            .map(|format| SnippetRow {
                id: format.id,
                title: format.title,
                file_name: format.file,
                language: format.language,
            })
            .collect(),
    }
}

/// Language and version, and the system where several have the same, e.g. `"Java 17 on Amazon Linux 2"`.
fn label(runtime: &Runtime) -> String {
    let alike = |other: &&Runtime| (other.language, other.version) == (runtime.language, runtime.version);
    let name = format!("{} {}", runtime.language.label(), runtime.version).trim().to_owned();
    match RUNTIMES.iter().filter(alike).count() {
        1 => name,
        _ => format!("{name} on {}", runtime.os.label()),
    }
}
