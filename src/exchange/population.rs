//! Reading how many people, or dossiers, there are: a CSV file with a column
//! `population`, and one for each key that the numbers are told apart by.

use std::collections::BTreeMap;

use crate::dataset::{Key, KeyProblem};
use crate::report::Population;
use crate::survey::Survey;
use crate::survey::unit::{Restored, Units, restore};

/// What is wrong with a population file, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopulationProblem {
    /// From 1.
    pub line: u64,
    /// What is wrong.
    pub fault: PopulationFault,
}

/// Everything that can be wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PopulationFault {
    /// There is no column `population`.
    NoPopulation,
    /// A column is none that responses can be told apart by.
    NoKey(KeyProblem),
    /// A row that cannot be read: the reader's own message.
    Row(String),
    /// No whole number from 0 on.
    NoNumber(String),
    /// A column that stands there already.
    Column(String),
    /// More cells than columns: a number with separators may have come apart.
    Cells,
    /// A stratum that stands there already.
    Twice,
    /// There is no row.
    Empty,
}

impl PopulationProblem {
    /// What is wrong, and what to do.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |v: &str, e: &str| if vi { v.to_owned() } else { e.to_owned() };
        let header = both(
            "dòng đầu ghi tên cột, ví dụ: unit,field,population",
            "the first row names the columns, for instance: unit,field,population",
        );
        match &self.fault {
            PopulationFault::NoPopulation => (both("thiếu cột population", "the column population is missing"), header),
            PopulationFault::NoKey(problem) => problem.words(language),
            PopulationFault::Row(message) => (
                pick(format!("không đọc được dòng này: {message}"), format!("this row cannot be read: {message}")),
                header,
            ),
            PopulationFault::NoNumber(found) => (
                pick(format!("“{found}” không phải số hồ sơ"), format!("“{found}” is not a number of people")),
                both("ghi số nguyên, không có dấu ngăn cách: 12345", "write a whole number without separators: 12345"),
            ),
            PopulationFault::Column(name) => {
                (pick(format!("cột {name} xuất hiện hai lần"), format!("the column {name} appears twice")), header)
            }
            PopulationFault::Cells => (
                both("dòng có nhiều ô hơn số cột", "the row has more cells than there are columns"),
                both("ghi số nguyên, không có dấu ngăn cách: 12345", "write a whole number without separators: 12345"),
            ),
            PopulationFault::Twice => (
                both("nhóm này đã có ở dòng trên", "this group stands on a line above"),
                both("gộp hai dòng làm một", "make one of the two"),
            ),
            PopulationFault::Empty => (both("tệp không có dòng số liệu nào", "the file has no rows"), header),
        }
    }
}

impl KeyProblem {
    /// What is wrong, and what to do.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        match self {
            KeyProblem::Unknown { name, known } => (
                pick(format!("không phân nhóm được theo “{name}”"), format!("there is no “{name}” to group by")),
                pick(format!("dùng được: {}", known.join(", ")), format!("possible: {}", known.join(", "))),
            ),
            KeyProblem::NoGroups { name } => (
                pick(
                    format!("câu “{name}” không chia phiếu thành các nhóm tách biệt"),
                    format!("the question “{name}” does not divide the responses into groups"),
                ),
                pick(
                    "chọn câu hỏi một lựa chọn, không được tính điểm".to_owned(),
                    "choose a question with one choice that is not scored".to_owned(),
                ),
            ),
        }
    }
}

/// Reads a population file for the responses to a survey. Unit codes get back the zeros that a
/// spreadsheet stripped, as those of responses do.
///
/// # Errors
/// The first line that is wrong, and what is wrong with it.
pub fn read_population(bytes: &[u8], survey: &Survey, units: &Units) -> Result<Population, PopulationProblem> {
    let problem = |line, fault| PopulationProblem { line, fault };
    let bytes = super::responses::without_bom(bytes);
    let mut reader = super::responses::open(bytes);
    let line_of = |record: &csv::StringRecord| record.position().map_or(1, csv::Position::line);
    let unread = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        problem(line, PopulationFault::Row(error.to_string()))
    };
    let headers = reader.headers().map_err(unread)?.clone();
    let names: Vec<&str> = headers.iter().map(str::trim).collect();
    let Some(number) = names.iter().position(|name| *name == "population") else {
        return Err(problem(1, PopulationFault::NoPopulation));
    };
    if let Some(name) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Err(problem(1, PopulationFault::Column((*name.1).to_owned())));
    }
    let mut keys = Vec::new();
    for name in names.iter().filter(|name| **name != "population") {
        keys.push(Key::parse(survey, name).map_err(|fault| problem(1, PopulationFault::NoKey(fault)))?);
    }
    let mut strata = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unread)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.iter().skip(names.len()).any(|cell| !cell.trim().is_empty()) {
            return Err(problem(line_of(&record), PopulationFault::Cells));
        }
        let found = record.get(number).unwrap_or("").trim();
        let Ok(people) = found.parse() else {
            return Err(problem(line_of(&record), PopulationFault::NoNumber(found.to_owned())));
        };
        let values = (0..names.len()).filter(|at| *at != number);
        let value = |at: usize| {
            let text = super::cell::unguard(record.get(at).unwrap_or("").trim());
            match restore(&text, units) {
                Restored::Code(code) if names[at] == "unit" => code,
                _ => text,
            }
        };
        let values: Vec<String> = values.map(value).collect();
        if strata.insert(values, people).is_some() {
            return Err(problem(line_of(&record), PopulationFault::Twice));
        }
    }
    match strata.is_empty() {
        true => Err(problem(1, PopulationFault::Empty)),
        false => Ok(Population { keys, strata }),
    }
}
