//! Every command that a layer has in its life: a row each, and a script that follows from the release.

mod attach;
mod publish;
mod share;
mod version;
mod versions;

pub use self::share::ACTION;
use super::release::{Release, Way};
use super::script::Script;
use super::shell::Shell;
use crate::tables::rules::{self, Rule};

/// A command as text for three shells; empty texts where it can't be, or is known to be refused.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Command {
    /// The name, e.g. `"publish"`.
    pub id: &'static str,
    /// What a person reads above it.
    pub title: &'static str,
    /// What it does, and what to know before.
    pub about: &'static str,
    /// For sh, bash, dash and zsh.
    pub sh: String,
    /// For PowerShell, Windows PowerShell 5.1 included.
    pub powershell: String,
    /// For the Windows command prompt.
    pub cmd: String,
    /// For a file that the Windows command prompt runs.
    pub batch: String,
    /// Files that the command reads beside the zip.
    pub files: Vec<SideFile>,
}

/// A file that a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFile {
    /// Its name, in the folder that the command runs in.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A command before it is rendered.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its steps; none where there is nothing to do.
    pub script: Script,
    /// What it reads.
    pub files: Vec<SideFile>,
}

impl From<Script> for Draft {
    fn from(script: Script) -> Draft {
        Draft { script, files: Vec::new() }
    }
}

/// Rules whose error findings mean that AWS refuses to publish, so that no command is shown.
pub const REFUSED_BY_AWS: &[&Rule] = &[
    rules::EMPTY_LAYER,
    rules::OVER_UNZIPPED_LIMIT,
    rules::INVALID_RUNTIME,
    rules::TOO_MANY_RUNTIMES,
    rules::INVALID_ARCHITECTURE,
    rules::INVALID_LAYER_NAME,
    rules::INVALID_DESCRIPTION,
    rules::INVALID_LICENSE_INFO,
    rules::INVALID_REGION,
    rules::INVALID_PROFILE,
    rules::INVALID_S3_BUCKET,
    rules::INVALID_S3_KEY,
    rules::INVALID_S3_OBJECT_VERSION,
    rules::INVALID_STORAGE_MODE,
    rules::BUCKET_NEEDED,
    rules::BUCKET_IN_ONE_REGION,
];

struct Row {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    draft: fn(&Release) -> Draft,
    /// What stops this command, besides what stops all.
    refused: &'static [&'static Rule],
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { id: "publish", title: "Publish", draft: publish::publish, refused: &[],
        about: "Makes a new version of the layer. Its number and ARN are in what the command prints." },
    Row { id: "publishIfChanged", title: "Publish if changed", draft: publish::publish_if_changed, refused: &[],
        about: "Makes a new version only if the newest one is another zip, and then checks that AWS has these very bytes." },
    Row { id: "check", title: "Check", draft: versions::check, refused: &[],
        about: "Compares the CodeSha256 that AWS reports with that of this zip." },
    Row { id: "share", title: "Share", draft: share::share, refused: &[rules::INVALID_AUDIENCE],
        about: "Lets the chosen accounts use this version. Each new version has to be shared again." },
    Row { id: "unshare", title: "Stop sharing", draft: share::unshare, refused: &[rules::INVALID_AUDIENCE],
        about: "Takes the permission back. Functions that use the version already keep it." },
    Row { id: "policy", title: "Show who may use it", draft: share::policy, refused: &[],
        about: "Shows the version's policy. Until it was shared there is none, and AWS says that it is not found." },
    Row { id: "attach", title: "Attach to a function", draft: attach::attach, refused: &[rules::INVALID_FUNCTION],
        about: "Adds this version to the function's layers, in place of an older one of the same layer, and keeps the others." },
    Row { id: "list", title: "List versions", draft: versions::list, refused: &[],
        about: "Lists the layer's versions." },
    Row { id: "users", title: "Who uses it", draft: versions::users, refused: &[],
        about: "Lists the functions of your own account that use any version of the layer." },
    Row { id: "delete", title: "Delete this version", draft: versions::delete, refused: &[],
        about: "Functions that use it keep working, but can't be changed to use it again. Its number is never given twice." },
    Row { id: "cleanUp", title: "Delete old versions", draft: versions::clean_up, refused: &[rules::INVALID_KEEP_VERSIONS],
        about: "Deletes all versions but the newest. Functions that use them keep working; look at who uses the layer before." },
];

/// All commands. `errors` are the rules that error findings broke.
pub fn commands(release: &Release, errors: &[&Rule]) -> Vec<Command> {
    let broken = |rules: &[&'static Rule]| rules.iter().any(|rule| errors.contains(rule));
    // Without a way for the zip only what is about other versions makes sense, and that is not what is waited for.
    let none = broken(REFUSED_BY_AWS) || release.way() == Way::Nowhere;
    ROWS.iter()
        .map(|row| {
            let draft = if none || broken(row.refused) { Draft::default() } else { (row.draft)(release) };
            Command {
                id: row.id,
                title: row.title,
                about: row.about,
                sh: Shell::Posix.render(&draft.script),
                powershell: Shell::PowerShell.render(&draft.script),
                cmd: Shell::Cmd.render(&draft.script),
                batch: Shell::Batch.render(&draft.script),
                files: draft.files,
            }
        })
        .collect()
}

/// A command for POSIX shells, and what it reads, as far as nothing speaks against it. Empty for a name that is not known.
pub fn script_of(id: &str, release: &Release) -> (String, Vec<SideFile>) {
    let row = ROWS.iter().find(|row| row.id == id && release.way() != Way::Nowhere);
    let draft = row.map(|row| (row.draft)(release)).unwrap_or_default();
    (Shell::Posix.render(&draft.script), draft.files)
}
