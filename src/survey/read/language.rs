//! Reading a further language: `words/CODE.toml`, the interface's texts that citizens see, in TOML.

use super::Reading;
use super::toml_tree::{Problems, Table, with_root};
use crate::survey::problem::Fault;
use crate::words::{kiosk, respondent};

/// A further language of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// What it calls itself.
    pub name: String,
    /// It is written from right to left.
    pub is_right_to_left: bool,
    /// The texts of the respondent's page, in the order of its table.
    pub respondent: Vec<Option<String>>,
    /// The same of the kiosk, the staff's texts among them.
    pub kiosk: Vec<Option<String>>,
}

/// Reads the file of texts of the language with this code, which is the file's name. What it lacks is no problem:
/// Vietnamese stands in.
pub fn read_language(source: &str, code: &str) -> Reading<Language> {
    let (value, problems) = with_root(source, |root, problems| {
        let is_code = matches!(code.len(), 2..=3) && code.bytes().all(|b| b.is_ascii_lowercase());
        if !is_code || ["vi", "en"].contains(&code) {
            problems.add(0..0, Fault::NoLanguage { code: code.to_owned() });
        }
        let name = root.string(problems, "name");
        let name = root.require(problems, "name", name).map_or_else(String::new, |at| at.value);
        let is_right_to_left = root.switch(problems, "right_to_left");
        let places = |say: &dyn Fn(usize) -> &'static str, count: usize| (0..count).map(|at| places(say(at))).collect();
        let say = |at: usize| respondent::Word::ALL[at].say("vi");
        let wanted: Vec<usize> = places(&say, respondent::Word::ALL.len());
        let respondent = texts(root, problems, "respondent", respondent::Word::KEYS, &wanted);
        let say = |at: usize| kiosk::Word::ALL[at].say("vi");
        let wanted: Vec<usize> = places(&say, kiosk::Word::ALL.len());
        let kiosk = texts(root, problems, "kiosk", kiosk::Word::KEYS, &wanted);
        root.finish(problems);
        Language { name, is_right_to_left, respondent, kiosk }
    });
    Reading { value, problems }
}

/// How many values a text has room for.
fn places(text: &str) -> usize {
    text.matches("{}").count()
}

fn texts(
    root: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    table: &'static str,
    keys: &'static [&'static str],
    places_wanted: &[usize],
) -> Vec<Option<String>> {
    let Some(table) = root.table(problems, table) else { return vec![None; keys.len()] };
    let texts = keys.iter().zip(places_wanted).map(|(key, wanted)| {
        let text = table.string(problems, key).filter(|text| !text.value.trim().is_empty())?;
        if places(&text.value) != *wanted {
            problems.add(text.span, Fault::WrongPlaces { key, wanted: *wanted });
            return None;
        }
        Some(text.value)
    });
    let texts = texts.collect();
    table.finish(problems);
    texts
}
