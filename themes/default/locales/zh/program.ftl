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
report-also = 还有：
report-more = ……「{ $code }」另有 { $number } 处；加 --format json 可全部列出
report-more-in-file = …… { $path } 里「{ $code }」另有 { $number } 处；加 --format json 可全部列出
report-more-in-files = ……「{ $code }」在 { $files } 个文件里另有 { $number } 处；加 --format json 可全部列出
report-times = （共 { $shown } 处）
report-times-in-files = （{ $files } 个文件，共 { $shown } 处）
report-places = （{ $places }）
report-places-separator = 、
report-places-more = { $places }，另有 { $number } 处
thousands-separator = {""}

# 没有人认识的名称，以及在哪里：每个一行。
report-name = { $number ->
   *[other] 「{ $name }」见于 { $shown } 章
}
report-name-in-file = 「{ $name }」出现 { $shown } 次
report-name-meant = { $words }，{ $meant }
report-meant = 这里叫「{ $name }」
report-meant-perhaps = 是不是「{ $name }」？
report-meant-nothing = 没有程序读它

## 先做什么

advice-title = 先做什么：
advice-step = {"  "}{ $number }. { $step }
advice-errors = { $number ->
   *[other] 先改正 { $shown } 个错误，否则不会写出站点（{ $codes }）
}
advice-fix = { $number ->
   *[other] 运行 handbook check --fix，程序自己可以改正 { $shown } 处；想先看改动，运行 handbook check --fix --dry-run
}
advice-rule = { $number ->
   *[other] 看看「{ $code }」，共 { $shown } 处；handbook explain { $code } 说明怎样改
}
advice-rule-in-folder = { $number ->
   *[other] 看看「{ $code }」，共 { $shown } 处，其中 { $inside } 处在 { $folder }/ 里；如果这个文件夹可以保持原样，请在 handbook.yaml 里写 checks: {"{"}{ $folder }/: {"{"}{ $code }: off{"}"}{"}"}
}

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
