//! Stretches of a file, read by somebody who saw nothing of what comes before: so they can be read at once, by threads
//! that share no memory. Whether a stretch began with a row shows when it is taken in ([`super::Stream::join`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::opened::{Opened, Piece, Place, number_lines};
use super::plan::Plan;
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
        let Piece { dataset, mut rows, careful, mut problems, records, set_aside, lines, .. } = piece;
        count_from(begin, &mut rows);
        number_lines(buffer, &mut problems);
        let before = ends_of_lines(&buffer[..begin]);
        problems.iter_mut().for_each(|problem| problem.line -= before);
        Reading { dataset, rows, careful, problems, records, set_aside, bytes: end - begin, lines, is_torn }
    }
}

// What follows is done for each part, and is large: a browser would compile all of it for the sake of a loop. So loops
// over rows are functions of their own.

/// Counts the places of rows from a byte on.
#[inline(never)]
fn count_from(begin: usize, rows: &mut [Place]) {
    for place in rows {
        place.start -= begin;
        place.end -= begin;
    }
}

#[inline(never)]
fn numbers(rows: &[Place]) -> Vec<[u32; 6]> {
    rows.iter().map(Place::numbers).collect()
}

#[inline(never)]
fn places(numbers: Vec<[u32; 6]>) -> Vec<Place> {
    numbers.into_iter().map(Place::of_numbers).collect()
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
    /// The first row of the file, of so many bytes, and up to another byte what was not read yet; there may be more room.
    buffer: Vec<u8>,
    header: usize,
    end: usize,
    /// Nothing was read yet: the stretch may begin within a row.
    is_cut: bool,
    /// What is done with the file's columns, once something was read.
    plan: Option<Arc<Plan>>,
}

impl Parts {
    /// Nothing was read yet of a stretch of the file with this first row.
    pub fn of(header: &[u8]) -> Parts {
        Parts { buffer: header.to_vec(), header: header.len(), end: header.len(), is_cut: true, plan: None }
    }

    /// Another stretch of the file begins.
    pub fn again(&mut self) {
        (self.end, self.is_cut) = (self.header, true);
    }

    /// Room for the next bytes, to be filled before [`Parts::next`].
    pub fn room(&mut self, bytes: usize) -> &mut [u8] {
        let from = self.end;
        self.end += bytes;
        // What was there once is written over: to clear it first takes time.
        self.buffer.resize(self.buffer.len().max(self.end), 0);
        &mut self.buffer[from..self.end]
    }

    /// What is there; nothing, as long as no line has ended. `is_last`: nothing more comes of the stretch. The setting is
    /// the same for all of a file.
    pub fn next(&mut self, is_last: bool, setting: &Setting<'_>) -> Option<Part> {
        let (buffer, header) = (&self.buffer[..self.end], self.header);
        let line = memchr::memchr(b'\n', &buffer[header..]);
        if line.is_none() && !is_last {
            return None;
        }
        let begin = match self.is_cut {
            true => line.map_or(buffer.len(), |at| header + at + 1),
            false => header,
        };
        let opened = Opened::again(buffer, setting, self.plan.take());
        let reading = Reading::of(&opened, begin, false, true);
        let plan = opened.plan();
        let head = buffer[header..begin].to_vec();
        let tail = begin + reading.bytes..self.end;
        (self.is_cut, self.plan) = (false, plan);
        if is_last {
            return Some(Part { head, reading, tail: buffer[tail].to_vec() });
        }
        self.end = header + tail.len();
        self.buffer.copy_within(tail, header);
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
        // Columns take less than half of what their file takes.
        let mut out = Sections::with_room(bytes / 2 + head.len() + tail.len());
        out.put_json(&rest);
        out.put(head);
        out.put(tail);
        out.put(&numbers(rows));
        dataset.put(&mut out);
        out.bytes()
    }

    /// From there; nothing where these are no bytes of a part of this survey.
    #[inline(never)]
    pub fn from_bytes(bytes: &[u8], survey: &Survey) -> Option<Part> {
        let mut from = Sectioned::of(bytes);
        let Rest { careful, problems, records, set_aside, bytes, lines, is_torn } = from.take_json()?;
        let (head, tail) = (from.take()?, from.take()?);
        let rows = places(from.take()?);
        let dataset = Dataset::take(survey, &mut from)?;
        let careful = careful.into_iter().map(|(row, unit, response)| (row, (unit, response))).collect();
        let is_whole = dataset.len() == rows.len();
        let reading = Reading { dataset, rows, careful, problems, records, set_aside, bytes, lines, is_torn };
        is_whole.then_some(Part { head, reading, tail })
    }
}
