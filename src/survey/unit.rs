//! Administrative units: provinces and communes, two levels since 1 July 2025
//! (codes of QĐ 19/2025/QĐ-TTg).
//!
//! Codes are text: `02647` is not 2647. Pages load one small file per first
//! two digits of a code, never all 3,321 communes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A province or a commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name with its kind, for instance "Xã Mường Khương".
    pub name: String,
    /// The name of its province; none for a province itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub province: Option<String>,
}

impl Unit {
    /// The name as it is shown: commune, province.
    pub fn full_name(&self) -> String {
        match &self.province {
            Some(province) => format!("{}, {province}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Units by code.
pub type Units = BTreeMap<String, Unit>;

/// The name of the shard a code is in: its first two characters.
pub fn shard(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

/// A text as it is searched by: small letters without marks.
pub fn fold(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Units found by the beginning of their code, or by words of their name or their province's, whatever the
/// marks on the letters; at most `most`, those whose name begins with what was typed first. None for no text.
pub fn search<'u>(units: &'u Units, typed: &str, most: usize) -> Vec<(&'u str, &'u Unit)> {
    let wanted = fold(typed.trim());
    if wanted.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let rank = |(code, unit): (&'u String, &'u Unit)| {
        let (full, name) = (fold(&unit.full_name()), fold(&unit.name));
        // "Xã Mường Khương" is looked for as "mường khương", too.
        let bare =
            ["xa ", "phuong ", "dac khu ", "tinh ", "thanh pho "].iter().find_map(|kind| name.strip_prefix(kind));
        let is_word = |word: &&str| full.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
        let rank = match () {
            () if code.starts_with(&wanted) => 0,
            () if name.starts_with(&wanted) || bare.is_some_and(|bare| bare.starts_with(&wanted)) => 1,
            () if words.iter().all(is_word) => 2,
            () => return None,
        };
        Some((rank, code.as_str(), unit))
    };
    let mut found: Vec<(i32, &str, &Unit)> = units.iter().filter_map(rank).collect();
    found.sort_by_key(|(rank, code, _)| (*rank, *code));
    found.into_iter().take(most).map(|(_, code, unit)| (code, unit)).collect()
}

/// What a code that is not on the list was, before a spreadsheet took it for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// It is on the list, or is nothing like a code that is.
    AsWritten,
    /// It lost its leading zeros: this is the code.
    Code(String),
    /// It may have been either of these.
    Either(String, String),
}

/// Gives a code back the zeros that spreadsheets strip: 2647 was 02647.
///
/// A province and a commune can be left with the same digits (4 was 04 or 00004). What is on
/// the list as it stands is taken as it stands.
pub fn restore(code: &str, units: &Units) -> Restored {
    let is_number = !code.is_empty() && code.len() < 5 && code.bytes().all(|b| b.is_ascii_digit());
    if !is_number || units.contains_key(code) {
        return Restored::AsWritten;
    }
    let mut possible =
        [format!("{code:0>2}"), format!("{code:0>5}")].into_iter().filter(|code| units.contains_key(code));
    match (possible.next(), possible.next()) {
        (Some(code), None) => Restored::Code(code),
        (Some(province), Some(commune)) => Restored::Either(province, commune),
        _ => Restored::AsWritten,
    }
}

/// What is wrong with `units.csv`, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsProblem {
    /// From 1.
    pub line: u64,
    /// What is wrong.
    pub fault: UnitFault,
}

/// Everything that can be wrong with `units.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitFault {
    /// A column is missing, or the row is no CSV: the reader's own message.
    Row(String),
    /// The province of a commune is not on the list.
    NoProvince(String),
    /// A code has too many or too few digits.
    Digits {
        /// The code.
        code: String,
        /// How many it must have.
        digits: usize,
    },
    /// A code that is already on the list.
    Twice(String),
}

impl UnitsProblem {
    /// What is wrong, and what to do.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |v: &str, e: &str| if vi { v.to_owned() } else { e.to_owned() };
        match &self.fault {
            UnitFault::Row(message) => (
                pick(format!("không đọc được dòng này: {message}"), format!("this row cannot be read: {message}")),
                both("dòng đầu phải là code,level,name,province", "the first row must be code,level,name,province"),
            ),
            UnitFault::NoProvince(code) => (
                pick(format!("không có tỉnh nào mang mã {code}"), format!("no province has the code {code}")),
                both(
                    "thêm dòng của tỉnh, hoặc sửa mã ở cột province",
                    "add the province's row, or mend the code in the column province",
                ),
            ),
            UnitFault::Digits { code, digits } => (
                pick(
                    format!("mã {code} phải có {digits} chữ số"),
                    format!("the code {code} must have {digits} digits"),
                ),
                both("giữ số 0 ở đầu: mở cột này dưới dạng văn bản", "keep leading zeros: open the column as text"),
            ),
            UnitFault::Twice(code) => (
                pick(format!("mã {code} xuất hiện hai lần"), format!("the code {code} appears twice")),
                both("xoá một trong hai dòng", "delete one of the two rows"),
            ),
        }
    }
}

/// Reads `units.csv` (`code,level,name,province`).
///
/// # Errors
/// The first line that is wrong, and what is wrong with it.
pub fn read_units(source: &[u8]) -> Result<Units, UnitsProblem> {
    #[derive(Deserialize)]
    struct Row {
        code: String,
        name: String,
        province: String,
    }
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let problem = |line, fault| UnitsProblem { line, fault };
    let unread = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        problem(line, UnitFault::Row(error.to_string()))
    };
    let rows: Vec<Row> = csv::Reader::from_reader(source).deserialize().collect::<Result<_, _>>().map_err(unread)?;
    let provinces: BTreeMap<String, String> =
        rows.iter().filter(|row| row.province.is_empty()).map(|row| (row.code.clone(), row.name.clone())).collect();
    let mut units = Units::new();
    for (row, line) in rows.into_iter().zip(2..) {
        let province = match row.province.as_str() {
            "" => None,
            code => match provinces.get(code) {
                Some(name) => Some(name.clone()),
                None => return Err(problem(line, UnitFault::NoProvince(row.province))),
            },
        };
        let digits = if province.is_some() { 5 } else { 2 };
        if row.code.len() != digits || !row.code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(problem(line, UnitFault::Digits { code: row.code, digits }));
        }
        if units.insert(row.code.clone(), Unit { name: row.name, province }).is_some() {
            return Err(problem(line, UnitFault::Twice(row.code)));
        }
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_by_code_and_by_name_without_marks() {
        let unit = |name: &str| Unit { name: name.to_owned(), province: Some("Tỉnh Lào Cai".to_owned()) };
        let units: Units = [
            ("02647", unit("Phường Lào Cai")),
            ("02761", unit("Xã Mường Khương")),
            ("02767", unit("Xã Pha Long")),
            ("02632", unit("Xã Đông Cuông")),
        ]
        .map(|(code, unit)| (code.to_owned(), unit))
        .into();
        let found = |typed: &str| search(&units, typed, 3).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(found("muong khuong"), ["02761"]);
        assert_eq!(found("Mường Kh"), ["02761"]);
        assert_eq!(found("mu\u{31b}o\u{31b}\u{300}ng"), ["02761"], "decomposed, as some keyboards send it");
        assert_eq!(found("dong"), ["02632"], "đ is d");
        assert_eq!(found("0276"), ["02761", "02767"]);
        assert_eq!(found("lao cai")[0], "02647", "its own name before its province's");
        assert_eq!(found("lao cai").len(), 3, "no more than asked for");
        assert_eq!(found("  "), Vec::<&str>::new());
        assert_eq!(found("khong co"), Vec::<&str>::new());
    }
}
