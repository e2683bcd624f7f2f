# Messages and small pages put together by the web room.
web-recovery-title = Keep these recovery codes
web-recovery-lead = Each code stands in once for the 6 digits when the phone is not at hand. They are shown only now: print them or write them down.
web-recovery-go = I have kept them, go on
web-password-changed = The password is changed, and other sign-ins have ended.
