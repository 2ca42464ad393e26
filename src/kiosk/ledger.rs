//! What has been collected, exported and deleted on a device.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Setup;
use crate::response::{Moment, Response, Status, moment_text, vietnam};

/// What was done with responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Saved as a file.
    Exported,
    /// Deleted from the device.
    Deleted,
    /// Lost, as far as is known: the browser has deleted its data.
    Lost,
    /// Brought back from their copies after the browser had deleted its data.
    Restored,
}

/// A dated note of an export or a deletion. Stays when the responses are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// When.
    #[serde(with = "moment_text")]
    pub at: Moment,
    /// What.
    pub act: Act,
    /// How many responses.
    pub responses: u32,
    /// First and last day of them.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The name the file was given.
    pub file: Option<String>,
}

/// What staff want to know at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All on the device.
    pub all: u32,
    /// Submitted today.
    pub today: u32,
    /// Since Monday.
    pub week: u32,
    /// In no file yet.
    pub unexported: u32,
    /// Of all: left before the end.
    pub abandoned: u32,
    /// Of all: touched as nobody does.
    pub flagged: u32,
    /// When the last was submitted.
    pub last: Option<Moment>,
}

/// Counts what is on the device.
pub fn counts<'r>(
    responses: impl IntoIterator<Item = &'r Response>,
    is_exported: impl Fn(&str) -> bool,
    now: &Moment,
) -> Counts {
    let today = now.with_timezone(&vietnam()).date_naive();
    let mut counts = Counts::default();
    for response in responses {
        let day = response.day();
        counts.all += 1;
        counts.today += u32::from(day == today);
        counts.week += u32::from(day.iso_week() == today.iso_week());
        counts.unexported += u32::from(!is_exported(&response.id));
        counts.abandoned += u32::from(response.status == Status::Abandoned);
        counts.flagged += u32::from(response.status == Status::Flagged);
        counts.last = counts.last.max(Some(response.finished_at));
    }
    counts
}

/// First and last day of some responses.
pub fn days<'r>(responses: impl IntoIterator<Item = &'r Response>) -> Option<(NaiveDate, NaiveDate)> {
    let mut days = responses.into_iter().map(Response::day);
    let first = days.next()?;
    Some(days.fold((first, first), |(from, until), day| (from.min(day), until.max(day))))
}

/// The name of an export: survey, edition, unit, counter and device, the days it covers and when it was made.
pub fn file_name(
    setup: &Setup,
    device: &str,
    response: &Response,
    days: Option<(NaiveDate, NaiveDate)>,
    now: &Moment,
) -> String {
    let days = days.map_or_else(String::new, |(from, until)| match from == until {
        true => format!("_{from}"),
        false => format!("_{from}_{until}"),
    });
    let known =
        |value: &Option<String>, prefix: &str| value.as_ref().map_or_else(String::new, |v| format!("_{prefix}{v}"));
    format!(
        "{}-{}{}{}_{device}{days}_{}.csv",
        response.survey,
        response.edition,
        known(&setup.unit, ""),
        known(&setup.counter, "quay-"),
        now.with_timezone(&vietnam()).format("%Y%m%d-%H%M%S"),
    )
}
