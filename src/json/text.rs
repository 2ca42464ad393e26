//! JSON texts: a tree read from one, and written as one.

use super::Json;

impl Json {
    /// Reads a text; `None` where it is no JSON, or nested beyond any definition.
    pub fn parse(text: &str) -> Option<Json> {
        let mut parser = Parser { bytes: text.as_bytes(), text, at: 0 };
        let json = parser.value(DEEPEST)?;
        parser.space();
        (parser.at == text.len()).then_some(json)
    }

    /// Writes it, without spaces.
    pub fn print(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null | Json::Other => out.push_str("null"),
            Json::Bool(is) => out.push_str(if *is { "true" } else { "false" }),
            Json::Number(number) => out.push_str(&number.to_string()),
            Json::Text(text) => write_text(text, out),
            Json::List(list) => {
                out.push('[');
                for (at, json) in list.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    json.write(out);
                }
                out.push(']');
            }
            Json::Object(pairs) => {
                out.push('{');
                for (at, (name, json)) in pairs.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    json.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\x1f' => {
                let digit = |n: u32| char::from_digit(n, 16).unwrap_or('0');
                out.push_str("\\u00");
                out.extend([digit(c as u32 >> 4), digit(c as u32 & 15)]);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Nesting beyond this is refused: a hostile file must not exhaust the stack.
const DEEPEST: u32 = 128;

struct Parser<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next token begins with this byte: it is taken.
    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, word: &str, json: Json) -> Option<Json> {
        let is = self.bytes[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        is.then_some(json)
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.space();
        match self.peek()? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                if self.eat(b']') {
                    return Some(Json::List(list));
                }
                loop {
                    list.push(self.value(depth)?);
                    if !self.eat(b',') {
                        return self.eat(b']').then_some(Json::List(list));
                    }
                }
            }
            b'{' => {
                self.at += 1;
                let mut pairs = Vec::new();
                if self.eat(b'}') {
                    return Some(Json::Object(pairs));
                }
                loop {
                    self.space();
                    let name = self.string()?;
                    let json = if self.eat(b':') { self.value(depth)? } else { return None };
                    pairs.push((name, json));
                    if !self.eat(b',') {
                        return self.eat(b'}').then_some(Json::Object(pairs));
                    }
                }
            }
            _ => self.number(),
        }
    }

    /// A number. Of one that is not whole only its extent is told, not its value.
    fn number(&mut self) -> Option<Json> {
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let number = &rest[..length];
        self.at += length;
        let is_number = number.ends_with(|c: char| c.is_ascii_digit()) && !number.starts_with(['+', '.', 'e', 'E']);
        is_number.then(|| number.parse().map_or(Json::Other, Json::Number))
    }

    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        if self.peek() != Some(b'"') {
            return None;
        }
        self.at += 1;
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            out.push_str(self.text.get(start..self.at)?);
            self.at += 1;
            match self.bytes[self.at - 1] {
                b'"' => return Some(out),
                b'\\' => out.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    /// What a backslash stands before.
    fn escaped(&mut self) -> Option<char> {
        self.at += 1;
        Some(match self.bytes.get(self.at - 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\x08',
            b'f' => '\x0c',
            byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
            b'u' => {
                let high = self.four_digits()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high);
                }
                // Beyond the first 65,536 characters: two escapes for one.
                let low = if self.text.get(self.at..self.at + 2) == Some("\\u") {
                    self.at += 2;
                    self.four_digits()?
                } else {
                    return None;
                };
                if !(0xdc00..0xe000).contains(&low) {
                    return None;
                }
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.chars().try_fold(0, |number, digit| Some(number << 4 | digit.to_digit(16)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Any tree the type can hold, but for the numbers it cannot.
    fn json() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// What serde_json makes of a tree.
    fn serde(json: &Json) -> serde_json::Value {
        serde_json::from_str(&json.print()).expect("valid JSON")
    }

    proptest! {
        /// Compact or spread out, what serde_json writes is read, and what is written serde_json reads.
        #[test]
        fn it_is_the_json_of_serde(value in json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).expect("a tree")] {
                let read = Json::parse(&text);
                prop_assert_eq!(read.as_ref().map(serde), Some(value.clone()), "{}", text);
                prop_assert_eq!(Json::parse(&read.expect("read").print()).as_ref().map(serde), Some(value.clone()));
            }
        }

        /// Any text is read without panic, and nothing is taken that serde_json refuses.
        #[test]
        fn no_text_is_too_strange(text in r#"[\[\]{}",:\\ \n0-9a-ftrunslu.eE+é-]{0,24}"#) {
            if Json::parse(&text).is_some_and(|json| !has_other(&json)) {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok() || has_loose_number(&text), "{}", text);
            }
        }

        /// A text cut short is no JSON.
        #[test]
        fn half_a_text_is_none(value in json(), part in 0.0..1.0f64) {
            let text = serde_json::to_string(&[value]).expect("a tree");
            let cut = (text.len() as f64 * part) as usize;
            if text.is_char_boundary(cut) {
                prop_assert_eq!(Json::parse(&text[..cut]), None);
            }
        }
    }

    fn has_other(json: &Json) -> bool {
        match json {
            Json::Other => true,
            Json::List(list) => list.iter().any(has_other),
            Json::Object(pairs) => pairs.iter().any(|(_, json)| has_other(json)),
            _ => false,
        }
    }

    /// Zeros before a number, which Rust reads and JSON does not allow.
    fn has_loose_number(text: &str) -> bool {
        text.as_bytes().windows(2).any(|pair| pair[0] == b'0' && pair[1].is_ascii_digit())
    }

    #[test]
    fn escapes_are_read() {
        let text = r#" "\"\\\/\b\f\n\r\té😀\u001f" "#;
        assert_eq!(Json::parse(text), Some(Json::text("\"\\/\x08\x0c\n\r\té😀\x1f")));
        for broken in [r#""\ud83d""#, r#""\ud83dA""#, r#""\ude00""#, r#""\x""#, r#""\u12""#, "\"\n\"", "\""] {
            assert_eq!(Json::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn numbers_that_are_not_whole_stand_for_themselves_only() {
        assert_eq!(Json::parse("[0.95,1e3,-7]"), Some(Json::List(vec![Json::Other, Json::Other, Json::Number(-7)])));
        assert_eq!(Json::parse("99999999999999999999"), Some(Json::Other));
        for broken in ["-", "+1", ".5", "e5", "1.", "--", "1 2", "[1,]", "{\"a\"}", "nul", "", "{a:1}"] {
            assert_eq!(Json::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&deep(100)).is_some());
        assert_eq!(Json::parse(&deep(100_000)), None);
    }

    #[test]
    fn of_two_equal_keys_the_last_counts() {
        assert_eq!(Json::parse(r#"{"a":1,"a":2}"#).expect("valid").get("a"), &Json::Number(2));
    }
}
