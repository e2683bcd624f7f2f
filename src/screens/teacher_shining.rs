//! A shining point for everyone. Used by `GET /t/classes/{id}/shining`; template `teacher/shining.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    ShiningPage => "teacher/shining.html", "shining-title";
}

/// Which star is proposed for whom.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShiningPage {
    pub class_id: String,
    pub class_name: String,
    pub children: u32,
    /// Most children for one star.
    pub most: u32,
    pub stars: Vec<ShiningStar>,
}

/// A star, or progress.
#[derive(Debug, Clone, Serialize)]
pub struct ShiningStar {
    /// Dimension, or `star` for progress.
    pub key: String,
    pub name: String,
    pub children: Vec<ShiningChild>,
    /// How many more it has room for.
    pub spare: u32,
}

/// A child for whom it is proposed.
#[derive(Debug, Clone, Serialize)]
pub struct ShiningChild {
    pub id: String,
    pub name: String,
    /// Classmates or family named it, and no teacher yet.
    pub hidden: bool,
}

/// Invented, for the tests of the pages.
#[cfg(test)]
pub fn sample(published: bool) -> ShiningPage {
    let child = |name: &str, hidden| ShiningChild {
        id: "child-1".to_owned(),
        name: name.to_owned(),
        hidden,
    };
    let star = |key: &str, name: &str| ShiningStar {
        key: key.to_owned(),
        name: name.to_owned(),
        children: vec![child("唐果", true), child("阿依古丽·买买提", false)],
        spare: 7,
    };
    ShiningPage {
        class_id: "class-402".to_owned(),
        class_name: "四(2)班".to_owned(),
        children: 45,
        most: 9,
        stars: match published {
            true => vec![star("virtue", "向善星"), star("star", "进步")],
            false => Vec::new(),
        },
    }
}
