//! The fast lane: a sound row goes straight into the columns.
//!
//! It knows nothing by itself. What a cell means is asked once of the careful
//! reader (`read.rs`) and remembered; which questions apply is asked once for
//! each set of answers that conditions look at. A row in which anything is out
//! of the ordinary is left to the careful reader whole.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;

use super::super::cell;
use super::memo::Memo;
use super::moment::{Day, Days, moment};
use super::read::{Layout, read_answer};
use super::rows::Row;
use super::{Setting, notes::whole_unit};
use crate::dataset::{Batch, COLUMNS, Cells, Dataset, Trace, answer_cell, cell as codes, item_cell};
use crate::interview::{SPECIFIED_LENGTH, applicable};
use crate::response::{ATTRIBUTES, Answer, Answers, Attributes};
use crate::survey::{Attribute, Column, Kind, Missing, Survey};

/// In a table of item cells: one that the careful reader has to look at.
const UNKNOWN: u8 = u8::MAX;

/// What a column of the file is to the columns of the data set.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Not read.
    Nothing,
    Id,
    Survey,
    Edition,
    /// One of [`COLUMNS`].
    Column(usize),
    Started,
    Finished,
    /// A scored item: its place, and its question's among the layout's columns.
    Item(usize, usize),
    /// An answer that is counted, in the same way.
    Answer(usize, usize),
    /// Words, of at most so many characters; and its question's place.
    Words(usize, usize),
    /// Words beside an option, and its question's place.
    Beside(usize),
}

/// Cells that are read one after the other: one column, or several of items.
#[derive(Clone, Copy)]
enum Step {
    One(Role),
    /// So many items that follow each other in the file as they do in the data set, from this one on.
    Items(usize, usize),
}

/// Beside the code of an answer: whether it is none, none that is valid, or a valid one ([`given`]).
const GIVEN: u32 = 30;
/// And whether there may be words beside it.
const WORDS: u32 = 1 << 29;

/// The lane of one piece of a file.
pub(super) struct Quick<'s> {
    survey: &'s Survey,
    setting: &'s Setting<'s>,
    columns: Vec<Column<'s>>,
    /// For each column of the file.
    roles: Vec<Role>,
    /// All of them, each with what is known of its cells.
    steps: Vec<(Step, Memo)>,
    /// For each scored item what a cell of one byte is.
    items: Vec<[u8; 256]>,
    days: Days,
    last_day: Option<([u8; 10], Day)>,
    /// What conditions look at, of [`COLUMNS`] and of answers; `None`: nothing depends on anything.
    conditions: Option<(Vec<usize>, Vec<Role>)>,
    /// Whether a condition looks at words, which no table can hold.
    is_open: bool,
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
    #[inline(never)]
    pub fn new(setting: &'s Setting<'s>, layout: &Layout<'s>) -> Quick<'s> {
        let survey = &setting.definition.survey;
        let columns: Vec<Column<'s>> = layout.columns.iter().map(|(column, ..)| *column).collect();
        let scored: Vec<&str> = survey.scored().iter().map(|column| column.id).collect();
        let counted: Vec<&str> = survey.counted().map(|column| column.id).collect();
        let mut roles = vec![Role::Nothing; layout.width];
        for (name, &at) in ATTRIBUTES.iter().zip(&layout.attributes) {
            roles[at] = match *name {
                "response_id" => Role::Id,
                "survey" => Role::Survey,
                "edition" => Role::Edition,
                "started_at" => Role::Started,
                "finished_at" => Role::Finished,
                name => COLUMNS.iter().position(|known| *known == name).map_or(Role::Nothing, Role::Column),
            };
        }
        let mut items = vec![[UNKNOWN; 256]; scored.len()];
        for (place, (column, at, beside)) in layout.columns.iter().enumerate() {
            let (scored, counted) = (place_in(&scored, column.id), place_in(&counted, column.id));
            roles[*at] = match (scored, counted, &column.question.kind) {
                (Some(item), ..) => {
                    items[item] = levels(survey, column);
                    Role::Item(item, place)
                }
                (_, Some(answer), _) => Role::Answer(answer, place),
                (_, _, Kind::Text { max_length }) => Role::Words(*max_length as usize, place),
                _ => Role::Nothing,
            };
            if let Some(beside) = beside {
                roles[*beside] = Role::Beside(place);
            }
        }
        let looked_at = looked_at(survey);
        let asks = survey.asking_for(Attribute::Field).is_some() || survey.asking_for(Attribute::Counter).is_some();
        let places: Vec<usize> = (0..columns.len()).filter(|at| looked_at.contains(columns[*at].id)).collect();
        let is_open = places.iter().any(|at| matches!(columns[*at].question.kind, Kind::Text { .. }));
        let depends = !looked_at.is_empty() || asks;
        let is_looked_at =
            |role: &&Role| matches!(role, Role::Item(_, place) | Role::Answer(_, place) if places.contains(place));
        let looked_at = roles.iter().filter(is_looked_at).copied().collect();
        let from = ["field", "counter", "channel"];
        let from = (0..COLUMNS.len()).filter(|at| from.contains(&COLUMNS[*at])).collect();
        Quick {
            survey,
            setting,
            given: vec![0; columns.len()],
            takes_words: vec![false; columns.len()],
            with_words: Vec::new(),
            held: Vec::new(),
            columns,
            steps: steps(&roles).into_iter().map(|step| (step, Memo::default())).collect(),
            roles,
            items,
            days: HashMap::default(),
            last_day: None,
            conditions: depends.then_some((from, looked_at)),
            is_open,
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
        if record.len() != self.roles.len() || self.is_open {
            return None;
        }
        let (mut id, mut started, mut finished) = (None, 0, 0);
        self.with_words.clear();
        let mut cells = record.walk();
        for (step, memo) in &mut self.steps {
            match *step {
                Step::Items(first, count) => {
                    let codes = &mut self.row.items[first..][..count];
                    if cells.codes(&self.items[first..], codes, missing) == UNKNOWN {
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
                    let cell = cells.cell();
                    if cell.len() > most || !is_text(cell) {
                        return None;
                    }
                    // Spaces are words.
                    self.given[place] = match cell {
                        b"" => 0,
                        b"na" | b"no_opinion" | b"no_answer" => 1,
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
        let Some((from, looked_at)) = &self.conditions else { return Some(()) };
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
        let closed = self.roles.iter().filter(is_closed).copied().collect();
        self.closed.insert(self.held.clone(), closed);
        Some(())
    }

    /// Which of the layout's columns apply, asked of the survey itself.
    fn applicable(&self, record: &Row<'_>) -> Option<Vec<bool>> {
        let text = |at: usize| record.get(at).and_then(|cell| std::str::from_utf8(cell).ok());
        let (mut answers, mut from) = (Answers::new(), Attributes::default());
        for (at, role) in self.roles.iter().enumerate() {
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

/// The place of an id.
#[inline(never)]
fn place_in(ids: &[&str], id: &str) -> Option<usize> {
    ids.iter().position(|known| *known == id)
}

/// What a cell of one byte is in the column of an item: levels have codes of one digit, whatever else is one byte long is
/// for the careful reader.
#[inline(never)]
fn levels(survey: &Survey, column: &Column<'_>) -> [u8; 256] {
    let mut codes = [UNKNOWN; 256];
    for byte in b'0'..=b'9' {
        let text = [byte];
        let read = std::str::from_utf8(&text).ok().map(|text| read_answer(survey, column, text, ""));
        if let Some(Ok(Some(answer))) = read {
            codes[usize::from(byte)] = item_cell(Some(&answer));
        }
    }
    codes
}

/// The columns as they are read. Items that are not in the order of the survey are read one by one.
fn steps(roles: &[Role]) -> Vec<Step> {
    let mut steps = Vec::new();
    for role in roles {
        match (*role, steps.last_mut()) {
            (Role::Item(item, _), Some(Step::Items(first, count))) if *first + *count == item => *count += 1,
            (Role::Item(item, _), _) => steps.push(Step::Items(item, 1)),
            (role, _) => steps.push(Step::One(role)),
        }
    }
    steps
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

/// The columns that any condition looks at.
fn looked_at(survey: &Survey) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut note = |column| {
        found.insert(column);
    };
    for question in survey.questions() {
        question.when.iter().for_each(|when| when.columns(&mut note));
        question.columns().filter_map(|column| column.item?.when.as_ref()).for_each(|when| when.columns(&mut note));
    }
    survey.kiosk.more.iter().for_each(|when| when.columns(&mut note));
    found.extend(survey.kiosk.main.as_deref());
    found
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
