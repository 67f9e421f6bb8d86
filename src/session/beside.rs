//! Archives that are looked at beside a session's own files: an earlier layer, the layers of a function.

use std::rc::Rc;

use super::Session;
use crate::choices::Choices;
use crate::diff::Difference;
use crate::error::Error;
use crate::intake::{self, DroppedFile, Form};
use crate::path::file_name;
use crate::plan::plan;
use crate::recognise::{self, Recognised};
use crate::stack::Stack;
use crate::tables::limits::MAX_LAYERS;
use crate::words::quoted;

impl Session {
    /// What changes from an earlier layer's zip to this layer.
    pub fn diff(&self, earlier: DroppedFile) -> Result<Difference, Error> {
        let part = self.as_it_is(earlier)?;
        let name = part.source.name.clone();
        let choices = Choices { settings: self.settings().clone(), ..Choices::default() };
        Ok(Difference::between(&name, &plan(vec![part], choices, None), self.plan()))
    }

    /// Layers on top of each other, in their order, with the function that has them.
    pub fn stack(&self, layers: Vec<DroppedFile>, function: Option<DroppedFile>) -> Result<Stack, Error> {
        if layers.is_empty() || layers.len() > MAX_LAYERS {
            let found = format!("found {} layers; a function has 1 to {MAX_LAYERS}", layers.len());
            return Err(Error::InvalidOperation { found });
        }
        let layers = layers.into_iter().map(|layer| self.as_it_is(layer)).collect::<Result<Vec<_>, _>>()?;
        let function = function.map(|function| self.as_it_is(function)).transpose()?;
        Ok(Stack::of(layers, function, self.settings()))
    }

    /// An archive whose files lie where they lie.
    fn as_it_is(&self, mut file: DroppedFile) -> Result<Rc<Recognised>, Error> {
        file.path = file_name(&file.path).to_owned();
        let name = file.path.clone();
        let wrong = |why: &str| Error::InvalidOperation { found: format!("{}: {why}", quoted(&name)) };
        let mut source = intake::sources(vec![file], self.new_spool, |_, _| {}).pop();
        if let Some(closed) = source.as_ref().filter(|source| source.form == Form::File && source.refused.is_none()) {
            // The code of a function in Java is a jar; of any other file the reader says what it lacks.
            source = closed.entries.first().map(|entry| closed.opened(entry));
        }
        let source = source.ok_or_else(|| wrong("found no name; expected one such as \"layer.zip\""))?;
        match &source.refused {
            Some(refusal) => Err(wrong(&refusal.message)),
            None => Ok(Rc::new(recognise::as_it_is(&Rc::new(source)))),
        }
    }
}
