//! Rows that are added together: each column is then gone to once for many rows.

use super::{COLUMNS, Cells, Dataset, Trace};

/// Rows that a batch holds.
const ROWS: usize = 128;

/// Rows by their codes, waiting to be added.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    items: Vec<u8>,
    /// Row by row the codes of the columns, of the day, and of the answers.
    codes: Vec<u32>,
    traces: Vec<Trace>,
}

impl Batch {
    /// Puts a row to the others. Whether there is no room for another: they are to be added now.
    #[inline]
    pub fn push(&mut self, row: &Cells) -> bool {
        self.items.extend_from_slice(&row.items);
        self.codes.extend_from_slice(&row.columns);
        self.codes.push(row.day);
        self.codes.extend_from_slice(&row.answers);
        self.traces.push(row.trace);
        self.traces.len() >= ROWS
    }
}

impl Dataset {
    /// Adds the rows of a batch, which is empty after.
    #[inline(never)]
    pub(crate) fn push_batch(&mut self, batch: &mut Batch) {
        let Batch { items, codes, traces } = batch;
        let rows = traces.len();
        self.items.extend(items);
        // The day is one more.
        let columns = COLUMNS.len() + 1 + self.answers.len();
        for (at, column) in self.columns.iter_mut().chain([&mut self.day]).chain(&mut self.answers).enumerate() {
            column.push_codes(codes.chunks_exact(columns).map(|row| row[at]));
        }
        let unmarked = self.marks.code_of("0");
        self.marks.push_codes(std::iter::repeat_n(unmarked, rows));
        traces.iter().for_each(|trace| self.traces.push(trace));
        self.rows += rows;
        items.clear();
        codes.clear();
        traces.clear();
    }
}
