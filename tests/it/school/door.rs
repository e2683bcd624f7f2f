//! A class's door: its code, its window, and what a child shows there.

use starlight::{
    actions::{ActionError, sign_in::pin_record},
    domain::{actor::Actor as Who, ids::StudentId},
    keys::{
        card,
        pin::{self, PinKind},
    },
    screens::parts::PICTURES,
    storage::{students, students::StudentRow},
};

use super::{Answer, House};

impl House {
    /// The door code of a class.
    pub async fn door(&self, code: &str) -> String {
        let (school, class) = (self.own().school.clone(), self.own().class_id(code));
        let read = self
            .store
            .read(move |db| Ok::<_, ActionError>(students::class(db, &school, &class)?.door));
        read.await.unwrap()
    }

    /// Opens (`1`) or shuts (`0`) a class's window.
    pub async fn window(&self, code: &str, open: &str) {
        let path = format!("/t/classes/{}/window", self.class(code));
        let teacher = self.staff(&format!("h{code}"));
        teacher.posts(&path, &[("open", open)]).await.is(303);
    }

    /// Gives a child a new PIN.
    pub async fn new_pin(&self, no: &str) {
        let path = format!("/t/students/{}/pin", self.student_id(no));
        let teacher = self.staff(&format!("h{}", no.get(..3).unwrap()));
        teacher.posts(&path, &[]).await.is(200);
    }

    /// Taps a child's PIN on the pad of this address, as a device nobody is signed in at; the last answer.
    pub async fn taps_pin(&self, pad: &str, no: &str) -> Answer {
        let child = self.child_row(no).await;
        let pin = pin::reprint(&self.ring, &child.id, &pin_record(&child)).unwrap();
        let (field, mark) = match pin.kind() {
            PinKind::Digits => ("digit", ""),
            PinKind::Pictures => ("pick", ","),
        };
        let key = |pick: &u8| match pin.kind() {
            PinKind::Digits => pick.to_string(),
            PinKind::Pictures => PICTURES[usize::from(*pick)].to_owned(),
        };
        let mut keys: Vec<String> = pin.picks().iter().map(key).collect();
        let last = keys.pop().unwrap();
        let so_far = keys.join(mark);
        let fields = [("so_far", so_far.as_str()), (field, last.as_str())];
        self.anonymous().posts(pad, &fields).await
    }

    /// What is printed on a child's card today.
    pub async fn card(&self, door: &str, no: &str) -> String {
        let child = self.child_row(no).await;
        let school = self.own().school.as_str();
        let token = card::issue(&self.ring, school, &child.id, &pin_record(&child)).unwrap();
        format!("/c/{door}/{}/card/{}", child.id, token.reveal())
    }

    async fn child_row(&self, no: &str) -> StudentRow {
        let (school, id) = (self.own().school.clone(), self.student_id(no).to_owned());
        let class = self.own().class_id(no.get(..3).unwrap());
        self.store
            .read(move |db| {
                let permit = Who::System.see_child(&StudentId::new(id.as_str()), &class)?;
                Ok::<_, ActionError>(students::get(db, &permit, &school)?)
            })
            .await
            .unwrap()
    }
}
