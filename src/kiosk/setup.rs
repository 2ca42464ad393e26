//! What a device is for: settings, as a file and as a link.

use serde::{Deserialize, Serialize};

use super::hours::{Hours, clock_text, minute_of};
use super::pin::Pin;
use crate::link::{is_address, is_plain};
use crate::response::Attributes;
use crate::survey::{Attribute, Kind, Question, Survey};

/// What a file of settings says it is.
const FORMAT: &str = "sipas-kit kiosk 1";

/// Settings of a device at a counter. `Setup::default()` has no survey yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// Id of the survey.
    pub survey: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Counter.
    pub counter: Option<String>,
    /// Fields of procedure: one is set, several are offered; none leaves it to the survey.
    pub fields: Vec<String>,
    /// Code of the member of staff, where the office wants it.
    pub officer: Option<String>,
    /// Languages offered, the first being what a new person sees; empty: those of the survey.
    pub languages: Vec<String>,
    /// Seconds without a touch before a person is asked whether they are still there.
    pub idle_seconds: u32,
    /// Seconds they have to answer that.
    pub countdown_seconds: u32,
    /// Seconds the thanks stay, and so the least between two ratings.
    pub pause_seconds: u32,
    /// Opening hours; `None`: never dimmed.
    pub hours: Option<Hours>,
    /// Offers to read questions aloud, where the browser has a voice.
    pub speech: bool,
    /// The address of the kit for people's own phones, shown as a QR code: `https://…/`. `None`: no code.
    pub phone: Option<String>,
    /// Goes to the full screen at the first touch.
    pub full_screen: bool,
    /// Guards settings, exports and leaving.
    pub pin: Option<Pin>,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup {
            survey: String::new(),
            unit: None,
            counter: None,
            fields: Vec::new(),
            officer: None,
            languages: Vec::new(),
            idle_seconds: 30,
            countdown_seconds: 20,
            pause_seconds: 5,
            hours: None,
            speech: true,
            phone: None,
            full_screen: true,
            pin: None,
        }
    }
}

/// A file of settings: what it says it is, and they.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupFile {
    format: String,
    setup: Setup,
}

/// Something in the settings that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupFault {
    /// A value of this key that links and files cannot carry.
    Value(&'static str),
    /// A number outside of its bounds.
    Range(&'static str, u32, u32),
    /// Opening hours that end before they begin, or have no day.
    Hours,
    /// A language the survey does not have.
    Language(String),
    /// The survey does not know this field.
    Field(String),
    /// Several fields, and the survey has no question to choose one by.
    ManyFields,
    /// The survey does not know this counter.
    Counter(String),
    /// No web address that a phone could open.
    Phone,
}

/// A file that holds no settings, and where that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// What the reader has to say.
    pub what: String,
}

impl Setup {
    /// The settings as a file.
    pub fn to_file(&self) -> String {
        let file = SetupFile { format: FORMAT.to_owned(), setup: self.clone() };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// Reads a file of settings.
    ///
    /// # Errors
    /// Where it is none: line, column, and what is wrong there.
    pub fn from_file(text: &str) -> Result<Setup, FileFault> {
        let fault = |line, column, what: String| FileFault { line, column, what };
        let file: SetupFile = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let what = error.to_string();
            // The place has a field of its own.
            let what = what.rsplit_once(" at line ").map_or(what.clone(), |(what, _)| what.to_owned());
            fault(error.line(), error.column(), what)
        })?;
        (file.format == FORMAT).then_some(file.setup).ok_or_else(|| fault(1, 1, format!("format ≠ {FORMAT}")))
    }

    /// The settings as the part of an address after `?`, for links and QR codes.
    pub fn to_link(&self) -> String {
        let plain = Setup::default();
        let number = |value: u32, usual: u32| (value != usual).then(|| value.to_string());
        let list = |values: &[String]| (!values.is_empty()).then(|| values.join(","));
        let days = |hours: &Hours| hours.days.iter().map(ToString::to_string).collect::<String>();
        let hours = |hours: &Hours| format!("{}-{}/{}", clock_text(hours.opens), clock_text(hours.closes), days(hours));
        let pairs = [
            ("survey", Some(self.survey.clone())),
            ("unit", self.unit.clone()),
            ("counter", self.counter.clone()),
            ("fields", list(&self.fields)),
            ("officer", self.officer.clone()),
            ("lang", list(&self.languages)),
            ("idle", number(self.idle_seconds, plain.idle_seconds)),
            ("countdown", number(self.countdown_seconds, plain.countdown_seconds)),
            ("pause", number(self.pause_seconds, plain.pause_seconds)),
            ("hours", self.hours.as_ref().map(hours)),
            ("speech", (!self.speech).then(|| "no".to_owned())),
            ("phone", self.phone.clone()),
            ("full", (!self.full_screen).then(|| "no".to_owned())),
            ("pin", self.pin.clone().map(String::from)),
        ];
        let pairs: Vec<String> =
            pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?))).collect();
        pairs.join("&")
    }

    /// Reads the part of an address after `?`, and what of it could not be used: key and value. `field`, as
    /// links for phones have it, is one field.
    pub fn from_link(query: &str) -> (Setup, Vec<(String, String)>) {
        let mut setup = Setup::default();
        let mut ignored = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if setup.take(key, value).is_none() {
                ignored.push((key.to_owned(), value.to_owned()));
            }
        }
        (setup, ignored)
    }

    /// Takes one part of a link; `None` where it cannot be used.
    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        let plain = || is_plain(value).then(|| value.to_owned());
        let list =
            || value.split(',').map(|one| is_plain(one).then(|| one.to_owned())).collect::<Option<Vec<String>>>();
        let number = || value.parse::<u32>().ok();
        let switch = || ["yes", "no"].contains(&value).then_some(value == "yes");
        match key {
            "survey" => self.survey = plain()?,
            "unit" => self.unit = Some(plain()?),
            "counter" => self.counter = Some(plain()?),
            "field" | "fields" => self.fields = list()?,
            "officer" => self.officer = Some(plain()?),
            "lang" => self.languages = list()?,
            "idle" => self.idle_seconds = number()?,
            "countdown" => self.countdown_seconds = number()?,
            "pause" => self.pause_seconds = number()?,
            "hours" => self.hours = Some(hours(value)?),
            "speech" => self.speech = switch()?,
            "full" => self.full_screen = switch()?,
            "phone" => self.phone = is_address(value).then(|| Some(value.to_owned()))?,
            "pin" => self.pin = Some(Pin::try_from(value.to_owned()).ok()?),
            "channel" if value == "kiosk" => {}
            _ => return None,
        }
        Some(())
    }

    /// What is wrong with the settings, for this survey.
    pub fn faults(&self, survey: &Survey) -> Vec<SetupFault> {
        let mut faults = Vec::new();
        for (key, value) in [("unit", &self.unit), ("counter", &self.counter), ("officer", &self.officer)] {
            faults.extend(value.as_ref().filter(|value| !is_plain(value)).map(|_| SetupFault::Value(key)));
        }
        faults.extend(self.fields.iter().find(|field| !is_plain(field)).map(|_| SetupFault::Value("fields")));
        for (key, value, least, most) in [
            ("idle", self.idle_seconds, 10, 600),
            ("countdown", self.countdown_seconds, 5, 120),
            ("pause", self.pause_seconds, 0, 60),
        ] {
            faults.extend((!(least..=most).contains(&value)).then_some(SetupFault::Range(key, least, most)));
        }
        faults.extend(self.hours.as_ref().filter(|hours| !hours.are_sound()).map(|_| SetupFault::Hours));
        let foreign = self.languages.iter().filter(|language| !survey.languages.contains(language));
        faults.extend(foreign.cloned().map(SetupFault::Language));
        match survey.asking_for(Attribute::Field) {
            Some(asked) => {
                let unknown = self.fields.iter().filter(|field| !has(asked, field));
                faults.extend(unknown.cloned().map(SetupFault::Field));
            }
            None => faults.extend((self.fields.len() > 1).then_some(SetupFault::ManyFields)),
        }
        if let (Some(asked), Some(counter)) = (survey.asking_for(Attribute::Counter), &self.counter) {
            faults.extend((!has(asked, counter)).then(|| SetupFault::Counter(counter.clone())));
        }
        faults.extend(self.phone.as_ref().filter(|phone| !is_address(phone)).map(|_| SetupFault::Phone));
        faults
    }

    /// The survey as this device asks it, and what its responses carry: languages as they are offered, the
    /// fields to choose from, and the field itself where there is only one.
    pub fn apply(&self, mut survey: Survey) -> (Survey, Attributes) {
        let offered = self.languages.iter().filter(|language| survey.languages.contains(language));
        let offered: Vec<String> = offered.cloned().collect();
        if !offered.is_empty() {
            survey.languages = offered;
        }
        let questions = survey.sections.iter_mut().flat_map(|section| &mut section.questions);
        for question in questions.filter(|question| question.attribute == Some(Attribute::Field)) {
            if let (Kind::Single { options }, true) = (&mut question.kind, self.fields.len() > 1) {
                options.retain(|option| self.fields.contains(&option.id));
            }
        }
        let field = self.fields.first().filter(|_| self.fields.len() == 1).cloned();
        let attributes = Attributes {
            unit: self.unit.clone(),
            field,
            counter: self.counter.clone(),
            officer: self.officer.clone(),
            channel: Some("kiosk".to_owned()),
        };
        (survey, attributes)
    }
}

fn has(question: &Question, option: &str) -> bool {
    question.options().iter().any(|known| known.id == option)
}

/// `07:00-17:30/12345`.
fn hours(text: &str) -> Option<Hours> {
    let (span, days) = text.split_once('/')?;
    let (opens, closes) = span.split_once('-')?;
    let days = days.chars().map(|day| day.to_digit(10)).collect::<Option<_>>()?;
    let hours = Hours { opens: minute_of(opens)?, closes: minute_of(closes)?, days };
    hours.are_sound().then_some(hours)
}
