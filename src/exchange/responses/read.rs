//! Reading a response CSV: what could be read, and a list of positioned problems.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta};
use csv::ByteRecord;

use super::super::cell;
use super::file::{Lines, is_torn, open, separator, without_bom};
use super::notes::{Notes, whole_unit};
use super::{RowFault, RowProblem, header};
use crate::interview::{Why, applicable, check};
use crate::response::{ATTRIBUTES, Answer, Answers, Attributes, Moment, Origin, Response, Status, to_second};
use crate::survey::method::Definition;
use crate::survey::problem::Severity;
use crate::survey::unit::Units;
use crate::survey::{Choice, Column, Kind, Missing, Survey};

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Records after the header.
    pub rows: u64,
    /// Of these, responses that are new.
    pub used: u64,
    /// They themselves, in the order of the file; empty where they were read into columns.
    pub responses: Vec<Response>,
    /// Rows that repeat a response already read, word for word.
    pub duplicates: u64,
    /// Rows set aside because of an error.
    pub set_aside: u64,
    /// Every problem, in the order of the file.
    pub problems: Vec<RowProblem>,
}

/// What a file is read against.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// The survey and its method.
    pub definition: &'s Definition,
    /// The list of units, for codes that lost their zeros; may be empty.
    pub units: &'s Units,
    /// Tells what lies in the future.
    pub now: Moment,
}

/// Reads responses of one survey. `known` are responses already there: the same one again counts once.
pub fn read_responses<'k>(
    bytes: &[u8],
    setting: &Setting<'_>,
    known: impl IntoIterator<Item = &'k Response>,
) -> Import {
    let known = known.into_iter().map(|response| (response.id.clone(), (0, response.clone()))).collect();
    let mut import = Importer { known, ..Importer::new(setting) };
    import.file(bytes);
    let Importer { notes, mut out, .. } = import;
    out.used = out.responses.len() as u64;
    out.problems.extend(notes.problems(setting));
    out.problems.sort_by_key(|problem| problem.line);
    out
}

pub(super) struct Importer<'s> {
    survey: &'s Survey,
    setting: &'s Setting<'s>,
    /// Responses read so far, with the line of this file they were read from (0: before).
    known: BTreeMap<String, (u64, Response)>,
    notes: Notes,
    pub(super) out: Import,
}

/// Where the columns of this file are.
pub(super) struct Layout<'s> {
    pub attributes: [usize; ATTRIBUTES.len()],
    pub columns: Vec<(Column<'s>, usize, Option<usize>)>,
    pub width: usize,
}

impl Layout<'_> {
    /// The column of an attribute.
    pub fn attribute(&self, name: &str) -> usize {
        self.attributes[ATTRIBUTES.iter().position(|known| *known == name).unwrap_or(0)]
    }
}

impl<'s> Importer<'s> {
    /// A reader that knows no responses yet.
    pub(super) fn new(setting: &'s Setting<'s>) -> Importer<'s> {
        let survey = &setting.definition.survey;
        Importer { survey, setting, known: BTreeMap::new(), notes: Notes::default(), out: Import::default() }
    }

    pub(super) fn problem(&mut self, line: u64, column: Option<&str>, fault: RowFault) {
        self.out.problems.push(RowProblem { line, column: column.map(str::to_owned), fault });
    }

    fn file(&mut self, bytes: &[u8]) {
        let bytes = without_bom(bytes);
        let mut reader = open(bytes);
        let mut lines = Lines::of(bytes);
        let headers = match reader.byte_headers() {
            Ok(headers) if !headers.is_empty() => headers.clone(),
            _ => return self.problem(1, None, RowFault::NoHeader),
        };
        let Some(layout) = self.layout(&headers) else { return };
        let mut record = ByteRecord::new();
        // Reading from memory without UTF-8 or length checks cannot fail.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let start = record.position().map_or(0, csv::Position::byte);
            let line = lines.of_record(start);
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            self.out.rows += 1;
            let is_last = reader.position().byte() >= bytes.len() as u64;
            if is_last && is_torn(&bytes[usize::try_from(start).unwrap_or(0)..], separator(bytes)) {
                let rows_lost = lines.of_record(bytes.len() as u64).saturating_sub(line);
                self.problem(line, None, RowFault::OpenQuote { rows_lost });
                self.out.set_aside += 1;
                continue;
            }
            let before = self.out.problems.len();
            let response = self.row(&layout, &record, line);
            let is_error = |p: &RowProblem| p.fault.severity() == Severity::Error;
            match response {
                Some(response) if !self.out.problems[before..].iter().any(is_error) => {
                    let unit = record.get(layout.attribute("unit")).map(|cell| String::from_utf8_lossy(cell));
                    let unit = unit.map(|unit| cell::unguard(unit.trim())).filter(|unit| !unit.is_empty());
                    self.keep(response, unit, line);
                }
                _ => self.out.set_aside += 1,
            }
        }
    }

    pub(super) fn layout(&mut self, headers: &ByteRecord) -> Option<Layout<'s>> {
        let names: Vec<String> =
            headers.iter().map(|name| cell::unguard(String::from_utf8_lossy(name).trim())).collect();
        let expected = header(self.survey);
        let mut usable = true;
        let mut seen = BTreeSet::new();
        for name in &names {
            if !seen.insert(name) && expected.contains(name) {
                self.problem(1, Some(name), RowFault::DuplicateColumn { name: name.clone() });
                usable = false;
            } else if !name.is_empty() && !expected.contains(name) {
                self.problem(1, Some(name), RowFault::UnknownColumn { name: name.clone() });
            }
        }
        let find = |name: &str| names.iter().position(|known| known == name);
        let mut missing = Vec::new();
        let mut need = |name: &str| {
            let at = find(name);
            if at.is_none() {
                missing.push(name.to_owned());
            }
            at.unwrap_or(0)
        };
        let attributes = ATTRIBUTES.map(&mut need);
        let mut columns = Vec::new();
        for column in self.survey.csv_columns() {
            let at = need(column.id);
            let other = column.has_specify().then(|| format!("{}_other", column.id)).map(|name| need(&name));
            columns.push((column, at, other));
        }
        usable &= missing.is_empty();
        // A file of something else lacks nearly everything: say so once, not fifty times.
        if missing.len() > 5 && missing.iter().any(|name| name == "response_id") {
            missing.truncate(1);
            self.out.problems.clear();
        }
        for name in missing {
            self.problem(1, Some(&name), RowFault::MissingColumn { name: name.clone() });
        }
        usable.then_some(Layout { attributes, columns, width: names.len() })
    }

    pub(super) fn row(&mut self, layout: &Layout<'s>, record: &ByteRecord, line: u64) -> Option<Response> {
        let (expected, found) = (layout.width, record.len());
        let is_blank = |cell: &[u8]| cell.trim_ascii().is_empty();
        if found <= ATTRIBUTES.len() || record.iter().skip(expected).any(|cell| !is_blank(cell)) {
            self.problem(line, None, RowFault::FieldCount { expected, found });
            return None;
        }
        // Spreadsheets leave out empty cells at the end of some rows.
        if found < expected {
            self.problem(line, None, RowFault::ShortRow { expected, found });
        }
        let mut cells = Vec::with_capacity(record.len());
        for cell in record {
            match std::str::from_utf8(cell) {
                Ok(cell) => cells.push(cell),
                Err(_) => {
                    self.problem(line, None, RowFault::NotUtf8);
                    return None;
                }
            }
        }
        cells.resize(cells.len().max(expected), "");
        let attribute = |name: &str| cell::unguard(cells[layout.attribute(name)].trim());
        let optional = |name: &str| Some(attribute(name)).filter(|value| !value.is_empty());
        let other = |found: String, expected: &str| (found != expected).then(|| (found, expected.to_owned()));
        if let Some((found, expected)) = other(attribute("survey"), &self.survey.id) {
            let fault = match found.is_empty() {
                true => RowFault::NoSurvey,
                false => RowFault::OtherSurvey { found, expected },
            };
            self.problem(line, Some("survey"), fault);
            return None;
        }
        if let Some((found, expected)) = other(attribute("edition"), &self.survey.edition) {
            self.problem(line, Some("edition"), RowFault::OtherEdition { found, expected });
            return None;
        }
        let id = attribute("response_id");
        if id.is_empty() {
            self.problem(line, Some("response_id"), RowFault::NoId);
        }
        let started_at = self.moment(line, "started_at", &attribute("started_at"));
        let finished_at = self.moment(line, "finished_at", &attribute("finished_at"));
        if started_at > finished_at && finished_at.is_some() {
            self.problem(line, Some("finished_at"), RowFault::Reversed);
        }
        let value = attribute("status");
        let status = Status::of(&value);
        if status.is_none() {
            self.problem(line, Some("status"), RowFault::BadStatus { value });
        }
        let origin = match attribute("origin").as_str() {
            "answered" => Some(Origin::Answered),
            "generated" => Some(Origin::Generated),
            value => {
                self.problem(line, Some("origin"), RowFault::BadOrigin { value: value.to_owned() });
                None
            }
        };
        let attributes = Attributes {
            unit: whole_unit(optional("unit"), self.setting),
            field: optional("field"),
            counter: optional("counter"),
            officer: optional("officer"),
            channel: optional("channel"),
        };
        let answers = self.answers(layout, &cells, line, &attributes);
        Some(Response {
            id,
            survey: self.survey.id.clone(),
            edition: self.survey.edition.clone(),
            attributes,
            language: attribute("language"),
            started_at: started_at?,
            finished_at: finished_at?,
            status: status?,
            origin: origin?,
            answers,
        })
    }

    fn answers(&mut self, layout: &Layout<'s>, cells: &[&str], line: u64, from: &Attributes) -> Answers {
        let mut answers = Answers::new();
        for (column, at, other) in &layout.columns {
            let other = other.map_or("", |other| cells[other]);
            let answer = match read_answer(self.survey, column, cells[*at], other) {
                Ok(answer) => answer,
                Err(fault) => {
                    self.problem(line, Some(column.id), fault);
                    continue;
                }
            };
            let holds_words = matches!(&answer, Some(Answer::Picked { specified: Some(_), .. }));
            if !other.is_empty() && !holds_words {
                let name = format!("{}_other", column.id);
                self.problem(line, Some(&name), RowFault::LooseWords { value: cell::unguard(other) });
            }
            answers.extend(answer.map(|answer| (column.id.to_owned(), answer)));
        }
        let asked = applicable(self.survey, from, &answers);
        for (column, at, _) in layout.columns.iter().filter(|(column, ..)| !asked.contains(&column.id)) {
            if answers.get(column.id).is_some_and(|answer| answer.values().is_some()) {
                self.problem(line, Some(column.id), RowFault::NotAsked { value: cells[*at].to_owned() });
            }
        }
        answers.retain(|column, _| asked.contains(&column.as_str()));
        answers
    }

    fn moment(&mut self, line: u64, column: &str, value: &str) -> Option<Moment> {
        let Ok(moment) = DateTime::parse_from_rfc3339(value) else {
            self.problem(line, Some(column), RowFault::BadMoment { value: value.to_owned() });
            return None;
        };
        // Ten minutes of difference between two clocks is nothing to write home about.
        // What begins in the future also ends there: one note is enough.
        if column == "finished_at" && moment > self.setting.now + TimeDelta::minutes(10) {
            self.problem(line, Some(column), RowFault::Future { value: value.to_owned() });
        }
        Some(to_second(&moment))
    }

    fn keep(&mut self, response: Response, unit: Option<String>, line: u64) {
        match self.known.get(&response.id) {
            Some((_, known)) if *known == response => self.out.duplicates += 1,
            Some((first_line, known)) => {
                let (id, first_line) = (response.id.clone(), *first_line);
                let fault = RowFault::ConflictingId { id, first_line, column: difference(known, &response) };
                self.problem(line, Some("response_id"), fault);
                self.out.set_aside += 1;
            }
            None => {
                self.notes.response(|| line, self.setting, unit, &response);
                self.known.insert(response.id.clone(), (line, response.clone()));
                self.out.responses.push(response);
            }
        }
    }
}

/// The first column in which two responses differ.
pub(super) fn difference(a: &Response, b: &Response) -> String {
    let (from_a, from_b) = (&a.attributes, &b.attributes);
    let attributes = [
        ("unit", from_a.unit == from_b.unit),
        ("field", from_a.field == from_b.field),
        ("counter", from_a.counter == from_b.counter),
        ("officer", from_a.officer == from_b.officer),
        ("channel", from_a.channel == from_b.channel),
        ("language", a.language == b.language),
        ("started_at", a.started_at == b.started_at),
        ("finished_at", a.finished_at == b.finished_at),
        ("status", a.status == b.status),
        ("origin", a.origin == b.origin),
    ];
    let attribute = attributes.into_iter().find(|(_, same)| !same).map(|(name, _)| name);
    let mut answers = a.answers.keys().chain(b.answers.keys());
    let answer = || answers.find(|column| a.answers.get(*column) != b.answers.get(*column)).map(String::as_str);
    attribute.or_else(answer).unwrap_or("–").to_owned()
}

/// Reads the cell of a column, and the one beside it with the words of an option.
pub(in crate::exchange) fn read_answer(
    survey: &Survey,
    column: &Column<'_>,
    cell: &str,
    other: &str,
) -> Result<Option<Answer>, RowFault> {
    let is_text = matches!(column.question.kind, Kind::Text { .. });
    let text = if is_text { cell } else { cell.trim() };
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(missing) = Missing::by_code(text) {
        return Ok(Some(Answer::Missing(missing)));
    }
    let unknown = |known: String| RowFault::UnknownAnswer { value: cell.to_owned(), known };
    let ids: Vec<&str> = column.question.options().iter().map(|option| option.id.as_str()).collect();
    let answer = match &column.question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => match text.parse() {
            Ok(code) => Answer::Level(code),
            Err(_) => return Err(unknown(codes(survey, scale))),
        },
        Kind::Single { .. } | Kind::Multiple { .. } | Kind::Contacts { .. } => {
            let picked: Vec<&str> = text.split_whitespace().collect();
            if picked.iter().any(|id| !ids.contains(id)) {
                return Err(unknown(ids.join(", ")));
            }
            let options = ids.iter().filter(|id| picked.contains(id)).map(|id| (*id).to_owned()).collect();
            let asks = |option: &Choice| option.specify && picked.contains(&option.id.as_str());
            let specified = Some(cell::unguard(other)).filter(|words| !words.is_empty());
            let specified = specified.filter(|_| column.question.options().iter().any(asks));
            Answer::Picked { options, specified }
        }
        Kind::Number { .. } => match text.parse() {
            Ok(number) => Answer::Number(number),
            Err(_) => return Err(unknown("0, 1, 2, …".to_owned())),
        },
        Kind::Text { .. } => Answer::Text(cell::unguard(text)),
    };
    // What the interview would refuse is refused here, but for words that a paper form may lack.
    match check(survey, column, Some(&answer)).map(|invalid| invalid.why) {
        None | Some(Why::Unspecified) => Ok(Some(answer)),
        Some(Why::TooSmall(least)) => Err(unknown(format!("≥ {least}"))),
        Some(Why::TooLarge(most)) => Err(unknown(format!("≤ {most}"))),
        Some(Why::TooLong(most)) => Err(unknown(format!("≤ {most} ký tự / characters"))),
        Some(_) => Err(unknown(match column.scale() {
            Some(scale) => codes(survey, scale),
            None => ids.join(", "),
        })),
    }
}

/// The codes of a scale, for messages.
fn codes(survey: &Survey, scale: &str) -> String {
    let levels = survey.scale(scale).map_or(&[][..], |scale| &scale.levels);
    levels.iter().map(|level| level.code.to_string()).collect::<Vec<_>>().join(", ")
}
