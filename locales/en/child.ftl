# Pages that children see.

class-title = Class page
class-tap-yourself = Tap yourself
class-lit-before = Lit so far:
class-lit-after = { "" }
class-card = Scan my card
class-card-how = Hold your card to the scanner; one beep and you are in.
class-card-field = Address on the card
class-read = Read to me
class-leave = on leave
class-done = star is lit
class-closed = The window is not open yet
class-closed-what = When your teacher opens it, everybody’s place appears here.
class-look-again = Look again

pin-title = My secret
pin-pictures = Tap your three pictures in order
pin-digits = Type your four digits
pin-not-me = Not me
pin-again = Start over
pin-so-far = { $n } tapped
pin-wrong = Those do not seem to be the ones. Try again.
pin-wait = Take a short break and try again in { $n } seconds. If you forgot it, your teacher can give you a new one.
pin-closed = The window has closed. Ask your teacher to open it.
picture-sun = Sun
picture-moon = Moon
picture-fish = Fish
picture-car = Car
picture-tree = Tree
picture-apple = Apple
picture-umbrella = Umbrella
picture-boat = Boat
picture-house = House
picture-ball = Ball
picture-kite = Kite
picture-bird = Bird

sheet-title = Starlight sheet
sheet-ask-self = How do you see yourself?
sheet-ask-peer = How do you see your classmate?
sheet-ask-class = How do you see our class?
sheet-recent-self = In the last two weeks you saw yourself…
sheet-recent-peer = In the last two weeks you saw this classmate…
sheet-recent-class = In the last two weeks you saw our class…
sheet-fair-low = Any choice is fine. It does not change your own stars.
sheet-fair = How you rate others never touches your own score.
sheet-fair-self = Just be honest; compare with your former self.
sheet-fair-self-low = Just be honest
sheet-fair-class = Say what you really saw; nobody is named.
sheet-fair-class-low = Say what you really saw
sheet-unseen = Did not see
sheet-unsure = Not sure
sheet-read = Read it
sheet-back = Back
sheet-next = Next
sheet-next-one = Next one
sheet-send = Send
sheet-progress = Sheet { $now } of { $of }
sheet-missing = This row is still open; “did not see” is fine too.
sheet-unanswered = A few rows are still open; what you chose is kept.
sheet-question-same = You chose the same everywhere. Is that what you really think?
sheet-question-fast = That was quick! Would you like to look once more?
sheet-question-copied = You wrote this before. Did you see something new this time?
sheet-question-then = Think again? When you are sure, tap “Send” once more.
sheet-ended = This round is over. Thank you.
sheet-look-for = For example
sheet-waiting = All kept
sheet-waiting-what = It goes out by itself as soon as the network is back.

recall-title = Can you think of one moment?
recall-when-lesson = in a lesson
recall-when-break = at break
recall-when-line = in line
recall-when-duty = on duty
recall-when-play = at play
recall-forgot = Nothing comes to mind


outbox-here = Waiting on this device:

done-title = The star is lit
done-lit = your star is lit!
done-comma = ,{ " " }
done-thanks = { $n ->
    [0] Thank you for telling us about yourself
    [1] Thank you for seeing one classmate
   *[other] Thank you for seeing { $n } classmates
}
done-next = Next student
done-own = See my sky
done-seconds = seconds until the next student

own-title = My sky
own-of = 's sky
own-not-yet = not lit yet
own-not-yet-what = After the first round this will light up.
own-peer-hidden = Classmates’ words open once five have spoken; these come from the other voices.
own-growth = Compared with your former self
own-moments = What people saw in you
own-no-moments = Your shining points are on their way.
own-earlier = Earlier shining points
own-comments = Classmates say
own-goal = My goal
own-goal-who = Only you, your family and your teacher can see it
own-goal-reached = Done
own-cards = Star cards
own-cards-more = { $n } more different stars make a moon
own-cards-moons = { $n ->
    [one] one moon
   *[other] { $n } moons
}
own-cards-suns = { $n ->
    [one] one sun
   *[other] { $n } suns
}
own-badges = Badges
own-voices = { $came } of { $of } voices came
own-leave = Done, sign out

voice-self = Myself
voice-peer = Classmates
voice-teacher = Teachers
voice-parent = Family
voice-spoke = spoke
voice-count = { $n } of them
voice-waiting = waiting for five
voice-absent = next time
own-tap-stars = See how many stars
own-halves = { $n } stars
