//! Sentences of the commands, in the language of `LANG`: Chinese unless it names another one.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid, static_loader};

use crate::exchange::Message;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "zh-CN",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const CHINESE: LanguageIdentifier = langid!("zh-CN");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The sentence; a key without text gives the key.
pub fn say(message: &Message) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'static>> = message
        .args
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.clone())))
        .collect();
    let text = LOCALES.lookup_single_language(&language(), message.key, Some(&args));
    text.unwrap_or_else(|_missing| message.key.to_owned())
}

fn language() -> LanguageIdentifier {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()));
    match named {
        Some(lang) if lang.starts_with("en") || lang == "C" || lang.starts_with("C.") => ENGLISH,
        _ => CHINESE,
    }
}
