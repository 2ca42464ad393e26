//! A file before its rows are read: what it seems to be, its separator, its lines.

use csv::ByteRecord;

/// What a file seems to be, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Responses to the survey with this id: the `survey` cell of the first record that has one.
    Responses(String),
    /// A table of results that the kit exported.
    Results,
    /// Text in UTF-16, which Excel calls Unicode text.
    Utf16,
    /// Anything else.
    Other,
}

/// Looks at the beginning of a file.
pub fn kind_of(bytes: &[u8]) -> FileKind {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return FileKind::Utf16;
    }
    let mut reader = open(without_bom(bytes));
    let Ok(headers) = reader.byte_headers().cloned() else { return FileKind::Other };
    let find = |wanted: &[u8]| headers.iter().position(|name| name.trim_ascii() == wanted);
    if find(b"measure_kind").is_some() {
        return FileKind::Results;
    }
    let Some(at) = find(b"survey") else { return FileKind::Other };
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let cell = record.get(at).map(|cell| String::from_utf8_lossy(cell).trim().to_owned());
        if let Some(survey) = cell.filter(|cell| !cell.is_empty()) {
            return FileKind::Responses(survey);
        }
    }
    FileKind::Other
}

/// The file past a byte order mark.
pub(in crate::exchange) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Lines by byte offset. The csv crate counts a `\r\n` to the record after it,
/// and empty lines too, so its own line is often one that a person would not point at.
pub(in crate::exchange) struct Lines<'b> {
    bytes: &'b [u8],
    counted: usize,
    line: u64,
}

impl<'b> Lines<'b> {
    /// At the beginning of a file.
    pub(in crate::exchange) fn of(bytes: &'b [u8]) -> Lines<'b> {
        Lines { bytes, counted: 0, line: 1 }
    }

    /// The line on which the record whose reading began at `start` begins. Asked in order.
    pub(in crate::exchange) fn of_record(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.bytes.len());
        let ends = self.bytes[start..].iter().take_while(|&&b| b == b'\n' || b == b'\r').count();
        let begin = (start + ends).max(self.counted);
        self.line += self.bytes[self.counted..begin].iter().filter(|&&b| b == b'\n').count() as u64;
        self.counted = begin;
        self.line
    }
}

/// Opens the file with the separator its first line suggests.
pub(in crate::exchange) fn open(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator(bytes)).flexible(true).from_reader(bytes)
}

/// Whether a row that runs to the end of what there is would go on: it is within quotes.
pub(in crate::exchange) fn is_torn(row: &[u8], separator: u8) -> bool {
    if !row.contains(&b'"') {
        return false;
    }
    let mut longer = row.to_vec();
    longer.extend_from_slice(b"\n.\n");
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(separator).flexible(true).has_headers(false).from_reader(longer.as_slice());
    reader.into_byte_records().count() < 2
}

/// The separator that the first line suggests.
pub(super) fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|&&b| b == separator).count();
    // Excel writes semicolons where the system's language uses a decimal comma.
    [b';', b'\t'].into_iter().fold(b',', |best, s| if count(s) > count(best) { s } else { best })
}
