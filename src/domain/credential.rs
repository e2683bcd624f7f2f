//! A badge that a family takes along as a signed file (Open Badges): which name stands in it, why it holds no longer,
//! and where its bit in the status list is.

/// Which name the guardian lets into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As on the roster.
    Full,
    /// Family name and stars.
    Short,
    /// No name at all.
    Nobody,
}

impl Shown {
    /// All, the most sparing first.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Short, Self::Full];

    /// The word in the database and in forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Short => "short",
            Self::Nobody => "none",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == text)
    }

    /// The name as it stands in the file; `None` for none.
    ///
    /// ```
    /// # use starlight::domain::credential::Shown;
    /// assert_eq!(Shown::Short.of("Zhang San"), Some("Z**".to_owned()));
    /// assert_eq!(Shown::Full.of("Zhang San"), Some("Zhang San".to_owned()));
    /// assert_eq!(Shown::Nobody.of("Zhang San"), None);
    /// ```
    #[must_use]
    pub fn of(self, name: &str) -> Option<String> {
        match self {
            Self::Full => Some(name.to_owned()),
            Self::Short => Some(veiled(name)),
            Self::Nobody => None,
        }
    }
}

/// A child's name as strangers may read it: family name and stars.
#[must_use]
pub fn veiled(name: &str) -> String {
    let first: String = name.chars().take(1).collect();
    format!("{first}**")
}

/// Why a file holds no longer: told to everybody who checks it, hence no more than this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// The family took its consent back.
    Home,
    /// The school withdrew the badge.
    School,
    /// The child's data was erased.
    Erased,
}

impl Withdrawal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Home, Self::School, Self::Erased];

    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::School => "school",
            Self::Erased => "erased",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == text)
    }
}

/// Bits of one status list: the least that the standard allows, so that no bit stands out.
pub const LIST_BITS: i32 = 131_072;

/// The list for the next file where there were `so_far`: a list is left half empty, for its places are drawn.
///
/// ```
/// # use starlight::domain::credential::list_for;
/// assert_eq!((list_for(0), list_for(65_535), list_for(65_536)), (0, 0, 1));
/// ```
#[must_use]
pub fn list_for(so_far: i64) -> i32 {
    i32::try_from(so_far / (i64::from(LIST_BITS) / 2)).unwrap_or(i32::MAX)
}
