### 程序自己的话，与正在做什么无关。

# 列举时每一项的引号，以及各项之间的符号。
list-item = 「{ $item }」
list-separator = 、
lines = { $lines }
colon = ：

not-for-audiences = 知悉范围不含{ $audiences }
did-you-mean = 是不是「{ $name }」？

## 打印出来的检查结果

level-error = 错误
level-warning = 警告
level-note = 提示
level-off = 关闭
level-error-fixed = 错误（不能改）
report-help = 建议：
report-related = 另见：
report-more = ……「{ $code }」另有 { $number } 处；加 --format json 可全部列出
report-more-in-file = …… { $path } 里「{ $code }」另有 { $number } 处；加 --format json 可全部列出

## 系统对文件和连接的答复

io-not-found = 不存在
io-permission-denied = 没有权限
io-already-exists = 已经存在
io-not-a-directory = 路径中有一段不是文件夹
io-is-a-directory = 是一个文件夹
io-storage-full = 磁盘已满
io-quota-exceeded = 超出配额
io-file-too-large = 文件会过大
io-read-only = 只能读取，不能写入
io-invalid-name = 那里不允许这样的名称
io-loop = 链接绕成了圈
io-address-in-use = 地址已被占用
io-address-not-available = 本机没有这个地址
io-timed-out = 等不到答复
io-connection-refused = 连接被拒绝
io-other = 系统答复「{ $detail }」
disk-failed = { $path }：{ $reason }
