//! Conditions over earlier answers: `q1 <= 2 and not (sex = male)`.
//!
//! Grammar, loosest first:
//!
//! ```text
//! any   = all { "or" all }
//! all   = one { "and" one }
//! one   = "not" one | "(" any ")" | "answered" "(" id ")" | id test
//! test  = ("=" | "!=" | "<" | "<=" | ">" | ">=") value
//!       | "in" "(" value { "," value } ")" | "has" value
//! value = word or whole number
//! ```

use serde::{Deserialize, Serialize};

/// A condition. Column ids and values are kept as written; [`super::check`]
/// makes sure that they exist and fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// There is a valid answer.
    Answered(String),
    /// A valid answer compares so. False where there is none.
    Compare(String, Comparison, String),
    /// A valid answer is one of these.
    In(String, Vec<String>),
    /// This option is among those ticked.
    Has(String, String),
}

/// How a valid answer is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// The same.
    #[serde(rename = "=")]
    Equal,
    /// Another one.
    #[serde(rename = "!=")]
    NotEqual,
    /// Less, for numbers.
    #[serde(rename = "<")]
    Less,
    /// Less or the same, for numbers.
    #[serde(rename = "<=")]
    AtMost,
    /// More, for numbers.
    #[serde(rename = ">")]
    More,
    /// More or the same, for numbers.
    #[serde(rename = ">=")]
    AtLeast,
}

/// What a condition may look at: the valid answer of a column as CSV values
/// (one for a rating, a single choice or a number; any number for several
/// choices; a text is one value). `None`: no valid answer.
pub trait Answered {
    /// The values of `column`.
    fn values(&self, column: &str) -> Option<Vec<String>>;
}

impl Condition {
    /// Whether it holds for these answers.
    pub fn holds(&self, answers: &impl Answered) -> bool {
        match self {
            Condition::All(all) => all.iter().all(|one| one.holds(answers)),
            Condition::Any(any) => any.iter().any(|one| one.holds(answers)),
            Condition::Not(one) => !one.holds(answers),
            Condition::Answered(column) => answers.values(column).is_some(),
            Condition::In(column, wanted) => {
                answers.values(column).is_some_and(|values| values.iter().any(|value| wanted.contains(value)))
            }
            Condition::Has(column, wanted) => answers.values(column).is_some_and(|values| values.contains(wanted)),
            Condition::Compare(column, comparison, wanted) => answers
                .values(column)
                .is_some_and(|values| values.first().is_some_and(|value| comparison.holds(value, wanted))),
        }
    }

    /// Calls `visit` with every column the condition names.
    pub fn columns<'c>(&'c self, visit: &mut impl FnMut(&'c str)) {
        match self {
            Condition::All(some) | Condition::Any(some) => some.iter().for_each(|one| one.columns(visit)),
            Condition::Not(one) => one.columns(visit),
            Condition::Answered(column)
            | Condition::Compare(column, ..)
            | Condition::In(column, _)
            | Condition::Has(column, _) => visit(column),
        }
    }
}

impl Comparison {
    /// Whether a value compares so.
    pub(super) fn holds(self, value: &str, wanted: &str) -> bool {
        // The ids 1 and 01 are two options; numbers are written in one way only.
        if self.is_equality() {
            return (value == wanted) == (self == Comparison::Equal);
        }
        let (Ok(value), Ok(wanted)) = (value.parse::<i64>(), wanted.parse::<i64>()) else { return false };
        let order = value.cmp(&wanted);
        match self {
            Comparison::Equal | Comparison::NotEqual => false,
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::More => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }

    /// Compares any values, not only numbers.
    pub fn is_equality(self) -> bool {
        matches!(self, Comparison::Equal | Comparison::NotEqual)
    }
}

/// Why a condition could not be read, at a byte range of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes.
    pub span: std::ops::Range<usize>,
    /// What would have been right there.
    pub expected: Expected,
}

/// What would have been right where a condition could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Expected {
    Token,
    JoinOrEnd,
    Open,
    Close,
    CommaOrClose,
    LessNesting,
    Question,
    Option,
    Value,
    Test,
}

/// A token with its byte range.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) span: std::ops::Range<usize>,
}

/// Nesting beyond this is refused: a hostile file must not exhaust the stack, and the compiled
/// file must stay within the depth that JSON parsers accept.
const DEEPEST: u32 = 16;

/// Reads a condition.
///
/// # Errors
/// The first place where the text departs from the grammar.
pub fn parse(text: &str) -> Result<Condition, SyntaxError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, end: text.len(), depth: 0 };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(_) => Err(parser.error(Expected::JoinOrEnd)),
    }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let start = text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        let length = match first {
            '(' | ')' | ',' | '=' => 1,
            '<' | '>' => 1 + usize::from(rest[1..].starts_with('=')),
            '!' if rest[1..].starts_with('=') => 2,
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            other => {
                let span = start..start + other.len_utf8();
                return Err(SyntaxError { span, expected: Expected::Token });
            }
        };
        tokens.push(Token { text: &rest[..length], span: start..start + length });
        rest = &rest[length..];
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    end: usize,
    depth: u32,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.tokens.get(self.at).map(|token| token.text)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.peek() == Some(text);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, text: &str, expected: Expected) -> Result<(), SyntaxError> {
        if self.eat(text) { Ok(()) } else { Err(self.error(expected)) }
    }

    fn error(&self, expected: Expected) -> SyntaxError {
        let span = self.tokens.get(self.at).map_or(self.end..self.end, |token| token.span.clone());
        SyntaxError { span, expected }
    }

    fn word(&mut self, expected: Expected) -> Result<String, SyntaxError> {
        match self.peek() {
            Some(word) if word.starts_with(is_word) && !["and", "or", "not", "in", "has"].contains(&word) => {
                self.at += 1;
                Ok(word.to_owned())
            }
            _ => Err(self.error(expected)),
        }
    }

    fn any(&mut self) -> Result<Condition, SyntaxError> {
        let mut some = vec![self.all()?];
        while self.eat("or") {
            some.push(self.all()?);
        }
        Ok(if some.len() == 1 { some.remove(0) } else { Condition::Any(some) })
    }

    fn all(&mut self) -> Result<Condition, SyntaxError> {
        let mut some = vec![self.one()?];
        while self.eat("and") {
            some.push(self.one()?);
        }
        Ok(if some.len() == 1 { some.remove(0) } else { Condition::All(some) })
    }

    fn one(&mut self) -> Result<Condition, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(Expected::LessNesting));
        }
        let one = self.one_inner();
        self.depth -= 1;
        one
    }

    fn one_inner(&mut self) -> Result<Condition, SyntaxError> {
        if self.eat("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.eat("(") {
            let any = self.any()?;
            self.expect(")", Expected::Close)?;
            return Ok(any);
        }
        let column = self.word(Expected::Question)?;
        if column == "answered" && self.eat("(") {
            let column = self.word(Expected::Question)?;
            self.expect(")", Expected::Close)?;
            return Ok(Condition::Answered(column));
        }
        if self.eat("has") {
            return Ok(Condition::Has(column, self.word(Expected::Option)?));
        }
        if self.eat("in") {
            self.expect("(", Expected::Open)?;
            let mut values = vec![self.word(Expected::Value)?];
            while self.eat(",") {
                values.push(self.word(Expected::Value)?);
            }
            self.expect(")", Expected::CommaOrClose)?;
            return Ok(Condition::In(column, values));
        }
        let comparison = match self.peek() {
            Some("=") => Comparison::Equal,
            Some("!=") => Comparison::NotEqual,
            Some("<") => Comparison::Less,
            Some("<=") => Comparison::AtMost,
            Some(">") => Comparison::More,
            Some(">=") => Comparison::AtLeast,
            _ => return Err(self.error(Expected::Test)),
        };
        self.at += 1;
        Ok(Condition::Compare(column, comparison, self.word(Expected::Value)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(&'static [(&'static str, &'static [&'static str])]);

    impl Answered for Fixed {
        fn values(&self, column: &str) -> Option<Vec<String>> {
            let (_, values) = self.0.iter().find(|(id, _)| *id == column)?;
            Some(values.iter().map(ToString::to_string).collect())
        }
    }

    const ANSWERS: Fixed = Fixed(&[("q1", &["2"]), ("sex", &["male"]), ("why", &["late", "fees"])]);

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(parse(text).expect(text).holds(&ANSWERS), expected, "{text}");
    }

    #[test]
    fn comparisons_hold_on_valid_answers_only() {
        check("q1 = 2", true);
        check("q1 <= 2", true);
        check("q1 < 2", false);
        check("q1 > 1", true);
        check("q1 >= 3", false);
        check("q1 != 2", false);
        check("sex = male", true);
        check("sex != male", false);
        check("sex != female", true);
        check("sex < 3", false);
        check("q1 in (1, 2)", true);
        check("why has late", true);
        check("why has attitude", false);
        check("unknown = 2", false);
        check("unknown != 2", false);
        check("answered(q1)", true);
        check("answered(unknown)", false);
        check("not answered(unknown)", true);
    }

    #[test]
    fn and_binds_closer_than_or() {
        check("q1 = 2 or q1 = 3 and sex = female", true);
        check("(q1 = 2 or q1 = 3) and sex = female", false);
        check("not q1 = 3 and sex = male", true);
        check("not (q1 = 2 and sex = male)", false);
    }

    #[track_caller]
    fn check_error(text: &str, span: std::ops::Range<usize>, expected: Expected) {
        let error = parse(text).expect_err(text);
        assert_eq!((error.span, error.expected), (span, expected), "{text}");
    }

    #[test]
    fn errors_point_at_the_first_wrong_token() {
        check_error("", 0..0, Expected::Question);
        check_error("q1 <=", 5..5, Expected::Value);
        check_error("q1 2", 3..4, Expected::Test);
        check_error("q1 = 2 q2 = 3", 7..9, Expected::JoinOrEnd);
        check_error("(q1 = 2", 7..7, Expected::Close);
        check_error("q1 in (1 2)", 9..10, Expected::CommaOrClose);
        check_error("q1 = “2”", 5..8, Expected::Token);
        check_error("and q1 = 2", 0..3, Expected::Question);
        let deep = "(".repeat(1000);
        assert_eq!(parse(&deep).unwrap_err().expected, Expected::LessNesting);
    }
}
