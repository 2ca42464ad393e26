//! A file of the kit's own that is read as it comes, slice by slice, into a [`Collection`]: nothing of it
//! is kept but columns. The slices can be read by others at once ([`Part`]), and are taken in one after the other.

use std::ops::Range;
use std::sync::Arc;

use super::collection::{Collection, Known, Window};
use super::notes::Notes;
use super::opened::{Opened, Place};
use super::part::{Part, Reading};
use super::plan::Plan;
use super::read::difference;
use super::rows::ends_of_lines;
use super::{Import, RowFault, RowProblem, Setting};

/// The longest row that is read, in bytes.
const LONGEST_ROW: usize = 16 << 20;

/// Bytes of rows that tell how many there may be in as many more.
const SAMPLE: u64 = 1 << 20;

/// Rows wait for each other until there are so many, for it takes less time to look for many ids at once, see
/// [`Collection::meet`]; or until so many of them were read with care, which take up much more meanwhile; or until they
/// stand in so many bytes, all of which may be read again to settle a doubt.
const TOGETHER: usize = 1 << 16;
const CAREFUL: usize = 1 << 12;
const BYTES: u64 = 32 << 20;

/// A file under way.
pub struct Stream {
    key: u32,
    /// Bytes of the whole file.
    size: u64,
    /// Its first row; empty until all of it is there.
    header: Vec<u8>,
    /// The first row, and then what is not read yet.
    buffer: Vec<u8>,
    /// The byte of the file that stands behind the first row in the buffer, and the ends of lines before it.
    at: u64,
    lines: u64,
    has_room: bool,
    is_over: bool,
    /// How many rows wait for each other, and those that do.
    together: usize,
    waiting: Waiting,
    /// What is done with the file's columns, once something was read.
    plan: Option<Arc<Plan>>,
    notes: Notes,
    problems: Vec<RowProblem>,
    import: Import,
    /// Rows whose id another row has that says something else.
    conflicts: u64,
}

/// Rows that were read and are not in the collection yet.
#[derive(Default)]
struct Waiting {
    /// The byte of the file from which on their places are counted, and the ends of lines before it.
    at: u64,
    lines: u64,
    rows: Vec<Place>,
    /// Their columns, and what else was read, but for their places.
    readings: Vec<Reading>,
    /// How many of them were read with care.
    careful: usize,
    /// What was found in other rows among them.
    problems: Vec<RowProblem>,
}

/// A row whose id another row has: whether both say the same has to be seen from that one.
#[derive(Debug)]
pub struct Doubt {
    /// The file of the row that was read first.
    pub file: u32,
    /// The byte at which it begins there.
    pub start: u64,
    /// Where the row in question stands in its own file, and its line.
    pub again: Range<u64>,
    line: u64,
}

/// What becomes of a part.
#[derive(Debug)]
pub enum Taken {
    /// It is taken in, or waits to be with what comes behind.
    All(Vec<Doubt>),
    /// Its slice begins within a row, which nobody could know who saw nothing of what comes before: the file has to be
    /// read here from [`Stream::end`] on.
    Not(Vec<Doubt>),
}

impl Waiting {
    /// Adds rows that begin so many bytes and ends of lines behind the first.
    #[allow(clippy::cast_possible_truncation)]
    fn push(&mut self, mut reading: Reading, (bytes, lines): (u64, u64)) {
        // There are never so many of them.
        let (bytes, lines) = (bytes as usize, lines as u32);
        let here = |place: Place| Place {
            start: place.start + bytes,
            end: place.end + bytes,
            line: place.line + lines,
            ..place
        };
        self.rows.extend(std::mem::take(&mut reading.rows).into_iter().map(here));
        self.careful += reading.careful.len();
        self.readings.push(reading);
    }
}

impl Stream {
    /// Nothing was read yet of a file of so many bytes.
    pub fn new(key: u32, size: u64) -> Stream {
        Stream {
            key,
            size,
            header: Vec::new(),
            buffer: Vec::new(),
            at: 0,
            lines: 0,
            has_room: false,
            is_over: false,
            together: TOGETHER,
            waiting: Waiting::default(),
            plan: None,
            notes: Notes::default(),
            problems: Vec::new(),
            import: Import::default(),
            conflicts: 0,
        }
    }

    /// The same, where no more rows than this wait for each other.
    pub fn with_together(self, rows: usize) -> Stream {
        Stream { together: rows, ..self }
    }

    /// Room for the next bytes of the file, to be filled before [`Stream::read`].
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        let from = self.buffer.len();
        self.buffer.resize(from + bytes, 0);
        &mut self.buffer[from..]
    }

    /// The byte of the file up to which rows were read.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The byte of the file behind all that was handed in.
    pub fn end(&self) -> u64 {
        self.at + self.buffer.len().saturating_sub(self.header.len()) as u64
    }

    /// Nothing more is read of the file, whatever comes.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// What was found since this was asked last, in the order of the file where doubts were settled before.
    pub fn problems(&mut self) -> Vec<RowProblem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// What became of the file, without its problems; of rows that wait for others it is not known yet.
    pub fn import(&self) -> &Import {
        &self.import
    }

    /// How many rows gave way to rows of other files, or to earlier ones.
    pub fn shared(&self) -> u64 {
        self.import.duplicates + self.conflicts
    }

    /// The first row, where it is known: what others need to read parts.
    pub fn header(&self) -> Option<&[u8]> {
        Some(self.header.as_slice()).filter(|header| !header.is_empty() && !self.is_over)
    }

    /// Takes in what somebody else has read of the next slice, unless it begins within a row.
    pub fn join(&mut self, part: Part, setting: &Setting<'_>, collection: &mut Collection) -> Taken {
        // The row that the cut goes through.
        self.buffer.extend_from_slice(&part.head);
        let mut doubts = match self.buffer.len() > self.header.len() {
            true => self.read_with(false, false, setting, collection),
            false => Vec::new(),
        };
        if self.is_over {
            return Taken::All(doubts);
        }
        if self.buffer.len() > self.header.len() {
            return Taken::Not(doubts);
        }
        doubts.extend(self.take(part.reading, setting, collection));
        self.buffer.extend_from_slice(&part.tail);
        Taken::All(doubts)
    }

    /// Reads what is there as far as rows are whole. `is_last`: nothing more comes.
    pub fn read(&mut self, is_last: bool, setting: &Setting<'_>, collection: &mut Collection) -> Vec<Doubt> {
        self.read_with(is_last, true, setting, collection)
    }

    #[inline(never)]
    fn read_with(
        &mut self,
        is_last: bool,
        has_fast_lane: bool,
        setting: &Setting<'_>,
        collection: &mut Collection,
    ) -> Vec<Doubt> {
        if self.is_over || !self.begin(is_last, setting, collection) {
            return Vec::new();
        }
        let buffer = std::mem::take(&mut self.buffer);
        let (begin, full) = (self.header.len(), buffer.len());
        let opened = Opened::again(&buffer, setting, self.plan.take());
        let reading = Reading::of(&opened, begin, is_last, has_fast_lane);
        self.plan = opened.plan();
        let end = begin + reading.bytes;
        let lost = (is_last && reading.is_torn).then(|| ends_of_lines(&buffer[end..]));
        let mut doubts = self.take(reading, setting, collection);
        if lost.is_some() || full - end > LONGEST_ROW {
            let rest = &buffer[end..];
            let empty = rest.iter().take_while(|byte| **byte == b'\n' || **byte == b'\r').count();
            let line = 1 + self.lines + ends_of_lines(&rest[..empty]);
            let fault = match lost {
                Some(ends) => RowFault::OpenQuote { rows_lost: ends - ends_of_lines(&rest[..empty]) },
                None => RowFault::Endless { megabytes: LONGEST_ROW >> 20 },
            };
            self.problems.push(RowProblem { line, column: None, fault });
            self.import.rows += 1;
            self.import.set_aside += 1;
            self.is_over = true;
        }
        self.is_over |= is_last;
        if !self.is_over {
            self.buffer = buffer;
            self.buffer.drain(begin..end);
            return doubts;
        }
        doubts.extend(self.admit(setting, collection));
        doubts
    }

    /// Reads the first row. Whether there is something to read below it.
    fn begin(&mut self, is_last: bool, setting: &Setting<'_>, collection: &mut Collection) -> bool {
        if !self.header.is_empty() {
            return true;
        }
        // Some files have several.
        while self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
            self.at += 3;
        }
        let opened = Opened::of(&self.buffer, setting);
        let mut begin = opened.begin();
        if begin >= self.buffer.len() && !is_last {
            if self.buffer.len() > LONGEST_ROW {
                let fault = RowFault::Endless { megabytes: LONGEST_ROW >> 20 };
                self.problems.push(RowProblem { line: 1, column: None, fault });
                self.is_over = true;
            }
            return false;
        }
        // All of the end of the line.
        begin += usize::from(self.buffer[..begin].ends_with(b"\r") && self.buffer[begin..].starts_with(b"\n"));
        self.problems.extend(opened.problems().iter().cloned());
        self.is_over = !opened.is_usable();
        self.header = self.buffer[..begin].to_vec();
        self.at += begin as u64;
        self.lines = ends_of_lines(&self.header);
        if !self.is_over {
            collection.begin(self.key, &self.header);
            collection.window(self.at, self.lines);
        }
        !self.is_over
    }

    /// Takes in rows that follow those before; mostly they wait for others.
    #[inline(never)]
    fn take(&mut self, mut reading: Reading, setting: &Setting<'_>, collection: &mut Collection) -> Vec<Doubt> {
        let before = self.lines;
        let here = |problem: RowProblem| RowProblem { line: problem.line + before, ..problem };
        self.waiting.problems.extend(std::mem::take(&mut reading.problems).into_iter().map(here));
        self.import.rows += reading.records;
        self.import.set_aside += reading.set_aside;
        if self.waiting.readings.is_empty() {
            (self.waiting.at, self.waiting.lines) = (self.at, self.lines);
        }
        let behind = (self.at - self.waiting.at, self.lines - self.waiting.lines);
        self.lines += reading.lines;
        self.at += reading.bytes as u64;
        collection.window(self.at, self.lines);
        self.waiting.push(reading, behind);
        let Waiting { at, rows, careful, .. } = &self.waiting;
        match rows.len() >= self.together || *careful >= CAREFUL || self.at - at >= BYTES {
            true => self.admit(setting, collection),
            false => Vec::new(),
        }
    }

    /// Puts the rows that wait into the collection.
    #[inline(never)]
    fn admit(&mut self, setting: &Setting<'_>, collection: &mut Collection) -> Vec<Doubt> {
        let Waiting { at, lines, rows, readings, problems, .. } = std::mem::take(&mut self.waiting);
        self.problems.extend(problems);
        // Once it is known what a row takes up.
        let read = self.at - at;
        if read >= SAMPLE && !std::mem::replace(&mut self.has_room, true) {
            let all = self.size.saturating_sub(at) as f64 / read as f64;
            collection.reserve((rows.len() as f64 * all * 1.01) as usize);
        }
        let others = collection.meet(&rows, at);
        self.import.used += (rows.len() - others.len()) as u64;
        let mut doubts = Vec::new();
        for (row, known) in &others {
            let place = &rows[*row];
            match *known {
                Known::Same => self.import.duplicates += 1,
                Known::Other(file, start) => {
                    let again = at + place.start as u64..at + place.end as u64;
                    doubts.push(Doubt { file, start, again, line: 1 + lines + u64::from(place.line) });
                }
            }
        }
        let (mut rows, mut others) = (rows.as_slice(), others.as_slice());
        let mut first = 0;
        for reading in &readings {
            let own;
            (own, rows) = rows.split_at(reading.dataset.len());
            let left = others.partition_point(|(row, _)| *row < first + own.len());
            let without: Vec<usize> = others[..left].iter().map(|(row, _)| row - first).collect();
            (first, others) = (first + own.len(), &others[left..]);
            self.note(reading, own, &without, lines, setting);
            collection.add(&reading.dataset, &without);
        }
        collection.look();
        doubts
    }

    /// Notes what is worth it of rows that were taken in: of all but these.
    #[inline(never)]
    fn note(&mut self, reading: &Reading, places: &[Place], without: &[usize], before: u64, setting: &Setting<'_>) {
        let watched = self.notes.watched(setting, &reading.dataset);
        let line = |row: usize| 1 + before + u64::from(places[row].line);
        let is_taken = |row: &usize| without.binary_search(row).is_err();
        // Mostly only rows that were read with care.
        let rows: Vec<usize> = match watched.is_any() {
            true => (0..places.len()).filter(is_taken).collect(),
            false => reading.careful.keys().copied().filter(is_taken).collect(),
        };
        for row in rows {
            match reading.careful.get(&row) {
                Some((unit, response)) => self.notes.response(|| line(row), setting, unit.clone(), response),
                None => self.notes.sound(|| line(row), &watched, &reading.dataset, row),
            }
        }
    }

    /// Settles a doubt by the window that holds the row that was read first, whose bytes these are, and by the bytes
    /// of the row in question.
    pub fn settle(
        &mut self,
        doubt: &Doubt,
        window: &Window,
        bytes: &[u8],
        again: &[u8],
        setting: &Setting<'_>,
        collection: &mut Collection,
    ) {
        let known = collection.row(doubt.file, window, bytes, doubt.start, setting);
        let again = [self.header.as_slice(), again].concat();
        let again = Opened::of(&again, setting);
        let again = again.response(again.begin());
        match (known, again) {
            (Some((known, first_line)), Some(again)) if known != again => {
                let first_line = if doubt.file == self.key { first_line } else { 0 };
                let column = difference(&known, &again);
                let fault = RowFault::ConflictingId { id: again.id, first_line, column };
                let column = Some("response_id".to_owned());
                self.problems.push(RowProblem { line: doubt.line, column, fault });
                self.import.set_aside += 1;
                self.conflicts += 1;
            }
            _ => self.import.duplicates += 1,
        }
    }

    /// What is said once of the whole file, after its last row.
    pub fn finish(&mut self, setting: &Setting<'_>) {
        let notes = std::mem::take(&mut self.notes);
        self.problems.extend(notes.problems(setting));
    }
}
