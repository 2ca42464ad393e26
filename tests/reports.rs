//! Breakdowns, populations, publication, channels and marks: what is shown, and what is not.

#[allow(dead_code)]
mod scenario;

use chrono::{NaiveDate, TimeDelta};
use scenario::{definition, generated, targets};
use sipas_kit::dataset::{Dataset, Key, Period};
use sipas_kit::quality::{Mark, Rules, mark};
use sipas_kit::report::{Channels, Flag, Population, Request, Results, Row, Setting};
use sipas_kit::response::{Answer, Response, Status};
use sipas_kit::scoring::Evidence;
use sipas_kit::survey::method::{Definition, Formula};
use sipas_kit::survey::unit::{Unit, Units};

/// Generated responses on paper, then changed as a test needs them.
fn some(definition: &Definition, count: u32) -> Vec<Response> {
    let mut responses = generated(definition, count, 1, &[], &[]);
    responses.iter_mut().for_each(|response| response.attributes.channel = Some("paper".to_owned()));
    responses
}

/// Counter responses from as many lists of (unit, field, ratings).
fn counter(groups: &[(&str, &str, &[u8])]) -> Vec<Response> {
    let total: usize = groups.iter().map(|(_, _, ratings)| ratings.len()).sum();
    let mut responses = some(&definition("counter-5"), u32::try_from(total).expect("few"));
    let mut next = responses.iter_mut();
    for (unit, field, ratings) in groups {
        for rating in *ratings {
            let response = next.next().expect("enough");
            response.attributes.unit = Some((*unit).to_owned());
            response.attributes.field = (!field.is_empty()).then(|| (*field).to_owned());
            response.answers.insert("rating".to_owned(), Answer::Level(*rating));
        }
    }
    responses
}

fn key(definition: &Definition, name: &str) -> Key {
    Key::parse(&definition.survey, name).expect("a key")
}

fn units() -> Units {
    let province = Unit { name: "Tỉnh Lào Cai".to_owned(), province: None };
    let unit = |code: &str| (code.to_owned(), Unit { name: code.to_owned(), province: Some(province.name.clone()) });
    ["02647", "02650", "02653"].map(unit).into_iter().chain([("15".to_owned(), province.clone())]).collect()
}

fn results_of(definition: &Definition, dataset: &Dataset, request: &Request) -> Results {
    let today = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day");
    let (targets, units) = (targets(), units());
    Results::of(&Setting { definition, targets: &targets, units: &units, today }, dataset, request)
}

fn results(definition: &Definition, responses: &[Response], request: &Request) -> Results {
    results_of(definition, &Dataset::of(&definition.survey, responses), request)
}

fn by(definition: &Definition, names: &[&str]) -> Request {
    Request { by: names.iter().map(|name| key(definition, name)).collect(), ..Request::default() }
}

fn group<'r>(results: &'r Results, values: &[&str]) -> &'r Row {
    let is_it = |row: &&Row| {
        row.measure == "overall"
            && row.group.period.is_none()
            && row.group.values.iter().map(|(_, value)| value.as_str()).eq(values.iter().copied())
    };
    results.rows.iter().find(is_it).expect("a group")
}

#[test]
fn groups_have_ranks_with_ties_and_the_places_they_may_have() {
    let counter5 = definition("counter-5");
    let good = [5; 40];
    let mixed: Vec<u8> = (0..40).map(|at| if at % 2 == 0 { 5 } else { 2 }).collect();
    let responses =
        counter(&[("02647", "", &good), ("02650", "", &good), ("02653", "", &mixed), ("", "", &[1, 1, 1, 1, 1])]);
    let results = results(&counter5, &responses, &by(&counter5, &["unit"]));
    let rank = |unit| group(&results, &[unit]).figures[0].rank.map(|rank| (rank.rank, rank.best, rank.worst));
    assert_eq!((rank("02647"), rank("02650")), (Some((1, 1, 2)), Some((1, 1, 2))), "equal figures share a place");
    assert_eq!(rank("02653"), Some((3, 3, 3)));
    assert_eq!(rank(""), None, "no unit, no rank");
    let results = self::results(&counter5, &responses, &by(&counter5, &["province"]));
    assert_eq!(group(&results, &["15"]).count.respondents, 120);
    assert_eq!(group(&results, &[""]).count.respondents, 5);
}

#[test]
fn staff_with_few_responses_are_not_ranked() {
    let counter5 = definition("counter-5");
    let mut responses = counter(&[("02647", "", &[5; 60])]);
    for (at, response) in responses.iter_mut().enumerate() {
        response.attributes.officer = Some(if at < 40 { "A" } else { "B" }.to_owned());
    }
    let results = results(&counter5, &responses, &by(&counter5, &["officer"]));
    assert!(group(&results, &["A"]).figures[0].rank.is_some());
    assert!(group(&results, &["B"]).figures[0].rank.is_none());
}

#[test]
fn a_period_is_compared_with_the_one_before() {
    let counter5 = definition("counter-5");
    let mut responses = counter(&[("02647", "", &[5; 45]), ("02647", "", &[1; 5]), ("02647", "", &[5; 50])]);
    let day = |month| NaiveDate::from_ymd_opt(2025, month, 10).expect("a day").and_hms_opt(2, 0, 0).expect("a time");
    for (at, response) in responses.iter_mut().enumerate() {
        let at = day(if at < 50 { 9 } else { 10 }).and_utc().fixed_offset();
        (response.started_at, response.finished_at) = (at, at + TimeDelta::minutes(2));
    }
    let request = Request { period: Some(Period::Month), ..Request::default() };
    let results = results(&counter5, &responses, &request);
    let change = |period: &str| {
        let row =
            results.rows.iter().find(|row| row.measure == "overall" && row.group.period.as_deref() == Some(period));
        row.expect("a period").figures[0].change
    };
    assert_eq!(change("2025-09"), None, "nothing before it");
    let change = change("2025-10").expect("a change");
    assert!((change.value - 0.1).abs() < 1e-12);
    // By confint_proportions_2indep(50, 50, 45, 50, method="newcomb") of statsmodels.
    assert!((change.interval.0 - 0.008_975_448_080_590_087).abs() < 1e-9, "{change:?}");
    assert!((change.interval.1 - 0.213_602_314_374_796_6).abs() < 1e-9, "{change:?}");
}

#[test]
fn an_answer_to_a_question_makes_groups_two_at_a_time() {
    let sipas = definition("sipas-2022");
    let mut responses = some(&sipas, 200);
    for (at, response) in responses.iter_mut().enumerate() {
        response.attributes.unit = Some(if at % 4 == 0 { "02647" } else { "02650" }.to_owned());
    }
    let choice = Key::all(&sipas.survey).into_iter().find(|key| matches!(key, Key::Answer(..))).expect("a choice");
    let results = results(&sipas, &responses, &by(&sipas, &["unit", choice.id()]));
    let parts: u64 = results.groups("overall").map(|row| row.count.respondents).sum();
    assert_eq!(parts, group(&results, &[]).count.respondents, "each in one group");
    assert!(results.groups("overall").all(|row| row.group.values.len() == 2));
    let scored = sipas.survey.scored()[0].id.to_owned();
    assert!(Key::parse(&sipas.survey, &scored).is_err() && Key::parse(&sipas.survey, "weather").is_err());
}

/// Nothing about fewer than five people is told, and nothing that it could be worked out from.
#[test]
fn what_is_published_tells_no_small_group() {
    let counter5 = definition("counter-5");
    let ratings: Vec<u8> = (0..300).map(|at| if at % 7 == 0 { 2 } else { 5 }).collect();
    let responses = counter(&[
        ("02647", "ho-tich", &ratings),
        ("02650", "ho-tich", &ratings[..40]),
        ("02653", "dat-dai", &[5, 4, 1]),
    ]);
    let request = Request { is_public: true, ..by(&counter5, &["unit"]) };
    let results = results(&counter5, &responses, &request);
    let is_hidden = |unit| group(&results, &[unit]).is_hidden;
    assert_eq!([is_hidden("02653"), is_hidden("02650"), is_hidden("02647")], [true, true, false]);
    let land = results.board.iter().find(|row| row.target.as_ref().is_some_and(|target| !target.fields.is_empty()));
    assert!(land.expect("the land target").is_hidden, "three people");
    for row in results.figures.iter().filter(|row| row.group.values.iter().any(|(_, unit)| unit != "02647")) {
        assert!(row.is_hidden, "{}", row.figure.id);
    }
    for record in results.records().iter().filter(|record| record.flags.contains(&Flag::Suppressed)) {
        let told = [record.percent, record.mean, record.lower, record.upper, record.change, record.without_marked];
        assert!(told.iter().all(Option::is_none) && record.numerator.is_none() && record.respondents.is_none());
        assert_eq!((record.denominator, record.rank, record.marked, record.no_answer), (None, None, None, None));
        assert!(record.flags.contains(&Flag::Generated), "whose figure is missing is still said");
    }
    assert!(results.records().iter().any(|record| record.flags.contains(&Flag::Suppressed)));
}

#[test]
fn a_hidden_month_is_not_told_by_the_next() {
    let counter5 = definition("counter-5");
    let mut responses = counter(&[("02647", "", &[5, 1, 5]), ("02647", "", &[5; 50]), ("02647", "", &[4; 60])]);
    for (at, response) in responses.iter_mut().enumerate() {
        let month = match at {
            0..3 => 8,
            3..53 => 9,
            _ => 10,
        };
        let day = NaiveDate::from_ymd_opt(2025, month, 10).expect("a day").and_hms_opt(2, 0, 0).expect("a time");
        (response.started_at, response.finished_at) = (day.and_utc().fixed_offset(), day.and_utc().fixed_offset());
    }
    let request = Request { is_public: true, period: Some(Period::Month), ..Request::default() };
    let results = results(&counter5, &responses, &request);
    let of =
        |period: &str| results.rows.iter().find(|row| row.group.period.as_deref() == Some(period)).expect("a period");
    assert_eq!([of("2025-08"), of("2025-09"), of("2025-10")].map(|row| row.is_hidden), [true, true, false]);
    assert!(of("2025-10").figures[0].change.is_none());
}

fn population(definition: &Definition, names: &[&str], strata: &[(&[&str], u64)]) -> Option<Population> {
    let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Some(Population {
        keys: names.iter().map(|name| key(definition, name)).collect(),
        strata: strata.iter().map(|(of, number)| (values(of), *number)).collect(),
    })
}

#[test]
fn numbers_of_people_count_only_where_they_tell_how_many_are_in_the_group() {
    let counter5 = definition("counter-5");
    let responses = counter(&[
        ("02647", "dat-dai", &[5; 30]),
        ("02647", "ho-tich", &[5, 1, 5, 1, 5, 1, 5, 1, 5, 1]),
        ("02650", "ho-tich", &[4; 20]),
    ]);
    let fields: &[(&[&str], u64)] = &[(&["dat-dai"], 300), (&["ho-tich"], 700), (&["dau-tu"], 50)];
    let request =
        |names: &[&str]| Request { population: population(&counter5, &["field"], fields), ..by(&counter5, names) };
    let by_unit = results(&counter5, &responses, &request(&["unit"]));
    let all = group(&by_unit, &[]);
    assert_eq!(all.group.population, Some(1050));
    assert!(all.group.flags.contains(&Flag::StrataWithoutAnswers), "nobody of dau-tu was asked");
    let estimate = all.estimate(Formula::Top2Pooled).expect("an estimate");
    let expected = (300.0 * 1.0 + 700.0 * 25.0 / 30.0) / 1000.0;
    assert!(estimate.is_weighted && (estimate.value - expected).abs() < 1e-12);
    let unit = group(&by_unit, &["02647"]);
    assert_eq!(unit.group.population, None, "numbers by field say nothing about a unit");
    assert!(unit.group.flags.contains(&Flag::PopulationUnknown));
    assert!(!unit.estimate(Formula::Top2Pooled).expect("an estimate").is_weighted);
    let by_field = results(&counter5, &responses, &request(&["field"]));
    assert_eq!(group(&by_field, &["dat-dai"]).group.population, Some(300));
    let land = &by_field.board[1];
    assert_eq!(land.group.population, Some(350), "of the target's own fields");
    let only = vec![(key(&counter5, "field"), vec!["dat-dai".to_owned(), "ho-tich".to_owned()])];
    let two = results(&counter5, &responses, &Request { only, ..request(&[]) });
    assert_eq!(group(&two, &[]).group.population, Some(1000));
    assert!(!group(&two, &[]).group.flags.contains(&Flag::StrataWithoutAnswers));
}

#[test]
fn people_who_chose_to_answer_are_no_sample() {
    let counter5 = definition("counter-5");
    let mut responses = counter(&[("02647", "", &[5; 30]), ("02647", "", &[1; 20]), ("02647", "", &[4; 5])]);
    for (at, response) in responses.iter_mut().enumerate() {
        let channel = match at {
            0..30 => Some("paper"),
            30..50 => Some("Kiosk"),
            _ => None,
        };
        response.attributes.channel = channel.map(str::to_owned);
    }
    let of = |channels| results(&counter5, &responses, &Request { channels, ..Request::default() });
    let all = of(Channels::All);
    assert_eq!(all.collected, (30, 25), "whoever names no channel was not drawn for a sample");
    assert!(all.records().iter().all(|record| record.flags.contains(&Flag::MixedChannels)));
    let sample = of(Channels::Sample);
    assert_eq!((sample.responses, sample.records()[0].percent), (30, Some(100.0)));
    assert!(!sample.records()[0].flags.contains(&Flag::SelfSelected));
    let own_choice = of(Channels::SelfSelected);
    assert_eq!(own_choice.responses, 25);
    assert!(own_choice.records()[0].flags.contains(&Flag::SelfSelected));
    // How large a part of all people answered says nothing where nobody was drawn.
    let known = |channels| {
        let population = population(&counter5, &[], &[(&[], 40)]);
        let results = results(&counter5, &responses, &Request { channels, population, ..Request::default() });
        group(&results, &[]).estimate(Formula::Top2Pooled).expect("an estimate").interval.expect("an interval")
    };
    let plain =
        |results: &Results| group(results, &[]).estimate(Formula::Top2Pooled).expect("one").interval.expect("one");
    assert_eq!(known(Channels::SelfSelected), plain(&own_choice));
    assert!(known(Channels::Sample).0 > plain(&sample).0);
}

/// What a device flagged is told, and counted nowhere.
#[test]
fn flagged_responses_are_in_no_figure() {
    let counter5 = definition("counter-5");
    let mut responses = some(&counter5, 60);
    let earnest = responses.clone();
    for at in 0..7 {
        let mut played = responses[at].clone();
        played.id = format!("0192f0c1-7a5b-7c3d-8e9f-f{at:011x}");
        played.status = Status::Flagged;
        responses.push(played);
    }
    let request = Request { by: vec![Key::Column("unit")], period: Some(Period::Month), ..Request::default() };
    let with = results(&counter5, &responses, &request);
    let without = results(&counter5, &earnest, &request);
    assert_eq!((with.flagged, without.flagged), (7, 0));
    assert_eq!(Results { flagged: 0, ..with }, without);
}

/// Each rule, on responses made for it; and nothing is left out.
#[test]
fn odd_responses_are_marked_and_counted_all_the_same() {
    let sipas = definition("sipas-2022");
    let mut responses = some(&sipas, 40);
    let monday = NaiveDate::from_ymd_opt(2025, 9, 1).expect("a day").and_hms_opt(3, 0, 0).expect("ten o'clock");
    for (at, response) in responses.iter_mut().enumerate() {
        let begun = (monday + TimeDelta::minutes(10 * at as i64)).and_utc().fixed_offset();
        (response.started_at, response.finished_at) = (begun, begun + TimeDelta::minutes(8));
        response.attributes.channel = Some("kiosk".to_owned());
        response.attributes.unit = Some("02647".to_owned());
        response.id = format!("0192f0c1-7a5b-7c3d-8e9f-{at:012x}");
    }
    // The day ends at six: the last ones would be late.
    responses.truncate(30);
    let straight = responses[0].answers.iter_mut();
    straight.for_each(|(_, answer)| {
        if let Answer::Level(code) = answer {
            *code = 4
        }
    });
    responses[1].finished_at = responses[1].started_at + TimeDelta::seconds(5);
    for at in 3..9 {
        responses[at].finished_at = responses[3].finished_at + TimeDelta::seconds(at as i64);
    }
    responses[11].answers = responses[10].answers.clone();
    responses[12].started_at += TimeDelta::days(6);
    responses[12].finished_at += TimeDelta::days(6);
    responses[14].id = format!("ffffffff{}", &responses[13].id[8..]);
    let mut dataset = Dataset::of(&sipas.survey, &responses);
    mark(&mut dataset, &Rules::default());
    let results = results_of(&sipas, &dataset, &Request::default());
    let marks: Vec<(&str, u64)> = Mark::ALL.iter().map(|mark| mark.code()).zip(results.marks.clone()).collect();
    assert_eq!(
        marks,
        [
            ("straight-line", 1),
            ("too-fast", 1),
            ("burst", 6),
            ("identical", 2),
            ("outside-hours", 1),
            ("same-receipt", 2)
        ]
    );
    assert_eq!((results.marked, results.responses), (13, 30));
    let without: Vec<Response> = (0..30)
        .filter(|at| ![0, 1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14].contains(at))
        .map(|at| responses[at].clone())
        .collect();
    let expected = self::results(&sipas, &without, &Request::default());
    let (found, expected) = (&group(&results, &[]).figures[0], &group(&expected, &[]).figures[0]);
    assert_eq!(found.without_marked, expected.estimate.as_ref().map(|estimate| estimate.value));
}

/// Less satisfaction never proves more: with one respondent after another less satisfied, no bound rises.
#[test]
fn one_dissatisfied_answer_makes_nobody_surer() {
    let sipas = definition("sipas-2022");
    let mut responses = some(&sipas, 40);
    let scored: Vec<String> = sipas.survey.scored().iter().map(|column| column.id.to_owned()).collect();
    for response in &mut responses {
        for id in &scored {
            response.answers.insert(id.clone(), Answer::Level(5));
        }
    }
    let interval = |responses: &[Response]| {
        let results = results(&sipas, responses, &Request::default());
        group(&results, &[]).estimate(Formula::Top2Pooled).expect("one").interval.expect("one")
    };
    let all = interval(&responses);
    responses[0].answers.insert(scored[0].clone(), Answer::Level(1));
    let but_one = interval(&responses);
    assert!(but_one.0 <= all.0, "{but_one:?} {all:?}");
}

#[test]
fn evidence_says_how_many_more_would_settle_it() {
    let counter5 = definition("counter-5");
    let ratings = |good: usize, bad: usize| [vec![5; good], vec![1; bad]].concat();
    let record = |good, bad| {
        let ratings = ratings(good, bad);
        let results = results(&counter5, &counter(&[("02647", "", &ratings)]), &Request::default());
        results.records().remove(0)
    };
    let met = record(390, 10);
    assert_eq!((met.evidence, met.further), (Some(Evidence::Met), None));
    let not_met = record(250, 150);
    assert_eq!((not_met.evidence, not_met.further), (Some(Evidence::NotMet), None));
    let unsure = record(92, 8);
    assert_eq!(unsure.evidence, Some(Evidence::NotEnough));
    // z² 0.9 · 0.1 / 0.02² = 864.3 answers in all, 100 of which are there.
    assert_eq!(unsure.further, Some(765));
    let at = record(90, 10);
    assert_eq!((at.evidence, at.further), (Some(Evidence::NotEnough), None), "no number settles what is at the line");
}

/// What a stratum's weight is does not depend on how many of it a question was about.
#[test]
fn a_question_for_a_few_counts_as_many_as_they_stand_for() {
    let sipas = definition("sipas-2022");
    let mut responses = some(&sipas, 200);
    let scored: Vec<String> = sipas.survey.scored().iter().map(|column| column.id.to_owned()).collect();
    let last = scored.last().expect("an item").clone();
    for (at, response) in responses.iter_mut().enumerate() {
        response.attributes.unit = Some(if at < 100 { "02647" } else { "02650" }.to_owned());
        // Asked of ten of one unit, who are satisfied, and of all of the other, who are not.
        match at {
            0..10 => response.answers.insert(last.clone(), Answer::Level(5)),
            10..100 => response.answers.remove(&last),
            _ => response.answers.insert(last.clone(), Answer::Level(1)),
        };
    }
    let population = population(&sipas, &["unit"], &[(&["02647"], 1000), (&["02650"], 1000)]);
    let results = results(&sipas, &responses, &Request { population, ..Request::default() });
    let row = results.total().find(|row| row.measure == last).expect("the item");
    let estimate = row.estimate(Formula::Top2Pooled).expect("an estimate");
    assert!((estimate.value - 1.0 / 11.0).abs() < 1e-12, "{}", estimate.value);
    // By svyratio of R's survey on the domain.
    assert!((estimate.standard_error.expect("an error") - 0.023_597).abs() < 1e-4, "{estimate:?}");
}

/// A figure about a scored item says in other numbers what the item's row says: one goes with the other.
/// Means of shares go with what they are means of.
#[test]
fn what_is_hidden_is_not_told_by_another_formula_or_figure() {
    let source = include_str!("oracles/survey.toml").to_owned()
        + "\n[[figure]]\nid = \"a2_levels\"\ntext = { vi = \"a2\", en = \"a2\" }\nquestion = \"a2\"\nkind = \"distribution\"\n";
    let definition = scenario::definition_of(&source, &targets());
    let mut responses = some(&definition, 60);
    for (at, response) in responses.iter_mut().enumerate() {
        if at >= 3 {
            response.answers.insert("a1".to_owned(), Answer::Missing(sipas_kit::survey::Missing::NotApplicable));
        }
        for item in ["a2", "a3"] {
            response.answers.insert(item.to_owned(), Answer::Level(if at % 3 == 0 { 2 } else { 5 }));
        }
    }
    for response in &mut responses[..3] {
        response.answers.insert("a1".to_owned(), Answer::Level(4));
    }
    let formulas = vec![Formula::Top2Pooled, Formula::Top2MeanOfItems, Formula::MeanOfFactors];
    let results = results(&definition, &responses, &Request { is_public: true, formulas, ..Request::default() });
    let row = |measure: &str| results.rows.iter().find(|row| row.measure == measure).expect("a row");
    assert!(row("a1").is_hidden && (row("a2").is_hidden || row("a3").is_hidden) && !row("a").is_hidden);
    let figure = results.figures.iter().find(|row| row.figure.id == "a2_levels").expect("the figure");
    assert_eq!(figure.is_hidden, row("a2").is_hidden);
    for measure in ["a", "first", "overall"] {
        let shown: Vec<bool> = row(measure).figures.iter().map(|figured| !figured.is_hidden).collect();
        assert_eq!(shown, [true, false, false], "{measure}");
    }
}
