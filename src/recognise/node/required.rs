//! What `require` of an npm package's name loads, by its `package.json`.

use serde_json::{Map, Value};

/// What `require` of a package's name loads.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Required {
    /// Nothing is known.
    #[default]
    Unknown,
    /// Nothing, though `import` loads something.
    Nothing,
    /// A file or folder of it, e.g. `"dist/index.cjs"`.
    Path(String),
}

impl Required {
    /// By `exports`, else by `main`, as <https://nodejs.org/api/packages.html> has it.
    pub fn of(json: &Map<String, Value>) -> Required {
        let path = |text: &str| Required::Path(text.trim_start_matches("./").trim_end_matches('/').to_owned());
        let own = match json.get("exports") {
            None | Some(Value::Null) => {
                return path(json.get("main").and_then(Value::as_str).unwrap_or("index.js"));
            }
            Some(Value::Object(all)) if all.keys().any(|key| key.starts_with('.')) => match all.get(".") {
                Some(own) => own,
                None => return Required::Unknown,
            },
            Some(own) => own,
        };
        match (target(own, &["require", "node", "node-addons", "default"]), target(own, &["import"])) {
            (Some(found), _) => path(found),
            (None, Some(_)) => Required::Nothing,
            (None, None) => Required::Unknown,
        }
    }
}

/// The path that `exports` has for some conditions, the first that counts before the others.
fn target<'a>(exports: &'a Value, conditions: &[&str]) -> Option<&'a str> {
    match exports {
        Value::String(path) => Some(path),
        Value::Array(some) => some.iter().find_map(|one| target(one, conditions)),
        Value::Object(some) => conditions
            .iter()
            .find_map(|condition| target(some.get(*condition)?, &[conditions, &["node", "default"]].concat())),
        _ => None,
    }
}
