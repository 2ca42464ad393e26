//! What figures prove: beside a target, beside each other, and whether enough people were asked.

use serde::{Deserialize, Serialize};

use super::interval::needed;
use super::{Estimate, Exact};

/// What an interval says about a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// All of it is at or above the target.
    Met,
    /// All of it is below.
    NotMet,
    /// The target lies within: the figure may be on either side.
    NotEnough,
}

impl Evidence {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Evidence::Met => "met",
            Evidence::NotMet => "not_met",
            Evidence::NotEnough => "not_enough",
        }
    }

    /// What this figure proves about a target, in hundredths of a percent.
    pub fn of(estimate: &Estimate, threshold: u32) -> Option<Evidence> {
        let (low, high) = estimate.interval?;
        let threshold = f64::from(threshold) / 10_000.0;
        Some(match () {
            () if low >= threshold => Evidence::Met,
            () if high < threshold => Evidence::NotMet,
            () => Evidence::NotEnough,
        })
    }
}

/// How many more respondents would settle whether a target, in hundredths of a percent, is met,
/// if they answered as those so far; nothing where it is settled, or where no number would do.
///
/// `population` is how many there are in all, where it is known: the more of them were asked, the
/// less is left in doubt.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
pub fn further(estimate: &Estimate, threshold: u32, population: Option<u64>) -> Option<u64> {
    if Evidence::of(estimate, threshold)? != Evidence::NotEnough {
        return None;
    }
    let score = &estimate.score;
    let n = estimate.respondents as f64;
    let threshold = score.share_of(f64::from(threshold) / 10_000.0);
    let needed = needed(score.p, threshold, score.z)?;
    // Nobody is surer than if all agreed.
    let of_alike = if score.p > threshold { threshold / (1.0 - threshold) } else { (1.0 - threshold) / threshold };
    let enough = |needed: f64, so_far: f64| match population.map(|population| population as f64) {
        // The independent answers of k respondents are k·c / (1 − k/N), with c from those so far.
        Some(population) if population > n => {
            let each = so_far * (1.0 - n / population) / n;
            needed / (each + needed / population)
        }
        _ => needed / (so_far / n),
    };
    let enough = enough(needed, score.n).max(enough(score.z * score.z * of_alike, score.alike));
    // Beyond a thousand million it is no plan for a survey.
    let more = (enough.ceil() - n).max(1.0);
    (more < 1e9).then_some(more as u64)
}

/// The sample that the guidance of SIPAS asks for: N / (1 + N e²) with e = 5 %, rounded up (Yamane 1967).
pub fn yamane(population: u64) -> u64 {
    let population = u128::from(population);
    u64::try_from((400 * population).div_ceil(400 + population)).unwrap_or(400)
}

/// The place of each figure among all, and the places it may have by its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// From 1; equal figures share the best of their places.
    pub rank: usize,
    /// The best place it may have: all whose intervals lie wholly above come before.
    pub best: usize,
    /// The worst: all whose intervals do not lie wholly below may come before.
    pub worst: usize,
}

/// Ranks figures, the highest first.
pub fn ranks(estimates: &[&Estimate]) -> Vec<Rank> {
    let is_weighted = estimates.iter().any(|estimate| estimate.is_weighted);
    let order = |a: &Estimate, b: &Estimate| match is_weighted {
        true => b.value.total_cmp(&a.value),
        false => compare(&b.exact, &a.exact),
    };
    let mut sorted: Vec<usize> = (0..estimates.len()).collect();
    sorted.sort_by(|&a, &b| order(estimates[a], estimates[b]));
    let interval = |estimate: &Estimate| estimate.interval.unwrap_or((estimate.value, estimate.value));
    let mut lows: Vec<f64> = estimates.iter().map(|estimate| interval(estimate).0).collect();
    let mut highs: Vec<f64> = estimates.iter().map(|estimate| interval(estimate).1).collect();
    lows.sort_by(f64::total_cmp);
    highs.sort_by(f64::total_cmp);
    let mut ranks = vec![Rank { rank: 1, best: 1, worst: 1 }; estimates.len()];
    let mut rank = 1;
    for (at, &place) in sorted.iter().enumerate() {
        let is_tied = at > 0 && order(estimates[sorted[at - 1]], estimates[place]).is_eq();
        rank = if is_tied { rank } else { at + 1 };
        let (low, high) = interval(estimates[place]);
        let above = lows.len() - lows.partition_point(|other| *other <= high);
        // Its own upper end is among those that are not below.
        let not_below = highs.len() - highs.partition_point(|other| *other < low);
        ranks[place] = Rank { rank, best: above + 1, worst: not_below.max(1) };
    }
    ranks
}

fn compare(a: &Exact, b: &Exact) -> std::cmp::Ordering {
    match (a, b) {
        (Exact::Share(a), Exact::Share(b)) => {
            let cross = |x: super::Share, y: super::Share| u128::from(x.numerator) * u128::from(y.denominator());
            cross(*a, *b).cmp(&cross(*b, *a))
        }
        _ => a.ratio().cmp(&b.ratio()),
    }
}

/// The grade of an office by nine indicators of 0 to 2 points (NĐ 61/2018/NĐ-CP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 15 points and more: Xuất sắc.
    Excellent,
    /// 12 to below 15: Tốt.
    Good,
    /// 9 to below 12: Khá.
    Fair,
    /// 6 to below 9: Trung bình.
    Average,
    /// Below 6: Yếu.
    Weak,
}

impl Grade {
    /// The grade of a sum of points, on the exact sum: 15 is excellent, whatever less is not.
    pub fn of(points: &Exact) -> Grade {
        let bounds = [(15, Grade::Excellent), (12, Grade::Good), (9, Grade::Fair), (6, Grade::Average)];
        bounds.into_iter().find(|(least, _)| points.is_at_least(*least)).map_or(Grade::Weak, |(_, grade)| grade)
    }

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Grade::Excellent => "excellent",
            Grade::Good => "good",
            Grade::Fair => "fair",
            Grade::Average => "average",
            Grade::Weak => "weak",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::Share;

    #[test]
    fn yamane_gives_the_published_sample_sizes() {
        let published = [(100, 80), (500, 223), (1000, 286), (3000, 353), (10_000, 385)];
        assert!(published.iter().all(|(population, sample)| yamane(*population) == *sample));
        assert_eq!((yamane(0), yamane(1), yamane(u64::MAX)), (0, 1, 400));
    }

    #[test]
    fn grades_change_exactly_at_their_bounds() {
        let points = |numerator, denominator| Exact::Share(Share::new(numerator, denominator).expect("a denominator"));
        for (bound, at, below) in [
            (15, Grade::Excellent, Grade::Good),
            (12, Grade::Good, Grade::Fair),
            (9, Grade::Fair, Grade::Average),
            (6, Grade::Average, Grade::Weak),
        ] {
            assert_eq!(Grade::of(&points(bound, 1)), at);
            assert_eq!(Grade::of(&points(bound * 1_000_000_000 - 1, 1_000_000_000)), below);
        }
        assert_eq!(Grade::of(&points(0, 1)), Grade::Weak);
        assert_eq!(Grade::of(&points(18, 1)), Grade::Excellent);
    }
}
