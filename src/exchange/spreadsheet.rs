//! The table of figures as a workbook: results, targets, method. Numbers are numbers with a format,
//! texts are texts: no cell is a formula, and none becomes one when the sheet is saved as CSV.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::cell;
use crate::document::report::{Facts, explain};
use crate::report::Record;
use crate::scoring::{Evidence, MeasureKind, Verdict};
use crate::words::export::Word;
use crate::words::office::formula_name;

/// What a cell holds.
enum Cell {
    Text(String),
    Count(f64),
    Percent(f64),
    Number(f64),
    Day(chrono::NaiveDate),
    Nothing,
}

/// A column: its heading, its width in characters, what of a record it holds.
type Column = (Word, f64, fn(&Record, &str) -> Cell);

const COLUMNS: [Column; 25] = [
    (Word::Content, 60.0, |r, language| {
        let text = r.text.get(language, "vi");
        let text =
            if r.measure_kind == MeasureKind::Overall && text.is_empty() { Word::Overall.say(language) } else { text };
        Cell::Text(text.to_owned())
    }),
    (Word::Kind, 12.0, |r, language| Cell::Text(kind(r.measure_kind).say(language).to_owned())),
    (Word::Answer, 12.0, |r, _| r.answer.clone().map_or(Cell::Nothing, Cell::Text)),
    (Word::Formula, 18.0, |r, _| Cell::Text(r.formula.to_owned())),
    (Word::Respondents, 10.0, |r, _| count(r.respondents)),
    (Word::Numerator, 10.0, |r, _| number(r.numerator.map(|number| number as f64), Cell::Count)),
    (Word::Denominator, 10.0, |r, _| count(r.denominator)),
    // What is shown elsewhere, so that no two outputs round apart.
    (Word::Percent, 10.0, |r, _| number(r.percent_shown.as_ref().and_then(|text| text.parse::<f64>().ok()), percent)),
    (Word::Mean, 10.0, |r, _| number(r.mean, Cell::Number)),
    (Word::Lower, 10.0, |r, _| number(r.lower, in_unit(r))),
    (Word::Upper, 10.0, |r, _| number(r.upper, in_unit(r))),
    (Word::StandardError, 10.0, |r, _| number(r.standard_error, in_unit(r))),
    (Word::DesignEffect, 10.0, |r, _| number(r.design_effect, Cell::Number)),
    (Word::Effective, 10.0, |r, _| number(r.effective, Cell::Count)),
    (Word::Threshold, 10.0, |r, _| number(r.threshold, percent)),
    (Word::Verdict, 11.0, |r, language| text(r.verdict.map(|verdict| verdict_word(verdict).say(language)))),
    (Word::Evidence, 14.0, |r, language| text(r.evidence.map(|evidence| evidence_word(evidence).say(language)))),
    (Word::NotApplicable, 10.0, |r, _| count(r.not_applicable)),
    (Word::NoOpinion, 10.0, |r, _| count(r.no_opinion)),
    (Word::NoAnswer, 10.0, |r, _| count(r.no_answer)),
    (Word::NotAsked, 10.0, |r, _| count(r.not_asked)),
    (Word::Marked, 10.0, |r, _| count(r.marked)),
    (Word::WithoutMarked, 12.0, |r, _| number(r.without_marked, in_unit(r))),
    (Word::Flags, 24.0, |r, _| Cell::Text(r.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" "))),
    (Word::Targets, 24.0, |r, _| r.target.clone().map_or(Cell::Nothing, Cell::Text)),
];

fn kind(kind: MeasureKind) -> Word {
    match kind {
        MeasureKind::Overall => Word::KindOverall,
        MeasureKind::Part => Word::KindPart,
        MeasureKind::Factor => Word::KindFactor,
        MeasureKind::Item => Word::KindItem,
        MeasureKind::Figure => Word::KindFigure,
    }
}

fn verdict_word(verdict: Verdict) -> Word {
    if verdict == Verdict::Met { Word::Met } else { Word::NotMet }
}

fn evidence_word(evidence: Evidence) -> Word {
    match evidence {
        Evidence::Met => Word::EvidenceMet,
        Evidence::NotMet => Word::EvidenceNotMet,
        Evidence::NotEnough => Word::EvidenceNotEnough,
    }
}

fn number(value: Option<f64>, cell: fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Nothing, cell)
}

#[allow(clippy::cast_precision_loss)]
fn count(value: Option<u64>) -> Cell {
    number(value.map(|value| value as f64), Cell::Count)
}

fn text(value: Option<&str>) -> Cell {
    value.map_or(Cell::Nothing, |value| Cell::Text(value.to_owned()))
}

fn percent(value: f64) -> Cell {
    Cell::Percent(value / 100.0)
}

/// Bounds and the like are in the unit of the figure.
fn in_unit(record: &Record) -> fn(f64) -> Cell {
    if record.mean.is_some() { Cell::Number } else { percent }
}

/// The formats of cells.
struct Formats {
    head: Format,
    text: Format,
    count: Format,
    percent: Format,
    number: Format,
    day: Format,
}

impl Formats {
    fn new() -> Formats {
        let plain = || Format::new().set_align(FormatAlign::Top);
        Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Medium),
            text: plain().set_text_wrap().set_num_format("@"),
            count: plain().set_num_format("#,##0"),
            percent: plain().set_num_format("0.00%"),
            number: plain().set_num_format("0.0000"),
            day: plain().set_num_format("dd/mm/yyyy"),
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(row, column, cell::guard(text), &self.text)?,
            Cell::Count(number) => sheet.write_number_with_format(row, column, *number, &self.count)?,
            Cell::Percent(number) => sheet.write_number_with_format(row, column, *number, &self.percent)?,
            Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &self.number)?,
            Cell::Day(day) => sheet.write_datetime_with_format(row, column, &date(*day)?, &self.day)?,
            Cell::Nothing => sheet,
        };
        Ok(())
    }

    /// A sheet with headings that stay in sight.
    fn table(&self, sheet: &mut Worksheet, heads: &[(String, f64)], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        for (column, (head, width)) in (0..).zip(heads) {
            sheet.write_string_with_format(0, column, cell::guard(head), &self.head)?;
            sheet.set_column_width(column, *width)?;
        }
        for (row, cells) in (1..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                self.write(sheet, row, column, cell)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        if let (Ok(last_row), Ok(last_column)) = (u32::try_from(rows.len()), u16::try_from(heads.len())) {
            sheet.autofilter(0, 0, last_row, last_column.saturating_sub(1))?;
        }
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        Ok(())
    }
}

fn date(day: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike as _;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), part(day.month()), part(day.day()))
}

/// Writes the workbook.
///
/// # Errors
/// The writer's own, which no table of figures causes.
pub fn write_workbook(facts: &Facts<'_>) -> Result<Vec<u8>, XlsxError> {
    let language = facts.language;
    let say = |word: Word| word.say(language).to_owned();
    let formats = Formats::new();
    let mut book = Workbook::new();
    // The day of the export, so that the same figures make the same file.
    book.set_properties(&DocProperties::new().set_title(facts.title()).set_creation_datetime(&date(facts.today)?));

    let heads: Vec<(String, f64)> = COLUMNS.iter().map(|(word, width, _)| (say(*word), *width)).collect();
    let records = facts.results.records();
    let rows: Vec<Vec<Cell>> =
        records.iter().map(|record| COLUMNS.iter().map(|(_, _, of)| of(record, language)).collect()).collect();
    formats.table(book.add_worksheet().set_name(say(Word::Results))?, &heads, &rows)?;

    let (heads, rows) = targets(facts);
    formats.table(book.add_worksheet().set_name(say(Word::Targets))?, &heads, &rows)?;

    let rows: Vec<Vec<Cell>> = explain(facts).into_iter().map(|point| vec![Cell::Text(point)]).collect();
    formats.table(book.add_worksheet().set_name(say(Word::Method))?, &[(say(Word::Method), 120.0)], &rows)?;
    book.save_to_buffer()
}

/// The targets, each over its own responses.
fn targets(facts: &Facts<'_>) -> (Vec<(String, f64)>, Vec<Vec<Cell>>) {
    let (results, language) = (facts.results, facts.language);
    let formula = results.official;
    let share = formula_name(formula).say(language).to_owned();
    let say = |word: Word| word.say(language).to_owned();
    let heads = [
        (Word::Targets, 60.0),
        (Word::From, 12.0),
        (Word::Until, 12.0),
        (Word::Threshold, 10.0),
        (Word::Respondents, 10.0),
    ];
    let heads = heads.map(|(word, width)| (say(word), width)).into_iter().chain([(share, 10.0)]);
    let more =
        [(Word::Lower, 10.0), (Word::Upper, 10.0), (Word::Verdict, 11.0), (Word::Evidence, 14.0), (Word::Source, 60.0)];
    let heads = heads.chain(more.map(|(word, width)| (say(word), width))).collect();
    let row = |row: &crate::report::Row| {
        let target = row.target.as_ref()?;
        let estimate = row.estimate(formula).filter(|_| !row.is_hidden);
        let bound = |bound: Option<f64>| bound.map_or(Cell::Nothing, Cell::Percent);
        let interval = estimate.and_then(|estimate| estimate.interval);
        let evidence = estimate.and_then(|estimate| Evidence::of(estimate, target.threshold));
        Some(vec![
            Cell::Text(target.text.get(language, "vi").to_owned()),
            Cell::Day(target.from),
            Cell::Day(target.until),
            percent(f64::from(target.threshold) / 100.0),
            if row.is_hidden { Cell::Nothing } else { count(Some(row.count.respondents)) },
            estimate.map_or(Cell::Nothing, |estimate| Cell::Percent(f64::from(estimate.ten_thousandths()) / 10_000.0)),
            bound(interval.map(|(low, _)| low)),
            bound(interval.map(|(_, high)| high)),
            text(estimate.and(row.verdict(formula)).map(|verdict| verdict_word(verdict).say(language))),
            text(evidence.map(|evidence| evidence_word(evidence).say(language))),
            Cell::Text(target.source.get(language, "vi").to_owned()),
        ])
    };
    (heads, results.board.iter().filter_map(row).collect())
}
