//! A shining point for everyone (scoring.md section 9): proposals for a term as a leximin
//! assignment of students to dimensions. Used by the page that proposes them to the teacher.
//!
//! Maximising the sorted vector of the percentiles served is the same as using the lowest value as
//! rarely as possible, then the next lowest, and so on. So the cost of a choice is a vector with a
//! one at the rank of its value, vectors compare from the lowest rank up, and successive shortest
//! paths find the cheapest assignment, as with ordinary numbers.

/// Assigns each student (row) to a dimension (column), no column more than `capacity` times, so
/// that the lowest percentile served is as high as possible, then the next, and so on. As many
/// students as possible are served; `None` percentiles cannot be. Result: the column of each row.
///
/// ```
/// use starlight::domain::badges::leximin::assign;
/// let percentiles = [vec![Some(90.0), Some(80.0)], vec![Some(85.0), Some(10.0)]];
/// assert_eq!(assign(&percentiles, 1), [Some(1), Some(0)]);
/// ```
#[must_use]
pub fn assign(percentiles: &[Vec<Option<f64>>], capacity: usize) -> Vec<Option<usize>> {
    let columns = percentiles.iter().map(Vec::len).max().unwrap_or(0);
    let ranks = Ranks::of(percentiles);
    let mut chosen: Vec<Option<usize>> = vec![None; percentiles.len()];
    for student in 0..percentiles.len() {
        let Some(path) = ranks.cheapest(student, &chosen, columns, capacity) else {
            continue;
        };
        for (row, column) in path {
            if let Some(place) = chosen.get_mut(row) {
                *place = Some(column);
            }
        }
    }
    chosen
}

/// The capacity of section 9: ⌈students / dimensions⌉.
#[must_use]
pub const fn capacity(students: usize, dimensions: usize) -> usize {
    if dimensions == 0 {
        0
    } else {
        students.div_ceil(dimensions)
    }
}

/// How often each rank is used, lowest first; compared from the lowest up, fewer is better.
type Cost = Vec<i32>;
/// Who moves to which column, and what it costs.
type Path = Vec<(usize, usize)>;

struct Ranks {
    /// Rank of each percentile among the different values, 0 the lowest.
    table: Vec<Vec<Option<usize>>>,
    count: usize,
}

impl Ranks {
    fn of(percentiles: &[Vec<Option<f64>>]) -> Self {
        let mut values: Vec<f64> = percentiles.iter().flatten().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        values.dedup_by(|a, b| (*a - *b).abs() < super::SAME);
        let rank = |value: f64| values.partition_point(|one| *one < value - super::SAME);
        let table = percentiles
            .iter()
            .map(|row| row.iter().map(|cell| cell.map(rank)).collect())
            .collect();
        Self {
            table,
            count: values.len(),
        }
    }

    fn rank(&self, row: usize, column: usize) -> Option<usize> {
        self.table.get(row)?.get(column).copied().flatten()
    }

    /// The cheapest way to serve `start` as well: it takes a column, and where that is full
    /// somebody there moves on, until a column with room is reached (Bellman–Ford over columns).
    fn cheapest(
        &self,
        start: usize,
        chosen: &[Option<usize>],
        columns: usize,
        capacity: usize,
    ) -> Option<Path> {
        let mut best: Vec<Option<(Cost, Path)>> = (0..columns)
            .map(|column| self.step(&(vec![0; self.count], Vec::new()), start, None, column))
            .collect();
        for _ in 0..columns {
            let mut settled = true;
            for (row, from) in chosen
                .iter()
                .enumerate()
                .filter_map(|(row, at)| Some((row, (*at)?)))
            {
                let Some(reached) = best.get(from).cloned().flatten() else {
                    continue;
                };
                for (column, place) in best
                    .iter_mut()
                    .enumerate()
                    .filter(|(column, _)| *column != from)
                {
                    let Some(next) = self.step(&reached, row, Some(from), column) else {
                        continue;
                    };
                    if place.as_ref().is_none_or(|known| next.0 < known.0) {
                        *place = Some(next);
                        settled = false;
                    }
                }
            }
            if settled {
                break;
            }
        }
        let used = |column: usize| chosen.iter().filter(|at| **at == Some(column)).count();
        let ends = best
            .into_iter()
            .enumerate()
            .filter(|(column, _)| used(*column) < capacity);
        ends.filter_map(|(_, reached)| reached)
            .min_by(|a, b| a.0.cmp(&b.0))
            .map(|(_, path)| path)
    }

    fn step(
        &self,
        (cost, path): &(Cost, Path),
        row: usize,
        from: Option<usize>,
        to: usize,
    ) -> Option<(Cost, Path)> {
        let (mut cost, mut path) = (cost.clone(), path.clone());
        *cost.get_mut(self.rank(row, to)?)? += 1;
        if let Some(from) = from {
            *cost.get_mut(self.rank(row, from)?)? -= 1;
        }
        path.push((row, to));
        Some((cost, path))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn served(percentiles: &[Vec<Option<f64>>], chosen: &[Option<usize>]) -> Vec<f64> {
        let mut values: Vec<f64> = chosen
            .iter()
            .zip(percentiles)
            .filter_map(|(column, row)| row[(*column)?])
            .collect();
        values.sort_by(f64::total_cmp);
        values
    }

    #[test]
    fn the_golden_example() {
        let rows = [
            [95, 90, 60],
            [90, 40, 30],
            [85, 80, 20],
            [60, 70, 65],
            [30, 20, 50],
        ];
        let percentiles: Vec<Vec<Option<f64>>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| Some(f64::from(*cell))).collect())
            .collect();
        let chosen = assign(&percentiles, capacity(5, 3));
        assert_eq!(
            served(&percentiles, &chosen),
            [50.0, 70.0, 85.0, 90.0, 90.0]
        );
    }

    #[test]
    fn nobody_is_assigned_to_what_was_not_measured() {
        assert_eq!(
            assign(&[vec![None, None], vec![Some(1.0), None]], 1),
            [None, Some(0)]
        );
        assert_eq!(assign(&[], 3), []);
    }

    /// All assignments, the best sorted vector.
    fn brute_force(rows: &[Vec<Option<f64>>], capacity: usize) -> Vec<f64> {
        let columns = rows[0].len();
        let all = columns.pow(u32::try_from(rows.len()).unwrap());
        let mut best: Vec<f64> = Vec::new();
        for code in 0..all {
            let chosen: Vec<Option<usize>> = (0..rows.len())
                .map(|row| Some(code / columns.pow(u32::try_from(row).unwrap()) % columns))
                .collect();
            if (0..columns).all(|c| chosen.iter().filter(|at| **at == Some(c)).count() <= capacity)
            {
                let values = served(rows, &chosen);
                if best.is_empty() || values > best {
                    best = values;
                }
            }
        }
        best
    }

    proptest! {
        #[test]
        fn as_good_as_trying_everything(cells in prop::collection::vec(0_u32..8, 6 * 3), n in 1_usize..=6) {
            let rows: Vec<Vec<Option<f64>>> =
                cells.chunks(3).take(n).map(|row| row.iter().map(|c| Some(f64::from(*c))).collect()).collect();
            let chosen = assign(&rows, capacity(n, 3));
            prop_assert_eq!(served(&rows, &chosen), brute_force(&rows, capacity(n, 3)));
        }
    }
}
