# Pages that families see.

family-title = A page for the family
family-landing = Your child’s teacher would like to hear from home
family-landing-what = At most five small questions, one tap each, about a minute.
family-landing-see = Later the same link shows your child’s starlight card.
family-landing-open = Open
family-landing-safe = This link belongs to one child’s family; please do not pass it on to a group.

family-digits = The four digits on the slip
family-class-what = Please take out the slip your child brought home.
family-class-code = The family code on the slip
family-class-code-like = Seven letters and digits, like K7-4HRMX
family-class-safe = No child is shown here. A family code opens your own child's page only; please do not post it in the chat.
family-tried-wrong = That is not what the slip says. Just have another look.
family-tried-wait = That was a few tries. Take a break and come back in { $n } { $n ->
    [one] minute
   *[other] minutes
}. The QR code on the slip opens it as well.

family-form-head = { $child } at home
family-form-ask = Tap what fits your child best in the last two weeks.
family-form-again = Your last choices are kept; change them and send again.
family-form-wrong-child = Not my child?
family-form-say = A word for your child (optional)
family-form-own = Write my own
family-form-own-label = What you would like to say
family-form-send = Send
family-form-later = No time is fine too; this part is filled by the published rule.
family-form-conflict = Someone else at home has just sent an answer. Below is what you chose; send again to make it count.
family-form-nothing = Nothing is chosen yet. One row is enough to send.
family-answered = { $n } of { $of } answered
family-unanswered-row = May be left open

family-form-paper = The teacher has typed in your paper slip. What you send here takes its place.
family-class-ask = One more small question about the class, if you like:
family-class-sent = Your word about the class has arrived too, thank you.
family-class-send = Send
family-class-again = Send it again

family-thanks-title = Received, thank you
family-thanks = Thank you, we have heard from home
family-thanks-what = The teacher puts it together with what the child, classmates and teachers say.
family-thanks-child = Tonight you could tell { $child } what you saw.
family-thanks-edit = Change it
family-thanks-card = See the starlight card

family-card-title = Starlight card
family-card-head = Starlight card of { $child }
family-card-strength = Brightest these weeks
family-card-not-yet = This round is not published yet
family-card-not-yet-what = Once it is, the same link shows the card.
family-card-excused = On leave this time; nothing is missing and nothing is filled in.
family-card-voices = { $came } of { $of } voices came
family-card-peer-hidden = Classmates’ voices open once five have spoken; the words above come from the others.
family-card-moments = Shining points
family-card-no-moments = Shining points are on their way; teachers write them every month.
family-card-goal = Latest goal
family-card-badges = Badges
family-card-comment = From the teacher
family-card-how = How this came about
family-card-edit = A word for your child
family-card-private = Only your family sees this card. There is no place and no comparison with others.

family-unknown = This link was not found
    .what = Some characters may be missing.
    .next = Tap it in the teacher’s message, or scan the slip again.
family-gone = This link is used up
    .what = It has expired, or the teacher has made a new one.
    .next = Ask the homeroom teacher for this term’s link.
family-closed = This round has ended
    .what = This part is filled in by the published rule: on average it neither adds nor takes anything.
    .next = The same link works next time.
family-nothing = There is nothing to fill in now
    .what = When the next round opens, a few small questions will be here.
    .next = Keep the link and open it then.
family-wrong-child = Thank you for telling us
    .what = The link may have been sent to the wrong family; nothing was recorded.
    .next = Please delete the message and tell the homeroom teacher.
family-reopen = Please open it once more
    .what = This page was left for long and has closed; nothing is lost.
    .next = Open the link in the teacher’s message again.
family-unasked = Please read the notice first
    .what = The school’s notice about your child’s data has changed, and your answer comes first.
    .next = Read it, choose, and go on with the form.
family-kept = What you wrote is still here; you can copy it.
family-kept-copy = Copy
family-kept-copied = Copied
family-kept-send-when = Once the link is open again, come back to this page and tap here to send it.
family-kept-send = Send again
family-notice-back = Back
