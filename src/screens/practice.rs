//! View models of the practice round: three drawn scenes with a small fox, answered with the anchors of the sheet; then
//! how a friend saw it. Its words are in `practice.ftl`, its pictures in `static/practice.svg`.

use serde::Serialize;

use super::engine::Page;
use super::parts::{Choice, Spoken, choices};
use super::sheet::{Answer, Dot, Segment, SheetCard};

/// How many scenes there are for each segment.
pub const SCENES: u8 = 3;

/// `GET, POST /s/practice/{scene}` (fields `said` = level or empty for 没看见, `go` = `look` or `next`).
#[derive(Debug, Clone, Serialize)]
pub struct PracticePage {
    pub segment: Segment,
    /// 1 … [`SCENES`].
    pub scene: u8,
    /// Key of the star that the scene is about.
    pub star: &'static str,
    pub choices: Vec<Choice>,
    /// 没看见 was chosen.
    pub unseen: bool,
    /// Something was chosen: the friend's view is there.
    pub looked: bool,
    /// Asked for the friend's view without a choice.
    pub missing: bool,
    /// What the friend chose; none is 没看见.
    pub friend: Option<Choice>,
    /// One for each scene.
    pub dots: Vec<Dot>,
}

impl Page for PracticePage {
    const TEMPLATE: &'static str = "child/practice.html";
    const TITLE_KEY: &'static str = "practice-title";
}

/// `GET /s/practice/end`.
#[derive(Debug, Clone, Serialize)]
pub struct PracticeEnd {
    pub segment: Segment,
}

impl Page for PracticeEnd {
    const TEMPLATE: &'static str = "child/practice_end.html";
    const TITLE_KEY: &'static str = "practice-title";
}

/// Star of each scene and the level the friend chose; none where what is asked cannot be seen in it.
const LOW: [(&str, Option<usize>); 3] = [("virtue", Some(3)), ("labour", Some(2)), ("arts", None)];
const MIDDLE: [(&str, Option<usize>); 3] =
    [("wisdom", Some(4)), ("health", Some(3)), ("labour", None)];
const HIGH: [(&str, Option<usize>); 3] = [("wisdom", Some(5)), ("virtue", Some(3)), ("arts", None)];

impl PracticePage {
    /// A scene with the anchors of the school's rubric; none for a scene that does not exist. A scale shorter than the
    /// standard one gives the friend its highest level.
    pub fn new(segment: Segment, scene: u8, levels: &[Spoken], said: Answer) -> Option<Self> {
        let scenes = match segment {
            Segment::Low => LOW,
            Segment::Middle => MIDDLE,
            Segment::High => HIGH,
        };
        let (star, friend) = *scenes.get(usize::from(scene.checked_sub(1)?))?;
        let chosen = match said {
            Answer::Level(level) => Some(level),
            Answer::Open | Answer::Unseen => None,
        };
        let choices = choices(levels, chosen);
        Some(Self {
            segment,
            scene,
            star,
            unseen: said == Answer::Unseen,
            looked: said == Answer::Unseen || choices.iter().any(|choice| choice.on),
            missing: false,
            friend: friend
                .and_then(|level| choices.get(..level).unwrap_or(&choices).last().cloned()),
            dots: SheetCard::dots(u32::from(scene), u32::from(SCENES)),
            choices,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PracticePage, SCENES, Segment};
    use crate::screens::assets;
    use crate::screens::samples_sheet::low_levels;
    use crate::screens::sheet::Answer;

    #[test]
    fn every_scene_is_drawn_and_about_another_star() {
        let sprite = assets::find("practice.svg").unwrap().bytes;
        let sprite = String::from_utf8(sprite.into_owned()).unwrap();
        assert!(sprite.len() <= 20 * 1024);
        for (segment, name) in [
            (Segment::Low, "low"),
            (Segment::Middle, "middle"),
            (Segment::High, "high"),
        ] {
            let mut stars = Vec::new();
            for scene in 1..=SCENES {
                assert!(sprite.contains(&format!("<view id=\"{name}-{scene}\"")));
                let page = PracticePage::new(segment, scene, &low_levels(), Answer::Open).unwrap();
                assert!(!stars.contains(&page.star) && !page.looked);
                stars.push(page.star);
            }
            assert!(PracticePage::new(segment, SCENES + 1, &low_levels(), Answer::Open).is_none());
            assert!(PracticePage::new(segment, 0, &low_levels(), Answer::Open).is_none());
        }
    }

    #[test]
    fn the_friend_keeps_to_a_shorter_scale() {
        let page = PracticePage::new(Segment::High, 1, &low_levels(), Answer::Unseen).unwrap();
        assert_eq!(page.friend.map(|choice| choice.value), Some(3));
        assert!(page.looked && page.unseen);
    }
}
