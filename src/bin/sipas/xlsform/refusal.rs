//! What a definition cannot carry: where it stands, why, and what to do.

use super::book::Place;

/// Something that would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub place: Place,
    /// The column's name.
    pub column: String,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    NoType,
    UnknownType(String),
    UnknownColumn { name: String, value: String },
    DoubledColumn,
    NoLanguageCode(String),
    NoLabel(String),
    Reference,
    NoList(String),
    EmptyList(String),
    NoName,
    BadName(String),
    DoubledName { name: String, row: usize },
    Required(String),
    Appearance(String),
    Expression { part: String, why: Unread },
    Constraint(String),
    GroupNotClosed,
    NoGroupOpen,
    TableList,
    MixedRequired,
    EmptyTable,
    GroupWithoutQuestions,
    UnusedList(String),
    NoteAtEnd,
    NoteWithCondition,
    OtherTwice,
    TooManyLevels,
}

/// Why an expression could not be turned into a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    Syntax,
    Function,
    Question,
    Choice,
    Comparison,
}

impl Refusal {
    /// `error: form.xlsx, survey, row 7, column relevant (F7): …`, and what to do.
    pub fn render(&self, file: &str, language: &str) -> String {
        let (what, remedy) = self.why.words(language);
        let Place { sheet, row, .. } = self.place;
        let (cell, column) = (self.place.cell(), &self.column);
        match language {
            "vi" => format!("lỗi: {file}, trang {sheet}, dòng {row}, cột {column} ({cell}): {what}\n = {remedy}"),
            _ => format!("error: {file}, sheet {sheet}, row {row}, column {column} ({cell}): {what}\n = {remedy}"),
        }
    }
}

impl Why {
    fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |v: &str, e: &str| if vi { v.to_owned() } else { e.to_owned() };
        match self {
            Why::NoType => (
                both("dòng này không có `type`", "this row has no `type`"),
                both("điền `type`, hoặc xoá cả dòng", "fill it in, or delete the row"),
            ),
            Why::UnknownType(name) => (
                pick(format!("không chuyển được loại `{name}`"), format!("the type `{name}` cannot be carried over")),
                both(
                    "dùng select_one, select_multiple, text, integer, note, begin_group, end_group; hoặc xoá dòng này",
                    "use select_one, select_multiple, text, integer, note, begin_group, end_group; or delete the row",
                ),
            ),
            Why::UnknownColumn { name, value } => (
                pick(
                    format!("không chuyển được nội dung “{value}” của cột này"),
                    format!("“{value}” in this column cannot be carried over"),
                ),
                pick(
                    format!("xoá ô này, hoặc thêm --ignore {name} để bỏ cả cột"),
                    format!("empty the cell, or add --ignore {name} to leave the whole column out"),
                ),
            ),
            Why::DoubledColumn => (
                both("có hai cột cùng tên", "two columns have this name"),
                both("xoá hoặc đổi tên một cột", "delete or rename one of them"),
            ),
            Why::NoLanguageCode(name) => (
                pick(
                    format!("không biết mã của ngôn ngữ “{name}”"),
                    format!("the code of the language “{name}” is not known"),
                ),
                both(
                    "ghi mã trong ngoặc, ví dụ label::Tiếng Mông (hmn)",
                    "write its code in parentheses, for instance label::Hmong (hmn)",
                ),
            ),
            Why::NoLabel(code) => (
                pick(
                    format!("thiếu nội dung bằng ngôn ngữ `{code}`"),
                    format!("the text in the language `{code}` is missing"),
                ),
                both(
                    "điền nội dung; ngôn ngữ đầu tiên phải có ở mọi chỗ",
                    "fill it in; the first language has to be there everywhere",
                ),
            ),
            Why::Reference => (
                both(
                    "nội dung có `${…}`: câu chữ không chèn được câu trả lời",
                    "the text has `${…}`: answers cannot be put into texts",
                ),
                both("viết lại câu chữ", "reword the text"),
            ),
            Why::NoList(list) => (
                pick(
                    format!("không có danh sách `{list}` trong trang choices"),
                    format!("there is no list `{list}` on the sheet choices"),
                ),
                both("sửa tên danh sách", "mend the list's name"),
            ),
            Why::EmptyList(list) => (
                pick(format!("danh sách `{list}` trống"), format!("the list `{list}` is empty")),
                both("thêm lựa chọn", "add choices"),
            ),
            Why::NoName => (both("thiếu `name`", "`name` is missing"), both("điền tên", "fill it in")),
            Why::BadName(name) => (
                pick(format!("không dùng được tên `{name}`"), format!("the name `{name}` cannot be used")),
                both(
                    "dùng chữ a–z, số và dấu _, bắt đầu bằng chữ, tối đa 32 ký tự",
                    "use letters a–z, digits and _, starting with a letter, at most 32 characters",
                ),
            ),
            Why::DoubledName { name, row } => (
                pick(
                    format!("tên `{name}` đã dùng ở dòng {row}"),
                    format!("the name `{name}` is already used in row {row}"),
                ),
                both(
                    "đặt tên khác; chữ hoa và chữ thường được coi như nhau",
                    "use another one; capitals and small letters are the same here",
                ),
            ),
            Why::Required(value) => (
                pick(
                    format!("không chuyển được điều kiện bắt buộc “{value}”"),
                    format!("“{value}” cannot be carried over"),
                ),
                both("dùng yes hoặc no", "use yes or no"),
            ),
            Why::Appearance(value) => (
                pick(
                    format!("không chuyển được cách trình bày “{value}”"),
                    format!("the appearance “{value}” cannot be carried over"),
                ),
                both(
                    "chỉ dùng được likert và table-list; xoá ô này hoặc thêm --ignore appearance",
                    "only likert and table-list can; empty the cell, or add --ignore appearance",
                ),
            ),
            Why::Expression { part, why } => (
                pick(
                    format!("không chuyển được điều kiện, từ “{part}”"),
                    format!("the condition cannot be carried over, from “{part}” on"),
                ),
                both(why.remedy().0, why.remedy().1),
            ),
            Why::Constraint(part) => (
                pick(
                    format!("không chuyển được ràng buộc, ở “{part}”"),
                    format!("the constraint cannot be carried over, at “{part}”"),
                ),
                both(
                    "với integer chỉ dùng được `. >= số` và `. <= số`, nối bằng and; hoặc thêm --ignore constraint",
                    "for integers, `. >= number` and `. <= number` joined with and can; or add --ignore constraint",
                ),
            ),
            Why::GroupNotClosed => (
                both("nhóm này không có end_group", "this group has no end_group"),
                both("thêm một dòng end_group", "add a row end_group"),
            ),
            Why::NoGroupOpen => (
                both("end_group không có begin_group", "end_group without begin_group"),
                both("xoá dòng này", "delete the row"),
            ),
            Why::TableList => (
                both(
                    "nhóm table-list chỉ chứa được các câu select_one cùng một danh sách",
                    "a table-list group can only hold select_one questions of one list",
                ),
                both("chuyển câu này ra ngoài nhóm", "move this question out of the group"),
            ),
            Why::MixedRequired => (
                both(
                    "trong nhóm table-list, các câu phải cùng bắt buộc hoặc cùng không",
                    "the questions of a table-list group are all required or none of them is",
                ),
                both("sửa `required` của câu này hoặc của các câu khác", "change `required` here or in the others"),
            ),
            Why::EmptyTable => (
                both("nhóm table-list này không có câu hỏi", "this table-list group has no question"),
                both("thêm các câu select_one, hoặc xoá nhóm", "add select_one questions, or delete the group"),
            ),
            Why::GroupWithoutQuestions => (
                both(
                    "tiêu đề của nhóm này sẽ mất: nhóm không có câu hỏi của riêng mình",
                    "this group's heading would be lost: it has no question of its own",
                ),
                both(
                    "xoá tiêu đề (và gợi ý) của nhóm, hoặc đặt vào nhóm một câu hỏi",
                    "empty the group's label and hint, or put a question into it",
                ),
            ),
            Why::UnusedList(list) => (
                pick(
                    format!("không câu hỏi nào dùng danh sách `{list}`"),
                    format!("no question uses the list `{list}`"),
                ),
                both("xoá danh sách này", "delete the list"),
            ),
            Why::NoteAtEnd => (
                both(
                    "sau ghi chú này không còn câu hỏi nào trong mục để gắn vào",
                    "no question of the section comes after this note to carry it",
                ),
                both("chuyển ghi chú lên trước một câu hỏi, hoặc xoá", "move it before a question, or delete it"),
            ),
            Why::NoteWithCondition => (
                both("ghi chú không có điều kiện riêng được", "a note cannot have a condition of its own"),
                both(
                    "bỏ điều kiện, hoặc đặt ghi chú trong nhóm có điều kiện đó",
                    "remove it, or put the note in a group with that condition",
                ),
            ),
            Why::OtherTwice => (
                both(
                    "danh sách đã có lựa chọn `other`, nên không thêm or_other được",
                    "the list already has a choice `other`, so or_other cannot add one",
                ),
                both("bỏ or_other, hoặc đổi tên lựa chọn đó", "remove or_other, or rename that choice"),
            ),
            Why::TooManyLevels => (
                both(
                    "một thang đo có tối đa 10 mức, hoặc 9 nếu tên các mức không phải chữ số",
                    "a scale has at most 10 levels, or 9 where their names are no digits",
                ),
                both("bỏ likert hoặc table-list ở câu này", "remove likert or table-list here"),
            ),
        }
    }
}

impl Unread {
    fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Unread::Syntax => (
                "ví dụ: ${q1} <= 2 and not(selected(${why}, 'late'))",
                "for instance: ${q1} <= 2 and not(selected(${why}, 'late'))",
            ),
            Unread::Function => (
                "chỉ dùng được selected(…), not(…), and, or, = != < <= > >=",
                "selected(…), not(…), and, or, = != < <= > >= can be used",
            ),
            Unread::Question => (
                "chỉ nhắc được câu hỏi đã có ở trên, bằng ${tên}",
                "only questions further up can be named, as ${name}",
            ),
            Unread::Choice => {
                ("dùng `name` của một lựa chọn trong danh sách", "use the `name` of a choice of the list")
            }
            Unread::Comparison => (
                "select_one dùng = và !=; select_multiple dùng selected(…); integer so với số nguyên; text so với ''",
                "select_one takes = and !=; select_multiple takes selected(…); integers compare with whole numbers; texts with ''",
            ),
        }
    }
}
