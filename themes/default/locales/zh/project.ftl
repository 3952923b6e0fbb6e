### 项目的文件，以及放在一起看的各章。这些话所属规则的说明见 rules-values.ftl。

## 文件

unreadable-file = { $path } 没有读取：{ $reason }
unreadable-settings-file =
    .help = 请让它能被读取；不需要的话请删除
unread-too-large = 超过 { $megabytes } MB
unread-not-a-file = 是文件夹、管道或设备，不是文件
unread-not-a-folder = 不是文件夹
unread-device = 是管道或设备，不是文件
unread-leads-out = 是指到文件夹之外的链接
unread-leads-to-hidden = 是指向隐藏文件或编辑器临时文件的链接
unread-leads-nowhere = 是没有目标的链接
unread-leads-in-a-circle = 是绕成圈的链接
unread-name = 名称不是有效的 Unicode
unread-content = { $path }：content 无法读取：{ $reason }
bidi-control-file = { $path } 的名称里有改变书写方向的字符
    .help = 请去掉这些字符，重新命名
limit-depth = { $path } 的文件夹套了 { $most } 层以上，没有读取
    .help = 请往上移
limit-file = { $path } 超过 { $megabytes } MB
    .help = 请拆成几章
encoding-utf-16 = 文本是 UTF-16，不是 UTF-8（第 { $line } 行起）
encoding-utf-16-nul = 文本是 UTF-16，不是 UTF-8（第 { $line } 行）
encoding-gbk = 文本多半是 GBK（GB 18030），不是 UTF-8（第 { $line } 行起）
encoding-other = 文本是别的编码，不是 UTF-8（第 { $line } 行起）
    .help = 请另存为 UTF-8（记事本：另存为，编码选 UTF-8）
encoding-nul = 文本里有 NUL 字符（第 { $line } 行）
    .help = 请去掉；有 NUL 的文件多半不是文本
misnamed-settings-file = 没有读取 { $path }
    .help = 请改名为 { $right }
theme-folder = 没有文件夹 { $path }
    .help = 请新建，或从 handbook.yaml 去掉 theme
watch-limit = 系统可监视的文件夹已到上限（fs.inotify.max_user_watches）；改为每秒查看两次
watch-failed = 系统没有监视文件夹：{ $reason }；改为每秒查看两次

## 各章

duplicate-id-chapter = 编号「{ $id }」已是 { $path } 的编号
    .help = 请给其中一章另编一个号
duplicate-id-chapter-other = 这一章的编号是「{ $id }」
cycle-supersedes = supersedes 从本章经 { $path } 绕回本章
    .help = 请去掉圈中的一环
cycle-supersedes-other = 从这里绕了回去
overdue-since = 复审日期 { $due } 已过
    .help = 请复审本章，把结果写入 reviews，或写上新的 review_by
review-due-by = 应在 { $due } 之前复审，还有 { $days } 天
review-due-late = 复审日期 { $due } 已过
future-revision-review = 这次复审的日期 { $date } 在 { $today } 之后
future-revision-dated = 这次修订的日期 { $date } 在 { $today } 之后
invalid-value-redirect = 「{ $address }」不是本站的地址
    .help = 请从站点的根写起路径，例如 /old/page.html
limit-address = 地址长 { $bytes } 字节，最多 { $most } 字节
    .help = 请取短一些的名称；一个汉字占 3 字节
limit-address-name = 地址里有一个名称长 { $bytes } 字节，磁盘最多 { $most } 字节
limit-embeds = 一章最多有 { $most } 处引文
    .label = 从这里起略去
    .help = 请整节引用，不要逐条引用，或写成链接 [[…]]
