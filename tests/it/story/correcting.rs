//! What comes after a publication, on both engines: a correction and its end, an appeal, extra days.

use starlight::{
    actions::{
        Acted,
        appeals::{self, Filing, Proposal},
        correct::{self, Act, Wish},
        rule_appeal::{self, Ruling},
    },
    domain::{
        actor::{Actor, Call},
        correction::Kind,
        ids::StaffId,
        rubric::Source,
    },
    exchange::badges_toml,
    storage::{corrections, extensions, extensions::ExtensionRow},
};

use super::{Story, exported};

/// The first pupil's own sheet is weighed out and comes back.
pub fn a_sheet_is_put_right_and_back(story: &Story, round: &str) {
    let (class, pupils) = story.classes().remove(0);
    let me = pupils[0].clone();
    let before = story.published(round);
    let corrects = |act: Act| {
        let (call, wish) = (
            story.office(),
            Wish {
                round: round.to_owned(),
                student: me.clone(),
                act,
                reason: "mixed up two children".to_owned(),
                appeal: None,
            },
        );
        let prepared = story
            .store
            .read_here(|db| correct::prepare(db, &call, &wish, 2));
        let (prepared, rules) = (prepared.unwrap(), badges_toml::built_in().unwrap());
        let write = story
            .store
            .write_here(move |tx| correct::store(tx, &call, &prepared, &rules));
        write.unwrap()
    };
    let done = corrects(Act::Make {
        source: Source::SelfRating,
        rater: me.to_string(),
        kind: Kind::Out,
    });
    assert!(
        done.moved.is_some(),
        "it was published, so it is a revision"
    );
    assert!(story.published(round).1 != before.1);
    exported::files_give_the_same_digits(story, round);
    let call = story.office();
    let rows = story.store.read_here(|db| {
        let permit = call.actor.see_child(&me, &class)?;
        Acted::Ok(corrections::about(db, &permit, &call.school, round)?)
    });
    corrects(Act::Undo(rows.unwrap()[0].id.clone()));
    assert!(story.published(round) == before);
    exported::files_give_the_same_digits(story, round);
}

/// A child says so, the machine proposes, the office declines with words.
pub fn something_is_not_right(story: &Story, round: &str) {
    let (class, pupils) = story.classes().remove(0);
    let child = Actor::Student {
        id: pupils[1].clone(),
        class: class.clone(),
    };
    let says = story.call(child.clone());
    let filing = Filing {
        about: "all".to_owned(),
        words: String::new(),
    };
    let write = story
        .store
        .write_here(move |tx| appeals::file(tx, &says, &filing));
    write.unwrap();
    let own = |story: &Story| {
        let call = story.call(child.clone());
        story.store.read_here(|db| appeals::own(db, &call)).unwrap()
    };
    let filed = own(story);
    assert!(filed.round.is_none() && filed.rows.len() == 1);
    let (machine, id) = (story.call(Actor::System), filed.rows[0].id.clone());
    let proposes = story.store.write_here(move |tx| {
        let words = "all four voices counted";
        appeals::propose(tx, &machine, &class, &id, &Proposal::Explain, words)
    });
    proposes.unwrap();
    // The second adult is another one than whoever proposed.
    let (office, ruling) = (
        story.call(Actor::Office(StaffId::new("second"))),
        Ruling {
            id: filed.rows[0].id.clone(),
            grant: false,
            answer: "we looked again".to_owned(),
        },
    );
    let prepared = story
        .store
        .read_here(|db| rule_appeal::prepare(db, &office, &ruling, 1));
    let (decision, rules) = (prepared.unwrap(), badges_toml::built_in().unwrap());
    let write = story
        .store
        .write_here(move |tx| rule_appeal::decide(tx, &office, &decision, &rules));
    assert_eq!(write.unwrap(), None);
    let told = own(story);
    assert_eq!(told.rows[0].answer.as_deref(), Some("we looked again"));
    assert_eq!(told.round.unwrap().id, round);
}

/// Given, changed and taken back.
pub fn extra_days_are_kept(story: &Story, round: &str) {
    let (class, pupils) = story.classes().remove(0);
    let (call, round) = (story.office(), round.to_owned());
    let write = story.store.write_here(move |tx| {
        let permit = call.actor.lead_class(&class)?;
        let row = |call: &Call, until| ExtensionRow {
            school_id: call.school.to_string(),
            round_id: round.clone(),
            student_id: pupils[0].to_string(),
            until,
            given_by: String::new(),
            given_at: call.now,
        };
        for until in [call.today, call.today.succ_opt().unwrap()] {
            extensions::set(tx, &permit, &row(&call, until))?;
        }
        let kept = extensions::of_child(tx, &call.school, &pupils[0])?;
        let among = [pupils[0].to_string()];
        let all = extensions::among(tx, &permit, &call.school, &round, &among)?;
        let gone = extensions::remove(tx, &permit, &call.school, &round, &pupils[0])?;
        tx.record(&call, "test", "test", "")?;
        Acted::Ok((kept, all, gone))
    });
    let (kept, all, gone) = write.unwrap();
    assert_eq!((kept.len(), gone), (1, 1));
    assert_eq!(kept, all);
}
