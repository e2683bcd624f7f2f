//! Festivals of the demo's school, kept through the same actions as by office and homeroom teachers.

use std::collections::BTreeSet;

use super::{
    desk::Desk,
    people::People,
    world::{FESTIVALS, Festival, World},
};
use crate::{
    actions::{
        ActionError,
        festivals::{self, New},
    },
    domain::term_comment::guard::Words,
};

/// Stores them; none whose day is still to come.
pub fn make(desk: &Desk, world: &World, people: &People) -> anyhow::Result<()> {
    for festival in &FESTIVALS {
        let on = desk.plan.date(5 * festival.round + festival.weekday);
        if on > desk.date {
            continue;
        }
        let new = New {
            kind: festival.kind.to_owned(),
            name: festival.name.to_owned(),
            on,
        };
        let call = desk.today();
        let id = desk
            .store
            .write_here(move |tx| festivals::make(tx, &call, None, &new))?;
        for place in 0..people.classes.len() {
            take_part(desk, world, people, (festival, &id), place)?;
        }
    }
    Ok(())
}

fn take_part(
    desk: &Desk,
    world: &World,
    people: &People,
    (festival, id): (&Festival, &str),
    place: usize,
) -> anyhow::Result<()> {
    let part = world.festival(festival, place);
    let Some(class) = people.classes.get(place).cloned() else {
        return Ok(());
    };
    let ids = |children: &[usize]| -> BTreeSet<String> {
        let ids = children.iter().filter_map(|at| people.students.get(*at));
        ids.map(ToString::to_string).collect()
    };
    let took_part = ids(&part.children);
    if took_part.is_empty() {
        return Ok(());
    }
    let awards = part.awards.iter();
    let awards: Vec<_> = awards.map(|(said, whom)| (*said, ids(whom))).collect();
    let (call, id) = (desk.today(), id.to_owned());
    desk.store.write_here(move |tx| {
        festivals::tick(tx, &call, &class, &id, &took_part)?;
        for (said, whom) in &awards {
            festivals::award(tx, &call, &class, &id, (whom, said), &Words::default())?;
        }
        Ok::<(), ActionError>(())
    })?;
    Ok(())
}
