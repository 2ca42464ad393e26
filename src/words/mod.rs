//! The interface's own texts in each shipped language. A survey's texts are in
//! its definition; these are the buttons and messages around it.
//!
//! Each table is an enum, so that a missing translation does not compile. The
//! respondent's and the office's stay apart: a phone does not load the office's.

pub mod export;
pub mod kiosk;
pub mod office;
pub mod report;
pub mod respondent;
pub mod sheet;
pub mod unit;

/// Declares an enum of texts with one string a language.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $vi:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $($key,)* }

        impl $name {
            /// Every text.
            pub const ALL: &'static [$name] = &[$($name::$key,)*];

            /// The text in a language; Vietnamese where the language has no table.
            pub fn say(self, language: &str) -> &'static str {
                match (self, language) {
                    $(($name::$key, "en") => $en, ($name::$key, _) => $vi,)*
                }
            }
        }
    };
}
pub(crate) use words;

/// Puts values into the `{}` places of a text, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    // By one character at a time: looking for two brings a search algorithm into the phone's page.
    let mut parts = text.split('{');
    out.push_str(parts.next().unwrap_or(""));
    let mut values = values.iter();
    for part in parts {
        match part.strip_prefix('}') {
            Some(rest) => {
                out.push_str(values.next().copied().unwrap_or(""));
                out.push_str(rest);
            }
            None => {
                out.push('{');
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{export, fill, kiosk, office, report, respondent, sheet, unit};

    #[test]
    fn values_fill_the_places() {
        assert_eq!(fill("Câu {} / {}", &["3", "45"]), "Câu 3 / 45");
        assert_eq!(fill("none", &["3"]), "none");
        assert_eq!(fill("{} {x} {}{}{", &["a", "b"]), "a {x} b{");
    }

    /// Both languages say something, and have the same places to fill.
    #[test]
    fn every_text_exists_in_both_languages() {
        let texts = |vi: &'static str, en: &'static str, name: String| {
            assert!(!vi.is_empty() && !en.is_empty(), "{name}");
            assert_eq!(vi.matches("{}").count(), en.matches("{}").count(), "{name}");
            assert_ne!(vi, en, "{name}");
        };
        for word in respondent::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in kiosk::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in office::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in export::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in report::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in sheet::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
        for word in unit::Word::ALL {
            texts(word.say("vi"), word.say("en"), format!("{word:?}"));
        }
    }
}
