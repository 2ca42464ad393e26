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

/// A number with so many decimals as a language writes it, with a minus sign where it is below zero: `−1,20`.
pub fn decimal_in(language: &str, value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let is_nothing = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_nothing { "−" } else { "" };
    let digits = if language == "vi" { digits.replace('.', ",") } else { digits };
    format!("{sign}{digits}")
}

/// The same with a plus sign where it is above zero: `+1,20`.
pub fn signed_in(language: &str, value: f64, decimals: usize) -> String {
    let text = decimal_in(language, value, decimals);
    let is_more = value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if is_more { format!("+{text}") } else { text }
}

/// The ends of an interval as a language writes them, of shares in percent: `86,67% – 92,57%`.
pub fn interval_in(language: &str, (low, high): (f64, f64), is_percentage: bool) -> String {
    let end = |value: f64| match is_percentage {
        true => format!("{}%", decimal_in(language, value * 100.0, 2)),
        false => decimal_in(language, value, 2),
    };
    format!("{} – {}", end(low), end(high))
}

/// The name of a month, quarter, half or year (`2026-Q1`) as a language says it: `Quý I/2026`.
pub fn period_in(language: &str, name: &str) -> String {
    const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
    let vi = language == "vi";
    let Some((year, part)) = name.split_once('-') else {
        return if vi { format!("Năm {name}") } else { name.to_owned() };
    };
    match (part.strip_prefix('Q'), part) {
        (Some(quarter), _) if vi => {
            let at = quarter.parse::<usize>().ok().and_then(|at| ROMAN.get(at.checked_sub(1)?));
            format!("Quý {}/{year}", at.unwrap_or(&quarter))
        }
        (Some(quarter), _) => format!("Q{quarter} {year}"),
        (None, "H1") if vi => format!("6 tháng đầu năm {year}"),
        (None, "H2") if vi => format!("6 tháng cuối năm {year}"),
        (None, "H1") => format!("First half of {year}"),
        (None, "H2") => format!("Second half of {year}"),
        (None, month) if vi => format!("Tháng {}/{year}", month.trim_start_matches('0')),
        (None, month) => format!("{year}-{month}"),
    }
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

    #[test]
    fn differences_and_intervals_are_written_as_each_language_does() {
        assert_eq!(decimal_in("vi", -1.204, 2), "−1,20");
        assert_eq!(decimal_in("en", -0.001, 2), "0.00", "nothing has no sign");
        assert_eq!(signed_in("vi", 1.2, 2), "+1,20");
        assert_eq!(signed_in("en", 0.001, 2), "0.00");
        assert_eq!(signed_in("en", -3.0, 1), "−3.0");
        assert_eq!(interval_in("vi", (0.8667, 0.9257), true), "86,67% – 92,57%");
        assert_eq!(interval_in("en", (3.9, 4.25), false), "3.90 – 4.25");
    }

    #[test]
    fn periods_have_names_in_each_language() {
        let names = |language| ["2026-03", "2026-Q4", "2026-H1", "2026"].map(|name| period_in(language, name));
        assert_eq!(names("vi"), ["Tháng 3/2026", "Quý IV/2026", "6 tháng đầu năm 2026", "Năm 2026"]);
        assert_eq!(names("en"), ["2026-03", "Q4 2026", "First half of 2026", "2026"]);
    }
}
