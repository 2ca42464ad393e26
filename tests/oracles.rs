//! The figures beside what R's survey package, statsmodels and DuckDB make of the same answers.
//! Where these files come from: tests/oracles/README.md.

#[allow(dead_code)]
mod scenario;

use std::collections::BTreeMap;

use serde::Deserialize;
use sipas_kit::dataset::{Dataset, Key};
use sipas_kit::exchange::population::read_population;
use sipas_kit::exchange::responses::{Setting, read_responses};
use sipas_kit::report::{self, Population, Request, Results, Row};
use sipas_kit::scoring::{Confidence, difference, wilson};
use sipas_kit::survey::method::{Definition, Formula};
use sipas_kit::survey::unit::Units;

#[derive(Debug, Deserialize)]
struct Golden {
    source: String,
    file: String,
    design: String,
    r#where: BTreeMap<String, String>,
    measure: String,
    formula: String,
    respondents: u64,
    numerator: Option<u64>,
    denominator: Option<u64>,
    estimate: Option<f64>,
    se: Option<f64>,
    deff: Option<f64>,
    confidence: u8,
    lower: Option<f64>,
    upper: Option<f64>,
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/oracles/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

fn definition() -> Definition {
    let source = String::from_utf8(read("survey.toml")).expect("text");
    scenario::definition_of(&source, &scenario::targets())
}

struct Piles {
    definition: Definition,
    datasets: BTreeMap<String, Dataset>,
}

impl Piles {
    fn read() -> Piles {
        let definition = definition();
        let now = scenario::began();
        let setting = Setting { definition: &definition, units: &Units::new(), now };
        let dataset = |file: &str| {
            let import = read_responses(&read(file), &setting, []);
            assert!(import.set_aside == 0, "{:?}", import.problems);
            (file.to_owned(), Dataset::of(&definition.survey, &import.responses))
        };
        let datasets = ["responses.csv", "small.csv", "even.csv"].into_iter().map(dataset).collect();
        Piles { definition, datasets }
    }

    fn population(&self, file: &str, design: &str) -> Option<Population> {
        let name = if file == "small.csv" { "small-population.csv" } else { "population.csv" };
        let strata = read_population(&read(name), &self.definition.survey, &Units::new()).expect("a population");
        match design {
            "srs" => None,
            "fpc" => {
                let all = strata.strata.values().sum();
                Some(Population { keys: Vec::new(), strata: [(Vec::new(), all)].into() })
            }
            _ => Some(strata),
        }
    }

    fn results(&self, file: &str, request: &Request) -> Results {
        let (targets, today) = (scenario::targets(), scenario::began().date_naive());
        let setting = report::Setting { definition: &self.definition, targets: &targets, units: &Units::new(), today };
        Results::of(&setting, &self.datasets[file], request)
    }
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &Golden) {
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found} is not {expected}: {what:?}");
}

/// Every record of the golden file: counts to the last digit, estimates and errors to nine digits, bounds to six.
#[test]
fn every_figure_is_what_others_make_of_it() {
    let golden: Vec<Golden> = serde_json::from_slice(&read("golden.json")).expect("records");
    assert!(golden.len() > 3000);
    let piles = Piles::read();
    let mut made: BTreeMap<String, Results> = BTreeMap::new();
    for record in &golden {
        let confidence = Confidence::ALL.into_iter().find(|level| level.percent() == record.confidence);
        let key = |name: &String| Key::parse(&piles.definition.survey, name).expect("a key");
        let keys: Vec<&String> = record.r#where.keys().collect();
        let name = format!("{} {} {} {keys:?}", record.file, record.design, record.confidence);
        let results = made.entry(name).or_insert_with(|| {
            piles.results(
                &record.file,
                &Request {
                    formulas: Formula::ALL.to_vec(),
                    by: keys.iter().map(|name| key(name)).collect(),
                    confidence: confidence.expect("a confidence"),
                    population: piles.population(&record.file, &record.design),
                    ..Request::default()
                },
            )
        });
        let is_it = |row: &&Row| {
            let values: BTreeMap<String, String> = row.group.values.iter().cloned().collect();
            row.measure == record.measure && values == record.r#where
        };
        let row = results.rows.iter().find(is_it).unwrap_or_else(|| panic!("no row: {record:?}"));
        let formula = Formula::by_id(&record.formula).expect("a formula");
        assert_eq!(row.count.respondents, record.respondents, "{record:?}");
        let estimate = row.estimate(formula);
        let Some(expected) = record.estimate else {
            assert!(estimate.is_none(), "{record:?}");
            continue;
        };
        let estimate = estimate.unwrap_or_else(|| panic!("nothing: {record:?}"));
        close(estimate.value, expected, 1e-9, record);
        if let (Some(numerator), Some(denominator)) = (record.numerator, record.denominator) {
            let share = estimate.exact.share().expect("one fraction");
            assert_eq!((share.numerator, share.denominator()), (numerator, denominator), "{record:?}");
        }
        if let Some(error) = record.se {
            close(estimate.standard_error.expect("an error"), error, 1e-9, record);
        }
        if let Some(effect) = record.deff {
            close(estimate.design_effect.expect("an effect"), effect, 1e-9, record);
        }
        if let (Some(lower), Some(upper)) = (record.lower, record.upper) {
            let (low, high) = estimate.interval.expect("an interval");
            close(low, lower, 1e-6, record);
            close(high, upper, 1e-6, record);
        }
    }
    let sources: Vec<&str> = golden.iter().map(|record| record.source.split(' ').next().unwrap_or("")).collect();
    for source in ["R", "statsmodels", "duckdb"] {
        assert!(sources.iter().filter(|found| **found == source).count() > 100, "{source}");
    }
}

fn table(name: &str) -> Vec<BTreeMap<String, f64>> {
    let bytes = read(name);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    let number = |(name, cell): (String, String)| (name, cell.parse().unwrap_or(f64::INFINITY));
    rows.map(|row| row.expect("a row").into_iter().map(number).collect()).collect()
}

#[test]
fn quantiles_and_intervals_by_the_table() {
    for row in table("t-quantiles.csv") {
        let level = Confidence::ALL
            .into_iter()
            .find(|level| (0.5 + f64::from(level.percent()) / 200.0 - row["prob"]).abs() < 1e-9);
        let level = level.expect("a confidence");
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let found = if row["df"].is_infinite() { level.z() } else { level.t(row["df"] as u64) };
        assert!((found / row["value"] - 1.0).abs() < 1e-9, "{row:?}: {found}");
    }
    for row in table("wilson.csv") {
        let level = Confidence::ALL.into_iter().find(|level| f64::from(level.percent()) == row["confidence"]);
        let (low, high) = wilson(row["x"] / row["n"], row["n"], level.expect("a confidence").z());
        assert!((low - row["lower"]).abs() < 1e-9 && (high - row["upper"]).abs() < 1e-9, "{row:?}: {low} {high}");
    }
    for row in table("newcombe.csv") {
        let term = |x: f64, n: f64| {
            let (low, high) = wilson(x / n, n, Confidence::P95.z());
            (x / n, low, high)
        };
        let (low, high) = difference(term(row["x1"], row["n1"]), term(row["x2"], row["n2"]));
        assert!((low - row["lower"]).abs() < 1e-9 && (high - row["upper"]).abs() < 1e-9, "{row:?}: {low} {high}");
    }
}
