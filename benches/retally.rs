//! How long it takes to count a million responses of forty items again: under a
//! filter, with one breakdown, on one core. `cargo bench --profile native --bench retally`.
//!
//! The responses are made from a fixed stream of numbers. Prints the least and the
//! median of thirty counts, and the memory the responses take.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use sipas_kit::dataset::{Dataset, Key};
use sipas_kit::exchange::responses::{Opened, Pile, Setting};
use sipas_kit::scoring::Scheme;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::unit::Units;

const ROWS: u32 = 1_000_000;
const ITEMS: usize = 40;
const FACTORS: usize = 8;

fn main() {
    let definition = definition();
    let dataset = responses(&definition);
    let survey = &definition.survey;
    let scheme = Scheme::of(&definition);
    let units = Units::new();
    let key = |name: &str| Key::parse(survey, name).expect("a key");
    let (rows, dictionaries) = dataset.bytes();
    println!("{} responses × {ITEMS} items", dataset.len());
    #[allow(clippy::cast_precision_loss)]
    let each = rows as f64 / (f64::from(ROWS) * ITEMS as f64);
    println!("memory: {each:.3} bytes × items × responses, and {dictionaries} bytes of dictionaries");
    let all = ["dat-dai", "ho-tich", "dau-tu", "xay-dung"].map(str::to_owned);
    for (name, kept) in [("3 of 4 fields kept", &all[..3]), ("1 of 4 fields kept", &all[..1]), ("all kept", &all[..])] {
        let mut times: Vec<f64> = (0..30)
            .map(|_| {
                let start = Instant::now();
                let splits = [dataset.only(&key("field"), kept, &units), dataset.split(&key("unit"), &units)];
                let tallies = dataset.tallies(&scheme, &splits);
                black_box(&tallies);
                assert_eq!(tallies.len(), 168);
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("by unit, {name}: least {:.1} ms, median {:.1} ms", times[0], times[times.len() / 2]);
    }
}

fn definition() -> Definition {
    let mut source = String::from(
        r#"
id = "forty"
edition = "1"
languages = ["vi"]
title = { vi = "F" }
purpose = { vi = "F" }
issuer = { vi = "F" }
source = { vi = "F" }
formulas = ["top2-pooled", "mean-score", "all-satisfied"]
scale = [ { id = "five", level = [
  { code = 1, text = { vi = "1" } }, { code = 2, text = { vi = "2" } }, { code = 3, text = { vi = "3" } },
  { code = 4, satisfied = true, text = { vi = "4" } }, { code = 5, satisfied = true, text = { vi = "5" } } ] } ]
part = [ { id = "a", text = { vi = "A" } }, { id = "b", text = { vi = "B" } } ]
"#,
    );
    for factor in 0..FACTORS {
        let part = if factor < FACTORS / 2 { "a" } else { "b" };
        let _ = writeln!(source, "[[factor]]\nid = \"f{factor}\"\npart = \"{part}\"\ntext = {{ vi = \"F\" }}");
    }
    source.push_str("[[section]]\nid = \"s\"\ntext = { vi = \"S\" }\n");
    for item in 0..ITEMS {
        let factor = item * FACTORS / ITEMS;
        let _ = writeln!(
            source,
            "[[section.question]]\nid = \"i{item}\"\nkind = \"rating\"\nscale = \"five\"\nfactor = \"f{factor}\"\ntext = {{ vi = \"I\" }}"
        );
    }
    for question in 0..4 {
        let _ = writeln!(
            source,
            "[[section.question]]\nid = \"d{question}\"\nkind = \"single\"\ntext = {{ vi = \"D\" }}\noption = [ {{ id = \"x\", text = {{ vi = \"X\" }} }}, {{ id = \"y\", text = {{ vi = \"Y\" }} }} ]"
        );
    }
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let reading = read_survey(&source, &[], today);
    let is_error = |problem: &&sipas_kit::survey::problem::Problem| {
        problem.severity() == sipas_kit::survey::problem::Severity::Error
    };
    assert!(reading.problems.iter().find(is_error).is_none(), "{:?}", reading.problems);
    reading.value
}

fn responses(definition: &Definition) -> Dataset {
    let units = Units::new();
    let now = chrono::DateTime::parse_from_rfc3339("2027-01-01T00:00:00+07:00").expect("a moment");
    let setting = Setting { definition, units: &units, now };
    let mut state = 7u64;
    let mut next = move |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let mut file = String::from(
        "response_id,survey,edition,unit,field,counter,officer,channel,language,started_at,finished_at,status,origin",
    );
    for item in 0..ITEMS {
        let _ = write!(file, ",i{item}");
    }
    file.push_str(",d0,d1,d2,d3\n");
    for row in 0..ROWS {
        let field = ["dat-dai", "ho-tich", "dau-tu", "xay-dung"][usize::try_from(next(4)).unwrap_or(0)];
        let (unit, day) = (25_000 + next(168), 1 + next(28));
        let _ = write!(
            file,
            "r{row},forty,1,{unit},{field},,,kiosk,vi,2026-{:02}-{day:02}T08:00:00+07:00,2026-12-28T09:00:00+07:00,complete,generated",
            1 + next(12)
        );
        for _ in 0..ITEMS {
            let cell = match next(33) {
                0 => "no_answer",
                roll => ["1", "2", "3", "4", "4", "4", "5", "5"][usize::try_from(roll % 8).unwrap_or(0)],
            };
            let _ = write!(file, ",{cell}");
        }
        (0..4).for_each(|_| file.push_str(if next(2) == 0 { ",x" } else { ",y" }));
        file.push('\n');
    }
    let opened = Opened::of(file.as_bytes(), &setting);
    let mut pile = Pile::new(&setting);
    let import = pile.add(&opened, opened.cuts(32).into_iter().map(|cut| opened.piece(cut)));
    assert_eq!(import.used, u64::from(ROWS), "{:?}", import.problems.first());
    let mut dataset = pile.into_dataset();
    sipas_kit::quality::mark(&mut dataset, &sipas_kit::quality::Rules::default());
    dataset.shrink();
    dataset
}
