//! The report: what stands in it, and what the public version leaves out.

#[allow(dead_code)]
mod scenario;

use chrono::NaiveDate;
use scenario::{definition, generated, targets};
use sipas_kit::document::report::{Block, Facts, Report, compose, publish};
use sipas_kit::document::texts::{Field, Texts};
use sipas_kit::report::Results;
use sipas_kit::response::{Answer, Response};
use sipas_kit::survey::method::Definition;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn results(definition: &Definition, responses: &[Response]) -> Results {
    scenario::results(definition, &targets(), responses, today())
}

/// The report as plain text, in the order of the page.
fn text(report: &Report) -> String {
    let mut lines = vec![
        format!("{} | {}", report.superior, report.motto[0]),
        format!("{} | {}", report.body, report.motto[1]),
        format!("{} | {}", report.number, report.place_and_date),
        String::new(),
        report.kind.to_owned(),
        report.subject.clone(),
        String::new(),
    ];
    lines.extend(report.opening.clone());
    for section in &report.sections {
        lines.extend([String::new(), section.title.clone()]);
        for block in &section.blocks {
            match block {
                Block::Text(text) => lines.push(text.clone()),
                Block::List(points) => lines.extend(points.iter().map(|point| format!("- {point}"))),
                Block::Table(table) => {
                    lines.extend([table.caption.clone(), table.heads.join(" | ")]);
                    lines.extend(
                        table
                            .rows
                            .iter()
                            .map(|row| format!("{}{}", "  ".repeat(row.level.into()), row.cells.join(" | "))),
                    );
                }
                Block::Chart(chart) => {
                    lines.push(chart.caption.clone());
                    lines.extend(
                        chart
                            .bars
                            .iter()
                            .map(|bar| format!("  {} {:?} {:?} {}", bar.label, bar.threshold, bar.percent, bar.shown)),
                    );
                    lines.push(chart.legend.clone());
                }
            }
        }
    }
    lines.push(String::new());
    lines.extend(report.recipients.iter().map(|line| format!("- {line}")));
    lines.extend(report.signature.iter().flatten().cloned());
    lines.join("\n")
}

/// Generated ratings of a counter, most of them on paper, that anyone can count again.
fn counter(definition: &Definition) -> Vec<Response> {
    let mut responses = generated(definition, 40, 1, &[], &[]);
    for (at, response) in responses.iter_mut().enumerate() {
        response.attributes.channel = Some(if at < 36 { "paper" } else { "phone" }.to_owned());
        response.attributes.field = Some(if at < 3 { "dat-dai" } else { "ho-tich" }.to_owned());
        response.answers.insert("rating".to_owned(), Answer::Level(if at % 10 == 0 { 2 } else { 5 }));
    }
    responses
}

#[test]
fn the_report_says_what_the_results_say() {
    let counter5 = definition("counter-5");
    let results = results(&counter5, &counter(&counter5));
    let texts = Texts::new();
    for language in ["vi", "en"] {
        let facts =
            Facts { results: &results, definition: &counter5, texts: &texts, language, today: today(), scope: "" };
        insta::assert_snapshot!(format!("report_{language}"), text(&compose(&facts)));
        insta::assert_snapshot!(format!("public_{language}"), text(&publish(&facts)));
    }
}

#[test]
fn the_public_page_tells_nothing_about_few_people() {
    let counter5 = definition("counter-5");
    let results = results(&counter5, &counter(&counter5));
    let texts = Texts::new();
    let facts =
        Facts { results: &results, definition: &counter5, texts: &texts, language: "vi", today: today(), scope: "" };
    let land = |report: &Report| {
        let tables = report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let mut rows = tables.flat_map(|table| &table.rows).filter(|row| row.cells[0].contains("đất đai"));
        rows.next().expect("the target of land, construction and investment").cells.clone()
    };
    assert_eq!(land(&compose(&facts))[2..4], ["3", "66,67%"], "three people on land");
    assert_eq!(land(&publish(&facts))[2..], ["ẩn", "ẩn", "ẩn", "ẩn"]);
    assert!(!text(&publish(&facts)).contains("66,67%"));
}

#[test]
fn what_is_written_stands_in_place_of_what_is_proposed() {
    let counter5 = definition("counter-5");
    let results = results(&counter5, &counter(&counter5));
    let mut texts = Texts::new();
    for (field, text) in [
        (Field::Body, "UBND xã <b>A</b>"),
        (Field::Proposals, "Thêm ghế.\n\n  Thêm quạt. "),
        (Field::Assessment, ""),
        (Field::Recipients, "UBND tỉnh;\nLưu: VT."),
        (Field::Signer, "  Người ký  "),
    ] {
        texts.insert(field.id().to_owned(), text.to_owned());
    }
    let facts =
        Facts { results: &results, definition: &counter5, texts: &texts, language: "vi", today: today(), scope: "" };
    let report = compose(&facts);
    assert_eq!(report.body, "UBND xã <b>A</b>");
    assert!(report.opening[0].starts_with("UBND xã <b>A</b> báo cáo kết quả"), "proposals follow what is written");
    let titles: Vec<&str> = report.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles.last(), Some(&"VI. ĐỀ XUẤT, KIẾN NGHỊ"), "an emptied text leaves no heading: {titles:?}");
    let proposals = &report.sections.last().expect("a section").blocks;
    assert_eq!(*proposals, ["Thêm ghế.", "Thêm quạt."].map(|text| Block::Text(text.to_owned())));
    assert_eq!(report.recipients, ["UBND tỉnh;", "Lưu: VT."]);
    assert_eq!(report.signature.expect("a signature")[2], "Người ký");
}

#[test]
fn a_survey_without_scores_and_one_without_responses_have_a_report_all_the_same() {
    for id in ["counter-3", "sipas-2022", "health-inpatient"] {
        let definition = definition(id);
        let results = results(&definition, &[]);
        let texts = Texts::new();
        let facts = Facts {
            results: &results,
            definition: &definition,
            texts: &texts,
            language: "vi",
            today: today(),
            scope: "",
        };
        assert!(text(&compose(&facts)).contains("0, thu trong thời gian …"), "{id}");
        assert!(publish(&facts).signature.is_none(), "{id}");
    }
}
