//! Responses from files of other programs, and from the kit's own after a spreadsheet has had them.
//!
//! Bytes become text (`encoding`), text becomes a table (`table`; `workbook` for sheets), the
//! table's columns are recognised (`names`, `propose`) and put into a [`Mapping`], which people can
//! read and change; by it each row is translated (`rows`, `value`, `moment`, `translate`) into a row of the
//! kit's own files. These are then read by [`super::responses`] like any other, so there is one
//! place only that decides what a sound response is. Files of the kit's own that nobody has touched
//! ([`is_own`]) need none of this.

mod account;
mod encoding;
mod identity;
mod mapping;
mod moment;
mod names;
mod propose;
mod refusal;
mod rows;
mod syllable;
mod table;
mod translate;
mod value;
mod wording;
mod workbook;

pub use account::{Account, Repair};
pub use encoding::Encoding;
pub use mapping::{Evidence, Layout, MappedColumn, Mapping, SURE, Target};
pub use moment::DateOrder;
pub use propose::{fit, propose};
pub use refusal::Refusal;
pub use table::{Row, Source, Table, read_tables};
pub use translate::{Translation, translate};

use chrono::DateTime;
use csv::ByteRecord;

use super::responses::{open, without_bom};
use crate::survey::Survey;

/// How much of a file is looked at to tell whether it is the kit's own.
const BEGINNING: usize = 64 << 10;

/// Whether a file is the kit's own, as it was written or nearly so: by its columns, and by the times of
/// its first rows, which a spreadsheet writes in its own way. Such a file needs no translation, and is
/// read faster and with the same outcome without one.
pub fn is_own(bytes: &[u8]) -> bool {
    let bytes = without_bom(bytes);
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    if beginning.contains(&0) {
        return false;
    }
    let mut reader = open(beginning);
    let Ok(headers) = reader.byte_headers().cloned() else { return false };
    let find = |wanted: &str| headers.iter().position(|name| name.trim_ascii() == wanted.as_bytes());
    let (Some(_), Some(_), Some(_), Some(at)) =
        (find("response_id"), find("survey"), find("edition"), find("finished_at"))
    else {
        return false;
    };
    let mut record = ByteRecord::new();
    let (mut sound, mut rows) = (0, 0);
    while rows < 50 && reader.read_byte_record(&mut record).unwrap_or(false) {
        if reader.position().byte() >= beginning.len() as u64 && beginning.len() < bytes.len() {
            break;
        }
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        rows += 1;
        let moment = record.get(at).and_then(|cell| std::str::from_utf8(cell).ok());
        let is_moment = moment.is_some_and(|text| DateTime::parse_from_rfc3339(text.trim()).is_ok());
        let is_text = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
        sound += u32::from(is_moment && is_text);
    }
    rows == 0 || sound * 2 >= rows
}

/// The table of a file that one of these mappings was made for (which, by its place), else the one
/// that fits the survey best, and how it is read.
///
/// # Errors
/// Where the file as a whole cannot be read.
pub fn read_best(bytes: &[u8], survey: &Survey, kept: &[Mapping]) -> Result<(Table, Mapping, Option<usize>), Refusal> {
    let mut tables = read_tables(bytes)?;
    for at in 0..tables.len() {
        if let Some(place) = kept.iter().position(|mapping| mapping.fits(&tables[at])) {
            return Ok((tables.swap_remove(at), kept[place].clone(), Some(place)));
        }
    }
    let proposed = tables.into_iter().map(|table| {
        let mapping = propose(&table, survey);
        (fit(&mapping, survey), table, mapping)
    });
    let best = proposed.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.rows.len().cmp(&b.1.rows.len())));
    best.map(|(_, table, mapping)| (table, mapping, None)).ok_or(Refusal::Empty)
}

/// A table and how it is read.
pub struct Chosen {
    /// The table.
    pub table: Table,
    /// How it is read as responses to which survey; nothing where it is of none of them.
    pub mapping: Option<Mapping>,
    /// Whether this mapping was kept from an earlier file, or given.
    pub is_kept: bool,
    /// The survey that a file of the kit's own names and that is not among those there are.
    pub unknown: Option<String>,
    /// Whether it may as well be of another survey: then somebody has to say.
    pub is_ambiguous: bool,
}

/// Surveys that fit nearly as well as the best one cannot be told from it by that.
const NEARLY: f64 = 0.04;

/// The table of a file, of whichever survey it is: the one that a kept mapping was made for, else the one
/// that fits one of the surveys best. A file of the kit's own says itself which survey it is of. Of surveys
/// that cannot be told apart the `preferred` one is taken.
///
/// # Errors
/// Where the file as a whole cannot be read.
pub fn choose<'s>(
    bytes: &[u8],
    surveys: impl IntoIterator<Item = &'s Survey>,
    kept: &[Mapping],
    preferred: Option<&str>,
) -> Result<Chosen, Refusal> {
    let mut tables = read_tables(bytes)?;
    for at in 0..tables.len() {
        if let Some(mapping) = kept.iter().find(|mapping| mapping.fits(&tables[at])) {
            let mapping = Some(mapping.clone());
            let table = tables.swap_remove(at);
            return Ok(Chosen { table, mapping, is_kept: true, unknown: None, is_ambiguous: false });
        }
    }
    let surveys: Vec<&Survey> = surveys.into_iter().collect();
    let mut found: Vec<(f64, usize, Mapping)> = Vec::new();
    let mut unknown = None;
    for (at, table) in tables.iter().enumerate() {
        for survey in &surveys {
            let mapping = propose(table, survey);
            let named = (mapping.layout == Layout::Kit).then(|| named(table, &mapping)).flatten();
            if let Some(named) = named.filter(|named| *named != survey.id) {
                unknown = surveys.iter().all(|survey| survey.id != named).then_some(named).or(unknown);
                continue;
            }
            let fit = fit(&mapping, survey);
            found.extend((fit > 0.0).then_some((fit, at, mapping)));
        }
    }
    // The first of the best.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = found.first().map_or(0.0, |best| best.0 * (1.0 - NEARLY));
    found.retain(|(fit, ..)| *fit >= least);
    let is_preferred = |(_, _, mapping): &(f64, usize, Mapping)| preferred == Some(mapping.survey.as_str());
    let place = found.iter().position(is_preferred);
    let is_ambiguous = place.is_none() && found.iter().any(|(.., mapping)| mapping.survey != found[0].2.survey);
    let unknown = unknown.filter(|_| found.is_empty());
    let best = (!found.is_empty()).then(|| found.swap_remove(place.unwrap_or(0)));
    let (at, mapping) = best.map_or((0, None), |(_, at, mapping)| (at, Some(mapping)));
    match at < tables.len() {
        true => Ok(Chosen { table: tables.swap_remove(at), mapping, is_kept: false, unknown, is_ambiguous }),
        false => Err(Refusal::Empty),
    }
}

/// The survey that the rows of one of the kit's own files name.
fn named(table: &Table, mapping: &Mapping) -> Option<String> {
    let is_survey = |column: &MappedColumn| column.to == Some(Target::Attribute("survey".to_owned()));
    let at = mapping.columns.iter().position(is_survey)?;
    let body = table.rows.get(mapping.rows_above + mapping.header_rows..)?;
    body.iter().map(|row| row.get(at)).find(|cell| !cell.is_empty()).map(str::to_owned)
}
