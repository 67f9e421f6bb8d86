//! Findings about passwords and keys: whoever may use a layer can read all of it.

use super::{Finding, Severity, Subject};
use crate::path::folder_of;
use crate::recognise::Kind;
use crate::tables::rules;
use crate::tables::secrets::TEST_FOLDERS;

pub fn check(subject: &Subject) -> Vec<Finding> {
    if subject.parts.iter().all(|part| part.secrets.is_empty()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let Some(part) = subject.parts.get(placement.part) else { continue };
        let Some(secret) = part.secrets.get(&placement.entry) else { continue };
        let path = placement.path.as_str();
        // What was published with a package is no secret any more, and tests come with keys of their own.
        let published = matches!(part.kind, Kind::Wheel | Kind::NpmPackage | Kind::Gem | Kind::NodeModules)
            || folder_of(path).split('/').any(|folder| folder == "node_modules" && part.kind != Kind::NodeCode)
            || folder_of(path).split('/').any(|folder| TEST_FOLDERS.contains(&folder));
        let (severity, more) = match published {
            true => (Severity::Note, "; it is probably one for tests"),
            false => (Severity::Warning, ""),
        };
        let message = format!("{path} holds {}{more}", secret.what);
        let finding = Finding::new(rules::SECRET_IN_LAYER, severity, message).at(path).of_source(&part.source.name);
        findings.push(finding.or_exclude_path(path));
    }
    findings
}
