//! The list of marked responses: one row a response, for whoever looks into them.

use super::{Reader, cell, write};
use crate::quality::Mark;

/// A marked response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The file it was read from; empty where it is of the device.
    pub file: String,
    /// Its line there.
    pub line: Option<u64>,
    /// Its id.
    pub id: String,
    /// Its unit.
    pub unit: String,
    /// What is odd about it.
    pub marks: Vec<Mark>,
}

/// Writes the list.
pub fn write_marked(marked: impl IntoIterator<Item = Marked>, reader: Reader) -> String {
    let header = ["file", "line", "response_id", "unit", "marks"].map(str::to_owned).to_vec();
    let rows = marked.into_iter().map(|marked| {
        let marks: Vec<&str> = marked.marks.iter().map(|mark| mark.code()).collect();
        vec![
            cell::guard(&marked.file),
            marked.line.map(|line| line.to_string()).unwrap_or_default(),
            cell::guard(&marked.id),
            cell::guard(&marked.unit),
            marks.join(" "),
        ]
    });
    write(reader, std::iter::once(header).chain(rows))
}
