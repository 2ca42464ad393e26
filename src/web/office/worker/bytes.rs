//! Bytes between files and the program's memory.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// A stretch of a file that is being read; the browser begins at once.
pub struct Slice(JsFuture);

impl Slice {
    /// From this byte to that.
    pub fn of(blob: &Blob, from: u64, to: u64) -> Option<Slice> {
        let slice = blob.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
        Some(Slice(JsFuture::from(slice.array_buffer())))
    }

    /// Its bytes, as the browser's; `None`: they cannot be read.
    pub async fn array(self) -> Option<Uint8Array> {
        Some(Uint8Array::new(&self.0.await.ok()?))
    }

    /// Its bytes.
    pub async fn bytes(self) -> Option<Vec<u8>> {
        Some(self.array().await?.to_vec())
    }
}

/// Bytes of a file.
pub fn size(blob: &Blob) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = blob.size() as u64;
    size
}

/// Bytes as a file, out of the program's memory.
pub fn blob(bytes: &[u8]) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).ok()
}

/// Files joined to one, as a CSV file.
pub fn join(parts: &[Blob]) -> Option<Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(super::super::data::CSV);
    let list = Array::new();
    parts.iter().for_each(|part| {
        list.push(part);
    });
    Blob::new_with_blob_sequence_and_options(&list, &options).ok()
}
