//! The demo's sign-in sheet: addresses, logins, picture PINs, family links, screens. As text for people, as JSON for
//! scripts (interfaces.md), and as the doors of the first page.

use serde::Serialize;

use super::{desk::Desk, people::People, secrets::Secrets, world::World};
use crate::{
    actions::{Acted, family_links, sign_in},
    keys::pin::{self, PinKind},
    screens::{
        parts::PICTURES,
        public::{DemoClass, DemoLink, DemoLogin, DemoSheet},
    },
    storage::{displays, rounds, students},
};

/// One object on stdout (interfaces.md, "The demo's sign-in sheet").
#[derive(Debug, Serialize)]
pub struct Sheet {
    pub address: String,
    pub office: Office,
    pub teachers: Vec<Teacher>,
    pub students: Vec<Student>,
    pub family_links: Vec<FamilyLink>,
    pub screens: Vec<Screen>,
    pub monitors: Vec<Monitor>,
    pub open_round: Option<Round>,
    pub published_rounds: Vec<Round>,
}

#[derive(Debug, Serialize)]
pub struct Office {
    pub login: String,
    pub password: String,
    pub totp_secret: String,
}

#[derive(Debug, Serialize)]
pub struct Teacher {
    pub login: String,
    pub password: String,
    pub name: String,
    /// `homeroom` or `subject`.
    pub role: &'static str,
    pub classes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Student {
    pub student_no: String,
    pub name: String,
    pub class: String,
    pub class_url: String,
    pub secret: Secret,
}

/// Three picture ids or four digits.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Secret {
    Pictures(Vec<String>),
    Digits(String),
}

#[derive(Debug, Serialize)]
pub struct FamilyLink {
    pub student_no: String,
    pub url: String,
}

#[derive(Debug, Serialize)]
pub struct Screen {
    /// `hall` or `classroom`.
    pub kind: String,
    pub class: Option<String>,
    pub url: String,
}

#[derive(Debug, Serialize)]
pub struct Monitor {
    pub student_no: String,
    pub post: String,
}

#[derive(Debug, Serialize)]
pub struct Round {
    pub id: String,
    pub name: String,
}

/// Reads everything the sheet says. `address` is the origin, without a slash at the end.
pub fn read(
    desk: &Desk,
    world: &World,
    people: &People,
    secrets: &Secrets,
    address: &str,
) -> anyhow::Result<Sheet> {
    let (open_round, published_rounds) = rounds_of(desk)?;
    Ok(Sheet {
        address: address.to_owned(),
        office: Office {
            login: world.office.login.to_owned(),
            password: secrets.office_password.clone(),
            totp_secret: secrets.office_totp.clone(),
        },
        teachers: teachers(world, secrets),
        students: pupils(desk, world, people, address)?,
        family_links: family_links(desk, people, address)?,
        screens: screens(desk, secrets, address)?,
        monitors: monitors(world),
        open_round,
        published_rounds,
    })
}

fn rounds_of(desk: &Desk) -> anyhow::Result<(Option<Round>, Vec<Round>)> {
    let all = desk.store.read_here(|db| rounds::all(db, &desk.school))?;
    let named = |r: &rounds::RoundRow| Round {
        id: r.id.clone(),
        name: r.name.clone(),
    };
    let open = all.iter().find(|r| r.state == "open").map(named);
    Ok((
        open,
        all.iter()
            .filter(|r| r.state == "published")
            .map(named)
            .collect(),
    ))
}

fn teachers(world: &World, secrets: &Secrets) -> Vec<Teacher> {
    let one = |teacher: &super::world::Teacher| Teacher {
        login: teacher.login.clone(),
        password: secrets
            .teachers
            .get(&teacher.login)
            .cloned()
            .unwrap_or_default(),
        name: teacher.name.clone(),
        role: if teacher
            .classes
            .iter()
            .any(|c| c.role == super::world::Role::Homeroom)
        {
            "homeroom"
        } else {
            "subject"
        },
        classes: teacher
            .classes
            .iter()
            .filter_map(|c| Some(world.classes.get(c.class)?.code.clone()))
            .collect(),
    };
    world.teachers.iter().map(one).collect()
}

fn pupils(
    desk: &Desk,
    world: &World,
    people: &People,
    address: &str,
) -> anyhow::Result<Vec<Student>> {
    let call = desk.today();
    let ring = desk.ring.clone();
    let found = desk.store.read_here(|db| {
        let mut found = Vec::new();
        for (class, id) in world.classes.iter().zip(&people.classes) {
            let door = students::class(db, &call.school, id)?.door;
            for child in
                students::of_class(db, &call.actor.see_class(id)?, &call.school, call.today)?
            {
                let record = sign_in::pin_record(&child);
                let Some(pin) = pin::reprint(&ring, &child.id, &record) else {
                    continue;
                };
                found.push(Student {
                    student_no: child.student_no,
                    name: child.name,
                    class: class.code.clone(),
                    class_url: format!("{address}/c/{door}"),
                    secret: secret(record.kind, pin.picks()),
                });
            }
        }
        Acted::Ok(found)
    })?;
    Ok(found)
}

fn secret(kind: PinKind, picks: &[u8]) -> Secret {
    match kind {
        PinKind::Digits => Secret::Digits(picks.iter().map(ToString::to_string).collect()),
        PinKind::Pictures => {
            let id = |pick: &u8| PICTURES.get(usize::from(*pick)).map(|id| (*id).to_owned());
            Secret::Pictures(picks.iter().filter_map(id).collect())
        }
    }
}

fn family_links(desk: &Desk, people: &People, address: &str) -> anyhow::Result<Vec<FamilyLink>> {
    let call = desk.today();
    let ring = desk.ring.clone();
    let links = desk.store.read_here(|db| {
        let mut links = Vec::new();
        for class in &people.classes {
            for slip in family_links::slips(db, &ring, &call, class)? {
                let Some(token) = slip.token else { continue };
                links.push(FamilyLink {
                    student_no: slip.child.student_no,
                    url: format!("{address}/p/{token}"),
                });
            }
        }
        Acted::Ok(links)
    })?;
    Ok(links)
}

fn screens(desk: &Desk, secrets: &Secrets, address: &str) -> anyhow::Result<Vec<Screen>> {
    let call = desk.today();
    let rows = desk.store.read_here(|db| {
        let permit = call.actor.run_displays(None)?;
        let mut found = Vec::new();
        for screen in displays::screens(db, &permit, &call.school)? {
            let class = screen
                .class_id
                .clone()
                .map(crate::domain::ids::ClassId::new);
            let code = match class {
                Some(id) => crate::actions::rounds::graded(
                    &students::class(db, &call.school, &id)?,
                    call.today,
                ),
                None => None,
            };
            found.push((screen, code.map(|(code, _)| code)));
        }
        Acted::Ok(found)
    })?;
    let open = rows
        .into_iter()
        .filter(|(screen, _)| screen.revoked_at.is_none());
    let with = open.filter_map(|(screen, class)| {
        let token = secrets.screens.get(&screen.id)?;
        Some(Screen {
            kind: screen.kind,
            class,
            url: format!("{address}/screen/open/{token}"),
        })
    });
    Ok(with.collect())
}

fn monitors(world: &World) -> Vec<Monitor> {
    let posts = world.posts.iter();
    let both = posts.flat_map(|post| {
        let second = post.second.into_iter().flatten();
        let all = post.monitors.into_iter().chain(second);
        all.map(move |at| (post, at))
    });
    both.filter_map(|(post, at)| {
        Some(Monitor {
            student_no: world.students.get(at)?.student_no.clone(),
            post: post.name.clone(),
        })
    })
    .collect()
}

/// The doors of the first page: the first class of each segment, a homeroom and a subject teacher, the office, one
/// family of each of these classes, the screens.
pub fn doors(sheet: &Sheet, world: &World) -> DemoSheet {
    let firsts: Vec<&super::world::Class> = world
        .classes
        .iter()
        .filter(|c| c.first_of_segment)
        .collect();
    let path = |url: &str| url.strip_prefix(&sheet.address).unwrap_or(url).to_owned();
    let classes = firsts.iter().filter_map(|class| {
        // Somebody whose star is not lit yet.
        let child = sheet
            .students
            .iter()
            .filter(|s| s.class == class.code)
            .nth(4)?;
        let (pictures, digits) = match child.secret.clone() {
            Secret::Pictures(ids) => (ids, String::new()),
            Secret::Digits(digits) => (Vec::new(), digits),
        };
        let href = path(&child.class_url);
        Some(DemoClass {
            name: class.name.clone(),
            href,
            child: child.name.clone(),
            pictures,
            digits,
        })
    });
    let mine = |t: &&Teacher| firsts.iter().any(|c| t.classes.contains(&c.code));
    let homeroom = sheet
        .teachers
        .iter()
        .filter(|t| t.role == "homeroom")
        .filter(mine)
        .take(3);
    let subject = sheet
        .teachers
        .iter()
        .filter(|t| t.role == "subject")
        .filter(mine)
        .take(1);
    let login = |t: &Teacher| DemoLogin {
        name: t.name.clone(),
        role_key: format!("role-{}", t.role),
        detail: t.classes.join(" "),
        login: t.login.clone(),
        password: t.password.clone(),
        totp_secret: String::new(),
    };
    let families = firsts.iter().filter_map(|class| {
        let child = sheet
            .students
            .iter()
            .filter(|s| s.class == class.code)
            .nth(4)?;
        let link = sheet
            .family_links
            .iter()
            .find(|l| l.student_no == child.student_no)?;
        Some(DemoLink {
            name: format!("{} · {}", class.name, child.name),
            href: path(&link.url),
        })
    });
    DemoSheet {
        classes: classes.collect(),
        teachers: homeroom.chain(subject).map(login).collect(),
        office: vec![DemoLogin {
            name: world.office.name.clone(),
            role_key: "role-admin".to_owned(),
            detail: String::new(),
            login: sheet.office.login.clone(),
            password: sheet.office.password.clone(),
            totp_secret: sheet.office.totp_secret.clone(),
        }],
        families: families.collect(),
        screens: sheet
            .screens
            .iter()
            .map(|s| DemoLink {
                name: s.class.clone().unwrap_or_else(|| s.kind.clone()),
                href: path(&s.url),
            })
            .collect(),
    }
}

/// The sheet for people.
pub fn print(sheet: &Sheet, world: &World) -> String {
    let mut text = format!("{}\n\n", sheet.address);
    let doors = doors(sheet, world);
    for class in &doors.classes {
        let secret = if class.digits.is_empty() {
            class.pictures.join(" ")
        } else {
            class.digits.clone()
        };
        text.push_str(&format!(
            "{}{}  {}  {}  {}\n",
            sheet.address, class.href, class.name, class.child, secret
        ));
    }
    for login in doors.teachers.iter().chain(&doors.office) {
        text.push_str(&format!(
            "{}/sign-in  {}  {}  {}  {}\n",
            sheet.address, login.login, login.password, login.name, login.detail
        ));
    }
    text.push_str(&format!(
        "TOTP  {}  {}\n",
        sheet.office.login, sheet.office.totp_secret
    ));
    for link in doors.families.iter().chain(&doors.screens) {
        text.push_str(&format!("{}{}  {}\n", sheet.address, link.href, link.name));
    }
    text
}
