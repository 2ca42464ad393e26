//! The words for what the messages speak of: shapes, rules, things.

use super::{IdRule, Misfit, Shape, Thing};
use crate::survey::condition::Expected;

impl Shape {
    pub(super) fn words(self, vi: bool) -> &'static str {
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

    pub(super) fn example(self) -> &'static str {
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

impl Misfit {
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Misfit::AttributeOfSingle => (
                "chỉ câu hỏi `single` không có `specify` mới điền được thuộc tính",
                "only a `single` question without `specify` can fill in an attribute",
            ),
            Misfit::MeanOfNumber => (
                "chỉ câu hỏi số và câu số lần liên hệ mới có trung bình",
                "only numbers and numbers of contacts have a mean",
            ),
            Misfit::CountOfAnswers => {
                ("câu hỏi này không có các phương án để đếm", "this question has no answers that could be counted")
            }
        }
    }

    pub(super) fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Misfit::AttributeOfSingle => ("đổi `kind`, hoặc bỏ `attribute`", "change `kind`, or remove `attribute`"),
            Misfit::MeanOfNumber => ("dùng `share` hoặc `distribution`", "use `share` or `distribution`"),
            Misfit::CountOfAnswers => (
                "dùng câu đánh giá hoặc câu lựa chọn; câu hỏi số dùng `mean`",
                "use a rating or a choice; numbers take `mean`",
            ),
        }
    }
}

impl IdRule {
    pub(super) fn words(self) -> (&'static str, &'static str) {
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
    pub(super) fn words(self) -> (&'static str, &'static str) {
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
            Thing::Attribute => ("thuộc tính", "attribute"),
            Thing::FigureKind => ("loại số liệu", "kind of figure"),
            Thing::Answer => ("phương án", "answer"),
        }
    }
}

impl Expected {
    pub(super) fn words(self) -> (&'static str, &'static str) {
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
