### 命令行。

cli-unknown-audience =
    { $wrong }
      { $help }
cli-unknown-audience-of =
    { $wrong }（已有：{ $known }）
      { $help }

cli-base-url-credentials =
    --base-url 里有用户名或密码
      请去掉：这个地址会出现在每一页上
cli-base-url-malformed =
    --base-url「{ $written }」不是网站地址
      请连同协议一起写，例如 https://intranet.example.com/handbook/
host-timezone-unknown =
    --timezone：从 handbook.yaml 的语言看不出读者在哪个时区
      请写明，例如 --timezone=Asia/Shanghai
host-settings-wrong =
    { $path }：{ $wrong }
      请先改正：handbook check 会指出位置

cli-unknown-language = --lang「{ $written }」：没有这种语言（已有：{ $known }）
