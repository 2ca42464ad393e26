//! The responses of several files to one survey as columns, each counted once, without the files
//! themselves: of each response is kept where it stands, so that it can be read again there.

use std::hash::BuildHasher as _;
use std::ops::Range;

use csv::ByteRecord;
use foldhash::fast::FixedState;

use super::opened::{Opened, Place, lines_at};
use super::register::Register;
use super::rows::ends_of_lines;
use super::{Lines, Setting};
use crate::dataset::Dataset;
use crate::quality::Marker;
use crate::response::Response;
use crate::survey::Survey;

/// The responses of several files to one survey.
pub struct Collection {
    pub(super) dataset: Dataset,
    /// For each response a hash of its id, one of its row, and the byte of its file at which it begins.
    ids: Register,
    bodies: Vec<u32>,
    starts: Vec<u32>,
    /// The files that have responses here, in the order of these.
    files: Vec<Held>,
    is_marked: bool,
    /// The marks of responses that are not marked yet.
    marker: Marker,
    /// How many responses there will be, as far as is known.
    expected: usize,
    /// Rises with every change.
    version: u64,
}

/// A file that has responses here.
struct Held {
    key: u32,
    rows: usize,
    header: Vec<u8>,
    /// Bytes at which windows begin, each with the ends of lines before it; the last one is the end.
    windows: Vec<(u64, u64)>,
}

/// A stretch of a file that holds whole rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its bytes.
    pub bytes: Range<u64>,
    /// Ends of lines before it.
    lines: u64,
}

/// What is known of a row whose id is not new.
pub(super) enum Known {
    /// There is a row that says the same.
    Same,
    /// There is another row with that id, in this file from this byte on.
    Other(u32, u64),
}

impl Collection {
    /// No responses.
    pub fn new(survey: &Survey) -> Collection {
        Collection {
            dataset: Dataset::new(survey),
            ids: Register::default(),
            bodies: Vec::new(),
            starts: Vec::new(),
            files: Vec::new(),
            is_marked: true,
            marker: Marker::default(),
            expected: 0,
            version: 0,
        }
    }

    /// Another number after every change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The responses, those that look odd marked.
    pub fn dataset(&mut self) -> &Dataset {
        if !std::mem::replace(&mut self.is_marked, true) {
            std::mem::take(&mut self.marker).finish(&mut self.dataset);
        }
        &self.dataset
    }

    /// Bytes held for the responses beside their columns.
    pub fn bytes(&self) -> usize {
        self.ids.bytes() + (self.bodies.capacity() + self.starts.capacity()) * 4
    }

    /// Makes room for so many responses more.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.dataset.reserve(rows);
        self.ids.reserve(rows);
        self.bodies.reserve_exact(rows);
        self.starts.reserve_exact(rows);
        self.expected = self.ids.len() + rows;
    }

    /// A file begins whose first row is this one.
    pub(super) fn begin(&mut self, key: u32, header: &[u8]) {
        self.files.push(Held { key, rows: 0, header: header.to_vec(), windows: Vec::new() });
    }

    /// A window of the file that was begun last begins, or the file ends.
    pub(super) fn window(&mut self, at: u64, lines: u64) {
        if let Some(file) = self.files.last_mut() {
            file.windows.push((at, lines));
        }
    }

    /// Registers the rows whose ids are new, whose columns are to be added next; returns the others, each by its place
    /// among all of them, in order. `at` is the byte of the file from which on their places are counted. The more rows at
    /// once the better, see [`Register::add`].
    #[inline(never)]
    pub(super) fn meet(&mut self, rows: &[Place], at: u64) -> Vec<(usize, Known)> {
        let ids: Vec<u64> = rows.iter().map(|place| place.id).collect();
        let others = self.ids.add(&ids);
        let met = rows.len() - others.len();
        let start = |place: &Place| u32::try_from(at + place.start as u64).unwrap_or(u32::MAX);
        match others.is_empty() {
            true => {
                self.bodies.extend(rows.iter().map(|place| place.body));
                self.starts.extend(rows.iter().map(start));
            }
            false => {
                let mut left = others.iter().map(|(row, _)| *row).peekable();
                for (_, place) in rows.iter().enumerate().filter(|(row, _)| left.next_if_eq(row).is_none()) {
                    self.bodies.push(place.body);
                    self.starts.push(start(place));
                }
            }
        }
        if let Some(file) = self.files.last_mut() {
            file.rows += met;
        }
        self.is_marked &= met == 0;
        self.version += u64::from(met > 0);
        let known = |(row, found): (usize, usize)| match self.bodies[found] == rows[row].body {
            true => (row, Known::Same),
            false => (row, Known::Other(self.file_of(found).0, self.starts[found].into())),
        };
        others.into_iter().map(known).collect()
    }

    /// Adds the columns of rows that were met, but for those whose ids are not new: these, by their places.
    pub(super) fn add(&mut self, rows: &Dataset, others: &[usize]) {
        self.dataset.append_without(rows, others);
    }

    /// Looks at the rows that were added, if any, for what is to be marked.
    pub(super) fn look(&mut self) {
        if !self.is_marked {
            self.marker.reserve(self.expected);
            self.marker.look(&self.dataset);
        }
    }

    /// The key of the file that a row is of, and the file's rows.
    fn file_of(&self, row: usize) -> (u32, Range<usize>) {
        let mut begin = 0;
        for file in &self.files {
            if row < begin + file.rows {
                return (file.key, begin..begin + file.rows);
            }
            begin += file.rows;
        }
        (u32::MAX, 0..0)
    }

    /// Takes the responses of a file away.
    pub fn remove(&mut self, key: u32) {
        let Some(at) = self.files.iter().position(|file| file.key == key) else { return };
        let begin: usize = self.files[..at].iter().map(|file| file.rows).sum();
        let gone = begin..begin + self.files.remove(at).rows;
        if gone.is_empty() {
            return;
        }
        let keep: Vec<bool> = (0..self.ids.len()).map(|row| !gone.contains(&row)).collect();
        self.dataset.retain(&keep);
        self.bodies.drain(gone.clone());
        self.starts.drain(gone.clone());
        self.ids.remove(gone);
        self.is_marked = false;
        (self.marker, self.expected) = (Marker::default(), 0);
        self.version += 1;
    }

    /// The files that have responses here, in the order of these.
    pub fn files(&self) -> Vec<u32> {
        self.files.iter().map(|file| file.key).collect()
    }

    /// The windows of a file, in order: read one after the other they hold all of its responses.
    pub fn windows(&self, key: u32) -> Vec<Window> {
        let file = self.files.iter().find(|file| file.key == key);
        let ends = file.map_or(&[][..], |file| &file.windows);
        ends.windows(2).map(|ends| Window { bytes: ends[0].0..ends[1].0, lines: ends[0].1 }).collect()
    }

    /// The window that the row beginning at this byte is in.
    pub fn window_of(&self, key: u32, start: u64) -> Option<Window> {
        self.windows(key).into_iter().find(|window| window.bytes.contains(&start))
    }

    /// A row of a window, whose bytes these are: the response, and its line.
    pub(super) fn row(
        &self,
        key: u32,
        window: &Window,
        bytes: &[u8],
        start: u64,
        setting: &Setting<'_>,
    ) -> Option<(Response, u64)> {
        let header = &self.files.iter().find(|file| file.key == key)?.header;
        let joined = [header.as_slice(), bytes].concat();
        let at = header.len() + usize::try_from(start.checked_sub(window.bytes.start)?).ok()?;
        let response = Opened::of(&joined, setting).response(at)?;
        let line = lines_at(&joined, vec![at as u64]).into_values().next()?;
        Some((response, line - ends_of_lines(header) + window.lines))
    }

    /// The places among all of the responses of a window.
    pub fn rows_in(&self, key: u32, window: &Window) -> Range<usize> {
        let Some(at) = self.files.iter().position(|file| file.key == key) else { return 0..0 };
        let begin = self.files[..at].iter().map(|file| file.rows).sum::<usize>();
        let starts = &self.starts[begin..begin + self.files[at].rows];
        let before = |end: u64| begin + starts.partition_point(|start| u64::from(*start) < end);
        before(window.bytes.start)..before(window.bytes.end)
    }

    /// The responses of a window, whose bytes these are, in order: each with its line and its place among
    /// all, those that `wanted` says.
    pub fn responses(
        &self,
        key: u32,
        window: &Window,
        bytes: &[u8],
        setting: &Setting<'_>,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<(Response, u64, usize)> {
        let Some(at) = self.files.iter().position(|file| file.key == key) else { return Vec::new() };
        let (file, begin) = (&self.files[at], self.files[..at].iter().map(|file| file.rows).sum::<usize>());
        let starts = &self.starts[begin..begin + file.rows];
        let is_before = |start: &u32| u64::from(*start) < window.bytes.start;
        let first = starts.partition_point(is_before);
        let mut rows = (begin + first..begin + file.rows).zip(&starts[first..]).peekable();
        let joined = [file.header.as_slice(), bytes].concat();
        let opened = Opened::of(&joined, setting);
        let mut reader = opened.rows(file.header.len()..joined.len());
        let mut record = ByteRecord::new();
        let mut lines = Lines::of(&joined);
        let before = ends_of_lines(&file.header);
        let mut found = Vec::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let at = file.header.len() + record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            // The csv crate counts ends of lines to the row behind them.
            let ends = joined[at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let start = (at + ends - file.header.len()) as u64;
            let Some((row, _)) = rows.next_if(|(_, wanted)| u64::from(**wanted) == window.bytes.start + start) else {
                continue;
            };
            if wanted(row)
                && let Some(response) = opened.read(&record)
            {
                let line = lines.of_record(file.header.len() as u64 + start) - before + window.lines;
                found.push((response, line, row));
            }
        }
        found
    }
}

/// The hash of a row under its header: rows that are the same to the byte say the same.
pub(super) fn body(header: u64, row: &[u8]) -> u32 {
    let is_end = |byte: &u8| *byte == b'\n' || *byte == b'\r';
    let begin = row.iter().take_while(|byte| is_end(byte)).count();
    let end = row.len() - row[begin..].iter().rev().take_while(|byte| is_end(byte)).count();
    #[allow(clippy::cast_possible_truncation)]
    let hash = FixedState::with_seed(header).hash_one(&row[begin..end]) as u32;
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::survey::read::read_survey;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// However the rows come, many at once or few, with ids that lie anywhere: the first of each id is registered.
        #[test]
        fn the_first_of_each_id_is_registered(
            batches in prop::collection::vec((0..3000usize, 1..5000u64), 1..5),
            factor in prop::sample::select(vec![1, 1 << 11, 0x9e37_79b9_7f4a_7c15]),
        ) {
            let toml = include_str!("../../../benches/definitions/thirty.toml");
            let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
            let mut collection = Collection::new(&read_survey(toml, &[], day).value.survey);
            collection.begin(7, b"");
            let mut known: HashMap<u64, (u32, u64)> = HashMap::new();
            let (mut state, mut at) = (1u64, 0u64);
            for (count, ids) in batches {
                let row = |start: usize| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let id = ((state >> 33) % ids).wrapping_mul(factor);
                    Place { start, end: start + 1, line: 0, body: (state >> 50) as u32 % 2, id }
                };
                let rows: Vec<Place> = (0..count).map(row).collect();
                let mut expected = Vec::new();
                for (at_row, place) in rows.iter().enumerate() {
                    let own = (place.body, at + place.start as u64);
                    match known.entry(place.id) {
                        std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(own)),
                        std::collections::hash_map::Entry::Occupied(known) => expected.push((at_row, *known.get(), own)),
                    }
                }
                let found = collection.meet(&rows, at);
                prop_assert_eq!(found.len(), expected.len());
                for ((row, found), (at_row, (body, start), own)) in found.into_iter().zip(expected) {
                    prop_assert_eq!(row, at_row);
                    match found {
                        Known::Same => prop_assert_eq!(body, own.0),
                        Known::Other(file, of) => prop_assert_eq!((file, of, body != own.0), (7, start, true)),
                    }
                }
                prop_assert_eq!(collection.ids.len(), known.len());
                let mut starts: Vec<u64> = known.values().map(|(_, start)| *start).collect();
                starts.sort_unstable();
                prop_assert!(collection.starts.iter().map(|start| u64::from(*start)).eq(starts));
                at += count as u64;
            }
        }
    }
}
