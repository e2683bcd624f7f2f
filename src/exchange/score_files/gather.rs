//! Pieces of sheets become the sorted sheets of each class. Finds answers given twice.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::RowError;
use super::people::People;
use super::sheets::{Key, Part, Piece, RawAnswer};
use crate::domain::rubric::Source;
use crate::domain::scoring::input::{Answer, ClassInput, ClassRoundInput, Sheet, TermInput};
use crate::domain::scoring::number::{compact, ix};

/// A piece, the part it is in, with the final number of the round.
type Placed<'a> = (Key, &'a Piece, &'a Part);

/// Sorts everything into classes and rounds.
pub(super) fn gather(
    people: &People,
    parts: Vec<Part>,
    threads: usize,
    errors: &mut Vec<RowError>,
) -> TermInput {
    let names = parts.iter().flat_map(|part| part.rounds.iter().cloned());
    let rounds: Vec<String> = names.collect::<BTreeSet<_>>().into_iter().collect();
    let by_class = by_class(people.classes.len(), &parts, &rounds);
    let jobs: Vec<_> = people.classes.iter().zip(by_class).enumerate().collect();
    let count = jobs.len();
    let jobs = Mutex::new(jobs.into_iter());
    let next = || jobs.lock().ok().and_then(|mut jobs| jobs.next());
    let work = || {
        let (mut done, mut twice) = (Vec::new(), Vec::new());
        while let Some((at, (class, pieces))) = next() {
            let class = one_class(class.clone(), rounds.len(), pieces, &mut twice);
            done.push((at, class));
        }
        (done, twice)
    };
    let mut classes = Vec::with_capacity(count);
    std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(count)).map(|_| scope.spawn(work)).collect();
        let mut take = |(done, twice): (Vec<(usize, ClassInput)>, Vec<RowError>)| {
            classes.extend(done);
            errors.extend(twice);
        };
        take(work());
        for helper in helpers {
            match helper.join() {
                Ok(part) => take(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    classes.sort_unstable_by_key(|(at, _)| *at);
    TermInput {
        rounds,
        classes: classes.into_iter().map(|(_, class)| class).collect(),
    }
}

/// The pieces of each class, in file order.
fn by_class<'a>(classes: usize, parts: &'a [Part], rounds: &[String]) -> Vec<Vec<Placed<'a>>> {
    let mut placed: Vec<Vec<Placed<'a>>> = vec![Vec::new(); classes];
    for part in parts {
        let place = |name| compact(rounds.binary_search(name).unwrap_or_default());
        let numbers: Vec<u32> = part.rounds.iter().map(place).collect();
        for piece in &part.pieces {
            let round = numbers.get(ix(piece.key.round)).copied();
            let key = Key {
                round: round.unwrap_or_default(),
                ..piece.key
            };
            if let Some(list) = placed.get_mut(ix(piece.class)) {
                list.push((key, piece, part));
            }
        }
    }
    placed
}

fn one_class(
    mut class: ClassInput,
    rounds: usize,
    mut pieces: Vec<Placed<'_>>,
    twice: &mut Vec<RowError>,
) -> ClassInput {
    let from_family = |key: &Key| ix(u32::from(key.table)) % 4 == Source::Parent.position();
    let link = |key: &Key, part: &Part| part.families.get(ix(key.rater)).cloned();
    let families = pieces.iter().filter(|(key, _, _)| from_family(key));
    let families = families.filter_map(|(key, _, part)| link(key, part));
    class.families = families.collect::<BTreeSet<_>>().into_iter().collect();
    for (key, _, part) in &mut pieces {
        if from_family(key) {
            let id = part.families.get(ix(key.rater));
            let place = id.and_then(|id| class.families.binary_search(id).ok());
            key.rater = compact(place.unwrap_or_default());
        }
    }
    // Stable: the pieces of one sheet stay in file order.
    pieces.sort_by_key(|(key, _, _)| *key);
    class.rounds = vec![ClassRoundInput::default(); rounds];
    let mut answers = Vec::new();
    for sheet in pieces.chunk_by(|(a, _, _), (b, _, _)| a == b) {
        let Some((key, _, _)) = sheet.first() else {
            continue;
        };
        collect(sheet, &mut answers);
        note_twice(&answers, twice);
        if let Some(round) = class.rounds.get_mut(ix(key.round)) {
            put(round, *key, sheet, &answers);
        }
    }
    class
}

/// The answers of a sheet in rubric order; equal ones in file order.
fn collect(sheet: &[Placed<'_>], answers: &mut Vec<RawAnswer>) {
    answers.clear();
    for (_, piece, part) in sheet {
        let first = ix(piece.first);
        let range = first..first + ix(piece.count);
        answers.extend_from_slice(part.answers.get(range).unwrap_or(&[]));
    }
    answers.sort_by_key(|answer| answer.indicator);
}

fn note_twice(answers: &[RawAnswer], twice: &mut Vec<RowError>) {
    for (before, answer) in answers.iter().zip(answers.iter().skip(1)) {
        if before.indicator == answer.indicator {
            twice.push(RowError {
                file: "sheets.csv",
                line: answer.line,
                message: "this question of the sheet is answered twice".into(),
            });
        }
    }
}

fn put(round: &mut ClassRoundInput, key: Key, sheet: &[Placed<'_>], answers: &[RawAnswer]) {
    let first = compact(round.answers.len());
    round.answers.extend(answers.iter().map(|answer| Answer {
        indicator: answer.indicator,
        anchor: answer.anchor,
    }));
    let seconds = sheet.iter().filter_map(|(_, piece, _)| piece.seconds);
    let comment = sheet.iter().find_map(|(_, piece, part)| {
        let text = part.comments.get(ix(piece.comment?))?;
        Some(text.as_str().into())
    });
    let tables = match key.table {
        0..4 => &mut round.about_students,
        _ => &mut round.about_class,
    };
    if let Some(table) = tables.get_mut(usize::from(key.table % 4)) {
        table.push(Sheet {
            rater: key.rater,
            ratee: key.ratee,
            seconds: seconds.reduce(f64::max),
            comment,
            answers: (first, compact(answers.len())),
        });
    }
}
