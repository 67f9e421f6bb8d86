//! What AWS answered when the layer was published, as a person pastes it.

use serde_json::Value;

use crate::error::Error;
use crate::tables::limits::MAX_ANSWER;
use crate::words::{grouped, quoted};

/// A layer version that AWS made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its ARN, e.g. `"arn:aws:lambda:eu-west-1:123456789012:layer:demo:3"`.
    pub arn: String,
    /// Its number, from 1 on.
    pub number: u64,
}

impl Version {
    /// Reads a version's ARN.
    pub fn of_arn(arn: &str) -> Option<Version> {
        let parts: Vec<&str> = arn.split(':').collect();
        let ["arn", partition, "lambda", region, account, "layer", name, number] = parts.as_slice() else {
            return None;
        };
        let plain = |text: &&str| {
            !text.is_empty()
                && text.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let sound = [partition, region, account, name].into_iter().all(plain) && account.len() == 12 && digits(account);
        let number = if digits(number) { number.parse().ok()? } else { return None };
        (sound && number > 0).then(|| Version { arn: arn.to_owned(), number })
    }

    /// The layer's ARN, without the version.
    pub fn layer_arn(&self) -> &str {
        self.arn.rsplit_once(':').map_or(&self.arn, |(layer, _)| layer)
    }

    /// Its region, e.g. `"eu-west-1"`.
    pub fn region(&self) -> &str {
        self.part(3)
    }

    /// The account that owns it, 12 digits.
    pub fn account(&self) -> &str {
        self.part(4)
    }

    /// The layer's name.
    pub fn name(&self) -> &str {
        self.part(6)
    }

    fn part(&self, at: usize) -> &str {
        self.arn.split(':').nth(at).unwrap_or("")
    }
}

/// The versions in what the publish command printed: one answer in JSON for each region, with whatever else the
/// command said around them. Each must be of the layer `name`, and of a zip with that `CodeSha256`.
pub fn versions(text: &str, name: &str, code_sha256: &str) -> Result<Vec<Version>, Error> {
    let invalid = |found: String| Error::InvalidAnswer { found };
    if text.len() > MAX_ANSWER {
        return Err(invalid(format!(
            "found {} bytes; expected what the publish command printed",
            grouped(text.len() as u64)
        )));
    }
    let answers = answers(text);
    let mut versions: Vec<Version> = Vec::new();
    for answer in &answers {
        let Some(arn) = answer.get("LayerVersionArn").and_then(Value::as_str) else { continue };
        let version = Version::of_arn(arn).ok_or_else(|| {
            invalid(format!(
                "{} is not the ARN of a layer version; expected arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION",
                quoted(arn)
            ))
        })?;
        let plain = name.rsplit(':').next().unwrap_or(name);
        if version.name() != plain {
            return Err(invalid(format!(
                "the answer is about the layer {}; expected {}",
                quoted(version.name()),
                quoted(plain)
            )));
        }
        let hash = answer.get("Content").and_then(|content| content.get("CodeSha256")).and_then(Value::as_str);
        match hash {
            Some(hash) if hash == code_sha256 => {}
            Some(hash) => {
                return Err(invalid(format!(
                    "AWS reports the CodeSha256 {hash} for {arn}; this zip has {code_sha256}: another zip was published"
                )));
            }
            None => {
                return Err(invalid(format!(
                    "the answer about {arn} has no CodeSha256; paste all that the publish command printed"
                )));
            }
        }
        versions.retain(|other| other.region() != version.region());
        versions.push(version);
    }
    if versions.is_empty() {
        let found = match answers.as_slice() {
            [] => "no JSON",
            _ => "JSON without LayerVersionArn",
        };
        return Err(invalid(format!(
            "found {found}; expected what the publish command printed, with LayerVersionArn and CodeSha256 in it"
        )));
    }
    Ok(versions)
}

/// The JSON objects in a text, one after the other.
fn answers(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = rest.get(at..).unwrap_or("");
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let skipped = match stream.next() {
            Some(Ok(value)) => {
                found.push(value);
                stream.byte_offset()
            }
            _ => 1,
        };
        rest = rest.get(skipped..).unwrap_or("");
    }
    found
}
