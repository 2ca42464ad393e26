//! The responses of several files to one survey as columns, each counted once, without the files
//! themselves: of each response is kept where it stands, so that it can be read again there.

use std::hash::BuildHasher as _;
use std::ops::Range;

use csv::ByteRecord;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::opened::{Opened, Place, lines_at};
use super::rows::ends_of_lines;
use super::{Lines, Setting};
use crate::dataset::Dataset;
use crate::quality::{Rules, mark};
use crate::response::Response;
use crate::survey::Survey;

/// Ids that are looked for together: so many that what is found is still near when they are registered.
const AT_ONCE: usize = 256;

/// The responses of several files to one survey.
pub struct Collection {
    pub(super) dataset: Dataset,
    /// For each response a hash of its id, one of its row, and the byte of its file at which it begins.
    ids: Vec<u64>,
    bodies: Vec<u32>,
    starts: Vec<u32>,
    /// The responses by the hash of their id.
    known: HashTable<u32>,
    /// The files that have responses here, in the order of these.
    files: Vec<Held>,
    is_marked: bool,
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
            ids: Vec::new(),
            bodies: Vec::new(),
            starts: Vec::new(),
            known: HashTable::new(),
            files: Vec::new(),
            is_marked: true,
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
            mark(&mut self.dataset, &Rules::default());
        }
        &self.dataset
    }

    /// Bytes held for the responses beside their columns.
    pub fn bytes(&self) -> usize {
        self.ids.capacity() * 8
            + (self.bodies.capacity() + self.starts.capacity()) * 4
            + self.known.capacity() * 5 * 8 / 7
    }

    /// Makes room for so many responses more.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.dataset.reserve(rows);
        self.ids.reserve_exact(rows);
        self.bodies.reserve_exact(rows);
        self.starts.reserve_exact(rows);
        let ids = &self.ids;
        self.known.reserve(rows, |row| ids[*row as usize]);
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
    /// among all of them. `at` is the byte of the file from which on their places are counted.
    #[inline(never)]
    pub(super) fn meet(&mut self, rows: &[Place], at: u64) -> Vec<(usize, Known)> {
        let before = self.ids.len();
        let mut others = Vec::new();
        for (at, rows) in rows.chunks(AT_ONCE).enumerate() {
            self.look(rows);
            self.register(at * AT_ONCE, rows, &mut others);
        }
        let met = self.ids.len() - before;
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

    /// Looks for ids that are about to be met. They lie far from each other: looked for one by one, memory is waited
    /// for each time; looked for at once, the waits are for many together.
    #[inline(never)]
    fn look(&self, rows: &[Place]) {
        let is_known = |row: &&Place| self.known.find(row.id, |known| self.ids[*known as usize] == row.id).is_some();
        std::hint::black_box(rows.iter().filter(is_known).count());
    }

    /// Registers ids, of rows from this one on; puts those that are not new to the others, each with the place of the
    /// response that has it.
    #[inline(never)]
    #[allow(clippy::cast_possible_truncation)]
    fn register(&mut self, first: usize, rows: &[Place], others: &mut Vec<(usize, usize)>) {
        let mut next = self.ids.len();
        let ids = &mut self.ids;
        ids.resize(next + rows.len(), 0);
        for (row, place) in (first..).zip(rows) {
            match self.known.entry(place.id, |known| ids[*known as usize] == place.id, |known| ids[*known as usize]) {
                Entry::Occupied(known) => others.push((row, *known.get() as usize)),
                Entry::Vacant(free) => {
                    free.insert(next as u32);
                    ids[next] = place.id;
                    next += 1;
                }
            }
        }
        ids.truncate(next);
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
        self.ids.drain(gone.clone());
        self.bodies.drain(gone.clone());
        self.starts.drain(gone);
        self.known.clear();
        let ids = &self.ids;
        for (number, id) in (0..).zip(ids) {
            // Of the few whose hash another id has, the first is known.
            if self.known.find(*id, |known| ids[*known as usize] == *id).is_none() {
                self.known.insert_unique(*id, number, |known| ids[*known as usize]);
            }
        }
        self.is_marked = false;
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
