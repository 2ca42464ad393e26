//! The cells of the scored items: two to a byte, for there are fewer than sixteen kinds ([`super::cell`]).

use super::cell::NOT_ASKED;
use crate::sections::{Sectioned, Sections};

/// Response by response the cells of all scored items, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Items {
    /// Items.
    width: usize,
    /// Of each two items the first in the lower half. Behind the last of an odd number is one that nobody was asked.
    bytes: Vec<u8>,
}

impl Items {
    /// No responses to so many items.
    pub fn new(width: usize) -> Items {
        Items { width, bytes: Vec::new() }
    }

    /// Items.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Bytes of a response.
    pub fn stride(&self) -> usize {
        self.width.div_ceil(2)
    }

    /// Adds a response by its cells.
    pub fn push(&mut self, cells: &[u8]) {
        let (pairs, last) = cells.as_chunks::<2>();
        self.bytes.extend(pairs.iter().map(|[first, second]| first | second << 4));
        self.bytes.extend(last.iter().map(|last| last | NOT_ASKED << 4));
    }

    /// Adds responses by their cells, one behind the other.
    pub fn extend(&mut self, cells: &[u8]) {
        match self.width % 2 {
            0 => self.push(cells),
            _ => cells.chunks_exact(self.width).for_each(|cells| self.push(cells)),
        }
    }

    /// A response as it lies here: the same cells are the same bytes.
    pub fn row(&self, row: usize) -> &[u8] {
        &self.bytes[row * self.stride()..][..self.stride()]
    }

    /// The cells of a response.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = u8> + Clone + use<'_> {
        self.row(row).iter().flat_map(|byte| [byte & 0xf, byte >> 4]).take(self.width)
    }

    /// All responses as they lie here.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds other responses behind these.
    pub fn append(&mut self, more: &Items) {
        self.bytes.extend_from_slice(&more.bytes);
    }

    /// Adds those of other responses that are to be kept.
    pub fn append_some(&mut self, more: &Items, keep: &[bool]) {
        for (row, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
            self.bytes.extend_from_slice(more.row(row));
        }
    }

    /// Keeps some responses.
    pub fn retain(&mut self, keep: &[bool]) {
        let stride = self.stride();
        let mut to = 0;
        for (row, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
            self.bytes.copy_within(row * stride..(row + 1) * stride, to);
            to += stride;
        }
        self.bytes.truncate(to);
    }

    /// Makes room for so many responses more.
    pub fn reserve(&mut self, rows: usize) {
        self.bytes.reserve_exact(rows * self.stride());
    }

    /// Gives back memory that was taken in advance.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// Bytes held.
    pub fn held(&self) -> usize {
        self.bytes.capacity()
    }

    /// Puts them down for another thread.
    pub fn put(&self, out: &mut Sections) {
        out.put(&self.bytes);
    }

    /// Takes up responses to so many items.
    pub fn take(width: usize, from: &mut Sectioned<'_>) -> Option<Items> {
        Some(Items { width, bytes: from.take()? })
    }
}
