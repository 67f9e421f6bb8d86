//! The reader of the text cases in `tests/cases/`, and the one function that checks a case. `tests/README.md` says how
//! to write one.

#![allow(dead_code, reason = "each test binary uses another part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

pub mod drops;
pub mod elf;
pub mod tar;
pub mod zip;

use std::fmt::Write as _;

use layerdrop::choices::{Operation, Scope, Settings};
use layerdrop::session::Session;
use layerdrop::slimming::Budget;

/// Every file of cases: embedded, since a browser has no folder. `tests/plan.rs` compares this list with the folder.
pub const FILES: &[(&str, &str)] = &[
    ("archives.txt", include_str!("../cases/archives.txt")),
    ("bad-input.txt", include_str!("../cases/bad-input.txt")),
    ("beside.txt", include_str!("../cases/beside.txt")),
    ("binaries.txt", include_str!("../cases/binaries.txt")),
    ("bundle.txt", include_str!("../cases/bundle.txt")),
    ("commands.txt", include_str!("../cases/commands.txt")),
    ("dependencies.txt", include_str!("../cases/dependencies.txt")),
    ("explain.txt", include_str!("../cases/explain.txt")),
    ("java.txt", include_str!("../cases/java.txt")),
    ("layers.txt", include_str!("../cases/layers.txt")),
    ("libraries.txt", include_str!("../cases/libraries.txt")),
    ("limits.txt", include_str!("../cases/limits.txt")),
    ("native.txt", include_str!("../cases/native.txt")),
    ("node.txt", include_str!("../cases/node.txt")),
    ("operations.txt", include_str!("../cases/operations.txt")),
    ("proposals.txt", include_str!("../cases/proposals.txt")),
    ("publish.txt", include_str!("../cases/publish.txt")),
    ("python-installed.txt", include_str!("../cases/python-installed.txt")),
    ("python-sources.txt", include_str!("../cases/python-sources.txt")),
    ("python-targets.txt", include_str!("../cases/python-targets.txt")),
    ("python-wheels.txt", include_str!("../cases/python-wheels.txt")),
    ("repairs.txt", include_str!("../cases/repairs.txt")),
    ("ruby.txt", include_str!("../cases/ruby.txt")),
    ("secrets.txt", include_str!("../cases/secrets.txt")),
    ("settings.txt", include_str!("../cases/settings.txt")),
    ("shadowing.txt", include_str!("../cases/shadowing.txt")),
    ("slimming.txt", include_str!("../cases/slimming.txt")),
    ("snippets.txt", include_str!("../cases/snippets.txt")),
    ("workbench.txt", include_str!("../cases/workbench.txt")),
];

/// One case: its lines, cut into steps and expectations.
pub struct Case<'a> {
    pub name: &'a str,
    /// `keyword: rest`, with the indented lines below it.
    pub sections: Vec<Section<'a>>,
}

pub struct Section<'a> {
    pub keyword: &'a str,
    pub rest: &'a str,
    pub lines: Vec<&'a str>,
}

/// The cases of a file. Lines that begin with `#` are for people.
pub fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name, sections: Vec::new() });
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("a line stands before the first case: {line}"));
        if let Some(inner) = line.strip_prefix("  ") {
            let section =
                case.sections.last_mut().unwrap_or_else(|| panic!("{}: nothing to indent below: {line}", case.name));
            section.lines.push(inner);
        } else {
            let (keyword, rest) = line.split_once(':').unwrap_or_else(|| panic!("{}: no keyword: {line}", case.name));
            case.sections.push(Section { keyword, rest: rest.trim(), lines: Vec::new() });
        }
    }
    cases
}

/// Runs a case. Returns it with what was really found in place of what was expected, and whether both are the same.
pub fn run(case: &Case) -> (String, bool) {
    let mut session = Session::new();
    let mut files = Vec::new();
    let (mut beside, mut function) = (Vec::new(), None);
    let (mut text, mut same) = (format!("== {}\n", case.name), true);
    for section in &case.sections {
        let is_input = ["drop", "beside", "function"].contains(&section.keyword);
        if !is_input && !files.is_empty() {
            session.add(std::mem::take(&mut files), |_, _| {});
        }
        let found = match section.keyword {
            "drop" => {
                files.push(drops::file(section));
                None
            }
            "beside" => {
                beside.push(drops::file(section));
                None
            }
            "function" => {
                function = Some(drops::file(section));
                None
            }
            "diff" => Some(lines(session.diff(beside.remove(0)).map(|found| found.markdown()))),
            "stack" => {
                let stack = session.stack(std::mem::take(&mut beside), function.take());
                Some(lines(stack.map(|stack| stack.markdown())))
            }
            "choose" => {
                choose(&mut session, section.rest);
                None
            }
            "do" => {
                operate(&mut session, section.rest);
                None
            }
            "explain" => Some(explained(&session, section.rest)),
            keyword => Some(found(&mut session, keyword)),
        };
        writeln!(text, "{}", format!("{}: {}", section.keyword, section.rest).trim_end()).unwrap();
        let expected: Vec<String> = section.lines.iter().map(|line| (*line).to_owned()).collect();
        let found = found.unwrap_or_else(|| expected.clone());
        same &= found == expected;
        for line in found {
            writeln!(text, "{}", format!("  {line}").trim_end()).unwrap();
        }
    }
    (text, same)
}

/// The session at the end of a case, whatever was expected on the way.
pub fn session(case: &Case) -> Session {
    let mut session = Session::new();
    let mut files = Vec::new();
    for section in &case.sections {
        match section.keyword {
            "drop" => files.push(drops::file(section)),
            "beside" | "function" => {}
            keyword => {
                session.add(std::mem::take(&mut files), |_, _| {});
                match keyword {
                    "choose" => choose(&mut session, section.rest),
                    "do" => operate(&mut session, section.rest),
                    _ => {}
                }
            }
        }
    }
    session.add(files, |_, _| {});
    session
}

/// The lines of a text apart from empty ones, or what stands in its way.
fn lines(text: Result<String, layerdrop::error::Error>) -> Vec<String> {
    let text = text.unwrap_or_else(|error| format!("{}: {error}", error.name()));
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn choose(session: &mut Session, line: &str) {
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

fn operate(session: &mut Session, line: &str) {
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

/// What the session shows of one aspect, as lines.
fn found(session: &mut Session, keyword: &str) -> Vec<String> {
    let plan = session.plan();
    let source = |part: usize| plan.parts[part].source.name.clone();
    match keyword {
        "opt" => plan.packed().map(|placement| format!("{:o} {}", placement.mode, placement.path)).collect(),
        "reasons" => {
            let mut reasons: Vec<String> = plan.packed().map(|placement| placement.reason.to_string()).collect();
            reasons.sort();
            reasons.dedup();
            reasons
        }
        "excluded" => {
            let left_out = plan
                .placements
                .iter()
                .filter(|placement| placement.excluded)
                .map(|placement| placement.path.to_string());
            let omitted = plan.omitted.iter().map(|omitted| {
                let path = &plan.parts[omitted.part].source.entries[omitted.entry].path;
                format!("{path} in {}: {}", source(omitted.part), omitted.reason)
            });
            left_out.chain(omitted).collect()
        }
        "recognised" => plan
            .parts
            .iter()
            .map(|part| {
                let refused = part.refused.as_ref().map_or_else(String::new, |refusal| format!(" {}", refusal.code.id));
                let text = format!("{} {} {}", part.kind.id(), part.name, part.version);
                format!("{} < {}{refused}", text.trim_end(), part.source.name)
            })
            .collect(),
        "findings" => plan
            .findings
            .iter()
            .map(|finding| {
                let code = finding.code.map_or_else(String::new, |code| format!(" ({})", code.id));
                format!("{} {}: {}{code}", finding.severity.id(), finding.rule.id, finding.message)
            })
            .collect(),
        "rules" => {
            let mut rules: Vec<String> =
                plan.findings.iter().map(|finding| format!("{} {}", finding.severity.id(), finding.rule.id)).collect();
            rules.dedup();
            rules
        }
        "why" => {
            let told = plan.findings.iter().filter(|finding| finding.cause.is_some());
            told.map(|finding| format!("{}: {} {}", finding.rule.id, finding.why(), finding.how())).collect()
        }
        "fixes" => plan
            .findings
            .iter()
            .flat_map(|finding| &finding.fixes)
            .map(|fix| format!("{} {} ({})", fix.kind.id(), fix.label, fix.id))
            .collect(),
        "proposed" => {
            let runtimes: Vec<&str> = plan.proposal.runtimes.iter().map(|runtime| runtime.id).collect();
            let architectures: Vec<&str> =
                plan.proposal.architectures.iter().map(|architecture| architecture.id()).collect();
            [runtimes.join(" "), architectures.join(" ")].into_iter().filter(|line| !line.is_empty()).collect()
        }
        "targets" => targets(plan),
        "sizes" => vec![format!("{} bytes unpacked, {} files", plan.sizes.unzipped, plan.sizes.entries)],
        "tree" => session
            .sight()
            .rows()
            .iter()
            .filter_map(|row| {
                let end = if plan.tree.node(row.node)?.folder { "/" } else { "" };
                let pieces = session.sight().looked_for().pieces(plan.tree.name(row)).into_iter().enumerate();
                let name: String = pieces
                    .map(|(at, piece)| if at % 2 == 1 { format!("[{piece}]") } else { piece.to_owned() })
                    .collect();
                Some(format!("{}{name}{end}", "  ".repeat(row.level - 1)))
            })
            .collect(),
        "passed" => {
            plan.passed().into_iter().map(|passed| format!("{} {}", passed.looked_at, passed.check.passed)).collect()
        }
        "largest" => plan
            .tree
            .heaviest(&plan.weights(false), 3)
            .into_iter()
            .filter_map(|index| plan.tree.node(index))
            .map(|node| format!("{} {}", node.size, node.path))
            .collect(),
        "map" => plan
            .tree
            .map(&plan.weights(false), 400.0, 200.0)
            .into_iter()
            .map(|tile| {
                let name = tile.node.and_then(|node| plan.tree.node(node)).map_or("the rest", |node| &node.path);
                let at = tile.area;
                format!("{:.0}+{:.0} {:.0}x{:.0} {name}", at.x, at.y, at.width, at.height)
            })
            .collect(),
        "slimming" => plan
            .savings()
            .iter()
            .map(|saving| {
                let kind = if saving.group.safe { "safe" } else { "suggested" };
                let (files, bytes) = (saving.files, saving.unzipped);
                format!("{kind} {}: {files} files, {bytes} bytes: {}", saving.group.id, saving.paths.join(", "))
            })
            .collect(),
        "fit" => Budget::ALL
            .iter()
            .map(|budget| {
                let savings = plan.savings();
                let fit = plan.fit(*budget, &savings);
                let groups: Vec<&str> = savings.iter().take(fit.groups).map(|saving| saving.group.id).collect();
                let fits = if fit.left <= fit.most { "fits" } else { "does not fit" };
                format!("{} of {} bytes {}, {fits} without [{}]", fit.left, fit.most, budget.id(), groups.join(", "))
            })
            .collect(),
        "recipe" => session.recipe().unwrap().to_text().lines().map(str::to_owned).collect(),
        "steps" => vec![
            format!("undo {}", session.undo_label().unwrap_or("nothing")),
            format!("redo {}", session.redo_label().unwrap_or("nothing")),
        ],
        "text" => contents(session),
        "sh" | "powershell" | "cmd" | "batch" | "side files" => command(session, "publish", keyword),
        keyword if keyword.split_once(' ').is_some_and(|(_, shell)| SHELLS.contains(&shell)) => {
            let (id, shell) = keyword.split_once(' ').unwrap();
            command(session, id, shell)
        }
        "commands" => {
            let (_, layer) = build(session).unwrap();
            layer
                .kit
                .commands
                .iter()
                .filter(|command| !command.sh.is_empty())
                .map(|command| command.id.to_owned())
                .collect()
        }
        "snippets" => {
            let (_, layer) = build(session).unwrap();
            let filled = layer.kit.snippets.iter().filter(|snippet| !snippet.text.is_empty());
            filled.map(|snippet| snippet.id.to_owned()).collect()
        }
        keyword if keyword.starts_with("snippet ") => {
            let (_, layer) = build(session).unwrap();
            let text = layer.kit.snippet(keyword.trim_start_matches("snippet ")).expect("there is such a snippet");
            text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        "build" => match build(session) {
            Ok((_, layer)) => vec![format!("{} {}", layer.packed.sha256_hex(), layer.packed.size)],
            Err(error) => vec![format!("{}: {error}", error.name())],
        },
        "bundle" => bundle(session).iter().map(|(name, mode, _)| format!("{mode:o} {name}")).collect(),
        keyword if keyword.starts_with("bundle ") => {
            let name = keyword.trim_start_matches("bundle ");
            let (_, _, text) = bundle(session).into_iter().find(|(found, ..)| found == name).expect("it is there");
            String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
        }
        "components" => components(session),
        keyword if keyword.starts_with("whole ") => whole(session, keyword.trim_start_matches("whole ")),
        other => panic!("there is nothing to expect under {other}"),
    }
}

/// The bundle's files: name, mode and bytes of each.
fn bundle(session: &mut Session) -> Vec<(String, u32, Vec<u8>)> {
    let (bytes, _) = build(session).unwrap();
    let (_, zip) = session.bundle(std::rc::Rc::new(bytes), Vec::new()).unwrap();
    let source = layerdrop::intake::sources(
        vec![layerdrop::intake::dropped("b.zip", zip)],
        layerdrop::bytes::in_memory,
        |_, _| {},
    );
    let entries = source[0].entries.iter();
    entries
        .map(|entry| (entry.path.clone(), entry.mode.unwrap(), entry.content.read(u64::MAX).unwrap().unwrap()))
        .collect()
}

/// What the bill of materials lists: type, name, version, address, licenses, and the beginning of the digest.
fn components(session: &mut Session) -> Vec<String> {
    let files = bundle(session);
    let bill = files.iter().find(|(name, ..)| name == "sbom.cdx.json").expect("there is a bill of materials");
    let bill: serde_json::Value = serde_json::from_slice(&bill.2).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let line = |one: &serde_json::Value| {
        let licenses = one["licenses"].as_array().into_iter().flatten().map(serde_json::Value::to_string);
        let hash = text(&one["hashes"][0]["content"]).chars().take(8).collect::<String>();
        let named = ["type", "group", "name", "version", "purl"].map(|key| text(&one[key]));
        format!("{} {hash} {}", named.join(" "), licenses.collect::<String>()).trim_end().to_owned()
    };
    bill["components"].as_array().unwrap().iter().map(line).collect()
}

/// What is said of a message, and what of it is seen in the layer.
fn explained(session: &Session, text: &str) -> Vec<String> {
    let told = |told: layerdrop::explain::Explanation| {
        let get = told.command.map(|call| format!("get {}", call.join(" ")));
        let finding = told.finding.map(|index| format!("finding {}", session.plan().findings[index].rule.id));
        let path = told.path.map(|path| format!("at {path}"));
        let here = (!told.here.is_empty()).then_some(told.here);
        let first = format!("{}: {}", told.message.id, told.what);
        std::iter::once(first).chain(here).chain(path).chain(finding).chain(get).collect::<Vec<_>>()
    };
    layerdrop::explain::explain(&drops::unescape_text(text), session.plan()).into_iter().flat_map(told).collect()
}

/// The runtimes by verdict and architecture, and what speaks against them.
fn targets(plan: &layerdrop::plan::Plan) -> Vec<String> {
    let mut lines: std::collections::BTreeMap<String, Vec<&str>> = std::collections::BTreeMap::new();
    for row in &plan.targets {
        let reasons: Vec<&str> = row.reasons.iter().map(|reason| reason.rule.id).collect();
        let key = format!("{} {} {}", row.verdict.id(), row.target.architecture.id(), reasons.join(" "));
        lines.entry(key.trim().to_owned()).or_default().push(row.target.runtime.id);
    }
    lines.into_iter().map(|(key, runtimes)| format!("{key}: {}", runtimes.join(" "))).collect()
}

/// Builds the layer into memory.
pub fn build(session: &mut Session) -> Result<(Vec<u8>, layerdrop::session::Layer), layerdrop::error::Error> {
    let mut bytes = Vec::new();
    let layer = session.build(&mut bytes, &mut |_| {})?;
    Ok((bytes, layer))
}

const SHELLS: &[&str] = &["sh", "powershell", "cmd", "batch"];

fn command(session: &mut Session, id: &str, shell: &str) -> Vec<String> {
    let (_, layer) = build(session).unwrap();
    let command = layer.kit.command(id).unwrap_or_else(|| panic!("there is no command {id}"));
    match shell {
        "sh" => command.sh.lines().map(str::to_owned).collect(),
        "powershell" => command.powershell.lines().map(str::to_owned).collect(),
        "cmd" => command.cmd.lines().map(str::to_owned).collect(),
        "batch" => command.batch.lines().map(str::to_owned).collect(),
        _ => command
            .files
            .iter()
            .flat_map(|file| std::iter::once(format!("{}:", file.name)).chain(file.text.lines().map(str::to_owned)))
            .collect(),
    }
}

/// Each packed file's first line, to show what was mended.
fn contents(session: &Session) -> Vec<String> {
    let plan = session.plan();
    plan.items()
        .iter()
        .map(|item| {
            let bytes = item.content.read(1 << 20).unwrap().unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            format!("{} {:?}", item.path, text.split('\n').next().unwrap_or(""))
        })
        .collect()
}

/// All lines of one packed file, apart from empty ones.
fn whole(session: &Session, path: &str) -> Vec<String> {
    let items = session.plan().items();
    let item = items.iter().find(|item| item.path.as_str() == path).unwrap_or_else(|| panic!("there is no {path}"));
    let bytes = item.content.read(1 << 20).unwrap().unwrap_or_default();
    String::from_utf8_lossy(&bytes)
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.replace('\0', "\\0"))
        .collect()
}
