# A class in words, for its homeroom teacher.
portrait-title = Class portrait
portrait-go = Class portrait
portrait-go-note = no places
portrait-early = Once a first round is published, this page tells what each child shines with.
portrait-known = Who is known for what
portrait-known-note = Each child's strongest star, compared with the class. The small number counts moments and praises of the term about it; tap a name to write another.
portrait-known-none = Nobody's strongest star this time.
portrait-children = { $n ->
    [one] { $n } child
   *[other] { $n } children
}
portrait-told = told { $n ->
    [one] once
   *[other] { $n } times
}
portrait-not-yet = No number yet:{" "}
portrait-hidden = Hidden talents
portrait-hidden-note = Seen by at least two classmates, or only at home, and never named by a teacher.
portrait-hidden-none = Whatever the others see, a teacher has seen too.
portrait-by-classmates = seen by { $n } classmates
portrait-by-home = seen only at home
portrait-watch = Watch and write
portrait-talk = Worth a talk
portrait-talk-note = Own view and the others' view lie a star or more apart. For your talk only: no numbers, no print for the child.
portrait-brighter = Sees itself brighter
portrait-brighter-ask = You might ask: what did you manage that nobody has seen yet? Let us make it seen.
portrait-humbler = Others see it brighter
portrait-humbler-ask = You might say: others see in you … What do you think yourself?
portrait-alike = For the other { $n }, both views are close.
portrait-agree = Do raters mean the same?
portrait-agree-apart = Standards differ: calibrate once first
portrait-agree-fair = Standards roughly agree
portrait-agree-firm = Standards agree well
portrait-agree-do-apart = Tell one short story in class, let everybody rate it alone, then say why. The practice round has examples.
portrait-agree-do-fair = Take the question that differs most and describe what doing it looks like.
portrait-agree-do-firm = Nothing to do.
portrait-agree-none = Too few classmates' answers to tell.
portrait-agree-note = Krippendorff's α over classmates' answers to one question about one child: 1 is full agreement, 0 is chance; calibrate below 0.4.
portrait-gaps = Is any group seen apart?
portrait-gaps-note = How many stars a group lies above the rest of the class. A gap may be real; groups only, never a child, and none below five. ± is widened for the number of comparisons: in about one class of ten, chance alone exceeds it.
portrait-gaps-look = Something here is worth a second look: before rating again, recall one deed of each child in that group.
portrait-gaps-even = No bias to be seen.
portrait-gaps-none = Too few children to tell.
portrait-col-group = Group
portrait-col-voice = Whose ratings
portrait-col-gap = Stars apart
portrait-group-boys = Boys against girls
portrait-group-seats = Seats { $from }–{ $to } against the rest
portrait-group-lines = Lines { $from }–{ $to } against the rest
portrait-group-places = Places { $from }–{ $to } from the left against the rest
portrait-look = worth a look
portrait-chance = may be chance
