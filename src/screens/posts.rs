//! Duty posts and the week's rosters for the office. Used by `GET,POST /a/posts`; template `office/posts.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    Posts => "office/posts.html", "posts-title";
}

/// `GET /a/posts`.
#[derive(Debug, Clone, Serialize)]
pub struct Posts {
    /// Monday, as in the address.
    pub day: String,
    pub label: String,
    pub before: String,
    pub after: String,
    pub may_copy: bool,
    pub posts: Vec<PostCard>,
    pub retired: Vec<Pick>,
    /// The form of a new post.
    pub fresh: PostForm,
    /// Fluent key of what was wrong, and the word it is about.
    pub wrong: Option<(&'static str, String)>,
}

/// What may be wrong; Fluent: `posts-wrong-…`.
pub const POST_REFUSALS: [&str; 6] = ["name", "items", "slots", "taken", "member", "copy"];

/// A post with its roster.
#[derive(Debug, Clone, Serialize)]
pub struct PostCard {
    pub name: String,
    pub slots: Vec<String>,
    pub items: Vec<String>,
    /// Empty: all.
    pub grades: Vec<i32>,
    pub first: Vec<String>,
    pub second: Vec<String>,
    /// Numbers as the roster's form holds them.
    pub first_text: String,
    pub second_text: String,
    pub gaps: Vec<GapLine>,
    pub form: PostForm,
}

/// Something that a roster lacks; Fluent: `posts-gap-…`.
#[derive(Debug, Clone, Serialize)]
pub struct GapLine {
    pub key: &'static str,
    pub name: String,
}

/// Keys of gaps.
pub const GAPS: [&str; 4] = ["none", "second", "class", "twice"];

/// The form of a post.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PostForm {
    /// Empty: a new one.
    pub id: String,
    pub name: String,
    pub items: Vec<ItemField>,
    pub slots: String,
    pub grades: Vec<GradeField>,
    pub double_check: bool,
}

/// An item to choose, with its full marks.
#[derive(Debug, Clone, Serialize)]
pub struct ItemField {
    pub id: String,
    pub name: String,
    pub full: String,
    pub chosen: bool,
}

/// A grade to choose.
#[derive(Debug, Clone, Serialize)]
pub struct GradeField {
    pub n: i32,
    pub chosen: bool,
}
