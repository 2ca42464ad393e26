//! Names of the form as the definition writes them, and kinds of rows.

use sipas_kit::response::ATTRIBUTES;

use super::writer::Texts;

/// Words of the definition language, which are no ids.
const WORDS: [&str; 10] = ["and", "or", "not", "in", "has", "answered", "na", "no_opinion", "no_answer", "overall"];

/// Two texts after one another, in each language that has either.
pub(super) fn joined(first: Texts, then: Texts) -> Texts {
    let mut all = first;
    for (code, text) in then {
        match all.iter_mut().find(|(known, _)| *known == code) {
            Some((_, known)) => *known = format!("{known} {text}"),
            None => all.push((code, text)),
        }
    }
    all
}

/// The kind of a row and the list it names: `select one from x` is `select_one` of `x`.
pub(super) fn kind_of(written: &str) -> (String, Option<String>) {
    let words: Vec<&str> = written.split_whitespace().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let first_two = lower.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("_");
    let (kind, used) = match first_two.as_str() {
        "begin_group" | "end_group" | "select_one" | "select_multiple" if lower[0] != first_two => (first_two, 2),
        _ => (lower.first().cloned().unwrap_or_default(), 1),
    };
    let kind = match kind.as_str() {
        "int" => "integer".to_owned(),
        "string" => "text".to_owned(),
        _ => kind,
    };
    let rest = words.get(used..).unwrap_or_default().join(" ");
    match kind.as_str() {
        "select_one" | "select_multiple" => (kind, Some(rest).filter(|rest| !rest.is_empty())),
        // Anything after a type that takes nothing would be lost.
        _ if rest.is_empty() => (kind, None),
        _ => (lower.join(" "), None),
    }
}

/// A name as the id of a question: small letters, digits and `_`. Empty where that is no id.
pub(super) fn column_id(name: &str) -> String {
    let id: String = name.to_lowercase().chars().map(|c| if c == '-' || c == '.' { '_' } else { c }).collect();
    let is_taken = WORDS.contains(&id.as_str()) || ATTRIBUTES.contains(&id.as_str());
    let id = if is_taken { format!("q_{id}") } else { id };
    let is_id = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.len() <= 32
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_id { id } else { String::new() }
}

/// A name as the id of an option.
pub(super) fn option_id(name: &str) -> String {
    let id: String = name.to_lowercase().chars().map(|c| if c == '.' { '_' } else { c }).collect();
    let id = if WORDS[..9].contains(&id.as_str()) { format!("o_{id}") } else { id };
    let is_id = id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id.len() <= 40
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
    if is_id { id } else { String::new() }
}

/// A name as the id of a scale.
pub(super) fn scale_id(name: &str) -> String {
    let id = option_id(name);
    if id.is_empty() { "scale".to_owned() } else { id }
}

/// A name as the id of a survey.
pub(super) fn survey_id(name: &str) -> String {
    let lower = name.to_lowercase();
    let id: String =
        lower.chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' }).collect();
    let id = id.trim_start_matches(|c: char| !c.is_ascii_lowercase()).chars().take(40).collect::<String>();
    let id = id.trim_end_matches('-').to_owned();
    if ["index", "targets", "units"].contains(&id.as_str()) { format!("{id}-survey") } else { id }
}
