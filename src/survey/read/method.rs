//! Reading what is made of the answers: sources, period, formulas, targets, figures.

use super::toml_tree::{Problems, Table};
use super::{Ids, choose, measure_id, reference, required_text};
use crate::survey::method::{Figure, FigureKind, Formula, FormulaMisfit, Method};
use crate::survey::problem::{Fault, Misfit, Thing};
use crate::survey::target::Target;
use crate::survey::{Column, Kind, Survey};

pub(super) fn method(
    root: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    survey: &Survey,
    targets: &[Target],
    unread: &[String],
    measures: &mut Ids,
) -> Method {
    let source = required_text(root, problems, "source");
    let transcription = root.text(problems, "transcription");
    let from = root.date(problems, "from");
    let until = root.date(problems, "until");
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        problems.add(until.span.clone(), Fault::Reversed { low: "from", high: "until" });
    }
    let formulas = formulas(root, problems, survey);
    let applied = root.strings(problems, "targets").unwrap_or_default();
    let mut known: Vec<String> = targets.iter().map(|target| target.id.clone()).collect();
    // Targets of several periods share an id.
    known.sort();
    known.dedup();
    let mut once = Ids::new();
    for target in &applied {
        once.note(problems, target);
        reference(problems, Thing::Target, target, &known);
    }
    if let Some(first) = formulas.first().filter(|first| !first.is_percentage() && !applied.is_empty()) {
        problems.add(root.span_of("formulas"), Fault::NoPercentage { formula: first.id() });
    }
    Method {
        source,
        transcription,
        from: from.map(|at| at.value),
        until: until.map(|at| at.value),
        formulas,
        self_selected: root
            .strings(problems, "self_selected")
            .map(|list| list.into_iter().map(|at| at.value).collect()),
        targets: applied.into_iter().map(|at| at.value).collect(),
        figures: figures(root, problems, survey, unread, measures),
    }
}

fn formulas(root: &Table<'_, '_>, problems: &mut Problems<'_>, survey: &Survey) -> Vec<Formula> {
    let known: Vec<(&str, Formula)> = Formula::ALL.map(|formula| (formula.id(), formula)).to_vec();
    let list = root.strings(problems, "formulas");
    if survey.columns().any(|column| column.factor().is_some()) {
        root.require(problems, "formulas", list.clone());
        if list.as_ref().is_some_and(Vec::is_empty) {
            problems.add(root.span_of("formulas"), Fault::Empty { key: "formulas" });
        }
    }
    let mut once = Ids::new();
    let mut formulas = Vec::new();
    for at in list.unwrap_or_default() {
        once.note(problems, &at);
        let Some(formula) = choose(problems, Thing::Formula, &at, &known) else { continue };
        match formula.misfit(survey) {
            Some(FormulaMisfit::NotFivePoints(scale)) => {
                problems.add(at.span, Fault::NotFivePoints { formula: formula.id(), scale });
            }
            Some(FormulaMisfit::NotNineIndicators(items)) => {
                problems.add(at.span, Fault::NotNineIndicators { items });
            }
            None => {}
        }
        formulas.push(formula);
    }
    formulas
}

fn figures(
    root: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    survey: &Survey,
    unread: &[String],
    measures: &mut Ids,
) -> Vec<Figure> {
    let known: Vec<String> = survey.csv_columns().map(|column| column.id.to_owned()).collect();
    let mut figures = Vec::new();
    for table in root.tables(problems, "figure") {
        let id = measure_id(&table, problems, measures);
        // Results name a figure and an item alike.
        if survey.column(&id).is_some() {
            problems.add(table.span_of("id"), Fault::ReservedId { id: id.clone() });
        }
        let text = required_text(&table, problems, "text");
        let question = table.string(problems, "question");
        let question = table.require(problems, "question", question);
        if let Some(question) = question.as_ref().filter(|question| !unread.contains(&question.value)) {
            reference(problems, Thing::Question, question, &known);
        }
        let column = question.as_ref().and_then(|question| survey.column(&question.value));
        let kind = kind(&table, problems, survey, column.as_ref());
        table.finish(problems);
        if let (Some(question), Some(kind)) = (question, kind) {
            figures.push(Figure { id, text, question: question.value, kind });
        }
    }
    figures
}

const KINDS: [(&str, &str); 3] = [("mean", "mean"), ("share", "share"), ("distribution", "distribution")];

fn kind(
    table: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    survey: &Survey,
    column: Option<&Column<'_>>,
) -> Option<FigureKind> {
    let at = table.string(problems, "kind");
    let at = table.require(problems, "kind", at)?;
    let kind = choose(problems, Thing::FigureKind, &at, &KINDS)?;
    let asked = column.map(|column| &column.question.kind);
    let is_number = matches!(asked, None | Some(Kind::Number { .. } | Kind::Contacts { .. }));
    let has_answers = !matches!(asked, Some(Kind::Number { .. } | Kind::Text { .. }));
    let misfit = match kind {
        "mean" => (!is_number).then_some(Misfit::MeanOfNumber),
        _ => (!has_answers).then_some(Misfit::CountOfAnswers),
    };
    if let Some(misfit) = misfit {
        problems.add(at.span, Fault::Misfit(misfit));
    }
    match kind {
        "mean" => Some(FigureKind::Mean),
        "distribution" => Some(FigureKind::Distribution),
        _ => {
            let options = table.strings(problems, "options");
            let options = table.require(problems, "options", options)?;
            if options.is_empty() {
                problems.add(table.span_of("options"), Fault::Empty { key: "options" });
            }
            let known: Vec<String> = column.map(|column| column.answers(survey)).unwrap_or_default();
            let mut once = Ids::new();
            for option in &options {
                once.note(problems, option);
                if misfit.is_none() && column.is_some() {
                    reference(problems, Thing::Answer, option, &known);
                }
            }
            Some(FigureKind::Share { options: options.into_iter().map(|at| at.value).collect() })
        }
    }
}
