### --help 的内容。help-命令 是一个命令，help-命令-名称 是它的选项或参数，
### help-program-… 是各命令通用的，help-value-… 代表要填写的值。

help-heading-usage = 用法：
help-heading-commands = 命令：
help-heading-arguments = 参数：
help-heading-options = 选项：
help-usage-options = [选项]
help-usage-command = <命令>
help-default = [默认：{ $value }]
help-possible-values = [可选：{ $values }]

help-value-dir = 文件夹
help-value-source = 原手册
help-value-tool = 工具
help-value-url = 网址
help-value-name = 名称
help-value-yyyy-mm-dd = 年-月-日
help-value-lang = 语言
help-value-editor = 编辑器
help-value-path = 路径
help-value-address-port = [地址:]端口
help-value-issuer = 登录服务
help-value-port = 端口
help-value-zone = 时区
help-value-format = 格式
help-value-color = 何时
help-value-limit = 章数
help-value-prefer = 部门或岗位
help-value-days = 天数
help-value-status = 状态
help-value-chapter = 章节
help-value-from = 修订前
help-value-to = 修订后
help-value-version = 版本
help-value-text = 文字
help-value-title = 标题
help-value-host = 地址
help-value-target = 目标
help-value-query = 词语
help-value-code = 代码
help-value-shell = 命令行
help-value-command = 命令

help-program = 把公司的制度文件做成可搜索、互相链接的手册网站
help-program-root = 手册所在的文件夹
help-program-output = 站点写入的文件夹 [默认：手册文件夹里的 site]
help-program-base-url = 站点发布后的完整地址，优先于 handbook.yaml
help-program-drafts = 草案也一并发布
help-program-audience = 只含 handbook.yaml 里这个知悉范围可以看的内容
help-program-date = 按哪一天生成站点 [默认：今天，或 SOURCE_DATE_EPOCH]
help-program-format = 检查结果的打印格式
help-program-deny-warnings = 警告也算错误
help-program-quiet = 只打印检查结果
help-program-verbose = 打印得更详细：提示、大小、沿用了什么
help-program-color = 是否用颜色
help-program-timings = 打印各步骤用时
help-program-cache = 存放代码着色、公式和图的缓存文件夹，留待以后使用；留空则不用缓存 [默认：HANDBOOK_CACHE，或用户缓存文件夹里的 handbook]
help-program-lang = 打印所用的语言：zh 或 en [默认：手册的语言]
help-program-help = 打印本说明
help-program-version = 打印版本

help-init = 在一个文件夹里新建手册
help-init-dir = 新建的文件夹，必须是空的或尚不存在

help-new = 新建一章
help-new-path = content/ 之下的文件，例如 operations/travel.md
help-new-title = 标题 [默认：取自文件名]

help-import = 把用其他工具写的手册改成本工具的项目
help-import-source = 原手册的文件夹；不会改动
help-import-dir = 项目写到这个文件夹：新的、空的，或以前导入过的
help-import-from = 原手册用的工具 [默认：看文件就知道]

help-build = 生成并写入站点
help-build-precompress = 超过 1 KB 的文本另存 .gz 和 .br，供直接发送压缩文件的服务器使用
help-build-all-audiences = 为 handbook.yaml 里每个知悉范围各生成一个站点，放在输出文件夹里以其命名的文件夹中
help-build-replace = 允许取代读者更少的站点、别的手册的站点，或在 content/ 已不存在时取代由它生成的站点
help-build-shrink = 允许一次减少半数以上的章，或减少到一章不剩

help-publish = 把站点写入文件夹或对象存储，只写有变化的部分
help-publish-target = 文件夹，或 s3://存储桶/前缀；密钥取自环境变量，如 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY [默认：handbook.yaml 的 publish.target]
help-publish-dry-run = 只列出将有哪些变化，什么都不写入
help-publish-endpoint = 兼容 S3 协议的存储服务的地址，例如 https://minio.example.com
help-publish-precompress = 文本压缩后存放；目标是文件夹时，超过 1 KB 的文本另存 .gz 和 .br
help-publish-replace = { help-build-replace }
help-publish-shrink = { help-build-shrink }

help-check = 只检查，说明哪里不对，什么都不写入
help-check-external = 联网查询指向外部的链接是否仍然有效
help-check-all-audiences = 逐一检查每个知悉范围看到的内容
help-check-due = 列出多少天之内应复审的章节，如 30d，已逾期的也在内；只要有，退出状态就是 3
help-check-fix = 改正只有一种改法的问题：链接的大小写和后缀、移动过的文件、全角冒号、日期的写法
help-check-dry-run = 以差异的形式显示 --fix 会改什么，不写入

help-serve = 在本机的一个地址上预览站点，并随每次改动更新
help-serve-host = 等待访问的地址
help-serve-port = 端口；已被占用时取下一个空闲的
help-serve-open = 打开浏览器
help-serve-follow = 浏览器跟到刚保存的那一章
help-serve-editor = 在编辑器里打开所指的位置：可写名称（code、cursor、zed、idea、vim 等），也可写命令，如 "code -g {"{"}file{"}"}:{"{"}line{"}"}"，或链接，如 vscode://file{"{"}file{"}"}:{"{"}line{"}"}
help-serve-allow-host = 预览还用哪个名称应答，例如本机在局域网里的名称；可以写多次
help-serve-poll = 每秒查看文件夹两次，用于不通知变化的文件系统（网络盘、某些容器）

help-search = 搜索手册
help-search-query = 词语；加引号还可以写：'"一字不差" -不含 标题:词'
help-search-json = 以 JSON 打印结果
help-search-prefer = 差不多的结果里，这个部门或岗位的排在前面：department=财务部、role=客服专员；可以写多次
help-search-limit = 最多列出多少章，0 表示全部

help-list = 列出受控文件（制度台账）：表格，或用 --format 输出 csv、json
help-list-status = 只列这种状态的，如 现行；可以写多次
help-list-owner = 只列由谁归口的：岗位、部门或姓名
help-list-due = 只列多少天之内应复审的，如 60d，已逾期的也在内

help-diff = 说明一章的两个版本、或两个提交（REV1..REV2）有什么不同，影响到哪里：文字，或用 --format 输出 html、github、json
help-diff-chapter = 编号、标题或文件；或两个提交：REV1..REV2
help-diff-from = 修订前的版本
help-diff-to = 修订后的版本；working 或 draft 指 content/ 里的文本

help-digest = 输出一章正文的摘要（SHA-256），批准记录写的就是它
help-digest-chapter = 编号、标题或文件
help-value-file = 文件
help-audit = 生成交给审计的资料包：制度台账、当日施行的文本、各种证据（-o FILE.zip、--date）
help-audit-verify = 核对资料包是否与它所写提交中的内容一致
help-audit-replace = 替换同名的旧资料包
help-release = 把一章现在的文本存为 editions/ 里的一个版本，并写入修订记录
help-release-chapter = 编号、标题或文件
help-release-version = 存为哪个版本 [默认：这一章的版本]
help-release-effective = 施行日期 [默认：这一章的日期]
help-release-note = 改了什么
help-release-by = 谁改的

help-explain = 说明某种检查结果是什么意思、该怎么办
help-explain-code = 检查结果的代码，例如 unknown-role [默认：列出全部]

help-host = 打印或写入网站服务器、定时任务或持续集成的配置
help-host-target = 为哪一种生成配置
help-host-write = 写入手册的文件夹，而不是打印
help-host-into = 写入哪个文件夹 [默认：手册的文件夹]
help-host-name = 站点在服务器上的名称，用于文件夹、服务和容器的命名 [默认：由标题、base_url 和知悉范围得出]
help-host-site = 站点在服务器上的文件夹 [默认：/srv/handbook/名称]
help-host-checkout = 手册源文件在服务器上的文件夹 [默认：/srv/handbook-source/名称]
help-host-domain = 服务器的名称 [默认：base_url 里的名称]
help-host-base = 站点在服务器上的路径，例如 /handbook/ [默认：base_url 里的路径，没有则为 /]
help-host-listen = 监听的端口，或地址和端口 [默认：80，有证书时 443]
help-host-certificate = 服务器上的证书文件
help-host-key = 服务器上的证书密钥文件
help-host-oidc = 只让在这个 OpenID Connect 登录服务处登录过的人进入
help-host-oidc-port = 服务器上 oauth2-proxy 应答的端口；同一台服务器上的第二个站点要另用一个
help-host-timezone = 一天从哪个时区算起，例如 Asia/Shanghai；不写值时取手册语言所在的时区 [默认：生成站点的机器的时区]
help-host-brotli = nginx 装有发送 .br 文件的模块（Debian：libnginx-mod-http-brotli-static）
help-host-branch = 发布哪个分支
help-host-source = handbook 程序的 git 地址，供需要安装它的配置使用

help-completions = 打印在命令行里补全命令的脚本
help-completions-shell = 哪一种命令行

help-help = 打印本说明，或某个命令的说明
help-help-command = 命令
