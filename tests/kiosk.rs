//! A device at a counter, without a browser: whom it keeps an answer of, and its settings.

#[allow(dead_code)]
mod scenario;

use proptest::prelude::*;
use scenario::{Scenario, began, survey};
use sipas_kit::interview::{Effect, Event, Interview};
use sipas_kit::kiosk::{Hours, Pin, Setup, SetupFault, counts, file_name, one_touch};
use sipas_kit::response::{Answer, Response, Status};
use sipas_kit::survey::Missing;

#[test]
fn who_walks_away_after_the_rating_is_kept_as_abandoned_there() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    assert_eq!(person.interview.leave(began()), None, "nothing was answered");
    person.answer("rating", 2);
    let left = person.interview.leave(began()).expect("the rating");
    assert_eq!(left.status, Status::Abandoned);
    assert_eq!(left.answers.keys().collect::<Vec<_>>(), ["rating"]);
    person.next().answer("reasons", "late waiting").next().expect_screen("contacts");
    let left = person.interview.leave(began()).expect("the rating");
    // The last column with an entry tells where: what was not seen has none.
    assert_eq!(left.answers.keys().collect::<Vec<_>>(), ["contacts", "rating", "reasons"]);
    assert_eq!(*left.answers.get("contacts").expect("contacts"), Answer::Missing(Missing::NoAnswer));
}

#[test]
fn half_a_word_is_no_answer_of_who_walked_away() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 1).next().answer("reasons", "other");
    let left = person.interview.leave(began()).expect("the rating");
    assert_eq!(
        *left.answers.get("reasons").expect("reasons"),
        Answer::Missing(Missing::NoAnswer),
        "which other reason was never said"
    );
}

#[test]
fn a_clock_set_back_ends_no_response_before_it_began() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 2).next();
    let hours_ago = began() - chrono::TimeDelta::hours(3);
    let left = person.interview.leave(hours_ago).expect("the rating");
    assert_eq!(left.finished_at, left.started_at);
    let draft = person.interview.draft().clone();
    let mut next = (*counter).clone();
    next.edition = "2027.1".to_owned();
    let left = Interview::left(&next.into(), draft, hours_ago).expect("the rating");
    assert_eq!(left.finished_at, left.started_at);
}

#[test]
fn a_definition_may_want_nothing_of_who_walks_away() {
    let mut counter = (*survey("counter-5")).clone();
    counter.kiosk.discards = true;
    let mut person = Scenario::at_counter(&counter.into());
    person.answer("rating", 2);
    assert_eq!(person.interview.leave(began()), None);
}

#[test]
fn without_the_main_answer_nothing_is_kept() {
    let procedures = survey("procedures");
    let mut person = Scenario::at_counter(&procedures);
    person.answer("respondent_type", "citizen").next();
    assert_eq!(person.interview.leave(began()), None);
    assert!(!person.interview.can_finish());
    assert!(person.send(Event::Submit { at: began() }).is_empty(), "nothing to hand in either");
}

#[test]
fn a_rating_outlives_a_new_edition() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 2).next();
    let draft = person.interview.draft().clone();
    let mut next = (*counter).clone();
    next.edition = "2027.1".to_owned();
    let left = Interview::left(&next.into(), draft.clone(), began()).expect("the rating");
    assert_eq!((left.status, left.edition.as_str()), (Status::Abandoned, "2026.1"));
    assert_eq!(*left.answers.get("rating").expect("rating"), Answer::Level(2));
    let same = Interview::left(&counter, draft, began()).expect("the rating");
    assert_eq!(
        *same.answers.get("reasons").expect("reasons"),
        Answer::Missing(Missing::NoAnswer),
        "what was on the screen is known"
    );
    let other = survey("sipas-2022");
    assert_eq!(Interview::left(&other, person.interview.draft().clone(), began()), None);
}

#[test]
fn finished_early_is_complete_and_holds_what_was_seen() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 2).next().expect_screen("reasons");
    let response = person.submit();
    assert_eq!(response.status, Status::Complete);
    assert_eq!(response.answers.keys().collect::<Vec<_>>(), ["rating", "reasons"]);
    // The write fails and is tried again: the same response.
    person.send(Event::NotStored);
    assert_eq!(person.submit().answers, response.answers);
    // The power goes while it is written: at the next start it is handed in as it was.
    let again = person.interview.leave(began()).expect("the response");
    assert_eq!((again.status, &again.answers), (Status::Complete, &response.answers));
}

#[test]
fn the_last_answer_hands_in_without_a_review() {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 5).next().expect_screen("contacts");
    assert_eq!(person.send(Event::Next), [Effect::HandIn]);
    assert_eq!(person.submit().status, Status::Complete);
}

#[test]
fn the_main_question_is_shown_at_rest_where_it_comes_first() {
    let at = |id: &str, setup: &Setup| {
        let (survey, attributes) = setup.apply((*survey(id)).clone());
        one_touch(&survey, &attributes).map(|question| question.id.clone())
    };
    assert_eq!(at("counter-5", &Setup::default()).as_deref(), Some("rating"));
    assert_eq!(at("counter-3", &Setup::default()).as_deref(), Some("rating"));
    assert_eq!(at("sipas-2022", &Setup::default()), None);
}

#[test]
fn one_field_is_set_and_several_are_offered() {
    let procedures = survey("procedures");
    let question = procedures.asking_for(sipas_kit::survey::Attribute::Field).expect("asks for the field").id.clone();
    let some = Setup { fields: vec!["dat-dai".to_owned(), "dau-tu".to_owned()], ..Setup::default() };
    let (offered, attributes) = some.apply((*procedures).clone());
    let options: Vec<&str> =
        offered.column(&question).expect("asked").question.options().iter().map(|o| &*o.id).collect();
    assert_eq!((options, attributes.field), (vec!["dat-dai", "dau-tu"], None));
    let one = Setup { fields: vec!["dat-dai".to_owned()], ..Setup::default() };
    assert_eq!(one.apply((*procedures).clone()).1.field.as_deref(), Some("dat-dai"));
    assert_eq!(some.faults(&procedures), []);
    assert_eq!(some.faults(&survey("counter-5")), [SetupFault::ManyFields]);
    let unknown = Setup { fields: vec!["khong-co".to_owned()], ..Setup::default() };
    assert_eq!(unknown.faults(&procedures), [SetupFault::Field("khong-co".to_owned())]);
}

#[test]
fn settings_that_cannot_be_are_named() {
    let setup = Setup {
        counter: Some("quầy 3".to_owned()),
        idle_seconds: 5,
        hours: Some(Hours { opens: 600, closes: 600, days: vec![1] }),
        languages: vec!["fr".to_owned()],
        phone: Some("javascript:alert(1)".to_owned()),
        ..Setup::default()
    };
    let faults = setup.faults(&survey("counter-5"));
    assert_eq!(
        faults,
        [
            SetupFault::Value("counter"),
            SetupFault::Range("idle", 10, 600),
            SetupFault::Hours,
            SetupFault::Language("fr".to_owned()),
            SetupFault::Phone,
        ]
    );
}

#[test]
fn a_file_of_something_else_is_refused_where_it_shows() {
    let place =
        |text: &str| Setup::from_file(text).map_err(|fault| (fault.line, fault.column)).expect_err("no settings");
    assert_eq!(place("{}").0, 1);
    assert_eq!(place("{\"format\":\"sipas-kit kiosk 9\",\"setup\":{}}"), (1, 1));
    assert_eq!(place("survey,unit\ncounter-5,02647\n").0, 1);
    let unknown = Setup::default().to_file().replace("\"counter\"", "\"conter\"");
    let fault = Setup::from_file(&unknown).expect_err("an unknown key");
    assert!(fault.line > 1 && fault.what.contains("conter"), "{fault:?}");
}

#[test]
fn links_for_phones_can_be_used_for_devices() {
    let (setup, ignored) = Setup::from_link("survey=counter-5&unit=02647&field=dat-dai&channel=kiosk&idle=abc&x=1");
    assert_eq!((setup.survey.as_str(), setup.fields), ("counter-5", vec!["dat-dai".to_owned()]));
    let ignored: Vec<&str> = ignored.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(ignored, ["idle", "x"]);
}

fn response(id: u32, finished_at: &str, status: Status) -> Response {
    let counter = survey("counter-5");
    let mut person = Scenario::at_counter(&counter);
    person.answer("rating", 4);
    let finished_at = chrono::DateTime::parse_from_rfc3339(finished_at).expect("a moment");
    Response { id: format!("r{id}"), finished_at, status, ..person.interview.leave(began()).expect("a rating") }
}

#[test]
fn staff_see_today_this_week_and_what_is_in_no_file() {
    // 2026-11-21 is a Saturday, in Vietnam from 17:00 UTC of the day before.
    let responses = [
        response(1, "2026-11-15T10:00:00+07:00", Status::Complete),
        response(2, "2026-11-16T10:00:00+07:00", Status::Abandoned),
        response(3, "2026-11-20T17:30:00Z", Status::Flagged),
        response(4, "2026-11-21T09:00:00+07:00", Status::Complete),
    ];
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-21T09:30:00+07:00").expect("a moment");
    let counts = counts(&responses, |id| id == "r1", &now);
    assert_eq!((counts.all, counts.today, counts.week, counts.unexported), (4, 2, 3, 3));
    assert_eq!((counts.abandoned, counts.flagged), (1, 1));
    assert_eq!(counts.last, Some(responses[3].finished_at));
    let setup = Setup { unit: Some("02647".to_owned()), counter: Some("3".to_owned()), ..Setup::default() };
    let days = sipas_kit::kiosk::days(&responses);
    let name = file_name(&setup, "K7Q2", &responses[0], days, &now);
    assert_eq!(name, "counter-5-2026.1_02647_quay-3_K7Q2_2026-11-15_2026-11-21_20261121-093000.csv");
}

fn setup() -> impl Strategy<Value = Setup> {
    let word = || "[A-Za-z0-9][A-Za-z0-9._-]{0,9}";
    let times = (10u32..=600, 5u32..=120, 0u32..=60);
    let hours = (0u32..1439, 1u32..=300, proptest::sample::subsequence(vec![1, 2, 3, 4, 5, 6, 7], 1..=7));
    let names =
        (word(), proptest::option::of(word()), proptest::option::of(word()), proptest::collection::vec(word(), 0..3));
    let rest = (any::<[u8; 16]>(), any::<bool>(), any::<bool>(), any::<bool>());
    (names, times, proptest::option::of(hours), rest).prop_map(
        |(names, times, hours, (salt, speech, full_screen, has_pin))| Setup {
            survey: names.0,
            unit: names.1,
            counter: names.2,
            fields: names.3,
            idle_seconds: times.0,
            countdown_seconds: times.1,
            pause_seconds: times.2,
            hours: hours.map(|(opens, length, days)| Hours { opens, closes: (opens + length).min(1440), days }),
            languages: if speech { vec!["en".to_owned(), "vi".to_owned()] } else { Vec::new() },
            phone: full_screen.then(|| "https://khaosat.example.gov.vn/kit/".to_owned()),
            pin: has_pin.then(|| {
                Pin::try_from(format!("1-{}-{}", "5e".repeat(16), format!("{:02x}", salt[0]).repeat(32)))
                    .expect("a hash")
            }),
            speech,
            full_screen,
            ..Setup::default()
        },
    )
}

proptest! {
    #[test]
    fn settings_round_trip_as_file_and_as_link(setup in setup()) {
        prop_assert_eq!(Setup::from_file(&setup.to_file()), Ok(setup.clone()));
        prop_assert_eq!(Setup::from_link(&setup.to_link()), (setup.clone(), Vec::new()));
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,200}") {
        let _ = Setup::from_file(&text);
        let _ = Setup::from_link(&text);
    }
}
