//! Interface texts: Fluent files compiled in, looked up by the template functions `t` and `spoken`.
//!
//! A key that is missing is an error, never a blank or another language: the tests render every
//! page in both languages.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid, static_loader};
use tera::{Error, Kwargs, TeraResult, Value};

use super::parts::{Spoken, spoken_text};
use super::shell::Lang;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "zh-CN",
        // The marks around arguments would be read aloud and copied.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const CHINESE: LanguageIdentifier = langid!("zh-CN");
const ENGLISH: LanguageIdentifier = langid!("en");

type Arguments = HashMap<Cow<'static, str>, FluentValue<'static>>;

/// The text of `key` with `args`, for messages that handlers put together (flash, titles).
/// A missing key gives the key itself, so that nothing breaks at night.
pub fn say(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    let args = args
        .iter()
        .map(|(name, value)| {
            let name = Cow::Owned((*name).to_owned());
            let value = value.parse::<i64>().map_or_else(
                |_| FluentValue::from((*value).to_owned()),
                FluentValue::from,
            );
            (name, value)
        })
        .collect();
    find(lang, key, &args).unwrap_or_else(|| key.to_owned())
}

/// Template function `t(key=…, n=…, name=…)`: one text.
pub(super) fn t(lang: Lang, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let text = find(lang, key, &arguments(kwargs)).ok_or_else(|| missing(lang, key))?;
    Ok(Value::from(text))
}

/// Template function `spoken(key=…, pinyin=true)`: the text as syllables for `ui.ruby`.
/// With `pinyin`, the message's attribute `.pinyin` gives the syllables.
pub(super) fn spoken(lang: Lang, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let args = arguments(kwargs);
    let text = find(lang, key, &args).ok_or_else(|| missing(lang, key))?;
    let pinyin = match kwargs.get::<bool>("pinyin")? {
        Some(true) => find(lang, &format!("{key}.pinyin"), &args),
        _ => None,
    };
    let text = match (lang, &pinyin) {
        // Spaces between hanzi only say where a line with syllables may break.
        (Lang::Chinese, None) => text.replace(' ', ""),
        _ => text,
    };
    let syllables: Spoken = spoken_text(&text, pinyin.as_deref());
    Ok(Value::from_serializable(&syllables))
}

fn find(lang: Lang, key: &str, args: &Arguments) -> Option<String> {
    let language = match lang {
        Lang::Chinese => &CHINESE,
        Lang::English => &ENGLISH,
    };
    LOCALES
        .lookup_single_language(language, key, Some(args))
        .ok()
}

fn missing(lang: Lang, key: &str) -> Error {
    Error::message(format!("no text {key} in {lang:?}"))
}

fn arguments(kwargs: &Kwargs) -> Arguments {
    kwargs
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().filter(|name| *name != "key")?;
            Some((Cow::Owned(name.to_owned()), fluent(value)?))
        })
        .collect()
}

fn fluent(value: &Value) -> Option<FluentValue<'static>> {
    if let Some(text) = value.as_str() {
        return Some(FluentValue::from(text.to_owned()));
    }
    if let Some(whole) = value.as_i64() {
        return Some(FluentValue::from(whole));
    }
    value.as_f64().map(FluentValue::from)
}
