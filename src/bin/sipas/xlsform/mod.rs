//! `sipas import-xlsform`: the common part of XLSForm as a definition. What a definition cannot
//! carry is refused where it stands, never left out.

mod book;
mod choices;
mod expression;
mod form;
mod groups;
mod names;
mod refusal;
mod rows;
mod writer;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use chrono::NaiveDate;
use sipas_kit::survey::problem::{Fault, Severity};
use sipas_kit::survey::read::read_survey;

use book::Book;
pub use form::Options;

/// Writes the definition to `out`, or prints it. Exit code 1 where something was refused.
pub fn import(
    file: &Path,
    out: Option<&PathBuf>,
    options: &Options,
    today: NaiveDate,
    language: &str,
) -> Result<ExitCode> {
    let book = Book::open(file)?;
    for list in &options.scales {
        ensure!(
            book.choices.rows.iter().any(|row| book.choices.get(row, "list_name") == list),
            "--scale {list}: the sheet choices has no such list"
        );
    }
    for name in &options.ignore {
        ensure!(book.has(name), "--ignore {name}: there is no such column or sheet");
    }
    if let Some(other) = book.others.iter().find(|other| !options.ignore.contains(other)) {
        let file = file.display();
        match language {
            "vi" => eprintln!(
                "lỗi: {file}: không chuyển được trang “{other}”\n = xoá trang này, hoặc thêm --ignore {other}"
            ),
            _ => eprintln!(
                "error: {file}: the sheet “{other}” cannot be carried over\n = delete it, or add --ignore {other}"
            ),
        }
        return Ok(ExitCode::FAILURE);
    }
    let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("form");
    let (text, summary) = match form::definition(&book, options, name) {
        Ok(done) => done,
        Err(refusals) => {
            for refusal in &refusals {
                eprintln!("{}", refusal.render(&file.display().to_string(), language));
            }
            match language {
                "vi" => eprintln!("không chuyển: {} chỗ cần sửa", refusals.len()),
                _ => eprintln!("nothing was written; places to mend: {}", refusals.len()),
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let shown = out.map_or_else(|| "definition".to_owned(), |out| out.display().to_string());
    match out {
        Some(out) => std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?,
        None => print!("{text}"),
    }
    for (from, to) in &summary.renamed {
        match language {
            "vi" => eprintln!("đổi tên: {from} → {to}"),
            _ => eprintln!("renamed: {from} → {to}"),
        }
    }
    let problems = read_survey(&text, &[], today).problems;
    // Texts that the form does not have are for the person to write.
    let is_blank = |fault: &Fault| matches!(fault, Fault::MissingText { fallback: true, .. });
    for problem in problems.iter().filter(|problem| problem.severity() == Severity::Error && !is_blank(&problem.fault))
    {
        eprintln!("{}", problem.render(&shown, &text, language));
    }
    let blank = problems.iter().filter(|problem| is_blank(&problem.fault)).count();
    match language {
        "vi" => eprintln!(
            "{shown}: {} mục, {} câu hỏi; còn {blank} nội dung cần điền (purpose, issuer, source); kiểm tra: sipas check",
            summary.sections, summary.questions
        ),
        _ => eprintln!(
            "{shown}: {} sections, {} questions; texts to fill in (purpose, issuer, source): {blank}; next: sipas check",
            summary.sections, summary.questions
        ),
    }
    Ok(ExitCode::SUCCESS)
}
