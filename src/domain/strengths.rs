//! What a class is good at: in which checked items it stands above its grade the most. Every class that was checked has
//! some, however it is placed, for each is compared with itself: its own best items come first. Used by
//! `actions/board_facts.rs`.

use std::collections::BTreeMap;

/// Points and full marks of a class in an item.
pub type Checks = BTreeMap<(String, String), (f64, f64)>;

/// Item ids of each class, its best first. `checks` are those of one grade by class and item; items that were checked in
/// no other class count by their own rate.
///
/// ```
/// use starlight::domain::strengths::best;
/// let check = |class: &str, item: &str, points: f64| ((class.to_owned(), item.to_owned()), (points, 10.0));
/// let best = best(&[check("a", "tidy", 9.0), check("a", "calm", 8.0), check("b", "tidy", 9.0), check("b", "calm", 6.0)].into());
/// assert_eq!(best["a"], ["calm", "tidy"]);
/// assert_eq!(best["b"], ["tidy", "calm"]);
/// ```
pub fn best(checks: &Checks) -> BTreeMap<String, Vec<String>> {
    let mut rates: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((_, item), sums) in checks {
        rates.entry(item).or_default().extend(rate(*sums));
    }
    let means: BTreeMap<&str, f64> = rates
        .iter()
        .filter_map(|(item, all)| Some((*item, mean(all)?)))
        .collect();
    let mut leads: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    for ((class, item), sums) in checks {
        let lead = rate(*sums).zip(means.get(item.as_str()));
        if let Some((rate, mean)) = lead {
            let of_class = leads.entry(class.clone()).or_default();
            of_class.push((rate - mean, item.clone()));
        }
    }
    leads
        .into_iter()
        .map(|(class, items)| (class, ordered(items)))
        .collect()
}

fn rate((points, full): (f64, f64)) -> Option<f64> {
    (full > 0.0).then(|| points / full)
}

fn mean(all: &[f64]) -> Option<f64> {
    let count = u32::try_from(all.len()).ok().filter(|n| *n > 0)?;
    Some(all.iter().sum::<f64>() / f64::from(count))
}

/// The largest lead first; equal ones by id, so that the same facts give the same order.
fn ordered(mut items: Vec<(f64, String)>) -> Vec<String> {
    items.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    items.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchecked_items_are_nobodys_strength() {
        let none = BTreeMap::from([(("a".to_owned(), "tidy".to_owned()), (0.0, 0.0))]);
        assert!(best(&none).is_empty());
    }

    #[test]
    fn a_class_alone_goes_by_the_order_of_ids() {
        let check = |item: &str, points: f64| (("a".to_owned(), item.to_owned()), (points, 10.0));
        let alone = BTreeMap::from([check("y", 10.0), check("x", 3.0)]);
        assert_eq!(best(&alone)["a"], ["x", "y"]);
    }
}
