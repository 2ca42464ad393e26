//! `sipas score`: from response files to figures.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, FixedOffset, Utc};
use clap::Args;
use sipas_kit::dataset::{Dataset, Key, Period};
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::population::read_population;
use sipas_kit::exchange::responses::{Import, Setting, read_responses};
use sipas_kit::exchange::results::write_results;
use sipas_kit::quality::{Rules, mark};
use sipas_kit::report::{self, Channels, Request, Results};
use sipas_kit::response::{Response, vietnam};
use sipas_kit::scoring::Confidence;
use sipas_kit::survey::Survey;
use sipas_kit::survey::method::Formula;
use sipas_kit::survey::problem::Severity;

use crate::commands::print;
use crate::library::Library;

/// What to score, and how.
#[derive(Args)]
pub struct Score {
    /// Id of the survey.
    #[arg(long)]
    survey: String,
    /// Response CSV files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Break down by this: unit, province, field, channel, counter, officer, month, quarter, half,
    /// year, or the id of a question with one choice. At most two, separated by a comma.
    #[arg(long, value_name = "KEY[,KEY]", value_delimiter = ',')]
    by: Vec<String>,
    /// Compute this formula in place of those of the definition; may be repeated.
    #[arg(long = "formula", value_name = "ID")]
    formulas: Vec<String>,
    /// Only responses with this value; may be repeated. Several values of one key are taken together.
    #[arg(long = "where", value_name = "KEY=VALUE")]
    only: Vec<String>,
    /// Break down by time too, each period compared with the one before: month, quarter, half, year.
    #[arg(long)]
    period: Option<String>,
    /// How sure intervals are to be, in percent.
    #[arg(long, default_value_t = 95)]
    confidence: u8,
    /// A CSV file with how many people, or dossiers, there are: a column `population`, and one for
    /// each key that they are told apart by.
    #[arg(long, value_name = "FILE")]
    population: Option<PathBuf>,
    /// Count a sample and people who chose to answer together.
    #[arg(long)]
    merge_channels: bool,
    /// Hide figures about fewer than five people, and what these could be worked out from.
    #[arg(long)]
    public: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = crate::Format::Csv)]
    format: crate::Format,
    /// The folder of definitions.
    #[arg(long, default_value = "survey-definitions")]
    definitions: PathBuf,
}

/// Prints the figures of response files. Exit code 1 where a row was set aside.
pub fn score(asked: &Score, language: &str) -> Result<ExitCode> {
    let library = Library::load(&asked.definitions, language)?;
    let definition = library.find(&asked.survey)?;
    let survey = &definition.survey;
    let mut request = request(asked, survey, language)?;
    let now: DateTime<FixedOffset> = Utc::now().with_timezone(&vietnam());
    let setting = Setting { definition, units: &library.units, now };
    let mut responses: Vec<Response> = Vec::new();
    let mut set_aside = false;
    for file in &asked.files {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let import = read_responses(&bytes, &setting, &responses);
        report_import(file, &import, language);
        set_aside |= import.problems.iter().any(|problem| problem.fault.severity() == Severity::Error);
        responses.extend(import.responses);
    }
    let mut dataset = Dataset::of(survey, &responses);
    mark(&mut dataset, &Rules::default());
    dataset.shrink();
    let setting =
        report::Setting { definition, targets: &library.targets, units: &library.units, today: now.date_naive() };
    let first = Results::of(&setting, &dataset, &request);
    let results = match first.collected {
        (sample, own_choice) if sample > 0 && own_choice > 0 && !asked.merge_channels => {
            // A sample and people who chose to answer are two surveys: one table after the other.
            request.channels = Channels::Sample;
            let of_sample = Results::of(&setting, &dataset, &request);
            request.channels = Channels::SelfSelected;
            vec![of_sample, Results::of(&setting, &dataset, &request)]
        }
        _ => vec![first],
    };
    notes(&results, language);
    let done = match asked.format {
        crate::Format::Json => {
            let records: Vec<_> = results.iter().flat_map(Results::records).collect();
            print(&format!("{}\n", serde_json::to_string_pretty(&records)?))
        }
        crate::Format::Csv => print(&write_results(&results, language, Reader::Machine)),
    }?;
    Ok(if set_aside { ExitCode::FAILURE } else { done })
}

fn request(asked: &Score, survey: &Survey, language: &str) -> Result<Request> {
    let key = |name: &str| {
        Key::parse(survey, name).map_err(|problem| {
            let (what, remedy) = problem.words(language);
            anyhow::anyhow!("{what}\n = {remedy}")
        })
    };
    if asked.by.len() > 2 {
        bail!("--by: at most two keys");
    }
    let mut only: Vec<(Key, Vec<String>)> = Vec::new();
    for text in &asked.only {
        let Some((name, value)) = text.split_once('=') else { bail!("--where {text}: write KEY=VALUE") };
        let key = key(name)?;
        match only.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value.to_owned()),
            None => only.push((key, vec![value.to_owned()])),
        }
    }
    let formula = |id: &String| {
        let known = || Formula::ALL.map(Formula::id).join(", ");
        Formula::by_id(id).with_context(|| format!("--formula {id}: there is no such formula; there are: {}", known()))
    };
    let period =
        |id: &String| Period::by_id(id).with_context(|| format!("--period {id}: choose month, quarter, half or year"));
    let confidence = Confidence::ALL.into_iter().find(|level| level.percent() == asked.confidence);
    let population = match &asked.population {
        None => None,
        Some(file) => {
            let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            Some(read_population(&bytes, survey).map_err(|problem| {
                let (what, remedy) = problem.words(language);
                anyhow::anyhow!("{}:{}: {what}\n = {remedy}", file.display(), problem.line)
            })?)
        }
    };
    Ok(Request {
        formulas: asked.formulas.iter().map(formula).collect::<Result<_>>()?,
        by: asked.by.iter().map(|name| key(name)).collect::<Result<_>>()?,
        only,
        period: asked.period.as_ref().map(period).transpose()?,
        confidence: confidence.with_context(|| format!("--confidence {}: choose 90, 95 or 99", asked.confidence))?,
        population,
        channels: Channels::All,
        is_public: asked.public,
    })
}

/// What to know before the figures are used.
fn notes(results: &[Results], language: &str) {
    let vi = language == "vi";
    let generated: u64 = results.iter().map(|results| results.generated).sum();
    if generated > 0 {
        match vi {
            true => eprintln!("lưu ý: {generated} phiếu là dữ liệu mẫu do máy sinh ra"),
            false => eprintln!("note: {generated} responses are generated samples"),
        }
    }
    let marked: u64 = results.iter().map(|results| results.marked).sum();
    if marked > 0 {
        match vi {
            true => eprintln!("lưu ý: {marked} phiếu có dấu hiệu bất thường; vẫn được tính"),
            false => eprintln!("note: {marked} responses look odd; they are counted all the same"),
        }
    }
    if let [of_sample, own_choice] = results {
        let (sample, own_choice) = (of_sample.responses, own_choice.responses);
        match vi {
            true => eprintln!(
                "lưu ý: {sample} phiếu của mẫu khảo sát và {own_choice} phiếu tự nguyện được tính riêng (--merge-channels để gộp)"
            ),
            false => eprintln!(
                "note: {sample} responses of a sample and {own_choice} of people who chose to answer are kept apart (--merge-channels counts them together)"
            ),
        }
    }
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
