//! What the office's worker tells its page reads back the same, to the last digit.

#[allow(dead_code)]
mod scenario;

use scenario::{began, definition, generated, targets};
use sipas_kit::dataset::{Dataset, Period};
use sipas_kit::exchange::import::{choose, read_best};
use sipas_kit::office::message::{Filed, State, Tell};
use sipas_kit::office::{Library, Look, Shown};
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
