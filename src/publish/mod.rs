//! The command that publishes the layer: a list of arguments first, then text for each shell.
//!
//! Source: <https://docs.aws.amazon.com/cli/latest/reference/lambda/publish-layer-version.html>. The CLI itself is a
//! trap: a value that begins with `file://` or, in version 1, `https://` is fetched and replaced, and one that begins
//! with `-` is taken for an option. Free text that a shell or the CLI could twist therefore goes into a side file.

mod quote;

use std::rc::Rc;

use serde_json::{Map, Value};

pub use self::quote::Shell;
use crate::choices::{Settings, plain_name};
use crate::recognise::{Kind, Recognised};
use crate::tables::limits::DIRECT_UPLOAD_LIMIT;
use crate::tables::rules::{self, Rule};

/// A command as text for three shells; empty texts where AWS is known to refuse it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Command {
    /// For sh, bash, dash and zsh.
    pub sh: String,
    /// For PowerShell, Windows PowerShell 5.1 included.
    pub powershell: String,
    /// For the Windows command prompt.
    pub cmd: String,
    /// Files that the command reads beside the zip.
    pub files: Vec<SideFile>,
}

/// A file that a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFile {
    /// Its name, in the folder that the command runs in.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Rules whose error findings mean that AWS refuses the command, so that none is shown.
pub const REFUSED_BY_AWS: &[&Rule] = &[
    rules::EMPTY_LAYER,
    rules::OVER_UNZIPPED_LIMIT,
    rules::INVALID_RUNTIME,
    rules::TOO_MANY_RUNTIMES,
    rules::INVALID_ARCHITECTURE,
    rules::INVALID_LAYER_NAME,
    rules::INVALID_DESCRIPTION,
    rules::INVALID_LICENSE_INFO,
    rules::INVALID_REGION,
    rules::INVALID_PROFILE,
    rules::INVALID_S3_BUCKET,
    rules::INVALID_S3_KEY,
];

/// The chosen layer name; else the name of the only thing that was dropped, or `"layer"`.
pub fn layer_name(settings: &Settings, parts: &[Rc<Recognised>]) -> String {
    if !settings.layer_name.is_empty() {
        return settings.layer_name.clone();
    }
    let known: Vec<&Rc<Recognised>> = parts
        .iter()
        .filter(|part| {
            !matches!(
                part.kind,
                Kind::NotReady | Kind::SourceDistribution | Kind::PythonList | Kind::Unrecognised | Kind::Refused
            )
        })
        .collect();
    let name = match known.as_slice() {
        [only] => plain_name(&only.name),
        _ => String::new(),
    };
    if name.is_empty() { "layer".into() } else { name }
}

/// The publish command for a zip of `zip_size` bytes that lies in the current folder as `file`.
///
/// A zip over the direct limit is copied to the chosen bucket first; without one there is no command.
pub fn command(settings: &Settings, name: &str, file: &str, zip_size: u64) -> Command {
    let mut publish: Vec<String> = vec!["aws".into(), "lambda".into(), "publish-layer-version".into()];
    let mut files = Vec::new();
    let free = [
        ("Description", "--description", &settings.description),
        ("LicenseInfo", "--license-info", &settings.license_info),
    ];
    if free.iter().all(|(_, _, text)| is_plain(text)) {
        option(&mut publish, "--layer-name", name);
        for (_, option_name, text) in free {
            option(&mut publish, option_name, text);
        }
    } else {
        let fields = free.iter().filter(|(_, _, text)| !text.is_empty());
        let object: Map<String, Value> =
            fields.map(|(field, _, text)| ((*field).to_owned(), Value::String((*text).clone()))).collect();
        let side = file.strip_suffix(".zip").unwrap_or(file).to_owned() + ".publish.json";
        option(&mut publish, "--cli-input-json", &format!("file://{side}"));
        option(&mut publish, "--layer-name", name);
        files.push(SideFile { name: side, text: ascii_json(&Value::Object(object)) + "\n" });
    }
    list(&mut publish, "--compatible-runtimes", settings.runtimes().iter().map(|runtime| runtime.id));
    list(
        &mut publish,
        "--compatible-architectures",
        settings.architectures().iter().map(|architecture| architecture.id()),
    );

    let mut commands = Vec::new();
    if zip_size <= DIRECT_UPLOAD_LIMIT {
        option(&mut publish, "--zip-file", &format!("fileb://{file}"));
    } else if settings.s3_bucket.is_empty() {
        return Command::default();
    } else {
        let key = if settings.s3_key.is_empty() { file } else { &settings.s3_key };
        let mut copy: Vec<String> = vec!["aws".into(), "s3".into(), "cp".into(), file.into()];
        copy.push(format!("s3://{}/{key}", settings.s3_bucket));
        account(&mut copy, settings);
        commands.push(copy);
        option(&mut publish, "--content", &format!("S3Bucket={},S3Key={key}", settings.s3_bucket));
    }
    account(&mut publish, settings);
    commands.push(publish);
    Command {
        sh: Shell::Posix.render(&commands),
        powershell: Shell::PowerShell.render(&commands),
        cmd: Shell::Cmd.render(&commands),
        files,
    }
}

fn account(arguments: &mut Vec<String>, settings: &Settings) {
    option(arguments, "--region", &settings.region);
    option(arguments, "--profile", &settings.profile);
}

/// An option with its value, unless that is empty. A value that looks like an option is joined to it.
fn option(arguments: &mut Vec<String>, name: &str, value: &str) {
    if value.starts_with('-') {
        arguments.push(format!("{name}={value}"));
    } else if !value.is_empty() {
        arguments.extend([name.to_owned(), value.to_owned()]);
    }
}

fn list<'a>(arguments: &mut Vec<String>, name: &str, values: impl Iterator<Item = &'a str>) {
    let values: Vec<String> = values.map(str::to_owned).collect();
    if !values.is_empty() {
        arguments.push(name.to_owned());
        arguments.extend(values);
    }
}

/// Whether every shell and the CLI pass a text on as it is, once it is quoted.
fn is_plain(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || " ._-+,:;/()=@".contains(character);
    let fetched =
        ["file:", "fileb:", "http:", "https:"].iter().any(|scheme| text.to_ascii_lowercase().starts_with(scheme));
    text.chars().all(plain) && !text.starts_with(['-', '@', ' ']) && !text.ends_with(' ') && !fetched
}

/// JSON in ASCII alone: the CLI reads side files in the machine's own encoding.
fn ascii_json(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut ascii = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() && character != '\u{7f}' {
            ascii.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                ascii.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    ascii
}
