//! What can be wrong with a row, where, and what to do about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::report::{count_in, day_in};
use crate::survey::problem::Severity;

/// One problem of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Line of the file, from 1, where the record begins.
    pub line: u64,
    /// Name of the column, where one is to blame.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: RowFault,
}

/// Everything that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum RowFault {
    /// The file has no usable first row.
    NoHeader,
    MissingColumn {
        name: String,
    },
    UnknownColumn {
        name: String,
    },
    DuplicateColumn {
        name: String,
    },
    NotUtf8,
    FieldCount {
        expected: usize,
        found: usize,
    },
    /// Cells are missing at the end of the row; they are taken as empty.
    ShortRow {
        expected: usize,
        found: usize,
    },
    /// A quote is opened and never closed: everything after it ran into one cell.
    OpenQuote {
        rows_lost: u64,
    },
    /// A row goes on and on: what comes after it is not read.
    Endless {
        megabytes: usize,
    },
    /// An answer to a question that does not apply, by the survey's own conditions.
    NotAsked {
        value: String,
    },
    /// Words beside an option that was not picked.
    LooseWords {
        value: String,
    },
    OtherSurvey {
        found: String,
        expected: String,
    },
    OtherEdition {
        found: String,
        expected: String,
    },
    NoId,
    /// No survey is named, as in a row of totals.
    NoSurvey,
    /// Another response has the same id and says something else; line 0: one read before this file.
    ConflictingId {
        id: String,
        first_line: u64,
        column: String,
    },
    BadMoment {
        value: String,
    },
    Future {
        value: String,
    },
    Reversed,
    BadStatus {
        value: String,
    },
    BadOrigin {
        value: String,
    },
    UnknownAnswer {
        value: String,
        known: String,
    },
    /// Said once a file: a unit's code got its leading zeros back.
    UnitRestored {
        found: String,
        code: String,
        name: String,
        rows: u64,
    },
    /// Said once a file: a code without its zeros that two units share.
    UnitAmbiguous {
        found: String,
        either: (String, String),
        rows: u64,
    },
    /// Said once a file: a field of procedure that the survey does not know.
    UnknownField {
        field: String,
        known: String,
        rows: u64,
    },
    /// There is more of what was said once a file than can be listed.
    MoreNotes {
        rows: u64,
    },
    /// Said once a file: responses from before or after the edition's effective period.
    OutsidePeriod {
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        rows: u64,
    },
}

impl RowFault {
    /// A warning leaves the row in use; an error sets it aside.
    pub fn severity(&self) -> Severity {
        match self {
            RowFault::UnknownColumn { .. }
            | RowFault::Future { .. }
            | RowFault::Reversed
            | RowFault::ShortRow { .. }
            | RowFault::NotAsked { .. }
            | RowFault::LooseWords { .. }
            | RowFault::UnitRestored { .. }
            | RowFault::UnitAmbiguous { .. }
            | RowFault::UnknownField { .. }
            | RowFault::MoreNotes { .. }
            | RowFault::OutsidePeriod { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The value that is to blame, where it is one of the file's.
    pub fn value(&self) -> Option<&str> {
        match self {
            RowFault::NotAsked { value }
            | RowFault::LooseWords { value }
            | RowFault::BadMoment { value }
            | RowFault::Future { value }
            | RowFault::BadStatus { value }
            | RowFault::BadOrigin { value }
            | RowFault::UnknownAnswer { value, .. } => Some(value),
            RowFault::OtherSurvey { found, .. }
            | RowFault::OtherEdition { found, .. }
            | RowFault::UnitRestored { found, .. }
            | RowFault::UnitAmbiguous { found, .. } => Some(found),
            RowFault::ConflictingId { id, .. } => Some(id),
            RowFault::UnknownField { field, .. } => Some(field),
            _ => None,
        }
    }

    /// What is wrong, and what to do.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |v: &str, e: &str| if vi { v.to_owned() } else { e.to_owned() };
        match self {
            RowFault::NoHeader => (
                both("tệp không có dòng tiêu đề cột", "the file has no row of column names"),
                both(
                    "chọn tệp phiếu trả lời do bộ công cụ này xuất ra",
                    "choose a response file that this kit exported",
                ),
            ),
            RowFault::MissingColumn { name } => (
                pick(format!("thiếu cột {name}"), format!("the column {name} is missing")),
                both(
                    "xuất lại tệp, hoặc thêm cột này vào dòng đầu",
                    "export the file again, or add this column to the first row",
                ),
            ),
            RowFault::UnknownColumn { name } => (
                pick(
                    format!("cột {name} không thuộc khảo sát này nên không được đọc"),
                    format!("the column {name} is not part of this survey and was not read"),
                ),
                both("kiểm tra tên cột và phiên bản phiếu", "check the column's name and the survey's edition"),
            ),
            RowFault::DuplicateColumn { name } => (
                pick(format!("cột {name} xuất hiện hai lần"), format!("the column {name} appears twice")),
                both("xoá hoặc đổi tên một trong hai cột", "delete or rename one of the two"),
            ),
            RowFault::NotUtf8 => (
                both("dòng này không phải văn bản UTF-8", "this row is not UTF-8 text"),
                both(
                    "trong Excel, lưu tệp với kiểu “CSV UTF-8 (phân tách bằng dấu phẩy)”",
                    "in Excel, save the file as “CSV UTF-8 (Comma delimited)”",
                ),
            ),
            RowFault::FieldCount { expected, found } => (
                pick(
                    format!("dòng có {found} ô, cần {expected} ô"),
                    format!("the row has {found} cells instead of {expected}"),
                ),
                both("kiểm tra dấu ngoặc kép và dấu phẩy trong dòng", "check the quotes and commas of this row"),
            ),
            RowFault::ShortRow { expected, found } => (
                pick(
                    format!("dòng chỉ có {found} trong {expected} ô; các ô thiếu ở cuối được coi là trống"),
                    format!("the row has {found} of {expected} cells; those missing at the end are taken as empty"),
                ),
                both(
                    "nếu tệp bị cắt, hãy xuất lại từ nơi thu phiếu",
                    "if the file was cut off, export it again where it was collected",
                ),
            ),
            RowFault::OpenQuote { rows_lost } => (
                pick(
                    format!("một dấu ngoặc kép mở ra mà không đóng; {rows_lost} dòng sau đó bị gộp vào ô này"),
                    format!("a quote is opened and never closed; {rows_lost} lines after it ran into this cell"),
                ),
                both(
                    "sửa dấu ngoặc kép ở dòng này rồi nhập lại tệp",
                    "mend the quotes on this line and import the file again",
                ),
            ),
            RowFault::Endless { megabytes } => (
                pick(
                    format!("dòng này dài hơn {megabytes} MB: từ đây trở đi không đọc nữa"),
                    format!("this row is longer than {megabytes} MB: from here on nothing is read"),
                ),
                both(
                    "kiểm tra dấu ngoặc kép và dấu xuống dòng, rồi nhập lại tệp",
                    "check the quotes and the ends of lines, and import the file again",
                ),
            ),
            RowFault::NotAsked { value } => (
                pick(
                    format!("câu này không áp dụng cho phiếu này, nên “{value}” không được tính"),
                    format!("this question does not apply to this response, so “{value}” is not counted"),
                ),
                both(
                    "kiểm tra câu trả lời ở các câu điều kiện trước đó",
                    "check the answers to the earlier questions it depends on",
                ),
            ),
            RowFault::LooseWords { value } => (
                pick(
                    format!("“{value}” ghi bên một lựa chọn không được chọn, nên không được giữ"),
                    format!("“{value}” stands beside an option that was not picked and is not kept"),
                ),
                both("điền cả lựa chọn ở cột câu hỏi", "fill in the option in the question's own column"),
            ),
            RowFault::OtherSurvey { found, expected } => (
                pick(
                    format!("phiếu của khảo sát “{found}”, không phải “{expected}”"),
                    format!("a response to the survey “{found}”, not “{expected}”"),
                ),
                both("nhập riêng tệp của từng khảo sát", "import each survey's file on its own"),
            ),
            RowFault::OtherEdition { found, expected } => (
                pick(
                    format!("phiếu của phiên bản “{found}”; đang dùng phiên bản “{expected}”"),
                    format!("a response to the edition “{found}”; the edition in use is “{expected}”"),
                ),
                both(
                    "hai phiên bản không cộng chung được: tính riêng với định nghĩa của phiên bản đó",
                    "editions cannot be added up: score it with the definition of its own edition",
                ),
            ),
            RowFault::NoSurvey => (
                both(
                    "dòng không ghi mã khảo sát; có thể là dòng tổng cộng",
                    "the row names no survey; it may be a row of totals",
                ),
                both("xoá dòng này nếu không phải phiếu trả lời", "delete the row if it is no response"),
            ),
            RowFault::NoId => (
                both("thiếu mã phiếu", "the response has no id"),
                both("điền mã phiếu không trùng với phiếu khác", "fill in an id that no other response has"),
            ),
            RowFault::ConflictingId { id, first_line, column } => (
                match first_line {
                    0 => pick(
                        format!("mã phiếu {id} đã có trong dữ liệu đọc trước tệp này, khác nhau ở cột {column}"),
                        format!("the response id {id} was read before this file, with another {column}"),
                    ),
                    line => pick(
                        format!("mã phiếu {id} đã có ở dòng {line} của tệp này, khác nhau ở cột {column}"),
                        format!("the response id {id} stands on line {line} of this file, with another {column}"),
                    ),
                },
                both(
                    "giữ phiếu đọc trước; so sánh hai tệp và sửa tệp sai",
                    "the one read first is kept; compare the files and mend the wrong one",
                ),
            ),
            RowFault::BadMoment { value } => (
                pick(format!("không đọc được thời điểm “{value}”"), format!("“{value}” is not a time")),
                both("viết theo mẫu 2026-01-31T08:30:00+07:00", "write it as 2026-01-31T08:30:00+07:00"),
            ),
            RowFault::Future { value } => (
                pick(
                    format!("thời điểm {value} ở tương lai; phiếu vẫn được tính"),
                    format!("the time {value} is in the future; the response is still counted"),
                ),
                both("kiểm tra đồng hồ của thiết bị thu phiếu", "check the clock of the device that collected it"),
            ),
            RowFault::Reversed => (
                both(
                    "kết thúc trước khi bắt đầu; phiếu vẫn được tính",
                    "it ends before it begins; the response is still counted",
                ),
                both("kiểm tra đồng hồ của thiết bị thu phiếu", "check the clock of the device that collected it"),
            ),
            RowFault::BadStatus { value } => (
                pick(format!("không có trạng thái “{value}”"), format!("“{value}” is not a status")),
                both("dùng complete, abandoned hoặc flagged", "use complete, abandoned or flagged"),
            ),
            RowFault::BadOrigin { value } => (
                pick(format!("không có nguồn gốc “{value}”"), format!("“{value}” is not an origin")),
                both("dùng answered hoặc generated", "use answered or generated"),
            ),
            RowFault::UnknownAnswer { value, known } => (
                pick(format!("“{value}” không phải câu trả lời của câu này"), {
                    format!("“{value}” is no answer to this question")
                }),
                pick(format!("dùng được: {known}"), format!("possible: {known}")),
            ),
            RowFault::UnitRestored { found, code, name, rows } => {
                let rows = count_in(language, *rows);
                (
                    pick(
                        format!(
                            "mã đơn vị {found} mất số 0 ở đầu, được đọc là {code} ({name}); {rows} dòng từ dòng này"
                        ),
                        format!(
                            "the unit code {found} had lost its leading zeros and was read as {code} ({name}); rows from here on: {rows}"
                        ),
                    ),
                    both(
                        "trong Excel, nhập cột unit dưới dạng văn bản để giữ số 0",
                        "in Excel, import the column unit as text to keep the zeros",
                    ),
                )
            }
            RowFault::UnitAmbiguous { found, either: (province, commune), rows } => {
                let rows = count_in(language, *rows);
                (
                    pick(
                        format!(
                            "mã đơn vị {found} mất số 0 ở đầu và có thể là {province} hoặc {commune}; {rows} dòng từ dòng này giữ nguyên mã"
                        ),
                        format!(
                            "the unit code {found} has lost its leading zeros and may be {province} or {commune}; rows from here on, left as they are: {rows}"
                        ),
                    ),
                    both("ghi lại mã đầy đủ dưới dạng văn bản", "write the full code, as text"),
                )
            }
            RowFault::UnknownField { field, known, rows } => {
                let rows = count_in(language, *rows);
                (
                    pick(
                        format!(
                            "lĩnh vực “{field}” không có trong khảo sát này; {rows} dòng từ dòng này vẫn được tính, trừ ở chỉ tiêu theo lĩnh vực"
                        ),
                        format!(
                            "the field “{field}” is not one of this survey's; rows from here on: {rows}. They are counted, but in no target for fields"
                        ),
                    ),
                    pick(format!("dùng được: {known}"), format!("possible: {known}")),
                )
            }
            RowFault::MoreNotes { rows } => {
                let rows = count_in(language, *rows);
                (
                    pick(
                        format!("{rows} dòng nữa có mã đơn vị mất số 0 hoặc lĩnh vực lạ, không liệt kê hết"),
                        format!(
                            "more rows with unit codes that lost zeros or with unknown fields, too many to list: {rows}"
                        ),
                    ),
                    both("kiểm tra các cột unit và field", "check the columns unit and field"),
                )
            }
            RowFault::OutsidePeriod { from, until, rows } => {
                let rows = count_in(language, *rows);
                let day = |day: &Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| day_in(language, day));
                let (from, until) = (day(from), day(until));
                (
                    pick(
                        format!(
                            "{rows} phiếu từ dòng này nằm ngoài thời gian áp dụng của phiên bản ({from} – {until}); vẫn được tính"
                        ),
                        format!(
                            "responses from here on that lie outside the edition's period ({from} – {until}): {rows}. They are counted"
                        ),
                    ),
                    both(
                        "kiểm tra phiếu có dùng đúng phiên bản không",
                        "check that the right edition of the form was used",
                    ),
                )
            }
        }
    }
}
