//! What several staff pages share: select options, the navigation of teachers and of the office. Used by the teacher,
//! office and board modules.

use serde::Serialize;

use super::shell::NavItem;

/// Says which template and title a view model has.
macro_rules! page {
    ($($model:ty => $template:literal, $title:literal;)+) => {
        $(impl $crate::screens::Page for $model {
            const TEMPLATE: &'static str = $template;
            const TITLE_KEY: &'static str = $title;
        })+
    };
}
pub(super) use page;

/// An entry of a select or a list of links; `label` comes from data, not from Fluent.
#[derive(Debug, Clone, Serialize)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// Pages of a teacher: key, icon and address. `class` is the class the pages belong to.
pub fn teacher_nav(current: &str, class: Option<&str>) -> Vec<NavItem> {
    let class_page = |key: &str, icon: &str, tail: &str| {
        class.map(|id| item(key, icon, &format!("/t/classes/{id}{tail}"), current))
    };
    [
        Some(item("staff-nav-today", "home", "/t", current)),
        class_page("staff-nav-class", "people", ""),
        class_page("staff-nav-grid", "grid", "/grid"),
        class_page("staff-nav-praise", "plus", "/praise"),
        class_page("staff-nav-moments", "eye", "/moments"),
        class_page("staff-nav-comments", "pen", "/comments"),
        class_page("staff-nav-badges", "spark", "/badges"),
        class_page("staff-nav-links", "heart", "/links"),
        class_page("staff-nav-results", "chart", "/results"),
        Some(item("staff-nav-rankings", "flag", "/rankings", current)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A group of pages: its key and icon, and its pages by key and address. A group of one page is that page.
type Group = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The office's pages.
const OFFICE: [Group; 8] = [
    ("staff-nav-office", "home", &[("staff-nav-office", "/a")]),
    (
        "office-nav-rating",
        "spark",
        &[
            ("staff-nav-rounds", "/a/rounds"),
            ("staff-nav-appeals", "/a/appeals"),
            ("staff-nav-rubric", "/a/rubric"),
            ("staff-nav-weights", "/a/weights"),
            ("staff-nav-closing", "/a/closing"),
        ],
    ),
    (
        "office-nav-classes",
        "flag",
        &[
            ("staff-nav-rankings", "/rankings"),
            ("staff-nav-inspections", "/a/inspections"),
            ("posts-title", "/a/posts"),
            ("week-title", "/a/week"),
        ],
    ),
    (
        "office-nav-honours",
        "target",
        &[
            ("staff-nav-badge-rules", "/a/badges"),
            ("festivals-title", "/a/festivals"),
        ],
    ),
    (
        "office-nav-families",
        "heart",
        &[
            ("staff-nav-requests", "/a/requests"),
            ("staff-nav-consent", "/a/consent"),
            ("families-nav", "/a/families"),
        ],
    ),
    (
        "staff-nav-screens",
        "screen",
        &[("staff-nav-screens", "/a/screens")],
    ),
    (
        "office-nav-school",
        "people",
        &[
            ("staff-nav-staff", "/a/staff"),
            ("staff-nav-calendar", "/a/calendar"),
            ("staff-nav-import", "/a/import/roster"),
            ("staff-nav-export", "/a/export"),
        ],
    ),
    (
        "staff-nav-audit",
        "list",
        &[("staff-nav-audit", "/a/audit")],
    ),
];

/// Pages of the office: one line a group, and below the group that is open its pages.
pub fn office_nav(current: &str) -> Vec<NavItem> {
    let mut lines = Vec::new();
    for (group, icon, pages) in OFFICE {
        let [(first, href), ..] = pages else {
            continue;
        };
        let mut head = item(group, icon, href, current);
        let is_open = pages.iter().any(|(key, _)| *key == current);
        if group != *first && is_open {
            head.open = true;
            lines.push(head);
            lines.extend(pages.iter().map(|(key, href)| NavItem {
                under: true,
                ..item(key, "", href, current)
            }));
        } else {
            lines.push(head);
        }
    }
    lines
}

fn item(key: &str, icon: &str, href: &str, current: &str) -> NavItem {
    NavItem {
        key: key.to_owned(),
        href: href.to_owned(),
        icon: icon.to_owned(),
        current: key == current,
        open: false,
        under: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_entry_is_current() {
        let on = |items: Vec<NavItem>| items.iter().filter(|i| i.current).count();
        for (_, _, pages) in OFFICE {
            for (key, _) in pages {
                assert_eq!(on(office_nav(key)), 1, "{key}");
            }
        }
        assert_eq!(
            office_nav("").len(),
            OFFICE.len(),
            "closed groups are one line"
        );
        assert_eq!(on(teacher_nav("staff-nav-grid", Some("x"))), 1);
        assert_eq!(on(teacher_nav("staff-nav-grid", None)), 0);
    }
}
