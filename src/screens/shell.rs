//! What surrounds every page: language, form token, school, who is signed in, one message.

use serde::{Deserialize, Serialize};

/// Languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Lang {
    /// zh-CN, the default.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// en.
    #[serde(rename = "en")]
    English,
}

impl Lang {
    /// The first of the two that an `Accept-Language` header (or a `lang` cookie) asks for.
    pub fn from_header(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-']).next())
            .find_map(|tag| match tag.trim().to_ascii_lowercase().as_str() {
                "zh" => Some(Self::Chinese),
                "en" => Some(Self::English),
                _ => None,
            })
            .unwrap_or_default()
    }
}

/// Everything a page needs beside its own view model.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shell {
    pub lang: Lang,
    /// Hidden field `csrf` of every form.
    pub csrf: String,
    /// Name of the school, shown in titles.
    pub school: String,
    /// Who is signed in; `None` on public pages.
    pub viewer: Option<Viewer>,
    /// One message from the request before this one.
    pub flash: Option<Flash>,
    /// Navigation of staff pages.
    pub nav: Vec<NavItem>,
    /// Query of this page in the other language, such as `?edit=1&lang=en`.
    pub switch: String,
    /// A demo school: pages say so.
    pub demo: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct Viewer {
    pub name: String,
    /// Fluent key of the role, such as `role-homeroom`, `role-subject`, `role-admin`, `role-student`.
    pub role_key: String,
    /// Free text after the role, such as the class; may be empty.
    pub detail: String,
}

/// One entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Fluent key of the word.
    pub key: String,
    pub href: String,
    /// Name of an icon of the sprite, without `i-`.
    pub icon: String,
    pub current: bool,
    /// The head of a group whose pages follow.
    pub open: bool,
    /// A page of the open group.
    pub under: bool,
}

/// One message, already in words of the reader's language (see [`super::say`]).
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
    pub undo: Option<Undo>,
}

/// Tone of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    Ok,
    Note,
    Attn,
}

/// A form with one button that takes the last act back.
#[derive(Debug, Clone, Serialize)]
pub struct Undo {
    pub action: String,
    /// Hidden fields.
    pub fields: Vec<(String, String)>,
}

impl Undo {
    /// The form that posts these fields to `action`.
    pub fn new(action: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            action: action.into(),
            fields: fields.iter().map(own).collect(),
        }
    }
}
