//! What people wrote in words of their own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::LEAST_SHOWN;
use crate::response::{Answer, Response};
use crate::survey::unit::fold;

/// One thing that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The words.
    pub text: String,
    /// The question they answer, or the one whose option they stand beside.
    pub question: String,
    /// The day they were handed in, as `2026-11-21`.
    pub day: String,
    /// Code of the unit; empty: not recorded.
    pub unit: String,
    /// Field of procedure; empty: not recorded.
    pub field: String,
}

/// What was written, searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comments {
    /// What was searched for.
    pub search: String,
    /// Hundredths of the responses that were looked through; 100: all.
    pub read: u32,
    /// Responses are so few that one could guess who wrote what: nothing is shown.
    pub is_hidden: bool,
    /// How many were found.
    pub found: u64,
    /// The first of them, the latest first.
    pub shown: Vec<Comment>,
    /// How many were found of each field of procedure, most first.
    pub by_field: Vec<(String, u64)>,
}

/// Everything that is read so far.
#[derive(Clone, Debug, Default)]
pub struct Written {
    all: Vec<Comment>,
}

impl Written {
    /// Adds what a response holds.
    pub fn add(&mut self, response: &Response) {
        let own = |text: &Option<String>| text.clone().unwrap_or_default();
        for (question, answer) in response.answers.iter() {
            let text = match answer {
                Answer::Text(text) | Answer::Picked { specified: Some(text), .. } => text.trim(),
                _ => continue,
            };
            if !text.is_empty() {
                self.all.push(Comment {
                    text: text.to_owned(),
                    question: question.to_owned(),
                    day: response.day().to_string(),
                    unit: own(&response.attributes.unit),
                    field: own(&response.attributes.field),
                });
            }
        }
    }

    /// Bytes of the words.
    pub fn bytes(&self) -> usize {
        self.all.iter().map(|comment| comment.text.len() + 96).sum()
    }

    /// What holds all the words of a search, whatever their case and marks: how many there are, and the latest
    /// `most` of them. `responses`: how many these were looked for in.
    pub fn found(&self, search: &str, most: usize, responses: u64, read: u32) -> Comments {
        let is_hidden = responses < LEAST_SHOWN;
        let mut comments = Comments { search: search.to_owned(), read, is_hidden, ..Comments::default() };
        if is_hidden {
            return comments;
        }
        let words: Vec<String> = search.split_whitespace().map(fold).collect();
        let is_wanted = |comment: &&Comment| {
            words.is_empty() || {
                let text = fold(&comment.text);
                words.iter().all(|word| text.contains(word.as_str()))
            }
        };
        let mut found: Vec<&Comment> = self.all.iter().filter(is_wanted).collect();
        comments.found = found.len() as u64;
        let mut by_field: BTreeMap<&str, u64> = BTreeMap::new();
        found.iter().for_each(|comment| *by_field.entry(&comment.field).or_default() += 1);
        comments.by_field = by_field.into_iter().map(|(field, count)| (field.to_owned(), count)).collect();
        comments.by_field.sort_by_key(|(field, count)| (std::cmp::Reverse(*count), field.clone()));
        found.sort_by(|a, b| b.day.cmp(&a.day));
        comments.shown = found.into_iter().take(most).cloned().collect();
        comments
    }
}
