//! Writes every sample page and the static files to a folder, for looking at them in a browser:
//! `cargo run --example preview -- FOLDER [en]`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use starlight::screens::{Engine, Lang, Shell, assets, samples};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "preview".to_owned()));
    let lang = match arguments.next().as_deref() {
        Some("en") => Lang::English,
        _ => Lang::Chinese,
    };
    fs::create_dir_all(folder.join("static"))?;
    let shell = Shell {
        lang,
        csrf: "preview".to_owned(),
        school: "青藤小学".to_owned(),
        ..Shell::default()
    };
    for (name, html) in samples::all(&Engine::new()?, &shell) {
        fs::write(folder.join(format!("{name}.html")), html?)?;
    }
    fs::write(folder.join("static/starlight.css"), assets::style_sheet())?;
    Ok(())
}
