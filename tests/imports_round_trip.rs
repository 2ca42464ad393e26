//! The kit's own responses as other programs would export them, imported again: the same columns of
//! codes. And whatever the bytes are, reading them ends, with every row accounted for; for longer:
//! `PROPTEST_CASES=20000 cargo test --release --test imports_round_trip any_bytes`.

#[allow(dead_code)]
mod scenario;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use scenario::{began, definition, generated};
use sipas_kit::dataset::Dataset;
use sipas_kit::exchange::import::{Layout, Refusal, is_own, read_best, translate};
use sipas_kit::exchange::responses::{Import, Setting, read_responses, write_responses};
use sipas_kit::exchange::{BOM, Reader};
use sipas_kit::response::{Answer, Response};
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::unit::Units;
use sipas_kit::survey::{Attribute, Column, Kind, Missing, Survey};

/// How a program writes a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Program {
    GoogleForms,
    KoboNames,
    KoboLabels,
    OdkCentral,
    LimeSurveyCodes,
    LimeSurveyTexts,
}

const PROGRAMS: [Program; 6] = [
    Program::GoogleForms,
    Program::KoboNames,
    Program::KoboLabels,
    Program::OdkCentral,
    Program::LimeSurveyCodes,
    Program::LimeSurveyTexts,
];

impl Program {
    fn layout(self) -> Layout {
        match self {
            Program::GoogleForms => Layout::GoogleForms,
            Program::KoboNames | Program::KoboLabels => Layout::Kobo,
            Program::OdkCentral => Layout::OdkCentral,
            Program::LimeSurveyCodes | Program::LimeSurveyTexts => Layout::LimeSurvey,
        }
    }

    fn has_labels(self) -> bool {
        matches!(self, Program::GoogleForms | Program::KoboLabels | Program::LimeSurveyTexts)
    }

    /// The names of a response's own columns, and what they hold.
    fn about(self, response: &Response, number: usize) -> Vec<(&'static str, String)> {
        let (started, finished) = (response.started_at, response.finished_at);
        let in_utc = |at: chrono::DateTime<chrono::FixedOffset>| at.with_timezone(&chrono::Utc);
        let local = "%Y-%m-%d %H:%M:%S";
        match self {
            Program::GoogleForms => {
                vec![("Dấu thời gian", finished.format("%d/%m/%Y %-H:%M:%S").to_string())]
            }
            Program::KoboNames | Program::KoboLabels => vec![
                ("start", started.to_rfc3339()),
                ("end", finished.to_rfc3339()),
                ("_id", number.to_string()),
                ("_uuid", response.id.clone()),
                ("_submission_time", in_utc(finished).format("%Y-%m-%dT%H:%M:%S").to_string()),
                ("_index", number.to_string()),
            ],
            Program::OdkCentral => vec![
                ("SubmissionDate", in_utc(finished).format("%Y-%m-%dT%H:%M:%S.000Z").to_string()),
                ("start", started.to_rfc3339()),
                ("end", finished.to_rfc3339()),
                ("KEY", format!("uuid:{}", response.id)),
                ("meta-instanceID", format!("uuid:{}", response.id)),
                ("FormVersion", "1".to_owned()),
            ],
            Program::LimeSurveyCodes => vec![
                ("id", number.to_string()),
                ("submitdate", finished.format(local).to_string()),
                ("lastpage", "3".to_owned()),
                ("startlanguage", "vi".to_owned()),
                ("startdate", started.format(local).to_string()),
            ],
            Program::LimeSurveyTexts => vec![
                ("Response ID", number.to_string()),
                ("Date submitted", finished.format(local).to_string()),
                ("Last page", "3".to_owned()),
                ("Start language", "vi".to_owned()),
                ("Date started", started.format(local).to_string()),
            ],
        }
    }
}

/// One response as a program has it: names of columns and cells.
fn row(program: Program, survey: &Survey, response: &Response, number: usize) -> Vec<(String, String)> {
    let mut row: Vec<(String, String)> =
        program.about(response, number).into_iter().map(|(name, cell)| (name.to_owned(), cell)).collect();
    let a = &response.attributes;
    for (name, value) in [("unit", &a.unit), ("channel", &a.channel), ("officer", &a.officer)] {
        row.push((name.to_owned(), value.clone().unwrap_or_default()));
    }
    row.push(("origin".to_owned(), response.origin.code().to_owned()));
    for (name, attribute) in [("field", Attribute::Field), ("counter", Attribute::Counter)] {
        let value = a.get(attribute).unwrap_or_default();
        let asked = survey.asking_for(attribute).and_then(|question| question.columns().next());
        let label = asked.filter(|_| program.has_labels()).map(|column| label(&column, value));
        let header = asked.filter(|_| program.has_labels()).map(|column| column.text().get("vi", "vi").to_owned());
        row.push((header.unwrap_or_else(|| name.to_owned()), label.unwrap_or_else(|| value.to_owned())));
    }
    for column in survey.csv_columns() {
        answers(program, survey, &column, response.answers.get(column.id), &mut row);
    }
    row
}

fn label(column: &Column<'_>, id: &str) -> String {
    let option = column.question.options().iter().find(|option| option.id == id);
    option.map_or(id.to_owned(), |option| option.text.get("vi", "vi").to_owned())
}

fn answers(
    program: Program,
    survey: &Survey,
    column: &Column<'_>,
    answer: Option<&Answer>,
    row: &mut Vec<(String, String)>,
) {
    let text = column.text().get("vi", "vi").to_owned();
    let question = column.question.text.get("vi", "vi");
    let name = match (program, column.item) {
        (Program::GoogleForms | Program::LimeSurveyTexts, Some(_)) => format!("{question} [{text}]"),
        (Program::GoogleForms | Program::LimeSurveyTexts | Program::KoboLabels, _) => text,
        (Program::KoboNames, _) => format!("nhom/{}", column.id),
        (Program::OdkCentral, _) => format!("nhom-{}", column.id),
        (Program::LimeSurveyCodes, Some(item)) => format!("{}[{}]", column.question.id, item.id),
        (Program::LimeSurveyCodes, None) => column.id.to_owned(),
    };
    let labels = program.has_labels();
    let (options, specified) = match answer {
        Some(Answer::Picked { options, specified }) => (options.as_slice(), specified.clone().unwrap_or_default()),
        _ => (&[][..], String::new()),
    };
    let value = match answer {
        None | Some(Answer::Missing(Missing::NoAnswer)) => String::new(),
        Some(Answer::Level(code)) if labels => {
            let scale = column.scale().and_then(|id| survey.scale(id)).expect("a scale");
            let level = scale.levels.iter().find(|level| level.code == *code).expect("a level");
            level.text.get("vi", "vi").to_owned()
        }
        Some(Answer::Missing(reason)) if labels => {
            let scale = column.scale().and_then(|id| survey.scale(id)).expect("a scale");
            let choice = scale.missing.iter().find(|choice| choice.reason == *reason).expect("offered");
            choice.text.get("vi", "vi").to_owned()
        }
        Some(Answer::Missing(reason)) => reason.code().to_owned(),
        Some(Answer::Level(code)) => code.to_string(),
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Picked { .. }) if labels => {
            options.iter().map(|id| label(column, id)).collect::<Vec<_>>().join(", ")
        }
        Some(Answer::Picked { .. }) => options.join(" "),
    };
    let is_multiple = matches!(column.question.kind, Kind::Multiple { .. });
    match program {
        Program::LimeSurveyCodes | Program::LimeSurveyTexts if is_multiple => {
            for option in column.question.options() {
                let part = if labels { option.text.get("vi", "vi") } else { &option.id };
                let is_picked = options.contains(&option.id);
                let cell = match (is_picked, labels, option.specify) {
                    (true, _, true) => specified.clone(),
                    (true, true, _) => "Có".to_owned(),
                    (true, false, _) => "Y".to_owned(),
                    (false, true, false) if !options.is_empty() => "Không".to_owned(),
                    _ => String::new(),
                };
                row.push((format!("{name}[{}]", if option.specify { "other" } else { part }), cell));
            }
        }
        Program::GoogleForms if !specified.is_empty() => {
            // Its own words stand in place of the option.
            let rest = options
                .iter()
                .filter(|id| !column.question.options().iter().any(|option| option.id == **id && option.specify));
            let own = std::iter::once(specified).collect::<Vec<_>>();
            let cells: Vec<String> = rest.map(|id| label(column, id)).chain(own).collect();
            row.push((name, cells.join(", ")));
        }
        _ => {
            row.push((name.clone(), value));
            if matches!(program, Program::KoboNames | Program::KoboLabels) && is_multiple {
                for option in column.question.options() {
                    let part = if labels { option.text.get("vi", "vi") } else { &option.id };
                    let cell = if options.is_empty() {
                        ""
                    } else if options.contains(&option.id) {
                        "1"
                    } else {
                        "0"
                    };
                    row.push((format!("{name}/{part}"), cell.to_owned()));
                }
            }
            if column.has_specify() && program != Program::GoogleForms {
                row.push((format!("{}_other", column.id), specified));
            }
        }
    }
}

fn table(program: Program, survey: &Survey, responses: &[Response]) -> Vec<Vec<String>> {
    let rows = (1..).zip(responses).map(|(number, response)| row(program, survey, response, number));
    let rows: Vec<Vec<(String, String)>> = rows.collect();
    let header = rows[0].iter().map(|(name, _)| name.clone()).collect();
    std::iter::once(header).chain(rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect())).collect()
}

fn csv(table: &[Vec<String>], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).expect("written"));
    writer.into_inner().expect("flushed")
}

fn xlsx(table: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(table) {
        for (column, cell) in (0..).zip(cells) {
            // As a spreadsheet does on typing: what looks like a number is one.
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("written"),
                Err(_) => sheet.write_string(row, column, cell).expect("written"),
            };
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn import(bytes: &[u8], definition: &Definition, layout: Layout, known: &[Response]) -> Import {
    assert!(!is_own(bytes));
    let (table, mapping, _) = read_best(bytes, &definition.survey, &[]).expect("a table");
    assert_eq!(mapping.layout, layout);
    let unit = |code: &str| {
        let unit = sipas_kit::survey::unit::Unit { name: format!("Xã {code}"), province: None };
        (code.to_owned(), unit)
    };
    let units: Units = ["02647", "02650"].map(unit).into_iter().collect();
    let setting = Setting { definition, units: &units, now: began() };
    let translation = translate(&table, &mapping, &setting).expect("a translation");
    assert_eq!(translation.problems, []);
    read_responses(&translation.csv, &setting, known)
}

/// The same responses with what no other program tells taken away.
fn told_by(program: Program, responses: &[Response]) -> Vec<Response> {
    let mut responses = responses.to_vec();
    for response in &mut responses {
        response.language = if program.layout() == Layout::LimeSurvey { "vi".to_owned() } else { String::new() };
        if program == Program::GoogleForms {
            response.started_at = response.finished_at;
        }
    }
    responses
}

/// Every shipped survey, by way of every program, comes to the same columns.
#[test]
fn what_other_programs_export_counts_the_same() {
    for id in ["counter-5", "counter-3", "sipas-2022", "procedures", "health-inpatient", "public-education"] {
        let definition = definition(id);
        let survey = &definition.survey;
        let responses = generated(&definition, 40, 11, &["02647", "02650"], &["dat-dai", "ho-tich"]);
        for program in PROGRAMS {
            let table = table(program, survey, &responses);
            let expected = Dataset::of(survey, &told_by(program, &responses));
            for bytes in [csv(&table, b','), csv(&table, b';'), xlsx(&table)] {
                let import = import(&bytes, &definition, program.layout(), &[]);
                let errors: Vec<_> = import.problems.iter().take(3).collect();
                assert_eq!((import.used, import.set_aside), (40, 0), "{id} {program:?}: {errors:?}");
                let mut found = import.responses.clone();
                // Receipts are made of ids, which these programs may not keep.
                for (found, response) in found.iter_mut().zip(&responses) {
                    found.id.clone_from(&response.id);
                }
                for (found, told) in found.iter().zip(told_by(program, &responses)) {
                    assert_eq!(*found, told, "{id} {program:?}");
                }
                assert!(Dataset::of(survey, &found) == expected, "{id} {program:?}");
            }
        }
    }
}

/// The same file again, in another encoding or format, and with more rows: what was read before is a duplicate.
#[test]
fn what_was_imported_before_is_recognised() {
    let definition = definition("counter-5");
    let responses = generated(&definition, 12, 5, &["02647"], &["dat-dai"]);
    for program in PROGRAMS {
        let table = table(program, &definition.survey, &responses);
        let first = import(&csv(&table[..9], b','), &definition, program.layout(), &[]);
        let utf16: Vec<u8> =
            String::from_utf8(csv(&table, b'\t')).expect("text").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [csv(&table, b';'), utf16, xlsx(&table)] {
            let again = import(&bytes, &definition, program.layout(), &first.responses);
            assert_eq!((again.duplicates, again.used, again.set_aside), (8, 4, 0), "{program:?}");
        }
    }
}

/// The kit's own file, saved again by a spreadsheet.
#[test]
fn the_kits_own_file_survives_a_spreadsheet() {
    let definition = definition("procedures");
    let survey = &definition.survey;
    let responses = generated(&definition, 20, 3, &["02647"], &["dat-dai"]);
    let text = write_responses(survey, &responses, Reader::Excel);
    assert!(is_own(text.as_bytes()) && is_own(text.trim_start_matches(BOM).replace(',', ";").as_bytes()));
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(text.trim_start_matches(BOM).as_bytes())
        .into_records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let header = text.trim_start_matches(BOM).lines().next().expect("a header").split(',').map(str::to_owned).collect();
    let mut table: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    for row in &mut table[1..] {
        for cell in &mut row[9..11] {
            let moment = chrono::DateTime::parse_from_rfc3339(cell).expect("a time");
            *cell = moment.format("%d/%m/%Y %-H:%M:%S").to_string();
        }
    }
    for bytes in [csv(&table, b';'), xlsx(&table)] {
        let import = import(&bytes, &definition, Layout::Kit, &[]);
        assert_eq!(import.responses, responses);
    }
}

/// Files made to break a reader.
#[test]
fn hostile_files_end_in_a_message() {
    let survey = &definition("counter-5").survey;
    let refused = |bytes: &[u8]| read_best(bytes, survey, &[]).expect_err("a refusal");
    let wide = format!("rating{}\n5\n", ",x".repeat(10_000));
    assert!(matches!(refused(wide.as_bytes()), Refusal::Columns { line: 1, found: 10_001, .. }));
    let huge = format!("rating,comment\n5,{}\n", "a".repeat(5_000_000));
    assert!(matches!(refused(huge.as_bytes()), Refusal::Cell { line: 2, column: 2, .. }));
    assert_eq!(refused(b"rating\n5\0\n\x01\x02"), Refusal::Binary);
    // Names and cells that could be taken apart in very many ways.
    for sign in ["/", "-", ",", "[", " "] {
        let long = format!(
            "rating,reasons,{},\"{}\"\n5,\"{}\",x,y\n",
            "x/".repeat(900),
            sign.repeat(90_000),
            format!("a{sign}").repeat(40_000)
        );
        let (table, mapping, _) = read_best(long.as_bytes(), survey, &[]).expect("a table");
        assert_eq!((table.rows.len(), mapping.columns[0].used().is_some()), (2, true));
    }
    let mut far = Workbook::new();
    far.add_worksheet().write_string(1_048_575, 16_383, "x").expect("written");
    let far = far.save_to_buffer().expect("a workbook");
    assert!(matches!(refused(&far), Refusal::Columns { line: 1_048_576, .. }));
    let bomb = bomb();
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    assert!(matches!(refused(&bomb), Refusal::Bomb { .. }), "{:?}", refused(&bomb));
}

/// A small archive that unpacks to more than a workbook may.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("begun");
    let zeros = vec![b' '; 1 << 20];
    (0..300).for_each(|_| archive.write_all(&zeros).expect("written"));
    archive.finish().expect("finished").into_inner()
}

/// A definition, and small files of each program: text and workbook.
type Small = (Definition, Vec<(Program, Vec<u8>, Vec<u8>)>);

fn small() -> &'static Small {
    static SMALL: std::sync::OnceLock<Small> = std::sync::OnceLock::new();
    SMALL.get_or_init(|| {
        let definition = definition("counter-5");
        let responses = generated(&definition, 5, 7, &["02647"], &[]);
        let files = PROGRAMS.map(|program| {
            let table = table(program, &definition.survey, &responses);
            (program, csv(&table, b','), xlsx(&table))
        });
        (definition, files.to_vec())
    })
}

proptest! {
    /// Whatever happens to a file, reading it ends, and every row is accounted for.
    #[test]
    fn any_bytes_are_read(
        program in proptest::sample::select(&PROGRAMS[..]),
        junk in proptest::collection::vec((any::<usize>(), proptest::collection::vec(any::<u8>(), 0..12)), 0..6),
        is_workbook in any::<bool>(),
        is_utf16 in any::<bool>(),
    ) {
        let (definition, files) = small();
        let (_, text, workbook) = files.iter().find(|(of, ..)| *of == program).expect("its files");
        let mut bytes = if is_workbook { workbook.clone() } else { text.clone() };
        if is_utf16 && !is_workbook {
            bytes = String::from_utf8(bytes).expect("text").encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        for (at, junk) in junk {
            let at = at % (bytes.len() + 1);
            let end = (at + junk.len() / 2).min(bytes.len());
            bytes.splice(at..end, junk);
        }
        let _ = is_own(&bytes);
        if let Ok((table, mapping, _)) = read_best(&bytes, &definition.survey, &[]) {
            let setting = Setting { definition, units: &Units::new(), now: began() };
            if let Ok(translation) = translate(&table, &mapping, &setting) {
                let import = read_responses(&translation.csv, &setting, []);
                let accounted = import.responses.len() as u64 + import.duplicates + import.set_aside;
                prop_assert_eq!(accounted + translation.account.set_aside, translation.account.rows);
                for problem in import.problems {
                    let line = translation.original(problem).line;
                    prop_assert!(table.rows.iter().any(|row| row.line == line), "{}", line);
                }
            }
        }
    }

    #[test]
    fn no_bytes_at_all_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (definition, _) = small();
        let _ = is_own(&bytes);
        let _ = read_best(&bytes, &definition.survey, &[]);
    }
}
