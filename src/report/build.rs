//! From a pile of responses to the table.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::compare::{changes, hide, rank};
use super::population::Restricted;
use super::targets::Applied;
use super::{Channels, FigureRow, Figured, Flag, Group, Request, Results, Row};
use crate::dataset::{Dataset, Key, Split};
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
struct Pile {
    group: Group,
    strata: Vec<(Tally, Option<u64>)>,
    whole: Tally,
    is_sample: bool,
}

impl Pile {
    fn strata(&self) -> Vec<Stratum<'_>> {
        let is_sample = self.is_sample;
        self.strata.iter().map(|(tally, population)| Stratum { tally, population: *population, is_sample }).collect()
    }
}

/// Responses that are alike in every key asked for: its values, the stratum's, and their counts.
struct Cell {
    values: Vec<String>,
    period: Option<String>,
    stratum: Vec<String>,
    tally: Tally,
}

/// A group: its values and its period.
type Named<'p> = (&'p [(String, String)], Option<&'p String>);

/// Where a group stands: whether it has values, and a period, and which.
type Place = (bool, bool, Vec<String>, Option<String>);

struct Builder<'b> {
    setting: &'b Setting<'b>,
    dataset: &'b Dataset,
    request: &'b Request,
    scheme: Scheme,
    formulas: Vec<Formula>,
    collected: (u64, u64),
}

impl Results {
    /// Works out the figures of a pile of responses to one survey.
    pub fn of(setting: &Setting<'_>, dataset: &Dataset, request: &Request) -> Results {
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
        let collected = collected(setting, dataset, &request.only);
        let builder = Builder { setting, dataset, request, scheme, formulas, collected };
        let cells = builder.cells(&[], &request.by, request.period.is_some());
        let piles = builder.piles(&cells);
        let mut rows: Vec<Row> = piles.iter().flat_map(|pile| builder.rows(pile)).collect();
        let whole = builder.whole(&cells);
        if whole.marked > 0 {
            builder.without_marked(&mut rows);
        }
        let mut board = builder.board();
        let mut figures: Vec<FigureRow> = piles.iter().flat_map(|pile| builder.figures(pile)).collect();
        if request.is_public {
            hide(&mut rows, &mut board, &mut figures, &builder.scheme);
        }
        changes(&mut rows, request);
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
            flagged: builder.flagged(),
            collected,
            days: whole.days,
            by: request.by.iter().map(|key| key.id().to_owned()).collect(),
            only: request.only.iter().map(|(key, wanted)| (key.id().to_owned(), wanted.clone())).collect(),
            is_public: request.is_public,
            board,
            rows,
            figures,
            formulas: builder.formulas,
        }
    }
}

/// How many of the responses asked for are of a sample, and how many of people who chose to answer,
/// whichever channels are asked for.
pub fn collected(setting: &Setting<'_>, dataset: &Dataset, only: &[(Key, Vec<String>)]) -> (u64, u64) {
    let only = only.iter().map(|(key, wanted)| dataset.only(key, wanted, setting.units));
    let only: Vec<Split<'_>> = only.chain(unflagged(dataset)).collect();
    let count = |channels| {
        let splits: Vec<Split<'_>> = only.iter().cloned().chain(through(setting, dataset, channels)).collect();
        dataset.count(&splits)
    };
    (count(Channels::Sample), count(Channels::SelfSelected))
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

impl Builder<'_> {
    fn survey(&self) -> &Survey {
        &self.setting.definition.survey
    }

    /// The splits that leave out what was not asked for.
    fn filters(&self) -> Vec<Split<'_>> {
        let units = self.setting.units;
        let only = self.request.only.iter().map(|(key, wanted)| self.dataset.only(key, wanted, units));
        only.chain(unflagged(self.dataset)).chain(through(self.setting, self.dataset, self.request.channels)).collect()
    }

    /// How many responses asked for were flagged, and so are not counted.
    fn flagged(&self) -> u64 {
        let splits = |dataset| {
            let only = self.request.only.iter().map(|(key, wanted)| self.dataset.only(key, wanted, self.setting.units));
            only.chain(dataset).chain(through(self.setting, self.dataset, self.request.channels)).collect::<Vec<_>>()
        };
        self.dataset.count(&splits(None)) - self.dataset.count(&splits(unflagged(self.dataset)))
    }

    /// The tallies of all responses asked for, as fine as keys, periods and strata need them.
    fn cells(&self, more: &[Split<'_>], by: &[Key], by_period: bool) -> Vec<Cell> {
        let units = self.setting.units;
        let period = self.request.period.filter(|_| by_period).map(Key::Time);
        let strata = self.request.population.as_ref().map(|population| population.keys.as_slice()).unwrap_or_default();
        let keys = by.iter().chain(&period).chain(strata).map(|key| self.dataset.split(key, units));
        let mut splits: Vec<Split<'_>> = self.filters();
        splits.extend(more.iter().cloned());
        let skip = splits.len();
        splits.extend(keys);
        let tallies = self.dataset.tallies(&self.scheme, &splits);
        let cell = |(names, tally): (Vec<String>, Tally)| {
            let mut names = names.into_iter().skip(skip);
            let values = names.by_ref().take(by.len()).collect();
            let period = period.as_ref().and_then(|_| names.next());
            Cell { values, period, stratum: names.collect(), tally }
        };
        tallies.into_iter().map(cell).collect()
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
            let (has_values, has_period) = (!cell.values.is_empty(), cell.period.is_some());
            for (values, period) in [(false, false), (false, true), (true, false), (true, true)] {
                if (has_values || !values) && (has_period || !period) {
                    let of_values = if values { cell.values.clone() } else { Vec::new() };
                    let of_period = cell.period.clone().filter(|_| period);
                    groups.entry((values, period, of_values, of_period)).or_default().push(cell);
                }
            }
        }
        let names = || self.request.by.iter().map(|key| key.id().to_owned());
        let pile = |((_, _, values, period), cells): (_, Vec<&Cell>)| {
            let mut strata: BTreeMap<&[String], Tally> = BTreeMap::new();
            for cell in cells {
                strata.entry(&cell.stratum).or_insert_with(|| Tally::empty(&self.scheme)).merge(&cell.tally);
            }
            self.piled(names().zip::<Vec<String>>(values).collect(), period, strata, &Restricted::new())
        };
        groups.into_iter().map(pile).collect()
    }

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
        Pile { group, strata: strata.collect(), whole, is_sample: !own_choice }
    }

    fn applied(&self) -> Applied<'_> {
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
        (0..self.scheme.measures().len())
            .map(|measure| self.row(pile, measure, &self.formulas, target.cloned()))
            .collect()
    }

    fn row(&self, pile: &Pile, measure: usize, formulas: &[Formula], target: Option<Target>) -> Row {
        let of = &self.scheme.measures()[measure];
        let strata = pile.strata();
        let figured = |formula: &Formula| Figured {
            formula: *formula,
            estimate: estimate(&self.scheme, measure, *formula, &strata, self.request.confidence),
            without_marked: None,
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

    /// Each figure once more, without the marked responses.
    fn without_marked(&self, rows: &mut [Row]) {
        let cells = self.cells(&[self.dataset.unmarked()], &self.request.by, self.request.period.is_some());
        let piles = self.piles(&cells);
        let index: BTreeMap<Named<'_>, &Pile> =
            piles.iter().map(|pile| ((pile.group.values.as_slice(), pile.group.period.as_ref()), pile)).collect();
        let of = |group: &Group| index.get(&(group.values.as_slice(), group.period.as_ref())).copied();
        let measures = self.scheme.measures();
        for rows in rows.chunk_by_mut(|a, b| a.group == b.group) {
            let Some(pile) = of(&rows[0].group).filter(|_| rows[0].group.marked > 0) else { continue };
            let strata = pile.strata();
            for row in rows {
                let Some(measure) = measures.iter().position(|measure| measure.id == row.measure) else { continue };
                for figured in &mut row.figures {
                    let formula = figured.formula;
                    let without = estimate(&self.scheme, measure, formula, &strata, self.request.confidence);
                    figured.without_marked = without.map(|estimate| estimate.value);
                }
            }
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

    /// Each target over the responses of its own days and fields.
    fn board(&self) -> Vec<Row> {
        let applied = self.applied();
        let mut board = Vec::new();
        if self.scheme.measures().is_empty() {
            return board;
        }
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        for id in &self.setting.definition.method.targets {
            let days = self.dataset.days().filter_map(day);
            let used = applied.on(id, days);
            for target in used.iter().filter(|target| self.is_asked_for(target)) {
                let is_of = |text: &str| {
                    let on = applied.on(id, day(text).into_iter());
                    on == [*target]
                };
                let mut splits = vec![self.dataset.on_days(is_of)];
                // Numbers for all days say nothing about those of one target of several.
                let mut within: Restricted =
                    (used.len() > 1).then(|| ("day".to_owned(), Vec::new())).into_iter().collect();
                if !target.fields.is_empty() {
                    splits.push(self.dataset.only(&Key::Column("field"), &target.fields, self.setting.units));
                    within.push(("field".to_owned(), target.fields.clone()));
                }
                let cells = self.cells(&splits, &[], false);
                let pile = self.piled(Vec::new(), None, by_stratum(&cells), &within);
                // On the board stands the official figure, whatever else is asked for.
                let official = self.setting.definition.method.official();
                let mut row = self.row(&pile, 0, &[official], Some((*target).clone()));
                if pile.whole.marked > 0 {
                    splits.push(self.dataset.unmarked());
                    let cells = self.cells(&splits, &[], false);
                    let pile = self.piled(Vec::new(), None, by_stratum(&cells), &within);
                    let without = estimate(&self.scheme, 0, official, &pile.strata(), self.request.confidence);
                    row.figures[0].without_marked = without.map(|estimate| estimate.value);
                }
                board.push(row);
            }
        }
        board
    }

    /// Whether a target is about the responses asked for: one for all fields is not about a few of them.
    fn is_asked_for(&self, target: &Target) -> bool {
        let asked = self.request.only.iter().find(|(key, _)| key.id() == "field").map(|(_, wanted)| wanted);
        asked.is_none_or(|asked| asked.iter().all(|field| target.fields.contains(field)))
    }
}

fn by_stratum(cells: &[Cell]) -> BTreeMap<&[String], Tally> {
    cells.iter().map(|cell| (cell.stratum.as_slice(), cell.tally.clone())).collect()
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
