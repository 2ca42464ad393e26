//! The languages of a form, its lists of choices, and columns that nothing is made of.

use std::collections::BTreeSet;

use super::book::{Row, Sheet};
use super::form::{Choice, Form, List};
use super::names::{kind_of, option_id};
use super::refusal::Why;
use super::writer::Texts;

const KNOWN: [(&str, &[&str]); 3] = [
    ("survey", &["type", "name", "label", "hint", "required", "relevant", "constraint", "appearance"]),
    ("choices", &["list_name", "name", "label"]),
    ("settings", &["form_title", "form_id", "version", "default_language"]),
];

impl Form<'_> {
    /// The code of a language as XLSForm names it: `English (en)`.
    pub(super) fn code(&self, name: Option<&str>) -> Option<String> {
        let Some(name) = name else { return Some(self.unnamed.clone()) };
        let is_code = |text: &str| (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase());
        if let Some((_, code)) = name.trim_end_matches(')').rsplit_once('(') {
            return Some(code.trim().to_owned()).filter(|code| is_code(code));
        }
        match name.to_lowercase().as_str() {
            "tiếng việt" | "vietnamese" => Some("vi".to_owned()),
            "english" | "tiếng anh" => Some("en".to_owned()),
            code if is_code(code) => Some(code.to_owned()),
            _ => None,
        }
    }

    pub(super) fn default_code(&self) -> String {
        let settings = &self.book.settings;
        let named = settings.rows.first().map(|row| settings.get(row, "default_language")).unwrap_or("");
        match named {
            "" => self.options.language.clone(),
            named => self.code(Some(named)).unwrap_or_else(|| self.options.language.clone()),
        }
    }

    pub(super) fn read_languages(&mut self) {
        // Columns that name no language are in the default one, unless all labels name others.
        let labels = self.book.survey.columns.iter().filter(|column| column.base == "label");
        let named: Vec<Option<String>> = labels.map(|column| column.language.clone()).collect();
        self.unnamed = self.default_code();
        let is_default = |name: &Option<String>| self.code(name.as_deref()) == Some(self.default_code());
        if !named.iter().any(is_default)
            && let Some(first) = named.iter().find_map(|name| self.code(name.as_deref()))
        {
            self.unnamed = first;
        }
        let mut codes = vec![self.unnamed.clone()];
        for sheet in self.sheets() {
            let texts = sheet.columns.iter().filter(|column| ["label", "hint"].contains(&column.base.as_str()));
            let texts: Vec<_> = texts.filter(|column| !self.ignores(&column.name())).collect();
            for column in texts {
                match self.code(column.language.as_deref()) {
                    Some(code) if codes.contains(&code) => {}
                    Some(code) => codes.push(code),
                    None => {
                        let name = column.language.clone().unwrap_or_default();
                        self.refuse(column.place, &column.name(), Why::NoLanguageCode(name));
                    }
                }
            }
        }
        self.languages = codes;
    }

    /// Every cell of a column that nothing is made of would be lost.
    pub(super) fn check_columns(&mut self) {
        for (sheet, (_, known)) in self.sheets().into_iter().zip(KNOWN) {
            let mut seen = BTreeSet::new();
            for (at, column) in sheet.columns.iter().enumerate() {
                let full = column.name();
                if self.options.ignore.iter().any(|ignored| *ignored == full || *ignored == column.base) {
                    continue;
                }
                let is_text = ["label", "hint"].contains(&column.base.as_str());
                let code = if is_text { self.code(column.language.as_deref()) } else { column.language.clone() };
                if !seen.insert((column.base.clone(), code)) && !full.is_empty() {
                    self.refuse(column.place, &full, Why::DoubledColumn);
                }
                let has_language = ["label", "hint"].contains(&column.base.as_str()) || column.language.is_none();
                if known.contains(&column.base.as_str()) && has_language {
                    continue;
                }
                for row in sheet.rows.iter().filter(|row| !row.cells[at].is_empty()) {
                    let value = row.cells[at].chars().take(60).collect();
                    self.refuse(sheet.place(row, at), &full, Why::UnknownColumn { name: full.clone(), value });
                }
            }
        }
    }

    /// The texts of a row in all languages that it has. The first language must be among them.
    pub(super) fn texts(&mut self, sheet: &Sheet, row: &Row, base: &str, is_needed: bool) -> Texts {
        let mut texts = Texts::new();
        for code in self.languages.clone() {
            let mut cells = sheet.columns.iter().zip(&row.cells).enumerate();
            let found = cells.find(|(_, (column, cell))| {
                column.base == base
                    && !cell.is_empty()
                    && !self.ignores(&column.name())
                    && self.code(column.language.as_deref()).as_ref() == Some(&code)
            });
            if let Some((at, (_, cell))) = found {
                if cell.contains("${") {
                    self.refuse(sheet.place(row, at), base, Why::Reference);
                }
                texts.push((code, cell.clone()));
            }
        }
        let has_first = texts.first().is_some_and(|(code, _)| *code == self.languages[0]);
        if !has_first && (is_needed || !texts.is_empty()) {
            self.refuse_cell(sheet, row, base, Why::NoLabel(self.languages[0].clone()));
        }
        texts
    }

    pub(super) fn read_lists(&mut self) {
        let sheet = &self.book.choices;
        let list_of = |row: &Row| sheet.get(row, "list_name").to_owned();
        let scales = self.scales();
        for row in &sheet.rows {
            let (list, name) = (list_of(row), sheet.get(row, "name").to_owned());
            if list.is_empty() || name.is_empty() {
                let column = if list.is_empty() { "list_name" } else { "name" };
                self.refuse_cell(sheet, row, column, Why::NoName);
                continue;
            }
            let texts = self.texts(sheet, row, "label", true);
            let is_scale = scales.contains(&list);
            let lists = self.lists.entry(list).or_insert_with(|| List { choices: Vec::new(), is_scale });
            let id = match is_scale {
                true => None,
                false => Some(option_id(&name)),
            };
            let at = lists.choices.len();
            lists.choices.push(Choice { name: name.clone(), id: id.unwrap_or_default(), texts });
            let first = lists
                .choices
                .iter()
                .position(|choice| choice.name == name || (!is_scale && choice.id == option_id(&name)));
            let is_bad = !is_scale && option_id(&name).is_empty();
            if is_bad {
                self.refuse_cell(sheet, row, "name", Why::BadName(name));
            } else if first != Some(at) {
                let row_of = sheet.rows.iter().filter(|other| list_of(other) == list_of(row)).nth(first.unwrap_or(0));
                let why = Why::DoubledName { name, row: row_of.map_or(0, |row| row.number) };
                self.refuse_cell(sheet, row, "name", why);
            }
        }
        for (list_name, list) in &mut self.lists {
            // Names that are digits are the codes of a scale; other scales are numbered in their order.
            let is_digit = |choice: &Choice| choice.name.len() == 1 && choice.name.as_bytes()[0].is_ascii_digit();
            let is_coded = list.choices.iter().all(is_digit);
            for (at, choice) in list.choices.iter_mut().enumerate() {
                if list.is_scale {
                    choice.id = if is_coded { choice.name.clone() } else { (at + 1).to_string() };
                }
                if choice.id != choice.name {
                    self.summary.renamed.push((format!("{list_name}: {}", choice.name), choice.id.clone()));
                }
            }
        }
        self.refuse_unused_lists();
        // A second row of settings would be lost.
        let settings = &self.book.settings;
        for row in settings.rows.iter().skip(1) {
            if let Some(at) = row.cells.iter().position(|cell| !cell.is_empty()) {
                let name = settings.columns[at].name();
                let why = Why::UnknownColumn { name: name.clone(), value: row.cells[at].clone() };
                self.refuse(settings.place(row, at), &name, why);
            }
        }
    }

    /// A list that no question names would be lost.
    fn refuse_unused_lists(&mut self) {
        let survey = &self.book.survey;
        let named = |row: &Row| {
            kind_of(survey.get(row, "type")).1.map(|list| list.trim_end_matches(" or_other").trim().to_owned())
        };
        let used: BTreeSet<String> = survey.rows.iter().filter_map(named).collect();
        let sheet = &self.book.choices;
        let mut seen = BTreeSet::new();
        for row in &sheet.rows {
            let list = sheet.get(row, "list_name");
            if !list.is_empty() && !used.contains(list) && seen.insert(list) {
                self.refuse_cell(sheet, row, "list_name", Why::UnusedList(list.to_owned()));
            }
        }
    }

    /// Lists used as scales: named by the person, or by `likert` or `table-list`.
    pub(super) fn scales(&self) -> BTreeSet<String> {
        let sheet = &self.book.survey;
        let mut scales: BTreeSet<String> = self.options.scales.iter().cloned().collect();
        let mut in_table = false;
        for row in &sheet.rows {
            let (kind, list) = kind_of(sheet.get(row, "type"));
            let appearance = sheet.get(row, "appearance");
            match kind.as_str() {
                "begin_group" => in_table = appearance == "table-list",
                "end_group" => in_table = false,
                "select_one" if in_table || appearance == "likert" => {
                    scales.extend(list);
                }
                _ => {}
            }
        }
        scales
    }
}
