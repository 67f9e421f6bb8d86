//! What was looked at and found in order: trust needs the good news too.

use std::rc::Rc;

use super::{Finding, Severity};
use crate::choices::Settings;
use crate::intake::Form;
use crate::recognise::Recognised;
use crate::tables::checks::{About, CHECKS, Check};
use crate::tables::runtimes::Language;
use crate::words::counted;

/// A check that found nothing.
#[derive(Debug)]
pub struct Passed {
    /// The check.
    pub check: &'static Check,
    /// What it looked at, e.g. `"4 archives"`.
    pub looked_at: String,
}

/// The checks that had something to look at and found neither error nor warning.
pub fn passed(findings: &[Finding], parts: &[Rc<Recognised>], settings: &Settings, files: usize) -> Vec<Passed> {
    let told = |check: &Check| {
        let bad = findings.iter().filter(|finding| finding.severity != Severity::Note);
        bad.into_iter().any(|finding| check.rules.contains(&finding.rule.id))
    };
    CHECKS
        .iter()
        .filter(|check| !told(check))
        .filter_map(|check| {
            let (count, what) = looked_at(check.about, parts, settings, files);
            (count > 0).then(|| Passed { check, looked_at: counted(count, what) })
        })
        .collect()
}

fn looked_at(about: About, parts: &[Rc<Recognised>], settings: &Settings, files: usize) -> (usize, &'static str) {
    let packages = |language: Language| {
        let packages = parts.iter().filter(|part| part.kind.language() == Some(language)).count();
        if settings.runtimes_of(language).is_empty() { 0 } else { packages }
    };
    match about {
        About::Sources => (parts.len(), "source"),
        About::Archives => (parts.iter().filter(|part| part.source.form == Form::Archive).count(), "archive"),
        About::Files => (files, "file"),
        About::Python => (packages(Language::Python), "package"),
        About::Ruby => (packages(Language::Ruby), "package"),
        About::NodeJs => (packages(Language::NodeJs), "package"),
        About::Packages => {
            let count = |part: &Rc<Recognised>| part.distributions.len() + part.manifests.len() + part.gems().count();
            (parts.iter().map(count).sum(), "package")
        }
        About::Binaries => {
            let inspected = parts.iter().flat_map(|part| part.inspected.values());
            (inspected.filter(|found| found.built().is_some()).count(), "compiled file")
        }
        About::Runtimes => (settings.runtimes().len(), "runtime"),
        About::Fields => {
            let fields = [
                &settings.layer_name,
                &settings.description,
                &settings.license_info,
                &settings.region,
                &settings.profile,
                &settings.s3_bucket,
                &settings.s3_key,
            ];
            (fields.iter().filter(|field| !field.is_empty()).count(), "field")
        }
    }
}
