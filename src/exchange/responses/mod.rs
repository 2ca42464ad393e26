//! The response CSV: one row a response.
//!
//! Attribute columns first ([`ATTRIBUTES`]), then one column a question named
//! by its id, with `<id>_other` after a question that takes words beside an
//! option. Cells hold:
//!
//! | kind of question | cell |
//! |---|---|
//! | rating, matrix item | the level's code |
//! | single, contacts | the option's id |
//! | multiple | option ids separated by spaces |
//! | number | the number |
//! | text, `…_other` | the words |
//! | any | `na`, `no_opinion`, `no_answer`; empty: not asked |

mod collection;
mod digits;
mod fault;
mod file;
mod memo;
mod moment;
mod notes;
mod opened;
mod part;
mod pile;
mod plan;
mod quick;
mod read;
mod register;
mod rows;
mod stream;
mod walk;

pub use collection::{Collection, Window};
pub use fault::{RowFault, RowProblem};
pub use file::{FileKind, kind_of};
pub(super) use file::{Lines, is_torn, open, without_bom};
pub use opened::{Opened, Piece};
pub use part::{Part, Parts};
pub use pile::Pile;
pub(super) use read::read_answer;
pub use read::{Import, Setting, read_responses};
pub use stream::{Doubt, Stream, Taken};

use std::collections::BTreeMap;

use super::{Reader, cell, write};
use crate::response::{ATTRIBUTES, Answer, Response, write_moment};
use crate::survey::Survey;

/// The attribute columns with what they are, in Vietnamese and in English.
pub(super) const ATTRIBUTE_LABELS: [(&str, &str, &str); ATTRIBUTES.len()] = [
    (ATTRIBUTES[0], "Mã phiếu trả lời", "Id of the response"),
    (ATTRIBUTES[1], "Mã khảo sát", "Id of the survey"),
    (ATTRIBUTES[2], "Phiên bản", "Edition"),
    (ATTRIBUTES[3], "Mã đơn vị", "Code of the office"),
    (ATTRIBUTES[4], "Lĩnh vực thủ tục", "Field of procedure"),
    (ATTRIBUTES[5], "Quầy", "Counter"),
    (ATTRIBUTES[6], "Mã cán bộ", "Staff code"),
    (ATTRIBUTES[7], "Hình thức thu", "Channel"),
    (ATTRIBUTES[8], "Ngôn ngữ", "Language"),
    (ATTRIBUTES[9], "Bắt đầu lúc", "Began at"),
    (ATTRIBUTES[10], "Hoàn thành lúc", "Finished at"),
    (ATTRIBUTES[11], "Trạng thái phiếu", "Status"),
    (ATTRIBUTES[12], "Nguồn phiếu", "Origin"),
];

/// The question columns of a survey, in order.
pub(crate) fn header(survey: &Survey) -> Vec<String> {
    let questions = survey.csv_columns().flat_map(|column| {
        let other = column.has_specify().then(|| format!("{}_other", column.id));
        std::iter::once(column.id.to_owned()).chain(other)
    });
    ATTRIBUTES.iter().map(ToString::to_string).chain(questions).collect()
}

/// Writes responses of one survey.
pub fn write_responses<'r>(
    survey: &Survey,
    responses: impl IntoIterator<Item = &'r Response>,
    reader: Reader,
) -> String {
    let columns: Vec<(&str, bool)> = survey.csv_columns().map(|column| (column.id, column.has_specify())).collect();
    let rows = responses.into_iter().map(|response| row(&columns, response));
    write(reader, std::iter::once(header(survey)).chain(rows))
}

/// Writes responses of a survey whose definition is not there any more: the columns are those that some
/// response has an answer in, in the order of their names.
pub fn write_orphans(responses: &[&Response], reader: Reader) -> String {
    let mut columns: BTreeMap<&str, bool> = BTreeMap::new();
    for (id, answer) in responses.iter().flat_map(|response| &response.answers) {
        let has_words = matches!(answer, Answer::Picked { specified: Some(_), .. });
        *columns.entry(id).or_default() |= has_words;
    }
    let columns: Vec<(&str, bool)> = columns.into_iter().collect();
    let questions = columns.iter().flat_map(|(id, has_words)| {
        let other = has_words.then(|| format!("{id}_other"));
        std::iter::once((*id).to_owned()).chain(other)
    });
    let header = ATTRIBUTES.iter().map(ToString::to_string).chain(questions).collect();
    let rows = responses.iter().map(|response| row(&columns, response));
    write(reader, std::iter::once(header).chain(rows))
}

fn row(columns: &[(&str, bool)], response: &Response) -> Vec<String> {
    let a = &response.attributes;
    let optional = |value: &Option<String>| cell::guard(value.as_deref().unwrap_or(""));
    let mut row = vec![
        cell::guard(&response.id),
        cell::guard(&response.survey),
        cell::guard(&response.edition),
        optional(&a.unit),
        optional(&a.field),
        optional(&a.counter),
        optional(&a.officer),
        optional(&a.channel),
        cell::guard(&response.language),
        write_moment(&response.started_at),
        write_moment(&response.finished_at),
        response.status.code().to_owned(),
        response.origin.code().to_owned(),
    ];
    for (id, has_specify) in columns {
        let answer = response.answers.get(*id);
        row.push(answer.map_or_else(String::new, answer_cell));
        if *has_specify {
            let specified = match answer {
                Some(Answer::Picked { specified, .. }) => specified.as_deref().unwrap_or(""),
                _ => "",
            };
            row.push(cell::guard(specified));
        }
    }
    row
}

fn answer_cell(answer: &Answer) -> String {
    match answer {
        Answer::Level(code) => code.to_string(),
        Answer::Missing(reason) => reason.code().to_owned(),
        Answer::Number(number) => number.to_string(),
        Answer::Picked { options, .. } => options.join(" "),
        Answer::Text(text) => cell::guard(text),
    }
}
