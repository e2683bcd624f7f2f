# Shared by all pages; doors, sign-in, set-up and errors.

common-skip = Skip to the content
common-undo = Undo
common-pages = Pages
common-newer = Newer
common-older = Older
common-back = Back
common-home = To the doors
common-sign-out = Sign out
common-times = { $n ->
    [one] once
   *[other] { $n } times
}

role-homeroom = Homeroom teacher
role-subject = Subject teacher
role-admin = Moral-education office
role-student = Student
role-monitor = Monitor

star-virtue = Kindness
star-wisdom = Wisdom
star-health = Health
star-arts = Arts
star-labour = Diligence
star-star = Starlight

doors-title = Starlight
doors-lead = Equal lives, each shining in its own way
doors-who = Who are you?
doors-child = I am a student
doors-child-what = Type the class code and find yourself
doors-code = Class code
doors-code-hint = Such as 203; it is on the card at the classroom door
doors-code-go = Go in
doors-code-unknown = There is no class code “{ $code }”. Look at the card again or ask your teacher.
doors-teacher = I am a teacher
doors-teacher-what = Today’s queue, rating the class, term comments
doors-family = I am family
doors-family-what = Open the link your teacher sent, or scan the slip; no sign-in needed here
doors-office = Office
doors-office-what = Set-up, rounds, import and export
doors-screen = Screen
doors-screen-what = Connect this display to the school
doors-sign-in = Sign in
doors-pair = Pair
doors-demo = Demo school
doors-demo-what = All names and data here are made up; try anything.
doors-demo-classes = Class pages
doors-demo-child = Secret of { $name }
doors-demo-login = Login
doors-demo-password = Password
doors-demo-totp = Authenticator secret
doors-demo-open = Open

sign-in-title = Staff sign-in
sign-in-lead = With the account the school gave you
sign-in-login = Login
sign-in-password = Password
sign-in-code = Code
sign-in-code-hint = The 6 digits of your authenticator; leave empty if none is set up
sign-in-go = Sign in
sign-in-forgot = Forgot the password? Ask the office for a new one.
sign-in-wrong = Login, password or code is not right. Please try again.
sign-in-ended = Your session has ended. Please sign in again; what you wrote is kept.
sign-in-wait = That was a few tries. Please wait { $n } seconds.

password-title = Change password
password-first = This is your first sign-in: choose a password only you know.
password-lead = Your other sessions end when it is changed.
password-old = Current password
password-new = New password
password-again = New password once more
password-rule = At least { $n } characters; a sentence only you remember is fine
password-go = Change it
password-wrong-old = The current password is not right.
password-short = The new password is too short.
password-common = That password is too common.
password-same = The new password is the same as the current one.
password-differs = The two new passwords differ. Please type them again.

enrol-title = Set up an authenticator
enrol-lead = Scan this with the authenticator on your phone, then type the 6 digits it shows.
enrol-qr = QR code for the authenticator
enrol-secret = Cannot scan? Type these letters into it:
enrol-code = 6 digits
enrol-go = Set up
enrol-wrong = Those digits are wrong or too old. Please look again.

setup-title = The first administrator
setup-lead = Makes the first office account of { $school }. This address works once.
setup-school = School
setup-name = Name
setup-login = Login
setup-login-rule = Lower-case letters, digits, dots and hyphens, 2 to 40
setup-password = Password
setup-again = Password once more
setup-go = Make the account
setup-bad-login = This login cannot be used. Please choose another.

error-title = Not opened
error-400 = One thing here was not understood
    .what = Something filled in is not what the page expects.
    .next = Go back, look at it and send it again.
error-403 = This page is not for you
    .what = Perhaps your session has ended, or the window is not open yet.
    .next = Students: ask your teacher to open the class window. Teachers: sign in again.
error-404 = This page was not found
    .what = The address may have a slip in it, or the page has moved.
    .next = Go back to the doors and choose again.
error-409 = It has just changed
    .what = Somebody changed it meanwhile, or the round has closed.
    .next = Go back, see how it is now, then decide.
error-410 = This address is used up
    .what = It had an end date or was taken back.
    .next = Ask whoever gave it to you for a new one.
error-413 = Too large
    .what = The file or text is above the limit.
    .next = Split it and send it again.
error-429 = A little slower, please
    .what = That was too fast or too often.
    .next = Take a short break and try again; nothing is lost.
error-500 = Something went wrong on our side
    .what = What was sent before is stored.
    .next = Try again in a while; if it stays, tell the office the number below.
error-503 = Busy right now
    .what = The machine is tidying up, or many came at once.
    .next = Try again in a while; nothing is lost.
error-wait = Try again in about { $n } seconds
error-go-back = Back
error-id = Number { $id }
