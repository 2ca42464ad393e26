//! A satisfied share, kept as two integers.

use serde::{Deserialize, Serialize};

/// Satisfied answers out of valid answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Answers at satisfied levels.
    pub numerator: u64,
    /// Valid answers; never 0.
    denominator: u64,
}

/// The official comparison of a share with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At or above it.
    Met,
    /// Below it.
    NotMet,
}

impl Verdict {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not_met",
        }
    }
}

impl Share {
    /// A share, or nothing where there was no valid answer.
    pub fn new(numerator: u64, denominator: u64) -> Option<Share> {
        (denominator > 0).then_some(Share { numerator, denominator })
    }

    /// Valid answers.
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The percentage as the nearest double.
    #[allow(clippy::cast_precision_loss)]
    pub fn percent(self) -> f64 {
        self.numerator as f64 * 100.0 / self.denominator as f64
    }

    /// Hundredths of a percent, halves rounded up: 8744 is shown as 87,44 %.
    pub fn hundredths(self) -> u32 {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        u32::try_from((n * 20_000 + d) / (2 * d)).unwrap_or(u32::MAX)
    }

    /// The quotient itself as the nearest double: a mean.
    #[allow(clippy::cast_precision_loss)]
    pub fn quotient(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// Hundredths of the quotient, halves rounded up: 437 is a mean of 4,37.
    pub fn quotient_hundredths(self) -> u32 {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator));
        u32::try_from((n * 200 + d) / (2 * d)).unwrap_or(u32::MAX)
    }

    /// The official comparison, on the counts themselves: a share that only
    /// rounds to the threshold does not meet it, one exactly at it does.
    pub fn against(self, threshold_hundredths: u32) -> Verdict {
        let reached = u128::from(self.numerator) * 10_000;
        let needed = u128::from(threshold_hundredths) * u128::from(self.denominator);
        if reached >= needed { Verdict::Met } else { Verdict::NotMet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(numerator: u64, denominator: u64) -> Share {
        Share::new(numerator, denominator).expect("a denominator")
    }

    #[test]
    fn rounds_half_up_at_two_decimals() {
        assert_eq!(share(1, 3).hundredths(), 3333);
        assert_eq!(share(2, 3).hundredths(), 6667);
        assert_eq!(share(1, 800).hundredths(), 13); // 0.125 %
        assert_eq!(share(0, 7).hundredths(), 0);
        assert_eq!(share(7, 7).hundredths(), 10_000);
        // Hue 2025, inpatients: 84.4 % pooled of one data set, published to one decimal.
        assert_eq!(share(844, 1000).hundredths(), 8440);
    }

    #[test]
    fn exactly_at_the_threshold_is_met() {
        assert_eq!(share(9, 10).against(9000), Verdict::Met);
        assert_eq!(share(900, 1000).against(9000), Verdict::Met);
        assert_eq!(share(899, 1000).against(9000), Verdict::NotMet);
        // 89.999 % rounds to 90.00 and is not met all the same.
        assert_eq!(share(89_999, 100_000).hundredths(), 9000);
        assert_eq!(share(89_999, 100_000).against(9000), Verdict::NotMet);
    }

    #[test]
    fn no_answers_no_share() {
        assert_eq!(Share::new(0, 0), None);
    }

    proptest! {
        #[test]
        fn stays_within_bounds_and_never_falls_with_one_more_satisfied(n in 0u64..1_000_000, more in 0u64..1_000_000) {
            let d = n + more + 1;
            let before = share(n, d);
            let after = share(n + 1, d + 1);
            prop_assert!(before.hundredths() <= 10_000);
            prop_assert!(after.hundredths() >= before.hundredths());
        }
    }
}
