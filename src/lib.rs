//! sipas-kit: satisfaction surveys of public administrative services, run in
//! the browser and scored against their targets.
//!
//! The map, in the order a survey travels:
//!
//! - [`survey`]: what is asked. A definition, read from TOML with positioned problems.
//! - [`link`]: where a respondent comes from: the address with survey, unit, field, counter, channel.
//! - [`interview`]: one respondent's run through a survey, a state machine without IO.
//! - [`response`]: what was answered, where and when; never by whom.
//! - [`kiosk`]: a device at a counter: settings, idle time, drumming, PIN, what was exported.
//! - [`dataset`]: responses as columns, to count them again under any filter and breakdown.
//! - [`quality`]: marks on responses that look odd.
//! - [`scoring`]: integer tallies, formulas, intervals, verdicts.
//! - [`report`]: the table behind the office screen, the results CSV and the program's output.
//! - [`exchange`]: CSV in and out.
//! - [`document`]: what is printed: sheets for counters.
//! - [`office`]: how the office looks at figures, and what its page and its worker tell each other.
//! - [`json`]: what the respondent's page loads, keeps and stores, without serde.
//! - [`sample`]: answers generated from a stream of random numbers, for trials and tests.
//! - [`words`]: the interface's own texts in each shipped language.
//! - `web` (wasm32 only): pages, storage, files. The only part that touches a browser.
//!
//! Everything but `web` and the entry points in `src/bin` is pure: no clock,
//! no randomness, no IO. Time and ids come in as values.

pub mod dataset;
pub mod document;
pub mod exchange;
pub mod interview;
pub mod json;
pub mod kiosk;
pub mod link;
mod object;
pub mod office;
pub mod quality;
pub mod report;
pub mod response;
pub mod sample;
pub mod scoring;
mod sections;
mod sieve;
pub mod survey;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod web;
