//! What is counted for a survey.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::dataset::cell::CELLS;
use crate::survey::method::{Definition, FigureKind};
use crate::survey::{Column, Kind, Survey};

/// What a measure covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// All satisfaction items.
    #[default]
    Overall,
    /// The items of a part's factors.
    Part,
    /// The items of a factor.
    Factor,
    /// One item.
    Item,
    /// A figure about one question.
    Figure,
}

/// Something that gets a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// `overall`, or the id of the part, the factor, or the item's CSV column.
    pub id: String,
    /// What it covers.
    pub kind: MeasureKind,
    /// Its items, among [`Survey::scored`].
    pub items: Range<usize>,
}

/// What a level counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Worth {
    pub satisfied: bool,
    pub points: u8,
}

/// What is counted for a survey.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// For each scored item what each of its cells is worth, where it is a valid answer.
    pub(crate) worths: Vec<[Option<Worth>; CELLS]>,
    measures: Vec<Measure>,
    pub(crate) figures: Vec<FigureScheme>,
    /// Whether items are counted in pairs too, which the means of shares need for their spread.
    pub(crate) pairs: bool,
    /// The only measure that is counted; nothing: all are.
    only: Option<usize>,
}

/// Where a figure's question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A scored item.
    Item(usize),
    /// A column among [`Survey::counted`].
    Answer(usize),
}

/// A figure about one question: the answers that can be counted with what each
/// stands for in a mean, and those that make up a share.
#[derive(Clone, Debug)]
pub(crate) struct FigureScheme {
    pub source: Option<Source>,
    pub is_number: bool,
    pub answers: Vec<(String, i64)>,
    pub share: Vec<String>,
}

impl Scheme {
    /// The measures of a survey: overall, then each part, its factors, their items.
    /// Factors and parts without items are left out. Then its figures.
    pub fn of(definition: &Definition) -> Scheme {
        let survey = &definition.survey;
        let scored = survey.scored();
        let worths = scored.iter().map(|column| worths(survey, column)).collect();
        let mut measures = Vec::new();
        let mut add = |id: &str, kind, items: Range<usize>| {
            if !items.is_empty() {
                measures.push(Measure { id: id.to_owned(), kind, items });
            }
        };
        add("overall", MeasureKind::Overall, 0..scored.len());
        let mut at = 0;
        for part in &survey.parts {
            let factors: Vec<_> = survey.factors.iter().filter(|factor| factor.part == part.id).collect();
            let items_of = |factor: &str| scored.iter().filter(|column| column.factor() == Some(factor)).count();
            add(&part.id, MeasureKind::Part, at..at + factors.iter().map(|factor| items_of(&factor.id)).sum::<usize>());
            for factor in factors {
                let items = at..at + items_of(&factor.id);
                add(&factor.id, MeasureKind::Factor, items.clone());
                items.clone().for_each(|item| add(scored[item].id, MeasureKind::Item, item..item + 1));
                at = items.end;
            }
        }
        let figures = definition.method.figures.iter();
        let figures = figures.map(|figure| FigureScheme::of(survey, &figure.question, &figure.kind)).collect();
        Scheme { worths, measures, figures, pairs: false, only: None }
    }

    /// The same, with counts of pairs of items.
    pub fn with_pairs(self) -> Scheme {
        Scheme { pairs: true, ..self }
    }

    /// The same, of which one measure is counted, with all items, and no figure.
    pub(crate) fn with_only(self, measure: &str) -> Scheme {
        let only = self.measures.iter().position(|known| known.id == measure);
        Scheme { only, figures: Vec::new(), ..self }
    }

    /// Whether respondents are counted in a measure, by its place.
    pub(crate) fn is_counted(&self, measure: usize) -> bool {
        self.only.is_none_or(|only| only == measure)
    }

    /// What gets a percentage, in the order of the questionnaire.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The ranges of items that a mean of factors is taken over: the factors within a measure,
    /// or the measure itself.
    pub(crate) fn factors_in(&self, measure: &Measure) -> Vec<Range<usize>> {
        let within = |other: &&Measure| {
            other.kind == MeasureKind::Factor
                && measure.items.start <= other.items.start
                && other.items.end <= measure.items.end
        };
        let found: Vec<_> = self.measures.iter().filter(within).map(|factor| factor.items.clone()).collect();
        if found.is_empty() { vec![measure.items.clone()] } else { found }
    }

    /// The fewest and the most points an answer to these items can have.
    pub(crate) fn points_in(&self, items: &Range<usize>) -> (u8, u8) {
        let points = || self.worths[items.clone()].iter().flatten().flatten().map(|worth| worth.points);
        (points().min().unwrap_or(0), points().max().unwrap_or(0))
    }
}

fn worths(survey: &Survey, column: &Column<'_>) -> [Option<Worth>; CELLS] {
    let mut worths = [None; CELLS];
    let scale = column.scale().and_then(|id| survey.scale(id));
    for level in scale.into_iter().flat_map(|scale| &scale.levels) {
        worths[usize::from(level.code)] = Some(Worth { satisfied: level.satisfied, points: level.points() });
    }
    worths
}

impl FigureScheme {
    fn of(survey: &Survey, question: &str, kind: &FigureKind) -> FigureScheme {
        let column = survey.column(question);
        let scale = column.and_then(|column| survey.scale(column.scale()?));
        let levels = scale.into_iter().flat_map(|scale| &scale.levels);
        let levels = levels.map(|level| (level.code.to_string(), i64::from(level.points())));
        let options = column.into_iter().flat_map(|column| column.question.options());
        let options = options.map(|option| (option.id.clone(), i64::from(option.times.unwrap_or(0))));
        let share = match kind {
            FigureKind::Share { options } => options.clone(),
            FigureKind::Mean | FigureKind::Distribution => Vec::new(),
        };
        let item = survey.scored().iter().position(|column| column.id == question).map(Source::Item);
        let answer = || survey.counted().position(|column| column.id == question).map(Source::Answer);
        FigureScheme {
            source: item.or_else(answer),
            is_number: column.is_some_and(|column| matches!(column.question.kind, Kind::Number { .. })),
            answers: levels.chain(options).collect(),
            share,
        }
    }
}
