### 与某日是否现行有关的检查结果。

successor-gap = 取代本章的《{ $title }》自 { $date } 起才施行
    .help = 在此之前没有可执行的规定；请让本章保持现行，或写上 retired: { $date }
    .summary = 本章已不现行，取代它的章节尚未施行
    .explanation =
        一项规定已标为「被取代」或「废止」，而取代它的规定还没有开始施行，中间这段时间无章可循，一般不是本意。

        保留 status: 现行 即可：取代它的章节施行之日起，本章会自动显示为被取代。
    .example =
        status: 被取代

        而取代它的章节写着 effective: 2026-12-15，应写成：

        status: 现行
successor-gap-other = 施行日期在这里

no-history-repository = 写了 editions: git，但手册不在有提交的 git 仓库里
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

silent-change = 正文与 { $version } 版发布时不同
    .help = 请提高版本号，并在 revisions 中说明；只改错别字的，在该条修订中写 kind: editorial
    .summary = 版本发布之后正文被改动
    .explanation =
        批准过的版本是一种承诺：引用它的人必须看到同样的文字。现在的正文与仓库历史或 editions/ 里同一版本发布时的正文不同。

        请提高 version，并在 revisions 中写明改了什么。不改变意思的更正，在该条修订中写 kind: editorial。
    .example =
        version: "1.0"

        正文改动之后应为：

        version: "1.1"
silent-change-released = 发布时的正文

invalid-value-version = 版本号「{ $version }」不能用作文件名
    .help = 请用文字、数字、点和连字符，如 1.2；点不能在开头或结尾，也不能两个相连
