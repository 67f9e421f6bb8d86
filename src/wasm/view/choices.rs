//! Settings and operations as scripts read and write them.

use serde::{Deserialize, Serialize};

use crate::choices::{self, Scope};
use crate::error::Error;
use crate::slimming::Budget;

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
    regions: &'a [String],
    s3_object_version: &'a str,
    s3_storage_mode: &'a str,
    share_with: &'a [String],
    function_name: &'a str,
    keep_versions: u32,
    function_size: u32,
    other_layers_size: u32,
    name_prefix: &'a str,
    allowed_licenses: &'a [String],
    recompress: &'a str,
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
            regions: &settings.regions,
            s3_object_version: &settings.s3_object_version,
            s3_storage_mode: &settings.s3_storage_mode,
            share_with: &settings.share_with,
            function_name: &settings.function_name,
            keep_versions: settings.keep_versions,
            function_size: settings.function_size,
            other_layers_size: settings.other_layers_size,
            name_prefix: &settings.name_prefix,
            allowed_licenses: &settings.allowed_licenses,
            recompress: &settings.recompress,
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
    regions: Option<Vec<String>>,
    s3_object_version: Option<String>,
    s3_storage_mode: Option<String>,
    share_with: Option<Vec<String>>,
    function_name: Option<String>,
    keep_versions: Option<u32>,
    function_size: Option<u32>,
    other_layers_size: Option<u32>,
    name_prefix: Option<String>,
    allowed_licenses: Option<Vec<String>>,
    recompress: Option<String>,
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
            regions: self.regions.unwrap_or(now.regions),
            s3_object_version: self.s3_object_version.unwrap_or(now.s3_object_version),
            s3_storage_mode: self.s3_storage_mode.unwrap_or(now.s3_storage_mode),
            share_with: self.share_with.unwrap_or(now.share_with),
            function_name: self.function_name.unwrap_or(now.function_name),
            keep_versions: self.keep_versions.unwrap_or(now.keep_versions),
            function_size: self.function_size.unwrap_or(now.function_size),
            other_layers_size: self.other_layers_size.unwrap_or(now.other_layers_size),
            name_prefix: self.name_prefix.unwrap_or(now.name_prefix),
            allowed_licenses: self.allowed_licenses.unwrap_or(now.allowed_licenses),
            recompress: self.recompress.unwrap_or(now.recompress),
        }
    }
}

/// An operation as a script gives it, e.g. `{ op: "move", path: "a.py", to: "python/a.py" }`.
#[derive(Deserialize)]
#[serde(try_from = "Fields")]
pub enum Operation {
    Move { path: Option<String>, source: Option<String>, to: String },
    Rename { path: String, name: String },
    Exclude { path: Option<String>, paths: Option<Vec<String>>, source: Option<String> },
    Include { path: Option<String>, paths: Option<Vec<String>>, source: Option<String>, to: Option<String> },
    Slim { id: String },
    Fit { limit: String },
    Mend { path: String },
    Link { path: Option<String>, paths: Option<Vec<String>>, to: String },
    Chmod { path: String, mode: u32 },
    Write { path: String, text: String },
    Folder { path: String },
    Fix { id: String },
    FixAll,
    All { operations: Vec<Operation> },
}

/// The fields that operations have. Serde's own tagged enums would read each of them twice, for 15 kB more of engine.
#[derive(Deserialize)]
struct Fields {
    op: String,
    path: Option<String>,
    paths: Option<Vec<String>>,
    source: Option<String>,
    to: Option<String>,
    name: Option<String>,
    id: Option<String>,
    limit: Option<String>,
    mode: Option<u32>,
    text: Option<String>,
    operations: Option<Vec<Operation>>,
}

impl TryFrom<Fields> for Operation {
    type Error = String;

    fn try_from(fields: Fields) -> Result<Operation, String> {
        fn of<T>(value: Option<T>, field: &str) -> Result<T, String> {
            value.ok_or_else(|| format!("its {field} is missing"))
        }
        let Fields { op, path, paths, source, to, name, id, limit, mode, text, operations } = fields;
        Ok(match op.as_str() {
            "move" => Operation::Move { path, source, to: of(to, "to")? },
            "rename" => Operation::Rename { path: of(path, "path")?, name: of(name, "name")? },
            "link" => Operation::Link { path, paths, to: of(to, "to")? },
            "exclude" => Operation::Exclude { path, paths, source },
            "include" => Operation::Include { path, paths, source, to },
            "slim" => Operation::Slim { id: of(id, "id")? },
            "fit" => Operation::Fit { limit: of(limit, "limit")? },
            "mend" => Operation::Mend { path: of(path, "path")? },
            "chmod" => Operation::Chmod { path: of(path, "path")?, mode: of(mode, "mode")? },
            "write" => Operation::Write { path: of(path, "path")?, text: of(text, "text")? },
            "folder" => Operation::Folder { path: of(path, "path")? },
            "fix" => Operation::Fix { id: of(id, "id")? },
            "fixAll" => Operation::FixAll,
            "all" => Operation::All { operations: of(operations, "operations")? },
            _ => return Err(format!("there is no {op:?}")),
        })
    }
}

/// What an operation comes down to.
pub enum Step {
    Operation(choices::Operation),
    Fix(String),
    FixAll,
    Slim(String),
    Fit(Budget),
    All(Vec<choices::Operation>),
}

impl Operation {
    /// As the core has it.
    pub fn into_core(self) -> Result<Step, Error> {
        let scope = |path, paths, source| {
            let found = || Error::InvalidOperation { found: "expected a path, paths or a source".into() };
            Scope::of(path, paths, source).ok_or_else(found)
        };
        Ok(Step::Operation(match self {
            Operation::Move { path, source: Some(source), to }
            | Operation::Include { path, source: Some(source), to: Some(to), .. } => {
                choices::Operation::Place { source, path: path.unwrap_or_default(), to }
            }
            Operation::Move { path: Some(path), source: None, to } => choices::Operation::Move { path, to },
            Operation::Move { path: None, source: None, .. } | Operation::Include { source: None, to: Some(_), .. } => {
                return Err(Error::InvalidOperation {
                    found: "expected the path or the source that goes there".into(),
                });
            }
            Operation::Rename { path, name } => choices::Operation::Rename { path, name },
            Operation::Exclude { path, paths, source } => choices::Operation::Exclude(scope(path, paths, source)?),
            Operation::Include { path, paths, source, to: None } => {
                choices::Operation::Include(scope(path, paths, source)?)
            }
            Operation::Slim { id } => return Ok(Step::Slim(id)),
            Operation::Fit { limit } => {
                let found = || format!("found the limit {limit:?}; expected unzipped or zipped");
                return Budget::find(&limit).map(Step::Fit).ok_or_else(|| Error::InvalidOperation { found: found() });
            }
            Operation::Mend { path } => choices::Operation::Mend { path },
            Operation::Link { path, paths, to } => {
                let paths = paths.or(path.map(|path| vec![path])).unwrap_or_default();
                choices::Operation::Link { paths: Scope::sorted(paths), to }
            }
            Operation::Chmod { path, mode } => choices::Operation::Chmod { path, mode },
            Operation::Write { path, text } => choices::Operation::Write { path, text },
            Operation::Folder { path } => choices::Operation::Folder { path },
            Operation::Fix { id } => return Ok(Step::Fix(id)),
            Operation::FixAll => return Ok(Step::FixAll),
            Operation::All { operations } => {
                let each = operations.into_iter().map(|operation| match operation.into_core()? {
                    Step::Operation(operation) => Ok(operation),
                    _ => {
                        Err(Error::InvalidOperation { found: "expected operations on files in a list of them".into() })
                    }
                });
                return Ok(Step::All(each.collect::<Result<_, _>>()?));
            }
        }))
    }
}
