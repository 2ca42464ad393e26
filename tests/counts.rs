//! What must hold of counts and figures whatever the answers: merging, bounds, monotony, size.

#[allow(dead_code)]
mod scenario;

use chrono::NaiveDate;
use proptest::prelude::*;
use scenario::{definition, definition_of, generated, targets};
use sipas_kit::dataset::{Dataset, Key};
use sipas_kit::quality::{Rules, mark};
use sipas_kit::report::{Request, Results, Row, Setting};
use sipas_kit::response::{Answer, Response};
use sipas_kit::scoring::{Scheme, Tally};
use sipas_kit::survey::method::{Definition, Formula};
use sipas_kit::survey::unit::Units;

fn key(definition: &Definition, name: &str) -> Key {
    Key::parse(&definition.survey, name).expect("a key")
}

fn results(definition: &Definition, responses: &[Response], request: &Request) -> Results {
    let today = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day");
    let dataset = Dataset::of(&definition.survey, responses);
    Results::of(&Setting { definition, targets: &targets(), units: &Units::new(), today }, &dataset, request)
}

const MANY: &str = include_str!("oracles/survey.toml");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However the responses are dealt to piles, and in whatever order: the same counts to the last bit.
    #[test]
    fn any_deal_of_responses_comes_to_the_same_counts(
        levels in proptest::collection::vec(proptest::collection::vec(0u8..9, 10), 0..30),
        deal in proptest::collection::vec(0usize..4, 30),
        turn in any::<bool>(),
    ) {
        let definition = definition_of(MANY, &targets());
        let scored: Vec<String> = definition.survey.scored().iter().map(|column| column.id.to_owned()).collect();
        let mut responses = generated(&definition, u32::try_from(levels.len()).expect("few"), 1, &[], &[]);
        for (response, levels) in responses.iter_mut().zip(&levels) {
            for (id, level) in scored.iter().zip(levels) {
                let answer = match level {
                    1..=5 => Answer::Level(*level),
                    6 => Answer::Missing(sipas_kit::survey::Missing::NotApplicable),
                    7 => Answer::Missing(sipas_kit::survey::Missing::NoOpinion),
                    _ => Answer::Missing(sipas_kit::survey::Missing::NoAnswer),
                };
                response.answers.insert(id.clone(), answer);
            }
        }
        let scheme = Scheme::of(&definition).with_pairs();
        let whole = Dataset::of(&definition.survey, &responses);
        let expected = whole.tally(&scheme);
        let mut piles: Vec<Dataset> = (0..4).map(|_| Dataset::new(&definition.survey)).collect();
        responses.iter().zip(&deal).for_each(|(response, pile)| piles[*pile].push_response(response));
        if turn {
            piles.reverse();
        }
        let mut merged = Tally::empty(&scheme);
        piles.iter().for_each(|pile| merged.merge(&pile.tally(&scheme)));
        prop_assert_eq!(&merged, &expected);
        let mut appended = Dataset::new(&definition.survey);
        piles.iter().for_each(|pile| appended.append(pile));
        prop_assert_eq!(&appended.tally(&scheme), &expected);
        // The groups of a breakdown come to the whole.
        let split = whole.split(&key(&definition, "gender"), &Units::new());
        let mut of_groups = Tally::empty(&scheme);
        whole.tallies(&scheme, &[split]).iter().for_each(|(_, tally)| of_groups.merge(tally));
        prop_assert_eq!(&of_groups, &expected);
    }

    /// Every figure lies in its interval, and the interval within what is possible; without an
    /// answer there is no figure; one more satisfied answer lowers none.
    #[test]
    fn figures_keep_within_bounds(levels in proptest::collection::vec(proptest::collection::vec(0u8..9, 10), 0..12)) {
        let definition = definition_of(MANY, &targets());
        let scored: Vec<String> = definition.survey.scored().iter().map(|column| column.id.to_owned()).collect();
        let mut responses = generated(&definition, u32::try_from(levels.len()).expect("few"), 1, &[], &[]);
        for (response, levels) in responses.iter_mut().zip(&levels) {
            for (id, level) in scored.iter().zip(levels) {
                let answer = Answer::Missing(sipas_kit::survey::Missing::NoAnswer);
                let answer = if (1..=5).contains(level) { Answer::Level(*level) } else { answer };
                response.answers.insert(id.clone(), answer);
            }
        }
        let formulas: Vec<Formula> = Formula::ALL.into_iter().filter(|formula| formula.fits(&definition.survey)).collect();
        let request = Request { formulas: formulas.clone(), ..Request::default() };
        let before = results(&definition, &responses, &request);
        for row in &before.rows {
            for figured in &row.figures {
                let Some(estimate) = &figured.estimate else {
                    prop_assert_eq!(row.count.answers, 0);
                    continue;
                };
                let (low, high) = estimate.interval.expect("an interval");
                let (least, most) = if figured.formula.is_percentage() { (0.0, 1.0) } else { (1.0, 5.0) };
                prop_assert!(least <= low && low <= estimate.value + 1e-9, "{figured:?}");
                prop_assert!(estimate.value <= high + 1e-9 && high <= most, "{figured:?}");
            }
        }
        let worst = responses.iter_mut().flat_map(|response| response.answers.iter_mut().map(|(_, answer)| answer));
        let worst = worst.into_iter().find(|answer| matches!(answer, Answer::Level(1..=3)));
        if let Some(answer) = worst {
            *answer = Answer::Level(5);
            let after = results(&definition, &responses, &request);
            for (before, after) in before.rows.iter().zip(&after.rows) {
                for formula in &formulas {
                    let value = |row: &Row| row.estimate(*formula).map(|estimate| estimate.value);
                    prop_assert!(value(after) >= value(before), "{formula:?} {}", before.measure);
                }
            }
        }
    }
}

/// What the columns take: at most one and a half bytes for each answer of each response, of the form
/// with the most questions beside the scored ones too.
#[test]
fn the_columns_are_small() {
    for id in ["sipas-2022", "procedures", "health-inpatient"] {
        let definition = definition(id);
        let responses = generated(&definition, 1000, 1, &[], &[]);
        let mut dataset = Dataset::of(&definition.survey, &responses);
        mark(&mut dataset, &Rules::default());
        dataset.shrink();
        let answers = definition.survey.scored().len() + definition.survey.counted().count();
        let ((rows, _), most) = (dataset.bytes(), answers * responses.len());
        assert!(rows <= most, "{id}: {rows} bytes of {most}");
    }
}
