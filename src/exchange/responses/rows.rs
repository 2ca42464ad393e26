//! The rows of a file one after the other. Most have no quotes: their cells lie between separators and are found many
//! bytes at a time. All others are left to the csv crate's own machine.

use std::ops::Range;

use csv::ByteRecord;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2};

/// The rows of a stretch of a file.
pub(super) struct Rows<'f> {
    bytes: &'f [u8],
    /// What was not read yet.
    left: Range<usize>,
    separator: u8,
    /// Where the cells of the row end.
    ends: Vec<usize>,
    /// The cells of a row with quotes, without these.
    cells: Vec<u8>,
    machine: Reader,
}

/// A row.
pub(super) struct Row<'r> {
    cells: &'r [u8],
    ends: &'r [usize],
    /// Bytes between two cells.
    gap: usize,
    /// The byte of the file at which it begins.
    pub start: usize,
    /// The byte at which it ends; the end of its line may be before or behind.
    pub end: usize,
}

impl<'f> Rows<'f> {
    /// The rows of `range`, which begins where a row does.
    pub fn of(bytes: &'f [u8], range: Range<usize>, separator: u8) -> Rows<'f> {
        let mut machine = ReaderBuilder::new().delimiter(separator).build();
        // It takes away a mark of the byte order before the first bytes it sees, which stand at the beginning of a
        // file only.
        let _ = machine.read_record(b"\n", &mut [], &mut []);
        Rows { bytes, left: range, separator, ends: Vec::new(), cells: Vec::new(), machine }
    }

    /// The next row. Empty lines are none.
    pub fn next(&mut self) -> Option<Row<'_>> {
        let rest = &self.bytes[self.left.clone()];
        self.left.start += rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let (start, rest) = (self.left.start, &self.bytes[self.left.clone()]);
        if rest.is_empty() {
            return None;
        }
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if memchr2(b'"', b'\r', line).is_some() {
            return self.quoted();
        }
        self.ends.clear();
        self.ends.extend(memchr_iter(self.separator, line));
        self.ends.push(line.len());
        self.left.start += line.len();
        Some(Row { cells: line, ends: &self.ends, gap: 1, start, end: start + line.len() })
    }

    /// The row that begins here, whatever is in it.
    fn quoted(&mut self) -> Option<Row<'_>> {
        let start = self.left.start;
        let (mut written, mut cells) = (0, 0);
        self.ends.resize(self.ends.capacity().max(64), 0);
        loop {
            // Nothing left says that nothing comes.
            let input = &self.bytes[self.left.clone()];
            let (result, read, wrote, ended) =
                self.machine.read_record(input, &mut self.cells[written..], &mut self.ends[cells..]);
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
        self.ends.truncate(cells);
        Some(Row { cells: &self.cells[..written], ends: &self.ends, gap: 0, start, end: self.left.start })
    }
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
                prop_assert_eq!((row.len(), row.get(row.len())), (row.iter().count(), None));
                last = row.end;
                found.push(row.iter().map(<[u8]>::to_vec).collect::<Vec<_>>());
            }
            prop_assert_eq!(found, expected, "{:?}", text);
        }
    }
}
