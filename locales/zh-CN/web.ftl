# Messages and small pages put together by the web room.
web-recovery-title = 请收好备用码
web-recovery-lead = 手机不在身边时，每个备用码可以代替一次 6 位数字。它们只显示这一次，请打印或抄下来。
web-recovery-go = 我收好了，去首页
web-password-changed = 密码已更换，其他地方的登录都已退出。
web-cheer-1 = 你很努力
web-cheer-2 = 抱抱你
web-cheer-3 = 谢谢你帮忙
web-how-voices = 每颗星听四种声音：自己、同学、老师、家人。这一学期到现在，{ $of } 个声音来了 { $came } 个。
web-how-peers = 同学的声音来自 { $n } 位同学，先把每位同学的宽严校正到一样，再取平均。
web-how-peers-wait = 同学的声音要等至少 5 位同学都评过、这一轮公布后才加进来，这样谁也看不出是谁评的。
web-how-missing = 没来的声音按公布的规则补上：平均来说不多一分，也不少一分。
web-how-home = 家里的话按公布的分量算，不会更多：四个声音都在时占 { $percent }%。
web-how-no-home = 家里没来得及写，这一格按公布的规则补上：平均来说不多也不少。
web-how-no-place = 这里没有名次，只和以前的自己比。
