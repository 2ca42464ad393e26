//! What citizens read around the questions, in languages that come from files.
//!
//! Vietnamese and English are part of the program, but for the English of the respondent's page: a phone loads it
//! where it is wanted. A further language is a file of the site, `surveys/words/CODE.json`, which `sipas compile`
//! makes of `survey-definitions/words/CODE.toml`; what it lacks is shown in Vietnamese. A file holds its texts in the order of one table: [`fingerprint`] tells whether it is the
//! one this program has.

use std::cell::RefCell;

use crate::json::{FromJson, Json};

thread_local! {
    static KNOWN: RefCell<Vec<Language>> = const { RefCell::new(Vec::new()) };
}

/// A language that was learnt.
struct Language {
    code: String,
    name: &'static str,
    is_right_to_left: bool,
    /// Each with the fingerprint of its keys.
    tables: Vec<(u32, Vec<Option<&'static str>>)>,
}

/// Tells one list of keys from another (FNV-1a).
pub const fn fingerprint(keys: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut key = 0;
    while key < keys.len() {
        let bytes = keys[key].as_bytes();
        let mut at = 0;
        // A byte that no key has ends each of them.
        while at <= bytes.len() {
            let byte = if at < bytes.len() { bytes[at] } else { 0 };
            hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        key += 1;
    }
    hash
}

/// Learns the texts of a file. They stay for as long as the page, as the program's own do. `None` where it is no
/// such file.
pub fn learn(code: &str, file: &Json) -> Option<()> {
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let of: u32 = file.read("of")?;
    let name: String = file.read("name")?;
    let texts: Vec<Option<String>> = file.read("texts")?;
    let texts = texts.into_iter().map(|text| text.map(leak)).collect();
    KNOWN.with_borrow_mut(|known| {
        let at = known.iter().position(|language| language.code == code).unwrap_or_else(|| {
            let is_right_to_left = bool::from_json(file.get("right_to_left")) == Some(true);
            known.push(Language { code: code.to_owned(), name: leak(name), is_right_to_left, tables: Vec::new() });
            known.len() - 1
        });
        known[at].tables.push((of, texts));
    });
    Some(())
}

/// Whether a table was learnt in a language.
pub fn knows(code: &str, of: u32) -> bool {
    within(code, |language| language.tables.iter().find(|table| table.0 == of).map(|_| ())).is_some()
}

/// A text of a table in a language; `None` where the language does not have it.
pub fn find(code: &str, of: u32, at: usize) -> Option<&'static str> {
    within(code, |language| language.tables.iter().find(|table| table.0 == of)?.1.get(at).copied().flatten())
}

/// Whether a table lacks texts in a language.
pub fn is_partial(code: &str, of: u32) -> bool {
    let is_whole = |language: &Language| {
        let table = language.tables.iter().find(|table| table.0 == of)?;
        table.1.iter().all(Option::is_some).then_some(())
    };
    code != "vi" && within(code, is_whole).is_none()
}

/// What a language calls itself.
pub fn name(code: &str) -> Option<&'static str> {
    within(code, |language| Some(language.name))
}

/// Whether a language is written from right to left.
pub fn is_right_to_left(code: &str) -> bool {
    within(code, |language| language.is_right_to_left.then_some(())).is_some()
}

fn within<T>(code: &str, ask: impl Fn(&Language) -> Option<T>) -> Option<T> {
    KNOWN.with_borrow(|known| ask(known.iter().find(|language| language.code == code)?))
}
