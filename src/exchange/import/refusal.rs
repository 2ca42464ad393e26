//! Why a whole file is not read, in words.

use serde::{Deserialize, Serialize};

/// What is wrong with a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// More than is read.
    TooLarge {
        /// Its size.
        megabytes: usize,
    },
    /// No text, and no workbook.
    Binary,
    /// Text in an encoding that cannot be told.
    Encoding,
    /// A workbook of Excel before 2007 (`.xls`), or one with a password.
    OldWorkbook,
    /// A page of the web, or XML, whatever the file is called.
    Markup,
    /// A workbook that cannot be read.
    Workbook {
        /// The reader's own message.
        message: String,
    },
    /// A workbook that would take up more than this once unpacked.
    Bomb {
        /// The limit.
        megabytes: u64,
    },
    /// More columns than any survey has.
    Columns {
        /// On this line.
        line: u64,
        /// So many.
        found: usize,
        /// At most.
        most: usize,
    },
    /// A cell that no answer fills.
    Cell {
        /// The line its row begins on.
        line: u64,
        /// From 1.
        column: usize,
        /// Most characters.
        most: usize,
    },
    /// No row at all.
    Empty,
    /// No column is recognised as a question of the survey.
    Unrecognised {
        /// The survey.
        survey: String,
        /// The first names of columns.
        names: Vec<String>,
    },
    /// Nothing says when the responses were given.
    NoDay,
    /// A mapping that was made for another file.
    OtherShape {
        /// A column that the one has and the other has not.
        column: String,
    },
    /// A mapping for another survey or edition.
    OtherSurvey {
        /// What it is for.
        found: String,
        /// What is asked for.
        expected: String,
    },
    /// A mapping that names something the survey does not have.
    NoSuchTarget {
        /// The column of the file.
        column: String,
        /// What it names.
        target: String,
    },
    /// A mapping that cannot be read.
    Mapping {
        /// The reader's own message.
        message: String,
    },
}

impl Refusal {
    /// What is wrong, and what to do.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |v: &str, e: &str| if vi { v.to_owned() } else { e.to_owned() };
        let as_csv = both(
            "trong Excel, lưu tệp với kiểu “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx",
            "in Excel, save the file as “CSV UTF-8 (Comma delimited)” or .xlsx",
        );
        match self {
            Refusal::TooLarge { megabytes } => (
                pick(format!("tệp {megabytes} MB, quá lớn"), format!("the file is too large: {megabytes} MB")),
                both("chia tệp thành nhiều phần", "split the file"),
            ),
            Refusal::Binary => (
                both(
                    "tệp không phải văn bản, cũng không phải bảng tính .xlsx",
                    "the file is neither text nor an .xlsx workbook",
                ),
                as_csv,
            ),
            Refusal::Encoding => (
                both(
                    "không xác định được bảng mã; đã thử UTF-8, UTF-16, windows-1258, TCVN3 (ABC) và VNI",
                    "the encoding cannot be told; tried: UTF-8, UTF-16, windows-1258, TCVN3 (ABC) and VNI",
                ),
                as_csv,
            ),
            Refusal::OldWorkbook => (
                both(
                    "bảng tính kiểu cũ (.xls) hoặc có mật khẩu",
                    "a workbook in the old format (.xls), or with a password",
                ),
                both(
                    "mở bằng Excel, bỏ mật khẩu, lưu lại với kiểu .xlsx",
                    "open it in Excel, take the password off, and save it as .xlsx",
                ),
            ),
            Refusal::Markup => (
                both("tệp là trang web hoặc XML, không phải bảng", "the file is a web page or XML, not a table"),
                both(
                    "mở bằng Excel và lưu lại với kiểu .xlsx, hoặc xuất lại từ nguồn dưới dạng CSV",
                    "open it in Excel and save it as .xlsx, or export it again as CSV",
                ),
            ),
            Refusal::Workbook { message } => (
                pick(format!("không đọc được bảng tính: {message}"), format!("the workbook cannot be read: {message}")),
                both("mở bằng Excel và lưu lại với kiểu .xlsx", "open it in Excel and save it as .xlsx again"),
            ),
            Refusal::Bomb { megabytes } => (
                pick(
                    format!("bảng tính chiếm hơn {megabytes} MB sau khi giải nén"),
                    format!("the workbook takes up more than {megabytes} MB when unpacked"),
                ),
                both(
                    "chỉ giữ trang có phiếu trả lời, xoá định dạng thừa, lưu lại",
                    "keep the sheet with the responses only, clear what is not needed, and save it again",
                ),
            ),
            Refusal::Columns { line, found, most } => (
                pick(
                    format!("dòng {line} có {found} cột; nhiều nhất là {most}"),
                    format!("line {line} has {found} columns; at most {most} are read"),
                ),
                both(
                    "kiểm tra dấu ngăn cách cột, hoặc xoá các cột thừa",
                    "check the separator, or delete the columns that are not needed",
                ),
            ),
            Refusal::Cell { line, column, most } => (
                pick(
                    format!("dòng {line}, cột {column}: ô dài hơn {most} ký tự"),
                    format!("line {line}, column {column}: a cell of more than {most} characters"),
                ),
                both(
                    "kiểm tra dấu ngoặc kép ở dòng này: có thể một dấu mở ra mà không đóng",
                    "check the quotes on this line: one may be opened and never closed",
                ),
            ),
            Refusal::Empty => (
                both("tệp không có dòng nào", "the file has no rows"),
                both("chọn tệp phiếu trả lời", "choose a file with responses"),
            ),
            Refusal::Unrecognised { survey, names } => {
                let names = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
                (
                    pick(
                        format!("không cột nào khớp với câu hỏi của khảo sát {survey}; các cột: {names}"),
                        format!("no column matches a question of the survey {survey}; there are: {names}"),
                    ),
                    both(
                        "chọn đúng khảo sát, hoặc chỉ định từng cột trong tệp ánh xạ",
                        "choose the right survey, or say in a mapping which column is which question",
                    ),
                )
            }
            Refusal::NoDay => (
                both(
                    "không có cột nào cho biết phiếu được trả lời khi nào",
                    "no column tells when the responses were given",
                ),
                both(
                    "thêm cột ngày, hoặc ghi ngày cho cả tệp: finished_at=2026-10-31",
                    "add a column with the day, or give one for the whole file: finished_at=2026-10-31",
                ),
            ),
            Refusal::OtherShape { column } => (
                pick(
                    format!("ánh xạ này dành cho tệp có cột khác: “{column}”"),
                    format!("this mapping is for a file with other columns: “{column}”"),
                ),
                both("tạo lại ánh xạ từ tệp này", "make a new mapping of this file"),
            ),
            Refusal::OtherSurvey { found, expected } => (
                pick(
                    format!("ánh xạ này dành cho {found}, không phải {expected}"),
                    format!("this mapping is for {found}, not {expected}"),
                ),
                both("tạo lại ánh xạ cho khảo sát này", "make a new mapping for this survey"),
            ),
            Refusal::NoSuchTarget { column, target } => (
                pick(
                    format!("ánh xạ cột “{column}” tới {target}, không có trong khảo sát"),
                    format!("the mapping sends the column “{column}” to {target}, which the survey does not have"),
                ),
                both("sửa tên trong tệp ánh xạ", "mend the name in the mapping"),
            ),
            Refusal::Mapping { message } => (
                pick(format!("không đọc được tệp ánh xạ: {message}"), format!("the mapping cannot be read: {message}")),
                both("tạo lại tệp ánh xạ", "make a new mapping"),
            ),
        }
    }
}
