//! tmp
use crate::{
    actions::{Acted, session::Seen},
    domain::badges::Rules,
    screens::{Lang, family::FamilyCard},
    storage::Db,
};
pub fn family_card(
    _db: &mut Db,
    _seen: &Seen,
    _lang: Lang,
    _rules: &Rules,
    _edit: &str,
) -> Acted<FamilyCard> {
    Err(crate::domain::refusal::Refusal::NotFound.into())
}
