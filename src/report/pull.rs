//! What pulls a figure down: how much of what it lacks to 100 % each item brings about.

use super::{Results, Row};
use crate::scoring::{MeasureKind, Scheme};
use crate::survey::Text;
use crate::survey::method::{Definition, Formula};

/// An item, and what it takes from the overall figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// Id of the item.
    pub measure: String,
    /// Its words.
    pub text: Text,
    /// Valid answers that are not at a satisfied level, of how many.
    pub unsatisfied: u64,
    /// Valid answers.
    pub answers: u64,
    /// By how much the overall figure would be higher if all of these were satisfied: a share of 1. Over all
    /// items it adds up to what the figure lacks to 1.
    pub lost: f64,
}

/// The items, the one that takes most first. `None` where the official figure is no share of satisfied answers,
/// or strata were weighed: then it is no sum over items.
pub fn pulls(definition: &Definition, results: &Results) -> Option<Vec<Pull>> {
    let overall = results.total().find(|row| row.kind == MeasureKind::Overall)?;
    if overall.estimate(results.official)?.is_weighted {
        return None;
    }
    let scheme = Scheme::of(definition);
    let row_of = |id: &str| results.total().find(|row| row.measure == id);
    let items = |kind: MeasureKind| {
        let rows = scheme.measures().iter().filter(move |measure| measure.kind == kind);
        rows.filter_map(|measure| Some((measure, row_of(&measure.id)?))).filter(|(_, row)| row.count.answers > 0)
    };
    let answered = items(MeasureKind::Item).count();
    let factors: Vec<_> = items(MeasureKind::Factor).collect();
    // One over this is what one answer of an item weighs.
    let weight = |measure: &crate::scoring::Measure, row: &Row| -> Option<f64> {
        Some(match results.official {
            Formula::Top2Pooled => overall.count.answers as f64,
            Formula::Top2MeanOfItems => row.count.answers as f64 * answered as f64,
            Formula::MeanOfFactors => {
                let is_in = |factor: &crate::scoring::Measure| {
                    factor.items.start <= measure.items.start && measure.items.end <= factor.items.end
                };
                let (_, factor) = factors.iter().find(|(factor, _)| is_in(factor))?;
                factor.count.answers as f64 * factors.len() as f64
            }
            _ => return None,
        })
    };
    let pull = |(measure, row): (&crate::scoring::Measure, &Row)| {
        let unsatisfied = row.count.answers - row.count.satisfied;
        Some(Pull {
            measure: row.measure.clone(),
            text: row.text.clone(),
            unsatisfied,
            answers: row.count.answers,
            lost: unsatisfied as f64 / weight(measure, row)?,
        })
    };
    let mut pulls: Vec<Pull> = items(MeasureKind::Item).map(pull).collect::<Option<_>>()?;
    pulls.sort_by(|a, b| b.lost.total_cmp(&a.lost));
    Some(pulls)
}
