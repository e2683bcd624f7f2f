//! The page of a child's sheets from what was loaded; its lines of corrections are on the explanation page as well.

use super::words;
use crate::{
    actions::{
        child_sheets::{ChildSheets, Corrected, SheetSeen, Who},
        corrected,
    },
    domain::{
        appeal::ABOUT,
        correction::REASON,
        round::RoundState,
        rubric::{Rubric, Segment, Source},
    },
    screens::{
        explain_digits::fixed,
        teacher_shared::Pick,
        teacher_sheets::{
            self, AnswerLine, AppealOpen, CorrectionLine, SheetCard, Undone, VoiceSheets, Wrong,
        },
    },
    storage::{appeals::AppealRow, rounds::RoundRow},
    web::visit::Visit,
};

/// The page.
pub fn view(
    visit: &Visit,
    facts: &ChildSheets,
    wrong: Option<Wrong>,
) -> teacher_sheets::ChildSheets {
    let pick = |round: &RoundRow| Pick {
        value: round.id.clone(),
        label: round.name.clone(),
        chosen: round.id == facts.round.id,
    };
    let voice = |source: Source| {
        let sheets = facts.sheets.iter().filter(|s| s.source == source);
        VoiceSheets {
            voice: source.name(),
            sheets: sheets.map(|s| card(visit, facts, s)).collect(),
        }
    };
    teacher_sheets::ChildSheets {
        student_id: facts.child.id.clone(),
        student_name: facts.child.name.clone(),
        class_id: facts.class.to_string(),
        class_name: facts.class_name.clone(),
        round_id: facts.round.id.clone(),
        round_name: facts.round.name.clone(),
        published: facts.round.state == RoundState::Published.key(),
        rounds: facts.rounds.iter().map(pick).collect(),
        voices: Source::ALL.map(voice).to_vec(),
        most: REASON.1,
        appeal: facts.appeal.as_ref().map(|row| appeal(facts, row)),
        wrong,
    }
}

fn appeal(facts: &ChildSheets, row: &AppealRow) -> AppealOpen {
    let star = facts.rubric.dimensions.iter().find(|d| d.id == row.about);
    AppealOpen {
        about: ABOUT
            .into_iter()
            .find(|a| *a == row.about)
            .unwrap_or_default(),
        star: star.map(|d| d.name.clone()).unwrap_or_default(),
        words: row.words.clone(),
    }
}

/// All corrections of a child's sheets, for the explanation.
pub fn lines(visit: &Visit, facts: &ChildSheets) -> Vec<CorrectionLine> {
    let all = facts.sheets.iter();
    all.flat_map(|sheet| sheet_lines(visit, facts, sheet))
        .collect()
}

fn card(visit: &Visit, facts: &ChildSheets, sheet: &SheetSeen) -> SheetCard {
    let words = facts.rubric.anchors.of(facts.segment).iter().zip(1..);
    let pick = |(label, n): (&String, u8)| Pick {
        value: n.to_string(),
        label: plain(label),
        chosen: false,
    };
    let out = sheet.is_out();
    SheetCard {
        handle: sheet.handle.clone(),
        who: match &sheet.who {
            Who::Child => facts.child.name.clone(),
            Who::Teacher(name) => name.clone(),
            Who::Classmate(_) | Who::Family => String::new(),
        },
        number: number(sheet),
        paper: sheet.from_paper,
        mark: sheet.mark.map(|mark| fixed(mark, 2)),
        answers: answers(facts, sheet, out),
        out,
        corrections: sheet_lines(visit, facts, sheet),
        may_override: sheet.may_override && !out,
        anchors: words.map(pick).collect(),
    }
}

fn number(sheet: &SheetSeen) -> u32 {
    match sheet.who {
        Who::Classmate(number) => number,
        _ => 0,
    }
}

fn answers(facts: &ChildSheets, sheet: &SheetSeen, out: bool) -> Vec<AnswerLine> {
    let (rubric, segment) = (&facts.rubric, facts.segment);
    let line = |(id, said): &(String, Option<u8>)| {
        let counts = sheet.now.of(id).flatten().filter(|_| !out);
        AnswerLine {
            indicator: id.clone(),
            text: text(rubric, id),
            said: said.and_then(|a| word(rubric, segment, a)),
            now: counts
                .filter(|now| Some(*now) != *said)
                .and_then(|a| word(rubric, segment, a)),
        }
    };
    sheet.said.0.iter().map(line).collect()
}

fn text(rubric: &Rubric, id: &str) -> String {
    let known = rubric.indicators.iter().find(|i| i.id == id);
    known.map_or(id, |i| i.text.as_str()).to_owned()
}

fn word(rubric: &Rubric, segment: Segment, anchor: u8) -> Option<String> {
    let at = usize::from(anchor).checked_sub(1)?;
    rubric.anchors.of(segment).get(at).map(|label| plain(label))
}

/// A level's word without the picture before it.
fn plain(label: &str) -> String {
    label
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

fn sheet_lines(visit: &Visit, facts: &ChildSheets, sheet: &SheetSeen) -> Vec<CorrectionLine> {
    let all = sheet.corrections.iter();
    all.map(|c| line(visit, facts, sheet, c)).collect()
}

fn line(visit: &Visit, facts: &ChildSheets, sheet: &SheetSeen, one: &Corrected) -> CorrectionLine {
    let row = &one.row;
    let at = |at: i64| words::day_at(visit, at);
    let word =
        |anchor: Option<i32>| word(&facts.rubric, facts.segment, u8::try_from(anchor?).ok()?);
    let indicator = row.indicator.as_deref();
    CorrectionLine {
        id: row.id.clone(),
        kind: corrected::kind(row).map_or("out", |kind| kind.key()),
        voice: sheet.source.name(),
        mark: sheet.mark.map(|mark| fixed(mark, 2)),
        text: indicator
            .map(|id| text(&facts.rubric, id))
            .unwrap_or_default(),
        before: word(row.anchor_before),
        after: word(row.anchor_after),
        reason: row.reason.clone(),
        by: one.by.clone(),
        at: at(row.made_at),
        undone: row.undone_at.map(|when| Undone {
            by: one.undone_by.clone(),
            at: at(when),
            reason: row.undone_reason.clone().unwrap_or_default(),
        }),
        may_undo: one.may_undo,
    }
}
