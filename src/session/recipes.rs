//! Recipes in and out of a session.

use super::Session;
use crate::choices::{Choices, Repair};
use crate::error::Error;
use crate::place;
use crate::recipe::{Fingerprint, Recipe};
use crate::repair::repairs;

/// How the files that are there compare with those that a recipe is about, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The recipe names it, and it is not there.
    pub missing: Vec<String>,
    /// It is there with other bytes.
    pub changed: Vec<String>,
    /// It is there, and the recipe doesn't name it.
    pub extra: Vec<String>,
}

impl Session {
    /// The recipe of what was decided so far. All sources are read for their digests.
    pub fn recipe(&self) -> Result<Recipe, Error> {
        let sources = self.now.sources.iter().map(|source| Fingerprint::of(source)).collect::<Result<_, _>>()?;
        Ok(Recipe::of(&self.now.choices, sources))
    }

    /// Decides as a recipe did, in one step. Returns how the files compare; same files, same zip.
    pub fn apply_recipe(&mut self, recipe: &Recipe) -> Result<Comparison, Error> {
        let mut comparison = Comparison::default();
        for wanted in &recipe.sources {
            match self.now.sources.iter().find(|source| source.name == wanted.name) {
                None => comparison.missing.push(wanted.name.clone()),
                Some(source) if Fingerprint::of(source)? != *wanted => comparison.changed.push(wanted.name.clone()),
                Some(_) => {}
            }
        }
        let named = |name: &str| recipe.sources.iter().any(|wanted| wanted.name == name);
        let names = self.now.sources.iter().map(|source| source.name.clone());
        comparison.extra = names.filter(|name| !named(name)).collect();
        let choices = Choices {
            settings: recipe.settings.clone(),
            repairs: self.repairs_as_in(recipe),
            operations: recipe.operations.clone(),
        };
        self.step("apply a recipe".into(), |state| state.choices = choices);
        Ok(comparison)
    }

    /// The repairs that these sources call for by themselves, as far as the recipe has them.
    fn repairs_as_in(&self, recipe: &Recipe) -> Vec<Repair> {
        let parts = &self.now.parts;
        let choices = Choices { settings: recipe.settings.clone(), ..Choices::default() };
        let placements = place::place(parts, &choices).placements;
        (0..parts.len())
            .flat_map(|part| repairs(part, parts, &placements))
            .filter(|repair| recipe.repairs.contains(&repair.operations))
            .collect()
    }
}
