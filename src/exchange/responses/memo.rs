//! What cells of a column are: asked once of whoever knows, and remembered.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::walk::Walk;

/// Cells of one column and what they are, as they are met. `None`: not for this lane.
#[derive(Default)]
pub(super) struct Memo {
    last: Option<(u128, Option<u32>)>,
    /// Each in the place that its number gives it, or another that came later; nothing before there are two of them.
    recent: Vec<Option<(u128, Option<u32>)>>,
    known: HashMap<u128, Option<u32>, FixedState>,
    long: HashMap<Box<[u8]>, Option<u32>, FixedState>,
}

/// Places of what was met: as many as nine bits tell apart.
const RECENT: usize = 512;

/// The place of a number.
#[inline]
fn place(number: u128) -> usize {
    #[allow(clippy::cast_possible_truncation)]
    let mixed = (number as u64 ^ (number >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 55) as usize
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
        let place = place(number);
        if let Some(Some((recent, code))) = self.recent.get(place)
            && *recent == number
        {
            self.last = Some((number, *code));
            return *code;
        }
        let code = *self.known.entry(number).or_insert_with(|| {
            let bytes = number.to_le_bytes();
            make(&bytes[..usize::from(bytes[15])])
        });
        if self.known.len() > 1 {
            self.recent.resize(RECENT, None);
            self.recent[place] = Some((number, code));
        }
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
