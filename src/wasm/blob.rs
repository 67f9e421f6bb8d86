//! Blobs: read at random in a worker, and put together from the zip's pieces.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, FileReaderSync};

use crate::bytes::{Bytes, ReadAt, ReadError, Seen, Spool};
use crate::order::BTreeMap;
use crate::pack::Sink;

/// A blob with what was known of it when it was added.
///
/// A file that was deleted or renamed since reads as empty, without any error; so its size and time are compared at
/// each read.
pub struct BlobBytes {
    blob: Blob,
    id: u64,
    size: u64,
    modified: Option<f64>,
    /// Members of it that were looked into before it was added, by where they begin.
    seen: RefCell<BTreeMap<u64, Rc<Seen>>>,
}

/// One read serves many small requests: archives are read nearly in order. Shared by all blobs, so that thousands of
/// them cost no more memory than one.
struct Ahead {
    id: u64,
    start: u64,
    held: Vec<u8>,
}

/// Bytes that are read along with what is wanted: little at first, more where the reads go on behind that.
const FIRST: u64 = 128 * 1024;
const AHEAD: u64 = 2 * 1024 * 1024;

thread_local! {
    static WINDOW: RefCell<Ahead> = const { RefCell::new(Ahead { id: 0, start: 0, held: Vec::new() }) };
    static HEADS: RefCell<BTreeMap<u64, Uint8Array>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT_ID: RefCell<u64> = const { RefCell::new(1) };
    static ON_WORK: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
    static ON_READ: RefCell<Option<Function>> = const { RefCell::new(None) };
}

impl BlobBytes {
    /// A blob, with the size in bytes and the time of its last change (ms since 1970) that the page saw.
    pub fn new(blob: Blob, size: Option<f64>, modified: Option<f64>) -> BlobBytes {
        let id = NEXT_ID.with_borrow_mut(|next| {
            *next += 1;
            *next
        });
        let size = size.unwrap_or_else(|| blob.size()) as u64;
        BlobBytes { blob, id, size, modified, seen: RefCell::default() }
    }

    /// Bytes as the blob that they are, if they are one.
    pub fn from(bytes: &Bytes) -> Option<&BlobBytes> {
        let bytes: &dyn Any = &**bytes;
        bytes.downcast_ref()
    }

    /// A stretch of it, to be read elsewhere: the file itself where that is the whole.
    pub fn slice(&self, start: u64, length: u64) -> Result<JsValue, JsValue> {
        if start == 0 && length == self.size {
            return Ok(self.blob.clone().into());
        }
        Ok(self.blob.slice_with_f64_and_f64(start as f64, (start + length) as f64)?.into())
    }

    /// Takes first bytes of it that were read already, until [`forget_heads`].
    pub fn keep_head(&self, head: Uint8Array) {
        HEADS.with_borrow_mut(|heads| heads.insert(self.id, head));
    }

    /// Takes what is known of a member of it.
    pub fn keep_seen(&self, start: u64, seen: Seen) {
        self.seen.borrow_mut().insert(start, Rc::new(seen));
    }

    fn head(&self, start: u64, end: u64) -> Option<Uint8Array> {
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        HEADS.with_borrow(|heads| {
            let head = heads.get(&self.id).filter(|head| end <= head.length())?;
            Some(head.subarray(start, end))
        })
    }

    fn check(&self) -> Result<(), ReadError> {
        let now = self.blob.size() as u64;
        if now != self.size {
            let found = format!("it has {now} bytes now and had {} when it was added", self.size);
            return Err(ReadError::Changed(found));
        }
        let modified = self.blob.dyn_ref::<File>().map(File::last_modified);
        if let (Some(now), Some(then)) = (modified, self.modified)
            && now != then
        {
            return Err(ReadError::Changed("it was written to since it was added".into()));
        }
        Ok(())
    }

    /// A browser that is short of something can fail a read that it does a moment later; what changed stays so.
    fn read_slice(&self, start: u64, end: u64) -> Result<Vec<u8>, ReadError> {
        self.read_once(start, end).or_else(|_| self.read_once(start, end))
    }

    fn read_once(&self, start: u64, end: u64) -> Result<Vec<u8>, ReadError> {
        self.check()?;
        let failed = |error: JsValue| {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            match name.as_deref() {
                // What Chromium and WebKit throw once the file on disk is another one.
                // Bytes of the browser's own, such as what an archive unpacked to, are no file that could change.
                Some("NotReadableError" | "NotFoundError") if self.blob.is_instance_of::<File>() => {
                    ReadError::Changed("it was changed, moved or deleted since it was added".into())
                }
                name => ReadError::Failed(name.unwrap_or("the browser's reader failed").to_owned()),
            }
        };
        alive();
        let slice = self.blob.slice_with_f64_and_f64(start as f64, end as f64).map_err(failed)?;
        let buffer = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(&slice)).map_err(failed)?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        release(&buffer);
        if bytes.len() as u64 != end - start {
            return Err(ReadError::Changed("it has become shorter since it was added".into()));
        }
        Ok(bytes)
    }
}

impl ReadAt for BlobBytes {
    fn size(&self) -> u64 {
        self.size
    }

    fn seen(&self, start: u64) -> Option<Rc<Seen>> {
        self.seen.borrow().get(&start).cloned()
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let length = into.len() as u64;
        let Some(end) = offset.checked_add(length).filter(|end| *end <= self.size) else {
            return Err(ReadError::Failed(format!("{length} bytes at {offset} lie beyond the end")));
        };
        if let Some(head) = self.head(offset, end) {
            self.check()?;
            head.copy_to(into);
            return Ok(());
        }
        if length >= AHEAD {
            into.copy_from_slice(&self.read_slice(offset, end)?);
            return Ok(());
        }
        WINDOW.with_borrow_mut(|window| {
            let after = window.start + window.held.len() as u64;
            let on = window.id == self.id && offset >= window.start;
            if !on || end > after {
                let ahead = if on && offset <= after + AHEAD { AHEAD } else { FIRST.max(length) };
                let ahead = (offset + ahead).min(self.size);
                *window = Ahead { id: self.id, start: offset, held: self.read_slice(offset, ahead)? };
            }
            let from = usize::try_from(offset - window.start).unwrap_or(usize::MAX);
            match from.checked_add(into.len()).and_then(|to| window.held.get(from..to)) {
                Some(found) => into.copy_from_slice(found),
                None => return Err(ReadError::Failed("the read-ahead was cut short".into())),
            }
            Ok(())
        })
    }
}

/// Lets go of the first bytes of all blobs: they were for a first look.
pub fn forget_heads() {
    HEADS.with_borrow_mut(BTreeMap::clear);
}

/// Lets go of what was read along last: a build reads every byte anew, so that it finds what changed since.
pub fn forget_window() {
    WINDOW.with_borrow_mut(|window| *window = Ahead { id: 0, start: 0, held: Vec::new() });
}

/// Bytes that lie in a buffer of JavaScript's, outside the memory of the wasm module, which never shrinks.
pub struct BufferBytes {
    buffer: Uint8Array,
    own: bool,
}

impl BufferBytes {
    /// A buffer that others may still need.
    pub fn new(buffer: Uint8Array) -> BufferBytes {
        BufferBytes { buffer, own: false }
    }

    /// A buffer that nobody else needs: its memory goes with it, rather than with a collection, which comes late for what
    /// lies outside of the heap.
    pub fn own(buffer: Uint8Array) -> BufferBytes {
        BufferBytes { buffer, own: true }
    }
}

impl Drop for BufferBytes {
    fn drop(&mut self) {
        if self.own {
            release(&self.buffer.buffer());
        }
    }
}

/// Frees the memory of a buffer, where the worker has a way to.
fn release(buffer: &ArrayBuffer) {
    if let Ok(release) = js_sys::Reflect::get(&js_sys::global(), &"release".into())
        && let Some(release) = release.dyn_ref::<Function>()
    {
        let _ = release.call1(&JsValue::UNDEFINED, buffer);
    }
}

impl ReadAt for BufferBytes {
    fn size(&self) -> u64 {
        u64::from(self.buffer.length())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let end = offset.saturating_add(into.len() as u64);
        match (u32::try_from(offset), u32::try_from(end)) {
            (Ok(start), Ok(end)) if end <= self.buffer.length() => {
                self.buffer.subarray(start, end).copy_to(into);
                Ok(())
            }
            _ => Err(ReadError::Failed(format!("{} bytes at {offset} lie beyond the end", into.len()))),
        }
    }
}

/// Bytes on their way out, handed to the browser in large pieces so that wasm memory never holds the whole: the zip, or
/// what an archive unpacks to.
#[derive(Default)]
pub struct Parts {
    pending: Vec<u8>,
    blobs: Array,
    /// The same bytes once more, for who digests them, until they are taken.
    digested: Option<Array>,
}

const TOOK_NO_MORE: &str = "the browser took no more data";
const PART: usize = 4 * 1024 * 1024;

impl Parts {
    /// Parts that are digested elsewhere: see [`Parts::written`].
    pub fn digested_elsewhere() -> Parts {
        Parts { digested: Some(Array::new()), ..Parts::default() }
    }

    /// What was written since the last call, as `Uint8Array`s; with `all`, to the last byte.
    pub fn written(&mut self, all: bool) -> Result<Array, JsValue> {
        if all {
            self.flush()?;
        }
        Ok(self.digested.replace(Array::new()).unwrap_or_default())
    }

    fn flush(&mut self) -> Result<(), JsValue> {
        if !self.pending.is_empty() {
            let bytes = Uint8Array::from(self.pending.as_slice());
            self.blobs.push(&Blob::new_with_u8_array_sequence(&Array::of1(&bytes))?.into());
            if let Some(digested) = &self.digested {
                digested.push(&bytes);
            }
            self.pending.clear();
        }
        Ok(())
    }

    /// All of it as one blob of that media type.
    pub fn into_blob(mut self, media_type: &str) -> Result<Blob, JsValue> {
        self.flush()?;
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        Blob::new_with_blob_sequence_and_options(&self.blobs, &options)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= PART {
            self.flush().map_err(|_| TOOK_NO_MORE.to_owned())?;
        }
        Ok(())
    }
}

impl Sink for Parts {
    fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.take(bytes)
    }

    fn digests(&self) -> bool {
        self.digested.is_some()
    }
}

/// Does some work, and meanwhile calls `each` for every read and every part of what is spooled: a large archive takes
/// long to unpack and a folder of thousands of files to look at, and a worker that says nothing counts as dead.
pub fn while_busy<T>(each: impl FnMut() + 'static, work: impl FnOnce() -> T) -> T {
    ON_WORK.set(Some(Box::new(each)));
    let result = work();
    ON_WORK.set(None);
    result
}

/// Has a function called at every read, of whichever call.
#[wasm_bindgen(js_name = onRead)]
pub fn on_read(call: Function) {
    ON_READ.set(Some(call));
}

fn alive() {
    ON_WORK.with_borrow_mut(|each| each.as_mut().map(|each| each()));
    ON_READ.with_borrow(|call| call.as_ref().map(|call| call.call0(&JsValue::UNDEFINED)));
}

/// A spool in the browser's own storage.
pub fn spool() -> Box<dyn Spool> {
    Box::new(Parts::default())
}

impl Spool for Parts {
    fn write(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let parts = self.blobs.length();
        self.take(bytes).map_err(ReadError::Failed)?;
        if self.blobs.length() > parts {
            alive();
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Bytes, ReadError> {
        let blob = self.into_blob("").map_err(|_| ReadError::Failed(TOOK_NO_MORE.to_owned()))?;
        Ok(Rc::new(BlobBytes::new(blob, None, None)))
    }
}
