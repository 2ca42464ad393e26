//! The part that touches a browser: pages, storage, files, clock.
//!
//! Thin by intent. What can be decided without a browser is decided in the
//! pure modules; here events go in and effects are performed.

pub mod browser;
pub mod element;
pub mod header;
pub mod icon;
pub mod kiosk;
mod languages;
pub mod office;
pub mod qr;
pub mod respondent;
pub mod settings;
mod speech;
pub mod store;
pub mod unit_field;
pub mod updates;
