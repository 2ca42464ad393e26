//! Response files: written, read back, damaged, repeated, of others.

#[allow(dead_code)]
mod scenario;

use std::fmt::Write as _;
use std::rc::Rc;

use chrono::NaiveDate;
use proptest::prelude::*;
use scenario::{began, definition, definition_of, survey};
use sipas_kit::exchange::responses::{FileKind, Import, Setting, kind_of, read_responses, write_responses};
use sipas_kit::exchange::{BOM, Reader};
use sipas_kit::response::{Answer, Moment, Response};
use sipas_kit::sample::{Dice, Plan, generate};
use sipas_kit::survey::Survey;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::unit::{Unit, Units};

/// Responses from a stream of numbers that is good enough to look random.
fn some(survey: &Rc<Survey>, count: u32, seed: u64) -> Vec<Response> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 1
    };
    let plan = Plan {
        count,
        units: vec!["02647".to_owned(), "02650".to_owned()],
        fields: vec!["dat-dai".to_owned()],
        from: NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day"),
    };
    generate(survey, &plan, &mut Dice(&mut next))
}

fn now() -> Moment {
    began()
}

/// Reads without a list of units.
fn read(bytes: &[u8], definition: &Definition, known: &[Response]) -> Import {
    read_responses(bytes, &Setting { definition, units: &Units::new(), now: now() }, known)
}

/// The outcome of an import, as a person would be told.
fn told(import: &Import) -> String {
    let mut text = format!(
        "rows {}, used {}, duplicates {}, set aside {}\n",
        import.rows,
        import.responses.len(),
        import.duplicates,
        import.set_aside
    );
    for language in ["vi", "en"] {
        for problem in &import.problems {
            let (what, remedy) = problem.fault.words(language);
            let column = problem.column.as_deref().unwrap_or("–");
            let _ = writeln!(text, "{:?} line {} {column}: {what} → {remedy}", problem.fault.severity(), problem.line);
        }
    }
    text
}

/// Three sound responses to the counter survey as CSV lines, header first.
fn lines() -> Vec<String> {
    let counter = survey("counter-5");
    let text = write_responses(&counter, &some(&counter, 3, 5), Reader::Machine);
    text.lines().map(str::to_owned).collect()
}

fn import(text: &str) -> Import {
    read(text.as_bytes(), &definition("counter-5"), &[])
}

#[test]
fn a_file_reads_back_as_it_was_written() {
    for id in ["sipas-2022", "counter-5"] {
        let definition = definition(id);
        let survey = Rc::new(definition.survey.clone());
        let responses = some(&survey, 60, 3);
        for reader in [Reader::Excel, Reader::Machine] {
            let text = write_responses(&survey, &responses, reader);
            assert_eq!(text.starts_with(BOM), reader == Reader::Excel);
            let import = read(text.as_bytes(), &definition, &[]);
            assert_eq!(import.problems, []);
            assert_eq!(import.responses, responses);
            assert_eq!(kind_of(text.as_bytes()), FileKind::Responses(id.to_owned()));
        }
    }
}

#[test]
fn separators_and_line_ends_of_spreadsheets() {
    let text = lines().join("\n");
    assert_eq!(import(&text).responses.len(), 3);
    assert_eq!(import(&text.replace(',', ";")).responses.len(), 3, "a Vietnamese Excel writes semicolons");
    assert_eq!(import(&text.replace(',', "\t")).responses.len(), 3);
    assert_eq!(import(&format!("{text}\n,,,,,\n\n")).responses.len(), 3, "empty rows at the end are nothing");
}

/// Lines are those an editor shows, whatever the line ends, empty lines and
/// line breaks within cells.
#[test]
fn problems_name_the_line_an_editor_shows() {
    let definition = definition_of(WORDS, &[]);
    let survey = Rc::new(definition.survey.clone());
    let mut responses = some(&survey, 3, 9);
    responses[0].answers.insert("w".to_owned(), Answer::Text("một\nhai\nba".to_owned()));
    let text = write_responses(&survey, &responses, Reader::Excel);
    let damaged = text.trim_end().to_owned().replacen("generated", "guessed", 3);
    for text in [damaged.clone(), damaged.replace("\r\n", "\n"), damaged.replacen("\r\n", "\r\n\r\n", 1)] {
        let lines: Vec<u64> =
            read(text.as_bytes(), &definition, &[]).problems.iter().map(|problem| problem.line).collect();
        let shown: Vec<u64> =
            (1..).zip(text.lines()).filter(|(_, line)| line.contains(",words,")).map(|(line, _)| line).collect();
        assert_eq!(lines, shown, "{text:?}");
    }
}

#[test]
fn the_same_response_counts_once() {
    let text = lines().join("\n");
    let first = import(&text);
    let again = read(text.as_bytes(), &definition("counter-5"), &first.responses);
    assert_eq!((again.responses.len(), again.duplicates, again.set_aside), (0, 3, 0));
    let mut doubled = lines();
    doubled.push(doubled[1].clone());
    let doubled = import(&doubled.join("\n"));
    assert_eq!((doubled.responses.len(), doubled.duplicates), (3, 1));
}

#[test]
fn damaged_rows_are_set_aside_with_their_position_and_the_rest_is_read() {
    let mut rows = lines();
    let status = |row: &str, word: &str| row.replace("complete", word);
    let good = rows[1].clone();
    let fresh = |row: &str, digit: char| format!("{digit}{}", &row[1..]);
    rows[2] = rows[2].replace(",complete", "");
    rows.push(status(&fresh(&good, 'a'), "finished"));
    rows.push(fresh(&good, 'b').replace("counter-5", "counter-3"));
    rows.push(fresh(&good, 'c').replace("2026.1", "2025.9"));
    rows.push(fresh(&good, 'd').replace("2026-10", "2036-10"));
    rows.push(fresh(&good, 'e').replace("2026-10", "hôm qua"));
    rows.push(good.replace("kiosk", "paper").replace("phone", "paper"));
    let mut rating = csv_cells(&good);
    rating[0] = "f".to_owned();
    rating[13] = "6".to_owned();
    rows.push(rating.join(","));
    rating[0] = String::new();
    rating[13] = "5".to_owned();
    rows.push(rating.join(","));
    insta::assert_snapshot!("damaged", told(&import(&rows.join("\n"))));
}

fn csv_cells(row: &str) -> Vec<String> {
    row.split(',').map(str::to_owned).collect()
}

#[test]
fn an_open_quote_does_not_swallow_the_rest_without_a_word() {
    let mut rows = lines();
    rows[2] = rows[2].replace(",complete", ",\"complete");
    let import = import(&rows.join("\n"));
    assert_eq!((import.responses.len(), import.set_aside), (1, 1));
    insta::assert_snapshot!("open_quote", told(&import));
}

#[test]
fn empty_cells_that_a_spreadsheet_left_out_or_added() {
    let counter = survey("counter-5");
    let mut responses = some(&counter, 2, 5);
    for response in &mut responses {
        response.answers.retain(|column, _| column == "rating");
        response.answers.insert("rating".to_owned(), Answer::Level(5));
    }
    let text = write_responses(&counter, &responses, Reader::Machine);
    let rows: Vec<&str> = text.lines().collect();
    let short = format!("{}\n{}\n{},,,", rows[0], rows[1].trim_end_matches(','), rows[2]);
    let import = import(&short);
    assert_eq!(import.responses, responses);
    insta::assert_snapshot!("short_row", told(&import));
}

#[test]
fn answers_that_do_not_apply_and_words_without_an_option_are_reported() {
    let counter = survey("counter-5");
    let mut responses = some(&counter, 1, 5);
    responses[0].answers.insert("rating".to_owned(), Answer::Level(5));
    responses[0].answers.insert("reasons".to_owned(), Answer::option("late"));
    let text = write_responses(&counter, &responses, Reader::Machine);
    let text = text.replace(",late,,", ",late,mất điện,");
    let import = import(&text);
    assert!(!import.responses[0].answers.contains_key("reasons"));
    insta::assert_snapshot!("not_asked", told(&import));
}

#[test]
fn files_of_something_else() {
    insta::assert_snapshot!("something_else", told(&import("Họ tên,Điểm\nA,5\n")));
    insta::assert_snapshot!("empty", told(&import("")));
    assert_eq!(kind_of(b""), FileKind::Other);
    assert_eq!(kind_of("Họ tên,Điểm\nA,5\n".as_bytes()), FileKind::Other);
    assert_eq!(kind_of(b"\xff\xfeh\0"), FileKind::Utf16);
    assert_eq!(kind_of(b"survey,edition,measure,measure_kind\n"), FileKind::Results);
}

#[test]
fn columns_missing_unknown_and_doubled() {
    let text = lines().join("\n");
    insta::assert_snapshot!("missing_column", told(&import(&text.replacen(",contacts", ",contact", 1))));
    insta::assert_snapshot!("doubled_column", told(&import(&text.replacen(",contacts", ",rating", 1))));
}

#[test]
fn text_that_is_not_utf8() {
    let mut bytes = lines().join("\n").into_bytes();
    let at = bytes.iter().rposition(|&b| b == b',').expect("a cell");
    bytes.splice(at..at, [0xd0, 0xff]);
    let import = read(&bytes, &definition("counter-5"), &[]);
    assert_eq!((import.responses.len(), import.set_aside), (2, 1));
    insta::assert_snapshot!("not_utf8", told(&import));
}

const WORDS: &str = r#"
id = "words"
edition = "1"
languages = ["vi"]
title = { vi = "T" }
purpose = { vi = "T" }
issuer = { vi = "T" }
source = { vi = "T" }
formulas = ["top2-pooled"]
[[section]]
id = "s"
text = { vi = "S" }
[[section.question]]
id = "w"
kind = "text"
max_length = 2000
text = { vi = "W" }
[[section.question]]
id = "c"
kind = "single"
text = { vi = "C" }
option = [ { id = "other", specify = true, text = { vi = "O" } } ]
"#;

proptest! {
    /// Any words survive a round trip through a file that runs no formula.
    #[test]
    fn words_round_trip(words in "\\PC{1,20}", odd in "['=+@\\-,;\"\\n\\r\\ta]{1,12}", bom in any::<bool>()) {
        let definition = definition_of(WORDS, &[]);
        let survey = Rc::new(definition.survey.clone());
        let mut response = some(&survey, 1, 1).remove(0);
        response.answers.insert("w".to_owned(), Answer::Text(odd.clone()));
        let picked = Answer::Picked { options: vec!["other".to_owned()], specified: Some(words) };
        response.answers.insert("c".to_owned(), picked);
        let reader = if bom { Reader::Excel } else { Reader::Machine };
        let text = write_responses(&survey, [&response], reader);
        let mut cells = csv::Reader::from_reader(text.trim_start_matches(BOM).as_bytes());
        for cell in cells.records().next().expect("a row").expect("CSV").iter() {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
        let import = read(text.as_bytes(), &definition, &[]);
        prop_assert_eq!(import.problems, []);
        prop_assert_eq!(import.responses, [response]);
    }

    /// Whatever the bytes, reading ends without a panic and every row is accounted for.
    #[test]
    fn any_bytes_are_read(junk in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..900) {
        let mut bytes = lines().join("\n").into_bytes();
        let at = at.min(bytes.len());
        bytes.splice(at..at, junk);
        let import = read(&bytes, &definition("counter-5"), &[]);
        let accounted = import.responses.len() as u64 + import.duplicates + import.set_aside;
        prop_assert_eq!(accounted, import.rows);
        let _ = kind_of(&bytes);
    }
}

/// What is true of many rows is said once, with their number.
#[test]
fn units_without_zeros_unknown_fields_and_days_outside_the_period() {
    let definition = definition("sipas-2022");
    let survey = Rc::new(definition.survey.clone());
    let units =
        ["02647", "01", "00004", "04"].map(|code| (code.to_owned(), Unit { name: code.to_owned(), province: None }));
    let units: Units = units.into_iter().collect();
    let mut responses = some(&survey, 6, 5);
    let given = [("2647", 0), ("2647", 0), ("4", 0), ("1", 0), ("02647", 400), ("77", 0)];
    for (response, (unit, days)) in responses.iter_mut().zip(given) {
        response.attributes.unit = Some(unit.to_owned());
        response.started_at += chrono::TimeDelta::days(days);
        response.finished_at += chrono::TimeDelta::days(days);
    }
    let text = write_responses(&survey, &responses, Reader::Machine);
    let now = now() + chrono::TimeDelta::days(800);
    let import = read_responses(text.as_bytes(), &Setting { definition: &definition, units: &units, now }, &[]);
    let units_read: Vec<&str> =
        import.responses.iter().filter_map(|response| response.attributes.unit.as_deref()).collect();
    assert_eq!(units_read, ["02647", "02647", "4", "01", "02647", "77"]);
    insta::assert_snapshot!("notes", told(&import));

    let definition = scenario::definition("procedures");
    let survey = Rc::new(definition.survey.clone());
    let mut responses = some(&survey, 3, 5);
    responses[1].attributes.field = Some("dat_dai".to_owned());
    responses[2].attributes.field = Some("dat_dai".to_owned());
    let text = write_responses(&survey, &responses, Reader::Machine);
    insta::assert_snapshot!("unknown_field", told(&read(text.as_bytes(), &definition, &[])));
}
