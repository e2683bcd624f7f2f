//! The page of term comments from what was loaded.

use std::collections::HashMap;

use super::{Loaded, Shown, facts};
use crate::{
    actions::{
        session::Seen,
        term_comments::{About, Comments},
    },
    domain::{
        actor::ClassView,
        comment::LENGTH,
        roster_plan::Sex,
        term_comment::{MOST, MOST_PHRASE, PHRASES, State, Tone, guard::Ask},
    },
    screens::{
        say,
        teacher_comments::{
            AskLine, CommentKid, Conflict, EarlierFinal, FilmChild, KidStar, Phrase, TermComments,
            ToneDraft,
        },
    },
    storage::term_comments::TermCommentRow,
    web::{child::speak, teacher::words, visit::Visit},
};

/// Key of a state in Fluent and CSS.
pub fn state_key(state: Option<State>) -> &'static str {
    state.map_or("empty", State::key)
}

/// The page; `shown` is what this visit has typed, asked or met.
pub fn view(visit: &Visit, seen: &Seen, loaded: &Loaded, shown: &Shown) -> TermComments {
    let comments = &loaded.comments;
    let about = loaded.about();
    let mut known = loaded.evidence.as_ref().map_or_else(Vec::new, |found| {
        facts::facts(visit.lang, &visit.app.words(), found, &comments.term)
    });
    if let Some(about) = about {
        facts::mark_names(&mut known, about, comments);
    }
    let tone = tone(comments, about, shown);
    let drafts = about.map_or_else(Vec::new, |about| drafts(visit, about, &known, tone));
    let text = match comments.closed_at {
        Some(_) => about.map_or("", About::text).to_owned(),
        None => text(about, shown, &drafts),
    };
    let here = comments.children.iter().filter(|one| !one.left).count();
    TermComments {
        class_id: loaded.class.to_string(),
        class_name: comments.class_name.clone(),
        term_name: comments.term_name.clone(),
        keep_key: format!("{}.{}.{}", seen.call.school, loaded.class, comments.term),
        may_write: comments.view == ClassView::Homeroom,
        closed: comments
            .closed_at
            .map(|at| words::day_at(visit, at))
            .unwrap_or_default(),
        film: film(comments, loaded.at),
        finals: words::count(comments.count(State::Final)),
        drafts: words::count(comments.count(State::Draft)),
        of: words::count(here),
        released: comments
            .released_at
            .map(|at| words::day_at(visit, at))
            .unwrap_or_default(),
        kid: about.map(|about| CommentKid {
            evidence: facts::cards(visit.lang, about, &known, &text),
            ..kid(visit, loaded, about, shown, &text)
        }),
        tones: drafts,
        phrases: phrases(visit, loaded.phrases.as_deref()),
        most: MOST,
        most_phrase: MOST_PHRASE,
        low: LENGTH.0,
        high: LENGTH.1,
        asks: about.map_or_else(Vec::new, |about| {
            ask_lines(visit, about, &shown.asks.clone().unwrap_or_default())
        }),
        held: shown.asks.is_some(),
        conflict: about.and_then(|about| conflict(visit, loaded, about, shown)),
    }
}

/// The tone chosen now, or of this text, or the teacher's last one.
fn tone(comments: &Comments, about: Option<&About>, shown: &Shown) -> Tone {
    let of = |row: &TermCommentRow| Tone::parse(&row.tone);
    let own = about.and_then(|about| of(about.row.as_ref()?));
    let rows = comments.children.iter().filter_map(|one| one.row.as_ref());
    let last = rows.max_by_key(|row| row.updated_at).and_then(of);
    shown.tone.or(own).or(last).unwrap_or_default()
}

fn drafts(visit: &Visit, about: &About, known: &[facts::Seen], chosen: Tone) -> Vec<ToneDraft> {
    let facts: Vec<_> = known.iter().map(|one| one.fact.clone()).collect();
    let draft = |tone| ToneDraft {
        tone: Tone::key(tone),
        text: facts::voice(visit.lang, about, tone).draft(&facts).text,
        chosen: tone == chosen,
    };
    Tone::ALL.map(draft).to_vec()
}

/// What stands in the field: typed before, asked for by its tone, saved, else the composed draft.
fn text(about: Option<&About>, shown: &Shown, drafts: &[ToneDraft]) -> String {
    let saved = about.map_or("", About::text);
    let draft = || drafts.iter().find(|d| d.chosen).map(|d| d.text.clone());
    match &shown.text {
        Some(typed) => typed.clone(),
        None if about.is_none_or(|one| one.left) => saved.to_owned(),
        None if shown.tone.is_some() || saved.is_empty() => draft().unwrap_or_default(),
        None => saved.to_owned(),
    }
}

fn film(comments: &Comments, current: Option<usize>) -> Vec<FilmChild> {
    let one = |(at, one): (usize, &About)| FilmChild {
        id: one.child.id.clone(),
        number: words::number(&one.child, at),
        name: one.child.name.clone(),
        avatar: speak::avatar(&one.child),
        state: state_key(one.state()),
        current: current == Some(at),
        left: one.left,
    };
    comments.children.iter().enumerate().map(one).collect()
}

fn kid(visit: &Visit, loaded: &Loaded, about: &About, shown: &Shown, text: &str) -> CommentKid {
    let row = about.row.as_ref();
    let at = loaded.at.unwrap_or(0);
    let neighbour = |at: Option<usize>| {
        let found = at.and_then(|at| loaded.comments.children.get(at));
        found.map(|one| one.child.id.clone()).unwrap_or_default()
    };
    let is_final = about.state() == Some(State::Final);
    let homeroom = loaded.comments.view == ClassView::Homeroom;
    CommentKid {
        id: about.child.id.clone(),
        number: words::number(&about.child, at),
        name: about.child.name.clone(),
        avatar: speak::avatar(&about.child),
        sex: Sex::parse(&about.child.sex).map_or("", Sex::key).to_owned(),
        writable: homeroom && !about.left && !is_final && loaded.comments.closed_at.is_none(),
        left: about.left,
        state: state_key(about.state()),
        length: text.chars().count(),
        unsaved: text != about.text(),
        text: text.to_owned(),
        stamp: shown
            .based_on
            .unwrap_or_else(|| row.map_or(0, |row| row.stamp)),
        hand: row.map(|row| row.hand.clone()).unwrap_or_default(),
        turn: row.map_or(0, |row| row.turn),
        saved_at: row
            .map(|row| words::clock(row.updated_at, visit.app.timezone))
            .unwrap_or_default(),
        final_on: row
            .and_then(|row| row.finalled_at)
            .map(|at| words::day_at(visit, at))
            .unwrap_or_default(),
        before: neighbour(at.checked_sub(1)),
        after: neighbour(at.checked_add(1)),
        moments: words::count(loaded.evidence.as_ref().map_or(0, |e| e.moments.len())),
        stars: stars(visit, loaded),
        evidence: Vec::new(),
        history: history(visit, loaded),
    }
}

fn stars(visit: &Visit, loaded: &Loaded) -> Vec<KidStar> {
    let Some(found) = &loaded.evidence else {
        return Vec::new();
    };
    let sight = &found.sight;
    let plain = |level: u8| {
        let word = sight.word(level).unwrap_or_default();
        word.trim_start_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    };
    let one = |(at, d): (usize, &crate::domain::rubric::Dimension)| {
        let star = sight.sight.as_ref().and_then(|s| s.stars.get(at));
        let level = star.and_then(|s| s.level);
        let (own, others) = found.views.get(at).copied().unwrap_or_default();
        KidStar {
            star: d.id.clone(),
            name: say(visit.lang, &format!("star-{}", d.id), &[]),
            word: level.map(plain).unwrap_or_default(),
            pieces: (1_u8..)
                .zip(&sight.anchors)
                .map(|(n, _)| level.is_some_and(|level| n <= level))
                .collect(),
            own: own.map(plain).unwrap_or_default(),
            others: others.map(plain).unwrap_or_default(),
        }
    };
    sight
        .rubric
        .dimensions
        .iter()
        .enumerate()
        .map(one)
        .collect()
}

fn history(visit: &Visit, loaded: &Loaded) -> Vec<EarlierFinal> {
    let one = |row: &crate::storage::term_comments::TermCommentHistoryRow| EarlierFinal {
        text: row.text.clone(),
        day: words::day_at(visit, row.opened_at),
        by: name(&loaded.names, &row.opened_by),
    };
    loaded.history.iter().map(one).collect()
}

fn name(names: &HashMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_default()
}

/// The teacher's own phrases, else ready ones.
fn phrases(visit: &Visit, own: Option<&[String]>) -> Vec<Phrase> {
    let text = |place: usize| match own {
        Some(own) => own.get(place - 1).cloned().unwrap_or_default(),
        None => say(visit.lang, &format!("comments-phrase-{place}"), &[]),
    };
    let one = |place| Phrase {
        place,
        text: text(place),
    };
    (1..=PHRASES).map(one).collect()
}

fn conflict(visit: &Visit, loaded: &Loaded, about: &About, shown: &Shown) -> Option<Conflict> {
    let row = about.row.as_ref().filter(|_| shown.stale)?;
    Some(Conflict {
        text: row.text.clone(),
        by: name(&loaded.names, &row.updated_by),
        at: words::clock(row.updated_at, visit.app.timezone),
        stamp: row.stamp,
        is_final: about.state() == Some(State::Final),
        mine: shown.text.clone().unwrap_or_default(),
    })
}

/// The questions in words.
pub fn ask_lines(visit: &Visit, about: &About, asks: &[Ask]) -> Vec<AskLine> {
    let lang = visit.lang;
    let and = say(lang, "comments-ask-and", &[]);
    let sex = Sex::parse(&about.child.sex).map(|sex| format!("comments-sex-{}", sex.key()));
    let sex = sex.map(|key| say(lang, &key, &[])).unwrap_or_default();
    let line = |ask: &Ask| {
        let key = format!("comments-ask-{}", ask.key());
        let (text, place) = match ask {
            Ask::Empty => (say(lang, &key, &[]), ""),
            Ask::Short(n) | Ask::Long(n) => (say(lang, &key, &[("n", &n.to_string())]), ""),
            Ask::Gap(mark) => (say(lang, &key, &[("mark", mark)]), mark.as_str()),
            Ask::Label { word, group } => {
                let instead = say(lang, &format!("comments-labels-{group}.instead"), &[]);
                let args = [("word", word.as_str()), ("instead", &instead)];
                (say(lang, &key, &args), word.as_str())
            }
            Ask::Pronoun(word) => {
                let args = [("word", word.as_str()), ("sex", &sex)];
                (say(lang, &key, &args), word.as_str())
            }
            Ask::Named(names) => {
                let text = say(lang, &key, &[("names", &names.join(&and))]);
                (text, names.first().map_or("", String::as_str))
            }
            Ask::Reused { sentence, names } => {
                let args = [
                    ("sentence", sentence.as_str()),
                    ("names", &names.join(&and)),
                ];
                (say(lang, &key, &args), sentence.as_str())
            }
        };
        AskLine {
            key: ask.key(),
            text,
            blocks: ask.blocks(),
            place: place.to_owned(),
        }
    };
    asks.iter().map(line).collect()
}
