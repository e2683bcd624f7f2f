//! The picture that stands for a child: one of 17 drawn heads on one of 7 grounds, stored as one number. It says
//! nothing of the child but what it chose; two children may have the same.

use super::random;

/// Drawn heads.
pub const HEADS: usize = 17;
/// Grounds behind a head.
pub const GROUNDS: usize = 7;

/// A head on a ground, both by their place in the drawn set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avatar {
    head: usize,
    ground: usize,
}

impl Avatar {
    /// `None` outside the drawn set.
    pub fn new(head: usize, ground: usize) -> Option<Self> {
        (head < HEADS && ground < GROUNDS).then_some(Self { head, ground })
    }

    /// The one a child has before it chooses: by nothing but its id.
    pub fn first(id: &str) -> Self {
        let all = u64::try_from(HEADS * GROUNDS).unwrap_or(1);
        Self::from_number(i32::try_from(random::keyed(0, id) % all).unwrap_or(0))
    }

    /// What the column `students.avatar` says; a number outside the set is taken as one within.
    pub fn from_number(number: i32) -> Self {
        let number = usize::try_from(number).unwrap_or(0);
        Self {
            head: number % HEADS,
            ground: (number / HEADS) % GROUNDS,
        }
    }

    /// For the column: 0 … 118.
    pub fn number(self) -> i32 {
        i32::try_from(self.ground * HEADS + self.head).unwrap_or(0)
    }

    pub fn head(self) -> usize {
        self.head
    }

    pub fn ground(self) -> usize {
        self.ground
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_has_its_number() {
        for ground in 0..GROUNDS {
            for head in 0..HEADS {
                let avatar = Avatar::new(head, ground).unwrap();
                assert!((0..119).contains(&avatar.number()));
                assert_eq!(Avatar::from_number(avatar.number()), avatar);
            }
        }
    }

    #[test]
    fn outside_the_set_is_nothing() {
        assert_eq!(Avatar::new(HEADS, 0), None);
        assert_eq!(Avatar::new(0, GROUNDS), None);
        assert_eq!(Avatar::from_number(-1).number(), 0);
        assert_eq!(Avatar::from_number(119).number(), 0);
    }
}
