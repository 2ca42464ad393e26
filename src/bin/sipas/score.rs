//! `sipas score`: from response files to figures.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, FixedOffset, Utc};
use clap::Args;
use sipas_kit::dataset::{Dataset, Key, Period};
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::marked::{Marked, write_marked};
use sipas_kit::exchange::population::read_population;
use sipas_kit::exchange::responses::{Import, Opened, Piece, Pile, Setting};
use sipas_kit::exchange::results::write_results;
use sipas_kit::quality::Rules;
use sipas_kit::report::{self, Channels, Request, Results};
use sipas_kit::response::vietnam;
use sipas_kit::scoring::Confidence;
use sipas_kit::survey::Survey;
use sipas_kit::survey::method::Formula;
use sipas_kit::survey::problem::Severity;
use sipas_kit::survey::unit::{Restored, Units, restore};

use crate::commands::print;
use crate::import::{Foreign, Source};
use crate::library::Library;

/// What to score, and how.
#[derive(Args)]
pub struct Score {
    /// Id of the survey.
    #[arg(long)]
    survey: String,
    /// Response files: the kit's own, or tables of other programs (CSV, .xlsx).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    foreign: Foreign,
    /// Break down by this: unit, province, field, channel, counter, officer, language, status, origin,
    /// month, quarter, half, year, or the id of a question with one choice. At most two, separated by
    /// a comma.
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
    /// Write the marked responses to this file: file, line, id, unit, marks.
    #[arg(long, value_name = "FILE")]
    marks: Option<PathBuf>,
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
    let request = request(asked, survey, &library.units, language)?;
    let now: DateTime<FixedOffset> = Utc::now().with_timezone(&vietnam());
    let setting = Setting { definition, units: &library.units, now };
    let (mut dataset, set_aside) = read_files(asked, &setting, language)?;
    dataset.shrink();
    let setting =
        report::Setting { definition, targets: &library.targets, units: &library.units, today: now.date_naive() };
    // A sample and people who chose to answer are two surveys: one table after the other.
    let channels = match report::collected(&setting, &dataset, &request.only) {
        (1.., 1..) if !asked.merge_channels => vec![Channels::Sample, Channels::SelfSelected],
        _ => vec![Channels::All],
    };
    let of = |channels| Results::of(&setting, &dataset, &Request { channels, ..request.clone() });
    let results: Vec<Results> = channels.into_iter().map(of).collect();
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

/// Reads the files into one data set, each piece of a large one on a core of its own. Whether a row
/// was set aside.
fn read_files(asked: &Score, setting: &Setting<'_>, language: &str) -> Result<(Dataset, bool)> {
    let files = &asked.files;
    let sources: Vec<Source> = asked.foreign.read(files, setting, language)?;
    let opened: Vec<Opened<'_>> = sources.iter().map(|source| Opened::of(&source.bytes, setting)).collect();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut pile = Pile::new(setting);
    let mut set_aside = false;
    for ((file, source), opened) in files.iter().zip(&sources).zip(&opened) {
        if source.is_refused {
            set_aside = true;
            // It has its place among the files, without rows.
            pile.add(opened, []);
            continue;
        }
        let cuts = opened.cuts(opened.len() / PIECE + 1);
        let next = AtomicUsize::new(0);
        let import = std::thread::scope(|scope| {
            let (send, receive) = mpsc::sync_channel(cores * 2);
            for _ in 0..cores.min(cuts.len()) {
                let (send, next, cuts) = (send.clone(), &next, &cuts);
                scope.spawn(move || {
                    while let Some(cut) = cuts.get(next.fetch_add(1, Ordering::Relaxed)) {
                        // Nobody receives any more only when the program ends.
                        let _ = send.send((cut.start, opened.piece(cut.clone())));
                    }
                });
            }
            drop(send);
            pile.add(opened, in_order(&receive, &cuts))
        });
        let import = source.original(import);
        let is_clear = source.account(file, language);
        report_import(file, &import, language);
        set_aside |= !is_clear;
        set_aside |= import.problems.iter().any(|problem| problem.fault.severity() == Severity::Error);
    }
    pile.mark(&Rules::default());
    if let Some(file) = &asked.marks {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let marked = pile.marked(&names).into_iter().map(|marked| {
            let of = names.iter().position(|name| *name == marked.file);
            let line = marked.line.map(|line| of.map_or(line, |of| sources[of].original_line(line)));
            Marked { line, ..marked }
        });
        let text = write_marked(marked, Reader::Machine);
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok((pile.into_dataset(), set_aside))
}

/// Bytes of a piece, about.
const PIECE: usize = 4 << 20;

/// The pieces in the order of the file, as soon as each is there.
fn in_order<'r>(
    receive: &'r mpsc::Receiver<(usize, Piece)>,
    cuts: &'r [std::ops::Range<usize>],
) -> impl Iterator<Item = Piece> + 'r {
    let mut early = std::collections::BTreeMap::new();
    cuts.iter().filter_map(move |cut| {
        loop {
            if let Some(piece) = early.remove(&cut.start) {
                return Some(piece);
            }
            let (start, piece) = receive.recv().ok()?;
            early.insert(start, piece);
        }
    })
}

fn request(asked: &Score, survey: &Survey, units: &Units, language: &str) -> Result<Request> {
    let key = |name: &str| {
        Key::parse(survey, name).map_err(|problem| {
            let (what, remedy) = problem.words(language);
            anyhow::anyhow!("{what}\n = {remedy}")
        })
    };
    if asked.by.len() > 2 {
        bail!("--by: at most two keys");
    }
    if asked.by.len() == 2 && asked.by[0] == asked.by[1] {
        bail!("--by: {} is named twice", asked.by[0]);
    }
    if asked.period.is_some() && asked.by.iter().any(|name| Period::by_id(name).is_some()) {
        bail!("--by month, quarter, half or year: leave out --period");
    }
    let mut only: Vec<(Key, Vec<String>)> = Vec::new();
    for text in &asked.only {
        let Some((name, value)) = text.split_once('=') else { bail!("--where {text}: write KEY=VALUE") };
        let key = key(name)?;
        let value = match restore(value, units) {
            Restored::Code(code) if name == "unit" => code,
            _ => value.to_owned(),
        };
        match only.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => only.push((key, vec![value])),
        }
    }
    let mut formulas = Vec::new();
    for id in &asked.formulas {
        let fits: Vec<&str> =
            Formula::ALL.into_iter().filter(|formula| formula.fits(survey)).map(Formula::id).collect();
        let known = Formula::by_id(id).filter(|formula| formula.fits(survey));
        let formula =
            known.with_context(|| format!("--formula {id}: not for this survey; there are: {}", fits.join(", ")))?;
        if !formulas.contains(&formula) {
            formulas.push(formula);
        }
    }
    let period =
        |id: &String| Period::by_id(id).with_context(|| format!("--period {id}: choose month, quarter, half or year"));
    let confidence = Confidence::ALL.into_iter().find(|level| level.percent() == asked.confidence);
    let population = match &asked.population {
        None => None,
        Some(file) => {
            let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            Some(read_population(&bytes, survey, units).map_err(|problem| {
                let (what, remedy) = problem.words(language);
                anyhow::anyhow!("{}:{}: {what}\n = {remedy}", file.display(), problem.line)
            })?)
        }
    };
    Ok(Request {
        formulas,
        by: asked.by.iter().map(|name| key(name)).collect::<Result<_>>()?,
        only,
        period: asked.period.as_ref().map(period).transpose()?,
        confidence: confidence.with_context(|| format!("--confidence {}: choose 90, 95 or 99", asked.confidence))?,
        population,
        channels: Channels::All,
        is_public: asked.public,
        ..Request::default()
    })
}

/// What to know before the figures are used.
fn notes(results: &[Results], language: &str) {
    let vi = language == "vi";
    let generated: u64 = results.iter().map(|results| results.generated).sum();
    if generated > 0 {
        match vi {
            true => tell!("lưu ý: {generated} phiếu là dữ liệu mẫu do máy sinh ra"),
            false => tell!("note: {generated} responses are generated samples"),
        }
    }
    let flagged: u64 = results.iter().map(|results| results.flagged).sum();
    if flagged > 0 {
        match vi {
            true => tell!("lưu ý: {flagged} phiếu do máy tại quầy ghi nhận là nghịch màn hình; không được tính"),
            false => tell!("note: {flagged} responses were flagged by kiosks as play; they are not counted"),
        }
    }
    let marked: u64 = results.iter().map(|results| results.marked).sum();
    if marked > 0 {
        match vi {
            true => tell!("lưu ý: {marked} phiếu có dấu hiệu bất thường; vẫn được tính"),
            false => tell!("note: {marked} responses look odd; they are counted all the same"),
        }
    }
    if let [of_sample, own_choice] = results {
        let (sample, own_choice) = (of_sample.responses, own_choice.responses);
        match vi {
            true => tell!(
                "lưu ý: {sample} phiếu của mẫu khảo sát và {own_choice} phiếu tự nguyện được tính riêng (--merge-channels để gộp)"
            ),
            false => tell!(
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
        tell!("{severity}: {file}:{}{column}: {what}\n = {remedy}", problem.line);
    }
    let (rows, used) = (import.rows, import.used);
    match language {
        "vi" => {
            tell!("{file}: đọc {rows} dòng, dùng {used}, trùng {}, để riêng {}", import.duplicates, import.set_aside)
        }
        _ => tell!(
            "{file}: {rows} rows read, {used} used, {} duplicate, {} set aside",
            import.duplicates,
            import.set_aside
        ),
    }
}
