//! `relevant` in XLSForm's XPath, as a condition of the definition language.
//!
//! One difference matters: in XPath an unanswered question is an empty text, which differs from
//! every value, so `${q} != 'x'` holds without an answer. Here it becomes `not q = x`.

use std::collections::BTreeMap;

use super::refusal::{Unread, Why};

/// A question that a condition may name.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its id in the definition.
    pub id: String,
    pub answers: Answers,
}

/// What its answers are called in the form, and in the definition.
#[derive(Clone, Debug)]
pub enum Answers {
    One(BTreeMap<String, String>),
    Several(BTreeMap<String, String>),
    /// Levels of a scale, which compare as numbers where their names are numbers.
    Levels(BTreeMap<String, String>),
    Number,
    Text,
}

/// Turns an expression into a condition.
pub fn condition(text: &str, asked: &BTreeMap<String, Asked>) -> Result<String, Why> {
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens, at: 0, asked, depth: 0 };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition.text),
        Some(_) => Err(parser.error(Unread::Syntax)),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Question(String),
    Literal(String),
    Word(String),
    Mark(&'static str),
}

const MARKS: [&str; 9] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ","];

fn tokens(text: &str) -> Result<Vec<(Token, usize)>, Why> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let error = |rest: &str| Why::Expression { part: shortened(rest), why: Unread::Syntax };
    loop {
        rest = rest.trim_start();
        let at = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (token, length) = if let Some(name) = rest.strip_prefix("${") {
            let end = name.find('}').ok_or_else(|| error(rest))?;
            (Token::Question(name[..end].trim().to_owned()), end + 3)
        } else if first == '\'' || first == '"' {
            let end = rest[1..].find(first).ok_or_else(|| error(rest))?;
            (Token::Literal(rest[1..=end].to_owned()), end + 2)
        } else if let Some(mark) = MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            (Token::Mark(mark), mark.len())
        } else if first.is_ascii_alphanumeric() || "-._".contains(first) {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c))).unwrap_or(rest.len());
            (Token::Word(rest[..end].to_owned()), end)
        } else {
            return Err(error(rest));
        };
        tokens.push((token, at));
        rest = &rest[length..];
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A condition, and whether `or` or `and` is its outermost word.
struct Part {
    text: String,
    joins: Option<&'static str>,
}

impl Part {
    fn one(text: String) -> Part {
        Part { text, joins: None }
    }

    /// As an operand of `and`, or of `not`, which binds closest.
    fn within(self, outer: &str) -> String {
        match self.joins {
            Some(inner) if outer == "not" || (outer == "and" && inner == "or") => format!("({})", self.text),
            _ => self.text,
        }
    }
}

struct Parser<'p> {
    text: &'p str,
    tokens: Vec<(Token, usize)>,
    at: usize,
    asked: &'p BTreeMap<String, Asked>,
    depth: u32,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn next(&mut self) -> Option<Token> {
        self.at += 1;
        self.tokens.get(self.at - 1).map(|(token, _)| token.clone())
    }

    fn eat(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &'static str) -> Result<(), Why> {
        if self.eat(&Token::Mark(mark)) { Ok(()) } else { Err(self.error(Unread::Syntax)) }
    }

    fn error(&self, why: Unread) -> Why {
        self.error_at(self.at, why)
    }

    fn error_at(&self, at: usize, why: Unread) -> Why {
        let at = self.tokens.get(at).map_or(0, |(_, at)| *at);
        Why::Expression { part: shortened(&self.text[at..]), why }
    }

    fn any(&mut self) -> Result<Part, Why> {
        let mut some = vec![self.all()?];
        while self.eat_word("or") {
            some.push(self.all()?);
        }
        Ok(join(some, "or"))
    }

    fn all(&mut self) -> Result<Part, Why> {
        let mut some = vec![self.one()?];
        while self.eat_word("and") {
            some.push(self.one()?);
        }
        Ok(join(some, "and"))
    }

    fn one(&mut self) -> Result<Part, Why> {
        self.depth += 1;
        if self.depth > 12 {
            return Err(self.error(Unread::Syntax));
        }
        let part = self.one_inner();
        self.depth -= 1;
        part
    }

    fn one_inner(&mut self) -> Result<Part, Why> {
        let start = self.at;
        match self.next() {
            Some(Token::Mark("(")) => {
                let any = self.any()?;
                self.expect(")")?;
                Ok(any)
            }
            Some(Token::Word(word)) if word == "not" && self.eat(&Token::Mark("(")) => {
                let any = self.any()?;
                self.expect(")")?;
                Ok(Part::one(format!("not {}", any.within("not"))))
            }
            Some(Token::Word(word)) if word == "selected" && self.eat(&Token::Mark("(")) => {
                let question = self.question()?;
                self.expect(",")?;
                let value = self.value()?;
                self.expect(")")?;
                let id = &question.id;
                let choice = |answers: &BTreeMap<String, String>, test: &str| match answers.get(&value) {
                    Some(option) => Ok(Part::one(format!("{id} {test} {option}"))),
                    None => Err(self.error_at(start, Unread::Choice)),
                };
                match &question.answers {
                    Answers::Several(answers) => choice(answers, "has"),
                    Answers::One(answers) | Answers::Levels(answers) => choice(answers, "="),
                    Answers::Number | Answers::Text => Err(self.error_at(start, Unread::Comparison)),
                }
            }
            Some(Token::Question(_)) => {
                self.at = start;
                let question = self.question()?;
                let mark = self.mark()?;
                let value = self.value()?;
                self.compare(start, &question, mark, &value)
            }
            Some(Token::Literal(value)) => self.reversed(start, &value),
            Some(Token::Word(value)) if value.parse::<f64>().is_ok() => self.reversed(start, &value),
            Some(Token::Word(_)) => Err(self.error_at(start, Unread::Function)),
            _ => Err(self.error_at(start, Unread::Syntax)),
        }
    }

    /// A comparison with the question on the right.
    fn reversed(&mut self, start: usize, value: &str) -> Result<Part, Why> {
        let mark = match self.mark()? {
            "<" => ">",
            "<=" => ">=",
            ">" => "<",
            ">=" => "<=",
            mark => mark,
        };
        let question = self.question()?;
        self.compare(start, &question, mark, value)
    }

    fn question(&mut self) -> Result<Asked, Why> {
        match self.peek() {
            Some(Token::Question(name)) => {
                let found = self.asked.get(name).cloned().ok_or_else(|| self.error(Unread::Question))?;
                self.at += 1;
                Ok(found)
            }
            _ => Err(self.error(Unread::Syntax)),
        }
    }

    fn mark(&mut self) -> Result<&'static str, Why> {
        match self.peek() {
            Some(Token::Mark(mark)) if !["(", ")", ","].contains(mark) => {
                let mark = *mark;
                self.at += 1;
                Ok(mark)
            }
            _ => Err(self.error(Unread::Syntax)),
        }
    }

    fn value(&mut self) -> Result<String, Why> {
        match self.peek().cloned() {
            Some(Token::Literal(value)) => {
                self.at += 1;
                Ok(value)
            }
            Some(Token::Word(value)) if value.parse::<f64>().is_ok() => {
                self.at += 1;
                Ok(value)
            }
            Some(Token::Word(_)) => Err(self.error(Unread::Function)),
            _ => Err(self.error(Unread::Syntax)),
        }
    }

    fn compare(&self, start: usize, question: &Asked, mark: &'static str, value: &str) -> Result<Part, Why> {
        let id = &question.id;
        let wrong = |why| Err(self.error_at(start, why));
        let equals = |value: &str| match mark {
            "=" => Ok(Part::one(format!("{id} = {value}"))),
            "!=" => Ok(Part::one(format!("not {id} = {value}"))),
            _ => wrong(Unread::Comparison),
        };
        if value.is_empty() {
            return match mark {
                "=" => Ok(Part::one(format!("not answered({id})"))),
                "!=" => Ok(Part::one(format!("answered({id})"))),
                _ => wrong(Unread::Comparison),
            };
        }
        match &question.answers {
            Answers::One(answers) => answers.get(value).map_or_else(|| wrong(Unread::Choice), |option| equals(option)),
            Answers::Levels(answers) => match answers.get(value) {
                None => wrong(Unread::Choice),
                Some(code) if ["=", "!="].contains(&mark) => equals(code),
                // Order is only the form's own where the names are the codes.
                Some(code) if answers.iter().all(|(name, code)| name == code) => {
                    Ok(Part::one(format!("{id} {mark} {code}")))
                }
                Some(_) => wrong(Unread::Comparison),
            },
            Answers::Number => match value.parse::<i64>() {
                Ok(number) if ["=", "!="].contains(&mark) => equals(&number.to_string()),
                Ok(number) => Ok(Part::one(format!("{id} {mark} {number}"))),
                Err(_) => wrong(Unread::Comparison),
            },
            Answers::Several(_) | Answers::Text => wrong(Unread::Comparison),
        }
    }
}

fn join(mut some: Vec<Part>, word: &'static str) -> Part {
    if some.len() == 1 {
        return some.remove(0);
    }
    let parts: Vec<String> = some.into_iter().map(|part| part.within(word)).collect();
    Part { text: parts.join(&format!(" {word} ")), joins: Some(word) }
}

/// The bounds that a constraint sets on a number: `. >= 0 and . <= 120`.
pub fn bounds(text: &str) -> Result<(Option<i64>, Option<i64>), Why> {
    let (mut min, mut max) = (None, None);
    let tokens = tokens(text)?;
    let mut rest = &tokens[..];
    let error = |rest: &[(Token, usize)]| {
        let at = rest.first().map_or(0, |(_, at)| *at);
        Why::Constraint(shortened(&text[at..]))
    };
    loop {
        let [(Token::Word(dot), _), (Token::Mark(mark), _), (Token::Word(number), _), after @ ..] = rest else {
            return Err(error(rest));
        };
        let Ok(number) = number.parse::<i64>() else { return Err(error(rest)) };
        let (low, high) = match *mark {
            ">=" => (Some(number), None),
            ">" => (Some(number.saturating_add(1)), None),
            "<=" => (None, Some(number)),
            "<" => (None, Some(number.saturating_sub(1))),
            "=" => (Some(number), Some(number)),
            _ => return Err(error(rest)),
        };
        if dot != "." {
            return Err(error(rest));
        }
        min = min.max(low);
        max = match (max, high) {
            (Some(a), Some(b)) => Some(std::cmp::min::<i64>(a, b)),
            (a, b) => a.or(b),
        };
        rest = match after {
            [] => return Ok((min, max)),
            [(Token::Word(and), _), after @ ..] if and == "and" => after,
            _ => return Err(error(after)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> BTreeMap<String, Asked> {
        let names = |names: &[(&str, &str)]| names.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let one = |id: &str, answers| (id.to_owned(), Asked { id: id.to_lowercase(), answers });
        [
            one("Sex", Answers::One(names(&[("1", "1"), ("Nu", "nu")]))),
            one("ways", Answers::Several(names(&[("web", "web"), ("radio", "radio")]))),
            one("q1", Answers::Levels(names(&[("1", "1"), ("2", "2")]))),
            one("mood", Answers::Levels(names(&[("bad", "1"), ("good", "2")]))),
            one("odd", Answers::Levels(names(&[("5", "1"), ("3", "3"), ("99", "6")]))),
            one("n", Answers::Number),
            one("t", Answers::Text),
        ]
        .into_iter()
        .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(condition(text, &asked()), Ok(expected.to_owned()), "{text}");
        // What comes out is a condition.
        sipas_kit::survey::condition::parse(expected).expect(expected);
    }

    #[test]
    fn the_common_forms() {
        check("${Sex} = '1'", "sex = 1");
        check("${Sex}=\"Nu\"", "sex = nu");
        check("${Sex} != 'Nu'", "not sex = nu");
        check("selected(${ways}, 'web')", "ways has web");
        check("not(selected(${ways},'web'))", "not ways has web");
        check("selected(${Sex}, '1')", "sex = 1");
        check("${q1} <= 2", "q1 <= 2");
        check("2 >= ${q1}", "q1 <= 2");
        check("${mood} = 'bad'", "mood = 1");
        check("${n} > 3 and ${n} < 10", "n > 3 and n < 10");
        check("${t} != ''", "answered(t)");
        check("${n} = ''", "not answered(n)");
        check("(${n} = 1 or ${n} = 2) and ${Sex} = 'Nu'", "(n = 1 or n = 2) and sex = nu");
        check("${n} = 1 or ${n} = 2 and ${Sex} = 'Nu'", "n = 1 or n = 2 and sex = nu");
        check("not(${n} = 1 or ${n} = 2)", "not (n = 1 or n = 2)");
        check("not(not(${n} = 1))", "not not n = 1");
    }

    #[track_caller]
    fn check_error(text: &str, part: &str, why: Unread) {
        assert_eq!(condition(text, &asked()), Err(Why::Expression { part: part.to_owned(), why }), "{text}");
    }

    #[test]
    fn what_cannot_be_carried_is_refused_at_its_place() {
        check_error("${n} > 1 and count-selected(${ways}) > 1", "count-selected(${ways}) > 1", Unread::Function);
        check_error("${later} = 1", "${later} = 1", Unread::Question);
        check_error("${Sex} = '3'", "${Sex} = '3'", Unread::Choice);
        check_error("${ways} = 'web'", "${ways} = 'web'", Unread::Comparison);
        check_error("${mood} < 'good'", "${mood} < 'good'", Unread::Comparison);
        check_error("${odd} < 3", "${odd} < 3", Unread::Comparison);
        check_error("${n} = 1.5", "${n} = 1.5", Unread::Comparison);
        check_error("${t} = 'x'", "${t} = 'x'", Unread::Comparison);
        check_error("${n} = ${n}", "${n}", Unread::Syntax);
        check_error("${n", "${n", Unread::Syntax);
        check_error("${n} = 'x", "'x", Unread::Syntax);
        check_error("${n} + 1 = 2", "+ 1 = 2", Unread::Syntax);
        check_error("true()", "true()", Unread::Function);
        assert!(condition(&"(".repeat(5000), &asked()).is_err());
    }

    #[test]
    fn bounds_of_integers() {
        assert_eq!(bounds(". >= 0 and . <= 120"), Ok((Some(0), Some(120))));
        assert_eq!(bounds(".>17"), Ok((Some(18), None)));
        assert_eq!(bounds(". < 10 and .<= 20"), Ok((None, Some(9))));
        assert_eq!(bounds(". >= -5"), Ok((Some(-5), None)));
        assert!(bounds(". >= 0 or . = 9").is_err());
        assert!(bounds("regex(., '[0-9]+')").is_err());
        assert!(bounds(". <= ${n}").is_err());
        assert!(bounds("").is_err());
    }
}
