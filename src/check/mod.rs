//! What would go wrong, or could be better: the findings about a plan.
//!
//! A check speaks only of what it knows. *Error* means that it will fail on a chosen target, *warning* that it may,
//! *note* that it is worth knowing.

mod copies;
mod dependencies;
mod es_modules;
mod gem_homes;
pub mod get;
mod java;
mod layer;
mod licenses;
mod native;
mod node;
mod passed;
mod paths;
mod python;
mod python_sources;
mod ruby;
mod secrets;
mod settings;
mod shadowing;
mod sources;
mod started;
mod targets;

use std::rc::Rc;

pub use self::dependencies::is_plain;
pub use self::passed::{Passed, passed};
use crate::choices::{Operation, Repair, Scope, Settings};
use crate::order;
use crate::place::Placement;
use crate::propose::Proposal;
use crate::recognise::Recognised;
use crate::tables::codes::Code;
use crate::tables::rules::{Cause, Rule};
use crate::target::{Judgement, Layer};

pub use crate::tables::rules::Severity;

/// One thing that would go wrong or could be better.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule, which says why it matters and what to do.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The path under `/opt` that it is about; empty where it is about a source, a setting or the whole layer.
    pub path: String,
    /// The source that it is about; empty where it is about none.
    pub source: String,
    /// What was found and what was expected.
    pub message: String,
    /// The code of an oddity of what was dropped.
    pub code: Option<&'static Code>,
    /// What brought it about, where the rule's own words are too wide.
    pub cause: Option<&'static Cause>,
    /// What mends it.
    pub fixes: Vec<Fix>,
}

/// Something that mends a finding.
#[derive(Debug, Clone)]
pub struct Fix {
    /// Names it among all fixes of a plan, e.g. `"exclude-source:broken.whl"`.
    pub id: String,
    /// What the button says.
    pub label: String,
    /// How sure it is.
    pub kind: FixKind,
    /// What it changes.
    pub change: Change,
}

/// How sure a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// Loses nothing and can be applied unseen.
    Safe,
    /// Needs the person's decision.
    Suggested,
    /// Can't be done here: a command to run elsewhere.
    Manual,
}

impl FixKind {
    /// The public name, e.g. `"safe"`.
    pub fn id(self) -> &'static str {
        match self {
            FixKind::Safe => "safe",
            FixKind::Suggested => "suggested",
            FixKind::Manual => "manual",
        }
    }
}

/// What a fix changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there are never many")]
pub enum Change {
    /// An operation is added.
    Operate(Operation),
    /// The settings become these.
    Set(Settings),
    /// Nothing: the person runs this program with these arguments, and drops what it gets.
    Run(Vec<String>),
}

impl Finding {
    fn new(rule: &'static Rule, severity: Severity, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            severity,
            path: String::new(),
            source: String::new(),
            message: message.into(),
            code: None,
            cause: None,
            fixes: Vec::new(),
        }
    }

    /// Why it matters when the layer runs or is published.
    pub fn why(&self) -> &'static str {
        self.cause.map_or(self.rule.why, |cause| cause.why)
    }

    /// What a person can do.
    pub fn how(&self) -> &'static str {
        self.cause.map_or(self.rule.how, |cause| cause.how)
    }

    fn of_source(mut self, source: &str) -> Finding {
        source.clone_into(&mut self.source);
        self
    }

    fn at(mut self, path: &str) -> Finding {
        path.clone_into(&mut self.path);
        self
    }

    fn with_fix(mut self, id: String, label: String, kind: FixKind, change: Change) -> Finding {
        self.fixes.push(Fix { id, label, kind, change });
        self
    }

    /// With a command that gets the right file.
    fn or_run(self, label: String, call: Vec<String>) -> Finding {
        self.with_fix(format!("run:{}", call.join(" ")), label, FixKind::Manual, Change::Run(call))
    }

    /// With a fix that leaves a file or folder out of the layer.
    fn or_exclude_path(self, path: &str) -> Finding {
        let operation = Operation::Exclude(Scope::Path(path.to_owned()));
        let (id, label) = (format!("exclude:{path}"), format!("Leave out {path}"));
        self.with_fix(id, label, FixKind::Suggested, Change::Operate(operation))
    }

    /// With a fix that leaves all of a part's source out of the layer.
    fn or_exclude(self, part: &Recognised) -> Finding {
        let source = &part.source.name;
        let operation = Operation::Exclude(Scope::Source(source.clone()));
        self.with_fix(
            format!("exclude-source:{source}"),
            format!("Leave out {}", part.title()),
            FixKind::Suggested,
            Change::Operate(operation),
        )
    }
}

/// What the checks look at.
pub struct Subject<'a> {
    /// What the sources are.
    pub parts: &'a [Rc<Recognised>],
    /// Where everything goes, sorted by path.
    pub placements: &'a [Placement],
    /// The settings.
    pub settings: &'a Settings,
    /// The inspected files.
    pub layer: &'a Layer<'a>,
    /// What speaks against each target.
    pub judgements: &'a [Judgement],
    /// What the content could run on.
    pub proposal: &'a Proposal,
    /// What was repaired.
    pub repairs: &'a [Repair],
    /// Operations that are about nothing.
    pub unused: &'a [&'a Operation],
    /// The function that has the layer, where it is there to be looked at.
    pub function: Option<&'a Recognised>,
    /// Bytes unpacked.
    pub unzipped: u64,
    /// Bytes of the zip: exact, or estimated before it is built.
    pub zipped: u64,
    /// Whether `zipped` is exact.
    pub zipped_is_exact: bool,
}

impl Subject<'_> {
    /// Whether any of a part is in the layer.
    fn is_included(&self, included: &[bool], part: usize) -> bool {
        included.get(part).copied().unwrap_or(false)
    }

    /// For each part, whether any of it is in the layer.
    fn included_parts(&self) -> Vec<bool> {
        let mut included = vec![false; self.parts.len()];
        for placement in self.placements.iter().filter(|placement| !placement.excluded) {
            if let Some(slot) = included.get_mut(placement.part) {
                *slot = true;
            }
        }
        included
    }
}

/// Every finding: the worst first, then in the order of the rules' families, then by source and path.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(sources::check(subject));
    findings.extend(python_sources::check(subject));
    findings.extend(paths::check(subject));
    findings.extend(python::check(subject));
    findings.extend(ruby::check(subject));
    findings.extend(gem_homes::check(subject));
    findings.extend(dependencies::check(subject));
    findings.extend(es_modules::check(subject));
    findings.extend(node::check(subject));
    findings.extend(java::check(subject));
    findings.extend(shadowing::check(subject));
    findings.extend(secrets::check(subject));
    findings.extend(licenses::check(subject));
    findings.extend(targets::check(subject));
    findings.extend(native::check(subject));
    findings.extend(copies::check(subject));
    findings.extend(started::check(subject));
    findings.extend(layer::check(subject));
    findings.extend(settings::check(subject));
    order::sort_by_key(&mut findings, |finding| finding.severity);
    findings
}
