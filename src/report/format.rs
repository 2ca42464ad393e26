//! How numbers and days are written in each language.

use chrono::NaiveDate;

/// Hundredths with a decimal point: 8744 is `87.44`.
pub fn decimal(hundredths: impl Into<u128>) -> String {
    let hundredths: u128 = hundredths.into();
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Hundredths of a percent as a language writes them: `87,44%` or `87.44%`.
pub fn percent_in(language: &str, hundredths: u32) -> String {
    match language {
        "vi" => format!("{}%", decimal(hundredths).replace('.', ",")),
        _ => format!("{}%", decimal(hundredths)),
    }
}

/// Hundredths of a mean as a language writes them: `4,37` or `4.37`.
pub fn mean_in(language: &str, hundredths: u128) -> String {
    match language {
        "vi" => decimal(hundredths).replace('.', ","),
        _ => decimal(hundredths),
    }
}

/// A threshold as a language writes it, without decimals where it has none: `90%`.
pub fn threshold_in(language: &str, hundredths: u32) -> String {
    match (hundredths % 100, language) {
        (0, _) => format!("{}%", hundredths / 100),
        _ => percent_in(language, hundredths),
    }
}

/// A count as a language writes it: `12.345` or `12,345`.
pub fn count_in(language: &str, count: u64) -> String {
    let digits = count.to_string();
    let separator = if language == "vi" { '.' } else { ',' };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A day as a language writes it: `21/11/2026`, or `2026-11-21`.
pub fn day_in(language: &str, day: NaiveDate) -> String {
    let format = if language == "vi" { "%d/%m/%Y" } else { "%Y-%m-%d" };
    day.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_does() {
        assert_eq!(percent_in("vi", 8744), "87,44%");
        assert_eq!(percent_in("en", 8704), "87.04%");
        assert_eq!(threshold_in("vi", 9000), "90%");
        assert_eq!(threshold_in("en", 8550), "85.50%");
        assert_eq!(count_in("vi", 1_234_567), "1.234.567");
        assert_eq!(count_in("en", 999), "999");
        assert_eq!(mean_in("vi", 437), "4,37");
    }
}
