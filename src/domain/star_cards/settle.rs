//! What is written into the ledger of star cards after a change, for a privilege and for one given back.

use std::collections::BTreeSet;

use super::{Act, Cause, Entry, Ledger, MOONS_PER_SUN, Price, PriceUnit, Seen, Unit};

/// What has to be written so that the ledger says what was seen: new stars first, then those that went, then whatever
/// five or four of can be exchanged. A star that was spent before its praise was taken back stays until another one of
/// its dimension can stand in for it; nothing goes below zero. Written twice it writes nothing more.
///
/// ```
/// # use starlight::domain::star_cards::{Ledger, Seen, settle};
/// let seen = Seen { praises: [("virtue".to_owned(), 5)].into(), ..Seen::default() };
/// let mut ledger = Ledger::default();
/// let written = settle(&mut ledger, &seen, &["virtue", "labour"]);
/// assert_eq!((written.len(), ledger.earned("virtue")), (1, 1));
/// assert!(settle(&mut ledger, &seen, &["virtue", "labour"]).is_empty());
/// ```
pub fn settle(ledger: &mut Ledger, seen: &Seen, dimensions: &[&str]) -> Vec<Entry> {
    let mut pen = Pen::on(ledger);
    let rights = seen.rights();
    for ((star, cause), right) in &rights {
        let missing = right - pen.granted(star, cause);
        if missing > 0 {
            pen.write(
                Act::Earned(cause.clone()),
                Unit::Star(star.clone()),
                missing,
            );
        }
    }
    let granted: Vec<(String, Cause)> = pen.ledger.granted.keys().cloned().collect();
    for (star, cause) in granted {
        let right = rights.get(&(star.clone(), cause.clone()));
        let mut over = pen.granted(&star, &cause) - right.copied().unwrap_or(0);
        let unit = Unit::Star(star);
        while over > 0 && pen.free(&unit, dimensions) {
            pen.write(Act::Earned(cause.clone()), unit.clone(), -1);
            over -= 1;
        }
    }
    pen.exchange(dimensions);
    pen.written
}

/// What has to be written for a privilege of this price, or nothing where there is not enough. Stars of the dimensions
/// that have most go first; moons and suns are broken where it needs them.
pub fn pay(ledger: &mut Ledger, price: &Price, dimensions: &[&str]) -> Option<Vec<Entry>> {
    if !price.is_within(ledger.purse(), dimensions) {
        return None;
    }
    let mut pen = Pen::on(ledger);
    for _ in 0..price.amount {
        let unit = match price.unit {
            PriceUnit::Star => pen.fullest(dimensions)?,
            PriceUnit::Moon => pen.any_moon()?,
            PriceUnit::Sun => Unit::Sun,
        };
        pen.write(Act::Privilege, unit, -1);
    }
    pen.exchange(dimensions);
    Some(pen.written)
}

/// What has to be written where a privilege was given back: all it took.
pub fn pay_back(ledger: &mut Ledger, took: &[(Unit, i64)], dimensions: &[&str]) -> Vec<Entry> {
    let mut pen = Pen::on(ledger);
    for (unit, amount) in took {
        pen.write(Act::Privilege, unit.clone(), -amount);
    }
    pen.exchange(dimensions);
    pen.written
}

/// Writes lines and keeps the sums right.
struct Pen<'l> {
    ledger: &'l mut Ledger,
    written: Vec<Entry>,
}

impl<'l> Pen<'l> {
    fn on(ledger: &'l mut Ledger) -> Self {
        Self {
            ledger,
            written: Vec::new(),
        }
    }

    fn write(&mut self, act: Act, unit: Unit, amount: i64) {
        let entry = Entry { act, unit, amount };
        self.ledger.add(&entry);
        self.written.push(entry);
    }

    fn granted(&self, star: &str, cause: &Cause) -> i64 {
        let key = (star.to_owned(), cause.clone());
        self.ledger.granted.get(&key).copied().unwrap_or(0)
    }

    /// Sees to it that one of a unit is there, breaking what is larger.
    fn free(&mut self, unit: &Unit, dimensions: &[&str]) -> bool {
        if self.ledger.has(unit) > 0 {
            return true;
        }
        let of_rubric = matches!(unit, Unit::Star(star) if dimensions.contains(&star.as_str()));
        if !of_rubric || self.any_moon().is_none() {
            return false;
        }
        self.break_moon(dimensions);
        true
    }

    /// A moon, out of a sun where there is none.
    fn any_moon(&mut self) -> Option<Unit> {
        if self.ledger.has(&Unit::Moon) == 0 {
            if self.ledger.has(&Unit::Sun) == 0 {
                return None;
            }
            self.write(Act::Exchanged, Unit::Sun, -1);
            self.write(Act::Exchanged, Unit::Moon, MOONS_PER_SUN);
        }
        Some(Unit::Moon)
    }

    fn break_moon(&mut self, dimensions: &[&str]) {
        self.write(Act::Exchanged, Unit::Moon, -1);
        for star in dimensions {
            self.write(Act::Exchanged, Unit::Star((*star).to_owned()), 1);
        }
    }

    /// The star there is most of; the first of these in the rubric's order.
    fn fullest(&mut self, dimensions: &[&str]) -> Option<Unit> {
        let stars = |ledger: &Ledger| -> Option<Unit> {
            let known = dimensions.iter().map(|d| Unit::Star((*d).to_owned()));
            let gone = ledger.balance.keys();
            let gone = gone
                .filter(|unit| matches!(unit, Unit::Star(s) if !dimensions.contains(&s.as_str())));
            let all: Vec<Unit> = known.chain(gone.cloned()).collect();
            let most = all.iter().map(|unit| ledger.has(unit)).max()?;
            let first = all.into_iter().find(|unit| ledger.has(unit) == most);
            first.filter(|_| most > 0)
        };
        if let Some(found) = stars(self.ledger) {
            return Some(found);
        }
        self.any_moon()?;
        self.break_moon(dimensions);
        stars(self.ledger)
    }

    /// Five different stars become a moon, four moons a sun, as often as it goes.
    fn exchange(&mut self, dimensions: &[&str]) {
        let different: BTreeSet<&str> = dimensions.iter().copied().collect();
        let stars: Vec<Unit> = different
            .into_iter()
            .map(|star| Unit::Star(star.to_owned()))
            .collect();
        while !stars.is_empty() && stars.iter().all(|unit| self.ledger.has(unit) > 0) {
            for unit in &stars {
                self.write(Act::Exchanged, unit.clone(), -1);
            }
            self.write(Act::Exchanged, Unit::Moon, 1);
        }
        while self.ledger.has(&Unit::Moon) >= MOONS_PER_SUN {
            self.write(Act::Exchanged, Unit::Moon, -MOONS_PER_SUN);
            self.write(Act::Exchanged, Unit::Sun, 1);
        }
    }
}
