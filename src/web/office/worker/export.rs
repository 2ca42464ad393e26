//! Files out: read again from where the responses stand, window by window.

use std::rc::Rc;

use web_sys::Blob;

use super::bytes::{self, Slice};
use super::{DEVICE, Worker, tell_with};
use crate::exchange::marked::{Marked, write_marked};
use crate::exchange::responses::write_responses;
use crate::exchange::results::write_results;
use crate::exchange::spss::Spss;
use crate::exchange::{BOM, Reader};
use crate::office::message::{Export, Tell};
use crate::response::Response;
use crate::web::browser;

impl Worker {
    pub(super) async fn export(self: &Rc<Worker>, what: Export, reader: Reader) {
        let survey = self.look.borrow().as_ref().map(|look| look.survey.clone()).unwrap_or_default();
        let (name, parts) = match what {
            Export::Responses => ("responses".to_owned(), self.responses(&survey).await),
            Export::Spss { is_data, language, file } => {
                let name = if is_data { file.clone() } else { file.replace(".csv", ".sps") };
                (name, self.spss(&survey, is_data, &language, &file).await)
            }
            Export::Groups { language } => ("groups".to_owned(), self.groups(&language)),
            Export::Marked => ("marked".to_owned(), self.marked(&survey).await),
            Export::Problems(key) => {
                let list = self.with(key, |held| (held.filed.name.clone(), held.list.clone()));
                let (name, list) = list.unwrap_or_default();
                (format!("problems_{name}"), list)
            }
        };
        let bom = (reader == Reader::Excel).then(|| bytes::blob(BOM.as_bytes())).flatten();
        let parts: Vec<Blob> = bom.into_iter().chain(parts).collect();
        if let Some(file) = bytes::join(&parts) {
            tell_with(&Tell::Export(name), &file);
        }
    }

    /// The responses to a survey, as they are exported.
    async fn responses(self: &Rc<Worker>, survey: &str) -> Vec<Blob> {
        let library = self.library();
        let definition = library.shown(survey);
        let mut parts = Vec::new();
        let write = |found: Vec<(Response, u64, usize)>, is_first: bool| {
            let text =
                write_responses(&definition.survey, found.iter().map(|(response, ..)| response), Reader::Machine);
            let text = if is_first { text.as_str() } else { text.split_once("\r\n").map_or("", |(_, rows)| rows) };
            bytes::blob(text.as_bytes())
        };
        parts.extend(write(Vec::new(), true));
        let add = |_, _, found| {
            parts.extend(write(found, false));
            true
        };
        self.each_window(&definition.survey.id, |_| true, add).await;
        parts
    }

    /// The responses for SPSS. Its syntax tells how long the longest text is: so all of them are read first.
    async fn spss(self: &Rc<Worker>, survey: &str, is_data: bool, language: &str, file: &str) -> Vec<Blob> {
        let library = self.library();
        let survey = &library.shown(survey).survey;
        let mut all: Vec<Response> = Vec::new();
        let take = |_, _, found: Vec<(Response, u64, usize)>| {
            all.extend(found.into_iter().map(|(response, ..)| response));
            true
        };
        self.each_window(&survey.id, |_| true, take).await;
        let spss = Spss::of(survey, &all, language, file);
        bytes::blob(if is_data { spss.data.as_bytes() } else { spss.syntax.as_bytes() }).into_iter().collect()
    }

    /// The figures of all groups that are asked for.
    fn groups(&self, language: &str) -> Vec<Blob> {
        let Some(look) = self.look.borrow().clone() else { return Vec::new() };
        let library = self.library();
        let groups = self.with_collection(&library.shown(&look.survey).survey.id, |collection| {
            look.groups(&library, collection.dataset(), browser::now())
        });
        let text = groups.map(|groups| write_results(&[groups], language, Reader::Machine)).unwrap_or_default();
        bytes::blob(text.as_bytes()).into_iter().collect()
    }

    /// The list of those that look odd.
    async fn marked(self: &Rc<Worker>, survey: &str) -> Vec<Blob> {
        let survey = self.library().shown(survey).survey.id.clone();
        let marks: Vec<Vec<crate::quality::Mark>> = self.with_collection(&survey, |collection| {
            let dataset = collection.dataset();
            (0..dataset.len()).map(|row| dataset.marks_of(row)).collect()
        });
        let mut list = Vec::new();
        let is_marked = |row: usize| marks.get(row).is_some_and(|marks| !marks.is_empty());
        let add = |key: u32, _, found: Vec<(Response, u64, usize)>| {
            let (file, translation) = match key {
                DEVICE => (String::new(), None),
                _ => self.with(key, |held| (held.filed.name.clone(), held.translation.clone())).unwrap_or_default(),
            };
            let original = |line: u64| translation.as_ref().map_or(line, |translation| translation.original_line(line));
            list.extend(found.into_iter().map(|(response, line, row)| Marked {
                file: file.clone(),
                line: (key != DEVICE).then(|| original(line)),
                id: response.id,
                unit: response.attributes.unit.unwrap_or_default(),
                marks: marks[row].clone(),
            }));
            true
        };
        self.each_window(&survey, is_marked, add).await;
        bytes::blob(write_marked(list, Reader::Machine).as_bytes()).into_iter().collect()
    }

    /// Reads the responses to a survey again, those that `wanted` says, and hands them on window by window with
    /// the file's key and how many there are in the window; `take` says whether to go on. Whether all were read.
    pub(super) async fn each_window(
        self: &Rc<Worker>,
        survey: &str,
        wanted: impl Fn(usize) -> bool,
        mut take: impl FnMut(u32, usize, Vec<(Response, u64, usize)>) -> bool,
    ) -> bool {
        let (library, now) = (self.library(), browser::now());
        let setting = library.reading(survey, now);
        for key in self.with_collection(survey, |of| of.files()) {
            let Some(source) = self.source(survey, key) else { continue };
            for window in self.with_collection(survey, |of| of.windows(key)) {
                let Some(slice) = Slice::of(&source, window.bytes.start, window.bytes.end) else { continue };
                let Some(bytes) = slice.bytes().await else { continue };
                let rows = self.with_collection(survey, |of| of.rows_in(key, &window));
                let is_any = rows.clone().any(&wanted);
                let found = match is_any {
                    true => self.with_collection(survey, |of| of.responses(key, &window, &bytes, &setting, &wanted)),
                    false => Vec::new(),
                };
                if !take(key, rows.len(), found) {
                    return false;
                }
            }
        }
        true
    }
}
