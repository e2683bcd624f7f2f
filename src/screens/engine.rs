//! The one place that names tera: loads the embedded templates and renders a page with its shell.

use std::fmt;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::shell::{Lang, Shell};
use super::{assets, words};

/// A view model that knows its template and the Fluent key of its title.
pub trait Page: Serialize {
    /// Path below `templates/`.
    const TEMPLATE: &'static str;
    /// Fluent key of the page's title.
    const TITLE_KEY: &'static str;
}

/// All templates, parsed once for each language.
pub struct Engine {
    chinese: Tera,
    english: Tera,
}

impl Engine {
    /// Parses every embedded template; fails if one of them is broken.
    pub fn new() -> Result<Self, ScreenError> {
        Ok(Self {
            chinese: load(Lang::Chinese)?,
            english: load(Lang::English)?,
        })
    }

    /// The page as HTML, in the shell's language.
    pub fn render<P: Page>(&self, page: &P, shell: &Shell) -> Result<String, ScreenError> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("shell", shell);
        context.insert("title_key", P::TITLE_KEY);
        context.insert("sheet", assets::sheet_of(P::TEMPLATE));
        self.tera(shell.lang)
            .render(P::TEMPLATE, &context)
            .map_err(|error| ScreenError::new(P::TEMPLATE, &error))
    }

    /// Names of all templates, for the tests that look for forgotten ones.
    pub fn template_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .chinese
            .get_template_names()
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    }

    fn tera(&self, lang: Lang) -> &Tera {
        match lang {
            Lang::Chinese => &self.chinese,
            Lang::English => &self.english,
        }
    }
}

/// A template that does not parse, or a view model that does not fit it.
#[derive(Debug)]
pub struct ScreenError {
    template: String,
    what: String,
}

impl ScreenError {
    fn new(template: &str, error: &dyn std::error::Error) -> Self {
        let mut what = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            what.push_str(": ");
            what.push_str(&inner.to_string());
            cause = inner.source();
        }
        Self {
            template: template.to_owned(),
            what,
        }
    }
}

impl fmt::Display for ScreenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "template {}: {}", self.template, self.what)
    }
}

impl std::error::Error for ScreenError {}

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

fn load(lang: Lang) -> Result<Tera, ScreenError> {
    let mut tera = Tera::default();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| {
        words::t(lang, &kwargs)
    });
    tera.register_function("spoken", move |kwargs: Kwargs, _: &State| {
        words::spoken(lang, &kwargs)
    });
    tera.register_function("asset", |kwargs: Kwargs, _: &State| asset(&kwargs));
    tera.add_raw_templates(sources())
        .map_err(|error| ScreenError::new("templates/", &error))?;
    Ok(tera)
}

fn sources() -> Vec<(String, String)> {
    Templates::iter()
        .filter_map(|name| {
            let file = Templates::get(&name)?;
            let text = String::from_utf8_lossy(&file.data).into_owned();
            Some((name.into_owned(), text))
        })
        .collect()
}

/// `asset(path="starlight.css")` → `/static/starlight.css?v=…`, so that a new version is fetched anew.
fn asset(kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<&str>("path")?;
    Ok(Value::from(format!(
        "/static/{path}?v={}",
        assets::version()
    )))
}
