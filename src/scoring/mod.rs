//! From answers to counts to a verdict.
//!
//! Everything is an integer until a percentage is shown. A [`Tally`] merges:
//! the tally of two piles is the merge of their tallies, in any order, so work
//! can be split over files, threads and machines. An [`Estimate`] is a figure
//! with its interval; [`Evidence`] is what the interval says beside a target.

mod estimate;
mod evidence;
mod exact;
mod interval;
mod scheme;
mod share;
mod tally;

pub use estimate::{Estimate, Stratum, estimate};
pub use evidence::{Evidence, Grade, Rank, further, ranks, yamane};
pub use exact::Exact;
pub use interval::{Confidence, difference, wilson};
pub use scheme::{Measure, MeasureKind, Scheme};
pub(crate) use scheme::{Source, Worth};
pub use share::{Share, Verdict};
pub use tally::{Absent, Count, FigureCount, Pair, Spread, Tally};
pub(crate) use tally::{Together, join};
