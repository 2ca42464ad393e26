//! The rows of a file one after the other. Most have no quotes: their cells lie between separators and are found many
//! bytes at a time. All others are left to the csv crate.

use std::ops::Range;

use csv::ByteRecord;
use memchr::{memchr, memchr_iter, memchr2};

/// Rows the csv crate reads before it is seen whether there are still quotes.
const QUOTED: usize = 256;

/// The rows of a stretch of a file.
pub(super) struct Rows<'f> {
    bytes: &'f [u8],
    /// What was not read yet.
    left: Range<usize>,
    separator: u8,
    /// Where the cells of the row end.
    ends: Vec<usize>,
    record: ByteRecord,
    quoted: Option<Quoted<'f>>,
}

/// The csv crate at work.
struct Quoted<'f> {
    reader: csv::Reader<&'f [u8]>,
    /// Where it began.
    from: usize,
    /// How many rows it is still to read.
    rows: usize,
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
        Rows { bytes, left: range, separator, ends: Vec::new(), record: ByteRecord::new(), quoted: None }
    }

    /// The next row. Empty lines are none.
    pub fn next(&mut self) -> Option<Row<'_>> {
        if self.quoted.as_ref().is_some_and(|quoted| quoted.rows == 0) {
            self.quoted = None;
        }
        if self.quoted.is_none() {
            self.left.start = self.past_ends(self.left.start);
            let line = self.line()?;
            if memchr2(b'"', b'\r', line).is_none() {
                let start = self.left.start;
                self.ends.clear();
                self.ends.extend(memchr_iter(self.separator, line));
                self.ends.push(line.len());
                self.left.start += line.len();
                return Some(Row { cells: line, ends: &self.ends, gap: 1, start, end: start + line.len() });
            }
            self.quoted = Some(self.quoted());
        }
        self.record()
    }

    /// Past the ends of lines that begin at a byte.
    fn past_ends(&self, from: usize) -> usize {
        let rest = &self.bytes[from..self.left.end];
        from + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
    }

    /// The line that begins here, without its end.
    fn line(&self) -> Option<&'f [u8]> {
        let rest = &self.bytes[self.left.clone()];
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        (!rest.is_empty()).then_some(line)
    }

    fn quoted(&self) -> Quoted<'f> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.separator).flexible(true).has_headers(false);
        let reader = builder.from_reader(&self.bytes[self.left.clone()]);
        Quoted { reader, from: self.left.start, rows: QUOTED }
    }

    fn record(&mut self) -> Option<Row<'_>> {
        let quoted = self.quoted.as_mut()?;
        // Reading from memory without UTF-8 or length checks cannot fail.
        if !quoted.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            self.left.start = self.left.end;
            return None;
        }
        quoted.rows -= 1;
        let byte = |at: &csv::Position| quoted.from + usize::try_from(at.byte()).unwrap_or(0);
        let (start, end) = (self.record.position().map_or(quoted.from, byte), byte(quoted.reader.position()));
        self.left.start = end;
        let start = {
            let rest = &self.bytes[start..end];
            start + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
        };
        self.ends.clear();
        self.ends.extend((0..self.record.len()).filter_map(|at| self.record.range(at)).map(|range| range.end));
        Some(Row { cells: self.record.as_slice(), ends: &self.ends, gap: 0, start, end })
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
            prop::sample::select(vec!["a", ",", ",", "\n", "\r\n", "\r", "\"", "\"\"", " ", ";", "é", "4,5,", "x\n"]), 0..900)) {
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
