//! Quantiles and the Wilson score interval.

use serde::{Deserialize, Serialize};

/// How sure an interval is to hold the figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// 90 %.
    P90,
    /// 95 %.
    #[default]
    P95,
    /// 99 %.
    P99,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Confidence; 3] = [Confidence::P90, Confidence::P95, Confidence::P99];

    /// In percent.
    pub fn percent(self) -> u8 {
        match self {
            Confidence::P90 => 90,
            Confidence::P95 => 95,
            Confidence::P99 => 99,
        }
    }

    /// The quantile of the normal distribution with half of the rest above it.
    pub fn z(self) -> f64 {
        match self {
            Confidence::P90 => 1.644_853_626_951_472_2,
            Confidence::P95 => 1.959_963_984_540_054,
            Confidence::P99 => 2.575_829_303_548_900_4,
        }
    }

    /// The same of Student's distribution with `freedom` degrees of freedom, at least 1.
    #[allow(clippy::cast_precision_loss)]
    pub fn t(self, freedom: u64) -> f64 {
        let (z, n) = (self.z(), freedom as f64);
        if freedom > 300 {
            // Cornish and Fisher's expansion; what is left out is below 1e-10 here.
            let z2 = z * z;
            let terms = [
                (z2 + 1.0) / 4.0,
                ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0,
                (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0,
                ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92_160.0,
            ];
            return z * (1.0 + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / n));
        }
        let both_tails = 1.0 - f64::from(self.percent()) / 100.0;
        let x = puruspe::invbetai(both_tails, n / 2.0, 0.5);
        (n * (1.0 - x) / x).sqrt()
    }
}

/// The score interval of a share `p` seen in `n` independent answers (Wilson 1927). `n` need be no
/// whole number; without bound, the interval is the share itself.
pub fn wilson(p: f64, n: f64, z: f64) -> (f64, f64) {
    if n.is_infinite() {
        return (p, p);
    }
    let z2 = z * z / n;
    let centre = p + z2 / 2.0;
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt();
    // What rounding leaves at the ends is no uncertainty.
    let low = if p <= 0.0 { 0.0 } else { ((centre - half) / (1.0 + z2)).clamp(0.0, p) };
    let high = if p >= 1.0 { 1.0 } else { ((centre + half) / (1.0 + z2)).clamp(p, 1.0) };
    (low, high)
}

/// How many independent answers with a share of `p` put one end of the interval on `threshold`;
/// `None` where no number does, because the share is at the threshold or that at an end.
pub fn needed(p: f64, threshold: f64, z: f64) -> Option<f64> {
    let apart = p - threshold;
    let is_open = threshold > 0.0 && threshold < 1.0 && apart.abs() > 1e-12;
    is_open.then(|| z * z * threshold * (1.0 - threshold) / (apart * apart))
}

/// The interval of a difference from the intervals of its two terms, each as (value, low, high):
/// the method of variance estimates recovery (Newcombe 1998, method 10, where these are Wilson's).
pub fn difference(a: (f64, f64, f64), b: (f64, f64, f64)) -> (f64, f64) {
    let between = a.0 - b.0;
    let low = between - (a.0 - a.1).hypot(b.2 - b.0);
    let high = between + (a.2 - a.0).hypot(b.0 - b.1);
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_interval_holds_its_share_and_stays_within_bounds(p in 0.0f64..=1.0, n in 0.1f64..1e7) {
            for confidence in Confidence::ALL {
                let (low, high) = wilson(p, n, confidence.z());
                prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0, "{p} {n}: {low} {high}");
            }
            let narrow = wilson(p, n, Confidence::P90.z());
            let wide = wilson(p, n, Confidence::P99.z());
            prop_assert!(wide.0 <= narrow.0 && narrow.1 <= wide.1);
        }

        /// What is needed is just enough.
        #[test]
        fn the_number_needed_puts_an_end_on_the_threshold(p in 0.0f64..=1.0, threshold in 0.5f64..0.99) {
            let z = Confidence::P95.z();
            if let Some(n) = needed(p, threshold, z).filter(|n| *n < 1e9) {
                let (low, high) = wilson(p, n, z);
                let end = if p > threshold { low } else { high };
                prop_assert!((end - threshold).abs() < 1e-6, "{p} {threshold} {n}: {low} {high}");
            }
        }
    }

    #[test]
    fn students_quantiles_meet_where_the_expansion_begins() {
        for confidence in Confidence::ALL {
            let (below, above) = (confidence.t(300), confidence.t(301));
            let step = confidence.t(299) - below;
            assert!((below - above - step).abs() < step / 50.0, "{below} {above} {step}");
        }
    }
}
