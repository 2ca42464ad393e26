//! Drawings, as paths of inline SVG.

use super::element::{Element, svg};
use crate::survey::Face;

/// Symbols beside texts; never the only sign.
pub mod path {
    /// A warning.
    pub const WARN: &str = "M12 3.5 22 20.5H2zM12 10v5M12 17.7v.01";
    /// An error.
    pub const ERROR: &str = "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16.5v.01";
    /// Information.
    pub const INFO: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.01";
    /// Locked.
    pub const LOCK: &str = "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3M12 14.5v2";
    /// Reads aloud.
    pub const SPEAKER: &str = "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11";
    /// Done.
    pub const CHECK: &str = "M4 12.5 9.5 18 20 6.5";
    /// Take away.
    pub const CROSS: &str = "M6 6l12 12M18 6 6 18";
    /// A target that is met.
    pub const MET: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM7.5 12.2l3.2 3.2 5.8-6.4";
    /// A target that is not met.
    pub const UNMET: &str = "M12 2.5 21.5 12 12 21.5 2.5 12zM12 7.5v5.5M12 16v.01";
    /// Nothing to judge by.
    pub const NO_DATA: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12h8";
    /// A file comes in.
    pub const UPLOAD: &str = "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4";
    /// A file goes out.
    pub const DOWNLOAD: &str = "M12 4v12M7 11l5 5 5-5M4 16v4h16v-4";
}

/// A symbol of [`path`].
pub fn icon(path: &str) -> Element {
    drawing("ico", "0 0 24 24", path)
}

fn drawing(class: &str, view_box: &str, path: &str) -> Element {
    svg("svg").class(class).attr("viewBox", view_box).attr("aria-hidden", "true").child(svg("path").attr("d", path))
}

/// A face; told from the others by brows, eyes and mouth, not by colour.
pub fn face(face: Face) -> Element {
    const ROUND: &str = "M24 4a20 20 0 1 0 0 40 20 20 0 0 0 0-40z";
    let features = match face {
        Face::VeryBad => "M13 15l6 4M35 15l-6 4M17 23v1M31 23v1M33 35c-3-8-15-8-18 0",
        Face::Bad => "M17 18v2M31 18v2M31 33q-7-6-14 0",
        Face::Neutral => "M17 18v2M31 18v2M17 31h14",
        Face::Good => "M17 18v2M31 18v2M16 29q8 7 16 0",
        Face::VeryGood => "M20 20q-3-5-7 0M35 20q-3-5-7 0M14 27h20c-1 12-19 12-20 0z",
    };
    drawing("face", "0 0 48 48", &[ROUND, features].concat())
}
