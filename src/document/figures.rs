//! Tables, charts and sentences of a report.

use super::report::{Bar, Block, Chart, Facts, Table, TableRow};
use crate::report::{FigureRow, Results, Row, count_in, interval_in, mean_in, percent_in, threshold_in};
use crate::scoring::{Estimate, Evidence, MeasureKind, Share, Verdict, further};
use crate::survey::Text;
use crate::survey::method::{FigureKind, Formula};
use crate::words::fill;
use crate::words::office::formula_name;
use crate::words::report::Word;

/// How many of the items at the end of the list are named.
const LOWEST: usize = 3;

/// The sections with figures.
pub(super) fn sections(facts: &Facts<'_>) -> Vec<(Word, Vec<Block>)> {
    let mut tables = 0;
    let mut charts = 0;
    let language = facts.language;
    let mut number = |blocks: Vec<Block>| -> Vec<Block> {
        let numbered = blocks.into_iter().map(|block| match block {
            Block::Table(table) => {
                tables += 1;
                let caption = format!("{} {tables}. {}", Word::Table.say(language), table.caption);
                Block::Table(Table { caption, ..table })
            }
            Block::Chart(chart) => {
                charts += 1;
                let caption = format!("{} {charts}. {}", Word::Chart.say(language), chart.caption);
                Block::Chart(Chart { caption, ..chart })
            }
            other => other,
        });
        numbered.collect()
    };
    let mut targets: Vec<Block> = vec![];
    let sentences = sentences(facts);
    if !sentences.is_empty() {
        targets.push(Block::List(sentences));
    }
    targets.extend(board(facts).map(Block::Table));
    targets.extend(board_chart(facts).map(Block::Chart));
    let detail = [factors(facts).map(Block::Chart), items(facts).map(Block::Table)];
    let questions = questions(facts).map(Block::Table);
    vec![
        (Word::SectionTargets, number(targets)),
        (Word::SectionDetail, number(detail.into_iter().flatten().collect())),
        (Word::SectionQuestions, number(questions.into_iter().collect())),
    ]
}

/// What of it goes to the public.
pub(super) fn in_short(facts: &Facts<'_>) -> Vec<Block> {
    let blocks = [board(facts).map(Block::Table), factors(facts).map(Block::Chart)];
    blocks.into_iter().flatten().collect()
}

/// A figure in words.
fn shown(estimate: &Estimate, formula: Formula, language: &str) -> String {
    match formula.is_percentage() {
        true => percent_in(language, estimate.ten_thousandths()),
        false => mean_in(language, estimate.hundredths().into()),
    }
}

fn interval(estimate: &Estimate, formula: Formula, language: &str) -> String {
    estimate.interval.map_or("–".to_owned(), |ends| interval_in(language, ends, formula.is_percentage()))
}

fn text(text: &Text, language: &str) -> String {
    text.get(language, "vi").to_owned()
}

/// The estimate of a row, where it may be shown.
fn estimate(row: &Row, formula: Formula) -> Option<&Estimate> {
    let figured = row.figure(formula).filter(|figured| !figured.is_hidden && !row.is_hidden)?;
    figured.estimate.as_ref()
}

fn verdict(row: &Row, formula: Formula, language: &str) -> &'static str {
    match estimate(row, formula).and(row.verdict(formula)) {
        Some(Verdict::Met) => Word::Met.say(language),
        Some(Verdict::NotMet) => Word::NotMet.say(language),
        None => "–",
    }
}

fn evidence(row: &Row, formula: Formula, language: &str) -> Option<String> {
    let (estimate, target) = (estimate(row, formula)?, row.target.as_ref()?);
    Some(match Evidence::of(estimate, target.threshold)? {
        Evidence::Met | Evidence::NotMet => Word::Enough.say(language).to_owned(),
        Evidence::NotEnough => match further(estimate, target.threshold, row.group.population_of_sample()) {
            Some(more) => fill(Word::Further.say(language), &[&count_in(language, more)]),
            None => Word::NotEnough.say(language).to_owned(),
        },
    })
}

/// Each target in a sentence.
fn sentences(facts: &Facts<'_>) -> Vec<String> {
    let (results, language) = (facts.results, facts.language);
    let formula = results.official;
    let sentence = |row: &Row| {
        let target = row.target.as_ref()?;
        let Some(estimate) = estimate(row, formula) else {
            return Some(fill(Word::TargetWithoutData.say(language), &[&text(&target.text, language)]));
        };
        let word = match row.verdict(formula)? {
            Verdict::Met => Word::TargetMet,
            Verdict::NotMet => Word::TargetNotMet,
        };
        let values = [
            text(&target.text, language),
            shown(estimate, formula, language),
            results.confidence.percent().to_string(),
            interval(estimate, formula, language),
            threshold_in(language, target.threshold),
        ];
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let evidence = evidence(row, formula, language)
            .map(|evidence| format!(" {}", fill(Word::EvidenceIs.say(language), &[&evidence])));
        Some(format!("{}{}", fill(word.say(language), &values), evidence.unwrap_or_default()))
    };
    results.board.iter().filter_map(sentence).collect()
}

/// The targets as a table.
fn board(facts: &Facts<'_>) -> Option<Table> {
    let (results, language) = (facts.results, facts.language);
    let formula = results.official;
    let say = |word: Word| word.say(language).to_owned();
    let row = |row: &Row| {
        let target = row.target.as_ref()?;
        let period = [target.from, target.until].map(|day| day.format("%Y").to_string()).join("–");
        let mut cells = vec![
            format!("{} ({period})", text(&target.text, language)),
            format!("≥\u{a0}{}", threshold_in(language, target.threshold)),
        ];
        cells.extend(match estimate(row, formula) {
            Some(estimate) => [
                count_in(language, row.count.respondents),
                shown(estimate, formula, language),
                interval(estimate, formula, language),
                verdict(row, formula, language).to_owned(),
            ],
            None if row.is_hidden => [hidden(language), hidden(language), hidden(language), hidden(language)],
            None => [count_in(language, row.count.respondents), "–".to_owned(), "–".to_owned(), say(Word::NoData)],
        });
        Some(TableRow { level: 3, cells })
    };
    let rows: Vec<TableRow> = results.board.iter().filter_map(row).collect();
    let heads = [Word::Target, Word::Threshold, Word::Respondents].map(say).into_iter();
    let interval = fill(Word::IntervalOf.say(language), &[&results.confidence.percent().to_string()]);
    let heads = heads.chain([formula_name(formula).say(language).to_owned(), interval, say(Word::Verdict)]);
    (!rows.is_empty()).then(|| Table { caption: say(Word::BoardCaption), heads: heads.collect(), rows })
}

fn hidden(language: &str) -> String {
    Word::Hidden.say(language).to_owned()
}

fn bar(row: &Row, label: String, formula: Formula, language: &str) -> Option<Bar> {
    let estimate = estimate(row, formula).filter(|_| formula.is_percentage())?;
    Some(Bar {
        label,
        percent: f64::from(estimate.ten_thousandths()) / 100.0,
        shown: shown(estimate, formula, language),
        interval: estimate.interval.map(|(low, high)| (low * 100.0, high * 100.0)),
        threshold: row.target.as_ref().map(|target| f64::from(target.threshold) / 100.0),
    })
}

fn chart(caption: Word, bars: Vec<Bar>, facts: &Facts<'_>) -> Option<Chart> {
    let language = facts.language;
    let has_target = bars.iter().any(|bar| bar.threshold.is_some());
    let legend = if has_target { Word::Legend } else { Word::LegendWithoutTarget };
    let legend = fill(legend.say(language), &[&facts.results.confidence.percent().to_string()]);
    (!bars.is_empty()).then(|| Chart { caption: caption.say(language).to_owned(), bars, legend })
}

fn board_chart(facts: &Facts<'_>) -> Option<Chart> {
    let (results, language) = (facts.results, facts.language);
    let label = |row: &Row| row.target.as_ref().map(|target| text(&target.text, language)).unwrap_or_default();
    let bars = results.board.iter().filter_map(|row| bar(row, label(row), results.official, language)).collect();
    chart(Word::BoardChartCaption, bars, facts)
}

/// The parts and factors as bars.
fn factors(facts: &Facts<'_>) -> Option<Chart> {
    let (results, language) = (facts.results, facts.language);
    let wanted = |row: &&Row| matches!(row.kind, MeasureKind::Overall | MeasureKind::Part | MeasureKind::Factor);
    let bars = results.total().filter(wanted);
    let bars = bars.filter_map(|row| bar(row, heading(row, language), results.official, language)).collect();
    chart(Word::FactorsCaption, bars, facts)
}

/// The heading of a measure.
fn heading(row: &Row, language: &str) -> String {
    match row.kind {
        MeasureKind::Overall => Word::Overall.say(language).to_owned(),
        _ => text(&row.text, language),
    }
}

/// The whole table: parts, factors, items.
fn items(facts: &Facts<'_>) -> Option<Table> {
    let (results, language) = (facts.results, facts.language);
    let official = results.official;
    let others = &results.formulas[1..];
    let say = |word: Word| word.say(language).to_owned();
    let row = |row: &Row| {
        let level = match row.kind {
            MeasureKind::Overall => 0,
            MeasureKind::Part => 1,
            MeasureKind::Factor => 2,
            MeasureKind::Item | MeasureKind::Figure => 3,
        };
        let figure = |formula: Formula| match estimate(row, formula) {
            Some(estimate) => shown(estimate, formula, language),
            None if row.is_hidden => hidden(language),
            None => "–".to_owned(),
        };
        let mut cells = vec![heading(row, language)];
        match row.is_hidden {
            true => cells.extend([hidden(language), hidden(language)]),
            false => cells.extend([row.count.respondents, row.count.answers].map(|count| count_in(language, count))),
        }
        cells.push(figure(official));
        cells.push(estimate(row, official).map_or("–".to_owned(), |estimate| interval(estimate, official, language)));
        cells.extend(others.iter().map(|formula| figure(*formula)));
        TableRow { level, cells }
    };
    let rows: Vec<TableRow> = results.total().map(row).collect();
    let interval = fill(Word::IntervalOf.say(language), &[&results.confidence.percent().to_string()]);
    let mut heads = vec![say(Word::Content), say(Word::Respondents), say(Word::Answers)];
    heads.extend([formula_name(official).say(language).to_owned(), interval]);
    heads.extend(others.iter().map(|formula| formula_name(*formula).say(language).to_owned()));
    (!rows.is_empty()).then(|| Table { caption: say(Word::ItemsCaption), heads, rows })
}

/// The figures about single questions.
fn questions(facts: &Facts<'_>) -> Option<Table> {
    let language = facts.language;
    let say = |word: Word| word.say(language).to_owned();
    let rows: Vec<TableRow> =
        facts.results.figures.iter().filter(|row| row.group.is_all()).flat_map(|row| question(row, language)).collect();
    let heads = [Word::Question, Word::Answering, Word::Value].map(say).to_vec();
    (!rows.is_empty()).then(|| Table { caption: say(Word::QuestionsCaption), heads, rows })
}

fn question(row: &FigureRow, language: &str) -> Vec<TableRow> {
    let title = text(&row.figure.text, language);
    let line = |level, cells: [String; 3]| TableRow { level, cells: cells.to_vec() };
    if row.is_hidden {
        return vec![line(2, [title, hidden(language), hidden(language)])];
    }
    let answered = row.count.answered;
    let share = |count: u64| match Share::new(count, answered) {
        Some(share) => percent_in(language, share.hundredths()),
        None => "–".to_owned(),
    };
    let people = count_in(language, answered);
    match &row.figure.kind {
        FigureKind::Mean => {
            let mean = row.mean().map_or("–".to_owned(), |mean| crate::report::decimal_in(language, mean, 2));
            vec![line(2, [title, people, mean])]
        }
        FigureKind::Share { .. } => vec![line(2, [title, people, share(row.count.in_share)])],
        FigureKind::Distribution => {
            let head = line(2, [title, people, String::new()]);
            let answers = row.answers.iter().zip(&row.count.chosen);
            let answers = answers.map(|((_, answer), count)| {
                line(3, [text(answer, language), count_in(language, *count), share(*count)])
            });
            [head].into_iter().chain(answers).collect()
        }
    }
}

/// What the figures say by themselves: the best and the weakest factor, the weakest items.
pub(super) fn assessment(results: &Results, language: &str) -> String {
    let formula = results.official;
    let of = |kind: MeasureKind| {
        let rows = results.total().filter(move |row| row.kind == kind && row.count.respondents > 0);
        let mut rows: Vec<(&Row, &Estimate)> = rows.filter_map(|row| Some((row, estimate(row, formula)?))).collect();
        rows.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
        rows
    };
    let named = |(row, estimate): &(&Row, &Estimate)| {
        format!("“{}” ({})", text(&row.text, language), shown(estimate, formula, language))
    };
    let mut sentences = Vec::new();
    let factors = of(MeasureKind::Factor);
    if let [lowest, .., highest] = &factors[..] {
        sentences.push(fill(Word::AssessFactors.say(language), &[&named(highest), &named(lowest)]));
    }
    let items = of(MeasureKind::Item);
    if items.len() > LOWEST {
        let lowest: Vec<String> = items.iter().take(LOWEST).map(named).collect();
        sentences.push(fill(Word::AssessItems.say(language), &[&lowest.join("; ")]));
    }
    sentences.join("\n")
}
