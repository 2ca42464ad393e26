//! Each target over the responses that it is about.

use std::collections::BTreeMap;

use super::Row;
use super::build::{Builder, Cell};
use super::compare::changes;
use super::population::Restricted;
use crate::dataset::{Key, Split, date_of};
use crate::survey::target::Target;

impl<'b> Builder<'b> {
    /// The targets that are compared with something.
    pub(super) fn targets(&self) -> Vec<&'b Target> {
        if self.scheme.measures().is_empty() {
            return Vec::new();
        }
        let applied = self.applied();
        let ids = &self.setting.definition.method.targets;
        let used = ids.iter().flat_map(|id| applied.on(id, self.dataset.days().filter_map(date_of)));
        used.filter(|target| self.is_asked_for(target)).collect()
    }

    /// Whether a target is about the responses asked for: one for all fields is not about a few of them.
    fn is_asked_for(&self, target: &Target) -> bool {
        let asked = self.request.only.iter().find(|(key, _)| key.id() == "field").map(|(_, wanted)| wanted);
        asked.is_none_or(|asked| asked.iter().all(|field| target.fields.contains(field)))
    }

    /// The splits by the targets that responses are of: by their fields, and by their days.
    pub(super) fn of_targets(&self, targets: &[&Target]) -> [Split<'b>; 2] {
        let applied = self.applied();
        let marks = |is_of: &dyn Fn(&Target) -> bool| -> String {
            targets.iter().map(|target| if is_of(target) { '1' } else { '0' }).collect()
        };
        let is_for =
            |field: &str, target: &Target| target.fields.is_empty() || target.fields.iter().any(|known| known == field);
        let is_on = |text: &str, target: &Target| applied.on(&target.id, date_of(text).into_iter()) == [target];
        [
            self.dataset.split_by(&Key::Column("field"), |field| marks(&|target| is_for(field, target))),
            self.dataset.split_by_day(|text| marks(&|target| is_on(text, target))),
        ]
    }

    /// Each target over the responses of its own days and fields; and the same period by period, where that is
    /// asked for. `cells`: all responses asked for.
    pub(super) fn board(&self, targets: &[&Target], cells: &[Cell]) -> (Vec<Row>, Vec<Vec<Row>>) {
        // On the board stands the official figure, whatever else is asked for.
        let official = [self.setting.definition.method.official()];
        let (mut board, mut trends) = (Vec::new(), Vec::new());
        for (at, target) in targets.iter().enumerate() {
            let of: Vec<&Cell> = cells.iter().filter(|cell| cell.is_of(at)).collect();
            // Numbers for all days say nothing about those of one target of several.
            let is_one_of_several = targets.iter().filter(|other| other.id == target.id).count() > 1;
            let mut within: Restricted = Restricted::new();
            within.extend(is_one_of_several.then(|| ("day".to_owned(), Vec::new())));
            within.extend((!target.fields.is_empty()).then(|| ("field".to_owned(), target.fields.clone())));
            let row = |period: Option<&String>, cells: &[&Cell], within: &Restricted| {
                self.row(&self.pile(&[], period, cells, within), 0, &official, Some((*target).clone()))
            };
            board.push(row(None, &of, &within));
            let Some(length) = self.request.trend.filter(|_| !self.request.is_public) else { continue };
            let mut periods: BTreeMap<&String, Vec<&Cell>> = BTreeMap::new();
            for cell in of {
                if let Some(period) = cell.period() {
                    periods.entry(period).or_default().push(cell);
                }
            }
            let of_period = |(name, cells): (&String, Vec<&Cell>)| {
                let within = within.iter().cloned().chain([(length.id().to_owned(), vec![name.clone()])]).collect();
                row(Some(name), &cells, &within)
            };
            let mut trend: Vec<Row> = periods.into_iter().map(of_period).collect();
            changes(&mut trend, Some(length));
            trends.push(trend);
        }
        (board, trends)
    }
}
