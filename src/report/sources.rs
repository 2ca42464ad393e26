//! How responses were collected: as a sample, or from people who chose to answer.

use super::Channels;
use super::build::Setting;
use crate::dataset::{Dataset, Key, Split};
use crate::response::Status;

/// How many of the responses asked for are of a sample, and how many of people who chose to answer,
/// whichever channels are asked for.
pub fn collected(setting: &Setting<'_>, dataset: &Dataset, only: &[(Key, Vec<String>)]) -> (u64, u64) {
    Sources::of(setting, dataset, only).collected()
}

/// How many responses are of a sample, and how many of people who chose to answer: those that count, and
/// those that were flagged.
#[derive(Default)]
pub(crate) struct Sources {
    sample: [u64; 2],
    own_choice: [u64; 2],
}

impl Sources {
    /// Of the responses that these keys leave.
    pub fn of(setting: &Setting<'_>, dataset: &Dataset, only: &[(Key, Vec<String>)]) -> Sources {
        let method = &setting.definition.method;
        let name = |is_it: bool| if is_it { "yes".to_owned() } else { String::new() };
        let mut splits: Vec<Split<'_>> =
            only.iter().map(|(key, wanted)| dataset.only(key, wanted, setting.units)).collect();
        let flagged = Status::Flagged.code();
        splits.push(Split::by(dataset.column("channel"), |channel| name(method.is_self_selected(channel))));
        splits.push(Split::by(dataset.column("status"), |status| name(status == flagged)));
        let mut sources = Sources::default();
        for (names, count) in dataset.counts(&splits) {
            let [.., own_choice, flagged] = names.as_slice() else { continue };
            let of = if own_choice.is_empty() { &mut sources.sample } else { &mut sources.own_choice };
            of[usize::from(!flagged.is_empty())] += count;
        }
        sources
    }

    /// How many of a sample, and of people who chose to answer, count.
    pub fn collected(&self) -> (u64, u64) {
        (self.sample[0], self.own_choice[0])
    }

    /// How many were flagged, and so are not counted.
    pub fn flagged(&self, channels: Channels) -> u64 {
        match channels {
            Channels::All => self.sample[1] + self.own_choice[1],
            Channels::Sample => self.sample[1],
            Channels::SelfSelected => self.own_choice[1],
        }
    }
}
