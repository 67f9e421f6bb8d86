//! The steps that scripts ask for, as JSON.

use serde_json::Value;

use super::Session;
use crate::choices::Operation;
use crate::error::Error;
use crate::slimming::Budget;

/// A step that a script names by `op`: an operation, or what comes down to several of them.
pub enum Step {
    /// `{ op: "exclude", path: "python/tests" }`
    Operation(Operation),
    /// `{ op: "fix", id }`
    Fix(String),
    /// `{ op: "fixAll" }`
    FixAll,
    /// `{ op: "slim", id: "tests" }`
    Slim(String),
    /// `{ op: "fit", limit: "zipped" }`
    Fit(Budget),
    /// `{ op: "all", operations: [ … ] }`
    All(Vec<Operation>),
}

impl Step {
    /// The step of an object; an error says what was found and what was expected.
    pub fn from_json(value: &Value) -> Result<Step, String> {
        let text = |name: &str| {
            value.get(name).and_then(Value::as_str).ok_or_else(|| format!("{value}; expected a text as {name}"))
        };
        Ok(match text("op")? {
            "fix" => Step::Fix(text("id")?.to_owned()),
            "fixAll" => Step::FixAll,
            "slim" => Step::Slim(text("id")?.to_owned()),
            "fit" => {
                let limit = text("limit")?;
                let found = || format!("the limit {limit:?}; expected unzipped or zipped");
                Step::Fit(Budget::find(limit).ok_or_else(found)?)
            }
            "all" => {
                let operations = value.get("operations").and_then(Value::as_array);
                let operations = operations.ok_or_else(|| format!("{value}; expected a list as operations"))?;
                Step::All(operations.iter().map(Operation::from_json).collect::<Result<_, _>>()?)
            }
            _ => Step::Operation(Operation::from_json(value)?),
        })
    }

    /// Carries it out.
    pub fn take(self, session: &mut Session) -> Result<(), Error> {
        match self {
            Step::Operation(operation) => session.apply(operation),
            Step::Fix(id) => session.fix(&id),
            Step::FixAll => session.fix_all().map(|_| ()),
            Step::Slim(id) => session.slim(&id),
            Step::Fit(budget) => session.fit(budget),
            Step::All(operations) => session.apply_all(operations),
        }
    }
}
