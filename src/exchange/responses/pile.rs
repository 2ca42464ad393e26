//! Reading many files, or large ones, into columns: piece by piece, so that the
//! pieces can be read at once, and with the same outcome as reading row by row.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;
use std::ops::Range;

use csv::ByteRecord;
use foldhash::fast::FixedState;

use super::file::{is_torn, open, separator, without_bom};
use super::notes::Notes;
use super::quick::Quick;
use super::read::{Importer, Layout};
use super::rows::Rows;
use super::{Import, RowFault, RowProblem, Setting};
use crate::dataset::Dataset;
use crate::exchange::cell;
use crate::exchange::marked::Marked;
use crate::quality::{self, Rules};
use crate::response::Response;
use crate::survey::problem::Severity;

/// A file whose first row has been read.
pub struct Opened<'f> {
    setting: &'f Setting<'f>,
    bytes: &'f [u8],
    /// Where the rows begin.
    begin: usize,
    separator: u8,
    layout: Option<Layout<'f>>,
    problems: Vec<RowProblem>,
}

/// What was read of a piece of a file. Problems name the byte at which their row begins; lines are
/// counted at the end.
pub struct Piece {
    pub(super) dataset: Dataset,
    /// For each row of the data set, the byte at which it begins, and a hash of its id.
    pub(super) rows: Vec<(usize, u64)>,
    /// For each of them, the byte at which it ends.
    pub(super) ends: Vec<usize>,
    /// Rows that the careful reader took in, by their place in the data set: they may be worth a note.
    pub(super) careful: BTreeMap<usize, (Option<String>, Response)>,
    pub(super) problems: Vec<RowProblem>,
    pub(super) records: u64,
    pub(super) set_aside: u64,
    /// The last row ran into the end of the piece within quotes.
    pub(super) is_torn: bool,
    /// The byte at which the last row begins.
    pub(super) last: Option<usize>,
    range: Range<usize>,
}

impl<'f> Opened<'f> {
    /// Reads the first row of a file.
    pub fn of(bytes: &'f [u8], setting: &'f Setting<'f>) -> Opened<'f> {
        let bytes = without_bom(bytes);
        let mut reader = open(bytes);
        let mut importer = Importer::new(setting);
        let layout = match reader.byte_headers() {
            Ok(headers) if !headers.is_empty() => importer.layout(headers),
            _ => {
                importer.problem(1, None, RowFault::NoHeader);
                None
            }
        };
        let begin = usize::try_from(reader.position().byte()).unwrap_or(bytes.len()).min(bytes.len());
        Opened { setting, bytes, begin, separator: separator(bytes), layout, problems: importer.out.problems }
    }

    /// What is wrong with the first row; where nothing is read for it, that is said here.
    pub(super) fn problems(&self) -> &[RowProblem] {
        &self.problems
    }

    /// Where the rows begin.
    pub(super) fn begin(&self) -> usize {
        self.begin
    }

    /// Bytes of the rows.
    pub fn len(&self) -> usize {
        self.bytes.len() - self.begin
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where to cut the rows into about so many pieces: at ends of lines. A cut within a quoted
    /// cell is noticed and mended.
    pub fn cuts(&self, pieces: usize) -> Vec<Range<usize>> {
        let mut cuts = vec![self.begin];
        for piece in 1..pieces {
            let near = self.begin + self.len() / pieces * piece;
            let end = self.bytes[near..].iter().position(|&byte| byte == b'\n').map(|at| near + at + 1);
            cuts.extend(end.filter(|end| cuts.last().is_some_and(|last| last < end)));
        }
        cuts.push(self.bytes.len());
        cuts.windows(2).map(|cut| cut[0]..cut[1]).collect()
    }

    pub(super) fn rows(&self, range: Range<usize>) -> csv::Reader<&'f [u8]> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.separator).flexible(true).has_headers(false);
        builder.from_reader(&self.bytes[range])
    }

    /// Reads a piece.
    pub fn piece(&self, range: Range<usize>) -> Piece {
        let mut piece = Piece {
            dataset: Dataset::new(&self.setting.definition.survey),
            rows: Vec::new(),
            ends: Vec::new(),
            careful: BTreeMap::new(),
            problems: Vec::new(),
            records: 0,
            set_aside: 0,
            is_torn: false,
            last: None,
            range: range.clone(),
        };
        let Some(layout) = &self.layout else { return piece };
        let mut quick = Quick::new(self.setting, layout);
        let mut careful = Importer::new(self.setting);
        let (id_at, unit_at) = (layout.attribute("response_id"), layout.attribute("unit"));
        let state = FixedState::default();
        let mut rows = Rows::of(self.bytes, range.clone(), self.separator);
        let mut last = None;
        while let Some(row) = rows.next() {
            let (start, end) = (row.start, row.end);
            last = Some(start);
            if quick.row(&row, &mut piece.dataset) {
                piece.records += 1;
                piece.rows.push((start, state.hash_one(row.get(id_at).unwrap_or_default())));
                piece.ends.push(end);
                continue;
            }
            let record = row.to_record();
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            piece.records += 1;
            // The line is counted later: until then the byte stands in its place.
            let response = careful.row(layout, &record, start as u64);
            let problems = std::mem::take(&mut careful.out.problems);
            let is_sound = !problems.iter().any(|problem| problem.fault.severity() == Severity::Error);
            piece.problems.extend(problems);
            match response.filter(|_| is_sound) {
                Some(response) => {
                    let unit = record.get(unit_at).map(|cell| cell::unguard(String::from_utf8_lossy(cell).trim()));
                    piece.careful.insert(piece.rows.len(), (unit.filter(|unit| !unit.is_empty()), response.clone()));
                    piece.dataset.push_response(&response);
                    piece.rows.push((start, state.hash_one(response.id.as_bytes())));
                    piece.ends.push(end);
                }
                None => piece.set_aside += 1,
            }
        }
        piece.last = last;
        piece.is_torn = last.is_some_and(|last| is_torn(&self.bytes[last..range.end], self.separator));
        piece
    }

    /// The row that begins at a byte, read again.
    pub(super) fn response(&self, start: usize) -> Option<Response> {
        let mut record = ByteRecord::new();
        self.rows(start..self.bytes.len()).read_byte_record(&mut record).ok()?;
        self.read(&record)
    }

    /// The response that a row is.
    pub(super) fn read(&self, record: &ByteRecord) -> Option<Response> {
        Importer::new(self.setting).row(self.layout.as_ref()?, record, 0)
    }

    /// Whether the columns are those of the survey.
    pub(super) fn is_usable(&self) -> bool {
        self.layout.is_some()
    }

    fn id(&self, start: usize) -> Cow<'f, str> {
        let mut record = ByteRecord::new();
        let is_read = self.rows(start..self.bytes.len()).read_byte_record(&mut record).unwrap_or(false);
        let at = self.layout.as_ref().map_or(0, |layout| layout.attribute("response_id"));
        let cell = record.get(at).filter(|_| is_read).unwrap_or_default();
        Cow::Owned(cell::unguard(String::from_utf8_lossy(cell).trim()))
    }
}

/// The responses of several files to one survey, each counted once.
pub struct Pile<'f> {
    setting: &'f Setting<'f>,
    dataset: Dataset,
    files: Vec<&'f Opened<'f>>,
    /// For each response the file and the byte it was read from.
    places: Vec<(u32, usize)>,
    /// By a hash of the id: the file and the byte of the response that was read first.
    known: HashMap<u64, (u32, usize), FixedState>,
    /// The same for ids whose hash another id has.
    others: BTreeMap<String, (u32, usize)>,
}

impl<'f> Pile<'f> {
    /// No responses.
    pub fn new(setting: &'f Setting<'f>) -> Pile<'f> {
        let dataset = Dataset::new(&setting.definition.survey);
        Pile {
            setting,
            dataset,
            files: Vec::new(),
            places: Vec::new(),
            known: HashMap::default(),
            others: BTreeMap::new(),
        }
    }

    /// Marks the responses that look odd.
    pub fn mark(&mut self, rules: &Rules) {
        quality::mark(&mut self.dataset, rules);
    }

    /// The marked responses, file by file; `names` are the files' names, in the order they were added.
    pub fn marked(&self, names: &[String]) -> Vec<Marked> {
        let mut lines: BTreeMap<(u32, u64), u64> = BTreeMap::new();
        let rows: Vec<usize> = (0..self.places.len()).filter(|row| !self.dataset.marks_of(*row).is_empty()).collect();
        for (number, file) in (0..).zip(&self.files) {
            let starts = rows.iter().map(|&row| self.places[row]).filter(|(of, _)| *of == number);
            let found = lines_at(file.bytes, starts.map(|(_, start)| start as u64).collect());
            lines.extend(found.into_iter().map(|(start, line)| ((number, start), line)));
        }
        let marked = |row: usize| {
            let (file, start) = self.places[row];
            Marked {
                file: names.get(file as usize).cloned().unwrap_or_default(),
                line: lines.get(&(file, start as u64)).copied(),
                id: self.files[file as usize].id(start).into_owned(),
                unit: self.dataset.column("unit").get(row).to_owned(),
                marks: self.dataset.marks_of(row),
            }
        };
        rows.into_iter().map(marked).collect()
    }

    /// The responses.
    pub fn into_dataset(self) -> Dataset {
        self.dataset
    }

    /// Adds a file, whose pieces come in the order of its [`Opened::cuts`].
    pub fn add(&mut self, file: &'f Opened<'f>, pieces: impl IntoIterator<Item = Piece>) -> Import {
        let mut import = Import { problems: file.problems.clone(), ..Import::default() };
        let mut notes = Notes::default();
        let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(file);
        let mut problems = Vec::new();
        // Where a piece begins that was cut within a row, and whether joining it with the next did not help:
        // then a quote without its partner may have torn all that are left, and they are read as one.
        let mut torn: Option<(usize, bool)> = None;
        for piece in pieces {
            let piece = match torn {
                None => piece,
                Some((start, false)) => file.piece(start..piece.range.end),
                Some((_, true)) => continue,
            };
            let is_torn = piece.is_torn && piece.range.end < file.bytes.len();
            torn = is_torn.then_some((piece.range.start, torn.is_some()));
            if !is_torn {
                self.take(number, piece, &mut import, &mut problems, &mut notes);
            }
        }
        if let Some((start, _)) = torn {
            self.take(number, file.piece(start..file.bytes.len()), &mut import, &mut problems, &mut notes);
        }
        let mut noted: Vec<RowProblem> = problems;
        noted.extend(notes.problems(self.setting));
        number_lines(file.bytes, &mut noted);
        import.problems.extend(noted);
        import.problems.sort_by_key(|problem| problem.line);
        import
    }

    fn take(
        &mut self,
        number: u32,
        mut piece: Piece,
        import: &mut Import,
        problems: &mut Vec<RowProblem>,
        notes: &mut Notes,
    ) {
        let file = self.files[number as usize];
        if piece.is_torn {
            // A quote is opened and never closed: everything after it ran into the last row.
            return self.take_open(number, piece, import, problems, notes);
        }
        import.rows += piece.records;
        import.set_aside += piece.set_aside;
        problems.append(&mut piece.problems);
        let watched = notes.watched(self.setting, &piece.dataset);
        self.known.reserve(piece.rows.len());
        let mut keep = vec![true; piece.rows.len()];
        for (row, &(start, hash)) in piece.rows.iter().enumerate() {
            let first = match self.known.entry(hash) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert((number, start));
                    None
                }
                std::collections::hash_map::Entry::Occupied(known) => {
                    let id = file.id(start);
                    let of = |(file, start): (u32, usize)| self.files[file as usize].id(start);
                    if of(*known.get()) == id {
                        Some(*known.get())
                    } else {
                        let other = self.others.get(&*id).copied();
                        self.others.entry(id.into_owned()).or_insert((number, start));
                        other
                    }
                }
            };
            if let Some((of, at)) = first {
                keep[row] = false;
                let (known, again) = (self.files[of as usize].response(at), file.response(start));
                match (known, again) {
                    (Some(known), Some(again)) if known != again => {
                        // The byte for now; a row is never the first of its file.
                        let line = if of == number { at as u64 } else { 0 };
                        let column = super::read::difference(&known, &again);
                        let fault = RowFault::ConflictingId { id: again.id, first_line: line, column };
                        let column = Some("response_id".to_owned());
                        problems.push(RowProblem { line: start as u64, column, fault });
                        import.set_aside += 1;
                    }
                    _ => import.duplicates += 1,
                }
                continue;
            }
            import.used += 1;
            self.places.push((number, start));
            match piece.careful.get(&row) {
                Some((unit, response)) => notes.response(|| start as u64, self.setting, unit.clone(), response),
                None => notes.sound(|| start as u64, &watched, &piece.dataset, row),
            }
        }
        self.dataset.append_some_or_all(&piece.dataset, &keep);
    }

    /// Takes all but the last row of a piece, which a stray quote ran into.
    fn take_open(
        &mut self,
        number: u32,
        piece: Piece,
        import: &mut Import,
        problems: &mut Vec<RowProblem>,
        notes: &mut Notes,
    ) {
        let file = self.files[number as usize];
        let (mut reader, mut record, mut last) = (file.rows(piece.range.clone()), ByteRecord::new(), piece.range.start);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            last = piece.range.start + at;
        }
        let whole = file.piece(piece.range.start..last);
        let rows_lost = line_of(file.bytes, file.bytes.len()).saturating_sub(line_of(file.bytes, last));
        self.take(number, Piece { is_torn: false, ..whole }, import, problems, notes);
        import.rows += 1;
        import.set_aside += 1;
        problems.push(RowProblem { line: last as u64, column: None, fault: RowFault::OpenQuote { rows_lost } });
    }
}

/// The line on which the row begins whose reading began at a byte: past the ends of empty lines.
fn line_of(bytes: &[u8], start: usize) -> u64 {
    let begin = row_begin(bytes, start);
    1 + bytes[..begin].iter().filter(|&&byte| byte == b'\n').count() as u64
}

pub(super) fn row_begin(bytes: &[u8], start: usize) -> usize {
    start + bytes[start..].iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count()
}

/// The lines of the rows that begin at these bytes.
pub(super) fn lines_at(bytes: &[u8], mut starts: Vec<u64>) -> BTreeMap<u64, u64> {
    starts.sort_unstable();
    starts.dedup();
    let (mut counted, mut line) = (0, 1);
    let line = |start: u64| {
        let begin = row_begin(bytes, usize::try_from(start).unwrap_or(0).min(bytes.len())).max(counted);
        line += bytes[counted..begin].iter().filter(|&&byte| byte == b'\n').count() as u64;
        counted = begin;
        (start, line)
    };
    starts.into_iter().map(line).collect()
}

/// Puts lines in the place of bytes.
pub(super) fn number_lines(bytes: &[u8], problems: &mut [RowProblem]) {
    let first = |problem: &RowProblem| match problem.fault {
        RowFault::ConflictingId { first_line, .. } => first_line,
        _ => 0,
    };
    let lines = lines_at(bytes, problems.iter().flat_map(|problem| [problem.line, first(problem)]).collect());
    for problem in problems.iter_mut() {
        problem.line = lines[&problem.line];
        if let RowFault::ConflictingId { first_line, .. } = &mut problem.fault
            && *first_line > 0
        {
            *first_line = lines[first_line];
        }
    }
    problems.sort_by_key(|problem| problem.line);
}
