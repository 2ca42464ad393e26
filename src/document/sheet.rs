//! Sheets for counters: what a QR code on the wall leads to.

use crate::link::{Route, SurveyLink, is_address, is_plain};
use crate::response::Attributes;
use crate::survey::{Attribute, Survey};

/// More than this at once is probably a slip.
pub const MOST: usize = 100;

/// What people take for one answer, read and touched on a phone: a first guess, to be replaced by
/// what a trial takes.
const SECONDS_AN_ANSWER: usize = 8;

/// What an official chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Address of the site that phones open.
    pub site: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Fields of procedure: a sheet for each; none leaves the field to the survey.
    pub fields: Vec<String>,
    /// Counters as they were typed, separated by commas, semicolons or lines.
    pub counters: String,
    /// Channel; empty: not recorded.
    pub channel: String,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Field of procedure.
    pub field: Option<String>,
    /// Counter.
    pub counter: Option<String>,
    /// What the QR code holds.
    pub link: String,
}

/// Why there are no sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No address that a phone could open.
    Site,
    /// A counter that a link cannot carry.
    Counter(String),
    /// A counter that the survey does not know.
    UnknownCounter(String),
    /// So many sheets.
    TooMany(usize),
}

impl Plan {
    /// The sheets: one for each counter and field.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn sheets(&self, survey: &Survey) -> Result<Vec<Sheet>, Vec<Fault>> {
        let site = self.site.trim();
        let counters = counters(&self.counters);
        let mut faults = Vec::new();
        faults.extend((!is_address(site)).then_some(Fault::Site));
        let asked = survey.asking_for(Attribute::Counter).map(|question| question.options());
        for counter in &counters {
            if !is_plain(counter) {
                faults.push(Fault::Counter(counter.clone()));
            } else if asked.is_some_and(|known| !known.is_empty() && known.iter().all(|one| one.id != *counter)) {
                faults.push(Fault::UnknownCounter(counter.clone()));
            }
        }
        let number = counters.len().max(1) * self.fields.len().max(1);
        faults.extend((number > MOST).then_some(Fault::TooMany(number)));
        if !faults.is_empty() {
            return Err(faults);
        }
        let or_none = |values: &[String]| match values {
            [] => vec![None],
            values => values.iter().cloned().map(Some).collect(),
        };
        let mut sheets = Vec::new();
        for field in or_none(&self.fields) {
            for counter in or_none(&counters) {
                let attributes = Attributes {
                    unit: self.unit.clone(),
                    field: field.clone(),
                    counter: counter.clone(),
                    channel: Some(self.channel.clone()).filter(|channel| !channel.is_empty()),
                    ..Attributes::default()
                };
                let link = SurveyLink { survey: survey.id.clone(), attributes, ..SurveyLink::default() };
                let link = format!("{}/{}", site.trim_end_matches('/'), Route::Survey(link).print());
                sheets.push(Sheet { field: field.clone(), counter, link });
            }
        }
        Ok(sheets)
    }

    /// Whether the address is one of this computer only, which no phone can open.
    pub fn is_local(&self) -> bool {
        let host = self.site.trim().split_once("://").map_or("", |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        host == "localhost" || host.starts_with("127.")
    }
}

/// The counters of a list, each once.
fn counters(typed: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for counter in typed.split([',', ';', '\n', '\t']).map(str::trim).filter(|one| !one.is_empty()) {
        if !found.iter().any(|known| known == counter) {
            found.push(counter.to_owned());
        }
    }
    found
}

/// About how many minutes a survey takes: what only some are asked counts half.
pub fn minutes(survey: &Survey) -> u32 {
    let answers = survey.columns().map(|column| {
        let is_for_some = column.question.when.is_some() || column.item.is_some_and(|item| item.when.is_some());
        if is_for_some { 1 } else { 2 }
    });
    let halves: usize = answers.sum();
    u32::try_from((halves * SECONDS_AN_ANSWER).div_ceil(2 * 60).max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::condition::Condition;
    use crate::survey::{Choice, Kind, Question, Section, Text};

    fn survey(counters: &[&str]) -> Survey {
        let question = |id: &str, attribute, options: &[&str]| Question {
            id: id.to_owned(),
            text: Text::default(),
            hint: None,
            required: false,
            when: None,
            attribute,
            audio: None,
            kind: Kind::Single {
                options: options
                    .iter()
                    .map(|id| Choice {
                        id: (*id).to_owned(),
                        text: Text::default(),
                        specify: false,
                        exclusive: false,
                        times: None,
                    })
                    .collect(),
            },
        };
        let mut questions: Vec<Question> = (0..9).map(|n| question(&format!("q{n}"), None, &["a", "b"])).collect();
        if !counters.is_empty() {
            questions.push(question("counter", Some(Attribute::Counter), counters));
        }
        let sections = vec![Section { id: "s".to_owned(), text: Text::default(), note: None, questions }];
        Survey {
            id: "trial".to_owned(),
            edition: "1".to_owned(),
            languages: vec!["vi".to_owned()],
            title: Text::default(),
            purpose: Text::default(),
            issuer: Text::default(),
            draft_hours: None,
            partial: Vec::new(),
            kiosk: crate::survey::Kiosk::default(),
            scales: Vec::new(),
            parts: Vec::new(),
            factors: Vec::new(),
            sections,
        }
    }

    fn plan() -> Plan {
        Plan {
            site: "https://khaosat.example/".to_owned(),
            unit: Some("02647".to_owned()),
            fields: vec!["dat-dai".to_owned(), "ho-tich".to_owned()],
            counters: " 1, 2;2\n3A\n".to_owned(),
            channel: "qr".to_owned(),
        }
    }

    #[test]
    fn each_counter_of_each_field_has_a_sheet_whose_link_reads_back() {
        let sheets = plan().sheets(&survey(&[])).unwrap();
        let seen: Vec<_> = sheets.iter().map(|sheet| (sheet.field.as_deref(), sheet.counter.as_deref())).collect();
        let (land, civil) = (Some("dat-dai"), Some("ho-tich"));
        let expected = [land, civil].into_iter().flat_map(|field| ["1", "2", "3A"].map(|n| (field, Some(n))));
        assert_eq!(seen, expected.collect::<Vec<_>>());
        let link = &sheets[5].link;
        assert_eq!(link, "https://khaosat.example/#/s/trial?unit=02647&field=ho-tich&counter=3A&channel=qr");
        let Route::Survey(read) = Route::parse(&link[link.find('#').unwrap()..]) else { panic!("a survey") };
        assert_eq!((read.attributes.field.as_deref(), read.attributes.channel.as_deref()), (civil, Some("qr")));
        assert!(read.ignored.is_empty());
    }

    #[test]
    fn nothing_chosen_is_one_sheet_for_the_whole_office() {
        let plan = Plan { site: "http://10.0.0.5:8080/khao-sat".to_owned(), ..Plan::default() };
        let sheets = plan.sheets(&survey(&[])).unwrap();
        assert_eq!(sheets.len(), 1);
        assert_eq!(sheets[0].link, "http://10.0.0.5:8080/khao-sat/#/s/trial");
    }

    #[test]
    fn what_a_link_cannot_carry_is_told_and_makes_no_sheet() {
        let bad = Plan { site: "khaosat.example".to_owned(), counters: "Quầy 3, 4, 5".to_owned(), ..plan() };
        let faults = bad.sheets(&survey(&["4"])).unwrap_err();
        let expected = [Fault::Site, Fault::Counter("Quầy 3".to_owned()), Fault::UnknownCounter("5".to_owned())];
        assert_eq!(faults, expected);
        let many = (0..51).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(Plan { counters: many, ..plan() }.sheets(&survey(&[])), Err(vec![Fault::TooMany(102)]));
    }

    #[test]
    fn an_address_of_this_computer_is_noticed() {
        let is_local = |site: &str| Plan { site: site.to_owned(), ..plan() }.is_local();
        assert!(is_local("http://localhost:8080/") && is_local("http://127.0.0.1/x/"));
        assert!(!is_local("https://localhost.example/") && !is_local("http://192.168.1.20:8080/"));
    }

    #[test]
    fn minutes_go_by_how_much_is_asked() {
        let mut survey = survey(&[]);
        assert_eq!(minutes(&survey), 2, "nine answers");
        let condition = Condition::All(Vec::new());
        survey.sections[0].questions.iter_mut().for_each(|question| question.when = Some(condition.clone()));
        assert_eq!(minutes(&survey), 1, "nine that only some are asked");
    }
}
