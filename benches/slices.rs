//! Where the time of an import on the office page goes, on one core: `benches/run` generates the file, then
//! `cargo bench --profile native --bench slices -- FILE` reads it slice by slice as the page's worker and its readers do,
//! and prints the least and the median of each step over ten rounds.

use std::time::{Duration, Instant};

use sipas_kit::exchange::responses::{Collection, Part, Parts, Stream, Taken};
use sipas_kit::office::{Library, Look, Shown};
use sipas_kit::survey::read::read_survey;
use sipas_kit::survey::unit::read_units;

/// Bytes read at once, as on the page.
const SLICE: usize = 2 << 20;

fn main() {
    let Some(file) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("no FILE named: nothing is measured");
        return;
    };
    let root = env!("CARGO_MANIFEST_DIR");
    let text = |name: &str| std::fs::read_to_string(format!("{root}/{name}")).expect("a file");
    let now = chrono::DateTime::parse_from_rfc3339("2026-12-01T00:00:00+07:00").expect("a moment");
    let definition = read_survey(&text("benches/definitions/thirty.toml"), &[], now.date_naive()).value;
    let units = read_units(text("survey-definitions/units.csv").as_bytes()).unwrap_or_default();
    let library = Library { definitions: vec![definition], targets: Vec::new(), units };
    let setting = library.reading("thirty", now);
    let bytes = std::fs::read(&file).expect("the file");
    let mut steps: [Vec<Duration>; 4] = Default::default();
    for _ in 0..10 {
        let mut collection = Collection::new(&setting.definition.survey);
        let mut stream = Stream::new(1, bytes.len() as u64);
        let mut slices = bytes.chunks(SLICE).peekable();
        let (mut readers, mut taking) = (Duration::ZERO, Duration::ZERO);
        while let Some(slice) = slices.next() {
            let is_last = slices.peek().is_none();
            let Some(header) = stream.header().map(<[u8]>::to_vec) else {
                stream.room(slice.len()).copy_from_slice(slice);
                stream.read(is_last, &setting, &mut collection);
                continue;
            };
            // What a reader does, and what is left for whoever takes it in.
            let began = Instant::now();
            let mut parts = Parts::of(&header);
            parts.room(slice.len()).copy_from_slice(slice);
            let sent = parts.next(true, &setting).map(|part| part.to_bytes()).expect("a part");
            readers += began.elapsed();
            let began = Instant::now();
            let part = Part::from_bytes(&sent, &setting.definition.survey).expect("a part");
            assert!(matches!(stream.join(part, &setting, &mut collection), Taken::All(doubts) if doubts.is_empty()));
            if is_last {
                stream.read(true, &setting, &mut collection);
            }
            taking += began.elapsed();
        }
        steps[0].push(readers);
        steps[1].push(taking);
        stream.finish(&setting);
        let began = Instant::now();
        collection.dataset();
        steps[2].push(began.elapsed());
        let began = Instant::now();
        let look = Look { survey: "thirty".to_owned(), ..Look::default() };
        let shown = Shown::of(&library, &look, collection.dataset(), now);
        steps[3].push(began.elapsed());
        assert_eq!(shown.results.responses, stream.import().used);
    }
    for (name, times) in
        ["rows into columns, by readers", "columns taken in", "what looks odd", "figures"].iter().zip(&mut steps)
    {
        times.sort();
        println!("{name}: least {:.1?}, median {:.1?}", times[0], times[times.len() / 2]);
    }
}
