//! Made-up responses, read and counted for practice. A browser compiles for speed what was called often, while it runs:
//! after this, what is done to every row is fast from the first row of somebody's file on.

use std::fmt::Write as _;
use std::rc::Rc;

use chrono::TimeDelta;

use super::{Library, Look, Shown};
use crate::exchange::Reader;
use crate::exchange::responses::{Collection, Part, Parts, Stream, Taken, write_responses};
use crate::response::{Answer, Moment};
use crate::sample::{Dice, Plan, generate};

/// Responses that are made up; each stands in the file so many times, under other ids.
const RESPONSES: u32 = 100;
const COPIES: u32 = 40;
/// Bytes of a slice that is read as by a reader: small, so that there are many, each with rows cut at its ends.
const SLICE: usize = 1 << 15;
/// Units they are of, at most; so many are made up where there is no list.
const UNITS: u32 = 50;

/// A file of made-up responses.
pub struct Practice {
    survey: String,
    file: Vec<u8>,
    /// Bytes of its first row.
    header: usize,
}

impl Practice {
    /// The key that groups are told apart by: the one with the most values.
    pub const BY: &str = "unit";

    /// A file of responses to the survey with this id.
    pub fn of(library: &Library, survey: &str, now: Moment) -> Practice {
        let survey = Rc::new(library.shown(survey).survey.clone());
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 16
        };
        let mut units: Vec<String> = library.units.keys().take(UNITS as usize).cloned().collect();
        if units.is_empty() {
            units.extend((1..=UNITS).map(|number| format!("{number:05}")));
        }
        let plan = Plan { count: RESPONSES, units, fields: Vec::new(), from: (now - TimeDelta::days(60)).date_naive() };
        let mut responses = generate(&survey, &plan, &mut Dice(&mut next));
        let answers = responses.iter_mut().flat_map(|response| response.answers.iter_mut());
        // What people write often stands in quotes in a file.
        answers.for_each(|(_, answer)| {
            if let Answer::Text(words) | Answer::Picked { specified: Some(words), .. } = answer {
                *words = words.replace(['(', ')'], "\"");
            }
        });
        let text = write_responses(&survey, &responses, Reader::Machine);
        let (header, rows) = text.split_once("\r\n").unwrap_or((&text, ""));
        let mut file = format!("{header}\r\n");
        for copy in 0..COPIES {
            for (at, row) in (0..).zip(rows.lines()) {
                // The id begins the row.
                let rest = row.get(8..).unwrap_or_default();
                let _ = write!(file, "{:08x}{rest}\r\n", copy * RESPONSES + at);
            }
        }
        Practice { survey: survey.id.clone(), header: header.len() + 2, file: file.into_bytes() }
    }

    /// The file.
    pub fn file(&self) -> &[u8] {
        &self.file
    }

    /// Reads the file and counts it, once: what would be shown of it, by unit.
    pub fn round(&self, library: &Library, now: Moment) -> Shown {
        let setting = library.reading(&self.survey, now);
        let mut collection = Collection::new(&setting.definition.survey);
        let mut stream = Stream::new(1, self.file.len() as u64);
        // Half of it is read as by the worker itself, the other half as by a reader.
        let (own, others) = self.file.split_at(self.file.len() / 2);
        stream.room(own.len()).copy_from_slice(own);
        stream.read(false, &setting, &mut collection);
        let mut parts = Parts::of(&self.file[..self.header]);
        for slice in others.chunks(SLICE) {
            parts.again();
            parts.room(slice.len()).copy_from_slice(slice);
            let part = parts.next(true, &setting).map(|part| part.to_bytes());
            let part = part.and_then(|part| Part::from_bytes(&part, &setting.definition.survey));
            let taken = part.map(|part| stream.join(part, &setting, &mut collection));
            if !matches!(taken, Some(Taken::All(_))) {
                break;
            }
        }
        stream.read(true, &setting, &mut collection);
        let by = [Practice::BY.to_owned(), String::new()];
        let look = Look { survey: self.survey.clone(), by, ..Look::default() };
        Shown::of(library, &look, collection.dataset(), now)
    }
}
