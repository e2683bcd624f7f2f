//! Sessions: from a signed ticket to the person behind it with today's rights, and their end.

use chrono::NaiveDate;

use super::{
    Acted,
    family_door::{self, Reach},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, LinkId, PostId, SchoolId, ScreenId, StaffId, StudentId},
        refusal::Refusal,
    },
    storage::{Db, Tx, access, access::SessionRow, displays, schools, staff, students},
};

/// What kind of person or device a session belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Office,
    Teacher,
    Student,
    Monitor,
    Family,
    Screen,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

impl Kind {
    /// The word in the database and in tokens.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Teacher => "teacher",
            Self::Student => "student",
            Self::Monitor => "monitor",
            Self::Family => "family",
            Self::Screen => "screen",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        [
            Self::Office,
            Self::Teacher,
            Self::Student,
            Self::Monitor,
            Self::Family,
            Self::Screen,
        ]
        .into_iter()
        .find(|kind| kind.key() == key)
    }

    /// Longest pause and longest life in milliseconds (S-11).
    pub const fn limits(self) -> (i64, i64) {
        match self {
            Self::Office => (15 * MINUTE, 8 * HOUR),
            Self::Teacher => (HOUR, 12 * HOUR),
            Self::Student | Self::Monitor => (20 * MINUTE, 2 * HOUR),
            Self::Family => (12 * HOUR, 12 * HOUR),
            Self::Screen => (30 * 24 * HOUR, 30 * 24 * HOUR),
        }
    }
}

/// Where a request comes from and when.
#[derive(Clone, Debug)]
pub struct Origin {
    pub now: i64,
    pub ip: String,
    pub request_id: String,
    /// Name of the time zone in force.
    pub timezone: chrono_tz::Tz,
}

impl Origin {
    /// The school's date.
    pub fn today(&self) -> NaiveDate {
        date_at(self.now, self.timezone)
    }

    /// The school's minute of the day.
    pub fn minute(&self) -> i32 {
        minute_at(self.now, self.timezone)
    }

    /// A call of this origin.
    pub fn call(&self, school: SchoolId, actor: Actor) -> Call {
        Call {
            school,
            actor,
            now: self.now,
            today: self.today(),
            ip: self.ip.clone(),
            request_id: self.request_id.clone(),
        }
    }
}

/// The minute of the day of an instant in a time zone, from 0 to 1439.
pub fn minute_at(now: i64, timezone: chrono_tz::Tz) -> i32 {
    use chrono::Timelike;
    let instant = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    let local = instant.with_timezone(&timezone);
    i32::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
}

/// The date of an instant in a time zone.
pub fn date_at(now: i64, timezone: chrono_tz::Tz) -> NaiveDate {
    let instant = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    instant.with_timezone(&timezone).date_naive()
}

/// A person or device recognised for one request.
#[derive(Clone, Debug)]
pub struct Seen {
    pub call: Call,
    pub kind: Kind,
    pub session: String,
    /// Name shown in the page's head.
    pub name: String,
    pub school_name: String,
    /// The first password is still in force.
    pub must_change: bool,
    /// The office without its second factor.
    pub must_enrol: bool,
    /// When the person last proved who it is.
    pub proved_at: i64,
    /// Whether the session's last use should be noted again.
    pub stale: bool,
}

/// Recognises a session by its id.
///
/// # Errors
/// `SignedOut` for an unknown, ended, idle or too old session, or where the person has lost the role.
pub fn see(db: &mut Db, origin: &Origin, id: &str) -> Acted<Seen> {
    see_as_far(db, origin, id, Reach::All)
}

/// The same; `need` is how far a family's link must reach at least.
///
/// # Errors
/// As [`see`].
pub fn see_as_far(db: &mut Db, origin: &Origin, id: &str, need: Reach) -> Acted<Seen> {
    let row = access::session(db, id)?.ok_or(Refusal::SignedOut)?;
    let kind = Kind::parse(&row.kind).ok_or(Refusal::SignedOut)?;
    let (idle, _) = kind.limits();
    let over = row.revoked_at.is_some()
        || row.expires_at <= origin.now
        || row.seen_at + idle <= origin.now;
    if over {
        return Err(Refusal::SignedOut.into());
    }
    let school = SchoolId::new(row.school_id.clone());
    let known = recognise(db, origin, &school, kind, (&row, need)).map_err(gone_is_signed_out)?;
    let school_name = schools::get(db, &school)?.name;
    Ok(Seen {
        call: origin.call(school, known.actor),
        kind,
        session: row.id,
        name: known.name,
        school_name,
        must_change: known.must_change,
        must_enrol: known.must_enrol,
        proved_at: row.proved_at,
        stale: origin.now - row.seen_at > MINUTE,
    })
}

fn gone_is_signed_out(error: super::ActionError) -> super::ActionError {
    match error {
        super::ActionError::Refused(Refusal::NotFound | Refusal::Expired) => {
            Refusal::SignedOut.into()
        }
        other => other,
    }
}

struct Known {
    actor: Actor,
    name: String,
    must_change: bool,
    must_enrol: bool,
}

impl Known {
    fn plain(actor: Actor, name: String) -> Self {
        Self {
            actor,
            name,
            must_change: false,
            must_enrol: false,
        }
    }
}

fn recognise(
    db: &mut Db,
    origin: &Origin,
    school: &SchoolId,
    kind: Kind,
    (row, need): (&SessionRow, Reach),
) -> Acted<Known> {
    match kind {
        Kind::Office | Kind::Teacher => staff_member(db, origin, school, kind, row),
        Kind::Student | Kind::Monitor => pupil(db, origin, school, kind, row),
        Kind::Family => {
            let link = access::link(db, school, &row.subject_id)?;
            let class = match need {
                Reach::All => family_door::in_force(db, origin, &link)?,
                Reach::Rights => family_door::reach(db, origin, &link)?.0,
            };
            let student = StudentId::new(link.student_id);
            let link = LinkId::new(link.id);
            let actor = Actor::Family {
                link,
                student,
                class,
            };
            Ok(Known::plain(actor, String::new()))
        }
        Kind::Screen => {
            let screen = displays::screen(db, school, &row.subject_id)?;
            if screen.revoked_at.is_some() {
                return Err(Refusal::SignedOut.into());
            }
            let class = screen.class_id.map(ClassId::new);
            Ok(Known::plain(
                Actor::Screen {
                    id: ScreenId::new(screen.id),
                    class,
                },
                screen.name,
            ))
        }
    }
}

fn staff_member(
    db: &mut Db,
    origin: &Origin,
    school: &SchoolId,
    kind: Kind,
    row: &SessionRow,
) -> Acted<Known> {
    let id = StaffId::new(row.subject_id.clone());
    let account = staff::get(db, school, &id)?;
    let role = if account.role == "admin" {
        Kind::Office
    } else {
        Kind::Teacher
    };
    if account.disabled_at.is_some() || role != kind {
        return Err(Refusal::SignedOut.into());
    }
    let must_enrol = role == Kind::Office && account.totp_secret.is_none();
    let actor = if role == Kind::Office {
        Actor::Office(id)
    } else {
        teacher(db, origin, school, id)?
    };
    Ok(Known {
        actor,
        name: account.name,
        must_change: account.must_change,
        must_enrol,
    })
}

fn teacher(db: &mut Db, origin: &Origin, school: &SchoolId, id: StaffId) -> Acted<Actor> {
    let rows = staff::classes_of(db, school, &id, origin.today())?;
    let homeroom = rows
        .iter()
        .filter(|t| t.role == "homeroom")
        .map(|t| ClassId::new(t.class_id.clone()))
        .collect();
    let mut teaches: Vec<ClassId> = rows.into_iter().map(|t| ClassId::new(t.class_id)).collect();
    teaches.sort();
    teaches.dedup();
    Ok(Actor::Teacher {
        id,
        homeroom,
        teaches,
    })
}

fn pupil(
    db: &mut Db,
    origin: &Origin,
    school: &SchoolId,
    kind: Kind,
    row: &SessionRow,
) -> Acted<Known> {
    let id = StudentId::new(row.subject_id.clone());
    let child = students::by_id(db, school, &id)?;
    let class = students::class_on(db, school, &id, origin.today())?;
    if row
        .class_id
        .as_deref()
        .is_some_and(|at_sign_in| kind == Kind::Student && at_sign_in != class.as_str())
    {
        return Err(Refusal::SignedOut.into());
    }
    let actor = match kind {
        Kind::Monitor => {
            let post = row.class_id.clone().unwrap_or_default();
            Actor::Monitor {
                id,
                class,
                post: PostId::new(post),
            }
        }
        _ => Actor::Student { id, class },
    };
    Ok(Known::plain(actor, child.name))
}

/// Begins a session; returns its id, which goes into the signed ticket.
pub fn begin(
    tx: &mut Tx<'_>,
    call: &Call,
    kind: Kind,
    subject: &str,
    place: Option<&str>,
    device: &str,
) -> Acted<String> {
    begin_as(
        tx,
        call,
        kind,
        subject,
        place,
        device,
        &super::new_hidden_id(),
    )
}

/// The same under a given id: for displays, whose id is the hash of the token in their cookie.
pub fn begin_as(
    tx: &mut Tx<'_>,
    call: &Call,
    kind: Kind,
    subject: &str,
    place: Option<&str>,
    device: &str,
    id: &str,
) -> Acted<String> {
    let (_, life) = kind.limits();
    let row = SessionRow {
        school_id: call.school.to_string(),
        id: id.to_owned(),
        kind: kind.key().to_owned(),
        subject_id: subject.to_owned(),
        class_id: place.map(str::to_owned),
        created_at: call.now,
        seen_at: call.now,
        proved_at: call.now,
        expires_at: call.now + life,
        revoked_at: None,
        device: device.chars().take(120).collect(),
    };
    access::add_session(tx, &row)?;
    tx.record(
        call,
        "session.begin",
        &format!("{}/{subject}", kind.key()),
        "",
    )?;
    Ok(row.id)
}

/// Ends the caller's own session.
pub fn end(tx: &mut Tx<'_>, seen: &Seen) -> Acted<()> {
    access::end_session(tx, &seen.session, seen.call.now)?;
    tx.record(
        &seen.call,
        "session.end",
        &format!("session/{}", seen.kind.key()),
        "",
    )?;
    Ok(())
}

/// Notes a failed sign-in in the log of the school it aimed at.
pub fn note_failure(tx: &mut Tx<'_>, call: &Call, kind: &str, subject: &str) -> Acted<()> {
    Ok(tx.record_outcome(
        call,
        "session.begin",
        &format!("{kind}/{subject}"),
        "refused",
        "",
    )?)
}
