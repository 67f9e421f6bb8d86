//! Leaving out what a layer works without.

use super::Session;
use crate::choices::{Operation, Scope};
use crate::error::Error;
use crate::slimming::{Budget, Saving};
use crate::tables::slimming::GROUPS;
use crate::words::{counted, grouped, listed};

impl Session {
    /// Leaves out a group, such as `"tests"`, in one step.
    pub fn slim(&mut self, id: &str) -> Result<(), Error> {
        let savings = self.plan.savings();
        let Some(saving) = savings.iter().find(|saving| saving.group.id == id) else {
            let known: Vec<&str> = GROUPS.iter().map(|group| group.id).collect();
            let found = match known.contains(&id) {
                true => format!("nothing in the layer belongs to the group {id:?}"),
                false => format!("there is no group {id:?}; expected one of {}", known.join(", ")),
            };
            return Err(Error::InvalidOperation { found });
        };
        self.leave_out(&[saving]);
        Ok(())
    }

    /// Leaves out as many groups as it takes to stay within a budget, in one step; nothing where it does already. An
    /// error says how much is missing where all of them are not enough; then nothing is left out.
    pub fn fit(&mut self, budget: Budget) -> Result<(), Error> {
        let savings = self.plan.savings();
        let fit = self.plan.fit(budget, &savings);
        if fit.left > fit.most {
            let found = format!(
                "the layer would still have {} bytes without all that it works without; expected at most {}",
                grouped(fit.left),
                grouped(fit.most)
            );
            return Err(Error::InvalidOperation { found });
        }
        let taken: Vec<&Saving> = savings.iter().take(fit.groups).collect();
        if !taken.is_empty() {
            self.leave_out(&taken);
        }
        Ok(())
    }

    fn leave_out(&mut self, savings: &[&Saving]) {
        let titles: Vec<&str> = savings.iter().map(|saving| saving.group.title).collect();
        let files = savings.iter().map(|saving| saving.files).sum();
        let label = format!("leave out {}, {}", listed(&titles).to_lowercase(), counted(files, "file"));
        let mut paths: Vec<String> = savings.iter().flat_map(|saving| saving.paths.iter().cloned()).collect();
        paths.sort_unstable();
        let operation = Operation::Exclude(Scope::Paths(paths.into()));
        self.step(label, |state| state.choices.operations.push(operation));
    }
}
