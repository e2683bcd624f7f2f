//! Who signs in with what. Hashing happens before the write, on its own queue; here the facts are read and judged.

use super::{
    Acted, ActionError,
    session::{self, Kind, Origin},
};
use crate::{
    domain::{
        actor::Actor,
        calendar::monday,
        duty::slots,
        ids::{ClassId, SchoolId, StaffId, StudentId},
        refusal::Refusal,
    },
    keys::{
        card,
        pin::{self, Pin, PinKind, PinRecord},
        server_key::KeyRing,
        token::Token,
        totp,
    },
    storage::{Db, StorageError, Tx, duty, staff, staff::StaffRow, students, students::StudentRow},
};

/// Accounts of a login in all schools, for the password to be tried on.
pub fn accounts(db: &mut Db, login: &str) -> Acted<Vec<StaffRow>> {
    Ok(staff::by_login(db, login)?
        .into_iter()
        .filter(|a| a.disabled_at.is_none())
        .collect())
}

/// The second factor a password has earned the right to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// None set up: the office must do so next.
    None,
    /// The code fits; the step to remember.
    Step(u64),
    /// A recovery code was used up; the ones left.
    Recovery(String),
}

/// Judges the six digits or a recovery code of an account.
pub fn judge_code(
    ring: &KeyRing,
    account: &StaffRow,
    code: &str,
    now: i64,
) -> Result<SecondFactor, Refusal> {
    let Some(secret) = account.totp_secret.as_deref() else {
        return Ok(SecondFactor::None);
    };
    let seconds = u64::try_from(now / 1000).unwrap_or(0);
    let last = u64::try_from(account.totp_last_step)
        .ok()
        .filter(|step| *step > 0);
    let step = totp::Secret::from_base32(secret)
        .and_then(|secret| secret.check(code.trim(), seconds, last));
    if let Some(step) = step {
        return Ok(SecondFactor::Step(step));
    }
    let tags: Vec<String> = account
        .recovery
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    match totp::use_recovery_code(ring, &account.id, code.trim(), &tags) {
        Some(used) => {
            let left = tags
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != used)
                .map(|(_, tag)| tag.as_str());
            Ok(SecondFactor::Recovery(left.collect::<Vec<_>>().join(" ")))
        }
        None => Err(Refusal::WrongSecret),
    }
}

/// Begins the session of a member of staff whose password fitted. Two sign-ins with one code: only one gets in,
/// because the step is judged again inside the write.
pub fn staff_in(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    origin: &Origin,
    account: &StaffRow,
    code: &str,
    fresh_hash: Option<&str>,
    device: &str,
) -> Acted<(SchoolId, Kind, String)> {
    let school = SchoolId::new(account.school_id.clone());
    let id = StaffId::new(account.id.clone());
    let now = staff::get(tx, &school, &id)?;
    if now.disabled_at.is_some() || now.password_hash != account.password_hash {
        return Err(Refusal::WrongSecret.into());
    }
    let office = now.role == "admin";
    let factor = judge_code(ring, &now, code, origin.now)?;
    let secret = now.totp_secret.as_deref();
    match &factor {
        SecondFactor::None => {}
        SecondFactor::Step(step) => {
            staff::set_totp(
                tx,
                &school,
                &id,
                secret,
                i64::try_from(*step).unwrap_or(0),
                &now.recovery,
            )?;
        }
        SecondFactor::Recovery(left) => {
            staff::set_totp(tx, &school, &id, secret, now.totp_last_step, left)?
        }
    }
    if let Some(hash) = fresh_hash {
        staff::set_password(tx, &school, &id, hash, now.must_change)?;
    }
    let kind = if office { Kind::Office } else { Kind::Teacher };
    let actor = if office {
        Actor::Office(id)
    } else {
        Actor::Teacher {
            id,
            homeroom: vec![],
            teaches: vec![],
        }
    };
    let call = origin.call(school.clone(), actor);
    let session = session::begin(tx, &call, kind, &account.id, None, device)?;
    Ok((school, kind, session))
}

/// What is kept of a child's PIN.
pub fn pin_record(child: &StudentRow) -> PinRecord {
    PinRecord {
        kind: if child.pin_kind == "digits" {
            PinKind::Digits
        } else {
            PinKind::Pictures
        },
        epoch: u32::try_from(child.pin_epoch).unwrap_or(0),
        key_id: child.pin_key.clone(),
        tag: child.pin_tag.clone(),
    }
}

/// The word in the database for a kind of PIN.
pub const fn pin_kind_key(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Digits => "digits",
        PinKind::Pictures => "pictures",
    }
}

/// Who knocks at which class's door, and what for.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The class's door code.
    pub door: String,
    /// Id of the child.
    pub student: String,
    /// To the own duty post, although the class's window may be open.
    pub duty: bool,
}

/// A child at its class's door.
#[derive(Clone, Debug)]
pub struct AtDoor {
    pub school: SchoolId,
    pub class: ClassId,
    pub child: StudentRow,
    /// Whether the class's sign-in window is open now.
    pub open: bool,
    /// The post the way leads to: the child's own, at its time, where it asked for it or the window is closed.
    pub post: Option<String>,
}

impl AtDoor {
    /// Whether the child can get in as what it came for.
    pub fn may_enter(&self, knock: &Knock) -> bool {
        self.post.is_some() || self.open && !knock.duty
    }
}

/// Finds a child of a class behind its door code; nobody is named while the window is closed.
pub fn at_door(db: &mut Db, origin: &Origin, knock: &Knock) -> Acted<AtDoor> {
    let class = students::class_by_door(db, &knock.door)?;
    let school = SchoolId::new(class.school_id);
    let id = StudentId::new(knock.student.clone());
    let child = students::by_id(db, &school, &id)?;
    let class = ClassId::new(class.id);
    if students::class_on(db, &school, &id, origin.today())? != class {
        return Err(Refusal::NotFound.into());
    }
    let window = students::window(db, &school, &class)?;
    let open = window.is_some_and(|w| w.closes_at > origin.now);
    let post = if open && !knock.duty {
        None
    } else {
        post_now(db, origin, &school, &id)?
    };
    Ok(AtDoor {
        school,
        class,
        child,
        open,
        post,
    })
}

/// What a child shows to get in.
#[derive(Debug)]
pub enum Proof {
    Pin(Pin),
    /// The token of its QR card.
    Card(Token),
}

impl Proof {
    fn is_of(&self, ring: &KeyRing, at: &AtDoor) -> bool {
        let (id, record) = (&at.child.id, pin_record(&at.child));
        match self {
            Self::Pin(pin) => pin::verify(ring, id, &record, pin),
            Self::Card(token) => card::verify(ring, at.school.as_str(), id, &record, token),
        }
    }
}

/// Signs a child in with its PIN or card: within the class's window as a student; within its post's time slot as a
/// monitor, where the window is closed or the child asked for its post.
pub fn child_in(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    origin: &Origin,
    knock: &Knock,
    proof: &Proof,
    device: &str,
) -> Acted<(SchoolId, Kind, String)> {
    let at = at_door(tx, origin, knock)?;
    if !at.may_enter(knock) {
        return Err(Refusal::WindowClosed.into());
    }
    if !proof.is_of(ring, &at) {
        return Err(Refusal::WrongSecret.into());
    }
    let id = StudentId::new(at.child.id.clone());
    let kind = if at.post.is_some() {
        Kind::Monitor
    } else {
        Kind::Student
    };
    let call = origin.call(
        at.school.clone(),
        Actor::Student {
            id,
            class: at.class.clone(),
        },
    );
    let place = at.post.as_deref().unwrap_or(at.class.as_str());
    let session = session::begin(tx, &call, kind, &at.child.id, Some(place), device)?;
    Ok((at.school, kind, session))
}

/// The child of this number in the class behind a door, where it is on duty now.
pub fn on_duty_now(db: &mut Db, origin: &Origin, door: &str, no: &str) -> Acted<Option<String>> {
    let class = students::class_by_door(db, door)?;
    let (school, id) = (SchoolId::new(class.school_id), ClassId::new(class.id));
    let permit = Actor::System.see_class(&id)?;
    let children = students::of_class(db, &permit, &school, origin.today())?;
    let Some(child) = children.into_iter().find(|c| c.student_no == no.trim()) else {
        return Ok(None);
    };
    let student = StudentId::new(child.id.clone());
    Ok(post_now(db, origin, &school, &student)?.map(|_post| child.id))
}

/// The post a child stands on whose time slot is now.
fn post_now(
    db: &mut Db,
    origin: &Origin,
    school: &SchoolId,
    child: &StudentId,
) -> Acted<Option<String>> {
    let today = origin.today();
    let mine = duty::posts_of(db, school, child, (today, monday(today)))?;
    let minute = origin.minute();
    let posts = duty::posts(db, school)?;
    let on = posts.into_iter().find(|p| {
        let slots = slots(p.starts_minute, p.ends_minute, &p.more_slots);
        let now = slots.iter().any(|slot| slot.holds(minute));
        now && p.retired_at.is_none() && mine.iter().any(|(post, _)| *post == p.id)
    });
    Ok(on.map(|p| p.id))
}

/// Sets a member of staff's own new password, whose old one was checked; other sessions end.
pub fn change_password(tx: &mut Tx<'_>, seen: &session::Seen, hash: &str) -> Acted<()> {
    let id = seen.call.actor.staff().ok_or(Refusal::Forbidden)?;
    staff::set_password(tx, &seen.call.school, id, hash, false)?;
    crate::storage::access::end_sessions_of(
        tx,
        &seen.call.school,
        id.as_str(),
        &seen.session,
        seen.call.now,
    )?;
    Ok(tx.record(&seen.call, "staff.password", &format!("staff/{id}"), "")?)
}

/// Sets up the second factor after its first code fitted; returns the recovery codes to print once.
pub fn enrol(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    seen: &session::Seen,
    secret: &str,
    code: &str,
) -> Acted<Vec<String>> {
    let id = seen.call.actor.staff().ok_or(Refusal::Forbidden)?;
    let seconds = u64::try_from(seen.call.now / 1000).unwrap_or(0);
    let known = totp::Secret::from_base32(secret).ok_or(Refusal::WrongSecret)?;
    let step = known
        .check(code.trim(), seconds, None)
        .ok_or(Refusal::WrongSecret)?;
    let set = totp::recovery_codes(ring, id.as_str())
        .map_err(|e| ActionError::Storage(StorageError::Broken(e.to_string())))?;
    let step = i64::try_from(step).unwrap_or(0);
    staff::set_totp(
        tx,
        &seen.call.school,
        id,
        Some(&known.to_base32()),
        step,
        &set.tags.join(" "),
    )?;
    tx.record(&seen.call, "staff.enrol", &format!("staff/{id}"), "")?;
    Ok(set.codes)
}
