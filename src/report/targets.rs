//! Which target a figure is compared with.

use chrono::NaiveDate;

use crate::survey::method::Method;
use crate::survey::target::{Target, in_force};

/// Targets as they apply to responses: each is compared with the target of its own day.
pub(super) struct Applied<'t> {
    pub targets: &'t [Target],
    pub method: &'t Method,
    /// One device whose clock runs ahead must not be compared with a target yet to come.
    pub today: NaiveDate,
}

impl<'t> Applied<'t> {
    /// The targets with this id that are used on these days, in the order of their periods.
    pub fn on(&self, id: &str, days: impl Iterator<Item = NaiveDate>) -> Vec<&'t Target> {
        let mut found: Vec<&Target> = Vec::new();
        for day in days {
            if let Some(target) = in_force(self.targets, id, day.min(self.today))
                && !found.contains(&target)
            {
                found.push(target);
            }
        }
        if found.is_empty() {
            found.extend(in_force(self.targets, id, self.today));
        }
        found.sort_by_key(|target| target.from);
        found
    }

    /// The target that the figures of a group are compared with, where its threshold is the same on
    /// all its days: the first that is for fields of procedure among which are all of the group's,
    /// else the first that is for all.
    pub fn of_group(&self, fields: Option<&[String]>, days: Option<(NaiveDate, NaiveDate)>) -> Option<&'t Target> {
        let (from, to) = days.unwrap_or((self.today, self.today));
        // A threshold changes only where a period begins.
        let begins = self.targets.iter().map(|target| target.from).filter(|day| from < *day && *day <= to);
        let days: Vec<NaiveDate> = [from].into_iter().chain(begins).collect();
        let used = self.method.targets.iter().map(|id| self.on(id, days.iter().copied()));
        let used: Vec<Vec<&Target>> = used.filter(|used| !used.is_empty()).collect();
        let is_for = |target: &&Target| {
            let known = |field: &String| target.fields.contains(field);
            !target.fields.is_empty() && fields.is_some_and(|fields| fields.iter().all(known))
        };
        let own = used.iter().find(|used| used.iter().all(is_for));
        let all = || used.iter().find(|used| used.iter().all(|target| target.fields.is_empty()));
        let used = own.or_else(all)?;
        used.iter().all(|target| target.threshold == used[0].threshold).then_some(used[0])
    }
}
