//! Writes every page of teachers, the office and the screens as HTML into a folder, with the static
//! files beside it, to be looked at through any file server: `cargo run --example preview_staff -- DIR`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use starlight::screens::{
    Engine, Lang, Page, Shell, assets, board, staff_samples as t, staff_samples_board as b,
    staff_samples_comments as c, staff_samples_data as d, staff_samples_displays as y,
    staff_samples_duty as u, staff_samples_numbers as n, staff_samples_office as a,
    staff_samples_paper as p, staff_samples_screens as v,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    let engine = Engine::new()?;
    for (lang, name) in [(Lang::Chinese, "zh"), (Lang::English, "en")] {
        let to = folder.join(name);
        fs::create_dir_all(&to)?;
        write_all(&engine, lang, &to)?;
    }
    fs::create_dir_all(folder.join("static"))?;
    fs::write(folder.join("static/starlight.css"), assets::style_sheet())?;
    Ok(())
}

fn write_all(engine: &Engine, lang: Lang, to: &Path) -> Result<(), Box<dyn Error>> {
    let teacher = |current: &str| t::teacher_shell(lang, current);
    let office = |current: &str| a::office_shell(lang, current);
    let sky = Shell {
        lang,
        ..Shell::default()
    };
    let out = |name: &str| to.join(format!("{name}.html"));
    put(
        engine,
        &t::today(),
        &teacher("staff-nav-today"),
        out("today"),
    )?;
    put(
        engine,
        &t::class_home(),
        &teacher("staff-nav-class"),
        out("class"),
    )?;
    put(engine, &t::grid(), &teacher("staff-nav-grid"), out("grid"))?;
    for state in c::STATES {
        put(
            engine,
            &c::comments(state),
            &teacher("staff-nav-comments"),
            out(&format!("comments_{state}")),
        )?;
    }
    put(
        engine,
        &t::about(),
        &teacher("staff-nav-grid"),
        out("about"),
    )?;
    put(
        engine,
        &p::links(),
        &teacher("staff-nav-links"),
        out("links"),
    )?;
    put(
        engine,
        &p::slips(),
        &teacher("staff-nav-links"),
        out("slips"),
    )?;
    put(
        engine,
        &p::cards(),
        &teacher("staff-nav-class"),
        out("cards"),
    )?;
    put(
        engine,
        &n::results_ask(),
        &teacher("staff-nav-results"),
        out("results_ask"),
    )?;
    put(
        engine,
        &n::results(),
        &teacher("staff-nav-results"),
        out("results"),
    )?;
    put(
        engine,
        &n::badges(),
        &teacher("staff-nav-badges"),
        out("badges"),
    )?;
    put(
        engine,
        &n::explanation(),
        &teacher("staff-nav-results"),
        out("explanation"),
    )?;
    put(
        engine,
        &n::explanation_words(),
        &teacher("staff-nav-results"),
        out("explanation_words"),
    )?;
    put(engine, &a::home(), &office("staff-nav-office"), out("home"))?;
    put(
        engine,
        &a::rounds(),
        &office("staff-nav-rounds"),
        out("rounds"),
    )?;
    put(
        engine,
        &a::confirm("close"),
        &office("staff-nav-rounds"),
        out("confirm"),
    )?;
    put(
        engine,
        &a::weights(true),
        &office("staff-nav-weights"),
        out("weights"),
    )?;
    put(
        engine,
        &a::weights(false),
        &office("staff-nav-weights"),
        out("weights_wrong"),
    )?;
    for (step, name) in [
        (0, "import_refused"),
        (1, "import_errors"),
        (2, "import_ready"),
        (3, "import_done"),
    ] {
        put(
            engine,
            &d::import("teachers", step),
            &office("staff-nav-import"),
            out(name),
        )?;
    }
    put(
        engine,
        &d::first_passwords(),
        &office("staff-nav-staff"),
        out("passwords"),
    )?;
    put(
        engine,
        &d::export(),
        &office("staff-nav-export"),
        out("export"),
    )?;
    put(
        engine,
        &d::calendar(),
        &office("staff-nav-calendar"),
        out("calendar"),
    )?;
    put(
        engine,
        &a::staff(false),
        &office("staff-nav-staff"),
        out("staff"),
    )?;
    put(
        engine,
        &a::rubric(),
        &office("staff-nav-rubric"),
        out("rubric"),
    )?;
    put(
        engine,
        &a::consent(),
        &office("staff-nav-consent"),
        out("consent"),
    )?;
    put(
        engine,
        &y::screens(Some("code")),
        &office("staff-nav-screens"),
        out("screens"),
    )?;
    put(
        engine,
        &starlight::screens::duty::OfficeSheet(u::sheet(None)),
        &office("staff-nav-inspections"),
        out("inspection"),
    )?;
    put(
        engine,
        &d::inspections(),
        &office("staff-nav-inspections"),
        out("inspections"),
    )?;
    put(
        engine,
        &a::audit(),
        &office("staff-nav-audit"),
        out("audit"),
    )?;
    put(
        engine,
        &b::rankings(),
        &office("staff-nav-rankings"),
        out("rankings"),
    )?;
    put(
        engine,
        &b::class_explanation(),
        &office("staff-nav-rankings"),
        out("ranking_class"),
    )?;
    put(engine, &board::pairing("042917", 10), &sky, out("pairing"))?;
    for light in ["night", "day"] {
        let mut all = vec![("extremes", v::extremes()), ("classroom", v::classroom())];
        all.extend([
            ("one", v::hall(1)),
            ("hall", v::hall(7)),
            ("many", v::hall(12)),
        ]);
        all.extend(v::silent().map(|show| (show.mode, show)));
        for (name, show) in all {
            for at in 0..u32::try_from(show.slides.len().max(1))? {
                let page = board::Show {
                    at,
                    light,
                    ..show.clone()
                };
                put(
                    engine,
                    &page,
                    &sky,
                    out(&format!("screen_{light}_{name}_{at}")),
                )?;
            }
        }
    }
    Ok(())
}

fn put<P: Page>(
    engine: &Engine,
    page: &P,
    shell: &Shell,
    to: PathBuf,
) -> Result<(), Box<dyn Error>> {
    fs::write(to, engine.render(page, shell)?)?;
    Ok(())
}
