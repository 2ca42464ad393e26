//! What is true of many rows of a file and is said once: at its first row, with their number.

use super::{RowFault, RowProblem, Setting};
use crate::dataset::{Dataset, date_of};
use crate::response::Response;
use crate::survey::Attribute;
use crate::survey::unit::{Restored, restore};

/// Different things said of one file; what comes after is counted.
const MOST: usize = 50;

/// The notes of one file.
#[derive(Default)]
pub(super) struct Notes {
    found: Vec<Note>,
    /// First line and number of rows that the notes have no room for.
    rest: Option<(u64, u64)>,
}

struct Note {
    line: u64,
    rows: u64,
    about: About,
}

/// Days and fields of a pile, in the order of their codes: whether something is to be said of them.
pub(super) struct Watched {
    days: Vec<bool>,
    fields: Vec<bool>,
}

impl Watched {
    /// Whether there is anything to be said of some.
    pub(super) fn is_any(&self) -> bool {
        self.days.contains(&true) || self.fields.contains(&true)
    }
}

#[derive(Clone, PartialEq)]
enum About {
    Restored { found: String, code: String },
    Either { found: String, either: (String, String) },
    Field(String),
    Period,
}

/// The unit of a response, with the zeros back that a spreadsheet stripped.
pub(super) fn whole_unit(unit: Option<String>, setting: &Setting<'_>) -> Option<String> {
    let unit = unit?;
    match restore(&unit, setting.units) {
        Restored::Code(code) => Some(code),
        Restored::AsWritten | Restored::Either(..) => Some(unit),
    }
}

impl Notes {
    /// Looks at a response that is kept, whose unit was written as `unit` in the file.
    /// Its line is asked for only where there is something to say.
    pub(super) fn response(
        &mut self,
        line: impl FnOnce() -> u64,
        setting: &Setting<'_>,
        unit: Option<String>,
        response: &Response,
    ) {
        let mut about = Vec::new();
        if let Some(found) = unit {
            match restore(&found, setting.units) {
                Restored::AsWritten => {}
                Restored::Code(code) => about.push(About::Restored { found, code }),
                Restored::Either(province, commune) => {
                    about.push(About::Either { found, either: (province, commune) });
                }
            }
        }
        let method = &setting.definition.method;
        let day = response.day();
        if method.from.is_some_and(|from| day < from) || method.until.is_some_and(|until| until < day) {
            about.push(About::Period);
        }
        if let (Some(field), Some(asked)) =
            (&response.attributes.field, setting.definition.survey.asking_for(Attribute::Field))
            && asked.options().iter().all(|option| option.id != *field)
        {
            about.push(About::Field(field.clone()));
        }
        self.note_all(line, about);
    }

    fn note_all(&mut self, line: impl FnOnce() -> u64, about: Vec<About>) {
        if !about.is_empty() {
            let line = line();
            about.into_iter().for_each(|about| self.note(line, about));
        }
    }

    /// What there may be to say of a sound row of this pile: of its day and its field.
    pub(super) fn watched(&self, setting: &Setting<'_>, dataset: &Dataset) -> Watched {
        let method = &setting.definition.method;
        let is_outside = |day: &str| {
            date_of(day).is_some_and(|day| {
                method.from.is_some_and(|from| day < from) || method.until.is_some_and(|until| until < day)
            })
        };
        let asked = setting.definition.survey.asking_for(Attribute::Field);
        let is_unknown = |field: &str| {
            !field.is_empty() && asked.is_some_and(|asked| asked.options().iter().all(|option| option.id != field))
        };
        Watched {
            days: dataset.days().map(is_outside).collect(),
            fields: dataset.column("field").values().map(is_unknown).collect(),
        }
    }

    /// Looks at a sound row that is kept.
    pub(super) fn sound(&mut self, line: impl FnOnce() -> u64, watched: &Watched, dataset: &Dataset, row: usize) {
        let mut about = Vec::new();
        if watched.days[dataset.day(row) as usize] {
            about.push(About::Period);
        }
        let fields = dataset.column("field");
        if watched.fields[fields.code(row) as usize] {
            about.push(About::Field(fields.get(row).to_owned()));
        }
        self.note_all(line, about);
    }

    fn note(&mut self, line: u64, about: About) {
        let has_room = self.found.len() < MOST;
        match self.found.iter_mut().find(|note| note.about == about) {
            Some(note) => note.rows += 1,
            None if has_room => self.found.push(Note { line, rows: 1, about }),
            None => match &mut self.rest {
                Some((_, rows)) => *rows += 1,
                rest => *rest = Some((line, 1)),
            },
        }
    }

    /// The notes as problems.
    pub(super) fn problems(self, setting: &Setting<'_>) -> impl Iterator<Item = RowProblem> {
        let definition = setting.definition;
        let rest = self.rest.map(|(line, rows)| RowProblem { line, column: None, fault: RowFault::MoreNotes { rows } });
        let notes = self.found.into_iter().map(move |Note { line, rows, about }| {
            let (column, fault) = match about {
                About::Restored { found, code } => {
                    let name = setting.units.get(&code).map(crate::survey::unit::Unit::full_name).unwrap_or_default();
                    ("unit", RowFault::UnitRestored { found, code, name, rows })
                }
                About::Either { found, either } => ("unit", RowFault::UnitAmbiguous { found, either, rows }),
                About::Field(field) => {
                    let asked = definition.survey.asking_for(Attribute::Field);
                    let known = asked.map_or(&[][..], |asked| asked.options()).iter().map(|option| option.id.as_str());
                    let known = known.collect::<Vec<_>>().join(", ");
                    ("field", RowFault::UnknownField { field, known, rows })
                }
                About::Period => {
                    let method = &definition.method;
                    ("finished_at", RowFault::OutsidePeriod { from: method.from, until: method.until, rows })
                }
            };
            RowProblem { line, column: Some(column.to_owned()), fault }
        });
        notes.chain(rest)
    }
}
