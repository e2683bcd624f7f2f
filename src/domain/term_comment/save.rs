//! Which save of a comment counts. Every page that writes has a name (`hand`) and counts its saves (`turn`); the server
//! counts what it took (`stamp`). A page's own later save always counts, so that an answer lost on the way is no
//! conflict; another page's counts only where it rests on what stands.

/// What stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands<'a> {
    pub stamp: i64,
    pub hand: &'a str,
    pub turn: i64,
    pub text: &'a str,
}

/// What a page sends. A form without script has no name: only its stamp speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent<'a> {
    /// The stamp that the page knew.
    pub based_on: i64,
    pub hand: &'a str,
    pub turn: i64,
    pub text: &'a str,
}

/// What becomes of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Take,
    /// It says what stands already, or the page itself has saved something newer since.
    Same,
    /// Something else was saved elsewhere: the teacher decides.
    Stale,
}

/// Judges a save; `stands` is none before the first.
///
/// ```
/// use starlight::domain::term_comment::save::{Sent, Stands, Verdict, judge};
/// let stands = Stands { stamp: 4, hand: "a", turn: 2, text: "one" };
/// let sent = Sent { based_on: 3, hand: "a", turn: 3, text: "one two" };
/// assert_eq!(judge(Some(&stands), &sent), Verdict::Take);
/// assert_eq!(judge(Some(&stands), &Sent { hand: "b", ..sent }), Verdict::Stale);
/// ```
pub fn judge(stands: Option<&Stands<'_>>, sent: &Sent<'_>) -> Verdict {
    let Some(stands) = stands else {
        return Verdict::Take;
    };
    let same_page = !sent.hand.is_empty() && sent.hand == stands.hand;
    if same_page && sent.turn <= stands.turn {
        return Verdict::Same;
    }
    if sent.text == stands.text {
        return Verdict::Same;
    }
    if same_page || sent.based_on == stands.stamp {
        return Verdict::Take;
    }
    Verdict::Stale
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STANDS: Stands<'static> = Stands {
        stamp: 7,
        hand: "a",
        turn: 3,
        text: "stands",
    };

    fn sent(based_on: i64, hand: &'static str, turn: i64, text: &'static str) -> Sent<'static> {
        Sent {
            based_on,
            hand,
            turn,
            text,
        }
    }

    #[test]
    fn the_first_save_is_taken() {
        assert_eq!(judge(None, &sent(0, "", 0, "x")), Verdict::Take);
    }

    #[test]
    fn a_form_without_script_goes_by_its_stamp() {
        assert_eq!(judge(Some(&STANDS), &sent(7, "", 0, "x")), Verdict::Take);
        assert_eq!(judge(Some(&STANDS), &sent(6, "", 0, "x")), Verdict::Stale);
        assert_eq!(
            judge(Some(&STANDS), &sent(6, "", 0, "stands")),
            Verdict::Same
        );
    }

    #[test]
    fn an_older_save_of_the_same_page_takes_nothing_back() {
        assert_eq!(judge(Some(&STANDS), &sent(7, "a", 2, "x")), Verdict::Same);
        assert_eq!(judge(Some(&STANDS), &sent(5, "a", 4, "x")), Verdict::Take);
    }

    /// Two pages save in any order, some answers get lost: nothing of one page is overwritten by the other unless that
    /// one had seen it.
    #[derive(Debug)]
    struct Page {
        hand: &'static str,
        based_on: i64,
        turn: i64,
    }

    proptest! {
        #[test]
        fn nothing_is_overwritten_unseen(steps in prop::collection::vec((0..2usize, any::<bool>()), 0..40)) {
            let mut pages = [
                Page { hand: "a", based_on: 0, turn: 0 },
                Page { hand: "b", based_on: 0, turn: 0 },
            ];
            let mut stands: Option<(i64, &'static str, i64, String)> = None;
            for (n, (who, answered)) in steps.into_iter().enumerate() {
                let page = &mut pages[who];
                page.turn += 1;
                let text = format!("{} {n}", page.hand);
                let now = stands.as_ref().map(|(stamp, hand, turn, text)| Stands { stamp: *stamp, hand, turn: *turn, text });
                let sent = Sent { based_on: page.based_on, hand: page.hand, turn: page.turn, text: &text };
                match judge(now.as_ref(), &sent) {
                    Verdict::Take => {
                        if let Some((stamp, hand, ..)) = &stands {
                            prop_assert!(*hand == page.hand || page.based_on == *stamp);
                        }
                        let stamp = stands.as_ref().map_or(0, |s| s.0) + 1;
                        stands = Some((stamp, page.hand, page.turn, text));
                        if answered { page.based_on = stamp; }
                    }
                    Verdict::Same => prop_assert!(false, "every text is new"),
                    Verdict::Stale => {
                        let (stamp, hand, ..) = stands.as_ref().unwrap();
                        prop_assert!(*hand != page.hand && page.based_on != *stamp);
                    }
                }
            }
        }
    }
}
