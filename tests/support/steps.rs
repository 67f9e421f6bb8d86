//! What a case does: `choose:` and `do:`.

use layerdrop::choices::{Operation, Scope, Settings};
use layerdrop::session::Session;
use layerdrop::slimming::Budget;

use super::drops;

/// Changes a setting.
pub fn choose(session: &mut Session, line: &str) {
    let (field, value) = line.split_once('=').expect("choose: FIELD = VALUE");
    let (value, words) = (drops::unescape_text(value.trim()), value.split_whitespace().map(str::to_owned).collect());
    let mut settings: Settings = session.settings().clone();
    match field.trim() {
        "runtimes" => settings.runtimes = words,
        "architectures" => settings.architectures = words,
        "layerName" => settings.layer_name = value,
        "description" => settings.description = value,
        "licenseInfo" => settings.license_info = value,
        "s3Bucket" => settings.s3_bucket = value,
        "s3Key" => settings.s3_key = value,
        "region" => settings.region = value,
        "profile" => settings.profile = value,
        "layout" => settings.layout = value,
        "regions" => settings.regions = words,
        "s3ObjectVersion" => settings.s3_object_version = value,
        "s3StorageMode" => settings.s3_storage_mode = value,
        "shareWith" => settings.share_with = words,
        "functionName" => settings.function_name = value,
        "functionSize" => settings.function_size = value.parse().expect("a number"),
        "otherLayersSize" => settings.other_layers_size = value.parse().expect("a number"),
        "keepVersions" => settings.keep_versions = value.parse().expect("a number"),
        "namePrefix" => settings.name_prefix = value,
        "allowedLicenses" => settings.allowed_licenses = words,
        "recompress" => settings.recompress = value,
        other => panic!("choose: there is no setting {other}"),
    }
    session.set_settings(settings);
}

/// Does what a person could do.
pub fn operate(session: &mut Session, line: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let path = |at: usize| words.get(at..).map(|words| words.join(" ")).unwrap_or_default();
    let operation = match words.as_slice() {
        ["undo"] => return session.undo(),
        ["redo"] => return session.redo(),
        ["clear"] => return session.clear(),
        ["fix", "all"] => {
            session.fix_all().unwrap();
            return;
        }
        ["slim", id] => return session.slim(id).unwrap(),
        ["fit", budget] => return session.fit(Budget::find(budget).unwrap()).unwrap(),
        ["fix", ..] => return session.fix(&path(1)).unwrap(),
        ["open", folder] => return session.toggle(folder, true),
        ["look", "for", ..] => return session.filter(&path(2)),
        ["reveal", path] => {
            session.reveal(path).unwrap();
            return;
        }
        ["exclude", "all", paths @ ..] => {
            let each = paths.iter().map(|path| Operation::Exclude(Scope::Path((*path).into())));
            return session.apply_all(each.collect()).unwrap();
        }
        // Everything is forgotten but the files, and decided again by the recipe.
        ["recipe"] => {
            let text = session.recipe().unwrap().to_text();
            while session.undo_label().is_some_and(|label| !label.starts_with("add ")) {
                session.undo();
            }
            session.apply_recipe(&layerdrop::recipe::Recipe::parse(&text).unwrap()).unwrap();
            return;
        }
        ["write", to, ..] => Operation::Write { path: (*to).into(), text: drops::unescape_text(&path(2)) },
        ["folder", path] => Operation::Folder { path: (*path).into() },
        ["move", from, to] => Operation::Move { path: (*from).into(), to: (*to).into() },
        ["place", source, path, to] => Operation::Place {
            source: (*source).into(),
            path: path.trim_matches('"').into(),
            to: to.trim_matches('"').into(),
        },
        ["link", paths @ .., to] => Operation::Link {
            paths: Scope::sorted(paths.iter().map(|path| (*path).to_owned()).collect()),
            to: (*to).into(),
        },
        ["rename", from, name] => Operation::Rename { path: (*from).into(), name: (*name).into() },
        ["chmod", mode, ..] => Operation::Chmod { path: path(2), mode: u32::from_str_radix(mode, 8).unwrap() },
        ["exclude", "source", ..] => Operation::Exclude(Scope::Source(path(2))),
        ["include", "source", ..] => Operation::Include(Scope::Source(path(2))),
        ["exclude", ..] => Operation::Exclude(Scope::Path(path(1))),
        ["include", ..] => Operation::Include(Scope::Path(path(1))),
        _ => panic!("do: what is {line}?"),
    };
    session.apply(operation).unwrap();
}
