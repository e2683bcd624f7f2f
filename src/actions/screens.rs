//! Displays: a device asks for a code, the office pairs it, the device takes its session up, the office revokes it.
//! Used by `web::board`, the office's page of screens and the class's own.

use super::{
    Acted, new_id,
    session::{Kind, Origin, begin_as},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, SchoolId, ScreenId},
        refusal::Refusal,
    },
    keys::token::TokenHash,
    storage::{
        Db, StorageError, Stored, Tx, access, displays,
        displays::{PairingRow, ScreenRow},
        schools, students,
    },
};

const CODE_LIFE: i64 = 10 * 60_000;

/// A display asks for a code: six digits that no other waiting display has. It has no school yet, hence no audit line.
pub fn ask_pairing(tx: &mut Tx<'_>, now: i64) -> Stored<PairingRow> {
    for _ in 0..20 {
        let drawn = crate::keys::random::below(1_000_000)
            .map_err(|e| StorageError::Broken(e.to_string()))?;
        let code = format!("{drawn:06}");
        if displays::pairing_by_code(tx, &code, now)?.is_some() {
            continue;
        }
        let row = PairingRow {
            id: super::new_hidden_id(),
            code,
            expires_at: now + CODE_LIFE,
            school_id: None,
            screen_id: None,
        };
        displays::add_pairing(tx, &row, now)?;
        return Ok(row);
    }
    Err(StorageError::Busy)
}

/// The display's session, begun when its pairing is taken up; `token` is the hash of what its cookie will hold.
pub fn take_up_pairing(
    tx: &mut Tx<'_>,
    origin: &Origin,
    pairing: &str,
    token: &TokenHash,
    device: &str,
) -> Acted<SchoolId> {
    let row = displays::pairing(tx, pairing, origin.now)?.ok_or(Refusal::NotFound)?;
    let (Some(school), Some(screen)) = (row.school_id, row.screen_id) else {
        return Err(Refusal::WrongState.into());
    };
    let school = SchoolId::new(school);
    begin(tx, origin, &school, &screen, token, device)?;
    displays::end_pairing(tx, pairing)?;
    Ok(school)
}

/// Begins a session of a paired display under the hash of its token.
pub fn begin(
    tx: &mut Tx<'_>,
    origin: &Origin,
    school: &SchoolId,
    screen: &str,
    token: &TokenHash,
    device: &str,
) -> Acted<()> {
    let class = displays::screen(tx, school, screen)?
        .class_id
        .map(ClassId::new);
    let actor = Actor::Screen {
        id: ScreenId::new(screen),
        class,
    };
    let call = origin.call(school.clone(), actor);
    begin_as(tx, &call, Kind::Screen, screen, None, device, &token.hex())?;
    Ok(())
}

/// A display as the office names it.
#[derive(Clone, Debug)]
pub struct NewScreen {
    /// Where it hangs.
    pub place: String,
    /// None: a hall.
    pub class: Option<ClassId>,
}

/// Gives the waiting display of a code to the school, or to a class by its homeroom teacher.
///
/// # Errors
/// `NotFound` for a code that no display shows now, or a class of somebody else.
pub fn pair(tx: &mut Tx<'_>, call: &Call, code: &str, new: &NewScreen) -> Acted<ScreenRow> {
    call.actor.run_displays(new.class.as_ref())?;
    let waiting = displays::pairing_by_code(tx, code, call.now)?.ok_or(Refusal::NotFound)?;
    let row = add(tx, call, new)?;
    let permit = call.actor.run_displays(new.class.as_ref())?;
    displays::pair(tx, &permit, &waiting.id, &call.school, &row.id)?;
    Ok(row)
}

/// Adds a display without a code: for a school that hands out ready addresses.
///
/// # Errors
/// `Forbidden`, `NotFound` for whoever runs neither the school nor the class.
pub fn add(tx: &mut Tx<'_>, call: &Call, new: &NewScreen) -> Acted<ScreenRow> {
    let permit = call.actor.run_displays(new.class.as_ref())?;
    if let Some(class) = &new.class {
        students::class(tx, &call.school, class)?;
    }
    let row = ScreenRow {
        school_id: call.school.to_string(),
        id: new_id(),
        name: new.place.trim().chars().take(40).collect(),
        kind: kind_of(new.class.as_ref()).to_owned(),
        class_id: new.class.as_ref().map(ToString::to_string),
        paired_by: call.actor.id().to_owned(),
        paired_at: call.now,
        revoked_at: None,
    };
    displays::add_screen(tx, &permit, &row)?;
    tx.record(call, "screen.pair", &format!("screen/{}", row.id), "")?;
    Ok(row)
}

fn kind_of(class: Option<&ClassId>) -> &'static str {
    if class.is_some() { "classroom" } else { "hall" }
}

/// Takes a display's right away; its sessions end with it and open streams close.
pub fn revoke(tx: &mut Tx<'_>, call: &Call, id: &str) -> Acted<()> {
    let screen = displays::screen(tx, &call.school, id)?;
    let class = screen.class_id.clone().map(ClassId::new);
    let permit = call.actor.run_displays(class.as_ref())?;
    displays::revoke_screen(tx, &permit, &call.school, &screen.id, call.now)?;
    access::end_sessions_of(tx, &call.school, &screen.id, "", call.now)?;
    // Streams look at their session again when the board moves.
    schools::touch_board(tx, &call.school)?;
    tx.record(call, "screen.revoke", &format!("screen/{id}"), "")?;
    Ok(())
}

/// A display in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub screen: ScreenRow,
    /// When its newest session was seen and until when it lasts.
    pub seen: Option<(i64, i64)>,
}

/// The displays of a class, or all of the school.
pub fn list(db: &mut Db, call: &Call, class: Option<&ClassId>) -> Acted<Vec<Listed>> {
    let permit = call.actor.run_displays(class)?;
    let seen = displays::screens_seen(db, &permit, &call.school)?;
    let rows = displays::screens(db, &permit, &call.school)?;
    let newest = |id: &str| seen.iter().rev().find(|(of, ..)| of == id);
    Ok(rows
        .into_iter()
        .map(|screen| Listed {
            seen: newest(&screen.id).map(|(_, at, until)| (*at, *until)),
            screen,
        })
        .collect())
}
