# Badges: proposals, certificates, tiers.

# certificates and proposals
staff-proposals = Waiting for your yes
staff-proposals-note = Child and family see it after you confirm
staff-proposal-all = Confirm all { $n }
staff-proposal-yes = Confirm
staff-proposal-no = Not this time
staff-proposal-screen = also on the screen
staff-award-withdraw = Withdraw
staff-award-why = Reason (the family reads it)
staff-award-doubted = records changed, no longer met
badge-tier-sprout = sprout
badge-tier-bloom = bloom
badge-tier-fruit = fruit
certificate-title = Certificate
certificate-go = Print certificates ({ $n })
certificate-count = { $n } sheets
certificate-how = A4 landscape, one sheet a child; clear in black and white.
certificate-head = Certificate
certificate-pupil = :
certificate-in-term = In the term { $term } you earned the badge
certificate-in-round = In { $round } of { $term } you earned the badge
certificate-after = .
certificate-hereby = { "" } Given with our warm encouragement.
teacher-badge-confirmed = Confirmed: { $n }. Child and family can see it.
teacher-badge-withdrawn = Withdrawn; the reason is kept.
teacher-evidence-count-praises = praises: { $value }
teacher-evidence-count-moments = shining moments: { $value }
teacher-evidence-count-goals = small goals: { $value }
teacher-evidence-count-logs = personal bests: { $value }
teacher-evidence-count-rounds = rounds done with care: { $value }
teacher-evidence-count-varied = rounds with varied answers: { $value }
teacher-evidence-count-told = told a classmate’s moment: { $value }
teacher-evidence-count-thanks = thank-yous received: { $value }
teacher-evidence-count-shifts = shifts: { $value }
teacher-evidence-count-overturned = overturned: { $value }
family-card-withdrawn = “{ $name }” was withdrawn: { $why }
