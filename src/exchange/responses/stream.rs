//! A file of the kit's own that is read as it comes, slice by slice, into a [`Collection`]: nothing of it
//! is kept but columns.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use super::collection::{Collection, Known, Row, Window, body, ends_of_lines};
use super::notes::Notes;
use super::pile::{Opened, Piece, number_lines};
use super::read::difference;
use super::{Import, Lines, RowFault, RowProblem, Setting};

/// The longest row that is read, in bytes.
const LONGEST_ROW: usize = 16 << 20;

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
    notes: Notes,
    problems: Vec<RowProblem>,
    import: Import,
    /// Rows whose id another row has that says something else.
    conflicts: u64,
}

/// A row whose id another row has: whether both say the same has to be seen from that one.
#[derive(Debug)]
pub struct Doubt {
    /// The file of the row that was read first.
    pub file: u32,
    /// The byte at which it begins there.
    pub start: u64,
    /// The row in question, below its header, and its line.
    again: Vec<u8>,
    line: u64,
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
            notes: Notes::default(),
            problems: Vec::new(),
            import: Import::default(),
            conflicts: 0,
        }
    }

    /// Room for the next bytes of the file, to be filled before [`Stream::read`].
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        let from = self.buffer.len();
        self.buffer.resize(from + bytes, 0);
        &mut self.buffer[from..]
    }

    /// Nothing more is read of the file, whatever comes.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// What was found since this was asked last.
    pub fn problems(&mut self) -> Vec<RowProblem> {
        std::mem::take(&mut self.problems)
    }

    /// What became of the file so far, without its problems.
    pub fn import(&self) -> &Import {
        &self.import
    }

    /// How many rows gave way to rows of other files, or to earlier ones.
    pub fn shared(&self) -> u64 {
        self.import.duplicates + self.conflicts
    }

    /// Reads what is there as far as rows are whole. `is_last`: nothing more comes.
    pub fn read(&mut self, is_last: bool, setting: &Setting<'_>, collection: &mut Collection) -> Vec<Doubt> {
        if self.is_over || !self.begin(is_last, setting, collection) {
            return Vec::new();
        }
        let buffer = std::mem::take(&mut self.buffer);
        let (begin, full) = (self.header.len(), buffer.len());
        let end = match is_last {
            true => full,
            false => buffer.iter().rposition(|byte| *byte == b'\n').map_or(begin, |at| (at + 1).max(begin)),
        };
        let opened = Opened::of(&buffer, setting);
        let mut piece = opened.piece(begin..end);
        let mut end = end;
        let mut lost = None;
        if piece.is_torn
            && let Some(last) = piece.last
        {
            // The row goes on in the next slice, or a quote was never closed.
            piece = opened.piece(begin..last);
            lost = is_last.then(|| ends_of_lines(&buffer[last..]));
            end = last;
        }
        let doubts = self.take(&buffer, piece, end, setting, collection);
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
        }
        doubts
    }

    /// Reads the first row. Whether there is something to read below it.
    fn begin(&mut self, is_last: bool, setting: &Setting<'_>, collection: &mut Collection) -> bool {
        if !self.header.is_empty() {
            return true;
        }
        if self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
            self.at = 3;
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

    /// Takes in a piece of the buffer that ends at `end`.
    fn take(
        &mut self,
        buffer: &[u8],
        mut piece: Piece,
        end: usize,
        setting: &Setting<'_>,
        collection: &mut Collection,
    ) -> Vec<Doubt> {
        let begin = self.header.len();
        // Lines are counted within the buffer, below its own first row.
        let (own, before) = (ends_of_lines(&self.header), self.lines);
        number_lines(buffer, &mut piece.problems);
        self.problems.extend(
            piece.problems.into_iter().map(|problem| RowProblem { line: problem.line - own + before, ..problem }),
        );
        self.import.rows += piece.records;
        self.import.set_aside += piece.set_aside;
        let seed = FixedState::default().hash_one(&self.header);
        let watched = self.notes.watched(setting, &piece.dataset);
        let mut lines = Lines::of(buffer);
        let mut keep = vec![true; piece.rows.len()];
        let mut doubts = Vec::new();
        for (at, (&(start, id), &end)) in piece.rows.iter().zip(&piece.ends).enumerate() {
            let row = Row { start: self.at + (start - begin) as u64, id, body: body(seed, &buffer[start..end]) };
            let mut line = || lines.of_record(start as u64) - own + before;
            match collection.meet(row) {
                Known::New => {
                    self.import.used += 1;
                    match piece.careful.get(&at) {
                        Some((unit, response)) => self.notes.response(line, setting, unit.clone(), response),
                        None => self.notes.sound(line, &watched, &piece.dataset, at),
                    }
                    continue;
                }
                Known::Same => self.import.duplicates += 1,
                Known::Other(file, other) => doubts.push(Doubt {
                    file,
                    start: other,
                    again: [self.header.as_slice(), &buffer[start..end]].concat(),
                    line: line(),
                }),
            }
            keep[at] = false;
        }
        collection.dataset.append_some_or_all(&piece.dataset, &keep);
        // Once it is known what a row takes up.
        if !std::mem::replace(&mut self.has_room, true) && end > begin {
            let left = self.size.saturating_sub(self.at) as f64 / (end - begin) as f64;
            collection.reserve((piece.rows.len() as f64 * left * 1.01) as usize);
        }
        self.lines += ends_of_lines(&buffer[begin..end]);
        self.at += (end - begin) as u64;
        collection.window(self.at, self.lines);
        doubts
    }

    /// Settles a doubt by the window that holds the row that was read first, whose bytes these are.
    pub fn settle(
        &mut self,
        doubt: &Doubt,
        window: &Window,
        bytes: &[u8],
        setting: &Setting<'_>,
        collection: &mut Collection,
    ) {
        let known = collection.row(doubt.file, window, bytes, doubt.start, setting);
        let again = Opened::of(&doubt.again, setting);
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
