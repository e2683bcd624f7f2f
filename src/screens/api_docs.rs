//! The page about the API: a frame that `static/js/api-docs.js` fills from the OpenAPI document.

use serde::Serialize;

use super::engine::Page;

/// `GET /api/docs`.
#[derive(Debug, Clone, Serialize)]
pub struct ApiDocs {
    /// Address of the document.
    pub document: &'static str,
}

impl Page for ApiDocs {
    const TEMPLATE: &'static str = "public/api_docs.html";
    const TITLE_KEY: &'static str = "api-docs-title";
}
