//! What cells of a column are: asked once of whoever knows, and remembered.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::rows::Walk;

/// Cells of one column and what they are, as they are met. `None`: not for this lane.
#[derive(Default)]
pub(super) struct Memo {
    last: Option<(u128, Option<u32>)>,
    known: HashMap<u128, Option<u32>, FixedState>,
    long: HashMap<Box<[u8]>, Option<u32>, FixedState>,
}

impl Memo {
    #[inline]
    /// What the next cell is.
    pub fn get(&mut self, cells: &mut Walk<'_>, make: impl FnOnce(&[u8]) -> Option<u32>) -> Option<u32> {
        match cells.number() {
            Ok(number) => match self.last {
                Some((last, code)) if last == number => code,
                _ => self.short(number, make),
            },
            Err(cell) => self.long(cell, make),
        }
    }

    #[inline(never)]
    fn short(&mut self, number: u128, make: impl FnOnce(&[u8]) -> Option<u32>) -> Option<u32> {
        let code = *self.known.entry(number).or_insert_with(|| {
            let bytes = number.to_le_bytes();
            make(&bytes[..usize::from(bytes[15])])
        });
        self.last = Some((number, code));
        code
    }

    #[cold]
    #[inline(never)]
    fn long(&mut self, cell: &[u8], make: impl FnOnce(&[u8]) -> Option<u32>) -> Option<u32> {
        if let Some(code) = self.long.get(cell) {
            return *code;
        }
        let code = make(cell);
        self.long.insert(cell.into(), code);
        code
    }
}
