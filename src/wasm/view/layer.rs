//! A finished layer with all that can be done with it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::publish::{self, Kit};
use crate::session::Layer as CoreLayer;

#[derive(serde::Serialize)]
struct SideFile<'a> {
    name: &'a str,
    text: &'a str,
}

#[derive(serde::Serialize)]
struct Command<'a> {
    title: &'a str,
    about: &'a str,
    sh: &'a str,
    powershell: &'a str,
    cmd: &'a str,
    files: Vec<SideFile<'a>>,
}

impl<'a> From<&'a publish::Command> for Command<'a> {
    fn from(command: &'a publish::Command) -> Command<'a> {
        Command {
            title: command.title,
            about: command.about,
            sh: &command.sh,
            powershell: &command.powershell,
            cmd: &command.cmd,
            files: command.files.iter().map(|file| SideFile { name: &file.name, text: &file.text }).collect(),
        }
    }
}

/// The commands by name, in their order.
struct Commands<'a>(&'a Kit);

impl Serialize for Commands<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.commands.len()))?;
        for command in &self.0.commands {
            map.serialize_entry(command.id, &Command::from(command))?;
        }
        map.end()
    }
}

/// The snippets' texts by name, in their order.
struct Snippets<'a>(&'a Kit);

impl Serialize for Snippets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.snippets.iter().map(|snippet| (snippet.id, &snippet.text)))
    }
}

#[derive(serde::Serialize)]
struct Version<'a> {
    arn: &'a str,
    number: f64,
    region: &'a str,
    account: &'a str,
}

/// A bundle; its blob is added by the caller.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    /// Its name.
    pub file_name: String,
}

/// A finished layer; its blob is added by the caller.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer<'a> {
    file_name: &'a str,
    size: f64,
    code_sha256: String,
    sha256_hex: String,
    unzipped_size: f64,
    entry_count: usize,
    saved: f64,
    commands: Commands<'a>,
    snippets: Snippets<'a>,
    published: Vec<Version<'a>>,
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
            saved: layer.packed.saved as f64,
            commands: Commands(&layer.kit),
            snippets: Snippets(&layer.kit),
            published: layer
                .published
                .iter()
                .map(|version| Version {
                    arn: &version.arn,
                    number: version.number as f64,
                    region: version.region(),
                    account: version.account(),
                })
                .collect(),
        }
    }
}
