//! Writing a definition as a person would: one table after the other, texts by language.

use std::fmt::Write as _;

use toml_writer::ToTomlValue as _;

/// A text by language code, in the order of the languages.
pub type Texts = Vec<(String, String)>;

/// The text of a definition, as it grows.
#[derive(Default)]
pub struct Writer {
    pub text: String,
}

pub fn quoted(text: &str) -> String {
    text.to_toml_value()
}

pub fn inline(texts: &Texts) -> String {
    let texts: Vec<String> = texts.iter().map(|(code, text)| format!("{code} = {}", quoted(text))).collect();
    format!("{{ {} }}", texts.join(", "))
}

impl Writer {
    pub fn comment(&mut self, words: &str) {
        let _ = writeln!(self.text, "# {words}");
    }

    pub fn table(&mut self, name: &str) {
        let _ = writeln!(self.text, "\n[[{name}]]");
    }

    pub fn string(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {}", quoted(value));
    }

    pub fn raw(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.text, "{key} = {value}");
    }

    pub fn texts(&mut self, key: &str, texts: &Texts) {
        if !texts.is_empty() {
            let _ = writeln!(self.text, "{key} = {}", inline(texts));
        }
    }

    /// A list of inline tables, one a line.
    pub fn list(&mut self, key: &str, entries: impl IntoIterator<Item = String>) {
        let _ = writeln!(self.text, "{key} = [");
        for entry in entries {
            let _ = writeln!(self.text, "  {{ {entry} }},");
        }
        let _ = writeln!(self.text, "]");
    }
}
