//! A stretch of a file as it is read: into one place again and again, where the browser can do that. It then reads
//! twice as fast, and leaves nothing behind that it would have to clear away.

use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamByobReader};

use super::bytes::Slice;

/// Bytes handed on at once.
const CHUNK: u32 = 1 << 20;

/// What is left of a stretch.
pub(super) struct Stretch {
    blob: Blob,
    at: u64,
    to: u64,
    /// Bytes handed on next.
    chunk: u32,
    /// Nothing: the browser has no such streams.
    stream: Option<(ReadableStreamByobReader, ArrayBuffer)>,
}

impl Stretch {
    /// From this byte to that.
    pub fn of(blob: &Blob, from: u64, to: u64) -> Stretch {
        Stretch::after(None, blob, from, to)
    }

    /// The same, into the place of one that is over.
    pub fn after(mut before: Option<Stretch>, blob: &Blob, from: u64, to: u64) -> Stretch {
        let place = before.as_mut().and_then(|before| {
            let (reader, place) = before.stream.take()?;
            let _ = reader.cancel();
            Some(place)
        });
        let stream = reader(blob, from, to).map(|reader| (reader, place.unwrap_or_else(|| ArrayBuffer::new(CHUNK))));
        Stretch { blob: blob.clone(), at: from, to, chunk: CHUNK, stream }
    }

    /// The same, of which only so much is handed on at first.
    pub fn beginning_with(mut self, chunk: u32) -> Stretch {
        self.chunk = chunk;
        self
    }

    /// The byte from which on nothing was read yet.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Whether all of it was read.
    pub fn is_over(&self) -> bool {
        self.at >= self.to
    }

    /// The next bytes, good until more are asked for; `None`: it cannot be read on.
    pub async fn next(&mut self) -> Option<Uint8Array> {
        let wanted = u32::try_from(self.to - self.at).unwrap_or(u32::MAX).min(self.chunk);
        self.chunk = CHUNK;
        let bytes = match self.stream.take() {
            Some((reader, mut place)) => {
                let bytes = fill(&reader, &mut place, wanted).await?;
                // One that failed is not to be cancelled: that would fail again.
                self.stream = Some((reader, place));
                bytes
            }
            None => {
                let bytes = Slice::of(&self.blob, self.at, self.at + u64::from(wanted))?.array().await?;
                // Else the file has become shorter.
                Some(bytes).filter(|bytes| bytes.length() == wanted)?
            }
        };
        self.at += u64::from(bytes.length());
        Some(bytes)
    }
}

impl Drop for Stretch {
    fn drop(&mut self) {
        if let Some((reader, _)) = &self.stream {
            let _ = reader.cancel();
        }
    }
}

/// A reader into a given place.
fn reader(blob: &Blob, from: u64, to: u64) -> Option<ReadableStreamByobReader> {
    let stream = blob.slice_with_f64_and_f64(from as f64, to as f64).ok()?.stream();
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &"byob".into()).ok()?;
    let get = Reflect::get(&stream, &"getReader".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    Some(get.call1(&stream, &options).ok()?.unchecked_into())
}

/// Reads so many bytes into a place, which comes back as another object each time.
async fn fill(reader: &ReadableStreamByobReader, place: &mut ArrayBuffer, wanted: u32) -> Option<Uint8Array> {
    let mut have = 0;
    while have < wanted {
        let view = Uint8Array::new_with_byte_offset_and_length(place, have, wanted - have);
        let read: Promise = reader.read_with_array_buffer_view(&view);
        let read = JsFuture::from(read).await.ok()?;
        let value: Uint8Array = Reflect::get(&read, &"value".into()).ok()?.dyn_into().ok()?;
        *place = value.buffer();
        // The file has become shorter.
        if value.length() == 0 {
            return None;
        }
        have += value.length();
    }
    Some(Uint8Array::new_with_byte_offset_and_length(place, 0, wanted))
}
