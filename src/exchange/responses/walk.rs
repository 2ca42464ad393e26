//! The cells of a row, one after the other, as the fast lane reads them.

use super::digits::{Digits, EIGHT};

/// The cells of a row that are still to be read.
pub(super) struct Walk<'r> {
    cells: &'r [u8],
    ends: &'r [usize],
    gap: usize,
    start: usize,
}

impl<'r> Walk<'r> {
    /// The cells that end at these bytes, so many bytes between two of them.
    #[inline]
    pub fn of(cells: &'r [u8], ends: &'r [usize], gap: usize) -> Walk<'r> {
        Walk { cells, ends, gap, start: 0 }
    }

    /// The next cell; there is none behind the last.
    #[inline]
    pub fn cell(&mut self) -> &'r [u8] {
        let Some((&end, left)) = self.ends.split_first() else { return &[] };
        let cell = &self.cells[self.start..end];
        (self.ends, self.start) = (left, end + self.gap);
        cell
    }

    /// The next cell as one number, of at most fifteen bytes with their count; `Err`: the cell, if it is longer.
    #[inline]
    pub fn number(&mut self) -> Result<u128, &'r [u8]> {
        let Some((&end, left)) = self.ends.split_first() else { return Err(&[]) };
        let (start, length) = (self.start, end - self.start);
        (self.ends, self.start) = (left, end + self.gap);
        let Some(kept) = KEPT.get(length) else { return Err(&self.cells[start..end]) };
        // Sixteen bytes whatever comes after: that takes less than to copy some.
        let bytes = match self.cells[start..].first_chunk::<16>() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => self.cells[start..end].iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
        };
        Ok(bytes & kept | (length as u128) << 120)
    }

    /// As many cells as there are codes: digits as they stand there, other cells of one byte by their table, all others
    /// by `other`. Those that are no such digits together, bit by bit.
    #[inline]
    pub fn codes(
        &mut self,
        digits: &[Digits],
        tables: &[[u8; 256]],
        codes: &mut [u8],
        other: impl Fn(&[u8]) -> u8,
    ) -> u8 {
        let (ends, left) = self.ends.split_at(codes.len().min(self.ends.len()));
        let (mut at, mut start, mut all) = (0, self.start, 0);
        while at < ends.len() {
            let bytes = self.cells[start..].first_chunk().filter(|_| self.gap == 1);
            if let Some((eight, run)) = bytes.map(|bytes| digits[at].read(bytes))
                // Were a cell longer, one of them would end at a byte that was looked at, which is no digit then; or the
                // last of them would end later.
                && run > 0
                && ends[at + run - 1] == start + 2 * run - 1
            {
                match codes[at..].first_chunk_mut() {
                    // Whatever comes behind the run is written over.
                    Some(codes) => *codes = eight,
                    None => codes[at..].iter_mut().zip(eight).take(run).for_each(|(code, digit)| *code = digit),
                }
                (at, start) = (at + run, start + 2 * run);
                if run == EIGHT || at == ends.len() {
                    continue;
                }
            }
            codes[at] = match &self.cells[start..ends[at]] {
                [byte] => tables[at][usize::from(*byte)],
                cell => other(cell),
            };
            all |= codes[at];
            (at, start) = (at + 1, ends[at] + self.gap);
        }
        (self.ends, self.start) = (left, start);
        all
    }
}

/// For each number of bytes those of sixteen that are kept.
const KEPT: [u128; 16] = {
    let mut kept = [0; 16];
    let mut bytes = 1;
    while bytes < 16 {
        kept[bytes] = kept[bytes - 1] << 8 | 0xff;
        bytes += 1;
    }
    kept
};

#[cfg(test)]
mod tests {
    use super::super::rows::Rows;
    use super::*;
    use proptest::prelude::*;

    /// What a cell is in the column of an item whose levels are one to five.
    fn code(cell: &[u8]) -> u8 {
        match cell {
            [byte @ b'1'..=b'5'] => byte - b'0',
            b"" => 13,
            [byte] => 100 + byte % 50,
            other => 200 + (other.len() % 50) as u8,
        }
    }

    proptest! {
        /// Eight at a time or one by one, quoted or not, with whatever between them: the same codes.
        #[test]
        fn codes_are_those_of_the_cells(
            cells in prop::collection::vec(prop::sample::select(vec![
                "1", "2", "3", "4", "5", "4", "5", "4", "5", "3", "5", "6", "x", "", "na", "45", "4,5", "4,,5", "1,2,3", "\"",
            ]), 1..40),
            quotes in prop::collection::vec(prop::bool::weighted(0.1), 40),
            behind in prop::sample::select(vec!["", "\n", "\r\n5,5,5,5,5,5,5,5,5,5,5,5", ",5\n5,5"]),
            left in 0..4usize,
        ) {
            let written = cells.iter().zip(quotes).map(|(cell, is_quoted)| match is_quoted || cell.contains([',', '"']) {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => (*cell).to_owned(),
            });
            let text = written.collect::<Vec<_>>().join(",") + behind;
            let mut rows = Rows::of(text.as_bytes(), 0..text.len(), b',');
            let Some(row) = rows.next() else { return Ok(()) };
            let expected: Vec<u8> = row.iter().map(code).collect();
            let count = expected.len().saturating_sub(left);
            let range = Some((1, 5));
            // Of some items not every digit between two is a level.
            let ranges: Vec<_> = (0..count).map(|item| range.filter(|_| item % 11 != 3)).collect();
            let digits: Vec<Digits> = (0..count).map(|item| Digits::of(&ranges[item..])).collect();
            let mut table = [0; 256];
            (0..=255).for_each(|byte: u8| table[usize::from(byte)] = code(&[byte]));
            let mut codes = vec![0; count];
            let mut walk = row.walk();
            walk.codes(&digits, &vec![table; count], &mut codes, code);
            prop_assert_eq!(&codes, &expected[..count], "{:?}", text);
            prop_assert_eq!(Some(walk.cell()).filter(|_| left > 0 && count > 0), row.get(count).filter(|_| count > 0));
        }
    }
}
