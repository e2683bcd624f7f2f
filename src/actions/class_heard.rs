//! Who named what in the children of a class during a term: classmates and families by their sheets and moments, teachers
//! by sheets, moments and praises. Used by the class portrait and the today page.

use std::collections::{BTreeMap, HashMap};

use super::{Acted, corrected, published_class};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        ids::ClassId,
        moments::Teller,
        portrait::hidden::{Named, Seen, at_top, names},
        rubric::{Of, Rubric, Segment, Source},
        sheet::Answers,
    },
    storage::{
        Db, corrections, moments, praises, rounds, rounds::RoundRow, schools, sheets,
        sheets::SheetRow,
    },
};

/// A child and a star, as positions.
type Place = (usize, usize);

/// Who named what, and how often a teacher's praise or anybody's moment told of it.
#[derive(Default)]
pub struct Heard {
    named: BTreeMap<Place, Named>,
    pub told: HashMap<Place, usize>,
}

/// A term of a class with its published rounds.
pub struct Term<'a> {
    pub permit: &'a ClassPermit,
    pub id: &'a str,
    pub published: &'a [RoundRow],
    pub rubric: &'a Rubric,
}

/// Of each of these children, by id, the stars that classmates or the family named and no teacher did.
pub fn unspoken(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    rubric: &Rubric,
    (term, children): (&str, &[String]),
) -> Acted<HashMap<String, Vec<usize>>> {
    let permit = call.actor.lead_class(class)?;
    if children.is_empty() {
        return Ok(HashMap::new());
    }
    let published = published_class::published_rounds(db, call, class)?;
    let term = Term {
        permit: &permit,
        id: term,
        published: &published,
        rubric,
    };
    let mut stars: HashMap<String, Vec<usize>> = HashMap::new();
    for (child, star, _) in term.heard(db, call, children)?.hidden() {
        if let Some(id) = children.get(child) {
            stars.entry(id.clone()).or_default().push(star);
        }
    }
    Ok(stars)
}

impl Heard {
    /// Children in their order; what classmates see before what only the family sees.
    pub fn hidden(&self) -> Vec<(usize, usize, Seen)> {
        let named = self.named.iter();
        let found = named.filter_map(|((child, star), by)| Some((*child, *star, by.hidden()?)));
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|(child, _, seen)| (*seen == Seen::Home, *child));
        found
    }

    fn name(&mut self, place: Place, by: Teller, who: &str) {
        let named = self.named.entry(place).or_default();
        match by {
            Teller::Peer => drop(named.classmates.insert(who.to_owned())),
            Teller::Parent => named.home = true,
            Teller::Teacher => named.teacher = true,
        }
    }

    fn tell(&mut self, place: Place, by: Teller, who: &str) {
        *self.told.entry(place).or_default() += 1;
        self.name(place, by, who);
    }
}

impl Term<'_> {
    /// Gathers the published rounds, moments and praises of the term about these children, by id.
    pub fn heard(&self, db: &mut Db, call: &Call, children: &[String]) -> Acted<Heard> {
        let at: HashMap<&str, usize> = (children.iter().enumerate())
            .map(|(at, id)| (id.as_str(), at))
            .collect();
        let dimensions = &self.rubric.dimensions;
        let place = |child: &str, star: &str| {
            let star = dimensions.iter().position(|d| d.id == star)?;
            Some((*at.get(child)?, star))
        };
        let mut heard = Heard::default();
        for round in self.published.iter().filter(|r| r.term_id == self.id) {
            self.hear_sheets(db, call, (round, children), &at, &mut heard)?;
        }
        for moment in moments::of_children(db, self.permit, &call.school, self.id, children)? {
            let by = Teller::parse(&moment.by_kind).unwrap_or(Teller::Teacher);
            let told = place(&moment.student_id, &moment.dimension);
            if let Some(place) = told.filter(|_| moment.state != "hidden") {
                heard.tell(place, by, &moment.by_id);
            }
        }
        let days = schools::term(db, &call.school, self.id)?;
        let (from, to) = (days.starts_on, days.ends_on);
        for praise in praises::between(db, self.permit, &call.school, from, to)? {
            if let Some(place) = place(&praise.student_id, &praise.dimension) {
                heard.tell(place, Teller::Teacher, &praise.by_id);
            }
        }
        Ok(heard)
    }

    fn hear_sheets(
        &self,
        db: &mut Db,
        call: &Call,
        (round, children): (&RoundRow, &[String]),
        at: &HashMap<&str, usize>,
        heard: &mut Heard,
    ) -> Acted<()> {
        let part = rounds::class_of(db, &call.school, &round.id, self.permit.class())?;
        let grade = part.and_then(|p| u8::try_from(p.grade).ok());
        let Some(segment) = grade.and_then(Segment::of_grade) else {
            return Ok(());
        };
        let top = self.rubric.scale(segment);
        let mut all = sheets::of_class(db, self.permit, &call.school, &round.id)?;
        let rounds = std::slice::from_ref(&round.id);
        let made = corrections::about_children(db, self.permit, &call.school, rounds, children)?;
        corrected::apply(&mut all, &made);
        for sheet in &all {
            let Some(child) = at.get(sheet.ratee_id.as_str()) else {
                continue;
            };
            if let Some((by, stars)) = self.named(sheet, top) {
                for star in stars {
                    heard.name((*child, star), by, &sheet.rater_id);
                }
            }
        }
        Ok(())
    }

    /// Who names which stars by a sheet; none for what a child says of itself.
    fn named(&self, sheet: &SheetRow, top: u8) -> Option<(Teller, impl Iterator<Item = usize>)> {
        let answers = answers(self.rubric, &sheet.answers);
        let (by, stars) = match Source::from_name(&sheet.source)? {
            Source::Teacher => (Teller::Teacher, at_top(&answers, top)),
            Source::Peer => (Teller::Peer, names(&answers, top)),
            Source::Parent => (Teller::Parent, names(&answers, top)),
            Source::SelfRating => return None,
        };
        Some((by, stars.into_iter()))
    }
}

/// Star and anchor of each answered question about a child.
fn answers(rubric: &Rubric, packed: &str) -> Vec<(usize, u8)> {
    let answered = Answers::unpack(packed).0.into_iter();
    let placed = answered.filter_map(|(id, anchor)| {
        let indicator = rubric.indicators.get(rubric.indicator(&id)?)?;
        let of_child = indicator.of == Of::Student;
        of_child.then_some(())?;
        Some((indicator.dimension?, anchor?))
    });
    placed.collect()
}
