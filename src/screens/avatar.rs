//! View model of the page on which a child chooses the picture on its tile: one of the drawn heads, one of the grounds.

use serde::Serialize;

use super::engine::Page;
use super::parts::{ANIMALS, Avatar, GROUNDS};

/// `GET, POST /s/avatar`; fields `head` and `ground`, both by their place in the drawn set.
#[derive(Debug, Clone, Serialize)]
pub struct AvatarPage {
    pub low: bool,
    /// What the child has now.
    pub avatar: Avatar,
    pub heads: Vec<Head>,
    pub grounds: Vec<Ground>,
}

/// One of the drawn heads.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub value: usize,
    /// On the child's present ground.
    pub avatar: Avatar,
    pub on: bool,
}

/// One of the grounds.
#[derive(Debug, Clone, Serialize)]
pub struct Ground {
    pub value: u8,
    pub on: bool,
}

impl AvatarPage {
    /// The whole set, with the present choice marked.
    pub fn new(low: bool, avatar: Avatar) -> Self {
        let head = |(value, animal): (usize, &&str)| Head {
            value,
            avatar: Avatar {
                animal: (*animal).to_owned(),
                ground: avatar.ground,
            },
            on: *animal == avatar.animal,
        };
        let ground = |value: u8| Ground {
            value,
            on: value == avatar.ground,
        };
        Self {
            low,
            heads: ANIMALS.iter().enumerate().map(head).collect(),
            grounds: (0..GROUNDS).map(ground).collect(),
            avatar,
        }
    }
}

impl Page for AvatarPage {
    const TEMPLATE: &'static str = "child/avatar.html";
    const TITLE_KEY: &'static str = "avatar-title";
}
