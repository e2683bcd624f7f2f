//! Remember first: before one answer at an end of the scale about a classmate, a child picks one concrete moment, at
//! most once a round (product.md, rule 7; behaviourally anchored ratings rest on remembered events, not impressions).
//! Used by the sheet and by the action that stores what was picked.

/// When it was; texts are `recall-when-…`.
pub const OCCASIONS: [&str; 5] = ["lesson", "break", "line", "duty", "play"];
/// Deeds offered at most.
const MOST_DEEDS: u8 = 12;

/// What a child picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    pub indicator: String,
    /// One of [`OCCASIONS`]; empty where the child did not say when.
    pub occasion: String,
    /// Which deed of the page's list: `l` and the place of a look-for; empty where nothing came to mind or only the
    /// occasion was asked.
    pub deed: String,
}

impl Recall {
    /// Whether a page offers these.
    ///
    /// ```
    /// # use starlight::domain::recall::Recall;
    /// let said = |occasion: &str, deed: &str| Recall { indicator: "a".into(), occasion: occasion.into(), deed: deed.into() };
    /// assert!(said("break", "l0").is_known() && said("", "").is_known());
    /// assert!(!said("yesterday", "l0").is_known() && !said("break", "he pushed me").is_known());
    /// ```
    pub fn is_known(&self) -> bool {
        let occasion = self.occasion.is_empty() || OCCASIONS.contains(&self.occasion.as_str());
        let place = self
            .deed
            .strip_prefix('l')
            .and_then(|place| place.parse::<u8>().ok());
        occasion && (self.deed.is_empty() || place.is_some_and(|place| place < MOST_DEEDS))
    }
}
