### 各命令打印的内容。

cli-also = { $first }、{ $next }
cli-name = 「{ $name }」
cli-none = 无
cli-with-help =
    { $wrong }
    {"  "}{ $help }
cli-output-failed = 输出写不出去：{ $reason }
cli-threads-failed = 系统不允许再开始新的任务：{ $reason }

## 用法有误

cli-unknown-language = 没有这种语言（已有：{ $known }）
cli-usage-see =
    {""}
    用法：{ $usage }

    详细说明：{ $help }
cli-usage-unknown-command = 没有「{ $written }」这个命令
cli-usage-unknown-option = 这里没有「{ $written }」这个选项
cli-usage-one-too-many = 「{ $written }」是多余的
cli-usage-no-value = 「{ $option }」后面要写值
cli-usage-unknown-value = 「{ $option }」不能是「{ $written }」
cli-usage-wrong-value = 「{ $option }」不能是「{ $written }」：{ $reason }
cli-usage-too-many-values = 「{ $option }」只取一个值，「{ $written }」是多余的
cli-usage-no-equals = 「{ $option }」的值要写在 = 之后
cli-usage-possible = 可以写：{ $values }
cli-usage-twice = 「{ $option }」写了两次
cli-usage-conflict = 「{ $option }」不能与{ $others }同时使用
cli-usage-missing = 缺少{ $arguments }
cli-usage-no-command = 请写明命令
cli-usage-not-utf8 = 有一个参数不是 UTF-8 编码
cli-usage-unclear = 看不懂这些参数
cli-usage-count = 请写数字
cli-usage-port = 请写 0 到 65535 之间的数字
cli-usage-address = 请写数字形式的地址，例如 127.0.0.1；0.0.0.0 表示本机的全部地址
cli-usage-base = 请写路径，例如 /handbook/
cli-base-url-credentials =
    --base-url 里有用户名或密码
      请去掉：这个地址会出现在每一页上
cli-base-url-malformed =
    --base-url「{ $written }」不是网站地址
      请连同协议一起写，例如 https://intranet.example.com/handbook/
cli-epoch-unknown = SOURCE_DATE_EPOCH 应当是公元 10000 年以前某一天的秒数，现在是「{ $written }」
cli-clock-unknown = 本机的时钟不在公元 10000 年以前：请校准时钟，或用 --date 指明日期

## 知悉范围

cli-unknown-audience =
    { $wrong }
    {"  "}{ $help }
cli-unknown-audience-of =
    { $wrong }（已有：{ $known }）
    {"  "}{ $help }
cli-no-audiences = handbook.yaml 里没有 audiences:，即没有设知悉范围
cli-audience-left =
    { $folder } 是一个知悉范围的站点，handbook.yaml 里已经没有这个范围；本次没有动它
    {"  "}原来能看的人仍然能看：请删去这个文件夹，已经发布的也请撤下
cli-site-in-the-way =
    { $folder } 本身就是一个站点，各知悉范围的站点不能放在里面
    {"  "}请用 --output 另选文件夹，或删去这个文件夹

## 汇总里的数目

cli-errors = { $number } 个错误
cli-warnings = { $number } 个警告
cli-notes = { $number } 个提示
cli-no-findings = 没有发现问题
cli-chapters = { $number } 章
cli-and-drafts = { $chapters }（另有 { $number } 章草案没有看，加 --drafts 才看）
cli-bytes = 各章共 { $number } 字节
cli-attachments = { $number } 个附件
cli-departments = { $number } 个部门
cli-roles = { $number } 个岗位
cli-milliseconds = { $number } 毫秒
cli-seconds = { $number } 秒

## build 和 check

cli-summary = { $chapters }：{ $findings }（{ $time }）
cli-summary-written = { $chapters }：{ $findings }；{ $place } 中写入 { $written } 个文件，{ $unchanged } 个未变，删除 { $removed } 个（{ $time }）
cli-of-audience = { $audience }：{ $words }
cli-nothing-written = 什么都没有写入，{ $place } 保持原样
cli-others-not-written = 没有列为写入的，都保持原样
cli-no-chapter =
    { $folder } 及其下各级文件夹里没有一章
    {"  "}文件名以 .md 或 .markdown（或 .mdx、.html.md、.md.erb、.md.tmpl）结尾的才是一章；以 . 开头的不读
    {"  "}新建手册请运行 handbook init 文件夹；手册在别处时，请用 -C 指明
cli-no-chapter-bare =
    { $folder } 里没有 content 文件夹，这里及其下各级文件夹里也没有一章
    {"  "}文件名以 .md 或 .markdown（或 .mdx、.html.md、.md.erb、.md.tmpl）结尾的才是一章；以 . 开头的，以及 themes、target、node_modules 这几个文件夹，都不读
    {"  "}新建手册请运行 handbook init 文件夹；手册在别处时，请用 -C 指明
cli-progress = { $done }/{ $all } 页
cli-timing = { $stage } { $time }
cli-stage-took = { $stage } { $time }
cli-stage-read = 读取文件
cli-stage-parse = 解析各章
cli-stage-history = 解析各章、读取历史
cli-stage-mentions = 查找提及
cli-stage-assemble = 汇总
cli-stage-links = 核对链接
cli-stage-audience = 按知悉范围取舍
cli-stage-theme = 读取主题
cli-stage-index = 建立索引
cli-stage-write = 生成并写入
cli-stage-publish = 发布
cli-stage-external = 查询外部链接
cli-stage-other = { $name }

## check --fix

fix-done = { $number ->
    [0] 没有可以确定改法的问题
   *[other] 已改正 { $shown } 处，涉及 { $files } 个文件
}
fix-file = {"  "}{ $path }（{ $number }）
fix-more = {"  "}另有 { $number } 个文件
fix-dry-run = { $number ->
    [0] 试运行：没有可以确定改法的问题
   *[other] 试运行：将改正 { $shown } 处，涉及 { $files } 个文件；什么都没有写入
}
fix-changed = { $path } 读取以后有人改过，保持不动；请再运行一次
fix-outside = { $path } 不在项目文件夹里，保持不动

## publish

cli-publish-output = publish 写到它的目标，build 写到 --output：两个只能写一个
cli-publish-no-target =
    请写明目标：一个文件夹，或 s3://BUCKET/PREFIX
      也可以写在 handbook.yaml 里：publish: {"{"}target: s3://BUCKET/PREFIX{"}"}
cli-dry-added = 新增
cli-dry-changed = 更改
cli-dry-removed = 删除
cli-dry-line = { $line }
cli-dry-run = 试运行：{ $place } 中将新增 { $added } 个文件，更改 { $changed } 个，删除 { $removed } 个，{ $unchanged } 个未变；什么都没有写入

## search

cli-found-clause = { $title }：
cli-found-suggestion = 您是不是要找：{ $query }
cli-found-corrected = 已按「{ $query }」查找
cli-found-part = { $text }（{ $number }）
cli-found-parts = 手册里有其中这些词：{ $parts }
cli-found-words = { $number } 章，所输入的词都有
cli-found-complete = { $number } 章，其中 { $complete } 章有所输入的全部词
cli-found-closest = 没有完全符合的结果，这是最接近的 { $number } 章
cli-found-exact = { $number } 章，其中 { $exact } 章与输入一字不差

## cache

cli-cache-in-project = 未使用缓存：{ $folder } 在 { $outer } 里，那是手册或网站的文件夹；请另选一个外面的文件夹
cli-cache-in-checkout = 未使用缓存：{ $folder } 在代码库 { $outer } 里，可能会被一并提交；请另选一个外面的文件夹
cli-cache-not-private = 未使用缓存：{ $folder } 不是文件夹，或者别人也能看到里面的内容；请把它设为只有自己可以访问（chmod 700），或另选一个
cli-cache-unwritten = 没能写入缓存 { $folder }，以后运行会慢一些，结果不受影响：{ $reason }

## init 和 new

cli-init-not-empty =
    { $folder } 不是空的，什么都没有改动
    {"  "}请另选一个新文件夹
cli-init-done =
    新手册已建在 { $folder }，接着请运行：
      cd { $folder } && handbook serve
cli-new-outside = { $path }：请写 { $folder } 之下的文件
cli-new-exists = { $path } 已经存在，什么都没有改动
cli-new-alike = 已有 { $other }：在 macOS 和 Windows 上，{ $path } 与它是同一个名字。请用那个名字，或者另取一个
cli-new-done = { $path } 已建好，可以动笔了

## serve

cli-preview-at = 预览地址：{ $address }
cli-preview-shared = 能连到这台电脑的人都可以看到这个预览，包括草案
cli-preview-shared-audience = 能连到这台电脑的人都可以看到「{ $audience }」知悉范围内的内容，包括草案
cli-preview-reading = 正在读取各章……
cli-preview-watch-ended = 文件夹的变化已无法再跟踪
cli-preview-cannot-listen = 无法在这个地址和端口等待访问：{ $reason }
cli-preview-audiences =
    handbook.yaml 里设了知悉范围，而加上这个 --host 后，别人也能看到预览
      请用 --audience 写明谁可以看（已有：{ $known }），或去掉 --host
cli-preview-updated = 已更新：{ $findings }（{ $time }）
cli-preview-reused = {"  "}{ $chapters } 章、{ $references } 章的引用与上次相同；{ $stages }

## host

cli-host-timezone-unknown =
    --timezone：从 handbook.yaml 的语言看不出读者在哪个时区
      请写明，例如 --timezone=Asia/Shanghai
cli-host-no-zone =
    --timezone：没有叫「{ $name }」的时区
      请写明，例如 --timezone=Asia/Shanghai
cli-host-settings-wrong =
    { $path }：{ $wrong }
    {"  "}请先改正：handbook check 会指出位置
cli-host-no-audience =
    handbook.yaml 里设了知悉范围，而这里是在无人看管时生成站点，请写明给谁看
      用 --audience 指明一个（已有：{ $known }），或写在 handbook.yaml 里：publish: {"{"}audience: { $first }{"}"}
      如果凡能打开这个站点的人都可以看全部内容，请在那里写：checks: {"{"}restricted-chapter: off{"}"}
cli-host-bare =
    这本手册没有 content/ 文件夹，这些文件会随手册一起发布
      请用 --into 另选文件夹
cli-host-foreign =
    { $files }不是 handbook 写的，或者写好以后有人改过；什么都没有改动
    {"  "}请把它移走，或去掉 --write，只打印配置
cli-host-one-pages =
    { $path } 已经把另一份网站发布到这个仓库的 Pages，而一个仓库只有一个 Pages；什么都没有改动
    {"  "}请删掉那个文件，或让每一类读者的网站各用一个仓库或服务器
cli-host-written = 已写入 { $path }

## explain

cli-explain-unknown = 没有代码为「{ $written }」的检查结果
cli-explain-all = handbook explain 列出全部
cli-explain-off = 不检查
cli-explain-example = 例如：
cli-explain-fixed = handbook.yaml 的 checks: 不能改变它。
cli-explain-changes = 要改变它，请在 handbook.yaml 里写 checks: {"{"}{ $code }: 级别{"}"}，级别是 off（不检查）、note（提示）、warning（警告）或 error（错误）。

cli-format-of-list = 只有 handbook list 能输出 table 和 csv
cli-list-status = 没有状态为「{ $name }」的文件
cli-list-owner = 没有归口于「{ $name }」的文件
cli-usage-days = 请写天数、周数或月数（一个月按 30 天），如 60d、8w、3m
cli-due = { $number ->
        [0] { $days } 天之内没有应复审的章节
       *[other] { $days } 天之内应复审或已逾期的有 { $number } 章
    }
cli-format-of-diff = 只有 handbook diff 能输出 text 和 html
cli-diff-no-editions = 这本手册没有保存历次版本；在 handbook.yaml 中写 editions: git 可从仓库读取，handbook release 则存入 editions/
cli-diff-chapter = 没有名为「{ $name }」的章节
cli-diff-version = 它没有「{ $version }」这个版本；现有 { $known }
cli-diff-working = 「{ $name }」在 content/ 里没有可以在这里比较的文本
cli-diff-same = 没有变化
cli-diff-added = 新增
cli-diff-deleted = 删除
cli-diff-changed = 修改
cli-diff-moved = 移动
cli-diff-renumbered = 条号变动
cli-diff-alone = handbook diff 后面写一章和它的两个版本，或者写仓库的两个提交：REV1..REV2
cli-format-of-range = 只有 handbook diff REV1..REV2 能输出 github 格式
cli-range-format = 比较两个提交时，格式可以是 text、github 或 json
cli-range-nothing = 各章没有变化。
cli-range-touches = 受影响的地方
cli-range-cites = { $path }:{ $line }：《{ $title }》引用{ $clause }
cli-range-quotes = { $path }:{ $line }：《{ $title }》引录{ $clause }
cli-range-stale = { $path }:{ $line }：《{ $title }》中的“{ $words }”原指的条文，现为{ $now }
cli-range-moved = { $path }:{ $line }：《{ $title }》中的“{ $words }”指的文件，现为 { $now }
cli-range-stale-gone = { $path }:{ $line }：《{ $title }》中的“{ $words }”原指的条文已不存在
cli-range-read = 须重新阅读：{ $roles }
cli-range-read-all = 全体人员须重新阅读
cli-released = { $path }：{ $version } 版，SHA-256 { $digest }
cli-release-several = 有几章都叫「{ $name }」，请写文件路径
cli-digest-damaged = { $path } 没能完整读出，正文没有摘要
cli-release-version = { $path } 没有版本号，请用 --version 写上
cli-release-draft = { $path } 是草案、征求意见稿，或者没能完整读出；请先批准
cli-release-date = { $path } 没有写 { $version } 版从哪天起施行，请用 --effective 写上
cli-release-refused = { $path } 没有发布：发布之后就不能再改，请先改正上面所说的
cli-release-exists = { $path } 已经存在，发布过的版本不会被覆盖；请提高版本号
cli-release-changed = { $path } 刚刚被改动，请再试一次
cli-release-first = { $path } 的 { $version } 版在 { $date } 之前一直有效，却还没有存下来，新版会把它从网站上挤掉。请先撤销对正文的改动，运行 handbook release { $id }，再改正文并发布新版
cli-release-failed = 写不了 { $path }：{ $reason }
cli-release-front-matter = 这一章没有信息区；请在两行 --- 之间写上 title 和 version
cli-release-by-hand = 信息区的写法没法自动添加；请手工修改 version、effective 和 revisions

cli-audit-output = 请写明资料包存到哪里：-o FILE.zip
cli-audit-uncommitted = 尚未提交的改动不在资料包里
cli-audit-made = { $path }：提交 { $commit } 的 { $number } 个文件
cli-audit-made-folder = { $path }：{ $number } 个文件；没有仓库，所以没有写提交
cli-audit-same = { $path } 已经存在，内容相同
cli-audit-no-commit = 资料包没有写提交，与现在的项目核对
cli-audit-program = 资料包由 { $made } 生成，现在是 { $own }，不核对 HTML
cli-audit-differs = 不一致：{ $path }
cli-audit-title = 资料包的标题是「{ $made }」，手册的标题是「{ $own }」
cli-audit-wrong = { $path } 与仓库中的内容不一致
cli-audit-holds = { $path } 与提交 { $commit } 在 { $date } 的内容一致
cli-audit-holds-folder = { $path } 与项目在 { $date } 的内容一致
audit-not-made = 生成不了资料包：{ $reason }
audit-no-bundle = { $path } 不是 handbook audit 的资料包，或者已经损坏
audit-too-large = { $path } 超出资料包的大小限制
audit-hostile = { $path } 含有资料包不会有的条目：{ $name }
audit-in-the-way = { $path } 不是资料包，不会被覆盖
audit-exists = { $path } 是另一份资料包；请换一个名称，或用 --replace 替换
snapshot-no-commit = 仓库里没有提交「{ $commit }」
snapshot-failed = 不能把提交读入临时文件夹：{ $reason }
