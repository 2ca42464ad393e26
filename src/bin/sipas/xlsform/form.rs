//! From the sheets of an XLSForm to the text of a definition.

use std::collections::BTreeMap;

use super::book::{Book, Place, Row, Sheet};
use super::expression::{Answers, Asked};
use super::groups::{Groups, Section};
use super::names::{column_id, kind_of, scale_id, survey_id};
use super::refusal::{Refusal, Why};
use super::writer::{Texts, Writer, inline, quoted};

/// What the person says beside the form.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Language of texts that name none.
    pub language: String,
    pub issuer: String,
    pub purpose: String,
    pub source: String,
    /// Lists that are scales of ratings.
    pub scales: Vec<String>,
    /// Columns (and sheets) to leave out.
    pub ignore: Vec<String>,
}

/// What was made.
#[derive(Default)]
pub struct Summary {
    pub sections: usize,
    pub questions: usize,
    /// Names of the form that became other ids.
    pub renamed: Vec<(String, String)>,
}

pub(super) struct Choice {
    /// Its name in the form, and its id in the definition.
    pub(super) name: String,
    pub(super) id: String,
    pub(super) texts: Texts,
}

pub(super) struct List {
    pub(super) choices: Vec<Choice>,
    pub(super) is_scale: bool,
}

/// The text of the definition, or everything that cannot be carried.
pub fn definition(book: &Book, options: &Options, name: &str) -> Result<(String, Summary), Vec<Refusal>> {
    let mut form = Form {
        book,
        options,
        refusals: Vec::new(),
        languages: Vec::new(),
        unnamed: options.language.clone(),
        lists: BTreeMap::new(),
        asked: BTreeMap::new(),
        taken: BTreeMap::new(),
        groups: Groups::default(),
        sections: Vec::new(),
        pending: Vec::new(),
        pending_row: None,
        table_list: None,
        table_required: false,
        summary: Summary::default(),
    };
    form.read_languages();
    form.check_columns();
    form.read_lists();
    form.read_survey();
    if form.refusals.is_empty() {
        let text = form.write(name);
        Ok((text, form.summary))
    } else {
        form.refusals.sort_by_key(|refusal| refusal.place);
        Err(form.refusals)
    }
}

pub(super) struct Form<'b> {
    pub(super) book: &'b Book,
    pub(super) options: &'b Options,
    pub(super) refusals: Vec<Refusal>,
    /// Codes, the first stands in where a text is missing.
    pub(super) languages: Vec<String>,
    /// The code of columns that name no language.
    pub(super) unnamed: String,
    pub(super) lists: BTreeMap<String, List>,
    /// Questions so far, by their name in the form.
    pub(super) asked: BTreeMap<String, Asked>,
    /// Ids in use, with the row of each.
    pub(super) taken: BTreeMap<String, usize>,
    pub(super) groups: Groups,
    pub(super) sections: Vec<Section>,
    /// Notes that wait for the question they will explain.
    pub(super) pending: Texts,
    pub(super) pending_row: Option<Place>,
    /// The list of the table-list group that is open.
    pub(super) table_list: Option<String>,
    /// Whether its questions are required.
    pub(super) table_required: bool,
    pub(super) summary: Summary,
}

impl<'b> Form<'b> {
    pub(super) fn refuse(&mut self, place: Place, column: &str, why: Why) {
        let refusal = Refusal { place, column: column.to_owned(), why };
        if !self.refusals.contains(&refusal) {
            self.refusals.push(refusal);
        }
    }

    pub(super) fn refuse_cell(&mut self, sheet: &Sheet, row: &Row, column: &str, why: Why) {
        self.refuse(sheet.place_of(row, column), column, why);
    }

    pub(super) fn sheets(&self) -> [&'b Sheet; 3] {
        [&self.book.survey, &self.book.choices, &self.book.settings]
    }

    pub(super) fn read_survey(&mut self) {
        let sheet = &self.book.survey;
        for row in &sheet.rows {
            self.row(sheet, row);
        }
        self.end_of_section();
        if let Some(group) = self.groups.0.last() {
            let place = Place { sheet: "survey", row: group.row, column: 0 };
            self.refuse(place, "type", Why::GroupNotClosed);
        }
    }

    /// The id of a question, noted with the answers that conditions may name.
    pub(super) fn id(&mut self, sheet: &Sheet, row: &Row, answers: Answers) -> Option<String> {
        let name = sheet.get(row, "name");
        let id = column_id(name);
        if id.is_empty() {
            let why = if name.is_empty() { Why::NoName } else { Why::BadName(name.to_owned()) };
            self.refuse_cell(sheet, row, "name", why);
            return None;
        }
        self.take_id(sheet, row, &id);
        if id != name {
            self.summary.renamed.push((name.to_owned(), id.clone()));
        }
        self.asked.insert(name.to_owned(), Asked { id: id.clone(), answers });
        Some(id)
    }

    pub(super) fn take_id(&mut self, sheet: &Sheet, row: &Row, id: &str) {
        match self.taken.get(id).copied() {
            Some(first) => {
                self.refuse_cell(sheet, row, "name", Why::DoubledName { name: id.to_owned(), row: first });
            }
            None => {
                self.taken.insert(id.to_owned(), row.number);
            }
        }
    }

    /// The section for the open groups; a new one where they have changed.
    pub(super) fn section(&mut self) -> &mut Section {
        let wanted = self.groups.section().map(|group| group.row);
        if self.sections.last().is_none_or(|section| section.group != wanted) {
            self.end_of_section();
            let group = self.groups.section();
            let base = group.map_or_else(|| "main".to_owned(), |group| group.id.clone());
            let uses = self
                .sections
                .iter()
                .filter(|section| section.id == base || section.id.starts_with(&format!("{base}-")))
                .count();
            let is_first = self.sections.iter().all(|section| section.group != wanted);
            self.sections.push(Section {
                group: wanted,
                id: if uses == 0 { base } else { format!("{base}-{}", uses + 1) },
                texts: group.map_or_else(|| self.title(), |group| group.texts.clone()),
                condition: self.groups.section_condition(),
                note: group.filter(|_| is_first).map(|group| group.note.clone()).unwrap_or_default(),
                body: Writer::default(),
                questions: 0,
            });
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    pub(super) fn end_of_section(&mut self) {
        if let Some(place) = self.pending_row.take() {
            self.refuse(place, "type", Why::NoteAtEnd);
        }
        if let Some(section) = self.sections.last().filter(|section| section.questions == 0) {
            // A section of notes alone asks nothing.
            let row = section.group.unwrap_or(1);
            self.refuse(Place { sheet: "survey", row, column: 0 }, "type", Why::NoteAtEnd);
        }
    }

    pub(super) fn setting(&self, column: &str) -> &str {
        let settings = &self.book.settings;
        settings.rows.first().map_or("", |row| settings.get(row, column))
    }

    pub(super) fn title(&self) -> Texts {
        let title = Some(self.setting("form_title")).filter(|title| !title.is_empty());
        let title = title.unwrap_or(if self.languages[0] == "vi" { "Khảo sát" } else { "Survey" });
        vec![(self.languages[0].clone(), title.to_owned())]
    }

    pub(super) fn write(&mut self, file: &str) -> String {
        let mut writer = Writer::default();
        let own = |text: &str| vec![(self.languages[0].clone(), text.to_owned())];
        let id = [self.setting("form_id"), file, "form"].into_iter().map(survey_id).find(|id| !id.is_empty());
        writer.comment("Made from an XLSForm by `sipas import-xlsform`.");
        writer.string("id", &id.unwrap_or_default());
        writer.string("edition", Some(self.setting("version")).filter(|version| !version.is_empty()).unwrap_or("1"));
        let codes: Vec<String> = self.languages.iter().map(|code| quoted(code)).collect();
        writer.raw("languages", format!("[{}]", codes.join(", ")));
        writer.texts("title", &self.title());
        writer.texts("purpose", &own(&self.options.purpose));
        writer.texts("issuer", &own(&self.options.issuer));
        writer.texts("source", &own(&self.options.source));
        let used = |list: &str| {
            self.asked.values().any(|asked| matches!(asked.answers, Answers::Levels(_))) && self.is_used(list)
        };
        for (name, list) in self.lists.iter().filter(|(name, list)| list.is_scale && used(name)) {
            writer.table("scale");
            writer.string("id", &scale_id(name));
            let level = |choice: &Choice| format!("code = {}, text = {}", choice.id, inline(&choice.texts));
            writer.list("level", list.choices.iter().map(level));
        }
        self.summary.sections = self.sections.len();
        for section in &self.sections {
            writer.table("section");
            writer.string("id", &section.id);
            section.condition.iter().for_each(|when| writer.string("when", when));
            writer.texts("text", &section.texts);
            writer.texts("note", &section.note);
            writer.text += &section.body.text;
        }
        writer.text
    }

    /// Whether a select_one of the form uses this list.
    pub(super) fn is_used(&self, list: &str) -> bool {
        let sheet = &self.book.survey;
        let mut kinds = sheet.rows.iter().map(|row| kind_of(sheet.get(row, "type")));
        kinds.any(|(kind, used)| kind == "select_one" && used.as_deref() == Some(list))
    }
}
