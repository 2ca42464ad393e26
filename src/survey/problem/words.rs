//! The words of every problem, in Vietnamese and English.

use super::{Fault, IdRule, Shape, Thing};
use crate::survey::condition::Expected;

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
                both(("điền nội dung cho khoá này", "fill it in")),
            ),
            Fault::BadId { id, rule } => {
                (pick(format!("mã `{id}` không hợp lệ"), format!("`{id}` is not a valid id")), both(rule.words()))
            }
            Fault::ReservedId { id } => (
                pick(
                    format!(
                        "mã `{id}` đã dành cho việc khác: một cột thuộc tính, một phần, một yếu tố hoặc một tệp của trang"
                    ),
                    format!(
                        "`{id}` already names something else: an attribute column, a part, a factor or a file of the site"
                    ),
                ),
                both(("đổi thành mã khác", "use another id")),
            ),
            Fault::SecondSpecify => (
                both(("mỗi câu chỉ có một lựa chọn yêu cầu ghi rõ", "only one option of a question can ask for words")),
                both(("bỏ `specify = true` ở một trong hai lựa chọn", "remove `specify = true` from one of the two")),
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
                    format!("`{id}` không dùng được với phép so sánh `{test}`"),
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
                "dùng chữ a–z, số và dấu _, bắt đầu bằng chữ, tối đa 32 ký tự; không dùng na, no_opinion, no_answer, and, or, not, in, has, answered",
                "use letters a–z, digits and _, starting with a letter, at most 32 characters; not na, no_opinion, no_answer, and, or, not, in, has, answered",
            ),
            IdRule::Option => (
                "dùng chữ a–z, số, dấu _ và -, bắt đầu bằng chữ hoặc số, tối đa 40 ký tự; không dùng na, no_opinion, no_answer, and, or, not, in, has, answered",
                "use letters a–z, digits, _ and -, starting with a letter or digit, at most 40 characters; not na, no_opinion, no_answer, and, or, not, in, has, answered",
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
            Thing::Missing => ("lý do không có câu trả lời", "reason for a missing answer"),
            Thing::Question => ("câu hỏi", "question"),
        }
    }
}

impl Expected {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Expected::Token => (
                "mã câu hỏi, giá trị, phép so sánh hoặc dấu ngoặc",
                "a question id, a value, a comparison or a parenthesis",
            ),
            Expected::JoinOrEnd => ("and, or, hoặc hết điều kiện", "and, or, or the end"),
            Expected::Open => ("dấu mở ngoặc", "an opening parenthesis"),
            Expected::Close => ("dấu đóng ngoặc", "a closing parenthesis"),
            Expected::CommaOrClose => ("dấu phẩy hoặc dấu đóng ngoặc", "a comma or a closing parenthesis"),
            Expected::LessNesting => ("ít lớp ngoặc hơn", "less nesting"),
            Expected::Question => ("mã câu hỏi", "a question id"),
            Expected::Option => ("mã lựa chọn", "an option id"),
            Expected::Value => ("một giá trị", "a value"),
            Expected::Test => (
                "một phép so sánh (=, !=, <, <=, >, >=), in, hoặc has",
                "a comparison (=, !=, <, <=, >, >=), in, or has",
            ),
        }
    }
}
