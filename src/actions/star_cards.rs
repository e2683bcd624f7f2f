//! Star cards: a change of praises or moments becomes lines of the ledger within the same write; what pages show is what
//! the lines add up to. The rules are `domain/star_cards`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Acted, class_room::current_term, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit, SchoolPermit},
        star_cards::{Act, Cards, Cause, Entry, Ledger, Purse, Seen, Unit, cards, settle},
    },
    storage::{
        Db, Tx, recognition,
        schools::TermRow,
        star_cards::{self, EntryRow},
    },
};

/// Ids of the present rubric's stars, in its order.
pub(super) fn dimensions(db: &mut Db, call: &Call, term: &TermRow) -> Acted<Vec<String>> {
    let rubric = read_rubric(db, &call.school, &term.rubric_id)?;
    Ok(rubric.dimensions.into_iter().map(|d| d.id).collect())
}

/// The ledger of lines of one child, as of a term.
pub(super) fn ledger<'r>(rows: impl IntoIterator<Item = &'r EntryRow>, term: &str) -> Ledger {
    let mut ledger = Ledger::default();
    for row in rows {
        match row.term_id == term {
            true => ledger.add(&entry(row)),
            false => ledger.add_older(&entry(row)),
        }
    }
    ledger
}

fn entry(row: &EntryRow) -> Entry {
    let act = match row.act.as_str() {
        "earned" if row.cause.is_empty() => Act::Earned(Cause::Praises),
        "earned" => Act::Earned(Cause::Moment(row.cause.clone())),
        "privilege" => Act::Privilege,
        _ => Act::Exchanged,
    };
    Entry {
        act,
        unit: Unit::parse(&row.unit),
        amount: i64::from(row.amount),
    }
}

/// A child's ledger while lines are added to it.
pub(super) struct Book {
    pub rows: Vec<EntryRow>,
    pub ledger: Ledger,
}

/// The ledgers of some children.
pub(super) struct Books {
    permit: SchoolPermit,
    pub term: TermRow,
    pub stars: Vec<String>,
    by_child: BTreeMap<String, Book>,
}

impl Books {
    /// Opens them. The machine reads and writes, whoever made the change.
    pub fn open(db: &mut Db, call: &Call, children: &[String]) -> Acted<Self> {
        let permit = Actor::System.run_school()?;
        let term = current_term(db, call)?;
        let stars = dimensions(db, call, &term)?;
        let mut lines: BTreeMap<String, Vec<EntryRow>> = BTreeMap::new();
        for row in star_cards::entries(db, &permit, &call.school, children)? {
            lines.entry(row.student_id.clone()).or_default().push(row);
        }
        let book = |child: &String| {
            let rows = lines.remove(child).unwrap_or_default();
            let ledger = ledger(&rows, &term.id);
            (child.clone(), Book { rows, ledger })
        };
        let by_child = children.iter().map(book).collect();
        Ok(Self {
            permit,
            term,
            stars,
            by_child,
        })
    }

    /// One child's.
    pub fn of(&mut self, child: &str) -> Option<&mut Book> {
        self.by_child.get_mut(child)
    }

    /// Adds lines to a child's ledger; `taking` and privilege for those that pay one.
    pub fn write(
        &mut self,
        tx: &mut Tx<'_>,
        call: &Call,
        child: &str,
        entries: &[Entry],
        taking: (&str, Option<&str>),
    ) -> Acted<()> {
        let Some(book) = self.by_child.get_mut(child) else {
            return Ok(());
        };
        for entry in entries {
            let (cause, privilege) = match &entry.act {
                Act::Earned(cause) => (cause.id(), None),
                Act::Exchanged => ("", None),
                Act::Privilege => taking,
            };
            let row = EntryRow {
                school_id: call.school.to_string(),
                student_id: child.to_owned(),
                no: book.rows.last().map_or(1, |last| last.no + 1),
                term_id: self.term.id.clone(),
                act: entry.act.key().to_owned(),
                unit: entry.unit.key().to_owned(),
                amount: i32::try_from(entry.amount).unwrap_or(0),
                cause: cause.to_owned(),
                privilege_id: privilege.map(str::to_owned),
                by_id: call.actor.id().to_owned(),
                written_at: call.now,
            };
            star_cards::append(tx, &self.permit, &row)?;
            book.rows.push(row);
        }
        Ok(())
    }

    /// Makes the ledgers say what is seen of the children; how many lines that took.
    pub fn settle(&mut self, tx: &mut Tx<'_>, call: &Call) -> Acted<usize> {
        let children: Vec<String> = self.by_child.keys().cloned().collect();
        let mut seen = self.seen(tx, call, &children)?;
        let stars = self.stars.clone();
        let stars: Vec<&str> = stars.iter().map(String::as_str).collect();
        let mut lines = 0;
        for child in children {
            let seen = seen.remove(&child).unwrap_or_default();
            let Some(book) = self.by_child.get_mut(&child) else {
                continue;
            };
            let written = settle(&mut book.ledger, &seen, &stars);
            self.write(tx, call, &child, &written, ("", None))?;
            lines += written.len();
        }
        Ok(lines)
    }

    fn seen(&self, db: &mut Db, call: &Call, of: &[String]) -> Acted<HashMap<String, Seen>> {
        let (permit, school, term) = (&self.permit, &call.school, &self.term.id);
        let mut seen: HashMap<String, Seen> = HashMap::new();
        let known = |star: &String| self.stars.contains(star);
        for row in recognition::praises(db, permit, school, term, Some(of))? {
            if known(&row.dimension) {
                let child = seen.entry(row.student_id).or_default();
                *child.praises.entry(row.dimension).or_default() += 1;
            }
        }
        for row in recognition::moments(db, permit, school, term, Some(of))? {
            if known(&row.dimension) {
                let child = seen.entry(row.student_id).or_default();
                child.moments.insert(row.id, row.dimension);
            }
        }
        Ok(seen)
    }
}

/// What a change of these children's praises or moments makes of their cards; called within its write.
pub(super) fn after_change(tx: &mut Tx<'_>, call: &Call, children: &[String]) -> Acted<()> {
    let mut books = Books::open(tx, call, children)?;
    let lines = books.settle(tx, call)?;
    if lines == 0 {
        return Ok(());
    }
    let detail = format!("children={} lines={lines}", children.len());
    Ok(tx.record(
        call,
        "cards.write",
        &format!("term/{}", books.term.id),
        &detail,
    )?)
}

/// The same for everybody of whom something was seen in the term: for what was stored past the actions.
pub(super) fn all(tx: &mut Tx<'_>, permit: &SchoolPermit, call: &Call, term: &str) -> Acted<()> {
    let praised = recognition::praises(tx, permit, &call.school, term, None)?;
    let told = recognition::moments(tx, permit, &call.school, term, None)?;
    let children = praised.into_iter().chain(told).map(|row| row.student_id);
    let children: BTreeSet<String> = children.collect();
    let children: Vec<String> = children.into_iter().collect();
    after_change(tx, call, &children)
}

/// A child's cards: what it earned, and what it can exchange.
#[derive(Clone, Debug, Default)]
pub struct OwnCards {
    pub earned: Cards,
    pub purse: Purse,
}

/// Loads them; `dimensions` are the rubric's, in their order.
pub fn own(db: &mut Db, call: &Call, permit: &ChildPermit, dimensions: &[&str]) -> Acted<OwnCards> {
    let rows = star_cards::of_child(db, permit, &call.school)?;
    let ledger = ledger(&rows, "");
    let earned: Vec<u32> = dimensions.iter().map(|star| ledger.earned(star)).collect();
    Ok(OwnCards {
        earned: cards(&earned),
        purse: ledger.purse(),
    })
}
