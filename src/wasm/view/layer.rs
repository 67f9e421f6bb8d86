//! A finished layer with its commands.

use serde::Serialize;

use crate::publish;
use crate::session::Layer as CoreLayer;

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
