# Messages and small pages put together by the web room.
web-recovery-title = Keep these recovery codes
web-recovery-lead = Each code stands in once for the 6 digits when the phone is not at hand. They are shown only now: print them or write them down.
web-recovery-go = I have kept them, go on
web-password-changed = The password is changed, and other sign-ins have ended.
web-cheer-1 = You try hard
web-cheer-2 = A big hug
web-cheer-3 = Thanks for helping
web-how-voices = Each star listens to four voices: the child, classmates, teachers and family. This term { $came } of { $of } have spoken.
web-how-peers = The classmates' voice comes from { $n } classmates; strict and generous raters are brought to one measure first, then averaged.
web-how-peers-wait = The classmates' voice is added once at least 5 classmates have rated and the round is published, so that nobody can tell who said what.
web-how-missing = A voice that is missing is filled in by the published rule: on average it neither adds nor takes anything.
web-how-home = The family’s word counts at its published weight and no more: { $percent }% when all four voices have spoken.
web-how-no-home = The family had no time this term; that part is filled in by the published rule: on average it neither adds nor takes anything.
web-how-no-place = There are no places here; children are compared only with their own past.
