# Families' answers on paper: /t/classes/{id}/paper

paper-title = Paper slips
paper-go = Paper slips: print, type in
paper-go-note = homes without a phone or network
paper-note = Only homes that have not answered online are listed. Type what the paper says; leave the rest empty. When the family answers online later, that answer stands.
paper-online = { $n } homes have answered online: nothing to type.
paper-all = Every home has answered online. There is no paper to type in.
paper-print-go = Print slips
paper-print-four = Print slips (four a sheet)
paper-keys = Arrow keys move, 1–5 fill, Backspace clears; a row is saved once you pause
paper-words = A sentence for the child
paper-words-of = { $name }: a sentence for the child
paper-about-class = Class: { $text }
paper-marked = paper
paper-save = Save all
paper-refused = Not saved: this family has just answered online, or the round is over. Reload to see
paper-clash = These rows were typed in elsewhere too; choose first:
paper-saved = { $n } slips typed in.
paper-same = Nothing changed.
paper-kept-online = { $names }: the family has just answered online, so the slip was not typed in; the online answer stands.
paper-kept-elsewhere = { $names }: typed in elsewhere too and left alone; please have a look.

# What is printed.
paper-print-title = Slips for the homes
paper-print-count = { $n } slips by seat. Cut them and send them home in the schoolbags.
paper-slip-head = How the child is at home
paper-slip-ask = In each line tick the box most like your child in the last two weeks. Leave out what you cannot tell.
paper-slip-class = And about the class: { $text }
paper-slip-words = A sentence for your child (if you like)
paper-slip-back = Please hand it to the homeroom teacher by { $closes }. No time is fine too: this part is filled in by the published rule.
paper-slip-who = { $class } · no. { $n } { $name }
paper-slip-weight = The family’s word counts at its published weight: { $percent }% when all four have spoken.
