//! The texts of a report that officials write: what stands there until they do.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::figures;
use super::report::Facts;
use crate::report::day_in;
use crate::words::fill;
use crate::words::report::Word;

/// A text that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The body above the one that issues it.
    Superior,
    /// The body that issues it.
    Body,
    /// Number and symbol.
    Number,
    /// Place and date.
    PlaceAndDate,
    /// What it is about.
    Subject,
    /// The first paragraphs.
    Opening,
    /// What is to be thought of the figures.
    Assessment,
    /// What is to be done.
    Proposals,
    /// To whom it goes, a line each.
    Recipients,
    /// In whose place it is signed.
    Authority,
    /// The signer's office.
    Position,
    /// The signer's name.
    Signer,
}

/// What was written, by the id of the field. What is not there stands as it is proposed; an empty
/// text is left out of the report.
pub type Texts = BTreeMap<String, String>;

impl Field {
    /// All of them, in the order of the report.
    pub const ALL: [Field; 12] = [
        Field::Superior,
        Field::Body,
        Field::Number,
        Field::PlaceAndDate,
        Field::Subject,
        Field::Opening,
        Field::Assessment,
        Field::Proposals,
        Field::Recipients,
        Field::Authority,
        Field::Position,
        Field::Signer,
    ];

    /// Its name where texts are kept.
    pub fn id(self) -> &'static str {
        match self {
            Field::Superior => "superior",
            Field::Body => "body",
            Field::Number => "number",
            Field::PlaceAndDate => "place-and-date",
            Field::Subject => "subject",
            Field::Opening => "opening",
            Field::Assessment => "assessment",
            Field::Proposals => "proposals",
            Field::Recipients => "recipients",
            Field::Authority => "authority",
            Field::Position => "position",
            Field::Signer => "signer",
        }
    }

    /// Whether it stands above the text, where the public version has it, too.
    pub fn is_in_head(self) -> bool {
        matches!(self, Field::Superior | Field::Body | Field::Number | Field::PlaceAndDate | Field::Subject)
    }

    /// What it is called.
    pub fn word(self) -> Word {
        match self {
            Field::Superior => Word::Superior,
            Field::Body => Word::Body,
            Field::Number => Word::Number,
            Field::PlaceAndDate => Word::PlaceAndDate,
            Field::Subject => Word::Subject,
            Field::Opening => Word::Opening,
            Field::Assessment => Word::Assessment,
            Field::Proposals => Word::Proposals,
            Field::Recipients => Word::Recipients,
            Field::Authority => Word::Authority,
            Field::Position => Word::Position,
            Field::Signer => Word::Signer,
        }
    }

    /// How many lines there are to write it in.
    pub fn lines(self) -> u32 {
        match self {
            Field::Opening | Field::Assessment | Field::Proposals => 5,
            Field::Recipients => 3,
            Field::Subject => 2,
            _ => 1,
        }
    }

    /// What stands there until somebody writes it.
    pub fn proposed(self, facts: &Facts<'_>) -> String {
        let language = facts.language;
        let survey = &facts.definition.survey;
        let say = |word: Word| word.say(language).to_owned();
        let body = || survey.issuer.get(language, survey.fallback()).to_owned();
        match self {
            Field::Superior | Field::Proposals | Field::Authority | Field::Signer => String::new(),
            Field::Body => body(),
            Field::Number => say(Word::ProposedNumber),
            Field::PlaceAndDate => place_and_date(facts.today, language),
            Field::Subject => fill(&say(Word::ProposedSubject), &[&facts.title()]),
            Field::Opening => {
                let days = facts.results.days.map(|(from, to)| [from, to].map(|day| day_in(language, day)));
                let [from, to] = days.unwrap_or_else(|| ["…".to_owned(), "…".to_owned()]);
                fill(&say(Word::ProposedOpening), &[&facts.written(Field::Body), &facts.title(), &from, &to])
            }
            Field::Assessment => figures::assessment(facts.results, language),
            Field::Recipients => say(Word::ProposedRecipients),
            Field::Position => say(Word::ProposedPosition),
        }
    }
}

/// Days below ten and the first two months have two digits, so that nothing can be put before them.
fn place_and_date(day: NaiveDate, language: &str) -> String {
    if language != "vi" {
        return fill(Word::ProposedPlaceAndDate.say(language), &[&day.format("%-d %B %Y").to_string(), "", ""]);
    }
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    fill(Word::ProposedPlaceAndDate.say(language), &[&format!("{:02}", day.day()), &month, &day.year().to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_in_administrative_documents() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        assert_eq!(place_and_date(day(1, 5), "vi"), "…, ngày 05 tháng 01 năm 2026");
        assert_eq!(place_and_date(day(11, 21), "vi"), "…, ngày 21 tháng 11 năm 2026");
        assert_eq!(place_and_date(day(3, 9), "en"), "…, 9 March 2026");
    }
}
