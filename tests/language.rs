//! Each feature of the definition language: a small definition in tests/language, and beside it
//! what becomes of the walks that its `# walk` comments describe. `INSTA_UPDATE=always cargo test
//! --test language` rewrites them; look at the difference before committing it.
//!
//! `# walk channel=kiosk: q1=2 why=late+other~words` sets attributes, then answers each column
//! named as it comes up; all others are passed over.

#[allow(dead_code)]
mod scenario;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

use scenario::{began, definition_of, results};
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::responses::{Setting, read_responses, write_responses};
use sipas_kit::interview::{Effect, Event, Interview, Screen};
use sipas_kit::response::{Answer, Attributes, Response};
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::unit::Units;
use sipas_kit::survey::{Kind, Missing, Survey};

#[test]
fn walks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert!(files.len() > 12);
    for path in files {
        let source = std::fs::read_to_string(&path).expect("text");
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let outcome = outcome(&definition_of(&source, &[]), &source);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => "language" }, {
            insta::assert_snapshot!(name, outcome);
        });
    }
}

/// What the walks of a file come to, and the figures of all their responses.
fn outcome(definition: &Definition, source: &str) -> String {
    let survey = Rc::new(definition.survey.clone());
    let walks: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("# walk")).collect();
    assert!(!walks.is_empty(), "no walk");
    let mut told = String::new();
    let mut responses = Vec::new();
    for (at, walk) in walks.iter().enumerate() {
        let _ = writeln!(told, "walk{walk}");
        let response = run(&survey, walk, at, &mut told);
        responses.extend(response);
        told.push('\n');
    }
    let results = results(definition, &[], &responses, began().date_naive());
    for record in results.records().iter().filter(|record| record.measure_kind != sipas_kit::scoring::MeasureKind::Item)
    {
        let answer = record.answer.as_ref().map(|answer| format!(" {answer}")).unwrap_or_default();
        let shown = record.percent_shown.as_ref().map(|percent| format!(" = {percent} %"));
        let grade = record.grade.map(|grade| format!(" {}", grade.code())).unwrap_or_default();
        let mean = record.mean.map(|mean| format!(" = {mean:.4}{grade}"));
        let _ = writeln!(
            told,
            "{} {}{answer}: {}/{}{}",
            record.measure,
            record.formula,
            record.numerator.map_or("–".to_owned(), |numerator| numerator.to_string()),
            record.denominator.map_or("–".to_owned(), |denominator| denominator.to_string()),
            shown.or(mean).unwrap_or_default()
        );
    }
    told
}

fn run(survey: &Rc<Survey>, walk: &str, at: usize, told: &mut String) -> Option<Response> {
    let (attributes, given) = walk.split_once(':').expect("a colon");
    let pairs = |text: &str| -> BTreeMap<String, String> {
        text.split_whitespace()
            .map(|pair| pair.split_once('=').unwrap_or_else(|| panic!("{pair}")))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    };
    let set = pairs(attributes);
    let attributes = Attributes {
        field: set.get("field").cloned(),
        counter: set.get("counter").cloned(),
        channel: set.get("channel").cloned(),
        ..Attributes::default()
    };
    let given = pairs(given);
    let mut interview = Interview::new(survey.clone(), attributes, survey.fallback().to_owned());
    interview.update(Event::Start { id: format!("r{at}"), at: began() });
    while let Screen::Question { columns, .. } = interview.screen() {
        let columns: Vec<String> = columns.iter().map(|column| column.id.to_owned()).collect();
        let _ = writeln!(told, "  asked {}", columns.join(" "));
        for column in &columns {
            if let Some(value) = given.get(column) {
                let answer = Some(answer(survey, column, value));
                interview.update(Event::Answer { column: column.clone(), answer });
            }
        }
        if interview.update(Event::Next) == [Effect::Refused] {
            for invalid in interview.invalid() {
                let _ = writeln!(told, "  refused {}: {:?}", invalid.column, invalid.why);
            }
            return None;
        }
    }
    let effects = interview.update(Event::Submit { at: began() });
    let Some(Effect::Store(response)) = effects.into_iter().find(|effect| matches!(effect, Effect::Store(_))) else {
        panic!("not handed in")
    };
    let csv = write_responses(survey, [&*response], Reader::Machine);
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes())
        .records()
        .map(|row| row.expect("a row"))
        .collect();
    let cells = rows[0].iter().zip(&rows[1]).filter(|(name, cell)| {
        let is_plain =
            ["response_id", "survey", "edition", "language", "started_at", "finished_at", "status", "origin"];
        !cell.is_empty() && !is_plain.contains(name)
    });
    let cells: Vec<String> = cells.map(|(name, cell)| format!("{name}={cell}")).collect();
    let _ = writeln!(told, "  stored {}", cells.join(" "));
    // What is written is read back, without a word of complaint.
    let method = sipas_kit::survey::method::Method::default();
    let definition = Definition { survey: Survey::clone(survey), method };
    let setting = Setting { definition: &definition, units: &Units::new(), now: began() };
    let import = read_responses(csv.as_bytes(), &setting, &[]);
    assert_eq!((import.problems, import.responses), (Vec::new(), vec![(*response).clone()]));
    Some(*response)
}

fn answer(survey: &Survey, column: &str, value: &str) -> Answer {
    if let Some(missing) = Missing::by_code(value) {
        return Answer::Missing(missing);
    }
    match &survey.column(column).expect(column).question.kind {
        Kind::Rating { .. } | Kind::Matrix { .. } => Answer::Level(value.parse().expect("a level")),
        Kind::Number { .. } => value.parse().map_or_else(|_| Answer::Text(value.to_owned()), Answer::Number),
        Kind::Text { .. } => Answer::Text(value.to_owned()),
        Kind::Single { .. } | Kind::Multiple { .. } | Kind::Contacts { .. } => {
            let (options, words) =
                value.split_once('~').map_or((value, None), |(options, words)| (options, Some(words)));
            Answer::Picked {
                options: options.split('+').map(str::to_owned).collect(),
                specified: words.map(str::to_owned),
            }
        }
    }
}
