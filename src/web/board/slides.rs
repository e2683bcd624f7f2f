//! From facts to slides, in the order of a programme. Pure.

use crate::{
    actions::{
        board_facts::{BoardBadge, BoardClass, BoardFacts, BoardStrength},
        board_moments::BoardMoment,
    },
    domain::{
        badges::{Rule, Rules},
        name_pinyin::on_screen,
        programme::{Board, Programme, View},
    },
    screens::{
        Lang,
        board::{
            BadgeSlide, BandSlide, CeremonySlide, ConstellationSlide, FlagOf, FlagSlide, Honoured,
            MomentSlide, ParticipationSlide, PlaceSlide, ScreenBadge, ScreenClass, SkySlide, Slide,
            Strength, StrengthSlide, ranking_slides,
        },
        board_sky::sky,
        constellation::constellations,
        ranking::trend,
        say,
        trend_line::trend_line,
    },
    web::{
        moment_words,
        office::{bar, class_label},
        rankings::tenths,
    },
};

/// Classes with everybody that are named on the slide.
const FULL_CLASSES: usize = 8;
/// Longest sentences, in characters, that stand large and middling.
const SHORT: usize = 12;
const MIDDLE: usize = 30;
/// Characters at the end of a sentence that no line break parts.
const TAIL: usize = 3;
/// Longest sentence that stands under a class's sky.
const LINE: usize = 16;
/// Items of the built-in rubric that have a word of their own, with the star they belong to.
const ITEMS: [(&str, &str); 6] = [
    ("discipline", "virtue"),
    ("hygiene", "labour"),
    ("courtesy", "virtue"),
    ("assembly", "star"),
    ("recess", "health"),
    ("reading", "wisdom"),
];

/// The slides of a programme's boards. A board without anything to show has none.
pub fn of(facts: &BoardFacts, programme: &Programme, rules: &Rules, lang: Lang) -> Vec<Slide> {
    let words = Words {
        facts,
        rules,
        lang,
        view: programme.view,
    };
    let mut boards: Vec<Board> = programme.shown().collect();
    // Flags have their moment on Monday, wherever they stand otherwise.
    if facts.flags.as_ref().is_some_and(|flags| flags.today) {
        boards.sort_by_key(|board| *board != Board::Flag);
    }
    boards
        .into_iter()
        .flat_map(|board| words.board(board))
        .collect()
}

struct Words<'a> {
    facts: &'a BoardFacts,
    rules: &'a Rules,
    lang: Lang,
    view: View,
}

impl Words<'_> {
    fn board(&self, board: Board) -> Vec<Slide> {
        let one = |slide: Option<Slide>| slide.into_iter().collect();
        match board {
            Board::Flag => self.flags(),
            Board::Ceremony => self.ceremony(),
            Board::Ranking => self.ranking(),
            Board::Constellation => one(self.constellation()),
            Board::Moments => self.facts.moments.iter().map(|m| self.moment(m)).collect(),
            Board::Badges => one(self.badges()),
            Board::Participation => one(participation(self.facts)),
            Board::Sky => one(self.sky()),
            Board::Strengths => one(self.strengths()),
            Board::Place => one(self.place()),
        }
    }

    /// Flags of the week, then those of progress.
    fn flags(&self) -> Vec<Slide> {
        let Some(flags) = &self.facts.flags else {
            return Vec::new();
        };
        let week = flags.week.map(|n| n.to_string());
        let period = week.map(|n| say(self.lang, "board-week", &[("n", &n)]));
        let slide = |progress: bool| {
            let won = flags.won.iter().filter(|(_, p, _)| *p == progress);
            let flags: Vec<FlagOf> = won
                .map(|(grade, _, codes)| FlagOf {
                    grade: *grade,
                    classes: codes.iter().map(|code| class_label(code)).collect(),
                })
                .collect();
            (!flags.is_empty()).then(|| {
                Slide::Flag(FlagSlide {
                    progress,
                    period: period.clone().unwrap_or_default(),
                    flags,
                })
            })
        };
        [false, true].into_iter().filter_map(slide).collect()
    }

    /// The classes that hold their title, then the children.
    fn ceremony(&self) -> Vec<Slide> {
        let Some(titles) = &self.facts.ceremony else {
            return Vec::new();
        };
        let period = match titles.whole_term {
            true => say(self.lang, "board-whole-term", &[]),
            false => self.facts.period.clone(),
        };
        let name = |one: &BoardBadge| Honoured {
            who: one.child.as_deref().map(|name| on_screen(name).to_owned()),
            class_name: class_label(&one.class),
        };
        // A classroom's own class needs no word for it.
        let classes = match self.facts.own {
            None => titles.classes.iter().map(name).collect(),
            Some(_) => Vec::new(),
        };
        let mut slides = CeremonySlide::of(&period, classes);
        let children = titles.students.iter().map(name).collect();
        slides.extend(CeremonySlide::of(&period, children));
        slides
    }

    fn ranking(&self) -> Vec<Slide> {
        let mut slides = Vec::new();
        for of_grade in self.facts.classes.chunk_by(|a, b| a.grade == b.grade) {
            let grade = of_grade.first().map_or(0, |c| c.grade);
            let rows: Vec<ScreenClass> = of_grade.iter().map(|c| self.class(c)).collect();
            match self.view {
                View::All => slides.extend(ranking_slides(grade, &self.facts.period, &rows)),
                View::Band => slides.extend(BandSlide::of(grade, &self.facts.period, rows)),
            }
        }
        slides
    }

    fn class(&self, class: &BoardClass) -> ScreenClass {
        let change = tenths(class.usual).zip(tenths(class.tenths));
        ScreenClass {
            code: class.code.clone(),
            name: class_label(&class.code),
            place: class.place.map(|(place, ..)| place),
            points: class.points.clone(),
            band: class.gold && class.place.is_some(),
            trend: change.map(|(before, now)| trend(before, now)),
            strength: class.strengths.first().map(|s| self.strength(s)),
        }
    }

    fn strength(&self, strength: &BoardStrength) -> Strength {
        let known = ITEMS.iter().find(|(item, _)| *item == strength.item);
        Strength {
            dimension: known.map_or("star", |(_, star)| *star).to_owned(),
            text: match known {
                Some((item, _)) => say(self.lang, &format!("board-good-{item}"), &[]),
                None => strength.name.chars().take(4).collect(),
            },
        }
    }

    fn constellation(&self) -> Option<Slide> {
        let small = crate::actions::round_progress::small;
        let lit = |classes: &[bool]| small(classes.iter().filter(|lit| **lit).count());
        let all = &self.facts.constellations;
        let grades: Vec<(u8, u32, u32)> = all
            .iter()
            .map(|(grade, classes)| (*grade, small(classes.len()), lit(classes)))
            .collect();
        let of = grades.iter().map(|(_, classes, _)| classes).sum();
        (of > 0).then(|| {
            Slide::Constellation(ConstellationSlide {
                lit: grades.iter().map(|(.., lit)| lit).sum(),
                of,
                sky: constellations(&grades, u64::from(of)),
            })
        })
    }

    fn sentence(&self, moment: &BoardMoment) -> String {
        moment_words::said(self.lang, &moment.chip, &moment.text)
    }

    /// In the own class the name stands alone; a sentence that names the child needs it no more.
    fn moment(&self, moment: &BoardMoment) -> Slide {
        let text = self.sentence(moment);
        let name = on_screen(&moment.child);
        let length = match text.chars().count() {
            0..=SHORT => "short",
            n if n <= MIDDLE => "middle",
            _ => "long",
        };
        let (body, tail) = parted(&text);
        Slide::Moment(MomentSlide {
            who: if text.contains(name) {
                String::new()
            } else {
                name.to_owned()
            },
            length,
            text: body,
            tail,
            class_name: class_label(&moment.class),
            dimension: match moment.dimension.as_str() {
                "" => "star".to_owned(),
                star => star.to_owned(),
            },
        })
    }

    fn badges(&self) -> Option<Slide> {
        let badges = self
            .facts
            .badges
            .iter()
            .map(|b| badge(b, self.rules, self.lang));
        let badges: Vec<ScreenBadge> = badges.collect();
        (!badges.is_empty()).then_some(Slide::Badges(BadgeSlide { badges }))
    }

    fn own(&self) -> Option<&BoardClass> {
        let code = self.facts.own.as_ref()?;
        self.facts.classes.iter().find(|c| c.code == *code)
    }

    fn sky(&self) -> Option<Slide> {
        let own = self.facts.sky.as_ref()?;
        let short = |m: &&BoardMoment| self.sentence(m).chars().count() <= LINE;
        let moment = self.facts.moments.iter().find(short).map(|m| {
            let (text, name) = (self.sentence(m), on_screen(&m.child));
            match text.contains(name) {
                true => text,
                false => say(
                    self.lang,
                    "board-moment-of",
                    &[("name", name), ("text", &text)],
                ),
            }
        });
        let best = self.own().and_then(|class| class.strengths.first());
        Some(Slide::Sky(SkySlide {
            class_name: class_label(&own.code),
            lit: own.lit,
            sky: sky(own.children, own.lit, own.seed),
            moment,
            strength: best.map(|s| self.strength(s)),
        }))
    }

    fn strengths(&self) -> Option<Slide> {
        let own = self.own().filter(|class| !class.strengths.is_empty())?;
        Some(Slide::Strengths(StrengthSlide {
            class_name: class_label(&own.code),
            strengths: own.strengths.iter().map(|s| self.strength(s)).collect(),
        }))
    }

    fn place(&self) -> Option<Slide> {
        let own = self.own()?;
        let past = own.past.iter().map(|(name, t)| (name.clone(), Some(*t)));
        let now = std::iter::once((self.facts.period.clone(), own.tenths));
        let line: Vec<(String, f64)> = past
            .chain(now.filter(|(_, t)| t.is_some()))
            .filter_map(|(name, t)| Some((name, tenths(t)?)))
            .collect();
        Some(Slide::Place(Box::new(PlaceSlide {
            grade: own.grade,
            period: self.facts.period.clone(),
            line: own
                .tenths
                .and_then(|_| trend_line(&line, tenths(own.usual))),
            class: self.class(own),
        })))
    }
}

/// A sentence without its last characters, and these, which stand together: no full stop begins a line of its own.
fn parted(text: &str) -> (String, String) {
    let from = text.chars().count().saturating_sub(TAIL);
    (
        text.chars().take(from).collect(),
        text.chars().skip(from).collect(),
    )
}

fn badge(badge: &BoardBadge, rules: &Rules, lang: Lang) -> ScreenBadge {
    let (id, dimension) = match badge.badge.split_once('.') {
        Some((id, dimension)) => (id, dimension),
        None => (badge.badge.as_str(), "star"),
    };
    let fits = |rule: &&Rule| rule.id == id && rule.each_dimension == (dimension != "star");
    let name = rules.badges.iter().find(fits).map(|rule| match lang {
        Lang::Chinese => rule.name.zh.as_str(),
        Lang::English => rule.name.en.as_str(),
    });
    let star = say(lang, &format!("office-star-{dimension}"), &[]);
    let class = class_label(&badge.class);
    ScreenBadge {
        badge: name.unwrap_or(id).replace("{star}", &star),
        dimension: dimension.to_owned(),
        who: badge
            .child
            .as_deref()
            .map_or_else(|| class.clone(), |name| on_screen(name).to_owned()),
        class_name: class,
    }
}

fn participation(facts: &BoardFacts) -> Option<Slide> {
    let (done, of, full) = facts.participation.as_ref()?;
    let more = full.len().saturating_sub(FULL_CLASSES);
    Some(Slide::Participation(ParticipationSlide {
        done: *done,
        of: *of,
        bar: bar(*done, *of),
        full_classes: full
            .iter()
            .take(FULL_CLASSES)
            .map(|c| class_label(c))
            .collect(),
        more: u32::try_from(more).unwrap_or(0),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actions::board_flags::BoardFlags, domain::programme::Kind};

    #[test]
    fn flags_come_first_on_the_day_they_are_handed_over() {
        let kinds = |today: bool| {
            let facts = BoardFacts {
                participation: Some((4, 5, Vec::new())),
                flags: Some(BoardFlags {
                    today,
                    week: Some(3),
                    won: vec![(4, false, vec!["402".to_owned()])],
                }),
                ..BoardFacts::default()
            };
            let mut programme = Programme::usual(Kind::Hall);
            programme.boards.reverse();
            let rules = Rules {
                version: 1,
                badges: Vec::new(),
            };
            let slides = of(&facts, &programme, &rules, Lang::Chinese);
            slides.iter().map(Slide::kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(false), ["participation", "flag"]);
        assert_eq!(kinds(true), ["flag", "participation"]);
    }

    #[test]
    fn a_sentence_ends_in_more_than_its_full_stop() {
        let (text, tail) = parted("下雨天把伞借给了同学。");
        assert_eq!(
            (text.as_str(), tail.as_str()),
            ("下雨天把伞借给了", "同学。")
        );
        assert_eq!(parted("好").1, "好");
    }
}
