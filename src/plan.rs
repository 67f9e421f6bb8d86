//! Everything that is derived from the sources and the choices, in one place: the stages meet here and nowhere else.

use std::rc::Rc;

use crate::check::{self, Finding, Passed, Severity, Subject};
use crate::choices::{Choices, Operation, Scope, plain_name};
use crate::content::{Content, Member};
use crate::order::{BTreeMap, BTreeSet};
use crate::pack::{self, Item, Packed};
use crate::path::{LayerPath, within};
use crate::place::{self, Omitted, Placed, Placement};
use crate::propose::{Proposal, propose};
use crate::publish::{self, Kit, Release, Version};
use crate::recognise::{self, Recognised};
use crate::slimming::{self, Budget, Fit, Saving};
use crate::tables::limits::DIRECT_UPLOAD_LIMIT;
use crate::tables::rules::Rule;
use crate::target::{self, Layer, Reason, Target, Verdict};
use crate::tree::Tree;

/// The whole of it. Never fails: what is wrong is a finding.
pub struct Plan {
    /// What the sources are.
    pub parts: Vec<Rc<Recognised>>,
    /// Where everything goes, sorted by path. Of several at a path, the last that is not left out is packed.
    pub placements: Vec<Placement>,
    /// What has no place.
    pub omitted: Vec<Omitted>,
    /// Folders that were made by hand.
    pub folders: Vec<LayerPath>,
    /// What would go wrong or could be better, the worst first.
    pub findings: Vec<Finding>,
    /// How large it is.
    pub sizes: Sizes,
    /// What the content could run on.
    pub proposal: Proposal,
    /// What runs where.
    pub targets: Vec<TargetRow>,
    /// The tree.
    pub tree: Tree,
    /// The choices it was made with.
    pub choices: Choices,
}

/// A target, whether the layer works on it, and what speaks against that, the worst first.
#[derive(Debug, Clone)]
pub struct TargetRow {
    /// The target.
    pub target: Target,
    /// Whether it works.
    pub verdict: Verdict,
    /// What speaks against it.
    pub reasons: Vec<Reason>,
}

/// Bytes, against AWS's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Unpacked.
    pub unzipped: u64,
    /// What AWS allows unpacked, less what the function and its other layers take; it must stay under this.
    pub unzipped_limit: u64,
    /// Of the zip: exact where `zipped_is_exact`, else an estimate.
    pub zipped: u64,
    /// Whether the zip was built.
    pub zipped_is_exact: bool,
    /// What AWS takes with the publish call itself.
    pub zipped_limit: u64,
    /// Files in the layer.
    pub entries: usize,
}

/// The plan. `built` is the exact size of the zip, once it was built from the same parts and choices.
pub fn plan(parts: Vec<Rc<Recognised>>, choices: Choices, built: Option<u64>) -> Plan {
    plan_under(None, parts, choices, built)
}

/// The plan of what lies under a function, whose own packages are found too.
pub fn plan_under(
    function: Option<&Recognised>,
    mut parts: Vec<Rc<Recognised>>,
    choices: Choices,
    built: Option<u64>,
) -> Plan {
    parts.extend(choices.operations.iter().filter_map(|operation| match operation {
        Operation::Write { path, text } => Some(Rc::new(recognise::written(path, text))),
        _ => None,
    }));
    let Placed { placements, omitted, folders, unused } = place::place(&parts, &choices);
    let packed: Vec<&Placement> = place::packed(&placements).collect();
    let unzipped = packed.iter().map(|placement| size_of(placement, &parts)).sum();
    let zipped = built.unwrap_or_else(|| estimate(&packed, &parts));
    let sizes = Sizes {
        unzipped,
        unzipped_limit: choices.settings.unzipped_limit(),
        zipped,
        zipped_is_exact: built.is_some(),
        zipped_limit: DIRECT_UPLOAD_LIMIT,
        entries: packed.len(),
    };
    let layer = Layer::of(&parts, &placements);
    let judgements = target::judge(&layer);
    let proposal = propose(&judgements);
    let findings = check::check(&Subject {
        layer: &layer,
        judgements: &judgements,
        proposal: &proposal,
        parts: &parts,
        placements: &placements,
        settings: &choices.settings,
        repairs: &choices.repairs,
        unused: &unused,
        function,
        unzipped,
        zipped,
        zipped_is_exact: built.is_some(),
    });
    let targets = judgements
        .iter()
        .map(|judgement| TargetRow {
            target: judgement.target,
            verdict: judgement.verdict(),
            reasons: judgement.reasons(&layer),
        })
        .collect();
    let tree = Tree::of(&placements, &folders, |placement| size_of(placement, &parts), &findings);
    Plan { parts, placements, omitted, folders, findings, sizes, proposal, targets, tree, choices }
}

impl Plan {
    /// The placements that go into the zip, sorted by path, each path once.
    pub fn packed(&self) -> impl Iterator<Item = &Placement> {
        place::packed(&self.placements)
    }

    /// The files that go into the zip, sorted by path, each path once.
    pub fn items(&self) -> Vec<Item> {
        place::packed(&self.placements)
            .filter_map(|placement| {
                let source = &self.parts.get(placement.part)?.source;
                let content = match &placement.link {
                    Some(link) => Content::Held(link.target.as_bytes().into()),
                    None => placement.content(&self.parts)?.clone(),
                };
                Some(Item {
                    path: placement.path.clone(),
                    mode: placement.mode,
                    content,
                    source: source.name.clone(),
                    entry: placement.entry(&self.parts)?.path.clone(),
                })
            })
            .collect()
    }

    /// Whether an operation is about anything in the plan.
    pub fn concerns(&self, operation: &Operation) -> bool {
        if let Operation::Place { source, path, .. } = operation {
            return self
                .omitted
                .iter()
                .filter_map(|omitted| self.parts.get(omitted.part).zip(Some(omitted.entry)))
                .any(|(part, entry)| {
                    let entry = part.entry(entry).filter(|_| part.source.name == *source);
                    entry.is_some_and(|entry| within(&entry.path, path).is_some())
                });
        }
        let makes = matches!(operation, Operation::Write { .. } | Operation::Folder { .. });
        makes
            || self.placements.iter().any(|placement| place::matches(placement, &self.parts, operation))
            || self.folders.iter().any(|folder| folder.is_within(operation.subject()))
    }

    /// To include a source that has no place means to give it one: where its bytes would lie if it were the layer.
    pub fn included(&self, operation: Operation) -> Operation {
        match &operation {
            Operation::Include(Scope::Source(source)) if !self.concerns(&operation) => {
                let part = self.parts.iter().find(|part| part.source.name == *source);
                let to = part.map_or("", |part| part.source.root()).to_owned();
                Operation::Place { source: source.clone(), path: to.clone(), to }
            }
            _ => operation,
        }
    }

    /// The name of the zip, e.g. `"my-layer.zip"`.
    pub fn file_name(&self) -> String {
        let name = self.layer_name();
        // An ARN ends in the name; a hyphen first would make the file look like an option.
        let plain = plain_name(name.rsplit(':').next().unwrap_or(""));
        format!("{}.zip", if plain.is_empty() { "layer" } else { &plain })
    }

    /// The chosen layer name, or one made from what was dropped.
    pub fn layer_name(&self) -> String {
        publish::layer_name(&self.choices.settings, &self.parts)
    }

    /// All that can be done with the zip that was packed, and with what AWS then answered.
    pub fn kit(&self, packed: &Packed, published: &[Version]) -> Kit {
        let errors: Vec<&Rule> = self
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.rule)
            .collect();
        let release = Release {
            settings: &self.choices.settings,
            name: &self.layer_name(),
            file: &self.file_name(),
            size: packed.size,
            code_sha256: &packed.code_sha256(),
            published,
        };
        Kit::new(&release, &errors)
    }

    /// How many bytes a placement has unpacked.
    pub fn size_of(&self, placement: &Placement) -> u64 {
        size_of(placement, &self.parts)
    }

    /// How many bytes a placement will probably have in the zip.
    pub fn zipped_size_of(&self, placement: &Placement) -> u64 {
        zipped_size_of(placement, &self.parts)
    }

    /// What the layer could do without, the safe and large groups first. Source files are read for it, once.
    pub fn savings(&self) -> Vec<Saving> {
        let layer = Layer::of(&self.parts, &self.placements);
        slimming::savings(&layer, &self.choices.settings, |placement| {
            let own = pack::overhead(std::iter::once(placement.path.as_str())) - pack::overhead(std::iter::empty());
            (self.size_of(placement), self.zipped_size_of(placement) + own)
        })
    }

    /// How many of the savings it takes to stay within a budget.
    pub fn fit(&self, budget: Budget, savings: &[Saving]) -> Fit {
        let sizes = &self.sizes;
        match budget {
            // AWS's own words are "must be smaller than".
            Budget::Unzipped => Fit::of(savings, budget, sizes.unzipped, sizes.unzipped_limit.saturating_sub(1)),
            Budget::Zipped => Fit::of(savings, budget, sizes.zipped, sizes.zipped_limit),
        }
    }

    /// The packages that go into the zip, e.g. `"pypi requests"`, with their versions.
    pub fn packages(&self) -> BTreeMap<String, BTreeSet<String>> {
        let packed: BTreeSet<(usize, usize)> =
            self.packed().map(|placement| (placement.part, placement.entry)).collect();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (index, part) in self.parts.iter().enumerate() {
            for (package, versions) in part.versions(&|entry| packed.contains(&(index, entry))) {
                found.entry(package).or_default().extend(versions);
            }
        }
        found
    }

    /// The checks that found nothing.
    pub fn passed(&self) -> Vec<Passed> {
        check::passed(&self.findings, &self.parts, &self.choices.settings, self.sizes.entries)
    }

    /// What each node of the tree weighs, unpacked or in the zip.
    pub fn weights(&self, zipped: bool) -> Vec<u64> {
        let weigh = if zipped { Plan::zipped_size_of } else { Plan::size_of };
        self.tree.weights(|index| self.placements.get(index).map_or(0, |placement| weigh(self, placement)))
    }
}

/// A link has the bytes of its target's path; Lambda counts no more (reported as a layer of 36 MB instead of 90).
fn size_of(placement: &Placement, parts: &[Rc<Recognised>]) -> u64 {
    match &placement.link {
        Some(link) => link.target.len() as u64,
        None => placement.content(parts).map_or(0, Content::size),
    }
}

/// The size that the zip will probably have.
fn estimate(packed: &[&Placement], parts: &[Rc<Recognised>]) -> u64 {
    let contents: u64 = packed.iter().map(|placement| zipped_size_of(placement, parts)).sum();
    contents + pack::overhead(packed.iter().map(|placement| placement.path.as_str()))
}

/// Exact for links and what is copied packed, a third for what is still to be packed.
fn zipped_size_of(placement: &Placement, parts: &[Rc<Recognised>]) -> u64 {
    match placement.content(parts) {
        _ if placement.link.is_some() => size_of(placement, parts),
        Some(Content::Member(Member { packed, .. })) => *packed,
        other => other.map_or(0, Content::size) / 3,
    }
}
