//! What is printed, as data: the pages only draw it.

pub mod sheet;
