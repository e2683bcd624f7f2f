//! A shining point for everyone (scoring.md section 9): each child of a class is proposed for one star, or for progress,
//! so that the child served worst is served as well as can be; hidden talents come first. Percentiles stay in here.

use super::leximin::{assign, capacity};

/// What is known of a child.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Child {
    /// Dimension scores of the term, by star of the rubric.
    pub stars: Vec<Option<f64>>,
    /// How far its later rounds lie above its earlier ones.
    pub rise: Option<f64>,
    /// Stars that classmates or family named and no teacher did.
    pub hidden: Vec<usize>,
}

/// For what a child is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// A star of the rubric, or its number of stars for progress.
    pub column: usize,
    /// A hidden talent.
    pub hidden: bool,
}

/// The proposals of a class, by child; nobody is left out. No star is given to more than [`most`] children.
///
/// ```
/// # use starlight::domain::badges::shining::{Child, propose};
/// let child = |stars: [f64; 2]| Child { stars: stars.map(Some).to_vec(), ..Child::default() };
/// let found = propose(&[child([4.5, 4.0]), child([4.4, 2.0])], 2);
/// assert_eq!(found.iter().map(|one| one.column).collect::<Vec<_>>(), [0, 1]);
/// ```
#[must_use]
pub fn propose(children: &[Child], stars: usize) -> Vec<Proposal> {
    let whole = percentiles(children, stars);
    let mut rows: Vec<Vec<Option<f64>>> = whole
        .iter()
        .zip(children)
        .map(|(row, child)| match child.hidden.is_empty() {
            true => row.clone(),
            false => only(row, &child.hidden),
        })
        .collect();
    // Whoever finds no room among its hidden talents is looked at as a whole, and somebody of whom nothing is known gets
    // what is left.
    let (most, mut widened) = (most(children.len(), stars), vec![0_u8; children.len()]);
    let mut chosen = assign(&rows, most);
    loop {
        let left: Vec<usize> = (0..children.len())
            .filter(|at| chosen.get(*at).copied().flatten().is_none())
            .collect();
        let mut changed = false;
        for at in left {
            let Some((row, steps)) = rows.get_mut(at).zip(widened.get_mut(at)) else {
                continue;
            };
            changed |= *steps < 2;
            *row = match (*steps, whole.get(at)) {
                (0, Some(all)) => all.clone(),
                _ => row.iter().map(|cell| cell.or(Some(0.0))).collect(),
            };
            *steps += 1;
        }
        if !changed {
            break;
        }
        chosen = assign(&rows, most);
    }
    let both = chosen.into_iter().zip(children);
    both.map(|(column, child)| {
        let column = column.unwrap_or(0);
        Proposal {
            column,
            hidden: child.hidden.contains(&column),
        }
    })
    .collect()
}

/// Most children of a class that one star is proposed for.
#[must_use]
pub const fn most(children: usize, stars: usize) -> usize {
    capacity(children, stars)
}

fn only(row: &[Option<f64>], wanted: &[usize]) -> Vec<Option<f64>> {
    let cells = row.iter().enumerate();
    cells
        .map(|(at, cell)| match wanted.contains(&at) {
            true => cell.or(Some(0.0)),
            false => None,
        })
        .collect()
}

/// Where each child stands among the class's, 0 to 100, star by star and last by its rise.
fn percentiles(children: &[Child], stars: usize) -> Vec<Vec<Option<f64>>> {
    let value = |child: &Child, column: usize| match column == stars {
        true => child.rise,
        false => child.stars.get(column).copied().flatten(),
    };
    let columns: Vec<Vec<f64>> = (0..=stars)
        .map(|column| children.iter().filter_map(|c| value(c, column)).collect())
        .collect();
    let place = |all: &[f64], one: f64| {
        let count = |test: &dyn Fn(f64) -> bool| {
            let n = all.iter().filter(|other| test(**other)).count();
            f64::from(u32::try_from(n).unwrap_or(u32::MAX))
        };
        let below = count(&|other| other < one - super::SAME);
        let same = count(&|other| (other - one).abs() <= super::SAME);
        100.0 * (below + same / 2.0) / count(&|_| true)
    };
    children
        .iter()
        .map(|child| {
            let cells = columns.iter().enumerate();
            cells
                .map(|(at, all)| value(child, at).map(|one| place(all, one)))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hidden_talent_comes_before_what_everybody_sees() {
        let child = |stars: [f64; 3], hidden: &[usize]| Child {
            stars: stars.map(Some).to_vec(),
            rise: None,
            hidden: hidden.to_vec(),
        };
        let class = [
            child([5.0, 4.0, 1.0], &[2]),
            child([4.0, 5.0, 3.0], &[]),
            child([3.0, 4.5, 2.0], &[]),
        ];
        let found = propose(&class, 3);
        assert_eq!(
            found[0],
            Proposal {
                column: 2,
                hidden: true
            }
        );
        assert!(found[1..].iter().all(|one| !one.hidden));
    }

    #[test]
    fn more_hidden_talents_than_room_are_served_otherwise() {
        let class = vec![
            Child {
                stars: vec![Some(4.0), Some(3.0)],
                rise: None,
                hidden: vec![0],
            };
            4
        ];
        let found = propose(&class, 2);
        let first = found.iter().filter(|one| one.column == 0).count();
        assert_eq!((found.len(), first), (4, 2));
    }

    proptest! {
        #[test]
        fn nobody_is_left_out_and_no_star_is_given_too_often(
            cells in prop::collection::vec(prop::option::weighted(0.8, 1.0..5.0_f64), 6 * 12),
            hidden in prop::collection::vec(prop::collection::vec(0..5_usize, 0..3), 12),
            n in 1_usize..=12,
        ) {
            let class: Vec<Child> = cells
                .chunks(6)
                .zip(hidden)
                .take(n)
                .map(|(row, hidden)| Child { stars: row[..5].to_vec(), rise: row[5], hidden })
                .collect();
            let found = propose(&class, 5);
            prop_assert_eq!(found.len(), n);
            for column in 0..6 {
                let given = found.iter().filter(|one| one.column == column).count();
                prop_assert!(given <= most(n, 5), "{found:?}");
            }
        }
    }
}
