//! `GET,POST /a/badges`: the badge rules in force, a new version tried and adopted, everything counted again, the titles
//! of the term, and who was recognised.

use actix_web::HttpResponse;

use crate::{
    actions::{
        badge_desk,
        badge_desk::{BadgeDesk, Trial},
        badge_rules, settle_term,
    },
    domain::{
        badges::{Condition, Recipient, Rule},
        refusal::Refusal,
        week_index::FlagKind,
    },
    exchange::badges_toml::Mistake,
    screens::{
        FlashKind, Lang,
        office_badges::{CoverageView, OfficeBadges, RuleView, TrialView, TriedRule},
        say,
    },
    web::{
        failure::Failure,
        guard::Fields,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// Threads of the computation.
const THREADS: usize = 2;

/// `GET /a/badges`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    render(&visit, None, None).await
}

type Tried = Result<Trial, Vec<Mistake>>;

async fn render(
    visit: &Visit,
    document: Option<String>,
    tried: Option<Tried>,
) -> Result<HttpResponse, Failure> {
    let built_in = visit.app.rules.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        badge_desk::load(db, &seen.call, &built_in)
    });
    let (seen, desk) = read.await?;
    visit.page(&seen, &view(visit.lang, &desk, document, tried))
}

/// `POST /a/badges`: `action` is `try`, `adopt`, `recount` or `settle`; the first two with `document`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let action = fields.take("action").unwrap_or_default();
    let document = fields.take("document").unwrap_or_default();
    // A form's line ends are CR LF.
    let document = document.replace("\r\n", "\n");
    let token = fields.take("token").unwrap_or_default();
    fields.finish()?;
    match action.as_str() {
        "try" => try_on(&visit, document).await,
        "adopt" => adopt(&visit, document, token).await,
        "recount" => settle(&visit, false).await,
        "settle" => settle(&visit, true).await,
        _ => Err(Refusal::Invalid("badge-action".to_owned()).into()),
    }
}

async fn try_on(visit: &Visit, document: String) -> Result<HttpResponse, Failure> {
    let (text, built_in) = (document.clone(), visit.app.rules.clone());
    let read = visit.read(Door::Staff, move |db, seen| {
        let prepared = settle_term::prepare(db, &seen.call, THREADS)?;
        badge_desk::trial(db, &seen.call, &prepared, &text, &built_in)
    });
    let (_, tried) = read.await?;
    render(visit, Some(document), Some(tried)).await
}

async fn adopt(visit: &Visit, document: String, token: String) -> Result<HttpResponse, Failure> {
    let built_in = visit.app.rules.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let row = badge_desk::adopt(tx, &seen.call, &document, &token, &built_in)?;
        let words = badge_rules::words(tx, &seen.call.school, &built_in)?;
        Ok((row, words))
    });
    let (_, (row, words)) = write.await?;
    visit.app.reword(words);
    let (version, from) = (row.version.to_string(), row.holds_from.to_string());
    let args = [("version", version.as_str()), ("from", from.as_str())];
    Ok(visit.go_saying("/a/badges", FlashKind::Ok, "office-badges-adopted", &args))
}

async fn settle(visit: &Visit, end: bool) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, |db, seen| {
        settle_term::prepare(db, &seen.call, THREADS)
    });
    let (_, prepared) = read.await?;
    let built_in = visit.app.rules.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        settle_term::settle(tx, &seen.call, &prepared, &built_in, end)
    });
    let (_, given) = write.await?;
    let (new, doubted) = (given.new.to_string(), given.doubted.to_string());
    let args = [("n", new.as_str()), ("doubted", doubted.as_str())];
    let key = if end {
        "office-badges-settled"
    } else {
        "office-badges-recounted"
    };
    Ok(visit.go_saying("/a/badges", FlashKind::Ok, key, &args))
}

fn view(
    lang: Lang,
    desk: &BadgeDesk,
    document: Option<String>,
    tried: Option<Tried>,
) -> OfficeBadges {
    let (trial, mistakes) = match tried {
        Some(Ok(trial)) => (Some(trial), Vec::new()),
        Some(Err(mistakes)) => (None, mistakes),
        None => (None, Vec::new()),
    };
    let later = desk.later.as_ref();
    OfficeBadges {
        term_name: desk.term.name.clone(),
        version: desk.rules.version,
        later: later
            .map(|(version, _)| version.to_string())
            .unwrap_or_default(),
        later_from: later.map(|(_, from)| from.to_string()).unwrap_or_default(),
        rules: desk
            .rules
            .badges
            .iter()
            .map(|rule| shown(lang, desk, rule))
            .collect(),
        document: document.unwrap_or_else(|| desk.document.clone()),
        mistakes: mistakes.iter().map(ToString::to_string).collect(),
        trial: trial.map(|trial| tried_view(lang, &trial)),
        weeks: desk
            .weeks
            .iter()
            .map(|week| words::day(lang, *week))
            .collect(),
        coverage: desk
            .coverage
            .iter()
            .map(|class| CoverageView {
                href: format!("/t/classes/{}", class.class),
                name: class.name.clone(),
                children: words::count(class.children),
                unseen: class.unseen.iter().map(|n| words::count(*n)).collect(),
                never: words::count(class.never),
            })
            .collect(),
        never: words::count(desk.coverage.iter().map(|class| class.never).sum()),
    }
}

fn tried_view(lang: Lang, trial: &Trial) -> TrialView {
    let rules = trial.rules.badges.iter().zip(&trial.won);
    TrialView {
        token: trial.token.clone(),
        rules: rules
            .map(|(rule, (awards, who))| TriedRule {
                name: name(lang, rule),
                awards: words::count(*awards),
                who: words::count(*who),
            })
            .collect(),
        children: words::count(trial.children),
        without: words::count(trial.without),
    }
}

fn name(lang: Lang, rule: &Rule) -> String {
    let star = say(lang, "office-badges-each", &[]);
    let words = rule.name.about(&star, &star);
    match lang {
        Lang::Chinese => words.zh,
        Lang::English => words.en,
    }
}

fn shown(lang: Lang, desk: &BadgeDesk, rule: &Rule) -> RuleView {
    let of = |badge: &str| {
        let found = desk.rules.find(badge);
        found.is_some_and(|(one, _)| one == rule)
    };
    let given = desk.given.iter().filter(|(badge, _)| of(badge));
    RuleView {
        name: name(lang, rule),
        picture: rule.picture.clone(),
        recipient: match rule.recipient {
            Recipient::Student => "student",
            Recipient::Class => "class",
        },
        when: when(lang, &rule.when),
        quota: rule
            .quota
            .map(|q| format!("{:.0}", q * 100.0))
            .unwrap_or_default(),
        confirm: rule.confirm,
        given: words::count(given.map(|(_, n)| n).sum()),
    }
}

/// A condition in words.
fn when(lang: Lang, when: &Condition) -> String {
    let tell = |key: &str, n: String| say(lang, &format!("office-badges-when-{key}"), &[("n", &n)]);
    match when {
        Condition::Score { at_least, .. } => tell("score", at_least.to_string()),
        Condition::Upper { one_in, .. } => tell("upper", one_in.to_string()),
        Condition::Progress { step, .. } => tell("progress", step.to_string()),
        Condition::Participation { at_least } => tell("participation", percent(*at_least)),
        Condition::Shining { at_least } => tell("shining", percent(*at_least)),
        Condition::Flags(flags) => {
            let key = match flags.kind {
                FlagKind::Flag => "flag",
                FlagKind::Progress => "progress-flag",
            };
            tell(key, steps(&flags.at_least))
        }
        Condition::Count(count) => {
            let first = (count.of, steps(&count.at_least));
            let also = count.also.iter().map(|(what, n)| (*what, n.to_string()));
            let parts = [first].into_iter().chain(also).map(|(what, n)| {
                let key = format!("teacher-evidence-count-{}", what.key());
                say(lang, &key, &[("value", &n)])
            });
            parts.collect::<Vec<_>>().join(" · ")
        }
    }
}

fn steps(at_least: &[u32]) -> String {
    let all: Vec<String> = at_least.iter().map(u32::to_string).collect();
    all.join(" / ")
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}
