//! `/rounds/{id}/participation` and `/rounds/{id}/scores`: counts while a round runs, and the published numbers of one
//! class for those who lead it. There is no way to ask for an order (security.md 3).

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, Listed, cut, limit},
    shapes::{Refusals, Score},
};
use crate::{
    actions::{
        participation::{self, Turnout},
        published,
    },
    domain::ids::ClassId,
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// How much of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ParticipationAsked {
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// One class's counts of children.
#[derive(Serialize, ToSchema)]
pub struct Participation {
    class_id: String,
    class: String,
    grade: i32,
    enrolled: usize,
    /// Away in this round; in none of the counts below but families and teachers.
    excused: usize,
    /// With the own sheet and every assigned classmate's.
    done: usize,
    /// With at least one sheet.
    begun: usize,
    /// Whose family answered.
    families: usize,
    /// About whom a teacher said something.
    teachers: usize,
}

/// Count who takes part, class by class: the own classes for teachers, all for the office. Nobody is named.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/participation", tag = "results",
    params(("id" = String, Path), ParticipationAsked),
    responses((status = 200, description = "Counts.", body = Listed<Participation>), Refusals))]
pub async fn participation(
    visit: Visit,
    id: web::Path<String>,
    Asked(asked): Asked<ParticipationAsked>,
) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let id = id.into_inner();
    let (_, rows) = visit
        .read(Door::Any, move |db, seen| {
            participation::participation(db, &seen.call, &id)
        })
        .await?;
    let items: Vec<Participation> = rows.into_iter().map(counted).collect();
    let listed = cut(items, most, asked.cursor.as_deref(), |p| p.class_id.clone())?;
    Ok(HttpResponse::Ok().json(listed))
}

fn counted(row: Turnout) -> Participation {
    Participation {
        class_id: row.class.to_string(),
        class: row.code,
        grade: row.grade,
        enrolled: row.enrolled,
        excused: row.excused,
        done: row.done,
        begun: row.begun,
        families: row.families,
        teachers: row.by_teachers,
    }
}

/// Which class.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScoresAsked {
    /// Id of the class.
    class: String,
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// A child's published numbers.
#[derive(Serialize, ToSchema)]
pub struct StudentScores {
    student_id: String,
    student_no: String,
    name: String,
    round: Score,
    term: Score,
}

/// Read the published numbers of a class's children, by student number. Homeroom teacher and office only; each reading
/// is a line in the audit log.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/scores", tag = "results",
    params(("id" = String, Path), ScoresAsked),
    responses((status = 200, description = "Numbers.", body = Listed<StudentScores>), Refusals))]
pub async fn list(
    visit: Visit,
    id: web::Path<String>,
    Asked(asked): Asked<ScoresAsked>,
) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let (id, class) = (id.into_inner(), ClassId::new(asked.class));
    let (_, found) = visit
        .write(Door::Any, move |tx, seen| {
            published::class_scores(tx, &seen.call, &id, &class)
        })
        .await?;
    let (rubric, rows) = (found.rubric, found.rows);
    let items: Vec<StudentScores> = rows
        .into_iter()
        .map(|(child, row)| StudentScores {
            student_id: child.id,
            student_no: child.student_no,
            name: child.name,
            round: Score::of(&row.round, &rubric),
            term: Score::of(&row.term, &rubric),
        })
        .collect();
    let listed = cut(items, most, asked.cursor.as_deref(), |s| {
        s.student_id.clone()
    })?;
    Ok(HttpResponse::Ok().json(listed))
}
