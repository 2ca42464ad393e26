//! JSON as a tree, for the respondent's page: what it loads, keeps and stores.
//!
//! serde reads and writes the same files everywhere else, and tests hold the two
//! together. On a phone it would weigh more than the rest of the kit: it makes
//! a parser for every type, where this is one parser and a few short lines a type.

mod draft;
mod survey;
mod text;

/// What a JSON text says. Of numbers only whole ones: the kit writes no others for
/// the respondent's page, and reading fractions takes long tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`; also what stands where nothing stands.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A number that is no whole `i64`.
    Other,
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order it is written.
    Object(Vec<(String, Json)>),
}

/// Made from a JSON tree; `None` where the tree says something else.
pub trait FromJson: Sized {
    /// Reads it.
    fn from_json(json: &Json) -> Option<Self>;
}

/// Made into a JSON tree.
pub trait ToJson {
    /// Writes it.
    fn to_json(&self) -> Json;
}

impl Json {
    /// What an object has under a key; of two, the last, as browsers see it.
    pub fn get(&self, key: &str) -> &Json {
        match self {
            Json::Object(pairs) => {
                pairs.iter().rev().find(|(name, _)| name == key).map_or(&Json::Null, |(_, json)| json)
            }
            _ => &Json::Null,
        }
    }

    /// What an object has under a key, as a value of this type.
    pub fn read<T: FromJson>(&self, key: &str) -> Option<T> {
        T::from_json(self.get(key))
    }

    /// The same where many fields are read: what is not of its type is noted, and the default stands in. To stop at
    /// each of them would take code to throw away what was read before it.
    fn take<T: FromJson + Default>(&self, key: &str, is_sound: &mut bool) -> T {
        self.read(key).unwrap_or_else(|| {
            *is_sound = false;
            T::default()
        })
    }

    /// Whether it is an object.
    fn is_object(&self) -> bool {
        matches!(self, Json::Object(_))
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a list; none where it is something else.
    fn list(&self) -> &[Json] {
        match self {
            Json::List(list) => list,
            _ => &[],
        }
    }

    /// The case of an enum as serde writes it, and what it holds: `"a"` or `{"a": …}`.
    fn case(&self) -> Option<(&str, &Json)> {
        match self {
            Json::Text(name) => Some((name, &Json::Null)),
            Json::Object(pairs) => match &pairs[..] {
                [(name, json)] => Some((name, json)),
                _ => None,
            },
            _ => None,
        }
    }

    /// A string.
    pub fn text(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    /// An object.
    fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
        Json::Object(pairs.into_iter().map(|(name, json)| (name.to_owned(), json)).collect())
    }
}

impl FromJson for String {
    fn from_json(json: &Json) -> Option<String> {
        json.as_str().map(str::to_owned)
    }
}

/// What is not written is false.
impl FromJson for bool {
    fn from_json(json: &Json) -> Option<bool> {
        match json {
            Json::Null => Some(false),
            Json::Bool(is) => Some(*is),
            _ => None,
        }
    }
}

impl FromJson for i64 {
    fn from_json(json: &Json) -> Option<i64> {
        match json {
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromJson for u32 {
    fn from_json(json: &Json) -> Option<u32> {
        u32::try_from(i64::from_json(json)?).ok()
    }
}

impl FromJson for u8 {
    fn from_json(json: &Json) -> Option<u8> {
        u8::try_from(i64::from_json(json)?).ok()
    }
}

impl FromJson for usize {
    fn from_json(json: &Json) -> Option<usize> {
        usize::try_from(i64::from_json(json)?).ok()
    }
}

impl ToJson for usize {
    fn to_json(&self) -> Json {
        Json::Number(i64::try_from(*self).unwrap_or_default())
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json) -> Option<Option<T>> {
        match json {
            Json::Null => Some(None),
            json => T::from_json(json).map(Some),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Option<Vec<T>> {
        let Json::List(list) = json else { return None };
        let mut all = Vec::with_capacity(list.len());
        for json in list {
            all.push(T::from_json(json)?);
        }
        Some(all)
    }
}

impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::text(self)
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::to_json)
    }
}
