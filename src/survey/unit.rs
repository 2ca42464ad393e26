//! Administrative units: provinces and communes, two levels since 1 July 2025
//! (codes of QĐ 19/2025/QĐ-TTg).
//!
//! Codes are text: `02647` is not 2647. Pages load one small file per first
//! two digits of a code, never all 3,321 communes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// Reads `units.csv` (`code,level,name,province`).
///
/// # Errors
/// The line and what is wrong with it.
pub fn read_units(source: &[u8]) -> Result<Units, String> {
    #[derive(Deserialize)]
    struct Row {
        code: String,
        name: String,
        province: String,
    }
    let rows: Vec<Row> =
        csv::Reader::from_reader(source).deserialize().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let provinces: BTreeMap<String, String> =
        rows.iter().filter(|row| row.province.is_empty()).map(|row| (row.code.clone(), row.name.clone())).collect();
    let mut units = Units::new();
    for (index, row) in rows.into_iter().enumerate() {
        let line = index + 2;
        let province = match row.province.as_str() {
            "" => None,
            code => Some(provinces.get(code).ok_or(format!("line {line}: no province has the code {code}"))?.clone()),
        };
        let digits = if province.is_some() { 5 } else { 2 };
        if row.code.len() != digits || !row.code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("line {line}: the code {} must have {digits} digits", row.code));
        }
        if units.insert(row.code.clone(), Unit { name: row.name, province }).is_some() {
            return Err(format!("line {line}: the code {} appears twice", row.code));
        }
    }
    Ok(units)
}
