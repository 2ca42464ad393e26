//! Days and times as people and spreadsheets write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use serde::{Deserialize, Serialize};

use super::wording::{bare, normal};
use crate::response::{Moment, to_second, vietnam};

/// What comes first where a day is written 3/4/2026.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The day, as in Vietnam.
    #[default]
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

/// How a moment was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    /// As the kit writes it: with an offset.
    Whole,
    /// Another way, with a time of day.
    Otherwise,
    /// A day only: noon stands in for the time.
    DayOnly,
    /// The number of days that a spreadsheet counts.
    Serial,
}

/// The order in which a column's days are written: the first that shows it decides; without one, the day is first.
pub(super) fn order_of<'t>(texts: impl Iterator<Item = &'t str>) -> DateOrder {
    let (mut day_first, mut month_first) = (0, 0);
    for text in texts {
        if let Some((first, second)) = ambiguous(text) {
            day_first += u32::from(first > 12);
            month_first += u32::from(second > 12);
        }
    }
    if month_first > day_first { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

/// The first two numbers of a day whose year is last.
fn ambiguous(text: &str) -> Option<(u32, u32)> {
    let (numbers, _) = day_numbers(text.trim())?;
    (numbers[0] < 1000).then_some((numbers[0], numbers[1]))
}

/// Three numbers with one separator between them at the beginning of a text, and what comes after.
fn day_numbers(text: &str) -> Option<([u32; 3], &str)> {
    let mut rest = text;
    let mut numbers = [0; 3];
    let mut between = None;
    for (at, number) in numbers.iter_mut().enumerate() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 || end > 4 {
            return None;
        }
        *number = rest[..end].parse().ok()?;
        rest = &rest[end..];
        if at < 2 {
            let separator = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
            if between.is_some_and(|known| known != separator) {
                return None;
            }
            between = Some(separator);
            rest = &rest[1..];
        }
    }
    Some((numbers, rest))
}

/// Reads a moment; without an offset it is in Vietnam.
pub(super) fn read(text: &str, order: DateOrder) -> Option<(Moment, Written)> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some((to_second(&moment), Written::Whole));
    }
    if let Some(moment) = serial(text) {
        return Some((here(moment)?, Written::Serial));
    }
    let (numbers, rest) = day_numbers(text)?;
    let date = match (numbers, order) {
        ([year, month, day], _) if year >= 1000 => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?,
        ([day, month, year], DateOrder::DayFirst) | ([month, day, year], DateOrder::MonthFirst) => {
            let year = if year < 100 { year + 2000 } else { year };
            NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?
        }
    };
    let rest = rest.trim_start_matches(['T', ' ', ',', '\u{a0}', '\u{202f}']).trim();
    if rest.is_empty() {
        return Some((here(date.and_hms_opt(12, 0, 0)?)?, Written::DayOnly));
    }
    let (time, rest) = time_of_day(rest)?;
    let moment = date.and_time(time);
    match rest {
        "" => Some((here(moment)?, Written::Otherwise)),
        rest => {
            let offset = offset(rest)?;
            let moment = offset.from_local_datetime(&moment).single()?;
            Some((to_second(&moment), Written::Otherwise))
        }
    }
}

fn here(moment: NaiveDateTime) -> Option<Moment> {
    vietnam().from_local_datetime(&moment).single()
}

/// The days from 1899-12-30 on that spreadsheets count, from 2000 to 2099.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !is_digits(whole) || !is_digits(part) || part.len() > 17 {
        return None;
    }
    let days: i64 = whole.parse().ok().filter(|days| (36_526..73_051).contains(days))?;
    let midnight = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)? + TimeDelta::days(days);
    if part.is_empty() {
        return Some(midnight + TimeDelta::hours(12));
    }
    let share: f64 = format!("0.{part}").parse().ok()?;
    // Below a day, so that it fits.
    #[allow(clippy::cast_possible_truncation)]
    Some(midnight + TimeDelta::seconds((share * 86_400.0).round() as i64))
}

/// A time of day in 24 or twice 12 hours, and what comes after.
fn time_of_day(text: &str) -> Option<(NaiveTime, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(text.len());
    let mut parts = text[..end].split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: u32 = parts.next().map_or(Some(0), |text| text.split('.').next()?.parse().ok())?;
    let rest = text[end..].trim_start();
    let word_end = rest.find(|c: char| !(c.is_alphabetic() || c == '.')).unwrap_or(rest.len());
    let half = bare(&normal(&rest[..word_end]));
    let (hour, rest) = match half.as_str() {
        "am" | "sa" | "sang" => (hour % 12, &rest[word_end..]),
        "pm" | "ch" | "chieu" | "toi" => (hour % 12 + 12, &rest[word_end..]),
        _ => (hour, rest),
    };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, rest.trim()))
}

/// `Z`, `+07:00`, `+0700`, `GMT+7`, `UTC`.
fn offset(text: &str) -> Option<chrono::FixedOffset> {
    let text = text.strip_prefix("GMT").or_else(|| text.strip_prefix("UTC")).unwrap_or(text);
    if text.is_empty() || text == "Z" {
        return chrono::FixedOffset::east_opt(0);
    }
    let east = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    chrono::FixedOffset::east_opt(east * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::write_moment;

    #[test]
    fn moments_as_they_are_written() {
        for (text, expected, written) in [
            ("2026-10-25T08:54:45+07:00", "2026-10-25T08:54:45+07:00", Written::Whole),
            ("2026-10-25T01:54:45.123Z", "2026-10-25T08:54:45+07:00", Written::Whole),
            ("2026-10-25 08:54:45", "2026-10-25T08:54:45+07:00", Written::Otherwise),
            ("2026-10-25T08:54:45", "2026-10-25T08:54:45+07:00", Written::Otherwise),
            ("25/10/2026 8:54", "2026-10-25T08:54:00+07:00", Written::Otherwise),
            ("5/6/26 20:54:45", "2026-06-05T20:54:45+07:00", Written::Otherwise),
            ("25-10-2026 8:54:45 CH", "2026-10-25T20:54:45+07:00", Written::Otherwise),
            ("25.10.2026, 12:05:00 SA", "2026-10-25T00:05:00+07:00", Written::Otherwise),
            ("2026/10/25 8:54:45 PM GMT+7", "2026-10-25T20:54:45+07:00", Written::Otherwise),
            ("2026/10/25 1:54:45 AM GMT+0", "2026-10-25T08:54:45+07:00", Written::Otherwise),
            ("25/10/2026", "2026-10-25T12:00:00+07:00", Written::DayOnly),
            ("46320,371354166667", "2026-10-25T08:54:45+07:00", Written::Serial),
            ("46320.371354166667", "2026-10-25T08:54:45+07:00", Written::Serial),
        ] {
            let read = read(text, DateOrder::DayFirst).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((write_moment(&read.0).as_str(), read.1), (expected, written), "{text}");
        }
        for text in ["", "hôm qua", "25/13/2026", "31/2/2026", "2647", "5", "25/10-2026", "25/10/2026 25:00", "1/2/3/4"]
        {
            assert_eq!(read(text, DateOrder::DayFirst), None, "{text}");
        }
        let american = read("10/25/2026 8:54:45", DateOrder::MonthFirst).expect("a moment");
        assert_eq!(write_moment(&american.0), "2026-10-25T08:54:45+07:00");
    }

    #[test]
    fn the_order_shows_where_a_number_is_no_month() {
        let order = |texts: &[&str]| order_of(texts.iter().copied());
        assert_eq!(order(&["3/4/2026", "5/6/2026"]), DateOrder::DayFirst);
        assert_eq!(order(&["3/4/2026", "5/16/2026"]), DateOrder::MonthFirst);
        assert_eq!(order(&["2026-10-25", "13/6/2026"]), DateOrder::DayFirst);
    }
}
