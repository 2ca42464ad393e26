//! What the office's worker tells its page reads back the same, to the last digit.

#[allow(dead_code)]
mod scenario;

use scenario::{began, definition, generated, targets};
use sipas_kit::dataset::{Dataset, Period};
use sipas_kit::exchange::import::{choose, read_best};
use sipas_kit::office::beside::{Apart, Caution, cautions, lines};
use sipas_kit::office::message::{Filed, State, Tell};
use sipas_kit::office::{Grouped, Library, Look, Practice, Shown, Written};
use sipas_kit::report::{Request, Results, pulls};
use sipas_kit::response::{Answer, Response};
use sipas_kit::survey::Kind;
use sipas_kit::survey::method::Formula;
use sipas_kit::survey::unit::Units;

fn library() -> Library {
    let definitions =
        ["counter-3", "counter-5", "sipas-2022", "procedures", "health-inpatient"].map(definition).to_vec();
    Library { definitions, targets: targets(), units: Units::new() }
}

#[test]
fn what_is_shown_reads_back_the_same() {
    let library = library();
    for definition in &library.definitions {
        let survey = &definition.survey;
        for count in [0, 1, 2, 60] {
            let mut responses = generated(definition, count, 5, &["02647", "02671"], &["dat-dai", "ho-tich"]);
            // All alike, or one person: where an interval has nothing to go by.
            if count == 2 {
                responses[1].answers = responses[0].answers.clone();
            }
            let dataset = Dataset::of(survey, &responses);
            let plain = Look { survey: survey.id.clone(), ..Look::default() };
            let fine = Look {
                formula: Some(Formula::MeanOfFactors),
                dossiers: Some(40),
                by: ["unit".to_owned(), "field".to_owned()],
                period: Some(Period::Month),
                is_public: true,
                ..plain.clone()
            };
            let only = Look { only: vec![("field".to_owned(), vec!["dat-dai".to_owned()])], ..plain.clone() };
            for look in [plain, fine, only] {
                let shown = Shown::of(&library, &look, &dataset, began());
                assert_eq!(Some(Grouped::of(&library, &look, &dataset, began())), shown.grouped);
                let whole = Shown::of(&library, &look.without_groups(), &dataset, began());
                let again = Shown { grouped: shown.grouped.clone(), ..whole };
                assert_eq!(again, shown, "groups change nothing about the whole");
                let json = serde_json::to_string(&shown).expect("JSON");
                let again: Shown = serde_json::from_str(&json).expect("the same");
                assert_eq!(again, shown, "{} {count} {look:?}", survey.id);
                let few = responses.iter().filter(|response| response.attributes.field.as_deref() == Some("dat-dai"));
                let expected = if look.only.is_empty() { responses.len() } else { few.count() };
                assert_eq!(shown.results.responses, expected as u64);
            }
        }
    }
}

#[test]
fn what_is_said_of_a_file_reads_back_the_same() {
    let library = library();
    let folder = format!("{}/tests/imports/counter-5", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(format!("{folder}/google-forms.csv")).expect("a file");
    let setting = library.reading("counter-5", began());
    let (table, mapping, _) = read_best(&bytes, &setting.definition.survey, &[]).expect("a table");
    let translation = sipas_kit::exchange::import::translate(&table, &mapping, &setting).expect("a translation");
    let account = Some(Box::new(translation.account));
    let tell = Tell::File(Box::new(Filed { account, state: State::Done, ..Filed::new(3, "a".to_owned()) }));
    let json = serde_json::to_string(&tell).expect("JSON");
    let Ok(Tell::File(again)) = serde_json::from_str(&json) else { panic!("{json}") };
    let Tell::File(filed) = tell else { unreachable!() };
    assert_eq!(again, filed);
}

#[test]
fn a_file_is_read_as_the_survey_it_fits() {
    let library = library();
    let surveys = || library.definitions.iter().map(|definition| &definition.survey);
    let folder = format!("{}/tests/imports/counter-5", env!("CARGO_MANIFEST_DIR"));
    let chosen = |name: &str, text: &dyn Fn(String) -> String| {
        let text = text(std::fs::read_to_string(format!("{folder}/{name}")).expect("a file"));
        choose(text.as_bytes(), surveys(), &[], None).expect("a table")
    };
    let survey = |name| chosen(name, &|text| text).mapping.map(|mapping| mapping.survey);
    for name in ["google-forms.csv", "kobo-names.csv", "kit-saved-by-a-spreadsheet.csv"] {
        assert_eq!(survey(name).as_deref(), Some("counter-5"), "{name}");
    }
    // The two surveys for counters differ in their levels only: what nobody can tell is asked, and what is
    // shown counts.
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let bytes = std::fs::read(format!("{folder}/{name}")).expect("a file");
        for preferred in [None, Some("counter-5")] {
            let Ok(found) = choose(&bytes, surveys(), &[], preferred) else { continue };
            let Some(mapping) = found.mapping.filter(|_| !name.ends_with(".snap")) else { continue };
            assert!(!(found.is_ambiguous && preferred.is_some()), "{name}");
            assert!(mapping.survey == "counter-5" || found.is_ambiguous, "{name}: {}", mapping.survey);
        }
    }
    assert_eq!(survey("another-table.csv"), None);
    // The kit's own file says itself what it is of, whatever its columns.
    let other = chosen("kit-saved-by-a-spreadsheet.csv", &|text| text.replace("counter-5", "counter-9"));
    assert_eq!((other.unknown.as_deref(), other.mapping.is_none()), (Some("counter-9"), true));
    // What a person said once counts for the next file.
    let mut kept = chosen("google-forms.csv", &|text| text).mapping.expect("a mapping");
    kept.given.insert("channel".to_owned(), "paper".to_owned());
    let bytes = std::fs::read(format!("{folder}/google-forms.csv")).expect("a file");
    let again = choose(&bytes, surveys(), std::slice::from_ref(&kept), None).expect("a table");
    assert!(again.is_kept && again.mapping == Some(kept));
}

#[test]
fn what_items_take_from_the_overall_figure_adds_up_to_what_it_lacks() {
    let mut library = library();
    for at in 0..library.definitions.len() {
        for formula in [Formula::Top2Pooled, Formula::Top2MeanOfItems, Formula::MeanOfFactors, Formula::MeanOver5] {
            let definition = &mut library.definitions[at];
            definition.method.formulas = vec![formula];
            let responses = generated(definition, 80, 11, &["02647"], &["dat-dai"]);
            let dataset = Dataset::of(&definition.survey, &responses);
            let look = Look { survey: definition.survey.id.clone(), ..Look::default() };
            let results = look.results(&library, &dataset, began());
            let definition = &library.definitions[at];
            let found = pulls(definition, &results);
            let overall = results.total().next().and_then(|row| row.estimate(formula));
            let (Some(found), Some(overall)) = (found, overall) else {
                assert!(formula == Formula::MeanOver5 || definition.survey.scored().is_empty(), "{}", look.survey);
                continue;
            };
            assert_ne!(formula, Formula::MeanOver5);
            let lost: f64 = found.iter().map(|pull| pull.lost).sum();
            assert!((lost - (1.0 - overall.value)).abs() < 1e-12, "{} {formula:?}: {lost}", look.survey);
            assert!(found.is_sorted_by(|a, b| a.lost >= b.lost));
        }
    }
}

#[test]
fn a_target_is_followed_month_by_month() {
    let library = library();
    let definition = library.find("procedures").expect("a definition");
    let mut responses = generated(definition, 300, 3, &["02647"], &["dat-dai", "ho-tich"]);
    for (at, response) in responses.iter_mut().enumerate() {
        let ahead = chrono::TimeDelta::days(i64::try_from(at % 70).expect("days"));
        response.started_at -= ahead;
        response.finished_at -= ahead;
    }
    let dataset = Dataset::of(&definition.survey, &responses);
    let look = Look { survey: "procedures".to_owned(), ..Look::default() };
    let results = look.results(&library, &dataset, began());
    assert_eq!(results.trends.len(), results.board.len());
    assert!(results.board.len() > 1, "a target of all fields, and one of some");
    for (row, course) in results.board.iter().zip(&results.trends) {
        let people: u64 = course.iter().map(|row| row.count.respondents).sum();
        assert_eq!(people, row.count.respondents);
        let answers: u64 = course.iter().map(|row| row.count.answers).sum();
        assert_eq!(answers, row.count.answers);
        assert!(course.len() >= 3 && course.is_sorted_by_key(|row| row.group.period.clone()));
        let official = results.official;
        let change = course[1].figure(official).and_then(|figured| figured.change).expect("a change");
        let value = |at: usize| course[at].estimate(official).expect("a figure").value;
        assert!((change.value - (value(1) - value(0))).abs() < 1e-12);
    }
    // What one month's target says is what the same filter says.
    let month = results.trends[0][0].group.period.clone().expect("a month");
    let only = Look { only: vec![("month".to_owned(), vec![month])], ..look };
    let filtered = only.results(&library, &dataset, began());
    assert_eq!(filtered.board[0].count, results.trends[0][0].count);
}

#[test]
fn one_measure_of_groups_is_what_it_is_among_all() {
    let library = library();
    let definition = library.find("sipas-2022").expect("a definition");
    let responses = generated(definition, 200, 7, &["02647", "02671", "02674"], &["dat-dai", "ho-tich"]);
    let dataset = Dataset::of(&definition.survey, &responses);
    let setting = library.scoring("sipas-2022", began());
    let survey = &definition.survey;
    let measures = ["overall", &survey.parts[0].id, &survey.factors[1].id, survey.scored()[3].id];
    for (measure, is_public) in measures.into_iter().flat_map(|measure| [(measure, false), (measure, true)]) {
        let look = Look {
            survey: "sipas-2022".to_owned(),
            by: ["unit".to_owned(), "field".to_owned()],
            measure: measure.to_owned(),
            is_public,
            ..Look::default()
        };
        let groups = look.groups(&library, &dataset, began()).expect("groups");
        let keys = look.keys(&definition.survey);
        let request = Request { by: keys, is_public, ..Request::default() };
        let mut all = Results::of(&setting, &dataset, &Request { formulas: vec![groups.official], ..request });
        all.rows.retain(|row| row.measure == measure);
        assert!(!all.rows.is_empty(), "{measure}");
        assert_eq!(groups.rows, all.rows, "{measure}");
        assert!(groups.board.is_empty() && groups.figures.is_empty());
    }
}

#[test]
fn values_of_a_key_are_those_that_other_filters_leave() {
    let library = library();
    let definition = library.find("counter-5").expect("a definition");
    let responses = generated(definition, 100, 2, &["02647", "02671"], &["dat-dai", "ho-tich"]);
    let dataset = Dataset::of(&definition.survey, &responses);
    let only = vec![("unit".to_owned(), vec!["02647".to_owned()])];
    let look = Look { survey: "counter-5".to_owned(), only, ..Look::default() };
    let count = |unit: &str, field: &str| {
        let is_of = |of: &Option<String>, wanted: &str| wanted.is_empty() || of.as_deref() == Some(wanted);
        let of = |r: &&Response| is_of(&r.attributes.unit, unit) && is_of(&r.attributes.field, field);
        responses.iter().filter(of).count() as u64
    };
    let named = |name: &str, count: u64| (name.to_owned(), count);
    let fields = ["dat-dai", "ho-tich"].map(|field| named(field, count("02647", field)));
    assert_eq!(look.values(&library, &dataset, "field"), fields);
    let units = ["02647", "02671"].map(|unit| named(unit, count(unit, "")));
    assert_eq!(look.values(&library, &dataset, "unit"), units, "not those of its own filter");
    assert_eq!(look.values(&library, &dataset, "nonsense"), []);
    let counted = look.counted(&library, &dataset, began());
    assert_eq!(counted.iter().filter(|counted| **counted).count() as u64, count("02647", ""));
}

#[test]
fn what_people_wrote_is_found_whatever_its_marks_and_hidden_of_a_few() {
    let library = library();
    let definition = library.find("counter-5").expect("a definition");
    let mut responses = generated(definition, 10, 2, &["02647"], &["dat-dai", "ho-tich"]);
    let words = ["Chờ lâu quá", "Cán bộ nhiệt tình", "  ", "PHẢI CHO LAU HƠN\n<b>hai giờ</b>"];
    responses.iter_mut().for_each(|response| response.answers.clear());
    for (response, text) in responses.iter_mut().zip(words) {
        response.answers.insert("comment".to_owned(), Answer::Text(text.to_owned()));
    }
    let mut written = Written::default();
    responses.iter().for_each(|response| written.add(response));
    let texts = |search: &str, most: usize| {
        let found = written.found(search, most, 10, 100);
        (found.found, found.shown.into_iter().map(|comment| comment.text).collect::<Vec<_>>())
    };
    assert_eq!(texts("", 50).0, 3, "spaces are no words");
    assert_eq!(texts("chờ lâu", 50).0, 2);
    assert_eq!(texts("lau cho", 1).0, 2);
    assert_eq!(texts("lau cho", 1).1.len(), 1);
    assert_eq!(texts("nhiet  tinh", 50).1, ["Cán bộ nhiệt tình"]);
    let by_field: u64 = written.found("", 50, 10, 100).by_field.iter().map(|(_, count)| count).sum();
    assert_eq!(by_field, 3);
    let few = written.found("", 50, 4, 100);
    assert!(few.is_hidden && few.found == 0 && few.shown.is_empty() && few.by_field.is_empty());
}

#[test]
fn piles_beside_each_other_say_what_keeps_them_from_comparing() {
    let mut library = library();
    let mut other = library.find("counter-5").expect("a definition").clone();
    other.survey.id = "counter-5-before".to_owned();
    other.survey.edition = "0".to_owned();
    library.put(other);
    let pile = |library: &Library, survey: &str, count: u32, seed: u64, only: &[(&str, &str)]| {
        let definition = library.find(survey).expect("a definition");
        let responses = generated(definition, count, seed, &["02647", "02671"], &["dat-dai"]);
        let only = only.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
        let look = Look { survey: survey.to_owned(), only, ..Look::default() };
        look.results(library, &Dataset::of(&definition.survey, &responses), began())
    };
    let [a, b] = ["02647", "02671"].map(|unit| pile(&library, "counter-5", 300, 1, &[("unit", unit)]));
    assert_eq!(cautions(&[a.clone(), b.clone()]), []);
    assert_eq!(cautions(&[a.clone(), pile(&library, "counter-5", 300, 1, &[])]), [Caution::Overlap]);
    assert_eq!(cautions(&[a.clone(), pile(&library, "counter-5", 0, 1, &[])]), [Caution::Empty]);
    let before = pile(&library, "counter-5-before", 20, 1, &[]);
    assert_eq!(cautions(&[a.clone(), before.clone()]), [Caution::Editions, Caution::Few]);

    let overall = |piles: &[Results]| lines(&library, piles).into_iter().find(|line| line.measure == "overall");
    let line = overall(&[a.clone(), b.clone()]).expect("a line");
    let value =
        |pile: &Results| pile.total().next().and_then(|row| row.estimate(pile.official)).map(|estimate| estimate.value);
    let change = line.changes[1].expect("a change");
    let between = value(&b).expect("a figure") - value(&a).expect("a figure");
    assert!(line.changes[0].is_none() && (change.value - between).abs() < 1e-12);
    assert!(change.interval.0 < change.value && change.value < change.interval.1);
    assert_eq!(overall(&[a.clone(), before]).expect("a line").apart, None, "the same words and scale");
    // Three levels instead of five, of the same name.
    let three = pile(&library, "counter-3", 300, 1, &[]);
    let line = overall(&[a, three]).expect("a line");
    assert_eq!((line.apart, line.changes[1]), (Some(Apart::Scale), None));
}

/// What the page gets ready with: made-up responses of any survey are read, whoever reads them, and counted.
#[test]
fn practice_counts_what_it_made_up() {
    let library = library();
    for definition in &library.definitions {
        let practice = Practice::of(&library, &definition.survey.id, began());
        assert_eq!(practice.round(&library, began()).results.responses, 4000, "{}", definition.survey.id);
        let takes_words = definition.survey.questions().any(|question| matches!(question.kind, Kind::Text { .. }));
        assert!(!takes_words || practice.file().contains(&b'"'), "{}: no quotes", definition.survey.id);
    }
}
