//! What was answered, where and when; never by whom.

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::survey::{Attribute, Missing};

/// A moment as it is recorded: to the second, at +07:00 (Asia/Ho_Chi_Minh, no DST).
pub type Moment = DateTime<FixedOffset>;

/// The one offset moments are recorded at.
pub fn vietnam() -> FixedOffset {
    FixedOffset::east_opt(7 * 3600).expect("seven hours are a valid offset")
}

/// The moment as files hold it: without fractions of a second, so that a
/// response read back from a file equals the one on the device.
pub fn to_second(moment: &Moment) -> Moment {
    moment.with_timezone(&vietnam()).with_nanosecond(0).unwrap_or(*moment)
}

/// How a moment is written in files: `2026-11-21T08:30:00+07:00`.
pub fn write_moment(moment: &Moment) -> String {
    moment.with_timezone(&vietnam()).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Moments in stored records: the text that files hold. Read by a few lines
/// rather than by chrono's general parser, which the phone's page would pay for.
pub mod moment_text {
    use chrono::{FixedOffset, NaiveDate, TimeZone};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Moment;

    /// Writes a moment.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(moment: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(moment))
    }

    /// Reads a moment.
    ///
    /// # Errors
    /// Where the text is no moment.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        read(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not a moment"))
    }

    /// Writes `2026-11-21T08:30:00+07:00`.
    pub fn write(moment: &Moment) -> String {
        moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// Reads `2026-11-21T08:30:00+07:00`, or nothing.
    pub fn read(text: &str) -> Option<Moment> {
        let number = |from: usize, to: usize| -> Option<u32> {
            let digits = text.as_bytes().get(from..to)?;
            digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
        };
        let is = |at: usize, wanted: u8| text.as_bytes().get(at) == Some(&wanted);
        let shaped = is(4, b'-') && is(7, b'-') && is(10, b'T') && is(13, b':') && is(16, b':') && is(22, b':');
        let east = match text.as_bytes().get(19)? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        if !shaped || text.len() != 25 {
            return None;
        }
        let date = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)?;
        let time = date.and_hms_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?)?;
        let seconds = i32::try_from(number(20, 22)? * 3600 + number(23, 25)? * 60).ok()?;
        FixedOffset::east_opt(east * seconds)?.from_local_datetime(&time).single()
    }

    /// The same for a moment that may be missing.
    pub mod optional {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use super::super::Moment;

        /// Writes a moment or nothing.
        ///
        /// # Errors
        /// The serializer's.
        pub fn serialize<S: Serializer>(moment: &Option<Moment>, serializer: S) -> Result<S::Ok, S::Error> {
            moment.as_ref().map(super::write).serialize(serializer)
        }

        /// Reads a moment or nothing.
        ///
        /// # Errors
        /// Where the text is no moment.
        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Moment>, D::Error> {
            Ok(Option::<String>::deserialize(deserializer)?.as_deref().and_then(super::read))
        }
    }
}

/// The answer to one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The code of a level.
    Level(u8),
    /// No valid answer, and why.
    Missing(Missing),
    /// Options picked, in the order of the definition, and the words beside one.
    Picked {
        /// Option ids; exactly one for a single choice.
        options: Vec<String>,
        /// The words beside an option that asks for them.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        specified: Option<String>,
    },
    /// A whole number.
    Number(i64),
    /// Words.
    Text(String),
}

impl Answer {
    /// The one option with this id.
    pub fn option(id: impl Into<String>) -> Answer {
        Answer::Picked { options: vec![id.into()], specified: None }
    }

    /// The values a condition compares; `None` where there is no valid answer.
    pub fn values(&self) -> Option<Vec<String>> {
        match self {
            Answer::Missing(_) => None,
            Answer::Level(code) => Some(vec![code.to_string()]),
            Answer::Number(number) => Some(vec![number.to_string()]),
            Answer::Picked { options, .. } => (!options.is_empty()).then(|| options.clone()),
            Answer::Text(text) => (!text.is_empty()).then(|| vec![text.clone()]),
        }
    }
}

/// Answers by column id.
pub type Answers = LiteMap<String, Answer>;

impl crate::survey::condition::Answered for Answers {
    fn values(&self, column: &str) -> Option<Vec<String>> {
        self.get(column)?.values()
    }
}

/// Where a response comes from: set by the link or the kiosk, never asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attributes {
    /// Code of the commune or province, with its leading zeros.
    pub unit: Option<String>,
    /// Field of the procedure, for instance `dat-dai`.
    pub field: Option<String>,
    /// Counter.
    pub counter: Option<String>,
    /// Staff code, where the office wants it.
    pub officer: Option<String>,
    /// How it was collected: `phone`, `kiosk`, `paper`, …
    pub channel: Option<String>,
}

impl Attributes {
    /// The value of an attribute that a question may ask for.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        match attribute {
            Attribute::Field => self.field.as_deref(),
            Attribute::Counter => self.counter.as_deref(),
        }
    }

    /// Sets an attribute that a question has asked for.
    pub fn set(&mut self, attribute: Attribute, value: Option<String>) {
        match attribute {
            Attribute::Field => self.field = value,
            Attribute::Counter => self.counter = value,
        }
    }

    /// Collected on a device at a counter.
    pub fn is_kiosk(&self) -> bool {
        self.channel.as_deref() == Some("kiosk")
    }
}

/// The names of what a response carries beside its answers: the first columns of
/// its CSV file, in order. No question may take one of them.
pub const ATTRIBUTES: [&str; 13] = [
    "response_id",
    "survey",
    "edition",
    "unit",
    "field",
    "counter",
    "officer",
    "channel",
    "language",
    "started_at",
    "finished_at",
    "status",
    "origin",
];

/// How far a response got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Submitted by the respondent.
    Complete,
    /// Left before the end, and kept: what was not reached has no entry among the answers.
    Abandoned,
    /// Touched as no respondent touches (drumming, a stuck finger): kept, never counted.
    Flagged,
}

impl Status {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Status::Complete => "complete",
            Status::Abandoned => "abandoned",
            Status::Flagged => "flagged",
        }
    }

    /// The status with this code.
    pub fn of(code: &str) -> Option<Status> {
        [Status::Complete, Status::Abandoned, Status::Flagged].into_iter().find(|status| status.code() == code)
    }
}

/// Who made a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A person answered.
    Answered,
    /// `sipas sample` generated it: no figure made of it says anything about anyone.
    Generated,
}

impl Origin {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Answered => "answered",
            Origin::Generated => "generated",
        }
    }
}

/// One respondent's answers. Written once, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// A UUID (version 7 where the kit makes it).
    pub id: String,
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// Where it comes from.
    pub attributes: Attributes,
    /// Language it was submitted in.
    pub language: String,
    /// When the respondent began.
    #[serde(with = "moment_text")]
    pub started_at: Moment,
    /// When they submitted.
    #[serde(with = "moment_text")]
    pub finished_at: Moment,
    /// How far it got.
    pub status: Status,
    /// Who made it.
    pub origin: Origin,
    /// The answers. A column that was not asked has no entry; one that was
    /// asked and passed over has [`Missing::NoAnswer`].
    #[serde(with = "crate::object")]
    pub answers: Answers,
}

impl Response {
    /// The day it was submitted, in Vietnam.
    pub fn day(&self) -> NaiveDate {
        self.finished_at.with_timezone(&vietnam()).date_naive()
    }
}

/// The short code a respondent may note down: eight characters of the id's
/// random tail in Crockford's base 32, as `7K3F-92QX`.
pub fn receipt(id: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // The last ten hexadecimal digits are forty bits: all of them random in a version 7 UUID.
    let hex: Vec<u64> = id.chars().rev().filter_map(|c| c.to_digit(16)).take(10).map(u64::from).collect();
    let bits = hex.iter().rev().fold(0, |bits, digit| bits << 4 | digit);
    let mut code: String = (0..8).rev().map(|at| DIGITS[(bits >> (at * 5) & 31) as usize] as char).collect();
    code.insert(4, '-');
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipt_is_the_random_tail() {
        assert_eq!(receipt("0192f0c1-7a5b-7c3d-8e9f-000000000000"), "0000-0000");
        assert_eq!(receipt("0192f0c1-7a5b-7c3d-8e9f-00ffffffffff"), "ZZZZ-ZZZZ");
        assert_eq!(receipt("0192f0c1-7a5b-7c3d-8e9f-000000000021"), "0000-0011");
        assert_eq!(receipt("short"), "0000-0000");
    }

    #[test]
    fn stored_moments_read_back_and_nothing_else_does() {
        for text in ["2026-11-21T08:30:00+07:00", "2000-02-29T23:59:59-01:30", "1999-01-01T00:00:00+00:00"] {
            let expected = DateTime::parse_from_rfc3339(text).expect("valid");
            assert_eq!(moment_text::read(text), Some(expected), "{text}");
            assert_eq!(expected.to_rfc3339_opts(chrono::SecondsFormat::Secs, false), text);
        }
        for text in ["", "2026-11-21", "2026-13-21T08:30:00+07:00", "2026-11-21T08:30:00Z", "2026-11-21T08:30:00+07:0x"]
        {
            assert_eq!(moment_text::read(text), None, "{text}");
        }
    }

    #[test]
    fn moments_are_written_at_plus_seven() {
        let moment = DateTime::parse_from_rfc3339("2026-11-21T01:30:00.9Z").expect("valid");
        assert_eq!(write_moment(&moment), "2026-11-21T08:30:00+07:00");
    }
}
