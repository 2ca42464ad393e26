//! A folder of definitions, read and checked.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sipas_kit::survey::Survey;
use sipas_kit::survey::problem::{Fault, Problem, Severity};
use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::target::{Target, read_targets};

/// What the files of a folder (or the files themselves) define.
#[derive(Default)]
pub struct Library {
    pub surveys: Vec<Survey>,
    pub targets: Vec<Target>,
    /// Files read.
    pub files: usize,
    /// Rendered problems.
    pub messages: Vec<String>,
    /// How many of them are errors.
    pub errors: usize,
}

impl Library {
    /// Reads definition files and folders of them. Targets are looked up in
    /// the same folder as each file.
    pub fn read(paths: &[PathBuf], language: &str) -> Result<Library> {
        let mut library = Library::default();
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                files.extend(toml_files(path)?);
            } else {
                files.push(path.clone());
            }
        }
        if files.is_empty() {
            bail!(
                "no definition (*.toml) in {}",
                paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
            );
        }
        let mut taken: Vec<(String, PathBuf)> = Vec::new();
        for file in &files {
            if file.file_name().is_some_and(|name| name == "targets.toml") {
                library.targets(file, language)?;
            } else if let Some(survey) = library.survey(file, language)? {
                if let Some((_, first)) = taken.iter().find(|(id, _)| *id == survey.id) {
                    library.errors += 1;
                    library.messages.push(duplicate(&survey.id, first, file, language));
                } else {
                    taken.push((survey.id.clone(), file.clone()));
                    library.surveys.push(survey);
                }
            }
        }
        library.files = files.len();
        Ok(library)
    }

    /// Reads a folder for use: any error is fatal and printed.
    pub fn load(folder: &Path, language: &str) -> Result<Library> {
        let library = Library::read(&[folder.to_owned()], language)?;
        library.print();
        if library.errors > 0 {
            bail!("{} has {} error(s)", folder.display(), library.errors);
        }
        Ok(library)
    }

    /// The survey with this id.
    pub fn find(&self, id: &str) -> Result<&Survey> {
        self.surveys.iter().find(|survey| survey.id == id).with_context(|| {
            let known: Vec<&str> = self.surveys.iter().map(|survey| survey.id.as_str()).collect();
            format!("there is no survey “{id}”; there are: {}", known.join(", "))
        })
    }

    /// Prints what is wrong.
    pub fn print(&self) {
        for message in &self.messages {
            eprintln!("{message}");
        }
    }

    fn note(&mut self, file: &Path, source: &str, problems: &[Problem], language: &str) {
        for problem in problems {
            self.messages.push(problem.render(&file.display().to_string(), source, language));
            self.errors += usize::from(problem.severity() == Severity::Error);
        }
    }

    /// The text of a file; a file that is not text is a problem like any other.
    fn source(&mut self, file: &Path, language: &str) -> Result<Option<String>> {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let source = String::from_utf8_lossy(error.as_bytes()).into_owned();
                self.note(file, &source, &[Problem { span: at..at + 1, fault: Fault::NotUtf8 }], language);
                Ok(None)
            }
        }
    }

    fn targets(&mut self, file: &Path, language: &str) -> Result<()> {
        if let Some(source) = self.source(file, language)? {
            let reading = read_targets(&source);
            self.note(file, &source, &reading.problems, language);
            self.targets = reading.value;
        }
        Ok(())
    }

    fn survey(&mut self, file: &Path, language: &str) -> Result<Option<Survey>> {
        let Some(source) = self.source(file, language)? else { return Ok(None) };
        let targets = file.with_file_name("targets.toml");
        let known: Vec<String> = match std::fs::read_to_string(&targets) {
            Ok(source) => read_targets(&source).value.into_iter().map(|target| target.id).collect(),
            Err(_) => Vec::new(),
        };
        let reading = read_survey(&source, &known);
        self.note(file, &source, &reading.problems, language);
        Ok(reading.is_usable().then_some(reading.value))
    }
}

fn duplicate(id: &str, first: &Path, second: &Path, language: &str) -> String {
    let (first, second) = (first.display(), second.display());
    match language {
        "vi" => format!("lỗi: {second}: mã khảo sát `{id}` đã dùng trong {first}\n = đổi `id` của một trong hai tệp"),
        _ => format!(
            "error: {second}: the survey id `{id}` is already used by {first}\n = change the `id` of one of the two"
        ),
    }
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    Ok(files)
}
