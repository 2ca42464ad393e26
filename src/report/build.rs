//! From a pile of responses to the table.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::compare::{changes, hide, rank};
use super::population::Restricted;
use super::sources::Sources;
use super::targets::Applied;
use super::{Channels, FigureRow, Figured, Flag, Group, Request, Results, Row};
use crate::dataset::{Dataset, Key, Period, Split};
use crate::response::Status;
use crate::scoring::{MeasureKind, Scheme, Stratum, Tally, estimate};
use crate::survey::method::{Definition, Formula};
use crate::survey::target::Target;
use crate::survey::unit::Units;
use crate::survey::{Survey, Text};

/// What figures are made with, beside the responses.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// The definition.
    pub definition: &'s Definition,
    /// Targets of all periods.
    pub targets: &'s [Target],
    /// Which province a unit is in.
    pub units: &'s Units,
    /// Decides which targets are in force where there is no response to tell.
    pub today: NaiveDate,
}

/// The responses of one group, by stratum.
pub(super) struct Pile {
    group: Group,
    strata: Vec<(Tally, Option<u64>)>,
    pub(super) whole: Tally,
    is_sample: bool,
    /// Those without a mark, where some have one.
    unmarked: Option<Box<Pile>>,
}

impl Pile {
    fn strata(&self) -> Vec<Stratum<'_>> {
        let is_sample = self.is_sample;
        self.strata.iter().map(|(tally, population)| Stratum { tally, population: *population, is_sample }).collect()
    }
}

/// Responses that are alike in every key asked for: its values, the stratum's, and their counts.
pub(super) struct Cell {
    values: Vec<String>,
    period: Option<String>,
    stratum: Vec<String>,
    /// For each target whether it is about these responses: by their fields, and by their days.
    of_targets: [String; 2],
    is_marked: bool,
    tally: Tally,
}

impl Cell {
    /// Whether a target, by its place, is about these responses.
    pub(super) fn is_of(&self, target: usize) -> bool {
        self.of_targets.iter().all(|of| of.as_bytes().get(target) == Some(&b'1'))
    }

    pub(super) fn period(&self) -> Option<&String> {
        self.period.as_ref()
    }
}

/// Where a group stands: whether it has values, and a period, and which.
type Place = (bool, bool, Vec<String>, Option<String>);

pub(super) struct Builder<'b> {
    pub(super) setting: &'b Setting<'b>,
    pub(super) dataset: &'b Dataset,
    pub(super) request: &'b Request,
    pub(super) scheme: Scheme,
    formulas: Vec<Formula>,
    collected: (u64, u64),
}

impl Results {
    /// Works out the figures of a pile of responses to one survey.
    pub fn of(setting: &Setting<'_>, dataset: &Dataset, request: &Request) -> Results {
        Results::with(setting, dataset, request, &Sources::of(setting, dataset, &request.only))
    }

    /// The same where it is known how the responses asked for were collected.
    pub(crate) fn with(setting: &Setting<'_>, dataset: &Dataset, request: &Request, sources: &Sources) -> Results {
        let Definition { survey, method } = setting.definition;
        let official = method.official();
        let formulas = match (request.formulas.is_empty(), method.formulas.is_empty()) {
            (false, _) => request.formulas.clone(),
            (true, false) => method.formulas.clone(),
            (true, true) => vec![official],
        };
        let scheme = Scheme::of(setting.definition);
        let has_pairs = formulas.iter().chain([&official]).any(|formula| formula.needs_pairs());
        let scheme = if has_pairs { scheme.with_pairs() } else { scheme };
        // What is hidden of one measure follows from the others.
        let only = request.measure.as_ref().filter(|_| !request.is_public);
        let scheme = only.into_iter().fold(scheme, |scheme, measure| scheme.with_only(measure));
        let collected = sources.collected();
        let builder = Builder { setting, dataset, request, scheme, formulas, collected };
        let is_all = request.measure.is_none();
        let targets = if is_all { builder.targets() } else { Vec::new() };
        let is_plain = request.by.is_empty();
        let cells = builder.cells(&request.by, if is_plain { &targets } else { &[] });
        let piles = builder.piles(&cells);
        let mut rows: Vec<Row> = piles.iter().flat_map(|pile| builder.rows(pile)).collect();
        let whole = builder.whole(&cells);
        let own = (!is_plain && !targets.is_empty()).then(|| builder.cells(&[], &targets));
        let (mut board, trends) = builder.board(&targets, own.as_ref().unwrap_or(&cells));
        let mut figures: Vec<FigureRow> =
            piles.iter().filter(|_| is_all).flat_map(|pile| builder.figures(pile)).collect();
        if request.is_public {
            hide(&mut rows, &mut board, &mut figures, &builder.scheme);
        }
        rows.retain(|row| request.measure.as_ref().is_none_or(|measure| *measure == row.measure));
        changes(&mut rows, request.period);
        rank(&mut rows, &builder.formulas);
        Results {
            survey: survey.id.clone(),
            edition: survey.edition.clone(),
            official,
            confidence: request.confidence,
            responses: whole.responses,
            generated: whole.generated,
            marks: whole.marks.to_vec(),
            marked: whole.marked,
            flagged: sources.flagged(request.channels),
            collected,
            days: whole.days,
            by: request.by.iter().map(|key| key.id().to_owned()).collect(),
            only: request.only.iter().map(|(key, wanted)| (key.id().to_owned(), wanted.clone())).collect(),
            is_public: request.is_public,
            board,
            trends,
            rows,
            figures,
            formulas: builder.formulas,
        }
    }
}

/// For each response whether it is among those asked for, and counted.
pub fn counted(setting: &Setting<'_>, dataset: &Dataset, request: &Request) -> Vec<bool> {
    let only = request.only.iter().map(|(key, wanted)| dataset.only(key, wanted, setting.units));
    let splits: Vec<Split<'_>> =
        only.chain(unflagged(dataset)).chain(through(setting, dataset, request.channels)).collect();
    dataset.kept(&splits)
}

/// The split that leaves out what was flagged on a device: nobody answered that.
fn unflagged(dataset: &Dataset) -> Option<Split<'_>> {
    let status = dataset.column("status");
    let flagged = Status::Flagged.code();
    status.values().any(|value| value == flagged).then(|| Split::keeping(status, |value| value != flagged))
}

/// The split into the responses that came through these channels, and those left out.
fn through<'d>(setting: &Setting<'_>, dataset: &'d Dataset, channels: Channels) -> Option<Split<'d>> {
    let wanted = match channels {
        Channels::All => return None,
        Channels::Sample => false,
        Channels::SelfSelected => true,
    };
    let method = &setting.definition.method;
    Some(Split::keeping(dataset.column("channel"), |channel| method.is_self_selected(channel) == wanted))
}

impl<'b> Builder<'b> {
    fn survey(&self) -> &Survey {
        &self.setting.definition.survey
    }

    /// The splits that leave out what was not asked for, see [`counted`].
    fn filters(&self) -> Vec<Split<'_>> {
        let units = self.setting.units;
        let only = self.request.only.iter().map(|(key, wanted)| self.dataset.only(key, wanted, units));
        only.chain(unflagged(self.dataset)).chain(through(self.setting, self.dataset, self.request.channels)).collect()
    }

    /// The tallies of all responses asked for, as fine as keys, periods, strata and targets need them.
    pub(super) fn cells(&self, by: &[Key], targets: &[&Target]) -> Vec<Cell> {
        let units = self.setting.units;
        let period = self.period().map(Key::Time);
        let strata = self.request.population.as_ref().map(|population| population.keys.as_slice()).unwrap_or_default();
        let keys = by.iter().chain(&period).chain(strata).map(|key| self.dataset.split(key, units));
        let mut splits: Vec<Split<'_>> = self.filters();
        let skip = splits.len();
        splits.extend(keys);
        if !targets.is_empty() {
            splits.extend(self.of_targets(targets));
        }
        splits.extend(self.dataset.by_mark());
        let tallies = self.dataset.tallies(&self.scheme, &splits);
        let cell = |(names, tally): (Vec<String>, Tally)| {
            let mut names = names.into_iter().skip(skip);
            let values = names.by_ref().take(by.len()).collect();
            let period = period.as_ref().and_then(|_| names.next());
            let stratum = names.by_ref().take(strata.len()).collect();
            let mut of_target = || if targets.is_empty() { None } else { names.next() }.unwrap_or_default();
            let of_targets = [of_target(), of_target()];
            let is_marked = names.next().is_some_and(|mark| !mark.is_empty());
            Cell { values, period, stratum, of_targets, is_marked, tally }
        };
        tallies.into_iter().map(cell).collect()
    }

    /// The length of time that responses are counted by.
    pub(super) fn period(&self) -> Option<Period> {
        self.request.period.or(self.request.trend)
    }

    fn whole(&self, cells: &[Cell]) -> Tally {
        let mut whole = Tally::empty(&self.scheme);
        cells.iter().for_each(|cell| whole.merge(&cell.tally));
        whole
    }

    /// The groups in their order: all, by period, by group, by both.
    fn piles(&self, cells: &[Cell]) -> Vec<Pile> {
        let mut groups: BTreeMap<Place, Vec<&Cell>> = BTreeMap::new();
        groups.insert((false, false, Vec::new(), None), Vec::new());
        for cell in cells {
            let (has_values, has_period) = (!cell.values.is_empty(), self.request.period.is_some());
            for (values, period) in [(false, false), (false, true), (true, false), (true, true)] {
                if (has_values || !values) && (has_period || !period) {
                    let of_values = if values { cell.values.clone() } else { Vec::new() };
                    let of_period = cell.period.clone().filter(|_| period);
                    groups.entry((values, period, of_values, of_period)).or_default().push(cell);
                }
            }
        }
        let names = || self.request.by.iter().map(|key| key.id().to_owned());
        let pile = |((_, _, values, period), cells): (Place, Vec<&Cell>)| {
            let values: Vec<(String, String)> = names().zip(values).collect();
            self.pile(&values, period.as_ref(), &cells, &Restricted::new())
        };
        groups.into_iter().map(pile).collect()
    }

    /// The group that cells make up.
    pub(super) fn pile(
        &self,
        values: &[(String, String)],
        period: Option<&String>,
        cells: &[&Cell],
        within: &Restricted,
    ) -> Pile {
        let piled = |cells: &[&Cell]| {
            let mut strata: BTreeMap<&[String], Tally> = BTreeMap::new();
            for cell in cells {
                strata.entry(&cell.stratum).or_insert_with(|| Tally::empty(&self.scheme)).merge(&cell.tally);
            }
            self.piled(values.to_vec(), period.cloned(), strata, within)
        };
        let unmarked: Vec<&Cell> = cells.iter().copied().filter(|cell| !cell.is_marked).collect();
        let unmarked = (unmarked.len() < cells.len()).then(|| Box::new(piled(&unmarked)));
        Pile { unmarked, ..piled(cells) }
    }

    #[inline(never)]
    fn piled(
        &self,
        values: Vec<(String, String)>,
        period: Option<String>,
        strata: BTreeMap<&[String], Tally>,
        within: &Restricted,
    ) -> Pile {
        let mut whole = Tally::empty(&self.scheme);
        strata.values().for_each(|tally| whole.merge(tally));
        let mut flags = Vec::new();
        let mut known: Restricted = values.iter().map(|(key, value)| (key.clone(), vec![value.clone()])).collect();
        let of_period = self.request.period.map(|of| of.id().to_owned()).zip(period.clone());
        known.extend(of_period.map(|(key, name)| (key, vec![name])));
        known.extend(self.request.only.iter().map(|(key, wanted)| (key.id().to_owned(), wanted.clone())));
        known.extend(within.iter().cloned());
        let given = self.request.population.as_ref();
        let population = given.filter(|population| population.tells(&known));
        let number = |stratum: &[String]| population?.of(stratum);
        let is_whole = strata.iter().all(|(values, tally)| tally.responses == 0 || number(values).is_some());
        flags.extend((given.is_some() && !is_whole).then_some(Flag::PopulationUnknown));
        let population = population.filter(|_| is_whole);
        if let Some(population) = population {
            let is_empty = |values: &Vec<String>| strata.get(values.as_slice()).is_none_or(|t| t.responses == 0);
            if population.within(&known).any(|(values, _)| is_empty(values)) {
                flags.push(Flag::StrataWithoutAnswers);
            }
            if strata.iter().any(|(values, tally)| number(values).is_some_and(|number| number < tally.responses)) {
                flags.push(Flag::PopulationTooSmall);
            }
        }
        let in_all = population.map(|population| population.within(&known).map(|(_, number)| number).sum());
        let (sample, own_choice) = match self.request.channels {
            Channels::Sample => (true, false),
            Channels::SelfSelected => (false, true),
            Channels::All => {
                let (sample, own_choice) = self.collected;
                (sample > 0, own_choice > 0)
            }
        };
        flags.extend(own_choice.then_some(if sample { Flag::MixedChannels } else { Flag::SelfSelected }));
        flags.extend((whole.generated > 0).then_some(Flag::Generated));
        flags.extend((whole.marked > 0).then_some(Flag::Marked));
        let group = Group {
            values,
            period,
            population: in_all,
            responses: whole.responses,
            generated: whole.generated,
            marks: whole.marks.to_vec(),
            marked: whole.marked,
            days: whole.days,
            flags,
        };
        let numbers = population.is_some();
        let strata = strata.into_iter().map(|(values, tally)| {
            let number = number(values).filter(|_| numbers);
            (tally, number)
        });
        Pile { group, strata: strata.collect(), whole, is_sample: !own_choice, unmarked: None }
    }

    pub(super) fn applied(&self) -> Applied<'b> {
        let Definition { method, .. } = self.setting.definition;
        Applied { targets: self.setting.targets, method, today: self.setting.today }
    }

    /// The only fields of procedure in a group, where that is known.
    fn fields(&self, group: &Group) -> Option<Vec<String>> {
        let own = group.values.iter().find(|(key, _)| key == "field").map(|(_, value)| vec![value.clone()]);
        let only = || self.request.only.iter().find(|(key, _)| key.id() == "field").map(|(_, wanted)| wanted.clone());
        own.or_else(only)
    }

    fn rows(&self, pile: &Pile) -> Vec<Row> {
        let target = self.applied().of_group(self.fields(&pile.group).as_deref(), pile.whole.days);
        // What is hidden of one measure follows from the others.
        let wanted = self.request.measure.as_ref().filter(|_| !self.request.is_public);
        let is_wanted = |measure: &usize| wanted.is_none_or(|wanted| *wanted == self.scheme.measures()[*measure].id);
        (0..self.scheme.measures().len())
            .filter(is_wanted)
            .map(|measure| self.row(pile, measure, &self.formulas, target.cloned()))
            .collect()
    }

    #[inline(never)]
    pub(super) fn row(&self, pile: &Pile, measure: usize, formulas: &[Formula], target: Option<Target>) -> Row {
        let of = &self.scheme.measures()[measure];
        let figure =
            |pile: &Pile, formula| estimate(&self.scheme, measure, formula, &pile.strata(), self.request.confidence);
        let unmarked = pile.unmarked.as_ref().filter(|unmarked| unmarked.whole.responses > 0);
        let figured = |formula: &Formula| Figured {
            formula: *formula,
            estimate: figure(pile, *formula),
            without_marked: unmarked.and_then(|pile| figure(pile, *formula)).map(|estimate| estimate.value),
            change: None,
            rank: None,
            is_hidden: false,
        };
        Row {
            group: pile.group.clone(),
            measure: of.id.clone(),
            kind: of.kind,
            text: text_of(self.survey(), &of.id, of.kind),
            count: pile.whole.count(&self.scheme, measure),
            figures: formulas.iter().map(figured).collect(),
            target,
            is_hidden: false,
        }
    }

    fn figures(&self, pile: &Pile) -> Vec<FigureRow> {
        let figures = self.setting.definition.method.figures.iter().zip(pile.whole.figures());
        let row = |(figure, count): (&crate::survey::method::Figure, &crate::scoring::FigureCount)| FigureRow {
            group: pile.group.clone(),
            figure: figure.clone(),
            count: count.clone(),
            answers: answers_of(self.survey(), &figure.question),
            is_hidden: false,
        };
        figures.map(row).collect()
    }
}

fn text_of(survey: &Survey, id: &str, kind: MeasureKind) -> Text {
    let found = match kind {
        MeasureKind::Overall | MeasureKind::Figure => None,
        MeasureKind::Part => survey.parts.iter().find(|part| part.id == id).map(|part| &part.text),
        MeasureKind::Factor => survey.factors.iter().find(|factor| factor.id == id).map(|factor| &factor.text),
        MeasureKind::Item => survey.column(id).map(|column| column.text()),
    };
    found.cloned().unwrap_or_default()
}

fn answers_of(survey: &Survey, question: &str) -> Vec<(String, Text)> {
    let Some(column) = survey.column(question) else { return Vec::new() };
    let scale = column.scale().and_then(|id| survey.scale(id));
    let levels = scale.into_iter().flat_map(|scale| &scale.levels);
    let levels = levels.map(|level| (level.code.to_string(), level.text.clone()));
    levels.chain(column.question.options().iter().map(|option| (option.id.clone(), option.text.clone()))).collect()
}
