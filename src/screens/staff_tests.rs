//! Every page of teachers, the office and the screens renders in both languages: a missing Fluent
//! key or a view model that does not fit its template fails here.

use super::teacher_shared::{office_nav, teacher_nav};
use super::{
    Engine, Lang, Page, Shell, board, samples_letter as l, samples_rights as r, staff_samples as t,
    staff_samples_board as b, staff_samples_book as k, staff_samples_closing as z,
    staff_samples_comments as c, staff_samples_data as d, staff_samples_displays as y,
    staff_samples_duty as u, staff_samples_fix as f, staff_samples_moments as m,
    staff_samples_numbers as n, staff_samples_office as a, staff_samples_paper as p,
    staff_samples_portrait as w, staff_samples_screens as v,
};

/// Posts, their sheets, checks and weeks.
fn duty_pages(engine: &Engine, office: &Shell, page: &mut impl FnMut(&str, String)) {
    use super::duty::{DUTY_REFUSALS, MonitorSheet, OfficeSheet};
    for refused in DUTY_REFUSALS {
        let sheet = u::sheet(Some(refused));
        page("duty", draw(engine, &MonitorSheet(sheet), office));
    }
    page(
        "duty_office",
        draw(engine, &OfficeSheet(u::sheet(None)), office),
    );
    page("posts", draw(engine, &u::posts(None), office));
    for wrong in super::posts::POST_REFUSALS {
        page("posts", draw(engine, &u::posts(Some(wrong)), office));
    }
    for wrong in [false, true] {
        page("class_checks", draw(engine, &u::checks(wrong), office));
    }
    for state in ["none", "running", "decided"] {
        page("week", draw(engine, &u::week(state), office));
    }
    page("certificates", draw(engine, &u::certificates(), office));
}

/// Renders everything and gives name and HTML to `each`.
pub fn pages(lang: Lang, mut each: impl FnMut(&str, &str)) {
    let engine = Engine::new().unwrap();
    let teacher = t::teacher_shell(lang, "staff-nav-today");
    let office = a::office_shell(lang, "staff-nav-office");
    let mut page = |name: &str, html: String| each(name, &html);
    page("today", draw(&engine, &t::today(), &teacher));
    page("class", draw(&engine, &t::class_home(), &teacher));
    page("grid", draw(&engine, &t::grid(), &teacher));
    page("about", draw(&engine, &t::about(), &teacher));
    page("links", draw(&engine, &p::links(), &teacher));
    page("slips", draw(&engine, &p::slips(), &teacher));
    for digits in [false, true] {
        let families = super::office_families::Families { digits };
        page("families", draw(&engine, &families, &office));
    }
    page("messages", draw(&engine, &p::messages(), &teacher));
    page(
        "class-link",
        draw(&engine, &p::class_poster(true), &teacher),
    );
    page(
        "class-link-unknown",
        draw(&engine, &p::class_poster(false), &teacher),
    );
    page("cards", draw(&engine, &p::cards(), &teacher));
    for (left, online) in [(false, false), (true, false), (false, true)] {
        page("paper", draw(&engine, &p::paper(left, online), &teacher));
    }
    for four in [false, true] {
        page(
            "paper_print",
            draw(&engine, &p::paper_slips(four), &teacher),
        );
    }
    page("results_ask", draw(&engine, &n::results_ask(), &teacher));
    page("results", draw(&engine, &n::results(), &teacher));
    for left in [None, Some(false), Some(true)] {
        page("reminders", draw(&engine, &w::reminders(left), &teacher));
    }
    page("portrait", draw(&engine, &w::full(), &teacher));
    page("portrait_blank", draw(&engine, &w::blank(), &teacher));
    page("portrait_early", draw(&engine, &w::early(), &teacher));
    page("moments", draw(&engine, &m::moments(), &teacher));
    for wrong in [false, true] {
        page("logs", draw(&engine, &m::logs(wrong), &teacher));
    }
    page(
        "moments_subject",
        draw(&engine, &m::of_subject_teacher(), &teacher),
    );
    page("praise", draw(&engine, &m::praise(), &teacher));
    for state in ["none", "plan", "wrong"] {
        page("seats", draw(&engine, &m::seats(state), &teacher));
    }
    page("badges", draw(&engine, &n::badges(), &teacher));
    page("badges", draw(&engine, &n::no_badges(), &teacher));
    page("certificates", draw(&engine, &n::certificates(), &teacher));
    for state in c::STATES {
        page("comments", draw(&engine, &c::comments(state), &teacher));
    }
    for each in [false, true] {
        page("comments_print", draw(&engine, &c::printed(each), &teacher));
    }
    for (fold, blank) in [(false, false), (true, false), (false, true)] {
        page("book", draw(&engine, &k::book(fold, blank), &teacher));
    }
    for any in [true, false] {
        page("letters", draw(&engine, &l::list(any), &teacher));
    }
    page("letters_print", draw(&engine, &l::sheets(), &teacher));
    for state in ["open", "none", "wrong", "closed"] {
        page("closing", draw(&engine, &z::class(state), &teacher));
    }
    page("office_closing", draw(&engine, &z::school(), &office));
    for published in [true, false] {
        let shining = crate::screens::teacher_shining::sample(published);
        page("shining", draw(&engine, &shining, &teacher));
        let named = crate::screens::teacher_nominations::sample(published);
        page("nominations", draw(&engine, &named, &teacher));
    }
    for state in [false, true] {
        use super::teacher_privileges::samples;
        page("privileges", draw(&engine, &samples::page(state), &teacher));
        page(
            "star_cards",
            draw(&engine, &samples::sheets(state), &teacher),
        );
        use super::teacher_festivals::samples as fe;
        page("festivals", draw(&engine, &fe::class(state), &teacher));
        page(
            "office_festivals",
            draw(&engine, &fe::school(state), &office),
        );
    }
    for tried in [true, false] {
        let badges = crate::screens::office_badges::sample(tried);
        page("office_badges", draw(&engine, &badges, &office));
    }
    for refused in ["", "same", "pair", "why"] {
        page("apart", draw(&engine, &p::apart(refused), &teacher));
    }
    page("explanation", draw(&engine, &n::explanation(), &teacher));
    for (form, why) in [("out:sheet-1", "reason"), ("override:sheet-7", "anchor")] {
        page(
            "child_sheets",
            draw(&engine, &f::child_sheets(Some((form, why))), &teacher),
        );
    }
    page(
        "child_sheets",
        draw(&engine, &f::child_sheets(None), &teacher),
    );
    page(
        "explanation_words",
        draw(&engine, &n::explanation_words(), &teacher),
    );
    for wrong in [None, Some("appeal-1"), Some("new")] {
        page("appeals", draw(&engine, &f::class_appeals(wrong), &teacher));
    }
    for wrong in [None, Some("appeal-2"), Some("award-1")] {
        page(
            "office_appeals",
            draw(&engine, &f::office_appeals(wrong), &office),
        );
    }
    page("home", draw(&engine, &a::home(), &office));
    page("rounds", draw(&engine, &a::rounds(), &office));
    for act in ["open", "close", "publish"] {
        page("confirm", draw(&engine, &a::confirm(act), &office));
    }
    for preview in [false, true] {
        page("weights", draw(&engine, &a::weights(preview), &office));
    }
    for kind in super::office_data::IMPORTS {
        for step in 0..4 {
            page("import", draw(&engine, &d::import(kind, step), &office));
        }
    }
    page("passwords", draw(&engine, &d::first_passwords(), &office));
    page("export", draw(&engine, &d::export(), &office));
    page("calendar", draw(&engine, &d::calendar(), &office));
    for fresh in [false, true] {
        page("staff", draw(&engine, &a::staff(fresh), &office));
    }
    page("rubric", draw(&engine, &a::rubric(), &office));
    page("consent", draw(&engine, &a::consent(), &office));
    for empty in [false, true] {
        page("requests", draw(&engine, &r::requests(empty), &office));
        page("erase", draw(&engine, &r::erase(empty), &office));
    }
    for refused in super::office_screens::PAIR_REFUSALS {
        page(
            "screens",
            draw(&engine, &y::screens(Some(refused)), &office),
        );
    }
    duty_pages(&engine, &office, &mut page);
    page("inspections", draw(&engine, &d::inspections(), &office));
    page("audit", draw(&engine, &a::audit(), &office));
    page("rankings", draw(&engine, &b::rankings(), &office));
    page(
        "ranking_class",
        draw(&engine, &b::class_explanation(), &office),
    );
    page(
        "pairing",
        draw(&engine, &board::pairing("042917", 10), &office),
    );
    for rows in [1, 7, 9] {
        page("hall", draw(&engine, &v::hall(rows), &office));
    }
    page("hall", draw(&engine, &v::extremes(), &office));
    page("classroom", draw(&engine, &v::classroom(), &office));
    for silent in v::silent() {
        page("hidden", draw(&engine, &silent, &office));
    }
    for hall in [false, true] {
        page("programme", draw(&engine, &y::programme(hall), &office));
        page(
            "class screen",
            draw(&engine, &y::class_screen(hall), &teacher),
        );
    }
}

fn draw<P: Page>(engine: &Engine, page: &P, shell: &Shell) -> String {
    match engine.render(page, shell) {
        Ok(html) => html,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in [Lang::Chinese, Lang::English] {
        let mut count = 0;
        pages(lang, |name, html| {
            assert!(html.len() > 400, "{name}");
            count += 1;
        });
        assert!(count > 40);
    }
}

#[test]
fn no_page_carries_inline_style_or_script() {
    pages(Lang::Chinese, |name, html| {
        for forbidden in [
            " style=",
            "<style",
            "<script>",
            "javascript:",
            " onclick",
            " onload",
        ] {
            assert!(!html.contains(forbidden), "{name}: {forbidden}");
        }
    });
}

#[test]
fn english_pages_hold_no_chinese_interface_text() {
    let engine = Engine::new().unwrap();
    let shell = Shell {
        lang: Lang::English,
        nav: teacher_nav("staff-nav-today", Some("x")),
        ..Shell::default()
    };
    let html = draw(&engine, &board::pairing("042917", 10), &shell);
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(!html.chars().any(han));
}

#[test]
fn every_post_form_carries_the_token() {
    pages(Lang::Chinese, |name, html| {
        let forms = html.matches("method=\"post\"").count();
        let tokens = html.matches("name=\"csrf\"").count();
        assert_eq!(forms, tokens, "{name}");
    });
}

#[test]
fn screens_show_no_child_in_full_and_no_red() {
    pages(Lang::Chinese, |name, html| {
        if !matches!(name, "hall" | "classroom" | "hidden") {
            return;
        }
        for child in t::NAMES
            .iter()
            .filter(|n| crate::domain::name_pinyin::on_screen(n) != **n)
        {
            assert!(!html.contains(child), "{name}: {child}");
        }
        assert!(!html.contains("danger") && !html.contains("最后"), "{name}");
    });
}

#[test]
fn a_frame_is_drawn_by_the_partials_of_the_page() {
    let engine = Engine::new().unwrap();
    let show = v::hall(7);
    let frame = board::frame(&engine, &Shell::default(), &show).unwrap();
    assert_eq!(frame.slides.len(), show.slides.len());
    let page = draw(&engine, &show, &Shell::default());
    for slide in &frame.slides {
        assert!(page.contains(slide.html.trim()), "{}", slide.kind);
        assert!(slide.html.contains("data-test=\"slide\""), "{}", slide.kind);
    }
}

/// Whatever any of the texts below may want to hear.
const ARGUMENTS: [(&str, &str); 8] = [
    ("word", "c"),
    ("class", "d"),
    ("n", "2"),
    ("value", "4.2"),
    ("voice", "a"),
    ("name", "b"),
    ("from", "1"),
    ("to", "15"),
];

#[test]
fn every_choice_of_a_closed_list_has_its_words() {
    let lists: [(&str, &[&str]); 31] = [
        ("comments-state-", &["empty", "draft", "final"]),
        ("comments-tone-", &["warm", "plain", "lively"]),
        ("staff-flag-", &super::teacher::FLAGS),
        ("staff-ask-", &super::teacher_grid::ASKS),
        ("staff-link-", &super::teacher_links::LINK_STATES),
        ("staff-sort-", &super::teacher_results::SORTS),
        ("portrait-agree-", &super::teacher_portrait::AGREEMENTS),
        ("portrait-agree-do-", &super::teacher_portrait::AGREEMENTS),
        ("portrait-group-", &super::teacher_portrait::GROUPS),
        ("closing-step-", &z::STEPS),
        ("staff-note-", &super::explain::NOTES),
        ("staff-cvoice-", &super::ranking::CLASS_VOICES),
        ("staff-cvoice-note-", &super::ranking::CLASS_VOICES),
        ("staff-setup-", &super::office::STEPS),
        ("staff-alert-", &super::office::ALERTS),
        ("staff-fact-", &super::office::CONFIRM_FACTS),
        ("staff-role-", &super::office::ROLES),
        ("staff-refused-", &super::office::ROUND_REFUSALS),
        ("staff-refused-", &super::office_weights::WEIGHT_REFUSALS),
        ("staff-refused-", &super::office_data::FILE_REFUSALS),
        ("staff-refused-", &super::office_data::DATE_REFUSALS),
        ("staff-refused-", &super::office_people::STAFF_REFUSALS),
        ("staff-refused-", &super::office_screens::PAIR_REFUSALS),
        ("checks-state-", &super::office_inspection::CHECK_APPEALS),
        ("duty-refused-", &super::duty::DUTY_REFUSALS),
        ("duty-state-", &["locked", "taken"]),
        ("posts-wrong-", &super::posts::POST_REFUSALS),
        ("posts-gap-", &super::posts::GAPS),
        ("week-kind-", &["flag", "progress"]),
        (
            "staff-habit-",
            &[
                "flat",
                "lenient",
                "lenient_bit",
                "strict",
                "strict_bit",
                "same",
            ],
        ),
        ("staff-hello-", &["morning", "noon", "afternoon", "evening"]),
    ];
    for lang in [Lang::Chinese, Lang::English] {
        for (prefix, ends) in lists {
            for end in ends {
                let key = format!("{prefix}{end}");
                assert_ne!(super::say(lang, &key, &ARGUMENTS), key);
            }
        }
        let open = [
            "staff-nav-rounds",
            "week-title",
            "families-nav",
            "staff-nav-staff",
        ];
        let office = open.iter().flat_map(|key| office_nav(key));
        for item in office.chain(teacher_nav("", Some("x"))) {
            assert_ne!(super::say(lang, &item.key, &[]), item.key);
        }
    }
}
