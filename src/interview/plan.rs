//! The screens of a survey in order, and which of them apply.

use crate::response::{Answer, Answers, Attributes};
use crate::survey::{Column, Kind, Question, Survey};

/// One screen: a question, or one item of a matrix that is not shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index of the section.
    pub section: usize,
    /// Index of the question in it.
    pub question: usize,
    /// Index of the matrix item, where each has a screen of its own.
    pub item: Option<usize>,
}

impl Step {
    /// What is asked on this screen, conditions aside.
    pub fn columns<'q>(&self, question: &'q Question) -> impl Iterator<Item = Column<'q>> + use<'q> {
        let (skip, take) = self.item.map_or((0, usize::MAX), |item| (item, 1));
        question.columns().skip(skip).take(take)
    }
}

/// The screens in order, conditions aside.
pub(super) fn steps(survey: &Survey) -> Vec<Step> {
    let mut steps = Vec::new();
    for (section, s) in survey.sections.iter().enumerate() {
        for (question, q) in s.questions.iter().enumerate() {
            match &q.kind {
                Kind::Matrix { together: false, items, .. } => {
                    steps.extend((0..items.len()).map(|item| Step { section, question, item: Some(item) }));
                }
                _ => steps.push(Step { section, question, item: None }),
            }
        }
    }
    steps
}

/// The columns that apply to a respondent with these attributes, given the answers so far.
///
/// One pass in the order of asking: an answer to a question that does not
/// apply (any more) is as good as none for the conditions after it. Where an
/// attribute is known from elsewhere, the question for it is not asked, and
/// conditions see the attribute in place of its answer.
pub fn applicable<'s>(survey: &'s Survey, from: &Attributes, answers: &Answers) -> Vec<&'s str> {
    let mut effective = Answers::new();
    let mut applicable = Vec::new();
    for question in survey.questions() {
        if !question.when.as_ref().is_none_or(|when| when.holds(&effective)) {
            continue;
        }
        if let Some(known) = question.attribute.and_then(|attribute| from.get(attribute)) {
            effective.insert(question.id.clone(), Answer::option(known));
            continue;
        }
        let mut is_main = false;
        for column in question.columns() {
            let when = column.item.and_then(|item| item.when.as_ref());
            if when.is_none_or(|when| when.holds(&effective)) {
                applicable.push(column.id);
                is_main |= survey.kiosk.main.as_deref() == Some(column.id);
                if let Some(answer) = answers.get(column.id) {
                    effective.insert(column.id.to_owned(), answer.clone());
                }
            }
        }
        let stops =
            is_main && from.is_kiosk() && survey.kiosk.more.as_ref().is_some_and(|more| !more.holds(&effective));
        if stops {
            break;
        }
    }
    applicable
}
