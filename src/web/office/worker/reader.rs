//! A reader: a thread of the worker's that reads stretches of a file for it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::scope;
use super::stretch::Stretch;
use crate::exchange::responses::{Parts, Setting};
use crate::office::message::Errand;
use crate::response::Moment;
use crate::survey::method::Definition;
use crate::survey::unit::Units;

/// Bytes that are read of a file first: to wait for more would be to wait for nothing else.
const FIRST: u32 = 256 << 10;

/// What a reader knows.
#[derive(Default)]
pub(super) struct Reader {
    units: RefCell<Rc<Units>>,
    /// The definition it was told last, and as what.
    definition: RefCell<Option<(String, Rc<Definition>)>>,
    file: RefCell<Option<Rc<File>>>,
    asked: RefCell<VecDeque<Asked>>,
    /// The stretch that was read last: its place serves the next one.
    last: RefCell<Option<Stretch>>,
    is_busy: Cell<bool>,
    /// Memory for parts that came back.
    rooms: RefCell<Vec<ArrayBuffer>>,
}

/// A stretch that was asked for.
struct Asked {
    file: Rc<File>,
    number: u32,
    from: u64,
    to: u64,
}

/// The file that is read.
struct File {
    definition: Rc<Definition>,
    units: Rc<Units>,
    now: Moment,
    blob: Blob,
    /// Its first row, and room for what was read.
    parts: RefCell<Parts>,
    is_begun: Cell<bool>,
}

impl Reader {
    pub fn hear(self: &Rc<Reader>, errand: Errand, beside: JsValue) {
        match errand {
            Errand::Units(units) => {
                self.units.replace(Rc::new(units));
            }
            Errand::Open { definition, now, header } => {
                let file = self.definition(definition).map(|definition| File {
                    definition,
                    units: self.units.borrow().clone(),
                    now,
                    blob: beside.unchecked_into(),
                    parts: RefCell::new(Parts::of(&header)),
                    is_begun: Cell::new(false),
                });
                self.file.replace(file.map(Rc::new));
            }
            Errand::Stretch { number, from, to } => {
                let Some(file) = self.file.borrow().clone() else { return self.answer(number, None, true) };
                self.asked.borrow_mut().push_back(Asked { file, number, from, to });
                if !self.is_busy.replace(true) {
                    let reader = self.clone();
                    spawn_local(async move { reader.work().await });
                }
            }
            Errand::Room => self.rooms.borrow_mut().push(beside.unchecked_into()),
        }
    }

    /// The definition that is told so, which mostly is the same as before.
    fn definition(&self, json: String) -> Option<Rc<Definition>> {
        let mut known = self.definition.borrow_mut();
        if known.as_ref().is_none_or(|(told, _)| *told != json) {
            *known = Definition::from_json(&json).ok().map(|definition| (json, Rc::new(definition)));
        }
        known.as_ref().map(|(_, definition)| definition.clone())
    }

    /// Reads the stretches that were asked for, one after the other.
    async fn work(&self) {
        loop {
            let Some(Asked { file, number, from, to }) = self.asked.borrow_mut().pop_front() else { break };
            if self.read(&file, number, from, to).await.is_none() {
                self.answer(number, None, true);
            }
        }
        self.is_busy.set(false);
    }

    /// Reads a stretch and hands over what it holds, part by part; `None`: it cannot be read on.
    async fn read(&self, file: &File, number: u32, from: u64, to: u64) -> Option<()> {
        let mut stretch = Stretch::after(self.last.take(), &file.blob, from, to);
        if !file.is_begun.replace(true) {
            stretch = stretch.beginning_with(FIRST);
        }
        file.parts.borrow_mut().again();
        while !stretch.is_over() {
            let bytes = stretch.next().await?;
            if let Some(part) = file.part(&bytes, stretch.is_over()) {
                self.answer(number, Some(&part), stretch.is_over());
            }
        }
        self.last.replace(Some(stretch));
        Some(())
    }

    /// Hands a part over: its memory changes hands, nothing is copied on the way. `None`: nothing more can be read.
    fn answer(&self, number: u32, part: Option<&[u8]>, is_last: bool) {
        let part = part.map(|part| {
            let bytes = u32::try_from(part.len()).unwrap_or(u32::MAX);
            let room = self.rooms.borrow_mut().pop().filter(|room| room.byte_length() >= bytes);
            // With some to spare: it is to hold the next ones too.
            let room = room.unwrap_or_else(|| ArrayBuffer::new(bytes.saturating_add(bytes / 4)));
            let place = Uint8Array::new_with_byte_offset_and_length(&room, 0, bytes);
            place.copy_from(part);
            place
        });
        let transfer = part.iter().map(Uint8Array::buffer).collect::<Array>();
        let message = Array::of3(&number.into(), &part.map_or(JsValue::NULL, JsValue::from), &is_last.into());
        let _ = scope().post_message_with_transfer(&message, &transfer);
    }
}

impl File {
    /// What more bytes come to.
    #[inline(never)]
    fn part(&self, bytes: &Uint8Array, is_last: bool) -> Option<Vec<u8>> {
        let mut parts = self.parts.borrow_mut();
        bytes.copy_to(parts.room(bytes.length() as usize));
        let setting = Setting { definition: &self.definition, units: &self.units, now: self.now };
        Some(parts.next(is_last, &setting)?.to_bytes())
    }
}
