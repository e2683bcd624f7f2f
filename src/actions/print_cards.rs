//! Star cards on paper: what each child of a class earned or exchanged since the last printing. A printing moves the mark;
//! the last one can be shown again.

use std::collections::BTreeMap;

use super::{Acted, class_desk};
use crate::{
    domain::{actor::Call, ids::ClassId, star_cards::Unit},
    storage::{
        Db, Tx,
        star_cards::{self, EntryRow, PrintRow},
        students::StudentRow,
    },
};

/// A child's cards to cut out, by unit.
#[derive(Clone, Debug)]
pub struct ForChild {
    pub child: StudentRow,
    pub cards: BTreeMap<Unit, u32>,
}

impl ForChild {
    /// All cards of the child.
    pub fn count(&self) -> u32 {
        self.cards.values().sum()
    }
}

struct Marks {
    children: Vec<StudentRow>,
    entries: BTreeMap<String, Vec<EntryRow>>,
    /// By child, rising.
    prints: BTreeMap<String, Vec<i32>>,
}

impl Marks {
    fn load(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Self> {
        let permit = call.actor.lead_class(class)?;
        let children = class_desk::desk(db, call, class)?.children;
        let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
        let mut entries: BTreeMap<String, Vec<EntryRow>> = BTreeMap::new();
        for row in star_cards::of_class(db, &permit, &call.school, &ids)? {
            let of = entries.entry(row.student_id.clone()).or_default();
            of.push(row);
        }
        let mut prints: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        for row in star_cards::prints(db, &permit, &call.school, &ids)? {
            prints.entry(row.student_id).or_default().push(row.upto);
        }
        Ok(Self {
            children,
            entries,
            prints,
        })
    }

    /// The `back`-th mark from the end, 0 being the newest; 0 where there is none.
    fn mark(&self, child: &str, back: usize) -> i32 {
        let marks = self.prints.get(child);
        let found = marks.and_then(|marks| marks.iter().rev().nth(back));
        found.copied().unwrap_or(0)
    }

    fn last(&self, child: &str) -> i32 {
        let rows = self.entries.get(child);
        rows.and_then(|rows| rows.last()).map_or(0, |row| row.no)
    }

    /// The cards of the lines after one and up to another.
    fn cards(&self, child: &StudentRow, (after, upto): (i32, i32)) -> Option<ForChild> {
        let mut sums: BTreeMap<Unit, i32> = BTreeMap::new();
        let rows = self.entries.get(&child.id)?.iter();
        for row in rows.filter(|row| row.no > after && row.no <= upto) {
            let unit = Unit::parse(&row.unit);
            // A moon that was made is a card to cut out; the stars it took are handed in for it.
            let is_card = row.act == "earned" || !matches!(unit, Unit::Star(_));
            if is_card && row.act != "privilege" {
                *sums.entry(unit).or_default() += row.amount;
            }
        }
        let cards = sums.into_iter().filter_map(|(unit, n)| {
            let n = u32::try_from(n).ok().filter(|n| *n > 0)?;
            Some((unit, n))
        });
        let found = ForChild {
            child: child.clone(),
            cards: cards.collect(),
        };
        (!found.cards.is_empty()).then_some(found)
    }
}

/// How many cards a printing would have now.
pub fn waiting(db: &mut Db, call: &Call, class: &ClassId) -> Acted<u32> {
    let marks = Marks::load(db, call, class)?;
    let children = marks.children.iter();
    let new = children.filter_map(|c| marks.cards(c, (marks.mark(&c.id, 0), marks.last(&c.id))));
    Ok(new.map(|one| one.count()).sum())
}

/// Moves the mark of every child that has something new; how many cards that are.
pub fn print(tx: &mut Tx<'_>, call: &Call, class: &ClassId) -> Acted<u32> {
    let permit = call.actor.lead_class(class)?;
    let marks = Marks::load(tx, call, class)?;
    let mut cards = 0;
    for child in &marks.children {
        let (mark, last) = (marks.mark(&child.id, 0), marks.last(&child.id));
        let Some(found) = marks.cards(child, (mark, last)) else {
            continue;
        };
        cards += found.count();
        let row = PrintRow {
            school_id: call.school.to_string(),
            student_id: child.id.clone(),
            upto: last,
            printed_by: call.actor.id().to_owned(),
            printed_at: call.now,
        };
        star_cards::add_print(tx, &permit, &row)?;
    }
    let detail = format!("cards={cards}");
    tx.record(call, "cards.print", &format!("class/{class}"), &detail)?;
    Ok(cards)
}

/// The newest printing of each child, by seat.
pub fn newest(db: &mut Db, call: &Call, class: &ClassId) -> Acted<(String, Vec<ForChild>)> {
    let marks = Marks::load(db, call, class)?;
    let name = class_desk::desk(db, call, class)?.name;
    let children = marks.children.iter();
    let found = children
        .filter_map(|c| marks.cards(c, (marks.mark(&c.id, 1), marks.mark(&c.id, 0))))
        .collect();
    Ok((name, found))
}
