# 孩子看见的页面。低段的话带 .pinyin。

class-title = 班级页
class-tap-yourself = 点一点自己
    .pinyin = diǎn yī diǎn zì jǐ
class-lit-before = 已经亮起
    .pinyin = yǐ jīng liàng qǐ
class-lit-after = 颗星
    .pinyin = kē xīng
class-card = 刷我的卡
    .pinyin = shuā wǒ de kǎ
class-card-how = 拿卡 对着 扫码枪，滴一声 就进去了。
    .pinyin = ná kǎ duì zhe sǎo mǎ qiāng dī yì shēng jiù jìn qù le
class-card-field = 卡上的地址
class-read = 读给我听
class-leave = 请假
    .pinyin = qǐng jià
class-done = 星亮了
class-closed = 窗口还没打开
    .pinyin = chuāng kǒu hái méi dǎ kāi
class-closed-what = 老师打开以后，这里会出现每个人的位置。
    .pinyin = lǎo shī dǎ kāi yǐ hòu zhè lǐ huì chū xiàn měi gè rén de wèi zhì
class-look-again = 再看一次
    .pinyin = zài kàn yí cì

pin-title = 我的密码
pin-pictures = 按顺序 点你的 三张图
    .pinyin = àn shùn xù diǎn nǐ de sān zhāng tú
pin-digits = 输入你的四个数字
pin-not-me = 不是我
    .pinyin = bú shì wǒ
pin-again = 重新点
    .pinyin = chóng xīn diǎn
pin-so-far = 已经点了 { $n } 个
pin-wrong = 好像不是这几个，再试一次吧。
    .pinyin = hǎo xiàng bú shì zhè jǐ gè zài shì yí cì ba
pin-wait = 歇一会儿，{ $n } 秒以后再试。忘了就请老师换一个。
    .pinyin = xiē yí huì er miǎo yǐ hòu zài shì wàng le jiù qǐng lǎo shī huàn yí gè
pin-closed = 窗口已经关了，请找老师打开。
    .pinyin = chuāng kǒu yǐ jīng guān le qǐng zhǎo lǎo shī dǎ kāi
picture-sun = 太阳
    .pinyin = tài yáng
picture-moon = 月亮
    .pinyin = yuè liang
picture-fish = 小鱼
    .pinyin = xiǎo yú
picture-car = 汽车
    .pinyin = qì chē
picture-tree = 大树
    .pinyin = dà shù
picture-apple = 苹果
    .pinyin = píng guǒ
picture-umbrella = 雨伞
    .pinyin = yǔ sǎn
picture-boat = 小船
    .pinyin = xiǎo chuán
picture-house = 房子
    .pinyin = fáng zi
picture-ball = 皮球
    .pinyin = pí qiú
picture-kite = 风筝
    .pinyin = fēng zheng
picture-bird = 小鸟
    .pinyin = xiǎo niǎo

sheet-title = 星光评价
sheet-ask-self = 你觉得 自己 怎么样？
    .pinyin = nǐ jué de zì jǐ zěn me yàng
sheet-ask-peer = 你看见的 同学 怎么样？
    .pinyin = nǐ kàn jiàn de tóng xué zěn me yàng
sheet-ask-class = 你觉得 我们班 怎么样？
    .pinyin = nǐ jué de wǒ men bān zěn me yàng
sheet-recent-self = 最近两周，你看见的自己是……
sheet-recent-peer = 最近两周，你看见的这位同学是……
sheet-recent-class = 最近两周，你看见的我们班是……
sheet-fair-low = 怎么选 都可以， 不影响 你自己
    .pinyin = zěn me xuǎn dōu kě yǐ bù yǐng xiǎng nǐ zì jǐ
sheet-fair = 你怎么评别人，一点也不影响你自己的分。
sheet-fair-self = 说真话就好，和以前的自己比。
sheet-fair-self-low = 说真话就好
    .pinyin = shuō zhēn huà jiù hǎo
sheet-fair-class = 说说你真的看见的，谁也不会被点名。
sheet-fair-class-low = 说说 你真的 看见的
    .pinyin = shuō shuo nǐ zhēn de kàn jiàn de
sheet-unseen = 没看见
    .pinyin = méi kàn jiàn
sheet-unsure = 说不准
    .pinyin = shuō bu zhǔn
sheet-read = 读一读
sheet-back = 上一步
    .pinyin = shàng yí bù
sheet-next = 下一步
    .pinyin = xià yí bù
sheet-next-one = 下一位
    .pinyin = xià yí wèi
sheet-send = 送出
    .pinyin = sòng chū
sheet-progress = 第 { $now } 张，一共 { $of } 张
sheet-missing = 这一行还没选，没看见也可以。
    .pinyin = zhè yì háng hái méi xuǎn méi kàn jiàn yě kě yǐ
sheet-unanswered = 还有几行没选，选好的都还在。
    .pinyin = hái yǒu jǐ háng méi xuǎn xuǎn hǎo de dōu hái zài
sheet-question-same = 这几项都选了一样，是真的这样想吗？
    .pinyin = zhè jǐ xiàng dōu xuǎn le yí yàng shì zhēn de zhè yàng xiǎng ma
sheet-question-fast = 选得好快呀，要不要再看一眼？
    .pinyin = xuǎn de hǎo kuài ya yào bu yào zài kàn yì yǎn
sheet-question-copied = 这句话你以前也说过，这次看到了什么新的？
    .pinyin = zhè jù huà nǐ yǐ qián yě shuō guo zhè cì kàn dào le shén me xīn de
sheet-question-then = 再想一想？想好了就再点一次“送出”。
    .pinyin = zài xiǎng yi xiǎng xiǎng hǎo le jiù zài diǎn yí cì sòng chū
sheet-ended = 这一轮已经结束，谢谢你。
    .pinyin = zhè yì lún yǐ jīng jié shù xiè xie nǐ
sheet-look-for = 比如
    .pinyin = bǐ rú
sheet-waiting = 都存好了
    .pinyin = dōu cún hǎo le
sheet-waiting-what = 网络一回来，就自动送出去。
    .pinyin = wǎng luò yì huí lái jiù zì dòng sòng chū qù

recall-title = 想起来 一件事了吗？
    .pinyin = xiǎng qǐ lái yí jiàn shì le ma
recall-when-lesson = 上课时
    .pinyin = shàng kè shí
recall-when-break = 课间
    .pinyin = kè jiān
recall-when-line = 排队时
    .pinyin = pái duì shí
recall-when-duty = 值日时
    .pinyin = zhí rì shí
recall-when-play = 活动时
    .pinyin = huó dòng shí
recall-forgot = 想不起来
    .pinyin = xiǎng bu qǐ lái


outbox-here = 本机待上传
    .pinyin = běn jī dài shàng chuán

done-title = 星亮了
done-lit = 你的星 亮了！
    .pinyin = nǐ de xīng liàng le
done-comma = ，
done-thanks = { $n ->
    [0] 谢谢你说出自己的样子
    [1] 谢谢你看见了一位同学
    [2] 谢谢你看见了两位同学
    [3] 谢谢你看见了三位同学
    [4] 谢谢你看见了四位同学
   *[other] 谢谢你看见了同学
}
    .pinyin = { $n ->
    [0] xiè xie nǐ shuō chū zì jǐ de yàng zi
    [1] xiè xie nǐ kàn jiàn le yí wèi tóng xué
    [2] xiè xie nǐ kàn jiàn le liǎng wèi tóng xué
    [3] xiè xie nǐ kàn jiàn le sān wèi tóng xué
    [4] xiè xie nǐ kàn jiàn le sì wèi tóng xué
   *[other] xiè xie nǐ kàn jiàn le tóng xué
}
done-next = 换下一位同学
    .pinyin = huàn xià yí wèi tóng xué
done-own = 看看我的星空
    .pinyin = kàn kan wǒ de xīng kōng
done-seconds = 秒后自动换人

own-title = 我的星空
own-of = 的星空
    .pinyin = de xīng kōng
own-not-yet = 还没亮
    .pinyin = hái méi liàng
own-not-yet-what = 第一次星光时刻以后，这里会亮起来。
    .pinyin = dì yī cì xīng guāng shí kè yǐ hòu zhè lǐ huì liàng qǐ lái
own-peer-hidden = 同学的话要等够五位才打开，这里先听其他声音的。
    .pinyin = tóng xué de huà yào děng gòu wǔ wèi cái dǎ kāi zhè lǐ xiān tīng qí tā shēng yīn de
own-growth = 和以前的自己比
    .pinyin = hé yǐ qián de zì jǐ bǐ
own-moments = 大家看见的你
    .pinyin = dà jiā kàn jiàn de nǐ
own-no-moments = 你的闪光点正在路上。
    .pinyin = nǐ de shǎn guāng diǎn zhèng zài lù shang
own-earlier = 更早的闪光点
    .pinyin = gèng zǎo de shǎn guāng diǎn
own-comments = 同学说
    .pinyin = tóng xué shuō
own-goal = 我的成功点
    .pinyin = wǒ de chéng gōng diǎn
own-goal-who = 只有你、家人和老师看得见
    .pinyin = zhǐ yǒu nǐ jiā rén hé lǎo shī kàn de jiàn
own-goal-reached = 做到了
    .pinyin = zuò dào le
own-cards = 星卡
    .pinyin = xīng kǎ
own-cards-more = 再有 { $n } 颗不同的星，就换一个月亮
    .pinyin = zài yǒu kē bù tóng de xīng jiù huàn yí gè yuè liang
own-cards-moons = { $n } 个月亮
    .pinyin = gè yuè liang
own-cards-suns = { $n } 个太阳
    .pinyin = gè tài yáng
own-badges = 奖章
    .pinyin = jiǎng zhāng
own-voices = { $of ->
    [4] 四
   *[other] { $of }
}个声音，{ $came ->
    [0] 还没有来
    [1] 来了一个
    [2] 来了两个
    [3] 来了三个
    [4] 都来了
   *[other] 来了 { $came } 个
}
    .pinyin = { $of ->
        [4] sì
       *[other] { "" }
    } gè shēng yīn { $came ->
        [0] hái méi yǒu lái
        [1] lái le yí gè
        [2] lái le liǎng gè
        [3] lái le sān gè
        [4] dōu lái le
       *[other] lái le gè
    }
own-leave = 看好了，退出
    .pinyin = kàn hǎo le tuì chū

voice-self = 自己
voice-peer = 同学
voice-teacher = 老师
voice-parent = 家人
voice-spoke = 说了
voice-count = { $n } 位
voice-waiting = 等够五位
voice-absent = 下次再说
own-tap-stars = 看看有几颗星
    .pinyin = kàn kan yǒu jǐ kē xīng
own-halves = { $n } 颗星
