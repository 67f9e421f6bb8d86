//! Publishing: the zip with the call itself, or through S3; always, or only if it differs from the newest version.
//!
//! Source: <https://docs.aws.amazon.com/cli/latest/reference/lambda/publish-layer-version.html>. The CLI itself is a
//! trap: a value that begins with `file://` or, in version 1, `https://` is fetched and replaced, and one that begins
//! with `-` is taken for an option. Free text that a shell or the CLI could twist therefore goes into a side file.

use serde_json::{Map, Value};

use super::version::{find_newest, find_same, within};
use super::{Draft, SideFile};
use crate::publish::release::{Release, Way};
use crate::publish::script::{Action, Argument, Call, Script};

/// Publishes in every region.
pub fn publish(release: &Release) -> Draft {
    let (calls, files) = publish_calls(release);
    let mut script = Script::default();
    for (region, call) in release.regions().into_iter().zip(calls) {
        upload(release, region, None, &mut script);
        script.then(Action::Run(call));
    }
    Draft { script, files }
}

/// Publishes where the newest version is not this very zip, and checks what AWS then has.
pub fn publish_if_changed(release: &Release) -> Draft {
    let (calls, files) = publish_calls(release);
    let mut script = Script::default();
    for (region, call) in release.regions().into_iter().zip(calls) {
        script.then(Action::Keep("same", "unknown"));
        script.then(Action::Keep("right", "unknown"));
        script.then(Action::Keep("current", "true"));
        if release.way() == Way::Referenced {
            script.then(Action::Keep("object", "unknown"));
        }
        script.then(find_newest(release, region));
        script.when("version", "null", Action::Keep("current", "false"));
        script.when("current", "true", find_same("same", release, region));
        script.when("same", "false", Action::Keep("current", "false"));
        let told = format!("Nothing to do{}: the newest version is this zip.", within(region));
        script.when("current", "true", Action::Say(told));
        upload(release, region, Some(("current", "false")), &mut script);
        script.when("current", "false", Action::Run(call));
        script.when("current", "false", find_newest(release, region));
        script.when("current", "false", find_same("right", release, region));
        script.when("right", "false", Action::Fail(format!("AWS has other bytes than this zip{}.", within(region))));
    }
    Draft { script, files }
}

/// What brings the zip to S3, if it goes there.
fn upload(release: &Release, region: &str, when: Option<(&'static str, &'static str)>, script: &mut Script) {
    let mut step = |action: Action| match when {
        Some((name, word)) => script.when(name, word, action),
        None => script.then(action),
    };
    match release.way() {
        Way::Copied => {
            let copy = Call::aws("s3 cp").word(release.file);
            step(Action::Run(
                release.account(copy.word(format!("s3://{}/{}", release.bucket(region), release.key())), region),
            ));
        }
        Way::Referenced => {
            let put = Call::aws("s3api put-object")
                .option("--bucket", release.bucket(region))
                .option("--key", release.key())
                .option("--body", release.file);
            let put = release.account(put, region).option("--query", "VersionId").option("--output", "text");
            step(Action::Find("object", put));
        }
        Way::Direct | Way::There | Way::Nowhere => {}
    }
    if release.way() == Way::Referenced {
        let told =
            format!("The bucket {} keeps no versions, which Lambda needs to refer to it.", release.bucket(region));
        script.when("object", "None", Action::Fail(told));
    }
}

/// The publish call of each region, and the file that they read for what no command line should hold.
fn publish_calls(release: &Release) -> (Vec<Call>, Vec<SideFile>) {
    let settings = release.settings;
    let free = [
        ("Description", "--description", &settings.description),
        ("LicenseInfo", "--license-info", &settings.license_info),
    ];
    let mut files = Vec::new();
    let mut start = Call::aws("lambda publish-layer-version");
    if free.iter().all(|(_, _, text)| is_plain(text)) {
        start = start.option("--layer-name", release.name);
        for (_, option, text) in free {
            start = start.option(option, text.as_str());
        }
    } else {
        let fields = free.iter().filter(|(_, _, text)| !text.is_empty());
        let object: Map<String, Value> =
            fields.map(|(field, _, text)| ((*field).to_owned(), Value::String((*text).clone()))).collect();
        let side = format!("{}.publish.json", release.stem());
        start = start.option("--cli-input-json", format!("file://{side}")).option("--layer-name", release.name);
        files.push(SideFile { name: side, text: ascii_json(&Value::Object(object)) + "\n" });
    }
    start = start
        .list("--compatible-runtimes", settings.runtimes().iter().map(|runtime| runtime.id))
        .list("--compatible-architectures", settings.architectures().iter().map(|architecture| architecture.id()));
    let regions = release.regions();
    let calls = regions.iter().map(|region| {
        let content = |version: Option<Argument>| start.clone().option("--content", release.content(region, version));
        let call = match release.way() {
            Way::Direct => start.clone().option("--zip-file", format!("fileb://{}", release.file)),
            Way::Copied | Way::Nowhere => content(None),
            Way::There => content(Some(settings.s3_object_version.as_str().into())),
            Way::Referenced => {
                let version = Argument::found("object").then(",S3ObjectStorageMode=REFERENCE");
                content(Some(version))
            }
        };
        release.account(call, region)
    });
    (calls.collect(), files)
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
