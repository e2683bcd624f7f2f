//! What is stored about one child, for its family's view and export (security.md S-69): only what the permit's child is
//! the matter of. What may be told of it is decided by `actions/home_data.rs`.

use diesel::prelude::*;

use super::{
    access::LinkRow,
    engine::Db,
    error::Stored,
    schema::{enrolments, family_links, sheets},
    sheets::SheetRow,
    students::EnrolmentRow,
};
use crate::domain::{actor::ChildPermit, ids::SchoolId};

/// The child's stays in classes, oldest first.
pub fn stays(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<EnrolmentRow>> {
    Ok(enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::student_id.eq(permit.student().as_str())),
        )
        .order((enrolments::starts_on.asc(), enrolments::id.asc()))
        .select(EnrolmentRow::as_select())
        .load(db)?)
}

/// The family's links, oldest first.
pub fn links(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<LinkRow>> {
    Ok(family_links::table
        .filter(
            family_links::school_id
                .eq(school.as_str())
                .and(family_links::student_id.eq(permit.student().as_str())),
        )
        .order((family_links::issued_at.asc(), family_links::id.asc()))
        .select(LinkRow::as_select())
        .load(db)?)
}

/// All sheets about the child, oldest first.
pub fn sheets_about(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::ratee_id.eq(permit.student().as_str())),
        )
        .order((sheets::saved_at.asc(), sheets::round_id.asc()))
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Sheets about the class by these raters of the child's home.
pub fn homes_sheets_about_class(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    raters: &[String],
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::source.eq("parent")),
        )
        .filter(
            sheets::rater_id
                .eq_any(raters)
                .and(sheets::ratee_id.ne(permit.student().as_str())),
        )
        .order((sheets::saved_at.asc(), sheets::round_id.asc()))
        .select(SheetRow::as_select())
        .load(db)?)
}

/// How many sheets the child wrote about others.
pub fn written(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<i64> {
    let child = permit.student().as_str();
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::rater_id.eq(child)),
        )
        .filter(sheets::ratee_id.ne(child))
        .count()
        .get_result(db)?)
}
