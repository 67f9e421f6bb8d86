//! The shape of the code as rules: who may import whom, and what stays where. ARCHITECTURE.md gives the reasons.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

use std::fs;
use std::path::{Path, PathBuf};

use layerdrop::tables::runtimes::RUNTIMES;

/// Each module with those of ours that it may use, beside `order`, which stands in for std. A later stage uses an earlier
/// one's results, never the reverse.
const MAY_USE: &[(&str, &[&str])] = &[
    ("order", &[]),
    ("tables", &[]),
    ("words", &[]),
    ("bytes", &[]),
    ("deflate", &[]),
    ("error", &["tables"]),
    ("path", &["error", "tables", "words"]),
    ("content", &["bytes"]),
    ("archive", &["bytes", "content", "error", "path", "tables", "words"]),
    ("intake", &["archive", "bytes", "content", "error", "path", "tables", "words"]),
    ("license", &["tables"]),
    ("recipe", &["bytes", "choices", "content", "error", "intake"]),
    ("choices", &["error", "license", "path", "tables", "words"]),
    ("inspect", &["bytes", "content", "error", "intake", "path", "tables", "words"]),
    ("recognise", &["bytes", "content", "error", "inspect", "intake", "license", "path", "tables", "words"]),
    ("place", &["choices", "content", "intake", "path", "recognise", "tables"]),
    ("repair", &["choices", "inspect", "path", "place", "recognise", "tables"]),
    ("target", &["inspect", "path", "place", "recognise", "tables", "words"]),
    ("slimming", &["choices", "path", "place", "tables", "target"]),
    ("propose", &["tables", "target"]),
    (
        "check",
        &[
            "propose",
            "inspect",
            "target",
            "choices",
            "content",
            "intake",
            "license",
            "path",
            "place",
            "recognise",
            "tables",
            "words",
        ],
    ),
    ("tree", &["check", "path", "place"]),
    ("pack", &["bytes", "content", "deflate", "error", "path"]),
    ("publish", &["choices", "error", "recognise", "tables", "words"]),
    (
        "plan",
        &[
            "check",
            "choices",
            "content",
            "pack",
            "path",
            "place",
            "propose",
            "publish",
            "recognise",
            "slimming",
            "tables",
            "target",
            "words",
            "tree",
        ],
    ),
    ("markdown", &["words"]),
    (
        "diff",
        &[
            "choices",
            "content",
            "inspect",
            "markdown",
            "path",
            "place",
            "plan",
            "recognise",
            "tables",
            "target",
            "words",
        ],
    ),
    ("stack", &["check", "choices", "markdown", "path", "place", "plan", "recognise", "tables", "target", "words"]),
    ("explain", &["check", "inspect", "path", "plan", "tables", "words"]),
    (
        "bundle",
        &["bytes", "content", "error", "intake", "license", "pack", "path", "plan", "publish", "recipe", "recognise"],
    ),
    (
        "session",
        &[
            "bundle",
            "diff",
            "explain",
            "stack",
            "words",
            "bytes",
            "deflate",
            "repair",
            "check",
            "choices",
            "error",
            "intake",
            "pack",
            "path",
            "place",
            "plan",
            "publish",
            "recipe",
            "recognise",
            "slimming",
            "tables",
            "tree",
            "words",
        ],
    ),
    (
        "wasm",
        &[
            "diff",
            "explain",
            "stack",
            "bytes",
            "check",
            "choices",
            "content",
            "deflate",
            "error",
            "inspect",
            "intake",
            "pack",
            "path",
            "place",
            "plan",
            "publish",
            "recipe",
            "recognise",
            "session",
            "slimming",
            "tables",
            "target",
            "words",
        ],
    ),
];

/// Each folder of the page with those that its scripts may use, beside `words.js`. The element and the workbench, which
/// stand beside the folders, use them all.
const PAGE_MAY_USE: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("page", &[]),
    ("engine", &[]),
    ("drop", &["page"]),
    ("settings", &["page"]),
    ("contents", &["page"]),
    ("result", &["page"]),
    ("tools", &["page", "result"]),
];

/// What only the module that knows the browser may name; serde comes with it.
const BROWSER: &[&str] = &["wasm_bindgen", "js_sys", "web_sys", "serde::", "serde_wasm_bindgen"];

/// What would make the core depend on the machine or the moment.
const IMPURE: &[&str] =
    &["std::fs", "std::env", "std::time", "std::net", "std::process", "std::thread", "HashMap", "HashSet"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().unwrap() != "pkg" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The code of a file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let comment = |line: &str| ["//", "* ", "/**"].iter().any(|mark| line.trim_start().starts_with(mark));
    text.lines().filter(|line| !comment(line)).collect::<Vec<_>>().join("\n")
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The module of a source file: `src/check/layer.rs` belongs to `check`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    below.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

#[test]
fn modules_import_only_what_comes_before_them() {
    for path in files("src", "rs") {
        let module = module(&path);
        if module == "lib" {
            continue;
        }
        let row = MAY_USE.iter().find(|(name, _)| *name == module);
        let (_, allowed) = row.unwrap_or_else(|| panic!("{} belongs to no module of the table", shown(&path)));
        let code = code(&path);
        for (at, _) in code.match_indices("crate::") {
            let used: String = code[at + 7..]
                .chars()
                .take_while(|character| character.is_alphanumeric() || *character == '_')
                .collect();
            let known = MAY_USE.iter().any(|(name, _)| *name == used);
            assert!(
                !known || used == module || used == "order" || allowed.contains(&used.as_str()),
                "{} uses crate::{used}; {module} may use {allowed:?}",
                shown(&path)
            );
        }
    }
}

#[test]
fn folders_of_the_page_import_only_what_they_may() {
    for path in files("www", "js") {
        let below = path.strip_prefix(root().join("www")).unwrap();
        let Some(folder) = below.parent().and_then(Path::to_str).filter(|folder| !folder.is_empty()) else { continue };
        let row = PAGE_MAY_USE.iter().find(|(name, _)| *name == folder);
        let (_, allowed) = row.unwrap_or_else(|| panic!("{} lies in no folder of the table", shown(&path)));
        for used in code(&path).split("from \"../").skip(1).filter_map(|rest| rest.split('"').next()) {
            let other = used.split('/').next().unwrap();
            assert!(
                used == "words.js" || allowed.contains(&other),
                "{} uses {used}; {folder} may use {allowed:?}",
                shown(&path)
            );
        }
    }
}

#[test]
fn only_the_wasm_module_knows_the_browser() {
    for path in files("src", "rs").iter().filter(|path| module(path) != "wasm") {
        for name in BROWSER {
            assert!(!code(path).contains(name), "{} names {name}; only src/wasm may", shown(path));
        }
    }
}

#[test]
fn the_core_is_pure() {
    for path in files("src", "rs") {
        for name in IMPURE {
            assert!(!code(&path).contains(name), "{} uses {name}", shown(&path));
        }
    }
}

#[test]
fn the_page_holds_no_fact_about_lambda() {
    for path in files("www", "js") {
        let code = code(&path);
        for runtime in
            RUNTIMES.iter().filter(|runtime| runtime.id.contains(|character: char| character.is_ascii_digit()))
        {
            assert!(!code.contains(&format!("\"{}\"", runtime.id)), "{} names {}", shown(&path), runtime.id);
        }
        for fact in ["262144000", "52428800", "publish-layer-version", "site-packages"] {
            assert!(!code.contains(fact), "{} holds {fact}; facts are rows of src/tables", shown(&path));
        }
    }
}

#[test]
fn the_page_writes_text_and_reaches_no_network() {
    let sinks = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "setAttribute(\"style\"",
    ];
    let network = [
        "XMLHttpRequest",
        "WebSocket",
        "EventSource",
        "sendBeacon",
        "RTCPeerConnection",
        "window.open",
        "importScripts",
    ];
    for path in files("www", "js") {
        let (name, code) = (shown(&path), code(&path));
        for sink in sinks {
            assert!(!code.contains(sink), "{name} uses {sink}: what comes from files is text");
        }
        for call in network {
            assert!(!code.contains(call), "{name} uses {call}: nothing leaves the page");
        }
        let fetches = [" fetch(", "(fetch(", ".fetch("].iter().any(|call| code.contains(call));
        assert!(!fetches || name == "www/engine/start-worker.js", "{name} fetches: only the worker's start may");
        assert!(!code.contains("new Worker(") || name == "www/engine/start-worker.js", "{name} starts a worker");
    }
}

#[test]
fn files_can_be_read_in_one_sitting() {
    for path in files("src", "rs").into_iter().chain(files("www", "js")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 450, "{} has {lines} lines; split it by noun", shown(&path));
    }
}
