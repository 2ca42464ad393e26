//! Every definition of tests/diagnostics beside the messages it must cause, in
//! both languages. `INSTA_UPDATE=always cargo test --test diagnostics` rewrites
//! the messages; look at the difference before committing it.

#[allow(dead_code)]
mod scenario;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use scenario::small_targets;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::problem::Problem;
use sipas_kit::survey::read::{COLOURS, Reading, decode, read_language, read_survey, read_theme};
use sipas_kit::survey::target::read_targets;
use sipas_kit::survey::unit::{Restored, read_units, restore};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(name: &str, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(name))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn check(source: &str) -> Reading<Definition> {
    read_survey(source, &small_targets(), day(2026, 11, 21))
}

/// What the reader says of a file of tests/diagnostics.
fn problems_of(path: &Path) -> (String, Vec<Problem>) {
    let (source, problem) = decode(std::fs::read(path).expect("a file"));
    let problems = match problem {
        Some(problem) => vec![problem],
        None if name_of(path).starts_with("targets-") => read_targets(&source).problems,
        None if name_of(path).starts_with("theme-") => read_theme(&source).problems,
        None => match name_of(path).strip_prefix("words-") {
            Some(code) => read_language(&source, code).problems,
            None => check(&source).problems,
        },
    };
    (source, problems)
}

fn name_of(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).expect("a name")
}

#[test]
fn messages() {
    for path in files("tests/diagnostics", "toml") {
        let (source, problems) = problems_of(&path);
        let name = name_of(&path);
        let mut messages = String::new();
        for language in ["vi", "en"] {
            for problem in &problems {
                let _ = writeln!(messages, "{}", problem.render(&format!("{name}.toml"), &source, language));
            }
        }
        assert_eq!(messages.is_empty(), name.ends_with("sound"), "{name}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => "diagnostics" }, {
            insta::assert_snapshot!(name, messages);
        });
    }
}

/// The checker compares a theme's colours with those of the style sheet.
#[test]
fn the_colours_of_the_style_sheet_are_those_the_checker_knows() {
    let css = std::fs::read_to_string(folder("public/styles/base.css")).expect("the style sheet");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").expect("colours for a dark ground");
    for (name, on_light, on_dark) in COLOURS {
        for (sheet, colour) in [(light, on_light), (dark, on_dark)] {
            let at = sheet.split_once(&format!("--{name}: #")).map(|(_, rest)| rest.split(';').next().unwrap_or(""));
            let digits = at.expect(name);
            let digits =
                if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
            assert_eq!(format!("#{digits}"), colour.print(), "{name}");
        }
    }
}

#[test]
fn a_file_too_large_to_be_a_questionnaire() {
    let source = "# x\n".repeat(300_000);
    let reading = check(&source);
    let told: Vec<String> =
        ["vi", "en"].map(|language| reading.problems[0].render("x.toml", &source, language)).to_vec();
    assert_eq!(reading.problems.len(), 1);
    insta::assert_snapshot!("too_large", told.concat());
}

/// Nothing the checker can say is without a file that makes it say so.
#[test]
fn every_message_is_held_by_a_file() {
    let of_files = files("tests/diagnostics", "toml").into_iter().map(|path| problems_of(&path).1);
    let too_large = check(&"# x\n".repeat(300_000)).problems;
    let said: String = of_files.chain([too_large]).map(|problems| format!("{problems:?}\n")).collect();
    let said: BTreeSet<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
    let read = |file: &str| std::fs::read_to_string(folder(file)).expect("a source file");
    let problem = read("src/survey/problem/mod.rs");
    let condition = read("src/survey/condition.rs");
    for (source, kind) in [
        (&problem, "Fault"),
        (&problem, "Misfit"),
        (&problem, "Shape"),
        (&problem, "IdRule"),
        (&problem, "Thing"),
        (&condition, "Expected"),
    ] {
        let body = source.split(&format!("pub enum {kind} {{")).nth(1).and_then(|rest| rest.split("\n}").next());
        let variants = body.expect(kind).lines().filter_map(|line| line.strip_prefix("    "));
        let variants: Vec<&str> = variants
            .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
            .filter_map(|line| line.split(|c: char| !c.is_alphanumeric()).next())
            .collect();
        assert!(variants.len() > 2, "{kind}");
        let unsaid: Vec<&&str> = variants.iter().filter(|variant| !said.contains(**variant)).collect();
        assert!(unsaid.is_empty(), "no file of tests/diagnostics shows {kind}: {unsaid:?}");
    }
}

/// On a day on which all of their targets were in force.
#[test]
fn the_kits_own_definitions_have_no_problem_at_all() {
    assert_eq!(problems_of_the_kit(day(2025, 6, 1)), "");
}

/// Targets and editions end. The checker says so, and says nothing else.
#[test]
fn the_kits_own_definitions_name_what_is_over() {
    insta::assert_snapshot!("kit_in_2026", problems_of_the_kit(day(2026, 11, 21)));
    insta::assert_snapshot!("kit_in_2031", problems_of_the_kit(day(2031, 1, 1)));
}

fn problems_of_the_kit(today: NaiveDate) -> String {
    let targets = std::fs::read_to_string(folder("survey-definitions/targets.toml")).expect("targets");
    let targets = read_targets(&targets);
    assert_eq!(targets.problems, []);
    let mut problems = String::new();
    for path in files("survey-definitions", "toml") {
        if path.ends_with("targets.toml") {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("text");
        let reading = read_survey(&source, &targets.value, today);
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        for problem in reading.problems {
            problems += &problem.render(&file, &source, "en");
        }
    }
    problems
}

#[test]
fn units_are_complete_and_their_codes_are_text() {
    let source = std::fs::read(folder("survey-definitions/units.csv")).expect("units");
    let units = read_units(&source).expect("sound");
    let provinces = units.values().filter(|unit| unit.province.is_none()).count();
    assert_eq!((provinces, units.len() - provinces), (34, 3321));
    assert_eq!(units["02647"].full_name(), "Phường Lào Cai, Tỉnh Lào Cai");
    assert!(!units.contains_key("2647"));
}

#[test]
fn units_with_a_mistake_name_the_line() {
    let mut told = String::new();
    for rows in ["15,tỉnh,A,\n2647,xã,B,15\n", "15,tỉnh,A,\n02647,xã,B,16\n", "15,tỉnh,A,\n15,tỉnh,B,\n", "15,tỉnh\n"]
    {
        let problem = read_units(format!("code,level,name,province\n{rows}").as_bytes()).unwrap_err();
        for language in ["vi", "en"] {
            let (what, remedy) = problem.words(language);
            let _ = writeln!(told, "{}: {what} → {remedy}", problem.line);
        }
    }
    insta::assert_snapshot!("units", told);
}

/// What a spreadsheet makes of codes is undone where that can be told.
#[test]
fn codes_without_their_zeros_are_recognised() {
    let source = std::fs::read(folder("survey-definitions/units.csv")).expect("units");
    let units = read_units(&source).expect("sound");
    let code = |code: &str| Restored::Code(code.to_owned());
    assert_eq!(restore("2647", &units), code("02647"));
    assert_eq!(restore("118", &units), code("00118"));
    assert_eq!(restore("1", &units), code("01"));
    assert_eq!(restore("4", &units), Restored::Either("04".to_owned(), "00004".to_owned()));
    for sound in ["02647", "15", "2", "999", "26470", "", "x2647", "-4"] {
        if units.contains_key(sound) || sound.len() != 1 {
            assert_eq!(restore(sound, &units), Restored::AsWritten, "{sound}");
        }
    }
    // Every code on the list is taken as it stands, and found again without its zeros or called into doubt.
    for full in units.keys() {
        assert_eq!(restore(full, &units), Restored::AsWritten);
        let stripped = full.trim_start_matches('0');
        match restore(stripped, &units) {
            Restored::Code(found) => assert_eq!(&found, full),
            Restored::Either(a, b) => assert!(&a == full || &b == full),
            Restored::AsWritten => assert!(units.contains_key(stripped), "{full}"),
        }
    }
}

/// Nesting, junk, odd characters, sheer size: an answer, and never a panic or an endless run.
#[test]
fn hostile_files_end_quickly_with_an_error() {
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tables = "[[section]]\n".repeat(100_000);
    let junk: String =
        (0u32..2_000_000).filter_map(|n| char::from_u32(n.wrapping_mul(2_654_435_761) % 0x3000)).collect();
    let huge = "id = 99999999999999999999999999999999999999\nedition = 1e999\n".to_owned();
    let condition = format!(
        "[[section]]\n[[section.question]]\nid = \"q\"\nkind = \"text\"\nwhen = \"{}\"\n",
        "not ".repeat(200_000)
    );
    let questions = (0..8000).fold("[[section]]\n".to_owned(), |text, n| {
        text + &format!("[[section.question]]\nid = \"q{n}\"\nkind = \"text\"\nwhen = \"answered(q{n})\"\n")
    });
    let hard = (0..60).fold("[[section]]\n".to_owned(), |text, n| {
        let all: Vec<String> = (0..n).map(|m| format!("not q{m} = {m}")).collect();
        text + &format!("[[section.question]]\nid = \"q{n}\"\nkind = \"number\"\nwhen = \"{}\"\n", all.join(" and "))
    });
    let ten_megabytes = junk.chars().cycle().take(5_000_000).collect();
    let odd = "\u{0}\u{feff}\u{202e}".to_owned();
    for source in [deep, tables, junk, ten_megabytes, huge, condition, questions, hard, odd] {
        let reading = read_survey(&source, &[], day(2026, 11, 21));
        assert!(!reading.is_usable());
        assert!(reading.problems.iter().all(|problem| problem.span.start <= source.len()));
        for problem in reading.problems.iter().take(20) {
            assert!(problem.render("x.toml", &source, "vi").len() < 4000);
        }
    }
}
