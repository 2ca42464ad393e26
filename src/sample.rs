//! Generated responses, for trials, tests and training. They carry
//! [`Origin::Generated`], which every file and screen shows.
//!
//! The numbers come from a stream the caller seeds: the same seed, the same file.

use std::rc::Rc;

use chrono::{NaiveDate, TimeDelta, TimeZone};

use crate::interview::{Effect, Event, Interview, Screen};
use crate::response::{Answer, Attributes, Moment, Origin, Response, vietnam};
use crate::survey::{Choice, Column, Kind, Level, Survey};

/// What to generate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many responses.
    pub count: u32,
    /// Units they are dealt to in turn; may be empty.
    pub units: Vec<String>,
    /// Fields they are dealt to in turn; may be empty.
    pub fields: Vec<String>,
    /// First day; responses spread over 28 days from there.
    pub from: NaiveDate,
}

/// A stream of random numbers.
pub struct Dice<'d>(pub &'d mut dyn FnMut() -> u64);

impl Dice<'_> {
    /// A number from 0 up to `sides`, `sides` excluded.
    fn roll(&mut self, sides: u64) -> u64 {
        (self.0)() % sides.max(1)
    }

    /// True in this many of a hundred cases.
    fn percent(&mut self, chance: u64) -> bool {
        self.roll(100) < chance
    }
}

/// Generates responses by walking the interview as a person would.
pub fn generate(survey: &Rc<Survey>, plan: &Plan, dice: &mut Dice<'_>) -> Vec<Response> {
    (0..plan.count as usize).map(|index| one(survey, plan, index, dice)).collect()
}

fn one(survey: &Rc<Survey>, plan: &Plan, index: usize, dice: &mut Dice<'_>) -> Response {
    let dealt = |list: &[String], every: usize| (!list.is_empty()).then(|| list[index / every % list.len()].clone());
    let attributes = Attributes {
        unit: dealt(&plan.units, 1),
        field: dealt(&plan.fields, plan.units.len().max(1)),
        channel: Some(if dice.percent(60) { "kiosk" } else { "phone" }.to_owned()),
        ..Attributes::default()
    };
    let started_at = moment(plan.from, dice);
    let millis = u64::try_from(started_at.timestamp_millis()).unwrap_or(0);
    let (a, b) = (dice.roll(1 << 12), dice.roll(1 << 62));
    let id = format!(
        "{:08x}-{:04x}-7{a:03x}-{:04x}-{:012x}",
        millis >> 16,
        millis & 0xffff,
        0x8000 | b >> 48,
        b & 0xffff_ffff_ffff
    );
    // Most people are content, some are not, and each in their own measure.
    let mood = 70 + dice.roll(31);
    let mut interview = Interview::new(survey.clone(), attributes, survey.fallback().to_owned());
    interview.update(Event::Start { id, at: started_at });
    let mut seconds = 20;
    while let Screen::Question { columns, .. } = interview.screen() {
        let answers: Vec<(String, Option<Answer>)> =
            columns.iter().map(|column| (column.id.to_owned(), answer(survey, column, mood, dice))).collect();
        for (column, answer) in answers {
            seconds += 3 + i64::try_from(dice.roll(9)).unwrap_or(0);
            interview.update(Event::Answer { column, answer });
        }
        if interview.update(Event::Next) == [Effect::Refused] {
            // A required question that was passed over: take its first answer.
            let columns: Vec<String> = interview.invalid().iter().map(|invalid| invalid.column.clone()).collect();
            for column in columns {
                let answer = survey.column(&column).and_then(|column| answer_first(survey, &column));
                interview.update(Event::Answer { column, answer });
            }
            interview.update(Event::Next);
        }
    }
    let at = started_at + TimeDelta::seconds(seconds);
    let effects = interview.update(Event::Submit { at });
    let response = effects.into_iter().find_map(|effect| match effect {
        Effect::Store(response) => Some(*response),
        _ => None,
    });
    let mut response = response.expect("a walked interview can be submitted");
    response.origin = Origin::Generated;
    response
}

/// Within opening hours of one of 28 days.
fn moment(from: NaiveDate, dice: &mut Dice<'_>) -> Moment {
    let day = from + TimeDelta::days(i64::try_from(dice.roll(28)).unwrap_or(0));
    let minute = u32::try_from(dice.roll(8 * 60)).unwrap_or(0);
    let second = u32::try_from(dice.roll(60)).unwrap_or(0);
    let time = day.and_hms_opt(8 + minute / 60, minute % 60, second).expect("a time of day");
    vietnam().from_local_datetime(&time).single().expect("+07:00 has no gaps")
}

fn answer(survey: &Survey, column: &Column<'_>, mood: u64, dice: &mut Dice<'_>) -> Option<Answer> {
    if dice.percent(3) {
        return None;
    }
    match &column.question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            let scale = survey.scale(scale)?;
            if !scale.missing.is_empty() && dice.percent(4) {
                return Some(Answer::Missing(scale.missing[0].reason));
            }
            let (content, not): (Vec<&Level>, Vec<&Level>) = scale.levels.iter().partition(|level| level.satisfied);
            let among = match (content.is_empty(), dice.percent(mood)) {
                (true, _) | (false, false) if !not.is_empty() => not,
                _ => content,
            };
            let at = usize::try_from(dice.roll(among.len() as u64)).ok()?;
            Some(Answer::Level(among[at].code))
        }
        Kind::Single { options } => Some(pick(options, &[dice.roll(options.len() as u64)])),
        Kind::Contacts { options } => {
            let fewer = dice.roll(options.len() as u64).min(dice.roll(options.len() as u64));
            Some(pick(options, &[fewer]))
        }
        Kind::Multiple { options } => {
            let free: Vec<u64> = (0..options.len() as u64).filter(|_| dice.percent(35)).collect();
            let exclusive = |at: &u64| options[usize::try_from(*at).unwrap_or(0)].exclusive;
            match free.iter().find(|at| exclusive(at)) {
                Some(alone) => Some(pick(options, &[*alone])),
                None if free.is_empty() => None,
                None => Some(pick(options, &free)),
            }
        }
        Kind::Number { min, max } => {
            let (low, high) = (min.unwrap_or(0), max.unwrap_or(100));
            let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
            Some(Answer::Number(low.saturating_add(i64::try_from(dice.roll(width)).unwrap_or(0))))
        }
        Kind::Text { max_length } => dice.percent(10).then(|| words(*max_length)),
    }
}

fn answer_first(survey: &Survey, column: &Column<'_>) -> Option<Answer> {
    match &column.question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            Some(Answer::Level(survey.scale(scale)?.levels.first()?.code))
        }
        Kind::Single { options } | Kind::Multiple { options } | Kind::Contacts { options } => Some(pick(options, &[0])),
        Kind::Number { min, max } => Some(Answer::Number(min.or(*max).unwrap_or(0))),
        Kind::Text { max_length } => Some(words(*max_length)),
    }
}

/// Words that say what they are, cut to what is allowed.
fn words(max_length: u32) -> Answer {
    Answer::Text("(câu trả lời mẫu)".chars().take(max_length as usize).collect())
}

fn pick(options: &[Choice], at: &[u64]) -> Answer {
    let picked: Vec<&Choice> = at.iter().filter_map(|&at| options.get(usize::try_from(at).ok()?)).collect();
    let specified = picked.iter().any(|option| option.specify).then(|| "(câu trả lời mẫu)".to_owned());
    Answer::Picked { options: picked.iter().map(|option| option.id.clone()).collect(), specified }
}
