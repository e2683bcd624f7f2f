//! Opaque identifiers of the server: UUID text in one newtype per noun, made by the shell and only carried by the domain.
//! The computation of `scoring.md` does not use them: there the public ids (学号, class code, login) decide the order of sums.

use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; whether such a thing exists is for storage to say.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as stored and as shown in addresses.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id! {
    /// A school: the scope of every other id.
    SchoolId,
    /// A member of staff.
    StaffId,
    /// A class through all its years.
    ClassId,
    /// A student.
    StudentId,
    /// A share link of one child's family for one term.
    LinkId,
    /// A paired display.
    ScreenId,
    /// A duty post.
    PostId,
}
