//! A pile of responses as columns: small enough for a province's year, and
//! quick to count again under another filter or breakdown.
//!
//! A rating that is scored takes one byte. Everything that responses can be
//! told apart by (unit, field, day, an answer to a choice question …) is a
//! column of codes with a dictionary. Words are not kept: nothing is counted of them.

mod column;
mod key;
mod split;
mod tally;
mod trace;

use crate::response::{Answer, Response};
use crate::survey::{Missing, Survey};

pub use column::Coded;
pub use key::{Key, KeyProblem, Period};
pub use split::Split;
use trace::{Trace, Traces};

/// What a cell of a scored item holds: a level's code (0 to 9), or one of these.
#[allow(missing_docs)]
pub(crate) mod cell {
    pub const NOT_APPLICABLE: u8 = 10;
    pub const NO_OPINION: u8 = 11;
    pub const NO_ANSWER: u8 = 12;
    pub const NOT_ASKED: u8 = 13;
    /// Cells that there may be.
    pub const CELLS: usize = 16;
}

/// The columns beside the answers, as files name them.
pub(crate) const COLUMNS: [&str; 8] =
    ["unit", "field", "counter", "officer", "channel", "language", "status", "origin"];

/// The responses to one edition of one survey.
#[derive(Clone, Debug)]
pub struct Dataset {
    rows: usize,
    /// How many scored items there are.
    width: usize,
    /// One byte an item, response by response: the items in the order of [`Survey::scored`].
    items: Vec<u8>,
    columns: [Coded; 8],
    /// The day of submission in Vietnam, as `2026-11-21`.
    day: Coded,
    /// The answers that are not scored and not words, as files hold them, in the order of [`Survey::counted`].
    answers: Vec<Coded>,
    /// The marks of [`crate::quality`], a bit each, as a number.
    marks: Coded,
    traces: Traces,
}

impl Dataset {
    /// No responses to this survey.
    pub fn new(survey: &Survey) -> Dataset {
        Dataset {
            rows: 0,
            width: survey.scored().len(),
            items: Vec::new(),
            columns: std::array::from_fn(|_| Coded::new()),
            day: Coded::new(),
            answers: survey.counted().map(|_| Coded::new()).collect(),
            marks: Coded::new(),
            traces: Traces::default(),
        }
    }

    /// These responses to this survey.
    pub fn of<'r>(survey: &Survey, responses: impl IntoIterator<Item = &'r Response>) -> Dataset {
        let mut dataset = Dataset::new(survey);
        let scored = survey.scored();
        let counted: Vec<&str> = survey.counted().map(|column| column.id).collect();
        for response in responses {
            let from = &response.attributes;
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let status = match response.status {
                crate::response::Status::Complete => "complete",
                crate::response::Status::Abandoned => "abandoned",
            };
            let origin = match response.origin {
                crate::response::Origin::Answered => "answered",
                crate::response::Origin::Generated => "generated",
            };
            let row = Row {
                columns: [
                    &text(&from.unit),
                    &text(&from.field),
                    &text(&from.counter),
                    &text(&from.officer),
                    &text(&from.channel),
                    &response.language,
                    status,
                    origin,
                ],
                day: &response.day().to_string(),
                trace: Trace::of(response),
            };
            let items = scored.iter().map(|column| item_cell(response.answers.get(column.id)));
            dataset.items.extend(items);
            for (column, id) in dataset.answers.iter_mut().zip(&counted) {
                column.push(&answer_cell(response.answers.get(*id)));
            }
            dataset.push(&row);
        }
        dataset
    }

    /// Adds what a response carries beside its answers. Its cells come first.
    fn push(&mut self, row: &Row<'_>) {
        for (column, value) in self.columns.iter_mut().zip(row.columns) {
            column.push(value);
        }
        self.day.push(row.day);
        self.marks.push("0");
        self.traces.push(&row.trace);
        self.rows += 1;
        debug_assert_eq!(self.items.len(), self.rows * self.width);
    }

    /// Adds the responses of another pile of the same survey behind these.
    pub fn append(&mut self, more: &Dataset) {
        self.rows += more.rows;
        self.items.extend_from_slice(&more.items);
        self.columns.iter_mut().zip(&more.columns).for_each(|(column, more)| column.append(more));
        self.day.append(&more.day);
        self.answers.iter_mut().zip(&more.answers).for_each(|(column, more)| column.append(more));
        self.marks.append(&more.marks);
        self.traces.append(&more.traces);
    }

    /// Responses.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The column of this name, of [`COLUMNS`].
    pub(crate) fn column(&self, name: &str) -> &Coded {
        let at = COLUMNS.iter().position(|known| *known == name);
        &self.columns[at.expect("a column's name")]
    }

    /// The cells of the scored items of a response.
    pub(crate) fn cells(&self, row: usize) -> &[u8] {
        &self.items[row * self.width..][..self.width]
    }

    /// The codes of the answers that are not scored.
    pub(crate) fn answer_codes(&self, row: usize) -> impl Iterator<Item = u32> {
        self.answers.iter().map(move |column| column.code(row))
    }

    /// How many questions beside the scored items have a valid answer.
    pub(crate) fn answered(&self, row: usize) -> usize {
        let is_valid = |value: &str| !value.is_empty() && Missing::by_code(value).is_none();
        self.answers.iter().filter(|column| is_valid(column.get(row))).count()
    }

    pub(crate) fn traces(&self) -> &Traces {
        &self.traces
    }

    /// Sets the marks of all responses, a bit each.
    pub(crate) fn set_marks(&mut self, marks: &[u32]) {
        self.marks = Coded::new();
        for mark in marks {
            self.marks.push(&mark.to_string());
        }
    }

    /// The days on which responses were submitted, as `2026-11-21`.
    pub(crate) fn days(&self) -> impl Iterator<Item = &str> {
        self.day.values()
    }

    /// The split into those of the days that `number` gives a 0 for, and those left out.
    pub(crate) fn by_day(&self, number: impl Fn(&str) -> Option<u32>) -> Split<'_> {
        Split::numbered(&self.day, 1, number)
    }

    /// How many responses no split leaves out.
    pub(crate) fn count(&self, splits: &[Split<'_>]) -> u64 {
        let groups = split::Groups::of(self.rows, splits);
        groups.of.iter().filter(|group| **group != column::NONE).count() as u64
    }

    /// The split into those without a mark, and those left out.
    pub fn unmarked(&self) -> Split<'_> {
        Split::numbered(&self.marks, 1, |marks| (marks == "0").then_some(0))
    }

    /// Bytes held for the responses, and for the dictionaries.
    pub fn bytes(&self) -> (usize, usize) {
        let columns = self.columns.iter().chain([&self.day, &self.marks]).chain(&self.answers);
        let (codes, dictionaries): (Vec<usize>, Vec<usize>) = columns.map(Coded::bytes).unzip();
        let rows = self.items.capacity() + codes.iter().sum::<usize>() + self.traces.bytes();
        (rows, dictionaries.iter().sum())
    }

    /// Gives back memory that was taken in advance, and what only the marks are made of.
    pub fn shrink(&mut self) {
        self.items.shrink_to_fit();
        self.columns
            .iter_mut()
            .chain([&mut self.day, &mut self.marks])
            .chain(&mut self.answers)
            .for_each(Coded::shrink);
        self.traces = Traces::default();
    }
}

/// What a response carries beside its answers.
struct Row<'r> {
    columns: [&'r str; 8],
    day: &'r str,
    trace: Trace,
}

/// The cell of a scored item.
pub(crate) fn item_cell(answer: Option<&Answer>) -> u8 {
    match answer {
        Some(Answer::Level(code)) if *code < 10 => *code,
        Some(Answer::Missing(Missing::NotApplicable)) => cell::NOT_APPLICABLE,
        Some(Answer::Missing(Missing::NoOpinion)) => cell::NO_OPINION,
        Some(Answer::Missing(Missing::NoAnswer)) => cell::NO_ANSWER,
        _ => cell::NOT_ASKED,
    }
}

/// The cell of an answer that is counted, as a file holds it.
fn answer_cell(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Missing(missing)) => missing.code().to_owned(),
        Some(Answer::Level(code)) => code.to_string(),
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::Picked { options, .. }) => options.join(" "),
        Some(Answer::Text(_)) | None => String::new(),
    }
}
