//! Sheets of an .xlsx workbook as tables.

use std::io::{Cursor, Read as _, copy, sink};

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx};

use super::refusal::Refusal;
use super::table::{Row, Source, Table, check_cell, check_columns};

/// Most megabytes of a workbook once it is unpacked.
pub const MOST_MEGABYTES: u64 = 256;
/// Most cells that hold something.
const MOST_CELLS: usize = 8_000_000;
const MOST_ENTRIES: usize = 5_000;

/// Reads every visible sheet that holds something.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    unpacks_to_something_sane(bytes)?;
    let unread = |error: calamine::XlsxError| Refusal::Workbook { message: error.to_string() };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unread)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let is_shown =
        |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let mut tables = Vec::new();
    let mut left = MOST_CELLS;
    for sheet in sheets.iter().filter(is_shown) {
        let table = sheet_of(&mut workbook, &sheet.name, &mut left)?;
        tables.extend(Some(table).filter(|table| !table.rows.is_empty()));
    }
    if tables.is_empty() { Err(Refusal::Empty) } else { Ok(tables) }
}

/// Unpacks everything once, keeping nothing: what an archive says of its own sizes may be untrue.
fn unpacks_to_something_sane(bytes: &[u8]) -> Result<(), Refusal> {
    let unread = |message: String| Refusal::Workbook { message };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unread(error.to_string()))?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb { megabytes: MOST_MEGABYTES });
    }
    let mut left = MOST_MEGABYTES << 20;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| unread(error.to_string()))?;
        let size = copy(&mut entry.take(left + 1), &mut sink()).map_err(|error| unread(error.to_string()))?;
        left = left.checked_sub(size).ok_or(Refusal::Bomb { megabytes: MOST_MEGABYTES })?;
    }
    Ok(())
}

/// Reads one sheet cell by cell: a stray cell far out must not make a table as large as the way to it.
fn sheet_of(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize) -> Result<Table, Refusal> {
    let unread = |error: calamine::XlsxError| Refusal::Workbook { message: error.to_string() };
    let mut table = Table { source: Source { sheet: Some(name.to_owned()), ..Source::default() }, ..Table::default() };
    let mut reader = workbook.worksheet_cells_reader(name).map_err(unread)?;
    while let Some(cell) = reader.next_cell().map_err(unread)? {
        let (row, column) = cell.get_position();
        let (line, column) = (u64::from(row) + 1, column as usize);
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        check_columns(line, column + 1)?;
        check_cell(line, column, &text)?;
        // Rows that go backwards are no sheet of a spreadsheet program.
        if table.rows.last().is_some_and(|last| last.line > line) {
            return Err(Refusal::Workbook { message: format!("{name}: row {line}") });
        }
        if table.rows.last().is_none_or(|last| last.line < line) {
            table.source.empty_rows += line - 1 - table.rows.last().map_or(0, |last| last.line);
            table.rows.push(Row { line, cells: Vec::new() });
        }
        let Some(last) = table.rows.last_mut() else { continue };
        if last.cells.len() <= column {
            *left = left
                .checked_sub(column + 1 - last.cells.len())
                .ok_or(Refusal::TooLarge { megabytes: MOST_CELLS >> 17 })?;
            last.cells.resize(column + 1, String::new());
        }
        last.cells[column] = text;
    }
    Ok(table)
}

/// A cell as text: dates in ISO 8601, whole numbers without a point.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let second = second + u8::from(milli >= 500 && second < 59);
            let day = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => day,
                _ => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => Data::from(other.clone()).to_string(),
    }
}
