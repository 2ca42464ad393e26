//! What the names of columns stand for: ids and texts of questions, in the ways other programs put
//! them together, and these programs' own names for times and ids.

use std::collections::BTreeMap;

use super::mapping::{Evidence, Layout, Target};
use super::wording::{Lexicon, Likeness, bare, normal};
use crate::response::ATTRIBUTES;
use crate::survey::{Attribute, Column, Kind, Survey, Text};

/// Everything a column can be called.
pub(super) struct Names {
    /// Ids, in small letters.
    ids: BTreeMap<String, Target>,
    texts: Lexicon<Target>,
    /// Questions that have parts (items, options), by id and text.
    whole: Lexicon<String>,
    /// For each of these what its parts are called.
    parts: BTreeMap<String, Lexicon<Target>>,
}

/// Longest name that is taken apart, in bytes, and at how many places: a question's text is far shorter.
const LONGEST: usize = 2_000;
const PLACES: usize = 12;

/// What a name stands for, and what speaks for it.
pub(super) type Found = (Target, Evidence);

impl Names {
    pub fn of(survey: &Survey) -> Names {
        let mut names = Names {
            ids: BTreeMap::new(),
            texts: Lexicon::default(),
            whole: Lexicon::default(),
            parts: BTreeMap::new(),
        };
        for name in ATTRIBUTES {
            names.ids.insert(name.to_owned(), Target::Attribute(name.to_owned()));
        }
        for question in survey.questions() {
            let parts = names.parts.entry(question.id.clone()).or_default();
            for column in question.columns() {
                let target = target_of(&column);
                each(column.text(), |text| names.texts.add(text, target.clone()));
                if let Some(item) = column.item {
                    parts.add(&item.id, target.clone());
                    each(&item.text, |text| parts.add(text, target.clone()));
                }
                names.ids.insert(column.id.to_lowercase(), target);
                if column.has_specify() && question.attribute.is_none() {
                    let words = Target::Words(column.id.to_owned());
                    parts.add("other", words.clone());
                    names.ids.insert(format!("{}_other", column.id.to_lowercase()), words);
                }
            }
            if let (Kind::Multiple { options }, None) = (&question.kind, question.attribute) {
                for option in options {
                    let target = Target::Option { question: question.id.clone(), option: option.id.clone() };
                    // Words beside an option of this name are found first.
                    if !(option.specify && option.id == "other") {
                        parts.add(&option.id, target.clone());
                    }
                    each(&option.text, |text| parts.add(text, target.clone()));
                }
            }
            names.whole.add(&question.id, question.id.clone());
            each(&question.text, |text| names.whole.add(text, question.id.clone()));
        }
        names
    }

    /// What a name stands for.
    pub fn find(&self, name: &str, layout: Layout) -> Option<Found> {
        let name = name.trim();
        if name.len() > LONGEST {
            return None;
        }
        self.simple(name)
            .or_else(|| attribute(name, layout).map(|found| (Target::Attribute(found.to_owned()), Evidence::Id)))
            .or_else(|| self.bracketed(name, layout))
            .or_else(|| self.split(name, '/', layout))
            .or_else(|| self.by_id_behind(name, '-'))
            .or_else(|| self.by_id_before(name))
    }

    fn simple(&self, name: &str) -> Option<Found> {
        self.id(name).or_else(|| {
            let (target, likeness) = self.texts.find(name)?;
            Some((target.clone(), evidence(likeness)))
        })
    }

    fn id(&self, name: &str) -> Option<Found> {
        Some((self.ids.get(&name.trim().to_lowercase())?.clone(), Evidence::Id))
    }

    /// A part of a question: its item, or one of its options.
    fn part(&self, question: &str, part: &str, layout: Layout) -> Option<Found> {
        let (question, likeness) = self.whole.find(question)?;
        let (target, of_part) = self.parts.get(question)?.find(part)?;
        // Kobo has a column of 0 and 1 for the option; LimeSurvey the words beside it.
        let target = match target {
            Target::Words(question) if layout != Layout::LimeSurvey => {
                Target::Option { question: question.clone(), option: part.to_owned() }
            }
            target => target.clone(),
        };
        let worse = if likeness > of_part { likeness } else { of_part };
        Some((target, evidence(worse)))
    }

    /// `question [item]`, `code[item]`.
    fn bracketed(&self, name: &str, layout: Layout) -> Option<Found> {
        let (before, part) = name.strip_suffix(']')?.split_once('[')?;
        self.part(before, part, layout)
            .or_else(|| self.simple(part))
            .or_else(|| self.split(part, '/', layout))
            .or_else(|| self.id(before))
    }

    /// `group/name`, `question/option`, `group/question/option`; a text may hold the sign itself.
    fn split(&self, name: &str, sign: char, layout: Layout) -> Option<Found> {
        for (at, _) in name.match_indices(sign).take(PLACES) {
            let rest = &name[at + sign.len_utf8()..];
            if let Some(found) = self.simple(rest).or_else(|| self.split_once(rest, sign, layout)) {
                return Some(found);
            }
        }
        self.split_once(name, sign, layout)
    }

    fn split_once(&self, name: &str, sign: char, layout: Layout) -> Option<Found> {
        let mut cuts = name.match_indices(sign).take(PLACES);
        cuts.find_map(|(at, _)| self.part(name[..at].trim(), name[at + sign.len_utf8()..].trim(), layout))
    }

    /// `group-name`, where the name is an id.
    fn by_id_behind(&self, name: &str, sign: char) -> Option<Found> {
        let behind = |(at, _): (usize, &str)| &name[at + sign.len_utf8()..];
        name.match_indices(sign).take(PLACES).map(behind).find_map(|rest| {
            self.id(rest).or_else(|| {
                attribute(rest, Layout::OdkCentral).map(|a| (Target::Attribute(a.to_owned()), Evidence::Id))
            })
        })
    }

    /// `code. text`, where the code is an id.
    fn by_id_before(&self, name: &str) -> Option<Found> {
        let (code, _) = name.split_once(". ").or_else(|| name.split_once(": "))?;
        self.id(code)
    }

    /// The question whose text is nearly this; `is_free` leaves out those that have a column already.
    pub fn nearest(&self, name: &str, is_free: impl Fn(&Target) -> bool) -> Option<Found> {
        let inner = name.strip_suffix(']').and_then(|name| name.split_once('[')).map_or(name, |(_, part)| part);
        let (target, likeness, second) = self.texts.nearest(inner, is_free)?;
        let is_clear = likeness >= 0.7 && likeness - second >= 0.1;
        is_clear.then(|| (target.clone(), Evidence::Similar((likeness * 100.0).round() / 100.0)))
    }
}

/// What the answers of a column are for the kit.
fn target_of(column: &Column<'_>) -> Target {
    match column.question.attribute {
        Some(Attribute::Field) => Target::Attribute("field".to_owned()),
        Some(Attribute::Counter) => Target::Attribute("counter".to_owned()),
        None => Target::Answer(column.id.to_owned()),
    }
}

fn each(text: &Text, mut take: impl FnMut(&str)) {
    text.0.values().for_each(|text| take(text));
}

fn evidence(likeness: Likeness) -> Evidence {
    match likeness {
        Likeness::Equal => Evidence::Text,
        Likeness::Normalised => Evidence::NormalisedText,
        Likeness::WithoutMarks => Evidence::TextWithoutMarks,
    }
}

/// How other programs and people call what the kit has columns for, the best first.
const FINISHED: &[&str] = &[
    "end",
    "submitdate",
    "datesubmitted",
    "completiontime",
    "timestamp",
    "dauthoigian",
    "thoigianhoanthanh",
    "submissiontime",
    "submissiondate",
    "thoigian",
    "ngaytraloi",
    "ngaykhaosat",
    "ngaydanhgia",
    "ngay",
    "date",
];
const STARTED: &[&str] = &["start", "startdate", "datestarted", "starttime", "thoigianbatdau"];
const OTHERS: &[(&str, &[&str])] = &[
    ("language", &["startlanguage", "language", "ngonngu"]),
    ("unit", &["unit", "madonvi", "maxa", "donvi", "xaphuong", "madvhc"]),
    ("field", &["field", "linhvuc"]),
    ("counter", &["counter", "quay", "soquay", "quayso"]),
    ("officer", &["officer", "canbo", "macanbo", "congchuc"]),
    ("channel", &["channel", "kenh", "hinhthucthu"]),
];

/// The kit's attribute that a name of another program stands for.
fn attribute(name: &str, layout: Layout) -> Option<&'static str> {
    let name = bare(&normal(name));
    let of_id: &[&str] = match layout {
        Layout::Kobo => &["uuid"],
        Layout::OdkCentral => &["key"],
        Layout::LimeSurvey => &["responseid", "id"],
        Layout::Kit | Layout::GoogleForms => &[],
        Layout::Other => &["responseid", "maphieu", "sophieu"],
    };
    if of_id.contains(&name.as_str()) {
        return Some("response_id");
    }
    if FINISHED.contains(&name.as_str()) {
        return Some("finished_at");
    }
    if STARTED.contains(&name.as_str()) {
        return Some("started_at");
    }
    OTHERS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(attribute, _)| *attribute)
}

/// Of two columns for one attribute the better one comes first.
pub(super) fn rank(name: &str) -> usize {
    let last = name.rsplit(['/', '-']).next().unwrap_or(name);
    let name = bare(&normal(last));
    let at = |names: &[&str]| names.iter().position(|known| *known == name);
    at(FINISHED).or_else(|| at(STARTED)).map_or(0, |at| at + 1)
}

/// Which program made a file, by the names of its columns.
pub(super) fn layout_of<'n>(names: impl Iterator<Item = &'n str>) -> Layout {
    let names: Vec<String> = names.map(|name| name.trim().to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let count = |wanted: &[&str]| wanted.iter().filter(|name| has(name)).count();
    if has("response_id") && has("survey") && has("edition") {
        Layout::Kit
    } else if has("_uuid") && count(&["_id", "_submission_time", "_index", "_status"]) > 0 {
        Layout::Kobo
    } else if has("submissiondate") && count(&["key", "instanceid", "meta-instanceid"]) > 0 {
        Layout::OdkCentral
    } else if has("id") && count(&["submitdate", "lastpage", "startlanguage", "seed"]) >= 2
        || count(&["response id", "date submitted", "last page", "start language", "seed"]) >= 3
    {
        Layout::LimeSurvey
    } else if names.iter().take(2).any(|name| matches!(bare(&normal(name)).as_str(), "timestamp" | "dauthoigian")) {
        Layout::GoogleForms
    } else {
        Layout::Other
    }
}
