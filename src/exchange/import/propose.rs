//! Finding the header of a table, and which of its columns is which question.

use std::collections::BTreeMap;

use super::mapping::{Evidence, Layout, MappedColumn, Mapping, SURE, Target, fingerprint};
use super::moment::{self, DateOrder};
use super::names::{Found, Names, layout_of, rank};
use super::table::{Row, Table};
use super::value::{Said, Values};
use crate::survey::Survey;

/// Rows in which the header is looked for.
const HEADER_WITHIN: usize = 12;
/// Values of a column that are looked at.
const LOOKED_AT: usize = 200;
/// Columns whose names are compared with those of questions; comparing takes long.
const COMPARED: usize = 300;
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS: usize = 60;

/// Proposes how to read a table as responses to a survey.
pub fn propose(table: &Table, survey: &Survey) -> Mapping {
    let names = Names::of(survey);
    let header = header_of(&table.rows, &names);
    let titles = titles(&table.rows, header.above, header.rows);
    let layout = layout_of(titles.iter().map(String::as_str));
    let body = table.rows.get(header.above + header.rows..).unwrap_or_default();
    let dates = moment::order_of(moments(&titles, body, &names, layout));
    let agreed = BTreeMap::new();
    let mut columns: Vec<MappedColumn> = Vec::new();
    for (at, title) in titles.iter().enumerate() {
        let found = names.find(title, layout).filter(|_| !title.is_empty());
        columns.push(judged(title, found, at, body, survey, layout, dates, &agreed));
    }
    leave_one_each(&mut columns, body);
    similar(&mut columns, &names, body, survey, layout, dates);
    Mapping {
        survey: survey.id.clone(),
        edition: survey.edition.clone(),
        layout,
        fingerprint: fingerprint(titles.iter().map(String::as_str)),
        rows_above: header.above,
        header_rows: header.rows,
        dates,
        given: BTreeMap::new(),
        columns,
    }
}

/// How well a mapping fits: its confident columns with answers, as a share of the survey's.
#[allow(clippy::cast_precision_loss)]
pub fn fit(mapping: &Mapping, survey: &Survey) -> f64 {
    let answers = mapping
        .columns
        .iter()
        .filter(|column| matches!(column.used(), Some(Target::Answer(_) | Target::Option { .. })));
    let confident: f64 = answers.map(|column| column.confidence).sum();
    confident / survey.csv_columns().count().max(1) as f64
}

/// The names of the columns of a table whose header is known.
pub(super) fn titles(rows: &[Row], above: usize, count: usize) -> Vec<String> {
    let rows = rows.get(above..above + count).unwrap_or_default();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let Some((last, uppers)) = rows.split_last() else { return Vec::new() };
    let mut heading = String::new();
    (0..width)
        .map(|at| {
            let upper = uppers.first().map_or("", |row| row.get(at));
            let lower = last.get(at);
            // A merged cell holds its text in the first of its columns only.
            if !upper.is_empty() {
                upper.clone_into(&mut heading);
            }
            let name = match (heading.is_empty() || uppers.is_empty(), lower.is_empty()) {
                (true, _) => lower.to_owned(),
                (false, true) => upper.to_owned(),
                (false, false) => format!("{heading} [{lower}]"),
            };
            crate::exchange::cell::unguard(&name)
        })
        .collect()
}

struct Header {
    above: usize,
    rows: usize,
}

/// The rows that name the most questions.
fn header_of(rows: &[Row], names: &Names) -> Header {
    let named = |above: usize, count: usize| {
        let titles = titles(rows, above, count);
        let layout = layout_of(titles.iter().map(String::as_str));
        let mut found: Vec<Target> = titles.iter().filter_map(|title| Some(names.find(title, layout)?.0)).collect();
        found.sort();
        found.dedup();
        found.len()
    };
    let mut best = (0, Header { above: 0, rows: 1 });
    for above in 0..rows.len().min(HEADER_WITHIN) {
        let one = named(above, 1);
        if one > best.0 {
            best = (one, Header { above, rows: 1 });
        }
        // Two rows only where the lower one adds something.
        if above + 1 < rows.len() && named(above, 2) > best.0.max(one) {
            best = (named(above, 2), Header { above, rows: 2 });
        }
    }
    // Codes, and below them the same questions as texts.
    let below = best.1.above + 1;
    if best.1.rows == 1 && best.0 > 2 && below < rows.len() && named(below, 1) * 2 > best.0 {
        best.1.rows = 2;
    }
    best.1
}

/// What the columns with times hold.
fn moments<'r>(
    titles: &[String],
    body: &'r [Row],
    names: &Names,
    layout: Layout,
) -> impl Iterator<Item = &'r str> + use<'r> {
    let is_moment = |title: &String| matches!(names.find(title, layout), Some((Target::Attribute(name), _)) if name == "finished_at" || name == "started_at");
    let places: Vec<usize> = (0..titles.len()).filter(|at| is_moment(&titles[*at])).collect();
    body.iter().take(5_000).flat_map(move |row| places.clone().into_iter().map(|at| row.get(at)))
}

/// A column with what speaks for its being what was found.
#[allow(clippy::too_many_arguments)]
fn judged(
    title: &str,
    found: Option<Found>,
    at: usize,
    body: &[Row],
    survey: &Survey,
    layout: Layout,
    dates: DateOrder,
    agreed: &BTreeMap<String, String>,
) -> MappedColumn {
    let values: Vec<&str> =
        body.iter().map(|row| row.get(at)).filter(|cell| !cell.is_empty() && *cell != title).take(LOOKED_AT).collect();
    let mut samples: Vec<String> = Vec::new();
    for value in &values {
        let sample: String = value.chars().take(SAMPLE_CHARACTERS).collect();
        if samples.len() < SAMPLES && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    let mut column = MappedColumn {
        header: title.to_owned(),
        to: None,
        confidence: 0.0,
        evidence: Vec::new(),
        samples,
        values: BTreeMap::new(),
    };
    let Some((target, evidence)) = found else { return column };
    let by_name = match evidence {
        Evidence::Id => 1.0,
        Evidence::Text => 0.98,
        Evidence::NormalisedText => 0.95,
        Evidence::TextWithoutMarks => 0.9,
        Evidence::Similar(likeness) => likeness * 0.85,
        Evidence::ValuesFit(_) => 0.0,
    };
    column.evidence.push(evidence);
    let share = fitting(&target, &values, survey, layout, dates, agreed);
    column.evidence.extend(share.map(Evidence::ValuesFit));
    let by_values = share.map_or(1.0, |share| 0.4 + 0.6 * share);
    // The kit's own names are certain: an odd value is refused at its cell.
    let by_values = if layout == Layout::Kit { 1.0 } else { by_values };
    column.confidence = (by_name * by_values * 100.0_f64).round() / 100.0;
    column.to = Some(target);
    column
}

/// The share of values that are answers; none where there are no values, or any would do.
#[allow(clippy::cast_precision_loss)]
fn fitting(
    target: &Target,
    values: &[&str],
    survey: &Survey,
    layout: Layout,
    dates: DateOrder,
    agreed: &BTreeMap<String, String>,
) -> Option<f64> {
    let of = |id: &str| survey.column(id).map(|column| Values::of(survey, column, layout, agreed));
    let fits: Box<dyn Fn(&str) -> bool> = match target {
        Target::Attribute(name) if name == "finished_at" || name == "started_at" => {
            Box::new(move |text| moment::read(text, dates).is_some())
        }
        Target::Attribute(_) | Target::Words(_) => return None,
        Target::Answer(id) => {
            let column = of(id)?;
            Box::new(move |text| column.read(text).0 != Said::Unknown)
        }
        Target::Option { question, option } => {
            let column = of(question)?;
            Box::new(move |text| column.is_picked(option, text).is_some())
        }
    };
    let fitting = values.iter().filter(|value| fits(value)).count();
    (!values.is_empty()).then(|| (fitting as f64 / values.len() as f64 * 100.0).round() / 100.0)
}

/// Of several columns for one thing the best stays. Options of their own are not needed beside the whole answer.
fn leave_one_each(columns: &mut [MappedColumn], body: &[Row]) {
    let is_empty = |at: usize| body.iter().all(|row| row.get(at).is_empty());
    let mut best: BTreeMap<Target, (usize, f64, usize)> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(target) = column.to.clone().filter(|_| column.confidence > 0.0) else { continue };
        let found = (at, column.confidence - if is_empty(at) { 0.5 } else { 0.0 }, rank(&column.header));
        let is_better =
            best.get(&target).is_none_or(|known| found.1 > known.1 || found.1 >= known.1 && found.2 < known.2);
        if is_better {
            best.insert(target, found);
        }
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let Some(target) = &column.to else { continue };
        let whole = match target {
            Target::Option { question, .. } => {
                best.get(&Target::Answer(question.clone())).filter(|known| known.1 >= SURE)
            }
            _ => None,
        };
        if whole.is_some() || best.get(target).is_none_or(|known| known.0 != at) {
            column.to = None;
            column.confidence = 0.0;
        }
    }
}

/// Columns whose names are nearly those of questions that have no column yet.
fn similar(
    columns: &mut [MappedColumn],
    names: &Names,
    body: &[Row],
    survey: &Survey,
    layout: Layout,
    dates: DateOrder,
) {
    let agreed = BTreeMap::new();
    let mut left = COMPARED;
    for at in 0..columns.len() {
        // Names of few letters are like many things.
        if left == 0
            || columns[at].to.is_some()
            || !columns[at].evidence.is_empty()
            || columns[at].header.chars().count() < 8
        {
            continue;
        }
        let taken: Vec<&Target> = columns.iter().filter_map(|column| column.to.as_ref()).collect();
        left -= 1;
        let found = names.nearest(&columns[at].header, |target| !taken.contains(&target));
        if found.is_some() {
            columns[at] = judged(&columns[at].header, found, at, body, survey, layout, dates, &agreed);
        }
    }
}
