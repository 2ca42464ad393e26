//! A file whose first row is read, and pieces of it, which can be read at once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use csv::ByteRecord;
use foldhash::fast::FixedState;

use super::collection::body;
use super::file::{is_torn, open, separator, without_bom};
use super::plan::Plan;
use super::quick::Quick;
use super::read::{Importer, Layout};
use super::rows::{Row, Rows};
use super::{RowFault, RowProblem, Setting};
use crate::dataset::Dataset;
use crate::exchange::cell;
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
    /// What is done with its columns, once that is asked for.
    plan: OnceLock<Arc<Plan>>,
    problems: Vec<RowProblem>,
}

/// Where a row of a piece stands, and what it is known by again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The bytes at which it begins and ends.
    pub start: usize,
    pub end: usize,
    /// Ends of lines between the beginning of the piece and it.
    pub line: u32,
    /// Hashes of all of it, and of its id.
    pub body: u32,
    pub id: u64,
}

impl Place {
    /// For its journey to another thread, of a piece that is not so long that its bytes could not be counted so.
    #[allow(clippy::cast_possible_truncation)]
    pub fn numbers(&self) -> [u32; 6] {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        [short(self.start), short(self.end), self.line, self.body, self.id as u32, (self.id >> 32) as u32]
    }

    /// From there.
    pub fn of_numbers([start, end, line, body, low, high]: [u32; 6]) -> Place {
        let id = u64::from(high) << 32 | u64::from(low);
        Place { start: start as usize, end: end as usize, line, body, id }
    }
}

/// What was read of a piece of a file. Problems name the byte at which their row begins; lines are
/// counted at the end.
pub struct Piece {
    pub(super) dataset: Dataset,
    /// For each row of the data set.
    pub(super) rows: Vec<Place>,
    /// Rows that the careful reader took in, by their place in the data set: they may be worth a note.
    pub(super) careful: BTreeMap<usize, (Option<String>, Response)>,
    pub(super) problems: Vec<RowProblem>,
    pub(super) records: u64,
    pub(super) set_aside: u64,
    /// The last row ran into the end of the piece within quotes.
    pub(super) is_torn: bool,
    /// The byte at which the last row begins.
    pub(super) last: Option<usize>,
    /// Ends of lines.
    pub(super) lines: u64,
    pub(super) range: Range<usize>,
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
        let (plan, problems) = (OnceLock::new(), importer.out.problems);
        Opened { setting, bytes, begin, separator: separator(bytes), layout, plan, problems }
    }

    /// The same where it is known what is done with its columns: from another stretch of the file, which began with the
    /// same first row, read under the same setting. Nobody looks at that row then.
    pub(super) fn again(bytes: &'f [u8], setting: &'f Setting<'f>, plan: Option<Arc<Plan>>) -> Opened<'f> {
        let Some(plan) = plan else { return Opened::of(bytes, setting) };
        let layout = Some(plan.layout(&setting.definition.survey));
        let (begin, separator) = (plan.begin, plan.separator);
        Opened { setting, bytes, begin, separator, layout, plan: OnceLock::from(plan), problems: Vec::new() }
    }

    /// What is done with its columns, where that was asked for.
    pub(super) fn plan(&self) -> Option<Arc<Plan>> {
        self.plan.get().cloned()
    }

    /// What is wrong with the first row; where nothing is read for it, that is said here.
    pub(super) fn problems(&self) -> &[RowProblem] {
        &self.problems
    }

    /// The whole file, past a byte order mark.
    pub(super) fn bytes(&self) -> &'f [u8] {
        self.bytes
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
        self.piece_with(range, true)
    }

    /// The same; with the careful reader alone where it is about a row or two: it takes longer to get the fast lane
    /// ready.
    #[inline(never)]
    pub(super) fn piece_with(&self, range: Range<usize>, has_fast_lane: bool) -> Piece {
        let mut piece = Piece {
            dataset: Dataset::new(&self.setting.definition.survey),
            rows: Vec::new(),
            careful: BTreeMap::new(),
            problems: Vec::new(),
            records: 0,
            set_aside: 0,
            is_torn: false,
            last: None,
            lines: 0,
            range: range.clone(),
        };
        let Some(layout) = &self.layout else { return piece };
        let mut quick = has_fast_lane.then(|| {
            let plan = self.plan.get_or_init(|| Arc::new(Plan::of(self.setting, layout, self.begin, self.separator)));
            Quick::new(self.setting, layout, plan.clone())
        });
        let mut careful = Importer::new(self.setting);
        let id_at = layout.attribute("response_id");
        let header = FixedState::default().hash_one(&self.bytes[..self.begin]);
        let mut rows = Rows::of(self.bytes, range.clone(), self.separator);
        let mut last = None;
        while let Some(row) = rows.next() {
            last = Some(row.start);
            if quick.as_mut().is_some_and(|quick| quick.row(&row, &mut piece.dataset)) {
                piece.records += 1;
                piece.rows.push(self.place(&row, row.get(id_at).unwrap_or_default(), header));
            } else {
                // Rows stay in their order.
                quick.iter_mut().for_each(|quick| quick.settle(&mut piece.dataset));
                self.with_care(&row, layout, header, &mut careful, &mut piece);
            }
        }
        quick.iter_mut().for_each(|quick| quick.settle(&mut piece.dataset));
        (piece.last, piece.lines) = (last, rows.lines());
        piece.is_torn = last.is_some_and(|last| is_torn(&self.bytes[last..range.end], self.separator));
        piece
    }

    /// A row left to the careful reader. `header` is the hash of the file's first row.
    #[inline(never)]
    fn with_care(
        &self,
        row: &Row<'_>,
        layout: &Layout<'f>,
        header: u64,
        careful: &mut Importer<'f>,
        piece: &mut Piece,
    ) {
        let record = row.to_record();
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        piece.records += 1;
        // The line is counted later: until then the byte stands in its place.
        let response = careful.row(layout, &record, row.start as u64);
        let problems = std::mem::take(&mut careful.out.problems);
        let is_sound = !problems.iter().any(|problem| problem.fault.severity() == Severity::Error);
        piece.problems.extend(problems);
        match response.filter(|_| is_sound) {
            Some(response) => {
                let unit = record.get(layout.attribute("unit"));
                let unit = unit.map(|cell| cell::unguard(String::from_utf8_lossy(cell).trim()));
                piece.dataset.push_response(&response);
                piece.rows.push(self.place(row, response.id.as_bytes(), header));
                let unit = unit.filter(|unit| !unit.is_empty());
                piece.careful.insert(piece.rows.len() - 1, (unit, response));
            }
            None => piece.set_aside += 1,
        }
    }

    #[inline(never)]
    fn place(&self, row: &Row<'_>, id: &[u8], header: u64) -> Place {
        let (start, end, line) = (row.start, row.end, u32::try_from(row.line).unwrap_or(u32::MAX));
        let body = body(header, &self.bytes[start..end]);
        Place { start, end, line, body, id: FixedState::default().hash_one(id) }
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

    /// The id in the row that begins at a byte.
    pub(super) fn id(&self, start: usize) -> Cow<'f, str> {
        let mut record = ByteRecord::new();
        let is_read = self.rows(start..self.bytes.len()).read_byte_record(&mut record).unwrap_or(false);
        let at = self.layout.as_ref().map_or(0, |layout| layout.attribute("response_id"));
        let cell = record.get(at).filter(|_| is_read).unwrap_or_default();
        Cow::Owned(cell::unguard(String::from_utf8_lossy(cell).trim()))
    }
}

/// The line on which the row begins whose reading began at a byte: past the ends of empty lines.
pub(super) fn line_of(bytes: &[u8], start: usize) -> u64 {
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
