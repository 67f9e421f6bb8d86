//! The publish kit: everything that gets a built layer to AWS, from what the person chose and what was packed.
//!
//! Commands are argument lists with a few steps between them ([`script`]), rendered for each shell ([`shell`]);
//! [`snippets`] are files for the tools that keep infrastructure as code.

pub mod commands;
pub mod published;
pub mod release;
pub mod script;
pub mod shell;
pub mod snippets;
pub mod tokens;

use std::rc::Rc;

pub use self::commands::{Command, REFUSED_BY_AWS, SideFile};
pub use self::published::Version;
pub use self::release::Release;
pub use self::shell::Shell;
pub use self::snippets::Snippet;
use crate::choices::{Settings, plain_name};
use crate::recognise::{Kind, Recognised};
use crate::tables::limits::max_length;
use crate::tables::rules::Rule;

/// All that can be done with a release.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Kit {
    /// The commands, in the order in which they are needed.
    pub commands: Vec<Command>,
    /// The layer as code, a file for each tool.
    pub snippets: Vec<Snippet>,
}

impl Kit {
    /// The kit of a release. `errors` are the rules that error findings broke: what AWS is known to refuse is empty.
    pub fn new(release: &Release, errors: &[&Rule]) -> Kit {
        Kit { commands: commands::commands(release, errors), snippets: snippets::snippets(release, errors) }
    }

    /// A snippet's text by its name, e.g. `"terraform"`.
    pub fn snippet(&self, id: &str) -> Option<&str> {
        self.snippets.iter().find(|snippet| snippet.id == id).map(|snippet| snippet.text.as_str())
    }

    /// A command by its name, e.g. `"publish"`.
    pub fn command(&self, id: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.id == id)
    }
}

/// The chosen layer name; else the name of the only thing that was dropped, or `"layer"`, after the prefix.
pub fn layer_name(settings: &Settings, parts: &[Rc<Recognised>]) -> String {
    if !settings.layer_name.is_empty() {
        return settings.layer_name.clone();
    }
    let known: Vec<&Rc<Recognised>> = parts
        .iter()
        .filter(|part| {
            !matches!(
                part.kind,
                Kind::NotReady
                    | Kind::SourceDistribution
                    | Kind::GemSource
                    | Kind::PythonList
                    | Kind::Unrecognised
                    | Kind::Refused
                    | Kind::Written
            )
        })
        .collect();
    let name = match known.as_slice() {
        [only] => plain_name(&only.name),
        _ => String::new(),
    };
    let name = if name.is_empty() { "layer".into() } else { name };
    let prefix = plain_name(&settings.name_prefix) + trailing(&settings.name_prefix);
    let mut name = if name.starts_with(&prefix) { name } else { prefix + &name };
    name.truncate(max_length("layerName"));
    name
}

/// The hyphen at the end of a prefix, which is no part of a plain name.
fn trailing(prefix: &str) -> &str {
    if prefix.ends_with('-') { "-" } else { "" }
}
