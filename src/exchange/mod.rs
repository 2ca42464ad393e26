//! CSV in and out.
//!
//! [`responses`] is the kit's own layout, written and read; [`results`] is the
//! table of figures, written only; [`import`] makes the former of other programs' files;
//! [`population`] are the numbers behind a sample; [`marked`] lists the responses that look odd, [`listed`] what is wrong with
//! rows. [`cell`] keeps spreadsheet programs from
//! running a cell as a formula, and undoes that on reading.

pub mod cell;
pub mod import;
pub mod listed;
pub mod marked;
pub mod population;
pub mod responses;
pub mod results;

/// What begins a file that Excel shall read as UTF-8.
pub const BOM: &str = "\u{feff}";

/// For whom a CSV file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reader {
    /// A spreadsheet program: UTF-8 with a byte order mark.
    Excel,
    /// A program: UTF-8 without one.
    Machine,
}

/// Writes records as one CSV file with `\r\n` line ends.
fn write(reader: Reader, records: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        // Writing to memory fails only if records differ in length, which their makers rule out.
        writer.write_record(&record).expect("records of one length");
    }
    let bytes = writer.into_inner().expect("flushing to memory");
    let body = String::from_utf8(bytes).expect("CSV made of strings");
    match reader {
        Reader::Excel => format!("{BOM}{body}"),
        Reader::Machine => body,
    }
}
