//! The method note of a report, and what there is to say about the quality of its responses.

use super::report::Facts;
use crate::quality::Mark;
use crate::report::{Flag, LEAST_FIRM, count_in, day_in, mean_in, percent_in};
use crate::scoring::yamane;
use crate::words::fill;
use crate::words::office::{Word as Office, formula_name, formula_text, mark_words};
use crate::words::report::Word;

/// How the figures were made.
pub(super) fn note(facts: &Facts<'_>) -> Vec<String> {
    let language = facts.language;
    let say = |word: Word| word.say(language);
    let results = facts.results;
    let (survey, method) = (&facts.definition.survey, &facts.definition.method);
    let day = |day: Option<_>| day.map_or("…".to_owned(), |day| day_in(language, day));
    let period = (method.from.is_some() || method.until.is_some())
        .then(|| fill(Office::EditionPeriod.say(language), &[&survey.edition, &day(method.from), &day(method.until)]));
    let mut points = vec![
        fill(say(Word::MethodSource), &[method.source.get(language, survey.fallback())]),
        fill(Office::HowSure.say(language), &[&results.confidence.percent().to_string()]),
        Office::Rounding.say(language).to_owned(),
    ];
    points.splice(1..1, formulas(facts));
    points.splice(1..1, period);
    points.extend(
        method
            .transcription
            .as_ref()
            .map(|text| fill(Office::Transcription.say(language), &[text.get(language, survey.fallback())])),
    );
    points.push(channels(facts).say(language).to_owned());
    let overall = results.total().next();
    if let Some(number) = overall.and_then(|row| row.group.population) {
        let needed = count_in(language, yamane(number));
        points.push(fill(say(Word::MethodSample), &[&count_in(language, number), &needed]));
    }
    if let Some(row) = overall {
        let missing = row.count.missing;
        let counts = [missing.not_applicable, missing.no_opinion, missing.no_answer, missing.not_asked];
        let counts = counts.map(|count| count_in(language, count));
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        points.push(fill(say(Word::MethodMissing), &counts));
    }
    let sources = results.board.iter().filter_map(|row| row.target.as_ref());
    let mut sources: Vec<String> = sources.map(|target| target.source.get(language, "vi").to_owned()).collect();
    sources.dedup();
    if !sources.is_empty() {
        points.push(fill(say(Word::MethodTargets), &[&sources.join("; ")]));
    }
    points
}

/// The same for the public.
pub(super) fn in_short(facts: &Facts<'_>) -> Vec<String> {
    let language = facts.language;
    let mut points = formulas(facts);
    points.truncate(1);
    points.push(channels(facts).say(language).to_owned());
    points.push(Word::PublicInterval.say(language).replace("{}", &facts.results.confidence.percent().to_string()));
    points.push(Word::PublicHidden.say(language).to_owned());
    points
}

fn formulas(facts: &Facts<'_>) -> Vec<String> {
    let language = facts.language;
    let formula = |formula: &crate::survey::method::Formula| {
        let (name, text) = (formula_name(*formula).say(language), formula_text(*formula).say(language));
        format!("{name} ({}): {text}", formula.id())
    };
    facts.results.formulas.iter().map(formula).collect()
}

fn channels(facts: &Facts<'_>) -> Office {
    match () {
        () if facts.has(Flag::SelfSelected) => Office::ChannelsOwnChoice,
        () if facts.has(Flag::MixedChannels) => Office::ChannelsBoth,
        () => Office::ChannelsSample,
    }
}

/// What looks odd, and what the figure would be without it.
pub(super) fn quality(facts: &Facts<'_>) -> Vec<String> {
    let language = facts.language;
    let say = |word: Word| word.say(language);
    let count = |number: u64| count_in(language, number);
    let results = facts.results;
    let mut points = Vec::new();
    if results.marked > 0 {
        let found = Mark::ALL.into_iter().zip(&results.marks).filter(|(_, count)| **count > 0);
        let found = found
            .map(|(mark, number)| format!("{}: {}", mark_words(mark).0.say(language).to_lowercase(), count(*number)));
        let found: Vec<String> = found.collect();
        points.push(fill(say(Word::QualityMarked), &[&count(results.marked), &found.join("; ")]));
        points.extend(without_marked(facts));
    } else {
        points.push(say(Word::QualityNoMarks).to_owned());
    }
    points.extend((results.flagged > 0).then(|| fill(say(Word::QualityFlagged), &[&count(results.flagged)])));
    let overall = results.total().next();
    let people = overall.map_or(results.responses, |row| row.count.respondents);
    points.extend((people < LEAST_FIRM).then(|| fill(say(Word::QualityFew), &[&count(people)])));
    let flags = [
        (Flag::StrataWithoutAnswers, Word::QualityStrata),
        (Flag::PopulationUnknown, Word::QualityUnknown),
        (Flag::PopulationTooSmall, Word::QualityTooSmall),
    ];
    points.extend(flags.into_iter().filter(|(flag, _)| facts.has(*flag)).map(|(_, word)| say(word).to_owned()));
    points
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn without_marked(facts: &Facts<'_>) -> Option<String> {
    let (results, language) = (facts.results, facts.language);
    let formula = results.official;
    let overall = results.total().next()?;
    let (with, without) = (overall.estimate(formula)?, overall.figure(formula)?.without_marked?);
    let [with, without] = match formula.is_percentage() {
        true => [with.ten_thousandths(), (without * 10_000.0).round() as u32].map(|share| percent_in(language, share)),
        false => [with.hundredths(), (without * 100.0).round() as u32].map(|mean| mean_in(language, mean.into())),
    };
    Some(fill(Word::QualityWithout.say(language), &[&with, &without]))
}
