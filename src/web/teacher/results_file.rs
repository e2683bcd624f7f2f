//! `POST /t/classes/{id}/results.xlsx`: the ordered list of a class to take along. A post, because it leaves a line in
//! the audit log; five a minute at most.

use actix_web::{HttpResponse, web};

use crate::{
    actions::export_class_list,
    domain::ids::ClassId,
    exchange::{
        exports::Headings,
        table::{self, Format},
    },
    screens::Lang,
    storage::StorageError,
    web::{
        failure::Failure,
        guard::Fields,
        office::import::attachment,
        visit::{Door, Visit},
    },
};

/// Field `round`, as on the page.
pub async fn download(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let asked = fields.need("round")?;
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let (of, wanted) = (class.clone(), asked.clone());
    let announced = visit.write(Door::Staff, move |tx, seen| {
        export_class_list::announce(tx, &seen.call, &of, &wanted)
    });
    let (seen, ()) = announced.await?;
    visit.app.throttle.export(seen.call.actor.id())?;
    let headings = match visit.lang {
        Lang::Chinese => Headings::Chinese,
        Lang::English => Headings::Keys,
    };
    let read = visit.read(Door::Staff, move |db, seen| {
        let sheet = export_class_list::build(db, &seen.call, &class, &asked, headings)?;
        let bytes = table::write(&sheet, Format::Xlsx);
        Ok(bytes.map_err(|e| StorageError::Broken(e.to_string()))?)
    });
    let (_, bytes) = read.await?;
    Ok(attachment("class-list", Format::Xlsx, bytes))
}
