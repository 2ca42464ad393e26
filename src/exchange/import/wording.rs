//! When two texts say the same: names of columns, labels of answers.

use unicode_normalization::UnicodeNormalization as _;

use super::syllable::is_tone;

/// How alike two texts are.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Likeness {
    /// Letter by letter.
    Equal,
    /// But for capitals, spaces, punctuation at the ends, numbering, composition of letters (NFC, NFD)
    /// and the place of the tone (hoà, hòa).
    Normalised,
    /// But for marks on letters and all punctuation too.
    WithoutMarks,
}

/// A text in the forms it is compared in.
#[derive(Clone, Debug)]
struct Forms {
    exact: String,
    normal: String,
    bare: String,
}

impl Forms {
    fn of(text: &str) -> Forms {
        let exact: String = text.trim().nfc().collect();
        let normal = normal(&exact);
        let bare = bare(&normal);
        Forms { exact, normal, bare }
    }
}

/// One form for all ways of writing the same: lower case, one space between words, the tone of each
/// word at its end, no numbering before and no punctuation around.
pub(super) fn normal(text: &str) -> String {
    let lower: String = text.chars().filter(|c| !is_invisible(*c)).collect::<String>().to_lowercase();
    let words = lower.split_whitespace().map(|word| {
        let apart: String = word.nfd().collect();
        let letters: String = apart.chars().filter(|c| !is_tone(*c)).nfc().collect();
        let tones: String = apart.chars().filter(|c| is_tone(*c)).collect();
        let word = letters.trim_end_matches(|c: char| !c.is_alphanumeric());
        format!("{word}{tones}{}", &letters[word.len()..])
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let is_edge = |c: char| !(c.is_alphanumeric() || is_tone(c));
    without_number(text.trim_matches(is_edge)).trim_matches(is_edge).to_owned()
}

/// Characters that nobody sees and programs leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The text past a number that lists it: `1. `, `2.3) `, `câu 4: `. A text that is nothing else keeps it.
fn without_number(text: &str) -> &str {
    let past_word =
        ["câu", "question", "q"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start();
    let rest = past_word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &past_word[..past_word.len() - rest.len()];
    let is_listed = number.ends_with('.') || rest.starts_with([')', ':', '-', '/']);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    match number.starts_with(|c: char| c.is_ascii_digit()) && is_listed && rest.chars().any(char::is_alphabetic) {
        true => rest,
        false => text,
    }
}

/// Letters and digits without marks, of a text in its normal form.
pub(super) fn bare(normal: &str) -> String {
    let plain = normal.nfd().filter(|c| c.is_alphanumeric());
    plain.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Texts that stand for something: a question's words, an option's label.
#[derive(Clone, Debug)]
pub(super) struct Lexicon<T> {
    entries: Vec<(Forms, T)>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon { entries: Vec::new() }
    }
}

impl<T: PartialEq> Lexicon<T> {
    pub fn add(&mut self, text: &str, meaning: T) {
        let forms = Forms::of(text);
        if !forms.exact.is_empty() {
            self.entries.push((forms, meaning));
        }
    }

    /// What a text stands for, where it is one thing only.
    pub fn find(&self, text: &str) -> Option<(&T, Likeness)> {
        let forms = Forms::of(text);
        let by = |same: fn(&Forms, &Forms) -> bool, likeness| {
            let mut found = self.entries.iter().filter(|(known, _)| same(known, &forms)).map(|(_, meaning)| meaning);
            let first = found.next()?;
            Some(found.all(|other| other == first).then_some((first, likeness)))
        };
        // What two things share in one form, they share in the looser ones too.
        by(|a, b| a.exact == b.exact, Likeness::Equal)
            .or_else(|| by(|a, b| a.normal == b.normal && !a.normal.is_empty(), Likeness::Normalised))
            .or_else(|| by(|a, b| a.bare == b.bare && !a.bare.is_empty(), Likeness::WithoutMarks))
            .flatten()
    }

    /// The most similar text that `is_free`, how similar it is, and how similar the next one is that
    /// means something else: 1 is equal.
    pub fn nearest(&self, text: &str, is_free: impl Fn(&T) -> bool) -> Option<(&T, f64, f64)> {
        let wanted = Forms::of(text).bare;
        let mut best: Option<(&T, f64)> = None;
        let mut second: f64 = 0.0;
        for (forms, meaning) in self.entries.iter().filter(|(_, meaning)| is_free(meaning)) {
            // Texts of very different length are not alike, and comparing them takes long.
            let (short, long) = (forms.bare.len().min(wanted.len()), forms.bare.len().max(wanted.len()));
            if short * 2 < long || long > 600 {
                continue;
            }
            let likeness = strsim::normalized_levenshtein(&forms.bare, &wanted);
            match best {
                Some((known, most)) if known == meaning => best = Some((known, most.max(likeness))),
                Some((_, most)) if likeness <= most => second = second.max(likeness),
                before => {
                    second = before.map_or(second, |(_, most)| second.max(most));
                    best = Some((meaning, likeness));
                }
            }
        }
        best.map(|(meaning, likeness)| (meaning, likeness, second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_the_same() {
        let mut labels = Lexicon::default();
        labels.add("Rất hài lòng", 5);
        labels.add("Hoà giải", 6);
        for (text, likeness) in [
            ("Rất hài lòng", Likeness::Equal),
            ("Ra\u{302}\u{301}t ha\u{300}i lo\u{300}ng", Likeness::Equal),
            (" RẤT  HÀI\u{a0}LÒNG. ", Likeness::Normalised),
            ("5. Rất hài lòng", Likeness::Normalised),
            ("Câu 5: rất hài lòng", Likeness::Normalised),
            ("rat hai long", Likeness::WithoutMarks),
            ("Rât-hài-lòng", Likeness::WithoutMarks),
        ] {
            assert_eq!(labels.find(text), Some((&5, likeness)), "{text}");
        }
        assert_eq!(labels.find("hòa giải"), Some((&6, Likeness::Normalised)));
        assert_eq!(labels.find("hài lòng"), None);
    }

    #[test]
    fn what_two_things_share_tells_neither() {
        let mut labels = Lexicon::default();
        labels.add("Ban", 1);
        labels.add("Bàn", 2);
        labels.add("Bạn", 3);
        assert_eq!(labels.find("bàn"), Some((&2, Likeness::Normalised)));
        assert_eq!(labels.find("BÃN"), None);
        assert_eq!(labels.find("3 lần"), None);
        labels.add("3 lần", 4);
        assert_eq!(labels.find("3 lan"), Some((&4, Likeness::WithoutMarks)));
    }
}
