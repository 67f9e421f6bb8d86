//! Which version is meant: the one that AWS answered with, or else the newest, if it is this very zip.

use crate::publish::release::Release;
use crate::publish::script::{Action, Argument, Call, Script};

/// Finds the number of the newest version, or `null` where there is none.
///
/// As JSON: with `--output text` the CLI would run the query on each page by itself.
pub fn find_newest(release: &Release, region: &str) -> Action {
    let list = Call::aws("lambda list-layer-versions").option("--layer-name", release.name);
    let list = release.account(list, region).option("--query", "max(LayerVersions[].Version)");
    Action::Find("version", list.option("--output", "json"))
}

/// Finds whether the version that was found is this zip: `true` or `false`.
pub fn find_same(name: &'static str, release: &Release, region: &str) -> Action {
    let query = format!("Content.CodeSha256 == '{}'", release.code_sha256);
    Action::Find(name, ask(release, region, Argument::found("version"), &query, "json"))
}

/// A question about one version.
pub fn ask(release: &Release, region: &str, version: Argument, query: &str, output: &str) -> Call {
    let get = of_version(release, "get-layer-version", version);
    release.account(get, region).option("--query", query).option("--output", output)
}

/// The start of a call about one version.
pub fn of_version(release: &Release, operation: &str, version: Argument) -> Call {
    Call::aws("lambda").word(operation).option("--layer-name", release.name).option("--version-number", version)
}

/// The version that is meant in a region. Where AWS's answer is not known, steps find the newest one and make sure that
/// it is this zip: nothing else may be shared or deleted in its place.
pub fn this_version(release: &Release, region: &str, script: &mut Script) -> Argument {
    if let Some(version) = release.version_in(region) {
        return version.number.to_string().into();
    }
    script.then(find_newest(release, region));
    script.when(
        "version",
        "null",
        Action::Fail(format!("{} has no version{} yet.", release.plain_name(), within(region))),
    );
    script.then(find_same("same", release, region));
    let told = format!("The newest version of {}{} is another zip.", release.plain_name(), within(region));
    script.when("same", "false", Action::Fail(told));
    Argument::found("version")
}

/// Takes a step only where the version is known to be the one that is meant.
pub fn on_this(release: &Release, region: &str, script: &mut Script, action: Action) {
    match release.version_in(region) {
        Some(_) => script.then(action),
        None => script.when("same", "true", action),
    }
}

/// `" in eu-west-1"`, or nothing.
pub fn within(region: &str) -> String {
    if region.is_empty() { String::new() } else { format!(" in {region}") }
}
