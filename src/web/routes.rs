//! The one table of addresses.

use actix_web::web::{self, ServiceConfig, get, head, post};

use super::{
    api, appeal, board, child, doors, duty, enrol, family, office, prove, rankings, setup, sight,
    sign_in, teacher, verify,
};

/// Every page and every API route.
pub fn all(config: &mut ServiceConfig) {
    config
        .route("/", get().to(doors::doors))
        .route("/static/{path:.*}", get().to(doors::asset))
        .route("/healthz", get().to(doors::healthz))
        .route("/readyz", get().to(doors::readyz))
        .route("/robots.txt", get().to(doors::robots))
        .route("/language", get().to(doors::language));
    staff_access(config);
    office(config);
    duties_and_rankings(config);
    displays(config);
    children(config);
    families(config);
    credentials(config);
    teacher::routes(config);
    api::routes(config);
}

fn staff_access(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/sign-in")
                .route(get().to(sign_in::form))
                .route(post().to(sign_in::sign_in)),
        )
        .route("/sign-out", post().to(sign_in::sign_out))
        .service(
            web::resource("/password")
                .route(get().to(sign_in::password_form))
                .route(post().to(sign_in::change_password)),
        )
        .service(
            web::resource("/enrol")
                .route(get().to(enrol::form))
                .route(post().to(enrol::enrol)),
        );
}

fn office(config: &mut ServiceConfig) {
    config
        .route("/a", get().to(office::home::home))
        .service(
            web::resource("/a/rounds")
                .route(get().to(office::rounds::list))
                .route(post().to(office::rounds::create)),
        )
        .route(
            "/a/rounds/{id}/{act}",
            get().to(office::round_confirm::show),
        )
        .route("/a/rounds/{id}/open", post().to(office::rounds::open))
        .route("/a/rounds/{id}/close", post().to(office::rounds::close))
        .route("/a/rounds/{id}/publish", post().to(office::rounds::publish))
        .service(
            web::resource("/a/appeals")
                .route(get().to(office::appeals::show))
                .route(post().to(office::appeals::act)),
        )
        .route(
            "/a/badges/nominations",
            get().to(teacher::nominations::of_school),
        )
        .service(
            web::resource("/a/festivals")
                .route(get().to(teacher::festivals::of_school))
                .route(post().to(teacher::festivals::act_for_school)),
        )
        .service(
            web::resource("/a/badges")
                .route(get().to(office::badges::show))
                .route(post().to(office::badges::act)),
        )
        .route("/a/closing", get().to(office::closing::show))
        .service(
            web::resource("/a/inspections")
                .route(get().to(office::inspections::list))
                .route(post().to(office::inspections::act)),
        )
        .route("/a/audit", get().to(office::audit::show))
        .route("/a/rubric", get().to(office::rubric::show));
    office_outside(config);
    office_data(config);
}

/// Families and displays, as the office sees them.
fn office_outside(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/a/consent")
                .route(get().to(office::consent::show))
                .route(post().to(office::consent::enter)),
        )
        .service(
            web::resource("/a/requests")
                .route(get().to(office::requests::show))
                .route(post().to(office::requests::act)),
        )
        .service(
            web::resource("/a/requests/{id}/erase")
                .route(get().to(office::erase::show))
                .route(post().to(office::erase::act)),
        )
        .service(
            web::resource("/a/families")
                .route(get().to(office::families::show))
                .route(post().to(office::families::choose)),
        )
        .service(
            web::resource("/a/screens")
                .route(get().to(office::screens::list))
                .route(post().to(office::screens::act)),
        )
        .service(
            web::resource("/a/screens/{target}")
                .route(get().to(office::programmes::show))
                .route(post().to(office::programmes::act)),
        );
}

fn office_data(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/a/calendar")
                .route(get().to(office::calendar::show))
                .route(post().to(office::calendar::act)),
        )
        .service(
            web::resource("/a/staff")
                .route(get().to(office::staff::list))
                .route(post().to(office::staff::act)),
        )
        .service(
            web::resource("/a/weights")
                .route(get().to(office::weights::show))
                .route(post().to(office::weights::act)),
        )
        .service(
            web::resource("/a/import/{kind}")
                .route(get().to(office::import::form))
                .route(post().to(office::import::post)),
        )
        .route("/a/import/{kind}/fix", get().to(office::import::fix))
        .route("/a/export", get().to(office::export::list))
        .route("/a/export/{what}.{ext}", get().to(office::export::download))
        .service(
            web::resource("/setup/{token}")
                .route(get().to(setup::form))
                .route(post().to(setup::submit)),
        )
        .service(
            web::resource("/prove")
                .route(get().to(prove::form))
                .route(post().to(prove::submit)),
        );
}

fn duties_and_rankings(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/a/posts")
                .route(get().to(office::posts::show))
                .route(post().to(office::posts::act)),
        )
        .service(
            web::resource("/a/week")
                .route(get().to(office::week::show))
                .route(post().to(office::week::act)),
        )
        .route(
            "/a/week/{monday}/certificates",
            get().to(office::week::certificates),
        )
        .service(
            web::resource("/m")
                .route(get().to(duty::form))
                .route(post().to(duty::send)),
        )
        .route("/m/posts/{post}", get().to(duty::post_form))
        .route("/rankings", get().to(rankings::show))
        .route("/rankings/classes/{id}", get().to(rankings::class));
}

fn displays(config: &mut ServiceConfig) {
    config
        .route("/screen", get().to(board::pairing::page))
        .route("/screen/open/{token}", get().to(board::pairing::open))
        .route("/screen/show", get().to(board::show::page))
        .route(
            "/api/v1/screens/current/frame",
            get().to(board::show::frame),
        )
        .route(
            "/api/v1/screens/current/boards/{board}",
            get().to(board::show::one),
        )
        .route(
            "/api/v1/screens/current/events",
            get().to(board::events::stream),
        );
}

fn children(config: &mut ServiceConfig) {
    config
        .route("/c/{code}", get().to(child::door::page))
        .route("/c/{code}/duty", get().to(child::door::on_duty))
        .service(
            web::resource("/c/{code}/card")
                .route(get().to(child::door::page))
                .route(post().to(child::card::scan)),
        )
        .service(
            web::resource("/c/{code}/{student}/card/{token}")
                .route(get().to(child::card::show))
                .route(post().to(child::card::tap)),
        )
        .service(
            web::resource("/c/{code}/{student}/duty")
                .route(get().to(child::pin::duty_form))
                .route(post().to(child::pin::duty_tap)),
        )
        .service(
            web::resource("/c/{code}/{student}")
                .route(get().to(child::pin::form))
                .route(post().to(child::pin::tap)),
        )
        .route("/s", get().to(child::sheets::next))
        .service(
            web::resource("/s/sheets/{source}/{ratee}")
                .route(get().to(child::sheets::show))
                .route(post().to(child::sheets::save)),
        )
        .route("/s/outbox", post().to(child::outbox::deliver))
        .route("/s/practice", get().to(child::practice::start))
        .route("/s/practice/end", get().to(child::practice::end))
        .service(
            web::resource("/s/practice/{scene}")
                .route(get().to(child::practice::show))
                .route(post().to(child::practice::answer)),
        )
        .route("/s/done", get().to(child::own::done))
        .route("/s/me", get().to(sight::own_page))
        .service(
            web::resource("/s/avatar")
                .route(get().to(child::avatar::form))
                .route(post().to(child::avatar::choose)),
        )
        .route("/s/log", post().to(child::records::tell))
        .route("/s/goal", post().to(child::deeds::change_goal))
        .route("/s/thanks", post().to(child::deeds::give_thanks))
        .service(
            web::resource("/s/appeal")
                .route(get().to(appeal::child_form))
                .route(post().to(appeal::child_files)),
        )
        .route("/s/sign-out", post().to(child::own::sign_out));
}

fn families(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/p/{token}")
                .route(get().to(family::landing))
                .route(head().to(family::landing))
                .route(post().to(family::open)),
        )
        .service(
            web::resource("/p/class/{token}")
                .route(get().to(family::class_door::landing))
                .route(head().to(family::class_door::landing))
                .route(post().to(family::class_door::open)),
        )
        .service(
            web::resource("/f/{link}")
                .route(get().to(family::show))
                .route(post().to(family::send)),
        )
        .route("/f/{link}/goal", post().to(family::confirm_goal))
        .route("/f/{link}/class", post().to(family::about_class::send))
        .route("/f/{link}/notice", post().to(family::rights::decide))
        .service(
            web::resource("/f/{link}/rights")
                .route(get().to(family::rights::show))
                .route(post().to(family::rights::ask)),
        )
        .route("/f/{link}/data", get().to(family::data::show))
        .route("/f/{link}/data.json", get().to(family::data::take))
        .service(
            web::resource("/f/{link}/appeal")
                .route(get().to(appeal::family_form))
                .route(post().to(appeal::family_files)),
        );
}

/// Badges that families take along, and who checks them.
fn credentials(config: &mut ServiceConfig) {
    config
        .route("/f/{link}/letter", get().to(family::letter::show))
        .route("/f/{link}/badges", get().to(family::carry::list))
        .service(
            web::resource("/f/{link}/badges/{award}")
                .route(get().to(family::carry::show))
                .route(post().to(family::carry::act)),
        )
        .route(
            "/f/{link}/badges/{award}/{file}",
            get().to(family::carry::file),
        )
        .service(
            web::resource("/verify")
                .route(get().to(verify::form))
                .route(post().to(verify::check_text)),
        )
        .route("/verify/file", post().to(verify::check_file))
        .route("/verify/{id}", get().to(verify::of_id))
        .route("/verify/schools/{school}", get().to(verify::school))
        .route("/verify/schools/{school}/keys/{key}", get().to(verify::key))
        .route(
            "/verify/schools/{school}/badges/{badge}",
            get().to(verify::badge),
        )
        .route(
            "/verify/schools/{school}/withdrawn",
            get().to(verify::withdrawn),
        )
        .route(
            "/verify/schools/{school}/status/{list}",
            get().to(verify::status),
        );
}
