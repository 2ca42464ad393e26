//! Files of other programs. Below `imports/`, in a folder for each survey, stands beside each file
//! what is made of it: how it is read, which column is which question and why, what was mended or
//! set aside, and the responses as the kit's own CSV. Beside a file may also stand `.given`
//! (attributes for all its rows) and `.values` (what its values mean, by agreement).

#[allow(dead_code)]
mod scenario;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use scenario::{began, definition};
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::import::{Mapping, Refusal, is_own, read_best, translate};
use sipas_kit::exchange::responses::{Setting, read_responses, write_responses};
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::unit::{Units, read_units};

fn units() -> Units {
    let path = format!("{}/survey-definitions/units.csv", env!("CARGO_MANIFEST_DIR"));
    read_units(&std::fs::read(path).expect("units")).expect("units")
}

/// The lines `KEY=VALUE` of a file beside another.
fn beside(path: &Path, extension: &str) -> Vec<(String, String)> {
    let name = format!("{}.{extension}", path.display());
    let text = std::fs::read_to_string(name).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn refusal(refusal: &Refusal) -> String {
    let words = ["en", "vi"].map(|language| refusal.words(language));
    words.iter().map(|(what, remedy)| format!("refused: {what} → {remedy}\n")).collect()
}

/// Everything that comes of a file.
fn told(path: &Path, bytes: &[u8], definition: &Definition) -> String {
    if is_own(bytes) {
        return "the kit's own\n".to_owned();
    }
    let (table, mut mapping, _) = match read_best(bytes, &definition.survey, &[]) {
        Ok(read) => read,
        Err(why) => return refusal(&why),
    };
    mapping.given.extend(beside(path, "given"));
    for (value, code) in beside(path, "values") {
        let (column, value) = value.split_once(':').expect("COLUMN:VALUE=CODE");
        let column = mapping.columns.iter_mut().find(|known| known.header == column).expect("a column");
        column.values.insert(value.to_owned(), code);
        column.confidence = 1.0;
    }
    // What was kept as text is the same again.
    assert_eq!(Mapping::parse(&mapping.print()), Ok(mapping.clone()));
    let mut text = String::new();
    for column in &mapping.columns {
        let target = column.to.as_ref().map_or("–".to_owned(), |target| format!("{target:?}"));
        let _ = write!(text, "{} → {target} {:.2} {:?}", column.header, column.confidence, column.evidence);
        let _ = writeln!(text, " {:?}", column.samples);
    }
    let units = units();
    let setting = Setting { definition, units: &units, now: began() };
    let translation = match translate(&table, &mapping, &setting) {
        Ok(translation) => translation,
        Err(why) => return text + &refusal(&why),
    };
    let import = read_responses(&translation.csv, &setting, []);
    for language in ["en", "vi"] {
        text.push('\n');
        for line in translation.account.lines(language) {
            let _ = writeln!(text, "{line}");
        }
        let problems = import.problems.iter().map(|problem| translation.original(problem.clone()));
        let mut problems: Vec<_> = problems.chain(translation.problems.iter().cloned()).collect();
        problems.sort_by_key(|problem| problem.line);
        for problem in problems {
            let (what, remedy) = problem.fault.words(language);
            let column = problem.column.as_deref().unwrap_or("–");
            let _ = writeln!(text, "{:?} line {} {column}: {what} → {remedy}", problem.fault.severity(), problem.line);
        }
    }
    let account = &translation.account;
    let (rows, set_aside) = (import.rows + account.set_aside, import.set_aside + account.set_aside);
    assert_eq!(rows, account.rows, "every row is accounted for");
    let used = import.responses.len();
    assert_eq!(rows, used as u64 + import.duplicates + set_aside);
    let _ = writeln!(text, "\nrows {rows}, used {used}, duplicates {}, set aside {set_aside}\n", import.duplicates);
    text + &write_responses(&definition.survey, &import.responses, Reader::Machine).replace("\r\n", "\n")
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports");
    let mut count = 0;
    for survey in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if !survey.is_dir() {
            continue;
        }
        let id = survey.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let definition = definition(&id);
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&survey).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        for path in files {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            if name.ends_with(".snap")
                || name.ends_with(".given")
                || name.ends_with(".values")
                || name.ends_with(".new")
            {
                continue;
            }
            count += 1;
            let told = told(&path, &std::fs::read(&path).expect("bytes"), &definition);
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => "", snapshot_path => format!("imports/{id}") }, {
                insta::assert_snapshot!(name, told);
            });
        }
    }
    assert!(count > 40, "{count}");
}
