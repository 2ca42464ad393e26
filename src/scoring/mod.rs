//! From answers to counts to a verdict.
//!
//! Everything is an integer until a percentage is shown. A [`Tally`] merges:
//! the tally of two piles is the merge of their tallies, in any order, so work
//! can be split over files, threads and machines.

mod share;
mod tally;

pub use share::{Share, Verdict};
pub use tally::{Count, FigureCount, Measure, MeasureKind, Scheme, Tally};
