//! Applying a mapping: rows of any table become rows of the kit's own files, which are then read as
//! such. Whatever cannot be understood is passed on as it stands, so that it is refused at its cell
//! with a remedy, by the one reader there is.

use std::collections::BTreeMap;

use super::super::responses::{RowFault, RowProblem, Setting, header};
use super::account::Account;
use super::mapping::{Layout, Mapping, Target};
use super::moment;
use super::propose::titles;
use super::refusal::Refusal;
use super::rows::Translator;
use super::table::{Row, Table};
use super::wording::{bare, normal};

/// A table as one of the kit's own files.
#[derive(Clone, Debug)]
pub struct Translation {
    /// A response file, for [`super::super::responses::read_responses`] or [`super::super::responses::Opened`].
    pub csv: Vec<u8>,
    /// Rows that could not even be translated.
    pub problems: Vec<RowProblem>,
    /// What was done.
    pub account: Account,
    /// For each row of the file the line it begins on, and that of the row it was made from.
    lines: Vec<(u64, u64)>,
    /// The file's names of the kit's columns.
    headers: BTreeMap<String, String>,
}

impl Translation {
    /// The line of the file that a line of the translation was made from.
    pub fn original_line(&self, line: u64) -> u64 {
        let at = self.lines.partition_point(|(own, _)| *own <= line);
        self.lines.get(at.wrapping_sub(1)).map_or(line, |(_, original)| *original)
    }

    /// A problem of the translation as one of the file: its line, and its name of the column.
    pub fn original(&self, mut problem: RowProblem) -> RowProblem {
        problem.line = self.original_line(problem.line);
        if let RowFault::ConflictingId { first_line, .. } = &mut problem.fault
            && *first_line > 0
        {
            *first_line = self.original_line(*first_line);
        }
        let column = problem.column.take();
        problem.column = column.map(|column| match self.headers.get(&column) {
            Some(header) if *header != column => format!("{column} “{header}”"),
            _ => column,
        });
        problem
    }
}

/// Reads a table as the mapping says.
///
/// # Errors
/// Where the mapping is for another survey, edition or shape of file, where it recognises no
/// question, and where nothing says when the responses were given.
pub fn translate(table: &Table, mapping: &Mapping, setting: &Setting<'_>) -> Result<Translation, Refusal> {
    let survey = &setting.definition.survey;
    mapping.check(survey)?;
    let titles = titles(&table.rows, mapping.rows_above, mapping.header_rows);
    if !mapping.fits(table) || mapping.columns.len() != titles.len() {
        let differs = titles.iter().zip(&mapping.columns).find(|(title, column)| **title != column.header);
        let column = differs.map(|(title, _)| title.clone()).or_else(|| titles.first().cloned()).unwrap_or_default();
        return Err(Refusal::OtherShape { column });
    }
    let is_answer = |target: &Target| !matches!(target, Target::Attribute(_));
    if !mapping.columns.iter().filter_map(|column| column.used()).any(is_answer) {
        let names = titles.iter().filter(|title| !title.is_empty()).take(5).cloned().collect();
        return Err(Refusal::Unrecognised { survey: survey.id.clone(), names });
    }
    let translator = Translator::of(table, mapping, setting);
    let has = |name: &str| translator.attributes.contains_key(name) || mapping.given.contains_key(name);
    if mapping.layout != Layout::Kit && !has("finished_at") && !has("started_at") {
        return Err(Refusal::NoDay);
    }
    Ok(translator.file(table, &titles))
}

impl Translator<'_> {
    fn file(mut self, table: &Table, titles: &[String]) -> Translation {
        let survey = &self.setting.definition.survey;
        let is_kit = self.mapping.layout == Layout::Kit;
        let header = header(survey);
        // A file of the kit's own that lacks a column is refused as it would be without the repair.
        let has = |name: &String| {
            let mut used = self.mapping.columns.iter().filter_map(|column| column.used());
            !is_kit || used.any(|target| target.to_string() == *name)
        };
        let kept: Vec<bool> = header.iter().map(has).collect();
        let keep = |row: &[String]| -> Vec<String> {
            row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell.clone()).collect()
        };
        let mut rows = vec![keep(&header)];
        let mut lines = vec![(1, self.account.header.0)];
        let mut line = 2;
        let mut problems = Vec::new();
        let body = table.rows.get(self.mapping.rows_above + self.mapping.header_rows..).unwrap_or_default();
        for row in body {
            if self.is_passed_over(row, titles) {
                continue;
            }
            self.account.rows += 1;
            if row.cells.iter().any(|cell| cell.contains('\u{fffd}')) {
                problems.push(RowProblem { line: row.line, column: None, fault: RowFault::NotUtf8 });
                self.account.set_aside += 1;
                continue;
            }
            // A cell beyond the last name: the row may have slipped.
            if row.cells.len() > titles.len() {
                let (expected, found) = (titles.len(), row.cells.len());
                problems.push(RowProblem {
                    line: row.line,
                    column: None,
                    fault: RowFault::FieldCount { expected, found },
                });
                self.account.set_aside += 1;
                continue;
            }
            let cells = self.row(row);
            if !is_kit && let Some(problem) = self.no_moment(row, &header, &cells) {
                problems.push(problem);
                self.account.set_aside += 1;
                continue;
            }
            let cells = keep(&cells);
            lines.push((line, row.line));
            line += 1 + cells.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
            rows.push(cells);
        }
        if let Some((line, rows_lost)) = table.torn {
            problems.push(RowProblem { line, column: None, fault: RowFault::OpenQuote { rows_lost } });
            self.account.rows += 1;
            self.account.set_aside += 1;
        }
        let csv = crate::exchange::write(crate::exchange::Reader::Machine, rows).into_bytes();
        let used = self.mapping.columns.iter().filter_map(|column| Some((column.used()?, &column.header)));
        let headers = used.map(|(target, header)| match target {
            Target::Option { question, .. } => (question.clone(), header.clone()),
            target => (target.to_string(), header.clone()),
        });
        Translation { csv, problems, headers: headers.collect(), lines, account: self.account }
    }

    /// A row whose time cannot be read: its beginning may have been taken from the same cell, so it is said here, once.
    fn no_moment(&self, row: &Row, header: &[String], cells: &[String]) -> Option<RowProblem> {
        let cell = |name: &str| header.iter().position(|known| known == name).map_or("", |at| cells[at].as_str());
        let is_moment = |name: &str| chrono::DateTime::parse_from_rfc3339(cell(name)).is_ok();
        let name = ["finished_at", "started_at"].into_iter().find(|name| !is_moment(name))?;
        let at = self.attributes.get(name)?;
        let column = Some(format!("{name} “{}”", self.mapping.columns[*at].header));
        Some(RowProblem { line: row.line, column, fault: RowFault::BadMoment { value: row.get(*at).to_owned() } })
    }

    /// Totals, and the header once more, as where files were joined.
    fn is_passed_over(&mut self, row: &Row, titles: &[String]) -> bool {
        let is_title = |(at, cell): (usize, &String)| {
            cell.trim().is_empty() || titles.get(at).is_some_and(|title| title == cell.trim())
        };
        if row.cells.iter().enumerate().all(is_title) {
            self.account.headers_again.push(row.line);
            return true;
        }
        let first = row.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
        let has_day = || {
            let at = self.attributes.get("finished_at").or_else(|| self.attributes.get("started_at"));
            at.is_some_and(|at| moment::read(row.get(*at), self.mapping.dates).is_some())
        };
        if is_of_totals(first) && !has_day() {
            self.account.totals.push(row.line);
            return true;
        }
        false
    }
}

/// Whether a cell begins a row of totals or means.
fn is_of_totals(text: &str) -> bool {
    const ALONE: [&str; 12] = [
        "tong",
        "tongcong",
        "tongso",
        "cong",
        "total",
        "grandtotal",
        "totals",
        "sum",
        "trungbinh",
        "average",
        "mean",
        "tyle",
    ];
    let text = normal(text);
    let mut words = text.split(' ').map(bare);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    ALONE.contains(&bare(&text).as_str())
        || first == "tong" && (second == "cong" || second == "so")
        || first == "grand" && second == "total"
}
