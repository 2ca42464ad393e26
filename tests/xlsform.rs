//! `sipas import-xlsform` on real workbooks: each text of tests/xlsform is written as one, beside it
//! stands what comes out. `INSTA_UPDATE=always cargo test --test xlsform` rewrites that; look at the
//! difference before committing it.
//!
//! `== name` begins a sheet, `|` separates cells, and `# sipas …` gives further arguments.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;
use sipas_kit::survey::problem::Severity;
use sipas_kit::survey::read::read_survey;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xlsform")
}

/// Writes the workbook that a text describes.
fn write(text: &str, file: &Path) {
    let mut workbook = Workbook::new();
    for sheet in text.split("\n== ").skip(1) {
        let (name, rows) = sheet.split_once('\n').expect("a sheet");
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name.trim()).expect("a name");
        for (row, line) in rows.lines().enumerate() {
            for (column, cell) in line.split('|').map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let (row, column) = (u32::try_from(row).expect("a row"), u16::try_from(column).expect("a column"));
                match cell.parse::<f64>() {
                    Ok(number) => worksheet.write_number(row, column, number),
                    Err(_) => worksheet.write_string(row, column, cell),
                }
                .expect("a cell");
            }
        }
    }
    workbook.save(file).expect("a workbook");
}

fn import(file: &Path, arguments: &[&str]) -> Output {
    let folder = file.parent().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_sipas"))
        .current_dir(folder)
        .args(["--lang", "en", "import-xlsform"])
        .arg(file.file_name().expect("a name"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

fn files(extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

#[test]
fn forms() {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("xlsform");
    std::fs::create_dir_all(&work).expect("a folder");
    assert!(files("txt").len() > 5);
    for path in files("txt") {
        let source = std::fs::read_to_string(&path).expect("text");
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let file = work.join(format!("{name}.xlsx"));
        write(&source, &file);
        let arguments = source.lines().find_map(|line| line.strip_prefix("# sipas ")).unwrap_or("");
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let english = import(&file, &arguments);
        let made = text(english.stdout);
        let mut told = format!("{}{made}", text(english.stderr));
        if english.status.code() == Some(1) {
            assert_eq!(made, "", "{name}: what is refused leaves nothing half done");
            let vietnamese: Vec<&str> = ["--lang", "vi"].into_iter().chain(arguments.iter().copied()).collect();
            let _ = write!(told, "\n{}", text(import(&file, &vietnamese).stderr));
        } else {
            check(&made, name);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => "xlsform" }, {
            insta::assert_snapshot!(name, told);
        });
    }
}

/// What is made passes the checker, but for texts the form does not have.
fn check(made: &str, name: &str) {
    let filled = made.replace("{ vi = \"\" }", "{ vi = \"…\" }").replace("{ en = \"\" }", "{ en = \"…\" }");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    for problem in read_survey(&filled, &[], today).problems {
        assert!(problem.severity() < Severity::Error, "{}", problem.render(name, &filled, "en"));
    }
}

/// Workbooks that another program wrote.
#[test]
fn workbooks_of_other_programs() {
    for path in files("xlsx") {
        let output = import(&path, &[]);
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert!(output.status.success(), "{}", text(output.stderr));
        let made = text(output.stdout);
        check(&made, name);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => "xlsform" }, {
            insta::assert_snapshot!(format!("{name}.xlsx"), made);
        });
    }
}

#[test]
fn a_file_that_is_no_form_is_named() {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-xlsform");
    std::fs::create_dir_all(&work).expect("a folder");
    let junk = work.join("junk.xlsx");
    std::fs::write(&junk, b"PK\x03\x04 not a workbook").expect("written");
    let output = import(&junk, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains("cannot read junk.xlsx as an .xlsx workbook"));
    let other = work.join("other.xlsx");
    write("\n== budget\na | b\n1 | 2\n", &other);
    let output = import(&other, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains("other.xlsx has no sheet called survey"));
}
