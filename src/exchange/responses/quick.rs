//! The fast lane: a sound row goes straight into the columns.
//!
//! It knows nothing by itself. What a cell means is asked once of the careful
//! reader (`read.rs`) and remembered; which questions apply is asked once for
//! each set of answers that conditions look at. A row in which anything is out
//! of the ordinary is left to the careful reader whole.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::cell;
use super::memo::Memo;
use super::moment::{Day, Days, moment};
use super::plan::{Plan, Role, Step, UNKNOWN};
use super::read::{Layout, read_answer};
use super::rows::Row;
use super::{Setting, notes::whole_unit};
use crate::dataset::{Batch, COLUMNS, Cells, Dataset, Trace, answer_cell, cell as codes};
use crate::interview::{SPECIFIED_LENGTH, applicable};
use crate::response::{Answer, Answers, Attributes};
use crate::survey::{Column, Missing, Survey};

/// Beside the code of an answer: whether it is none, none that is valid, or a valid one ([`given`]).
const GIVEN: u32 = 30;
/// And whether there may be words beside it.
const WORDS: u32 = 1 << 29;

/// The lane of one piece of a file.
pub(super) struct Quick<'s> {
    survey: &'s Survey,
    setting: &'s Setting<'s>,
    columns: Vec<Column<'s>>,
    plan: Arc<Plan>,
    /// What is known of the cells of each of its steps.
    memos: Vec<Memo>,
    days: Days,
    last_day: Option<([u8; 10], Day)>,
    /// For what conditions look at, what does not apply then.
    closed: HashMap<Vec<u32>, Vec<Role>, FixedState>,
    latest: i64,
    row: Cells,
    /// Rows that were read and are not in the data set yet.
    batch: Batch,
    /// For each of the layout's columns what was answered beside the items: see [`given`].
    given: Vec<u8>,
    /// For each of them whether there may be words beside the answer; and those that have some.
    takes_words: Vec<bool>,
    with_words: Vec<usize>,
    /// For each column that conditions look at, what it holds.
    held: Vec<u32>,
}

impl<'s> Quick<'s> {
    /// The lane of a piece of a file that is read by this plan.
    #[inline(never)]
    pub fn new(setting: &'s Setting<'s>, layout: &Layout<'s>, plan: Arc<Plan>) -> Quick<'s> {
        let survey = &setting.definition.survey;
        let columns: Vec<Column<'s>> = layout.columns.iter().map(|(column, ..)| *column).collect();
        Quick {
            survey,
            setting,
            given: vec![0; columns.len()],
            takes_words: vec![false; columns.len()],
            with_words: Vec::new(),
            held: Vec::new(),
            columns,
            memos: plan.steps.iter().map(|_| Memo::default()).collect(),
            plan,
            days: HashMap::default(),
            last_day: None,
            closed: HashMap::default(),
            latest: setting.now.timestamp() + 10 * 60,
            row: Cells::of(survey),
            batch: Batch::default(),
        }
    }

    /// Reads a row; `false`: the careful reader has to. It is in the data set after [`Quick::settle`].
    #[inline(never)]
    pub fn row(&mut self, record: &Row<'_>, dataset: &mut Dataset) -> bool {
        self.read(record, dataset).is_some()
    }

    /// Puts all rows that were read into the data set.
    pub fn settle(&mut self, dataset: &mut Dataset) {
        dataset.push_batch(&mut self.batch);
    }

    fn read(&mut self, record: &Row<'_>, dataset: &mut Dataset) -> Option<()> {
        if record.len() != self.plan.roles.len() || self.plan.is_open {
            return None;
        }
        let (mut id, mut started, mut finished) = (None, 0, 0);
        self.with_words.clear();
        let mut cells = record.walk();
        for (step, memo) in self.plan.steps.iter().zip(&mut self.memos) {
            match *step {
                Step::Items(first, count) => {
                    let codes = &mut self.row.items[first..][..count];
                    if cells.codes(&self.plan.digits[first..], &self.plan.items[first..], codes, missing) == UNKNOWN {
                        return None;
                    }
                }
                Step::One(Role::Item(..)) => return None,
                Step::One(Role::Answer(answer, place)) => {
                    let (survey, column) = (self.survey, &self.columns[place]);
                    let found = memo.get(&mut cells, |cell| {
                        let text = std::str::from_utf8(cell).ok()?;
                        let read = read_answer(survey, column, text, "").ok()?;
                        let code = dataset.answer_code(answer, &answer_cell(read.as_ref()));
                        let beside = read_answer(survey, column, text, "x");
                        let takes_words = matches!(beside, Ok(Some(Answer::Picked { specified: Some(_), .. })));
                        let words = if takes_words { WORDS } else { 0 };
                        (code < WORDS).then_some(code | words | u32::from(given(text)) << GIVEN)
                    })?;
                    self.row.answers[answer] = found & (WORDS - 1);
                    self.given[place] = (found >> GIVEN) as u8;
                    self.takes_words[place] = found & WORDS != 0;
                }
                Step::One(Role::Words(most, place)) => {
                    // Spaces are words.
                    self.given[place] = match cells.cell() {
                        b"" => 0,
                        b"na" | b"no_opinion" | b"no_answer" => 1,
                        cell if cell.len() > most || !is_text(cell) => return None,
                        _ => 2,
                    };
                }
                Step::One(Role::Column(at)) => {
                    let setting = self.setting;
                    self.row.columns[at] = memo.get(&mut cells, |cell| {
                        let text = plain(cell)?;
                        let is_sound = match COLUMNS[at] {
                            "unit" => text.is_empty() || is_listed(text, setting),
                            "status" => matches!(text, "complete" | "abandoned"),
                            "origin" => matches!(text, "answered" | "generated"),
                            _ => true,
                        };
                        is_sound.then(|| dataset.column_code(at, text))
                    })?;
                }
                Step::One(Role::Id) => {
                    id = Some(cells.cell()).filter(|cell| !cell.is_empty() && (is_plain(cell) || plain(cell).is_some()))
                }
                Step::One(Role::Survey) if cells.cell() != self.survey.id.as_bytes() => return None,
                Step::One(Role::Edition) if cells.cell() != self.survey.edition.as_bytes() => return None,
                Step::One(Role::Survey | Role::Edition) => {}
                Step::One(Role::Beside(place)) => match cells.cell() {
                    b"" => {}
                    // Of so many bytes there are no more characters.
                    cell if cell.len() <= SPECIFIED_LENGTH as usize && is_words(cell) => self.with_words.push(place),
                    _ => return None,
                },
                Step::One(Role::Started) => {
                    started = moment(cells.cell(), &mut self.days, &mut self.last_day, dataset)?.0;
                }
                Step::One(Role::Finished) => {
                    (finished, self.row.day) = moment(cells.cell(), &mut self.days, &mut self.last_day, dataset)?;
                }
                Step::One(Role::Nothing) => {
                    if !is_text(cells.cell()) {
                        return None;
                    }
                }
            }
        }
        if self.with_words.iter().any(|place| !self.takes_words[*place]) {
            return None;
        }
        let id = id?;
        if started > finished || finished > self.latest {
            return None;
        }
        self.ask(record, dataset)?;
        self.row.trace = Trace::from_seconds(id, started, finished);
        if self.batch.push(&self.row) {
            dataset.push_batch(&mut self.batch);
        }
        Some(())
    }

    /// Takes out what was not asked; a valid answer there is for the other lane.
    fn ask(&mut self, record: &Row<'_>, dataset: &mut Dataset) -> Option<()> {
        let Some((from, looked_at)) = &self.plan.conditions else { return Some(()) };
        self.held.clear();
        self.held.extend(from.iter().map(|at| self.row.columns[*at]));
        self.held.extend(looked_at.iter().map(|role| match *role {
            Role::Item(item, _) => self.row.items[item].into(),
            Role::Answer(answer, _) => self.row.answers[answer],
            _ => 0,
        }));
        if !self.closed.contains_key(&self.held) {
            self.close(record)?;
        }
        for role in &self.closed[&self.held] {
            match *role {
                Role::Item(item, _) => match self.row.items[item] {
                    codes::NOT_ASKED => {}
                    0..codes::NOT_APPLICABLE => return None,
                    _ => self.row.items[item] = codes::NOT_ASKED,
                },
                Role::Answer(answer, place) => match self.given[place] {
                    0 => {}
                    1 => self.row.answers[answer] = dataset.answer_code(answer, ""),
                    _ => return None,
                },
                Role::Words(_, place) if self.given[place] == 2 => return None,
                _ => {}
            }
        }
        Some(())
    }

    /// Finds out what does not apply for what conditions look at.
    #[cold]
    #[inline(never)]
    fn close(&mut self, record: &Row<'_>) -> Option<()> {
        let applies = self.applicable(record)?;
        let is_closed = |role: &&Role| matches!(role, Role::Item(_, place) | Role::Answer(_, place) | Role::Words(_, place) if !applies[*place]);
        let closed = self.plan.roles.iter().filter(is_closed).copied().collect();
        self.closed.insert(self.held.clone(), closed);
        Some(())
    }

    /// Which of the layout's columns apply, asked of the survey itself.
    fn applicable(&self, record: &Row<'_>) -> Option<Vec<bool>> {
        let text = |at: usize| record.get(at).and_then(|cell| std::str::from_utf8(cell).ok());
        let (mut answers, mut from) = (Answers::new(), Attributes::default());
        for (at, role) in self.plan.roles.iter().enumerate() {
            match *role {
                Role::Item(_, place) | Role::Answer(_, place) => {
                    let column = &self.columns[place];
                    let answer: Option<Answer> = read_answer(self.survey, column, text(at)?, "").ok()?;
                    answers.extend(answer.map(|answer| (column.id.to_owned(), answer)));
                }
                Role::Column(column) => {
                    let value = Some(text(at)?.to_owned()).filter(|value| !value.is_empty());
                    match COLUMNS[column] {
                        "field" => from.field = value,
                        "counter" => from.counter = value,
                        "channel" => from.channel = value,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        let found = applicable(self.survey, &from, &answers);
        Some(self.columns.iter().map(|column| found.contains(&column.id)).collect())
    }
}

/// The code of an item's cell that is not of one byte.
fn missing(cell: &[u8]) -> u8 {
    match cell {
        b"" => codes::NOT_ASKED,
        b"no_answer" => codes::NO_ANSWER,
        b"na" => codes::NOT_APPLICABLE,
        b"no_opinion" => codes::NO_OPINION,
        _ => UNKNOWN,
    }
}

/// Whether a cell of an answer holds none (0), none that is valid (1), or a valid one (2).
fn given(cell: &str) -> u8 {
    match cell.trim() {
        "" => 0,
        text if Missing::by_code(text).is_some() => 1,
        _ => 2,
    }
}

/// Whether a cell is text at all; most of them are empty.
#[inline]
fn is_text(cell: &[u8]) -> bool {
    cell.is_empty() || std::str::from_utf8(cell).is_ok()
}

/// Whether words are what they seem: no apostrophe guards them.
fn is_words(cell: &[u8]) -> bool {
    cell[0] != b'\'' && std::str::from_utf8(cell).is_ok()
}

/// The common case: no spaces, and no apostrophe that could guard anything.
fn is_plain(cell: &[u8]) -> bool {
    cell.iter().fold(true, |plain, byte| plain & byte.is_ascii_graphic() & (*byte != b'\''))
}

/// The text of a cell in which nothing is to be taken away.
fn plain(cell: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(cell).ok()?;
    if is_plain(cell) {
        return Some(text);
    }
    (text.trim() == text && !text.starts_with(['\'', '\u{feff}']) && cell::unguard(text) == text).then_some(text)
}

/// Whether nothing is to be said of a unit: it is on the list, or nothing like what is.
fn is_listed(unit: &str, setting: &Setting<'_>) -> bool {
    use crate::survey::unit::{Restored, restore};
    whole_unit(Some(unit.to_owned()), setting).as_deref() == Some(unit)
        && restore(unit, setting.units) == Restored::AsWritten
}
