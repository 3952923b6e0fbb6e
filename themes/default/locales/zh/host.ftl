### handbook host 写进配置文件、给人看的话，以及它拒绝的写法。
### 每一行各成一行注释：行不要太长。

host-made = 由 handbook host { $target } 生成（{ $hash }）。手工改过以后，handbook 不再改动它。

## 多处共用

host-base-url = 请在 handbook.yaml 里设 base_url，否则下级文件夹里 404 页面的链接会出错。
host-sign-in = 读者经 oauth2-proxy 登录，它与 { $server } 同时运行：见 oauth2-proxy.cfg。
host-hashed =
    名称带有哈希值的文件，内容永远不变；其他文件每次都重新询问，
    文件没有变时，答复不含内容，几乎没有开销。
host-active = 可能运行脚本的图片和文档，不给任何权限。
host-hidden = handbook 自己的文件清单，以及其他隐藏文件。
host-own-style = 它的页面用自己的样式。
host-zone = 制度的生效日期按哪个时区算起。
host-program = handbook 程序的 git 地址，以及用哪一次提交；不写则用最新的。
host-source-missing = 请设为 handbook 程序的 git 地址
host-midnight = { $zone } 的零点，有的制度生效，有的失效。
host-midnight-utc = 零点（UTC，另见 --timezone），有的制度生效，有的失效。

## Caddy

host-caddy =
    请放进 /etc/caddy/Caddyfile，或从那里导入，然后运行：
      caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile && systemctl reload caddy
host-caddy-certificate =
    Caddy 会自行向 Let's Encrypt 申请证书。域名只在内网有效时，请在下面写
    tls internal，或加上 --certificate 和 --key 重新生成。
host-caddy-compressed = handbook build --precompress 没有另存压缩文件的，发送时再压缩。
host-caddy-types = Caddy 所在的系统不一定有文件类型表。

## nginx

host-nginx =
    请放在 http 块会引入的地方，例如 /etc/nginx/conf.d/handbook-{ $name }.conf，然后运行：
      nginx -t && systemctl reload nginx
    两本手册用同一个域名时，只能有一个 server：请把第二本的各个 location 块
    放进第一本的 server，每块都带上第二本的 add_header 各行。
host-nginx-container = 放进镜像，见 Containerfile。
host-nginx-type = 同时看文件类型：名称对应的类型可能在别处另有设定。
host-nginx-redirects = 文件夹的地址，按读者所用的地址补全。
host-nginx-folders = 没有页面的文件夹不是机密，只是不存在。
host-nginx-compressed =
    handbook build --precompress 另存的压缩文件直接发送，
    没有压缩文件的，发送时再压缩。
host-nginx-brotli = 装有 Debian 的 libnginx-mod-http-brotli-static 时：brotli_static on;
host-nginx-types = nginx 不认识的类型，浏览器只会下载而不显示。

## Apache

host-apache =
    请放进 /etc/apache2/sites-available/handbook-{ $name }.conf，然后运行：
      a2enmod { $modules }
      a2ensite handbook-{ $name } && apachectl -t && systemctl reload apache2
host-apache-oidc =
    需要 libapache2-mod-auth-openidc。密钥取自 /etc/apache2/envvars：
      export HANDBOOK_OIDC_SECRET=…      登录服务发给客户端 handbook 的密钥
      export HANDBOOK_OIDC_PASSPHRASE=…  任意一段长的随机文字（openssl rand -hex 32）
host-apache-redirects = 跳转不写服务器名：前面的服务器可能用别的名称称呼它。
host-apache-deflate = mod_deflate 不理会浏览器是否拒收它所列的压缩格式。
host-apache-options = 全部选项只要这一个：没有脚本，没有包含，没有文件列表。
host-apache-handlers =
    附件按原样发送，不论这台服务器在别处怎样处理这类名称
    （PHP、CGI、服务器端包含）。<If> 在其他指令之后才起作用。
host-apache-compressed = handbook build --precompress 另存的压缩文件直接发送。
host-apache-on-the-way = 没有压缩文件的，发送时再压缩。

## 用 oauth2-proxy 登录

host-oauth2-title = { $title }：读者先经 OpenID Connect 登录，再看页面。
host-oauth2 =
    与网站服务器同时运行：oauth2-proxy --config oauth2-proxy.cfg
    密钥只取自环境变量，例如写在其服务的 EnvironmentFile= 里：
      OAUTH2_PROXY_CLIENT_SECRET=…  登录服务发给客户端 handbook 的密钥
      OAUTH2_PROXY_COOKIE_SECRET=…  openssl rand -base64 32 | tr -- '+/' '-_'
    请在登录服务处允许下面的回跳地址。
host-oauth2-everyone =
    登录服务放行的每个人都能进入。要收窄范围：allowed_groups = ["staff"]，
    或 email_domains = ["example.com"]。
host-oauth2-audience =
    登录服务放行的每个人都能进入，尽管这个站点只给 { $audience } 看。
    要收窄范围：allowed_groups = ["staff"]，或 email_domains = ["example.com"]。

## 容器

host-container =
    镜像里有站点和发送它的 nginx，以没有权限的用户运行：
      podman build -t handbook-{ $name } -f { $file } .
      podman run --rm --read-only --tmpfs /tmp -p 8080:8080 --name handbook-{ $name } handbook-{ $name }
    docker 的用法相同。
host-container-audience = 镜像里是知悉范围 { $audience } 可以看的内容：只让这些人拉取。
host-container-pin =
    下面的镜像写的是标签而不是摘要，标签所指会变：今天哪个摘要正确，只有
    镜像仓库知道，这里没有去问。要固定一个镜像，请运行：
      podman pull IMAGE && podman image inspect IMAGE | grep sha256
    再把它写成 IMAGE@sha256:...。

## 服务和定时器

host-service =
    拉取源文件并生成站点，由 handbook-{ $name }.timer 启动。安装步骤：
      useradd --system --create-home --home-dir /var/lib/handbook handbook
      install -d -o handbook { $site } { $checkout }
      sudo -u handbook git clone ADDRESS { $checkout }
      install -m 755 target/release/handbook /usr/local/bin/
      install -m 644 handbook-{ $name }.service handbook-{ $name }.timer /etc/systemd/system/
      systemctl daemon-reload && systemctl enable --now handbook-{ $name }.timer
    查看输出：journalctl -u handbook-{ $name }
host-service-description = 生成手册 { $name }
host-service-errors = 检查结果有错误时，站点保持原样，服务记为失败。
host-service-folders = 它写入两个文件夹，并需要网络供 git 使用。
host-timer-description = 每隔几分钟生成手册 { $name }
host-timer-midnight = 零点有的制度生效，有的失效，即使没有人改过一个字。

## 持续集成

host-github =
    每次推送和每天夜里各生成一次，并把 { $branch } 发布到 GitHub Pages（在 Settings、
    Pages 里把 Source 设为 GitHub Actions）。除非所用套餐带有私有 Pages，
    否则全世界都能看到。Pages 不发送我们的响应头：需要严格的安全策略时，
    请用自己的服务器。
host-github-audience =
    每次推送和每天夜里各生成一次，并把 { $branch } 发布到 GitHub Pages（在 Settings、
    Pages 里把 Source 设为 GitHub Actions）。除非所用套餐带有私有 Pages，
    否则全世界都能看到，而不只是知悉范围 { $audience }。Pages 不发送我们的响应头：
    需要严格的安全策略时，请用自己的服务器。
host-github-pin =
    各个 action 写的是标签而不是提交，标签所指会变：今天哪一个正确，
    只有它们的仓库知道，这里没有去问。要固定一个，请运行
      git ls-remote https://github.com/actions/checkout v4
    并用得到的提交代替标签。
host-gitlab =
    每个分支和合并请求都会生成，并把 { $branch } 发布到 GitLab Pages。谁可以看：
    在 Settings、General、Visibility、Pages 里设定。Pages 不发送我们的响应头：
    需要严格的安全策略时，请用自己的服务器。请加一个每夜的定时任务
    （Build、Pipeline schedules）：零点有的制度生效，有的失效。
host-gitlab-audience = 站点里是知悉范围 { $audience } 可以看的内容：只让这些人看到 Pages。
host-gitlab-pin =
    镜像写的是标签而不是摘要，标签所指会变：今天哪个摘要正确，只有
    镜像仓库知道，这里没有去问。要固定它，请运行：
      podman pull IMAGE && podman image inspect IMAGE | grep sha256
    再把它写成 IMAGE@sha256:...。
host-gitea =
    每次推送和每天夜里各生成一次，并用 rsync 经 SSH 把 { $branch } 复制到网站服务器。
    需要这些密钥（在 Settings、Actions、Secrets 里设定）：
      DEPLOY_TO     用户@服务器，该用户可以写入 { $site }
      DEPLOY_KEY    专为此用的私钥
      DEPLOY_HOSTS  服务器在 known_hosts 里的一行：ssh-keyscan SERVER
host-gitea-pin =
    各个 action 和镜像写的是标签而不是提交，标签所指会变：今天哪一个正确，
    只有它们的仓库知道，这里没有去问。要固定一个 action，请运行
      git ls-remote https://github.com/actions/checkout v4
    并用得到的提交代替标签。
host-gitea-order = 页面所需的文件先于页面到达；新页面到齐之前，什么都不删除。

## 不能写进配置的内容

host-wrong-name = --name：请用小写字母、数字和 -，例如 staff-handbook
host-wrong-base = --base「{ $written }」：请写路径，例如 /handbook/
host-wrong-value = { $option }「{ $written }」：请写成例如 { $example }
host-wrong-path = { $option }「{ $written }」：请写服务器上的绝对路径，例如 /srv/handbook
host-wrong-character = { $option }「{ $written }」：其中的「{ $character }」不是每种配置都能写
host-secret-in-address = 有一个地址里带着用户名或密码：请去掉，改在使用处给出，例如设为持续集成的密钥
host-wrong-address = 「{ $address }」不是能写进配置的地址
host-no-domain = 登录要在一个固定的地址进行：请用 --domain 写明，或在 handbook.yaml 里设 base_url
host-template-failed = 配置没有生成：{ $reason }

codeowners-what = 改动各章时请谁审阅：归口人和批准人。一个文件符合几行时，以最后一行为准。
codeowners-without = { $path }：没有 { $names } 的账号，请在 organization.yaml 中写上
codeowners-unwritable = { $path }：这个文件名不能写在这里
