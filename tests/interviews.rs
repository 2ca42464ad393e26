//! Whole interviews, without a browser.

#[allow(dead_code)]
mod scenario;

use proptest::prelude::*;
use scenario::{Scenario, survey, survey_of};
use sipas_kit::interview::{Effect, Event, Interview, Why};
use sipas_kit::response::{Answer, Status};
use sipas_kit::survey::{Kind, Missing};

fn stored() -> Event {
    Event::Stored { id: "0192f0c1-7a5b-7c3d-8e9f-0123456789ab".to_owned() }
}

#[test]
fn a_whole_sipas_form() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::arrive(&sipas);
    person.expect_screen("notice");
    let mut person = Scenario::start(&sipas);
    person.expect_screen("sex").answer("sex", "female").next();
    person.answer("age", "25to34").next().skip_to("c8_1");
    for item in ["c8_1", "c8_2", "c8_3", "c8_4", "c8_5"] {
        person.answer(item, 1);
    }
    person.next();
    for number in 1..=33 {
        let id = format!("q{number}");
        person.expect_screen(&id).answer(&id, if number % 11 == 0 { 3 } else { 4 }).next();
    }
    person.skip_to_review();
    let response = person.submit();
    assert_eq!(response.survey, "sipas-2022");
    assert_eq!(response.status, Status::Complete);
    assert_eq!(response.attributes.unit.as_deref(), Some("02647"));
    assert_eq!(*response.answers.get("q15").expect("q15"), Answer::Level(4));
    assert_eq!(*response.answers.get("q33").expect("q33"), Answer::Level(3));
    assert_eq!(*response.answers.get("ethnicity").expect("ethnicity"), Answer::Missing(Missing::NoAnswer));
    person.expect_screen("storing");
    assert_eq!(person.send(stored()), [Effect::ForgetDraft, Effect::Moved]);
    person.expect_screen("thanked");
}

#[test]
fn service_items_are_for_those_who_had_to_do_with_the_office() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::start(&sipas);
    person.skip_to("c8_1");
    for item in ["c8_1", "c8_2", "c8_3", "c8_4", "c8_5", "c8_6", "c8_7"] {
        person.answer(item, 2);
    }
    person.skip_to("q14").next();
    assert!(person.screen().starts_with("c10_1"), "after the policy items: {}", person.screen());
    person.skip_to_review();
    let response = person.submit();
    assert!(!response.answers.contains_key("q15"), "not asked is not the same as not answered");
    assert_eq!(*response.answers.get("q14").expect("q14"), Answer::Missing(Missing::NoAnswer));
}

#[test]
fn answers_to_questions_that_no_longer_apply_are_not_handed_in() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.answer("rating", 1).next();
    person.expect_screen("reasons").answer("reasons", "attitude late").next();
    person.expect_screen("contacts").back().back();
    person.expect_screen("rating").answer("rating", 5).next();
    person.expect_screen("contacts").answer("contacts", "over3").next();
    person.expect_screen("review");
    let response = person.submit();
    assert_eq!(*response.answers.get("rating").expect("rating"), Answer::Level(5));
    assert!(!response.answers.contains_key("reasons"));
    assert!(!response.answers.contains_key("comment"));
}

#[test]
fn a_required_question_cannot_be_passed_over() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    let refused = person.expect_refused();
    assert_eq!((refused[0].column.as_str(), refused[0].why), ("rating", Why::Required));
    person.expect_screen("rating").answer("rating", 2).next();
    person.expect_screen("reasons");
}

#[test]
fn other_asks_for_words() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::start(&sipas);
    person.skip_to("ethnicity").answer("ethnicity", "other");
    assert_eq!(person.expect_refused()[0].why, Why::Unspecified);
    person.answer("ethnicity", ("other", "Mông")).next();
    person.back().answer("ethnicity", ("kinh", "Mông")).next();
    let answer = person.interview.answer("ethnicity");
    assert_eq!(answer, Some(&Answer::option("kinh")), "words of an option that is no longer picked are gone");
}

#[test]
fn the_review_leads_to_any_answer_and_back() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.answer("rating", 5).next().answer("contacts", "1").next().expect_screen("review");
    person.send(Event::Edit { column: "contacts".to_owned() });
    person.expect_screen("contacts").answer("contacts", "2").next().expect_screen("review");
    // A low rating opens two more questions: they are asked before the review comes back.
    person.send(Event::Edit { column: "rating".to_owned() });
    person.answer("rating", 1).next().expect_screen("reasons");
    person.next().expect_screen("comment").next().expect_screen("review");
    assert_eq!(person.interview.progress(), (4, 4));
    let response = person.submit();
    assert_eq!(*response.answers.get("reasons").expect("reasons"), Answer::Missing(Missing::NoAnswer));
}

#[test]
fn an_answer_left_unfit_in_the_review_leads_back_to_it_with_the_reason() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.answer("rating", 1).next().answer("reasons", "late").next().next().next().expect_screen("review");
    person.send(Event::Edit { column: "reasons".to_owned() });
    person.answer("reasons", "other").back().expect_screen("review");
    let effects = person.send(Event::Submit { at: scenario::began() });
    assert_eq!(effects, [Effect::Moved, Effect::Refused]);
    person.expect_screen("reasons");
    assert_eq!(person.interview.why_invalid("reasons"), Some(Why::Unspecified));
    person.answer("reasons", ("other", "mất điện")).next().expect_screen("review");
    assert!(person.submit().answers.contains_key("reasons"));
}

#[test]
fn another_language_keeps_the_answers_and_the_place() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::start(&sipas);
    person.skip_to("q3").answer("q3", 5);
    person.send(Event::Speak { language: "en".to_owned() });
    person.expect_screen("q3");
    assert_eq!(person.interview.answer("q3"), Some(&Answer::Level(5)));
    person.send(Event::Speak { language: "xx".to_owned() });
    assert_eq!(person.interview.language(), "en", "a language the survey does not have is no language");
    person.skip_to_review();
    assert_eq!(person.submit().language, "en");
}

#[test]
fn a_second_tap_on_submit_stores_once() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.answer("rating", 4).next().next().expect_screen("review");
    person.submit();
    assert!(person.send(Event::Submit { at: scenario::began() }).is_empty());
    person.expect_screen("storing");
}

#[test]
fn a_failed_write_keeps_the_answers_and_can_be_tried_again() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.answer("rating", 4).next().next();
    let first = person.submit();
    person.send(Event::NotStored);
    person.expect_screen("not stored");
    let second = person.submit();
    assert_eq!(first.id, second.id, "the same response, so that it cannot count twice");
    assert_eq!(first.answers, second.answers);
    person.send(stored());
    person.expect_screen("thanked");
}

#[test]
fn a_draft_goes_on_where_it_was_left() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::start(&sipas);
    person.skip_to("q7").answer("q7", 2);
    let json = serde_json::to_string(person.interview.draft()).expect("a draft");
    let draft: sipas_kit::interview::Draft = serde_json::from_str(&json).expect("the draft");
    let attributes = draft.attributes.clone();
    let mut person_again = Scenario::arrive(&sipas);
    person_again.interview = Interview::resume(sipas.clone(), &attributes, draft.clone()).expect("it fits");
    person_again.expect_screen("q7");
    assert_eq!(person_again.interview.answer("q7"), Some(&Answer::Level(2)));
    // A draft of another counter, survey or edition is somebody else's.
    let elsewhere = sipas_kit::response::Attributes::default();
    assert!(Interview::resume(sipas.clone(), &elsewhere, draft.clone()).is_none());
    let other = sipas_kit::interview::Draft { edition: "2021".to_owned(), ..draft };
    assert!(Interview::resume(sipas, &attributes, other).is_none());
}

#[test]
fn numbers_and_texts_are_held_to_their_bounds() {
    let source = r#"
id = "t"
edition = "1"
languages = ["vi"]
title = { vi = "T" }
purpose = { vi = "T" }
issuer = { vi = "T" }
source = { vi = "T" }
formulas = ["top2-pooled"]
[[section]]
id = "s"
text = { vi = "S" }
[[section.question]]
id = "n"
kind = "number"
min = 0
max = 200
text = { vi = "N" }
[[section.question]]
id = "w"
kind = "text"
max_length = 3
text = { vi = "W" }
[[section.question]]
id = "m"
kind = "multiple"
text = { vi = "M" }
option = [
  { id = "a", text = { vi = "A" } },
  { id = "b", text = { vi = "B" } },
  { id = "none", exclusive = true, text = { vi = "0" } },
]
"#;
    let small = survey_of(source);
    let mut person = Scenario::start(&small);
    person.answer("n", 201);
    assert_eq!(person.expect_refused()[0].why, Why::TooLarge(200));
    person.answer("n", -1);
    assert_eq!(person.expect_refused()[0].why, Why::TooSmall(0));
    person.send(Event::Answer { column: "n".to_owned(), answer: Some(Answer::Text("nhiều".to_owned())) });
    assert_eq!(person.expect_refused()[0].why, Why::NotANumber);
    person.answer("n", 200).next();
    person.answer("w", "ướ́c mơ");
    assert_eq!(person.expect_refused()[0].why, Why::TooLong(3));
    person.answer("w", "   ").next();
    person.answer("m", "none a");
    assert_eq!(person.expect_refused()[0].why, Why::Unknown);
    person.answer("m", "b a").next().expect_screen("review");
    let response = person.submit();
    assert_eq!(*response.answers.get("w").expect("w"), Answer::Missing(Missing::NoAnswer), "blanks are no answer");
    let in_order = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(*response.answers.get("m").expect("m"), Answer::Picked { options: in_order, specified: None });
}

/// Some answer of the right shape, picked by two numbers.
fn some_answer(kind: &Kind, survey: &sipas_kit::survey::Survey, a: usize, b: usize) -> Option<Answer> {
    let options = |list: &[sipas_kit::survey::Choice]| -> Vec<String> {
        vec![list[a % list.len()].id.clone(), list[b % list.len()].id.clone()]
    };
    match kind {
        _ if a.is_multiple_of(7) => None,
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            let levels = &survey.scale(scale)?.levels;
            Some(Answer::Level(levels[a % levels.len()].code))
        }
        Kind::Single { options: list } | Kind::Contacts { options: list } => {
            Some(Answer::Picked { options: options(list)[..1].to_vec(), specified: Some("x".to_owned()) })
        }
        Kind::Multiple { options: list } => {
            Some(Answer::Picked { options: options(list), specified: Some("x".to_owned()) })
        }
        Kind::Number { .. } => Some(Answer::Number(i64::try_from(a).ok()?)),
        Kind::Text { .. } => Some(Answer::Text("x".repeat(a % 50))),
    }
}

/// The columns the review shows.
fn reviewed(person: &Scenario) -> Vec<String> {
    let review = person.interview.review();
    review.into_iter().flat_map(|(_, columns)| columns.into_iter().map(|column| column.id.to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// However one answers, skips, goes back and changes one's mind, there is a
    /// way to the end, and every answer handed in is to a question that applies.
    #[test]
    fn no_dead_ends(
        which in 0usize..2,
        moves in proptest::collection::vec((0usize..20, 0usize..1000, 0usize..1000), 1..120),
    ) {
        let survey = survey(["sipas-2022", "counter-5"][which]);
        let mut person = Scenario::start(&survey);
        for (action, a, b) in moves {
            match action {
                0 => drop(person.send(Event::Back)),
                1 => drop(person.send(Event::Speak { language: "en".to_owned() })),
                2 => {
                    let columns: Vec<&str> = survey.columns().map(|column| column.id).collect();
                    person.send(Event::Edit { column: columns[a % columns.len()].to_owned() });
                }
                _ => {
                    for column in person.columns() {
                        let kind = &survey.column(&column).expect("a column").question.kind;
                        let answer = some_answer(kind, &survey, a, b);
                        person.send(Event::Answer { column, answer });
                    }
                    person.send(Event::Next);
                }
            }
        }
        // An answer left unfit leads back from submitting, so submitting may take more than one attempt.
        let mut response = None;
        for _ in 0..400 {
            if person.screen() == "review" {
                let reviewed = reviewed(&person);
                let effects = person.send(Event::Submit { at: scenario::began() });
                if let Some(Effect::Store(stored)) = effects.into_iter().next_back() {
                    response = Some((reviewed, stored));
                    break;
                }
            }
            for column in person.columns() {
                let kind = &survey.column(&column).expect("a column").question.kind;
                let answer = some_answer(kind, &survey, 1, 2);
                person.send(Event::Answer { column, answer });
            }
            person.send(Event::Next);
        }
        let (reviewed, response) = response.expect("a way to the end");
        prop_assert!(response.answers.keys().all(|id| reviewed.contains(id)));
        prop_assert_eq!(response.answers.len(), reviewed.len());
    }
}
