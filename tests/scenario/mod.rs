//! A respondent without a screen: walks a survey and says what it expects.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, TimeDelta};
use sipas_kit::dataset::Dataset;
use sipas_kit::interview::{Effect, Event, Interview, Invalid, Screen};
use sipas_kit::report::{Request, Results, Setting};
use sipas_kit::response::{Answer, Attributes, Moment, Response};
use sipas_kit::sample::{Dice, Plan, generate};
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::target::{Target, read_targets};
use sipas_kit::survey::unit::Units;
use sipas_kit::survey::{Kind, Survey};

/// The targets of `survey-definitions/`.
pub fn targets() -> Vec<Target> {
    let reading = read_targets(&text("targets"));
    assert!(reading.is_usable(), "{:?}", reading.problems);
    reading.value
}

fn text(name: &str) -> String {
    let path = format!("{}/survey-definitions/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A definition of `survey-definitions/`, which must be without errors.
pub fn definition(id: &str) -> Definition {
    definition_of(&text(id), &targets())
}

/// The definition a text makes.
pub fn definition_of(source: &str, targets: &[Target]) -> Definition {
    let reading = read_survey(source, targets, began().date_naive());
    assert!(reading.is_usable(), "{:#?}", reading.problems);
    reading.value
}

/// A survey of `survey-definitions/`.
pub fn survey(id: &str) -> Rc<Survey> {
    Rc::new(definition(id).survey)
}

/// The survey a text defines.
pub fn survey_of(source: &str) -> Rc<Survey> {
    Rc::new(definition_of(source, &[]).survey)
}

/// The targets that the small definitions may name, and the day they are checked on.
pub const SMALL_TARGETS: &str = r#"
[[target]]
id = "procedures"
threshold = 90
from = 2021-01-01
until = 2030-12-31
text = { vi = "Thủ tục", en = "Procedures" }
source = { vi = "Nội bộ.", en = "Internal." }

[[target]]
id = "land"
threshold = 85
from = 2021-01-01
until = 2030-12-31
fields = ["dat-dai", "xay-dung"]
text = { vi = "Đất đai", en = "Land" }
source = { vi = "Nội bộ.", en = "Internal." }

[[target]]
id = "over"
threshold = 85
from = 2021-01-01
until = 2025-12-31
text = { vi = "Đã qua", en = "Past" }
source = { vi = "Nội bộ.", en = "Internal." }

[[target]]
id = "between"
threshold = 85
from = 2021-01-01
until = 2025-12-31
text = { vi = "Giai đoạn trước", en = "Earlier period" }
source = { vi = "Nội bộ.", en = "Internal." }

[[target]]
id = "between"
threshold = 90
from = 2028-01-01
until = 2030-12-31
text = { vi = "Giai đoạn sau", en = "Later period" }
source = { vi = "Nội bộ.", en = "Internal." }
"#;

pub fn small_targets() -> Vec<Target> {
    let reading = read_targets(SMALL_TARGETS);
    assert_eq!(reading.problems, []);
    reading.value
}

/// The moment every scenario begins.
pub fn began() -> Moment {
    DateTime::parse_from_rfc3339("2026-11-21T08:00:00+07:00").expect("valid")
}

/// What a test gives as an answer: a level, an option, options, or words.
pub trait Given {
    fn answer(self, kind: &Kind) -> Answer;
}

impl Given for i64 {
    fn answer(self, kind: &Kind) -> Answer {
        match kind {
            Kind::Number { .. } => Answer::Number(self),
            _ => Answer::Level(u8::try_from(self).expect("a level")),
        }
    }
}

impl Given for &str {
    fn answer(self, kind: &Kind) -> Answer {
        match kind {
            Kind::Text { .. } => Answer::Text(self.to_owned()),
            _ => Answer::Picked { options: self.split(' ').map(str::to_owned).collect(), specified: None },
        }
    }
}

/// An option with words beside it.
impl Given for (&str, &str) {
    fn answer(self, _: &Kind) -> Answer {
        Answer::Picked { options: vec![self.0.to_owned()], specified: Some(self.1.to_owned()) }
    }
}

/// One respondent.
pub struct Scenario {
    pub interview: Interview,
    clock: Moment,
}

impl Scenario {
    /// At the notice.
    pub fn arrive(survey: &Rc<Survey>) -> Scenario {
        let attributes = Attributes { unit: Some("02647".to_owned()), ..Attributes::default() };
        Scenario { interview: Interview::new(survey.clone(), attributes, "vi".to_owned()), clock: began() }
    }

    /// Past the notice, on a device at a counter.
    pub fn at_counter(survey: &Rc<Survey>) -> Scenario {
        let attributes = Attributes { channel: Some("kiosk".to_owned()), ..Attributes::default() };
        let mut scenario =
            Scenario { interview: Interview::new(survey.clone(), attributes, "vi".to_owned()), clock: began() };
        scenario.send(Event::Start { id: "0192f0c1-7a5b-7c3d-8e9f-0123456789ab".to_owned(), at: began() });
        scenario
    }

    /// Past the notice.
    pub fn start(survey: &Rc<Survey>) -> Scenario {
        let mut scenario = Scenario::arrive(survey);
        let id = "0192f0c1-7a5b-7c3d-8e9f-0123456789ab".to_owned();
        scenario.send(Event::Start { id, at: began() });
        scenario
    }

    /// Passes any event in.
    pub fn send(&mut self, event: Event) -> Vec<Effect> {
        self.clock += TimeDelta::seconds(5);
        self.interview.update(event)
    }

    /// Answers a column of the screen.
    #[track_caller]
    pub fn answer(&mut self, column: &str, given: impl Given) -> &mut Self {
        let shown = self.columns();
        assert!(shown.iter().any(|id| id == column), "{column} is not on the screen, which asks {shown:?}");
        let survey = self.interview.survey().clone();
        let kind = &survey.column(column).expect("a column").question.kind;
        let answer = Some(given.answer(kind));
        assert!(self.send(Event::Answer { column: column.to_owned(), answer }).is_empty());
        self
    }

    /// Takes an answer back.
    pub fn clear(&mut self, column: &str) -> &mut Self {
        self.send(Event::Answer { column: column.to_owned(), answer: None });
        self
    }

    /// Goes on, and is let on.
    #[track_caller]
    pub fn next(&mut self) -> &mut Self {
        let effects = self.send(Event::Next);
        assert_eq!(effects, [Effect::Moved], "invalid: {:?}", self.interview.invalid());
        self
    }

    /// Goes on, and is refused.
    #[track_caller]
    pub fn expect_refused(&mut self) -> Vec<Invalid> {
        assert_eq!(self.send(Event::Next), [Effect::Refused]);
        self.interview.invalid().to_vec()
    }

    pub fn back(&mut self) -> &mut Self {
        self.send(Event::Back);
        self
    }

    /// Skips until a column is on the screen.
    #[track_caller]
    pub fn skip_to(&mut self, column: &str) -> &mut Self {
        while !self.columns().iter().any(|id| id == column) {
            assert!(!matches!(self.interview.screen(), Screen::Review), "{column} was never asked");
            self.next();
        }
        self
    }

    /// Skips everything that is left.
    #[track_caller]
    pub fn skip_to_review(&mut self) -> &mut Self {
        while matches!(self.interview.screen(), Screen::Question { .. }) {
            self.next();
        }
        self.expect_screen("review")
    }

    /// The columns on the screen.
    pub fn columns(&self) -> Vec<String> {
        match self.interview.screen() {
            Screen::Question { columns, .. } => columns.iter().map(|column| column.id.to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// The name of the screen: its columns, or what else it is.
    pub fn screen(&self) -> String {
        match self.interview.screen() {
            Screen::Notice => "notice".to_owned(),
            Screen::Question { .. } => self.columns().join(" "),
            Screen::Review => "review".to_owned(),
            Screen::Storing => "storing".to_owned(),
            Screen::NotStored => "not stored".to_owned(),
            Screen::Thanked => "thanked".to_owned(),
        }
    }

    #[track_caller]
    pub fn expect_screen(&mut self, expected: &str) -> &mut Self {
        assert_eq!(self.screen(), expected);
        self
    }

    /// Submits from the review; the response that is to be written.
    #[track_caller]
    pub fn submit(&mut self) -> Response {
        let at = self.clock;
        let effects = self.send(Event::Submit { at });
        let response = effects.into_iter().find_map(|effect| match effect {
            Effect::Store(response) => Some(*response),
            _ => None,
        });
        response.expect("a response to store")
    }
}

/// The figures of responses as the definition asks for them.
pub fn results(definition: &Definition, targets: &[Target], responses: &[Response], today: NaiveDate) -> Results {
    let dataset = Dataset::of(&definition.survey, responses);
    let setting = Setting { definition, targets, units: &Units::new(), today };
    Results::of(&setting, &dataset, &Request::default())
}

/// Generated responses, dealt to these units and fields.
pub fn generated(definition: &Definition, count: u32, seed: u64, units: &[&str], fields: &[&str]) -> Vec<Response> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 11
    };
    let from = NaiveDate::from_ymd_opt(2025, 9, 1).expect("a day");
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let plan = Plan { count, units: owned(units), fields: owned(fields), from };
    generate(&Rc::new(definition.survey.clone()), &plan, &mut Dice(&mut next))
}
