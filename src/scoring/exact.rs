//! Figures as fractions of whole numbers: what is compared with a target, and rounded.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Share, Verdict};

/// A figure, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exact {
    /// One fraction.
    Share(Share),
    /// The mean of fractions, which has no small denominator. At least one.
    MeanOf(Vec<Share>),
    /// The sum of fractions.
    SumOf(Vec<Share>),
}

impl Exact {
    pub(super) fn ratio(&self) -> BigRational {
        let ratio = |share: &Share| BigRational::new(share.numerator.into(), share.denominator().into());
        let sum = |shares: &[Share]| shares.iter().map(ratio).sum::<BigRational>();
        match self {
            Exact::Share(share) => ratio(share),
            Exact::MeanOf(shares) => sum(shares) / BigInt::from(shares.len()),
            Exact::SumOf(shares) => sum(shares),
        }
    }

    /// The one fraction it is, where it is one.
    pub fn share(&self) -> Option<Share> {
        match self {
            Exact::Share(share) => Some(*share),
            Exact::MeanOf(_) | Exact::SumOf(_) => None,
        }
    }

    /// The nearest double.
    pub fn value(&self) -> f64 {
        match self {
            Exact::Share(share) => share.quotient(),
            _ => self.ratio().to_f64().unwrap_or(f64::NAN),
        }
    }

    /// Ten thousandths of it, halves rounded up: 8744 is shown as 87,44 %.
    pub fn ten_thousandths(&self) -> u32 {
        match self {
            Exact::Share(share) => share.hundredths(),
            _ => self.rounded(10_000),
        }
    }

    /// Hundredths of it, halves rounded up: 437 is a mean of 4,37.
    pub fn hundredths(&self) -> u32 {
        match self {
            Exact::Share(share) => share.quotient_hundredths(),
            _ => self.rounded(100),
        }
    }

    fn rounded(&self, parts: u32) -> u32 {
        let half = BigRational::new(1.into(), 2.into());
        (self.ratio() * BigInt::from(parts) + half).floor().to_integer().to_u32().unwrap_or(u32::MAX)
    }

    /// The official comparison of a percentage with a threshold in hundredths of a percent: one that
    /// only rounds to it does not meet it, one exactly at it does.
    pub fn against(&self, threshold_hundredths: u32) -> Verdict {
        match self {
            Exact::Share(share) => share.against(threshold_hundredths),
            _ => self.reaches(&BigRational::new(threshold_hundredths.into(), 10_000.into())),
        }
    }

    /// Whether it is at least so many.
    pub fn is_at_least(&self, whole: u32) -> bool {
        self.reaches(&BigRational::from_integer(whole.into())) == Verdict::Met
    }

    fn reaches(&self, wanted: &BigRational) -> Verdict {
        if self.ratio() >= *wanted { Verdict::Met } else { Verdict::NotMet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(list: &[(u64, u64)]) -> Vec<Share> {
        list.iter().map(|(n, d)| Share::new(*n, *d).expect("a denominator")).collect()
    }

    #[test]
    fn a_mean_exactly_at_the_threshold_is_met() {
        // 88 % and 92 % of different numbers of people; in doubles their sum falls short of 1.8.
        let mean = Exact::MeanOf(shares(&[(22, 25), (23, 25), (9, 10), (63, 70), (27, 30)]));
        assert_eq!(mean.against(9000), Verdict::Met);
        assert_eq!(mean.ten_thousandths(), 9000);
        let below = Exact::MeanOf(shares(&[(22, 25), (23, 25), (8_999_999, 10_000_000)]));
        assert_eq!((below.against(9000), below.ten_thousandths()), (Verdict::NotMet, 9000));
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(Exact::MeanOf(shares(&[(1, 800), (1, 800)])).ten_thousandths(), 13); // 0.125 %
        assert_eq!(Exact::SumOf(shares(&[(3, 2), (1, 200)])).hundredths(), 151); // 1.505
    }
}
