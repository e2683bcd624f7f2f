//! `/f/{link}/badges…`: a family takes a badge of its child along as a signed file, and takes it back.

use actix_web::{HttpResponse, http::StatusCode, http::header, web};

use super::{discreet, rights::gone, veiled};
use crate::{
    actions::{
        carry_badge::{self, Agreed, Luggage},
        home_data,
    },
    domain::{
        badges::{Rules, TERM},
        credential::{Shown, Withdrawal},
        refusal::Refusal,
    },
    exchange::{
        badge_files,
        open_badges::{Badge, School},
    },
    screens::{
        FlashKind, Lang, assets,
        credentials::{CarriedBadge, FamilyBadge, FamilyBadges},
    },
    storage::results::AwardRow,
    web::{
        failure::Failure,
        guard::Fields,
        problem::Problem,
        sight, verify,
        visit::{Door, Visit},
    },
};

/// The files there are: the end of their address and the key of their name.
const FILES: [(&str, &str); 5] = [
    ("badge-v3.png", "v3-png"),
    ("badge-v3.svg", "v3-svg"),
    ("badge-v3.jwt", "v3-jwt"),
    ("badge-v2.png", "v2-png"),
    ("badge-v2.svg", "v2-svg"),
];

/// `GET /f/{link}/badges`.
pub async fn list(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let read = visit.read(Door::Family(link.clone()), |db, seen| {
        let standing = home_data::standing(db, &seen.call)?;
        Ok((carry_badge::luggage(db, &seen.call)?, standing.class_name))
    });
    let (seen, (found, class_name)) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(&visit, failure),
    };
    let here = format!("/f/{link}");
    let rules = visit.app.words();
    let awards = found.sight.awards.iter();
    let page = FamilyBadges {
        child: veiled(&found.child),
        class_name,
        badges: awards
            .filter_map(|award| carried(&visit, &here, &rules, &found, award))
            .collect(),
        back: here,
    };
    Ok(discreet(visit.page(&seen, &page)?))
}

fn carried(
    visit: &Visit,
    here: &str,
    rules: &Rules,
    found: &Luggage,
    award: &AwardRow,
) -> Option<CarriedBadge> {
    let (rule, _) = rules.find(&award.badge)?;
    let file = found.of(&award.id);
    let gone = file.and_then(|row| row.revoked_at);
    let (state, at) = match (file, gone) {
        (Some(_), Some(at)) => ("withdrawn", Some(at)),
        (Some(row), None) => ("taken", Some(row.issued_at)),
        (None, _) if award.doubted.is_some() => ("doubted", None),
        (None, _) => ("open", None),
    };
    let why = file.and_then(|row| Withdrawal::parse(row.revoked_for.as_deref()?));
    Some(CarriedBadge {
        href: format!("{here}/badges/{}", award.id),
        name: sight::badge_name(rules, &found.sight, award, visit.lang),
        picture: rule.picture.clone(),
        detail: match award.period.as_str() {
            TERM => String::new(),
            round => round.to_owned(),
        },
        state,
        since: at.map_or_else(String::new, |at| verify::day(visit, at)),
        why: why.map_or("", Withdrawal::key),
    })
}

/// `GET /f/{link}/badges/{award}`.
pub async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (link, award) = path.into_inner();
    page(&visit, &link, &award, None).await
}

/// The page; `wrong` is the name chosen where the guardian's yes was missing.
async fn page(
    visit: &Visit,
    link: &str,
    award: &str,
    wrong: Option<Shown>,
) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Family(link.to_owned()), |db, seen| {
        carry_badge::luggage(db, &seen.call)
    });
    let (seen, found) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(visit, failure),
    };
    let here = format!("/f/{link}");
    let rules = visit.app.words();
    let row = found.award(award).ok_or(Refusal::NotFound)?;
    let badge = carried(visit, &here, &rules, &found, row).ok_or(Refusal::NotFound)?;
    let file = found.of(award).filter(|file| file.revoked_at.is_none());
    let chosen = file.map(|file| file.shown.clone());
    let page = FamilyBadge {
        back: format!("{here}/badges"),
        child: veiled(&found.child),
        badge,
        names: Shown::ALL.map(Shown::key).into(),
        wrong: wrong.is_some(),
        shown: chosen
            .or(wrong.map(|shown| shown.key().to_owned()))
            .unwrap_or_default(),
        files: FILES.into(),
        verify: file.map_or_else(String::new, |file| format!("/verify/{}", file.id)),
    };
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(discreet(visit.page_as(status, Some(&seen), &page)?))
}

/// `POST /f/{link}/badges/{award}`: `do` = take (`shown`, `agree`) or give-back.
pub async fn act(
    visit: Visit,
    path: web::Path<(String, String)>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (link, award) = path.into_inner();
    let (act, shown) = (fields.need("do")?, fields.take("shown"));
    let agree = fields.take("agree").is_some_and(|yes| yes == "1");
    fields.finish()?;
    match act.as_str() {
        "take" => {
            let shown = shown.as_deref().and_then(Shown::parse);
            let shown = shown.ok_or_else(|| Refusal::Invalid("shown".to_owned()))?;
            if !agree {
                return page(&visit, &link, &award, Some(shown)).await;
            }
            take(&visit, &link, &award, shown).await
        }
        "give-back" => give_back(&visit, &link, &award).await,
        _ => Err(Refusal::Invalid("do".to_owned()).into()),
    }
}

async fn take(
    visit: &Visit,
    link: &str,
    award: &str,
    shown: Shown,
) -> Result<HttpResponse, Failure> {
    let (rules, lang, ring) = (visit.app.words(), visit.lang, visit.app.ring.clone());
    let (base, wanted) = (verify::base(visit), award.to_owned());
    let write = visit.write(Door::Family(link.to_owned()), move |tx, seen| {
        let found = carry_badge::luggage(tx, &seen.call)?;
        let row = found.award(&wanted).ok_or(Refusal::NotFound)?;
        let badge = in_words(&rules, &found, row, lang).ok_or(Refusal::NotFound)?;
        let school = School {
            base,
            id: seen.call.school.to_string(),
            name: seen.school_name.clone(),
        };
        let agreed = Agreed {
            award: wanted,
            shown,
            badge,
        };
        carry_badge::take(tx, &seen.call, &ring, school, &agreed)
    });
    told(
        visit,
        link,
        award,
        write.await.map(|_| ()),
        "carry-is-taken",
    )
}

async fn give_back(visit: &Visit, link: &str, award: &str) -> Result<HttpResponse, Failure> {
    let wanted = award.to_owned();
    let write = visit.write(Door::Family(link.to_owned()), move |tx, seen| {
        carry_badge::give_back(tx, &seen.call, &wanted)
    });
    told(visit, link, award, write.await.map(|_| ()), "carry-is-back")
}

fn told(
    visit: &Visit,
    link: &str,
    award: &str,
    done: Result<(), Failure>,
    key: &str,
) -> Result<HttpResponse, Failure> {
    match done {
        Ok(()) => {
            let back = format!("/f/{link}/badges/{award}");
            Ok(discreet(visit.go_saying(&back, FlashKind::Ok, key, &[])))
        }
        Err(failure) => gone(visit, failure),
    }
}

/// The badge as it stands in the file, in the guardian's language.
fn in_words(rules: &Rules, found: &Luggage, award: &AwardRow, lang: Lang) -> Option<Badge> {
    let (description, picture) = sight::badge_text(rules, &found.sight, award, lang)?;
    Some(Badge {
        class: String::new(),
        name: sight::badge_name(rules, &found.sight, award, lang),
        description,
        picture,
    })
}

/// `GET /f/{link}/badges/{award}/{file}`.
pub async fn file(
    visit: Visit,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (link, award, file) = path.into_inner();
    let rules = visit.app.words();
    let read = visit.read(Door::Family(link), move |db, seen| {
        let found = carry_badge::luggage(db, &seen.call)?;
        let row = found.award(&award).ok_or(Refusal::NotFound)?;
        let (rule, _) = rules.find(&row.badge).ok_or(Refusal::NotFound)?;
        let standing = found.of(&award).filter(|file| file.revoked_at.is_none());
        let standing = standing.ok_or(Refusal::NotFound)?.clone();
        Ok((rule.picture.clone(), standing))
    });
    let (_, (picture, row)) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(&visit, failure),
    };
    let text = match file.contains("v2") {
        true => row.signed_v2,
        false => row.signed_v3,
    };
    let (bytes, kind) = baked(&file, &picture, text).ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"starlight-{file}\"");
    Ok(discreet(
        HttpResponse::Ok()
            .content_type(kind)
            .insert_header((header::CONTENT_DISPOSITION, name))
            .body(bytes),
    ))
}

fn baked(file: &str, picture: &str, text: String) -> Option<(Vec<u8>, &'static str)> {
    let version = if file.contains("v2") { 2 } else { 3 };
    match file {
        "badge-v3.jwt" => Some((text.into_bytes(), "text/plain; charset=utf-8")),
        "badge-v3.png" | "badge-v2.png" => {
            let png = assets::find(&format!("badges/{picture}.png"))?;
            let bytes = badge_files::bake_png(&png.bytes, version, &text)?;
            Some((bytes, "image/png"))
        }
        "badge-v3.svg" | "badge-v2.svg" => {
            let sprite = assets::find("badges.svg")?;
            let sprite = std::str::from_utf8(&sprite.bytes).ok()?;
            let svg = badge_files::bake_svg(sprite, picture, version, &text)?;
            Some((svg.into_bytes(), "image/svg+xml"))
        }
        _ => None,
    }
}
