//! What a display shows: which boards in which order, how long each, in which light, and what becomes of it during
//! lessons. Kept for all halls, for all classrooms, or for one display. Used by `actions/board_plan.rs`.

use super::refusal::Refusal;

/// A slide stays at least this long: a child reads it from six metres.
pub const LEAST_SECONDS: u32 = 12;
/// Nobody waits longer than this for the next one.
pub const MOST_SECONDS: u32 = 120;
/// Seconds a slide stays unless the office chose otherwise.
const USUAL_SECONDS: u32 = 14;

/// One kind of slide that can be turned on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Board {
    /// The week's red flags.
    Flag,
    /// The titles of the newest round or of the term.
    Ceremony,
    /// Classes of each grade in order.
    Ranking,
    /// The school's classes as six constellations.
    Constellation,
    /// Released moments.
    Moments,
    /// Released badges.
    Badges,
    /// How many took part.
    Participation,
    /// The class's children as stars.
    Sky,
    /// What the class is good at.
    Strengths,
    /// The class's place in its grade.
    Place,
}

/// Boards of a hall in the usual order.
const HALL: [Board; 7] = [
    Board::Flag,
    Board::Ceremony,
    Board::Ranking,
    Board::Constellation,
    Board::Moments,
    Board::Badges,
    Board::Participation,
];
/// Boards of a classroom in the usual order.
const CLASSROOM: [Board; 6] = [
    Board::Sky,
    Board::Ceremony,
    Board::Strengths,
    Board::Moments,
    Board::Badges,
    Board::Place,
];

impl Board {
    /// The word in the database, in addresses and in Fluent keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Ceremony => "ceremony",
            Self::Ranking => "ranking",
            Self::Constellation => "constellation",
            Self::Moments => "moments",
            Self::Badges => "badges",
            Self::Participation => "participation",
            Self::Sky => "sky",
            Self::Strengths => "strengths",
            Self::Place => "place",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        let mut all = HALL.into_iter().chain(CLASSROOM);
        all.find(|board| board.key() == key)
    }
}

/// Where a display hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Hall,
    Classroom,
}

impl Kind {
    /// The word in the database and on pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hall => "hall",
            Self::Classroom => "classroom",
        }
    }

    /// Boards that can stand there, in the usual order.
    pub const fn boards(self) -> &'static [Board] {
        match self {
            Self::Hall => &HALL,
            Self::Classroom => &CLASSROOM,
        }
    }
}

/// A closed list of words: its type, its variants and their words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            /// All words, in the order of pages.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in the database and in Fluent keys.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// What halls show of a ranking.
    View {
        /// Every ranked class in order.
        All = "all",
        /// Leaders in order, everybody else as equal tiles.
        Band = "band",
    }
}

words! {
    /// The light in which slides are drawn.
    Light {
        /// The night sky.
        Night = "night",
        /// A bright sky for a foyer with the sun in it.
        Day = "day",
    }
}

words! {
    /// What a display does during lessons.
    Lessons {
        /// Goes on.
        Show = "show",
        /// Shows the calm sky without words about anybody.
        Calm = "calm",
        /// Goes dark.
        Dark = "dark",
    }
}

/// See the file's head.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Programme {
    /// Whether the display shows anything at all.
    pub on: bool,
    /// Every board of the kind in order, and whether it is shown.
    pub boards: Vec<(Board, bool)>,
    pub seconds: u32,
    pub view: View,
    pub light: Light,
    pub lessons: Lessons,
}

impl Programme {
    /// What a display shows before anybody chose anything.
    pub fn usual(kind: Kind) -> Self {
        Self {
            on: true,
            boards: kind.boards().iter().map(|board| (*board, true)).collect(),
            seconds: USUAL_SECONDS,
            view: View::All,
            light: Light::Night,
            lessons: match kind {
                Kind::Hall => Lessons::Show,
                Kind::Classroom => Lessons::Calm,
            },
        }
    }

    /// The boards as one text, those that are off with a minus: `flag -ranking`.
    pub fn written(&self) -> String {
        let word = |(board, on): &(Board, bool)| match on {
            true => board.key().to_owned(),
            false => format!("-{}", board.key()),
        };
        self.boards.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Reads that text. Words that no board of the kind has are left out; boards it does not name follow, shown.
    ///
    /// ```
    /// use starlight::domain::programme::{Board, Kind, Programme};
    /// let boards = Programme::boards_of(Kind::Hall, "ranking -flag");
    /// assert_eq!(boards[..2], [(Board::Ranking, true), (Board::Flag, false)]);
    /// assert_eq!(boards.len(), 7);
    /// ```
    pub fn boards_of(kind: Kind, text: &str) -> Vec<(Board, bool)> {
        let mut boards: Vec<(Board, bool)> = Vec::new();
        for word in text.split_whitespace() {
            let (key, on) = word.strip_prefix('-').map_or((word, true), |k| (k, false));
            let board = Board::parse(key).filter(|b| kind.boards().contains(b));
            if let Some(board) = board
                && boards.iter().all(|(known, _)| *known != board)
            {
                boards.push((board, on));
            }
        }
        for board in kind.boards() {
            if boards.iter().all(|(known, _)| known != board) {
                boards.push((*board, true));
            }
        }
        boards
    }

    /// Boards that are shown, in order.
    pub fn shown(&self) -> impl Iterator<Item = Board> + '_ {
        let shown = self.boards.iter().filter(|(_, on)| *on);
        shown.map(|(board, _)| *board).filter(|_| self.on)
    }

    /// Whether a board is shown.
    pub fn shows(&self, board: Board) -> bool {
        self.shown().any(|one| one == board)
    }
}

/// The order of boards by the numbers typed beside them; equal numbers stay in the order they had.
///
/// # Errors
/// `Invalid("seconds")` for a slide too short or too long to read.
pub fn chosen(
    mut boards: Vec<(u32, Board, bool)>,
    seconds: u32,
) -> Result<Vec<(Board, bool)>, Refusal> {
    if !(LEAST_SECONDS..=MOST_SECONDS).contains(&seconds) {
        return Err(Refusal::Invalid("seconds".to_owned()));
    }
    boards.sort_by_key(|(place, ..)| *place);
    Ok(boards
        .into_iter()
        .map(|(_, board, on)| (board, on))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for kind in [Kind::Hall, Kind::Classroom] {
            let mut programme = Programme::usual(kind);
            programme.boards.reverse();
            programme.boards[1].1 = false;
            assert_eq!(
                Programme::boards_of(kind, &programme.written()),
                programme.boards
            );
        }
    }

    #[test]
    fn strange_words_and_repetitions_are_left_out() {
        let boards = Programme::boards_of(Kind::Classroom, "sky ranking sky -place nonsense");
        let shown: Vec<&str> = boards.iter().map(|(b, _)| b.key()).collect();
        assert_eq!(
            shown,
            ["sky", "place", "ceremony", "strengths", "moments", "badges"]
        );
        assert!(!boards[1].1);
    }

    #[test]
    fn a_display_that_is_off_shows_no_board() {
        let off = Programme {
            on: false,
            ..Programme::usual(Kind::Hall)
        };
        assert!(off.shown().next().is_none() && !off.shows(Board::Ranking));
    }

    #[test]
    fn numbers_order_the_boards() {
        let typed = vec![
            (3, Board::Flag, true),
            (1, Board::Badges, false),
            (3, Board::Ranking, true),
        ];
        let boards = chosen(typed, 12).unwrap();
        assert_eq!(
            boards,
            [
                (Board::Badges, false),
                (Board::Flag, true),
                (Board::Ranking, true)
            ]
        );
        assert_eq!(
            chosen(Vec::new(), 11),
            Err(Refusal::Invalid("seconds".to_owned()))
        );
    }
}
