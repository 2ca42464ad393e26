//! A figure with how sure it is.
//!
//! The respondent is the unit of sampling: thirty answers of one person are not thirty people. A
//! figure is a ratio of sums over respondents, its variance the linearised one (Cochran 1977, §6.3
//! and §11.8; Lumley 2010, ch. 2), and its interval Wilson's for a share seen in as many
//! independent answers as would have that variance, corrected for few respondents as Korn and
//! Graubard (1998) do: n_eff = n / deff × (t(n − 1) / t(df))². For a share of respondents without
//! strata this is Wilson's own interval.

use serde::{Deserialize, Serialize};

use super::interval::{Confidence, wilson};
use super::{Count, Exact, Scheme, Share, Tally, Verdict};
use crate::survey::method::Formula;

/// Responses with the number of people they stand for.
#[derive(Clone, Copy, Debug)]
pub struct Stratum<'t> {
    /// Their counts.
    pub tally: &'t Tally,
    /// How many people, or dossiers, they are a sample of; unknown: so many that it makes no difference.
    pub population: Option<u64>,
    /// Whether whom to ask was decided by the survey: only then does it tell anything how large a
    /// part of the population was asked.
    pub is_sample: bool,
}

/// A figure with how sure it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The official figure, from the counts alone.
    pub exact: Exact,
    /// The figure: a share of 1, or points. With several strata each weighs as many as it stands for.
    pub value: f64,
    /// Whether strata were weighed, so that `value` is another figure than `exact`.
    pub is_weighted: bool,
    /// Standard error of `value`; `None` where it cannot be told, as with one respondent.
    pub standard_error: Option<f64>,
    /// Its variance over that of as many independent answers.
    pub design_effect: Option<f64>,
    /// Respondents.
    pub respondents: u64,
    /// Answers, or for shares of respondents these.
    pub nominal: u64,
    /// How many independent answers would be as sure: `nominal` over the design effect.
    pub effective: Option<f64>,
    /// The ends of the interval, in the unit of `value`; `None` where the formula has none.
    pub interval: Option<(f64, f64)>,
    /// The share that the interval was made on.
    pub(crate) score: Score,
}

/// The share that an interval is made on: the figure between the least and the most it can be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Score {
    /// The share.
    pub p: f64,
    /// Independent answers.
    pub n: f64,
    /// How many they would be if all respondents agreed.
    pub alike: f64,
    /// The least the figure can be.
    pub least: f64,
    /// The most it can be, less that.
    pub width: f64,
    /// Quantile of the interval.
    pub z: f64,
}

impl Estimate {
    /// The official comparison with a threshold in hundredths of a percent: exact on the counts; a
    /// weighed figure has no counts of its own.
    pub fn against(&self, threshold: u32) -> Verdict {
        match self.is_weighted {
            true if self.value + 1e-12 >= f64::from(threshold) / 10_000.0 => Verdict::Met,
            true => Verdict::NotMet,
            false => self.exact.against(threshold),
        }
    }

    /// Ten thousandths of the figure, halves rounded up.
    pub fn ten_thousandths(&self) -> u32 {
        match self.is_weighted {
            true => rounded(self.value * 10_000.0),
            false => self.exact.ten_thousandths(),
        }
    }

    /// Hundredths of the figure, halves rounded up.
    pub fn hundredths(&self) -> u32 {
        match self.is_weighted {
            true => rounded(self.value * 100.0),
            false => self.exact.hundredths(),
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rounded(value: f64) -> u32 {
    (value + 0.5).floor() as u32
}

impl Score {
    /// A value of the figure, as a share between the least and the most.
    pub fn share_of(&self, value: f64) -> f64 {
        (value - self.least) / self.width
    }
}

/// Sums over the respondents of a stratum: each has m answers that give y in all.
#[derive(Clone, Copy, Debug)]
struct Sums {
    n: u64,
    y: u64,
    m: u64,
    yy: u64,
    ym: u64,
    mm: u64,
    /// Over answers, the sum of the squares of what each gives.
    squares: u64,
}

impl Sums {
    fn of(count: &Count, formula: Formula) -> Sums {
        let Count { respondents: n, answers: m, spread, .. } = *count;
        let of_respondents = |y| Sums { n, y, m: n, yy: y, ym: y, mm: n, squares: y };
        match formula {
            Formula::AllSatisfied => of_respondents(count.all_satisfied),
            Formula::RespondentTop2 => of_respondents(count.mean_of_four),
            Formula::MeanScore | Formula::MeanOver5 | Formula::MeanMinus1Over4 => {
                Sums { n, y: count.points, m, yy: spread.pp, ym: spread.mp, mm: spread.mm, squares: count.squares }
            }
            Formula::Top2Pooled | Formula::Top2MeanOfItems | Formula::MeanOfFactors | Formula::NineIndicators => {
                Sums { n, y: count.satisfied, m, yy: spread.yy, ym: spread.my, mm: spread.mm, squares: count.satisfied }
            }
        }
    }
}

/// A stratum at work: what each response stands for, and the part of the population that was asked.
///
/// Where there are several strata, how many of one a measure is about is a result of the sample too:
/// all its responses are counted, those without a valid answer as nothing (a domain; Lumley 2010, §2.5).
#[derive(Clone, Copy, Debug)]
struct Weight {
    /// Responses, or of a single stratum those with a valid answer.
    n: f64,
    each: f64,
    sampled: f64,
}

impl Weight {
    /// For a stratum with a valid answer.
    fn of(count: &Count, stratum: &Stratum<'_>, is_single: bool) -> Weight {
        let responses = float(stratum.tally.responses);
        let n = if is_single { float(count.respondents) } else { responses };
        match stratum.population.map(float) {
            // More responses than people: the number is wrong, and says nothing of what was sampled.
            Some(population) => {
                let is_known = stratum.is_sample && responses <= population;
                let sampled = if is_known { responses / population } else { 0.0 };
                Weight { n, each: population / responses, sampled }
            }
            None => Weight { n, each: 1.0, sampled: 0.0 },
        }
    }

    /// The variance of the weighed total of something whose squared deviations from the mean of
    /// the stratum sum up to `squared`; `alone` is its square for a stratum of one respondent,
    /// who is compared with all others instead.
    fn variance(&self, squared: f64, alone: f64) -> f64 {
        let spread = if self.n > 1.0 { squared * self.n / (self.n - 1.0) } else { alone };
        self.each * self.each * (1.0 - self.sampled) * spread
    }
}

#[allow(clippy::cast_precision_loss)]
fn float(count: u64) -> f64 {
    count as f64
}

/// Σ (a − ā)(b − b̄) over n responses, from the sum of products and the two sums, without cancellation.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn centred(n: f64, ab: u64, a: u64, b: u64) -> f64 {
    let exact = n as i128 * i128::from(ab) - i128::from(a) * i128::from(b);
    exact as f64 / n
}

/// The figure of a measure by a formula; `None` without a valid answer.
///
/// Several strata are weighed where all of them have a population, and lumped together otherwise.
pub fn estimate(
    scheme: &Scheme,
    measure: usize,
    formula: Formula,
    strata: &[Stratum<'_>],
    confidence: Confidence,
) -> Option<Estimate> {
    let mut merged;
    let whole = match strata {
        [only] => only.tally,
        _ => {
            merged = Tally::empty(scheme);
            strata.iter().for_each(|stratum| merged.merge(stratum.tally));
            &merged
        }
    };
    let exact = exact(scheme, measure, formula, whole)?;
    let lumped = [Stratum { tally: whole, population: None, is_sample: false }];
    let is_known = strata.iter().all(|stratum| stratum.population.is_some());
    let strata = if is_known || strata.len() == 1 { strata } else { &lumped };
    let counts = strata.iter().map(|stratum| (stratum, stratum.tally.count(scheme, measure)));
    let counts: Vec<(&Stratum<'_>, Count)> = counts.filter(|(_, count)| count.respondents > 0).collect();
    let is_single = strata.len() == 1;
    let sums: Vec<(Sums, Weight)> = counts
        .iter()
        .map(|(stratum, count)| (Sums::of(count, formula), Weight::of(count, stratum, is_single)))
        .collect();
    let points = scheme.points_in(&scheme.measures()[measure].items);
    let is_weighted = !is_single;
    let (value, variance) = match formula {
        Formula::Top2MeanOfItems | Formula::MeanOfFactors => {
            let items = scheme.measures()[measure].items.clone();
            let blocks = match formula {
                Formula::MeanOfFactors => scheme.factors_in(&scheme.measures()[measure]),
                _ => items.map(|item| item..item + 1).collect(),
            };
            let weighed: Vec<(&Tally, Weight)> =
                counts.iter().zip(&sums).map(|((stratum, _), (_, weight))| (stratum.tally, *weight)).collect();
            mean_of_ratios(scheme, &blocks, &weighed, is_single)
        }
        // Nine indicators are an assessment of an office, and no sample of anything.
        Formula::NineIndicators => (exact.value(), f64::NAN),
        _ => ratio(&sums, is_single),
    };
    let n: u64 = sums.iter().map(|(sums, _)| sums.n).sum();
    let nominal: u64 = sums.iter().map(|(sums, _)| sums.m).sum();
    let freedom = n - sums.len() as u64;
    // The unit of the figure: its value is `offset + scale` times the ratio.
    let (scale, offset) = match formula {
        Formula::MeanOver5 => (0.2, 0.0),
        Formula::MeanMinus1Over4 => (0.25, -0.25),
        _ => (1.0, 0.0),
    };
    let (least, most) = match formula {
        Formula::MeanOver5 => (0.2, 1.0),
        Formula::MeanScore => (f64::from(points.0), f64::from(points.1)),
        _ => (0.0, 1.0),
    };
    let spread = answers_spread(&sums, value, formula);
    let value = if is_weighted { offset + scale * value } else { exact.value() };
    let is_spread = variance > 0.0 && freedom > 0;
    let design_effect = (is_spread && spread > 0.0 && nominal > 1).then(|| variance * (float(nominal) - 1.0) / spread);
    let mut score = Score { p: 0.0, n: 0.0, alike: alike(&sums), least, width: most - least, z: confidence.z() };
    score.p = score.share_of(value).clamp(0.0, 1.0);
    score.n = match is_spread && nominal > 1 {
        true => {
            let variance = variance * (scale / score.width).powi(2);
            let few = confidence.t(nominal - 1) / confidence.t(freedom);
            score.p * (1.0 - score.p) / variance * float(nominal) / (float(nominal) - 1.0) * few * few
        }
        false => score.alike,
    };
    let has_interval = score.width > 0.0 && formula != Formula::NineIndicators;
    let interval = has_interval.then(|| {
        let (low, high) = wilson(score.p, score.n, score.z);
        // One who differs from all others must not make the rest surer than if nobody did.
        let (low, high) = (low.min(wilson(1.0, score.alike, score.z).0), high.max(wilson(0.0, score.alike, score.z).1));
        (least + low * score.width, least + high * score.width)
    });
    Some(Estimate {
        exact,
        value,
        is_weighted,
        standard_error: (freedom > 0 && variance.is_finite()).then(|| variance.sqrt() * scale),
        design_effect,
        respondents: n,
        nominal,
        effective: design_effect.map(|effect| float(nominal) / effect),
        interval,
        score,
    })
}

/// The figure as fractions of counts.
fn exact(scheme: &Scheme, measure: usize, formula: Formula, tally: &Tally) -> Option<Exact> {
    let of = &scheme.measures()[measure];
    let shares_of = |blocks: Vec<std::ops::Range<usize>>| -> Option<Exact> {
        let share = |block| {
            let (satisfied, answers) = tally.satisfied_of(scheme, block);
            Share::new(satisfied, answers)
        };
        let shares: Vec<Share> = blocks.into_iter().filter_map(share).collect();
        match shares.as_slice() {
            [] => None,
            [one] => Some(Exact::Share(*one)),
            _ => Some(Exact::MeanOf(shares)),
        }
    };
    match formula {
        Formula::Top2MeanOfItems => shares_of(of.items.clone().map(|item| item..item + 1).collect()),
        Formula::MeanOfFactors => shares_of(scheme.factors_in(of)),
        // A part of the nine has no grade.
        Formula::NineIndicators => {
            let is_whole = of.kind == super::MeasureKind::Overall;
            let items = of.items.clone().filter(|_| is_whole);
            let points = items.map(|item| tally.points_of(scheme, item));
            let points: Option<Vec<Share>> = points.map(|(points, answers)| Share::new(points, answers)).collect();
            points.filter(|points| !points.is_empty()).map(Exact::SumOf)
        }
        _ => tally.count(scheme, measure).share(formula).map(Exact::Share),
    }
}

/// A ratio of two totals and its variance.
#[allow(clippy::cast_precision_loss)]
fn ratio(strata: &[(Sums, Weight)], is_single: bool) -> (f64, f64) {
    let total = |of: fn(&Sums) -> u64| strata.iter().map(|(sums, weight)| weight.each * float(of(sums))).sum::<f64>();
    let (y, m) = (total(|sums| sums.y), total(|sums| sums.m));
    let r = y / m;
    if let ([(sums, weight)], true) = (strata, is_single) {
        // Exact up to the last division: a spread of nothing is nothing.
        let [y, m, yy, ym, mm] = [sums.y, sums.m, sums.yy, sums.ym, sums.mm].map(i128::from);
        let squared = (yy * m * m - 2 * y * m * ym + y * y * mm) as f64 / (m as f64).powi(2);
        let each = weight.each * weight.each;
        return (r, weight.variance(squared, squared) / each / (m as f64).powi(2));
    }
    let variance = strata.iter().map(|(sums, weight)| {
        let Sums { y, m, yy, ym, mm, .. } = *sums;
        let centred = |ab, a, b| centred(weight.n, ab, a, b);
        let squared = centred(yy, y, y) - 2.0 * r * centred(ym, y, m) + r * r * centred(mm, m, m);
        weight.variance(squared.max(0.0), (float(y) - r * float(m)).powi(2))
    });
    (r, variance.sum::<f64>() / (m * m))
}

/// The mean of the ratios of several blocks of items, and its variance.
fn mean_of_ratios(
    scheme: &Scheme,
    blocks: &[std::ops::Range<usize>],
    strata: &[(&Tally, Weight)],
    is_single: bool,
) -> (f64, f64) {
    let total = |block: &std::ops::Range<usize>| {
        strata.iter().fold((0.0, 0.0), |(y, m), (tally, weight)| {
            let (satisfied, answers) = tally.satisfied_of(scheme, block.clone());
            (y + weight.each * float(satisfied), m + weight.each * float(answers))
        })
    };
    let answered = blocks.iter().map(|block| (block, total(block))).filter(|(_, (_, m))| *m > 0.0);
    // Per block: its items, its ratio, and what a deviation in it adds to one of the mean.
    let blocks: Vec<(&std::ops::Range<usize>, f64, f64)> =
        answered.map(|(block, (y, m))| (block, y / m, 1.0 / m)).collect();
    let count = float(blocks.len() as u64);
    let mean = blocks.iter().map(|(_, ratio, _)| ratio).sum::<f64>() / count;
    let width = scheme.worths.len();
    let variance = strata.iter().map(|(tally, weight)| {
        let (mut squared, mut sum) = (0.0, 0.0);
        for (block, ratio, factor) in &blocks {
            let (y, m) = tally.satisfied_of(scheme, (*block).clone());
            sum += factor / count * (float(y) - ratio * float(m));
            for (other, too, by) in &blocks {
                let cells =
                    || (*block).clone().flat_map(|j| (*other).clone().map(move |k| (j * width + k, k * width + j)));
                let (mut yy, mut ym, mut my, mut mm) = (0, 0, 0, 0);
                for (jk, kj) in cells() {
                    let (pair, turned) = (&tally.pairs[jk], &tally.pairs[kj]);
                    yy += pair.yy;
                    ym += pair.ym;
                    my += turned.ym;
                    mm += pair.mm;
                }
                let product = float(yy) - too * float(ym) - ratio * float(my) + ratio * too * float(mm);
                squared += factor * by / (count * count) * product;
            }
        }
        let deviations = if is_single { squared } else { squared - sum * sum / weight.n };
        weight.variance(deviations.max(0.0), sum * sum)
    });
    (mean, variance.sum())
}

/// What the variance of single answers is, times how many there are less one: for shares p(1 − p) n.
fn answers_spread(strata: &[(Sums, Weight)], value: f64, formula: Formula) -> f64 {
    match formula {
        Formula::MeanScore | Formula::MeanOver5 | Formula::MeanMinus1Over4 => {
            let total =
                |of: fn(&Sums) -> u64| strata.iter().map(|(sums, weight)| weight.each * float(of(sums))).sum::<f64>();
            total(|sums| sums.squares) / total(|sums| sums.m) - value * value
        }
        _ => value * (1.0 - value),
    }
}

/// How many independent answers respondents are who do not differ: one each, as if all answers of
/// one person were the same. So a few people who agree prove little.
fn alike(strata: &[(Sums, Weight)]) -> f64 {
    let total: f64 = strata.iter().map(|(sums, weight)| weight.each * float(sums.n)).sum();
    let variance: f64 =
        strata.iter().map(|(sums, weight)| weight.each * weight.each * float(sums.n) * (1.0 - weight.sampled)).sum();
    if variance > 0.0 { total * total / variance } else { f64::INFINITY }
}
