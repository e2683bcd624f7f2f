//! What a class's cards can be exchanged for: the homeroom teacher keeps the list, takes one for a child and gives it
//! back. A privilege takes from what can be exchanged, never from what was earned.

use std::collections::BTreeMap;

use super::{
    Acted, class_desk,
    class_desk::ClassDesk,
    class_room::current_term,
    new_id,
    star_cards::{Books, dimensions, ledger},
};
use crate::{
    domain::{
        actor::{Call, ChildPermit},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        star_cards::{Price, PriceUnit, Purse, Unit, pay, pay_back},
        term_comment::guard::{Words, labels},
    },
    storage::{
        Db, Tx,
        star_cards::{self, EntryRow, PrivilegeRow},
        students,
    },
};

/// Fewest and most characters of a privilege.
pub const LENGTH: (usize, usize) = (2, 12);
/// Most privileges of a class that are on.
pub const MOST: usize = 12;
/// Most cards that one may cost.
pub const MOST_CARDS: i32 = 20;
/// The pictures there are, by the names `g-…` of `static/icons.svg`.
pub const PICTURES: [&str; 8] = [
    "song", "seat", "book", "lead", "game", "chalk", "plant", "gift",
];
/// What a class may begin with: picture, unit and price; the words are Fluent `privilege-ready-{picture}`.
pub const READY: [(&str, &str, i32); 8] = [
    ("song", "star", 3),
    ("seat", "moon", 1),
    ("book", "star", 3),
    ("lead", "star", 2),
    ("game", "moon", 1),
    ("chalk", "star", 2),
    ("plant", "star", 2),
    ("gift", "sun", 1),
];

/// A class with its children's purses.
#[derive(Clone, Debug)]
pub struct Desk {
    pub desk: ClassDesk,
    /// Those that are on, and those that are off.
    pub on: Vec<PrivilegeRow>,
    pub off: Vec<PrivilegeRow>,
    /// By child.
    pub purses: BTreeMap<String, Purse>,
    pub taken: Vec<Taken>,
    /// Dimensions of the rubric: so many stars are a moon.
    pub stars: usize,
}

/// A privilege that a child had and that was not given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub id: String,
    pub student: String,
    pub privilege: PrivilegeRow,
    pub at: i64,
}

/// Most takings that a page lists.
const LISTED: usize = 12;

/// Loads a class that the caller leads.
pub fn desk(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Desk> {
    let permit = call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = current_term(db, call)?;
    let stars = dimensions(db, call, &term)?.len();
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let rows = star_cards::of_class(db, &permit, &call.school, &ids)?;
    let mut of: BTreeMap<&str, Vec<&EntryRow>> = BTreeMap::new();
    for row in &rows {
        of.entry(&row.student_id).or_default().push(row);
    }
    let purse = |id: &String| {
        let rows = of.get(id.as_str()).cloned().unwrap_or_default();
        (id.clone(), ledger(rows, &term.id).purse())
    };
    let all = star_cards::privileges_of(db, &call.school, class.as_str())?;
    let (on, off) = all.into_iter().partition(|row| row.off_at.is_none());
    let mut taken = taken(db, call, &rows)?;
    taken.truncate(LISTED);
    Ok(Desk {
        purses: ids.iter().map(purse).collect(),
        on,
        off,
        taken,
        stars,
        desk,
    })
}

/// What was taken and not given back, newest first.
fn taken(db: &mut Db, call: &Call, rows: &[EntryRow]) -> Acted<Vec<Taken>> {
    let mut open: BTreeMap<&str, (&EntryRow, i32)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.act == "privilege") {
        open.entry(&row.cause).or_insert((row, 0)).1 += row.amount;
    }
    let open = open.into_values().filter(|(_, sum)| *sum != 0);
    let open: Vec<&EntryRow> = open.map(|(row, _)| row).collect();
    let ids: Vec<String> = open.iter().filter_map(|r| r.privilege_id.clone()).collect();
    let known = star_cards::privileges_by_id(db, &call.school, &ids)?;
    let known: BTreeMap<&str, &PrivilegeRow> = known.iter().map(|p| (p.id.as_str(), p)).collect();
    let one = |row: &&EntryRow| {
        let privilege = known.get(row.privilege_id.as_deref()?)?;
        Some(Taken {
            id: row.cause.clone(),
            student: row.student_id.clone(),
            privilege: (*privilege).clone(),
            at: row.written_at,
        })
    };
    let mut taken: Vec<Taken> = open.iter().filter_map(one).collect();
    taken.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    Ok(taken)
}

/// What a child sees: its class's privileges that are on, and what it had already, newest first.
pub fn own(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    class: &ClassId,
) -> Acted<(Vec<PrivilegeRow>, Vec<Taken>)> {
    let mut on = star_cards::privileges_of(db, &call.school, class.as_str())?;
    on.retain(|row| row.off_at.is_none());
    let rows = star_cards::of_child(db, permit, &call.school)?;
    Ok((on, taken(db, call, &rows)?))
}

/// A privilege as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub picture: String,
    pub words: String,
    pub unit: String,
    pub price: i32,
}

/// The price of a row.
pub fn price(row: &PrivilegeRow) -> Option<Price> {
    Some(Price {
        unit: PriceUnit::parse(&row.unit)?,
        amount: u32::try_from(row.price).ok()?,
    })
}

/// Adds a privilege. The very same once more switches it on again.
///
/// # Errors
/// `Forbidden` for a subject teacher; `Invalid` with `privilege-words`, `-label`, `-picture`, `-price`, `-many`.
pub fn add(tx: &mut Tx<'_>, call: &Call, class: &ClassId, new: &New, labels: &Words) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let words = judge(new, labels)?;
    let all = star_cards::privileges_of(tx, &call.school, class.as_str())?;
    let same = |row: &&PrivilegeRow| {
        (row.words.as_str(), row.unit.as_str(), row.price) == (&words, &new.unit, new.price)
            && row.picture == new.picture
    };
    if let Some(row) = all.iter().find(same) {
        let id = row.id.clone();
        return switch(tx, call, class, &id, true);
    }
    many(&all)?;
    let row = PrivilegeRow {
        school_id: call.school.to_string(),
        id: new_id(),
        class_id: class.to_string(),
        picture: new.picture.clone(),
        words,
        unit: new.unit.clone(),
        price: new.price,
        added_by: call.actor.id().to_owned(),
        added_at: call.now,
        off_at: None,
    };
    star_cards::add_privilege(tx, &permit, &row)?;
    Ok(tx.record(call, "privilege.add", &format!("privilege/{}", row.id), "")?)
}

fn many(all: &[PrivilegeRow]) -> Result<(), Refusal> {
    match all.iter().filter(|row| row.off_at.is_none()).count() >= MOST {
        true => Err(invalid("privilege-many")),
        false => Ok(()),
    }
}

fn judge(new: &New, words: &Words) -> Result<String, Refusal> {
    let text = new.words.trim();
    let fits = (LENGTH.0..=LENGTH.1).contains(&text.chars().count());
    if !fits || text.chars().any(char::is_control) {
        return Err(invalid("privilege-words"));
    }
    if !labels(text, words).is_empty() {
        return Err(invalid("privilege-label"));
    }
    if !PICTURES.contains(&new.picture.as_str()) {
        return Err(invalid("privilege-picture"));
    }
    let priced = (1..=MOST_CARDS).contains(&new.price) && PriceUnit::parse(&new.unit).is_some();
    match priced {
        true => Ok(text.to_owned()),
        false => Err(invalid("privilege-price")),
    }
}

fn invalid(what: &str) -> Refusal {
    Refusal::Invalid(what.to_owned())
}

/// Switches a privilege on or off; what children had of it stays.
///
/// # Errors
/// `NotFound` for another class's, `Invalid("privilege-many")`.
pub fn switch(tx: &mut Tx<'_>, call: &Call, class: &ClassId, id: &str, on: bool) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    if on {
        let mut all = star_cards::privileges_of(tx, &call.school, class.as_str())?;
        all.retain(|row| row.id != id);
        many(&all)?;
    }
    let off_at = (!on).then_some(call.now);
    if !star_cards::switch_privilege(tx, &permit, &call.school, id, off_at)? {
        return Err(Refusal::NotFound.into());
    }
    let action = if on { "privilege.on" } else { "privilege.off" };
    Ok(tx.record(call, action, &format!("privilege/{id}"), "")?)
}

/// Takes a privilege for a child; returns the taking.
///
/// # Errors
/// `NotFound` for a child of another class or a privilege that is none of the class's or off,
/// `Invalid("privilege-short")` where the child has not enough.
pub fn take(tx: &mut Tx<'_>, call: &Call, class: &ClassId, child: &str, id: &str) -> Acted<String> {
    lead(tx, call, class, child)?;
    let all = star_cards::privileges_of(tx, &call.school, class.as_str())?;
    let row = all.iter().find(|row| row.id == id && row.off_at.is_none());
    let row = row.ok_or(Refusal::NotFound)?;
    let price = price(row).ok_or(Refusal::NotFound)?;
    let mut books = Books::open(tx, call, &[child.to_owned()])?;
    books.settle(tx, call)?;
    let stars = books.stars.clone();
    let stars: Vec<&str> = stars.iter().map(String::as_str).collect();
    let book = books.of(child).ok_or(Refusal::NotFound)?;
    let paid = pay(&mut book.ledger, &price, &stars);
    let paid = paid.ok_or_else(|| invalid("privilege-short"))?;
    let taking = new_id();
    books.write(tx, call, child, &paid, (&taking, Some(id)))?;
    tx.record(
        call,
        "privilege.take",
        &format!("student/{child}"),
        &format!("privilege={id} taking={taking}"),
    )?;
    Ok(taking)
}

/// Gives a taking back: everything it took comes back. Twice changes nothing.
///
/// # Errors
/// `NotFound` for a taking of a child of another class.
pub fn give_back(tx: &mut Tx<'_>, call: &Call, class: &ClassId, taking: &str) -> Acted<()> {
    let found = desk(tx, call, class)?;
    let ids: Vec<String> = found.desk.children.iter().map(|c| c.id.clone()).collect();
    let permit = call.actor.lead_class(class)?;
    let rows = star_cards::of_class(tx, &permit, &call.school, &ids)?;
    let of = |row: &&EntryRow| row.act == "privilege" && row.cause == taking;
    let lines: Vec<&EntryRow> = rows.iter().filter(of).collect();
    let Some(first) = lines.first() else {
        return Err(Refusal::NotFound.into());
    };
    let child = first.student_id.clone();
    let privilege = first.privilege_id.clone();
    let mut took: BTreeMap<Unit, i64> = BTreeMap::new();
    for line in &lines {
        *took.entry(Unit::parse(&line.unit)).or_default() += i64::from(line.amount);
    }
    let took: Vec<(Unit, i64)> = took.into_iter().filter(|(_, n)| *n != 0).collect();
    let mut books = Books::open(tx, call, std::slice::from_ref(&child))?;
    let stars = books.stars.clone();
    let stars: Vec<&str> = stars.iter().map(String::as_str).collect();
    let book = books.of(&child).ok_or(Refusal::NotFound)?;
    let back = pay_back(&mut book.ledger, &took, &stars);
    books.write(tx, call, &child, &back, (taking, privilege.as_deref()))?;
    books.settle(tx, call)?;
    let detail = format!("taking={taking}");
    Ok(tx.record(call, "privilege.back", &format!("student/{child}"), &detail)?)
}

fn lead(db: &mut Db, call: &Call, class: &ClassId, child: &str) -> Acted<()> {
    call.actor.lead_class(class)?;
    let child = StudentId::new(child);
    match students::class_on(db, &call.school, &child, call.today)? == *class {
        true => Ok(()),
        false => Err(Refusal::NotFound.into()),
    }
}
