# 家人看见的页面。

family-title = 给家人的一页
family-landing = 孩子的老师，想听听家里的声音
family-landing-what = 最多五个小问题，每个点一下就好，大约一分钟。
family-landing-see = 以后用同一个链接，可以看孩子的星光卡。
family-landing-open = 打开
family-landing-safe = 这个链接只属于一个孩子的家，请不要转发到群里。

family-digits = 纸条上的四位数字
family-class-what = 请拿出孩子带回家的纸条。
family-class-code = 纸条上的家长码
family-class-code-like = 七个字母和数字，像 K7-4HRMX
family-class-safe = 这里不显示任何孩子。家长码只打开自己孩子的那一页，请不要发到群里。
family-tried-wrong = 和纸条上的不一样，再看一眼就好。
family-tried-wait = 试了好几次了，歇一歇，{ $n } 分钟以后再来。扫纸条上的二维码也能打开。

family-form-head = { $child } 在家的样子
family-form-ask = 点一下最像孩子最近两周的样子。
family-form-again = 上次的选择还在，改好再送一次就行。
family-form-wrong-child = 不是我的孩子？
family-form-say = 送孩子一句话（可以不选）
family-form-own = 自己写
family-form-own-label = 想对孩子说的话
family-form-send = 送出
family-form-later = 来不及写也没关系，这一格按公布的规则补上。
family-form-conflict = 刚才家里另一位也送了一份。下面是你刚才选的，再点一次送出，就以这份为准。
family-form-nothing = 还没有选。选一行也可以送出。
family-answered = 已答 { $n } 题，共 { $of } 题
family-unanswered-row = 可以不答

family-form-paper = 老师照你们的纸条录过一份。在这里送出后，就以这份为准。
family-class-ask = 还有一个关于班级的小问题，可以不答：
family-class-sent = 班级的话也收到了，谢谢。
family-class-send = 送出
family-class-again = 改好了，再送一次

family-thanks-title = 收到了，谢谢
family-thanks = 谢谢，家里的声音收到了
family-thanks-what = 老师会把它和孩子自己、同学、老师的声音放在一起看。
family-thanks-child = 今晚可以告诉 { $child }：你看见了什么。
family-thanks-edit = 改一改
family-thanks-card = 看孩子的星光卡

family-card-title = 孩子的星光卡
family-card-head = { $child } 的星光卡
family-card-strength = 这段时间最亮的
family-card-not-yet = 这次星光时刻还没有公布
family-card-not-yet-what = 公布以后，同一个链接就能看到星光卡。
family-card-excused = 这次请假了，不算少，也不补。
family-card-voices = { $of ->
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
family-card-peer-hidden = 同学的声音要等够五位才打开，上面的词先听其他声音的。
family-card-moments = 看见的闪光点
family-card-no-moments = 闪光点正在路上，老师每个月都会写。
family-card-goal = 最近的成功点
family-card-badges = 奖章
family-card-comment = 老师的话
family-card-how = 这些怎么来的
family-card-edit = 送孩子一句话
family-card-private = 这张卡只有你们家看得见，没有名次，也不和别人比。

family-unknown = 没有找到这个链接
    .what = 可能少复制了几个字。
    .next = 请从老师发的消息里直接点开，或重新扫纸条上的二维码。
family-gone = 这个链接已经用完了
    .what = 它到期了，或者老师换了一个新的。
    .next = 请向班主任要这学期的新链接。
family-closed = 这次星光时刻已经结束了
    .what = 这一格按公布的规则补上，平均来说不多也不少。
    .next = 下次来，同一个链接还能用。
family-nothing = 现在还没有要填的
    .what = 下次星光时刻打开以后，这里会有几个小问题。
    .next = 先收好这个链接，到时候再点开。
family-wrong-child = 谢谢你告诉我们
    .what = 这个链接可能发错了，什么也没有记下。
    .next = 请删掉这条消息，并告诉班主任。
family-reopen = 请再点开一次
    .what = 这一页离开太久，已经关上了，什么也没有丢。
    .next = 请从老师发的消息里重新点开链接。
family-unasked = 请先看一看说明
    .what = 学校改了关于孩子资料的说明，想先听你们的意见。
    .next = 看完选一下，就能接着填了。
family-kept = 你写的话还在这里，可以先复制下来。
family-kept-copy = 复制
family-kept-copied = 已复制
family-kept-send-when = 链接重新打开以后，回到这一页点一下，就送到了。
family-kept-send = 再送一次
family-notice-back = 返回
