//! What the layer works without, by groups that are left out together, each with what that saves.
//!
//! Never metadata, never licenses, never what anything else in the layer imports.

mod folders;

use crate::order::{BTreeMap, BTreeSet};

use self::folders::{Documents, Uses, folders};
use crate::choices::Settings;
use crate::path::{file_name, folder_of, within};
use crate::place::Placement;
use crate::tables::bundled::is_bundled;
use crate::tables::layouts::GEMS;
use crate::tables::runtimes::{Architecture, Language};
use crate::tables::slimming::{
    CACHES, DOCUMENTS, ENDINGS, GROUPS, Group, KEPT_NAMES, METADATA_FOLDERS, OTHER_PLATFORMS, SDK, SDK_PACKAGES,
    SOURCE_MAPS, STUBS_READ, TYPE_STUBS, is_document,
};
use crate::target::{Audience, Layer, idle, root, site_of};

/// A group that is in the layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// The group.
    pub group: &'static Group,
    /// Files, and folders of which everything is meant, sorted.
    pub paths: Vec<String>,
    /// How many files that are.
    pub files: usize,
    /// Bytes unpacked.
    pub unzipped: u64,
    /// Bytes in the zip: exact for what is copied as it arrived, else an estimate.
    pub zipped: u64,
}

/// What the layer could do without: safe groups first, and of these the largest. `weigh` tells a placement's bytes,
/// unpacked and in the zip.
pub fn savings(layer: &Layer, settings: &Settings, weigh: impl Fn(&Placement) -> (u64, u64)) -> Vec<Saving> {
    let packed: Vec<&Placement> = layer.packed().collect();
    let Uses { folders, documents } = folders(layer, &packed);
    let mut architectures = settings.architectures();
    if architectures.is_empty() {
        architectures = Architecture::ALL.to_vec();
    }
    let idle = idle(layer, &architectures, &settings.runtimes());
    let sdk = sdk(layer, settings, &packed);
    let mut members: BTreeMap<&str, Vec<&Placement>> = BTreeMap::new();
    for placement in &packed {
        let path = placement.path.as_str();
        let group = match () {
            () if is_kept(path) => None,
            () if is_cache(layer, path) => Some(CACHES),
            () if around(&sdk, path) => Some(SDK),
            () if around(&idle, path) => Some(OTHER_PLATFORMS),
            () => above(path)
                .find_map(|folder| folders.get(folder).copied())
                .or_else(|| by_name(layer, placement, &documents)),
        };
        if let Some(group) = group {
            members.entry(group.id).or_default().push(placement);
        }
    }
    let mut savings: Vec<Saving> = GROUPS
        .iter()
        .filter_map(|group| {
            let members = members.remove(group.id)?;
            let mut saving =
                Saving { group, paths: whole_folders(&packed, &members), files: members.len(), unzipped: 0, zipped: 0 };
            for placement in members {
                let (unzipped, zipped) = weigh(placement);
                saving.unzipped += unzipped;
                saving.zipped += zipped;
            }
            Some(saving)
        })
        .collect();
    savings.sort_by_key(|saving| (!saving.group.safe, std::cmp::Reverse(saving.unzipped)));
    savings
}

/// A limit that a layer should stay within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// What AWS allows unpacked, less what the function and its other layers take.
    Unzipped,
    /// What AWS takes with the publish call itself.
    Zipped,
}

impl Budget {
    /// Every budget.
    pub const ALL: &[Budget] = &[Budget::Unzipped, Budget::Zipped];

    /// The public name, e.g. `"unzipped"`.
    pub fn id(self) -> &'static str {
        match self {
            Budget::Unzipped => "unzipped",
            Budget::Zipped => "zipped",
        }
    }

    /// The budget of a public name.
    pub fn find(id: &str) -> Option<Budget> {
        Budget::ALL.iter().copied().find(|budget| budget.id() == id)
    }
}

/// What it takes to stay within a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The most bytes.
    pub most: u64,
    /// How many of the savings have to be made, from the first on; all where even that is not enough.
    pub groups: usize,
    /// Bytes that the layer has then: it fits if they are no more than `most`.
    pub left: u64,
}

impl Fit {
    /// What it takes to bring `now` bytes down to `most`.
    pub fn of(savings: &[Saving], budget: Budget, now: u64, most: u64) -> Fit {
        let mut fit = Fit { most, groups: 0, left: now };
        for saving in savings {
            if fit.left <= most {
                break;
            }
            fit.groups += 1;
            fit.left = fit.left.saturating_sub(match budget {
                Budget::Unzipped => saving.unzipped,
                Budget::Zipped => saving.zipped,
            });
        }
        fit
    }
}

/// Whether a path or a folder around it is among some.
fn around(paths: &BTreeSet<&str>, path: &str) -> bool {
    !paths.is_empty() && (paths.contains(path) || above(path).any(|folder| paths.contains(folder)))
}

/// The folders around a path, the outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// Metadata and licenses.
fn is_kept(path: &str) -> bool {
    let begins = |name: &str| {
        let name = name.to_ascii_uppercase();
        KEPT_NAMES.iter().any(|kept| name.starts_with(kept))
    };
    let is_metadata = |part: &str| METADATA_FOLDERS.iter().any(|ending| part.ends_with(ending));
    // A module can be called so as well: licenses.py is code.
    let is_text = !matches!(ending(path), "c" | "h" | "js" | "map" | "pyi" | "pyc" | "ts");
    folder_of(path).split('/').any(is_metadata) || is_text && begins(file_name(path))
}

fn ending(path: &str) -> &str {
    file_name(path).rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What was compiled beside its source, and the archives of installed gems. A compiled file without source is the module.
fn is_cache(layer: &Layer, path: &str) -> bool {
    let has_source = |path: &str| path.strip_suffix("pyc").is_some_and(|stem| layer.has(&format!("{stem}py")));
    let in_gems = || {
        let rest = within(path, GEMS).and_then(|rest| rest.split_once('/'));
        rest.is_some_and(|(_, rest)| rest.starts_with("cache/") && rest.ends_with(".gem"))
    };
    folder_of(path).split('/').any(|part| part == "__pycache__") || has_source(path) || in_gems()
}

/// What the name of a file alone tells.
fn by_name(layer: &Layer, placement: &Placement, read: &Documents) -> Option<&'static Group> {
    let path = placement.path.as_str();
    let language = Audience::of(path).language();
    let fits = |row: &&crate::tables::slimming::Ending| {
        (row.language.is_none() || row.language == language) && row.endings.iter().any(|ending| path.ends_with(ending))
    };
    let group = ENDINGS
        .iter()
        .find(fits)
        .map(|row| row.group)
        .or_else(|| (is_document(file_name(path)) && folder_of(path) == root(path)).then_some(DOCUMENTS))?;
    let is_read = match group {
        group if group == DOCUMENTS => read.names(path),
        group if group == TYPE_STUBS && language == Some(Language::Python) => is_lazy(layer, placement),
        group if group == TYPE_STUBS => STUBS_READ.contains(&file_name(root(path))),
        // A map lies beside its script; what has the ending and no script is data.
        group if group == SOURCE_MAPS => {
            let script = path.strip_suffix(".map").filter(|script| !script.ends_with("ts"));
            script.is_some_and(|script| !layer.has(script))
        }
        _ => false,
    };
    (!is_read).then_some(group)
}

/// Whether a package reads its stub when it is imported, to load modules only once they are used (`lazy_loader`).
fn is_lazy(layer: &Layer, placement: &Placement) -> bool {
    const LONGEST: u64 = 256 * 1024;
    let Some(source) = placement.path.as_str().strip_suffix('i') else { return false };
    let beside = layer.packed().find(|other| other.path.as_str() == source);
    let text = beside.and_then(|other| other.content(layer.parts)?.read(LONGEST).ok()?);
    text.is_some_and(|text| String::from_utf8_lossy(&text).contains("attach_stub"))
}

/// The folders of the SDK, where every runtime of the layer brings it and no other package asks for a version of it.
fn sdk<'a>(layer: &'a Layer, settings: &Settings, packed: &[&'a Placement]) -> BTreeSet<&'a str> {
    let runtimes = settings.runtimes();
    let belongs = |name: &str| SDK_PACKAGES.iter().any(|(_, names)| names.contains(&name));
    let asks = layer.parts.iter().flat_map(|part| &part.distributions).filter(|one| !belongs(&one.name)).any(|one| {
        let mut fixed = one.requires.iter().filter(|need| belongs(&need.name));
        fixed.any(|need| need.versions.contains(['=', '<', '~']) && !need.versions.starts_with(">="))
    });
    let mut found = BTreeSet::new();
    for (language, names) in SDK_PACKAGES.iter().filter(|_| !asks) {
        let mut own = runtimes.iter().filter(|runtime| runtime.language == *language).peekable();
        let scope = |name: &str| if name.starts_with('@') { format!("{name}/x") } else { name.to_owned() };
        let brought: Vec<&&str> = match own.peek() {
            None => continue,
            Some(_) => names.iter().filter(|name| own.clone().all(|one| is_bundled(one, &scope(name)))).collect(),
        };
        for path in packed.iter().map(|placement| placement.path.as_str()) {
            let base = match language {
                Language::Python => site_of(path).map(str::len),
                _ => path.rfind("node_modules/").map(|at| at + "node_modules".len()),
            };
            let Some((base, rest)) = base.and_then(|base| Some((base, path.get(base + 1..)?))) else { continue };
            let top = rest.split('/').next().unwrap_or(rest);
            if brought.iter().any(|name| **name == top) {
                found.extend(path.get(..base + 1 + top.len()));
            }
        }
    }
    found
}

/// The same files in as few paths as there can be: a folder stands for all that lies in it.
fn whole_folders(packed: &[&Placement], members: &[&Placement]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for placement in members {
        for folder in above(placement.path.as_str()) {
            counts.entry(folder).or_default().0 += 1;
        }
    }
    for placement in packed {
        for folder in above(placement.path.as_str()) {
            if let Some((_, all)) = counts.get_mut(folder) {
                *all += 1;
            }
        }
    }
    let is_whole = |folder: &&str| counts.get(folder).is_some_and(|(some, all)| some == all);
    let shortest = |placement: &&Placement| {
        let path = placement.path.as_str();
        above(path).find(is_whole).unwrap_or(path).to_owned()
    };
    members.iter().map(shortest).collect::<BTreeSet<String>>().into_iter().collect()
}
