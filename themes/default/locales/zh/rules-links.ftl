### 各章引用了什么、被什么引用的规则。
### 每条规则有一句话，并以属性给出 handbook explain 所说的内容；同一规则的其他说法列在它的下面。

alias-conflict = 「{ $alias }」已经是 { $path } 的标题或别名
    .help = 请从其中一章去掉
    .summary = 两章有同一个标题或别名
    .explanation =
        一章可以用标题找到，也可以用 aliases 里的别名找到：链接、《》里的名称和搜索都靠它们。两章同名时，
        这些都只会到达现行的那一章（都现行则到达前一章），想看另一章的人看到的是别的内容。

        请从其中一章去掉这个名称，或者把它写得更完整，例如加上部门或年份。
    .example =
        查到（另有一章就叫 报销制度）：
            title: 差旅报销制度
            aliases: [报销制度]
        改为：
            title: 差旅报销制度
            aliases: [差旅报销]
alias-conflict-other = 这一章的标题或别名是「{ $alias }」
alias-conflict-title = 本章的标题「{ $title }」与 { $path } 相同
    .help = 请把其中一个标题写得更完整；如果一章取代另一章，请在 supersedes 下写明

broken-anchor = 「{ $link }」：{ $file } 里没有「#{ $anchor }」这个标题或条款
    .help = 请指向已有的标题或条款，或者去掉 # 及其后的内容
    .summary = 链接所指的锚点在那一章里没有
    .explanation =
        链接里 # 后面写的是章内的位置：一个标题或一条。那一章是有的，但没有这个位置，多半是标题后来改过。
        读者点开后停在章首，还得自己找。

        请写现在的标题，或者像引用条款那样写（#第15条），或者去掉 # 及其后的内容。
    .example =
        查到：
            见[报销标准](差旅.md#报消标准)。
        改为：
            见[报销标准](差旅.md#报销标准)。

broken-image = content/ 下没有图片「{ $file }」
    .help = 请把图片放到那里，或改正名称
    .summary = 图片文件不存在
    .explanation =
        页面上该有图的地方会是一个空框。文件的名称或后缀可能写错了，也可能放在别的文件夹，或者根本没有放进
        content/。

        请把文件放到 content/ 下，并从本章所在的文件夹写起路径，或以 / 开头从 content/ 写起。
    .example =
        查到：
            ![流程图](图/流呈.png)
        改为：
            ![流程图](图/流程.png)

refused-address = 以 { $scheme }: 开头的地址不会出现在页面上
    .help = 请链接到网页或文件；图片请存成文件，放到 content/ 下
    .summary = 地址可能运行脚本，或只在某一台电脑上有效，已略去
    .explanation =
        javascript:、vbscript:、data: 可能在页面上运行脚本，因此页面上没有这样的链接和图片，链接的文字仍然保留。
        「C:\…」和 file: 是作者自己电脑上的位置，别人打不开，浏览器也不让网页打开。

        请把要链接的内容放到 content/ 下，再链接到那个文件。
    .example =
        查到：
            ![流程图](data:image/png;base64,iVBORw0KGgo...)
        改为：
            ![流程图](图/流程.png)
refused-address-disk = 「{ $path }」只在一台电脑上有，读者打不开
    .help = 请把文件放到 content/ 下，再链接到它

heading-space = 标题的 # 号后面没有空格，会照原样显示
    .summary = 像标题的一行，# 号后面没有空格
    .explanation =
        # 号和文字之间要有一个空格，才是标题。没有空格时，读者看到的是 # 号和文字，
        目录里也没有这一节。

        handbook check --fix 会补上空格。只有一个 # 号的一行可能是话题标签，不报告。
    .example =
        查到：
            ##申请流程
        改为：
            ## 申请流程
heading-space-wide = 标题的 # 号是全角的，会照原样显示
heading-space-write =
    .help = 请写作：{ $right }

full-width-link = 链接要用半角括号
    .help = 请写 { $right }
    .summary = 链接用了全角括号，因此不成链接
    .explanation =
        链接的写法是 [文字](地址)。用中文输入法打出的全角括号只会照原样显示，读者点不开。
    .example =
        查到：
            ［差旅］（travel.md）
        改为：
        {"    ["}差旅](travel.md)

broken-link = content/ 下没有文件「{ $file }」
    .help = 请新建这个文件，或改链到别处
    .summary = 链接所指的文件不存在
    .explanation =
        链接指向的章或文件不存在，读者点了会看到出错页。多半是文件改了名、移了位置，或者名称写错了。

        请从本章所在的文件夹写起路径，或以 / 开头从 content/ 写起。也可以写标题或编号：[[标题]]；文件移动
        之后它仍然有效。
    .example =
        查到：
            见[差旅](../财务/差旅制渡.md)。
        改为：
            见[差旅](../财务/差旅制度.md)，或者：见 [[差旅制度]]。
broken-link-backslash =
    .help = 文件夹之间用 / 隔开，不用 \：写作「{ $right }」
broken-link-share =
    .help = 以 \\ 开头的共享文件夹，读者从网页上打不开；请把文件放到 content/ 下再链接
broken-link-colon =
    .help = 网址里的冒号要用半角，写作「{ $right }」
broken-link-mail =
    .help = 这是电子邮箱，写作「{ $right }」
broken-link-host =
    .help = 这是网址，写作「{ $right }」
broken-link-title =
    .help = 圆括号里写文件的路径「{ $right }」；要用标题，写作 {"[["}{ $name }{"]]"}
broken-link-name = 没有哪一章的标题、别名或编号是「{ $name }」
    .help = 请写完整的标题或编号
broken-link-form =
    .help = 写作 [文字](地址)
broken-link-nowhere = 这个链接没有写地址
broken-link-outside = 「{ $link }」指到了 content 文件夹之外
    .help = 请链接到 content/ 下的文件，或把文件复制进来
broken-link-wordless = 指向「{ $link }」的链接没有文字，读者看不见

case-mismatch = 「{ $link }」与文件名的写法不同
    .help = 文件名是「{ $right }」；多数服务器区分大小写
    .summary = 链接与文件名的大小写或 Unicode 形式不同
    .explanation =
        链接和文件名的大小写不同，或者带符号的字母存法不同。Windows 和 macOS 照样能打开，所以不容易发现；
        多数网站服务器打不开，读者会看到出错页。

        请照文件名原样写。
    .example =
        查到（文件名是 travel.md）：
            见[差旅](Travel.md)。
        改为：
            见[差旅](travel.md)。
case-mismatch-anchor = 锚点「#{ $anchor }」的写法不同
    .help = 请写「#{ $right }」

clause-order =
    .summary = 条款或章节的编号重复、跳号或倒退
    .explanation =
        条款和章节靠编号引用。两条同号，就无法引用；中间缺号，读者不知道是漏了一条，还是本来没有。多半是
        增删、复制条款之后没有重新编号。

        请按顺序编号；插入的条款可以写作第七条之一。条款废除的，请保留编号并注明，例如第八条（删除）。
        附件、引文、节选（写明节选，或有……、（略））和修正案不查。
    .example =
        查到：
            第七条 审批。
            第七条 付款。
        改为：
            第七条 审批。
            第八条 付款。
clause-order-twice = { $number }出现了两次
    .help = 请给其中一处重新编号
clause-order-first = 第一次在这里
clause-order-back = { $number }排在{ $other }之后
    .help = 请按编号排列，或改正编号
clause-order-before = 它前面的是这一处
clause-order-gap = { $other }之后是{ $number }，缺{ $first }
    .help = 请改正编号；条款已废除的，请注明
clause-order-gap-several = { $other }之后是{ $number }，缺{ $first }至{ $last }
    .help = 请改正编号；条款已废除的，请注明

dangling-clause = 「{ $reference }」：《{ $title }》没有这一条款
    .summary = 所引的条款在那一章里没有
    .explanation =
        正文引用了某条、某款或某项，而所引的文件里没有这个编号。可能是编号写错了，也可能是那份文件修订后
        条款重新编了号。

        请对照文件的现行文本核实条款，改正编号。
    .example =
        查到（采购制度最后一条是第二十条）：
            依照《采购制度》第二十三条执行。
        改为：
            依照《采购制度》第十三条执行。
dangling-clause-own = 「{ $reference }」：本章没有这一条款
dangling-clause-last =
    .help = 最后一条是{ $clause }
dangling-clause-paragraph =
    .help = { $clause }没有这么多款
dangling-clause-item =
    .help = { $clause }没有这一项
dangling-clause-heading =
    .help = 它的标题里没有这个编号
dangling-clause-section =
    .help = 本章没有这个编号的标题

dead-link = { $address }：{ $reason }
    .help = 请改正地址，或去掉链接
    .summary = 外部链接打不开（--external）
    .explanation =
        加上 --external 时，程序会逐个访问手册之外的地址，看它们是否还在。这个地址返回错误，或者没有答复。
        需要登录的页面和不愿被程序访问的页面不在此列。

        请在浏览器里打开看看：页面搬了就写新地址，没有了就去掉链接或换一个出处。
    .example =
        查到：
            见[劳动法](https://example.org/old/law.html)
        改为：
            见[劳动法](https://example.org/laws/2024/law.html)
dead-link-status = 服务器答复 { $status }
dead-link-endless = 从一个地址转到另一个地址，没有尽头
dead-link-host = 没有这个主机
dead-link-time = { $seconds } 秒内没有答复
dead-link-failed = 无法访问（{ $detail }）

draft-target = 《{ $title }》是草案，不在这个站点里
    .help = 请发布该草案，或加 --drafts 生成
    .summary = 引用了草案，而草案不发布
    .explanation =
        status 为草案（draft）的章不进入站点。本章已经发布，却引用了草案，读者点不过去。

        如果那份文件已经批准或施行，请改它的状态；否则在它施行之前先去掉这处引用。想自己先看草案，生成时加
        --drafts。
    .example =
        在被引用的章里查到：
            status: 草案
        施行后改为：
            status: 现行
draft-target-link = 「{ $link }」是草案，不在这个站点里

duplicate-term = 「{ $name }」在 { $path } 里已经是术语或其别名
    .help = 请只在一处保留这个名称，或把两条并为一条
    .summary = 术语表里有两条同名
    .explanation =
        术语在正文中出现时会加上标记并显示释义。两条术语同名，就只显示前一条，不管作者指的是哪一条。

        请只在一处保留这个名称。释义相同的并为一条；意思不同的，请取不同的名称。
    .example =
        两章里都查到：
            terms:
              - {"{"}term: 服务级别协议, definition: "约定服务水平的协议。"{"}"}
        只在其中一章保留：
            terms:
              - {"{"}term: 服务级别协议, definition: "约定服务水平的协议。"{"}"}
duplicate-term-other = 「{ $name }」已在这里定义

duplicate-url = { $path } 和 { $other } 会发布到同一个地址 { $address }
    .help = 请给其中一个改名；只差大小写或 Unicode 形式不算不同
    .summary = 两个文件会发布到同一个地址
    .explanation =
        章的地址来自文件名：a/b.md 发布为 a/b.html。这两个文件的地址相同，或者只差大小写，而许多磁盘不区分
        Rules.html 和 rules.html，只能发布其中一个。

        请给其中一个文件改名。用标题或编号写的链接不受影响。
    .example =
        查到：
            content/Rules.md
            content/rules.md
        改为：
            content/rules.md
            content/议事规则.md
duplicate-url-parted = { $path } 和 { $other } 会发布到同一个地址，因此这一个发布为 { $address }
    .help = 给其中一个改名；文件名不能只有大小写、Unicode 形式或后缀不同
duplicate-url-other = 这个文件也会发布为 { $address }
duplicate-url-folder = { $path } 会发布为 { $address }，而 { $other } 需要那里是文件夹
    .help = 请给其中一个改名
duplicate-url-folder-other = 它所在的文件夹是 { $address }
duplicate-url-page = { $path } 会发布为 { $address }，而 { $page } 是站点的一个页面
    .help = 请给文件夹改名
duplicate-url-like = { $path } 与自动生成的页面 { $page } 只差大小写或 Unicode 形式
    .help = 请给它改名：有的磁盘只能保留其中一个

embed-cycle = 对《{ $title }》的引文会套进它自己
    .help = 请改引没有引用本处的条款，或写成链接 [[…]]
    .summary = 引文会套进它自己
    .explanation =
        ![[…]] 显示另一处的原文。这里被引的原文又直接或经由别处引回本处，没有尽头，所以页面上只显示一个链接。

        请让其中一章写明内容，另一章写成普通链接 [[…]]。
    .example =
        在 甲.md 里查到（乙.md 又引用了 甲.md）：
            ![[乙]]
        改为：
            见 [[乙]]。
embed-cycle-other = 引的是这里

moved-link = { $address } 已永久搬迁
    .help = 请写 { $right }
    .summary = 外部链接已永久转到别处（--external）
    .explanation =
        加上 --external 时，程序会逐个访问手册之外的地址。服务器答复说，这个页面已经永久换了地址。旧地址眼下
        还能用，但往往用不长久。

        请写新地址。
    .example =
        查到：
            见[劳动法](http://example.org/law)
        改为：
            见[劳动法](https://www.example.org/law/)

orphan-chapter = 没有任何地方引用《{ $title }》
    .help = 请在别的章里引用它，或写明 departments:、roles: 或 topics:
    .summary = 没有任何地方引用这一章，除目录树外也没有索引列出它
    .explanation =
        没有哪一章链接到它或提到它，它不涉及任何部门或岗位，没有主题，也不是谁的必读。读者只能靠搜索，或翻遍
        整个目录才看得到它。

        请写明它适用于谁、讲的是什么，或在相关的章里提到它。
    .example =
        查到：
            title: 访客接待
        改为：
            title: 访客接待
            departments: [行政部]
            topics: [安全]
orphan-chapter-many = 有 { $number } 章没有任何地方引用，例如 { $path }

outdated-target = 《{ $title }》已经失效
    .help = 请改引现行的制度，或去掉这处引用
    .summary = 现行的章引用了已被取代或废止的章
    .explanation =
        本章现行有效，却把读者引到一份已经失效的文件，读者会照作废的规定办事。

        请改引取代它的那一章。如果是有意提到旧文件（例如讲沿革），可以在 handbook.yaml 里写
        checks: {"{"}outdated-target: off{"}"}，不再检查。
    .example =
        查到：
            见《差旅制度（2019）》。
        改为：
            见《差旅制度（2024）》。
outdated-target-superseded = 《{ $title }》已被取代
    .help = 请改引取代它的《{ $title }》
outdated-target-successor = 《{ $title }》取代了它

redirect-conflict = 「{ $address }」处已有别的页面
    .help = 请去掉这一行，或去掉那个页面
    .summary = redirect_from 下的地址已被占用
    .explanation =
        redirect_from 列出一章从前的地址，旧链接和收藏仍能转到它。这个地址放不了转向的页面：那里已有别的页面
        或文件，或者磁盘和服务器容不下两者并存。

        如果旧地址现在属于那个页面，请去掉这一行；否则请给那个页面改名。
    .example =
        查到（content/travel.md 又有了）：
            redirect_from: [/travel.html]
        改为：
            redirect_from: []
redirect-conflict-other = 它占用了 { $address }
redirect-conflict-dot = 不能从「{ $address }」转到这里：服务器不显示以 . 开头的名称
    .help = 请去掉这一行，或把点号改掉
redirect-conflict-like = 不能从「{ $address }」转到这里：它与「{ $other }」只差大小写或 Unicode 形式
redirect-conflict-file = 不能从「{ $address }」转到这里：「{ $other }」是文件，而这里需要文件夹
redirect-conflict-folder = 不能从「{ $address }」转到这里：「{ $other }」需要这里是文件夹
redirect-conflict-disk =
    .help = 请去掉这一行，或给另一个改名

reserved-url = content/ 里已有「{ $name }」；自动生成的索引改为发布在「{ $address }」
    .summary = 文件夹与自动生成的索引重名，索引已让开
    .explanation =
        站点会自动生成一些索引，例如 topics/、roles/ 和 search.html。content/ 里有文件夹或章用了其中一个
        名称；它的地址不变，索引改用前面带 all- 的名称，放在旁边。什么都没有丢。

        如果索引应当用原来的名称，请给文件夹改名；否则不必处理。
    .example =
        查到：
            content/topics/假期.md
        主题索引因此在：
            all-topics/index.html

unknown-document = 没有哪一章的编号或标题是「{ $name }」
    .help = 请写某一章的编号或完整的标题
    .summary = 没有哪一章有这个编号或标题
    .explanation =
        supersedes 和 related 用编号或完整的标题指明别的章。没有哪一章叫这个名称，这处引用就不算数：本应被取代
        的章仍会显示为现行。

        请照对方信息区（文件开头 --- 之间）里的编号或标题来写。
    .example =
        查到（那一章写的是 id: HR-7）：
            supersedes: [HR-07]
        改为：
            supersedes: [HR-7]

unknown-title = 没有哪一章或外部文件叫《{ $title }》（提到 { $times } 次）
    .help = 请在 handbook.yaml 的 external_references: 下登记，或改正标题
    .summary = 《》里的名称既不是某一章，也不是已登记的外部文件
    .explanation =
        《》里的名称会成为链接，指向同名的章。没有哪一章以它为标题或别名，所以它只是普通文字。可能是写错了，
        也可能是手册之外的法律或标准。

        请改正名称，或把它写进那一章的 aliases。手册之外的文件请登记在 handbook.yaml 的
        external_references 下，并写上网址。
    .example =
        查到：
            依照《劳动和同法》第八十二条。
        改为：
            依照《劳动合同法》第八十二条。
        并在 handbook.yaml 里写：
            external_references:
              - {"{"}title: 劳动合同法, url: "https://flk.npc.gov.cn/"{"}"}

# Shown on a page instead of words that are the address of something withheld.
withheld-word = 另一文件

withheld-embed = 「{ $name }」对部分读者不公开，却会显示在这里
    .help = 请写成链接 [[…]]，或扩大被引章的知悉范围
    .summary = 显示了不在读者知悉范围内的原文
    .explanation =
        本章用 ![[…]] 引用了一段原文，而本章的部分读者不在它的知悉范围内。在他们的站点里这段引文会略去；引文
        多半是读者需要的，所以问题解决之前他们的站点不发布。这一条始终是错误。

        请改写成链接，或改引这些读者可以看的内容，或扩大被引章的知悉范围。
    .example =
        在人人可看的章里查到：
            ![[薪酬等级#三级]]
        改为：
            见 [[薪酬等级]]。

withheld-successor = 《{ $title }》会显示为现行，因为取代它的章对部分读者不公开
    .help = 请在本章写 status: 被取代，或扩大取代它的章的知悉范围
    .summary = 取代一章的新章不在读者的知悉范围内
    .explanation =
        另一章取代了本章，但部分读者看不到那一章。在他们的站点里，没有任何地方说明本章已经失效，他们会继续照
        它办事。

        请在旧的一章里写明状态，或让这些读者能看到新的一章。
    .example =
        在旧的一章里查到：
            status: 现行
        改为：
            status: 被取代
withheld-successor-other = 这一章取代了它

withheld-target = 「{ $name }」对部分读者不公开
    .help = 请去掉这处引用，或扩大它的知悉范围
    .summary = 链接到不在读者知悉范围内的章
    .explanation =
        本章引用了一章，而本章的部分读者不在那一章的知悉范围内。在他们的站点里文字还在，但没有链接，也不透露那
        一章的标题和地址。这往往是有意的，所以平时不检查；在 handbook.yaml 里写
        checks: {"{"}withheld-target: warning{"}"} 才检查。

        请去掉这处引用，或扩大那一章的知悉范围。
    .example =
        在人人可看的章里查到：
            详见 [[薪酬等级]]。
        改为：
            详情请向人事部询问。

idle-footnote =
    .summary = 没有一处引用这条脚注
    .explanation =
        脚注显示在正文写有 {"["}^名称] 的地方。没有一处引用的脚注，以及与前面同名的脚注，排在其他脚注后面，
        读者不会走到那里。

        请在要加注的地方写上 {"["}^名称]，或者给第二条脚注另取名称。
    .example =
        没有引用的脚注：

            差旅费可以报销。

            {"["}^1]: 自第二天起。

        请写成：差旅费可以报销。{"["}^1]
idle-footnote-unused = 没有一处引用这条脚注
    .help = 请在要加注的地方写上它的名称，例如 [^1]；在此之前它排在其他脚注后面
idle-footnote-again = 前面已有同名的脚注
    .help = 请在这里和引用处另取名称；在此之前它排在其他脚注后面

table-shape =
    .summary = 表格不成形
    .explanation =
        表格由表头、表头下面一行 ---、列数相同的各行组成。少了这一行，或者这一行的列数与表头不同，页面上
        只会原样显示竖线。某一行多出来的单元格并入最后一列。单元格里的竖线（代码里的也一样）要写成 \|。
        全角竖线｜不能分开单元格。
    .example =
        表头下面少了一行：

            | 职级 | 住宿 |
            | 总监 | 800 |

        请补上：

            | 职级 | 住宿 |
            | --- | --- |
            | 总监 | 800 |
table-shape-surplus =
    { $rows ->
        [1] 这一行的单元格比表头多
       *[other] 有 { $rows } 行的单元格比表头多，这是第一行
    }
    .help = 请给表头加一列，或者把单元格里的竖线写成 \|；多出来的单元格并入最后一列
table-shape-line = 表头下面没有 --- 那一行
    .help = 请在下面加一行 | --- | --- |，列数与表头相同
table-shape-columns = 这一行的列数与表头不同
    .help = 请让两行的列数相同
table-shape-bars = 这个表格用的是全角竖线，分不开单元格
    .help = 请改用半角的 |，并在表头下面加一行 | --- | --- |
