//! The teacher's pages, `/t/…`: every one through the staff's door; what is out of scope is not found.

mod apart;
mod appeals;
mod award_decisions;
mod badges;
mod book;
mod cards;
mod certificates;
mod checks;
mod chips;
mod class_home;
mod class_link;
pub mod closing;
mod comments;
mod explain;
mod explain_steps;
mod extend;
pub mod festivals;
mod grid;
mod letters;
mod links;
mod logs;
mod logs_view;
mod moments;
pub mod nominations;
mod paper;
mod paper_print;
mod portrait;
mod praise;
mod print_cards;
mod privileges;
mod reminders;
mod results;
mod results_file;
mod screen;
mod seats;
mod sheets;
mod sheets_view;
mod shining;
pub mod slips;
mod today;
pub mod words;

pub use sheets::told;

use actix_web::web::{self, ServiceConfig, get, post};

/// The teacher's addresses.
pub fn routes(config: &mut ServiceConfig) {
    comments(config);
    config
        .route("/t", get().to(today::today))
        .route("/t/classes/{id}", get().to(class_home::class_home))
        .route("/t/classes/{id}/window", post().to(class_home::window))
        .route("/t/classes/{id}/excuse", post().to(class_home::excuse))
        .route("/t/classes/{id}/extend", post().to(extend::extend))
        .service(
            web::resource("/t/classes/{id}/grid")
                .route(get().to(grid::grid))
                .route(post().to(grid::save)),
        )
        .service(
            web::resource("/t/classes/{id}/about")
                .route(get().to(grid::about))
                .route(post().to(grid::send_about)),
        )
        .service(
            web::resource("/t/classes/{id}/links")
                .route(get().to(links::links))
                .route(post().to(links::act)),
        )
        .service(
            web::resource("/t/classes/{id}/class-link")
                .route(get().to(class_link::show))
                .route(post().to(class_link::act)),
        )
        .service(
            web::resource("/t/classes/{id}/praise")
                .route(get().to(praise::show))
                .route(post().to(praise::act)),
        )
        .service(
            web::resource("/t/classes/{id}/moments")
                .route(get().to(moments::show))
                .route(post().to(moments::act)),
        )
        .route("/t/classes/{id}/cards", get().to(cards::cards))
        .service(
            web::resource("/t/classes/{id}/apart")
                .route(get().to(apart::show))
                .route(post().to(apart::act)),
        )
        .service(
            web::resource("/t/classes/{id}/appeals")
                .route(get().to(appeals::show))
                .route(post().to(appeals::act)),
        );
    recognition(config);
    students(config);
    numbers(config);
    papers(config);
}

fn recognition(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/t/classes/{id}/badges")
                .route(get().to(badges::badges))
                .route(post().to(badges::decide)),
        )
        .service(
            web::resource("/t/classes/{id}/privileges")
                .route(get().to(privileges::show))
                .route(post().to(privileges::act)),
        )
        .service(
            web::resource("/t/classes/{id}/privileges/print")
                .route(get().to(print_cards::show))
                .route(post().to(print_cards::print)),
        )
        .service(
            web::resource("/t/classes/{id}/festivals")
                .route(get().to(festivals::show))
                .route(post().to(festivals::act)),
        )
        .route("/t/classes/{id}/shining", get().to(shining::show))
        .route(
            "/t/classes/{id}/badges/decide",
            post().to(award_decisions::act),
        )
        .route(
            "/t/classes/{id}/badges/print",
            get().to(certificates::print),
        )
        .route(
            "/t/classes/{id}/nominations",
            get().to(nominations::of_class),
        )
        .route("/t/classes/{id}/letters", get().to(letters::list))
        .route("/t/classes/{id}/letters/print", get().to(letters::print));
}

fn papers(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/t/classes/{id}/paper")
                .route(get().to(paper::show))
                .route(post().to(paper::save)),
        )
        .route("/t/classes/{id}/paper/print", get().to(paper_print::print))
        .route(
            "/t/classes/{id}/paper/{round}/{student}",
            post().to(paper::keep),
        );
}

fn numbers(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/t/classes/{id}/results")
                .route(get().to(results::ask))
                .route(post().to(results::show)),
        )
        .route("/t/classes/{id}/chips", post().to(chips::act))
        .service(
            web::resource("/t/classes/{id}/screen")
                .route(get().to(screen::show))
                .route(post().to(screen::act)),
        )
        .service(
            web::resource("/t/classes/{id}/checks")
                .route(get().to(checks::show))
                .route(post().to(checks::act)),
        )
        .service(
            web::resource("/t/classes/{id}/seats")
                .route(get().to(seats::show))
                .route(post().to(seats::act)),
        )
        .service(
            web::resource("/t/classes/{id}/close")
                .route(get().to(closing::show))
                .route(post().to(closing::act)),
        )
        .service(
            web::resource("/t/classes/{id}/logs")
                .route(get().to(logs::show))
                .route(post().to(logs::act)),
        )
        .route("/t/classes/{id}/logs/file", post().to(logs::file))
        .route("/t/classes/{id}/reminders", get().to(reminders::show))
        .route("/t/classes/{id}/portrait", get().to(portrait::show))
        .route(
            "/t/classes/{id}/results.xlsx",
            post().to(results_file::download),
        );
}

fn students(config: &mut ServiceConfig) {
    config
        .route("/t/students/{id}/pin", post().to(cards::reset_pin))
        .route(
            "/t/students/{id}/explanation",
            get().to(explain::explanation),
        )
        .service(
            web::resource("/t/students/{id}/sheets")
                .route(get().to(sheets::show))
                .route(post().to(sheets::act)),
        );
}

fn comments(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/t/classes/{id}/comments")
                .route(get().to(comments::show))
                .route(post().to(comments::act)),
        )
        .route("/t/classes/{id}/book", get().to(book::show))
        .route(
            "/t/classes/{id}/comments.xlsx",
            get().to(comments::paper::xlsx),
        )
        .route(
            "/t/classes/{id}/comments/print",
            get().to(comments::paper::print),
        )
        .route(
            "/t/classes/{id}/comments/{student}",
            post().to(comments::keep::keep),
        );
}
