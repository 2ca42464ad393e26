//! What groups are called: their keys, and the values of these.

use super::desk::Library;
use crate::dataset::{Key, Period};
use crate::survey::method::Definition;
use crate::survey::{Attribute, Missing};
use crate::words::office::Word;

/// What a key is called.
pub fn key_name(definition: &Definition, key: &Key, language: &str) -> String {
    let word = match key {
        Key::Column("unit") => Word::KeyUnit,
        Key::Column("field") => Word::KeyField,
        Key::Column("channel") => Word::KeyChannel,
        Key::Column("counter") => Word::KeyCounter,
        Key::Column("officer") => Word::KeyOfficer,
        Key::Column("language") => Word::KeyLanguage,
        Key::Column("status") => Word::KeyStatus,
        Key::Column("origin") => Word::KeyOrigin,
        Key::Column(name) => return (*name).to_owned(),
        Key::Province => Word::KeyProvince,
        Key::Time(period) => period_word(*period),
        Key::Answer(id, _) => {
            let text = definition.survey.column(id).map(|column| column.text());
            return text.map_or(id.as_str(), |text| text.get(language, definition.survey.fallback())).to_owned();
        }
    };
    word.say(language).to_owned()
}

/// What a length of time is called.
pub fn period_word(period: Period) -> Word {
    match period {
        Period::Month => Word::Month,
        Period::Quarter => Word::Quarter,
        Period::Half => Word::Half,
        Period::Year => Word::Year,
    }
}

/// What a value of a key is called, and what else tells it from others: the province and code of a unit.
pub fn value_name(
    library: &Library,
    definition: &Definition,
    key: &str,
    value: &str,
    language: &str,
) -> (String, Option<String>) {
    if value.is_empty() {
        return (Word::NotRecorded.say(language).to_owned(), None);
    }
    let found = match key {
        "unit" | "province" => {
            let Some(unit) = library.units.get(value) else { return (value.to_owned(), None) };
            let place = unit.province.iter().cloned().chain([value.to_owned()]).collect::<Vec<_>>().join(" · ");
            return (unit.name.clone(), Some(place));
        }
        "field" => field_name(library, definition, value, language),
        "channel" => match value {
            "kiosk" => Some(Word::ChannelKiosk),
            "phone" => Some(Word::ChannelPhone),
            "paper" => Some(Word::ChannelPaper),
            "qr" => Some(Word::ChannelQr),
            _ => None,
        }
        .map(|word| word.say(language).to_owned()),
        "status" => {
            one_of(value, &[("complete", Word::StatusComplete), ("abandoned", Word::StatusAbandoned)], language)
        }
        "origin" => {
            one_of(value, &[("answered", Word::OriginAnswered), ("generated", Word::OriginGenerated)], language)
        }
        "language" => one_of(value, &[("vi", Word::InVietnamese), ("en", Word::InEnglish)], language),
        _ => answer_name(definition, key, value, language),
    };
    (found.unwrap_or_else(|| value.to_owned()), None)
}

fn one_of(value: &str, known: &[(&str, Word)], language: &str) -> Option<String> {
    known.iter().find(|(code, _)| *code == value).map(|(_, word)| word.say(language).to_owned())
}

/// The words of a field of procedure: the survey's own, or those of another one that asks for it.
fn field_name(library: &Library, definition: &Definition, value: &str, language: &str) -> Option<String> {
    let surveys = [definition].into_iter().chain(&library.definitions).map(|definition| &definition.survey);
    surveys.into_iter().find_map(|survey| {
        let option = survey.asking_for(Attribute::Field)?.options().iter().find(|option| option.id == value)?;
        Some(option.text.get(language, survey.fallback()).to_owned())
    })
}

fn answer_name(definition: &Definition, key: &str, value: &str, language: &str) -> Option<String> {
    let survey = &definition.survey;
    let column = survey.column(key)?;
    let option = column.question.options().iter().find(|option| option.id == value).map(|option| &option.text);
    let level = || {
        let levels = &survey.scale(column.scale()?)?.levels;
        levels.iter().find(|level| level.code.to_string() == value).map(|level| &level.text)
    };
    let text = option.or_else(level).map(|text| text.get(language, survey.fallback()).to_owned());
    let missing = || {
        let word = match Missing::by_code(value)? {
            Missing::NotApplicable => Word::NotApplicable,
            Missing::NoOpinion => Word::NoOpinion,
            Missing::NoAnswer => Word::NoAnswer,
        };
        Some(format!("({})", word.say(language).to_lowercase()))
    };
    text.or_else(missing)
}
