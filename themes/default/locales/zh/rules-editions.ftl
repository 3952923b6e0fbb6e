### 与某日是否现行有关的检查结果。

successor-gap = 取代本章的《{ $title }》自 { $date } 起才施行
    .help = 在此之前没有可执行的规定；请让本章保持现行，或写上 retired: { $date }
    .summary = 两项规定或两个版本之间有一段时间无章可循
    .explanation =
        一项规定已标为「被取代」或「废止」，而取代它的规定还没有开始施行；或者一个版本已经废止，下一个版本还没有施行。中间这段时间无章可循，一般不是本意。过去的日子也会检查，因为审计会问。

        保留 status: 现行 即可：取代它的章节施行之日起，本章会自动显示为被取代。
    .example =
        status: 被取代

        而取代它的章节写着 effective: 2026-12-15，应写成：

        status: 现行
successor-gap-edition = { $version } 版自 { $ends } 起废止，而 { $next } 版自 { $begins } 起才施行
    .help = 请让施行日期相接，或者去掉 { $version } 版的 retired：下一版施行时它自然失效
successor-begins = 施行日期在这里

successor-overlap = 取代本章的《{ $title }》自 { $date } 起施行，本章却写着 { $ends } 才废止
    .help = 请写 retired: { $date }，或者去掉 retired：取代它的章节施行时本章自然失效
    .summary = 两项规定或两个版本同时施行
    .explanation =
        一项规定写着到某天才废止，而取代它的规定在此之前已经施行；或者它的施行日期比取代它的还晚；或者两个版本写着同一天施行。同一天该按哪一个办，读者说不清。网站显示后来的一个。

        请让日期相接：前一个的 retired 就是后一个的 effective，或者干脆不写 retired。
    .example =
        retired: 2026-12-31

        而取代它的章节写着 effective: 2026-07-01，应写成：

        retired: 2026-07-01
successor-overlap-never = 本章自 { $begins } 起施行，而取代它的《{ $title }》自 { $date } 起已经施行
    .help = 请改正其中一个施行日期；否则本章没有一天现行
successor-overlap-edition = { $version } 版和 { $next } 版都写着自 { $date } 起施行
    .help = 请写上 { $next } 版自己的 effective；只改错别字的，在该条修订中写 kind: editorial

no-history-repository = 写了 editions: git，但手册不在有提交的 git 仓库里
no-commit = 仓库里没有提交“{ $name }”
no-common-commit = 这两个提交没有共同的来源
no-history-git = 读不到历史：{ $reason }
no-history-failed = git 没有给出历史
no-history-shallow = 仓库里只有最近的提交，缺少较早的版本
no-history =
    .help = git fetch --unshallow 可取回全部历史；写 editions: folder 则把各版存成 editions/ 里的文件
    .summary = 不能从 git 读到各版，或读得不全
    .explanation =
        editions: git 从仓库取各章较早的版本。没有仓库，或者像许多自动构建那样只取了最近的提交，就缺少较早版本的页面。

        让自动构建取回全部历史（GitHub Actions 写 fetch-depth: 0，GitLab 写 GIT_DEPTH: 0），或者把各版存成文件：handbook release 会写入 editions/。
    .example =
        - uses: actions/checkout@v4

        应写成：

        - uses: actions/checkout@v4
          with: {"{"}fetch-depth: 0{"}"}

unread-edition = { $path } 不是能显示的版本
    .help = 请写上 version，去掉草案、征求意见的状态，改正读不出的信息区
    .summary = editions/ 里的文件没有显示
    .explanation =
        editions/ 里的每个文件是一章的一个版本，文件名就是版本号。没有 version、还是草案或征求意见稿、信息区读不出的，不是版本，网站上哪里也看不到；version 与文件名不同的，按 version 显示。

        已发布的版本由 handbook release 写入，一般不必手工改动。
    .example =
        editions/HR-001/1.0.md 里写着：

        status: 草案
unread-edition-version = 文件名是「{ $name }」，里面写的却是 { $version } 版
    .help = 请让文件名与 version 一致
unread-edition-records = 草案不公布，其中的 { $key } 也不公布，而现行的版本没有这些记录
    .help = 请记在现行版本的文件里（editions/{ $slug }/ 下面）；新版本发布以后，写在这里就行
unread-edition-stray = content/ 里已经没有「{ $slug }」这一章，而《{ $title }》现在是「{ $id }」，它没有这些版本
    .help = 同一章改了编号或文件名的，请把文件夹 editions/{ $slug } 改名为 editions/{ $id }；不是同一章的，可以不管

unknown-edition = 没有「{ $name }」这一版
    .help = 写法是 编号@版本，例如 HR-001@1.1；各版见 versions/ 下面的页面
    .summary = handbook.yaml 要收回的版本不存在
    .explanation =
        editions: 下面的 withhold: 写明收回哪些章节的哪些版本。这里写的编号或版本不对，就什么也没有收回，那一版还留在网站上。

        请改正编号或版本号。
    .example =
        editions: {"{"}source: folder, withhold: [HR-01@1.1]{"}"}

        应写成：

        editions: {"{"}source: folder, withhold: [HR-001@1.1]{"}"}

silent-change = 正文与 { $version } 版发布时不同
    .help = 请提高版本号，并在 revisions 中说明；只改错别字的，也可以在 revisions 里为 { $version } 版另加一条，写 kind: editorial
    .summary = 版本发布之后正文被改动
    .explanation =
        批准过的版本是一种承诺：引用它的人必须看到同样的文字。现在的正文与仓库历史或 editions/ 里同一版本发布时的正文不同。

        请提高 version，并在 revisions 中写明改了什么。不改变意思的更正，在 revisions 里为这一版另加一条，写 kind: editorial；用 handbook release 发布过的，那一版的页面仍是发布时的文本。
    .example =
        version: "1.0"

        正文改动之后应为：

        version: "1.1"
silent-change-released = 发布时的文本
silent-change-picture = 图片 { $name } 与 { $version } 版发布时不同

silent-field = { $key } 在 { $version } 版发布之后由「{ $before }」改为「{ $after }」
    .help = 请提高版本号，并在 revisions 中说明；只是更正的，也可以在 revisions 里为 { $version } 版另加一条，写 kind: editorial
    .summary = 版本发布之后施行日期、批准人、适用范围等被改动
    .explanation =
        一个版本批准时，标题、施行日期、批准人、归口、适用的部门和岗位等也一并批准。现在的写法与仓库历史或 editions/ 里同一版本发布时的不同：按它们查问的人会得到另一个答案。

        请提高 version，并在 revisions 中写明改了什么。只是更正的，在该条修订中写 kind: editorial。发布之后才补上的内容，以及状态、复审和批准记录，不在此列。
    .example =
        version: "1.0"
        effective: 2026-01-01

        施行日期改动之后应为：

        version: "1.1"
        effective: 2026-03-01
silent-field-gone = { $key } 在 { $version } 版发布时是「{ $before }」，现在没有了

invalid-value-version = 版本号「{ $version }」不能用作文件名
    .help = 请用文字、数字、点和连字符，如 1.2；点不能在开头或结尾，也不能两个相连

approval-stale = { $version } 版批准的是另一份正文
    .help = 请重新批准，写上 handbook digest 输出的摘要，或者恢复批准过的正文
    .summary = 正文已经不是批准过的正文
    .explanation =
        批准记录写着所批准正文的摘要。现在正文的摘要不同，就是说，这些文字没有人批准过。行尾的空格和信息区不计在内。

        请把新的正文作为新版本批准，并添一条批准记录；或者恢复批准过的正文。
    .example =
        version: "1.0"
        approvals:
          - {"{"}by: 总经理, date: 2026-01-05, version: "1.0", digest: 9f86…{"}"}

        正文改动之后应为：

        version: "1.1"
        approvals:
          - {"{"}by: 总经理, date: 2026-01-05, version: "1.0", digest: 9f86…{"}"}
          - {"{"}by: 总经理, date: 2026-11-20, version: "1.1", digest: 60fa…{"}"}
approval-stale-unversioned = 批准的是另一份正文

revision-order = { $version } 版的日期是 { $date }，而排在它前面的 { $other } 版是 { $before }
    .help = 请改正日期或版本号；由旧到新或由新到旧都可以
    .summary = 版本和日期的次序矛盾
    .explanation =
        修订记录用来证明什么时候施行的是哪一版。这里较高的版本日期反而较早，或者日期时前时后，其中必有一处写错。各版的施行日期也一样：某一天现行的是那天之前最后施行的一版，所以施行日期早于旧版的新版，到旧版施行时就不再显示。

        请改正日期或版本号。可以由旧到新，也可以由新到旧，但不能混用。
    .example =
        revisions:
          - {"{"}version: "1.0", date: 2025-06-01{"}"}
          - {"{"}version: "1.1", date: 2025-01-01{"}"}

        改写为：

        revisions:
          - {"{"}version: "1.0", date: 2025-01-01{"}"}
          - {"{"}version: "1.1", date: 2025-06-01{"}"}
revision-order-other = 另一条在这里
revision-order-lower = { $version } 版在更高的 { $other } 版之后施行
    .help = 请用高于 { $other } 的版本号，即使内容与早先的版本相同
revision-order-earlier = { $version } 版自 { $date } 起施行，早于先前的 { $other } 版（{ $later }），从那天起就看不到它了
    .help = 请改正 effective；应当代替 { $other } 版的，写一个更晚的施行日期
revision-order-back = 又写着 { $version } 版，而后来的 { $other } 版发布过；现在显示的是 { $version } 版
    .help = 请用高于 { $other } 的版本号，写上施行日期，即使内容与早先的版本相同；各版的起止日期才说得清
revision-order-missing = 修订记录里没有 { $version } 版，最后一条是 { $last } 版
    .help = 请在 revisions 里加上这一版，或者改正 version

missing-version =
    现行的章节没有版本号
    .summary = 受控的现行章节没有版本号
    .explanation =
        handbook.yaml 写了 controlled: true，现行的章节就必须写版本号：没有它，说不清施行的是哪一份文本，也不会保存历次版本。

        controlled: 也可以写文件夹的列表；某一章可以写 controlled: false，不在此列。
    .example =
        status: 现行

        改写为：

        status: 现行
        version: "1.0"

missing-approver =
    现行的章节没有写由谁批准
    .summary = 受控的现行章节没有批准人
    .explanation =
        handbook.yaml 写了 controlled: true，现行的章节就必须写明由谁批准：写 approver，或者在 approvals 里有这个版本的一条。

        controlled: 也可以写文件夹的列表；某一章可以写 controlled: false，不在此列。
    .example =
        status: 现行

        改写为：

        status: 现行
        approver: 总经理

missing-effective =
    现行的章节没有施行日期
    .summary = 受控的现行章节没有写从哪天起施行
    .explanation =
        handbook.yaml 写了 controlled: true，现行的章节就必须写明从哪天起施行：某一天适用哪一版，要按这个日期推算。

        controlled: 也可以写文件夹的列表；某一章可以写 controlled: false，不在此列。
    .example =
        status: 现行

        改写为：

        status: 现行
        effective: 2026-01-01
missing-control =
    .help = 请写上 { $key }；不是受控文件的，写 controlled: false

missing-procedure = 没有{ $steps }的记录
    .help = 请在 procedure 下写上日期和记录；不涉及劳动者切身利益的，写 procedure: 不适用
    .summary = 涉及劳动者切身利益的制度缺少法定程序的记录
    .explanation =
        劳动合同法第四条规定，直接涉及劳动者切身利益的规章制度，应当经职工代表大会或者全体职工讨论，提出方案和意见，与工会或者职工代表平等协商确定，并且公示或者告知劳动者。发生争议时，由用人单位证明。写了 procedure: 的章节，以及 handbook.yaml 的 procedure: 所列文件夹里的章节，会检查这一点。

        请写上每一步的日期和记录。某一章不涉及劳动者切身利益的，写 procedure: 不适用。
    .example =
        procedure: required

        各步完成之后应为：

        procedure:
          讨论: {"{"}date: 2026-01-05, record: 职代会纪要 2026-1{"}"}
          征求意见: {"{"}date: 2026-01-12, record: 意见汇总表{"}"}
          协商: {"{"}date: 2026-01-20, record: 工会会议纪要{"}"}
          公示: 2026-02-01
missing-procedure-also = { $first }、{ $next }
procedure-discussion = 讨论
procedure-comments = 征求意见
procedure-negotiation = 协商
procedure-publication = 公示
