//! A column of values from a dictionary: as many bytes a row as its dictionary needs.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::sections::{Sectioned, Sections};

/// The group of a row that is left out.
pub(crate) const NONE: u32 = u32::MAX;

/// Rows that are worked on in one go. A browser has a function fast once it was called a few times, not while it runs:
/// what is done to a million rows is done to so many at a time, by a function of its own.
const BLOCK: usize = 4096;

/// Does something with blocks of rows, each with the number of its first.
pub(crate) fn in_blocks<T>(rows: &[T], mut work: impl FnMut(usize, &[T])) {
    rows.chunks(BLOCK).enumerate().for_each(|(at, block)| work(at * BLOCK, block));
}

/// One code a row. Nothing is stored while all rows have the same value.
#[derive(Clone, Debug)]
enum Codes {
    Same(usize),
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
    Widest(Vec<u32>),
}

impl Codes {
    fn len(&self) -> usize {
        match self {
            Codes::Same(rows) => *rows,
            Codes::Narrow(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
            Codes::Widest(codes) => codes.len(),
        }
    }

    /// Makes room for codes below `values`.
    #[allow(clippy::cast_possible_truncation)]
    fn widen(&mut self, values: usize) {
        let widened = match self {
            Codes::Same(rows) if values > 1 => Codes::Narrow(vec![0; *rows]),
            Codes::Narrow(codes) if values > 1 << 8 => Codes::Wide(codes.iter().map(|&code| code.into()).collect()),
            Codes::Wide(codes) if values > 1 << 16 => Codes::Widest(codes.iter().map(|&code| code.into()).collect()),
            _ => return,
        };
        *self = widened;
        self.widen(values);
    }

    /// Adds a code that fits.
    #[allow(clippy::cast_possible_truncation)]
    fn push(&mut self, code: u32) {
        match self {
            Codes::Same(rows) => *rows += 1,
            Codes::Narrow(codes) => codes.push(code as u8),
            Codes::Wide(codes) => codes.push(code as u16),
            Codes::Widest(codes) => codes.push(code),
        }
    }

    /// Adds codes that fit.
    #[allow(clippy::cast_possible_truncation)]
    fn extend(&mut self, more: impl Iterator<Item = u32>) {
        match self {
            Codes::Same(rows) => *rows += more.count(),
            Codes::Narrow(codes) => codes.extend(more.map(|code| code as u8)),
            Codes::Wide(codes) => codes.extend(more.map(|code| code as u16)),
            Codes::Widest(codes) => codes.extend(more),
        }
    }

    fn get(&self, row: usize) -> u32 {
        match self {
            Codes::Same(_) => 0,
            Codes::Narrow(codes) => codes[row].into(),
            Codes::Wide(codes) => codes[row].into(),
            Codes::Widest(codes) => codes[row],
        }
    }

    /// Calls `each` with what `table` makes of the code of each of these rows, in order, and its number among them.
    fn mapped(&self, rows: Range<usize>, table: &[u32], mut each: impl FnMut(usize, u32)) {
        #[inline(never)]
        fn block<C: Copy + Into<u32>>(first: usize, codes: &[C], table: &[u32], each: &mut impl FnMut(usize, u32)) {
            for (row, &code) in codes.iter().enumerate() {
                let code: u32 = code.into();
                each(first + row, table[code as usize]);
            }
        }
        match self {
            Codes::Same(_) => (0..rows.len()).for_each(|row| each(row, table[0])),
            Codes::Narrow(codes) => in_blocks(&codes[rows], |first, codes| block(first, codes, table, &mut each)),
            Codes::Wide(codes) => in_blocks(&codes[rows], |first, codes| block(first, codes, table, &mut each)),
            Codes::Widest(codes) => in_blocks(&codes[rows], |first, codes| block(first, codes, table, &mut each)),
        }
    }

    /// Divides groups, one a row, by what `table` makes of each code: each into so many. What is [`NONE`] by either
    /// stays out.
    fn refine(&self, table: &[u32], into: u32, of: &mut [u32]) {
        #[inline(never)]
        fn block<C: Copy + Into<u32>>(codes: &[C], table: &[u32], into: u32, of: &mut [u32]) {
            for (of, &code) in of.iter_mut().zip(codes) {
                let code: u32 = code.into();
                let part = table[code as usize];
                let is_out = (*of == NONE) | (part == NONE);
                *of = if is_out { NONE } else { of.wrapping_mul(into).wrapping_add(part) };
            }
        }
        match self {
            Codes::Same(rows) => {
                in_blocks(&vec![0u8; *rows], |first, codes| block(codes, table, into, &mut of[first..]))
            }
            Codes::Narrow(codes) => in_blocks(codes, |first, codes| block(codes, table, into, &mut of[first..])),
            Codes::Wide(codes) => in_blocks(codes, |first, codes| block(codes, table, into, &mut of[first..])),
            Codes::Widest(codes) => in_blocks(codes, |first, codes| block(codes, table, into, &mut of[first..])),
        }
    }

    /// Adds what `table` makes of other codes, which fits.
    #[allow(clippy::cast_possible_truncation)]
    fn append(&mut self, more: &Codes, table: &[u32]) {
        #[inline(never)]
        fn extend<C: Copy>(codes: &mut Vec<C>, more: &Codes, table: &[u32], new: impl Fn(u32) -> C) {
            let new = |code: usize| new(table[code]);
            match more {
                Codes::Same(0) => {}
                Codes::Same(rows) => codes.extend(std::iter::repeat_n(new(0), *rows)),
                Codes::Narrow(more) => codes.extend(more.iter().map(|&code| new(code.into()))),
                Codes::Wide(more) => codes.extend(more.iter().map(|&code| new(code.into()))),
                Codes::Widest(more) => codes.extend(more.iter().map(|&code| new(code as usize))),
            }
        }
        match self {
            Codes::Same(rows) => *rows += more.len(),
            Codes::Narrow(codes) => extend(codes, more, table, |code| code as u8),
            Codes::Wide(codes) => extend(codes, more, table, |code| code as u16),
            Codes::Widest(codes) => extend(codes, more, table, |code| code),
        }
    }

    /// Keeps some rows, and puts what `table` makes of each code in its place.
    #[allow(clippy::cast_possible_truncation)]
    fn retain(&mut self, keep: &[bool], table: &[u32]) {
        fn kept<C: Copy>(codes: &mut Vec<C>, keep: &[bool], new: impl Fn(C) -> C) {
            let mut rows = keep.iter();
            codes.retain_mut(|code| {
                *code = new(*code);
                rows.next() == Some(&true)
            });
        }
        match self {
            Codes::Same(rows) => *rows = keep.iter().filter(|keep| **keep).count(),
            Codes::Narrow(codes) => kept(codes, keep, |code| table[code as usize] as u8),
            Codes::Wide(codes) => kept(codes, keep, |code| table[code as usize] as u16),
            Codes::Widest(codes) => kept(codes, keep, |code| table[code as usize]),
        }
    }

    /// Makes room for so many rows more.
    fn reserve(&mut self, rows: usize) {
        match self {
            Codes::Same(_) => {}
            Codes::Narrow(codes) => codes.reserve_exact(rows),
            Codes::Wide(codes) => codes.reserve_exact(rows),
            Codes::Widest(codes) => codes.reserve_exact(rows),
        }
    }

    /// Puts them down: what kind they are, how many or which.
    fn put(&self, out: &mut Sections) {
        match self {
            Codes::Same(rows) => {
                out.put(&[0u8]);
                out.put(&[*rows as u64]);
            }
            Codes::Narrow(codes) => {
                out.put(&[1u8]);
                out.put(codes);
            }
            Codes::Wide(codes) => {
                out.put(&[2u8]);
                out.put(codes);
            }
            Codes::Widest(codes) => {
                out.put(&[4u8]);
                out.put(codes);
            }
        }
    }

    /// Takes them up again.
    fn take(from: &mut Sectioned<'_>) -> Option<Codes> {
        Some(match from.take::<u8>()?.first()? {
            0 => Codes::Same(usize::try_from(*from.take::<u64>()?.first()?).ok()?),
            1 => Codes::Narrow(from.take()?),
            2 => Codes::Wide(from.take()?),
            _ => Codes::Widest(from.take()?),
        })
    }

    fn bytes(&self) -> usize {
        match self {
            Codes::Same(_) => 0,
            Codes::Narrow(codes) => codes.capacity(),
            Codes::Wide(codes) => codes.capacity() * 2,
            Codes::Widest(codes) => codes.capacity() * 4,
        }
    }

    fn shrink(&mut self) {
        match self {
            Codes::Same(_) => {}
            Codes::Narrow(codes) => codes.shrink_to_fit(),
            Codes::Wide(codes) => codes.shrink_to_fit(),
            Codes::Widest(codes) => codes.shrink_to_fit(),
        }
    }
}

/// A column: a code a row, and what the codes stand for, in the order they were met.
#[derive(Clone, Debug)]
pub struct Coded {
    codes: Codes,
    values: Vec<Box<str>>,
    /// The codes of the values; empty where it was not needed yet.
    index: HashMap<Box<str>, u32, FixedState>,
}

impl Coded {
    /// A column without rows. The hash is seeded by a constant: the core knows no randomness.
    pub(crate) fn new() -> Coded {
        Coded { codes: Codes::Same(0), values: Vec::new(), index: HashMap::with_hasher(FixedState::default()) }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, value: &str) {
        let code = self.code_of(value);
        self.codes.push(code);
    }

    /// Adds a row with a value that has a code.
    pub(crate) fn push_code(&mut self, code: u32) {
        self.codes.push(code);
    }

    /// Adds rows with values that have codes.
    pub(crate) fn push_codes(&mut self, codes: impl Iterator<Item = u32>) {
        self.codes.extend(codes);
    }

    /// The code of a value, a new one where there is none yet.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn code_of(&mut self, value: &str) -> u32 {
        // Most columns have few values: the first ones are found sooner by looking than by hashing.
        if let Some(code) = self.values.iter().take(8).position(|known| **known == *value) {
            return code as u32;
        }
        // A column that was taken up is mostly only read.
        if self.index.len() < self.values.len() {
            self.index = (0..).zip(&self.values).map(|(code, value)| (value.clone(), code)).collect();
        }
        if let Some(code) = self.index.get(value) {
            return *code;
        }
        let code = self.values.len() as u32;
        self.values.push(value.into());
        self.index.insert(value.into(), code);
        self.codes.widen(self.values.len());
        code
    }

    /// Puts the column down for another thread.
    pub(crate) fn put(&self, out: &mut Sections) {
        out.put_json(&self.values);
        self.codes.put(out);
    }

    /// Takes a column up again.
    #[inline(never)]
    pub(crate) fn take(from: &mut Sectioned<'_>) -> Option<Coded> {
        Some(Coded { values: from.take_json()?, codes: Codes::take(from)?, index: HashMap::default() })
    }

    /// A column whose values are these numbers, all of them below `most`.
    pub(crate) fn of_numbers(numbers: &[u8], most: usize) -> Coded {
        #[inline(never)]
        fn block(numbers: &[u8], codes: &mut [u32], column: &mut Coded) {
            for &number in numbers {
                let code = &mut codes[usize::from(number)];
                if *code == NONE {
                    *code = column.code_of(&number.to_string());
                }
                column.push_code(*code);
            }
        }
        let (mut column, mut codes) = (Coded::new(), vec![NONE; most]);
        in_blocks(numbers, |_, numbers| block(numbers, &mut codes, &mut column));
        column
    }

    /// Adds the rows of another column behind these.
    pub(crate) fn append(&mut self, more: &Coded) {
        let table: Vec<u32> = more.values.iter().map(|value| self.code_of(value)).collect();
        self.codes.append(&more.codes, &table);
    }

    /// Adds those rows of another column that are to be kept.
    pub(crate) fn append_some(&mut self, more: &Coded, keep: &[bool]) {
        for (row, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
            self.push(more.get(row));
        }
    }

    /// Keeps some rows, and only the values that these have.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn retain(&mut self, keep: &[bool]) {
        let mut is_used = vec![false; self.values.len()];
        for (row, _) in keep.iter().enumerate().filter(|(_, keep)| **keep) {
            is_used[self.codes.get(row) as usize] = true;
        }
        let mut table = vec![0; self.values.len()];
        let mut values = Vec::new();
        self.index.clear();
        for (code, value) in self.values.drain(..).enumerate().filter(|(code, _)| is_used[*code]) {
            table[code] = values.len() as u32;
            self.index.insert(value.clone(), values.len() as u32);
            values.push(value);
        }
        self.values = values;
        self.codes.retain(keep, &table);
    }

    /// Makes room for so many rows more.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.codes.reserve(rows);
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row.
    pub fn get(&self, row: usize) -> &str {
        &self.values[self.codes.get(row) as usize]
    }

    /// The code in a row.
    pub(crate) fn code(&self, row: usize) -> u32 {
        self.codes.get(row)
    }

    /// The values, each once, in the order they were met.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &str> {
        self.values.iter().map(|value| &**value)
    }

    /// Calls `each` with what `table` makes of each row's code, in order.
    pub(crate) fn mapped(&self, table: &[u32], each: impl FnMut(usize, u32)) {
        self.codes.mapped(0..self.len(), table, each);
    }

    /// The same of some rows, with the number of each among them.
    pub(crate) fn mapped_in(&self, rows: Range<usize>, table: &[u32], each: impl FnMut(usize, u32)) {
        self.codes.mapped(rows, table, each);
    }

    /// Divides groups, one a row, by what `table` makes of each row's code: each into so many.
    pub(crate) fn refine(&self, table: &[u32], into: u32, of: &mut [u32]) {
        self.codes.refine(table, into, of);
    }

    /// Bytes held by the codes, and by the dictionary.
    pub(crate) fn bytes(&self) -> (usize, usize) {
        let texts: usize = self.values.iter().map(|value| value.len()).sum();
        (self.codes.bytes(), texts * 2 + self.values.len() * 48)
    }

    /// Gives back memory that was taken in advance.
    pub(crate) fn shrink(&mut self) {
        self.codes.shrink();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_widen_as_the_dictionary_grows() {
        let mut column = Coded::new();
        let value = |row: usize| (row % 70_000).to_string();
        for row in 0..140_000 {
            column.push(&value(row));
        }
        assert_eq!(column.values().len(), 70_000);
        assert!((0..140_000).all(|row| column.get(row) == value(row)));
        let mut same = Coded::new();
        for _ in 0..1000 {
            same.push("kiosk");
        }
        assert_eq!((same.len(), same.bytes().0), (1000, 0), "one value takes no room");
        let mut both = same.clone();
        both.append(&column);
        both.append(&same);
        assert_eq!((both.get(999), both.get(1000), both.get(141_500)), ("kiosk", "0", "kiosk"));
        let keep: Vec<bool> = (0..both.len()).map(|row| row < 1000 || row % 70_000 == 7).collect();
        let kept: Vec<String> = (0..both.len()).filter(|row| keep[*row]).map(|row| both.get(row).to_owned()).collect();
        both.retain(&keep);
        assert_eq!((0..both.len()).map(|row| both.get(row)).collect::<Vec<_>>(), kept);
        assert_eq!(both.values().len(), 2, "values without a row are forgotten");
        both.push("5");
        assert_eq!(both.get(both.len() - 1), "5");
    }
}
