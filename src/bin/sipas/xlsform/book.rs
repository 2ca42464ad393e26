//! The sheets of a workbook as text, each cell with its place.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use calamine::{Data, Reader as _, Xlsx, open_workbook};

/// More rows than any form has; a file made to fill the memory stops here.
const MOST_ROWS: usize = 20_000;

/// One sheet: its first row that is not empty names the columns.
#[derive(Default)]
pub struct Sheet {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column's name: `label::English (en)` has the base `label` and the language `English (en)`.
pub struct Column {
    pub base: String,
    pub language: Option<String>,
    pub place: Place,
}

pub struct Row {
    /// Counted from 1, as spreadsheets do.
    pub number: usize,
    /// As many as there are columns.
    pub cells: Vec<String>,
}

/// Where a cell is: its row from 1, its column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub sheet: &'static str,
    pub row: usize,
    pub column: usize,
}

impl Column {
    /// Its name as it is written.
    pub fn name(&self) -> String {
        match &self.language {
            Some(language) => format!("{}::{language}", self.base),
            None => self.base.clone(),
        }
    }
}

impl Place {
    /// The cell's name in spreadsheets: `F7`.
    pub fn cell(self) -> String {
        let mut letters = String::new();
        let mut at = self.column + 1;
        while at > 0 {
            letters.insert(0, char::from(b'A' + u8::try_from((at - 1) % 26).unwrap_or(0)));
            at = (at - 1) / 26;
        }
        format!("{letters}{}", self.row)
    }
}

/// The sheets of an XLSForm. `settings` may be missing.
pub struct Book {
    pub survey: Sheet,
    pub choices: Sheet,
    pub settings: Sheet,
    /// Sheets that are none of these, and not empty.
    pub others: Vec<String>,
}

impl Book {
    /// Whether a column, in whatever language, or a sheet has this name.
    pub fn has(&self, name: &str) -> bool {
        let sheets = [&self.survey, &self.choices, &self.settings];
        let mut columns = sheets.into_iter().flat_map(|sheet| &sheet.columns);
        columns.any(|column| column.base == name || column.name() == name)
            || self.others.iter().any(|other| other == name)
    }

    pub fn open(file: &Path) -> Result<Book> {
        let mut workbook: Xlsx<_> =
            open_workbook(file).with_context(|| format!("cannot read {} as an .xlsx workbook", file.display()))?;
        let mut book = Book {
            survey: Sheet::default(),
            choices: Sheet::default(),
            settings: Sheet::default(),
            others: Vec::new(),
        };
        for name in workbook.sheet_names() {
            let range = workbook.worksheet_range(&name).with_context(|| format!("cannot read the sheet {name}"))?;
            let sheet = match name.trim().to_lowercase().as_str() {
                "survey" => Sheet::of("survey", &range)?,
                "choices" => Sheet::of("choices", &range)?,
                "settings" => Sheet::of("settings", &range)?,
                _ if range.is_empty() => continue,
                _ => {
                    book.others.push(name);
                    continue;
                }
            };
            match sheet.name {
                "survey" => book.survey = sheet,
                "choices" => book.choices = sheet,
                _ => book.settings = sheet,
            }
        }
        if book.survey.columns.is_empty() {
            bail!("{} has no sheet called survey: it is no XLSForm", file.display());
        }
        Ok(book)
    }
}

impl Sheet {
    fn of(name: &'static str, range: &calamine::Range<Data>) -> Result<Sheet> {
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let (first_row, first_column) = (first_row as usize + 1, first_column as usize);
        if range.height() > MOST_ROWS {
            bail!("the sheet {name} has {} rows; no form has more than {MOST_ROWS}", range.height());
        }
        let mut sheet = Sheet { name, ..Sheet::default() };
        for (at, cells) in range.rows().enumerate() {
            let number = first_row + at;
            let cells: Vec<String> = cells.iter().map(text).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if sheet.columns.is_empty() {
                let named = cells.iter().enumerate();
                sheet.columns = named
                    .map(|(at, name_of)| {
                        let (base, language) = match name_of.split_once("::") {
                            Some((base, language)) => (base, Some(language.trim().to_owned())),
                            None => (name_of.as_str(), None),
                        };
                        let base = base.trim().to_lowercase().replace(' ', "_");
                        Column { base, language, place: Place { sheet: name, row: number, column: first_column + at } }
                    })
                    .collect();
            } else {
                sheet.rows.push(Row { number, cells });
            }
        }
        Ok(sheet)
    }

    /// Where a cell is.
    pub fn place(&self, row: &Row, column: usize) -> Place {
        Place { row: row.number, ..self.columns[column].place }
    }

    /// The index of the column with this name and no language.
    pub fn find(&self, base: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.base == base && column.language.is_none())
    }

    /// The text of a column that has no language; empty where there is no such column.
    pub fn get<'r>(&self, row: &'r Row, base: &str) -> &'r str {
        self.find(base).map_or("", |at| row.cells[at].as_str())
    }

    /// Where such a cell is, for messages; the row's first cell where there is no such column.
    pub fn place_of(&self, row: &Row, base: &str) -> Place {
        let in_a_language = || self.columns.iter().position(|column| column.base == base);
        self.place(row, self.find(base).or_else(in_a_language).unwrap_or(0))
    }
}

/// A cell as a person sees it: numbers without a needless fraction, no surrounding space.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        cell => cell.to_string().trim().to_owned(),
    }
}
