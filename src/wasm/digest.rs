//! SHA-256 in the browser: of blobs, and of the zip while it is made.

use js_sys::Uint8Array;
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::blob::{BlobBytes, BufferBytes};
use super::named_error;
use crate::bytes::{ReadAt, ReadError, for_each_piece};

/// A SHA-256 in the making: the engine has a packer make it, beside its own work.
#[wasm_bindgen]
#[derive(Default)]
pub struct Digest {
    inner: Sha256,
}

#[wasm_bindgen]
impl Digest {
    /// Of nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Digest {
        Digest::default()
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: Uint8Array) {
        let bytes = BufferBytes::new(bytes);
        // They are all at hand, so nothing can fail.
        let _ = for_each_piece(&bytes, 0, bytes.size(), &mut |piece: &[u8]| {
            self.inner.update(piece);
            Ok::<(), ReadError>(())
        });
    }

    /// The digest of all that it took.
    pub fn finish(self) -> Vec<u8> {
        self.inner.finalize().to_vec()
    }
}

/// The SHA-256 of a blob.
pub fn digest_of(blob: &Blob) -> Result<[u8; 32], ReadError> {
    let bytes = BlobBytes::new(blob.clone(), None, None);
    let mut digest = Sha256::new();
    for_each_piece(&bytes, 0, bytes.size(), &mut |piece: &[u8]| {
        digest.update(piece);
        Ok::<(), ReadError>(())
    })?;
    Ok(digest.finalize().into())
}

/// The SHA-256 of a blob that was made here.
pub fn digest_of_made(blob: &Blob) -> Result<[u8; 32], JsValue> {
    digest_of(blob).map_err(|_| named_error("InternalError", "the zip that was made here can't be read"))
}

/// A digest in hexadecimal.
pub fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
