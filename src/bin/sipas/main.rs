//! `sipas`: checks and compiles definitions, generates samples, scores CSV
//! files, and serves the pages. The same library as the pages, without a browser.

/// Says something beside the figures; a reader that has had enough is no error.
macro_rules! tell {
    ($($text:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("{}\n", format_args!($($text)*)));
    }};
}

mod bundle;
mod commands;
mod import;
mod languages;
mod library;
mod score;
mod seal;
mod serve;
mod site;
mod xlsform;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};

/// Satisfaction surveys of public administrative services: check, compile, import, sample, score, serve.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    /// Language of messages.
    #[arg(long, global = true, value_enum, default_value_t = Language::from_environment())]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Vi,
    En,
}

impl Language {
    fn from_environment() -> Language {
        let mut locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        let locale = locale.find(|value| !value.is_empty()).unwrap_or_default();
        if locale.starts_with("vi") { Language::Vi } else { Language::En }
    }

    fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }
}

#[derive(Subcommand)]
enum Command {
    /// Report every problem of survey definitions, with file, line and column.
    Check {
        /// Definition files, or folders of them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Check a folder of definitions and write the files the pages load, compressed copies included.
    Compile {
        /// The folder with *.toml, targets.toml and units.csv.
        definitions: PathBuf,
        /// Where to write.
        out: PathBuf,
    },
    /// Say how much of each language is translated: the interface's texts and every survey's.
    Languages {
        /// The folder of definitions.
        #[arg(default_value = "survey-definitions")]
        definitions: PathBuf,
        /// Print words/CODE.toml for a language, with what is left to translate as comments.
        #[arg(long, value_name = "CODE")]
        template: Option<String>,
    },
    /// Generate responses (which say so) as a response CSV.
    Sample {
        /// Id of the survey.
        survey: String,
        /// How many.
        #[arg(long, default_value_t = 100)]
        n: u32,
        /// The same seed gives the same file.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Unit codes, separated by commas, dealt in turn.
        #[arg(long, value_delimiter = ',')]
        units: Vec<String>,
        /// Fields of procedure, separated by commas, dealt in turn.
        #[arg(long, value_delimiter = ',')]
        fields: Vec<String>,
        /// First day; the responses spread over 28 days from there.
        #[arg(long, default_value = "2026-10-01")]
        from: NaiveDate,
        /// Begin the file with a byte order mark, for Excel.
        #[arg(long)]
        bom: bool,
        /// The folder of definitions.
        #[arg(long, default_value = "survey-definitions")]
        definitions: PathBuf,
    },
    /// Score response CSV files.
    Score(score::Score),
    /// Turn an XLSForm (.xlsx) into a definition; what cannot be carried over is refused where it stands.
    ImportXlsform {
        /// The form.
        file: PathBuf,
        /// Where to write the definition; printed where this is not given.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Language of texts that name none, where the form has no default_language.
        #[arg(long, default_value = "vi")]
        language: String,
        /// Who asks.
        #[arg(long, default_value = "")]
        issuer: String,
        /// Why it is asked.
        #[arg(long, default_value = "")]
        purpose: String,
        /// Legal source.
        #[arg(long, default_value = "")]
        source: String,
        /// A list of choices that is a scale of ratings; may be repeated.
        #[arg(long = "scale", value_name = "LIST")]
        scales: Vec<String>,
        /// A column (or sheet) to leave out; may be repeated.
        #[arg(long, value_name = "COLUMN")]
        ignore: Vec<String>,
    },
    /// Serve a folder of built pages.
    Serve {
        /// The folder.
        folder: PathBuf,
        /// Where to listen; 0.0.0.0:8080 serves the whole office network.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: std::net::SocketAddr,
    },
    /// Finish a built page for deployment (the build calls this).
    #[command(hide = true)]
    Stage {
        /// The folder; by default the one that Trunk is building.
        #[arg(env = "TRUNK_STAGING_DIR")]
        folder: PathBuf,
    },
    /// Give a built site its version, and list its files for use offline (the build calls this last).
    #[command(hide = true)]
    Seal {
        /// The folder with all its pages.
        folder: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Json,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.lang.code();
    let done = match arguments.command {
        Command::Check { paths } => commands::check(&paths, language),
        Command::Compile { definitions, out } => commands::compile(&definitions, &out, language),
        Command::Languages { definitions, template } => languages::report(&definitions, template.as_deref(), language),
        Command::Sample { survey, n, seed, units, fields, from, bom, definitions } => {
            if !(2000..2100).contains(&chrono::Datelike::year(&from)) {
                eprintln!("sipas: --from {from}: choose a year from 2000 to 2099");
                return ExitCode::from(2);
            }
            let plan = sipas_kit::sample::Plan { count: n, units, fields, from };
            commands::sample(&survey, &plan, seed, bom, &definitions, language)
        }
        Command::Score(asked) => score::score(&asked, language),
        Command::ImportXlsform { file, out, language: code, issuer, purpose, source, scales, ignore } => {
            let options = xlsform::Options { language: code, issuer, purpose, source, scales, ignore };
            let today = chrono::Utc::now().with_timezone(&sipas_kit::response::vietnam()).date_naive();
            xlsform::import(&file, out.as_ref(), &options, today, language)
        }
        Command::Serve { folder, listen } => serve::serve(&folder, listen),
        Command::Stage { folder } => site::stage(&folder),
        Command::Seal { folder } => seal::seal(&folder),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sipas: {error:#}");
            ExitCode::from(2)
        }
    }
}
