//! What goes into an interview and what comes out: the whole of what a page
//! has to know about it.

use serde::{Deserialize, Serialize};

use crate::response::{Answer, Answers, Attributes, Moment, Response};
use crate::survey::{Column, Question, Section};

/// What happens to an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The respondent agrees and begins.
    Start {
        /// The id the response will have.
        id: String,
        /// Now.
        at: Moment,
    },
    /// An answer is given, changed, or (`None`) taken back.
    Answer {
        /// The column.
        column: String,
        /// The answer.
        answer: Option<Answer>,
    },
    /// On to the next screen.
    Next,
    /// Back to the screen before.
    Back,
    /// From the review to the screen of a column.
    Edit {
        /// The column.
        column: String,
    },
    /// Another language.
    Speak {
        /// Its code.
        language: String,
    },
    /// Hand in what was answered.
    Submit {
        /// Now.
        at: Moment,
    },
    /// The response is on disk.
    Stored {
        /// The id it has there: another than planned where that one was taken.
        id: String,
    },
    /// The response could not be written.
    NotStored,
}

/// What the page has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Another screen: move the focus to its heading and scroll up.
    Moved,
    /// Some answers are not acceptable: move the focus to the first of them.
    Refused,
    /// Write this response durably, then say [`Event::Stored`] or [`Event::NotStored`].
    Store(Box<Response>),
    /// Forget the draft.
    ForgetDraft,
    /// At a counter nothing is looked over, others may be looking: say [`Event::Submit`] at once.
    HandIn,
}

/// Where a respondent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Reading the notice.
    Notice,
    /// At the step with this index.
    Step(usize),
    /// Looking over the answers.
    Review,
    /// Waiting for the write.
    Storing,
    /// The write failed; the answers are still here.
    NotStored,
    /// Thanked.
    Thanked,
}

/// What is on the screen.
#[derive(Clone, Debug)]
pub enum Screen<'i> {
    /// Who asks and why, and a button to begin.
    Notice,
    /// One or more columns of one question.
    Question {
        /// The section it is in.
        section: &'i Section,
        /// The question.
        question: &'i Question,
        /// What is asked here: one column, or the items of a matrix that is shown together.
        columns: Vec<Column<'i>>,
    },
    /// All answers, to be looked over.
    Review,
    /// The write is under way.
    Storing,
    /// The write failed.
    NotStored,
    /// Thanks.
    Thanked,
}

/// What survives a reload: everything but the survey itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// Where the response comes from.
    pub attributes: Attributes,
    /// Language on the screen.
    pub language: String,
    /// Id of the response to be; empty before the start.
    pub id: String,
    /// When the respondent began.
    #[serde(with = "crate::response::moment_text::optional", default)]
    pub started_at: Option<Moment>,
    /// Where they are.
    pub place: Place,
    /// Came from the review to mend an answer: the columns that have been seen.
    pub editing: Option<Vec<String>>,
    /// How many steps had been seen when the respondent handed in before the end.
    #[serde(default)]
    pub until: Option<usize>,
    /// Answers, those to questions that no longer apply included.
    #[serde(with = "crate::object")]
    pub answers: Answers,
}
