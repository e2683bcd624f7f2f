# Messages and small pages put together by the web room.
web-recovery-title = Keep these recovery codes
web-recovery-lead = Each code stands in once for the 6 digits when the phone is not at hand. They are shown only now: print them or write them down.
web-recovery-go = I have kept them, go on
web-password-changed = The password is changed, and other sign-ins have ended.
web-cheer-1 = Thank you for trying hard today.
web-cheer-2 = We all see how you have grown.
web-cheer-3 = Take your time, we are with you.
web-cheer-4 = Your smile makes our day.
