//! The settings that only publishing needs: where to, for whom, and what a company presets.

use super::{Problem, Settings, as_clause, is_name_character, is_region};
use crate::license::is_allowed;
use crate::tables::limits::{MAX_NAME_PREFIX, max_length};
use crate::tables::rules::{self, Rule};
use crate::words::quoted;

/// What Lambda does with a zip in S3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageMode {
    /// It copies the zip when the layer is published.
    Copy,
    /// It reads the zip from the bucket ever after.
    Reference,
}

impl StorageMode {
    /// Both, the usual one first.
    pub const ALL: [StorageMode; 2] = [StorageMode::Copy, StorageMode::Reference];

    /// As the setting says it, e.g. `"copy"`.
    pub fn id(self) -> &'static str {
        match self {
            StorageMode::Copy => "copy",
            StorageMode::Reference => "reference",
        }
    }
}

/// Who may use a layer version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience<'a> {
    /// An account, by its 12 digits.
    Account(&'a str),
    /// Every account of an organization, by its id, e.g. `"o-a1b2c3d4e5"`.
    Organization(&'a str),
    /// Everyone with an AWS account.
    Everyone,
}

impl<'a> Audience<'a> {
    /// Reads `"123456789012"`, `"o-a1b2c3d4e5"` or `"*"`.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html>.
    pub fn find(text: &'a str) -> Option<Audience<'a>> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        match text.strip_prefix("o-") {
            Some(id) if (10..=32).contains(&id.len()) && plain(id) => Some(Audience::Organization(text)),
            Some(_) => None,
            None if text == "*" => Some(Audience::Everyone),
            None if is_account(text) => Some(Audience::Account(text)),
            None => None,
        }
    }

    /// The permission's name in the policy, e.g. `"account-123456789012"`.
    pub fn statement_id(&self) -> String {
        match self {
            Audience::Account(id) => format!("account-{id}"),
            Audience::Organization(id) => format!("organization-{id}"),
            Audience::Everyone => "everyone".into(),
        }
    }

    /// Whom the permission names: an account, or `"*"`.
    pub fn principal(&self) -> &'a str {
        match self {
            Audience::Account(id) => id,
            Audience::Organization(_) | Audience::Everyone => "*",
        }
    }
}

impl Settings {
    /// All regions to publish to, each once; `[""]` for the command line's own.
    pub fn all_regions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for region in std::iter::once(&self.region).chain(&self.regions).filter(|region| !region.is_empty()) {
            if !all.contains(&region.as_str()) {
                all.push(region);
            }
        }
        if all.is_empty() { vec![""] } else { all }
    }

    /// What Lambda is to do with a zip in S3.
    pub fn storage_mode(&self) -> Option<StorageMode> {
        StorageMode::ALL.into_iter().find(|mode| mode.id() == self.s3_storage_mode)
    }

    /// Who is to have the layer, each once; what can't be read is left out.
    pub fn audiences(&self) -> Vec<Audience<'_>> {
        let mut all: Vec<Audience> = Vec::new();
        for audience in self.share_with.iter().filter_map(|text| Audience::find(text)) {
            if !all.contains(&audience) {
                all.push(audience);
            }
        }
        all
    }

    /// The region that the function's ARN names.
    pub fn function_region(&self) -> Option<&str> {
        self.function_name.strip_prefix("arn:")?.split(':').nth(2)
    }

    /// What AWS would refuse, or whoever set the page up does not allow.
    pub(super) fn publishing_problems(&self, problems: &mut Vec<Problem>) {
        let mut add = |rule: &'static Rule, message: String, mended: Option<Settings>| {
            problems.push(Problem { rule, message, mended });
        };
        for region in self.regions.iter().filter(|region| !is_region(region)) {
            let mut mended = self.clone();
            mended.regions.retain(|other| is_region(other));
            let message = format!("{} is not a region; {}", quoted(region), as_clause(rules::INVALID_REGION.how));
            add(rules::INVALID_REGION, message, Some(mended));
        }
        if let Some(region) = self
            .layer_region()
            .filter(|region| self.all_regions().iter().any(|other| other != region && !other.is_empty()))
        {
            let message = format!(
                "the layer name is an ARN in {region}, and another region is chosen; expected a name without a region, or {region} alone"
            );
            add(rules::INVALID_LAYER_NAME, message, None);
        }
        self.s3_problems(&mut add);
        for text in self.share_with.iter().filter(|text| Audience::find(text).is_none()) {
            let mut mended = self.clone();
            mended.share_with.retain(|other| Audience::find(other).is_some());
            let rule = rules::INVALID_AUDIENCE;
            let message = format!("{} is no account to share with; {}", quoted(text), as_clause(rule.how));
            add(rule, message, Some(mended));
        }
        if !self.function_name.is_empty()
            && let Some(what) = self.function_problem()
        {
            add(rules::INVALID_FUNCTION, format!("the function {} {what}", quoted(&self.function_name)), None);
        }
        if self.keep_versions == 0 {
            let mended = Settings { keep_versions: 1, ..self.clone() };
            add(rules::INVALID_KEEP_VERSIONS, "0 versions are to be kept; expected at least 1".into(), Some(mended));
        }
        self.preset_problems(&mut add);
    }

    fn s3_problems(&self, add: &mut impl FnMut(&'static Rule, String, Option<Settings>)) {
        let version = &self.s3_object_version;
        let plain =
            |text: &str| text.chars().all(|character| character.is_ascii_alphanumeric() || "._-".contains(character));
        let rule = rules::INVALID_S3_OBJECT_VERSION;
        if !plain(version) || version.len() > max_length("s3ObjectVersion") {
            add(rule, format!("the S3 object version {} is not one; {}", quoted(version), as_clause(rule.how)), None);
        } else if !version.is_empty() && self.all_regions().len() > 1 {
            let message = "an S3 object version is named, and several regions are chosen; each region's bucket has a version of its own";
            add(rule, message.into(), Some(Settings { s3_object_version: String::new(), ..self.clone() }));
        } else if !version.is_empty() && self.storage_mode() == Some(StorageMode::Reference) {
            let message = "an S3 object version is named, and the storage mode is reference, which finds the version out by itself; expected one of the two";
            add(rule, message.into(), Some(Settings { s3_object_version: String::new(), ..self.clone() }));
        }
        let mode = self.storage_mode().unwrap_or(StorageMode::Copy);
        if self.storage_mode().is_none() {
            let message =
                format!("{} is not a storage mode; expected copy or reference", quoted(&self.s3_storage_mode));
            let mended = Settings { s3_storage_mode: mode.id().into(), ..self.clone() };
            add(rules::INVALID_STORAGE_MODE, message, Some(mended));
        }
        let bucket = &self.s3_bucket;
        if bucket.is_empty() && (mode == StorageMode::Reference || !version.is_empty()) {
            let what = if version.is_empty() { "the storage mode reference" } else { "an S3 object version" };
            let mended = Settings {
                s3_object_version: String::new(),
                s3_storage_mode: StorageMode::Copy.id().into(),
                ..self.clone()
            };
            add(rules::BUCKET_NEEDED, format!("{what} is chosen without an S3 bucket"), Some(mended));
        }
        let regions = self.all_regions();
        if bucket.contains("{region}") && regions == [""] {
            let message = format!("the S3 bucket {} holds {{region}}, and no region is chosen", quoted(bucket));
            add(rules::INVALID_S3_BUCKET, message, None);
        }
        if !bucket.is_empty() && !bucket.contains("{region}") && regions.len() > 1 {
            let message =
                format!("the S3 bucket {} lies in one region, and {} are chosen", quoted(bucket), regions.len());
            add(rules::BUCKET_IN_ONE_REGION, message, None);
        }
    }

    fn preset_problems(&self, add: &mut impl FnMut(&'static Rule, String, Option<Settings>)) {
        let prefix = &self.name_prefix;
        if !prefix.chars().all(is_name_character) || prefix.len() > MAX_NAME_PREFIX {
            let rule = rules::INVALID_NAME_PREFIX;
            add(rule, format!("the name prefix {} is not one; {}", quoted(prefix), as_clause(rule.how)), None);
        }
        let name = self.layer_name.rsplit(':').next().unwrap_or("");
        if !name.is_empty() && !name.starts_with(prefix.as_str()) {
            let message = format!("the layer name {} does not begin with {}", quoted(name), quoted(prefix));
            let with_prefix = format!("{prefix}{name}");
            let fits = name == self.layer_name && with_prefix.len() <= max_length("layerName");
            let mended = fits.then(|| Settings { layer_name: with_prefix, ..self.clone() });
            add(rules::NAME_WITHOUT_PREFIX, message, mended);
        }
        if !self.allowed_licenses.is_empty() && !is_allowed(&self.license_info, &self.allowed_licenses) {
            let found = match self.license_info.as_str() {
                "" => "no license is named".to_owned(),
                text => format!("the license {} is not allowed here", quoted(text)),
            };
            let mended = match self.allowed_licenses.as_slice() {
                [only] => Some(Settings { license_info: only.clone(), ..self.clone() }),
                _ => None,
            };
            let message = format!("{found}; expected one of {}", self.allowed_licenses.join(", "));
            add(rules::LICENSE_NOT_ALLOWED, message, mended);
        }
    }

    fn layer_region(&self) -> Option<&str> {
        self.layer_name.strip_prefix("arn:")?.split(':').nth(2)
    }

    fn function_problem(&self) -> Option<String> {
        let name = self.function_name.as_str();
        let fits = |name: &str| (1..=64).contains(&name.len()) && name.chars().all(is_name_character);
        let Some(arn) = name.strip_prefix("arn:") else {
            let how = as_clause(rules::INVALID_FUNCTION.how);
            return (!fits(name) || name.starts_with('-')).then(|| format!("is not one; {how}"));
        };
        match arn.split(':').collect::<Vec<_>>().as_slice() {
            [partition, "lambda", region, account, "function", name]
                if partition.starts_with("aws")
                    && fits(partition)
                    && is_region(region)
                    && is_account(account)
                    && fits(name) =>
            {
                let regions = self.all_regions();
                (regions != [""] && !regions.contains(region))
                    .then(|| format!("is in {region}, where the layer is not published"))
            }
            _ => Some(
                "is not the ARN of a function; expected arn:aws:lambda:REGION:ACCOUNT:function:NAME without a version"
                    .into(),
            ),
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
