//! Which entries stand in the head of a staff page.

use crate::{
    actions::session::{Kind, Seen},
    domain::actor::Actor,
    screens::{
        Lang, NavItem, Viewer,
        teacher_shared::{office_nav, teacher_nav},
    },
};

/// Entries of pages that only whoever leads a class may open.
const LEADERS: [&str; 4] = [
    "staff-nav-comments",
    "staff-nav-badges",
    "staff-nav-links",
    "staff-nav-results",
];

/// The navigation of whoever is seen, with the entry of `path` marked.
pub fn of(seen: &Seen, path: &str) -> Vec<NavItem> {
    match (&seen.kind, &seen.call.actor) {
        (Kind::Office, _) => office_nav(key_of(path)),
        (
            Kind::Teacher,
            Actor::Teacher {
                homeroom, teaches, ..
            },
        ) => {
            let class = homeroom.first().or(teaches.first()).map(|c| c.as_str());
            let mut entries = teacher_nav(key_of(path), class);
            let leads = !homeroom.is_empty();
            entries.retain(|one| leads || !LEADERS.contains(&one.key.as_str()));
            entries
        }
        _ => Vec::new(),
    }
}

/// What the switch keeps of a query.
const KEPT: [&str; 4] = ["edit=1", "sent=1", "sent=2", "wrong=1"];

/// The query of the page that was asked for, in the other language: the address itself, which may be a secret, stands
/// in no link.
pub fn switch(query: &str, lang: Lang) -> String {
    let other = match lang {
        Lang::Chinese => "en",
        Lang::English => "zh-CN",
    };
    // What a page of a family was asked for; anything else is not repeated.
    let kept = query.split('&').filter(|one| KEPT.contains(one));
    let query: Vec<&str> = kept.collect();
    match query.is_empty() {
        true => format!("?lang={other}"),
        false => format!("?{}&lang={other}", query.join("&")),
    }
}

/// Who a member of staff is, for the head of the page.
pub fn viewer(seen: &Seen) -> Option<Viewer> {
    let role_key = match seen.kind {
        Kind::Office => "role-admin",
        Kind::Teacher => match &seen.call.actor {
            Actor::Teacher { homeroom, .. } if !homeroom.is_empty() => "role-homeroom",
            _ => "role-subject",
        },
        _ => return None,
    };
    Some(Viewer {
        name: seen.name.clone(),
        role_key: role_key.to_owned(),
        detail: String::new(),
    })
}

fn key_of(path: &str) -> &'static str {
    let mut parts = path.split('/').filter(|p| !p.is_empty());
    match (parts.next(), parts.next(), parts.nth(1)) {
        (Some("a"), None, _) => "staff-nav-office",
        (Some("a"), Some("rounds"), _) => "staff-nav-rounds",
        (Some("a"), Some("weights"), _) => "staff-nav-weights",
        (Some("a"), Some("inspections"), _) | (Some("m"), ..) => "staff-nav-inspections",
        (Some("a"), Some("posts"), _) => "posts-title",
        (Some("a"), Some("week"), _) => "week-title",
        (Some("a"), Some("appeals"), _) => "staff-nav-appeals",
        (Some("a"), Some("import"), _) => "staff-nav-import",
        (Some("a"), Some("export"), _) => "staff-nav-export",
        (Some("a"), Some("calendar"), _) => "staff-nav-calendar",
        (Some("a"), Some("closing"), _) => "staff-nav-closing",
        (Some("a"), Some("staff"), _) => "staff-nav-staff",
        (Some("a"), Some("consent"), _) => "staff-nav-consent",
        (Some("a"), Some("requests"), _) => "staff-nav-requests",
        (Some("a"), Some("families"), _) => "families-nav",
        (Some("a"), Some("screens"), _) => "staff-nav-screens",
        (Some("a"), Some("rubric"), _) => "staff-nav-rubric",
        (Some("a"), Some("badges"), _) => "staff-nav-badge-rules",
        (Some("a"), Some("festivals"), _) => "festivals-title",
        (Some("a"), Some("audit"), _) => "staff-nav-audit",
        (Some("rankings"), ..) => "staff-nav-rankings",
        (Some("t"), None, _) => "staff-nav-today",
        (Some("t"), Some("classes"), Some("grid")) => "staff-nav-grid",
        (Some("t"), Some("classes"), Some("praise")) => "staff-nav-praise",
        (Some("t"), Some("classes"), Some("moments")) => "staff-nav-moments",
        (Some("t"), Some("classes"), Some("comments")) => "staff-nav-comments",
        (Some("t"), Some("classes"), Some("badges")) => "staff-nav-badges",
        (Some("t"), Some("classes"), Some("links" | "class-link")) => "staff-nav-links",
        (Some("t"), Some("classes"), Some("results")) => "staff-nav-results",
        (Some("t"), Some("classes"), _) => "staff-nav-class",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_keeps_what_was_asked_for() {
        assert_eq!(switch("", Lang::Chinese), "?lang=en");
        assert_eq!(
            switch("edit=1&lang=en", Lang::English),
            "?edit=1&lang=zh-CN"
        );
        assert_eq!(switch("a=\"><b>&student_id=1", Lang::Chinese), "?lang=en");
    }
}
