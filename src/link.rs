//! The address a respondent comes with:
//! `#/s/SURVEY?unit=02647&field=dat-dai&counter=3&officer=A12&channel=kiosk&lang=en`.
//!
//! A link is read leniently: what cannot be used is reported and left out, and
//! the survey still opens.

use crate::response::Attributes;

/// Where the address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of surveys.
    Home,
    /// A survey.
    Survey(SurveyLink),
    /// The definition that is being tried out on this device: `#/try`.
    Trial,
    /// Nothing known.
    Unknown(String),
}

/// A link to a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyLink {
    /// Id of the survey.
    pub survey: String,
    /// What the response will carry.
    pub attributes: Attributes,
    /// Language to begin in.
    pub language: Option<String>,
    /// Parts of the link that could not be used: key and value as given.
    pub ignored: Vec<(String, String)>,
}

impl Route {
    /// Reads the part of the address from `#` on.
    pub fn parse(hash: &str) -> Route {
        let path = hash.trim_start_matches('#');
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match path.trim_matches('/').split('/').collect::<Vec<_>>()[..] {
            [""] => Route::Home,
            ["s", survey] if is_plain(survey) => Route::Survey(SurveyLink::with_query(survey, query)),
            // What follows only tells one version of the definition from the next.
            ["try"] | ["try", _] => Route::Trial,
            _ => Route::Unknown(path.to_owned()),
        }
    }

    /// Writes the address, from `#` on.
    pub fn print(&self) -> String {
        match self {
            Route::Home => "#/".to_owned(),
            Route::Trial => "#/try".to_owned(),
            Route::Unknown(path) => format!("#{path}"),
            Route::Survey(link) => {
                let a = &link.attributes;
                let pairs = [
                    ("unit", &a.unit),
                    ("field", &a.field),
                    ("counter", &a.counter),
                    ("officer", &a.officer),
                    ("channel", &a.channel),
                    ("lang", &link.language),
                ];
                let query: Vec<String> =
                    pairs.iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?))).collect();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("#/s/{}{mark}{}", link.survey, query.join("&"))
            }
        }
    }
}

impl SurveyLink {
    fn with_query(survey: &str, query: &str) -> SurveyLink {
        let mut link = SurveyLink { survey: survey.to_owned(), ..SurveyLink::default() };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = match key {
                "unit" => &mut link.attributes.unit,
                "field" => &mut link.attributes.field,
                "counter" => &mut link.attributes.counter,
                "officer" => &mut link.attributes.officer,
                "channel" => &mut link.attributes.channel,
                "lang" => &mut link.language,
                // Added by the apps that links are sent with; nobody need hear of it.
                "fbclid" | "gclid" | "zarsrc" => continue,
                key if key.starts_with("utm_") => continue,
                _ => {
                    link.ignored.push((key.to_owned(), value.to_owned()));
                    continue;
                }
            };
            if is_plain(value) && slot.is_none() {
                *slot = Some(value.to_owned());
            } else {
                link.ignored.push((key.to_owned(), value.to_owned()));
            }
        }
        link
    }
}

/// Values that need no escaping anywhere: letters, digits, `-`, `_` and `.`,
/// at most 40 of them, and not only dots.
pub(crate) fn is_plain(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_alphanumeric())
        && value.len() <= 40
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// A web address that needs no escaping anywhere.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.len() <= 200
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_link_is_read() {
        let hash = "#/s/sipas-2022?unit=02647&field=dat-dai&counter=3&officer=A12&channel=kiosk&lang=en";
        let Route::Survey(link) = Route::parse(hash) else { panic!("a survey") };
        assert_eq!(link.survey, "sipas-2022");
        assert_eq!(link.attributes.unit.as_deref(), Some("02647"));
        assert_eq!(link.attributes.field.as_deref(), Some("dat-dai"));
        assert_eq!(link.language.as_deref(), Some("en"));
        assert!(link.ignored.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let Route::Survey(link) =
            Route::parse("#/s/a?unit=%3Cb%3E&colour=red&counter=1&counter=2&field=..&utm_source=zalo")
        else {
            panic!("a survey")
        };
        assert_eq!(link.attributes.unit, None);
        assert_eq!(link.attributes.counter.as_deref(), Some("1"));
        let ignored: Vec<&str> = link.ignored.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(ignored, ["unit", "colour", "counter", "field"]);
    }

    #[test]
    fn other_addresses() {
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("#/"), Route::Home);
        assert_eq!(Route::parse("#/x/y"), Route::Unknown("/x/y".to_owned()));
        assert_eq!(Route::parse("#/s/"), Route::Unknown("/s/".to_owned()));
    }

    proptest! {
        #[test]
        fn printing_and_parsing_round_trip(
            survey in "[a-z][a-z0-9-]{0,20}",
            unit in proptest::option::of("[0-9]{2,5}"),
            counter in proptest::option::of("[A-Za-z0-9][A-Za-z0-9._-]{0,9}"),
            language in proptest::option::of("[a-z]{2}"),
        ) {
            let attributes = Attributes { unit, counter, ..Attributes::default() };
            let route = Route::Survey(SurveyLink { survey, attributes, language, ignored: Vec::new() });
            prop_assert_eq!(Route::parse(&route.print()), route);
        }

        #[test]
        fn any_address_is_read_without_panic(hash in ".{0,200}") {
            let _ = Route::parse(&hash);
        }
    }
}
