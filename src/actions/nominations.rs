//! Who is nominated for the Young Pioneers' badge (红领巾奖章) this term, class by class, with what speaks for each: a list
//! to print, sign and hand over. The official badge stays on paper. Used by `web::teacher::nominations`.

use super::{Acted, badge_rules, class_desk, class_room::current_term, import_classes::ClassCodes};
use crate::{
    domain::{
        actor::Call,
        badges::{Rule, Rules},
        ids::{ClassId, StudentId},
    },
    storage::{
        Db, Tx, moments, moments::MomentRow, results::AwardRow, schools::TermRow,
        students::StudentRow,
    },
};

/// The tier of a rule whose badge is a nomination.
const TIER: &str = "nomination";

/// A class's list.
#[derive(Debug)]
pub struct ClassList {
    pub class: ClassId,
    pub name: String,
    pub children: usize,
    /// At most so many of them, by the quota of the rule.
    pub most: usize,
    /// Proposed, and still without the homeroom teacher's yes.
    pub waiting: usize,
    /// By seat.
    pub nominated: Vec<Nominated>,
}

/// A child on the list.
#[derive(Debug)]
pub struct Nominated {
    pub child: StudentRow,
    /// Badges of the term that it may see, newest first.
    pub badges: Vec<AwardRow>,
    /// Its newest released moment of the term.
    pub moment: Option<MomentRow>,
}

/// The lists of one class, or of all classes, of the present term.
///
/// # Errors
/// `NotFound` before the first term and for a class of somebody else's; `Forbidden` for whoever does not lead it.
pub fn lists(
    tx: &mut Tx<'_>,
    call: &Call,
    class: Option<&ClassId>,
    built_in: &Rules,
) -> Acted<(TermRow, Vec<ClassList>)> {
    let term = current_term(tx, call)?;
    let rules = badge_rules::in_force(tx, &call.school, &term, built_in)?;
    let nominates: Vec<&Rule> = rules.badges.iter().filter(|r| r.tier == TIER).collect();
    let classes = match class {
        Some(class) => vec![class.clone()],
        None => {
            call.actor.run_school()?;
            let codes = ClassCodes::load(tx, call)?;
            codes.iter().map(|(_, id)| id.clone()).collect()
        }
    };
    let lists: Vec<ClassList> = classes
        .iter()
        .map(|class| of_class(tx, call, &term, class, &nominates))
        .collect::<Acted<_>>()?;
    let named: usize = lists.iter().map(|list| list.nominated.len()).sum();
    let object = match class {
        Some(class) => format!("class/{class}"),
        None => format!("school/{}", call.school),
    };
    tx.record(
        call,
        "nomination.print",
        &object,
        &format!("children={named}"),
    )?;
    Ok((term, lists))
}

fn of_class(
    db: &mut Db,
    call: &Call,
    term: &TermRow,
    class: &ClassId,
    nominates: &[&Rule],
) -> Acted<ClassList> {
    call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let awards = class_desk::awards(db, call, &desk)?;
    let nominates_with = |award: &AwardRow| nominates.iter().any(|rule| rule.id == award.badge);
    let (named, others): (Vec<AwardRow>, Vec<AwardRow>) =
        awards.into_iter().partition(|award| nominates_with(award));
    let is_named = |child: &StudentRow| {
        let mut own = named.iter().filter(|award| award.recipient_id == child.id);
        own.any(|award| award.visible_at.is_some())
    };
    let mut nominated = Vec::new();
    for child in desk.children.iter().filter(|child| is_named(child)) {
        let own = others.iter().filter(|award| award.recipient_id == child.id);
        let seen = own.filter(|award| award.visible_at.is_some()).cloned();
        nominated.push(Nominated {
            badges: seen.collect(),
            moment: newest_moment(db, call, term, class, child)?,
            child: child.clone(),
        });
    }
    let quota = nominates.iter().filter_map(|rule| rule.quota);
    Ok(ClassList {
        class: class.clone(),
        name: desk.name,
        children: desk.children.len(),
        most: share(quota.fold(1.0, f64::min), desk.children.len()),
        waiting: named.iter().filter(|award| award.is_proposal()).count(),
        nominated,
    })
}

/// How many of a class a quota lets through: never more than the share.
fn share(quota: f64, children: usize) -> usize {
    let fits = |n: &usize| {
        let n = u32::try_from(*n).unwrap_or(u32::MAX);
        let all = u32::try_from(children).unwrap_or(0);
        f64::from(n) <= quota * f64::from(all) + 1e-9
    };
    (0..=children).take_while(fits).last().unwrap_or(0)
}

fn newest_moment(
    db: &mut Db,
    call: &Call,
    term: &TermRow,
    class: &ClassId,
    child: &StudentRow,
) -> Acted<Option<MomentRow>> {
    let id = StudentId::new(child.id.clone());
    let permit = call.actor.see_child(&id, class)?;
    let told = moments::released_of(db, &permit, &call.school, &term.id)?;
    Ok(told.into_iter().max_by_key(|moment| moment.told_on))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_quota_is_never_exceeded() {
        let shares = [0, 1, 3, 4, 10, 44, 45, 50].map(|n| share(0.3, n));
        assert_eq!(shares, [0, 0, 0, 1, 3, 13, 13, 15]);
    }
}
