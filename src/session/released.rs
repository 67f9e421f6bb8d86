//! What a session does with a layer once it is built.

use super::{Layer, Session};
use crate::bundle::Bundle;
use crate::bytes::Bytes;
use crate::error::Error;
use crate::pack::{Packed, Sink};
use crate::publish::published;

impl Session {
    /// What can be done with the built layer now that it was published. `answer` is what the publish command printed; it
    /// must be about this layer and this zip.
    pub fn published(&mut self, answer: &str) -> Result<Layer, Error> {
        let packed = self.is_built()?;
        self.now.published = published::versions(answer, &self.plan.layer_name(), &packed.code_sha256())?;
        Ok(self.layer(packed))
    }

    /// Writes all about the built layer into one zip; `layer` are the layer's own bytes. Returns the zip's name.
    pub fn bundle<S: Sink>(&self, layer: Bytes, sink: S) -> Result<(String, S), Error> {
        let (packed, recipe) = (self.is_built()?, self.recipe()?);
        let (plan, published) = (&self.plan, self.now.published.as_slice());
        let bundle = Bundle { plan, packed: &packed, published, recipe: &recipe };
        Ok((bundle.file_name(), bundle.write(layer, sink)?))
    }

    fn is_built(&self) -> Result<Packed, Error> {
        let found = "the layer was not built, or was changed since; build it first";
        self.now.built.ok_or_else(|| Error::InvalidOperation { found: found.into() })
    }

    pub(super) fn layer(&self, packed: Packed) -> Layer {
        let published = self.now.published.clone();
        let kit = self.plan.kit(&packed, &published);
        Layer { file_name: self.plan.file_name(), packed, kit, published }
    }
}
