//! What comes after publishing: is it right, which versions are there, and away with those that nobody needs.

use super::Draft;
use super::version::{ask, of_version, on_this, this_version, within};
use crate::publish::release::Release;
use crate::publish::script::{Action, Argument, Call, Script};

/// Compares what AWS has with the zip.
pub fn check(release: &Release) -> Draft {
    let mut script = Script::default();
    for region in release.regions() {
        let version = this_version(release, region, &mut script);
        if release.version_in(region).is_some() {
            let query = format!("Content.CodeSha256 == '{}'", release.code_sha256);
            script.then(Action::Find("same", ask(release, region, version, &query, "json")));
            script.when("same", "false", Action::Fail(format!("AWS has other bytes than this zip{}.", within(region))));
        }
        script.when("same", "true", Action::Say(format!("AWS has this zip{}.", within(region))));
    }
    script.into()
}

/// Lists the versions.
pub fn list(release: &Release) -> Draft {
    each_region(release, |region| {
        release.account(Call::aws("lambda list-layer-versions").option("--layer-name", release.name), region)
    })
}

/// Lists the functions that use any version of the layer.
pub fn users(release: &Release) -> Draft {
    let query = format!("Functions[?Layers[?contains(Arn, ':layer:{}:')]].FunctionName", release.plain_name());
    each_region(release, |region| {
        release
            .account(Call::aws("lambda list-functions"), region)
            .option("--query", query.as_str())
            .option("--output", "json")
    })
}

/// Deletes this version.
pub fn delete(release: &Release) -> Draft {
    let mut script = Script::default();
    for region in release.regions() {
        let version = this_version(release, region, &mut script);
        let delete = release.account(of_version(release, "delete-layer-version", version), region);
        on_this(release, region, &mut script, Action::Run(delete));
    }
    script.into()
}

/// Deletes all versions but the newest.
pub fn clean_up(release: &Release) -> Draft {
    let query = format!("reverse(sort(LayerVersions[].Version))[{}:]", release.settings.keep_versions);
    let mut script = Script::default();
    for region in release.regions() {
        let list = Call::aws("lambda list-layer-versions").option("--layer-name", release.name);
        let list = release.account(list, region).option("--query", query.as_str()).option("--output", "json");
        let delete = of_version(release, "delete-layer-version", Argument::found("version"));
        script.then(Action::Each("version", list, release.account(delete, region)));
    }
    script.into()
}

fn each_region(release: &Release, call: impl Fn(&str) -> Call) -> Draft {
    let mut script = Script::default();
    for region in release.regions() {
        script.then(Action::Run(call(region)));
    }
    script.into()
}
