//! Reading `theme.toml`: the name, emblem and colours of whoever runs the surveys.

use std::fmt::Write as _;

use super::Reading;
use super::toml_tree::{Problems, Table, with_root};
use crate::survey::Text;
use crate::survey::problem::Fault;

/// The looks of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Stands above every page.
    pub name: Text,
    /// A picture beside it: a file in the folder of the theme.
    pub emblem: Option<String>,
    /// Colours on a light ground, and on a dark one, by the names of the style sheet.
    pub colours: [Vec<(&'static str, Colour)>; 2],
}

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The colours there are, with those of the style sheet where a theme says nothing: on a light ground and on a dark
/// one. `public/styles/base.css` has the same; a test compares.
pub const COLOURS: [(&str, Colour, Colour); 13] = [
    ("bg", Colour([0xf5, 0xf3, 0xee]), Colour([0x10, 0x17, 0x1e])),
    ("card", Colour([0xff, 0xff, 0xff]), Colour([0x1a, 0x24, 0x2e])),
    ("ink", Colour([0x1d, 0x27, 0x33]), Colour([0xee, 0xf0, 0xee])),
    ("mute", Colour([0x4c, 0x59, 0x65]), Colour([0xb6, 0xc0, 0xc9])),
    ("line", Colour([0x7b, 0x86, 0x91]), Colour([0x76, 0x87, 0x9a])),
    ("soft", Colour([0xde, 0xda, 0xd1]), Colour([0x33, 0x40, 0x4c])),
    ("pri", Colour([0x1b, 0x4f, 0x7d]), Colour([0x9c, 0xca, 0xf0])),
    ("deep", Colour([0x14, 0x3f, 0x66]), Colour([0xc3, 0xe0, 0xf8])),
    ("on", Colour([0xff, 0xff, 0xff]), Colour([0x0b, 0x1c, 0x2b])),
    ("tint", Colour([0xe3, 0xee, 0xf7]), Colour([0x20, 0x38, 0x4d])),
    ("head", Colour([0x17, 0x3f, 0x66]), Colour([0x15, 0x29, 0x3b])),
    ("gold", Colour([0xe0, 0xa8, 0x3c]), Colour([0xc8, 0x96, 0x3a])),
    ("focus", Colour([0xb8, 0x50, 0x0a]), Colour([0xff, 0xc1, 0x63])),
];

/// What stands on what, and how far they must be apart, in hundredths: 4.5 for words, 3 for edges (WCAG 2.2, 1.4.3
/// and 1.4.11).
const PAIRS: [(&str, &str, u32); 15] = [
    ("ink", "bg", 450),
    ("ink", "card", 450),
    ("ink", "tint", 450),
    ("mute", "bg", 450),
    ("mute", "card", 450),
    ("mute", "soft", 450),
    ("pri", "bg", 450),
    ("pri", "card", 450),
    ("pri", "tint", 450),
    ("on", "pri", 450),
    ("on", "deep", 450),
    ("line", "card", 300),
    ("line", "bg", 300),
    ("focus", "bg", 300),
    ("focus", "card", 300),
];

const WHITE: Colour = Colour([0xff; 3]);

/// Rounded down: 4.499 is not enough.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn hundredths(ratio: f64) -> u32 {
    (ratio * 100.0) as u32
}

impl Colour {
    /// Reads `#1b4f7d`.
    fn read(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// Writes `#1b4f7d`.
    pub fn print(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > other { one / other } else { other / one }
    }
}

/// Reads a theme; colours that cannot be read on one another are problems.
pub fn read_theme(source: &str) -> Reading<Theme> {
    let (value, problems) = with_root(source, |root, problems| {
        problems.languages = vec!["vi".to_owned(), "en".to_owned()];
        let name = root.text(problems, "name").unwrap_or_default();
        let emblem = root.string(problems, "emblem").and_then(|at| {
            let is_picture = [".svg", ".png"].iter().any(|end| at.value.ends_with(end));
            let is_plain = at.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
            if !is_picture || !is_plain {
                problems.add(at.span, Fault::NoPicture);
                return None;
            }
            Some(at.value)
        });
        let colours = [("light", false), ("dark", true)].map(|(ground, is_dark)| {
            root.table(problems, ground).map_or_else(Vec::new, |table| colours(&table, problems, is_dark))
        });
        root.finish(problems);
        Theme { name, emblem, colours }
    });
    Reading { value, problems }
}

fn colours(table: &Table<'_, '_>, problems: &mut Problems<'_>, is_dark: bool) -> Vec<(&'static str, Colour)> {
    let mut given = Vec::new();
    for (name, ..) in COLOURS {
        let Some(text) = table.string(problems, name) else { continue };
        match Colour::read(&text.value) {
            Some(colour) => given.push((name, colour)),
            None => problems.add(text.span, Fault::NoColour { key: name }),
        }
    }
    table.finish(problems);
    let of = |name: &str| {
        let given = given.iter().find(|(known, _)| *known == name).map(|(_, colour)| *colour);
        let usual = COLOURS.iter().find(|(known, ..)| *known == name);
        given.or(usual.map(|(_, light, dark)| if is_dark { *dark } else { *light })).unwrap_or(WHITE)
    };
    let is_given = |name: &str| given.iter().any(|(known, _)| *known == name);
    let mut low = |one: &'static str, other: &'static str, ratio: f64, least: u32| {
        let ratio = hundredths(ratio);
        if ratio < least {
            let at = if is_given(one) { one } else { other };
            problems.add(table.span_of(at), Fault::LowContrast { one, other, ratio, least });
        }
    };
    for (one, other, least) in PAIRS.into_iter().filter(|(one, other, _)| is_given(one) || is_given(other)) {
        low(one, other, of(one).contrast(of(other)), least);
    }
    if is_given("head") {
        low("white", "head", of("head").contrast(WHITE), 450);
    }
    given
}

impl Theme {
    /// The style sheet it makes, to be loaded after the kit's own; empty where it says nothing.
    pub fn css(&self) -> String {
        let mut css = String::new();
        let properties = |colours: &[(&str, Colour)]| -> String {
            colours.iter().map(|(name, colour)| format!("--{name}:{};", colour.print())).collect()
        };
        let [light, dark] = [properties(&self.colours[0]), properties(&self.colours[1])];
        if !light.is_empty() {
            let _ = write!(css, ":root{{{light}}}");
        }
        // What was chosen for a light ground does not reach the dark one.
        if !light.is_empty() || !dark.is_empty() {
            let usual: Vec<_> = self.colours[0]
                .iter()
                .filter(|(name, _)| self.colours[1].iter().all(|(dark, _)| dark != name))
                .filter_map(|(name, _)| COLOURS.iter().find(|(known, ..)| known == name))
                .map(|(name, _, dark)| (*name, *dark))
                .collect();
            let usual = properties(&usual);
            let _ = write!(css, "@media screen and (prefers-color-scheme:dark){{:root{{{usual}{dark}}}}}");
        }
        if let Some(emblem) = &self.emblem {
            let _ = write!(css, ".top::before{{content:\"\";background-image:url({emblem})}}");
        }
        // The Vietnamese name is also that of languages without one.
        for (language, whose) in [("vi", ""), ("en", ":lang(en)")] {
            if let Some(name) = self.name.0.get(language) {
                let _ = write!(css, ".top p{whose}::before{{content:\"{}\"}}", quoted(name));
            }
        }
        css
    }
}

/// A text within the quotes of a style sheet: nothing ends them.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '{' | '}' | ';' | '\n' | '\r' => {
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let black = Colour([0; 3]);
        assert!((WHITE.contrast(black) - 21.0).abs() < 1e-9);
        // The example of grey text that just passes.
        let grey = Colour::read("#767676").expect("a colour");
        assert!((WHITE.contrast(grey) - 4.54).abs() < 0.005, "{}", WHITE.contrast(grey));
        assert_eq!(Colour::read("#76767"), None);
        assert_eq!(Colour::read("red"), None);
    }

    #[test]
    fn the_kits_own_colours_can_be_read_on_one_another() {
        for is_dark in [false, true] {
            let of = |name: &str| {
                let (_, light, dark) = COLOURS.iter().find(|(known, ..)| *known == name).expect("a colour");
                if is_dark { *dark } else { *light }
            };
            for (one, other, least) in PAIRS {
                let ratio = hundredths(of(one).contrast(of(other)));
                assert!(ratio >= least, "{one} on {other}: {ratio}");
            }
            assert!(of("head").contrast(WHITE) >= 4.5);
        }
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let source = "name = { vi = 'Tỉnh \"}body{display:none}', en = 'A\\Province</style>' }";
        let reading = read_theme(source);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let css = reading.value.css();
        assert_eq!(css.matches('"').count(), 4, "{css}");
        assert_eq!(css.matches(['{', '}']).count(), 4, "{css}");
        assert!(!css.contains("</"), "{css}");
    }
}
