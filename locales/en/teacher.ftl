# Messages and small words put together by the teacher's handlers.
teacher-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
teacher-date = { teacher-day } { $year }
teacher-term = This term
teacher-window-opened = The sign-in window is open until { $until }.
teacher-window-closed = The sign-in window is closed.
teacher-excused = { $name } is excused.
teacher-excuse-undone = { $name } is no longer excused.
teacher-grid-saved = Saved for { $n } children.
teacher-grid-same = Nothing was changed; all of it is saved.
teacher-about-saved = The sheet about the class is sent.
teacher-link-revoked = This link no longer works.
teacher-badge-released = { $n } released to the screens.
teacher-badge-held = { $n } held back, no screen shows them.
teacher-evidence-star = { $name }: { $stars } stars
teacher-evidence-score = Together: { $value } stars
teacher-evidence-voices = { $value } voices
teacher-evidence-from = Before: { $value } stars
teacher-evidence-to = Now: { $value } stars
teacher-evidence-rise = Rose by { $value } stars
teacher-evidence-rounds = Rounds looked at: { $value }
# Words that judge a child instead of telling what was seen, separated by spaces.
