//! When the office is open.

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};

use crate::response::{Moment, vietnam};

const MINUTES_A_DAY: u32 = 24 * 60;

/// Opening hours: from one minute of the day to another, on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Opens at: `07:00`.
    #[serde(with = "clock")]
    pub opens: u32,
    /// Closes at: `17:30`.
    #[serde(with = "clock")]
    pub closes: u32,
    /// Days of the week, 1 for Monday to 7 for Sunday.
    pub days: Vec<u32>,
}

/// The next time the office opens: day of the week (1 for Monday) and minute of the day.
pub type Opening = (u32, u32);

impl Hours {
    /// Whether these hours can be meant: they end after they begin, on one day at least.
    pub fn are_sound(&self) -> bool {
        let days = &self.days;
        self.opens < self.closes
            && self.closes <= MINUTES_A_DAY
            && !days.is_empty()
            && days.iter().all(|day| (1..=7).contains(day))
    }

    /// Whether the office is open, in Vietnam.
    pub fn is_open(&self, at: &Moment) -> bool {
        let local = at.with_timezone(&vietnam());
        let minute = local.hour() * 60 + local.minute();
        self.days.contains(&local.weekday().number_from_monday()) && (self.opens..self.closes).contains(&minute)
    }

    /// When it opens next; `None` where it never does.
    pub fn next(&self, at: &Moment) -> Option<Opening> {
        let local = at.with_timezone(&vietnam());
        let minute = local.hour() * 60 + local.minute();
        let today = local.weekday().num_days_from_monday();
        let is_ahead = |days: &u32| *days > 0 || minute < self.opens;
        let day = |days: u32| (today + days) % 7 + 1;
        (0..=7).filter(is_ahead).map(day).find(|day| self.days.contains(day)).map(|day| (day, self.opens))
    }
}

/// Reads `07:00` as a minute of the day; `24:00` is its end.
pub fn minute_of(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
        (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let at = hour * 60 + minute;
    (minute < 60 && at <= MINUTES_A_DAY).then_some(at)
}

/// A minute of the day as files and fields hold it: `07:00`.
pub(crate) fn clock_text(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

mod clock {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(minute: &u32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::clock_text(*minute))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::minute_of(&text).ok_or_else(|| D::Error::custom(format!("“{text}” ≠ 07:00")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        chrono::DateTime::parse_from_rfc3339(text).expect("a moment")
    }

    fn office() -> Hours {
        Hours { opens: 7 * 60, closes: 17 * 60 + 30, days: vec![1, 2, 3, 4, 5] }
    }

    #[test]
    fn open_from_the_first_minute_to_before_the_last() {
        // 2026-11-20 is a Friday.
        for (text, open) in [
            ("2026-11-20T06:59:59+07:00", false),
            ("2026-11-20T07:00:00+07:00", true),
            ("2026-11-20T17:29:59+07:00", true),
            ("2026-11-20T17:30:00+07:00", false),
            ("2026-11-21T10:00:00+07:00", false),
            ("2026-11-20T01:00:00Z", true),
        ] {
            assert_eq!(office().is_open(&at(text)), open, "{text}");
        }
    }

    #[test]
    fn the_next_opening_is_later_today_or_on_the_next_open_day() {
        assert_eq!(office().next(&at("2026-11-20T06:00:00+07:00")), Some((5, 420)));
        assert_eq!(office().next(&at("2026-11-20T18:00:00+07:00")), Some((1, 420)), "Friday evening: Monday");
        let sundays = Hours { days: vec![7], ..office() };
        assert_eq!(sundays.next(&at("2026-11-22T12:00:00+07:00")), Some((7, 420)), "in a week");
        assert_eq!(Hours { days: vec![], ..office() }.next(&at("2026-11-22T12:00:00+07:00")), None);
    }

    #[test]
    fn clock_texts_are_read_and_nothing_else_is() {
        for (text, minute) in [("07:00", 420), ("7:00", 420), ("23:59", 1439), ("24:00", 1440)] {
            assert_eq!(minute_of(text), Some(minute), "{text}");
        }
        for text in ["", "7", "7:5", "24:01", "12:60", "+7:00", "aa:bb", "007:00"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
    }
}
