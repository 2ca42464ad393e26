//! The commands that work on definitions and responses.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, FixedOffset, Utc};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::responses::{Import, Setting, read_responses, write_responses};
use sipas_kit::exchange::results::write_results;
use sipas_kit::report::Results;
use sipas_kit::response::{Response, vietnam};
use sipas_kit::sample::{Dice, Plan, generate};
use sipas_kit::survey::SurveyEntry;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::problem::Severity;
use sipas_kit::survey::unit::{Units, shard};

use crate::library::Library;
use crate::site::compress_all;

/// Reports problems; exit code 1 where one is an error.
pub fn check(paths: &[PathBuf], language: &str) -> Result<ExitCode> {
    let library = Library::read(paths, language)?;
    library.print(Severity::Warning);
    let (errors, warnings) = (library.count(Severity::Error), library.count(Severity::Warning));
    match language {
        "vi" => eprintln!("{} tệp: {errors} lỗi, {warnings} cảnh báo", library.files),
        _ => eprintln!("files: {}, errors: {errors}, warnings: {warnings}", library.files),
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes what the pages load: `index.json`, a survey's `ID.json` and its text, `targets.json`,
/// `units.json` for the office, `units/NN.json` for respondents.
pub fn compile(definitions: &Path, out: &Path, language: &str) -> Result<ExitCode> {
    let library = Library::load(definitions, language)?;
    ensure!(!library.units.is_empty(), "{} has no units.csv", definitions.display());
    let index: Vec<SurveyEntry> = library
        .definitions
        .iter()
        .map(|Definition { survey, .. }| SurveyEntry {
            id: survey.id.clone(),
            edition: survey.edition.clone(),
            languages: survey.languages.clone(),
            title: survey.title.clone(),
        })
        .collect();
    write_json(&out.join("index.json"), &index)?;
    write_json(&out.join("targets.json"), &library.targets)?;
    for (definition, source) in library.definitions.iter().zip(&library.sources) {
        let id = &definition.survey.id;
        write(&out.join(format!("{id}.json")), definition.to_json()?.as_bytes())?;
        // What the office page opens to edit a copy.
        write(&out.join(format!("{id}.toml")), source.as_bytes())?;
    }
    write_json(&out.join("units.json"), &library.units)?;
    let mut shards: BTreeMap<String, Units> = BTreeMap::new();
    for (code, unit) in library.units {
        shards.entry(shard(&code).to_owned()).or_default().insert(code, unit);
    }
    for (name, units) in &shards {
        write_json(&out.join("units").join(format!("{name}.json")), units)?;
    }
    // The compressed copies are what a server sends: old ones must not stay behind.
    compress_all(out)?;
    eprintln!("{}: {} surveys, {} targets", out.display(), library.definitions.len(), library.targets.len());
    Ok(ExitCode::SUCCESS)
}

fn write_json(file: &Path, value: &impl serde::Serialize) -> Result<()> {
    write(file, &serde_json::to_vec(value)?)
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// Prints generated responses.
pub fn sample(survey: &str, plan: &Plan, seed: u64, bom: bool, definitions: &Path, language: &str) -> Result<ExitCode> {
    let library = Library::load(definitions, language)?;
    let survey = Rc::new(library.find(survey)?.survey.clone());
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    let responses = generate(&survey, plan, &mut Dice(&mut || stream.next_u64()));
    let reader = if bom { Reader::Excel } else { Reader::Machine };
    print(&write_responses(&survey, &responses, reader))
}

/// Prints the figures of response files. Exit code 1 where a row was set aside.
pub fn score(survey: &str, files: &[PathBuf], json: bool, definitions: &Path, language: &str) -> Result<ExitCode> {
    let library = Library::load(definitions, language)?;
    let definition = library.find(survey)?;
    let now: DateTime<FixedOffset> = Utc::now().with_timezone(&vietnam());
    let setting = Setting { definition, units: &library.units, now };
    let mut responses: Vec<Response> = Vec::new();
    let mut set_aside = false;
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let import = read_responses(&bytes, &setting, &responses);
        report_import(file, &import, language);
        set_aside |= import.problems.iter().any(|problem| problem.fault.severity() == Severity::Error);
        responses.extend(import.responses);
    }
    let results = Results::of(definition, &library.targets, &responses, now.date_naive());
    if results.generated > 0 {
        match language {
            "vi" => eprintln!("lưu ý: {} phiếu là dữ liệu mẫu do máy sinh ra", results.generated),
            _ => eprintln!("note: {} responses are generated samples", results.generated),
        }
    }
    let done = if json {
        print(&format!("{}\n", serde_json::to_string_pretty(&results.records())?))
    } else {
        print(&write_results(&results, language, Reader::Machine))
    }?;
    Ok(if set_aside { ExitCode::FAILURE } else { done })
}

fn report_import(file: &Path, import: &Import, language: &str) {
    let file = file.display();
    for problem in &import.problems {
        let (what, remedy) = problem.fault.words(language);
        let severity = match (problem.fault.severity(), language) {
            (Severity::Error, "vi") => "lỗi",
            (Severity::Error, _) => "error",
            (Severity::Warning, "vi") => "cảnh báo",
            (Severity::Warning, _) => "warning",
        };
        let column = problem.column.as_ref().map(|column| format!(":{column}")).unwrap_or_default();
        eprintln!("{severity}: {file}:{}{column}: {what}\n = {remedy}", problem.line);
    }
    let (rows, used) = (import.rows, import.responses.len());
    match language {
        "vi" => eprintln!(
            "{file}: đọc {rows} dòng, dùng {used}, trùng {}, để riêng {}",
            import.duplicates, import.set_aside
        ),
        _ => eprintln!(
            "{file}: {rows} rows read, {used} used, {} duplicate, {} set aside",
            import.duplicates, import.set_aside
        ),
    }
}

/// Prints to standard output; a reader that has had enough is no error.
fn print(text: &str) -> Result<ExitCode> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("cannot write"),
        _ => Ok(ExitCode::SUCCESS),
    }
}
