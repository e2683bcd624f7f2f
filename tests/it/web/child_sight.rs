//! What a child may see of its results, over the rounds of a term: the classmates' part only once five have spoken,
//! and then unchanged until five more have.

use starlight::{
    actions::child_view::{self, ChildSight},
    domain::{
        actor::Actor,
        child_view::{Came, StarSight, level},
        ids::ClassId,
        published::PublishedClass,
        rubric::Source,
    },
    storage::{results, rounds::RoundRow, students, students::StudentRow},
};

use super::site::{id_of, open_round, publish, published_round};
use crate::actions::school::School;

fn sight(school: &School, child: &StudentRow) -> ChildSight {
    school.read(|db, call| {
        let id = id_of(child);
        let class = students::class_on(db, &call.school, &id, call.today)?;
        let own = Actor::Student {
            id: id.clone(),
            class: class.clone(),
        };
        let permit = own.see_child(&id, &class)?;
        child_view::load(db, call, &permit, &class)
    })
}

fn class_of(school: &School, child: &StudentRow) -> ClassId {
    school.read(|db, call| {
        Ok(students::class_on(
            db,
            &call.school,
            &id_of(child),
            call.today,
        )?)
    })
}

fn stars_of_term(school: &School, round: &RoundRow, child: &StudentRow) -> Vec<Option<u8>> {
    let class = class_of(school, child);
    let row = school.read(|db, call| {
        let permit = call.actor.see_class(&class)?;
        Ok(results::class_results(db, &permit, &call.school, &round.id)?.unwrap())
    });
    let class: PublishedClass = serde_json::from_str(&row.results).unwrap();
    let own = class
        .students
        .into_iter()
        .find(|s| s.no == child.student_no)
        .unwrap();
    own.term
        .dimensions
        .iter()
        .map(|d| d.score.map(|score| level(score, 3)))
        .collect()
}

fn later(school: &mut School) {
    let day = school.call.today + chrono::Days::new(7);
    school.on(&day.to_string());
}

fn levels(sight: &ChildSight) -> Vec<Option<u8>> {
    sight
        .sight
        .as_ref()
        .unwrap()
        .stars
        .iter()
        .map(|s| s.level)
        .collect()
}

#[test]
fn the_classmates_part_waits_for_five_and_stays_until_five_more() {
    let mut school = School::with_two_classes();
    let child = school.children()[0].clone();
    assert!(sight(&school, &child).not_yet());
    later(&mut school);
    published_round(&school, "r1", 6);
    let hidden = sight(&school, &child);
    let told = hidden.sight.clone().unwrap();
    assert!(!told.peer_shown, "two raters are too few");
    assert!(
        told.stars
            .iter()
            .all(|s| s.halves.is_none() && s.level.is_some())
    );
    let peer = told
        .voices
        .iter()
        .find(|v| v.source == Source::Peer)
        .unwrap();
    assert_eq!((peer.state, peer.count), (Came::Waiting, 0));
    assert!(
        hidden
            .comments
            .iter()
            .all(|c| !c.teacher.is_empty() && c.round == "r1")
    );

    let mut last = None;
    for name in ["r2", "r3", "r4"] {
        later(&mut school);
        last = Some(published_round(&school, name, 6));
        if sight(&school, &child).sight.unwrap().peer_shown {
            break;
        }
    }
    let shown = sight(&school, &child);
    let told = shown.sight.clone().unwrap();
    assert!(
        told.peer_shown,
        "two raters a round are five in three rounds"
    );
    assert_eq!(
        levels(&shown),
        stars_of_term(&school, &last.unwrap(), &child)
    );
    assert!(told.stars.iter().all(|s| s.halves.is_some()));
    assert!(
        told.voices
            .iter()
            .any(|v| v.source == Source::Peer && v.count >= 5)
    );

    later(&mut school);
    published_round(&school, "r5", 6);
    let after = sight(&school, &child).sight.unwrap();
    let values = |s: &[StarSight]| s.iter().map(|s| (s.level, s.halves)).collect::<Vec<_>>();
    assert_eq!(
        values(&after.stars),
        values(&told.stars),
        "two more raters change nothing"
    );
    assert_eq!(after.voices, told.voices);
}

#[test]
fn an_open_or_closed_round_tells_nothing() {
    let mut school = School::with_two_classes();
    let child = school.children()[0].clone();
    later(&mut school);
    let round = open_round(&school, "r1", 6);
    let rows = school.everybody_rates(&round);
    assert!(school.import_sheets(rows).done);
    assert!(sight(&school, &child).not_yet());
    assert!(sight(&school, &child).comments.is_empty());
    publish(&school, &round);
    assert_eq!(sight(&school, &child).round.as_deref(), Some("r1"));
}
