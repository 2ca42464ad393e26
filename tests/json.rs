//! The respondent's page reads and writes the same files as serde, which reads and writes them everywhere else.

#[allow(dead_code)]
mod scenario;

use scenario::{Scenario, definition, survey};
use sipas_kit::interview::Draft;
use sipas_kit::json::{FromJson, Json, ToJson};
use sipas_kit::response::{Answer, Response};
use sipas_kit::survey::unit::Unit;
use sipas_kit::survey::{Missing, Survey, SurveyEntry};

const SHIPPED: [&str; 8] = [
    "sipas-2022",
    "procedures",
    "health-inpatient",
    "health-outpatient",
    "health-immunisation",
    "public-education",
    "counter-5",
    "counter-3",
];

fn read<T: FromJson>(json: &str) -> Option<T> {
    T::from_json(&Json::parse(json).expect("JSON"))
}

#[test]
fn every_shipped_survey_is_read_from_its_compiled_file() {
    for id in SHIPPED {
        let definition = definition(id);
        let json = definition.to_json().expect("JSON");
        assert_eq!(read::<Survey>(&json), Some(definition.survey), "{id}");
    }
}

/// Whatever part of a survey is missing or of another kind, the file is refused or the part has a default that serde
/// knows too: a page never asks something else than was written.
#[test]
fn a_damaged_file_is_read_as_serde_reads_it() {
    let whole = serde_json::to_value(&*survey("procedures")).expect("JSON");
    let mut paths = Vec::new();
    places(&whole, String::new(), &mut paths);
    let mut refused = 0;
    for path in paths.iter().step_by(7) {
        let mut damaged = whole.clone();
        let (place, key) = path.rsplit_once('/').expect("a path");
        if let Some(map) = damaged.pointer_mut(place).expect("a place").as_object_mut() {
            map.remove(key);
            let text = damaged.to_string();
            assert_eq!(read::<Survey>(&text), serde_json::from_str(&text).ok(), "without {path}");
        }
        for wrong in ["{}", "[]", "-1", "true", "\"?\"", "[1]"] {
            let mut damaged = whole.clone();
            *damaged.pointer_mut(path).expect("a place") = serde_json::from_str(wrong).expect("JSON");
            let text = damaged.to_string();
            let expected: Option<Survey> = serde_json::from_str(&text).ok();
            // An array stands for a struct in serde's eyes; the kit never writes one.
            if !(expected.is_some() && wrong.starts_with('[')) {
                assert_eq!(read::<Survey>(&text), expected, "{path}: {wrong}");
            }
            refused += usize::from(expected.is_none());
        }
    }
    assert!(refused > 500, "{refused} of {} places", paths.len());
}

fn places(json: &serde_json::Value, path: String, all: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, json)| places(json, format!("{path}/{key}"), all)),
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, json)| places(json, format!("{path}/{at}"), all))
        }
        _ => {}
    }
    if !path.is_empty() {
        all.push(path);
    }
}

#[test]
fn the_list_of_surveys_and_the_units_are_read() {
    let survey = survey("sipas-2022");
    let entry = SurveyEntry {
        id: survey.id.clone(),
        edition: survey.edition.clone(),
        languages: survey.languages.clone(),
        title: survey.title.clone(),
    };
    let entries = vec![entry.clone(), entry];
    assert_eq!(read(&serde_json::to_string(&entries).expect("JSON")), Some(entries));
    for province in [None, Some("Tỉnh Lào Cai".to_owned())] {
        let unit = Unit { name: "Xã Mường Khương".to_owned(), province };
        assert_eq!(read(&serde_json::to_string(&unit).expect("JSON")), Some(unit));
    }
}

/// A draft of every kind of answer; tests/any_definition.rs has those of every place.
#[test]
fn drafts_and_responses_are_written_as_serde_writes_them() {
    let survey = survey("procedures");
    let mut person = Scenario::start(&survey);
    person.answer("respondent_type", "citizen").next().skip_to("overall_rating").answer("overall_rating", 4).next();
    person.skip_to_review();
    let mut response = person.submit();
    let answers = [
        ("level", Answer::Level(9)),
        ("missing", Answer::Missing(Missing::NotApplicable)),
        ("none", Answer::Missing(Missing::NoAnswer)),
        ("opinion", Answer::Missing(Missing::NoOpinion)),
        ("one", Answer::option("a-1")),
        (
            "more",
            Answer::Picked {
                options: vec!["a".to_owned(), "b".to_owned()],
                specified: Some("\"khác\"\n\\\u{1}".to_owned()),
            },
        ),
        ("number", Answer::Number(-1_000_000_000_000)),
        ("text", Answer::Text("Đường dây 😀\t</script>".to_owned())),
    ];
    response.answers.extend(answers.map(|(id, answer)| (id.to_owned(), answer)));
    let json = response.to_json().print();
    assert_eq!(serde_json::from_str::<Response>(&json).expect("serde reads it"), response);
    let tree = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
    assert_eq!(tree(&json), serde_json::to_value(&response).expect("JSON"));
    for started_at in [None, Some(response.started_at)] {
        let draft = Draft {
            survey: response.survey.clone(),
            edition: response.edition.clone(),
            attributes: response.attributes.clone(),
            language: "vi".to_owned(),
            id: response.id.clone(),
            started_at,
            place: sipas_kit::interview::Place::Step(12),
            until: None,
            editing: started_at.map(|_| ["a", "b"].map(str::to_owned).into()),
            answers: response.answers.clone(),
        };
        let json = draft.to_json().print();
        assert_eq!(tree(&json), serde_json::to_value(&draft).expect("JSON"));
        assert_eq!(read(&json), Some(draft));
    }
}
