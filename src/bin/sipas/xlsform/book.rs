//! The sheets of a workbook as text, each cell with its place.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use calamine::{DataRef, Reader as _, Xlsx, open_workbook};

type Workbook = Xlsx<std::io::BufReader<std::fs::File>>;

/// More rows than any form has; a file made to fill the memory stops here.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 500;

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
        let mut workbook: Workbook =
            open_workbook(file).with_context(|| format!("cannot read {} as an .xlsx workbook", file.display()))?;
        let mut book = Book {
            survey: Sheet::default(),
            choices: Sheet::default(),
            settings: Sheet::default(),
            others: Vec::new(),
        };
        for name in workbook.sheet_names() {
            let cells = cells_of(&mut workbook, &name)?;
            let sheet = match name.trim().to_lowercase().as_str() {
                "survey" => Sheet::of("survey", cells),
                "choices" => Sheet::of("choices", cells),
                "settings" => Sheet::of("settings", cells),
                _ if cells.is_empty() => continue,
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
    fn of(name: &'static str, cells: BTreeMap<(usize, usize), String>) -> Sheet {
        let mut rows: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        for ((row, column), text) in cells {
            rows.entry(row).or_default().insert(column, text);
        }
        let mut sheet = Sheet { name, ..Sheet::default() };
        let width = rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
        let mut rows = rows.into_iter();
        if let Some((row, header)) = rows.next() {
            sheet.columns = (0..width)
                .map(|column| {
                    let name_of = header.get(&column).map_or("", String::as_str);
                    let (base, language) = match name_of.split_once("::") {
                        Some((base, language)) => (base, Some(language.trim().to_owned())),
                        None => (name_of, None),
                    };
                    let base = base.trim().to_lowercase().replace(' ', "_");
                    Column { base, language, place: Place { sheet: name, row: row + 1, column } }
                })
                .collect();
        }
        for (row, mut cells) in rows {
            let cells = (0..width).map(|column| cells.remove(&column).unwrap_or_default()).collect();
            sheet.rows.push(Row { number: row + 1, cells });
        }
        sheet
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

/// The cells of a sheet that hold something, by row and column from 0. They are read one by one:
/// a single stray cell far out must not make a table as large as the way to it.
fn cells_of(workbook: &mut Workbook, name: &str) -> Result<BTreeMap<(usize, usize), String>> {
    let unread = || format!("cannot read the sheet {name}");
    let mut reader = workbook.worksheet_cells_reader(name).with_context(unread)?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().with_context(unread)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let at = || Place { sheet: "", row: row + 1, column }.cell();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Float(number) => number.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            DataRef::String(text) => text.trim().to_owned(),
            DataRef::SharedString(text) => text.trim().to_owned(),
            // What stands there depends on how the spreadsheet would show it.
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
                bail!("sheet {name}, cell {}: a date or time; format the cell as text and type it again", at())
            }
            DataRef::Error(error) => bail!("sheet {name}, cell {}: {error}; mend the formula", at()),
        };
        if text.is_empty() {
            continue;
        }
        ensure!(
            row < MOST_ROWS && column < MOST_COLUMNS,
            "sheet {name}, cell {}: no form has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns",
            at()
        );
        cells.insert((row, column), text);
    }
    Ok(cells)
}
