//! From text to rows of cells: which separator, how many lines a row takes.

use serde::{Deserialize, Serialize};

use super::super::responses::{Lines, is_torn};
use super::encoding::{Encoding, decode};
use super::refusal::Refusal;

/// Most columns of a file.
pub const MOST_COLUMNS: usize = 2_000;
/// Most characters of a cell.
pub const MOST_CHARACTERS: usize = 100_000;
/// How much of a file tells its separator.
const BEGINNING: usize = 64 << 10;

/// A file, or one sheet of a workbook, as rows of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Where the rows come from.
    pub source: Source,
    /// Every row that is not empty, those of the header too.
    pub rows: Vec<Row>,
    /// A quote that is opened on this line and never closed, and the lines after it.
    pub torn: Option<(u64, u64)>,
}

/// What a table was read from, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// How the text was written; none for a workbook.
    pub encoding: Option<Encoding>,
    /// What stands between cells; none for a workbook.
    pub separator: Option<char>,
    /// Whether the first line was `sep=`.
    pub has_separator_line: bool,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Rows without any content.
    pub empty_rows: u64,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As an editor or a spreadsheet shows it, from 1.
    pub line: u64,
    /// As they are written.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, trimmed; empty where the row is shorter.
    pub fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// Reads a file as tables: one of a text, one for each sheet of a workbook.
///
/// # Errors
/// Where the file as a whole cannot be read.
pub fn read_tables(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") {
        return super::workbook::read(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refusal::OldWorkbook);
    }
    let (text, encoding) = decode(bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(Refusal::Markup);
    }
    let mut table = of_text(&text)?;
    table.source.encoding = Some(encoding);
    match table.rows.is_empty() && table.torn.is_none() {
        true => Err(Refusal::Empty),
        false => Ok(vec![table]),
    }
}

/// A cell's text is checked before it is kept.
pub(super) fn check_cell(line: u64, column: usize, cell: &str) -> Result<(), Refusal> {
    match cell.len() > MOST_CHARACTERS && cell.chars().count() > MOST_CHARACTERS {
        true => Err(Refusal::Cell { line, column: column + 1, most: MOST_CHARACTERS }),
        false => Ok(()),
    }
}

/// So is the number of columns.
pub(super) fn check_columns(line: u64, found: usize) -> Result<(), Refusal> {
    match found > MOST_COLUMNS {
        true => Err(Refusal::Columns { line, found, most: MOST_COLUMNS }),
        false => Ok(()),
    }
}

fn of_text(text: &str) -> Result<Table, Refusal> {
    // Ends of lines of the oldest Macs: there is no other in the file.
    let mended = (text.contains('\r') && !text.contains('\n')).then(|| text.replace('\r', "\n"));
    let text = mended.as_deref().unwrap_or(text);
    let (named, begin) = separator_line(text);
    let separator = named.unwrap_or_else(|| likely_separator(text));
    let body = &text.as_bytes()[begin..];
    let mut table = Table::default();
    table.source.separator = Some(char::from(separator));
    table.source.has_separator_line = named.is_some();
    let mut reader = reader(body, separator);
    let mut lines = Lines::of(body);
    let before = u64::from(named.is_some());
    let mut record = csv::StringRecord::new();
    // Reading text from memory without length checks cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.of_record(start) + before;
        let is_last = reader.position().byte() >= body.len() as u64;
        if is_last && is_torn(&body[usize::try_from(start).unwrap_or(0)..], separator) {
            let rows_lost = (lines.of_record(body.len() as u64) + before).saturating_sub(line);
            table.torn = Some((line, rows_lost));
            break;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            table.source.empty_rows += 1;
            continue;
        }
        let filled = (0..record.len()).rev().find(|at| !record[*at].trim().is_empty()).map_or(0, |at| at + 1);
        check_columns(line, filled)?;
        for (column, cell) in record.iter().enumerate() {
            check_cell(line, column, cell)?;
        }
        table.rows.push(Row { line, cells: record.iter().take(filled).map(str::to_owned).collect() });
    }
    Ok(table)
}

fn reader(body: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(body)
}

/// The separator that a first line `sep=;` names, and where the rows begin.
fn separator_line(text: &str) -> (Option<u8>, usize) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    let line = text[..end].trim_end_matches(['\r', '\n']);
    let line = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    let named = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| line.get(4..));
    match named.map(str::as_bytes) {
        // A spreadsheet that saved it again has filled the line up with separators.
        Some([separator, rest @ ..]) if separator.is_ascii() && rest.iter().all(|byte| byte == separator) => {
            (Some(*separator), end)
        }
        _ => (None, 0),
    }
}

/// The separator by which most rows come to the same number of cells.
fn likely_separator(text: &str) -> u8 {
    let mut end = text.len().min(BEGINNING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cells = |separator: u8| {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        let mut reader = reader(&text.as_bytes()[..end], separator);
        let mut record = csv::ByteRecord::new();
        let mut left = 100;
        while left > 0 && reader.read_byte_record(&mut record).unwrap_or(false) {
            *widths.entry(record.len()).or_default() += 1;
            left -= 1;
        }
        // More cells in more rows of one width.
        widths.into_iter().map(|(width, rows)| (width - 1) * rows).max().unwrap_or(0)
    };
    let mut best = (cells(b','), b',');
    for separator in [b';', b'\t', b'|'] {
        let found = cells(separator);
        if found > best.0 {
            best = (found, separator);
        }
    }
    best.1
}
