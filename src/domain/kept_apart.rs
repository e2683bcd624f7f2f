//! Why two children are never asked about each other: a closed set, so that nothing more than this is kept about
//! families or quarrels. Used by the action and page of the homeroom teacher.

/// Texts are `apart-why-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Sibling,
    Conflict,
    Other,
}

impl Why {
    /// In the order of the select.
    pub const ALL: [Self; 3] = [Self::Sibling, Self::Conflict, Self::Other];

    /// As stored.
    ///
    /// ```
    /// # use starlight::domain::kept_apart::Why;
    /// assert!(Why::ALL.iter().all(|why| Why::parse(why.key()) == Some(*why)));
    /// assert_eq!(Why::parse("his father said so"), None);
    /// ```
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sibling => "sibling",
            Self::Conflict => "conflict",
            Self::Other => "other",
        }
    }

    /// From what is stored or posted.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.key() == key)
    }
}
