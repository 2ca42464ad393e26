//! Responses for SPSS and PSPP: a CSV file of numbers, and the syntax that reads it and says what they mean.
//!
//! The kit's own response CSV holds words, such as `no_answer` beside levels. Statistics programs want numbers:
//! options are counted from 1 (contacts are so many), several options have a variable of 0 and 1 each, and what is missing has codes below
//! zero, declared as missing. What was not asked is empty.

use std::collections::BTreeSet;

use super::responses::ATTRIBUTE_LABELS;
use super::{Reader, cell, write};
use crate::response::{Answer, Origin, Response};
use crate::survey::{Column, Kind, Missing, Survey, Text};

/// The most bytes of a label of a variable, and of a value, that SPSS keeps.
const LABEL: usize = 255;
const VALUE_LABEL: usize = 120;
/// The most bytes of a text, and of a piece of one on a line of syntax.
const TEXT: usize = 32_767;
const PIECE: usize = 180;

/// The two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spss {
    /// The numbers: UTF-8 without a byte order mark.
    pub data: String,
    /// The syntax, which names the file of the numbers.
    pub syntax: String,
}

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Variable<'s> {
    /// A name that SPSS takes.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Where its values come from.
    pub source: Source<'s>,
    /// Its values and what they mean, those of missing answers last.
    pub values: Vec<(i64, String)>,
}

/// Where the values of a variable come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'s> {
    /// The attribute at this place.
    Attribute(usize),
    /// A rating: the code of its level.
    Level(Column<'s>),
    /// One option of several: its number, see [`option_codes`].
    Choice(Column<'s>),
    /// Whether this option was picked among others.
    Picked(Column<'s>, &'s str),
    /// A number.
    Number(Column<'s>),
    /// Words.
    Words(Column<'s>),
    /// The words beside an option.
    Specified(Column<'s>),
}

/// What a missing answer is in a variable: out of the way of what can be answered.
pub(super) fn missing_code(source: &Source<'_>, missing: Missing) -> i64 {
    let code = match missing {
        Missing::NotApplicable => -7,
        Missing::NoOpinion => -8,
        Missing::NoAnswer => -9,
    };
    match source {
        Source::Number(column) if !matches!(column.question.kind, Kind::Number { min: Some(0..), .. }) => {
            code - 999_999_990
        }
        _ => code,
    }
}

/// The variables of a survey, in the order of the kit's own columns.
pub(super) fn variables<'s>(survey: &'s Survey, language: &str) -> Vec<Variable<'s>> {
    let text = |text: &Text| text.get(language, survey.fallback()).to_owned();
    let vi = language == "vi";
    let mut taken = BTreeSet::new();
    let mut found: Vec<Variable<'s>> = Vec::new();
    for (at, (id, label_vi, label_en)) in ATTRIBUTE_LABELS.iter().enumerate() {
        let label = (if vi { label_vi } else { label_en }).to_string();
        found.push(Variable { name: name(id, &mut taken), label, source: Source::Attribute(at), values: Vec::new() });
    }
    for column in survey.csv_columns() {
        let label = text(column.text());
        let mut add = |id: &str, label: String, source: Source<'s>, values: Vec<(i64, String)>| {
            let missing = [Missing::NotApplicable, Missing::NoOpinion, Missing::NoAnswer];
            let missing =
                missing.map(|missing| (missing_code(&source, missing), missing_label(missing, vi).to_owned()));
            let is_number = !matches!(source, Source::Words(_) | Source::Specified(_));
            let values = values.into_iter().chain(missing.into_iter().filter(|_| is_number)).collect();
            found.push(Variable { name: name(id, &mut taken), label, source, values });
        };
        let options = column.question.options();
        match &column.question.kind {
            Kind::Rating { .. } | Kind::Matrix { .. } => {
                let levels = column.scale().and_then(|id| survey.scale(id)).into_iter().flat_map(|scale| &scale.levels);
                let levels = levels.map(|level| (i64::from(level.code), text(&level.text))).collect();
                add(column.id, label, Source::Level(column), levels);
            }
            Kind::Single { .. } | Kind::Contacts { .. } => {
                let codes = option_codes(&column).into_iter();
                let options = codes.zip(options).map(|(number, option)| (number, text(&option.text))).collect();
                add(column.id, label, Source::Choice(column), options);
            }
            Kind::Multiple { .. } => {
                for option in options {
                    let yes_no = if vi { ["Không chọn", "Chọn"] } else { ["Not chosen", "Chosen"] };
                    let values = (0..).zip(yes_no.map(str::to_owned)).collect();
                    let label = format!("{}: {}", text(&option.text), label);
                    add(&format!("{}_{}", column.id, option.id), label, Source::Picked(column, &option.id), values);
                }
            }
            Kind::Number { .. } => add(column.id, label, Source::Number(column), Vec::new()),
            Kind::Text { .. } => add(column.id, label, Source::Words(column), Vec::new()),
        }
        if column.has_specify() {
            let label = text(column.text());
            add(&format!("{}_other_text", column.id), label, Source::Specified(column), Vec::new());
        }
    }
    found
}

/// The numbers of a question's options: how often for contacts, else from 1.
pub(super) fn option_codes(column: &Column<'_>) -> Vec<i64> {
    let options = column.question.options();
    let times: Vec<i64> = options.iter().filter_map(|option| option.times).map(i64::from).collect();
    let is_sound = times.len() == options.len() && times.windows(2).all(|pair| pair[0] < pair[1]);
    if is_sound { times } else { (1..).take(options.len()).collect() }
}

fn missing_label(missing: Missing, vi: bool) -> &'static str {
    match (missing, vi) {
        (Missing::NotApplicable, true) => "Không áp dụng",
        (Missing::NotApplicable, false) => "Not applicable",
        (Missing::NoOpinion, true) => "Không có ý kiến",
        (Missing::NoOpinion, false) => "No opinion",
        (Missing::NoAnswer, true) => "Không trả lời",
        (Missing::NoAnswer, false) => "Not answered",
    }
}

/// A name that SPSS takes and that no other variable has, whatever the letters' case.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    const RESERVED: [&str; 14] =
        ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "comment"];
    let mut name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || RESERVED.contains(&name.to_lowercase().as_str()) {
        name = format!("v_{name}");
    }
    name.truncate(60);
    let name = name.trim_end_matches('_').to_owned();
    let mut own = name.clone();
    let mut number = 2;
    while !taken.insert(own.to_lowercase()) {
        own = format!("{name}_{number}");
        number += 1;
    }
    own
}

impl Source<'_> {
    /// The cell of a response.
    fn cell(&self, response: &Response) -> String {
        let answer = |column: &Column<'_>| response.answers.get(column.id);
        let coded = |column: &Column<'_>, number: &dyn Fn(&Answer) -> Option<i64>| match answer(column) {
            Some(Answer::Missing(missing)) => missing_code(self, *missing).to_string(),
            Some(other) => number(other).map(|number| number.to_string()).unwrap_or_default(),
            None => String::new(),
        };
        match self {
            Source::Attribute(at) => attribute(response, *at),
            Source::Level(column) => coded(column, &|answer| match answer {
                Answer::Level(code) => Some(i64::from(*code)),
                _ => None,
            }),
            Source::Choice(column) => coded(column, &|answer| match answer {
                Answer::Picked { options, .. } => {
                    let at = column.question.options().iter().position(|option| Some(&option.id) == options.first())?;
                    option_codes(column).get(at).copied()
                }
                _ => None,
            }),
            Source::Picked(column, own) => coded(column, &|answer| match answer {
                Answer::Picked { options, .. } => Some(i64::from(options.iter().any(|option| option == own))),
                _ => None,
            }),
            Source::Number(column) => coded(column, &|answer| match answer {
                Answer::Number(number) => Some(*number),
                _ => None,
            }),
            Source::Words(column) => match answer(column) {
                Some(Answer::Text(text)) => words(text),
                _ => String::new(),
            },
            Source::Specified(column) => match answer(column) {
                Some(Answer::Picked { specified: Some(text), .. }) => words(text),
                _ => String::new(),
            },
        }
    }
}

/// A text on one line: SPSS begins a new case at every line end, quoted or not.
fn words(text: &str) -> String {
    let line = text.split(['\r', '\n']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    cell::guard(&line)
}

fn attribute(response: &Response, at: usize) -> String {
    let a = &response.attributes;
    let optional = |value: &Option<String>| words(value.as_deref().unwrap_or(""));
    match at {
        0 => words(&response.id),
        1 => words(&response.survey),
        2 => words(&response.edition),
        3 => optional(&a.unit),
        4 => optional(&a.field),
        5 => optional(&a.counter),
        6 => optional(&a.officer),
        7 => optional(&a.channel),
        8 => words(&response.language),
        9 => response.started_at.format("%d-%b-%Y %H:%M:%S").to_string(),
        10 => response.finished_at.format("%d-%b-%Y %H:%M:%S").to_string(),
        11 => response.status.code().to_owned(),
        _ => response.origin.code().to_owned(),
    }
}

impl Spss {
    /// Both files of these responses; `file` is the name of the data's.
    pub fn of(survey: &Survey, responses: &[Response], language: &str, file: &str) -> Spss {
        let variables = variables(survey, language);
        let header = variables.iter().map(|variable| variable.name.clone()).collect();
        let rows: Vec<Vec<String>> = responses
            .iter()
            .map(|response| variables.iter().map(|variable| variable.source.cell(response)).collect())
            .collect();
        let longest = |at: usize| rows.iter().map(|row: &Vec<String>| row[at].len()).max().unwrap_or(0).clamp(1, TEXT);
        let formats: Vec<String> = variables
            .iter()
            .enumerate()
            .map(|(at, variable)| match variable.source {
                Source::Attribute(9 | 10) => "DATETIME20".to_owned(),
                Source::Attribute(_) | Source::Words(_) | Source::Specified(_) => format!("A{}", longest(at)),
                Source::Number(_) => "F12.0".to_owned(),
                Source::Level(_) | Source::Choice(_) | Source::Picked(..) => "F4.0".to_owned(),
            })
            .collect();
        let generated = responses.iter().filter(|response| response.origin == Origin::Generated).count();
        let syntax = syntax(survey, &variables, &formats, (responses.len(), generated), file);
        Spss { data: write(Reader::Machine, std::iter::once(header).chain(rows)), syntax }
    }
}

fn syntax(
    survey: &Survey,
    variables: &[Variable<'_>],
    formats: &[String],
    counts: (usize, usize),
    file: &str,
) -> String {
    let mut lines = vec![
        "* Encoding: UTF-8.".to_owned(),
        format!("* Survey {}, edition {}.", comment(&survey.id), comment(&survey.edition)),
        format!("* Responses: {}, of these generated samples: {}.", counts.0, counts.1),
        "* Run this in the folder of the data, or put its path into the line with FILE.".to_owned(),
        String::new(),
        "GET DATA".to_owned(),
        "  /TYPE=TXT".to_owned(),
        format!("  /FILE={}", quoted(file, TEXT)),
        "  /ENCODING='UTF8'".to_owned(),
        "  /ARRANGEMENT=DELIMITED".to_owned(),
        "  /FIRSTCASE=2".to_owned(),
        "  /DELIMITERS=','".to_owned(),
        "  /QUALIFIER='\"'".to_owned(),
        "  /VARIABLES=".to_owned(),
    ];
    lines.extend(variables.iter().zip(formats).map(|(variable, format)| format!("    {} {format}", variable.name)));
    lines.extend(["  .".to_owned(), String::new(), "VARIABLE LABELS".to_owned()]);
    let labels = variables.iter().map(|variable| format!("{} {}", variable.name, quoted(&variable.label, LABEL)));
    lines.extend(labels.enumerate().map(|(at, label)| format!("  {}{label}", if at == 0 { "" } else { "/" })));
    lines.extend(["  .".to_owned(), String::new()]);
    let valued: Vec<&Variable<'_>> = variables.iter().filter(|variable| !variable.values.is_empty()).collect();
    if !valued.is_empty() {
        lines.push("VALUE LABELS".to_owned());
        for (at, variable) in valued.iter().enumerate() {
            lines.push(format!("  {}{}", if at == 0 { "" } else { "/" }, variable.name));
            let values = variable.values.iter();
            lines.extend(values.map(|(value, label)| format!("    {value} {}", quoted(label, VALUE_LABEL))));
        }
        lines.extend(["  .".to_owned(), String::new()]);
        for variable in &valued {
            let codes = [Missing::NotApplicable, Missing::NoOpinion, Missing::NoAnswer];
            let codes = codes.map(|missing| missing_code(&variable.source, missing).to_string()).join(", ");
            lines.push(format!("MISSING VALUES {} ({codes}).", variable.name));
        }
        lines.push(String::new());
        for variable in &valued {
            let level = match variable.source {
                Source::Level(_) => "ORDINAL",
                Source::Number(_) => "SCALE",
                _ => "NOMINAL",
            };
            lines.push(format!("VARIABLE LEVEL {} ({level}).", variable.name));
        }
    }
    lines.extend(["EXECUTE.".to_owned(), String::new()]);
    lines.join("\r\n")
}

/// What may stand in a comment, which ends at a period at the end of a line.
fn comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A text between quotes, in pieces that fit on a line, cut where SPSS would cut it.
fn quoted(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = &text[..text.floor_char_boundary(most)];
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PIECE {
        let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE));
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    let quote = |piece: &str| format!("'{}'", piece.replace('\'', "''"));
    pieces.into_iter().map(quote).collect::<Vec<_>>().join("\r\n      + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_spss_takes() {
        let mut taken = BTreeSet::new();
        let names = ["q1", "long-wait", "Q1", "Comment", "3x", "q-1", "q_1"].map(|id| name(id, &mut taken));
        assert_eq!(names, ["q1", "long_wait", "Q1_2", "v_Comment", "v_3x", "q_1", "q_1_2"]);
        assert!(name(&"a-".repeat(60), &mut taken).len() <= 64);
    }

    #[test]
    fn texts_in_syntax_are_quoted_cut_and_harmless() {
        assert_eq!(quoted("người dân's\n.", LABEL), "'người dân''s .'");
        let long = quoted(&"đ".repeat(200), LABEL);
        assert!(long.lines().all(|line| line.len() < 256));
        assert_eq!(long.matches('đ').count(), 127, "255 bytes");
        assert_eq!(long.matches('\'').count() % 2, 0);
        assert_eq!(words("=1+1\r\nxin\n\nchào"), "'=1+1 xin chào");
    }
}
