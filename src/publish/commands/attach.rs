//! Attaching the layer to a function, which keeps the layers that it has.
//!
//! `--layers` replaces the whole list, so the list is asked for first, and an older version of the same layer in it gives
//! way in its place: the order decides which of two files wins. The query language does that, and the CLI reads its
//! answer from a file; so no shell has to take lists apart.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html>.

use super::Draft;
use super::version::{ask, on_this, this_version};
use crate::publish::release::Release;
use crate::publish::script::{Action, Argument, Call, Script};
use crate::tables::limits::MAX_LAYERS;

/// Attaches this version to the chosen function.
pub fn attach(release: &Release) -> Draft {
    let settings = release.settings;
    let function = settings.function_name.as_str();
    let mut script = Script::default();
    if function.is_empty() {
        return script.into();
    }
    // A function can use the layers of its own region alone.
    let regions = release.regions();
    let region = regions
        .iter()
        .copied()
        .find(|region| settings.function_region() == Some(region))
        .unwrap_or_else(|| regions.first().copied().unwrap_or_default());
    // At a prompt it could still be known from the last time.
    script.then(Action::Keep("room", "unknown"));
    let version = this_version(release, region, &mut script);
    let (layer, arn) = match release.version_in(region) {
        Some(version) => (version.layer_arn().into(), version.arn.as_str().into()),
        None => {
            let about = |query: &str| ask(release, region, version.clone(), query, "text");
            script.when("same", "true", Action::Find("layer", about("LayerArn")));
            script.when("same", "true", Action::Find("arn", about("LayerVersionArn")));
            (Argument::found("layer"), Argument::found("arn"))
        }
    };
    let layers = layers(&layer, &arn);
    let get = |query: Argument| {
        let get = Call::aws("lambda get-function-configuration").option("--function-name", function);
        release.account(get, region).option("--query", query).option("--output", "json")
    };
    // Counted from 0: there is one too many if there is one at that place.
    let fits = Argument::from("(").and(&layers).then(&format!(")[{MAX_LAYERS}] == None"));
    on_this(release, region, &mut script, Action::Find("room", get(fits)));
    let told = format!("{function} has {MAX_LAYERS} layers already, and can have no more.");
    script.when("room", "false", Action::Fail(told));
    let file = format!("{}.attach.json", release.stem());
    let input = Argument::from("{FunctionName: FunctionArn, Layers: ").and(&layers).then("}");
    script.when("room", "true", Action::Write(file.clone(), get(input)));
    let update = Call::aws("lambda update-function-configuration").option("--cli-input-json", format!("file://{file}"));
    script.when("room", "true", Action::Run(release.account(update, region)));
    script.into()
}

/// A query for the function's layers with this one among them. `None` is a field that nothing has: the query language
/// has no word for "nothing" that every shell takes.
fn layers(layer: &Argument, arn: &Argument) -> Argument {
    let is_older = Argument::from("starts_with(Arn, '").and(layer).then(":')");
    let in_place = Argument::from("Layers[].[").and(&is_older).then(" && '").and(arn).then("' || Arn][]");
    let last = Argument::from("(Layers[?").and(&is_older).then("] | [0]) == None && '").and(arn).then("'");
    Argument::from("[").and(&in_place).then(", ").and(&last).then("][] | [?@]")
}
