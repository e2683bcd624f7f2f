# The teacher's today page: what posts found in the class, and strengths nobody at school has spoken of.
today-unspoken-note = 名字后面的星，是同学或家人看见、老师还没说过的。
today-checks = 这周的检查
today-checks-full = 没有扣分
today-check-off = { $day }扣 { $points } 分
today-check-off-why = { $day }扣 { $points } 分（{ $why }）
