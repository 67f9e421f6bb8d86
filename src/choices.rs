//! All that the person decided: the settings, and the operations on single files.

mod json;
mod operation;
mod publishing;
mod recompress;

pub use self::operation::{Operation, Scope, file_mode};
pub use self::publishing::{Audience, StorageMode};
pub use self::recompress::Recompress;
use crate::order;
use crate::tables::layouts::Layout;
use crate::tables::limits::{MAX_RUNTIMES, UNZIPPED_LIMIT, max_length};
use crate::tables::rules::{self, Rule};
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};
use crate::words::quoted;

/// The settings as they were given: nothing is checked when they are set, so that nothing that was typed is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the publish command's options")]
pub struct Settings {
    pub runtimes: Vec<String>,
    pub architectures: Vec<String>,
    pub layer_name: String,
    pub description: String,
    pub license_info: String,
    pub s3_bucket: String,
    pub s3_key: String,
    pub region: String,
    pub profile: String,
    pub layout: String,
    /// Where to publish, beside `region`.
    pub regions: Vec<String>,
    pub s3_object_version: String,
    pub s3_storage_mode: String,
    /// Account ids, `o-…` for an organization, `*` for everyone.
    pub share_with: Vec<String>,
    pub function_name: String,
    /// How many versions a clean-up leaves.
    pub keep_versions: u32,
    /// What every layer's name begins with.
    pub name_prefix: String,
    /// SPDX identifiers that `license_info` may name; empty for all.
    pub allowed_licenses: Vec<String>,
    pub recompress: String,
    /// Bytes that the function itself takes unpacked; AWS counts it and all its layers together.
    pub function_size: u32,
    /// Bytes that the function's other layers take unpacked.
    pub other_layers_size: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            runtimes: Vec::new(),
            architectures: Vec::new(),
            layer_name: String::new(),
            description: String::new(),
            license_info: String::new(),
            s3_bucket: String::new(),
            s3_key: String::new(),
            region: String::new(),
            profile: String::new(),
            layout: Layout::Flat.id().to_owned(),
            regions: Vec::new(),
            s3_object_version: String::new(),
            s3_storage_mode: StorageMode::Copy.id().to_owned(),
            share_with: Vec::new(),
            function_name: String::new(),
            keep_versions: 3,
            function_size: 0,
            other_layers_size: 0,
            name_prefix: String::new(),
            allowed_licenses: Vec::new(),
            recompress: Recompress::Keep.id().to_owned(),
        }
    }
}

impl Settings {
    /// The chosen runtimes that exist, each once, in the order of the table.
    pub fn runtimes(&self) -> Vec<&'static Runtime> {
        let mut found: Vec<&Runtime> = self.runtimes.iter().filter_map(|id| Runtime::find(id)).collect();
        order::sort_by_key(&mut found, |runtime| runtime.id);
        found.dedup();
        found
    }

    /// The chosen runtimes of one language.
    pub fn runtimes_of(&self, language: Language) -> Vec<&'static Runtime> {
        self.runtimes().into_iter().filter(|runtime| runtime.language == language).collect()
    }

    /// Those of a language that a layer is for: the chosen ones; the current ones where none is chosen at all.
    pub fn runtimes_or_current(&self, language: Language) -> Vec<&'static Runtime> {
        if !self.runtimes().is_empty() {
            return self.runtimes_of(language);
        }
        let current = |runtime: &&Runtime| matches!(runtime.support, Support::Current { .. });
        RUNTIMES.iter().filter(|runtime| runtime.language == language).filter(current).collect()
    }

    /// The chosen architectures that exist, each once.
    pub fn architectures(&self) -> Vec<Architecture> {
        let mut found: Vec<Architecture> = self.architectures.iter().filter_map(|id| Architecture::find(id)).collect();
        order::sort(&mut found);
        found.dedup();
        found
    }

    /// The chosen layout; flat where it can't be read.
    pub fn layout(&self) -> Layout {
        Layout::find(&self.layout).unwrap_or(Layout::Flat)
    }

    /// How hard to pack; not at all hard where it can't be read.
    pub fn recompress(&self) -> Recompress {
        Recompress::find(&self.recompress).unwrap_or(Recompress::Keep)
    }

    /// The fields that are other than in `earlier`, e.g. `"layer name"`.
    pub fn changed_from(&self, earlier: &Settings) -> Vec<&'static str> {
        [
            ("runtimes", self.runtimes != earlier.runtimes),
            ("architectures", self.architectures != earlier.architectures),
            ("layer name", self.layer_name != earlier.layer_name),
            ("description", self.description != earlier.description),
            ("license", self.license_info != earlier.license_info),
            ("S3 bucket", self.s3_bucket != earlier.s3_bucket),
            ("S3 key", self.s3_key != earlier.s3_key),
            ("region", self.region != earlier.region),
            ("profile", self.profile != earlier.profile),
            ("layout", self.layout != earlier.layout),
            ("regions", self.regions != earlier.regions),
            ("S3 object version", self.s3_object_version != earlier.s3_object_version),
            ("S3 storage mode", self.s3_storage_mode != earlier.s3_storage_mode),
            ("accounts", self.share_with != earlier.share_with),
            ("function", self.function_name != earlier.function_name),
            ("versions to keep", self.keep_versions != earlier.keep_versions),
            ("name prefix", self.name_prefix != earlier.name_prefix),
            ("allowed licenses", self.allowed_licenses != earlier.allowed_licenses),
            ("compression", self.recompress != earlier.recompress),
            ("size of the function", self.function_size != earlier.function_size),
            ("size of other layers", self.other_layers_size != earlier.other_layers_size),
        ]
        .into_iter()
        .filter_map(|(field, changed)| changed.then_some(field))
        .collect()
    }

    /// The bytes that the layer must stay under unpacked, with what the function and its other layers take.
    pub fn unzipped_limit(&self) -> u64 {
        UNZIPPED_LIMIT.saturating_sub(u64::from(self.function_size) + u64::from(self.other_layers_size))
    }

    /// What AWS would refuse, or a shell could misread.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add =
            |rule, message: String, mended: Option<Settings>| problems.push(Problem { rule, message, mended });
        for id in self.runtimes.iter().filter(|id| Runtime::find(id).is_none()) {
            let mut mended = self.clone();
            mended.runtimes.retain(|other| other != id);
            add(
                rules::INVALID_RUNTIME,
                format!("{} is not a Lambda runtime; expected one such as python3.12", quoted(id)),
                Some(mended),
            );
        }
        if self.runtimes.len() > MAX_RUNTIMES {
            add(
                rules::TOO_MANY_RUNTIMES,
                format!("{} runtimes are chosen; AWS takes at most {MAX_RUNTIMES}", self.runtimes.len()),
                None,
            );
        }
        for id in self.architectures.iter().filter(|id| Architecture::find(id).is_none()) {
            let mut mended = self.clone();
            mended.architectures.retain(|other| other != id);
            add(
                rules::INVALID_ARCHITECTURE,
                format!("{} is not an architecture of Lambda; expected x86_64 or arm64", quoted(id)),
                Some(mended),
            );
        }
        if Layout::find(&self.layout).is_none() {
            let mended = Settings { layout: Layout::Flat.id().into(), ..self.clone() };
            add(
                rules::INVALID_LAYOUT,
                format!("{} is not a layout; expected flat or versioned", quoted(&self.layout)),
                Some(mended),
            );
        }
        if Recompress::find(&self.recompress).is_none() {
            let mended = Settings { recompress: Recompress::Keep.id().into(), ..self.clone() };
            add(
                rules::INVALID_RECOMPRESS,
                format!("{} is no way to recompress; expected keep or smallest", quoted(&self.recompress)),
                Some(mended),
            );
        }
        if let Some(what) = layer_name_problem(&self.layer_name) {
            let name = plain_name(&self.layer_name);
            let mended = (!name.is_empty()).then(|| Settings { layer_name: name, ..self.clone() });
            add(rules::INVALID_LAYER_NAME, format!("the layer name {} {what}", quoted(&self.layer_name)), mended);
        }
        for (rule, field, text) in [
            (rules::INVALID_DESCRIPTION, "description", &self.description),
            (rules::INVALID_LICENSE_INFO, "licenseInfo", &self.license_info),
        ] {
            let (length, most) = (text.encode_utf16().count(), max_length(field));
            if length > most {
                let field = if field == "licenseInfo" { "license" } else { field };
                add(rule, format!("the {field} has {length} characters; AWS takes at most {most}"), None);
            }
        }
        for (rule, field, text, fits) in [
            (rules::INVALID_REGION, "region", &self.region, is_region as fn(&str) -> bool),
            (rules::INVALID_PROFILE, "profile", &self.profile, is_profile),
            (rules::INVALID_S3_BUCKET, "S3 bucket", &self.s3_bucket.replace("{region}", "eu-west-1"), is_bucket),
            (rules::INVALID_S3_KEY, "S3 key", &self.s3_key, is_key),
        ] {
            if !text.is_empty() && !fits(text) {
                add(rule, format!("the {field} {} is not one; {}", quoted(text), as_clause(rule.how)), None);
            }
        }
        self.publishing_problems(&mut problems);
        problems
    }
}

/// A setting that AWS would refuse.
pub struct Problem {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// What was found and what is expected.
    pub message: String,
    /// Settings without the problem, where they are plain.
    pub mended: Option<Settings>,
}

/// What is wrong with a layer name, by the pattern of `PublishLayerVersion`; empty means that one will be proposed.
fn layer_name_problem(name: &str) -> Option<String> {
    let most = max_length("layerName");
    let allowed = |text: &str| !text.is_empty() && text.chars().all(is_name_character);
    if name.is_empty() {
        return None;
    }
    if name.chars().count() > most {
        return Some(format!("has {} characters; AWS takes at most {most}", name.chars().count()));
    }
    if let Some(arn) = name.strip_prefix("arn:") {
        let parts: Vec<&str> = arn.split(':').collect();
        return match parts.as_slice() {
            [partition, "lambda", region, account, "layer", layer]
                if partition.starts_with("aws")
                    && allowed(partition)
                    && is_region(region)
                    && account.len() == 12
                    && account.bytes().all(|byte| byte.is_ascii_digit())
                    && allowed(layer) =>
            {
                None
            }
            _ => Some(
                "is not the ARN of a layer; expected arn:aws:lambda:REGION:ACCOUNT:layer:NAME without a version".into(),
            ),
        };
    }
    let wrong = name.chars().find(|character| !is_name_character(*character))?;
    Some(format!("holds {wrong:?}; expected only letters, digits, hyphens and underscores"))
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// A name of AWS's alphabet that is as close as possible, e.g. `"my-layer"` for `"my layer"`.
pub fn plain_name(text: &str) -> String {
    let mut plain = String::new();
    for character in text.chars() {
        match character {
            kept if is_name_character(kept) => plain.push(kept),
            _ if plain.ends_with('-') || plain.is_empty() => {}
            _ => plain.push('-'),
        }
    }
    plain.truncate(max_length("layerName"));
    plain.trim_matches('-').to_owned()
}

/// `eu-west-1`, `us-gov-east-1`: words and a number, joined by hyphens.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (Some((number, words)), true) = (parts.split_last(), parts.len() >= 3) else { return false };
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    words.iter().all(word)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && text.len() <= max_length("region")
}

fn is_profile(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || "._-@/+=:".contains(character))
        && !text.starts_with('-')
        && text.len() <= max_length("profile")
}

fn is_bucket(text: &str) -> bool {
    (3..=max_length("s3Bucket")).contains(&text.len())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "._-".contains(character))
        && !text.ends_with('.')
        && !text.starts_with('-')
}

fn is_key(text: &str) -> bool {
    text.len() <= max_length("s3Key")
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "._-/".contains(character))
        && !text.starts_with(['-', '/'])
}

/// A rule's sentence as the end of a message.
fn as_clause(text: &str) -> String {
    let mut characters = text.chars();
    let text: String =
        characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect());
    text.trim_end_matches('.').to_owned()
}

/// Settings and operations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The settings.
    pub settings: Settings,
    /// What was repaired in layers that were nearly right, before anything else.
    pub repairs: Vec<Repair>,
    /// What was done to single files, in order.
    pub operations: Vec<Operation>,
}

/// Operations that mend one kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What is done.
    pub operations: Vec<Operation>,
    /// Why it is a mistake.
    pub reason: &'static str,
}

impl Repair {
    /// The step's name, e.g. `"repair: move python3.12 to python"`.
    pub fn label(&self) -> String {
        match self.operations.as_slice() {
            [only] => format!("repair: {}", only.label()),
            [first, ..] => format!("repair: {}, and {} more", first.label(), self.operations.len() - 1),
            [] => "repair".into(),
        }
    }
}
