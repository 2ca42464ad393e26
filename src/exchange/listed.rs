//! The list of what there is to say of the rows of a file, for whoever mends it.

use super::responses::RowProblem;
use super::{Reader, cell, write};
use crate::survey::problem::Severity;

/// The names of the list's columns.
pub fn list_header(language: &str) -> String {
    let names = match language {
        "vi" => ["tep", "dong", "cot", "muc_do", "gia_tri", "van_de", "cach_xu_ly"],
        _ => ["file", "line", "column", "severity", "value", "problem", "remedy"],
    };
    write(Reader::Machine, [names.map(str::to_owned).to_vec()])
}

/// The lines of the list for these problems, below [`list_header`].
pub fn listed(file: &str, problems: &[RowProblem], language: &str) -> String {
    let rows = problems.iter().map(|problem| {
        let (what, remedy) = problem.fault.words(language);
        let severity = match (problem.fault.severity(), language) {
            (Severity::Error, "vi") => "lỗi",
            (Severity::Error, _) => "error",
            (Severity::Warning, "vi") => "lưu ý",
            (Severity::Warning, _) => "note",
        };
        vec![
            cell::guard(file),
            problem.line.to_string(),
            cell::guard(problem.column.as_deref().unwrap_or("")),
            severity.to_owned(),
            cell::guard(problem.fault.value().unwrap_or("")),
            cell::guard(&what),
            cell::guard(&remedy),
        ]
    });
    write(Reader::Machine, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::responses::RowFault;

    #[test]
    fn the_list_has_line_column_value_and_remedy_and_runs_no_formula() {
        let fault = RowFault::UnknownAnswer { value: "=1+1".to_owned(), known: "1, 2".to_owned() };
        let problem = RowProblem { line: 7, column: Some("+rating".to_owned()), fault };
        let text = list_header("en") + &listed("@x.csv", &[problem], "en");
        assert_eq!(
            text,
            "file,line,column,severity,value,problem,remedy\r\n\
             '@x.csv,7,'+rating,error,'=1+1,“=1+1” is no answer to this question,\"possible: 1, 2\"\r\n"
        );
    }
}
