//! Stretches of a file, read by somebody who saw nothing of what comes before: so they can be read at once, by threads
//! that share no memory. Whether a stretch began with a row shows when it is taken in ([`super::Stream::join`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::opened::{Opened, Piece, Place, number_lines};
use super::rows::ends_of_lines;
use super::{RowProblem, Setting};
use crate::dataset::Dataset;
use crate::response::Response;
use crate::sections::{Sectioned, Sections};
use crate::survey::Survey;

/// Rows that were read, by their places from the first byte of them on.
#[derive(Debug)]
pub(super) struct Reading {
    pub dataset: Dataset,
    pub rows: Vec<Place>,
    pub careful: BTreeMap<usize, (Option<String>, Response)>,
    pub problems: Vec<RowProblem>,
    pub records: u64,
    pub set_aside: u64,
    /// Bytes and ends of lines that the rows take up.
    pub bytes: usize,
    pub lines: u64,
    /// Behind them a row begins that ran into the end of what there was within quotes.
    pub is_torn: bool,
}

impl Reading {
    /// The rows from `begin` on, as far as they are whole. `is_last`: nothing more comes.
    pub fn of(opened: &Opened<'_>, begin: usize, is_last: bool, has_fast_lane: bool) -> Reading {
        let buffer = opened.bytes();
        let end = match is_last {
            true => buffer.len(),
            false => memchr::memrchr(b'\n', &buffer[begin..]).map_or(begin, |at| begin + at + 1),
        };
        let mut piece = opened.piece_with(begin..end, has_fast_lane);
        let is_torn = piece.is_torn;
        let mut end = end;
        if let Some(last) = piece.last.filter(|_| is_torn) {
            // The row goes on in the next slice, or a quote was never closed.
            piece = opened.piece_with(begin..last, has_fast_lane);
            end = last;
        }
        let Piece { dataset, mut rows, careful, mut problems, records, set_aside, .. } = piece;
        for place in &mut rows {
            place.start -= begin;
            place.end -= begin;
        }
        number_lines(buffer, &mut problems);
        let before = ends_of_lines(&buffer[..begin]);
        problems.iter_mut().for_each(|problem| problem.line -= before);
        let lines = ends_of_lines(&buffer[begin..end]);
        Reading { dataset, rows, careful, problems, records, set_aside, bytes: end - begin, lines, is_torn }
    }
}

/// What was read of a stretch.
#[derive(Debug)]
pub struct Part {
    /// What comes before the first end of a line, and that: the end of a row that began before.
    pub(super) head: Vec<u8>,
    pub(super) reading: Reading,
    /// The beginning of a row that goes on behind.
    pub(super) tail: Vec<u8>,
}

/// What of a part is no column, for its journey.
#[derive(Serialize, Deserialize)]
struct Rest {
    careful: Vec<(usize, Option<String>, Response)>,
    problems: Vec<RowProblem>,
    records: u64,
    set_aside: u64,
    bytes: usize,
    lines: u64,
    is_torn: bool,
}

/// A stretch of a file, read part by part by somebody who saw nothing of what comes before.
pub struct Parts {
    /// The first row of the file, of so many bytes, and what was not read yet.
    buffer: Vec<u8>,
    header: usize,
    /// Nothing was read yet: the stretch may begin within a row.
    is_cut: bool,
}

impl Parts {
    /// Nothing was read yet of a stretch of the file with this first row.
    pub fn of(header: &[u8]) -> Parts {
        Parts { buffer: header.to_vec(), header: header.len(), is_cut: true }
    }

    /// Room for the next bytes, to be filled before [`Parts::next`].
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        let from = self.buffer.len();
        self.buffer.resize(from + bytes, 0);
        &mut self.buffer[from..]
    }

    /// What is there; nothing, as long as no line has ended. `is_last`: nothing more comes of the stretch.
    pub fn next(&mut self, is_last: bool, setting: &Setting<'_>) -> Option<Part> {
        let (buffer, header) = (&self.buffer, self.header);
        let line = memchr::memchr(b'\n', &buffer[header..]);
        if line.is_none() && !is_last {
            return None;
        }
        let begin = match self.is_cut {
            true => line.map_or(buffer.len(), |at| header + at + 1),
            false => header,
        };
        let reading = Reading::of(&Opened::of(buffer, setting), begin, false, true);
        let head = buffer[header..begin].to_vec();
        let tail = buffer[begin + reading.bytes..].to_vec();
        self.buffer.truncate(header);
        self.is_cut = false;
        if is_last {
            return Some(Part { head, reading, tail });
        }
        self.buffer.extend_from_slice(&tail);
        Some(Part { head, reading, tail: Vec::new() })
    }
}

impl Part {
    /// For its journey to another thread.
    #[inline(never)]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Part { head, reading, tail } = self;
        let Reading { dataset, rows, careful, problems, records, set_aside, bytes, lines, is_torn } = reading;
        let careful = careful.iter().map(|(row, (unit, response))| (*row, unit.clone(), response.clone())).collect();
        let (records, set_aside, bytes, lines) = (*records, *set_aside, *bytes, *lines);
        let rest = Rest { careful, problems: problems.clone(), records, set_aside, bytes, lines, is_torn: *is_torn };
        let mut out = Sections::default();
        out.put_json(&rest);
        out.put(head);
        out.put(tail);
        let numbers = |place: &Place| [place.start as u64, place.end as u64, place.line, place.id, place.body.into()];
        out.put(&rows.iter().map(numbers).collect::<Vec<[u64; 5]>>());
        dataset.put(&mut out);
        out.bytes()
    }

    /// From there; nothing where these are no bytes of a part of this survey.
    #[inline(never)]
    pub fn from_bytes(bytes: &[u8], survey: &Survey) -> Option<Part> {
        let mut from = Sectioned::of(bytes);
        let Rest { careful, problems, records, set_aside, bytes, lines, is_torn } = from.take_json()?;
        let (head, tail) = (from.take()?, from.take()?);
        let place = |[start, end, line, id, body]: [u64; 5]| {
            let (start, end, body) = (start.try_into().ok()?, end.try_into().ok()?, body.try_into().ok()?);
            Some(Place { start, end, line, id, body })
        };
        let rows = from.take()?.into_iter().map(place).collect::<Option<Vec<Place>>>()?;
        let dataset = Dataset::take(survey, &mut from)?;
        let careful = careful.into_iter().map(|(row, unit, response)| (row, (unit, response))).collect();
        let is_whole = dataset.len() == rows.len();
        let reading = Reading { dataset, rows, careful, problems, records, set_aside, bytes, lines, is_torn };
        is_whole.then_some(Part { head, reading, tail })
    }
}
