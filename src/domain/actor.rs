//! Who acts, and what each may do: the only place that makes permits. Storage functions that touch another
//! person's data take a permit, so forgetting the check does not compile.
//! The table is security.md 5.2; out of scope answers `NotFound`, in scope but not for the role `Forbidden`.

use super::{
    ids::{ClassId, LinkId, PostId, SchoolId, ScreenId, StaffId, StudentId},
    refusal::Refusal,
};

/// A person or device behind a request, as of now: rights are read afresh for each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The moral-education office.
    Office(StaffId),
    /// A teacher with the classes had now.
    Teacher {
        id: StaffId,
        homeroom: Vec<ClassId>,
        teaches: Vec<ClassId>,
    },
    /// A student in the class of today.
    Student { id: StudentId, class: ClassId },
    /// A student on duty, within the post's time slot.
    Monitor {
        id: StudentId,
        class: ClassId,
        post: PostId,
    },
    /// A child's family through one link.
    Family {
        link: LinkId,
        student: StudentId,
        class: ClassId,
    },
    /// A paired display; a classroom's has its class.
    Screen {
        id: ScreenId,
        class: Option<ClassId>,
    },
    /// The machine itself: commands and scheduled jobs, run by whoever owns the server.
    System,
}

/// Everything of the school may be read or changed.
#[derive(Debug)]
pub struct SchoolPermit(());

/// Displays may be paired, hidden and taken away: those of one class, or all of the school.
#[derive(Debug)]
pub struct DisplayPermit(Option<ClassId>);

impl DisplayPermit {
    /// Whether it reaches a display of `class` (none: a hall).
    pub fn covers(&self, class: Option<&ClassId>) -> bool {
        self.0.as_ref().is_none_or(|own| class == Some(own))
    }
}

/// How much of a class is open to the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassView {
    /// The office.
    Office,
    /// The class's homeroom teacher.
    Homeroom,
    /// A subject teacher of the class.
    Subject,
}

/// One class may be read; what of it depends on [`ClassView`].
#[derive(Debug)]
pub struct ClassPermit {
    class: ClassId,
    view: ClassView,
}

impl ClassPermit {
    /// The class it was made for.
    pub fn class(&self) -> &ClassId {
        &self.class
    }

    /// How far it reaches.
    pub fn view(&self) -> ClassView {
        self.view
    }
}

/// In whose eyes one child is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildView {
    /// The child itself or its family: words, bands and counts only.
    Family,
    /// A subject teacher: the class's picture.
    Subject,
    /// Homeroom teacher or office: all steps, raters as numbers.
    AllSteps,
}

/// One child may be read, in the given view.
#[derive(Debug)]
pub struct ChildPermit {
    student: StudentId,
    view: ChildView,
}

impl ChildPermit {
    /// The child it was made for.
    pub fn student(&self) -> &StudentId {
        &self.student
    }

    /// How far it reaches.
    pub fn view(&self) -> ChildView {
        self.view
    }
}

impl Actor {
    /// Word for the audit log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Office(_) => "office",
            Self::Teacher { .. } => "teacher",
            Self::Student { .. } => "student",
            Self::Monitor { .. } => "monitor",
            Self::Family { .. } => "family",
            Self::Screen { .. } => "screen",
            Self::System => "system",
        }
    }

    /// Opaque id for the audit log.
    pub fn id(&self) -> &str {
        match self {
            Self::Office(id) | Self::Teacher { id, .. } => id.as_str(),
            Self::Student { id, .. } | Self::Monitor { id, .. } => id.as_str(),
            Self::Family { link, .. } => link.as_str(),
            Self::Screen { id, .. } => id.as_str(),
            Self::System => "",
        }
    }

    /// The staff id of a member of staff.
    pub fn staff(&self) -> Option<&StaffId> {
        match self {
            Self::Office(id) | Self::Teacher { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Run the school: set-up, rounds, weights, imports, screens, audit.
    pub fn run_school(&self) -> Result<SchoolPermit, Refusal> {
        match self {
            Self::Office(_) | Self::System => Ok(SchoolPermit(())),
            Self::Teacher { .. } | Self::Student { .. } | Self::Monitor { .. } => {
                Err(Refusal::Forbidden)
            }
            Self::Family { .. } | Self::Screen { .. } => Err(Refusal::NotFound),
        }
    }

    /// Run the displays of a class, as its homeroom teacher or the office; none: of the whole school.
    pub fn run_displays(&self, class: Option<&ClassId>) -> Result<DisplayPermit, Refusal> {
        match class {
            Some(class) => self.lead_class(class).map(drop)?,
            None => self.run_school().map(drop)?,
        }
        Ok(DisplayPermit(class.cloned()))
    }

    /// See a class as one of its teachers or as the office.
    pub fn see_class(&self, class: &ClassId) -> Result<ClassPermit, Refusal> {
        let view = match self {
            Self::Office(_) | Self::System => ClassView::Office,
            Self::Teacher { homeroom, .. } if homeroom.contains(class) => ClassView::Homeroom,
            Self::Teacher { teaches, .. } if teaches.contains(class) => ClassView::Subject,
            Self::Student { class: own, .. } if own == class => return Err(Refusal::Forbidden),
            _ => return Err(Refusal::NotFound),
        };
        Ok(ClassPermit {
            class: class.clone(),
            view,
        })
    }

    /// Lead a class: windows, links, excuses, PINs, ordered lists. Homeroom teacher or office.
    pub fn lead_class(&self, class: &ClassId) -> Result<ClassPermit, Refusal> {
        let permit = self.see_class(class)?;
        match permit.view {
            ClassView::Office | ClassView::Homeroom => Ok(permit),
            ClassView::Subject => Err(Refusal::Forbidden),
        }
    }

    /// See one child, whose class of today is `class`.
    pub fn see_child(&self, student: &StudentId, class: &ClassId) -> Result<ChildPermit, Refusal> {
        let view = match self {
            Self::Student { id, .. } | Self::Family { student: id, .. } if id == student => {
                ChildView::Family
            }
            Self::Student { class: own, .. } if own == class => return Err(Refusal::Forbidden),
            _ => match self.see_class(class)?.view {
                ClassView::Office | ClassView::Homeroom => ChildView::AllSteps,
                ClassView::Subject => ChildView::Subject,
            },
        };
        Ok(ChildPermit {
            student: student.clone(),
            view,
        })
    }
}

/// What one request brings along: who, in which school, when, from where.
#[derive(Clone, Debug)]
pub struct Call {
    /// The scope of everything the request may touch.
    pub school: SchoolId,
    /// Who acts.
    pub actor: Actor,
    /// Server clock, milliseconds UTC.
    pub now: i64,
    /// The school's date at `now`.
    pub today: chrono::NaiveDate,
    /// Network address that the audit log names.
    pub ip: String,
    /// Matches one log line.
    pub request_id: String,
}

impl Call {
    /// A call of the machine itself.
    pub fn system(school: SchoolId, now: i64, today: chrono::NaiveDate) -> Self {
        Self {
            school,
            actor: Actor::System,
            now,
            today,
            ip: String::new(),
            request_id: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> ClassId {
        ClassId::new(text)
    }

    fn teacher() -> Actor {
        Actor::Teacher {
            id: StaffId::new("t"),
            homeroom: vec![class("a")],
            teaches: vec![class("a"), class("b")],
        }
    }

    #[test]
    fn a_subject_teacher_sees_but_does_not_lead() {
        assert_eq!(
            teacher().lead_class(&class("a")).map(|p| p.view()),
            Ok(ClassView::Homeroom)
        );
        assert_eq!(
            teacher().see_class(&class("b")).map(|p| p.view()),
            Ok(ClassView::Subject)
        );
        assert_eq!(
            teacher().lead_class(&class("b")).map(|p| p.view()),
            Err(Refusal::Forbidden)
        );
        assert_eq!(
            teacher().see_class(&class("c")).map(|p| p.view()),
            Err(Refusal::NotFound)
        );
    }

    #[test]
    fn a_homeroom_teacher_runs_the_displays_of_the_own_class() {
        let permit = teacher().run_displays(Some(&class("a"))).unwrap();
        assert!(permit.covers(Some(&class("a"))));
        assert!(!permit.covers(Some(&class("b"))) && !permit.covers(None));
        let refused = |class: Option<ClassId>| teacher().run_displays(class.as_ref()).map(|_| ());
        assert_eq!(refused(Some(class("b"))), Err(Refusal::Forbidden));
        assert_eq!(refused(Some(class("c"))), Err(Refusal::NotFound));
        assert_eq!(refused(None), Err(Refusal::Forbidden));
    }

    #[test]
    fn a_student_sees_only_itself() {
        let me = Actor::Student {
            id: StudentId::new("s"),
            class: class("a"),
        };
        assert_eq!(
            me.see_child(&StudentId::new("s"), &class("a"))
                .map(|p| p.view()),
            Ok(ChildView::Family)
        );
        assert_eq!(
            me.see_child(&StudentId::new("z"), &class("a"))
                .map(|p| p.view()),
            Err(Refusal::Forbidden)
        );
        assert_eq!(
            me.see_child(&StudentId::new("z"), &class("b"))
                .map(|p| p.view()),
            Err(Refusal::NotFound)
        );
        assert_eq!(me.run_school().map(|_| ()), Err(Refusal::Forbidden));
    }

    #[test]
    fn a_family_sees_one_child_and_no_class() {
        let family = Actor::Family {
            link: LinkId::new("l"),
            student: StudentId::new("s"),
            class: class("a"),
        };
        assert_eq!(
            family
                .see_child(&StudentId::new("s"), &class("a"))
                .map(|p| p.view()),
            Ok(ChildView::Family)
        );
        assert_eq!(
            family
                .see_child(&StudentId::new("z"), &class("a"))
                .map(|p| p.view()),
            Err(Refusal::NotFound)
        );
        assert_eq!(
            family.see_class(&class("a")).map(|p| p.view()),
            Err(Refusal::NotFound)
        );
    }
}
