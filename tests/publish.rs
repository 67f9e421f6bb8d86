//! The command as a shell receives it: run through the real shells of this machine, the argument list that arrives
//! must be the one that was meant.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails, panics"
)]

use std::process::Command;

use layerdrop::publish::Shell;
use layerdrop::publish::script::{Action, Argument, Call, Script};

/// Arguments with everything that a shell could take for its own.
const ARGUMENTS: &[&str] = &[
    "plain",
    "two words",
    "it's",
    "\"quoted\"",
    "$HOME",
    "`id`",
    "$(id)",
    "a\\b",
    "back\\",
    "*",
    "~",
    "!",
    "a!b",
    "%PATH%",
    "^",
    "&",
    "|",
    ";",
    "<>",
    "#",
    "-x",
    "--",
    "=",
    "a=b",
    "é🦀",
    "new\nline",
    "tab\there",
    "",
    "'",
    "''",
    "{a,b}",
    "[a]",
    "(x)",
    "\u{2018}typographic\u{2019}",
];

/// Calls, one after the other.
fn script(calls: &[Vec<String>]) -> Script {
    let mut script = Script::default();
    for arguments in calls {
        script.then(Action::Run(Call(arguments.iter().map(|argument| Argument::from(argument.as_str())).collect())));
    }
    script
}

#[test]
fn posix_shells_pass_every_argument_on() {
    let mut tried = 0;
    for shell in ["sh", "bash", "dash", "zsh", "ksh"] {
        if Command::new(shell).arg("-c").arg("exit 0").status().is_err() {
            continue;
        }
        tried += 1;
        let mut arguments = vec!["printf".to_owned(), "%s\\0".to_owned()];
        arguments.extend(ARGUMENTS.iter().map(|argument| (*argument).to_owned()));
        let text = Shell::Posix.render(&script(&[arguments]));
        let output = Command::new(shell).arg("-c").arg(&text).output().unwrap();
        let received = String::from_utf8(output.stdout).unwrap();
        let received: Vec<&str> = received.strip_suffix('\0').unwrap().split('\0').collect();
        assert_eq!(received, ARGUMENTS, "{shell} received other arguments from\n{text}");
    }
    assert!(tried >= 1, "no shell was there to try");
}

#[test]
fn the_second_command_runs_only_after_the_first() {
    let two = |first: &str| {
        Shell::Posix.render(&script(&[vec![first.to_owned()], vec!["echo".to_owned(), "done".to_owned()]]))
    };
    let run = |text: String| Command::new("sh").arg("-c").arg(text).output().unwrap().stdout;
    assert_eq!(run(two("true")), b"done\n");
    assert_eq!(run(two("false")), b"");
}

#[test]
fn powershell_doubles_every_kind_of_single_quote() {
    for (argument, quoted) in [
        ("plain-1.2_x:/y", "plain-1.2_x:/y"),
        ("it's", "'it''s'"),
        ("\u{2018}a\u{2019}", "'\u{2018}\u{2018}a\u{2019}\u{2019}'"),
        ("$HOME `n", "'$HOME `n'"),
        ("a,b", "'a,b'"),
        ("@x", "'@x'"),
        ("", "''"),
    ] {
        assert_eq!(Shell::PowerShell.quote(argument), quoted);
    }
}

#[test]
fn cmd_quotes_and_doubles_a_last_backslash() {
    for (argument, quoted) in [
        ("plain", "plain"),
        ("two words", "\"two words\""),
        ("a\\ b\\", "\"a\\ b\\\\\""),
        ("", "\"\""),
        ("a&b", "\"a&b\""),
    ] {
        assert_eq!(Shell::Cmd.quote(argument), quoted);
    }
}
