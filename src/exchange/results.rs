//! The results CSV: one row a figure.

use super::{Reader, cell, write};
use crate::report::{Record, Results};
use crate::scoring::MeasureKind;

/// A column: its name, and what of a record it holds.
type Column = (&'static str, fn(&Record) -> String);

const COLUMNS: [Column; 37] = [
    ("fields", |r| cell::guard(&r.fields)),
    ("formula", |r| r.formula.to_owned()),
    ("numerator", |r| shown(r.numerator)),
    ("denominator", |r| shown(r.denominator)),
    ("respondents", |r| shown(r.respondents)),
    ("generated", |r| r.generated.to_string()),
    ("percent", |r| r.percent_shown.clone().unwrap_or_default()),
    ("mean", |r| shown(r.mean)),
    ("grade", |r| r.grade.map_or("", |grade| grade.code()).to_owned()),
    ("lower", |r| rounded(r.lower, 2)),
    ("upper", |r| rounded(r.upper, 2)),
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
    ("marked", |r| r.marked.to_string()),
    ("without_marked", |r| rounded(r.without_marked, 2)),
    ("change", |r| rounded(r.change, 2)),
    ("change_lower", |r| rounded(r.change_lower, 2)),
    ("change_upper", |r| rounded(r.change_upper, 2)),
    ("rank", |r| shown(r.rank)),
    ("rank_best", |r| shown(r.rank_best)),
    ("rank_worst", |r| shown(r.rank_worst)),
    ("flags", |r| r.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ")),
];

/// Bounds and the like, as far as they tell anything; JSON has them whole.
fn rounded(value: Option<f64>, decimals: usize) -> String {
    value.map(|value| format!("{value:.decimals$}")).unwrap_or_default()
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
    let mut keys: Vec<&String> = records.iter().flat_map(|record| record.group.keys()).collect();
    keys.sort();
    keys.dedup();
    let has_period = records.iter().any(|record| record.period.is_some());
    let mut header: Vec<String> = ["survey", "edition"].map(str::to_owned).to_vec();
    header.extend(keys.iter().map(|key| format!("by_{key}")));
    header.extend(has_period.then(|| "period".to_owned()));
    header.extend(["measure", "measure_kind", "text", "answer"].map(str::to_owned));
    header.extend(COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    let rows = records.iter().map(|record| {
        let mut row = vec![cell::guard(&record.survey), cell::guard(&record.edition)];
        row.extend(keys.iter().map(|key| cell::guard(record.group.get(*key).map_or("", String::as_str))));
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
