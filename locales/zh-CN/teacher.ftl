# Messages and small words put together by the teacher's handlers.
teacher-day = { $month }月{ $day }日
teacher-date = { $year }年{ $month }月{ $day }日
teacher-term = 这学期
teacher-window-opened = 登录窗口开了，到 { $until }。
teacher-window-closed = 登录窗口关了。
teacher-excused = { $name } 记了请假。
teacher-excuse-undone = { $name } 取消了请假。
teacher-grid-saved = 已保存 { $n } 人。
teacher-grid-same = 没有改动，都已经保存。
teacher-about-saved = 班级那张已送出。
teacher-link-revoked = 这条链接已停用。
teacher-badge-released = 已放行 { $n } 枚到大屏。
teacher-badge-held = { $n } 枚先放着，大屏不显示。
teacher-evidence-star = { $name }：{ $stars } 星
teacher-evidence-score = 总分：{ $value } 星
teacher-evidence-voices = { $value } 个声音
teacher-evidence-from = 从前 { $value } 星
teacher-evidence-to = 现在 { $value } 星
teacher-evidence-rise = 进步 { $value } 星
teacher-evidence-rounds = 看的轮次：{ $value }
# Words that judge a child instead of telling what was seen, separated by spaces.
