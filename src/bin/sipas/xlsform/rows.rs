//! The rows of the sheet `survey`, one kind after the other.

use super::book::{Row, Sheet};
use super::expression::{Answers, bounds, condition};
use super::form::Form;
use super::groups::{Group, Kind};
use super::names::{column_id, joined, kind_of, scale_id};
use super::refusal::Why;
use super::writer::{Texts, Writer, inline, quoted};

impl<'b> Form<'b> {
    pub(super) fn row(&mut self, sheet: &'b Sheet, row: &'b Row) {
        let written = sheet.get(row, "type");
        let (kind, list) = kind_of(written);
        let appearance = match self.options.ignore.iter().any(|ignored| ignored == "appearance") {
            // Left out as far as it only changes the looks.
            true if !["likert", "table-list"].contains(&sheet.get(row, "appearance")) => "",
            _ => sheet.get(row, "appearance"),
        };
        let fits =
            matches!((kind.as_str(), appearance), (_, "") | ("select_one", "likert") | ("begin_group", "table-list"));
        if !fits {
            self.refuse_cell(sheet, row, "appearance", Why::Appearance(appearance.to_owned()));
        }
        self.refuse_unused(sheet, row, &kind);
        let own = self.relevant(sheet, row);
        match kind.as_str() {
            "" => self.refuse_cell(sheet, row, "type", Why::NoType),
            "begin_group" => self.begin_group(sheet, row, own, appearance == "table-list"),
            "end_group" => self.end_group(sheet, row),
            "note" => {
                let inner = self.groups.question_condition(own);
                self.note(sheet, row, inner.is_some());
            }
            // When an interview begins and ends is kept with every response.
            "start" | "end" | "today" => {}
            "select_one" | "select_multiple" => {
                let list = list.unwrap_or_default();
                self.select(sheet, row, kind == "select_multiple", &list, own);
            }
            "integer" => {
                let text = if self.ignores("constraint") { "" } else { sheet.get(row, "constraint") };
                let (min, max) = match text {
                    "" => (None, None),
                    text => bounds(text).unwrap_or_else(|why| {
                        self.refuse_cell(sheet, row, "constraint", why);
                        (None, None)
                    }),
                };
                self.question(sheet, row, "number", own, Answers::Number, |writer| {
                    min.into_iter().for_each(|min| writer.raw("min", min));
                    max.into_iter().for_each(|max| writer.raw("max", max));
                });
            }
            "text" => self.question(sheet, row, "text", own, Answers::Text, |_| {}),
            _ => self.refuse_cell(sheet, row, "type", Why::UnknownType(written.to_owned())),
        }
        let constraint = sheet.get(row, "constraint");
        let takes = ["select_one", "select_multiple", "text"].contains(&kind.as_str());
        if takes && !constraint.is_empty() && !self.ignores("constraint") {
            self.refuse_cell(sheet, row, "constraint", Why::Constraint(constraint.chars().take(40).collect()));
        }
    }

    /// Cells that this kind of row makes nothing of would be lost.
    pub(super) fn refuse_unused(&mut self, sheet: &Sheet, row: &Row, kind: &str) {
        let used: &[&str] = match kind {
            "start" | "end" | "today" | "end_group" => &["type", "name"],
            "note" => &["type", "name", "label", "hint", "relevant", "appearance"],
            "begin_group" => &["type", "name", "label", "hint", "relevant", "appearance"],
            _ => return,
        };
        for (at, column) in sheet.columns.iter().enumerate() {
            let is_known =
                ["label", "hint", "required", "relevant", "constraint", "appearance"].contains(&column.base.as_str());
            let says = row.cells[at].as_str();
            let is_no = column.base == "required" && ["no", "false", "false()"].contains(&says.to_lowercase().as_str());
            if is_known
                && !used.contains(&column.base.as_str())
                && !says.is_empty()
                && !is_no
                && !self.ignores(&column.base)
            {
                let why = Why::UnknownColumn { name: column.name(), value: says.chars().take(60).collect() };
                self.refuse(sheet.place(row, at), &column.name(), why);
            }
        }
    }

    pub(super) fn ignores(&self, column: &str) -> bool {
        self.options.ignore.iter().any(|ignored| ignored == column)
    }

    pub(super) fn relevant(&mut self, sheet: &Sheet, row: &Row) -> Option<String> {
        let text = sheet.get(row, "relevant");
        if text.is_empty() || self.ignores("relevant") {
            return None;
        }
        match condition(text, &self.asked) {
            Ok(condition) => Some(condition),
            Err(why) => {
                self.refuse_cell(sheet, row, "relevant", why);
                None
            }
        }
    }

    pub(super) fn begin_group(&mut self, sheet: &Sheet, row: &Row, condition: Option<String>, is_table: bool) {
        let texts = self.texts(sheet, row, "label", is_table);
        let name = sheet.get(row, "name");
        let id = column_id(name);
        if !texts.is_empty() && id.is_empty() {
            self.refuse_cell(
                sheet,
                row,
                "name",
                if name.is_empty() { Why::NoName } else { Why::BadName(name.to_owned()) },
            );
        }
        let kind = if is_table { Kind::Table } else { Kind::Section };
        let note = if is_table { Texts::new() } else { self.texts(sheet, row, "hint", false) };
        if texts.is_empty() && !note.is_empty() {
            self.refuse_cell(sheet, row, "hint", Why::NoteAtEnd);
        }
        if is_table {
            self.take_id(sheet, row, &id);
            self.table_list = None;
            self.begin_table(sheet, row, &id, &texts, condition.clone());
        }
        if self.groups.table().is_some() {
            self.refuse_cell(sheet, row, "type", Why::TableList);
        }
        self.groups.0.push(Group { row: row.number, id, texts, note, condition, kind });
    }

    /// The head of a matrix; its items follow as the rows of the group.
    pub(super) fn begin_table(&mut self, sheet: &Sheet, row: &Row, id: &str, texts: &Texts, own: Option<String>) {
        let hint = self.hint(sheet, row);
        let condition = self.groups.question_condition(own);
        let inside: Vec<&Row> = sheet
            .rows
            .iter()
            .skip_while(|other| other.number <= row.number)
            .take_while(|other| kind_of(sheet.get(other, "type")).0 != "end_group")
            .collect();
        if inside.is_empty() {
            self.refuse_cell(sheet, row, "type", Why::EmptyTable);
        }
        let list = inside.first().and_then(|first| kind_of(sheet.get(first, "type")).1);
        let required = inside.first().is_some_and(|first| self.required(sheet, first));
        self.table_required = required;
        self.summary.questions += 1;
        let section = self.section();
        section.questions += 1;
        let writer = &mut section.body;
        writer.table("section.question");
        writer.string("id", id);
        writer.string("kind", "matrix");
        writer.string("scale", &scale_id(list.as_deref().unwrap_or("")));
        writer.raw("together", true);
        if required {
            writer.raw("required", true);
        }
        condition.iter().for_each(|when| writer.string("when", when));
        writer.texts("text", texts);
        writer.texts("hint", &hint);
    }

    pub(super) fn end_group(&mut self, sheet: &Sheet, row: &Row) {
        match self.groups.0.pop() {
            None => self.refuse_cell(sheet, row, "type", Why::NoGroupOpen),
            Some(group) if group.kind == Kind::Section && !group.texts.is_empty() => {
                if self.sections.iter().all(|section| section.group != Some(group.row)) {
                    let begin = sheet.rows.iter().find(|other| other.number == group.row).unwrap_or(row);
                    self.refuse_cell(sheet, begin, "label", Why::GroupWithoutQuestions);
                }
            }
            Some(_) => {}
        }
    }

    pub(super) fn note(&mut self, sheet: &Sheet, row: &Row, has_condition: bool) {
        if has_condition {
            self.refuse_cell(sheet, row, "relevant", Why::NoteWithCondition);
        }
        if self.groups.table().is_some() {
            self.refuse_cell(sheet, row, "type", Why::TableList);
        }
        let label = self.texts(sheet, row, "label", true);
        let hint = self.texts(sheet, row, "hint", false);
        let text = joined(label, hint);
        let section = self.section();
        if section.questions == 0 && section.note.is_empty() {
            section.note = text;
        } else {
            self.pending = joined(std::mem::take(&mut self.pending), text);
            self.pending_row = Some(sheet.place_of(row, "type"));
        }
    }

    /// The question's hint, with the notes before it.
    pub(super) fn hint(&mut self, sheet: &Sheet, row: &Row) -> Texts {
        // A note in a section that has ended belongs to no question of the next one.
        self.section();
        let own = self.texts(sheet, row, "hint", false);
        self.pending_row = None;
        joined(std::mem::take(&mut self.pending), own)
    }

    pub(super) fn select(&mut self, sheet: &Sheet, row: &Row, several: bool, list: &str, own: Option<String>) {
        let adds_other = list.ends_with(" or_other");
        let list = list.trim_end_matches(" or_other").trim();
        let Some(known) = self.lists.get(list) else {
            let exists = self.book.choices.rows.iter().any(|row| self.book.choices.get(row, "list_name") == list);
            let why = if exists { Why::EmptyList(list.to_owned()) } else { Why::NoList(list.to_owned()) };
            return self.refuse_cell(sheet, row, "type", why);
        };
        let names = known.choices.iter().map(|choice| (choice.name.clone(), choice.id.clone())).collect();
        let is_scale = known.is_scale && !several;
        if is_scale && known.choices.iter().any(|choice| choice.id.len() > 1) {
            self.refuse_cell(sheet, row, "type", Why::TooManyLevels);
        }
        if self.groups.table().is_some() {
            return self.item(sheet, row, list, several || adds_other, own, Answers::Levels(names));
        }
        if is_scale && !adds_other {
            let scale = scale_id(list);
            return self
                .question(sheet, row, "rating", own, Answers::Levels(names), |writer| writer.string("scale", &scale));
        }
        let known = &self.lists[list];
        let mut entries: Vec<String> = known
            .choices
            .iter()
            .map(|choice| format!("id = {}, text = {}", quoted(&choice.id), inline(&choice.texts)))
            .collect();
        if adds_other {
            if known.choices.iter().any(|choice| choice.id == "other") {
                self.refuse_cell(sheet, row, "type", Why::OtherTwice);
            }
            let word = |code: &String| (code.clone(), if code == "vi" { "Khác" } else { "Other" }.to_owned());
            let texts: Texts = self.languages.iter().map(word).collect();
            entries.push(format!("id = \"other\", specify = true, text = {}", inline(&texts)));
            // The words beside it have a column of their own.
            let words = format!("{}_other", column_id(sheet.get(row, "name")));
            self.take_id(sheet, row, &words);
        }
        let (kind, answers) =
            if several { ("multiple", Answers::Several(names)) } else { ("single", Answers::One(names)) };
        self.question(sheet, row, kind, own, answers, |writer| writer.list("option", entries));
    }

    /// One row of a table-list group.
    pub(super) fn item(
        &mut self,
        sheet: &Sheet,
        row: &Row,
        list: &str,
        is_other: bool,
        own: Option<String>,
        answers: Answers,
    ) {
        let first = self.table_list.get_or_insert_with(|| list.to_owned());
        if is_other || first != list {
            return self.refuse_cell(sheet, row, "type", Why::TableList);
        }
        let Some(id) = self.id(sheet, row, answers) else { return };
        let texts = self.texts(sheet, row, "label", true);
        let hint = self.texts(sheet, row, "hint", false);
        if self.required(sheet, row) != self.table_required {
            self.refuse_cell(sheet, row, "required", Why::MixedRequired);
        }
        let writer = &mut self.section().body;
        writer.table("section.question.item");
        writer.string("id", &id);
        own.iter().for_each(|when| writer.string("when", when));
        writer.texts("text", &texts);
        writer.texts("hint", &hint);
    }

    pub(super) fn question(
        &mut self,
        sheet: &Sheet,
        row: &Row,
        kind: &str,
        own: Option<String>,
        answers: Answers,
        more: impl FnOnce(&mut Writer),
    ) {
        if self.groups.table().is_some() {
            return self.refuse_cell(sheet, row, "type", Why::TableList);
        }
        let hint = self.hint(sheet, row);
        let Some(id) = self.id(sheet, row, answers) else { return };
        let texts = self.texts(sheet, row, "label", true);
        let required = self.required(sheet, row);
        let condition = self.groups.question_condition(own);
        self.summary.questions += 1;
        let section = self.section();
        section.questions += 1;
        let writer = &mut section.body;
        writer.table("section.question");
        writer.string("id", &id);
        writer.string("kind", kind);
        if required {
            writer.raw("required", true);
        }
        condition.iter().for_each(|when| writer.string("when", when));
        writer.texts("text", &texts);
        writer.texts("hint", &hint);
        more(writer);
    }

    pub(super) fn required(&mut self, sheet: &Sheet, row: &Row) -> bool {
        match sheet.get(row, "required").to_lowercase().as_str() {
            "" | "no" | "false" | "false()" => false,
            "yes" | "true" | "true()" => true,
            _ if self.ignores("required") => false,
            other => {
                self.refuse_cell(sheet, row, "required", Why::Required(other.to_owned()));
                false
            }
        }
    }
}
