### import 打印的内容，以及导入报告里的文字。

import-inside =
    不能写到 { $folder }：它和 { $source } 一个在另一个里面
    {"  "}请另选文件夹；import 从不改动原来的手册
import-holds-others =
    { $folder } 里有不是 import 写的文件，例如「{ $file }」，所以什么也没有写
    {"  "}请另选空文件夹或新文件夹
import-in-handbook =
    { $folder } 在手册 { $project } 的章节里面，而 import 写出的是一本完整的手册
    {"  "}请导入到另一个新文件夹，再把那里的章节连同旁边的图片移过来
import-old-format =
    { $source } 是 Word 2007 以前的格式，读不了
    {"  "}请先在 Word 或 WPS 里另存为 .docx 再导入
import-encrypted =
    { $source } 有密码，读不了
    {"  "}请在 Word 里另存为没有密码的 .docx，再导入
import-no-chapter-file =
    { $source } 读不成章
    {"  "}请另存为 .docx 或者 UTF-8 编码的 .md，再导入
import-no-chapter = { $source } 里没有章节；请用 --from 写明它是用哪个工具写的
import-archive =
    { $path } 读不了：{ $kind ->
        [encrypted] 需要密码
        [too-large] 内容太多
       *[damaged] 不是 zip 文件，或者不完整
    }
import-done = 从 { $tool } 导入 { $chapters } 章，在 { $folder }：写了 { $written } 个文件，{ $same } 个没有变化
import-kept = { $number } 个文件在上次导入之后改过或删过，保持现状
import-withdrawn = 以前导入的 { $number } 个文件已删除：原手册已移走或删掉，也没有人改过
import-left = 还有 { $number } 处要看：见 { $report }
import-nothing-left = 没有遗留问题；做了什么，见 { $report }
import-still-shown = 有 { $number } 章原手册已不公开，但在这里改过，读者仍能看到：请看报告里的清单
import-as-before = 与上次导入一样，按 { $tool } 读取；从文件看，它现在是 { $now } 的手册，要这样读取请加 「--from { $name }」
import-next = 下一步：handbook build -C { $folder }

import-report-title = 导入报告
import-report-tool = 原手册按 { $tool } 读取。导入的文件可以随意修改：再次导入时，改过的文件保持不动。
import-report-left = 还要处理的
import-report-done = 已经做好的
import-report-nothing = 没有。
import-report-count = （{ $number }）
import-report-more = 另有 { $number } 处，见 import-report.json

import-kind-restricted = 可能不是人人可看的章：请写明 audience，或删掉这个键
import-kind-held-back = 原工具不发布的章，这里作为草稿
import-kind-for-some = 只给部分访客看的段落，没有导入：请另写一章并写明 audience
import-kind-never = 原工具从不显示的段落，没有导入
import-kind-unlisted = 原工具的目录不列出、但网址可以打开的章：这里列在目录里
import-kind-outside = 指向手册之外，没有跟随
import-kind-dead-link = 链接没有目标，原手册里也没有
import-kind-page-link = 链接指向不是 Markdown、没有导入的页
import-kind-missing-file = 图片和文件不存在
import-kind-markup = 原工具的写法，原样保留
import-kind-dropped = 只有原工具能执行的标记，已从正文删去，每种列出第一处
import-kind-settings = 设置是代码，或者读不懂
import-kind-navigation = 目录里不是章节的条目
import-kind-not-listed = 目录没有列出的章节
import-kind-outside-book = 来源里不属于这本书、没有转换的章
import-kind-redirect = 旧网址没有保留下来
import-kind-front-matter = 信息区有内容不能照原样使用
import-kind-kept-key = 信息区的键，保留在 extra 之下
import-kind-decoded = 不是 UTF-8 编码的章：请看文字是否正确
import-kind-encoding = 文字编码认不出来、没有读的章：请另存为 UTF-8
import-kind-unread = 没有读的文件
import-kind-edited = 改过的文件，保持现状
import-kind-edited-and-new = 改过的文件，保持现状，但原手册有新内容
import-kind-edited-and-withheld = 改过的文件，保持现状，但原手册已不公开：读者看得到，除非设为草稿（draft: true）或删掉
import-kind-edited-and-moved = 改过的文件，保持现状，但原手册已移到别处：请只留一个
import-kind-removed = 删掉的文件，没有重写
import-kind-gone = 保留的文件，但来源已不在原手册里：读者看得到，除非删掉或设为草稿
import-kind-taken = 位置已被其他文件占用
import-kind-withdrawn = 以前导入、没有改过、原手册已移走或删掉的文件：已删除
import-kind-not-copied = 没有章节用到的文件，没有复制
import-kind-chapter = 章节
import-kind-section = 为栏目新建的页
import-kind-asset = 复制的图片和文件
import-kind-moved = 按目录换了文件夹的章节
import-kind-included = 引入的文字，已写在原处
import-kind-rewritten = 改写了的写法
import-kind-renamed-key = 信息区的键，这里另有名称
import-kind-link = 改写了的链接
import-kind-old-address = 继续有效的旧网址
import-kind-not-word = 不是 Word 文档
import-kind-old-format = 旧格式的文档：请在 Word 里另存为 .docx
import-kind-encrypted = 有密码的文档：请另存为没有密码的文件
import-kind-damaged = 已损坏的文档
import-kind-too-large = 展开后过大或者嵌套过深的文档
import-kind-entities = 含有 XML 实体声明的文档，Word 文件不会有
import-kind-empty = 没有文字的文档，成为空白的章
import-kind-document = 没有读成章、也没有章节用到的文档（PDF、表格、演示文稿、纯文本等），没有复制：请另行处理
import-kind-page = 原工具里不是 Markdown 的页，没有导入
import-kind-word-inserted = 修订：插入的文字，已当作接受
import-kind-word-deleted = 修订：删除的文字，已当作接受
import-kind-word-comment = 批注，没有写进正文
import-kind-word-text-box = 文本框，文字放在所在段落之后
import-kind-word-formula = 公式，请对照原文
import-kind-word-header = 页眉页脚里的文字，没有写进正文
import-kind-word-hidden = 隐藏文字，没有写进正文
import-kind-word-picture = 浏览器不显示或者不在文件里的图片
import-kind-word-object = 图表、SmartArt 和嵌入对象，没有写进正文
import-kind-word-symbol = 不认识的符号
import-kind-word-field = 信息表和修订记录里没有字段能用的内容，留在正文
import-kind-word-contents = 自动目录，已略去：页面自己有目录
