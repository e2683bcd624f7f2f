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
    /// Which deed of the page's list: `l` and the place of a look-for, or `p` and the id of an indicator that the class
    /// was praised for; empty where nothing came to mind or only the occasion was asked.
    pub deed: String,
}

impl Recall {
    /// Whether a page may offer these; `praisable` says whether an indicator is one to be praised for.
    ///
    /// ```
    /// # use starlight::domain::recall::Recall;
    /// let said = |occasion: &str, deed: &str| Recall { indicator: "a".into(), occasion: occasion.into(), deed: deed.into() };
    /// let praisable = |id: &str| id == "kind";
    /// assert!(said("break", "l0").is_known(praisable) && said("", "").is_known(praisable));
    /// assert!(said("break", "pkind").is_known(praisable));
    /// assert!(!said("yesterday", "l0").is_known(praisable));
    /// assert!(!said("break", "he pushed me").is_known(praisable) && !said("break", "pushed me").is_known(praisable));
    /// ```
    pub fn is_known(&self, praisable: impl Fn(&str) -> bool) -> bool {
        let occasion = self.occasion.is_empty() || OCCASIONS.contains(&self.occasion.as_str());
        let place = self.deed.strip_prefix('l').and_then(|at| at.parse().ok());
        let look_for = place.is_some_and(|at: u8| at < MOST_DEEDS);
        let praised = self.praised_for().is_some_and(praisable);
        occasion && (self.deed.is_empty() || look_for || praised)
    }

    /// The indicator of a praise that was picked as the deed.
    pub fn praised_for(&self) -> Option<&str> {
        self.deed.strip_prefix('p')
    }
}
