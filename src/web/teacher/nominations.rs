//! `GET /t/classes/{id}/nominations` and `GET /a/badges/nominations`: the list of who is nominated for the Young Pioneers'
//! badge, to print. Each printing is in the audit log.

use actix_web::{HttpResponse, web};

use super::words::{self, count};
use crate::{
    actions::{
        nominations::{self, ClassList, Nominated},
        term_votes::read_rubric,
    },
    domain::{badges::Rules, ids::ClassId, rubric::Rubric},
    screens::{
        Lang, say,
        teacher_nominations::{NominationList, NominationRow, Nominations},
    },
    web::{
        failure::Failure,
        moment_words,
        visit::{Door, Visit},
    },
};

/// Badges named beside a child.
const BADGES: usize = 4;

/// `GET /t/classes/{id}/nominations`.
pub async fn of_class(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    print(visit, Some(ClassId::new(id.into_inner()))).await
}

/// `GET /a/badges/nominations`.
pub async fn of_school(visit: Visit) -> Result<HttpResponse, Failure> {
    print(visit, None).await
}

async fn print(visit: Visit, class: Option<ClassId>) -> Result<HttpResponse, Failure> {
    let (built_in, asked) = (visit.app.rules.clone(), class.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        let (term, lists) = nominations::lists(tx, call, asked.as_ref(), &built_in)?;
        let rubric = read_rubric(tx, &call.school, &term.rubric_id)?;
        Ok((term, lists, rubric))
    });
    let (seen, (term, lists, rubric)) = write.await?;
    let rules = visit.app.words();
    let view = View {
        lang: visit.lang,
        rules: &rules,
        rubric: &rubric,
    };
    let page = Nominations {
        back: match &class {
            Some(class) => format!("/t/classes/{class}/badges"),
            None => "/a/badges".to_owned(),
        },
        back_name: say(visit.lang, "staff-badges-title", &[]),
        school_name: seen.school_name.clone(),
        term_name: term.name,
        date: words::date(visit.lang, seen.call.today),
        lists: lists.iter().map(|list| view.list(list)).collect(),
    };
    let response = visit.page(&seen, &page)?;
    Ok(crate::web::discreet::discreet(response, "same-origin"))
}

struct View<'a> {
    lang: Lang,
    rules: &'a Rules,
    rubric: &'a Rubric,
}

impl View<'_> {
    fn list(&self, list: &ClassList) -> NominationList {
        NominationList {
            badges: format!("/t/classes/{}/badges", list.class),
            class_name: list.name.clone(),
            children: count(list.children),
            most: count(list.most),
            waiting: count(list.waiting),
            rows: list.nominated.iter().map(|one| self.row(one)).collect(),
        }
    }

    fn row(&self, one: &Nominated) -> NominationRow {
        let mut badges: Vec<String> = Vec::new();
        for award in &one.badges {
            let name = words::badge(self.lang, self.rules, self.rubric, award).name;
            if !badges.contains(&name) && badges.len() < BADGES {
                badges.push(name);
            }
        }
        let moment = one.moment.as_ref();
        NominationRow {
            no: one.child.student_no.clone(),
            name: one.child.name.clone(),
            badges,
            deed: moment.map_or_else(String::new, |m| moment_words::sentence(self.lang, m)),
        }
    }
}
