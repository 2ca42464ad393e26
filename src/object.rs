//! Small maps in files: always a JSON object. The map's own way of writing makes a list of an empty one.

use std::collections::BTreeMap;

use litemap::LiteMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes the object.
///
/// # Errors
/// The serializer's.
pub fn serialize<V: Serialize, S: Serializer>(map: &LiteMap<String, V>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map)
}

/// Reads an object.
///
/// # Errors
/// Where it is none.
pub fn deserialize<'de, V: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<LiteMap<String, V>, D::Error> {
    Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
}
