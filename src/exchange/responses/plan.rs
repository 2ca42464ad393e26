//! What the fast lane does with each column of a file: the same for every piece of it.

use std::collections::BTreeSet;

use super::Setting;
use super::digits::Digits;
use super::read::{Layout, read_answer};
use crate::dataset::{COLUMNS, item_cell};
use crate::response::ATTRIBUTES;
use crate::survey::{Attribute, Column, Kind, Survey};

/// In a table of item cells: one that the careful reader has to look at.
pub(super) const UNKNOWN: u8 = u8::MAX;

/// What a column of the file is to the columns of the data set.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Role {
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
pub(super) enum Step {
    One(Role),
    /// So many items that follow each other in the file as they do in the data set, from this one on.
    Items(usize, usize),
}

/// What is done with the columns of a file.
pub(super) struct Plan {
    /// For each column of the file.
    pub roles: Vec<Role>,
    /// All of them.
    pub steps: Vec<Step>,
    /// For each scored item what a cell of one byte is.
    pub items: Vec<[u8; 256]>,
    /// For each scored item the digits that it and those behind it in the file may hold.
    pub digits: Vec<Digits>,
    /// What conditions look at, of [`COLUMNS`] and of answers; `None`: nothing depends on anything.
    pub conditions: Option<(Vec<usize>, Vec<Role>)>,
    /// Whether a condition looks at words, which no table can hold.
    pub is_open: bool,
    /// Bytes of the first row, and what stands between its cells.
    pub begin: usize,
    pub separator: u8,
    /// Where the columns of attributes are, and those of answers: each with that of what is written beside it.
    attributes: [usize; ATTRIBUTES.len()],
    answers: Vec<(usize, Option<usize>)>,
}

impl Plan {
    /// The plan for a file with these columns, whose first row takes up so many bytes.
    pub fn of(setting: &Setting<'_>, layout: &Layout<'_>, begin: usize, separator: u8) -> Plan {
        let survey = &setting.definition.survey;
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
        let is_looked_at = |place: usize| looked_at.contains(layout.columns[place].0.id);
        let is_text = |place: usize| matches!(layout.columns[place].0.question.kind, Kind::Text { .. });
        let is_open = (0..layout.columns.len()).any(|place| is_looked_at(place) && is_text(place));
        let conditions = (!looked_at.is_empty() || asks).then(|| {
            let from = ["field", "counter", "channel"];
            let from = (0..COLUMNS.len()).filter(|at| from.contains(&COLUMNS[*at])).collect();
            let is_it =
                |role: &&Role| matches!(role, Role::Item(_, place) | Role::Answer(_, place) if is_looked_at(*place));
            (from, roles.iter().filter(is_it).copied().collect())
        });
        let steps = steps(&roles);
        Plan {
            digits: digits(&steps, &items),
            roles,
            steps,
            items,
            conditions,
            is_open,
            begin,
            separator,
            attributes: layout.attributes,
            answers: layout.columns.iter().map(|(_, at, beside)| (*at, *beside)).collect(),
        }
    }

    /// Where the columns of the file are, which are of this survey.
    pub fn layout<'s>(&self, survey: &'s Survey) -> Layout<'s> {
        let columns = survey.csv_columns().zip(&self.answers).map(|(column, &(at, beside))| (column, at, beside));
        Layout { attributes: self.attributes, columns: columns.collect(), width: self.roles.len() }
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

/// For each item the digits that it and those behind it in the file may hold.
#[inline(never)]
fn digits(steps: &[Step], items: &[[u8; 256]]) -> Vec<Digits> {
    let ranges: Vec<Option<(u8, u8)>> = items.iter().map(range).collect();
    let mut digits = vec![Digits::of(&[]); items.len()];
    for step in steps {
        let Step::Items(first, count) = *step else { continue };
        let behind = first + count;
        (first..behind).for_each(|item| digits[item] = Digits::of(&ranges[item..behind]));
    }
    digits
}

// A browser would compile all of what calls these for the sake of their loops.

/// The least and the highest digit that stand for levels, where every digit between them does.
#[inline(never)]
fn range(levels: &[u8; 256]) -> Option<(u8, u8)> {
    let is_level = |digit: &u8| levels[usize::from(b'0' + digit)] == *digit;
    let (least, most) = ((0..10).find(is_level)?, (0..10).rfind(is_level)?);
    (least..=most).all(|digit| is_level(&digit)).then_some((least, most))
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
