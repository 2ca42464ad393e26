//! CSV in and out.
//!
//! [`responses`] is the kit's own layout, written and read; [`results`] is the
//! table of figures, written only; [`import`] makes the former of other programs' files;
//! [`population`] are the numbers behind a sample; [`marked`] lists the responses that look odd, [`listed`] what is wrong
//! with rows. [`spreadsheet`] is the table of figures as a workbook; [`spss`] and [`codebook`] are the responses for
//! statistics programs and what their codes mean. [`cell`] keeps spreadsheet programs from
//! running a cell as a formula, and undoes that on reading.

pub mod cell;
pub mod codebook;
pub mod import;
pub mod listed;
pub mod marked;
pub mod population;
pub mod responses;
pub mod results;
pub mod spreadsheet;
pub mod spss;

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
    let mut file = String::new();
    if reader == Reader::Excel {
        file.push_str(BOM);
    }
    for record in records {
        for (at, cell) in record.iter().enumerate() {
            if at > 0 {
                file.push(',');
            }
            // By hand: a phone writes one response, and a library for it would weigh more than the rest of this.
            let is_plain = cell.bytes().all(|byte| !matches!(byte, b'"' | b',' | b'\r' | b'\n'));
            if is_plain {
                file.push_str(cell);
                continue;
            }
            file.push('"');
            for (at, piece) in cell.split('"').enumerate() {
                if at > 0 {
                    file.push_str("\"\"");
                }
                file.push_str(piece);
            }
            file.push('"');
        }
        file.push_str("\r\n");
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// To the letter what the csv library writes.
        #[test]
        fn files_are_those_of_a_library(
            records in prop::collection::vec(prop::collection::vec("[a\",;\r\n đ']{0,6}", 3), 0..4)
        ) {
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            for record in &records {
                writer.write_record(record).expect("records of one length");
            }
            let expected = String::from_utf8(writer.into_inner().expect("flushing")).expect("text");
            prop_assert_eq!(write(Reader::Machine, records), expected);
        }
    }
}
