//! What the page sees: plain objects of their own, so that the core's types may change freely.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::choices::{self, Scope};
use crate::error::Error;
use crate::place::Placement;
use crate::plan::{self, Plan as CorePlan};
use crate::publish;
use crate::recognise::Recognised as CoreRecognised;
use crate::session::{Layer as CoreLayer, Session};
use crate::tables::layouts::Layout;
use crate::tables::limits::FIELDS;
use crate::tables::runtimes::{Architecture, RUNTIMES, Support};

/// The settings; all of them are always there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings<'a> {
    runtimes: &'a [String],
    architectures: &'a [String],
    layer_name: &'a str,
    description: &'a str,
    license_info: &'a str,
    s3_bucket: &'a str,
    s3_key: &'a str,
    region: &'a str,
    profile: &'a str,
    layout: &'a str,
}

impl<'a> From<&'a choices::Settings> for Settings<'a> {
    fn from(settings: &'a choices::Settings) -> Settings<'a> {
        Settings {
            runtimes: &settings.runtimes,
            architectures: &settings.architectures,
            layer_name: &settings.layer_name,
            description: &settings.description,
            license_info: &settings.license_info,
            s3_bucket: &settings.s3_bucket,
            s3_key: &settings.s3_key,
            region: &settings.region,
            profile: &settings.profile,
            layout: &settings.layout,
        }
    }
}

/// Some of the settings.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartialSettings {
    runtimes: Option<Vec<String>>,
    architectures: Option<Vec<String>>,
    layer_name: Option<String>,
    description: Option<String>,
    license_info: Option<String>,
    s3_bucket: Option<String>,
    s3_key: Option<String>,
    region: Option<String>,
    profile: Option<String>,
    layout: Option<String>,
}

impl PartialSettings {
    /// All settings: these where they are given, else the present ones.
    pub fn over(self, now: &choices::Settings) -> choices::Settings {
        let now = now.clone();
        choices::Settings {
            runtimes: self.runtimes.unwrap_or(now.runtimes),
            architectures: self.architectures.unwrap_or(now.architectures),
            layer_name: self.layer_name.unwrap_or(now.layer_name),
            description: self.description.unwrap_or(now.description),
            license_info: self.license_info.unwrap_or(now.license_info),
            s3_bucket: self.s3_bucket.unwrap_or(now.s3_bucket),
            s3_key: self.s3_key.unwrap_or(now.s3_key),
            region: self.region.unwrap_or(now.region),
            profile: self.profile.unwrap_or(now.profile),
            layout: self.layout.unwrap_or(now.layout),
        }
    }
}

/// An operation as a script gives it.
#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "camelCase")]
pub enum Operation {
    Move { path: String, to: String },
    Rename { path: String, name: String },
    Exclude { path: Option<String>, source: Option<String> },
    Include { path: Option<String>, source: Option<String> },
    Chmod { path: String, mode: u32 },
    Fix { id: String },
}

/// An operation on files, or a finding's fix.
pub enum Step {
    Operation(choices::Operation),
    Fix(String),
}

impl Operation {
    /// As the core has it.
    pub fn into_core(self) -> Result<Step, Error> {
        let scope = |path: Option<String>, source: Option<String>| match (path, source) {
            (Some(path), None) => Ok(Scope::Path(path)),
            (None, Some(source)) => Ok(Scope::Source(source)),
            _ => Err(Error::InvalidOperation { found: "expected either a path or a source".into() }),
        };
        Ok(Step::Operation(match self {
            Operation::Move { path, to } => choices::Operation::Move { path, to },
            Operation::Rename { path, name } => choices::Operation::Rename { path, name },
            Operation::Exclude { path, source } => choices::Operation::Exclude(scope(path, source)?),
            Operation::Include { path, source } => choices::Operation::Include(scope(path, source)?),
            Operation::Chmod { path, mode } => choices::Operation::Chmod { path, mode },
            Operation::Fix { id } => return Ok(Step::Fix(id)),
        }))
    }
}

/// How far a call has come.
#[derive(Serialize)]
pub struct Progress<'a> {
    pub phase: &'a str,
    pub done: f64,
    pub total: f64,
    pub detail: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    source: &'a str,
    message: &'a str,
    why: &'a str,
    how: &'a str,
    code: &'a str,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    size: f64,
    mode: u32,
    source: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Recognised<'a> {
    source: &'a str,
    kind: &'a str,
    name: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a str>,
    entries: usize,
    size: f64,
    reason: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sizes {
    unzipped: f64,
    unzipped_limit: f64,
    zipped: f64,
    zipped_is_exact: bool,
    zipped_limit: f64,
}

/// The whole plan.
#[derive(Serialize)]
pub struct Plan<'a> {
    entries: Vec<Entry<'a>>,
    excluded: Vec<Entry<'a>>,
    findings: Vec<Finding<'a>>,
    recognised: Vec<Recognised<'a>>,
    sizes: Sizes,
}

/// The plan without its entries.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview<'a> {
    findings: Vec<Finding<'a>>,
    recognised: Vec<Recognised<'a>>,
    sizes: Sizes,
    settings: Settings<'a>,
    entry_count: usize,
    row_count: usize,
    undo: Option<&'a str>,
    redo: Option<&'a str>,
}

/// A row of the tree.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TreeRow<'a> {
    index: usize,
    path: &'a str,
    name: &'a str,
    level: usize,
    set_size: usize,
    pos_in_set: usize,
    folder: bool,
    open: bool,
    excluded: bool,
    files: usize,
    size: f64,
    mode: u32,
    source: &'a str,
    reason: &'a str,
    worst: Option<&'a str>,
}

fn findings(plan: &CorePlan) -> Vec<Finding<'_>> {
    plan.findings
        .iter()
        .map(|finding| Finding {
            rule: finding.rule.id,
            severity: finding.severity.id(),
            path: &finding.path,
            source: &finding.source,
            message: &finding.message,
            why: finding.rule.why,
            how: finding.rule.how,
            code: finding.code.map_or("", |code| code.id),
            fixes: finding
                .fixes
                .iter()
                .map(|fix| Fix { id: &fix.id, label: &fix.label, kind: fix.kind.id() })
                .collect(),
        })
        .collect()
}

fn recognised(plan: &CorePlan) -> Vec<Recognised<'_>> {
    let one = |part: &'_ std::rc::Rc<CoreRecognised>| -> (f64, usize) { (part.size() as f64, part.entries.len()) };
    plan.parts
        .iter()
        .map(|part| {
            let (size, entries) = one(part);
            Recognised {
                source: &part.source.name,
                kind: part.kind.id(),
                name: &part.name,
                version: &part.version,
                refused: part.refused.as_ref().map(|refusal| refusal.code.id),
                entries,
                size,
                reason: &part.reason,
            }
        })
        .collect()
}

fn sizes(plan: &CorePlan) -> Sizes {
    let plan::Sizes { unzipped, unzipped_limit, zipped, zipped_is_exact, zipped_limit, .. } = plan.sizes;
    Sizes {
        unzipped: unzipped as f64,
        unzipped_limit: unzipped_limit as f64,
        zipped: zipped as f64,
        zipped_is_exact,
        zipped_limit: zipped_limit as f64,
    }
}

fn entry<'a>(plan: &'a CorePlan, placement: &'a Placement) -> Entry<'a> {
    Entry {
        path: placement.path.as_str(),
        size: plan.size_of(placement) as f64,
        mode: placement.mode,
        source: plan.parts.get(placement.part).map_or("", |part| part.source.name.as_str()),
        reason: &placement.reason,
    }
}

/// The plan as a script sees it. What has no place in the layer stands among the excluded, with its path in the source.
pub fn plan(plan: &CorePlan) -> Plan<'_> {
    let packed = plan.packed();
    let mut excluded: Vec<Entry> =
        plan.placements.iter().filter(|placement| placement.excluded).map(|placement| entry(plan, placement)).collect();
    excluded.extend(plan.omitted.iter().filter_map(|omitted| {
        let part = plan.parts.get(omitted.part)?;
        let found = part.source.entries.get(omitted.entry)?;
        Some(Entry {
            path: &found.path,
            size: found.content.size() as f64,
            mode: choices::file_mode(found.mode.unwrap_or(0)),
            source: &part.source.name,
            reason: omitted.reason,
        })
    }));
    Plan {
        entries: packed.map(|placement| entry(plan, placement)).collect(),
        excluded,
        findings: findings(plan),
        recognised: recognised(plan),
        sizes: sizes(plan),
    }
}

/// The plan as the page sees it all the time.
pub fn overview(session: &Session) -> Overview<'_> {
    let plan = session.plan();
    Overview {
        findings: findings(plan),
        recognised: recognised(plan),
        sizes: sizes(plan),
        settings: Settings::from(session.settings()),
        entry_count: plan.sizes.entries,
        row_count: session.visible_rows().len(),
        undo: session.undo_label(),
        redo: session.redo_label(),
    }
}

/// Some of the tree's visible rows.
pub fn rows(session: &Session, first: usize, count: usize) -> Vec<TreeRow<'_>> {
    let plan = session.plan();
    session
        .visible_rows()
        .into_iter()
        .enumerate()
        .skip(first)
        .take(count)
        .filter_map(|(index, node)| {
            let node = plan.tree.node(node)?;
            let placement = node.placement.and_then(|placement| plan.placements.get(placement));
            Some(TreeRow {
                index,
                path: &node.path,
                name: node.name(),
                level: node.level,
                set_size: node.set_size,
                pos_in_set: node.position,
                folder: node.folder,
                open: node.folder && session.is_open(&node.path),
                excluded: node.excluded,
                files: node.files,
                size: node.size as f64,
                mode: placement.map_or(0o755, |placement| placement.mode),
                source: placement
                    .and_then(|placement| plan.parts.get(placement.part))
                    .map_or("", |part| part.source.name.as_str()),
                reason: placement.map_or("", |placement| &*placement.reason),
                worst: node.worst.map(crate::check::Severity::id),
            })
        })
        .collect()
}

#[derive(Serialize)]
struct SideFile<'a> {
    name: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Command<'a> {
    sh: &'a str,
    powershell: &'a str,
    cmd: &'a str,
    files: Vec<SideFile<'a>>,
}

impl<'a> From<&'a publish::Command> for Command<'a> {
    fn from(command: &'a publish::Command) -> Command<'a> {
        Command {
            sh: &command.sh,
            powershell: &command.powershell,
            cmd: &command.cmd,
            files: command.files.iter().map(|file| SideFile { name: &file.name, text: &file.text }).collect(),
        }
    }
}

#[derive(Serialize)]
struct Commands<'a> {
    publish: Command<'a>,
}

#[derive(Serialize)]
struct Snippets {}

/// A finished layer; its blob is added by the caller.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer<'a> {
    file_name: &'a str,
    size: f64,
    code_sha256: String,
    sha256_hex: String,
    unzipped_size: f64,
    entry_count: usize,
    commands: Commands<'a>,
    snippets: Snippets,
}

impl<'a> From<&'a CoreLayer> for Layer<'a> {
    fn from(layer: &'a CoreLayer) -> Layer<'a> {
        Layer {
            file_name: &layer.file_name,
            size: layer.packed.size as f64,
            code_sha256: layer.packed.code_sha256(),
            sha256_hex: layer.packed.sha256_hex(),
            unzipped_size: layer.packed.unzipped as f64,
            entry_count: layer.packed.entries,
            commands: Commands { publish: Command::from(&layer.publish) },
            snippets: Snippets {},
        }
    }
}

#[derive(Serialize)]
struct RuntimeRow {
    id: &'static str,
    family: &'static str,
    label: String,
    status: &'static str,
    architectures: Vec<&'static str>,
}

#[derive(Serialize)]
struct LayoutRow {
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

/// The facts that the page shows.
#[derive(Serialize)]
pub struct Catalogue {
    version: &'static str,
    runtimes: Vec<RuntimeRow>,
    architectures: Vec<&'static str>,
    layouts: Vec<LayoutRow>,
    fields: Vec<FieldRow>,
}

/// The facts, from the tables. Runtimes stand by language, the newest first.
pub fn catalogue() -> Catalogue {
    let mut runtimes: Vec<_> = RUNTIMES.iter().collect();
    runtimes.sort_by(|a, b| a.language.cmp(&b.language).then(b.numbers().cmp(&a.numbers())).then(b.id.cmp(a.id)));
    Catalogue {
        version: env!("CARGO_PKG_VERSION"),
        runtimes: runtimes
            .into_iter()
            .map(|runtime| RuntimeRow {
                id: runtime.id,
                family: runtime.language.label(),
                label: format!("{} {}", runtime.language.label(), runtime.version).trim().to_owned(),
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
            .map(|layout| LayoutRow { id: layout.id(), label: layout.label(), help: layout.help() })
            .collect(),
        fields: FIELDS
            .iter()
            .map(|field| FieldRow { id: field.id, label: field.label, help: field.help, max_length: field.max_length })
            .collect(),
    }
}

/// The shapes above for those who write JavaScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export type Severity = "error" | "warning" | "note";
export interface Settings {
  runtimes: string[]; architectures: string[]; layerName: string; description: string; licenseInfo: string;
  s3Bucket: string; s3Key: string; region: string; profile: string; layout: "flat" | "versioned";
}
/** A file as it was dropped. `mode`: Unix mode bits; `mtime`: ms since 1970; `size`: bytes, as first seen. */
export interface DroppedFile { path: string; blob: Blob; mode?: number; mtime?: number; size?: number; }
export interface Fix { id: string; label: string; kind: "safe" | "suggested" | "manual"; }
export interface Finding {
  rule: string; severity: Severity; path: string; source: string; message: string; why: string; how: string;
  code: string; fixes: Fix[];
}
export interface Entry { path: string; size: number; mode: number; source: string; reason: string; }
export interface Recognised {
  source: string; kind: string; name: string; version: string; refused?: string; entries: number; size: number; reason: string;
}
/** Bytes. `zipped` is an estimate until the zip was built. */
export interface Sizes {
  unzipped: number; unzippedLimit: number; zipped: number; zippedIsExact: boolean; zippedLimit: number;
}
export interface Plan { entries: Entry[]; excluded: Entry[]; findings: Finding[]; recognised: Recognised[]; sizes: Sizes; }
export interface Overview {
  findings: Finding[]; recognised: Recognised[]; sizes: Sizes; settings: Settings; entryCount: number; rowCount: number;
  undo: string | null; redo: string | null;
}
export interface TreeRow {
  index: number; path: string; name: string; level: number; setSize: number; posInSet: number; folder: boolean;
  open: boolean; excluded: boolean; files: number; size: number; mode: number; source: string; reason: string;
  worst: Severity | null;
}
export type Operation =
  | { op: "move"; path: string; to: string } | { op: "rename"; path: string; name: string }
  | { op: "exclude"; path?: string; source?: string } | { op: "include"; path?: string; source?: string }
  | { op: "chmod"; path: string; mode: number } | { op: "fix"; id: string };
export interface Command { sh: string; powershell: string; cmd: string; files: { name: string; text: string }[]; }
export interface Layer {
  blob: Blob; fileName: string; size: number; codeSha256: string; sha256Hex: string; unzippedSize: number;
  entryCount: number; commands: { publish: Command }; snippets: Record<string, string>;
}
export interface Progress { phase: "walking" | "reading" | "packing"; done: number; total: number; detail: string; }
export interface Catalogue {
  version: string;
  runtimes: { id: string; family: string; label: string; status: "current" | "deprecated" | "unconfirmed"; architectures: string[]; }[];
  architectures: string[]; layouts: { id: string; label: string; help: string }[];
  fields: { id: keyof Settings; label: string; help: string; maxLength: number }[];
}
"#;
