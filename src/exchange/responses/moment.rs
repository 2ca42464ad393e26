//! Moments as the kit writes them, read without asking a calendar twice for a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use foldhash::fast::FixedState;

use crate::dataset::{Dataset, date_of};

/// Seconds.
const DAY: i64 = 24 * 60 * 60;

/// Seconds from 1970 to the beginning of a day in Vietnam, and its code; `None`: it is no day.
pub(super) type Day = Option<(i64, u32)>;
/// Days, as they are met.
pub(super) type Days = HashMap<[u8; 10], Day, FixedState>;

/// Reads `2026-11-21T08:30:00+07:00`, and nothing else: seconds from 1970, and the code of the day.
pub(super) fn moment(
    cell: &[u8],
    days: &mut Days,
    last: &mut Option<([u8; 10], Day)>,
    dataset: &mut Dataset,
) -> Option<(i64, u32)> {
    let cell: &[u8; 25] = cell.try_into().ok()?;
    let is_shaped = cell[10] == b'T' && cell[13] == b':' && cell[16] == b':' && cell[19..] == *b"+07:00";
    let two = |at: usize| -> Option<i64> {
        let (tens, ones) = (cell[at].wrapping_sub(b'0'), cell[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if !is_shaped || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day: [u8; 10] = cell[..10].try_into().ok()?;
    let known = match last {
        Some((known, found)) if *known == day => *found,
        _ => {
            let found = *days.entry(day).or_insert_with(|| new_day(&day, dataset));
            *last = Some((day, found));
            found
        }
    };
    let (midnight, code) = known?;
    Some((midnight + hour * 3600 + minute * 60 + second, code))
}

/// A day that was not met before.
#[cold]
#[inline(never)]
fn new_day(day: &[u8; 10], dataset: &mut Dataset) -> Day {
    let text = std::str::from_utf8(day).ok()?;
    let date = date_of(text)?;
    let since = date.signed_duration_since(NaiveDate::from_ymd_opt(1970, 1, 1)?).num_days();
    Some((since * DAY - 7 * 60 * 60, dataset.day_code(text)))
}
