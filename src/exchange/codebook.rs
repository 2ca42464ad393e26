//! The codebook: every column of the response CSV and every value it can have, with its words.

use super::responses::ATTRIBUTE_LABELS;
use super::spss::{Source, Variable, missing_code, option_codes, variables};
use super::{Reader, cell, write};
use crate::survey::{Column, Missing, Survey};

const HEADER: [&str; 9] =
    ["column", "kind", "question", "factor", "value", "label", "satisfied", "spss_variable", "spss_value"];

/// Writes it, with words in `language`: a line for a column, then a line for each of its values.
pub fn write_codebook(survey: &Survey, language: &str, reader: Reader) -> String {
    let rows = variables(survey, language).into_iter().flat_map(|variable| lines(survey, &variable));
    write(reader, std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(rows))
}

fn lines(survey: &Survey, variable: &Variable<'_>) -> Vec<Vec<String>> {
    let (column, kind, of): (String, &str, Option<Column<'_>>) = match variable.source {
        Source::Attribute(at) => (ATTRIBUTE_LABELS[at].0.to_owned(), "attribute", None),
        Source::Level(of) => (of.id.to_owned(), "rating", Some(of)),
        Source::Choice(of) => (of.id.to_owned(), "single", Some(of)),
        Source::Picked(of, _) => (of.id.to_owned(), "multiple", Some(of)),
        Source::Number(of) => (of.id.to_owned(), "number", Some(of)),
        Source::Words(of) => (of.id.to_owned(), "text", Some(of)),
        Source::Specified(of) => (format!("{}_other", of.id), "text", Some(of)),
    };
    let factor = of.and_then(|of| of.factor()).unwrap_or_default();
    let line = |value: String, label: &str, satisfied: &str, spss_value: String| {
        vec![
            column.clone(),
            kind.to_owned(),
            cell::guard(&variable.label),
            factor.to_owned(),
            value,
            cell::guard(label),
            satisfied.to_owned(),
            variable.name.clone(),
            spss_value,
        ]
    };
    let head = line(String::new(), "", "", String::new());
    let values = variable.values.iter().map(|(code, label)| {
        let missing = [Missing::NotApplicable, Missing::NoOpinion, Missing::NoAnswer];
        let missing = missing.into_iter().find(|missing| missing_code(&variable.source, *missing) == *code);
        let level = of.and_then(|of| survey.scale(of.scale()?)).into_iter().flat_map(|scale| &scale.levels);
        let level = level.into_iter().find(|level| i64::from(level.code) == *code);
        let (value, satisfied) = match (&variable.source, missing) {
            (_, Some(missing)) => (missing.code().to_owned(), ""),
            (Source::Level(_), None) => {
                (code.to_string(), if level.is_some_and(|level| level.satisfied) { "yes" } else { "no" })
            }
            (Source::Picked(_, option), None) => (if *code == 1 { (*option).to_owned() } else { String::new() }, ""),
            (Source::Choice(of), None) => {
                let at = option_codes(of).iter().position(|own| own == code);
                let option = at.and_then(|at| of.question.options().get(at));
                (option.map_or(String::new(), |option| option.id.clone()), "")
            }
            (_, None) => (String::new(), ""),
        };
        line(value, label, satisfied, code.to_string())
    });
    [head].into_iter().chain(values).collect()
}
