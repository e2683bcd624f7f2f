//! The words of a term comment's draft: Fluent's sentences around what was seen, in one of three tones. Pure; which
//! evidence is spoken of is `domain::term_comment::plan`, and nothing else gets into a text.

use chrono::Datelike;

use super::{Lang, say};
use crate::domain::{
    moments::Teller,
    name_pinyin::given,
    roster_plan::Sex,
    term_comment::{
        Tone,
        guard::Words,
        plan::{Fact, Kind, fit, order, variant},
    },
};

/// Wordings of an opening or a close, and of a sentence.
const FRAMES: usize = 4;
const SENTENCES: usize = 3;
/// Groups of negative labels: Fluent `comments-labels-{group}` with `.instead`.
pub const LABELS: [&str; 5] = ["able", "lazy", "manner", "truth", "self"];

/// Whom a draft is about, and how it sounds.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub lang: Lang,
    pub tone: Tone,
    /// Decides the wordings.
    pub id: &'a str,
    pub name: &'a str,
    pub sex: Option<Sex>,
}

/// A composed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    pub text: String,
    /// Ids of the facts in it.
    pub used: Vec<String>,
}

impl Voice<'_> {
    /// A whole draft out of the facts alone; without any it is a frame with a gap.
    pub fn draft(&self, facts: &[Fact]) -> Composed {
        let plan = order(facts).into_iter();
        let sentences: Vec<(&Fact, String)> = plan
            .filter_map(|at| facts.get(at).map(|fact| (fact, self.sentence(fact, at))))
            .collect();
        let (open, close) = (self.frame("open"), self.frame("close"));
        if sentences.is_empty() {
            let gap = say(self.lang, "draft-gap", &[]);
            return Composed {
                text: self.join(&[open, gap, close]),
                used: Vec::new(),
            };
        }
        let lengths: Vec<usize> = sentences.iter().map(|(_, s)| s.chars().count()).collect();
        let taken = fit(open.chars().count() + close.chars().count(), &lengths);
        let mut parts = vec![open];
        let mut used = Vec::new();
        for ((fact, sentence), _) in sentences.into_iter().zip(taken).filter(|(_, takes)| *takes) {
            parts.push(sentence);
            used.push(fact.id.clone());
        }
        parts.push(close);
        Composed {
            text: self.join(&parts),
            used,
        }
    }

    /// One fact as a sentence; `place`, its place among the facts, tells its wording from its neighbours'.
    pub fn sentence(&self, fact: &Fact, place: usize) -> String {
        let number = variant(self.id, place, SENTENCES);
        let key = format!("draft-{}-{}-{number}", self.tone.key(), fact.kind.key());
        let star = say(self.lang, &format!("star-{}", fact.star), &[]);
        let ends = |c: char| c.is_whitespace() || "。.！!？?，,；;".contains(c);
        let (name, count) = (given(self.name), fact.count.to_string());
        let (who, when) = (self.who(), when(self.lang, fact));
        let args = [
            ("name", name),
            ("who", &who),
            ("words", fact.said.trim_end_matches(ends)),
            ("when", &when),
            ("star", &star),
            ("from", &fact.from),
            ("to", &fact.to),
            ("n", &count),
        ];
        say(self.lang, &key, &args)
    }

    fn frame(&self, which: &str) -> String {
        let number = variant(self.id, which.len(), FRAMES);
        let key = format!("draft-{}-{which}-{number}", self.tone.key());
        let who = self.who();
        say(
            self.lang,
            &key,
            &[("name", given(self.name)), ("who", &who)],
        )
    }

    /// The word for the child by its sex on record, else its name.
    fn who(&self) -> String {
        match self.sex {
            Some(Sex::Male) => say(self.lang, "draft-he", &[]),
            Some(Sex::Female) => say(self.lang, "draft-she", &[]),
            None => given(self.name).to_owned(),
        }
    }

    fn join(&self, parts: &[String]) -> String {
        parts.join(if self.lang == Lang::English { " " } else { "" })
    }
}

/// The day of a teacher's moment, the month of anybody else's; empty where a fact has no date.
fn when(lang: Lang, fact: &Fact) -> String {
    let Some(on) = fact.on else {
        return String::new();
    };
    let (month, day) = (on.month().to_string(), on.day().to_string());
    match fact.kind {
        Kind::Moment(Teller::Teacher) => {
            say(lang, "teacher-day", &[("month", &month), ("day", &day)])
        }
        _ => say(lang, "draft-month", &[("month", &month)]),
    }
}

/// The lists of words that the guard goes by: those of both languages, whatever the page is read in.
pub fn guard_words() -> Words {
    let list = |key: &str| -> Vec<String> {
        let both = [Lang::Chinese, Lang::English].map(|lang| say(lang, key, &[]));
        let words = both.iter().flat_map(|text| text.split_whitespace());
        words.map(str::to_owned).collect()
    };
    let labels = LABELS.map(|group| (group.to_owned(), list(&format!("comments-labels-{group}"))));
    Words {
        labels: labels.to_vec(),
        negations: list("comments-negations"),
        he: list("comments-he"),
        she: list("comments-she"),
        neutral: list("comments-neutral"),
    }
}

#[cfg(test)]
mod tests;
