//! A pile of responses as columns: small enough for a province's year, and
//! quick to count again under another filter or breakdown.
//!
//! A rating that is scored takes half a byte. Everything that responses can be
//! told apart by (unit, field, day, an answer to a choice question …) is a
//! column of codes with a dictionary. Words are not kept: nothing is counted of them.

mod batch;
mod column;
mod day;
mod items;
mod key;
mod split;
mod tally;
mod trace;

use std::ops::Range;

use crate::response::{Answer, Response};
use crate::sections::{Sectioned, Sections};
use crate::survey::{Missing, Survey};

pub(crate) use batch::Batch;
pub use column::Coded;
pub(crate) use column::in_blocks;
pub(crate) use day::date_of;
pub(crate) use items::Items;
pub use key::{Key, KeyProblem, Period};
pub use split::Split;
pub(crate) use trace::Trace;
use trace::Traces;

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
    /// The ids of the scored items, and of the other answers.
    scored: Vec<String>,
    counted: Vec<String>,
    items: Items,
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
            scored: survey.scored().iter().map(|column| column.id.to_owned()).collect(),
            counted: survey.counted().map(|column| column.id.to_owned()).collect(),
            items: Items::new(survey.scored().len()),
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
        responses.into_iter().for_each(|response| dataset.push_response(response));
        dataset
    }

    /// Adds a response.
    pub fn push_response(&mut self, response: &Response) {
        let from = &response.attributes;
        let text = |value: &'_ Option<String>| value.clone().unwrap_or_default();
        let columns = [
            text(&from.unit),
            text(&from.field),
            text(&from.counter),
            text(&from.officer),
            text(&from.channel),
            response.language.clone(),
            response.status.code().to_owned(),
            response.origin.code().to_owned(),
        ];
        let answers = self.counted.iter().zip(&mut self.answers);
        let answers = answers.map(|(id, column)| column.code_of(&answer_cell(response.answers.get(id)))).collect();
        let cells = Cells {
            items: self.scored.iter().map(|id| item_cell(response.answers.get(id))).collect(),
            columns: std::array::from_fn(|at| self.columns[at].code_of(&columns[at])),
            day: self.day.code_of(&response.day().to_string()),
            answers,
            trace: Trace::of(response),
        };
        let mut batch = Batch::default();
        batch.push(&cells);
        self.push_batch(&mut batch);
    }

    /// Puts the columns down for another thread.
    pub(crate) fn put(&self, out: &mut Sections) {
        self.items.put(out);
        self.columns.iter().chain([&self.day, &self.marks]).chain(&self.answers).for_each(|column| column.put(out));
        self.traces.put(out);
    }

    /// Takes up the columns of a pile of responses to this survey; nothing where they are none.
    pub(crate) fn take(survey: &Survey, from: &mut Sectioned<'_>) -> Option<Dataset> {
        let mut dataset = Dataset::new(survey);
        dataset.items = Items::take(dataset.items.width(), from)?;
        let Dataset { columns, day, marks, answers, .. } = &mut dataset;
        for column in columns.iter_mut().chain([day, marks]).chain(answers) {
            *column = Coded::take(from)?;
        }
        dataset.traces = Traces::take(from)?;
        dataset.rows = dataset.day.len();
        let is_whole = dataset.items.bytes().len() == dataset.rows * dataset.items.stride()
            && dataset.columns.iter().chain(&dataset.answers).all(|column| column.len() == dataset.rows);
        is_whole.then_some(dataset)
    }

    /// The code of a value of one of [`COLUMNS`].
    pub(crate) fn column_code(&mut self, at: usize, value: &str) -> u32 {
        self.columns[at].code_of(value)
    }

    /// The code of an answer that is counted.
    pub(crate) fn answer_code(&mut self, at: usize, value: &str) -> u32 {
        self.answers[at].code_of(value)
    }

    /// The code of a day.
    pub(crate) fn day_code(&mut self, day: &str) -> u32 {
        self.day.code_of(day)
    }

    /// The code of the day of a response.
    pub(crate) fn day(&self, row: usize) -> u32 {
        self.day.code(row)
    }

    /// Adds the responses of another pile of the same survey behind these.
    #[inline(never)]
    pub fn append(&mut self, more: &Dataset) {
        self.rows += more.rows;
        self.items.append(&more.items);
        self.columns.iter_mut().zip(&more.columns).for_each(|(column, more)| column.append(more));
        self.day.append(&more.day);
        self.answers.iter_mut().zip(&more.answers).for_each(|(column, more)| column.append(more));
        self.marks.append(&more.marks);
        self.traces.append(&more.traces);
    }

    /// Adds the responses of another pile but for these, in order, which are few.
    pub(crate) fn append_without(&mut self, more: &Dataset, without: &[usize]) {
        match without {
            [] => self.append(more),
            _ => {
                let mut keep = vec![true; more.rows];
                without.iter().for_each(|row| keep[*row] = false);
                self.append_some(more, &keep);
            }
        }
    }

    fn append_some(&mut self, more: &Dataset, keep: &[bool]) {
        self.rows += keep.iter().filter(|keep| **keep).count();
        self.items.append_some(&more.items, keep);
        self.columns.iter_mut().zip(&more.columns).for_each(|(column, more)| column.append_some(more, keep));
        self.day.append_some(&more.day, keep);
        self.answers.iter_mut().zip(&more.answers).for_each(|(column, more)| column.append_some(more, keep));
        self.marks.append_some(&more.marks, keep);
        self.traces.append_some(&more.traces, keep);
    }

    /// Keeps some responses.
    pub fn retain(&mut self, keep: &[bool]) {
        self.items.retain(keep);
        self.columns
            .iter_mut()
            .chain([&mut self.day, &mut self.marks])
            .chain(&mut self.answers)
            .for_each(|column| column.retain(keep));
        self.traces.retain(keep);
        self.rows = keep.iter().filter(|keep| **keep).count();
    }

    /// Makes room for so many responses more, and no more than that: growing by doubling would take up
    /// twice what they need.
    pub fn reserve(&mut self, rows: usize) {
        self.items.reserve(rows);
        self.columns
            .iter_mut()
            .chain([&mut self.day, &mut self.marks])
            .chain(&mut self.answers)
            .for_each(|column| column.reserve(rows));
        self.traces.reserve(rows);
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

    /// The cells of the scored items.
    pub(crate) fn items(&self) -> &Items {
        &self.items
    }

    /// The codes of the answers that are not scored.
    pub(crate) fn answer_codes(&self, row: usize) -> impl Iterator<Item = u32> {
        self.answers.iter().map(move |column| column.code(row))
    }

    /// Puts behind the counts of the rows before these how many questions beside the scored items have a valid answer.
    pub(crate) fn count_answered(&self, rows: Range<usize>, counts: &mut Vec<u16>) {
        let first = counts.len();
        counts.resize(first + rows.len(), 0);
        let is_valid = |value: &str| !value.is_empty() && Missing::by_code(value).is_none();
        for column in self.answers.iter().filter(|_| !rows.is_empty()) {
            let table: Vec<u32> = column.values().map(|value| u32::from(is_valid(value))).collect();
            column.mapped_in(rows.clone(), &table, |row, valid| counts[first + row] += u16::from(valid == 1));
        }
    }

    pub(crate) fn traces(&self) -> &Traces {
        &self.traces
    }

    /// Sets the marks of all responses, a bit each.
    pub(crate) fn set_marks(&mut self, marks: &[u8]) {
        self.marks = Coded::of_numbers(marks, 1 << crate::quality::Mark::ALL.len());
    }

    /// The marks of a response.
    pub fn marks_of(&self, row: usize) -> Vec<crate::quality::Mark> {
        let bits: u8 = self.marks.get(row).parse().unwrap_or(0);
        crate::quality::Mark::ALL.into_iter().filter(|mark| bits & mark.bit() != 0).collect()
    }

    /// The days on which responses were submitted, as `2026-11-21`.
    pub(crate) fn days(&self) -> impl Iterator<Item = &str> {
        self.day.values()
    }

    /// The units that responses are of, each once, in the order they were met.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.column("unit").values()
    }

    /// The split by what `name` makes of each day.
    pub(crate) fn split_by_day(&self, name: impl Fn(&str) -> String) -> Split<'_> {
        Split::by(&self.day, name)
    }

    /// How many responses are in each group that has one, with the names of the group in every split.
    pub fn counts(&self, splits: &[Split<'_>]) -> Vec<(Vec<String>, u64)> {
        let groups = split::Groups::of(self.rows, splits);
        let mut counts = vec![0u32; groups.numbers.len()];
        in_blocks(&groups.of, |_, of| tally::count_rows(of, &mut counts));
        let named =
            groups.numbers.iter().map(|numbers| split::names(numbers, splits)).zip(counts.into_iter().map(u64::from));
        named.filter(|(_, count)| *count > 0).collect()
    }

    /// For each response whether no split leaves it out.
    pub(crate) fn kept(&self, splits: &[Split<'_>]) -> Vec<bool> {
        split::Groups::of(self.rows, splits).of.into_iter().map(|group| group != column::NONE).collect()
    }

    /// The split into those without a mark, which have no name, and those with one; nothing where no
    /// response has one.
    pub(crate) fn by_mark(&self) -> Option<Split<'_>> {
        let name = |marks: &str| if marks == "0" { String::new() } else { "marked".to_owned() };
        self.marks.values().any(|marks| marks != "0").then(|| Split::by(&self.marks, name))
    }

    /// Bytes held for the responses, and for the dictionaries.
    pub fn bytes(&self) -> (usize, usize) {
        let columns = self.columns.iter().chain([&self.day, &self.marks]).chain(&self.answers);
        let (codes, dictionaries): (Vec<usize>, Vec<usize>) = columns.map(Coded::bytes).unzip();
        let rows = self.items.held() + codes.iter().sum::<usize>() + self.traces.bytes();
        (rows, dictionaries.iter().sum())
    }

    /// Gives back memory that was taken in advance, and what only the marks are made of.
    pub fn shrink(&mut self) {
        self.items.shrink();
        self.columns
            .iter_mut()
            .chain([&mut self.day, &mut self.marks])
            .chain(&mut self.answers)
            .for_each(Coded::shrink);
        self.traces = Traces::default();
    }
}

/// The same responses in the same order, whatever their codes.
impl PartialEq for Dataset {
    fn eq(&self, other: &Dataset) -> bool {
        let columns = |of: &Dataset| -> Vec<Vec<String>> {
            let columns = of.columns.iter().chain([&of.day, &of.marks]).chain(&of.answers);
            columns.map(|column| (0..of.rows).map(|row| column.get(row).to_owned()).collect()).collect()
        };
        self.scored == other.scored
            && self.counted == other.counted
            && self.items == other.items
            && self.traces == other.traces
            && columns(self) == columns(other)
    }
}

/// A row by its codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    pub items: Vec<u8>,
    pub columns: [u32; 8],
    pub day: u32,
    pub answers: Vec<u32>,
    pub trace: Trace,
}

impl Cells {
    /// A row of this survey.
    pub fn of(survey: &Survey) -> Cells {
        let items = vec![cell::NOT_ASKED; survey.scored().len()];
        Cells { items, answers: vec![0; survey.counted().count()], ..Cells::default() }
    }
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
pub(crate) fn answer_cell(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Missing(missing)) => missing.code().to_owned(),
        Some(Answer::Level(code)) => code.to_string(),
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::Picked { options, .. }) => options.join(" "),
        Some(Answer::Text(_)) | None => String::new(),
    }
}
