//! What a message of CloudWatch, the AWS CLI or the console means, and what the layer has to do with it.
//!
//! The messages are rows of [`tables::messages`](crate::tables::messages); here they are found in a text, and what they
//! name is looked for in the layer.

mod evidence;
mod template;

use self::evidence::Evidence;
use self::template::Match;
use crate::order;
use crate::plan::Plan;
use crate::tables::limits::MAX_MESSAGE;
use crate::tables::messages::{About, MESSAGES, Message, NOT_KNOWN};

/// A message that was found in a text.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Its row.
    pub message: &'static Message,
    /// What it means.
    pub what: String,
    /// Where it comes from.
    pub why: String,
    /// What to do.
    pub how: String,
    /// What of it is seen in the layer; empty where the layer tells nothing.
    pub here: String,
    /// The command that gets what is missing, word by word: `["gem", "fetch", "nokogiri"]`.
    pub command: Option<Vec<String>>,
    /// The path in the layer that it is about.
    pub path: Option<String>,
    /// The finding that tells of the same, as an index into the plan's.
    pub finding: Option<usize>,
}

/// Explanations of one text at most.
const MOST: usize = 20;

/// Every message that is found in a text, in the order of the text; never empty: of what is not known it says so.
///
/// `"No module named 'requests'"` gives the row `python-module-missing`, and says whether the layer has `requests`.
/// Of a longer text the first 256 KiB are read.
pub fn explain(text: &str, plan: &Plan) -> Vec<Explanation> {
    let text = plain(text);
    let mut found: Vec<(&'static Message, Match)> = Vec::new();
    for message in MESSAGES.iter().copied().flatten() {
        for pattern in message.patterns {
            let mut from = 0;
            while let Some(matched) = template::find(pattern, &text, from) {
                from = matched.end;
                let said = |(_, before): &(&Message, Match)| matched.start < before.end && before.start < matched.end;
                if found.len() < 4 * MOST && !found.iter().any(said) {
                    found.push((message, matched));
                }
            }
        }
    }
    if found.iter().any(|(message, _)| message.about != About::Frame) {
        found.retain(|(message, _)| message.about != About::Frame);
    }
    order::sort_by_key(&mut found, |(_, matched)| matched.start);
    found.truncate(MOST);
    if found.is_empty() {
        found.push((NOT_KNOWN, Match { start: 0, end: 0, held: Vec::new() }));
    }
    let mut told: Vec<Explanation> = Vec::new();
    for (message, matched) in &found {
        let one = explanation(message, matched, plan);
        if !told.iter().any(|other| other.message.id == one.message.id && other.what == one.what) {
            told.push(one);
        }
    }
    told
}

fn explanation(message: &'static Message, matched: &Match, plan: &Plan) -> Explanation {
    let filled = |text: &str| {
        let fill = |text: String, (name, held): &(&str, &str)| text.replace(&format!("{{{name}}}"), held);
        matched.held.iter().fold(text.to_owned(), fill)
    };
    let Evidence { here, path, finding, get, command, .. } = evidence::evidence(plan, message, matched);
    let how = if get.is_empty() { filled(message.how) } else { format!("{} {get}", filled(message.how)) };
    Explanation { message, what: filled(message.what), why: filled(message.why), how, here, command, path, finding }
}

/// A text as the program wrote it that the log quotes: without colours and JSON's escapes, its quotes all alike.
fn plain(text: &str) -> String {
    let text = template::beginning(text, MAX_MESSAGE).replace("\\\"", "\"").replace("\\n", "\n").replace("\r\n", "\n");
    let mut plain = String::with_capacity(text.len());
    let mut coloured = false;
    for character in text.chars() {
        match character {
            '\u{1b}' => coloured = true,
            'A'..='Z' | 'a'..='z' if coloured => coloured = false,
            _ if coloured => {}
            '‘' | '’' | '`' => plain.push('\''),
            '“' | '”' => plain.push('"'),
            other => plain.push(other),
        }
    }
    plain
}
