//! The report on the results, in the layout of administrative documents (NĐ 30/2020/NĐ-CP, appendix I).

use chrono::NaiveDate;

use super::texts::{Field, Texts};
use super::{figures, method};
use crate::report::{Flag, Results, count_in, day_in};
use crate::survey::method::Definition;
use crate::words::fill;
use crate::words::report::Word;

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// The figures of all responses.
    pub results: &'f Results,
    /// What they were collected and computed by.
    pub definition: &'f Definition,
    /// What officials have written.
    pub texts: &'f Texts,
    /// Language of the report.
    pub language: &'f str,
    /// The day it is made.
    pub today: NaiveDate,
    /// What the responses were filtered by, in words; empty: not at all.
    pub scope: &'f str,
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The body above the issuing one.
    pub superior: String,
    /// The issuing body.
    pub body: String,
    /// The national motto: two lines.
    pub motto: [&'static str; 2],
    /// Number and symbol.
    pub number: String,
    /// Place and date.
    pub place_and_date: String,
    /// The kind of document.
    pub kind: &'static str,
    /// What it is about.
    pub subject: String,
    /// Paragraphs before the first section.
    pub opening: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// To whom it goes; none in the public version.
    pub recipients: Vec<String>,
    /// Who signs: in whose place, office, name; none in the public version.
    pub signature: Option<[String; 3]>,
}

/// A section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading, numbered.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Points.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart; a table beside it has its numbers.
    Chart(Chart),
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its heading.
    pub caption: String,
    /// Headings of the columns; the first is that of the rows.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Depth: 0 for a whole, 3 for an item.
    pub level: u8,
    /// One a column.
    pub cells: Vec<String>,
}

/// Bars from 0 to 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its heading.
    pub caption: String,
    /// The bars.
    pub bars: Vec<Bar>,
    /// What the marks on the bars are.
    pub legend: String,
}

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its length in percent.
    pub percent: f64,
    /// The figure in words.
    pub shown: String,
    /// The ends of the interval in percent.
    pub interval: Option<(f64, f64)>,
    /// The target in percent.
    pub threshold: Option<f64>,
}

impl Facts<'_> {
    /// The title of the survey.
    pub fn title(&self) -> String {
        let survey = &self.definition.survey;
        survey.title.get(self.language, survey.fallback()).to_owned()
    }

    /// What was written, or what is proposed.
    pub fn written(&self, field: Field) -> String {
        self.texts.get(field.id()).cloned().unwrap_or_else(|| field.proposed(self))
    }

    fn paragraphs(&self, field: Field) -> Vec<String> {
        let text = self.written(field);
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// A line of the head or the foot.
    fn line(&self, field: Field) -> String {
        self.written(field).trim().to_owned()
    }

    /// Whether the figures as a whole have a flag.
    pub(super) fn has(&self, flag: Flag) -> bool {
        self.results.total().next().is_some_and(|row| row.group.flags.contains(&flag))
    }

    fn days(&self) -> String {
        let days = self.results.days.map(|(from, to)| [from, to].map(|day| day_in(self.language, day)));
        days.map_or("…".to_owned(), |[from, to]| format!("{from} – {to}"))
    }
}

/// The report for the office.
pub fn compose(facts: &Facts<'_>) -> Report {
    let say = |word: Word| word.say(facts.language);
    let written = |field| facts.paragraphs(field).into_iter().map(Block::Text).collect();
    let mut own = figures::sections(facts);
    let mut sections = vec![(Word::SectionSurvey, collected(facts))];
    sections.append(&mut own);
    sections.push((Word::SectionMethod, vec![Block::List(method::note(facts))]));
    sections.push((Word::SectionAssessment, written(Field::Assessment)));
    sections.push((Word::SectionProposals, written(Field::Proposals)));
    let sections = sections.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    let sections = sections
        .zip(ROMAN)
        .map(|((word, blocks), number)| Section { title: format!("{number}. {}", say(word)), blocks });
    Report {
        kind: say(Word::KindReport),
        opening: facts.paragraphs(Field::Opening),
        sections: sections.collect(),
        recipients: facts.paragraphs(Field::Recipients),
        signature: Some([Field::Authority, Field::Position, Field::Signer].map(|field| facts.line(field))),
        ..head(facts)
    }
}

/// The page for the public: what is about few people is hidden in it, whatever the results say.
pub fn publish(facts: &Facts<'_>) -> Report {
    let published = facts.results.published(facts.definition);
    let facts = Facts { results: &published, ..*facts };
    let say = |word: Word| word.say(facts.language);
    let count = count_in(facts.language, published.responses);
    let opening = fill(say(Word::PublicOpening), &[&facts.title(), &facts.days(), &count]);
    let mut opening = vec![opening];
    opening.extend(warnings(&facts));
    let sections = vec![Section { title: String::new(), blocks: figures::in_short(&facts) }];
    let notes =
        Section { title: say(Word::PublicMethod).to_owned(), blocks: vec![Block::List(method::in_short(&facts))] };
    Report {
        kind: say(Word::KindPublic),
        opening,
        sections: sections.into_iter().chain([notes]).collect(),
        ..head(&facts)
    }
}

/// How the figures came about, point by point: what was collected, how good it is, how it was computed.
pub fn explain(facts: &Facts<'_>) -> Vec<String> {
    let collected = collected(facts).into_iter().flat_map(|block| match block {
        Block::List(points) => points,
        Block::Text(text) => vec![text],
        Block::Table(_) | Block::Chart(_) => Vec::new(),
    });
    collected.chain(method::note(facts)).collect()
}

const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

fn head(facts: &Facts<'_>) -> Report {
    let say = |word: Word| word.say(facts.language);
    Report {
        superior: facts.line(Field::Superior),
        body: facts.line(Field::Body),
        motto: [say(Word::Country), say(Word::Motto)],
        number: facts.line(Field::Number),
        place_and_date: facts.line(Field::PlaceAndDate),
        kind: "",
        subject: facts.line(Field::Subject),
        opening: Vec::new(),
        sections: Vec::new(),
        recipients: Vec::new(),
        signature: None,
    }
}

/// What must be said of the figures before any of them.
fn warnings(facts: &Facts<'_>) -> Vec<String> {
    let say = |word: Word| word.say(facts.language);
    let generated = facts.results.generated;
    let counted = count_in(facts.language, generated);
    let found = [
        (!facts.scope.is_empty()).then(|| fill(say(Word::OnlyPart), &[facts.scope])),
        (generated > 0).then(|| fill(say(Word::Generated), &[&counted])),
        facts.has(Flag::SelfSelected).then(|| say(Word::SelfSelected).to_owned()),
        facts.has(Flag::MixedChannels).then(|| say(Word::MixedChannels).to_owned()),
    ];
    found.into_iter().flatten().collect()
}

/// What was collected, and how good it is.
fn collected(facts: &Facts<'_>) -> Vec<Block> {
    let say = |word: Word| word.say(facts.language);
    let count = |number: u64| count_in(facts.language, number);
    let results = facts.results;
    let (sample, own_choice) = results.collected;
    let survey = &facts.definition.survey;
    let mut points = vec![
        fill(say(Word::FactSurvey), &[&facts.title(), &survey.id, &results.edition]),
        fill(say(Word::FactResponses), &[&count(results.responses), &facts.days()]),
        fill(say(Word::FactChannels), &[&count(sample), &count(own_choice)]),
    ];
    points.extend(warnings(facts));
    let mut blocks = vec![Block::List(points)];
    blocks.push(Block::Text(say(Word::Quality).to_owned()));
    blocks.push(Block::List(method::quality(facts)));
    blocks
}
