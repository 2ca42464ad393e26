//! Columns of numbers as bytes, one behind the other, as they lie in memory: for their journey to another thread of
//! the same program, not to be kept.

use bytemuck::{AnyBitPattern, NoUninit, cast_slice, pod_collect_to_vec};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Columns that are put down.
pub(crate) struct Sections(Vec<u8>);

impl Sections {
    /// Nothing yet, with room for so many bytes.
    pub fn with_room(bytes: usize) -> Sections {
        Sections(Vec::with_capacity(bytes))
    }

    /// Puts a column behind the others.
    pub fn put<T: NoUninit>(&mut self, column: &[T]) {
        let bytes: &[u8] = cast_slice(column);
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    /// Puts anything else behind them.
    pub fn put_json(&mut self, what: &impl Serialize) {
        self.put(&serde_json::to_vec(what).unwrap_or_default());
    }

    /// All of them.
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Columns that are taken up again, in their order.
pub(crate) struct Sectioned<'b>(&'b [u8]);

impl<'b> Sectioned<'b> {
    /// Those that these bytes are.
    pub fn of(bytes: &'b [u8]) -> Sectioned<'b> {
        Sectioned(bytes)
    }

    fn next(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        let (section, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        self.0 = rest;
        Some(section)
    }

    /// The next column; nothing where there is none of such numbers.
    pub fn take<T: AnyBitPattern + NoUninit>(&mut self) -> Option<Vec<T>> {
        let section = self.next()?;
        section.len().is_multiple_of(size_of::<T>()).then(|| pod_collect_to_vec(section))
    }

    /// What else comes next.
    pub fn take_json<T: DeserializeOwned>(&mut self) -> Option<T> {
        serde_json::from_slice(self.next()?).ok()
    }
}
