//! One row of any table as a row of the kit's own files.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::super::responses::{Setting, header, read_answer};
use super::account::{Account, Repair};
use super::identity::{Ids, is_uuid};
use super::mapping::{Layout, Mapping, Target};
use super::moment::{self, Written};
use super::table::{Row, Table};
use super::value::{Said, Values};
use super::wording::Lexicon;
use crate::exchange::cell;
use crate::interview::applicable;
use crate::response::{ATTRIBUTES, Answers, Attributes, write_moment};
use crate::survey::unit::{Restored, restore};
use crate::survey::{Attribute, Column};

/// What is known of the columns of a file while its rows are read.
pub(super) struct Translator<'s> {
    pub setting: &'s Setting<'s>,
    pub mapping: &'s Mapping,
    /// For each attribute the column of the file.
    pub attributes: BTreeMap<&'s str, usize>,
    /// For each question its column, or those of its options, and that of the words beside an option.
    questions: Vec<Asked<'s>>,
    fields: Option<Values<'s>>,
    counters: Option<Values<'s>>,
    units: Lexicon<String>,
    known_units: BTreeMap<String, Option<String>>,
    ids: Ids,
    pub account: Account,
}

struct Asked<'s> {
    column: Column<'s>,
    values: Values<'s>,
    answer: Option<usize>,
    options: Vec<(&'s str, usize)>,
    words: Option<usize>,
}

impl<'s> Translator<'s> {
    pub fn of(table: &Table, mapping: &'s Mapping, setting: &'s Setting<'s>) -> Translator<'s> {
        let survey = &setting.definition.survey;
        let at = |target: &Target| mapping.columns.iter().position(|column| column.used() == Some(target));
        let attributes =
            ATTRIBUTES.into_iter().filter_map(|name| Some((name, at(&Target::Attribute(name.to_owned()))?)));
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        let agreed = |at: Option<usize>| at.map_or(&NONE, |at| &mapping.columns[at].values);
        let questions = survey.csv_columns().map(|column| {
            let answer = at(&Target::Answer(column.id.to_owned()));
            let options = column.question.options().iter().filter_map(|option| {
                let target = Target::Option { question: column.id.to_owned(), option: option.id.clone() };
                Some((option.id.as_str(), at(&target)?))
            });
            Asked {
                column,
                values: Values::of(survey, column, mapping.layout, agreed(answer)),
                answer,
                options: options.collect(),
                words: at(&Target::Words(column.id.to_owned())),
            }
        });
        let asked_for = |attribute: Attribute, name: &str| {
            let column = survey.asking_for(attribute)?.columns().next()?;
            Some(Values::of(survey, column, mapping.layout, agreed(at(&Target::Attribute(name.to_owned())))))
        };
        let mut units = Lexicon::default();
        for (code, unit) in setting.units {
            units.add(&unit.name, code.clone());
            units.add(&unit.full_name(), code.clone());
        }
        let rows = &table.rows;
        let mut account = Account {
            source: table.source.clone(),
            layout: mapping.layout,
            header: (rows.get(mapping.rows_above).map_or(1, |row| row.line), mapping.header_rows),
            rows: 0,
            set_aside: 0,
            totals: Vec::new(),
            headers_again: Vec::new(),
            above: rows.iter().take(mapping.rows_above).map(|row| row.line).collect(),
            repairs: BTreeMap::new(),
            unread: Vec::new(),
            unsure: Vec::new(),
            unanswered: Vec::new(),
        };
        account.columns(mapping);
        let questions: Vec<Asked<'_>> = questions.collect();
        let is_unanswered = |asked: &&Asked<'_>| asked.answer.is_none() && asked.options.is_empty();
        account.unanswered = questions.iter().filter(is_unanswered).map(|asked| asked.column.id.to_owned()).collect();
        Translator {
            setting,
            mapping,
            attributes: attributes.collect(),
            questions,
            fields: asked_for(Attribute::Field, "field"),
            counters: asked_for(Attribute::Counter, "counter"),
            units,
            known_units: BTreeMap::new(),
            ids: Ids::of(table),
            account,
        }
    }

    /// The row's cells, in the order of the kit's columns.
    pub fn row(&mut self, row: &Row) -> Vec<String> {
        let survey = &self.setting.definition.survey;
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        for name in ATTRIBUTES {
            let cell = self.attributes.get(name).map_or("", |at| row.get(*at));
            let given = self.mapping.given.get(name).map_or("", String::as_str);
            let text = if cell.is_empty() { given } else { cell };
            let text = if self.mapping.layout == Layout::Kit { cell::unguard(text) } else { text.to_owned() };
            cells.insert(name.to_owned(), self.attribute(name, &text));
        }
        let is_given_a_time = self.moments(row, &mut cells);
        let answered = self.answers(row, &mut cells);
        if self.mapping.layout != Layout::Kit {
            cells.insert("survey".to_owned(), survey.id.clone());
            cells.insert("edition".to_owned(), survey.edition.clone());
            self.passed_over(&mut cells, answered);
            let defaults = [("origin", "answered"), ("status", "complete")];
            for (name, value) in defaults {
                let cell = cells.entry(name.to_owned()).or_default();
                if cell.is_empty() {
                    value.clone_into(cell);
                }
            }
            self.identify(row, &mut cells, is_given_a_time);
        }
        header(survey).into_iter().map(|name| cells.remove(&name).unwrap_or_default()).collect()
    }

    /// An attribute as the kit writes it; times come later.
    fn attribute(&mut self, name: &str, text: &str) -> String {
        let asked = match name {
            "field" => self.fields.as_ref(),
            "counter" => self.counters.as_ref(),
            _ => None,
        };
        if let Some((Said::Answer(code, _), repair)) = asked.map(|values| values.read(text)) {
            if let Some(repair) = repair {
                self.account.repaired(repair);
            }
            return code;
        }
        if name == "unit" && !text.is_empty() && !text.bytes().all(|byte| byte.is_ascii_digit()) {
            let found = match self.known_units.get(text) {
                Some(found) => found.clone(),
                None => {
                    let found = self.units.find(text).map(|(code, _)| code.clone());
                    self.known_units.insert(text.to_owned(), found.clone());
                    found
                }
            };
            if let Some(code) = found {
                self.account.repaired(Repair::UnitName);
                return code;
            }
        }
        cell::guard(text)
    }

    /// Reads the times. Whether the row itself tells its own, to the minute.
    fn moments(&mut self, row: &Row, cells: &mut BTreeMap<String, String>) -> bool {
        let mut own = false;
        for name in ["started_at", "finished_at"] {
            let text = cells.get(name).cloned().unwrap_or_default();
            let Some((moment, written)) = moment::read(&text, self.mapping.dates) else { continue };
            let at = self.attributes.get(name).copied();
            // Kobo gives this one time in UTC and does not say so.
            let is_utc = self.mapping.layout == Layout::Kobo
                && at.is_some_and(|at| self.mapping.columns[at].header.ends_with("_submission_time"))
                && written == Written::Otherwise
                && !text.contains(['+', 'Z']);
            let moment = if is_utc { moment + chrono::TimeDelta::hours(7) } else { moment };
            let repair = match written {
                Written::Whole => None,
                Written::Otherwise => Some(Repair::Moment),
                Written::DayOnly => Some(Repair::DayOnly),
                Written::Serial => Some(Repair::Serial),
            };
            if let Some(repair) = repair {
                self.account.repaired(repair);
            }
            own |= at.is_some_and(|at| !row.get(at).is_empty()) && written != Written::DayOnly;
            cells.insert(name.to_owned(), write_moment(&moment));
        }
        let cell = |name: &str| cells.get(name).cloned().unwrap_or_default();
        let (started, finished) = (cell("started_at"), cell("finished_at"));
        if self.mapping.layout != Layout::Kit {
            if started.is_empty() {
                cells.insert("started_at".to_owned(), finished);
            } else if finished.is_empty() {
                // Begun and never sent.
                cells.insert("finished_at".to_owned(), started);
                cells.insert("status".to_owned(), "abandoned".to_owned());
            }
        }
        own
    }

    /// Reads the answers. Whether each of them was understood.
    fn answers(&mut self, row: &Row, cells: &mut BTreeMap<String, String>) -> bool {
        let mut all = true;
        for at in 0..self.questions.len() {
            let asked = &self.questions[at];
            let text = asked.answer.map_or("", |at| row.cells.get(at).map_or("", String::as_str));
            let (said, repair) = asked.values.read(text);
            let (mut answer, mut words) = match said {
                Said::Nothing => (String::new(), String::new()),
                Said::Answer(answer, words) => (answer, words),
                // Refused by the reader, with what it says.
                Said::Unknown => {
                    all = false;
                    (text.trim().to_owned(), String::new())
                }
            };
            if asked.answer.is_none() && !asked.options.is_empty() {
                answer = self.picked(asked, row, &mut all);
            }
            let beside = asked.words.map_or("", |at| row.get(at));
            let beside = if asked.values.is_not_asked(beside) { "" } else { beside };
            if !beside.is_empty() && words.is_empty() {
                words = if self.mapping.layout == Layout::Kit { beside.to_owned() } else { cell::guard(beside) };
                let specify = asked.column.question.options().iter().find(|option| option.specify);
                // LimeSurvey has the words only, and no option.
                if let Some(option) = specify.filter(|_| self.mapping.layout == Layout::LimeSurvey)
                    && !answer.split(' ').any(|id| id == option.id)
                {
                    answer = if answer.is_empty() { option.id.clone() } else { format!("{answer} {}", option.id) };
                }
            }
            let id = asked.column.id;
            if asked.column.has_specify() {
                cells.insert(format!("{id}_other"), words);
            }
            cells.insert(id.to_owned(), answer);
            if let Some(repair) = repair {
                self.account.repaired(repair);
            }
        }
        all
    }

    /// The options whose own columns say that they were picked.
    fn picked(&self, asked: &Asked<'_>, row: &Row, all: &mut bool) -> String {
        let mut picked = Vec::new();
        for (option, at) in &asked.options {
            match asked.values.is_picked(option, row.get(*at)) {
                Some(true) => picked.push((*option).to_owned()),
                Some(false) => {}
                None => {
                    *all = false;
                    picked.push(format!("{option}={}", row.get(*at)));
                }
            }
        }
        picked.join(" ")
    }

    /// Questions that apply and were left empty were passed over. Where the file has no column for
    /// one, nobody was asked.
    fn passed_over(&mut self, cells: &mut BTreeMap<String, String>, all_understood: bool) {
        if !all_understood {
            return;
        }
        let survey = &self.setting.definition.survey;
        let cell = |name: &str| Some(cells.get(name).cloned().unwrap_or_default()).filter(|text| !text.is_empty());
        let attributes = Attributes {
            unit: cell("unit"),
            field: cell("field"),
            counter: cell("counter"),
            officer: cell("officer"),
            channel: cell("channel"),
        };
        let mut answers = Answers::new();
        for asked in &self.questions {
            let text = cells.get(asked.column.id).map_or("", String::as_str);
            if let Ok(Some(answer)) = read_answer(survey, &asked.column, text, "") {
                answers.insert(asked.column.id.to_owned(), answer);
            }
        }
        let applies = applicable(survey, &attributes, &answers);
        for asked in &self.questions {
            let has_column = asked.answer.is_some() || !asked.options.is_empty();
            let id = asked.column.id;
            if has_column && applies.contains(&id) && cells.get(id).is_some_and(String::is_empty) {
                cells.insert(id.to_owned(), crate::survey::Missing::NoAnswer.code().to_owned());
                self.account.repaired(Repair::PassedOver);
            }
        }
    }

    /// Gives the row an id that is the same whenever it is read, and no other row's.
    fn identify(&mut self, row: &Row, cells: &mut BTreeMap<String, String>, is_given_a_time: bool) {
        let own = cells.get("response_id").cloned().unwrap_or_default();
        let own = own.strip_prefix("uuid:").unwrap_or(&own);
        if is_uuid(own) {
            cells.insert("response_id".to_owned(), own.to_owned());
            return;
        }
        let mut digest = Sha256::new();
        let mut say = |text: &str| digest.update([text.as_bytes(), &[0x1f]].concat());
        say(&self.mapping.survey);
        let finished = cells.get("finished_at").cloned().unwrap_or_default();
        match (own.is_empty(), is_given_a_time) {
            // A number that other files count from as well; with the time it is one of its kind.
            (false, true) => [own, &finished].into_iter().for_each(say),
            (false, false) => [self.ids.file.as_str(), own].into_iter().for_each(say),
            // Whatever the file is written in: a unit's zeros come back later.
            (true, true) => cells.iter().filter(|(name, _)| *name != "response_id").for_each(|(name, cell)| {
                match restore(cell, self.setting.units) {
                    Restored::Code(code) if name == "unit" => say(&code),
                    _ => say(cell),
                }
            }),
            (true, false) => [self.ids.file.as_str(), &row.line.to_string()].into_iter().for_each(say),
        }
        let id = self.ids.of_digest(&digest.finalize(), own.is_empty() && is_given_a_time);
        self.account.repaired(Repair::IdMade);
        cells.insert("response_id".to_owned(), id);
    }
}
