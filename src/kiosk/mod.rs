//! A device at a counter: what it is set up for, and the rules by which it
//! takes answers from one stranger after another without a person beside it.
//!
//! Pure like the rest: time comes in as milliseconds that only ever rise, so
//! that no clock set back can freeze a screen; the day comes in as a moment.

mod hours;
mod ledger;
mod pin;
mod rhythm;
mod setup;
mod watch;

pub use hours::{Hours, Opening, minute_of};
pub use ledger::{Act, Counts, Receipt, counts, days, file_name};
pub use pin::{Attempts, Pin, is_pin};
pub use rhythm::{Ignored, Rhythm, Touch};
pub use setup::{FileFault, Setup, SetupFault};
pub use watch::{Presence, Watch};

use crate::interview::applicable;
use crate::response::{Answers, Attributes};
use crate::survey::{Kind, Question, Survey};

/// The main question, where it is the first that is asked and takes one rating: the device then shows
/// it at rest, and one touch rates.
pub fn one_touch<'s>(survey: &'s Survey, attributes: &Attributes) -> Option<&'s Question> {
    let asked = applicable(survey, attributes, &Answers::new());
    let first = survey.columns().find(|column| asked.contains(&column.id))?;
    let is_main = survey.kiosk.main.as_deref() == Some(first.id);
    (is_main && matches!(first.question.kind, Kind::Rating { .. })).then_some(first.question)
}
