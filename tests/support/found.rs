//! What a case expects: each keyword with the lines that the session really shows.

use layerdrop::session::Session;
use layerdrop::slimming::Budget;

use super::{build, drops};

const SHELLS: &[&str] = &["sh", "powershell", "cmd", "batch"];

/// What the session shows of one aspect, as lines.
pub fn found(session: &mut Session, keyword: &str) -> Vec<String> {
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
pub fn explained(session: &Session, text: &str) -> Vec<String> {
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
