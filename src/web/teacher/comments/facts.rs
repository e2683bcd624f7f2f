//! What was seen of a child as the facts that its term comment may speak of, each with the words of its card.

use crate::{
    actions::{
        comment_evidence::Evidence,
        term_comments::{About, Comments},
    },
    domain::{
        badges::Rules,
        child_view::strengths,
        moments::Teller,
        roster_plan::Sex,
        term_comment::{
            Tone,
            guard::{Child, named},
            plan::{Fact, Kind},
        },
    },
    screens::{
        Lang, say,
        teacher_comments::{EvidenceCard, ToneText},
        term_comment_words::Voice,
    },
    web::{moment_words, teacher::words},
};

/// Badges and praised stars that are offered.
const MOST_BADGES: usize = 3;
const MOST_PRAISES: usize = 2;

/// A fact with what its card says.
pub struct Seen {
    pub fact: Fact,
    text: String,
    by: String,
}

fn fact(kind: Kind, id: &str, star: &str) -> Fact {
    Fact {
        id: format!("{}-{id}", kind.key()),
        kind,
        star: star.to_owned(),
        said: String::new(),
        on: None,
        count: 0,
        from: String::new(),
        to: String::new(),
        names_other: false,
    }
}

/// The words of a level without its picture.
fn plain(label: &str) -> &str {
    label.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Everything that was seen of a child, moments first.
pub fn facts(lang: Lang, rules: &Rules, found: &Evidence, term: &str) -> Vec<Seen> {
    let mut seen = moments(lang, found);
    seen.extend(stars(lang, found));
    seen.extend(goals(lang, found));
    seen.extend(praises(lang, found));
    seen.extend(badges(lang, rules, found, term));
    seen
}

fn moments(lang: Lang, found: &Evidence) -> Vec<Seen> {
    let one = |row: &crate::storage::moments::MomentRow| {
        let teller = Teller::parse(&row.by_kind).unwrap_or(Teller::Peer);
        let said = moment_words::sentence(lang, row);
        Seen {
            text: said.clone(),
            by: moment_words::by(lang, row, &found.teachers),
            fact: Fact {
                said,
                on: Some(row.told_on),
                ..fact(Kind::Moment(teller), &row.id, &row.dimension)
            },
        }
    };
    found.moments.iter().map(one).collect()
}

/// Growth and the strongest stars, in the words that child and family may read.
fn stars(lang: Lang, found: &Evidence) -> Vec<Seen> {
    let Some(sight) = &found.sight.sight else {
        return Vec::new();
    };
    let word = |level: u8| found.sight.word(level).map(plain).unwrap_or_default();
    let dimension = |at: usize| found.sight.rubric.dimensions.get(at);
    let grew = sight.stars.iter().enumerate().filter_map(|(at, star)| {
        let (from, to) = star.rose?;
        Some((Kind::Grew, at, word(from), word(to)))
    });
    let strong = strengths(sight).into_iter().filter_map(|at| {
        let level = sight.stars.get(at)?.level?;
        Some((Kind::Strong, at, "", word(level)))
    });
    let seen = grew.chain(strong).filter_map(|(kind, at, from, to)| {
        let id = &dimension(at)?.id;
        let star = say(lang, &format!("star-{id}"), &[]);
        let args = [("star", star.as_str()), ("from", from), ("to", to)];
        Some(Seen {
            text: say(lang, &format!("comments-say-{}", kind.key()), &args),
            by: say(lang, &format!("comments-by-{}", kind.key()), &[]),
            fact: Fact {
                from: from.to_owned(),
                to: to.to_owned(),
                ..fact(kind, id, id)
            },
        })
    });
    seen.collect()
}

fn goals(lang: Lang, found: &Evidence) -> Vec<Seen> {
    let one = |row: &crate::storage::goals::GoalRow| {
        let said = match row.ready.as_str() {
            "" => row.text.clone(),
            ready => say(lang, &format!("goal-{ready}"), &[]),
        };
        Seen {
            text: said.clone(),
            by: say(lang, "comments-by-goal", &[]),
            fact: Fact {
                said,
                ..fact(Kind::Goal, &row.id, &row.dimension)
            },
        }
    };
    found.goals.iter().map(one).collect()
}

fn praises(lang: Lang, found: &Evidence) -> Vec<Seen> {
    let given = found.praises.iter().filter(|(star, _)| !star.is_empty());
    let one = |(id, count): &(String, u32)| {
        let star = say(lang, &format!("star-{id}"), &[]);
        let args = [("star", star.as_str()), ("n", &count.to_string())];
        Seen {
            text: say(lang, "comments-say-praise", &args),
            by: say(lang, "comments-by-praise", &[]),
            fact: Fact {
                count: *count,
                ..fact(Kind::Praise, id, id)
            },
        }
    };
    given.take(MOST_PRAISES).map(one).collect()
}

fn badges(lang: Lang, rules: &Rules, found: &Evidence, term: &str) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    for award in found
        .sight
        .awards
        .iter()
        .filter(|award| award.term_id == term)
    {
        let badge = words::badge(lang, rules, &found.sight.rubric, award);
        if seen.len() < MOST_BADGES && seen.iter().all(|one| one.fact.said != badge.name) {
            seen.push(Seen {
                text: badge.name.clone(),
                by: say(lang, "comments-by-badge", &[]),
                fact: Fact {
                    said: badge.name,
                    ..fact(Kind::Badge, &award.id, &badge.dimension)
                },
            });
        }
    }
    seen
}

/// Marks what names a classmate.
pub fn mark_names(seen: &mut [Seen], about: &About, comments: &Comments) {
    let others = comments
        .children
        .iter()
        .filter(|one| one.child.id != about.child.id);
    let others: Vec<Child<'_>> = others.map(About::guarded).collect();
    for one in seen {
        let own = Child {
            text: &one.text,
            ..about.guarded()
        };
        one.fact.names_other = named(&own, &others).is_some();
    }
}

/// How drafts about a child sound in a tone.
pub fn voice(lang: Lang, about: &About, tone: Tone) -> Voice<'_> {
    Voice {
        lang,
        tone,
        id: &about.child.id,
        name: &about.child.name,
        sex: Sex::parse(&about.child.sex),
    }
}

/// The cards of what was seen; `text` is what is written so far.
pub fn cards(lang: Lang, about: &About, seen: &[Seen], text: &str) -> Vec<EvidenceCard> {
    let one = |(at, one): (usize, &Seen)| {
        let sentence = |tone| ToneText {
            tone: Tone::key(tone),
            text: voice(lang, about, tone).sentence(&one.fact, at),
        };
        let sentences = Tone::ALL.map(sentence).to_vec();
        let mark = one
            .fact
            .said
            .trim_end_matches(|c: char| !c.is_alphanumeric());
        let in_it = |words: &str| !words.is_empty() && text.contains(words);
        EvidenceCard {
            id: one.fact.id.clone(),
            star: match one.fact.star.as_str() {
                "" => "star".to_owned(),
                star => star.to_owned(),
            },
            text: one.text.clone(),
            by: one.by.clone(),
            used: in_it(mark) || sentences.iter().any(|s| in_it(&s.text)),
            mark: mark.to_owned(),
            names_other: one.fact.names_other,
            sentences,
        }
    };
    seen.iter().enumerate().map(one).collect()
}
