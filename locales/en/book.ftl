# The term book on paper: /t/classes/{id}/book
book-title = Term book
book-count = { $n ->
    [one] One child, one sheet
   *[other] { $n } children, one sheet each
}
book-how = Print on A4; black and white will do. What is empty can be written by hand.
book-fold-how = Print on A4 landscape and fold with the print inside: an A5 booklet.
book-a4 = A4 page
book-fold = A5 fold
book-all = Whole class
book-one = This sheet only
book-none = No children in this class yet.
book-name = Starlight term book
book-sheet = Term book of { $name }
book-stars = Five stars
book-voices = { $came } of { $of } voices came.
book-peer-hidden = Classmates' words join once five have spoken.
book-not-yet = Nothing is published this term yet; it can be written by hand.
book-no-word = not yet
book-moments = Shining moments
book-goals = Goals reached
book-badges = Badges
book-comment = From your teacher
book-own = From me to myself
book-goal-on = I am working on: { $goal }
book-home = From my family
book-sign-teacher = Teacher
book-sign-home = Family
book-sign-date = Date
