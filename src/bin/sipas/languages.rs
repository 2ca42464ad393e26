//! Languages of the interface beside Vietnamese and English: how far each has come, what pages load of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use sipas_kit::survey::read::Language;
use sipas_kit::words::{kiosk, respondent};
use toml_writer::ToTomlValue as _;

use crate::commands::{print, write_json};
use crate::library::Library;

/// Writes the interface's texts in further languages: `words/CODE.json`, and `words/CODE.kiosk.json` for devices at a
/// counter, each in the order of the program's own table.
pub fn write(out: &Path, further: &BTreeMap<String, Language>) -> Result<()> {
    // English is part of the other pages.
    let english: Vec<&str> = respondent::Word::ALL.iter().map(|word| word.say("en")).collect();
    let words = serde_json::json!({ "of": respondent::Word::FINGERPRINT, "name": "English", "texts": english });
    write_json(&out.join("words/en.json"), &words)?;
    for (code, language) in further {
        let tables = [
            (format!("{code}.json"), respondent::Word::FINGERPRINT, &language.respondent),
            (format!("{code}.kiosk.json"), kiosk::Word::FINGERPRINT, &language.kiosk),
        ];
        for (file, of, texts) in tables {
            let words = serde_json::json!({
                "of": of, "name": language.name, "right_to_left": language.is_right_to_left, "texts": texts
            });
            write_json(&out.join("words").join(file), &words)?;
        }
    }
    Ok(())
}

/// Says how far each language has come, or prints a file to translate into another one.
pub fn report(definitions: &Path, template: Option<&str>, language: &str) -> Result<ExitCode> {
    let library = Library::read(&[definitions.to_owned()], language)?;
    if let Some(code) = template {
        return print(&words_to_translate(code, library.further.get(code)));
    }
    let mut codes: Vec<&str> = library.further.keys().map(String::as_str).collect();
    codes.extend(library.definitions.iter().flat_map(|known| known.survey.languages.iter().map(String::as_str)));
    codes.sort_unstable();
    codes.dedup();
    let mut out = String::new();
    for code in codes {
        let further = library.further.get(code);
        let count = |texts: Option<&[Option<String>]>, all: usize| match texts {
            Some(texts) => texts.iter().flatten().count(),
            None if ["vi", "en"].contains(&code) => all,
            None => 0,
        };
        let all = respondent::Word::ALL.len();
        let there = count(further.map(|further| &further.respondent[..]), all);
        let _ = writeln!(out, "{code}\twords/respondent\t{there}/{all}");
        let all = kiosk::Word::ALL.len();
        let there = count(further.map(|further| &further.kiosk[..]), all);
        let _ = writeln!(out, "{code}\twords/kiosk\t{there}/{all}");
        for survey in library.definitions.iter().map(|known| &known.survey) {
            let texts = survey.texts();
            let there = texts.iter().filter(|text| text.0.contains_key(code)).count();
            if survey.languages.iter().any(|known| known == code) {
                let _ = writeln!(out, "{code}\t{}\t{there}/{}", survey.id, texts.len());
            }
        }
    }
    print(&out)
}

/// A file of texts as far as it has come: what is left to translate is a comment.
fn words_to_translate(code: &str, there: Option<&Language>) -> String {
    let mut out =
        format!("# {code}.toml: words/ · vi | en\nname = {}\n", there.map_or("", |there| &there.name).to_toml_value());
    if there.is_some_and(|there| there.is_right_to_left) {
        out.push_str("right_to_left = true\n");
    }
    let mut table =
        |name: &str, keys: &[&str], say: &dyn Fn(usize, &str) -> &'static str, texts: Option<&[Option<String>]>| {
            let _ = writeln!(out, "\n[{name}]");
            for (at, key) in keys.iter().enumerate() {
                let _ = writeln!(out, "# {} | {}", say(at, "vi"), say(at, "en"));
                let _ = match texts.and_then(|texts| texts[at].as_ref()) {
                    Some(text) => writeln!(out, "{key} = {}", text.to_toml_value()),
                    None => writeln!(out, "# {key} = \"\""),
                };
            }
        };
    let say = |at: usize, code: &str| respondent::Word::ALL[at].say(code);
    table("respondent", respondent::Word::KEYS, &say, there.map(|there| &there.respondent[..]));
    let say = |at: usize, code: &str| kiosk::Word::ALL[at].say(code);
    table("kiosk", kiosk::Word::KEYS, &say, there.map(|there| &there.kiosk[..]));
    out
}
