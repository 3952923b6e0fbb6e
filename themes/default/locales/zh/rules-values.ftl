### 关于文件、信息区与设置的检查项。
### 每一项有自己的消息，属性是 handbook explain 说明它时用的文字；其余消息列在它的下面。

## 文字与文件

bidi-control =
    .summary = 标题或文件名里有改变书写方向的字符
    .explanation =
        有些字符看不见，却会改变其后文字的书写方向，使一个名称看上去像另一个：以 exe 结尾的文件，看起来可能像是以 pdf 结尾。这类字符多半是从网页或办公软件里复制文字时带进来的。

        请手工重新输入这个名称，不要复制粘贴。改好之前，页面上会显示这些字符的代码，例如 [U+202E]。
    .example =
        title: 差旅[U+202E]制度

        重新输入为：

        title: 差旅制度
bidi-control-title = 标题里有改变书写方向的字符：{ $shown }
    .help = 请重新输入，去掉这些字符；它们在上面以代码显示
bidi-control-name = 名称里有改变书写方向的字符：{ $shown }
    .help = 请重新输入，去掉这些字符

encoding =
    .summary = 文件不是 UTF-8 编码
    .explanation =
        制度正文和设置都按 UTF-8 读取。以其他编码（GBK、UTF-16）保存的文件会显示成乱码，因此不予发布。

        请用编辑器打开文件，在“另存为”或“保存编码”里选择 UTF-8 后保存。
    .example =
        Windows 记事本：文件 → 另存为 → 编码选 UTF-8。

        命令行：iconv -f GB18030 -t UTF-8 旧.md > 新.md

misnamed-settings =
    .summary = 有一个文件的名称与 handbook.yaml、organization.yaml 或 synonyms.yaml 十分相近
    .explanation =
        设置只从项目根目录下的 handbook.yaml、organization.yaml 和 synonyms.yaml 读取。名称相近的文件不会被读取，里面的设置不起作用，例如各知悉范围就不会被区分开。

        请改正文件名；如果只是一份副本，请删除。
    .example =
        handbook.yml

        改名为：

        handbook.yaml

foreign-markup = 「{ $written }」是别的工具的写法，页面上按原文显示
    .summary = 正文里有别的工具的写法，按原文显示
    .explanation =
        从别的工具搬来的文稿里，常有只有那个工具才懂的写法：短代码、模板标签、引入文件的指令、组件。这里不执行它们，页面上按原文显示，一个字也不丢。每一种在一章里只提示一次。

        请改成 Markdown 的写法，或者删去。举例说明这种写法时，请放进代码里（反引号之间）。
    .example =
        {"{{<"} youtube w7Ft2ymGmfc {">}}"}

        改写为：

        请看[培训录像](https://www.youtube.com/watch?v=w7Ft2ymGmfc)
    .help = 请改用 Markdown 的写法；只是举例的，请放在反引号之间
foreign-markup-box = 「{ $written }」不是能认出的框，按普通的框显示
    .help = 请改用 tip、note、important、warning、caution 或它们的中文名称
foreign-markup-hidden = { $file } 让原来的工具不在目录里列出「{ $path }」，这里照样列出
    .help = 不想让人看到的，请在信息区写 draft: true
foreign-markup-ignored = { $file } 让原来的工具不发布「{ $path }」等章，这里按草案处理
foreign-markup-include = 「{ $written }」在原来的工具里引入另一个文件，这里不显示那个文件
    .help = 请把文字写在这里，或者改成指向那个文件的链接
foreign-markup-left-out = { $file } 的 { $key } 让原来的工具不发布「{ $path }」等章，这里按草案处理
    .help = 要发布的话，请删去那一行，或者改文件名
foreign-markup-visitors = 「{ $written }」之下的文字在原来的工具里只给部分访客看，这里谁也看不到
    .help = 人人可看的话请删掉这两个标记，否则请移到另一章，写明 audience
foreign-markup-never = 「{ $written }」的条件永远不成立，原来的工具从不显示其中的文字，这里谁也看不到
    .help = 要显示就删去条件，否则连文字一起删掉
foreign-markup-toc = { $file } 没有列出「{ $path }」等章，它们不属于这本书，这里按草案处理
    .help = 要发布的话，请写进目录
foreign-markup-logic = 「{ $written }」要由别的工具执行：标签不显示，前后的文字一律显示
    .help = 请把要给读者看的文字写在这里
foreign-markup-module = 「{ $written }」是 MDX 的代码，页面上不显示
    .help = 这个文件不再给别的工具用的话，请删去
foreign-markup-note = 「{ $written }」在别的工具里是不显示的批注，在这里读者看得到
    .help = 不想给读者看的，请删去，或者写成注释：<!-- … -->
foreign-markup-tag = 「{ $written }」是别的工具的组件：只显示里面的文字，标签不显示
    .help = 请把它的作用改用 Markdown 写出，或者删去
foreign-markup-underscore = 名字以 _ 等开头的文件，原来的工具不做成页面，例如「{ $path }」，这里按草案处理
foreign-markup-unlisted = { $file } 没有列出「{ $path }」等章，原来的工具不发布它们，这里照样发布
    .help = 不想发布的，请移走或在信息区写 draft: true；handbook import 只发布列出的章

diagram = 这张图画不出来
    .summary = 有一张图画不出来，按原文显示
    .explanation =
        名为 mermaid 的代码块会在生成站点时画成图。读不懂或太大的，页面上显示代码块原文。

        请改正所指出的一行。能画的有流程图（flowchart）、时序图、状态图、类图、实体关系图、计划（gantt）、饼图、思维导图、时间线、旅程图、分支图（gitGraph）等。
    .example =
        ```mermaid
        flowchart TD
          A[申请 --> B[审批]
        ```

        改写为：

        ```mermaid
        flowchart TD
          A[申请] --> B[审批]
        ```
    .help = 请按 Mermaid 的写法改正
diagram-empty = 这张图是空的
diagram-kind = 「{ $kind }」不是图的种类
    .help = 请以 flowchart、sequenceDiagram、stateDiagram-v2、classDiagram、erDiagram、gantt、pie、mindmap、timeline、journey 或 gitGraph 开头
diagram-line = 图的这一行读不懂
diagram-size = 这张图太大，无法画出
    .help = 请拆成几张：最多 500 行、500 个箭头、20000 字节
diagram-circle = 图中的分组「{ $name }」包含了自己
    .help = 请把指向该分组的箭头写到分组外面
diagram-failed = 这张图画不出来

formula = 「{ $formula }」不是能读懂的公式
    .summary = 有公式读不懂，按原文显示
    .explanation =
        两个美元符号之间是用 TeX 写的公式。读不懂的，页面上显示原文。

        请改正公式。表示金额的美元符号可以写作 \$。
    .example =
        $\frc{"{"}a{"}"}{"{"}b{"}"}$

        改写为：

        $\frac{"{"}a{"}"}{"{"}b{"}"}$
    .help = 请改正公式；如果是金额，请写 \$

raw-html = 可能运行脚本或改变页面样式的 HTML 已被去掉
    .summary = 可能运行脚本的 HTML 已被去掉
    .explanation =
        Markdown 正文里可以写 HTML。其中可能运行脚本、改变页面样式或向外发送数据的部分不会出现在页面上，无害的部分保留，正文其余内容照常发布。

        请改用 Markdown 书写。如果所有作者都可信任，可以在 handbook.yaml 里写 markdown: {"{"}raw_html: trust{"}"}，HTML 便原样保留。
    .example =
        <a href="rules.html" onclick="track()">制度</a>

        改写为：

        {"["}制度](rules.md)
    .help = 请改用 Markdown 书写，或在 handbook.yaml 里写 markdown: {"{"}raw_html: trust{"}"}
    .label = 本章另有 { $count } 处

raw-html-script = 会运行脚本的 HTML 已被去掉
raw-html-style = HTML 里的样式已被去掉：页面的样子由主题决定
    .help = 请用 Markdown 或主题的 class，或在 handbook.yaml 里写 markdown: {"{"}raw_html: trust{"}"}
raw-html-inside = 页面上不能有的元素已连同其中的内容去掉
    .help = 请改用 Markdown 书写；图形请存成文件，当作图片插入
raw-html-attribute = HTML 里页面上不能有的属性已被去掉
raw-html-instruction = HTML 里的声明、处理指令或 CDATA 段已略去
    .help = 要显示「<」，请写 &lt;
raw-html-comment = 这条注释没有结尾，它后面的内容都没有显示
    .help = 请在注释结束处写 -->
raw-html-frame = HTML 里的嵌入框已被去掉；读者能打开的，在原处留下链接
    .help = 请写成链接或图片，或在 handbook.yaml 里写 markdown: {"{"}raw_html: trust{"}"}

reserved-id = 以 Hb- 开头的锚点留给页面自身使用
    .summary = 锚点与页面自身使用的相同，已被去掉
    .explanation =
        页面的菜单、搜索框等部分使用以 Hb- 开头的锚点。标题、术语或 HTML 如果也用这样的锚点，会互相干扰，因此被去掉，指向它的链接也就失效。

        请换一个不以此开头的锚点。
    .example =
        ## 审批 {"{"}#Hb-approval{"}"}

        改写为：

        ## 审批 {"{"}#approval{"}"}
    .label = 已去掉
    .help = 请换一个不以 Hb- 开头的锚点

unreadable =
    .summary = 有文件没有读取：链接指到项目之外、是设备、或没有权限
    .explanation =
        程序只读取项目文件夹里的普通文件。指到项目之外的链接、设备，以及没有读取权限的文件都不读取，站点里也就没有它们的内容。

        请把文件复制到项目里，或申请读取权限。
    .example =
        content/制度.md -> /home/li/制度.md

        用文件本身代替链接：cp /home/li/制度.md content/制度.md

unreadable-settings =
    .summary = handbook.yaml、organization.yaml、synonyms.yaml 或主题的文件存在，但没有读到
    .explanation =
        文件在那里，但系统不允许读取。读不到它，就无从知道有哪些知悉范围、谁可以看什么，因此什么都不发布。

        请申请读取权限，或重新复制一份。
    .example =
        ls -l handbook.yaml 显示：-rw------- 1 root root

        允许他人读取：sudo chmod a+r handbook.yaml

synonyms =
    .summary = synonyms.yaml 里有一组词不能使用
    .explanation =
        synonyms.yaml 给搜索用，写的是意思相同的词：每组是一个列表，至少两个词。空的一组、只有一个词的一组不起作用；同一组里写了两遍的词、写了两遍的组是多余的。这样的词和组不会使用。

        意思相同的词请写在同一个列表里，每个词写一遍。
    .example =
        - [报账]
        - [报销, 报账, 报销]

        改写为：

        - [报销, 报账]
    .help = 每组请写成至少两个词的列表：- [报账, 报销]
synonyms-not-groups = 这里不是一组一组的词
synonyms-not-list = 这一组不是词的列表
synonyms-not-word = 这里不是一个词
synonyms-no-word = 这里没有字母、汉字和数字
synonyms-empty = 这一组没有词
synonyms-one = 这一组只有一个词：{ $word }
synonyms-twice = 「{ $word }」在这一组里已经有了，写作「{ $other }」
synonyms-again = 同样的一组词上面已经有了：{ $words }

theme =
    .summary = 主题的模板、资源或文字有误
    .explanation =
        项目自带主题中的某个文件不能使用：模板写法有误，或生成页面时出错；样式表引入了自己；文字文件不是 YAML。只要可能，就改用内置主题的同名文件，好让其余问题也能查出来。

        消息中「」里的英文是模板引擎 Tera 的原话，供编写模板的人查阅，手册见 https://keats.github.io/tera/。
    .example =
        {"{%"} if page.title {"%}"} … {"{%"} endfi {"%}"}

        改写为：

        {"{%"} if page.title {"%}"} … {"{%"} endif {"%}"}
theme-template = 模板「{ $name }」有误，模板引擎的原话是「{ $reason }」
    .help = 已改用内置的模板
theme-template-encoding = 这个模板不是 UTF-8 编码
theme-locale = 这个文字文件应当是一行一个「键: 文字」
theme-locale-encoding = 这个文字文件不是 UTF-8 编码
theme-word = 键「{ $key }」的值不是文字
theme-import = 「{ $name }」引入了它自己
theme-import-depth = 「{ $name }」的引入层次过深
theme-import-circle = 「{ $name }」被循环引入
theme-script = 脚本「{ $name }」：{ $reason }
theme-script-lost = 没有可以引入的脚本「{ $name }」
theme-script-form = 这种写法的引入或导出不能打包
theme-script-outside = 「{ $path }」不是主题的脚本
theme-script-export = 「{ $name }」没有导出「{ $missing }」

joined-values = 「{ $written }」写了 { $number } 个主题，却是一项
    .summary = 一个主题里写了几个主题，中间是顿号或中文逗号
    .explanation =
        列表的各项用英文逗号分开。顿号和中文逗号只是文字，中间有这些符号的几个主题会被当作一个：主题页和筛选里出现的是「甲、乙」，而不是「甲」和「乙」。

        请用英文逗号分开。如果它确实是一个主题，请换一个不带这些符号的名称，或在 handbook.yaml 的 checks: 里关闭这一项。
    .example =
        topics: [采购、合同]

        改写为：

        topics: [采购, 合同]

limit =
    .summary = 有内容超出了规定的上限
    .explanation =
        有些内容过大或嵌套过深，没有页面显示得下，或者会拖慢每一个页面：上千字的标题、几百兆的文件、一层套一层没有尽头的部门。各项上限都远高于一部手册的需要，超出多半是失误，例如把正文贴进了标题。

        消息里写明了是哪一项上限。请缩短或拆分内容。
    .example =
        title: （整段正文）

        拆分为：

        title: 差旅制度
        summary: 谁可以出差，费用怎样报销。
limit-aliases = 反复引用使这段内容超过 { $megabytes } MB
    .help = 请直接写出各个值，或删去
limit-nested = 嵌套超过 { $levels } 层
    .help = 没有哪项设置需要这么多层
limit-characters = 键 { $key } 的值超过 { $most } 个字
    .help = 请缩短；长的内容应写在正文里
limit-entries = 键 { $key } 列出的超过 { $most } 项
    .help = 多出的部分已略去
limit-levels = 「{ $name }」位于第 { $most } 层以下
    .help = 它的 { $key } 已略去；请让它直接隶属于更高的一级
limit-title = 标题超过 { $most } 个字
    .help = 请缩短；要说明的内容可以写在 summary 里
limit-html = 本章的 HTML 嵌套过深，或有太多标签没有结束
    .label = 从这里开始
    .help = 这部分按文字显示；请补上结束标签，或改用 Markdown 书写

## YAML 的写法

front-matter =
    .summary = 信息区写法有误，或不在应在的位置
    .explanation =
        信息区是文件最开头两行 --- 之间的内容，写明标题、状态、部门等，一行一个「键: 值」。这里的信息区读不出来，或者上面还有别的内容，或者缺了一行 ---，或者那一行不是三个英文减号。

        读得出来的部分照常使用。但信息区里可能写有知悉范围，所以在改正之前，任何知悉范围都看不到这一章。
    .example =
        title：差旅制度

        请用英文冒号加一个空格，写在两行 --- 之间：

        ---
        title: 差旅制度
        status: 现行
        ---
front-matter-begins = 从这里开始
front-matter-heading = 这一行在信息区里是注释，不会显示
    .help = 如果它是标题，请在上面加一行 ---，让信息区到那里为止
front-matter-above = 文件应当以信息区的 --- 开头，这里上面却有{ $what }
    .help = 请把它移到信息区下面
front-matter-above-blank = 空行或空格
    .help = 请删去第一行 --- 之前的空白
front-matter-above-comment = 注释
front-matter-above-conflict = 合并时留下的标记
front-matter-above-heading = 标题
front-matter-above-html = HTML
front-matter-above-signs = 分隔线或其他符号
front-matter-above-text = 一行文字
front-matter-above-unseen = 看不见的字符
    .help = 请删去第一行 --- 之前的一切，包括看不见的字符
front-matter-opening = 信息区的第一行不是 ---
    .help = 请写三个英文减号：---
front-matter-closing = 信息区的最后一行不是 ---
    .help = 请写三个英文减号：---
front-matter-no-opening = 信息区缺少第一行
    .help = 请在它上面加一行 ---
front-matter-no-end = 信息区没有结尾
    .help = 请在最后一行「键: 值」之后加一行 ---
front-matter-no-fences = 信息区的前后没有 ---
    .help = 请在这几行的上面和下面各加一行 ---
front-matter-toml = 这里的信息区是 TOML 格式，而程序读取的是 YAML
    .help = 请把 +++ 换成 ---，把「键 = 值」换成「键: 值」
front-matter-fenced = 信息区写在了代码块里
    .help = 请去掉带反引号的行，在上面和下面各写一行 ---
front-matter-conflict = 信息区里有合并时留下的标记
    .help = 请只保留其中一个版本，删去 <<<<<<<、======= 和 >>>>>>> 这几行
front-matter-line-ends = 信息区的换行用了有些程序不认的字符
    .help = 请用通常的换行（LF 或 CRLF）重新保存文件
front-matter-merge-key = 带有合并键 << 的信息区不予读取
    .help = 请直接写出各个键和值
front-matter-key-form = 键「{ $key }」里有全角字母，或看不见的字符
    .help = 请切换到英文输入法重新输入
front-matter-elsewhere = 这里像是在写知悉范围，但写在这里不起作用
    .help = 请写在文件开头 --- 之间的信息区里：audience: …；如果是别的意思，请换一种说法

yaml =
    .summary = handbook.yaml、organization.yaml 或 synonyms.yaml 写法有误
    .explanation =
        设置文件的写法（YAML）是：一行一个「键: 值」，英文冒号后面有一个空格；属于某个键的内容用空格缩进；列表的每一项以「- 」开头。这里有一处不合这些规则，整个文件读不出来，因此不予发布。

        常见的原因：用了全角冒号；用了制表符缩进；引号没有配对；值里有冒号加空格而没有加引号。
    .example =
        departments:
          - id: finance
           name：财务部

        改写为：

        departments:
          - id: finance
            name: 财务部
yaml-not-keys = 这里不是一行一个「键: 值」
    .help = 请一行写一个「键: 值」，例如 title: 采购制度
yaml-wide-colon = 写法有误：键后面用了全角冒号「：」
    .help = 请改用英文冒号，后面加一个空格，例如 title: 采购制度
yaml-tight-colon = 写法有误：键的冒号后面缺一个空格
    .help = 请在冒号和值之间加一个空格，例如 title: 采购制度
yaml-repeated = 写法有误：键「{ $key }」写了两次
    .help = 请只保留一个
yaml-repeated-other = 第一次写在这里
yaml-opened = 从这里开始
yaml-invalid = 写法有误：{ $problem }
yaml-problem-list = 方括号里缺少英文逗号，或没有写结尾的 ]
yaml-problem-map = 花括号里缺少英文逗号，或没有写结尾的 {"}"}
yaml-problem-key = 这里应当是一个键，并与上面的键左边对齐
yaml-problem-behind = 值已经结束，后面还有多余的内容
yaml-problem-value-here = 这里不能再有「键: 值」
yaml-problem-key-here = 这里不能是一个键
yaml-problem-item-here = 列表不能写在键的同一行
yaml-problem-dash = 列表的这一行没有以「- 」开头
yaml-problem-no-value = 缺少一个值
yaml-problem-colon = 这一行缺少英文冒号
yaml-problem-stray-colon = 这里多了一个冒号
yaml-problem-control = 有看不见的控制字符
yaml-problem-start = 值不能以这个符号开头
yaml-problem-alias = 以 * 开头的值指的是前面用 & 命名的内容，但没有这个名称
yaml-problem-anchor = 以 * 或 & 开头的值后面要有名称
yaml-problem-documents = 内容已经结束，后面又开始了另一份
yaml-problem-tab = 应当是空格的地方用了制表符
yaml-problem-quote = 引号没有配对
yaml-problem-escape = 在双引号里反斜杠 \ 有特别含义，不能写在这个字符前面
yaml-problem-block = 在 | 或 > 后面不能再写内容
yaml-problem-tag = 以 ! 开头的值表示类型，而没有这个类型
yaml-problem-directive = 这里不能用以 % 开头的行
yaml-problem-long = 内容过长
yaml-problem-empty = 内容没有写完，缺少值
yaml-problem-typed = 值与前面写明的类型不符
yaml-problem-other = 从这里起读不下去
yaml-tab =
    .help = 请用空格缩进，不要用制表符
yaml-quote-colon =
    .help = 值里有冒号加空格时，请把整个值写在引号里
yaml-quote-whole =
    .help = 请把整个值写在引号里，其中的引号换用另一种
yaml-quote-sign =
    .help = 请把以这个符号开头的值写在引号里
yaml-quote-end =
    .help = 请在值的末尾写上同样的引号
yaml-close =
    .help = 请用英文逗号分开各项，并写上结尾的括号

comment-in-value = 从 # 起是注释，不属于这个值
    .summary = 值被 # 截断，而 # 可能是值的一部分
    .explanation =
        在 YAML 里，空格后面的 # 表示注释：title: 规则 #1 读出来的标题只有「规则」。# 后面没有空格时，它多半是值的一部分。

        请把整个值写在引号里。如果确实是注释，请在 # 后面加一个空格。
    .example =
        title: 规则 #1 适用于全体员工

        改写为：

        title: "规则 #1 适用于全体员工"
    .help = 请把整个值写在引号里：{ $quoted }；如果是注释，请在 # 后面加一个空格

## 键与值

unused-file = 没有哪一章显示或链接「{ $path }」
    .summary = 没有哪一章用到的文件
    .explanation =
        content/ 里的文件都会发布，只有草案用到的除外。这个文件没有哪一章链接或显示，读者找不到它。它可能是旧文留下的，也可能是误放的，那就不应当出现在网站上。

        请在章里链接它，或把它移出 content/。这样的文件很多时，合成一条提示。
    .example =
        content/附件/旧价目表.xlsx
    .help = 请在章里链接它，或把它移出内容文件夹
unused-file-rename =
    .help = 它如果是一章，请把文件改名为 { $name }；在 Windows 里要先打开「显示文件扩展名」
unused-file-many = 有 { $number } 个文件没有哪一章显示或链接，例如 { $path }

unknown-key = 键「{ $name }」没有用处
    .summary = 有一个键没有用处
    .explanation =
        信息区和设置里的每个键都有固定的名称。这个键不在其中，它的值不起作用。多半是拼写有误，或是别的程序使用的键。

        请改正。只供自己主题的模板使用的内容，请写在 extra: 下面，或让键以 x- 开头。
    .example =
        titel: 差旅制度

        改写为：

        title: 差旅制度
    .help = 请删去；需要保留时写在 extra: 下面，或让键以 x- 开头
unknown-key-order = 其他软件的键「{ $name }」按「{ $key }」读取
    .help = 写作 { $key }
unknown-key-meant =
    .help = 请写作 { $key }
unknown-key-again =
    .help = 就是 { $key }，而 { $key } 已经写了；两行只留一行

foreign-value =
    .summary = 状态或文种用了别处的词，或用了别的程序的键
    .explanation =
        别的程序、别的单位在 status 和 kind 下有自己的词。这些词照原样显示给读者。

        表示「还没有」的词，例如 wip、pending、草稿、待审，按草案处理，这一章不发布。表示「不再有效」的词，例如 deprecated、作废、停用，按废止处理。其他的词什么也不决定：这一章照常显示，但不算现行。

        别的程序用来表示草稿的键也同样有效：draft: true、published: false、unlisted: true、publish: false。写的既不是「是」也不是「否」时，同样不发布，因为笔误不应当让草稿公开。

        请改写成程序认识的词；自己的文种可以在 handbook.yaml 的 kinds: 下登记。
    .example =
        status: 有效
        kind: 预案

        改写为：

        status: 现行
        kind: 流程
foreign-value-status = 「{ $word }」不是程序认识的状态，照原样显示，这一章不算现行
    .help = 请写以下之一：{ $all }
foreign-value-not-yet = 「{ $word }」表示还没有发布，这一章按草案处理
    .help = 请写 status: 草案，或写明实际的状态
foreign-value-no-more = 「{ $word }」表示不再有效，这一章按废止处理
    .help = 请写 status: 废止，或写明实际的状态
foreign-value-kind = 「{ $word }」不是程序认识的文种，照原样显示
    .help = 请写以下之一：{ $all }，或在 handbook.yaml 的 kinds: 下登记
foreign-value-template = 主题里没有模板「{ $word }」，这一章用通常的页面
    .help = 把模板放进主题的 templates/，或删去这一行
foreign-value-more = 另有 { $number } 章的 { $key } 写的是「{ $word }」
foreign-value-bundle = Hugo 把这个文件当作旁边 index.md 那一页的附件，所以这一章按草案处理
    .help = 如果它自己是一页，请把旁边的文件改名为 _index.md
foreign-value-held = 键 { $key } 表示还没有发布，这一章按草案处理
    .help = 写 status: 草案 也是一样
foreign-value-day = 键 { $key }：这一章自 { $day } 起发布，在此之前不发布
    .help = 规定从哪天起施行，请写 effective
foreign-value-unclear = 键 { $key } 写的既不是「是」也不是「否」，这一章按草案处理
    .help = 请写 true 或 false，或删去这一行

invalid-date = 「{ $written }」不是日期
    .summary = 日期不存在，或没有写成 年-月-日
    .explanation =
        日期写作年、月、日，中间用英文减号，例如 2025-01-31。是否现行、是否逾期未复审、是否废止，都由日期算出，所以日期读不出来时不予发布。

        消息里写明了应当怎样写，或那个月有多少天。
    .example =
        effective: 2024年2月30日

        改写为：

        effective: 2024-02-29
invalid-date-form = 请写成 年-月-日，例如 2025-01-31
invalid-date-write = 请写作 { $date }
invalid-date-month = 没有 { $month } 月；请写成 年-月-日，例如 2025-01-31
invalid-date-days = { $month } 只有 { $days } 天

invalid-value =
    .summary = 值的类型不对，或不在可用的值之中
    .explanation =
        每个键的值都有规定的类型：一行文字、一个列表、一个数字、true 或 false，或者像状态那样从固定的几个里选一个。这里写的不是，因此没有采用。

        消息里写明了应当写什么；固定的几个值会全部列出。
    .example =
        toc: 有时

        改写为：

        toc: false
invalid-value-not-text = 键 { $key } 的值应当是一行文字
invalid-value-not-boolean = 键 { $key } 的值应当是 true 或 false
invalid-value-not-number = 键 { $key } 的值应当是整数
invalid-value-not-keys = 键 { $key } 下面应当一行写一个「键: 值」
invalid-value-not-list = 键 { $key } 下面应当是列表，每一项以「- 」开头
invalid-value-not-groups = 键 { $key } 的每一项都应当由「键: 值」组成
invalid-value-example =
    .help = 写成这样：{ $example }
invalid-value-choice = 「{ $written }」不是 { $key } 可用的值
    .help = 请写以下之一：{ $all }
invalid-value-choice-near =
    .help = 是不是「{ $near }」？可用的值有{ $all }
invalid-value-id = 「{ $id }」不能用作编号
    .help = 请只用字母、数字和 -、_、.，例如 OPS-001；编号会成为网址的一部分
invalid-value-required-reading = 键 required_reading 没有写明哪些岗位必读
    .help = 请写 全员、岗位的列表，或 {"{"}roles: [客服], within: 14d{"}"}
invalid-value-days = 「{ $written }」不是期限
    .help = 请写成 14d 或 14天 这样
invalid-value-account = 「{ $written }」不是账号
    .help = 请写 "@名称"、"@公司/小组" 或电子邮件地址
invalid-value-approval = 这次批准没有写明由谁批准
    .help = 请写 {"{"}by: …, date: 2026-05-20, version: "1.1", record: …, digest: …{"}"}
invalid-value-digest = 这不是摘要
    .help = 请写 handbook digest 输出的 64 位字符
invalid-value-review-date = 这次复审没有写 date
    .help = 请写 {"{"}date: 2026-05-20, by: …, outcome: 继续有效{"}"}
invalid-value-review-outcome = 这次复审没有写结论 outcome
    .help = 内容不变写 继续有效（unchanged），否则写 需要修订（revise）或 应当废止（retire）
invalid-value-review-next = 下次复审 { $next } 不在这次复审 { $date } 之后
invalid-value-term = 键 terms 的这一项没有写 term
    .help = 请写 term: 服务级别协议、aliases: [SLA] 和 definition: …
invalid-value-audience = 键 audience 没有写明知悉范围
    .help = 请写 handbook.yaml 里的一个知悉范围，或删去这一行
invalid-value-unnamed = 这一项要有 id 和 name
invalid-value-external-reference = 外部文件要有 title
invalid-value-theme = 键 theme 的值应当是 themes/ 下面一个文件夹的名称
invalid-value-endpoint = 「{ $written }」不是对象存储的地址
    .help = 请连同协议一起写，例如 https://minio.example.com
invalid-value-address = 「{ $written }」不是网站地址
    .help = 请连同协议一起写，例如 https://intranet.example.com/handbook/
invalid-value-credentials = 键 { $key } 里有用户名或密码
invalid-value-credentials-environment =
    .help = 请去掉，改用环境变量：AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY
invalid-value-credentials-page =
    .help = 请去掉：这个地址会出现在每一页上
invalid-value-check = 没有名为「{ $code }」的检查项
invalid-value-check-folder = content/ 里没有「{ $folder }」这个文件夹
    .help = 请写从 content/ 起的路径，例如 archive/2019/
invalid-value-fixed = 检查项「{ $code }」始终是错误，不能改动
    .help = 它防止站点公开过多或过少的内容
invalid-value-audience-key = 「{ $id }」不能用作知悉范围的键
    .help = 请只用字母、数字和 -、_、.；这个键会成为文件夹的名称

date-order = { $late }（{ $second }）早于 { $early }（{ $first }）
    .summary = 两个日期先后颠倒
    .explanation =
        一章从 effective 起施行，应在 review_by 之前复审，到 retired 废止。这里后面的一步早于前面的一步，两个日期里必有一个写错。

        请对照签发的文件，改正写错的那个。
    .example =
        effective: 2025-05-01
        review_by: 2024-05-01

        改写为：

        effective: 2025-05-01
        review_by: 2026-05-01
    .help = 请核对这两个日期，改正写错的那个；施行日期往后改了的，复审日期也要往后改
date-order-other = { $key } 写在这里

future-revision =
    .summary = 修订记录的日期在生成站点的日期之后
    .explanation =
        修订记录写的是已经做过的修改。日期尚未到来，要么是年份写错，要么是还没有施行的修改提前写进了正文。

        请改正日期，或等到那一天再发布。
    .example =
        revisions:
          - {"{"}version: "1.1", date: 2052-03-01, note: 调整限额{"}"}

        改写为：

        revisions:
          - {"{"}version: "1.1", date: 2025-03-01, note: 调整限额{"}"}

overdue =
    .summary = 已过复审日期
    .explanation =
        review_by 写明这一章应在哪天之前复审。那一天已经过去，没有人能确定内容是否仍然适用，页面上也会这样提示读者。

        请归口部门复审；即使内容不变，也请记入 reviews。结论为 unchanged（继续有效）的复审会顺延日期，不需要新的版本。
    .example =
        review_by: 2024-12-31

        复审之后写上：

        review_by: 2024-12-31
        reviews:
          - {"{"}date: 2025-01-10, by: 人事经理, outcome: unchanged{"}"}

review-due =
    .summary = 在 check --due 所写的天数之内应当复审
    .explanation =
        handbook check --due 30d 列出三十天之内应复审的章节，已经逾期的也在内；只要有，退出状态就是 3。可以让定时任务每周运行一次，提醒归口部门。

        请归口部门复审，并记入 reviews。
    .example =
        review_by: 2026-12-20

        复审之后写上：

        review_by: 2026-12-20
        reviews:
          - {"{"}date: 2026-12-10, by: 人事经理, outcome: unchanged{"}"}

## 名称

unknown-audience = 没有名为「{ $name }」的知悉范围
    .summary = 没有这个知悉范围
    .explanation =
        audience 写明谁可以看这一章。知悉范围在 handbook.yaml 的 audiences: 下面声明，各有一个键和一个名称。这里写的不在其中，因此谁也看不到这一章。

        请改正名称，或声明这个知悉范围。
    .example =
        audience: 管理成

        改写为：

        audience: 管理层
    .label = 不在 handbook.yaml 的 audiences: 下面
    .help = 请在 handbook.yaml 的 audiences: 下面声明
unknown-audience-key = 「{ $key }」不能用来写明知悉范围
    .help = 请写作 audience

unknown-department = 没有名为「{ $name }」的部门
    .summary = 没有这个部门
    .explanation =
        部门列在 organization.yaml 里，各有 id、名称，也可以有别名。这里写的不在其中，这一章就不会出现在部门的页面上。

        请改正名称，或补上这个部门。多个名称写成列表，用英文逗号分开。
    .example =
        departments: [采购部、财务部]

        改写为：

        departments: [采购部, 财务部]
    .label = 不在 organization.yaml 里

unknown-role = 没有名为「{ $name }」的岗位
    .summary = 没有这个岗位
    .explanation =
        岗位列在 organization.yaml 里，各有 id、名称，也可以有别名。这里写的不在其中，任职的人就不会在自己的岗位下找到这一章。

        请改正名称，或补上这个岗位。多个名称写成列表，用英文逗号分开。
    .example =
        roles: [运营经里]

        改写为：

        roles: [运营经理]
    .label = 不在 organization.yaml 里

listed-names =
    .help = 多个名称请用英文逗号分开，例如 [{ $names }]

duplicate-id =
    .summary = 两章、两个部门或两个岗位用了同一个编号
    .explanation =
        一个编号只属于一章、一个部门、一个岗位或一个知悉范围，因为网址和引用都由它而来。大小写不作区分，名称和别名也与编号一样看待。这里第二次用了同一个。

        请给其中一个换一个编号，或删去重复的一项。已经被人引用的编号应当保持不变。
    .example =
        差旅制度.md：id: FIN-001
        报销制度.md：id: FIN-001

        改为：

        差旅制度.md：id: FIN-001
        报销制度.md：id: FIN-002
duplicate-id-organization = 「{ $name }」已被另一项使用
duplicate-id-audience = 「{ $name }」已被另一个知悉范围使用
duplicate-id-other = 另一个在这里

cycle =
    .summary = 部门、岗位或章互相指向，成了一圈
    .explanation =
        部门隶属于上级部门，岗位向上级汇报，知悉范围包含另一个知悉范围，一章取代另一章。这里一步一步追上去又回到了起点，没有最上面的一级。为了显示其余内容，其中一处已略去。

        请找出写错的一处，删去或改正。
    .example =
        - {"{"}id: sales, parent: online{"}"}
        - {"{"}id: online, parent: sales{"}"}

        改为：

        - {"{"}id: sales{"}"}
        - {"{"}id: online, parent: sales{"}"}
cycle-organization = 从「{ $name }」起沿 { $key } 追上去，又回到了它自己
    .help = 请去掉这一圈中的一处
cycle-audience = 知悉范围「{ $id }」经由其他知悉范围包含了它自己
    .help = 请在 includes 下面去掉这一圈中的一处

## 术语

empty-definition = 「{ $term }」没有释义
    .summary = 术语表里有术语没有释义
    .explanation =
        正文里用到术语时，旁边会显示它的释义。这个术语没有释义，也就没有可显示的内容。

        请在它的标题下面，或在 definition: 后面写上释义；不需要释义的术语请删去。
    .example =
        ## 服务水平

        改为：

        ## 服务水平

        20 秒内接通的来电所占的比例。
    .help = 请写明它的意思

short-term = 「{ $term }」太短，正文里不作标记
    .summary = 术语只有一个字，正文里不作标记
    .explanation =
        术语在正文里用到的地方都会标记出来。只有一个字的术语几乎句句都有，而且多半是别的词的一部分，所以只列在术语表里，不作标记。

        请写全称，或加一个较长的别名。
    .example =
        ## 率

        改写为：

        ## 合格率
    .help = 请写得长一些；一个字在句句话里都会出现

confidential-for-all = 本章标为{ $mark }，却人人都能看到
    .help = 请在 audience 里写明谁可以看到；confidentiality（密级）本身不限制任何人
    .summary = 标为秘密或机密的章节人人都能看到
    .explanation =
        confidentiality（密级）只是页面上的标记，写明本章能传到多远，本身不限制任何人；
        谁能看到本章，由 audience（知悉范围）决定。标了秘密或机密却没有写知悉范围的章节，
        每个站点、每次搜索里都有。

        请在 audience 里写明谁可以看到。如果能打开站点的人本来就都可以看，请在 handbook.yaml 的
        checks: 下写 confidential-for-all: off。
    .example =
        有问题：
            title: 薪酬等级
            confidentiality: 机密
        改为：
            title: 薪酬等级
            confidentiality: 机密
            audience: 管理人员
confidential-for-all-undeclared =
    .help = 请在 handbook.yaml 的 audiences: 下登记知悉范围，再在 audience 里写明；如果能打开站点的人都可以看，请在 checks: 下写 confidential-for-all: off
confidentiality-confidential = 秘密
confidentiality-secret = 机密
