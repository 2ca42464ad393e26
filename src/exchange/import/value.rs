//! From a cell as another program wrote it to a cell of the kit's own files.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::account::Repair;
use super::mapping::Layout;
use super::wording::{Lexicon, Likeness, bare, normal};
use crate::exchange::cell;
use crate::survey::{Choice, Column, Kind, Missing, Survey};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// The kit's cell, and its words beside an option.
    Answer(String, String),
    /// Something that is no answer to the question.
    Unknown,
}

/// The values one column may have.
pub(super) struct Values<'s> {
    column: Column<'s>,
    layout: Layout,
    agreed: &'s BTreeMap<String, String>,
    /// Ids and codes.
    codes: Vec<String>,
    labels: Lexicon<String>,
    /// Cells read before: there are few different ones.
    known: RefCell<HashMap<String, (Said, Option<Repair>), FixedState>>,
}

/// Longest cell with several options, in bytes.
const LONGEST: usize = 4_000;

/// Different cells of a column that are remembered.
const REMEMBERED: usize = 1_000;

impl<'s> Values<'s> {
    pub fn of(survey: &Survey, column: Column<'s>, layout: Layout, agreed: &'s BTreeMap<String, String>) -> Values<'s> {
        let mut labels = Lexicon::default();
        let scale = column.scale().and_then(|id| survey.scale(id));
        for level in scale.into_iter().flat_map(|scale| &scale.levels) {
            level.text.0.values().for_each(|text| labels.add(text, level.code.to_string()));
        }
        for missing in scale.into_iter().flat_map(|scale| &scale.missing) {
            missing.text.0.values().for_each(|text| labels.add(text, missing.reason.code().to_owned()));
        }
        for option in column.question.options() {
            option.text.0.values().for_each(|text| labels.add(text, option.id.clone()));
        }
        Values { codes: column.answers(survey), column, layout, agreed, labels, known: RefCell::default() }
    }

    /// Reads a cell.
    pub fn read(&self, text: &str) -> (Said, Option<Repair>) {
        if let Kind::Text { max_length } = self.column.question.kind {
            return self.words(text, max_length as usize);
        }
        let text = text.trim();
        if text.is_empty() {
            return (Said::Nothing, None);
        }
        if let Some(read) = self.known.borrow().get(text) {
            return read.clone();
        }
        let read = self.code(text);
        let mut known = self.known.borrow_mut();
        if known.len() < REMEMBERED {
            known.insert(text.to_owned(), read.clone());
        }
        read
    }

    /// Reads a cell that is not empty, and holds no text.
    fn code(&self, text: &str) -> (Said, Option<Repair>) {
        let answer = |code: String| Said::Answer(code, String::new());
        if let Some(code) = self.agreed.get(text) {
            return (if code.is_empty() { Said::Nothing } else { answer(code.clone()) }, Some(Repair::Agreed));
        }
        if Missing::by_code(text).is_some() {
            return (answer(text.to_owned()), None);
        }
        if !text.chars().any(char::is_alphanumeric) {
            return (Said::Nothing, Some(Repair::Dash));
        }
        let plain = whole_number(text);
        let fixed = |said| (said, (plain != text).then_some(Repair::WholeNumber));
        match &self.column.question.kind {
            Kind::Number { .. } if plain.parse::<i64>().is_ok() => fixed(answer(plain.to_owned())),
            Kind::Multiple { options } => self.several(text, options),
            _ if self.codes.iter().any(|code| code == plain) => fixed(answer(plain.to_owned())),
            _ => self.one(text),
        }
    }

    fn words(&self, text: &str, most: usize) -> (Said, Option<Repair>) {
        let text = text.trim_matches(['\u{feff}', '\0']);
        if text.trim().is_empty() {
            return (Said::Nothing, None);
        }
        // The kit's own cells are guarded already.
        if self.layout == Layout::Kit {
            return (Said::Answer(text.to_owned(), String::new()), None);
        }
        let cut: String = text.chars().take(most).collect();
        let repair = (cut.len() < text.len()).then_some(Repair::TextCut);
        (Said::Answer(cell::guard(&cut), String::new()), repair)
    }

    /// One label, perhaps behind its code: `5 - Rất hài lòng`.
    fn one(&self, text: &str) -> (Said, Option<Repair>) {
        if let Some((code, likeness)) = self.label(text) {
            return (Said::Answer(code, String::new()), Some(of_label(likeness)));
        }
        let past_code =
            text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(|c: char| !c.is_alphanumeric());
        if past_code.len() < text.len()
            && let Some((code, likeness)) = self.label(past_code)
        {
            return (Said::Answer(code, String::new()), Some(of_label(likeness)));
        }
        if let Some((code, words)) = self.beside(text) {
            return (Said::Answer(code, cell::guard(words)), Some(Repair::Label));
        }
        match self.not_available(text) {
            Some(said) => (said, Some(Repair::NotAvailable)),
            None => (Said::Unknown, None),
        }
    }

    /// What LimeSurvey and others write where a question was not asked.
    pub fn is_not_asked(&self, text: &str) -> bool {
        self.not_available(text) == Some(Said::Nothing)
    }

    /// `N/A`: some programs write it where a question was not asked, people where it does not apply.
    fn not_available(&self, text: &str) -> Option<Said> {
        let is_it = matches!(bare(&normal(text)).as_str(), "na" | "khongapdung" | "notapplicable");
        is_it.then(|| match self.layout {
            Layout::LimeSurvey | Layout::Kobo | Layout::OdkCentral => Said::Nothing,
            _ => Said::Answer(Missing::NotApplicable.code().to_owned(), String::new()),
        })
    }

    fn label(&self, text: &str) -> Option<(String, Likeness)> {
        self.labels.find(text).map(|(code, likeness)| (code.clone(), likeness))
    }

    /// Words of one's own in place of an option: `Khác: …`, or nothing but the words, as Google Forms has them.
    fn beside<'t>(&self, text: &'t str) -> Option<(String, &'t str)> {
        let mut specify = self.column.question.options().iter().filter(|option| option.specify);
        let option = specify.next().filter(|_| specify.next().is_none())?;
        if text == "-oth-" {
            return Some((option.id.clone(), ""));
        }
        if let Some((label, words)) = text.split_once(':') {
            let is_it = label.trim() == option.id || self.label(label).is_some_and(|(code, _)| code == option.id);
            if is_it || matches!(bare(&normal(label)).as_str(), "khac" | "other") {
                return Some((option.id.clone(), words.trim()));
            }
        }
        (self.layout == Layout::GoogleForms).then(|| (option.id.clone(), text))
    }

    /// Several options: ids with spaces between them, or labels joined by commas, semicolons or line breaks.
    fn several(&self, text: &str, options: &[Choice]) -> (Said, Option<Repair>) {
        let is_id = |id: &str| options.iter().any(|option| option.id == id);
        if text.split_whitespace().all(is_id) {
            return (Said::Answer(text.split_whitespace().collect::<Vec<_>>().join(" "), String::new()), None);
        }
        if text.len() > LONGEST {
            return (Said::Unknown, None);
        }
        // A label may hold a separator itself: the longest piece that is one is taken.
        let ends = |text: &str| {
            text.match_indices([',', ';', '|', '\n']).map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>()
        };
        let (mut picked, mut rest, mut worst) = (Vec::new(), text, Repair::Label);
        let mut words = "";
        while !rest.trim().is_empty() {
            let found = ends(rest).into_iter().rev().find_map(|end| {
                let piece = rest[..end].trim();
                let by_id = is_id(piece).then(|| (piece.to_owned(), Likeness::Equal));
                Some((by_id.or_else(|| self.label(piece))?, end))
            });
            match found {
                Some(((id, likeness), end)) => {
                    worst = worst.max(of_label(likeness));
                    picked.push(id);
                    rest = rest.get(end + 1..).unwrap_or("");
                }
                // What is left are somebody's own words: they come last.
                None => match self.beside(rest.trim()) {
                    Some((id, own)) => {
                        picked.push(id);
                        words = own;
                        break;
                    }
                    None => return (Said::Unknown, None),
                },
            }
        }
        let ids: Vec<&str> =
            options.iter().map(|option| option.id.as_str()).filter(|id| picked.iter().any(|p| p == id)).collect();
        (Said::Answer(ids.join(" "), cell::guard(words)), Some(worst))
    }

    /// Whether a column of its own says that an option was picked.
    pub fn is_picked(&self, option: &str, text: &str) -> Option<bool> {
        let text = text.trim();
        if text == option || self.label(text).is_some_and(|(id, _)| id == option) {
            return Some(true);
        }
        // A sign that is no word tells nothing, but for a dash.
        if text.chars().all(|c| matches!(c, '-' | '–' | '—')) {
            return Some(false);
        }
        match bare(&normal(whole_number(text))).as_str() {
            "1" | "true" | "yes" | "y" | "co" | "x" | "checked" | "selected" => Some(true),
            "0" | "false" | "no" | "n" | "khong" | "na" | "unchecked" | "notselected" => Some(false),
            _ => None,
        }
    }
}

fn of_label(likeness: Likeness) -> Repair {
    match likeness {
        Likeness::WithoutMarks => Repair::LabelWithoutMarks,
        _ => Repair::Label,
    }
}

/// A whole number without the fraction of nothing that spreadsheets add: `4,0`.
fn whole_number(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, zeros))
            if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') && whole.parse::<i64>().is_ok() =>
        {
            whole
        }
        _ => text,
    }
}
