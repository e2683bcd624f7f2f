//! `GET,POST /a/staff`: accounts of staff. New administrators and resets need a fresh proof of identity.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{class_label, clock};
use crate::{
    actions::{
        Acted, office_facts, prove as proof,
        session::Seen,
        staff_accounts::{self, ADMIN, NewStaff},
        staff_list,
    },
    domain::{
        ids::{ClassId, StaffId},
        refusal::Refusal,
    },
    keys::{first_password::first_password, password},
    screens::{
        FlashKind,
        office_data::FirstPassword,
        office_people::{Staff, StaffClass, StaffRow},
        teacher_shared::Pick,
    },
    storage::Tx,
    web::{
        failure::Failure,
        guard::Fields,
        problem::Problem,
        prove,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    q: Option<String>,
}

/// `GET /a/staff`.
pub async fn list(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let query = asked.into_inner().q.unwrap_or_default();
    let query: String = query.trim().chars().take(64).collect();
    page(&visit, query, Vec::new(), Vec::new()).await
}

async fn page(
    visit: &Visit,
    query: String,
    fresh: Vec<FirstPassword>,
    refused: Vec<&'static str>,
) -> Result<HttpResponse, Failure> {
    let (seen, (listed, classes)) = visit
        .read(Door::Staff, |db, seen| {
            let listed = staff_list::load(db, &seen.call)?;
            let classes = office_facts::classes_on(db, &seen.call.school, seen.call.today)?;
            Ok((listed, classes))
        })
        .await?;
    let picks: Vec<Pick> = classes
        .into_iter()
        .map(|(class, code, _)| Pick {
            value: class.id,
            label: class_label(&code),
            chosen: false,
        })
        .collect();
    let own = seen.call.actor.id().to_owned();
    let fits = |one: &&staff_list::Listed| {
        query.is_empty() || one.account.name.contains(&query) || one.account.login.contains(&query)
    };
    let rows = listed.iter().filter(fits);
    let rows = rows.map(|one| row(visit, one, &picks, &own)).collect();
    visit.page(
        &seen,
        &Staff {
            rows,
            fresh,
            classes: picks,
            query,
            refused,
        },
    )
}

fn row(visit: &Visit, one: &staff_list::Listed, classes: &[Pick], own: &str) -> StaffRow {
    let account = &one.account;
    let class = |(id, homeroom): &(String, bool)| {
        let pick = classes.iter().find(|p| p.value == *id)?;
        Some(StaffClass {
            name: pick.label.clone(),
            homeroom: *homeroom,
        })
    };
    let state = match account {
        a if a.disabled_at.is_some() => "disabled",
        a if a.must_change => "first",
        _ => "active",
    };
    StaffRow {
        name: account.name.clone(),
        login: account.login.clone(),
        role: if account.role == ADMIN {
            "admin"
        } else {
            "teacher"
        },
        classes: one.classes.iter().filter_map(class).collect(),
        state,
        totp: account.totp_secret.is_some(),
        seen: one
            .seen
            .map(|at| clock(at, visit.origin.timezone, "%m-%d %H:%M"))
            .unwrap_or_default(),
        own: account.id == own,
        id: account.id.clone(),
    }
}

/// `POST /a/staff`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let action = fields.need("action")?;
    match action.as_str() {
        "add" => add(visit, fields).await,
        "reset" => reset(visit, fields).await,
        "enable" | "disable" => set_state(visit, fields, action == "enable").await,
        _ => Err(Refusal::Invalid("action".to_owned()).into()),
    }
}

/// The office, with a fresh proof where the act is a weighty one.
async fn allowed(visit: &Visit, weighty: bool) -> Result<Seen, Failure> {
    let (seen, ()) = visit
        .read(Door::Staff, |_, seen| {
            seen.call.actor.run_school()?;
            Ok(())
        })
        .await?;
    if weighty {
        prove::first(&seen, "/a/staff")?;
    }
    Ok(seen)
}

/// A first password and its hash.
async fn fresh_password(visit: &Visit) -> Result<(String, String), Failure> {
    let password = first_password().map_err(|_no_randomness| Problem::broken())?;
    let given = password.clone();
    let hash = visit.app.hashes.run(move || password::hash(&given)).await?;
    Ok((password, hash.map_err(|_broken| Problem::broken())?))
}

async fn add(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let new = NewStaff {
        login: fields.need("login")?.trim().to_owned(),
        name: fields.need("name")?,
        admin: fields.need("role")? == "admin",
    };
    let homeroom = fields.take("homeroom").filter(|id| !id.is_empty());
    fields.finish()?;
    let weighty = new.admin;
    allowed(&visit, weighty).await?;
    let (password, hash) = fresh_password(&visit).await?;
    let made = visit
        .write(Door::Staff, move |tx, seen| {
            if weighty {
                proof::need(seen)?;
            }
            add_with_class(tx, seen, &new, homeroom.map(ClassId::new), &hash)
        })
        .await;
    match made {
        Ok((_, account)) => {
            let fresh = FirstPassword {
                name: account.name,
                login: account.login,
                password,
                classes: String::new(),
            };
            page(&visit, String::new(), vec![fresh], Vec::new()).await
        }
        Err(Failure::Refused(Refusal::Taken(_))) => {
            page(&visit, String::new(), Vec::new(), vec!["login_taken"]).await
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(&visit, String::new(), Vec::new(), vec!["login"]).await
        }
        Err(other) => Err(other),
    }
}

fn add_with_class(
    tx: &mut Tx<'_>,
    seen: &Seen,
    new: &NewStaff,
    homeroom: Option<ClassId>,
    hash: &str,
) -> Acted<crate::storage::staff::StaffRow> {
    let account = staff_accounts::add_staff(tx, &seen.call, new, hash)?;
    if let Some(class) = homeroom {
        staff_list::give_homeroom(tx, &seen.call, &account.id, &class)?;
    }
    Ok(account)
}

async fn reset(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let id = StaffId::new(fields.need("staff")?);
    fields.finish()?;
    allowed(&visit, true).await?;
    let (password, hash) = fresh_password(&visit).await?;
    let (_, account) = visit
        .write(Door::Staff, move |tx, seen| {
            proof::need(seen)?;
            staff_accounts::reset_password(tx, &seen.call, &id, &hash)?;
            let account = crate::storage::staff::get(tx, &seen.call.school, &id)?;
            // Whoever has lost the phone as well would be locked out for good; one's own is kept.
            if account.totp_secret.is_some() && seen.call.actor.id() != account.id {
                staff_accounts::reset_second_factor(tx, &seen.call, &id)?;
            }
            Ok(account)
        })
        .await?;
    let fresh = FirstPassword {
        name: account.name,
        login: account.login,
        password,
        classes: String::new(),
    };
    page(&visit, String::new(), vec![fresh], Vec::new()).await
}

async fn set_state(
    visit: Visit,
    mut fields: Fields,
    enable: bool,
) -> Result<HttpResponse, Failure> {
    let id = StaffId::new(fields.need("staff")?);
    fields.finish()?;
    let done = visit
        .write(Door::Staff, move |tx, seen| {
            if enable {
                staff_accounts::enable_staff(tx, &seen.call, &id)
            } else {
                staff_accounts::disable_staff(tx, &seen.call, &id)
            }
        })
        .await;
    match done {
        Ok(_) => Ok(visit.go_saying("/a/staff", FlashKind::Ok, "office-saved", &[])),
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "last-admin" => {
            page(&visit, String::new(), Vec::new(), vec!["last_admin"]).await
        }
        Err(other) => Err(other),
    }
}
