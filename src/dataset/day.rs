//! Days as a column holds them.

use chrono::NaiveDate;

/// The day that is written as `2026-11-21`, and in no other way.
pub(crate) fn date_of(text: &str) -> Option<NaiveDate> {
    let text: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |digits: &[u8]| {
        let digit = |number: u16, byte: &u8| byte.is_ascii_digit().then(|| number * 10 + u16::from(byte - b'0'));
        digits.iter().try_fold(0, digit)
    };
    let [year @ .., b'-', m, n, b'-', d, e] = text else { return None };
    NaiveDate::from_ymd_opt(number(year)?.into(), number(&[*m, *n])?.into(), number(&[*d, *e])?.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Every day is read as it was written, and what is read is written so.
        #[test]
        fn days_are_read_as_they_are_written(number in -1_000_000..4_000_000i32, text in "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9+ -]{10}") {
            let day = NaiveDate::from_num_days_from_ce_opt(number).expect("a day");
            let written = day.to_string();
            prop_assert_eq!(date_of(&written), Some(day).filter(|_| written.len() == 10));
            if let Some(day) = date_of(&text) {
                prop_assert_eq!(day.to_string(), text);
            }
        }
    }
}
