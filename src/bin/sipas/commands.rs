//! The commands that work on definitions, and `sample`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::responses::write_responses;
use sipas_kit::sample::{Dice, Plan, generate};
use sipas_kit::survey::SurveyEntry;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::problem::Severity;
use sipas_kit::survey::unit::{Units, shard};

use crate::languages;
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
        let (survey, method) = definition.to_files()?;
        write(&out.join(format!("{id}.json")), survey.as_bytes())?;
        // What a phone loads: the texts of one language.
        for code in &definition.survey.languages {
            write_json(&out.join(format!("{id}.{code}.json")), &definition.survey.in_language(code))?;
        }
        write(&out.join(format!("{id}.method.json")), method.as_bytes())?;
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
    copy_audio(definitions, out, &library.definitions, language)?;
    languages::write(out, &library.further)?;
    write(&out.join("theme.css"), library.theme.css().as_bytes())?;
    if let Some(emblem) = &library.theme.emblem {
        let from = definitions.join(emblem);
        let bytes = std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        write(&out.join(emblem), &bytes)?;
    }
    // The compressed copies are what a server sends: old ones must not stay behind.
    compress_all(out)?;
    eprintln!("{}: {} surveys, {} targets", out.display(), library.definitions.len(), library.targets.len());
    Ok(ExitCode::SUCCESS)
}

/// Copies the recordings that questions name. One that is missing is a doubt, not an error: the
/// browser's voice stands in for it.
fn copy_audio(definitions: &Path, out: &Path, of: &[Definition], language: &str) -> Result<()> {
    for survey in of.iter().map(|definition| &definition.survey) {
        let spoken = |audio| survey.languages.iter().map(move |code| format!("{audio}.{code}.mp3"));
        for file in survey.questions().filter_map(|question| question.audio.as_ref()).flat_map(spoken) {
            let from = definitions.join("audio").join(&file);
            if from.is_file() {
                let bytes = std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
                write(&out.join("audio").join(&file), &bytes)?;
            } else {
                let from = from.display();
                match language {
                    "vi" => eprintln!("cảnh báo: {}: không có bản ghi âm {from}", survey.id),
                    _ => eprintln!("warning: {}: there is no recording {from}", survey.id),
                }
            }
        }
    }
    Ok(())
}

pub(crate) fn write_json(file: &Path, value: &impl serde::Serialize) -> Result<()> {
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

/// Prints to standard output; a reader that has had enough is no error.
pub(crate) fn print(text: &str) -> Result<ExitCode> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("cannot write"),
        _ => Ok(ExitCode::SUCCESS),
    }
}
