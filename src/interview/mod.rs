//! One respondent's run through a survey: a state machine without IO.
//!
//! The page sends [`Event`]s to [`Interview::update`], performs the
//! [`Effect`]s it gets back and draws [`Interview::screen`]. Time and the
//! response's id come in with the events, so that a whole interview runs in a
//! test in microseconds.

mod contract;
mod plan;
mod validity;

use std::rc::Rc;

use crate::response::{Answer, Answers, Attributes, Moment, Origin, Response, Status, to_second};
use crate::survey::{Column, Missing, Question, Section, Survey};

pub use contract::{Draft, Effect, Event, Place, Screen};
pub use plan::Step;
pub use plan::applicable;
pub use validity::{Invalid, SPECIFIED_LENGTH, WIDEST_NUMBER, Why, check};

/// One respondent's run through a survey.
#[derive(Clone, Debug)]
pub struct Interview {
    survey: Rc<Survey>,
    steps: Vec<Step>,
    draft: Draft,
    invalid: Vec<Invalid>,
}

impl Interview {
    /// A new interview, at the notice.
    pub fn new(survey: Rc<Survey>, attributes: Attributes, language: String) -> Interview {
        let draft = Draft {
            survey: survey.id.clone(),
            edition: survey.edition.clone(),
            attributes,
            language,
            id: String::new(),
            started_at: None,
            place: Place::Notice,
            editing: None,
            until: None,
            answers: Answers::new(),
        };
        Interview { steps: plan::steps(&survey), survey, draft, invalid: Vec::new() }
    }

    /// An interview where a draft left it; `None` if the draft is of another
    /// survey, edition or origin, or has nothing to go on with.
    pub fn resume(survey: Rc<Survey>, attributes: &Attributes, draft: Draft) -> Option<Interview> {
        let fits = draft.survey == survey.id
            && draft.edition == survey.edition
            && draft.attributes == *attributes
            && draft.started_at.is_some()
            && !draft.id.is_empty();
        if !fits {
            return None;
        }
        let steps = plan::steps(&survey);
        let mut interview = Interview { survey, steps, draft, invalid: Vec::new() };
        let asked = interview.asked();
        interview.draft.place = match interview.draft.place {
            Place::Step(at) if asked.get(at) == Some(&true) => Place::Step(at),
            // The tab died while a write was under way: the person looks over and hands in again,
            // under the same id, so that it cannot count twice.
            Place::Review | Place::Storing | Place::NotStored => Place::Review,
            Place::Thanked => return None,
            Place::Notice | Place::Step(_) => interview.first_step(),
        };
        Some(interview)
    }

    /// The survey.
    pub fn survey(&self) -> &Rc<Survey> {
        &self.survey
    }

    /// What survives a reload.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Language on the screen.
    pub fn language(&self) -> &str {
        &self.draft.language
    }

    /// The answer given to a column, if any.
    pub fn answer(&self, column: &str) -> Option<&Answer> {
        self.draft.answers.get(column)
    }

    /// What is wrong with the answers on this screen, after an attempt to go on.
    pub fn invalid(&self) -> &[Invalid] {
        &self.invalid
    }

    /// What is wrong with the answer to this column.
    pub fn why_invalid(&self, column: &str) -> Option<Why> {
        self.invalid.iter().find(|invalid| invalid.column == column).map(|invalid| invalid.why)
    }

    /// What is on the screen.
    pub fn screen(&self) -> Screen<'_> {
        match self.draft.place {
            Place::Notice => Screen::Notice,
            Place::Review => Screen::Review,
            Place::Storing => Screen::Storing,
            Place::NotStored => Screen::NotStored,
            Place::Thanked => Screen::Thanked,
            Place::Step(at) => {
                let step = &self.steps[at];
                let section = &self.survey.sections[step.section];
                let question = &section.questions[step.question];
                let asked = self.applicable();
                let columns = step.columns(question).filter(|column| asked.contains(&column.id)).collect();
                Screen::Question { section, question, columns }
            }
        }
    }

    /// How many of the questions that apply have been reached, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let asked = self.asked();
        let total = asked.iter().filter(|asked| **asked).count();
        let reached = match self.draft.place {
            Place::Notice => 0,
            Place::Step(at) => asked[..=at].iter().filter(|asked| **asked).count(),
            _ => total,
        };
        (reached, total)
    }

    /// Whether this is the first screen of its section.
    pub fn begins_section(&self) -> bool {
        let Place::Step(at) = self.draft.place else { return false };
        let asked = self.asked();
        (0..at).all(|before| !asked[before] || self.steps[before].section != self.steps[at].section)
    }

    /// Whether going on from here passes over the question.
    pub fn would_skip(&self) -> bool {
        let Screen::Question { columns, .. } = self.screen() else { return false };
        columns.iter().all(|column| {
            self.answer(column.id)
                .is_none_or(|answer| answer.values().is_none() && !matches!(answer, Answer::Missing(_)))
        })
    }

    /// Came from the review, and goes back there.
    pub fn is_editing(&self) -> bool {
        self.draft.editing.is_some()
    }

    /// The columns that apply, by section, for the review.
    pub fn review(&self) -> Vec<(&Section, Vec<Column<'_>>)> {
        let asked = self.applicable();
        self.survey
            .sections
            .iter()
            .map(|section| {
                let columns = section.questions.iter().flat_map(Question::columns);
                (section, columns.filter(|column| asked.contains(&column.id)).collect::<Vec<_>>())
            })
            .filter(|(_, columns)| !columns.is_empty())
            .collect()
    }

    /// Takes an event; says what the page has to do.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match (event, self.draft.place) {
            (Event::Speak { language }, _) => {
                if self.survey.languages.contains(&language) {
                    self.draft.language = language;
                }
                Vec::new()
            }
            (Event::Start { id, at }, Place::Notice) => {
                self.draft.id = id;
                self.draft.started_at = Some(to_second(&at));
                self.go_to(self.first_step())
            }
            (Event::Answer { column, answer }, Place::Step(_)) => {
                self.take(&column, answer);
                Vec::new()
            }
            (Event::Next, Place::Step(at)) => self.next(at),
            (Event::Back, Place::Step(at)) => self.back(at),
            (Event::Back, Place::Review) => self.back(self.steps.len()),
            (Event::Edit { column }, Place::Review) => match self.step_of(&column) {
                Some(at) => {
                    self.begin_editing();
                    self.go_to(Place::Step(at))
                }
                None => Vec::new(),
            },
            (Event::Submit { at }, Place::Review | Place::NotStored) => self.submit(at),
            (Event::Submit { at }, Place::Step(_)) if self.can_finish() => self.submit(at),
            (Event::Stored { id }, Place::Storing | Place::NotStored) => {
                self.draft.id = id;
                self.draft.place = Place::Thanked;
                self.draft.answers.clear();
                vec![Effect::ForgetDraft, Effect::Moved]
            }
            (Event::NotStored, Place::Storing) => self.go_to(Place::NotStored),
            // An event that was under way when the screen changed, for instance a second tap.
            _ => Vec::new(),
        }
    }

    fn take(&mut self, column: &str, answer: Option<Answer>) {
        let known = self.survey.column(column).map(|column| validity::tidy(&column, answer));
        match known {
            None => return,
            Some(Some(answer)) => self.draft.answers.insert(column.to_owned(), answer),
            Some(None) => self.draft.answers.remove(column),
        };
        self.invalid.retain(|invalid| invalid.column != column);
    }

    fn next(&mut self, at: usize) -> Vec<Effect> {
        self.invalid = self.invalid_here();
        if !self.invalid.is_empty() {
            return vec![Effect::Refused];
        }
        let asked = self.asked();
        let next = match self.draft.editing {
            Some(_) => self.unseen_step(),
            None => (at + 1..asked.len()).find(|&at| asked[at]),
        };
        match next {
            Some(at) => self.go_to(Place::Step(at)),
            None if self.draft.attributes.is_kiosk() => {
                self.go_to(Place::Review);
                vec![Effect::HandIn]
            }
            None => self.go_to(Place::Review),
        }
    }

    /// The same survey with its texts in another language.
    pub fn translate(&mut self, survey: Rc<Survey>) {
        if survey.id == self.survey.id && survey.edition == self.survey.edition {
            self.survey = survey;
        }
    }

    /// At a counter: the main question has its answer, and the rest may be left.
    pub fn can_finish(&self) -> bool {
        self.draft.attributes.is_kiosk() && matches!(self.draft.place, Place::Step(_)) && self.has_main()
    }

    fn has_main(&self) -> bool {
        let main = self.survey.kiosk.main.as_deref();
        main.is_some_and(|main| {
            self.answer(main).is_some_and(|answer| answer.values().is_some()) && self.applicable().contains(&main)
        })
    }

    /// What is kept of a form whose respondent walked away, `at` being when they last touched it: the answers
    /// up to there if the main question has one, and nothing otherwise. What had been handed in already is whole.
    pub fn leave(&self, at: Moment) -> Option<Response> {
        match self.draft.place {
            Place::Notice | Place::Thanked => None,
            Place::Review | Place::Storing | Place::NotStored => Some(self.response(to_second(&at), Status::Complete)),
            Place::Step(_) => (self.has_main() && !self.survey.kiosk.discards)
                .then(|| self.response(to_second(&at), Status::Abandoned)),
        }
    }

    /// What is kept of a draft that was found where nobody is any more, as [`Interview::leave`] says. Where the
    /// survey is another edition by now nobody knows what else was asked: the answers themselves are kept.
    pub fn left(survey: &Rc<Survey>, draft: Draft, at: Moment) -> Option<Response> {
        if draft.survey == survey.id && draft.edition == survey.edition {
            let attributes = draft.attributes.clone();
            return Interview::resume(survey.clone(), &attributes, draft)?.leave(at);
        }
        let main = survey.kiosk.main.as_deref().filter(|_| !survey.kiosk.discards)?;
        draft.answers.get(main).filter(|answer| answer.values().is_some())?;
        let started_at = draft.started_at?;
        Some(Response {
            started_at,
            finished_at: to_second(&at).max(started_at),
            status: Status::Abandoned,
            origin: Origin::Answered,
            id: draft.id,
            survey: draft.survey,
            edition: draft.edition,
            attributes: draft.attributes,
            language: draft.language,
            answers: draft.answers,
        })
    }

    /// How many steps from the first have been seen: up to the one on the screen, or the last that has an answer.
    fn reached(&self) -> usize {
        let Place::Step(at) = self.draft.place else { return self.draft.until.unwrap_or(self.steps.len()) };
        let is_answered = |at: &usize| self.columns_at(*at).any(|column| self.answer(column.id).is_some());
        let answered = (0..self.steps.len()).rev().find(is_answered);
        answered.map_or(at, |answered| answered.max(at)) + 1
    }

    /// What is wrong with the answers on this screen.
    fn invalid_here(&self) -> Vec<Invalid> {
        let Screen::Question { columns, .. } = self.screen() else { return Vec::new() };
        let wrong = |column: &Column<'_>| validity::check(&self.survey, column, self.answer(column.id));
        columns.iter().filter_map(wrong).collect()
    }

    /// From the review to an answer; what has been seen by now need not be shown again.
    fn begin_editing(&mut self) {
        self.draft.editing = Some(self.applicable().into_iter().map(str::to_owned).collect());
    }

    /// A question that a changed answer has opened, and that was never seen.
    fn unseen_step(&self) -> Option<usize> {
        let seen = self.draft.editing.as_ref()?;
        let asked = self.applicable();
        let unseen = asked.into_iter().filter(|column| seen.iter().all(|seen| seen != column));
        unseen.filter_map(|column| self.step_of(column)).min()
    }

    fn first_invalid_step(&self) -> Option<usize> {
        let asked = self.applicable();
        // Whoever leaves early need not answer what the rest requires.
        let may_be_empty = self.can_finish() || self.draft.until.is_some();
        (0..self.reached()).find(|&at| {
            self.columns_at(at)
                .filter(|column| asked.contains(&column.id))
                .filter_map(|column| validity::check(&self.survey, &column, self.answer(column.id)))
                .any(|invalid| !(may_be_empty && invalid.why == Why::Required))
        })
    }

    fn back(&mut self, at: usize) -> Vec<Effect> {
        if self.draft.editing.is_some() {
            return self.go_to(Place::Review);
        }
        let asked = self.asked();
        match (0..at).rev().find(|&at| asked[at]) {
            Some(at) => self.go_to(Place::Step(at)),
            None => Vec::new(),
        }
    }

    fn submit(&mut self, at: Moment) -> Vec<Effect> {
        // An answer that was left as it should not be, for instance "other" without words.
        if let Some(at) = self.first_invalid_step() {
            self.begin_editing();
            self.draft.until = None;
            self.go_to(Place::Step(at));
            self.invalid = self.invalid_here();
            return vec![Effect::Moved, Effect::Refused];
        }
        let response = Box::new(self.response(to_second(&at), Status::Complete));
        if matches!(self.draft.place, Place::Step(_)) {
            self.draft.until = Some(self.reached());
        }
        self.draft.place = Place::Storing;
        vec![Effect::Moved, Effect::Store(response)]
    }

    fn response(&self, at: Moment, status: Status) -> Response {
        let mut given = self.draft.answers.clone();
        if status == Status::Abandoned {
            // Half a word or number that was never handed in is no answer, for the questions after it either.
            for column in self.survey.columns() {
                if validity::check(&self.survey, &column, given.get(column.id)).is_some() {
                    given.remove(column.id);
                }
            }
        }
        let mut asked = plan::applicable(&self.survey, &self.draft.attributes, &given);
        for unseen in self.reached()..self.steps.len() {
            self.columns_at(unseen).for_each(|column| asked.retain(|asked| *asked != column.id));
        }
        // Inserted one by one: collecting would bring a sorting algorithm into the phone's page.
        let mut answers = Answers::new();
        let mut attributes = self.draft.attributes.clone();
        for column in self.survey.columns().filter(|column| asked.contains(&column.id)) {
            let answer = given.get(column.id);
            match column.question.attribute {
                Some(attribute) => {
                    let option = answer.and_then(Answer::values).and_then(|mut options| options.pop());
                    attributes.set(attribute, option);
                }
                None => {
                    let answer = answer.cloned().unwrap_or(Answer::Missing(Missing::NoAnswer));
                    answers.insert(column.id.to_owned(), answer);
                }
            }
        }
        let started_at = self.draft.started_at.unwrap_or(at);
        Response {
            id: self.draft.id.clone(),
            survey: self.survey.id.clone(),
            edition: self.survey.edition.clone(),
            attributes,
            language: self.draft.language.clone(),
            started_at,
            // A clock that was set back meanwhile does not end a response before it began.
            finished_at: at.max(started_at),
            status,
            origin: Origin::Answered,
            answers,
        }
    }

    fn go_to(&mut self, place: Place) -> Vec<Effect> {
        self.draft.place = place;
        self.draft.editing = match (place, self.draft.editing.take()) {
            (Place::Step(at), Some(mut seen)) => {
                seen.extend(self.columns_at(at).map(|column| column.id.to_owned()));
                Some(seen)
            }
            _ => None,
        };
        self.invalid.clear();
        vec![Effect::Moved]
    }

    fn first_step(&self) -> Place {
        self.asked().iter().position(|asked| *asked).map_or(Place::Review, Place::Step)
    }

    /// What is asked at a step, conditions aside.
    fn columns_at(&self, at: usize) -> impl Iterator<Item = Column<'_>> {
        let step = &self.steps[at];
        step.columns(&self.survey.sections[step.section].questions[step.question])
    }

    fn step_of(&self, column: &str) -> Option<usize> {
        (0..self.steps.len()).find(|&at| self.columns_at(at).any(|known| known.id == column))
    }

    fn applicable(&self) -> Vec<&str> {
        plan::applicable(&self.survey, &self.draft.attributes, &self.draft.answers)
    }

    /// Which steps have something to ask.
    fn asked(&self) -> Vec<bool> {
        let asked = self.applicable();
        (0..self.steps.len()).map(|at| self.columns_at(at).any(|column| asked.contains(&column.id))).collect()
    }
}
