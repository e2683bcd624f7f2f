# Messages and small pages put together by the web room.
web-recovery-title = 请收好备用码
web-recovery-lead = 手机不在身边时，每个备用码可以代替一次 6 位数字。它们只显示这一次，请打印或抄下来。
web-recovery-go = 我收好了，去首页
web-password-changed = 密码已更换，其他地方的登录都已退出。
web-cheer-1 = 谢谢你，今天也很努力。
web-cheer-2 = 我们都看见你的进步了。
web-cheer-3 = 慢慢来，我们陪着你。
web-cheer-4 = 你笑起来真好看。
