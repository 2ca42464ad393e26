//! A survey from its compiled file. What the file holds beside it, the method, is passed over.

use super::{FromJson, Json};
use crate::survey::condition::{Comparison, Condition};
use crate::survey::unit::Unit;
use crate::survey::{
    Attribute, Choice, Face, Factor, Item, Kind, Kiosk, Level, Missing, MissingChoice, Part, Question, Scale, Section,
    Survey, SurveyEntry, Text,
};

/// Reads a type field by field: each is in the file under its own name.
macro_rules! fields {
    ($($name:ident { $($field:ident),* })*) => {
        $(impl FromJson for $name {
            fn from_json(json: &Json) -> Option<$name> {
                let mut is_sound = json.is_object();
                let made = $name { $($field: json.take(stringify!($field), &mut is_sound),)* };
                is_sound.then_some(made)
            }
        })*
    };
}

fields! {
    SurveyEntry { id, edition, languages, title }
    Part { id, text }
    Factor { id, part, text }
    Section { id, text, note, questions }
    Question { id, text, hint, required, when, attribute, audio, kind }
    Item { id, text, hint, when }
    Choice { id, text, specify, exclusive, times }
    Level { code, text, points, satisfied, face }
    MissingChoice { reason, text }
    Unit { name, province }
}

impl FromJson for Survey {
    fn from_json(json: &Json) -> Option<Survey> {
        let mut is_sound = json.is_object();
        let partial: Option<Vec<String>> = json.take("partial", &mut is_sound);
        let survey = Survey {
            id: json.take("id", &mut is_sound),
            edition: json.take("edition", &mut is_sound),
            languages: json.take("languages", &mut is_sound),
            title: json.take("title", &mut is_sound),
            purpose: json.take("purpose", &mut is_sound),
            issuer: json.take("issuer", &mut is_sound),
            draft_hours: json.take("draft_hours", &mut is_sound),
            partial: partial.unwrap_or_default(),
            kiosk: json.take("kiosk", &mut is_sound),
            scales: json.take("scales", &mut is_sound),
            parts: json.take("parts", &mut is_sound),
            factors: json.take("factors", &mut is_sound),
            sections: json.take("sections", &mut is_sound),
        };
        is_sound.then_some(survey)
    }
}

impl FromJson for Kiosk {
    fn from_json(json: &Json) -> Option<Kiosk> {
        match json {
            Json::Null => Some(Kiosk::default()),
            Json::Object(_) => {
                Some(Kiosk { main: json.read("main")?, more: json.read("more")?, discards: json.read("discards")? })
            }
            _ => None,
        }
    }
}

impl FromJson for Scale {
    fn from_json(json: &Json) -> Option<Scale> {
        let missing: Option<Vec<MissingChoice>> = json.read("missing")?;
        Some(Scale { id: json.read("id")?, levels: json.read("levels")?, missing: missing.unwrap_or_default() })
    }
}

/// Reads a type that is one of these words.
macro_rules! words {
    ($($name:ident { $($word:literal: $value:ident),* })*) => {
        $(impl FromJson for $name {
            fn from_json(json: &Json) -> Option<$name> {
                match json.as_str()? {
                    $($word => Some($name::$value),)*
                    _ => None,
                }
            }
        })*
    };
}

words! {
    Attribute { "field": Field, "counter": Counter }
    Face { "very-bad": VeryBad, "bad": Bad, "neutral": Neutral, "good": Good, "very-good": VeryGood }
    Missing { "not_applicable": NotApplicable, "no_opinion": NoOpinion, "no_answer": NoAnswer }
    Comparison { "=": Equal, "!=": NotEqual, "<": Less, "<=": AtMost, ">": More, ">=": AtLeast }
}

impl FromJson for Text {
    fn from_json(json: &Json) -> Option<Text> {
        let Json::Object(pairs) = json else { return None };
        let mut text = Text::default();
        for (language, words) in pairs {
            text.0.insert(language.clone(), String::from_json(words)?);
        }
        Some(text)
    }
}

impl FromJson for Kind {
    fn from_json(json: &Json) -> Option<Kind> {
        let (name, json) = json.case()?;
        json.is_object().then_some(())?;
        Some(match name {
            "rating" => Kind::Rating { scale: json.read("scale")?, factor: json.read("factor")? },
            "matrix" => Kind::Matrix {
                scale: json.read("scale")?,
                factor: json.read("factor")?,
                together: json.read("together")?,
                items: json.read("items")?,
            },
            "single" => Kind::Single { options: json.read("options")? },
            "multiple" => Kind::Multiple { options: json.read("options")? },
            "contacts" => Kind::Contacts { options: json.read("options")? },
            "number" => Kind::Number { min: json.read("min")?, max: json.read("max")? },
            "text" => Kind::Text { max_length: json.read("max_length")? },
            _ => return None,
        })
    }
}

impl FromJson for Condition {
    fn from_json(json: &Json) -> Option<Condition> {
        let (name, json) = json.case()?;
        Some(match (name, json.list()) {
            ("all", _) => Condition::All(Vec::from_json(json)?),
            ("any", _) => Condition::Any(Vec::from_json(json)?),
            ("not", _) => Condition::Not(Box::new(Condition::from_json(json)?)),
            ("answered", _) => Condition::Answered(String::from_json(json)?),
            ("compare", [column, comparison, value]) => Condition::Compare(
                String::from_json(column)?,
                Comparison::from_json(comparison)?,
                String::from_json(value)?,
            ),
            ("in", [column, values]) => Condition::In(String::from_json(column)?, Vec::from_json(values)?),
            ("has", [column, value]) => Condition::Has(String::from_json(column)?, String::from_json(value)?),
            _ => return None,
        })
    }
}
