//! Every definition of tests/diagnostics beside the messages it must cause, in
//! both languages. `INSTA_UPDATE=always cargo test --test diagnostics` rewrites
//! the messages; look at the difference before committing it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::target::read_targets;
use sipas_kit::survey::unit::read_units;

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

#[test]
fn messages() {
    let known = vec!["procedures".to_owned(), "administrative-service".to_owned()];
    let found = files("tests/diagnostics", "toml");
    assert!(found.len() > 20);
    for path in found {
        let source = std::fs::read_to_string(&path).expect("text");
        let reading = read_survey(&source, &known);
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let mut messages = String::new();
        for language in ["vi", "en"] {
            for problem in &reading.problems {
                let _ = writeln!(messages, "{}", problem.render(&format!("{name}.toml"), &source, language));
            }
        }
        assert_eq!(messages.is_empty(), name == "sound", "{name}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => "diagnostics" }, {
            insta::assert_snapshot!(name, messages);
        });
    }
}

#[test]
fn the_kits_own_definitions_have_no_problem_at_all() {
    let targets = std::fs::read_to_string(folder("survey-definitions/targets.toml")).expect("targets");
    let targets = read_targets(&targets);
    assert_eq!(targets.problems, []);
    let known: Vec<String> = targets.value.into_iter().map(|target| target.id).collect();
    for path in files("survey-definitions", "toml") {
        if path.ends_with("targets.toml") {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("text");
        assert_eq!(read_survey(&source, &known).problems, [], "{}", path.display());
    }
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
    let read = |rows: &str| read_units(format!("code,level,name,province\n{rows}").as_bytes()).unwrap_err();
    assert_eq!(read("15,tỉnh,A,\n2647,xã,B,15\n"), "line 3: the code 2647 must have 5 digits");
    assert_eq!(read("15,tỉnh,A,\n02647,xã,B,16\n"), "line 3: no province has the code 16");
    assert_eq!(read("15,tỉnh,A,\n15,tỉnh,B,\n"), "line 3: the code 15 appears twice");
}

#[test]
fn the_example_in_the_documentation_is_sound() {
    let page = std::fs::read_to_string(folder("docs/survey-definitions.md")).expect("the page");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let reading = read_survey(example, &["procedures".to_owned()]);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.value.columns().count(), 3);
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
    for source in [deep, tables, junk, huge, condition, "\u{0}\u{feff}\u{202e}".to_owned()] {
        let reading = read_survey(&source, &[]);
        assert!(!reading.is_usable());
        for problem in reading.problems.iter().take(20) {
            assert!(problem.render("x.toml", &source, "vi").len() < 4000);
        }
    }
}
