//! The interface's own texts in each shipped language. A survey's texts are in
//! its definition; these are the buttons and messages around it.
//!
//! Each table is an enum, so that a missing translation does not compile. The
//! respondent's and the office's stay apart: a phone does not load the office's.
//! [`further`] languages come from files.

pub mod analysis;
pub mod export;
pub mod further;
pub mod kiosk;
pub mod office;
pub mod report;
pub mod respondent;
pub mod sheet;
pub mod unit;

/// Declares an enum of texts with one string a language. With `(loaded)` after its name a page has the English ones
/// only where it brings them in.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident $(($loaded:ident))? { $($key:ident: $vi:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $($key,)* }

        /// Whether a page has to bring in English.
        const IS_LOADED: bool = false $(|| { let _ = stringify!($loaded); true })?;

        static VIETNAMESE: &[&str] = &[$($vi,)*];
        static ENGLISH: &[&str] = &[$($en,)*];
        thread_local! {
            static BROUGHT: std::cell::Cell<Option<&'static [&'static str]>> = const { std::cell::Cell::new(None) };
        }

        impl $name {
            /// Every text.
            pub const ALL: &'static [$name] = &[$($name::$key,)*];

            /// What files call the texts, in this order.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($key),)*];

            /// Tells these keys from those of another version.
            pub const FINGERPRINT: u32 = $crate::words::further::fingerprint($name::KEYS);

            /// Brings the English texts into a page, as part of its program. One that does not call this loads them
            /// like those of any further language: a phone that shows Vietnamese need not have them.
            pub fn bring_english() {
                BROUGHT.set(Some(ENGLISH));
            }

            /// The text in a language; Vietnamese where the language does not have it.
            pub fn say(self, language: &str) -> &'static str {
                let at = self as usize;
                let english = if IS_LOADED && cfg!(target_arch = "wasm32") { BROUGHT.get() } else { Some(ENGLISH) };
                match (language, english) {
                    ("vi", _) => VIETNAMESE[at],
                    ("en", Some(english)) => english[at],
                    _ => $crate::words::further::find(language, $name::FINGERPRINT, at).unwrap_or(VIETNAMESE[at]),
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
    use super::{analysis, export, fill, further, kiosk, office, report, respondent, sheet, unit};
    use crate::json::Json;

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
        for word in analysis::Word::ALL {
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

    /// What a file lacks is shown in Vietnamese, and a file of another version is not mistaken for one of this.
    #[test]
    fn a_further_language_is_learnt_from_a_file() {
        use respondent::Word;
        assert_eq!(Word::Next.say("tyz"), "Tiếp tục");
        let at = Word::ALL.iter().position(|word| *word == Word::Next).expect("a text");
        let texts = |text: &str| [&"null,".repeat(at), text].concat();
        let file = |of: u32, text: &str| {
            let file = format!(r#"{{"of": {of}, "name": "Tày", "texts": [{}]}}"#, texts(text));
            further::learn("tyz", &Json::parse(&file).expect("JSON")).expect("a file of texts");
        };
        file(Word::FINGERPRINT ^ 1, "\"of another version\"");
        assert_eq!(Word::Next.say("tyz"), "Tiếp tục");
        file(Word::FINGERPRINT, "\"(Next)\"");
        assert_eq!(Word::Next.say("tyz"), "(Next)");
        assert_eq!(Word::Back.say("tyz"), "Quay lại");
        assert_eq!(further::name("tyz"), Some("Tày"));
        assert!(!further::is_right_to_left("tyz"));
        assert_eq!(further::learn("xx", &Json::Null), None);
        assert_ne!(further::fingerprint(&["ab", "c"]), further::fingerprint(&["a", "bc"]));
    }
}
