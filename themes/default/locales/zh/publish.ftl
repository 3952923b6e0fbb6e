### 把站点写进文件夹或对象存储。

publish-disk =
    { $path }：{ $reason }
    {"  "}{ $advice }
publish-half-done =
    { $path }：{ $reason }
    {"  "}一部分页面是新的，一部分还是旧的；请修好磁盘后再运行一次
publish-disk-full = 磁盘已满，站点保持原样；请腾出空间后再运行一次
publish-disk-quota = 超出配额或上限，站点保持原样；请提高上限或腾出空间后再运行一次
publish-disk-denied = 那里不允许写入，站点保持原样；请申请写入权限，或另选一个文件夹
publish-disk-in-the-way = 那里已有别的东西，站点保持原样；请把它移走，或另选一个文件夹
publish-disk-as-it-was = 站点保持原样

## 不能写入的文件夹

publish-output-above-chapters =
    { $folder } 不能作输出文件夹：各章就在它里面
    {"  "}请另选一个文件夹，例如 site
publish-output-in-content =
    { $folder } 不能作输出文件夹：它在 content 文件夹里
    {"  "}请另选一个文件夹，例如 site
publish-output-in-own-files =
    { $folder } 不能作输出文件夹：它在存放项目自身文件的文件夹里
    {"  "}请另选一个文件夹，例如 site
publish-output-is-a-file =
    { $folder } 不能作输出文件夹：那里是一个文件
    {"  "}请另选一个文件夹，例如 site
publish-holds-others =
    { $folder } 里有不是 handbook 写的文件（例如 { $file }），所以什么都没有改动
    {"  "}请选空的或新的文件夹，或自己清空它
publish-holds-sites =
    { $folder } 里是按知悉范围分开生成的站点（例如 { $file }），所以什么都没有改动
    {"  "}请再用 --all-audiences 生成，或用 --output 另选一个文件夹
publish-staging-taken =
    { $path } 不是 handbook 写的，却占了它要用的位置；什么都没有改动
    {"  "}请把它移走
publish-link =
    { $path } 是链接，handbook 不通过链接写入或删除；什么都没有改动
    {"  "}请去掉链接，或另选一个文件夹
publish-locked = 另一个 handbook 正在写 { $folder }；请等它写完再运行一次
publish-foreign =
    { $path } 不是 handbook 写的，再写会覆盖它；什么都没有改动
    {"  "}请把它移走，或另选一个文件夹
publish-other-version =
    { $path } 不是这个版本的 handbook 写的，所以什么都没有改动
    {"  "}请另选一个文件夹，或自己清空它

## 发布到哪里

target-empty = 请写一个文件夹，或 s3://BUCKET/PREFIX
target-credentials = 发布地址里不能有密钥：请放在 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 里
target-folder = 文件夹请写成 file:///路径，或只写路径
target-bucket = 存储桶请写成 s3://BUCKET/PREFIX，桶名只用字母、数字、点号、- 和 _
target-remote =
    只能写到本机的文件夹，或 s3://BUCKET/PREFIX；要放到另一台机器上，请先发布到一个文件夹，再复制过去：rsync -a --delete 文件夹/ 用户@主机:文件夹/（文件夹名里真有冒号时写成 ./a:b）
target-scheme = 不认识「{ $scheme }://」；请写一个文件夹，或 s3://BUCKET/PREFIX

## 存储的设置，访问之前先核对；其中可能有密钥，所以从不照录

upload-bucket-name = 「{ $bucket }」不能作存储桶的名称
upload-endpoint =
    端点（endpoint）「{ $endpoint }」不是存储的地址
    {"  "}请连同协议一起写，例如 https://minio.example.com
upload-endpoint-credentials = 端点里不能有密钥：请放在 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 里
upload-variable-unicode = { $name } 不是有效的 Unicode
upload-variable-address = { $name } 不是可以取得密钥的地址
upload-variable-path = { $name } 不是以 / 开头的路径
upload-variable-character = { $name } 里有换行、空格或别的不能出现的字符；请重新设置
upload-token-character = { $name } 所指的文件里有换行、空格或别的不能出现在令牌中的字符
upload-unreachable = 无法访问 { $store }（{ $detail }）
upload-prefix = 「{ $prefix }」不能作对象名称的开头；什么都没有改动
upload-object-name =
    「{ $address }」不能作对象的名称；什么都没有改动
    {"  "}请给文件改名
upload-no-threads = 无法建立连接：{ $reason }

## 存储里有什么、答复了什么

upload-holds-others =
    { $store } 里有不是 handbook 放的对象，所以什么都没有改动
    {"  "}请选一个空的前缀，例如 { $store }/handbook
upload-foreign =
    { $object } 不是 handbook 放的，再写会覆盖它；什么都没有改动
    {"  "}请把它移走，或另选一个前缀
upload-other-version =
    { $object } 不是这个版本的 handbook publish 写的；什么都没有改动
    {"  "}请发布到别处，或自己清空它
upload-overtaken = 另一个 handbook 正在往那里发布；请一次只运行一个
upload-absurd = 存储的答复没有道理：{ $what }
upload-absurd-endless = 对象列表没有尽头
upload-absurd-twice = 同一个对象列了两次
upload-absurd-many = 列出的对象比一个站点所能有的还多
upload-absurd-manifest = handbook 的清单大得不像清单
store-told = { $what }（{ $told }）
store-told-both = { $what }（{ $status }，{ $code }）
store-not-found = 存储里没有这个桶或对象
store-not-allowed = 用这组密钥，存储不允许这样做
store-credentials = 存储不接受这组密钥
store-overtaken = 刚刚有别人在那里写入
store-cannot = 存储没有这个功能
store-elsewhere = 存储要求转到别处：请核对端点和 AWS_REGION
store-failed = 存储出错
store-no-sense = 存储的答复没有道理：请核对端点
store-not-secure = 无法建立安全连接：请核对端点和存储的证书
store-no-host = 没有这个主机：请核对端点和 AWS_REGION
store-no-connection = 无法建立连接：请核对端点
store-cut = 连接中断
store-unreachable = 网络到不了存储

upload-store-failed =
    { $object }：{ $reason }
    {"  "}那里的每一页都是完整的，或新或旧；再运行一次即可完成
upload-store-untouched = { $object }：{ $reason }；什么都没有改动

publish-without-stores = 这个 handbook 编译时没有带上对象存储；请写一个文件夹，或改用带有 publish 功能的版本
