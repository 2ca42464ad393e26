//! Every text of a survey that a respondent can see, for those who translate it.

use super::{Kind, Survey, Text};

impl Survey {
    /// The survey with its texts in one language only; the first one stands in where a text is missing.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Survey {
        let mut survey = self.clone();
        let fallback = self.fallback().to_owned();
        for text in survey.texts_mut() {
            let words = text.get(language, &fallback).to_owned();
            *text = Text([(language.to_owned(), words)].into_iter().collect());
        }
        survey
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let mut texts = vec![&mut self.title, &mut self.purpose, &mut self.issuer];
        for scale in &mut self.scales {
            texts.extend(scale.levels.iter_mut().map(|level| &mut level.text));
            texts.extend(scale.missing.iter_mut().map(|missing| &mut missing.text));
        }
        texts.extend(self.parts.iter_mut().map(|part| &mut part.text));
        texts.extend(self.factors.iter_mut().map(|factor| &mut factor.text));
        for section in &mut self.sections {
            texts.push(&mut section.text);
            texts.extend(&mut section.note);
            for question in &mut section.questions {
                texts.push(&mut question.text);
                texts.extend(&mut question.hint);
                match &mut question.kind {
                    Kind::Matrix { items, .. } => {
                        for item in items {
                            texts.push(&mut item.text);
                            texts.extend(&mut item.hint);
                        }
                    }
                    Kind::Single { options } | Kind::Multiple { options } | Kind::Contacts { options } => {
                        texts.extend(options.iter_mut().map(|option| &mut option.text));
                    }
                    Kind::Rating { .. } | Kind::Number { .. } | Kind::Text { .. } => {}
                }
            }
        }
        texts
    }

    /// Every text that a respondent can see.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.title, &self.purpose, &self.issuer];
        for scale in &self.scales {
            texts.extend(scale.levels.iter().map(|level| &level.text));
            texts.extend(scale.missing.iter().map(|missing| &missing.text));
        }
        texts.extend(self.factors.iter().map(|factor| &factor.text));
        for section in &self.sections {
            texts.push(&section.text);
            texts.extend(&section.note);
            for question in &section.questions {
                texts.push(&question.text);
                texts.extend(&question.hint);
                texts.extend(question.options().iter().map(|option| &option.text));
                if let Kind::Matrix { items, .. } = &question.kind {
                    texts.extend(items.iter().map(|item| &item.text));
                    texts.extend(items.iter().filter_map(|item| item.hint.as_ref()));
                }
            }
        }
        texts
    }

    /// Whether no text is missing in a language.
    pub(super) fn is_whole_in(&self, language: &str) -> bool {
        self.texts().iter().all(|text| text.0.contains_key(language))
    }
}
