# 接口说明页。
api-docs-title = 星光接口说明
api-docs-lead = 本服务器的全部接口，可以阅读，也可以试用。在这里发送的请求会以您本人的身份真实执行。
api-docs-token = 令牌（留空则使用本浏览器的登录状态）
api-docs-send = 发送
api-docs-body = 请求正文（JSON）
api-docs-answer = 返回
api-docs-failed = 无法连接服务器。
api-docs-script = 本页需要 JavaScript；接口文档本身不需要。
