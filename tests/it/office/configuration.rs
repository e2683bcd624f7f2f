//! Configuration: flag > environment > file > default, judged once.

use std::path::PathBuf;

use starlight::{
    config::{Config, Flags},
    screens::Lang,
    storage::DatabaseUrl,
    web::guard::Transport,
};

fn gather(flags: &Flags, environment: &[(&str, &str)], file: &str) -> Result<Config, String> {
    let get = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Config::gather(flags, get, Some(("starlight.toml", file))).map_err(|e| e.to_string())
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default() {
    let file = "listen = \"127.0.0.1:1\"\npublic_url = \"http://file\"\ndatabase_url = \"sqlite:data/file.db\"\n";
    let environment = [
        ("STARLIGHT_LISTEN", "127.0.0.1:2"),
        ("STARLIGHT_PUBLIC_URL", "http://environment/"),
    ];
    let flags = Flags {
        listen: Some("127.0.0.1:3".to_owned()),
        ..Flags::default()
    };
    let config = gather(&flags, &environment, file).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.public_url.as_deref(), Some("http://environment"));
    assert_eq!(
        config.database_url,
        DatabaseUrl::Sqlite("data/file.db".to_owned())
    );
    assert_eq!(config.key_file, PathBuf::from("data/starlight.key"));
    assert_eq!(config.backup_dir, PathBuf::from("data/backups"));
    assert_eq!(config.timezone.name(), "Asia/Shanghai");
    assert_eq!(
        (config.mode, config.lang),
        (Transport::LanHttp, Lang::Chinese)
    );
    let bare = gather(&Flags::default(), &[], "").unwrap();
    assert_eq!(
        bare.database_url,
        DatabaseUrl::Sqlite("starlight.db".to_owned())
    );
    assert_eq!(
        (bare.listen.to_string().as_str(), bare.public_url),
        ("0.0.0.0:8080", None)
    );
}

#[test]
fn the_language_comes_from_the_flag_or_the_shell() {
    let check = |flag: Option<&str>, environment: &[(&str, &str)], expected: Lang| {
        let flags = Flags {
            lang: flag.map(str::to_owned),
            ..Flags::default()
        };
        assert_eq!(
            gather(&flags, environment, "").unwrap().lang,
            expected,
            "{flag:?} {environment:?}"
        );
    };
    check(None, &[("LANG", "en_GB.UTF-8")], Lang::English);
    check(None, &[("LANG", "C.UTF-8")], Lang::Chinese);
    check(Some("zh-CN"), &[("LANG", "en_GB.UTF-8")], Lang::Chinese);
    check(
        None,
        &[("STARLIGHT_LANG", "en"), ("LANG", "zh_CN")],
        Lang::English,
    );
}

#[test]
fn what_is_wrong_is_named() {
    let check = |file: &str, expected: &str| {
        let said = gather(&Flags::default(), &[], file).unwrap_err();
        assert!(said.contains(expected), "{said}");
    };
    check(
        "# fine\npublic-url = \"http://a\"",
        "starlight.toml:2: unknown field `public-url`",
    );
    check("listen = 8080", "starlight.toml:1: ");
    check("listen = \"8080\"", "listen: ");
    check("listen = \"8.8.8.8:80\"", "listen: ");
    check("public_url = \"star.school.cn\"", "public_url: ");
    check("public_url = \"http://a/b\"", "public_url: ");
    check("mode = \"tls\"\npublic_url = \"http://a\"", "public_url: ");
    check("mode = \"http\"", "mode: ");
    check("timezone = \"Beijing\"", "timezone: ");
    check("trusted_proxies = [\"proxy\"]", "trusted_proxies: ");
    check("database_url = \"mysql://a\"", "database_url: ");
    check("lang = \"fr\"", "lang: ");
    check("server_key = [\"very secret words\"]", "starlight.toml:1: ");
    let said = gather(
        &Flags::default(),
        &[],
        "server_key = [\"very secret words\"]",
    )
    .unwrap_err();
    assert!(!said.contains("secret words"), "{said}");
}
