//! Who a family's paper is by: the rater under which its sheets stand. Used by the actions that type papers in, import
//! them, and let them give way to an answer over the link.

use super::ids::StudentId;

/// The rater of a family's sheets that the teacher typed in from paper: one a child, so that a second paper changes
/// the first, and told apart from every link.
///
/// ```
/// # use starlight::domain::{ids::StudentId, paper::{is_paper, paper_rater}};
/// let rater = paper_rater(&StudentId::new("s1"));
/// assert!(is_paper(&rater) && !is_paper("s1"));
/// ```
pub fn paper_rater(student: &StudentId) -> String {
    format!("{PAPER}{student}")
}

/// Whether a rater of the family source is a child's paper.
pub fn is_paper(rater: &str) -> bool {
    rater.starts_with(PAPER)
}

const PAPER: &str = "paper-";
