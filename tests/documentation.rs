//! What the documentation shows is what the checker accepts.

#[allow(dead_code)]
mod scenario;

use chrono::NaiveDate;
use scenario::small_targets;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::target::read_targets;

fn page(name: &str) -> String {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The blocks fenced with these words, in order.
fn blocks(page: &str, fence: &str) -> Vec<String> {
    let opening = format!("```{fence}\n");
    let blocks = page.split(&opening).skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.map(|block| format!("{block}\n")).collect()
}

#[track_caller]
fn sound(source: &str) -> Definition {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let reading = read_survey(source, &small_targets(), today);
    let problems: String = reading.problems.iter().map(|problem| problem.render("x", source, "en")).collect();
    assert_eq!(problems, "");
    reading.value
}

/// The first example is a whole survey, each of the others fits into it.
#[test]
fn the_examples_of_the_language_are_sound() {
    let page = page("survey-definitions.md");
    let examples = blocks(&page, "toml");
    assert!(examples.len() > 5, "{}", examples.len());
    assert_eq!(sound(&examples[0]).survey.columns().count(), 3);
    for example in &examples[1..] {
        sound(&format!("{}\n{example}", examples[0]));
    }
    sound(&examples.concat());
    let targets = blocks(&page, "toml targets");
    assert!(!targets.is_empty());
    for example in targets {
        assert_eq!(read_targets(&example).problems, []);
    }
}

/// What the tutorial has its reader write, step by step.
#[test]
fn every_step_of_the_tutorial_is_sound() {
    let examples = blocks(&page("tutorial.md"), "toml");
    assert!(examples.len() > 1);
    let mut so_far = String::new();
    for example in examples {
        if example.starts_with("id =") {
            so_far.clear();
        }
        so_far += &format!("{example}\n");
        sound(&so_far);
    }
}
