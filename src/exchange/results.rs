//! The results CSV: one row a figure.

use super::{Reader, cell, write};
use crate::report::{Record, Results};
use crate::scoring::MeasureKind;
use crate::survey::Missing;

/// A column: its name, and what of a record it holds.
type Column = (&'static str, fn(&Record) -> String);

const COLUMNS: [Column; 39] = [
    ("where", |r| {
        cell::guard(&r.r#where.iter().map(|(key, of)| format!("{key}={}", of.join("|"))).collect::<Vec<_>>().join(" "))
    }),
    ("fields", |r| cell::guard(&r.fields)),
    ("formula", |r| r.formula.to_owned()),
    ("numerator", |r| shown(r.numerator)),
    ("denominator", |r| shown(r.denominator)),
    ("respondents", |r| shown(r.respondents)),
    ("generated", |r| r.generated.to_string()),
    ("percent", |r| r.percent_shown.clone().unwrap_or_default()),
    ("mean", |r| shown(r.mean)),
    ("grade", |r| r.grade.map_or("", |grade| grade.code()).to_owned()),
    ("lower", |r| rounded(r.lower, places(r))),
    ("upper", |r| rounded(r.upper, places(r))),
    ("confidence", |r| r.confidence.to_string()),
    ("standard_error", |r| rounded(r.standard_error, 4)),
    ("design_effect", |r| rounded(r.design_effect, 3)),
    ("effective", |r| rounded(r.effective, 1)),
    ("target", |r| cell::guard(r.target.as_deref().unwrap_or(""))),
    ("target_from", |r| shown(r.target_from)),
    ("target_until", |r| shown(r.target_until)),
    ("threshold", |r| shown(r.threshold)),
    ("verdict", |r| r.verdict.map_or("", |verdict| verdict.code()).to_owned()),
    ("evidence", |r| r.evidence.map_or("", |evidence| evidence.code()).to_owned()),
    ("further", |r| shown(r.further)),
    ("population", |r| shown(r.population)),
    ("sample_needed", |r| shown(r.sample_needed)),
    ("not_applicable", |r| shown(r.not_applicable)),
    ("no_opinion", |r| shown(r.no_opinion)),
    ("no_answer", |r| shown(r.no_answer)),
    ("not_asked", |r| shown(r.not_asked)),
    ("marked", |r| shown(r.marked)),
    ("marks", |r| r.marks.iter().map(|(mark, n)| format!("{mark}:{n}")).collect::<Vec<_>>().join(" ")),
    ("without_marked", |r| rounded(r.without_marked, places(r))),
    ("change", |r| rounded(r.change, places(r))),
    ("change_lower", |r| rounded(r.change_lower, places(r))),
    ("change_upper", |r| rounded(r.change_upper, places(r))),
    ("rank", |r| shown(r.rank)),
    ("rank_best", |r| shown(r.rank_best)),
    ("rank_worst", |r| shown(r.rank_worst)),
    ("flags", |r| r.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ")),
];

/// The value of a key: of all together there is none, and of a group without one it says so.
fn value_cell(value: Option<&String>) -> String {
    match value.map(String::as_str) {
        None => String::new(),
        Some("") => "(none)".to_owned(),
        // A code of a missing answer is no text that could be taken for one.
        Some(value) if Missing::by_code(value).is_some() => value.to_owned(),
        Some(value) => cell::guard(value),
    }
}

/// Bounds and the like, as far as they tell anything; JSON has them whole.
fn rounded(value: Option<f64>, decimals: usize) -> String {
    value.map(|value| format!("{value:.decimals$}")).unwrap_or_default()
}

/// Percentages have two decimals, means of points four.
fn places(record: &Record) -> usize {
    if record.mean.is_some() { 4 } else { 2 }
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The code of a kind of measure in files.
pub fn kind_code(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Overall => "overall",
        MeasureKind::Part => "part",
        MeasureKind::Factor => "factor",
        MeasureKind::Item => "item",
        MeasureKind::Figure => "figure",
    }
}

/// Writes the figures, with the measures' headings in `language`. A breakdown has a column for each
/// of its keys (`by_unit`) and for the period. Several results follow one another.
pub fn write_results(results: &[Results], language: &str, reader: Reader) -> String {
    let records: Vec<Record> = results.iter().flat_map(Results::records).collect();
    let keys: Vec<&String> = results.first().map(|results| results.by.iter().collect()).unwrap_or_default();
    let has_period = records.iter().any(|record| record.period.is_some());
    let mut header: Vec<String> = ["survey", "edition"].map(str::to_owned).to_vec();
    header.extend(keys.iter().map(|key| format!("by_{key}")));
    header.extend(has_period.then(|| "period".to_owned()));
    header.extend(["measure", "measure_kind", "text", "answer"].map(str::to_owned));
    header.extend(COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    let rows = records.iter().map(|record| {
        let mut row = vec![cell::guard(&record.survey), cell::guard(&record.edition)];
        row.extend(keys.iter().map(|key| value_cell(record.group.get(*key))));
        row.extend(has_period.then(|| record.period.clone().unwrap_or_default()));
        row.push(cell::guard(&record.measure));
        row.push(kind_code(record.measure_kind).to_owned());
        row.push(cell::guard(record.text.get(language, "vi")));
        row.push(cell::guard(record.answer.as_deref().unwrap_or("")));
        row.extend(COLUMNS.iter().map(|(_, of)| of(record)));
        row
    });
    write(reader, std::iter::once(header).chain(rows))
}
