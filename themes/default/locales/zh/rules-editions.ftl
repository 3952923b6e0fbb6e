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
