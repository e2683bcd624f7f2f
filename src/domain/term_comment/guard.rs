//! What is asked about a term comment before it is final: friendly, at the place, in the teacher's words (Fluent
//! `comments-ask-{key}`). A gap left in the text and a negative label have to be changed first; everything else is asked
//! once. Pure; the lists of words are given, because they are texts.

use crate::domain::{
    comment::{LENGTH, sentences},
    name_pinyin::given,
    roster_plan::Sex,
    scoring::signals::bare_text,
};

/// Shortest sentence that counts as used for another child, in characters after normalising (scoring.md 8).
pub const SENTENCE: usize = 8;
/// Marks of something that was to be filled in.
const GAPS: [&str; 8] = [
    "__",
    "\u{ff3f}\u{ff3f}",
    "\u{d7}\u{d7}",
    "XX",
    "xx",
    "{",
    "}",
    "\u{25cb}\u{25cb}",
];

/// Lists of words that the guard goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Negative labels by group; the group names what to say instead.
    pub labels: Vec<(String, Vec<String>)>,
    /// Words before a label that turn it into its opposite.
    pub negations: Vec<String>,
    /// Words for a boy, and for a girl.
    pub he: Vec<String>,
    pub she: Vec<String>,
    /// Words that hold one of those and are about nobody in particular.
    pub neutral: Vec<String>,
}

/// A child of the class with what is written about it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child<'a> {
    pub name: &'a str,
    pub sex: Option<Sex>,
    pub text: &'a str,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Empty,
    /// Characters so far.
    Short(usize),
    Long(usize),
    /// The mark that was left.
    Gap(String),
    /// A negative label and its group.
    Label {
        word: String,
        group: String,
    },
    /// The word that does not fit the sex on record.
    Pronoun(String),
    /// Classmates by name as the text has it.
    Named(Vec<String>),
    /// A sentence that also stands in comments about these children.
    Reused {
        sentence: String,
        names: Vec<String>,
    },
}

impl Ask {
    /// Last part of its Fluent key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Short(_) => "short",
            Self::Long(_) => "long",
            Self::Gap(_) => "gap",
            Self::Label { .. } => "label",
            Self::Pronoun(_) => "pronoun",
            Self::Named(_) => "named",
            Self::Reused { .. } => "reused",
        }
    }

    /// Whether the text cannot be final before it is changed.
    pub const fn blocks(&self) -> bool {
        matches!(self, Self::Empty | Self::Gap(_) | Self::Label { .. })
    }
}

/// All questions about what `child.text` says, those that block first; `class` are the other children with their texts.
pub fn asks(child: &Child<'_>, class: &[Child<'_>], words: &Words) -> Vec<Ask> {
    let length = child.text.chars().count();
    if child.text.trim().is_empty() {
        return vec![Ask::Empty];
    }
    let mut found: Vec<Ask> = Vec::new();
    found.extend(gap(child.text));
    found.extend(labels(child.text, words));
    found.extend(pronoun(child, words));
    found.extend(named(child, class));
    found.extend(reused(child, class));
    found.extend((length < LENGTH.0).then_some(Ask::Short(length)));
    found.extend((length > LENGTH.1).then_some(Ask::Long(length)));
    found
}

fn gap(text: &str) -> Option<Ask> {
    let mark = GAPS.into_iter().find(|mark| text.contains(mark))?;
    Some(Ask::Gap(mark.to_owned()))
}

/// The labels in a text, longest first at each place; one that is negated just before is none.
pub fn labels(text: &str, words: &Words) -> Vec<Ask> {
    let text = text.to_ascii_lowercase();
    let mut found: Vec<Ask> = Vec::new();
    let mut from = 0;
    for (at, _) in text.char_indices() {
        if at < from {
            continue;
        }
        let (before, rest) = text.split_at(at);
        let Some((group, word)) = label_here(before, rest, words) else {
            continue;
        };
        from = at + word.len();
        let negated = words
            .negations
            .iter()
            .any(|no| before.trim_end().ends_with(no.as_str()));
        let ask = Ask::Label {
            word: word.clone(),
            group: group.clone(),
        };
        if !negated && !found.contains(&ask) {
            found.push(ask);
        }
    }
    found
}

fn label_here<'w>(before: &str, rest: &str, words: &'w Words) -> Option<(&'w String, &'w String)> {
    let all = words
        .labels
        .iter()
        .flat_map(|(group, list)| list.iter().map(move |word| (group, word)));
    all.filter(|(_, word)| begins(before, rest, word))
        .max_by_key(|(_, word)| word.len())
}

/// Whether a word stands at this place: whole where it is written in Latin letters.
fn begins(before: &str, rest: &str, word: &str) -> bool {
    let Some(after) = rest.strip_prefix(word) else {
        return false;
    };
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    !word.is_ascii() || (!latin(before.chars().next_back()) && !latin(after.chars().next()))
}

fn holds(text: &str, word: &str) -> bool {
    let mut places = text.char_indices().map(|(at, _)| text.split_at(at));
    !word.is_empty() && places.any(|(before, rest)| begins(before, rest, word))
}

/// A word for the other sex than the one on record.
fn pronoun(child: &Child<'_>, words: &Words) -> Option<Ask> {
    let wrong = match child.sex? {
        Sex::Male => &words.she,
        Sex::Female => &words.he,
    };
    let text = without(
        &child.text.to_ascii_lowercase(),
        words.neutral.iter().map(String::as_str),
    );
    let found = wrong.iter().find(|word| holds(&text, word))?;
    Some(Ask::Pronoun(found.clone()))
}

/// A text without some words; a space stands where one was.
fn without<'w>(text: &str, words: impl Iterator<Item = &'w str>) -> String {
    let words = words.filter(|word| !word.is_empty());
    words.fold(text.to_owned(), |text, word| text.replace(word, " "))
}

/// A text without the name of the child it is about.
fn nameless(child: &Child<'_>) -> String {
    without(child.text, [child.name, given(child.name)].into_iter())
}

/// Asks about classmates that a text names.
pub fn named(child: &Child<'_>, class: &[Child<'_>]) -> Option<Ask> {
    let text = nameless(child);
    let called = |other: &Child<'_>| {
        let short = given(other.name);
        let known = short.chars().count() >= 2 && short != given(child.name);
        let name = [other.name, short]
            .into_iter()
            .find(|name| holds(&text, name))?;
        (other.name != child.name && (known || name == other.name)).then(|| name.to_owned())
    };
    let mut names: Vec<String> = class.iter().filter_map(called).collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then_some(Ask::Named(names))
}

/// Sentences as they are compared: without the child's own name, bare of signs, long enough.
fn compared(child: &Child<'_>) -> Vec<(String, String)> {
    let own = |sentence: &str| {
        let text = nameless(&Child {
            text: sentence,
            ..*child
        });
        bare_text(&text)
    };
    sentences(child.text)
        .map(|sentence| (sentence.to_owned(), own(sentence)))
        .filter(|(_, bare)| bare.chars().count() >= SENTENCE)
        .collect()
}

fn reused(child: &Child<'_>, class: &[Child<'_>]) -> Vec<Ask> {
    let others: Vec<(&str, Vec<String>)> = class
        .iter()
        .map(|other| {
            (
                other.name,
                compared(other).into_iter().map(|(_, bare)| bare).collect(),
            )
        })
        .collect();
    let mut found: Vec<Ask> = Vec::new();
    for (sentence, bare) in compared(child) {
        let with = others.iter().filter(|(_, texts)| texts.contains(&bare));
        let names: Vec<String> = with.map(|(name, _)| (*name).to_owned()).collect();
        let ask = Ask::Reused { sentence, names };
        if matches!(&ask, Ask::Reused { names, .. } if !names.is_empty()) && !found.contains(&ask) {
            found.push(ask);
        }
    }
    found
}

#[cfg(test)]
mod tests;
