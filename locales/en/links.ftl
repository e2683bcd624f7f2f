# Family links: printing again, texts to copy, the class link, the digits on the slip

links-again = Already issued
links-again-note = A lost slip prints again, unchanged; or copy the texts into the class's chat tool.
links-print = Print { $n } again
links-messages = A text for each family
links-messages-note = Each goes to that family only, never to the group. No full name is in it.
links-copy = Copy
links-copy-of = Copy the text for { $name }
links-copied = Copied
links-message = Dear family of { $child }, this is your child's Starlight link: { $address } Tap “Open” and tell us about home in a few taps; later you find your child's card there. Valid until { $until }; for your family only, please do not pass it on.
links-message-digits = You will be asked for the four digits on the slip.
links-slips-note = Cut along the dashes, one slip per family. Printing is logged.
links-slip-what = When a Starlight moment is open, tell us about home in a few taps.
links-slip-code = Family code
links-slip-digits = Four digits
links-class = Class link
links-class-note = For parents' meetings: one link for the class, fit for the parents' chat. Each family opens its own child's page with the code on its slip.
links-class-make = Make a class link
links-class-anew = Replace it
links-class-show = Poster and text
links-class-text = Text for the parents' chat
links-class-text-note = No child's name is in it.
links-class-message = Dear parents, please open { $address } and type the family code on your child's slip: it opens your own child's page, a few taps. Valid until { $until }. Please do not post the code in the chat.
links-class-unknown = The address of this link can no longer be printed; please replace it.
links-class-revoked = The class link is off.
links-poster-title = Tell us about home
links-poster-1 = Scan with a phone
links-poster-2 = Type the family code on your child's slip
links-poster-3 = A few taps, and send

families-title = Families
families-nav = Links
families-digits = Ask for the four digits of the slip when a link is opened
families-digits-note = Usually off: one tap opens a link. When on, opening a link on a phone for the first time asks for the four digits on the slip; after five wrong ones, again in a quarter of an hour. Slips given out before have no digits: print them again.
families-digits-on = Ask
families-digits-off = Do not ask
