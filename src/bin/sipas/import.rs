//! Files that are not the kit's own, made into such before they are scored.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use sipas_kit::exchange::import::{Mapping, Refusal, Translation, is_own, read_best, translate};
use sipas_kit::exchange::responses::{Import, Setting};
use sipas_kit::response::ATTRIBUTES;

/// How files of other programs are read.
#[derive(Args)]
pub struct Foreign {
    /// How files of other programs are read, as --write-mapping wrote it; may be repeated. Each serves
    /// the files with the same columns.
    #[arg(long = "mapping", value_name = "FILE")]
    mappings: Vec<PathBuf>,
    /// Write how the file of another program was read, to be looked through and used with --mapping.
    #[arg(long, value_name = "FILE")]
    write_mapping: Option<PathBuf>,
    /// An attribute of all responses of other programs' files that do not say it themselves; may be
    /// repeated: unit=02647, channel=paper, finished_at=2026-10-31.
    #[arg(long = "given", value_name = "KEY=VALUE")]
    given: Vec<String>,
}

/// A file as the kit's own.
#[derive(Default)]
pub struct Source {
    /// What is read.
    pub bytes: Vec<u8>,
    /// The file as a whole cannot be read; it was said why.
    pub is_refused: bool,
    translation: Option<Translation>,
}

impl Foreign {
    /// Reads files; those that are not the kit's own are translated.
    pub fn read(&self, files: &[PathBuf], setting: &Setting<'_>, language: &str) -> Result<Vec<Source>> {
        let survey = &setting.definition.survey;
        let mut kept = Vec::new();
        for file in &self.mappings {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            kept.push(Mapping::parse(&text).map_err(|refusal| refused(file, &refusal, language))?);
        }
        let mut is_used = vec![false; kept.len()];
        let given = self.given()?;
        let mut written: Option<Mapping> = None;
        let mut sources = Vec::new();
        for file in files {
            let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            if is_own(&bytes) {
                sources.push(Source { bytes, ..Source::default() });
                continue;
            }
            let mut refuse = |refusal: Refusal| {
                tell!("{:#}", refused(file, &refusal, language));
                sources.push(Source { is_refused: true, ..Source::default() });
            };
            let (table, mut mapping, place) = match read_best(&bytes, survey, &kept) {
                Ok(read) => read,
                Err(refusal) => {
                    refuse(refusal);
                    continue;
                }
            };
            if let Some(place) = place {
                is_used[place] = true;
            }
            mapping.given.extend(given.iter().cloned());
            match translate(&table, &mapping, setting) {
                Ok(mut translation) => {
                    let bytes = std::mem::take(&mut translation.csv);
                    sources.push(Source { bytes, is_refused: false, translation: Some(translation) });
                }
                Err(refusal) => refuse(refusal),
            }
            match &written {
                Some(known) if known.fingerprint != mapping.fingerprint && self.write_mapping.is_some() => {
                    bail!("--write-mapping: {} has other columns than the file before it", file.display())
                }
                Some(_) => {}
                None => written = Some(mapping),
            }
        }
        if let Some((file, _)) = self.mappings.iter().zip(is_used).find(|(_, is_used)| !is_used) {
            bail!("--mapping {}: none of the files has these columns", file.display());
        }
        if let (Some(file), Some(mapping)) = (&self.write_mapping, written) {
            std::fs::write(file, mapping.print()).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(sources)
    }

    fn given(&self) -> Result<Vec<(String, String)>> {
        let of = |text: &String| match text.split_once('=') {
            Some((name, value))
                if ATTRIBUTES.contains(&name) && !matches!(name, "response_id" | "survey" | "edition") =>
            {
                Ok((name.to_owned(), value.to_owned()))
            }
            _ => {
                bail!("--given {text}: write KEY=VALUE, for instance unit=02647, channel=paper, finished_at=2026-10-31")
            }
        };
        self.given.iter().map(of).collect()
    }
}

fn refused(file: &Path, refusal: &Refusal, language: &str) -> anyhow::Error {
    let (what, remedy) = refusal.words(language);
    let error = if language == "vi" { "lỗi" } else { "error" };
    anyhow::anyhow!("{error}: {}: {what}\n = {remedy}", file.display())
}

impl Source {
    /// The outcome of reading, in lines and columns of the file as it was given.
    pub fn original(&self, mut import: Import) -> Import {
        let Some(translation) = &self.translation else { return import };
        let problems = std::mem::take(&mut import.problems).into_iter().map(|problem| translation.original(problem));
        import.problems = problems.chain(translation.problems.iter().cloned()).collect();
        import.problems.sort_by_key(|problem| problem.line);
        import.rows += translation.account.set_aside;
        import.set_aside += translation.account.set_aside;
        import
    }

    /// The line of the file as it was given.
    pub fn original_line(&self, line: u64) -> u64 {
        self.translation.as_ref().map_or(line, |translation| translation.original_line(line))
    }

    /// Says what was done to make it one of the kit's own. Whether every column is clear.
    pub fn account(&self, file: &Path, language: &str) -> bool {
        let Some(Translation { account, .. }) = &self.translation else { return true };
        for line in account.lines(language) {
            tell!("{}: {line}", file.display());
        }
        account.unsure.is_empty()
    }
}
