//! What can be wrong with a definition, where, and how to mend it.
//!
//! A [`Problem`] is a code with its facts and a byte range; the words are made
//! here, in Vietnamese and English, for the program and the office page alike.

use std::fmt::Write as _;
use std::ops::Range;

use super::condition::Expected;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Legal but doubtful.
    Warning,
    /// The definition cannot be used.
    Error,
}

/// One problem of a definition file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The offending bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// Everything that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fault {
    /// The TOML parser's own message.
    Syntax(String),
    NotUtf8,
    MissingKey {
        key: &'static str,
    },
    UnknownKey {
        key: String,
        known: Vec<&'static str>,
    },
    WrongType {
        key: String,
        expected: Shape,
    },
    Empty {
        key: &'static str,
    },
    BadId {
        id: String,
        rule: IdRule,
    },
    ReservedId {
        id: String,
    },
    DuplicateId {
        id: String,
        first_line: usize,
    },
    UnknownReference {
        to: Thing,
        id: String,
        known: Vec<String>,
    },
    MissingText {
        language: String,
        fallback: bool,
    },
    UnknownLanguage {
        language: String,
        known: Vec<String>,
    },
    OutOfRange {
        key: &'static str,
        least: i64,
        most: i64,
    },
    Reversed {
        low: &'static str,
        high: &'static str,
    },
    NoSatisfiedLevel {
        scale: String,
    },
    Condition {
        expected: Expected,
    },
    UnknownColumn {
        id: String,
        known: Vec<String>,
    },
    LaterColumn {
        id: String,
    },
    MatrixInCondition {
        id: String,
        items: Vec<String>,
    },
    WrongTest {
        id: String,
        test: &'static str,
    },
    UnknownValue {
        id: String,
        value: String,
        known: Vec<String>,
    },
}

/// What shape of TOML value was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Shape {
    String,
    Strings,
    Integer,
    Number,
    Boolean,
    Date,
    Table,
    Tables,
    Text,
}

/// Which rule an id has to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum IdRule {
    Survey,
    Column,
    Option,
    Language,
}

/// What a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Thing {
    Scale,
    Factor,
    Part,
    Target,
    Formula,
    Face,
    Kind,
    Missing,
    Question,
}

impl Problem {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self.fault {
            Fault::MissingText { fallback: false, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The message a person reads: severity, `file:line:column`, the line with
    /// the offending text underlined, and what to do.
    pub fn render(&self, file: &str, source: &str, language: &str) -> String {
        let place = Place::of(source, self.span.start);
        let line_text = source.lines().nth(place.line - 1).unwrap_or("");
        let shown = source.get(self.span.clone()).unwrap_or("").lines().next().unwrap_or("");
        let width = shown.chars().count().clamp(1, 80);
        let (what, remedy) = self.fault.words(language);
        let severity = match (self.severity(), language) {
            (Severity::Error, "vi") => "lỗi",
            (Severity::Error, _) => "error",
            (Severity::Warning, "vi") => "cảnh báo",
            (Severity::Warning, _) => "warning",
        };
        let gutter = " ".repeat(place.line.to_string().len());
        let (from, line_text) = window(line_text, place.column - 1);
        let indent = " ".repeat(place.column - 1 - from);
        let mark = "^".repeat(width.min(line_text.chars().count().saturating_sub(indent.len()).max(1)));
        let mut out = String::new();
        let _ = writeln!(out, "{severity}: {file}:{}:{}: {what}", place.line, place.column);
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{} | {line_text}", place.line);
        let _ = writeln!(out, "{gutter} | {indent}{mark}");
        let _ = writeln!(out, "{gutter} = {remedy}");
        out
    }
}

/// At most 100 characters of a line around a column, and how many were cut before.
fn window(line: &str, column: usize) -> (usize, String) {
    let from = if column > 60 { column - 40 } else { 0 };
    (from, line.chars().skip(from).take(100).map(|c| if c.is_control() { ' ' } else { c }).collect())
}

/// A place in a text file, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Place {
    /// Where a byte of `source` is.
    pub fn of(source: &str, byte: usize) -> Place {
        let before = &source.as_bytes()[..byte.min(source.len())];
        let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        Place { line, column: String::from_utf8_lossy(&before[start..]).chars().count() + 1 }
    }
}

fn list(values: &[impl AsRef<str>]) -> String {
    let mut shown: Vec<&str> = values.iter().take(12).map(AsRef::as_ref).collect();
    if values.len() > 12 {
        shown.push("…");
    }
    shown.join(", ")
}

/// The known word most like `word`, if one is close enough to be meant.
fn nearest<'k>(word: &str, known: &'k [impl AsRef<str>]) -> Option<&'k str> {
    known
        .iter()
        .map(|k| (distance(word, k.as_ref()), k.as_ref()))
        .filter(|(d, k)| *d <= 1 + k.len() / 4)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Levenshtein distance over characters, of words cut to 40.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(40).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (corner + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

fn suggestion(vi: bool, word: &str, known: &[impl AsRef<str>]) -> String {
    match (nearest(word, known), vi) {
        (Some(near), true) => format!("có phải ý bạn là {near}? Dùng được: {}", list(known)),
        (Some(near), false) => format!("did you mean {near}? Known here: {}", list(known)),
        (None, true) => format!("dùng được: {}", list(known)),
        (None, false) => format!("known here: {}", list(known)),
    }
}

impl Fault {
    /// What is wrong, and how to mend it.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |(v, e): (&str, &str)| if vi { v.to_owned() } else { e.to_owned() };
        match self {
            Fault::Syntax(message) => (
                pick(format!("sai cú pháp TOML: {message}"), format!("not valid TOML: {message}")),
                both((
                    "kiểm tra dấu ngoặc kép, dấu ngoặc và dấu phẩy ở dòng này và dòng trước",
                    "check quotes, brackets and commas on this line and the one before",
                )),
            ),
            Fault::NotUtf8 => (
                both(("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text")),
                both(("lưu lại tệp với mã hoá UTF-8", "save it again with the encoding UTF-8")),
            ),
            Fault::MissingKey { key } => (
                pick(format!("thiếu khoá `{key}`"), format!("the key `{key}` is missing")),
                pick(format!("thêm một dòng `{key} = …`"), format!("add a line `{key} = …`")),
            ),
            Fault::UnknownKey { key, known } => (
                pick(format!("không có khoá `{key}` ở đây"), format!("there is no key `{key}` here")),
                suggestion(vi, key, known),
            ),
            Fault::WrongType { key, expected } => (
                pick(
                    format!("`{key}` phải là {}", expected.words(true)),
                    format!("`{key}` must be {}", expected.words(false)),
                ),
                pick(format!("ví dụ: {}", expected.example()), format!("for instance: {}", expected.example())),
            ),
            Fault::Empty { key } => (
                pick(format!("`{key}` đang trống"), format!("`{key}` is empty")),
                both(("thêm ít nhất một phần tử, hoặc xoá câu hỏi này", "add at least one entry, or remove it")),
            ),
            Fault::BadId { id, rule } => {
                (pick(format!("mã `{id}` không hợp lệ"), format!("`{id}` is not a valid id")), both(rule.words()))
            }
            Fault::ReservedId { id } => (
                pick(
                    format!("mã `{id}` trùng với một cột thuộc tính của tệp CSV"),
                    format!("`{id}` is the name of an attribute column of the CSV files"),
                ),
                pick(format!("đổi thành mã khác, ví dụ `{id}_1`"), format!("use another id, for instance `{id}_1`")),
            ),
            Fault::DuplicateId { id, first_line } => (
                pick(
                    format!("mã `{id}` đã dùng ở dòng {first_line}"),
                    format!("the id `{id}` is already used on line {first_line}"),
                ),
                both(("mỗi mã chỉ dùng một lần: đổi một trong hai", "each id is used once: change one of the two")),
            ),
            Fault::UnknownReference { to, id, known } => (
                pick(format!("không có {} `{id}`", to.words().0), format!("there is no {} `{id}`", to.words().1)),
                suggestion(vi, id, known),
            ),
            Fault::MissingText { language, .. } => (
                pick(
                    format!("thiếu nội dung bằng ngôn ngữ `{language}`"),
                    format!("the text in language `{language}` is missing"),
                ),
                pick(
                    format!("thêm `{language} = \"…\"` vào bảng này"),
                    format!("add `{language} = \"…\"` to this table"),
                ),
            ),
            Fault::UnknownLanguage { language, known } => (
                pick(
                    format!("ngôn ngữ `{language}` không có trong `languages`"),
                    format!("the language `{language}` is not among `languages`"),
                ),
                suggestion(vi, language, known),
            ),
            Fault::OutOfRange { key, least, most } => (
                pick(
                    format!("`{key}` phải từ {least} đến {most}"),
                    format!("`{key}` must be between {least} and {most}"),
                ),
                both(("sửa lại con số", "change the number")),
            ),
            Fault::Reversed { low, high } => (
                pick(format!("`{high}` nhỏ hơn `{low}`"), format!("`{high}` is less than `{low}`")),
                both(("đổi chỗ hai giá trị", "swap the two values")),
            ),
            Fault::NoSatisfiedLevel { scale } => (
                pick(
                    format!("thang `{scale}` không có mức nào được tính là hài lòng"),
                    format!("no level of the scale `{scale}` counts as satisfied"),
                ),
                both((
                    "thêm `satisfied = true` vào các mức hài lòng, hoặc bỏ `factor` nếu câu hỏi không chấm điểm",
                    "add `satisfied = true` to the satisfied levels, or remove `factor` if the question is not scored",
                )),
            ),
            Fault::Condition { expected } => (
                pick(
                    format!("không đọc được điều kiện: ở đây cần {}", expected.words().0),
                    format!("the condition cannot be read: {} is expected here", expected.words().1),
                ),
                both((
                    "ví dụ: when = \"rating <= 2 and not (sex = male)\"",
                    "for instance: when = \"rating <= 2 and not (sex = male)\"",
                )),
            ),
            Fault::UnknownColumn { id, known } => (
                pick(
                    format!("điều kiện nhắc đến câu hỏi `{id}` không tồn tại"),
                    format!("the condition names a question `{id}` that does not exist"),
                ),
                suggestion(vi, id, known),
            ),
            Fault::LaterColumn { id } => (
                pick(
                    format!("điều kiện nhắc đến `{id}`, câu chưa được hỏi đến lúc này"),
                    format!("the condition names `{id}`, which has not been asked by then"),
                ),
                both((
                    "chuyển câu hỏi này xuống sau câu đó, hoặc dùng một câu hỏi trước",
                    "move this question after that one, or use an earlier question",
                )),
            ),
            Fault::MatrixInCondition { id, items } => (
                pick(
                    format!("`{id}` là một bảng nhiều câu, không có câu trả lời riêng"),
                    format!("`{id}` is a matrix and has no answer of its own"),
                ),
                pick(format!("dùng mã của một câu trong bảng: {}", list(items)), {
                    format!("name one of its items: {}", list(items))
                }),
            ),
            Fault::WrongTest { id, test } => (
                pick(
                    format!("`{id}` không dùng được với phép so `{test}`"),
                    format!("`{test}` cannot be used with `{id}`"),
                ),
                both((
                    "câu nhiều lựa chọn dùng `has`; <, <=, >, >= chỉ dùng cho thang điểm và số; văn bản dùng answered(…)",
                    "several choices take `has`; <, <=, >, >= are for ratings and numbers; texts take answered(…)",
                )),
            ),
            Fault::UnknownValue { id, value, known } => (
                pick(format!("`{id}` không có câu trả lời `{value}`"), format!("`{id}` has no answer `{value}`")),
                suggestion(vi, value, known),
            ),
        }
    }
}

impl Shape {
    fn words(self, vi: bool) -> &'static str {
        let (v, e) = match self {
            Shape::String => ("một chuỗi trong ngoặc kép", "a string in quotes"),
            Shape::Strings => ("một danh sách chuỗi", "a list of strings"),
            Shape::Integer => ("một số nguyên", "a whole number"),
            Shape::Number => ("một con số", "a number"),
            Shape::Boolean => ("true hoặc false", "true or false"),
            Shape::Date => ("một ngày", "a date"),
            Shape::Table => ("một bảng", "a table"),
            Shape::Tables => ("một danh sách bảng", "a list of tables"),
            Shape::Text => ("một bảng nội dung theo ngôn ngữ", "a table of texts by language"),
        };
        if vi { v } else { e }
    }

    fn example(self) -> &'static str {
        match self {
            Shape::String => "\"sipas\"",
            Shape::Strings => "[\"vi\", \"en\"]",
            Shape::Integer => "3",
            Shape::Number => "90",
            Shape::Boolean => "true",
            Shape::Date => "2026-01-31",
            Shape::Table => "{ main = \"rating\" }",
            Shape::Tables => "[ { id = \"a\" }, { id = \"b\" } ]",
            Shape::Text => "{ vi = \"Nam\", en = \"Male\" }",
        }
    }
}

impl IdRule {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            IdRule::Survey => (
                "dùng chữ a–z, số và dấu -, bắt đầu bằng chữ, tối đa 40 ký tự",
                "use letters a–z, digits and -, starting with a letter, at most 40 characters",
            ),
            IdRule::Column => (
                "dùng chữ a–z, số và dấu _, bắt đầu bằng chữ, tối đa 32 ký tự",
                "use letters a–z, digits and _, starting with a letter, at most 32 characters",
            ),
            IdRule::Option => (
                "dùng chữ a–z, số, dấu _ và -, bắt đầu bằng chữ hoặc số, tối đa 40 ký tự; không dùng na, no_opinion, no_answer, and, or, not, in, has",
                "use letters a–z, digits, _ and -, starting with a letter or digit, at most 40 characters; not na, no_opinion, no_answer, and, or, not, in, has",
            ),
            IdRule::Language => (
                "dùng mã ngôn ngữ hai hoặc ba chữ cái thường, ví dụ vi, en, hmn",
                "use a language code of two or three small letters, for instance vi, en, hmn",
            ),
        }
    }
}

impl Thing {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Thing::Scale => ("thang đo", "scale"),
            Thing::Factor => ("yếu tố", "factor"),
            Thing::Part => ("phần", "part"),
            Thing::Target => ("chỉ tiêu", "target"),
            Thing::Formula => ("công thức", "formula"),
            Thing::Face => ("khuôn mặt", "face"),
            Thing::Kind => ("loại câu hỏi", "kind of question"),
            Thing::Missing => ("lý do khuyết", "reason for a missing answer"),
            Thing::Question => ("câu hỏi", "question"),
        }
    }
}

impl Expected {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Expected::Token => {
                ("mã câu hỏi, giá trị, phép so hoặc dấu ngoặc", "a question id, a value, a comparison or a parenthesis")
            }
            Expected::JoinOrEnd => ("and, or, hoặc hết điều kiện", "and, or, or the end"),
            Expected::Open => ("dấu mở ngoặc", "an opening parenthesis"),
            Expected::Close => ("dấu đóng ngoặc", "a closing parenthesis"),
            Expected::CommaOrClose => ("dấu phẩy hoặc dấu đóng ngoặc", "a comma or a closing parenthesis"),
            Expected::LessNesting => ("ít lớp ngoặc hơn", "less nesting"),
            Expected::Question => ("mã câu hỏi", "a question id"),
            Expected::Option => ("mã lựa chọn", "an option id"),
            Expected::Value => ("một giá trị", "a value"),
            Expected::Test => {
                ("một phép so (=, !=, <, <=, >, >=), in, hoặc has", "a comparison (=, !=, <, <=, >, >=), in, or has")
            }
        }
    }
}
