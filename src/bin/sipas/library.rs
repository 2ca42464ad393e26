//! A folder of definitions, read and checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::Utc;
use sipas_kit::response::vietnam;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::problem::{Fault, Problem, Severity};
use sipas_kit::survey::read::{Language, Theme, decode, read_language, read_survey, read_theme};
use sipas_kit::survey::target::{Target, read_targets};
use sipas_kit::survey::unit::{Units, read_units};

/// A rendered problem.
pub struct Message {
    pub severity: Severity,
    pub text: String,
}

/// What the files of a folder (or the files themselves) define.
#[derive(Default)]
pub struct Library {
    pub definitions: Vec<Definition>,
    /// The text of each definition, in their order.
    pub sources: Vec<String>,
    pub targets: Vec<Target>,
    /// Empty where the folder has no list.
    pub units: Units,
    /// Further languages of the interface, by their codes.
    pub further: BTreeMap<String, Language>,
    /// Name, emblem and colours, where the folder has some.
    pub theme: Theme,
    /// Files read.
    pub files: usize,
    /// Rendered problems.
    pub messages: Vec<Message>,
}

impl Library {
    /// Reads definition files and folders of them. Targets are looked up in
    /// the same folder as each file.
    pub fn read(paths: &[PathBuf], language: &str) -> Result<Library> {
        let mut library = Library::default();
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                library.units(&path.join("units.csv"), language)?;
                files.extend(toml_files(path)?);
                let words = path.join("words");
                files.extend(if words.is_dir() { toml_files(&words)? } else { Vec::new() });
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
            } else if file.file_name().is_some_and(|name| name == "theme.toml") {
                library.theme(file, language)?;
            } else if file.parent().is_some_and(|folder| folder.ends_with("words")) {
                library.further(file, language)?;
            } else if let Some((definition, source)) = library.definition(file, language)? {
                let id = &definition.survey.id;
                if let Some((_, first)) = taken.iter().find(|(taken, _)| taken == id) {
                    let text = duplicate(id, first, file, language);
                    library.messages.push(Message { severity: Severity::Error, text });
                } else {
                    taken.push((id.clone(), file.clone()));
                    library.definitions.push(definition);
                    library.sources.push(source);
                }
            }
        }
        library.files = files.len();
        Ok(library)
    }

    /// Reads a folder for use: any error is fatal and printed. Doubts are for `check` to spell out.
    pub fn load(folder: &Path, language: &str) -> Result<Library> {
        let library = Library::read(&[folder.to_owned()], language)?;
        library.print(Severity::Error);
        let (errors, warnings) = (library.count(Severity::Error), library.count(Severity::Warning));
        if errors > 0 {
            bail!("{} has {errors} error(s)", folder.display());
        }
        if warnings > 0 {
            let folder = folder.display();
            match language {
                "vi" => eprintln!("{folder}: {warnings} cảnh báo; xem bằng lệnh: sipas check {folder}"),
                _ => eprintln!("{folder}: {warnings} warnings; to read them: sipas check {folder}"),
            }
        }
        Ok(library)
    }

    /// How many problems there are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.messages.iter().filter(|message| message.severity == severity).count()
    }

    /// The definition of the survey with this id.
    pub fn find(&self, id: &str) -> Result<&Definition> {
        self.definitions.iter().find(|definition| definition.survey.id == id).with_context(|| {
            let known: Vec<&str> = self.definitions.iter().map(|definition| definition.survey.id.as_str()).collect();
            format!("there is no survey “{id}”; there are: {}", known.join(", "))
        })
    }

    /// Prints what is at least this bad.
    pub fn print(&self, least: Severity) {
        for message in self.messages.iter().filter(|message| message.severity >= least) {
            eprintln!("{}", message.text);
        }
    }

    fn note(&mut self, file: &Path, source: &str, problems: &[Problem], language: &str) {
        for problem in problems {
            let text = problem.render(&file.display().to_string(), source, language);
            self.messages.push(Message { severity: problem.severity(), text });
        }
    }

    /// The text of a file; a file that is not text is a problem like any other.
    fn source(&mut self, file: &Path, language: &str) -> Result<Option<String>> {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let (source, problem) = decode(bytes);
        let is_text = problem.is_none();
        self.note(file, &source, problem.as_slice(), language);
        Ok(is_text.then_some(source))
    }

    /// The list of units of a folder, where it has one.
    fn units(&mut self, file: &Path, language: &str) -> Result<()> {
        if !file.is_file() {
            return Ok(());
        }
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        match read_units(&bytes) {
            Ok(units) => self.units = units,
            Err(problem) => {
                let (what, remedy) = problem.words(language);
                let severity = if language == "vi" { "lỗi" } else { "error" };
                let text = format!("{severity}: {}:{}: {what}\n = {remedy}\n", file.display(), problem.line);
                self.messages.push(Message { severity: Severity::Error, text });
            }
        }
        Ok(())
    }

    fn targets(&mut self, file: &Path, language: &str) -> Result<()> {
        if let Some(source) = self.source(file, language)? {
            let reading = read_targets(&source);
            self.note(file, &source, &reading.problems, language);
            self.targets = reading.value;
        }
        Ok(())
    }

    fn theme(&mut self, file: &Path, language: &str) -> Result<()> {
        let Some(source) = self.source(file, language)? else { return Ok(()) };
        let mut reading = read_theme(&source);
        if let Some(emblem) = &reading.value.emblem
            && !file.with_file_name(emblem).is_file()
        {
            let at = source.find(emblem.as_str()).unwrap_or_default();
            reading.problems.push(Problem { span: at..at + emblem.len(), fault: Fault::NoPicture });
        }
        self.note(file, &source, &reading.problems, language);
        self.theme = reading.value;
        Ok(())
    }

    /// A further language, named by its file: `words/CODE.toml`.
    fn further(&mut self, file: &Path, language: &str) -> Result<()> {
        let Some(source) = self.source(file, language)? else { return Ok(()) };
        let code = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let reading = read_language(&source, &code);
        self.note(file, &source, &reading.problems, language);
        self.further.insert(code, reading.value);
        Ok(())
    }

    fn definition(&mut self, file: &Path, language: &str) -> Result<Option<(Definition, String)>> {
        let Some(source) = self.source(file, language)? else { return Ok(None) };
        let targets = file.with_file_name("targets.toml");
        let known = std::fs::read_to_string(&targets).map(|source| read_targets(&source).value).unwrap_or_default();
        let today = Utc::now().with_timezone(&vietnam()).date_naive();
        let reading = read_survey(&source, &known, today);
        self.note(file, &source, &reading.problems, language);
        Ok(reading.is_usable().then_some((reading.value, source)))
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
