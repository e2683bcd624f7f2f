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

/// Pages of the office.
pub fn office_nav(current: &str) -> Vec<NavItem> {
    [
        ("staff-nav-office", "home", "/a"),
        ("staff-nav-rounds", "spark", "/a/rounds"),
        ("staff-nav-weights", "scale", "/a/weights"),
        ("staff-nav-inspections", "eye", "/a/inspections"),
        ("week-title", "flag", "/a/week"),
        ("staff-nav-appeals", "shield", "/a/appeals"),
        ("staff-nav-rankings", "flag", "/rankings"),
        ("staff-nav-import", "upload", "/a/import/roster"),
        ("staff-nav-export", "download", "/a/export"),
        ("staff-nav-calendar", "calendar", "/a/calendar"),
        ("staff-nav-closing", "tick", "/a/closing"),
        ("staff-nav-staff", "people", "/a/staff"),
        ("staff-nav-consent", "shield", "/a/consent"),
        ("staff-nav-requests", "heart", "/a/requests"),
        ("families-nav", "heart", "/a/families"),
        ("staff-nav-screens", "screen", "/a/screens"),
        ("staff-nav-rubric", "book", "/a/rubric"),
        ("staff-nav-badge-rules", "spark", "/a/badges"),
        ("staff-nav-audit", "list", "/a/audit"),
    ]
    .iter()
    .map(|(key, icon, href)| item(key, icon, href, current))
    .collect()
}

fn item(key: &str, icon: &str, href: &str, current: &str) -> NavItem {
    NavItem {
        key: key.to_owned(),
        href: href.to_owned(),
        icon: icon.to_owned(),
        current: key == current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_entry_is_current() {
        let on = |items: Vec<NavItem>| items.iter().filter(|i| i.current).count();
        assert_eq!(on(office_nav("staff-nav-audit")), 1);
        assert_eq!(on(teacher_nav("staff-nav-grid", Some("x"))), 1);
        assert_eq!(on(teacher_nav("staff-nav-grid", None)), 0);
    }
}
