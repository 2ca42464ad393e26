//! Reading many files, or large ones, into columns: piece by piece, so that the
//! pieces can be read at once, and with the same outcome as reading row by row.

use std::collections::{BTreeMap, HashMap};

use csv::ByteRecord;
use foldhash::fast::FixedState;

use super::notes::Notes;
use super::opened::{Opened, Piece, Place, line_of, lines_at, number_lines};
use super::{Import, RowFault, RowProblem, Setting};
use crate::dataset::Dataset;
use crate::exchange::marked::Marked;
use crate::quality::{self, Rules};

/// The responses of several files to one survey, each counted once.
pub struct Pile<'f> {
    setting: &'f Setting<'f>,
    dataset: Dataset,
    files: Vec<&'f Opened<'f>>,
    /// For each response the file and the byte it was read from.
    places: Vec<(u32, usize)>,
    /// By a hash of the id: the file and the byte of the response that was read first.
    known: HashMap<u64, (u32, usize), FixedState>,
    /// The same for ids whose hash another id has.
    others: BTreeMap<String, (u32, usize)>,
}

impl<'f> Pile<'f> {
    /// No responses.
    pub fn new(setting: &'f Setting<'f>) -> Pile<'f> {
        let dataset = Dataset::new(&setting.definition.survey);
        Pile {
            setting,
            dataset,
            files: Vec::new(),
            places: Vec::new(),
            known: HashMap::default(),
            others: BTreeMap::new(),
        }
    }

    /// Marks the responses that look odd.
    pub fn mark(&mut self, rules: &Rules) {
        quality::mark(&mut self.dataset, rules);
    }

    /// The marked responses, file by file; `names` are the files' names, in the order they were added.
    pub fn marked(&self, names: &[String]) -> Vec<Marked> {
        let mut lines: BTreeMap<(u32, u64), u64> = BTreeMap::new();
        let rows: Vec<usize> = (0..self.places.len()).filter(|row| !self.dataset.marks_of(*row).is_empty()).collect();
        for (number, file) in (0..).zip(&self.files) {
            let starts = rows.iter().map(|&row| self.places[row]).filter(|(of, _)| *of == number);
            let found = lines_at(file.bytes(), starts.map(|(_, start)| start as u64).collect());
            lines.extend(found.into_iter().map(|(start, line)| ((number, start), line)));
        }
        let marked = |row: usize| {
            let (file, start) = self.places[row];
            Marked {
                file: names.get(file as usize).cloned().unwrap_or_default(),
                line: lines.get(&(file, start as u64)).copied(),
                id: self.files[file as usize].id(start).into_owned(),
                unit: self.dataset.column("unit").get(row).to_owned(),
                marks: self.dataset.marks_of(row),
            }
        };
        rows.into_iter().map(marked).collect()
    }

    /// The responses.
    pub fn into_dataset(self) -> Dataset {
        self.dataset
    }

    /// Adds a file, whose pieces come in the order of its [`Opened::cuts`].
    pub fn add(&mut self, file: &'f Opened<'f>, pieces: impl IntoIterator<Item = Piece>) -> Import {
        let mut import = Import { problems: file.problems().to_vec(), ..Import::default() };
        let mut notes = Notes::default();
        let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(file);
        let mut problems = Vec::new();
        // Where a piece begins that was cut within a row, and whether joining it with the next did not help:
        // then a quote without its partner may have torn all that are left, and they are read as one.
        let mut torn: Option<(usize, bool)> = None;
        for piece in pieces {
            let piece = match torn {
                None => piece,
                Some((start, false)) => file.piece(start..piece.range.end),
                Some((_, true)) => continue,
            };
            let is_torn = piece.is_torn && piece.range.end < file.bytes().len();
            torn = is_torn.then_some((piece.range.start, torn.is_some()));
            if !is_torn {
                self.take(number, piece, &mut import, &mut problems, &mut notes);
            }
        }
        if let Some((start, _)) = torn {
            self.take(number, file.piece(start..file.bytes().len()), &mut import, &mut problems, &mut notes);
        }
        let mut noted: Vec<RowProblem> = problems;
        noted.extend(notes.problems(self.setting));
        number_lines(file.bytes(), &mut noted);
        import.problems.extend(noted);
        import.problems.sort_by_key(|problem| problem.line);
        import
    }

    fn take(
        &mut self,
        number: u32,
        mut piece: Piece,
        import: &mut Import,
        problems: &mut Vec<RowProblem>,
        notes: &mut Notes,
    ) {
        let file = self.files[number as usize];
        if piece.is_torn {
            // A quote is opened and never closed: everything after it ran into the last row.
            return self.take_open(number, piece, import, problems, notes);
        }
        import.rows += piece.records;
        import.set_aside += piece.set_aside;
        problems.append(&mut piece.problems);
        let watched = notes.watched(self.setting, &piece.dataset);
        let watches = watched.is_any();
        self.known.reserve(piece.rows.len());
        let mut others = Vec::new();
        for (row, &Place { start, id, .. }) in piece.rows.iter().enumerate() {
            let first = match self.known.entry(id) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert((number, start));
                    None
                }
                std::collections::hash_map::Entry::Occupied(known) => {
                    let id = file.id(start);
                    let of = |(file, start): (u32, usize)| self.files[file as usize].id(start);
                    if of(*known.get()) == id {
                        Some(*known.get())
                    } else {
                        let other = self.others.get(&*id).copied();
                        self.others.entry(id.into_owned()).or_insert((number, start));
                        other
                    }
                }
            };
            if let Some((of, at)) = first {
                others.push(row);
                let (known, again) = (self.files[of as usize].response(at), file.response(start));
                match (known, again) {
                    (Some(known), Some(again)) if known != again => {
                        // The byte for now; a row is never the first of its file.
                        let line = if of == number { at as u64 } else { 0 };
                        let column = super::read::difference(&known, &again);
                        let fault = RowFault::ConflictingId { id: again.id, first_line: line, column };
                        let column = Some("response_id".to_owned());
                        problems.push(RowProblem { line: start as u64, column, fault });
                        import.set_aside += 1;
                    }
                    _ => import.duplicates += 1,
                }
                continue;
            }
            import.used += 1;
            self.places.push((number, start));
            match piece.careful.get(&row) {
                Some((unit, response)) => notes.response(|| start as u64, self.setting, unit.clone(), response),
                None if watches => notes.sound(|| start as u64, &watched, &piece.dataset, row),
                None => {}
            }
        }
        self.dataset.append_without(&piece.dataset, &others);
    }

    /// Takes all but the last row of a piece, which a stray quote ran into.
    fn take_open(
        &mut self,
        number: u32,
        piece: Piece,
        import: &mut Import,
        problems: &mut Vec<RowProblem>,
        notes: &mut Notes,
    ) {
        let file = self.files[number as usize];
        let (mut reader, mut record, mut last) = (file.rows(piece.range.clone()), ByteRecord::new(), piece.range.start);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            last = piece.range.start + at;
        }
        let whole = file.piece(piece.range.start..last);
        let rows_lost = line_of(file.bytes(), file.bytes().len()).saturating_sub(line_of(file.bytes(), last));
        self.take(number, Piece { is_torn: false, ..whole }, import, problems, notes);
        import.rows += 1;
        import.set_aside += 1;
        problems.push(RowProblem { line: last as u64, column: None, fault: RowFault::OpenQuote { rows_lost } });
    }
}
