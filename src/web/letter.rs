//! A growth letter in words, as paper and family read it.

use super::{
    child::{deeds, star_cards},
    moment_words, sight,
    teacher::words,
};
use crate::{
    actions::{
        Acted,
        letters::{self, ChildLetter},
        session::Seen,
    },
    domain::{
        badges::Rules,
        logs::{Kind, Standing, Way},
    },
    screens::{Lang, letter::Letter, parts::Spoken, say, teacher_book::Told},
    storage::{Db, goals::GoalRow, moments::MomentRow, schools::TermRow},
};

/// Who writes, and when.
pub struct Head<'a> {
    pub school_name: &'a str,
    pub class_name: &'a str,
    pub term: &'a TermRow,
}

/// The letter.
pub fn written(lang: Lang, rules: &Rules, head: &Head<'_>, found: &ChildLetter) -> Letter {
    let told = &found.deeds.moments;
    let shining = found.chosen.shining.and_then(|at| told.get(at));
    let moments = found.chosen.moments.iter().filter_map(|at| told.get(*at));
    let (comment, comment_by) = match &found.comment {
        Some(said) => (said.text.clone(), said.teacher.clone()),
        None => (String::new(), String::new()),
    };
    let records = found.logs.standings.iter();
    let festivals = star_cards::festivals(&found.festivals).into_iter();
    Letter {
        name: found.child.name.clone(),
        school_name: head.school_name.to_owned(),
        class_name: head.class_name.to_owned(),
        term_name: head.term.name.clone(),
        date: words::date(lang, head.term.ends_on),
        shining: shining.map(|row| moment(lang, found, row)),
        shining_star: shining.map_or_else(String::new, |row| star_name(found, row)),
        moments: moments.map(|row| moment(lang, found, row)).collect(),
        goals: found.reached.iter().map(|row| goal(lang, row)).collect(),
        records: records
            .map(|(kind, stands)| record(lang, *kind, *stands))
            .collect(),
        badges: sight::badges(&found.awards, rules, &found.sight, lang, false),
        cards: star_cards::in_a_line(lang, &found.deeds),
        festivals: festivals
            .map(|one| match one.words.is_empty() {
                true => one.name,
                false => {
                    let args = [("name", one.name.as_str()), ("words", one.words.as_str())];
                    say(lang, "letter-festival-words", &args)
                }
            })
            .collect(),
        next: found
            .next
            .as_ref()
            .map_or_else(String::new, |row| goal(lang, row)),
        comment,
        comment_by,
        size: "usual",
        bare: found.is_bare(),
    }
    .fitted()
}

/// Where the term's growth letter is read; empty before the class's are handed over.
pub fn href(db: &mut Db, seen: &Seen, here: &str) -> Acted<String> {
    Ok(match letters::is_out_of(db, &seen.call)? {
        true => format!("{here}/letter"),
        false => String::new(),
    })
}

fn moment(lang: Lang, found: &ChildLetter, row: &MomentRow) -> Told {
    Told {
        star: moment_words::star(row).to_owned(),
        text: moment_words::sentence(lang, row),
        by: moment_words::by(lang, row, &found.deeds.teachers),
    }
}

fn star_name(found: &ChildLetter, row: &MomentRow) -> String {
    let mut stars = found.sight.rubric.dimensions.iter();
    let star = stars.find(|star| star.id == row.dimension);
    star.map_or_else(String::new, |star| star.name.clone())
}

fn goal(lang: Lang, row: &GoalRow) -> String {
    plain(&deeds::goal_text(lang, row, false))
}

fn plain(text: &Spoken) -> String {
    text.iter().map(|part| part.hanzi.as_str()).collect()
}

/// A best day against the first one; what adds up, as the term's sum.
fn record(lang: Lang, kind: Kind, stands: Standing) -> String {
    let amount = |n: i32| {
        say(
            lang,
            &format!("log-{}-n", kind.id),
            &[("n", &n.to_string())],
        )
    };
    let what = say(lang, &format!("log-{}", kind.id), &[]);
    let total = amount(stands.total);
    match (kind.way, stands.rise()) {
        (Way::Best, Some((before, now))) => {
            let (before, now) = (amount(before), amount(now));
            let args = [("what", what.as_str()), ("before", &before), ("now", &now)];
            say(lang, "letter-record-rise", &args)
        }
        (Way::Best, None) => say(
            lang,
            "letter-record-best",
            &[("what", &what), ("n", &total)],
        ),
        (Way::Sum, _) => say(lang, "letter-record-sum", &[("what", &what), ("n", &total)]),
    }
}
