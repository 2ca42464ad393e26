//! A file stretch by stretch: which are asked for, of whom, and how they are taken in.

use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageChannel};

use super::bytes::{self, Slice};
use super::readers::Readers;
use super::reading::Apart;
use super::stretch::Stretch;
use super::{DEVICE, Worker, tell};
use crate::exchange::responses::{Doubt, Part, Setting, Stream, Taken, Window};
use crate::office::message::{Errand, Tell};
use crate::office::{Library, Practice};
use crate::web::browser;

/// Bytes a reader is asked for at once: as many as that, for a browser takes its time to begin, and no more, for what
/// comes of them may have to wait; and at least as many as this, in the end, so that no reader waits for another.
const MOST: u64 = 16 << 20;
const LEAST: u64 = 2 << 20;
/// How often it is practised: often enough for a browser to notice what matters; and after how often the page may
/// practise too, which takes it as long as the rest.
const ROUNDS: usize = 40;
const DRAWN: usize = 10;
/// Bytes of a file from which on readers are called.
const LARGE: u64 = 16 << 20;

/// A file under way.
pub(super) struct Stretches<'f> {
    blob: &'f Blob,
    size: u64,
    /// What was read of its beginning already, until it is taken in.
    beginning: Vec<u8>,
    readers: Option<Rc<Readers>>,
    /// Whether the readers know the file.
    is_open: bool,
    /// What the worker itself is reading.
    own: Option<Stretch>,
    /// Up to which byte readers were asked.
    asked: u64,
    /// What they were asked for, in order: their numbers, and where they end.
    ahead: VecDeque<(u32, u64)>,
}

impl<'f> Stretches<'f> {
    /// Whether a file is so large that readers are worth calling.
    pub fn are_many(blob: &Blob) -> bool {
        bytes::size(blob) > LARGE
    }

    /// Only this was read yet, of the beginning.
    pub fn of(blob: &'f Blob, beginning: Vec<u8>, readers: Option<Rc<Readers>>) -> Stretches<'f> {
        let (size, read) = (bytes::size(blob), beginning.len() as u64);
        // Readers are asked as soon as the first row is known.
        let own = Some(Stretch::of(blob, read, size));
        Stretches { blob, size, beginning, readers, is_open: false, own, asked: 0, ahead: VecDeque::new() }
    }

    /// Asks readers, as soon as they are there, for what comes; until then the worker reads by itself.
    #[inline(never)]
    fn ask(&mut self, stream: &Stream, setting: &Setting<'_>) {
        let Some(readers) = &self.readers else { return };
        if let (Some(header), false) = (stream.header(), self.is_open) {
            readers.open(&open(setting, header.to_vec()), self.blob);
            self.is_open = true;
        }
        let room = if self.is_open { readers.room() } else { 0 };
        // What the worker reads in between, of a stretch that was refused, does not keep the readers from going on.
        if self.asked == 0 && room > 0 {
            self.asked = self.own.take().map_or(0, |own| own.at());
        }
        while self.asked > 0 && self.ahead.len() < room && self.asked < self.size {
            let left = self.size - self.asked;
            let to = self.asked + (left / (2 * readers.ready() as u64)).clamp(LEAST, MOST).min(left);
            self.ahead.push_back((readers.ask(self.asked, to), to));
            self.asked = to;
        }
        if self.ahead.is_empty() && self.own.is_none() && self.asked < self.size {
            // They have died.
            self.own = Some(Stretch::of(self.blob, self.asked, self.size));
            self.asked = self.size;
        }
    }
}

impl Drop for Stretches<'_> {
    fn drop(&mut self) {
        if let Some(readers) = &self.readers {
            self.ahead.iter().for_each(|(number, _)| readers.forget(*number));
        }
    }
}

impl Worker {
    /// Takes in what comes next of the file with this key, whoever reads it. `None`: the file can be read no further;
    /// `Some(None)`: it is over, or nobody wants it any more.
    pub(super) async fn take_in(
        &self,
        key: u32,
        stretches: &mut Stretches<'_>,
        stream: &mut Stream,
        survey: &str,
        setting: &Setting<'_>,
    ) -> Option<Option<Vec<Doubt>>> {
        stretches.ask(stream, setting);
        if stretches.own.is_some() {
            let own: Apart<'_, _> = Box::pin(self.take_in_own(key, stretches, stream, survey, setting));
            return own.await;
        }
        let size = stretches.size;
        let (Some(&(number, to)), Some(readers)) = (stretches.ahead.front(), stretches.readers.clone()) else {
            return Some(None);
        };
        let part = readers.part(number).await;
        if self.is_stopped(key) {
            return Some(None);
        }
        let is_end = part.as_ref().is_none_or(|(_, is_end)| *is_end);
        let taken = part.and_then(|(part, _)| self.join(&part, is_end && to == size, stream, survey, setting));
        let is_refused = !matches!(taken, Some(Taken::All(_)));
        if is_end || is_refused {
            readers.forget(number);
            stretches.ahead.pop_front();
        }
        if is_refused {
            stretches.own = Some(Stretch::of(stretches.blob, stream.end(), to));
        }
        let Some(Taken::All(doubts) | Taken::Not(doubts)) = taken else { return Some(Some(Vec::new())) };
        Some(Some(doubts))
    }

    /// The same of what the worker reads by itself.
    async fn take_in_own(
        &self,
        key: u32,
        stretches: &mut Stretches<'_>,
        stream: &mut Stream,
        survey: &str,
        setting: &Setting<'_>,
    ) -> Option<Option<Vec<Doubt>>> {
        let Some(own) = &mut stretches.own else { return Some(None) };
        let beginning = std::mem::take(&mut stretches.beginning);
        if beginning.is_empty() {
            let bytes = own.next().await?;
            // What has been read already comes without a pause, and nobody else would be heard.
            pause().await;
            // It may have been taken away meanwhile.
            if self.is_stopped(key) {
                return Some(None);
            }
            bytes.copy_to(stream.room(bytes.length() as usize));
        } else {
            stream.room(beginning.len()).copy_from_slice(&beginning);
        }
        let is_over = own.is_over();
        let is_last = is_over && own.at() == stretches.size;
        if is_over {
            stretches.own = None;
        }
        if is_last {
            stretches.asked = stretches.size;
        }
        Some(Some(self.read_more(is_last, stream, survey, setting)))
    }

    /// Takes in what a reader has read.
    #[inline(never)]
    fn join(
        &self,
        part: &[u8],
        is_last: bool,
        stream: &mut Stream,
        survey: &str,
        setting: &Setting<'_>,
    ) -> Option<Taken> {
        let part = Part::from_bytes(part, &setting.definition.survey)?;
        self.with_collection(survey, |collection| {
            let mut taken = stream.join(part, setting, collection);
            if let (Taken::All(doubts), true) = (&mut taken, is_last) {
                doubts.extend(stream.read(true, setting, collection));
            }
            Some(taken)
        })
    }

    /// Takes in what the stream was filled with.
    #[inline(never)]
    fn read_more(&self, is_last: bool, stream: &mut Stream, survey: &str, setting: &Setting<'_>) -> Vec<Doubt> {
        self.with_collection(survey, |collection| stream.read(is_last, setting, collection))
    }

    /// Settles doubts, from the rows that were read first and from those in question.
    pub(super) async fn settle(
        &self,
        doubts: Vec<Doubt>,
        stream: &mut Stream,
        key: u32,
        survey: &str,
        blob: &Blob,
        setting: &Setting<'_>,
    ) -> Option<()> {
        let (Some(first), Some(last)) = (doubts.first(), doubts.last()) else { return Some(()) };
        // All of them stand in what waited together, which is not much.
        let begin = first.again.start;
        let own = Slice::of(blob, begin, last.again.end)?.bytes().await?;
        let mut window: Option<(u32, Window, Vec<u8>)> = None;
        for doubt in &doubts {
            let is_in =
                |(file, window, _): &(u32, Window, Vec<u8>)| *file == doubt.file && window.bytes.contains(&doubt.start);
            if !window.as_ref().is_some_and(is_in) {
                let found = self.with_collection(survey, |of| of.window_of(doubt.file, doubt.start))?;
                let source = if doubt.file == key { blob.clone() } else { self.source(survey, doubt.file)? };
                let read = Slice::of(&source, found.bytes.start, found.bytes.end)?.bytes().await?;
                window = Some((doubt.file, found, read));
            }
            let at = |byte: u64| usize::try_from(byte - begin).unwrap_or(usize::MAX);
            if let (Some((_, window, bytes)), Some(again)) =
                (&window, own.get(at(doubt.again.start)..at(doubt.again.end)))
            {
                self.with_collection(survey, |of| stream.settle(doubt, window, bytes, again, setting, of));
            }
        }
        Some(())
    }

    /// Gets ready to read files: calls the readers, and practises once, as long as there is nothing else to do.
    pub(super) async fn prepare(self: Rc<Worker>) {
        let library = self.library();
        if self.is_practised.replace(true) {
            self.readers(&library);
            return;
        }
        // What takes files in, with none to take in; readers are sent away at the end of it.
        self.work();
        pause().await;
        let readers = self.readers(&library);
        if self.is_reading.get() {
            // Another time.
            return self.is_practised.set(false);
        }
        let survey = self.look.borrow().as_ref().map(|look| look.survey.clone()).unwrap_or_default();
        let setting = library.reading(&survey, browser::now());
        if let Ok(nothing) = Blob::new() {
            readers.open(&open(&setting, Vec::new()), &nothing);
            let survey = &setting.definition.survey.id;
            self.stream(DEVICE, survey, &nothing, Vec::new()).await;
        }
        if self.is_reading.get() {
            return;
        }
        let practice = Practice::of(&library, &survey, browser::now());
        for round in 1..=ROUNDS {
            if self.is_reading.get() {
                break;
            }
            let shown = practice.round(&library, browser::now());
            if round == DRAWN {
                tell(&Tell::Practised(Box::new(shown)));
            }
            pause().await;
        }
    }

    /// The readers, called if they are not there yet.
    pub(super) fn readers(&self, library: &Library) -> Rc<Readers> {
        self.readers.borrow_mut().get_or_insert_with(|| Rc::new(Readers::start(&library.units))).clone()
    }
}

/// Says that a file with this first row is to be read.
fn open(setting: &Setting<'_>, header: Vec<u8>) -> Errand {
    let definition = setting.definition.to_json().unwrap_or_default();
    Errand::Open { definition, now: setting.now, header }
}

/// Lets what was asked meanwhile go first.
async fn pause() {
    let Ok(channel) = MessageChannel::new() else { return };
    let (here, there) = (channel.port1(), channel.port2());
    let promise = Promise::new(&mut |resolve, _| here.set_onmessage(Some(&resolve)));
    if there.post_message(&JsValue::NULL).is_ok() {
        let _ = JsFuture::from(promise).await;
    }
    here.close();
}
