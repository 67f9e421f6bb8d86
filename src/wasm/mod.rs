//! The only module that knows the browser: decode, one call, encode. No decision about layers is taken here.

mod blob;
mod digest;
mod looking;
mod packing;
mod view;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Error as JsError, Function, JSON, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use self::blob::{BlobBytes, Parts};
pub use self::digest::Digest;
use self::digest::{digest_of, digest_of_made, hex};
pub use self::looking::{members, see};
use self::packing::Packing;
pub use self::packing::work;
use crate::check::Severity;
use crate::error::Error;
use crate::explain::explain;
use crate::intake::DroppedFile;
use crate::pack;
use crate::publish::tokens::tokens;
use crate::recipe::Recipe;
use crate::recognise::first_look::first_look;
use crate::session::{self, Step};

/// A session as the worker holds it. Every call is synchronous.
#[wasm_bindgen]
pub struct Session {
    inner: session::Session,
}

#[wasm_bindgen]
#[allow(clippy::missing_errors_doc, reason = "what is thrown is an Error with a stable name")]
impl Session {
    /// An empty session.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "it is a JavaScript class")]
    pub fn new() -> Session {
        // A trap says only "unreachable"; this says why, in the console, before it.
        std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
        Session { inner: session::Session::with_spools(blob::spool) }
    }

    /// Every fact about Lambda that the page shows.
    #[wasm_bindgen(unchecked_return_type = "Catalogue")]
    pub fn catalogue(&self) -> Result<JsValue, JsValue> {
        encode(&view::catalogue())
    }

    /// Adds files; each is `{ path, blob, mode?, mtime?, size? }`.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn add(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "DroppedFile[]")] files: Array,
        #[wasm_bindgen(unchecked_param_type = "((progress: Progress) => void) | null | undefined")]
        on_progress: JsValue,
    ) -> Result<JsValue, JsValue> {
        let total = f64::from(files.length());
        let dropped = files.iter().map(|file| dropped_file(&file)).collect::<Result<Vec<_>, _>>()?;
        let report = Rc::new(RefCell::new(Reporter::new(on_progress, total)));
        let unpacking = report.clone();
        blob::while_busy(
            move || unpacking.borrow_mut().again(),
            || self.inner.add(dropped, |done, path| report.borrow_mut().send(done as f64, path)),
        );
        blob::forget_heads();
        report.borrow_mut().last(total);
        self.overview()
    }

    /// The settings.
    #[wasm_bindgen(unchecked_return_type = "Settings")]
    pub fn settings(&self) -> Result<JsValue, JsValue> {
        encode(&self.inner.settings().to_json())
    }

    /// Changes some settings: what the object doesn't name stays.
    #[wasm_bindgen(js_name = setSettings, unchecked_return_type = "Overview")]
    pub fn set_settings(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Partial<Settings>")] partial: JsValue,
    ) -> Result<JsValue, JsValue> {
        let settings = decode(&partial).and_then(|partial| self.inner.settings().with_json(&partial));
        self.inner.set_settings(settings.map_err(invalid)?);
        self.overview()
    }

    /// The plan without its entries.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn overview(&self) -> Result<JsValue, JsValue> {
        encode(&view::overview(&self.inner))
    }

    /// The whole plan.
    #[wasm_bindgen(unchecked_return_type = "Plan")]
    pub fn plan(&self) -> Result<JsValue, JsValue> {
        encode(&view::plan(self.inner.plan()))
    }

    /// What the layer could do without; source files are read for it, once.
    #[wasm_bindgen(unchecked_return_type = "Slimming")]
    pub fn slimming(&self) -> Result<JsValue, JsValue> {
        encode(&view::slimming(self.inner.plan()))
    }

    /// `count` of the tree's visible rows, from `first` on.
    #[wasm_bindgen(unchecked_return_type = "TreeRow[]")]
    pub fn rows(&self, first: u32, count: u32) -> Result<JsValue, JsValue> {
        encode(&view::rows(&self.inner, first as usize, count as usize))
    }

    /// The paths of `count` visible rows, from `first` on.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn paths(&self, first: u32, count: u32) -> Result<JsValue, JsValue> {
        encode(&view::paths(&self.inner, first as usize, count as usize))
    }

    /// The next row, from one on and round the end, whose name begins with that text.
    pub fn seek(&self, from: u32, text: &str) -> Option<u32> {
        let found = self.inner.plan().tree.seek(self.inner.sight().rows(), from as usize, text);
        found.and_then(|row| u32::try_from(row).ok())
    }

    /// Opens or closes a folder of the tree.
    #[wasm_bindgen(unchecked_return_type = "Sight")]
    pub fn toggle(&mut self, path: &str, open: bool) -> Result<JsValue, JsValue> {
        self.inner.toggle(path, open);
        self.sight(None)
    }

    /// Opens all folders beside a row.
    #[wasm_bindgen(js_name = openBeside, unchecked_return_type = "Sight")]
    pub fn open_beside(&mut self, row: u32) -> Result<JsValue, JsValue> {
        self.inner.open_beside(row as usize);
        self.sight(None)
    }

    /// Shows only what is looked for; an empty text shows all.
    #[wasm_bindgen(unchecked_return_type = "Sight")]
    pub fn filter(&mut self, text: &str) -> Result<JsValue, JsValue> {
        self.inner.filter(text);
        self.sight(None)
    }

    /// Brings a path into sight.
    #[wasm_bindgen(unchecked_return_type = "Sight")]
    pub fn reveal(&mut self, path: &str) -> Result<JsValue, JsValue> {
        let index = self.inner.reveal(path);
        self.sight(index)
    }

    fn sight(&self, index: Option<usize>) -> Result<JsValue, JsValue> {
        encode(&view::sight(&self.inner, index))
    }

    /// All that is known about a path; `null` where nothing is there.
    #[wasm_bindgen(unchecked_return_type = "Details | null")]
    pub fn details(&self, path: &str) -> Result<JsValue, JsValue> {
        encode(&view::details(&self.inner, path))
    }

    /// The folders of the layer.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn folders(&self, most: u32) -> Result<JsValue, JsValue> {
        encode(&self.inner.plan().tree.folders().take(most as usize).collect::<Vec<_>>())
    }

    /// The size map in that many units; `zipped` for what the files take in the zip.
    #[wasm_bindgen(unchecked_return_type = "Tile[]")]
    pub fn map(&self, width: f64, height: f64, zipped: bool) -> Result<JsValue, JsValue> {
        encode(&view::map(&self.inner, width, height, zipped))
    }

    /// The largest files.
    #[wasm_bindgen(unchecked_return_type = "LargeFile[]")]
    pub fn largest(&self, most: u32, zipped: bool) -> Result<JsValue, JsValue> {
        encode(&view::largest(&self.inner, most as usize, zipped))
    }

    /// What a message of a log or a command means, and what the layer has to do with it.
    #[wasm_bindgen(unchecked_return_type = "Explanation[]")]
    pub fn explain(&self, text: &str) -> Result<JsValue, JsValue> {
        let plan = self.inner.plan();
        encode(&view::explanations(plan, &explain(text, plan)))
    }

    /// What changes from an earlier layer's zip, `{ path, blob }`, to this layer.
    #[wasm_bindgen(unchecked_return_type = "Difference")]
    pub fn diff(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DroppedFile")] earlier: JsValue,
    ) -> Result<JsValue, JsValue> {
        encode(&view::difference(&self.inner.diff(dropped_file(&earlier)?).map_err(throw)?))
    }

    /// Layers on top of each other, in their order, and the function that has them.
    #[wasm_bindgen(unchecked_return_type = "Stack")]
    pub fn stack(
        &self,
        #[wasm_bindgen(unchecked_param_type = "DroppedFile[]")] layers: Array,
        #[wasm_bindgen(unchecked_param_type = "DroppedFile | null | undefined")] function: JsValue,
    ) -> Result<JsValue, JsValue> {
        let layers = layers.iter().map(|layer| dropped_file(&layer)).collect::<Result<Vec<_>, _>>()?;
        let function =
            (!function.is_undefined() && !function.is_null()).then(|| dropped_file(&function)).transpose()?;
        encode(&view::stack(&self.inner.stack(layers, function).map_err(throw)?))
    }

    /// A text in pieces, each with what it is, for its colours; `language` is e.g. `"sh"` or `"yaml"`.
    #[wasm_bindgen(unchecked_return_type = "[Token, string][]")]
    pub fn tokens(&self, language: &str, text: &str) -> Result<JsValue, JsValue> {
        let found = tokens(language, text).into_iter();
        encode(&found.map(|(token, piece)| (token.id(), piece)).collect::<Vec<_>>())
    }

    /// What was decided, as the text of a `layer.json`.
    pub fn recipe(&self) -> Result<String, JsValue> {
        self.inner.recipe().map(|recipe| recipe.to_text()).map_err(throw)
    }

    /// Decides as a recipe did, and says how the files compare with its own.
    #[wasm_bindgen(js_name = applyRecipe, unchecked_return_type = "Comparison")]
    pub fn apply_recipe(&mut self, text: &str) -> Result<JsValue, JsValue> {
        let recipe = Recipe::parse(text).map_err(throw)?;
        encode(&view::comparison(&self.inner.apply_recipe(&recipe).map_err(throw)?))
    }

    /// The SHA-256 of each blob, in hexadecimal; `null` for one that can't be read.
    #[wasm_bindgen(unchecked_return_type = "(string | null)[]")]
    pub fn digests(&self, #[wasm_bindgen(unchecked_param_type = "Blob[]")] blobs: Array) -> Result<JsValue, JsValue> {
        let digest = |blob: JsValue| Some(hex(&digest_of(&blob.dyn_into().ok()?).ok()?));
        encode(&blobs.iter().map(digest).collect::<Vec<_>>())
    }

    /// Carries out an operation, e.g. `{ op: "exclude", path: "python/tests" }`.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn apply(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Operation")] operation: JsValue,
    ) -> Result<JsValue, JsValue> {
        let step = decode(&operation).and_then(|operation| Step::from_json(&operation));
        step.map_err(invalid)?.take(&mut self.inner).map_err(throw)?;
        self.overview()
    }

    /// Goes one step back.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn undo(&mut self) -> Result<JsValue, JsValue> {
        self.inner.undo();
        self.overview()
    }

    /// Goes one step forth again.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn redo(&mut self) -> Result<JsValue, JsValue> {
        self.inner.redo();
        self.overview()
    }

    /// Starts over; the settings stay.
    #[wasm_bindgen(unchecked_return_type = "Overview")]
    pub fn clear(&mut self) -> Result<JsValue, JsValue> {
        self.inner.clear();
        self.overview()
    }

    /// Builds the zip of the present plan here and now, for who has no packers; its blob comes with the layer.
    #[wasm_bindgen(unchecked_return_type = "Layer")]
    pub fn build(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "((progress: Progress) => void) | null | undefined")]
        on_progress: JsValue,
    ) -> Result<JsValue, JsValue> {
        blob::forget_window();
        let mut parts = Parts::default();
        let call: Option<Function> = on_progress.dyn_into().ok();
        let mut progress = |progress: pack::Progress| tell(call.as_ref(), &view::Progress::from(progress));
        let layer = self.inner.build(&mut parts, &mut progress).map_err(throw)?;
        with_blob(encode(&view::Layer::from(&layer))?, &parts.into_blob(ZIP)?)
    }

    /// Starts the zip of the present plan, for so many packers.
    pub fn packing(&self, workers: u32) -> Result<Packing, JsValue> {
        blob::forget_window();
        self.inner.packing(Parts::digested_elsewhere(), workers as usize).map(Packing::new).map_err(throw)
    }

    /// The layer, once its zip is complete; `sha256` is of what was [`Packing::written`], or missing where nobody digested it.
    /// The plan must not have changed since the packing started.
    #[wasm_bindgen(unchecked_return_type = "Layer")]
    pub fn built(&mut self, packing: Packing, sha256: Option<Vec<u8>>) -> Result<JsValue, JsValue> {
        let (mut packed, parts) = packing.finish()?;
        let blob = parts.into_blob(ZIP)?;
        let given = sha256.and_then(|digest| digest.try_into().ok());
        packed.sha256 = given.map_or_else(|| digest_of_made(&blob), Ok)?;
        with_blob(encode(&view::Layer::from(&self.inner.built(packed)))?, &blob)
    }

    /// Forgets the last build: it was cancelled just as it ended.
    #[wasm_bindgen(js_name = forgetBuild)]
    pub fn forget_build(&mut self) {
        self.inner.forget_build();
    }

    /// What can be done with the built layer now that it was published: `answer` is what the publish command printed.
    #[wasm_bindgen(unchecked_return_type = "Published")]
    pub fn published(&mut self, answer: &str) -> Result<JsValue, JsValue> {
        let layer = self.inner.published(answer).map_err(throw)?;
        encode(&view::Layer::from(&layer))
    }

    /// All about the built layer in one zip; `layer` is the blob that was built.
    #[wasm_bindgen(unchecked_return_type = "Bundle")]
    pub fn bundle(
        &self,
        layer: Blob,
        #[wasm_bindgen(unchecked_param_type = "((progress: Progress) => void) | null | undefined")]
        on_progress: JsValue,
    ) -> Result<JsValue, JsValue> {
        let mut alive = Reporter::new(on_progress, 0.0);
        let layer = Rc::new(BlobBytes::new(layer, None, None));
        let bundle = || self.inner.bundle(layer, Parts::default());
        let (file_name, parts) = blob::while_busy(move || alive.again(), bundle).map_err(throw)?;
        with_blob(encode(&view::Bundle { file_name })?, &parts.into_blob(ZIP)?)
    }

    /// The severity of the worst finding; `undefined` where there is none.
    #[wasm_bindgen(js_name = worstFinding, unchecked_return_type = "Severity | undefined")]
    pub fn worst_finding(&self) -> Option<String> {
        self.inner.plan().findings.first().map(|finding| finding.severity).map(Severity::id).map(str::to_owned)
    }
}

/// Progress on its way to the page. The page thins it out; here only each call's cost is kept low.
struct Reporter {
    call: Option<Function>,
    total: f64,
    done: f64,
    detail: String,
}

impl Reporter {
    fn new(call: JsValue, total: f64) -> Reporter {
        Reporter { call: call.dyn_into().ok(), total, done: 0.0, detail: String::new() }
    }

    fn send(&mut self, done: f64, detail: &str) {
        self.done = done;
        detail.clone_into(&mut self.detail);
        self.again();
    }

    /// The same once more: a sign of life.
    fn again(&mut self) {
        tell(self.call.as_ref(), &view::Progress::reading(self.done, self.total, &self.detail));
    }

    fn last(&mut self, done: f64) {
        self.send(done, "");
    }
}

fn tell(call: Option<&Function>, progress: &view::Progress) {
    if let (Some(call), Ok(value)) = (call, encode(progress)) {
        // A page that throws while it hears of progress does not stop the work.
        let _ = call.call1(&JsValue::UNDEFINED, &value);
    }
}

const ZIP: &str = "application/zip";

fn with_blob(value: JsValue, blob: &Blob) -> Result<JsValue, JsValue> {
    Reflect::set(&value, &"blob".into(), blob)?;
    Ok(value)
}

fn dropped_file(file: &JsValue) -> Result<DroppedFile, JsValue> {
    let wrong = || named_error("InvalidFileError", "a file is not { path, blob }: expected a text and a Blob");
    let field = |name: &str| Reflect::get(file, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let path = field("path").as_string().ok_or_else(wrong)?;
    let blob: Blob = field("blob").dyn_into().map_err(|_| wrong())?;
    let bytes = BlobBytes::new(blob, field("size").as_f64(), field("mtime").as_f64());
    if let Ok(head) = field("head").dyn_into::<Uint8Array>() {
        bytes.keep_head(head);
    }
    if let Ok(sights) = field("sights").dyn_into::<Array>() {
        looking::keep(&bytes, sights);
    }
    Ok(DroppedFile { path, bytes: Rc::new(bytes), mode: mode(field("mode")) })
}

fn mode(value: JsValue) -> Option<u32> {
    value.as_f64().filter(|mode| *mode >= 0.0).map(|mode| mode as u32)
}

/// How many of each file's first bytes should be read before they are added, all of them together: one by one takes a
/// browser several times as long.
#[wasm_bindgen(js_name = firstLook)]
pub fn first_looks(#[wasm_bindgen(unchecked_param_type = "DroppedFile[]")] files: Array) -> Vec<f64> {
    let look = |file: JsValue| {
        let field = |name: &str| Reflect::get(&file, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let size = field("blob").dyn_into().map_or(0.0, |blob: Blob| blob.size()) as u64;
        first_look(&field("path").as_string().unwrap_or_default(), mode(field("mode")), size) as f64
    };
    files.iter().map(look).collect()
}

fn encode(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| named_error("InternalError", &error.to_string()))
}

fn decode(value: &JsValue) -> Result<Value, String> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    let wrong = || "something that is not; expected an object as JSON could have it".to_owned();
    text.and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(wrong)
}

fn invalid(found: String) -> JsValue {
    named_error("InvalidArgumentError", &format!("found {found}"))
}

fn throw(error: Error) -> JsValue {
    named_error(error.name(), &error.to_string())
}

fn named_error(name: &str, message: &str) -> JsValue {
    let error = JsError::new(message);
    error.set_name(name);
    error.into()
}
