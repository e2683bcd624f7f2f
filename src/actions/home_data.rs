//! What the school holds about a child, for its family to see and take along (security.md S-69). Told in full: the
//! roster's line, the family's own words and answers, what child and family may read anyway. Told as a count: the
//! child's own sheets, which are the child's, and teachers' sheets. Of classmates' sheets nothing but the number of
//! raters, once their part is released (rule 3); no rater is told, ever.

use super::{
    Acted, appeals,
    child_view::{self, ChildSight},
    class_desk, consent,
    moments::{nameless, ordered, teachers},
    privileges,
    privileges::Taken,
    star_cards,
    star_cards::OwnCards,
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StudentId},
        paper::paper_rater,
        refusal::Refusal,
        rubric::{Rubric, Source},
    },
    storage::{
        Db, StorageError, Tx,
        access::LinkRow,
        appeals::AppealRow,
        credentials::{self, CredentialRow},
        festivals::{self, FestivalRow, PartRow},
        goals::{self, GoalRow},
        home_data,
        home_rights::{self, ConsentRow, RequestRow},
        logs::{self, LogRow},
        moments::{self, MomentRow},
        praises, rounds, schools,
        sheets::SheetRow,
        students,
        students::{EnrolmentRow, StudentRow},
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct HomeData {
    pub child: StudentRow,
    /// With the class's short name of today.
    pub stays: Vec<(EnrolmentRow, String)>,
    pub consents: Vec<ConsentRow>,
    pub links: Vec<LinkRow>,
    pub requests: Vec<RequestRow>,
    /// The family's own.
    pub appeals: Vec<AppealRow>,
    /// The family's sheets with the round's name, about the child and about its class.
    pub sheets: Vec<HomeSheet>,
    /// Stars in words, comments, badges, as on the card.
    pub sight: ChildSight,
    /// Released moments; the authors of classmates' are left out.
    pub moments: Vec<MomentRow>,
    /// Names of the teachers who wrote them, by id.
    pub teachers: std::collections::HashMap<String, String>,
    pub goals: Vec<GoalRow>,
    pub logs: Vec<LogRow>,
    /// Star cards, and what they were exchanged for.
    pub cards: OwnCards,
    pub had: Vec<Taken>,
    pub festivals: Vec<(FestivalRow, PartRow)>,
    /// Badges taken along, by this family's doing.
    pub carried: Vec<CredentialRow>,
    pub counts: Counts,
}

/// One of the family's sheets, its indicators in the rubric's words.
#[derive(Clone, Debug)]
pub struct HomeSheet {
    pub row: SheetRow,
    pub round: String,
    /// Indicator id, its text, and the anchor given.
    pub answers: Vec<(String, String, Option<u8>)>,
}

/// What is told as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sheets of the child about itself.
    pub own: usize,
    /// Sheets of the child about classmates and the class.
    pub written: usize,
    pub teachers: usize,
    /// Distinct classmates behind the released part; none before it is released.
    pub classmates: Option<usize>,
    pub praises: usize,
}

/// Loads it for the family that asks.
///
/// # Errors
/// `NotFound` for anybody else.
pub fn load(db: &mut Db, call: &Call) -> Acted<HomeData> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let permit = call.actor.see_child(student, class)?;
    let school = &call.school;
    let sight = child_view::load(db, call, &permit, class)?;
    let stars: Vec<&str> = sight
        .rubric
        .dimensions
        .iter()
        .map(|d| d.id.as_str())
        .collect();
    let cards = star_cards::own(db, call, &permit, &stars)?;
    let links = home_data::links(db, &permit, school)?;
    let about = home_data::sheets_about(db, &permit, school)?;
    let (mut told, mut praised, mut goals) = (Vec::new(), 0, Vec::new());
    for term in schools::terms(db, school)? {
        told.extend(moments::released_of(db, &permit, school, &term.id)?);
        praised += praises::of_child(db, &permit, school, &term.id)?.len();
        goals.extend(goals::of_child(db, &permit, school, &term.id)?);
    }
    let told: Vec<MomentRow> = ordered(told.into_iter().map(nameless).collect());
    let of = |source: Source| about.iter().filter(|s| s.source == source.name()).count();
    let written = home_data::written(db, &permit, school)?;
    let counts = Counts {
        own: of(Source::SelfRating),
        written: usize::try_from(written).unwrap_or(0),
        teachers: of(Source::Teacher),
        classmates: classmates(&sight),
        praises: praised,
    };
    let mut home = about;
    home.retain(|sheet| sheet.source == Source::Parent.name());
    let mut raters: Vec<String> = links.iter().map(|link| link.id.clone()).collect();
    raters.push(paper_rater(student));
    home.extend(home_data::homes_sheets_about_class(
        db, &permit, school, &raters,
    )?);
    Ok(HomeData {
        child: students::get(db, &permit, school)?,
        stays: stays(db, call, &permit)?,
        consents: home_rights::consents_of(db, &permit, school)?,
        requests: home_rights::requests_of(db, &permit, school)?,
        appeals: appeals::own(db, call)?.rows,
        sheets: spoken(db, call, home)?,
        teachers: teachers(db, call, &told)?,
        moments: told,
        links,
        sight,
        goals,
        logs: logs::ever(db, &permit, school)?,
        cards,
        had: privileges::own(db, call, &permit, class)?.1,
        festivals: festivals::of_child(db, &permit, school)?,
        carried: credentials::of_child(db, &permit, school)?,
        counts,
    })
}

/// Loads it to be taken along: the log says so.
///
/// # Errors
/// As [`load`].
pub fn export(tx: &mut Tx<'_>, call: &Call) -> Acted<HomeData> {
    let data = load(tx, call)?;
    let object = format!("student/{}", data.child.id);
    tx.record(call, "home.export", &object, "")?;
    Ok(data)
}

fn classmates(sight: &ChildSight) -> Option<usize> {
    let sight = sight.sight.as_ref().filter(|s| s.peer_shown)?;
    let mut voices = sight.voices.iter();
    let peer = voices.find(|voice| voice.source == Source::Peer)?;
    Some(peer.count)
}

fn stays(
    db: &mut Db,
    call: &Call,
    permit: &crate::domain::actor::ChildPermit,
) -> Acted<Vec<(EnrolmentRow, String)>> {
    let mut all = Vec::new();
    for row in home_data::stays(db, permit, &call.school)? {
        let class = students::class(db, &call.school, &ClassId::new(row.class_id.clone()))?;
        all.push((row, class_desk::name(&class, call.today)));
    }
    Ok(all)
}

fn spoken(db: &mut Db, call: &Call, rows: Vec<SheetRow>) -> Acted<Vec<HomeSheet>> {
    let mut all: Vec<HomeSheet> = Vec::with_capacity(rows.len());
    for row in rows {
        let round = match rounds::get(db, &call.school, &row.round_id) {
            Ok(round) => round,
            Err(StorageError::NotFound) => continue,
            Err(other) => return Err(other.into()),
        };
        let rubric = super::term_votes::read_rubric(db, &call.school, &round.rubric_id)?;
        all.push(HomeSheet {
            answers: answers(&rubric, &row),
            round: round.name,
            row,
        });
    }
    Ok(all)
}

fn answers(rubric: &Rubric, row: &SheetRow) -> Vec<(String, String, Option<u8>)> {
    let said = crate::domain::sheet::Answers::unpack(&row.answers);
    let text = |id: &str| {
        let at = rubric.indicator(id)?;
        rubric.indicators.get(at).map(|i| i.text.clone())
    };
    let one = |(id, anchor): (String, Option<u8>)| {
        let words = text(&id).unwrap_or_default();
        (id, words, anchor)
    };
    said.0.into_iter().map(one).collect()
}

/// Where a family stands: what it decided, and what it asked for.
#[derive(Clone, Debug)]
pub struct Standing {
    pub child: StudentRow,
    pub class: ClassId,
    pub class_name: String,
    /// The newest decision, where the register has one.
    pub decided: Option<ConsentRow>,
    /// It is asked first.
    pub asked: bool,
    /// Newest first.
    pub requests: Vec<RequestRow>,
}

/// Loads that.
///
/// # Errors
/// `NotFound` for anybody but a family.
pub fn standing(db: &mut Db, call: &Call) -> Acted<Standing> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let permit = call
        .actor
        .see_child(&StudentId::new(student.as_str()), class)?;
    let row = students::class(db, &call.school, class)?;
    Ok(Standing {
        child: students::get(db, &permit, &call.school)?,
        class: class.clone(),
        class_name: class_desk::name(&row, call.today),
        decided: home_rights::consents_of(db, &permit, &call.school)?
            .into_iter()
            .next(),
        asked: consent::is_asked(db, call)?,
        requests: home_rights::requests_of(db, &permit, &call.school)?,
    })
}
