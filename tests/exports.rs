//! Exports for other programs: the workbook, and the responses for SPSS with their codebook.

#[allow(dead_code)]
mod scenario;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use scenario::{definition, generated, targets};
use sipas_kit::document::report::Facts;
use sipas_kit::document::texts::Texts;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::codebook::write_codebook;
use sipas_kit::exchange::spreadsheet::write_workbook;
use sipas_kit::exchange::spss::Spss;
use sipas_kit::response::{Answer, Response};
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::{Missing, Text};

const SURVEYS: [&str; 8] = [
    "sipas-2022",
    "procedures",
    "health-inpatient",
    "health-outpatient",
    "health-immunisation",
    "public-education",
    "counter-5",
    "counter-3",
];

fn book(definition: &Definition, responses: &[Response], language: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let results = scenario::results(definition, &targets(), responses, today);
    let texts = Texts::new();
    let facts = Facts { results: &results, definition, texts: &texts, language, today, scope: "" };
    Xlsx::new(Cursor::new(write_workbook(&facts).expect("a workbook"))).expect("a workbook that can be read")
}

/// The rows of a CSV file by a reader that knows nothing of the kit.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_workbook_holds_the_figures_as_numbers() {
    let sipas = definition("sipas-2022");
    let responses = generated(&sipas, 60, 3, &["02647"], &[]);
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let records = scenario::results(&sipas, &targets(), &responses, today).records();
    let mut book = book(&sipas, &responses, "vi");
    assert_eq!(book.sheet_names(), ["Kết quả", "Chỉ tiêu", "Phương pháp"]);
    let sheet = book.worksheet_range("Kết quả").expect("results");
    let head: Vec<String> = sheet.rows().next().expect("a head").iter().map(ToString::to_string).collect();
    let at = |name: &str| head.iter().position(|head| head == name).expect("a column");
    assert_eq!(sheet.rows().count(), records.len() + 1);
    for (row, record) in sheet.rows().skip(1).zip(&records) {
        let shown = record.percent_shown.as_ref().map(|text| text.parse::<f64>().expect("a number") / 100.0);
        assert_eq!(row[at("Tỷ lệ")], shown.map_or(Data::Empty, Data::Float), "{record:?}");
        assert_eq!(row[at("Điểm trung bình")], record.mean.map_or(Data::Empty, Data::Float));
        #[allow(clippy::cast_precision_loss)]
        let respondents = record.respondents.map(|number| number as f64);
        assert_eq!(row[at("Số người trả lời")], respondents.map_or(Data::Empty, Data::Float));
        assert_eq!(row[at("Công thức")], Data::String(record.formula.to_owned()));
    }
    let targets = book.worksheet_range("Chỉ tiêu").expect("targets");
    let target = targets.rows().nth(1).expect("a target");
    assert_eq!(target[3], Data::Float(0.9));
    // The serial number of 1 January 2021.
    assert!(matches!(&target[1], Data::DateTime(day) if (day.as_f64() - 44_197.0).abs() < 1e-9), "{target:?}");
    let method = book.worksheet_range("Phương pháp").expect("method");
    let method: String = method.rows().map(|row| row[0].to_string()).collect::<Vec<_>>().join("\n");
    assert!(method.contains("60 phiếu là dữ liệu mẫu do máy sinh ra") && method.contains("top2-pooled"), "{method}");
}

#[test]
fn no_cell_of_a_workbook_is_a_formula() {
    let mut hostile = definition("counter-5");
    let text = |text: &str| Text([("vi".to_owned(), text.to_owned())].into_iter().collect());
    hostile.survey.factors[0].text = text("=HYPERLINK(\"http://x\")");
    hostile.survey.parts[0].text = text("+1;=2");
    let responses = generated(&hostile, 10, 3, &[], &[]);
    let mut book = book(&hostile, &responses, "vi");
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "{name}");
        let sheet = book.worksheet_range(&name).expect("a sheet");
        for cell in sheet.rows().flatten().filter_map(|cell| cell.get_string_as_is()) {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
}

trait AsIs {
    fn get_string_as_is(&self) -> Option<&str>;
}

impl AsIs for Data {
    fn get_string_as_is(&self) -> Option<&str> {
        if let Data::String(text) = self { Some(text) } else { None }
    }
}

/// Responses that hold every kind of answer there is.
fn answers(definition: &Definition) -> Vec<Response> {
    let mut responses = generated(definition, 6, 3, &["02647"], &["dat-dai"]);
    responses[0].answers.insert("rating".to_owned(), Answer::Missing(Missing::NoAnswer));
    let picked = |options: &[&str], specified: Option<&str>| Answer::Picked {
        options: options.iter().map(|id| (*id).to_owned()).collect(),
        specified: specified.map(str::to_owned),
    };
    responses[1].answers.insert("reasons".to_owned(), picked(&["late", "other"], Some("=1+1\nhai dòng")));
    responses[1].answers.insert("rating".to_owned(), Answer::Level(1));
    responses[2].answers.insert("comment".to_owned(), Answer::Text("Tốt, 'rất' tốt\r\n\"cảm ơn\"".to_owned()));
    responses
}

#[test]
fn responses_for_spss_and_what_reads_them() {
    let counter5 = definition("counter-5");
    let responses = answers(&counter5);
    let spss = Spss::of(&counter5.survey, &responses, "en", "counter-5_spss.csv");
    insta::assert_snapshot!("spss_data", spss.data);
    insta::assert_snapshot!("spss_syntax", spss.syntax);
    insta::assert_snapshot!("codebook", write_codebook(&counter5.survey, "vi", Reader::Machine));
}

#[test]
fn syntax_names_every_column_and_every_value_of_the_data() {
    for id in SURVEYS {
        let definition = definition(id);
        let responses = generated(&definition, 80, 5, &["02647"], &["dat-dai"]);
        let spss = Spss::of(&definition.survey, &responses, "vi", "x.csv");
        let rows = rows(&spss.data);
        let read: Vec<Vec<&str>> = spss
            .syntax
            .lines()
            .skip_while(|line| !line.contains("/VARIABLES="))
            .skip(1)
            .take_while(|line| line.trim() != ".")
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(read.iter().map(|names| names[0]).collect::<Vec<_>>(), rows[0], "{id}");
        assert!(spss.syntax.lines().all(|line| line.len() <= 255), "{id}");
        // The labels of each variable, as far as they are on lines of their own.
        let mut labels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut of = "";
        for line in
            spss.syntax.lines().skip_while(|line| *line != "VALUE LABELS").skip(1).take_while(|line| line.trim() != ".")
        {
            let line = line.trim();
            match line.split_once(' ') {
                None => of = line.trim_start_matches('/'),
                Some((value, _)) if value != "+" => labels.entry(of).or_default().push(value),
                Some(_) => {}
            }
        }
        for (at, name) in rows[0].iter().enumerate() {
            let format = read[at][1];
            for row in &rows[1..] {
                let value = row[at].as_str();
                match format.strip_prefix('A') {
                    Some(width) => assert!(value.len() <= width.parse().expect("a width"), "{id} {name}: {value}"),
                    None if value.is_empty() || format == "DATETIME20" => {}
                    None if format == "F12.0" => assert!(value.parse::<i64>().is_ok(), "{id} {name}: {value}"),
                    None => assert!(labels[name.as_str()].contains(&value), "{id} {name}: {value}"),
                }
            }
        }
        let codebook = self::rows(&write_codebook(&definition.survey, "vi", Reader::Excel));
        let own = sipas_kit::exchange::responses::write_responses(&definition.survey, &responses, Reader::Machine);
        let own = self::rows(&own);
        for (at, column) in own[0].iter().enumerate() {
            let of: Vec<&Vec<String>> = codebook.iter().filter(|line| line[0] == *column).collect();
            assert!(!of.is_empty(), "{id} {column}");
            if of[0][1] == "rating" || of[0][1] == "single" {
                for row in own[1..].iter().filter(|row| !row[at].is_empty()) {
                    assert!(of.iter().any(|line| line[4] == row[at]), "{id} {column}: {}", row[at]);
                }
            }
        }
    }
}
