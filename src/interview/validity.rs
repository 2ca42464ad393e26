//! Which answers are acceptable. Codes here, words in [`crate::words`].

use crate::response::Answer;
use crate::survey::{Column, Kind, Survey};

/// An answer that is not acceptable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The column.
    pub column: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has to be answered.
    Required,
    /// The option picked asks for words beside it.
    Unspecified,
    /// Not a whole number.
    NotANumber,
    /// Less than the smallest allowed.
    TooSmall(i64),
    /// More than the largest allowed.
    TooLarge(i64),
    /// More characters than allowed.
    TooLong(u32),
    /// No answer of this question.
    Unknown,
}

/// Words beside an option may be this long.
pub const SPECIFIED_LENGTH: u32 = 200;

/// Numbers lie within plus and minus this; JavaScript and spreadsheets keep them exactly.
pub const WIDEST_NUMBER: i64 = 1_000_000_000_000;

/// An answer as it is kept: options in the order of the definition and each
/// once, no words without an option that asks for them, no empty texts.
pub(super) fn tidy(column: &Column<'_>, answer: Option<Answer>) -> Option<Answer> {
    match answer? {
        Answer::Text(text) if text.trim().is_empty() => None,
        Answer::Picked { options, specified } => {
            let known = column.question.options();
            let picked = || known.iter().filter(|option| options.contains(&option.id));
            let kept: Vec<String> = picked().map(|option| option.id.clone()).collect();
            let specified = specified.filter(|_| picked().any(|option| option.specify));
            let specified = specified.filter(|words| !words.trim().is_empty());
            (!kept.is_empty()).then_some(Answer::Picked { options: kept, specified })
        }
        answer => Some(answer),
    }
}

/// What is wrong with an answer, if anything.
pub fn check(survey: &Survey, column: &Column<'_>, answer: Option<&Answer>) -> Option<Invalid> {
    let why = match answer {
        None => column.question.required.then_some(Why::Required),
        Some(answer) => wrong(survey, column, answer),
    };
    why.map(|why| Invalid { column: column.id.to_owned(), why })
}

fn wrong(survey: &Survey, column: &Column<'_>, answer: &Answer) -> Option<Why> {
    let fits = |ok: bool| (!ok).then_some(Why::Unknown);
    let too_long = |text: &str, most: u32| (text.chars().count() > most as usize).then_some(Why::TooLong(most));
    match (&column.question.kind, answer) {
        (Kind::Rating { scale, .. } | Kind::Matrix { scale, .. }, Answer::Level(code)) => {
            fits(survey.scale(scale).is_some_and(|scale| scale.levels.iter().any(|level| level.code == *code)))
        }
        (Kind::Rating { scale, .. } | Kind::Matrix { scale, .. }, Answer::Missing(reason)) => {
            fits(survey.scale(scale).is_some_and(|scale| scale.missing.iter().any(|m| m.reason == *reason)))
        }
        (Kind::Single { options } | Kind::Contacts { options }, Answer::Picked { options: picked, .. })
            if picked.len() != 1 || !options.iter().any(|option| option.id == picked[0]) =>
        {
            Some(Why::Unknown)
        }
        (Kind::Multiple { options }, Answer::Picked { options: picked, .. })
            if picked.len() > 1 && options.iter().any(|o| o.exclusive && picked.contains(&o.id)) =>
        {
            Some(Why::Unknown)
        }
        (
            Kind::Single { options } | Kind::Contacts { options } | Kind::Multiple { options },
            Answer::Picked { options: picked, specified },
        ) => match specified {
            Some(words) => too_long(words, SPECIFIED_LENGTH),
            None => options.iter().any(|o| o.specify && picked.contains(&o.id)).then_some(Why::Unspecified),
        },
        (Kind::Number { min, max }, Answer::Number(number)) => {
            let (min, max) = (min.unwrap_or(-WIDEST_NUMBER), max.unwrap_or(WIDEST_NUMBER));
            match number {
                number if *number < min => Some(Why::TooSmall(min)),
                number if *number > max => Some(Why::TooLarge(max)),
                _ => None,
            }
        }
        (Kind::Number { .. }, Answer::Text(_)) => Some(Why::NotANumber),
        (Kind::Text { max_length }, Answer::Text(text)) => too_long(text, *max_length),
        _ => Some(Why::Unknown),
    }
}
