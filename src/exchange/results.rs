//! The results CSV: one row a figure.

use super::{Reader, cell, write};
use crate::report::Results;
use crate::scoring::MeasureKind;

const HEADER: [&str; 19] = [
    "survey",
    "edition",
    "measure",
    "measure_kind",
    "text",
    "answer",
    "fields",
    "formula",
    "numerator",
    "denominator",
    "respondents",
    "generated",
    "percent",
    "mean",
    "target",
    "target_from",
    "target_until",
    "threshold",
    "verdict",
];

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

/// Writes the figures, with the measures' headings in `language`.
pub fn write_results(results: &Results, language: &str, reader: Reader) -> String {
    let records = results.records();
    let rows = records.iter().map(|record| {
        vec![
            cell::guard(&record.survey),
            cell::guard(&record.edition),
            cell::guard(&record.measure),
            kind_code(record.measure_kind).to_owned(),
            cell::guard(record.text.get(language, "vi")),
            cell::guard(record.answer.as_deref().unwrap_or("")),
            cell::guard(&record.fields),
            record.formula.to_owned(),
            record.numerator.to_string(),
            record.denominator.to_string(),
            record.respondents.to_string(),
            record.generated.to_string(),
            record.percent_shown.clone().unwrap_or_default(),
            record.mean.map(|mean| mean.to_string()).unwrap_or_default(),
            cell::guard(record.target.as_deref().unwrap_or("")),
            record.target_from.map(|day| day.to_string()).unwrap_or_default(),
            record.target_until.map(|day| day.to_string()).unwrap_or_default(),
            record.threshold.map(|threshold| threshold.to_string()).unwrap_or_default(),
            record.verdict.map_or("", |verdict| verdict.code()).to_owned(),
        ]
    });
    let header = HEADER.iter().map(ToString::to_string).collect();
    write(reader, std::iter::once(header).chain(rows))
}
