# 家长链接：再打印、可复制的消息、班级链接、要不要纸条上的数字

links-again = 已经发出的
links-again-note = 纸条丢了可以再打印，内容不变；也可以把消息复制到班级的聊天工具里。
links-print = 再打印 { $n } 张
links-messages = 给每家的消息
links-messages-note = 每条只发给这一家，不要发到群里。消息里没有孩子的全名。
links-copy = 复制
links-copy-of = 复制给{ $name }家的消息
links-copied = 已复制
links-message = { $child }家长您好！这是孩子的星光家长链接：{ $address } 点开后按“打开”，几下就能说说孩子在家的样子，以后也在这里看孩子的星光卡。有效到{ $until }，只给自己家人用，请不要转发。
links-message-digits = 打开时请填纸条上的四位数字。
links-slips-note = 沿虚线剪开，一张只给一家。打印内容会记在日志里。
links-slip-what = 星光时刻打开以后，请说说孩子在家的样子，几下就好。
links-slip-code = 家长码
links-slip-digits = 四位数字
links-class = 班级链接
links-class-note = 家长会上用：全班一个链接，可以发到家长群。每家用自己纸条上的家长码打开自己孩子的那一页。
links-class-make = 做一个班级链接
links-class-anew = 换一个
links-class-show = 海报和消息
links-class-text = 发到家长群的话
links-class-text-note = 里面没有孩子的名字。
links-class-message = 各位家长好！请点开 { $address } ，输入孩子纸条上的家长码，就能打开自己孩子的那一页，几下就好。有效到{ $until }。家长码请不要发到群里。
links-class-unknown = 这个链接的地址已经打印不出来了，请换一个。
links-class-revoked = 班级链接已停用。
links-poster-title = 说说孩子在家的样子
links-poster-1 = 手机扫一扫
links-poster-2 = 输入孩子纸条上的家长码
links-poster-3 = 点几下，送出

families-title = 家长
families-nav = 家长链接
families-digits = 打开链接时，问纸条上的四位数字
families-digits-note = 平时关着，家长点一下就能打开。打开以后，第一次在一台手机上打开链接要填纸条上的四位数字；填错五次，过一刻钟再试。已经发出的纸条上没有数字，要再打印一次。
families-digits-on = 要问
families-digits-off = 不问
