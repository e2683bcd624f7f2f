# Families' answers on paper: /t/classes/{id}/paper

paper-title = 纸条录入
paper-go = 纸条录入和打印
paper-go-note = 没有手机、连不上学校的家
paper-note = 这里只列还没在网上答的家。纸上写了什么就录什么，没写的空着。家人以后在网上答了，就以网上的为准。
paper-online = { $n } 个家已经在网上答了，不用录。
paper-all = 每个家都在网上答了，没有纸条要录。
paper-print-go = 打印纸条
paper-print-four = 打印纸条（一张纸四份）
paper-keys = 方向键走格，1–5 填，退格清空；一行停下来就存好
paper-words = 送孩子的一句话
paper-words-of = { $name }：送孩子的一句话
paper-about-class = 班级：{ $text }
paper-marked = 纸条
paper-save = 全部保存
paper-refused = 没存上：这家刚在网上答了，或星光时刻已经结束。刷新看看
paper-clash = 这几行在别处也录过，先选一个：
paper-saved = { $n } 张纸条录好了。
paper-same = 没有变化。
paper-kept-online = { $names }：家人刚在网上答了，纸条没有录，以网上的为准。
paper-kept-elsewhere = { $names }：这几行在别处也录过，没有动，请看一眼再改。

# What is printed.
paper-print-title = 家里的纸条
paper-print-count = { $n } 份，按座号。剪开，装进书包带回家。
paper-slip-head = 孩子在家的样子
paper-slip-ask = 每一行选最像孩子最近两周的一格，打个勾。说不好的空着。
paper-slip-class = 再说说班级：{ $text }
paper-slip-words = 送孩子一句话（可以不写）
paper-slip-back = 请在{ $closes }以前交给班主任。来不及也没关系，这一格按公布的规则补上。
paper-slip-who = { $class } · { $n } 号 { $name }
paper-slip-weight = 家人的话按公布的分量算：四个声音都在时占 { $percent }%。
