//! The office's desk without a browser: which definitions are used there, how figures are looked at, and
//! what the page and its worker tell each other.

pub mod beside;
mod comments;
mod library;
mod look;
pub mod message;
mod practice;

pub use comments::{Comment, Comments, Written};
pub use library::Library;
pub use look::{Grouped, Look, OVERALL, SHOWN_GROUPS, Shown, offered};
pub use practice::Practice;
