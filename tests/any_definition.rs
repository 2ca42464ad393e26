//! Definitions made up at random: what the checker lets pass can be walked to the end by anyone,
//! and a condition is refused exactly where no answers make it true.

#[allow(dead_code)]
mod scenario;

use std::fmt::Write as _;
use std::rc::Rc;

use proptest::prelude::*;
use proptest::sample::select;
use scenario::began;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::responses::{Setting, read_responses, write_responses};
use sipas_kit::interview::{Draft, Effect, Event, Interview, Screen, applicable};
use sipas_kit::json::{FromJson, Json, ToJson};
use sipas_kit::response::{Answer, Answers, Attributes, Status};
use sipas_kit::survey::condition::parse;
use sipas_kit::survey::method::{Definition, Method};
use sipas_kit::survey::problem::{Fault, Severity};
use sipas_kit::survey::read::{Reading, read_survey};
use sipas_kit::survey::unit::Units;
use sipas_kit::survey::{Column, Kind, Missing, Survey};

const HEAD: &str = r#"
id = "any"
edition = "1"
languages = ["vi"]
title.vi = "Phiếu"
purpose.vi = "Để thử."
issuer.vi = "Xã"
source.vi = "Nội bộ."

[[scale]]
id = "three"
level = [
  { code = 1, text.vi = "Một" },
  { code = 2, text.vi = "Hai" },
  { code = 3, text.vi = "Ba" },
]
missing = [{ reason = "no-opinion", text.vi = "Không có ý kiến" }]

[kiosk]
main = "q0"
more = "answered(q0)"

[[section]]
id = "s"
text.vi = "Mục"
"#;

fn read(source: &str) -> Reading<Definition> {
    read_survey(source, &[], began().date_naive())
}

/// The tables of one question. Every id is `q` and its number, items are `q3a`, `q3b`.
fn question(at: usize, kind: &str, required: bool, when: &str) -> String {
    let mut text = format!("\n[[section.question]]\nid = \"q{at}\"\ntext.vi = \"Câu {at}\"\n");
    if required {
        text += "required = true\n";
    }
    if !when.is_empty() {
        let _ = writeln!(text, "when = \"{when}\"");
    }
    let options = |last: &str| {
        format!(
            "option = [{{ id = \"a\", text.vi = \"A\" }}, {{ id = \"b\", {last}text.vi = \"B\" }}, {{ id = \"c\", text.vi = \"C\" }}]\n"
        )
    };
    text += &match kind {
        "rating" => "kind = \"rating\"\nscale = \"three\"\n".to_owned(),
        "number" => "kind = \"number\"\nmin = 0\nmax = 3\n".to_owned(),
        "text" => "kind = \"text\"\nmax_length = 5\n".to_owned(),
        "single" => format!("kind = \"single\"\n{}", options("specify = true, ")),
        "multiple" => format!("kind = \"multiple\"\n{}", options("exclusive = true, ")),
        "field" if !text.contains("attribute") => {
            format!("kind = \"single\"\nattribute = \"field\"\n{}", options(""))
        }
        kind => {
            let together = if kind == "together" { "together = true\n" } else { "" };
            let item = |name: &str| {
                format!("[[section.question.item]]\nid = \"q{at}{name}\"\ntext.vi = \"Nội dung {name}\"\n")
            };
            format!("kind = \"matrix\"\nscale = \"three\"\n{together}{}{}", item("a"), item("b"))
        }
    };
    text
}

/// A test of an earlier question, mostly one that its kind allows.
fn test(kinds: Vec<&'static str>) -> impl Strategy<Value = String> {
    let comparison = select(vec!["=", "!=", "<", "<=", ">", ">="]);
    (0..kinds.len(), 0i64..5, comparison, select(vec!["a", "b", "c"]), 0u8..10).prop_map(
        move |(at, number, comparison, option, shape)| {
            let id = match kinds[at] {
                "matrix" | "together" => format!("q{at}{}", if shape % 2 == 0 { "a" } else { "b" }),
                _ => format!("q{at}"),
            };
            let equality = if comparison.contains('!') { "!=" } else { "=" };
            match (shape, kinds[at]) {
                (0, _) => format!("answered({id})"),
                (1, _) => format!("not answered({id})"),
                (_, "text") => format!("answered({id})"),
                (_, "multiple") => format!("{id} has {option}"),
                (2, "single" | "field") => format!("{id} in (a, {option})"),
                (_, "single" | "field") => format!("{id} {equality} {option}"),
                (3, _) => format!("{id} in (1, {})", number.clamp(1, 3)),
                (_, "number") => format!("{id} {comparison} {number}"),
                _ => format!("{id} {comparison} {}", number.clamp(1, 3)),
            }
        },
    )
}

fn condition(kinds: Vec<&'static str>) -> BoxedStrategy<String> {
    if kinds.is_empty() {
        return Just(String::new()).boxed();
    }
    let leaf = test(kinds);
    let tree = leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    });
    prop_oneof![1 => Just(String::new()), 3 => tree].boxed()
}

const KINDS: [&str; 8] = ["rating", "number", "text", "single", "multiple", "matrix", "together", "field"];

/// Kinds of questions, at most one of them asking for an attribute.
fn kinds(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(select(KINDS.to_vec()), 1..=most).prop_map(|mut kinds| {
        let mut seen = false;
        for kind in &mut kinds {
            if *kind == "field" && std::mem::replace(&mut seen, true) {
                *kind = "single";
            }
        }
        kinds[0] = "rating";
        kinds
    })
}

/// A definition's text, with the condition of its last question apart.
fn definition(most: usize) -> impl Strategy<Value = (String, String)> {
    kinds(most).prop_flat_map(|kinds| {
        let conditions: Vec<BoxedStrategy<String>> =
            (0..=kinds.len()).map(|at| condition(kinds[..at].to_vec())).collect();
        let required = proptest::collection::vec(any::<bool>(), kinds.len());
        (Just(kinds), conditions, required).prop_map(|(kinds, mut conditions, required)| {
            let last = conditions.pop().unwrap_or_default();
            let questions = kinds.iter().zip(&conditions).zip(&required).enumerate();
            let questions = questions.map(|(at, ((kind, when), required))| question(at, kind, *required, when));
            (format!("{HEAD}{}", questions.collect::<String>()), last)
        })
    })
}

/// Some answer to a column, fit or unfit.
fn some_answer(survey: &Survey, column: &Column<'_>, dice: u64) -> Option<Answer> {
    let options = column.question.options();
    match dice % 7 {
        0 => return None,
        1 => return Some(Answer::Text("chữ".to_owned())),
        2 => return Some(Answer::Missing(Missing::NoOpinion)),
        _ => {}
    }
    Some(match &column.question.kind {
        Kind::Rating { .. } | Kind::Matrix { .. } => Answer::Level((dice / 7 % 5) as u8),
        Kind::Number { .. } => Answer::Number((dice / 7 % 6) as i64 - 1),
        Kind::Text { .. } => Answer::Text("abcdefgh".chars().take((dice / 7 % 8) as usize).collect()),
        Kind::Single { .. } | Kind::Multiple { .. } | Kind::Contacts { .. } => {
            let mask = dice / 7;
            let picked = options.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
            let options: Vec<String> = picked.map(|(_, option)| option.id.clone()).collect();
            let specified = (dice & 64 == 0).then(|| survey.id.clone());
            Answer::Picked { options, specified }
        }
    })
}

/// An answer that is surely fit.
fn fit_answer(survey: &Survey, column: &Column<'_>) -> Answer {
    match &column.question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            Answer::Level(survey.scale(scale).expect("a scale").levels[0].code)
        }
        Kind::Number { min, .. } => Answer::Number(min.unwrap_or(0)),
        Kind::Text { .. } => Answer::Text("vừa".to_owned()),
        Kind::Single { options } | Kind::Multiple { options } | Kind::Contacts { options } => {
            Answer::option(options[0].id.clone())
        }
    }
}

fn from(at_counter: bool, field: Option<&str>) -> Attributes {
    Attributes {
        channel: at_counter.then(|| "kiosk".to_owned()),
        field: field.map(str::to_owned),
        ..Attributes::default()
    }
}

/// Whoever walks away, or says at a counter that they are finished: what is kept reads back
/// without an error, and holds nothing of the questions they did not see.
fn leaving_now(survey: &Rc<Survey>, interview: &Interview) -> Result<(), TestCaseError> {
    let definition = Definition { survey: Survey::clone(survey), method: Method::default() };
    let setting = Setting { definition: &definition, units: &Units::new(), now: began() };
    let mut finished = interview.clone();
    let can_finish = finished.can_finish();
    let handed_in = finished.update(Event::Submit { at: began() }).into_iter().find_map(|effect| match effect {
        Effect::Store(response) => Some(*response),
        _ => None,
    });
    let is_asking = matches!(interview.screen(), Screen::Question { .. });
    prop_assert!(handed_in.is_none() || can_finish || !is_asking);
    let walked_away = interview.leave(began());
    if walked_away.as_ref().is_some_and(|left| left.status == Status::Abandoned) {
        prop_assert!(can_finish || interview.draft().attributes.channel.is_none());
    }
    for response in walked_away.into_iter().chain(handed_in) {
        let csv = write_responses(survey, [&response], Reader::Machine);
        let import = read_responses(csv.as_bytes(), &setting, &[]);
        let errors: Vec<_> = import.problems.iter().filter(|p| p.fault.severity() == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{:?}\n{}", errors, csv);
        prop_assert_eq!(&import.responses, &vec![response.clone()]);
        if let Screen::Question { columns, .. } = interview.screen() {
            let here = survey.columns().position(|column| columns[0].id == column.id).expect("a column");
            let unseen = survey.columns().skip(here + columns.len());
            for column in unseen.filter(|column| interview.answer(column.id).is_none()) {
                let beyond = survey.columns().skip_while(|c| c.id != column.id);
                let came_back = beyond.into_iter().any(|column| interview.answer(column.id).is_some());
                prop_assert!(came_back || !response.answers.contains_key(column.id), "{}", column.id);
            }
        }
    }
    Ok(())
}

/// A draft is kept as serde would keep it, and read back.
#[track_caller]
fn kept(draft: &Draft) {
    let text = draft.to_json().print();
    assert_eq!(text, serde_json::to_string(draft).expect("JSON"));
    assert_eq!(Json::parse(&text).as_ref().and_then(Draft::from_json).as_ref(), Some(draft));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// No panic and no dead end, whatever is answered, with detours back.
    #[test]
    fn what_passes_the_checker_can_be_walked_to_the_end(
        (source, _) in definition(9),
        dice in proptest::collection::vec(any::<u64>(), 40),
        at_counter: bool,
        field in select(vec![None, Some("a"), Some("elsewhere")]),
    ) {
        let reading = read(&source);
        for problem in &reading.problems {
            prop_assert!(
                matches!(problem.fault, Fault::NeverTrue),
                "{}", problem.render("any.toml", &source, "en")
            );
        }
        // Some three in ten hold a condition that is never true.
        if !reading.is_usable() {
            return Ok(());
        }
        let survey = Rc::new(reading.value.survey);
        let json = serde_json::to_string(&*survey).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<Survey>(&json).expect("read back"), &*survey);
        prop_assert_eq!(&Json::parse(&json).as_ref().and_then(Survey::from_json).expect("read by the page"), &*survey);
        let mut interview = Interview::new(survey.clone(), from(at_counter, field), "vi".to_owned());
        interview.update(Event::Start { id: "r".to_owned(), at: began() });
        let mut dice = dice.iter().copied().cycle();
        let mut turns = 0;
        loop {
            turns += 1;
            prop_assert!(turns < 500, "no end");
            kept(interview.draft());
            let Screen::Question { columns, .. } = interview.screen() else { break };
            prop_assert!(!columns.is_empty());
            let roll = dice.next().expect("a roll").rotate_left(turns);
            let given: Vec<(String, Option<Answer>)> =
                columns.iter().map(|column| (column.id.to_owned(), some_answer(&survey, column, roll >> 3))).collect();
            for (column, answer) in given {
                interview.update(Event::Answer { column, answer });
            }
            if roll % 5 == 0 && turns < 60 {
                interview.update(Event::Back);
                continue;
            }
            if interview.update(Event::Next) == [Effect::Refused] {
                let columns: Vec<String> = interview.invalid().iter().map(|invalid| invalid.column.clone()).collect();
                for id in columns {
                    let answer = fit_answer(&survey, &survey.column(&id).expect("a column"));
                    interview.update(Event::Answer { column: id, answer: Some(answer) });
                }
                let moved = interview.update(Event::Next);
                prop_assert!(moved == [Effect::Moved] || at_counter && moved == [Effect::HandIn], "{:?}", moved);
            }
            leaving_now(&survey, &interview)?;
        }
        // An answer left unfit on a detour is asked for again before the end.
        let mut effects = interview.update(Event::Submit { at: began() });
        for _ in 0..100 {
            if effects.iter().any(|effect| matches!(effect, Effect::Store(_))) {
                break;
            }
            let ids: Vec<String> = match interview.screen() {
                Screen::Question { columns, .. } => columns.iter().map(|column| column.id.to_owned()).collect(),
                _ => Vec::new(),
            };
            for id in ids {
                let answer = fit_answer(&survey, &survey.column(&id).expect("a column"));
                interview.update(Event::Answer { column: id, answer: Some(answer) });
            }
            interview.update(Event::Next);
            kept(interview.draft());
            effects = interview.update(Event::Submit { at: began() });
        }
        let response = effects.iter().find_map(|effect| match effect {
            Effect::Store(response) => Some(response),
            _ => None,
        });
        let Some(response) = response else { panic!("{effects:?}") };
        prop_assert_eq!(serde_json::to_string(response).expect("JSON"), response.to_json().print());
        kept(interview.draft());
    }

    /// The checker against every answer there is.
    #[test]
    fn a_condition_is_refused_exactly_where_no_answers_make_it_true((source, when) in definition(4)) {
        let base = read(&source);
        if when.is_empty() || !base.is_usable() {
            return Ok(());
        }
        let survey = base.value.survey;
        let asked = format!("{source}{}", question(99, "text", false, &when));
        let refused = read(&asked).problems.iter().any(|problem| matches!(problem.fault, Fault::NeverTrue));
        let condition = parse(&when).expect("a condition");
        let mut fulfilled = false;
        for_all_answers(&survey, &mut Answers::new(), 0, &mut |answers| {
            let fields = [None, Some("a"), Some("b"), Some("c"), Some("elsewhere")];
            for field in if survey.questions().any(|q| q.attribute.is_some()) { &fields[..] } else { &fields[..1] } {
                let from = from(false, *field);
                let asked = applicable(&survey, &from, answers);
                let mut seen: Answers =
                    answers.iter().filter(|(id, _)| asked.contains(&id.as_str())).map(|(id, a)| (id.clone(), a.clone())).collect();
                for question in survey.questions().filter(|question| question.attribute.is_some()) {
                    if let Some(field) = field && question.when.as_ref().is_none_or(|when| when.holds(&seen)) {
                        seen.insert(question.id.clone(), Answer::option(*field));
                    }
                }
                let complete = survey.columns().filter(|column| asked.contains(&column.id)).all(|column| {
                    !column.question.required || answers.contains_key(column.id)
                });
                fulfilled |= complete && condition.holds(&seen);
            }
        });
        prop_assert_eq!(!fulfilled, refused, "{}", when);
    }
}

/// Calls `visit` with every combination of answers that conditions can tell apart.
fn for_all_answers(survey: &Survey, answers: &mut Answers, at: usize, visit: &mut impl FnMut(&Answers)) {
    let columns: Vec<Column<'_>> = survey.columns().collect();
    let Some(column) = columns.get(at) else { return visit(answers) };
    let picked = |options: &[&str]| Answer::Picked {
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        specified: None,
    };
    let possible: Vec<Answer> = match &column.question.kind {
        Kind::Rating { .. } | Kind::Matrix { .. } => {
            (1..=3).map(Answer::Level).chain([Answer::Missing(Missing::NoOpinion)]).collect()
        }
        Kind::Number { .. } => (0..=3).map(Answer::Number).collect(),
        Kind::Text { .. } => vec![Answer::Text("x".to_owned())],
        Kind::Multiple { .. } => vec![picked(&["a"]), picked(&["b"]), picked(&["c"]), picked(&["a", "c"])],
        Kind::Single { .. } | Kind::Contacts { .. } => vec![picked(&["a"]), picked(&["b"]), picked(&["c"])],
    };
    for_all_answers(survey, answers, at + 1, visit);
    for answer in possible {
        answers.insert(column.id.to_owned(), answer);
        for_all_answers(survey, answers, at + 1, visit);
    }
    answers.remove(column.id);
}
