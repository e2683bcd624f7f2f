# Badges: proposals, certificates, tiers.

# certificates and proposals
staff-proposals = 等你确认
staff-proposals-note = 确认后孩子和家里才看得见
staff-proposal-all = { $n } 枚全部确认
staff-proposal-yes = 确认
staff-proposal-no = 这次不授
staff-proposal-screen = 也上大屏
staff-award-withdraw = 撤回
staff-award-why = 理由（家里会看到）
staff-award-doubted = 记录改过，条件已不满足
badge-tier-sprout = 萌芽
badge-tier-bloom = 开花
badge-tier-fruit = 结果
certificate-title = 奖状
certificate-go = 打印奖状（{ $n } 张）
certificate-count = { $n } 张
certificate-how = A4 横放，一张一人；黑白打印也清楚。
certificate-head = 奖状
certificate-pupil = 同学：
certificate-in-term = 在{ $term }里，获得
certificate-in-round = 在{ $term }“{ $round }”里，获得
certificate-after = 奖章。
certificate-hereby = 特发此状，以资鼓励。
teacher-badge-confirmed = 已确认 { $n } 枚，孩子和家里看得到了。
teacher-badge-withdrawn = 已撤回，理由留着。
teacher-evidence-count-praises = 点赞 { $value } 次
teacher-evidence-count-moments = 闪光点 { $value } 个
teacher-evidence-count-goals = 成功点 { $value } 个
teacher-evidence-count-logs = 个人纪录 { $value } 次
teacher-evidence-count-rounds = 认真做完 { $value } 轮
teacher-evidence-count-varied = { $value } 轮里看人各不相同
teacher-evidence-count-told = 写过同学的闪光点 { $value } 个
teacher-evidence-count-thanks = 收到谢谢 { $value } 次
teacher-evidence-count-shifts = 值岗 { $value } 次
teacher-evidence-count-overturned = 被改判 { $value } 次
family-card-withdrawn = “{ $name }”收回了：{ $why }
