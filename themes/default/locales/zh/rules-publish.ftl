### 写出和发布站点的规则。
### 每条规则有一句话，并以属性给出 handbook explain 所说的内容；同一规则的其他说法列在它的下面。

changed-output = { $place } 在写出之后被改动过，再写会覆盖它
    .help = 请删除它或把它移走，再运行一次
    .summary = 已发布站点里的文件被别人改动过，保持原样
    .explanation =
        程序记得自己往文件夹或存储里写过什么。那里有个文件的内容变了，说明有人改过它，或者换成了别的东西。不是
        程序写的，程序既不覆盖，也不删除。这一条始终是错误。

        请看看这个文件：没有人需要就删除，再运行一次；需要就另外保存。
    .example =
        查到：
            site/index.html 里有人手工添了一行。
        改为：
            把这一行写进 content/index.md，删除 site/index.html，再运行 handbook build。
changed-output-left = { $place } 已不属于站点，但写出之后被改动过，所以留着没动
    .help = 请删除它或把它移走；要留在那里，请从 { $manifest } 中去掉它的记录

not-removed = { $path } 已不属于站点，却删除不了：{ $reason }
    .help = 那里仍能看到它：请删除它，或取得写入权限后再运行一次
    .summary = 已不属于站点的页面删除不了
    .explanation =
        有一章已从手册中去掉，或者不再公开，但它的页面还在发布的文件夹里，因为系统不许程序删除。读者仍能打开它。
        这一条始终是错误。

        请自己删除这个文件，或申请那个文件夹的写入权限，再运行一次。
    .example =
        查到：
            site/old.html 属于另一个用户。
        改为：
            sudo rm site/old.html

restricted-chapter = 这个站点里有 { $number } 章只给部分读者看，例如 { $path }
    .help = 请加 --audience 名称 或 --all-audiences 生成；如果能访问这个站点的人都可以看全部内容，请在 checks: 下写 restricted-chapter: off
    .summary = 给所有人的站点里有只给部分读者看的章
    .explanation =
        有的章用 audience 写明只给部分读者看，而生成时没有说明站点给谁看，于是全部都在里面。站点本身没有锁：谁能
        访问，谁就能看到全部内容。用 publish 发布时，这是错误。

        请按知悉范围分别生成站点，并放到只有相应读者能访问的地方。如果能访问的人都可以看全部内容，可以关掉这项检查。
    .example =
        查到：
            handbook build
        改为：
            handbook build --all-audiences

site-audience = { $place } 的站点是给{ $before }看的，这次却要换成给{ $now }看的
    .help = 请加 --audience { $audience } 生成；如果别人也可以看，请加 --replace 再运行一次
    .summary = 读者更多的站点会取代读者较少的站点
    .explanation =
        文件夹或存储里现有的站点是给一部分读者的，这次运行要放上去的站点读者更多，或者读者不同。现在能访问那里的
        人会看到不该看的章。多半是忘了写 --audience。这一条始终是错误，什么都没有写。

        请按同一个知悉范围生成。如果确实要放读者更多的站点，请加 --replace 说明。
    .example =
        查到：
            handbook build -o /srv/staff
        改为：
            handbook build --audience staff -o /srv/staff
site-audience-inside = { $place } 的站点是给{ $before }看的，这次却要在它里面放一个给{ $now }看的
site-audience-includes =
    .help = 这个知悉范围比以前包含了更多人；如果确实如此，请加 --replace 再运行一次
site-audience-undeclared =
    .help = 请重新声明那个知悉范围；如果别人也可以看，请加 --replace 再运行一次
site-audience-unknown = 不知道 { $place } 的站点是给谁看的
    .help = 如果是给这些读者或更多读者看的，请加 --replace 再运行一次，只需这一次
site-readers-all = 所有能访问的人
site-readers-audience = 知悉范围「{ $audience }」
site-readers-undeclared = handbook.yaml 里没有声明的知悉范围

site-content = { $place } 的站点是用 content/ 生成的，而 content/ 不见了：这次会把整个文件夹都发布出去
    .help = 请找回 content/；如果各章现在就放在这个文件夹里，请加 --replace 再运行一次
    .summary = 整个文件夹会取代用 content/ 生成的站点
    .explanation =
        有 content/ 的项目只发布其中的内容。现有的站点就是这样生成的，但 content/ 不见了，程序会把整个文件夹当作
        各章，连同里面的其他文件一起发布。这一条始终是错误，什么都没有写。

        请看看 content/ 到哪里去了。如果是有意把各章移到文件夹本身，请加 --replace 说明。
    .example =
        查到：
            content/ 被改名为 texts/。
        改为：
            mv texts content

site-handbook = { $place } 是另一本手册的站点：那里的 { $all } 章中有 { $foreign } 章不是这本手册的
    .help = 请另选文件夹或前缀；要用这本手册取代它，请加 --replace 再运行一次
    .summary = 站点会取代另一本手册的站点
    .explanation =
        文件夹或存储里的站点标题不同，而且大部分章不是这本手册的。多半是从别的项目抄来了发布地址。这一条始终是
        错误，什么都没有写。

        请给每本手册各选一个地方。如果确实要用这本手册取代那一本，请加 --replace 说明。
    .example =
        在北京公司的手册里查到：
            publish: {"{"}target: "s3://docs/shanghai"{"}"}
        改为：
            publish: {"{"}target: "s3://docs/beijing"{"}"}

site-shrinks = { $place } 的 { $all } 章中会有 { $gone } 章一下子消失
    .help = 请看看 content/ 是否完整；如果确实要去掉，请加 --shrink 再运行一次
    .summary = 大部分章，或者最后一章，会从站点一下子消失
    .explanation =
        这次运行会去掉一半以上已发布的章（至少二十章），或者最后一章。多半是文件没有复制完整、网络盘没有连上，或者
        所有的章都成了草案。这一条始终是错误，什么都没有写。

        请看看文件是否齐全。如果确实要去掉，请加 --shrink 说明。文件改了名的章也算消失，除非它的 redirect_from
        写了旧地址。
    .example =
        查到：
            80 个文件只有 3 个复制到了服务器。
        改为：
            把 content/ 完整复制过去，再运行一次。
