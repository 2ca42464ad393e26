//! What happened to a file, in numbers and words: nothing is left out, mended or set aside without being told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mapping::{Layout, Mapping};
use super::table::Source;
use crate::words::fill;

/// What is mended while reading; counted for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Repair {
    /// A label stood in place of its code.
    Label,
    /// So it did, without its marks or with other punctuation.
    LabelWithoutMarks,
    /// A value that the mapping has an answer for.
    Agreed,
    /// A whole number had a fraction of nothing: `4,0`.
    WholeNumber,
    /// `N/A`.
    NotAvailable,
    /// A dash or another sign for nothing.
    Dash,
    /// A text was longer than the question allows.
    TextCut,
    /// A time written in another way than the kit's.
    Moment,
    /// A day without a time: noon was taken.
    DayOnly,
    /// The number of days that a spreadsheet counts.
    Serial,
    /// The name of a unit stood in place of its code.
    UnitName,
    /// The response had no id of its own that is good for all files: one was made.
    IdMade,
    /// A question that applies and has no answer: passed over.
    PassedOver,
}

impl Repair {
    /// What was done.
    pub fn words(self, language: &str) -> &'static str {
        let (vi, en) = match self {
            Repair::Label => ("nhãn được đọc thành mã", "labels read as codes"),
            Repair::LabelWithoutMarks => {
                ("nhãn thiếu dấu hoặc khác dấu câu được đọc thành mã", "labels without their marks read as codes")
            }
            Repair::Agreed => ("giá trị đọc theo ánh xạ", "values read as the mapping says"),
            Repair::WholeNumber => ("số nguyên bị thêm phần thập phân", "whole numbers with a fraction of nothing"),
            Repair::NotAvailable => ("ô ghi N/A", "cells with N/A"),
            Repair::Dash => ("ô chỉ có dấu gạch, coi là trống", "cells with a dash, taken as empty"),
            Repair::TextCut => ("ý kiến dài bị cắt bớt", "long texts cut"),
            Repair::Moment => ("thời điểm viết kiểu khác", "times written in another way"),
            Repair::DayOnly => ("ngày không có giờ, lấy 12 giờ trưa", "days without a time: noon was taken"),
            Repair::Serial => ("ngày ghi bằng số của bảng tính", "days as a spreadsheet's numbers"),
            Repair::UnitName => ("tên đơn vị được đọc thành mã", "names of units read as codes"),
            Repair::IdMade => (
                "phiếu không có mã dùng chung được: đã tạo mã",
                "responses without an id good for all files: one was made",
            ),
            Repair::PassedOver => {
                ("câu áp dụng mà để trống, coi là bỏ qua", "questions left empty, taken as passed over")
            }
        };
        if language == "vi" { vi } else { en }
    }
}

/// What happened to one file before its rows became responses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// How it was read.
    pub source: Source,
    /// Which program made it.
    pub layout: Layout,
    /// The line of the first row of the header, and how many rows it takes.
    pub header: (u64, usize),
    /// Rows that are responses, or were meant as such.
    pub rows: u64,
    /// Of these, rows set aside already here.
    pub set_aside: u64,
    /// Lines with totals, passed over.
    pub totals: Vec<u64>,
    /// Lines that repeat the header, passed over.
    pub headers_again: Vec<u64>,
    /// Lines above the header, passed over.
    pub above: Vec<u64>,
    /// What was mended, and how often.
    pub repairs: BTreeMap<Repair, u64>,
    /// Names of columns that are not read.
    pub unread: Vec<String>,
    /// Columns that may be a question, but are not sure enough to be read: name, question, confidence.
    pub unsure: Vec<(String, String, f64)>,
    /// Questions of the survey that no column answers.
    pub unanswered: Vec<String>,
}

impl Account {
    pub(super) fn repaired(&mut self, repair: Repair) {
        *self.repairs.entry(repair).or_default() += 1;
    }

    pub(super) fn columns(&mut self, mapping: &Mapping) {
        for (at, column) in mapping.columns.iter().enumerate().filter(|(_, column)| column.used().is_none()) {
            match &column.to {
                Some(target) => self.unsure.push((column.header.clone(), target.to_string(), column.confidence)),
                None if !column.header.is_empty() => self.unread.push(column.header.clone()),
                // By its place, from 1; an empty one is nothing.
                None if !column.samples.is_empty() => self.unread.push(format!("({})", at + 1)),
                None => {}
            }
        }
    }

    /// What happened, a line each, the file as a whole first.
    pub fn lines(&self, language: &str) -> Vec<String> {
        let pick = |vi: &'static str, en: &'static str| if language == "vi" { vi } else { en };
        let mut lines = vec![self.source_line(language)];
        let mut say = |vi, en, values: &[&str]| lines.push(fill(pick(vi, en), values));
        let list = |lines: &[u64]| lines.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        for (found, vi, en) in [
            (&self.above, "dòng trên tiêu đề, bỏ qua: {}", "lines above the header, passed over: {}"),
            (&self.totals, "dòng tổng cộng, bỏ qua: {}", "rows of totals, passed over: {}"),
            (&self.headers_again, "dòng lặp lại tiêu đề, bỏ qua: {}", "rows that repeat the header, passed over: {}"),
        ] {
            if !found.is_empty() {
                say(vi, en, &[&list(found)]);
            }
        }
        if self.source.empty_rows > 0 {
            say("dòng trống: {}", "empty rows: {}", &[&self.source.empty_rows.to_string()]);
        }
        for (repair, count) in &self.repairs {
            lines.push(format!("{}: {count}", repair.words(language)));
        }
        let mut say = |vi, en, values: &[&str]| lines.push(fill(pick(vi, en), values));
        for (header, target, confidence) in &self.unsure {
            say(
                "cột “{}” có thể là {} ({}), chưa chắc nên không đọc; xác nhận trong tệp ánh xạ",
                "the column “{}” may be {} ({}); not sure enough to be read: confirm it in the mapping",
                &[header, target, &format!("{confidence:.2}")],
            );
        }
        if !self.unread.is_empty() {
            say("cột không đọc: {}", "columns not read: {}", &[&self.unread.join(" | ")]);
        }
        if !self.unanswered.is_empty() {
            say("câu hỏi không có cột: {}", "questions without a column: {}", &[&self.unanswered.join(", ")]);
        }
        lines
    }

    fn source_line(&self, language: &str) -> String {
        let vi = language == "vi";
        let mut parts = Vec::new();
        if self.layout != Layout::Other {
            parts.push(self.layout.name().to_owned());
        }
        if let Some(sheet) = &self.source.sheet {
            parts.push(if vi { format!("trang “{sheet}”") } else { format!("sheet “{sheet}”") });
        }
        parts.extend(self.source.encoding.map(|encoding| encoding.name().to_owned()));
        if let Some(separator) = self.source.separator {
            let separator = if separator == '\t' { "TAB".to_owned() } else { separator.to_string() };
            let line = if self.source.has_separator_line { "sep=" } else { "" };
            parts.push(format!("“{line}{separator}”"));
        }
        let (line, rows) = self.header;
        let header = match (vi, rows) {
            (true, 1) => format!("tiêu đề ở dòng {line}"),
            (true, rows) => format!("tiêu đề {rows} dòng từ dòng {line}"),
            (false, 1) => format!("header on line {line}"),
            (false, rows) => format!("header of {rows} rows from line {line}"),
        };
        parts.push(header);
        parts.join(", ")
    }
}
