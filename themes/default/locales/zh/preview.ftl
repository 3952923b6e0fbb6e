### 预览：服务器说的话。

preview-change-failed = 这次改动显示不出来；请把上面的错误报告给开发者
preview-narrowed = 知悉范围有变：别人能连到这个预览，所以现在只显示人人可以看的内容；请加上 --audience 重新启动
preview-theme-failed = 主题有误
preview-foreign-name = 这个预览不用那个名称应答
preview-foreign-page = 这个预览只应答它自己的页面
preview-editor-failed = 编辑器没有打开：{ $reason }

## --editor

preview-editor-unknown = 请写含有 {"{"}file{"}"} 和 {"{"}line{"}"} 的命令或链接，例如 "code -g {"{"}file{"}"}:{"{"}line{"}"}"，或写下列之一：{ $known }
preview-editor-link = 编辑器的链接要以它自己的协议开头，例如 vscode://
preview-editor-command = 命令要以编辑器的程序开头
preview-editor-quote = 引号没有成对
