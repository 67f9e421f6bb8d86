//! What is known of a layer that is about to be published, or was.

use super::published::Version;
use super::script::Argument;
use crate::choices::{Settings, StorageMode};
use crate::tables::limits::DIRECT_UPLOAD_LIMIT;

/// A built layer with the settings that it is published by.
#[derive(Debug, Clone, Copy)]
pub struct Release<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The layer's name, or its ARN without a version.
    pub name: &'a str,
    /// The zip's name, e.g. `"my-layer.zip"`.
    pub file: &'a str,
    /// The zip's bytes.
    pub size: u64,
    /// The `CodeSha256` that AWS will report.
    pub code_sha256: &'a str,
    /// What AWS answered, of each region where it was published.
    pub published: &'a [Version],
}

/// How the zip gets to AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With the publish call itself.
    Direct,
    /// Copied to a bucket, and from there by Lambda.
    Copied,
    /// It is in the bucket already, as that version.
    There,
    /// Copied to a bucket, where Lambda reads it ever after.
    Referenced,
    /// It is too large for the call, and there is no bucket.
    Nowhere,
}

impl<'a> Release<'a> {
    /// Where it is published: the chosen regions in order, or `""` for the command line's own.
    pub fn regions(&self) -> Vec<&'a str> {
        self.settings.all_regions()
    }

    /// How the zip gets to AWS.
    pub fn way(&self) -> Way {
        let settings = self.settings;
        match (settings.s3_bucket.is_empty(), settings.storage_mode()) {
            (true, _) if self.size <= DIRECT_UPLOAD_LIMIT => Way::Direct,
            (true, _) => Way::Nowhere,
            (false, Some(StorageMode::Reference)) => Way::Referenced,
            (false, _) if !settings.s3_object_version.is_empty() => Way::There,
            (false, _) if self.size <= DIRECT_UPLOAD_LIMIT => Way::Direct,
            (false, _) => Way::Copied,
        }
    }

    /// The bucket in a region.
    pub fn bucket(&self, region: &str) -> String {
        self.settings.s3_bucket.replace("{region}", region)
    }

    /// The zip's name in the bucket.
    pub fn key(&self) -> &'a str {
        if self.settings.s3_key.is_empty() { self.file } else { &self.settings.s3_key }
    }

    /// The zip's name without its ending: what other files are called after, e.g. `"my-layer"`.
    pub fn stem(&self) -> &'a str {
        self.file.strip_suffix(".zip").unwrap_or(self.file)
    }

    /// The bare name: an ARN ends in it.
    pub fn plain_name(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// What AWS answered in that region; where no region is chosen, the only answer.
    pub fn version_in(&self, region: &str) -> Option<&'a Version> {
        match (region, self.published) {
            ("", [only]) => Some(only),
            _ => self.published.iter().find(|version| version.region() == region),
        }
    }

    /// The newest answer: what snippets and functions refer to.
    pub fn any_version(&self) -> Option<&'a Version> {
        self.regions().iter().find_map(|region| self.version_in(region))
    }

    /// The account and region options that every call ends with.
    pub fn account(&self, call: super::script::Call, region: &str) -> super::script::Call {
        call.option("--region", region).option("--profile", self.settings.profile.as_str())
    }

    /// `--content` for the publish call; the object's version, if there is to be one, is given.
    pub fn content(&self, region: &str, version: Option<Argument>) -> Argument {
        let content = Argument::from(format!("S3Bucket={},S3Key={}", self.bucket(region), self.key()));
        match version {
            Some(version) => content.then(",S3ObjectVersion=").and(&version),
            None => content,
        }
    }
}
