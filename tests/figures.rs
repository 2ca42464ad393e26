//! Figures: counted by hand, merged in any split, compared with their targets.

#[allow(dead_code)]
mod scenario;

use chrono::NaiveDate;
use proptest::prelude::*;
use scenario::{Scenario, definition, survey, targets};
use sipas_kit::dataset::Dataset;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::results::write_results;
use sipas_kit::interview::Event;
use sipas_kit::report::Row;
use sipas_kit::response::{Answer, Response};
use sipas_kit::scoring::{Estimate, Scheme, Tally, Verdict};
use sipas_kit::survey::method::Formula;
use sipas_kit::survey::target::{Target, in_force};

/// The target of a row of the board.
fn of(row: &Row) -> &Target {
    row.target.as_ref().expect("a target")
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 11, 21).expect("a day")
}

/// Responses to the counter survey with these ratings, in these fields.
fn ratings(given: &[(i64, &str)]) -> Vec<Response> {
    let counter = survey("counter-5");
    given
        .iter()
        .enumerate()
        .map(|(index, (rating, field))| {
            let mut person = Scenario::start(&counter);
            person.answer("rating", *rating).next().skip_to_review();
            let mut response = person.submit();
            response.id = format!("r{index}");
            response.attributes.field = (!field.is_empty()).then(|| (*field).to_owned());
            response
        })
        .collect()
}

#[test]
fn a_small_pile_counted_by_hand() {
    let responses = ratings(&[(5, "dat-dai"), (4, "dat-dai"), (3, "dau-tu"), (1, ""), (4, "ho-tich")]);
    let results = scenario::results(&definition("counter-5"), &targets(), &responses, day(2026));
    let overall = &results.rows[0];
    assert_eq!((overall.count.respondents, overall.count.answers, overall.count.satisfied), (5, 5, 3));
    assert_eq!(overall.figures[0].estimate.as_ref().map(Estimate::ten_thousandths), Some(6000));
    let land = results.board.iter().find(|row| !of(row).fields.is_empty()).expect("the land target");
    assert_eq!((land.count.answers, land.count.satisfied), (3, 2), "only land, construction, investment");
    assert_eq!(of(land).threshold, 8500);
    assert_eq!(land.verdict(Formula::Top2Pooled), Some(Verdict::NotMet));
    let records = results.records();
    let land = records.iter().find(|record| !record.fields.is_empty()).expect("the land target");
    assert_eq!((land.target.as_deref(), land.numerator), (Some("procedures-land-construction-investment"), Some(2)));
    insta::assert_snapshot!("results_csv", write_results(&[results], "vi", Reader::Machine));
}

#[test]
fn exactly_ninety_percent_meets_ninety_percent() {
    let mut given = vec![(4, ""); 9];
    given.push((2, ""));
    let results = scenario::results(&definition("counter-5"), &targets(), &ratings(&given), day(2025));
    assert_eq!(of(&results.board[0]).threshold, 9000);
    assert_eq!(results.board[0].verdict(Formula::Top2Pooled), Some(Verdict::Met));
    given.push((2, ""));
    let results = scenario::results(&definition("counter-5"), &targets(), &ratings(&given), day(2025));
    assert_eq!(results.board[0].verdict(Formula::Top2Pooled), Some(Verdict::NotMet));
}

#[test]
fn no_answers_no_percentage_and_no_verdict() {
    let results = scenario::results(&definition("sipas-2022"), &targets(), &[], day(2026));
    assert_eq!(results.rows[0].figures[0].estimate, None);
    assert!(results.rows.iter().all(|row| row.verdict(Formula::Top2Pooled).is_none()));
    assert!(results.records().iter().all(|record| record.percent.is_none()));
}

#[test]
fn missing_answers_leave_numerator_and_denominator() {
    let sipas = survey("sipas-2022");
    let mut person = Scenario::start(&sipas);
    person.skip_to("q1").answer("q1", 5).next().answer("q2", 3).next().next().answer("q4", 4);
    person.skip_to_review();
    let results = scenario::results(&definition("sipas-2022"), &targets(), &[person.submit()], day(2026));
    let count = |measure: &str| {
        let row = results.rows.iter().find(|row| row.measure == measure).expect(measure);
        (row.count.respondents, row.count.answers, row.count.satisfied)
    };
    assert_eq!(count("overall"), (1, 3, 2));
    assert_eq!(count("policy"), (1, 3, 2));
    assert_eq!(count("accountability"), (1, 2, 1));
    assert_eq!(count("participation"), (1, 1, 1));
    assert_eq!(count("q3"), (0, 0, 0));
    assert_eq!(count("service"), (0, 0, 0));
}

#[test]
fn sipas_has_two_parts_nine_factors_and_thirty_three_items() {
    let results = scenario::results(&definition("sipas-2022"), &targets(), &[], day(2026));
    let of = |kind| results.rows.iter().filter(|row| row.kind == kind).count();
    use sipas_kit::scoring::MeasureKind::{Factor, Item, Overall, Part};
    assert_eq!((of(Overall), of(Part), of(Factor), of(Item)), (1, 2, 9, 33));
}

#[test]
fn the_target_is_that_of_the_day() {
    let targets = targets();
    let threshold = |year| in_force(&targets, "procedures", day(year)).map(|target| target.threshold);
    assert_eq!(threshold(2024), Some(9000));
    assert_eq!(threshold(2026), Some(9000), "until a new period begins the last one stands");
    assert_eq!(threshold(2029), Some(9500));
    assert_eq!(threshold(2019), Some(9000), "before the first period the first one stands");
    assert_eq!(in_force(&targets, "unheard-of", day(2024)), None);
}

/// Responses of two periods are each compared with their own, and the table with neither.
#[test]
fn each_response_is_compared_with_the_target_of_its_own_day() {
    let mut responses = ratings(&[(5, ""), (4, ""), (1, ""), (5, "dat-dai")]);
    responses[2].finished_at += chrono::TimeDelta::days(3 * 365);
    responses[3].finished_at += chrono::TimeDelta::days(3 * 365);
    let results = scenario::results(&definition("counter-5"), &targets(), &responses, day(2029));
    let told: Vec<String> = results
        .board
        .iter()
        .map(|row| {
            format!(
                "{} {} ≥ {}: {}/{}",
                of(row).id,
                of(row).from,
                of(row).threshold,
                row.count.satisfied,
                row.count.answers
            )
        })
        .collect();
    let land = "procedures-land-construction-investment";
    let expected = [
        "procedures 2021-01-01 ≥ 9000: 2/2".to_owned(),
        "procedures 2028-01-01 ≥ 9500: 1/2".to_owned(),
        format!("{land} 2021-01-01 ≥ 8500: 0/0"),
        format!("{land} 2028-01-01 ≥ 9000: 1/1"),
    ];
    assert_eq!(told, expected);
    assert!(results.rows.iter().all(|row| row.target.is_none() && row.verdict(Formula::Top2Pooled).is_none()));
    let of_targets = results.records().into_iter().filter(|record| record.target.is_some());
    let periods: Vec<_> =
        of_targets.map(|record| (record.target, record.target_from.map(|day| day.to_string()))).collect();
    assert_eq!(periods.len(), 4, "{periods:?}");
}

/// One device whose clock runs years ahead does not change the target for all.
#[test]
fn a_clock_that_runs_ahead_changes_no_target() {
    let mut responses = ratings(&[(5, ""), (4, "")]);
    responses[1].finished_at += chrono::TimeDelta::days(5 * 365);
    let results = scenario::results(&definition("counter-5"), &targets(), &responses, day(2026));
    assert_eq!(of(&results.board[0]).threshold, 9000);
}

/// An answer that the definition does not know counts nowhere.
#[test]
fn a_level_off_the_scale_is_no_answer() {
    let mut responses = ratings(&[(5, "")]);
    responses[0].answers.insert("rating".to_owned(), Answer::Level(9));
    let results = scenario::results(&definition("counter-5"), &targets(), &responses, day(2026));
    assert_eq!(results.rows[0].count.answers, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any split, in any order, gives the same tally.
    #[test]
    fn tallies_merge(
        given in proptest::collection::vec((0i64..6, 0usize..4), 0..40),
        cut in 0usize..40,
    ) {
        let responses: Vec<Response> = {
            let with: Vec<(i64, &str)> = given
                .iter()
                .map(|(rating, field)| ((*rating).max(1), ["", "dat-dai", "dau-tu", "ho-tich"][*field]))
                .collect();
            ratings(&with)
        };
        let counter = definition("counter-5");
        let scheme = Scheme::of(&counter);
        let tally = |responses: &[Response]| Dataset::of(&counter.survey, responses).tally(&scheme);
        let whole = tally(&responses);
        let (a, b) = responses.split_at(cut.min(responses.len()));
        let (a, b) = (tally(a), tally(b));
        let mut ab = a.clone();
        ab.merge(&b);
        let mut ba = b;
        ba.merge(&a);
        prop_assert_eq!(&ab, &whole);
        prop_assert_eq!(&ba, &whole);
        let mut with_nothing = whole.clone();
        with_nothing.merge(&Tally::empty(&scheme));
        prop_assert_eq!(&with_nothing, &whole);
        let reversed = tally(&responses.iter().rev().cloned().collect::<Vec<_>>());
        prop_assert_eq!(&reversed, &whole);
    }
}

/// The interview itself never hands in a level its scale does not have.
#[test]
fn an_unknown_level_is_refused() {
    let counter = survey("counter-5");
    let mut person = Scenario::start(&counter);
    person.send(Event::Answer { column: "rating".to_owned(), answer: Some(Answer::Level(9)) });
    assert_eq!(person.expect_refused().len(), 1);
}
