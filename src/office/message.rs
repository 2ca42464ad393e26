//! What the office's page and its worker tell each other. Files go beside a message, as the browser's own objects.

use serde::{Deserialize, Serialize};

use super::{Comments, Grouped, Look, Shown};
use crate::exchange::Reader;
use crate::exchange::import::{Account, Mapping, Refusal};
use crate::exchange::responses::RowProblem;
use crate::report::Results;
use crate::response::Moment;
use crate::survey::target::Target;
use crate::survey::unit::Units;

/// Problems of one file that are shown; all of them are in its list.
pub const SHOWN_PROBLEMS: usize = 200;

/// What the page asks of its worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Ask {
    /// Begin with these definitions, as JSON. `keeps`: take in again the files that are kept on this device.
    Begin { definitions: Vec<String>, targets: Vec<Target>, units: Units, mappings: Vec<Mapping>, keeps: bool },
    /// A definition takes the place of the one with its id.
    Put(String),
    /// A definition is used no more.
    Forget(String),
    /// Look through the responses on this device again.
    Device,
    /// Read files, which come beside this, under these keys, which rise. `shown`: the survey that is shown,
    /// where somebody chose it.
    Add { keys: Vec<u32>, shown: Option<String>, language: String },
    /// Somebody is choosing files: get ready to read them.
    Prepare,
    /// Stop reading files.
    Stop,
    /// Take files away.
    Remove(Vec<u32>),
    /// Say again how the columns of a file are understood; for this survey, where one is named.
    Columns { key: u32, survey: Option<String> },
    /// Read a file with this mapping.
    Map { key: u32, mapping: Box<Mapping> },
    /// Show figures.
    Look(Look),
    /// The values of a key among the responses under a look.
    Values { look: Box<Look>, key: String },
    /// What people wrote, of the responses under the look that is shown: what holds these words, so many of them.
    Comments { search: String, most: usize },
    /// Figures to be put beside each other.
    Compare(Vec<Look>),
    /// Hand out a file.
    Export { what: Export, reader: Reader },
    /// Keep the files on this device from now on, or no longer.
    Keep(bool),
}

/// What the worker asks of a thread that reads stretches of files for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Errand {
    /// These are all units.
    Units(Units),
    /// From now on stretches are read of the file beside this: responses by this definition, as JSON, below this first
    /// row.
    Open { definition: String, now: Moment, header: Vec<u8> },
    /// The stretch between these bytes. What is read of it comes back part by part, under this number.
    Stretch { number: u32, from: u64, to: u64 },
    /// The memory beside this held a part, and has room for another.
    Room,
}

/// What can be handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Export {
    /// The responses of the survey that is shown.
    Responses,
    /// The same for SPSS: the numbers, or the syntax, which names the file of the numbers.
    Spss { is_data: bool, language: String, file: String },
    /// The figures of all groups that are asked for, with those that they add up to.
    Groups { language: String },
    /// Those that look odd.
    Marked,
    /// What there is to say of the rows of a file.
    Problems(u32),
}

/// What the worker tells its page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Tell {
    /// It runs.
    Ready,
    /// What is on this device.
    Device(Option<Device>),
    /// What became of a file so far.
    File(Box<Filed>),
    /// Files that were kept on this device are read again: their keys and names. They come beside this.
    Kept(Vec<(u32, String)>),
    /// How far reading is.
    Progress(Progress),
    /// Nothing is being read any more.
    Idle,
    /// How the columns of a file may be understood.
    Columns { key: u32, mapping: Box<Mapping> },
    /// What is shown.
    Shown(Box<Shown>),
    /// What is shown is as before but for the groups.
    Grouped(Box<Grouped>),
    /// What would be shown of made-up responses: to be drawn for practice, by unit.
    Practised(Box<Shown>),
    /// The values of a key of a survey, and how many responses have each.
    Values { survey: String, key: String, values: Vec<(String, u64)> },
    /// What people wrote, as far as it was read.
    Comments(Box<Comments>),
    /// Figures to be put beside each other, in the order they were asked for.
    Compared(Vec<Results>),
    /// A file to hand out comes beside this: its name.
    Export(String),
    /// The files could not be kept on this device.
    NotKept,
}

/// How far reading is, of all files that are to be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The file under way.
    pub name: String,
    /// Bytes read.
    pub done: u64,
    /// Bytes of all.
    pub all: u64,
    /// Bytes a second.
    pub speed: f64,
}

impl Progress {
    /// Seconds until all is read, where that can be told.
    pub fn seconds_left(&self) -> Option<f64> {
        (self.speed > 0.0).then(|| self.all.saturating_sub(self.done) as f64 / self.speed)
    }
}

/// The responses on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// How many there are of each survey and edition.
    pub counts: Vec<(String, String, u64)>,
    /// Records that could not be read.
    pub unreadable: u64,
    /// The survey of the last one.
    pub last: Option<String>,
}

impl Device {
    /// Responses to a survey: of this edition, and of others.
    pub fn count(&self, survey: &str, edition: &str) -> (u64, u64) {
        let of = |is_own: bool| {
            let counts = self.counts.iter().filter(|(id, of, _)| id == survey && (of == edition) == is_own);
            counts.map(|(.., count)| count).sum()
        };
        (of(true), of(false))
    }
}

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// Rises with every file.
    pub key: u32,
    /// Its name.
    pub name: String,
    /// Id of its survey, once that is known.
    pub survey: String,
    /// How far it is.
    pub state: State,
    /// Rows that are responses, or were meant as such.
    pub rows: u64,
    /// Of these, new responses.
    pub used: u64,
    /// Of these, repeated ones.
    pub duplicates: u64,
    /// Of these, those set aside.
    pub set_aside: u64,
    /// Warnings.
    pub warnings: u64,
    /// The first problems, in the order of the file.
    pub problems: Vec<RowProblem>,
    /// How many there are.
    pub found: u64,
    /// What was done to make it one of the kit's own, where it was not.
    pub account: Option<Box<Account>>,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Its turn has not come.
    Waiting,
    /// It is being read.
    Reading,
    /// It was read.
    Done,
    /// Somebody has to say which column is what. Whether anything was recognised.
    Unclear(bool),
    /// It is of a survey that is not here.
    UnknownSurvey(String),
    /// It is a table of results.
    Results,
    /// It cannot be read.
    Refused(Refusal),
    /// The browser could not read it: it was moved, or changed meanwhile.
    Unreadable,
    /// There was no memory to read it.
    TooMuch,
    /// Reading was stopped.
    Stopped,
}

impl Filed {
    /// A file whose turn has not come.
    pub fn new(key: u32, name: String) -> Filed {
        Filed {
            key,
            name,
            survey: String::new(),
            state: State::Waiting,
            rows: 0,
            used: 0,
            duplicates: 0,
            set_aside: 0,
            warnings: 0,
            problems: Vec::new(),
            found: 0,
            account: None,
        }
    }
}
