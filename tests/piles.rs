//! Reading into columns, in pieces, comes to the same as reading row by row.

#[allow(dead_code)]
mod scenario;

use std::ops::Range;

use proptest::prelude::*;
use scenario::{began, definition, generated};
use sipas_kit::dataset::Dataset;
use sipas_kit::exchange::Reader;
use sipas_kit::exchange::responses::RowFault;
use sipas_kit::exchange::responses::{
    Collection, Import, Opened, Part, Parts, Pile, Setting, Stream, Taken, read_responses, write_responses,
};
use sipas_kit::quality;
use sipas_kit::response::Response;
use sipas_kit::survey::method::Definition;
use sipas_kit::survey::unit::{Unit, Units};

fn units() -> Units {
    let unit = |code: &str| (code.to_owned(), Unit { name: code.to_owned(), province: None });
    ["02647", "02650", "00004", "04"].map(unit).into_iter().collect()
}

/// Both ways of reading these files, the second in so many pieces.
fn both(definition: &Definition, files: &[Vec<u8>], pieces: usize) -> ((Vec<Import>, Dataset), (Vec<Import>, Dataset)) {
    let units = units();
    let setting = Setting { definition, units: &units, now: began() };
    let mut responses: Vec<Response> = Vec::new();
    let mut slow = Vec::new();
    for file in files {
        let import = read_responses(file, &setting, &responses);
        responses.extend(import.responses.iter().cloned());
        slow.push(Import { responses: Vec::new(), ..import });
    }
    let opened: Vec<Opened<'_>> = files.iter().map(|file| Opened::of(file, &setting)).collect();
    let mut pile = Pile::new(&setting);
    let quick = opened.iter().map(|file| pile.add(file, file.cuts(pieces).into_iter().map(|cut| file.piece(cut))));
    let quick = quick.collect();
    ((slow, Dataset::of(&definition.survey, &responses)), (quick, pile.into_dataset()))
}

/// Who reads slices.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    /// Whoever takes them in.
    Oneself,
    /// Others, who know nothing of what comes before and send what they have read, so many slices a stretch.
    Others(usize),
}

/// What somebody else makes of a stretch, as it is sent.
fn parts(stretch: &[u8], slice: usize, header: &[u8], setting: &Setting<'_>) -> Vec<Vec<u8>> {
    let mut parts = Parts::of(header);
    let mut slices = stretch.chunks(slice).peekable();
    let mut sent = Vec::new();
    while let Some(slice) = slices.next() {
        parts.room(slice.len()).copy_from_slice(slice);
        sent.extend(parts.next(slices.peek().is_none(), setting).map(|part| part.to_bytes()));
    }
    let torn = sent.last().map(|last| &last[..last.len() - 1]);
    assert!(torn.is_none_or(|torn| Part::from_bytes(torn, &setting.definition.survey).is_none()));
    sent
}

/// Reads a file slice by slice into a collection.
fn stream_as(
    key: u32,
    bytes: &[u8],
    files: &[Vec<u8>],
    setting: &Setting<'_>,
    (slice, by): (usize, By),
    collection: &mut Collection,
) -> Import {
    let stream = Stream::new(key, bytes.len() as u64);
    // All rows wait for each other, or a few.
    let mut stream = if slice % 3 == 0 { stream } else { stream.with_together(slice % 3 * 2 - 1) };
    let mut problems = Vec::new();
    let (mut at, mut is_first) = (0, true);
    while !stream.is_over() && (at < bytes.len() || std::mem::take(&mut is_first)) {
        let mut doubts = Vec::new();
        let header = stream.header().map(<[u8]>::to_vec);
        let (end, parts) = match (by, header) {
            (By::Others(slices), Some(header)) => {
                let end = bytes.len().min(at + slice * slices);
                (end, parts(&bytes[at..end], slice, &header, setting))
            }
            _ => (bytes.len().min(at + slice), Vec::new()),
        };
        let is_refused = parts.iter().any(|sent| {
            let part = Part::from_bytes(sent, &setting.definition.survey).expect("what was sent");
            let taken = stream.join(part, setting, collection);
            let is_refused = matches!(taken, Taken::Not(_));
            let (Taken::All(found) | Taken::Not(found)) = taken;
            doubts.extend(found);
            is_refused
        });
        let is_last = end == bytes.len();
        if parts.is_empty() || is_refused {
            let rest = &bytes[if is_refused { usize::try_from(stream.end()).unwrap() } else { at }..end];
            stream.room(rest.len()).copy_from_slice(rest);
        }
        if parts.is_empty() || is_refused || is_last {
            doubts.extend(stream.read(is_last, setting, collection));
        }
        at = end;
        for doubt in doubts {
            let window = collection.window_of(doubt.file, doubt.start).expect("a window");
            let at = |range: &Range<u64>| usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
            let (first, again) = (&files[doubt.file as usize][at(&window.bytes)], &bytes[at(&doubt.again)]);
            stream.settle(&doubt, &window, first, again, setting, collection);
        }
        problems.extend(stream.problems());
    }
    stream.finish(setting);
    problems.extend(stream.problems());
    in_order(Import { problems, ..stream.import().clone() })
}

/// With its problems by line. Rows can share one (old files end them by CR alone), and two readers need not tell the
/// problems of one line in the same order.
fn in_order(mut import: Import) -> Import {
    import.problems.sort_by_cached_key(|problem| (problem.line, format!("{problem:?}")));
    import
}

/// Harm that may come to a file.
#[derive(Clone, Debug)]
enum Harm {
    /// These bytes are put in somewhere.
    Splice(usize, Vec<u8>),
    /// A row stands there again, somewhere else.
    Again(usize, usize),
    /// A row stands there again with one byte changed.
    Changed(usize, usize, u8),
    /// A row is cut off.
    Short(usize, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let bytes = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..4),
        Just(b"\"".to_vec()),
        Just(b"\"a\nb\"".to_vec()),
        Just(b"na".to_vec()),
        Just(b" ".to_vec()),
        Just(b"\n\n".to_vec()),
    ];
    prop_oneof![
        (any::<usize>(), bytes).prop_map(|(at, bytes)| Harm::Splice(at, bytes)),
        (any::<usize>(), any::<usize>()).prop_map(|(row, to)| Harm::Again(row, to)),
        (any::<usize>(), any::<usize>(), any::<u8>()).prop_map(|(row, at, byte)| Harm::Changed(row, at, byte)),
        (any::<usize>(), any::<usize>()).prop_map(|(row, at)| Harm::Short(row, at)),
    ]
}

fn suffer(text: &str, harms: &[Harm]) -> Vec<u8> {
    let mut rows: Vec<Vec<u8>> = text.split_inclusive('\n').map(|row| row.as_bytes().to_vec()).collect();
    let mut splices = Vec::new();
    for harm in harms {
        let count = rows.len();
        match harm {
            Harm::Splice(at, bytes) => splices.push((*at, bytes)),
            Harm::Again(row, to) => rows.insert(1 + to % count, rows[row % count].clone()),
            Harm::Changed(row, at, byte) => {
                let mut again = rows[row % count].clone();
                let at = at % again.len();
                again[at] = *byte;
                rows.push(again);
            }
            Harm::Short(row, at) => {
                let row = &mut rows[row % count];
                let at = at % row.len();
                row.truncate(at);
                row.push(b'\n');
            }
        }
    }
    let mut bytes = rows.concat();
    for (at, more) in splices {
        let at = at % (bytes.len() + 1);
        bytes.splice(at..at, more.iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_of_a_harmed_file_come_to_the_same(
        id in prop_oneof![Just("counter-5"), Just("sipas-2022"), Just("procedures"), Just("health-inpatient")],
        seed in any::<u64>(),
        harms in proptest::collection::vec(harm(), 0..5),
        too in proptest::collection::vec(harm(), 0..3),
        pieces in 1usize..9,
    ) {
        let definition = definition(id);
        let text = write_responses(&definition.survey, &generated(&definition, 12, seed, &["02647", "2650", "4"], &["dat-dai", "somewhere"]), Reader::Machine);
        let files = [suffer(&text, &harms), suffer(&text, &too)];
        let (slow, quick) = both(&definition, &files, pieces);
        for (slow, quick) in slow.0.iter().zip(&quick.0) {
            let [quick, slow] = [quick, slow].map(|import| in_order(import.clone()));
            prop_assert_eq!(&quick.problems, &slow.problems, "{}", String::from_utf8_lossy(&files[0]));
            prop_assert_eq!(quick, slow);
        }
        prop_assert!(quick.1 == slow.1, "other columns: {}", String::from_utf8_lossy(&files[0]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What a page does, which holds no file whole: slices in place of pieces, and a file taken away again.
    #[test]
    fn slices_of_a_harmed_file_come_to_the_same(
        id in prop_oneof![Just("counter-5"), Just("sipas-2022"), Just("procedures")],
        seed in any::<u64>(),
        harms in proptest::collection::vec(harm(), 0..5),
        too in proptest::collection::vec(harm(), 0..3),
        slice in 1usize..6000,
        by in prop_oneof![Just(By::Oneself), Just(By::Others(1)), Just(By::Others(3))],
    ) {
        let definition = definition(id);
        let text = write_responses(&definition.survey, &generated(&definition, 12, seed, &["02647", "2650", "4"], &["dat-dai", "somewhere"]), Reader::Machine);
        let files = vec![suffer(&text, &harms), suffer(&text, &too)];
        let (slow, _) = both(&definition, &files, 1);
        let units = units();
        let setting = Setting { definition: &definition, units: &units, now: began() };
        let mut collection = Collection::new(&definition.survey);
        for (key, slow) in (0..).zip(&slow.0) {
            let file = &files[key as usize];
            let sliced = stream_as(key, file, &files, &setting, (slice, by), &mut collection);
            prop_assert_eq!(sliced, in_order(slow.clone()), "{}", String::from_utf8_lossy(file));
        }
        let mut counted = slow.1;
        quality::mark(&mut counted, &quality::Rules::default());
        prop_assert!(*collection.dataset() == counted, "other columns: {}", String::from_utf8_lossy(&files[0]));
        // Every response can be read again where it stands.
        let mut again = Vec::new();
        for key in collection.files() {
            for window in collection.windows(key) {
                let range = usize::try_from(window.bytes.start).unwrap()..usize::try_from(window.bytes.end).unwrap();
                let found = collection.responses(key, &window, &files[key as usize][range], &setting, |_| true);
                again.extend(found.into_iter().map(|(response, ..)| response));
            }
        }
        let mut again = Dataset::of(&definition.survey, &again);
        quality::mark(&mut again, &quality::Rules::default());
        prop_assert!(again == counted);
        // Without the first file, what the second gave way to is there once it is read again.
        collection.remove(0);
        collection.remove(1);
        stream_as(1, &files[1], &files, &setting, (slice, by), &mut collection);
        let alone = read_responses(&files[1], &setting, []);
        let mut alone = Dataset::of(&definition.survey, &alone.responses);
        quality::mark(&mut alone, &quality::Rules::default());
        prop_assert!(*collection.dataset() == alone);
    }
}

/// A row that never ends is told, and the rest of the file let go.
#[test]
fn a_row_without_an_end_is_told() {
    let definition = definition("counter-5");
    let units = units();
    let setting = Setting { definition: &definition, units: &units, now: began() };
    let sound = write_responses(&definition.survey, &generated(&definition, 3, 1, &["02647"], &[]), Reader::Machine);
    for (quote, by) in [("", By::Oneself), ("\"", By::Oneself), ("", By::Others(1)), ("\"", By::Others(2))] {
        let mut bytes = format!("{sound}{quote}").into_bytes();
        bytes.extend(
            std::iter::repeat_n(*b"x\n ", 12 << 20).flatten().filter(|byte| *byte != b'\n' || !quote.is_empty()),
        );
        let mut collection = Collection::new(&definition.survey);
        let import = stream_as(0, &bytes, &[], &setting, (4 << 20, by), &mut collection);
        assert_eq!((import.rows, import.used, import.set_aside), (4, 3, 1), "{quote}");
        let problem = &import.problems[0];
        assert_eq!((problem.line, problem.fault.clone()), (5, RowFault::Endless { megabytes: 16 }), "{quote}");
    }
}

/// A cell that holds many rows of its own, over several cuts.
#[test]
fn a_cut_within_quotes_is_mended() {
    let definition = definition("counter-5");
    let mut responses = generated(&definition, 6, 3, &["02647"], &[]);
    let long = "một dòng,\n".repeat(40);
    let words = sipas_kit::response::Answer::Text(long);
    responses[2].answers.insert("comment".to_owned(), words);
    let text = write_responses(&definition.survey, &responses, Reader::Machine);
    for pieces in [1, 2, 5, 40] {
        let (slow, quick) = both(&definition, &[text.clone().into_bytes()], pieces);
        assert_eq!(quick.0, slow.0, "{pieces}");
        assert!(quick.1 == slow.1 && quick.1.len() == 6, "{pieces}");
    }
    let (files, units) = ([text.into_bytes()], units());
    let ((slow, _), _) = both(&definition, &files, 1);
    let slow = &slow[0];
    let setting = Setting { definition: &definition, units: &units, now: began() };
    for (slice, by) in
        [(1, By::Others(9)), (50, By::Others(1)), (50, By::Others(5)), (500, By::Others(2)), (700, By::Oneself)]
    {
        let mut collection = Collection::new(&definition.survey);
        let import = stream_as(0, &files[0], &files, &setting, (slice, by), &mut collection);
        assert_eq!(import.used, 6);
        assert_eq!(import, in_order(slow.clone()), "{slice} {by:?}");
    }
}

/// Columns in another order, one of them unknown, behind two marks of the byte order: what is read of the first row holds
/// for all slices, whoever reads them.
#[test]
fn columns_in_another_order_come_to_the_same() {
    let definition = definition("sipas-2022");
    let text =
        write_responses(&definition.survey, &generated(&definition, 20, 5, &["02647"], &["dat-dai"]), Reader::Machine);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]);
    for (at, row) in rows.records().enumerate() {
        let row = row.expect("a row");
        let cells = row.iter().rev().chain([if at == 0 { "elsewhere" } else { "x" }]);
        writer.write_record(cells).expect("a row is written");
    }
    let files = [writer.into_inner().expect("all of it is written")];
    let ((slow, counted), _) = both(&definition, &files, 1);
    let units = units();
    let setting = Setting { definition: &definition, units: &units, now: began() };
    for (slice, by) in [(5_000, By::Others(1)), (700, By::Others(3)), (700, By::Oneself)] {
        let mut collection = Collection::new(&definition.survey);
        let import = stream_as(0, &files[0], &files, &setting, (slice, by), &mut collection);
        assert_eq!((import.used, &import), (20, &in_order(slow[0].clone())), "{slice} {by:?}");
        let mut counted = counted.clone();
        quality::mark(&mut counted, &quality::Rules::default());
        assert!(*collection.dataset() == counted, "{slice} {by:?}");
    }
}
