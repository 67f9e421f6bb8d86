//! Packing over several workers: the engine's half, which gives out jobs and takes results, and the packers'.
//!
//! Steps and outcomes travel as rows of numbers: thousands of small objects would cost more than the work itself.

use std::rc::Rc;

use js_sys::{Array, Float64Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::blob::{BlobBytes, BufferBytes, Parts};
use super::{encode, named_error, throw, view};
use crate::bytes::{Bytes, ReadError};
use crate::content::{ContentError, Method};
use crate::deflate::Effort;
use crate::pack::{self, Action, Outcome, Packed, Side, Step, Stretch};

/// A zip in the making, as the engine worker holds it.
#[wasm_bindgen]
pub struct Packing {
    inner: pack::Packing<Parts>,
}

impl Packing {
    pub(super) fn new(inner: pack::Packing<Parts>) -> Packing {
        Packing { inner }
    }

    pub(super) fn finish(self) -> Result<(Packed, Parts), JsValue> {
        self.inner.finish().map_err(throw)
    }
}

#[wasm_bindgen]
#[allow(clippy::missing_errors_doc, reason = "what is thrown is an Error with a stable name")]
impl Packing {
    /// The next job; `undefined` where none can be given out now.
    #[wasm_bindgen(js_name = nextJob, unchecked_return_type = "PackingJob | undefined")]
    pub fn next_job(&mut self) -> Result<JsValue, JsValue> {
        let Some((id, job)) = self.inner.next_job().map_err(throw)? else { return Ok(JsValue::UNDEFINED) };
        let parts = Array::new();
        for read in &job.reads {
            parts.push(&part(read)?);
        }
        let steps: Vec<f64> = job.steps.iter().flat_map(|step| row_of_step(*step)).collect();
        object(&[
            ("id", id.into()),
            ("parts", parts.into()),
            ("length", (job.length() as f64).into()),
            ("steps", Float64Array::from(steps.as_slice()).into()),
        ])
    }

    /// A job's input, read here and now; throws what stands in the way, with the source's name.
    pub fn read(&self, id: u32) -> Result<Uint8Array, JsValue> {
        Ok(Uint8Array::from(self.inner.read(id).map_err(throw)?.as_slice()))
    }

    /// Takes what a packer made of a job.
    pub fn take(
        &mut self,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "PackerResult")] result: &JsValue,
    ) -> Result<(), JsValue> {
        let field = |name: &str| Reflect::get(result, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if let Some(found) = field("damaged").as_string() {
            let step = field("step").as_f64().unwrap_or(0.0) as usize;
            return Err(throw(self.inner.failed(id, step, ContentError::Damaged(found))));
        }
        let bytes = |name: &str| -> Bytes { Rc::new(BufferBytes::own(Uint8Array::new(&field(name)))) };
        let rows: Float64Array = field("outcomes").unchecked_into();
        let outcomes: Vec<Outcome> = rows.to_vec().chunks_exact(OUTCOME).filter_map(outcome_of_row).collect();
        self.inner.take(id, &bytes("input"), &bytes("made"), &outcomes).map_err(throw)
    }

    /// A packer was lost over a job: it will be given out again, once.
    pub fn lost(&mut self, id: u32) -> Result<(), JsValue> {
        self.inner.lost(id).map_err(throw)
    }

    /// The zip's bytes since the last call, to be digested; with `last`, the zip is closed before.
    #[wasm_bindgen(unchecked_return_type = "Uint8Array[]")]
    pub fn written(&mut self, last: bool) -> Result<Array, JsValue> {
        if last {
            self.inner.close().map_err(throw)?;
        }
        self.inner.sink().written(last)
    }

    /// How far it is.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn progress(&self) -> Result<JsValue, JsValue> {
        encode(&view::Progress::from(self.inner.progress()))
    }

    /// Whether everything is in the zip.
    #[wasm_bindgen(js_name = isComplete)]
    pub fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }
}

/// Does a job: what a packer is for. The input comes back in the result only where an outcome lies in it.
#[wasm_bindgen(unchecked_return_type = "PackerResult")]
#[allow(clippy::missing_errors_doc, reason = "nothing is expected to fail here")]
pub fn work(input: Uint8Array, steps: &[f64]) -> Result<JsValue, JsValue> {
    let steps: Vec<Step> = steps.chunks_exact(STEP).filter_map(step_of_row).collect();
    let bytes = BufferBytes::new(input.clone());
    let mut made = Vec::new();
    match pack::work(&steps, &bytes, &mut made) {
        Err((step, error)) => {
            let found = match error {
                ContentError::Damaged(found) => found,
                ContentError::Read(ReadError::Changed(found) | ReadError::Failed(found)) => found,
            };
            object(&[("step", (step as f64).into()), ("damaged", found.into())])
        }
        Ok(outcomes) => {
            let kept = outcomes.iter().any(|outcome| outcome.side == Side::Input && outcome.packed > 0);
            let rows: Vec<f64> = outcomes.iter().flat_map(|outcome| row_of_outcome(*outcome)).collect();
            object(&[
                ("outcomes", Float64Array::from(rows.as_slice()).into()),
                ("made", Uint8Array::from(made.as_slice()).buffer().into()),
                ("input", if kept { input.buffer().into() } else { JsValue::UNDEFINED }),
            ])
        }
    }
}

/// A stretch as the browser reads it best: the file itself, a slice of it, or bytes that lie here.
fn part(Stretch { bytes, start, length }: &Stretch) -> Result<JsValue, JsValue> {
    if let Some(blob) = BlobBytes::from(bytes) {
        return blob.slice(*start, *length);
    }
    let mut held = vec![0; usize::try_from(*length).unwrap_or(0)];
    let read = bytes.read_at(*start, &mut held);
    read.map_err(|_| named_error("InternalError", "bytes that were made here can't be read"))?;
    Ok(Uint8Array::from(held.as_slice()).into())
}

const STEP: usize = 6;

fn row_of_step(Step { at, length, action }: Step) -> [f64; STEP] {
    let [kind, a, b, c] = match action {
        Action::Verify { size, crc } => [0.0, size as f64, f64::from(crc), 0.0],
        Action::Compare { size, crc, packed_crc } => [3.0, size as f64, f64::from(crc), f64::from(packed_crc)],
        Action::Deflate { effort, before, last, whole } => {
            let kind = if effort == Effort::Normal { 1.0 } else { 2.0 };
            [kind, before as f64, f64::from(u8::from(last)), f64::from(u8::from(whole))]
        }
    };
    [at as f64, length as f64, kind, a, b, c]
}

fn step_of_row(row: &[f64]) -> Option<Step> {
    let [at, length, kind, a, b, c] = *row.first_chunk::<STEP>()?;
    let action = match kind {
        0.0 => Action::Verify { size: a as u64, crc: b as u32 },
        3.0 => Action::Compare { size: a as u64, crc: b as u32, packed_crc: c as u32 },
        _ => {
            let effort = if kind == 1.0 { Effort::Normal } else { Effort::Smallest };
            Action::Deflate { effort, before: a as u64, last: b != 0.0, whole: c != 0.0 }
        }
    };
    Some(Step { at: at as u64, length: length as u64, action })
}

const OUTCOME: usize = 6;

fn row_of_outcome(Outcome { method, crc, size, side, at, packed }: Outcome) -> [f64; OUTCOME] {
    let flag = |set: bool| f64::from(u8::from(set));
    let (deflated, made) = (flag(method == Method::Deflated), flag(side == Side::Made));
    [deflated, f64::from(crc), size as f64, made, at as f64, packed as f64]
}

fn outcome_of_row(row: &[f64]) -> Option<Outcome> {
    let [deflated, crc, size, made, at, packed] = *row.first_chunk::<OUTCOME>()?;
    Some(Outcome {
        method: if deflated == 0.0 { Method::Stored } else { Method::Deflated },
        crc: crc as u32,
        size: size as u64,
        side: if made == 0.0 { Side::Input } else { Side::Made },
        at: at as u64,
        packed: packed as u64,
    })
}

pub(super) fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}
