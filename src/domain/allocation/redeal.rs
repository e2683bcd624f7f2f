//! A new deal in an open round for late joiners and absentees (scoring.md section 7): everybody
//! still gives and gets about the same, done assignments stay, and little else moves.
//! Used by the actions that excuse a child or enrol one during a round.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::grid::Grid;
use super::{Links, Pair, both_ways, indexed, names};

/// What a new deal needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Redeal<'a> {
    /// Student numbers of everybody taking part from now on.
    pub students: &'a [String],
    /// Classmates each child is to rate, as in the first deal.
    pub k: usize,
    /// The assignments so far, done and not.
    pub current: &'a [Pair],
    /// Those with a sheet already: never taken back, also where rater or ratee has gone.
    pub done: &'a [Pair],
    /// Children who must not rate each other, in either direction.
    pub apart: &'a [(String, String)],
}

/// The assignments after a new deal; all lists sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redealt {
    pub pairs: Vec<Pair>,
    pub added: Vec<Pair>,
    pub removed: Vec<Pair>,
}

/// Deals again. Assignments of and about children who no longer take part go, unless done; then
/// numbers given and received are levelled to k, and where done work leaves no room, to a
/// difference of at most 1. A late joiner takes over k assignments about others and k raters, so
/// nobody gets more work while undone assignments are left to move. A done pair counts for both of
/// its children.
///
/// Undone pairs that have to be apart by now are exchanged where all other properties allow it; new ones are made only
/// where the numbers would differ by more than 1 without them.
///
/// ```
/// use starlight::domain::allocation::{Pair, Redeal, redeal};
/// let students: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
/// let current = vec![Pair::new("a", "b"), Pair::new("b", "a")];
/// let new = redeal(&Redeal { students: &students, k: 1, current: &current, done: &current[..1], apart: &[] });
/// assert!(new.pairs.contains(&Pair::new("a", "b")));
/// assert_eq!(new.pairs.len(), 3);
/// ```
#[must_use]
pub fn redeal(request: &Redeal<'_>) -> Redealt {
    let members: BTreeSet<&String> = request.students.iter().collect();
    let gone = request
        .done
        .iter()
        .flat_map(|pair| [&pair.rater, &pair.ratee])
        .filter(|name| !members.contains(name));
    let gone: BTreeSet<&String> = gone.collect();
    // Members first, so that a place below `present` is a member's.
    let order: Vec<String> = members
        .iter()
        .chain(&gone)
        .map(|name| (*name).clone())
        .collect();
    let present = members.len();

    let done = indexed(request.done.iter().map(names), &order);
    let mut grid = Grid::empty(order.len());
    for (rater, ratee) in indexed(request.current.iter().map(names), &order) {
        grid.set(rater, ratee, rater < present && ratee < present);
    }
    for &(rater, ratee) in &done {
        grid.set(rater, ratee, true);
    }
    let apart = both_ways(&indexed(request.apart.iter().map(|(a, b)| (a, b)), &order));
    let k = request.k.min(present.saturating_sub(1));
    let nothing = Links::new();
    let mut level = Level {
        grid,
        present,
        k,
        done: &done,
        apart: &apart,
        strict: present > 2 * k,
    };
    level.run();
    level.part();
    level.apart = &nothing;
    level.even_out();
    compare(request, level.grid.named(&order))
}

fn compare(request: &Redeal<'_>, pairs: Vec<Pair>) -> Redealt {
    let before: BTreeSet<&Pair> = request.current.iter().chain(request.done).collect();
    let after: BTreeSet<&Pair> = pairs.iter().collect();
    let difference = |a: &BTreeSet<&Pair>, b: &BTreeSet<&Pair>| {
        a.difference(b).map(|pair| (*pair).clone()).collect()
    };
    Redealt {
        added: difference(&after, &before),
        removed: difference(&before, &after),
        pairs,
    }
}

/// The levelling of one class.
struct Level<'a> {
    grid: Grid,
    present: usize,
    k: usize,
    done: &'a Links,
    apart: &'a Links,
    /// No new reciprocal pairs; given up only where nothing else helps.
    strict: bool,
}

/// The two directions of looking at the table: who gives too little, who gets too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Giving,
    Getting,
}

impl Level<'_> {
    fn run(&mut self) {
        self.drop_surplus();
        self.fill_up();
        self.even_out();
    }

    /// More steps than any class needs, so that no mistake here can hang the writer.
    const fn steps(&self) -> usize {
        4 * self.present * (self.k + 1)
    }

    fn even_out(&mut self) {
        for _ in 0..self.steps() {
            let moved = [Side::Giving, Side::Getting].map(|side| self.level_one(side));
            if moved == [false, false] {
                break;
            }
        }
    }

    /// Exchanges undone pairs that have to be apart against others, where nobody's numbers change by it.
    fn part(&mut self) {
        for &(rater, ratee) in self.apart {
            let undone = self.grid.has(rater, ratee) && !self.done.contains(&(rater, ratee));
            if !undone || rater >= self.present || ratee >= self.present {
                continue;
            }
            self.grid.set(rater, ratee, false);
            let back = |_: &Grid, end: usize, _: usize| end == ratee;
            match self.shortest(Side::Giving, rater, back, |_, _| false, self.strict) {
                Some(changes) => self.apply(&changes),
                None => self.grid.set(rater, ratee, true),
            }
        }
    }

    /// Takes back undone assignments that are too many on both ends, after members have left a
    /// class that had more to give.
    fn drop_surplus(&mut self) {
        let surplus: Vec<(usize, usize)> = self
            .grid
            .pairs()
            .filter(|pair| !self.done.contains(pair))
            .collect();
        for (rater, ratee) in surplus {
            if self.grid.given(rater) > self.k && self.grid.received(ratee) > self.k {
                self.grid.set(rater, ratee, false);
            }
        }
    }

    /// Brings raters below k to ratees below k, by the fewest exchanges each time.
    fn fill_up(&mut self) {
        for _ in 0..self.steps() {
            let short: Vec<usize> = (0..self.present)
                .filter(|&a| self.grid.given(a) < self.k)
                .collect();
            let k = self.k;
            if !short.into_iter().any(|a| {
                self.path(
                    Side::Giving,
                    a,
                    |grid, b, _| grid.received(b) < k,
                    |_, _| false,
                )
            }) {
                break;
            }
        }
    }

    /// One step towards max − min ≤ 1 on one side: an assignment moves from the one with most to
    /// the one with least, or the least gets one more.
    fn level_one(&mut self, side: Side) -> bool {
        let Some((least, most)) = self.extremes(side) else {
            return false;
        };
        let low = self.count(side, least);
        if self.count(side, most) < low + 2 {
            return false;
        }
        let present = self.present;
        let richer =
            move |grid: &Grid, one: usize| count(grid, side, one) >= low + 2 && one < present;
        if self.path(side, least, |_, _, _| false, richer) {
            return true;
        }
        // Without the child itself, who may be short on both sides but cannot rate itself.
        let others = (0..present).filter(|&one| one != least);
        let floor = others
            .map(|one| self.count(side.other(), one))
            .min()
            .unwrap_or(0);
        (floor..=self.k.max(floor + 1)).any(|cap| {
            self.path(
                side,
                least,
                move |grid, end, _| count(grid, side.other(), end) <= cap,
                |_, _| false,
            )
        })
    }

    fn extremes(&self, side: Side) -> Option<(usize, usize)> {
        let least = (0..self.present).min_by_key(|&one| self.count(side, one))?;
        Some((
            least,
            (0..self.present).max_by_key(|&one| self.count(side, one))?,
        ))
    }

    fn count(&self, side: Side, one: usize) -> usize {
        count(&self.grid, side, one)
    }

    /// Finds and makes the shortest chain of changes "add start–y, take back x–y, add x–y', …" that
    /// ends by adding where `open` says there is room, or by taking back from somebody `rich`.
    fn path(
        &mut self,
        side: Side,
        start: usize,
        open: impl Fn(&Grid, usize, usize) -> bool + Copy,
        rich: impl Fn(&Grid, usize) -> bool + Copy,
    ) -> bool {
        let strict = if self.strict {
            &[true, false][..]
        } else {
            &[false][..]
        };
        strict.iter().any(
            |&strict| match self.shortest(side, start, open, rich, strict) {
                Some(changes) => {
                    self.apply(&changes);
                    true
                }
                None => false,
            },
        )
    }

    fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.grid.set(change.rater, change.ratee, change.on);
        }
    }

    fn shortest(
        &self,
        side: Side,
        start: usize,
        open: impl Fn(&Grid, usize, usize) -> bool,
        rich: impl Fn(&Grid, usize) -> bool,
        strict: bool,
    ) -> Option<Vec<Change>> {
        // `near` are children on the side of `start`, `far` those on the other side.
        let mut came_near: BTreeMap<usize, usize> = BTreeMap::new();
        let mut came_far: BTreeMap<usize, usize> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(near) = waiting.pop_front() {
            for far in 0..self.present {
                if came_far.contains_key(&far) || !self.may_add(side, near, far, strict) {
                    continue;
                }
                came_far.insert(far, near);
                if open(&self.grid, far, near) {
                    let changes = trace(side, start, far, &came_near, &came_far);
                    if self.sound(&changes, strict) {
                        return Some(changes);
                    }
                }
                for next in (0..self.present)
                    .filter(|&next| next != start && self.may_take(side, next, far))
                {
                    if came_near.contains_key(&next) {
                        continue;
                    }
                    came_near.insert(next, far);
                    if rich(&self.grid, next) {
                        let mut changes = trace(side, start, far, &came_near, &came_far);
                        changes.push(Change::new(side, next, far, false));
                        if self.sound(&changes, strict) {
                            return Some(changes);
                        }
                    }
                    waiting.push_back(next);
                }
            }
        }
        None
    }

    fn may_add(&self, side: Side, near: usize, far: usize, strict: bool) -> bool {
        let (a, b) = side.oriented(near, far);
        let backwards = strict && self.grid.has(b, a);
        a != b && !backwards && !self.grid.has(a, b) && !self.apart.contains(&(a, b))
    }

    fn may_take(&self, side: Side, near: usize, far: usize) -> bool {
        let pair = side.oriented(near, far);
        self.grid.has(pair.0, pair.1) && !self.done.contains(&pair)
    }

    /// Two additions of one chain may be each other's reverse; such a chain is not made.
    fn sound(&self, changes: &[Change], strict: bool) -> bool {
        let added: Links = changes
            .iter()
            .filter(|c| c.on)
            .map(|c| (c.rater, c.ratee))
            .collect();
        !strict || added.iter().all(|&(a, b)| !added.contains(&(b, a)))
    }
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Giving => Self::Getting,
            Self::Getting => Self::Giving,
        }
    }

    /// (rater, ratee) of somebody on this side and somebody on the other.
    const fn oriented(self, near: usize, far: usize) -> (usize, usize) {
        match self {
            Self::Giving => (near, far),
            Self::Getting => (far, near),
        }
    }
}

fn count(grid: &Grid, side: Side, one: usize) -> usize {
    match side {
        Side::Giving => grid.given(one),
        Side::Getting => grid.received(one),
    }
}

#[derive(Debug, Clone, Copy)]
struct Change {
    rater: usize,
    ratee: usize,
    on: bool,
}

impl Change {
    const fn new(side: Side, near: usize, far: usize, on: bool) -> Self {
        let (rater, ratee) = side.oriented(near, far);
        Self { rater, ratee, on }
    }
}

/// The changes of the chain that ends by adding at `end`.
fn trace(
    side: Side,
    start: usize,
    end: usize,
    came_near: &BTreeMap<usize, usize>,
    came_far: &BTreeMap<usize, usize>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut far = end;
    while let Some(&near) = came_far.get(&far) {
        changes.push(Change::new(side, near, far, true));
        if near == start {
            break;
        }
        let Some(&before) = came_near.get(&near) else {
            break;
        };
        changes.push(Change::new(side, near, before, false));
        far = before;
    }
    changes
}
