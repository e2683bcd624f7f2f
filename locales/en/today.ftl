# The teacher's today page: what posts found in the class, and strengths nobody at school has spoken of.
today-unspoken-note = A star after a name was seen by classmates or at home, and no teacher has named it yet.
today-checks = Checks this week
today-checks-full = full marks
today-check-off = { $day }: { $points } off
today-check-off-why = { $day }: { $points } off ({ $why })
