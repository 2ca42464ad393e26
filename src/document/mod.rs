//! What is printed, as data: the pages only draw it.
//!
//! [`sheet`] are the sheets for counters. [`report`] is the report on the results in the layout of
//! administrative documents, composed of [`texts`], which officials write, and of tables and sentences
//! from [`crate::report::Results`] (`figures`, `method`).

mod figures;
mod method;
pub mod report;
pub mod sheet;
pub mod texts;
