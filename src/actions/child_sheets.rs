//! Every sheet that speaks of one child in a closed or published round, as it was written and as it counts, with all
//! corrections and who made them. For the homeroom teacher and the office; classmates are numbers here too.

use super::{
    Acted, appeals, class_desk, correct::may_override, corrected, term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Call, ChildPermit},
        correction::{self, Kind},
        ids::{ClassId, StaffId, StudentId},
        refusal::Refusal,
        round::RoundState,
        rubric::{Rubric, Segment, Source},
        scoring::{input::Answer, marks::Scale},
        sheet::Answers,
    },
    keys::{
        form_key::{self, FormRef},
        server_key::KeyRing,
    },
    storage::{
        Db, StorageError, appeals::AppealRow, corrections, corrections::CorrectionRow, rounds,
        rounds::RoundRow, sheets, sheets::SheetRow, staff, students, students::StudentRow,
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct ChildSheets {
    pub child: StudentRow,
    pub class: ClassId,
    pub class_name: String,
    /// Closed and published rounds of the class, newest first.
    pub rounds: Vec<RoundRow>,
    pub round: RoundRow,
    pub rubric: Rubric,
    pub segment: Segment,
    /// An open appeal about this round.
    pub appeal: Option<AppealRow>,
    /// By source, then in an order that says nothing about seats.
    pub sheets: Vec<SheetSeen>,
}

impl ChildSheets {
    /// Answers "did not see it" of classmates, in sheets that count.
    pub fn unseen(&self) -> usize {
        let peers = self.sheets.iter().filter(|s| s.source == Source::Peer);
        let counting = peers.filter(|s| !s.is_out());
        let answers = counting.flat_map(|s| &s.now.0);
        answers.filter(|(_, anchor)| anchor.is_none()).count()
    }

    /// Family sheets that were typed in from paper.
    pub fn paper(&self) -> usize {
        let families = self.sheets.iter().filter(|s| s.source == Source::Parent);
        families.filter(|s| s.from_paper).count()
    }
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct SheetSeen {
    /// Names the sheet in forms, opaque.
    pub handle: String,
    pub source: Source,
    pub who: Who,
    pub from_paper: bool,
    /// As it was written.
    pub said: Answers,
    /// As it counts.
    pub now: Answers,
    /// Composite mark as it counts, or as it was written where it does not.
    pub mark: Option<f64>,
    pub may_override: bool,
    /// In the order in which they were made.
    pub corrections: Vec<Corrected>,
}

impl SheetSeen {
    /// Whether it is weighed out.
    pub fn is_out(&self) -> bool {
        let standing = self
            .corrections
            .iter()
            .filter(|c| corrected::stands(&c.row));
        standing
            .filter_map(|c| corrected::kind(&c.row))
            .any(|kind| kind == Kind::Out)
    }
}

/// Who wrote a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Child,
    /// A classmate by a number that means nothing elsewhere.
    Classmate(u32),
    Teacher(String),
    Family,
}

/// A correction with the names of those who made it and took it back.
#[derive(Clone, Debug)]
pub struct Corrected {
    pub row: CorrectionRow,
    pub by: String,
    pub undone_by: String,
    pub may_undo: bool,
}

/// The sheets about a child in the round asked for, or in the newest where none is.
///
/// # Errors
/// `Forbidden` for subject teachers; `NotFound` out of scope and for rounds that still run.
pub fn load(
    db: &mut Db,
    ring: &KeyRing,
    call: &Call,
    student: &StudentId,
    asked: &str,
) -> Acted<ChildSheets> {
    let class = students::class_on(db, &call.school, student, call.today)?;
    call.actor.lead_class(&class)?;
    let permit = call.actor.see_child(student, &class)?;
    let row = students::class(db, &call.school, &class)?;
    let rounds = finished_rounds(db, call, &class)?;
    let round = match asked {
        "" => rounds.first(),
        id => rounds.iter().find(|r| r.id == id),
    };
    let round = round.cloned().ok_or(Refusal::NotFound)?;
    let rubric = read_rubric(db, &call.school, &round.rubric_id)?;
    let rows = sheets::about(db, &permit, &call.school, &round.id)?;
    let segment = segment(db, call, &round, rows.first())?;
    let reading = Reading {
        ring,
        call,
        round: &round,
        rubric: &rubric,
        scale: Scale::new(&rubric, segment),
    };
    let sheets = reading.all(db, &permit, rows)?;
    Ok(ChildSheets {
        appeal: appeals::open_about(db, call, student, &round.id)?,
        child: students::get(db, &permit, &call.school)?,
        class_name: class_desk::name(&row, call.today),
        class,
        rounds,
        round,
        rubric,
        segment,
        sheets,
    })
}

/// Closed and published rounds of a class, newest first.
pub fn finished_rounds(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Vec<RoundRow>> {
    let mut found = Vec::new();
    for round in rounds::all(db, &call.school)?.into_iter().rev() {
        let state = RoundState::parse(&round.state);
        let over = matches!(state, Some(RoundState::Closed | RoundState::Published));
        if over && rounds::class_of(db, &call.school, &round.id, class)?.is_some() {
            found.push(round);
        }
    }
    Ok(found)
}

/// The segment of the class that the sheets were written in.
fn segment(db: &mut Db, call: &Call, round: &RoundRow, sheet: Option<&SheetRow>) -> Acted<Segment> {
    let part = match sheet {
        Some(sheet) => {
            let class = ClassId::new(sheet.class_id.clone());
            rounds::class_of(db, &call.school, &round.id, &class)?
        }
        None => None,
    };
    let grade = part.and_then(|p| u8::try_from(p.grade).ok());
    Ok(grade.and_then(Segment::of_grade).unwrap_or(Segment::High))
}

/// What it takes to read a sheet.
struct Reading<'a> {
    ring: &'a KeyRing,
    call: &'a Call,
    round: &'a RoundRow,
    rubric: &'a Rubric,
    scale: Scale,
}

impl Reading<'_> {
    fn all(&self, db: &mut Db, permit: &ChildPermit, rows: Vec<SheetRow>) -> Acted<Vec<SheetSeen>> {
        let all = corrections::about(db, permit, &self.call.school, &self.round.id)?;
        let mut seen = Vec::with_capacity(rows.len());
        for row in rows {
            let of_it = all.iter().filter(|c| corrected::is_of(c, &row));
            let of_it: Vec<&CorrectionRow> = of_it.collect();
            seen.extend(self.one(db, &row, &of_it)?);
        }
        // Handles are in no order that anybody can read.
        seen.sort_by(|a, b| {
            (a.source.position(), &a.handle).cmp(&(b.source.position(), &b.handle))
        });
        let peers = seen.iter_mut().filter(|s| s.source == Source::Peer);
        for (sheet, number) in peers.zip(1..) {
            sheet.who = Who::Classmate(number);
        }
        Ok(seen)
    }

    fn one(&self, db: &mut Db, row: &SheetRow, all: &[&CorrectionRow]) -> Acted<Option<SheetSeen>> {
        let Some(source) = Source::from_name(&row.source) else {
            return Ok(None);
        };
        let said = Answers::unpack(&row.answers);
        let standing = all.iter().filter(|c| corrected::stands(c));
        let standing: Vec<_> = standing.filter_map(|c| corrected::kind(c)).collect();
        let now = correction::corrected(&said, &standing);
        let who = match source {
            Source::SelfRating => Who::Child,
            Source::Peer => Who::Classmate(0),
            Source::Teacher => Who::Teacher(self.name(db, &row.rater_id)?),
            Source::Parent => Who::Family,
        };
        let mut corrections = Vec::with_capacity(all.len());
        for correction in all {
            corrections.push(self.correction(db, correction)?);
        }
        Ok(Some(SheetSeen {
            handle: form_key::handle(self.ring, &reference(row)),
            mark: self.mark(&now).or_else(|| self.mark(&said)),
            may_override: source == Source::Teacher
                && may_override(&self.call.actor, &row.rater_id),
            from_paper: row.from_paper,
            source,
            who,
            said,
            now,
            corrections,
        }))
    }

    fn correction(&self, db: &mut Db, row: &CorrectionRow) -> Acted<Corrected> {
        let undone_by = row.undone_by.as_deref().unwrap_or_default();
        Ok(Corrected {
            by: self.name(db, &row.made_by)?,
            undone_by: self.name(db, undone_by)?,
            may_undo: corrected::stands(row)
                && (row.appeal_id.is_none() || self.call.actor.run_school().is_ok()),
            row: row.clone(),
        })
    }

    fn name(&self, db: &mut Db, staff: &str) -> Acted<String> {
        match staff::get(db, &self.call.school, &StaffId::new(staff)) {
            Ok(who) => Ok(who.name),
            Err(StorageError::NotFound) => Ok(String::new()),
            Err(other) => Err(other.into()),
        }
    }

    fn mark(&self, answers: &Answers) -> Option<f64> {
        let answer = |(id, anchor): &(String, Option<u8>)| {
            let indicator = u16::try_from(self.rubric.indicator(id)?).ok()?;
            let anchor = anchor.unwrap_or(0);
            Some(Answer { indicator, anchor })
        };
        let answers: Vec<Answer> = answers.0.iter().filter_map(answer).collect();
        self.scale.marks(&answers, &mut Vec::new())
    }
}

fn reference(row: &SheetRow) -> FormRef {
    FormRef {
        school: row.school_id.clone(),
        round: row.round_id.clone(),
        rater: row.rater_id.clone(),
        source: row.source.clone(),
        ratee: row.ratee_id.clone(),
    }
}
