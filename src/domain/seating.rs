//! Who sits where in a classroom: a plan of lines, the first at the front, and places from the left as seen from the
//! teacher. Filled in one go, pasted from a spreadsheet, or two seats at a time.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::refusal::Refusal;

/// Most lines, and most places of a line.
pub const MOST: usize = 12;

/// Line and place, both from 1, with the id of the child that sits there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(pub BTreeMap<(usize, usize), String>);

/// What a pasted plan says that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Words that are no child of the class, or several.
    pub unknown: Vec<String>,
    /// Children that are named more than once.
    pub twice: Vec<String>,
    /// More than [`MOST`] lines or places.
    pub large: bool,
}

impl Unread {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A child as a plan may name it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'c> {
    pub id: &'c str,
    pub name: &'c str,
    pub student_no: &'c str,
}

impl Plan {
    /// Lines and places that the plan spans.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let lines = self.0.keys().map(|(line, _)| *line).max().unwrap_or(0);
        let places = self.0.keys().map(|(_, place)| *place).max().unwrap_or(0);
        (lines, places)
    }

    /// All children in their order, so many a line.
    ///
    /// # Errors
    /// `Invalid("seats-size")` where that makes too many lines or places.
    ///
    /// ```
    /// # use starlight::domain::seating::Plan;
    /// let plan = Plan::fill(["a", "b", "c"].map(str::to_owned), 2).unwrap();
    /// assert_eq!(plan.size(), (2, 2));
    /// assert_eq!(plan.0[&(2, 1)], "c");
    /// ```
    pub fn fill(
        children: impl IntoIterator<Item = String>,
        places: usize,
    ) -> Result<Self, Refusal> {
        let wrong = || Refusal::Invalid("seats-size".to_owned());
        if !(1..=MOST).contains(&places) {
            return Err(wrong());
        }
        let at = |(n, id): (usize, String)| ((n / places + 1, n % places + 1), id);
        let plan = Self(children.into_iter().enumerate().map(at).collect());
        match plan.size().0 <= MOST {
            true => Ok(plan),
            false => Err(wrong()),
        }
    }

    /// Reads a plan as a spreadsheet gives it: a line of text for a line of seats, cells apart by tabs (an empty cell is
    /// an empty seat), or else by blanks or commas. Names or student numbers.
    ///
    /// # Errors
    /// Everything that cannot be read, at once.
    pub fn read(text: &str, children: &[Named<'_>]) -> Result<Self, Unread> {
        let (mut plan, mut unread) = (Self::default(), Unread::default());
        let mut seated = HashSet::new();
        let tabs = text.contains('\t');
        let rows = text.lines().filter(|row| !row.trim().is_empty());
        for (line, row) in rows.enumerate() {
            for (place, cell) in cells(row, tabs).into_iter().enumerate() {
                if cell.is_empty() {
                    continue;
                }
                unread.large |= line >= MOST || place >= MOST;
                let Some(child) = find(cell, children) else {
                    unread.unknown.push(cell.to_owned());
                    continue;
                };
                match seated.insert(child) {
                    true => drop(plan.0.insert((line + 1, place + 1), child.to_owned())),
                    false => unread.twice.push(cell.to_owned()),
                }
            }
        }
        match unread.is_empty() {
            true => Ok(plan),
            false => Err(unread),
        }
    }

    /// Lets whoever sits at two seats change places; one of them may be empty.
    pub fn swap(&mut self, one: (usize, usize), other: (usize, usize)) {
        let (a, b) = (self.0.remove(&one), self.0.remove(&other));
        self.0.extend(a.map(|id| (other, id)));
        self.0.extend(b.map(|id| (one, id)));
    }

    /// As text that [`Self::read`] reads again.
    #[must_use]
    pub fn write(&self, names: &HashMap<&str, &str>) -> String {
        let (lines, places) = self.size();
        let cell = |at: (usize, usize)| {
            let id = self.0.get(&at).map(String::as_str);
            id.and_then(|id| names.get(id).copied()).unwrap_or_default()
        };
        let row = |line: usize| {
            let cells: Vec<&str> = (1..=places).map(|place| cell((line, place))).collect();
            cells.join("\t").trim_end().to_owned()
        };
        (1..=lines).map(row).collect::<Vec<_>>().join("\n")
    }
}

fn cells(row: &str, tabs: bool) -> Vec<&str> {
    if tabs {
        return row.split('\t').map(str::trim).collect();
    }
    let apart = |c: char| c.is_whitespace() || c == ',' || c == '\u{ff0c}' || c == '\u{3001}';
    row.split(apart).filter(|cell| !cell.is_empty()).collect()
}

/// The one child of this name or number.
fn find<'c>(cell: &str, children: &[Named<'c>]) -> Option<&'c str> {
    let mut found = children
        .iter()
        .filter(|child| child.name == cell || child.student_no == cell);
    match (found.next(), found.next()) {
        (Some(child), None) => Some(child.id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHILDREN: [Named<'_>; 4] = [
        Named {
            id: "a",
            name: "An Li",
            student_no: "1",
        },
        Named {
            id: "b",
            name: "Bo",
            student_no: "2",
        },
        Named {
            id: "c",
            name: "Chen",
            student_no: "3",
        },
        Named {
            id: "d",
            name: "Chen",
            student_no: "4",
        },
    ];

    #[test]
    fn cells_by_tabs_keep_empty_seats_and_names_with_blanks() {
        let plan = Plan::read("Bo\t\tAn Li\r\n\n\t3\nAn Li", &CHILDREN).unwrap_err();
        assert_eq!(plan.twice, ["An Li"]);
        let plan = Plan::read("An Li\t\tBo\r\n\n\t3", &CHILDREN).unwrap();
        let at = [((1, 1), "a"), ((1, 3), "b"), ((2, 2), "c")];
        assert_eq!(plan.0, at.map(|(at, id)| (at, id.to_owned())).into());
        let plan = Plan::read("Bo, 4\u{ff0c}3\n1", &CHILDREN).unwrap();
        assert_eq!(plan.size(), (2, 3));
    }

    #[test]
    fn everything_unreadable_is_told_at_once() {
        let unread = Plan::read("Bo Chen Dora Bo", &CHILDREN).unwrap_err();
        assert_eq!(unread.unknown, ["Chen", "Dora"]);
        assert_eq!(unread.twice, ["Bo"]);
        assert!(!unread.large);
        assert!(Plan::read(&"\n1".repeat(2), &CHILDREN).is_err());
        let wide = format!("{}1", "\t".repeat(MOST));
        assert!(Plan::read(&wide, &CHILDREN).unwrap_err().large);
    }

    #[test]
    fn a_line_takes_one_to_twelve() {
        let children = || (0..45).map(|n| n.to_string());
        assert!(Plan::fill(children(), 0).is_err());
        assert!(Plan::fill(children(), 13).is_err());
        assert!(Plan::fill(children(), 3).is_err(), "15 lines");
        assert_eq!(Plan::fill(children(), 8).unwrap().size(), (6, 8));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(n in 1_usize..45, places in 4_usize..=12, holes in any::<[bool; 45]>()) {
            let own: Vec<String> = (0..n).map(|n| format!("n{n}")).collect();
            let children: Vec<Named<'_>> = own.iter().map(|id| Named { id, name: id, student_no: id }).collect();
            let mut plan = Plan::fill(own.clone(), places).unwrap();
            let mut left = holes.iter();
            plan.0.retain(|_, _| !left.next().unwrap());
            let names: HashMap<&str, &str> = own.iter().map(|id| (id.as_str(), id.as_str())).collect();
            let read = Plan::read(&plan.write(&names), &children).unwrap();
            // A line that is empty altogether closes up; within a line each seat stays.
            let within = |plan: &Plan| plan.0.iter().map(|((_, place), id)| (id.clone(), *place)).collect::<HashMap<_, _>>();
            prop_assert_eq!(within(&read), within(&plan));
        }

        #[test]
        fn swapping_twice_is_nothing(a in (1_usize..=3, 1_usize..=3), b in (1_usize..=3, 1_usize..=3)) {
            let plan = Plan::fill((0..7).map(|n| n.to_string()), 3).unwrap();
            let mut other = plan.clone();
            other.swap(a, b);
            prop_assert_eq!(other.0.len(), 7);
            other.swap(a, b);
            prop_assert_eq!(other, plan);
        }
    }
}
