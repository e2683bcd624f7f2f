//! One child's term comment from its first word to the family, on both engines.

use starlight::{
    actions::{
        Acted, ActionError, comment_phrases, term_comments,
        write_term_comment::{self as write, Draft, Saved, Wish},
    },
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, LinkId, StaffId, StudentId},
        refusal::Refusal,
        term_comment::{State, Tone, guard::Words},
    },
    storage::Tx,
};

use super::{Story, postgres};

struct Play {
    story: Story,
    class: ClassId,
    child: StudentId,
    teacher: Call,
}

impl Play {
    fn begin(url: &str) -> Self {
        let story = Story::begin(url);
        story.import_people();
        let (class, pupils) = story.classes().remove(0);
        let teacher = Actor::Teacher {
            id: StaffId::new("t"),
            homeroom: vec![class.clone()],
            teaches: vec![class.clone()],
        };
        Self {
            teacher: story.call(teacher),
            child: pupils[0].clone(),
            class,
            story,
        }
    }

    fn does<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Call, &ClassId, &StudentId) -> Acted<T> + Send + 'static,
    ) -> Acted<T> {
        let (call, class, child) = (self.teacher.clone(), self.class.clone(), self.child.clone());
        let store = &self.story.store;
        store.write_here(move |tx| work(tx, &call, &class, &child))
    }

    fn saves(&self, text: &str, based_on: i64, hand: &str, turn: i64, wish: Wish) -> Acted<Saved> {
        let draft = Draft {
            text: text.to_owned(),
            tone: Tone::Plain,
            based_on,
            hand: hand.to_owned(),
            turn,
        };
        self.does(move |tx, call, class, child| {
            write::save(tx, call, class, child, &draft, wish, &Words::default())
        })
    }

    fn family_reads(&self) -> Option<String> {
        let family = Actor::Family {
            link: LinkId::new("l"),
            student: self.child.clone(),
            class: self.class.clone(),
        };
        let call = self.story.call(family);
        let shown = self.story.store.read_here(|db| {
            let permit = call.actor.see_child(&self.child, &self.class)?;
            let term = starlight::storage::schools::terms(db, &call.school)?.remove(0);
            term_comments::shown_of(db, &call, &permit, &term.id)
        });
        shown.unwrap().map(|row| row.text)
    }
}

fn play(url: &str) {
    let play = Play::begin(url);
    let first = play.saves("one", 0, "a", 1, Wish::Keep).unwrap().row;
    assert_eq!((first.stamp, first.tone.as_str()), (1, "plain"));
    let clash = play.saves("two", 0, "b", 1, Wish::Keep);
    assert!(matches!(clash, Err(ActionError::Refused(Refusal::Stale))));
    let asked = Wish::Finish { asked: true };
    let done = play.saves("one and more", 0, "a", 2, asked).unwrap().row;
    assert_eq!((done.stamp, done.state.as_str()), (2, "final"));
    assert!(done.finalled_at.is_some());
    assert_eq!(play.family_reads(), None);
    let ready = play.does(|tx, call, class, _| write::release(tx, call, class, true));
    assert_eq!(ready.unwrap(), 1);
    let again = play.does(|tx, call, class, _| write::release(tx, call, class, true));
    assert!(again.is_ok(), "released twice");
    assert_eq!(play.family_reads().as_deref(), Some("one and more"));
    play.does(write::reopen).unwrap();
    assert_eq!(play.family_reads(), None);
    let (call, class, child) = (&play.teacher, &play.class, &play.child);
    let (list, history) = play
        .story
        .store
        .read_here(|db| {
            let list = term_comments::of_class(db, call, class)?;
            Acted::Ok((list, term_comments::history(db, call, class, child)?))
        })
        .unwrap();
    assert_eq!((list.count(State::Draft), list.count(State::Final)), (1, 0));
    let opened = list
        .children
        .iter()
        .find_map(|one| one.row.as_ref())
        .unwrap();
    assert_eq!((opened.stamp, opened.finalled_at), (3, None));
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].text.as_str(), history[0].finalled_at),
        ("one and more", done.finalled_at)
    );
    play.does(|tx, call, class, _| write::release(tx, call, class, false))
        .unwrap();
    phrases(&play);
}

fn phrases(play: &Play) {
    for words in ["first", "second"] {
        play.does(move |tx, call, _, _| comment_phrases::set(tx, call, &[words.to_owned()]))
            .unwrap();
    }
    let read = play
        .story
        .store
        .read_here(|db| comment_phrases::own(db, &play.teacher));
    let own = read.unwrap().unwrap();
    assert_eq!((own[0].as_str(), own[8].as_str()), ("second", ""));
}

#[test]
fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    play(&format!(
        "sqlite:{}",
        folder.path().join("story.db").display()
    ));
}

#[test]
fn on_postgresql() {
    play(&postgres());
}
