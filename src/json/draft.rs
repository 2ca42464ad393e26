//! A draft, to the text that is kept and back; a response, to the record that is stored.

use super::{FromJson, Json, ToJson};
use crate::interview::{Draft, Place};
use crate::response::{Answer, Answers, Attributes, Moment, Response, moment_text};
use crate::survey::Missing;

impl ToJson for Draft {
    fn to_json(&self) -> Json {
        Json::object([
            ("survey", self.survey.to_json()),
            ("edition", self.edition.to_json()),
            ("attributes", self.attributes.to_json()),
            ("language", self.language.to_json()),
            ("id", self.id.to_json()),
            ("started_at", self.started_at.to_json()),
            ("place", self.place.to_json()),
            ("editing", self.editing.to_json()),
            ("until", self.until.to_json()),
            ("answers", self.answers.to_json()),
        ])
    }
}

impl FromJson for Draft {
    fn from_json(json: &Json) -> Option<Draft> {
        Some(Draft {
            survey: json.read("survey")?,
            edition: json.read("edition")?,
            attributes: json.read("attributes")?,
            language: json.read("language")?,
            id: json.read("id")?,
            started_at: json.read("started_at")?,
            place: json.read("place")?,
            editing: json.read("editing")?,
            until: json.read("until")?,
            answers: json.read("answers")?,
        })
    }
}

impl ToJson for Response {
    fn to_json(&self) -> Json {
        Json::object([
            ("id", self.id.to_json()),
            ("survey", self.survey.to_json()),
            ("edition", self.edition.to_json()),
            ("attributes", self.attributes.to_json()),
            ("language", self.language.to_json()),
            ("started_at", self.started_at.to_json()),
            ("finished_at", self.finished_at.to_json()),
            ("status", Json::text(self.status.code())),
            ("origin", Json::text(self.origin.code())),
            ("answers", self.answers.to_json()),
        ])
    }
}

impl ToJson for Attributes {
    fn to_json(&self) -> Json {
        Json::object([
            ("unit", self.unit.to_json()),
            ("field", self.field.to_json()),
            ("counter", self.counter.to_json()),
            ("officer", self.officer.to_json()),
            ("channel", self.channel.to_json()),
        ])
    }
}

impl FromJson for Attributes {
    fn from_json(json: &Json) -> Option<Attributes> {
        Some(Attributes {
            unit: json.read("unit")?,
            field: json.read("field")?,
            counter: json.read("counter")?,
            officer: json.read("officer")?,
            channel: json.read("channel")?,
        })
    }
}

impl ToJson for Answer {
    fn to_json(&self) -> Json {
        match self {
            Answer::Level(code) => Json::object([("level", Json::Number(i64::from(*code)))]),
            Answer::Missing(reason) => Json::object([("missing", reason.to_json())]),
            Answer::Picked { options, specified } => {
                let mut picked = vec![("options".to_owned(), list(options))];
                if let Some(words) = specified {
                    picked.push(("specified".to_owned(), words.to_json()));
                }
                Json::object([("picked", Json::Object(picked))])
            }
            Answer::Number(number) => Json::object([("number", Json::Number(*number))]),
            Answer::Text(text) => Json::object([("text", text.to_json())]),
        }
    }
}

impl FromJson for Answer {
    fn from_json(json: &Json) -> Option<Answer> {
        let (name, json) = json.case()?;
        Some(match name {
            "level" => Answer::Level(u8::from_json(json)?),
            "missing" => Answer::Missing(Missing::from_json(json)?),
            "picked" => Answer::Picked { options: json.read("options")?, specified: json.read("specified")? },
            "number" => Answer::Number(i64::from_json(json)?),
            "text" => Answer::Text(String::from_json(json)?),
            _ => return None,
        })
    }
}

impl ToJson for Missing {
    fn to_json(&self) -> Json {
        Json::text(match self {
            Missing::NotApplicable => "not_applicable",
            Missing::NoOpinion => "no_opinion",
            Missing::NoAnswer => "no_answer",
        })
    }
}

impl ToJson for Answers {
    fn to_json(&self) -> Json {
        Json::Object(self.iter().map(|(column, answer)| (column.clone(), answer.to_json())).collect())
    }
}

impl FromJson for Answers {
    fn from_json(json: &Json) -> Option<Answers> {
        let Json::Object(pairs) = json else { return None };
        let mut answers = Answers::new();
        for (column, answer) in pairs {
            answers.insert(column.clone(), Answer::from_json(answer)?);
        }
        Some(answers)
    }
}

impl ToJson for Place {
    fn to_json(&self) -> Json {
        match self {
            Place::Step(at) => Json::object([("step", Json::Number(i64::try_from(*at).unwrap_or_default()))]),
            Place::Notice => Json::text("notice"),
            Place::Review => Json::text("review"),
            Place::Storing => Json::text("storing"),
            Place::NotStored => Json::text("not_stored"),
            Place::Thanked => Json::text("thanked"),
        }
    }
}

impl FromJson for Place {
    fn from_json(json: &Json) -> Option<Place> {
        let (name, json) = json.case()?;
        Some(match name {
            "step" => Place::Step(usize::try_from(i64::from_json(json)?).ok()?),
            "notice" => Place::Notice,
            "review" => Place::Review,
            "storing" => Place::Storing,
            "not_stored" => Place::NotStored,
            "thanked" => Place::Thanked,
            _ => return None,
        })
    }
}

impl ToJson for Vec<String> {
    fn to_json(&self) -> Json {
        list(self)
    }
}

impl ToJson for Moment {
    fn to_json(&self) -> Json {
        Json::Text(moment_text::write(self))
    }
}

impl FromJson for Moment {
    fn from_json(json: &Json) -> Option<Moment> {
        moment_text::read(json.as_str()?)
    }
}

fn list<'s>(texts: impl IntoIterator<Item = &'s String>) -> Json {
    Json::List(texts.into_iter().map(String::to_json).collect())
}
