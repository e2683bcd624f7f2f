//! Weights: the rehearsal equals a full computation, adoption never touches what was published.

use starlight::{
    actions::{
        ActionError,
        term_votes::{self, read_rubric},
        terms,
        weights::{self, HoldsFrom},
    },
    domain::{
        refusal::Refusal,
        rehearsal::Rehearsal,
        scoring::school::score_term,
        weights::{Preset, Weights},
    },
    exchange::rubric_toml,
    storage::schools,
};

use super::school::{CLASSES, PUPILS, School, day, published, span, term_rubric};

fn other() -> Weights {
    Weights::of_percents([40, 10, 10, 40], [50, 0, 10, 10, 10, 20]).unwrap()
}

#[test]
fn a_rehearsal_equals_the_computation_under_the_changed_rubric() {
    let school = School::open();
    school.publishes_round(1);
    school.publishes_round(2);
    let before = published(&school);
    let preview = school.reads(|db, call| weights::preview(db, call, &other(), 2));
    assert_eq!(preview.rounds, ["R1", "R2"]);
    let term = school.term.clone();
    let (votes, changed) = school.reads(move |db, call| {
        let permit = call.actor.run_school()?;
        let votes = term_votes::load(db, &permit, &call.school, &term, None)?;
        // Through the document, as an adopted version would be read.
        let text = rubric_toml::write(&other().applied(&votes.rubric));
        Ok((votes, rubric_toml::read(text.as_bytes()).unwrap()))
    });
    let old = score_term(&votes.rubric, &votes.input, 1);
    let new = score_term(&changed, &votes.input, 1);
    assert_eq!(preview.moves, Rehearsal::of(&votes.input, &old, &new));
    assert_eq!(
        i32::try_from(preview.moves.students.len()),
        Ok(CLASSES * PUPILS)
    );
    for moved in &preview.moves.students {
        let term = &new.classes[moved.class].term[moved.student];
        assert_eq!(moved.after, term.number.blend.score);
    }
    let (up, down) = preview.moves.students_moved();
    assert!(up > 0 && down > 0, "{up} {down}");
    let biggest = preview.moves.biggest();
    let top = biggest[0].difference().unwrap().0.abs();
    let all = preview.moves.students.iter();
    assert_eq!(
        all.filter_map(|m| m.difference()).map(|d| d.0.abs()).max(),
        Some(top)
    );
    let who = preview.who(biggest[0]).unwrap();
    assert_eq!(
        who.no,
        votes.input.classes[biggest[0].class].students[biggest[0].student].no
    );
    assert_eq!(published(&school), before);
}

#[test]
fn the_rule_in_force_moves_nobody() {
    let school = School::open();
    school.publishes_round(1);
    let preview = school.reads(|db, call| weights::preview(db, call, &Weights::default(), 1));
    assert_eq!(preview.moves.students_moved(), (0, 0));
    assert_eq!(preview.moves.classes_moved(), (0, 0));
    assert!(preview.moves.biggest().is_empty());
}

#[test]
fn before_any_opened_round_a_version_holds_at_once() {
    let school = School::open();
    let adopted = school
        .does(|tx, call| weights::adopt(tx, call, &other()))
        .unwrap();
    assert_eq!((adopted.from, adopted.version), (HoldsFrom::ThisTerm, 2));
    assert_eq!(term_rubric(&school), adopted.rubric_id);
    let rubric = school.reads(|db, call| read_rubric(db, &call.school, &adopted.rubric_id));
    assert_eq!(Weights::of(&rubric), other());
    let round = school.publishes_round(1);
    let used = school
        .reads(|db, call| Ok(starlight::storage::rounds::get(db, &call.school, &round)?.rubric_id));
    assert_eq!(used, adopted.rubric_id);
}

#[test]
fn mid_term_a_version_waits_for_the_next_term_and_published_numbers_stay() {
    let school = School::open();
    let next = school
        .does(|tx, call| {
            let days = span(
                "2027 spring",
                day(12, 31).succ_opt().unwrap(),
                day(12, 31) + chrono::Days::new(150),
            );
            terms::plan(tx, call, &days)
        })
        .unwrap();
    school.publishes_round(1);
    let before = published(&school);
    let rule = term_rubric(&school);
    let adopted = school
        .does(|tx, call| weights::adopt(tx, call, &other()))
        .unwrap();
    assert_eq!(adopted.from, HoldsFrom::NextTerm);
    assert_eq!(term_rubric(&school), rule);
    assert_eq!(published(&school), before);
    let later = school.reads(|db, call| Ok(schools::term(db, &call.school, &next.id)?.rubric_id));
    assert_eq!(later, adopted.rubric_id);
    // A later round of this term still goes by the frozen rule.
    let round = school.publishes_round(2);
    let used = school
        .reads(|db, call| Ok(starlight::storage::rounds::get(db, &call.school, &round)?.rubric_id));
    assert_eq!(used, rule);
    assert_eq!(published(&school)[0], before[0]);
}

#[test]
fn adopting_the_same_twice_makes_one_version() {
    let school = School::open();
    let first = school
        .does(|tx, call| weights::adopt(tx, call, &other()))
        .unwrap();
    let second = school
        .does(|tx, call| weights::adopt(tx, call, &other()))
        .unwrap();
    assert_eq!(first, second);
}

#[test]
fn a_whole_document_is_adopted_as_it_was_written_or_refused_with_its_lines() {
    let school = School::open();
    let text = rubric_toml::STANDARD.replace("teacher = 0.4", "teacher = 0.5");
    let flawed = text.clone();
    let refused =
        school.does(move |tx, call| weights::adopt_rubric(tx, call, "X", flawed.as_bytes()));
    match refused {
        Err(ActionError::Refused(Refusal::Invalid(why))) => {
            assert!(why.starts_with("line "), "{why}");
            assert!(why.contains("weights sum"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    let fine = text.replace("parent = 0.2", "parent = 0.1");
    let kept = fine.clone();
    let adopted = school
        .does(move |tx, call| weights::adopt_rubric(tx, call, "新方案", fine.as_bytes()))
        .unwrap();
    let row = school.reads(|db, call| Ok(schools::rubric(db, &call.school, &adopted.rubric_id)?));
    assert_eq!(
        (row.document, row.name.as_str(), row.version),
        (kept, "新方案", 2)
    );
}

#[test]
fn presets_can_be_adopted() {
    for preset in Preset::ALL {
        let school = School::open();
        let weights = preset.weights();
        let adopted = school
            .does(move |tx, call| weights::adopt(tx, call, &weights))
            .unwrap();
        let rubric = school.reads(|db, call| read_rubric(db, &call.school, &adopted.rubric_id));
        assert_eq!(Weights::of(&rubric), preset.weights(), "{}", preset.key());
    }
}
