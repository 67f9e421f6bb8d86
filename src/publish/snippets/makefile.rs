//! A part of a Makefile: `make publish-layer`.
//!
//! Source: <https://www.gnu.org/software/make/manual/html_node/Multi_002dLine.html>; works from GNU Make 3.81 on, which macOS has.

use super::comment;
use crate::publish::commands::script_of;
use crate::publish::release::Release;

/// Targets for what is done again and again; empty where there is no command to publish.
pub fn makefile(release: &Release) -> String {
    let targets = [("publish-layer", "PUBLISH_LAYER", "publishIfChanged"), ("share-layer", "SHARE_LAYER", "share")];
    let mut text = String::new();
    for (target, variable, command) in targets {
        let (script, files) = script_of(command, release);
        if script.is_empty() {
            continue;
        }
        let needs = std::iter::once(release.file).chain(files.iter().map(|file| file.name.as_str()));
        let needs: Vec<String> = needs.map(literal).collect();
        // A recipe's lines run in shells of their own; in a variable they stay together.
        text.push_str(&format!(
            "\ndefine {variable}\n{}\nendef\nexport {variable}\n\n.PHONY: {target}\n{target}: {}\n\t@eval \"$${variable}\"\n",
            literal(script.trim_end()),
            needs.join(" ")
        ));
    }
    if text.is_empty() {
        return text;
    }
    comment("#", &["In a Makefile beside the zip: include layer.mk".to_owned()]) + &text
}

fn literal(text: &str) -> String {
    text.replace('$', "$$")
}
