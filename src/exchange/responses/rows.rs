//! The rows of a file one after the other. Cells lie between separators and are found sixteen bytes at a time, those
//! within quotes are taken out of these. Whatever is less plain is left to the csv crate's own machine.

use std::ops::Range;

use csv::ByteRecord;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter};
use wide::u8x16;

use super::walk::Walk;

/// Bytes looked at together.
const BLOCK: usize = 16;

/// The rows of a stretch of a file.
pub(super) struct Rows<'f> {
    bytes: &'f [u8],
    /// What was not read yet.
    left: Range<usize>,
    /// Ends of lines before that.
    lines: u64,
    separator: u8,
    /// Where the cells of the row end; there may be more room than it has cells.
    ends: Vec<usize>,
    /// The cells of a row with quotes, without these.
    cells: Vec<u8>,
    /// Made when it is needed first.
    machine: Option<Reader>,
}

/// A row.
pub(super) struct Row<'r> {
    /// Its cells, and what comes after them.
    cells: &'r [u8],
    ends: &'r [usize],
    /// Bytes between two cells.
    gap: usize,
    /// The byte of the file at which it begins.
    pub start: usize,
    /// The byte at which it ends; the end of its line may be before or behind.
    pub end: usize,
    /// Ends of lines between the beginning of the stretch and this row.
    pub line: u64,
}

impl<'f> Rows<'f> {
    /// The rows of `range`, which begins where a row does.
    pub fn of(bytes: &'f [u8], range: Range<usize>, separator: u8) -> Rows<'f> {
        Rows { bytes, left: range, lines: 0, separator, ends: vec![0; 64], cells: Vec::new(), machine: None }
    }

    /// Ends of lines between the beginning of the stretch and what was not read yet.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The next row. Empty lines are none.
    #[inline(never)]
    pub fn next(&mut self) -> Option<Row<'_>> {
        let rest = &self.bytes[self.left.clone()];
        let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let empty = rest.iter().take_while(is_end).inspect(|byte| self.lines += u64::from(**byte == b'\n')).count();
        self.left.start += empty;
        let (start, rest) = (self.left.start, &self.bytes[self.left.clone()]);
        if rest.is_empty() {
            return None;
        }
        let (cells, stop) = cut(rest, 0, self.separator, &mut self.ends, 0);
        if !ends_row(rest, stop) {
            return self.quoted();
        }
        self.ends[cells] = stop;
        let end = start + stop;
        self.left.start = end;
        Some(Row { cells: rest, ends: &self.ends[..=cells], gap: 1, start, end, line: self.lines })
    }

    /// The row that begins here, with cells in quotes.
    #[inline(never)]
    fn quoted(&mut self) -> Option<Row<'_>> {
        let rest = &self.bytes[self.left.clone()];
        let Some((cells, stop)) = unquote(rest, self.separator, &mut self.ends, &mut self.cells) else {
            return self.by_machine();
        };
        let (start, line) = (self.left.start, self.lines);
        let end = start + stop;
        self.left.start = end;
        self.lines += ends_of_lines(&rest[..stop]);
        Some(Row { cells: &self.cells, ends: &self.ends[..cells], gap: 1, start, end, line })
    }

    /// The row that begins here, whatever is in it.
    #[inline(never)]
    fn by_machine(&mut self) -> Option<Row<'_>> {
        let (start, line) = (self.left.start, self.lines);
        let machine = self.machine.get_or_insert_with(|| machine(self.separator));
        let (mut written, mut cells) = (0, 0);
        loop {
            // Nothing left says that nothing comes.
            let input = &self.bytes[self.left.clone()];
            let (result, read, wrote, ended) =
                machine.read_record(input, &mut self.cells[written..], &mut self.ends[cells..]);
            self.left.start += read;
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize((self.cells.len() * 2).max(1 << 10), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let end = self.left.start;
        self.lines += ends_of_lines(&self.bytes[start..end]);
        Some(Row { cells: &self.cells, ends: &self.ends[..cells], gap: 0, start, end, line })
    }
}

/// The csv crate's machine for rows.
fn machine(separator: u8) -> Reader {
    let mut machine = ReaderBuilder::new().delimiter(separator).build();
    // It takes away a mark of the byte order before the first bytes it sees, which stand at the beginning of a file
    // only.
    let _ = machine.read_record(b"\n", &mut [], &mut []);
    machine
}

/// Writes where cells end from a byte on, behind so many that are known, up to a byte that may be more than a part of a
/// cell: a quote, or the end of a line or of all. Returns how many are known then, and that byte.
#[inline]
fn cut(rest: &[u8], from: usize, separator: u8, ends: &mut Vec<usize>, known: usize) -> (usize, usize) {
    let [separator, newline, quote, back] = [separator, b'\n', b'"', b'\r'].map(u8x16::splat);
    let (mut at, mut cells) = (from, known);
    loop {
        let block = match rest[at..].first_chunk::<BLOCK>() {
            Some(block) => *block,
            // The end of what there is ends the row.
            None => std::array::from_fn(|byte| rest.get(at + byte).copied().unwrap_or(b'\n')),
        };
        let block = u8x16::new(block);
        let others = (block.simd_eq(newline) | block.simd_eq(quote) | block.simd_eq(back)).to_bitmask();
        // Those before the first of the others.
        let mut own = block.simd_eq(separator).to_bitmask() & (others & others.wrapping_neg()).wrapping_sub(1);
        let found = own.count_ones() as usize;
        if ends.len() <= cells + BLOCK {
            ends.resize(ends.len() * 2, 0);
        }
        // Four or eight, whether they are there or not: that takes less than to ask.
        let (four, more) = ends[cells..][..BLOCK].split_at_mut(BLOCK / 4);
        for end in four {
            *end = at + own.trailing_zeros() as usize;
            own &= own.wrapping_sub(1);
        }
        if found > BLOCK / 4 {
            let (eight, more) = more.split_at_mut(BLOCK / 4);
            for end in eight {
                *end = at + own.trailing_zeros() as usize;
                own &= own.wrapping_sub(1);
            }
            for end in more.iter_mut().take(found.saturating_sub(BLOCK / 2)) {
                *end = at + own.trailing_zeros() as usize;
                own &= own.wrapping_sub(1);
            }
        }
        cells += found;
        if others != 0 {
            return (cells, at + others.trailing_zeros() as usize);
        }
        at += BLOCK;
    }
}

/// Whether a row ends at a byte for everybody.
#[inline]
fn ends_row(rest: &[u8], stop: usize) -> bool {
    match rest.get(stop) {
        Some(b'\r') => matches!(rest.get(stop + 1), None | Some(b'\n')),
        Some(byte) => *byte == b'\n',
        None => true,
    }
}

/// Copies the cells of the row that begins here without their quotes, a byte between them, and returns how many there
/// are and the byte at which the row ends; nothing where it is not plain what quotes mean.
fn unquote(rest: &[u8], separator: u8, ends: &mut Vec<usize>, cells: &mut Vec<u8>) -> Option<(usize, usize)> {
    cells.clear();
    let (mut at, mut known) = (0, 0);
    loop {
        // Here begins a cell.
        if rest.get(at) == Some(&b'"') {
            let mut from = at + 1;
            loop {
                let quote = from + memchr(b'"', &rest[from..])?;
                cells.extend_from_slice(&rest[from..quote]);
                at = quote + 1;
                // Two stand for one.
                if rest.get(at) != Some(&b'"') {
                    break;
                }
                cells.push(b'"');
                from = at + 1;
            }
            if ends.len() <= known + 1 {
                ends.resize(ends.len() * 2, 0);
            }
            ends[known] = cells.len();
            known += 1;
            if ends_row(rest, at) {
                return Some((known, at));
            }
            if rest[at] != separator {
                return None;
            }
            cells.push(separator);
            at += 1;
        } else {
            let (found, stop) = cut(rest, at, separator, ends, known);
            // What was copied before is shorter than where it stands.
            let gone = at - cells.len();
            ends[known..found].iter_mut().for_each(|end| *end -= gone);
            cells.extend_from_slice(&rest[at..stop]);
            known = found;
            if ends_row(rest, stop) {
                ends[known] = cells.len();
                return Some((known + 1, stop));
            }
            // A quote within a cell is no quote.
            if rest[stop] != b'"' || (stop > at && rest[stop - 1] != separator) {
                return None;
            }
            at = stop;
        }
    }
}

/// Ends of lines in a stretch.
pub(super) fn ends_of_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

impl<'r> Row<'r> {
    /// Cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell.
    #[inline]
    pub fn get(&self, at: usize) -> Option<&'r [u8]> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] + self.gap };
        self.cells.get(start..end)
    }

    /// The cells.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &'r [u8]> + use<'r> {
        let (cells, gap) = (self.cells, self.gap);
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = &cells[start..end];
            start = end + gap;
            cell
        })
    }

    /// The cells from one on, to be read one after the other.
    #[inline]
    pub fn walk(&self) -> Walk<'r> {
        Walk::of(self.cells, self.ends, self.gap)
    }

    /// The same for the careful reader.
    pub fn to_record(&self) -> ByteRecord {
        self.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the bytes: the rows and cells are those of the csv crate.
        #[test]
        fn rows_are_those_of_the_csv_crate(pieces in prop::collection::vec(
            prop::sample::select(vec!["a", ",", ",", "\n", "\r\n", "\r", "\"", "\"\"", " ", ";", "é", "4,5,", "x\n"]), 0..300)) {
            let text: String = pieces.concat();
            let bytes = text.as_bytes();
            let mut builder = csv::ReaderBuilder::new();
            builder.flexible(true).has_headers(false);
            let expected: Vec<Vec<Vec<u8>>> = builder
                .from_reader(bytes)
                .into_byte_records()
                .map(|record| record.expect("a record").iter().map(<[u8]>::to_vec).collect())
                .collect();
            let mut rows = Rows::of(bytes, 0..bytes.len(), b',');
            let (mut found, mut last) = (Vec::new(), 0);
            while let Some(row) = rows.next() {
                prop_assert!(last <= row.start && row.start <= row.end, "{text:?}");
                prop_assert!(row.iter().enumerate().all(|(at, cell)| row.get(at) == Some(cell)));
                prop_assert_eq!(row.line, text[..row.start].matches('\n').count() as u64, "{:?}", text);
                prop_assert_eq!((row.len(), row.get(row.len())), (row.iter().count(), None));
                last = row.end;
                found.push(row.iter().map(<[u8]>::to_vec).collect::<Vec<_>>());
            }
            prop_assert_eq!(found, expected, "{:?}", text);
        }
    }
}
