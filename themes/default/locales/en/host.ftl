### What `handbook host` writes into configurations for the people who read them, and
### what it refuses. Each line becomes a comment of its own: keep lines short.

host-made = Made by `handbook host { $target }` ({ $hash }). Once changed by hand, handbook leaves it alone.

## In several

host-base-url = Set base_url in handbook.yaml, or the links of the 404 page are wrong below folders.
host-sign-in = People sign in through oauth2-proxy, which runs beside { $server }: see oauth2-proxy.cfg.
host-hashed =
    Names with a hash never change what they mean; all else is asked for anew,
    which costs an answer of no bytes as long as the file is the same.
host-active = A picture or document that could run a script gets no rights at all.
host-hidden = The list of files that handbook keeps, and all else that is hidden.
host-own-style = Its pages have their own style.
host-zone = Where the days begin on which rules come into force.
host-program = Git address of the program handbook, and the commit to use; without one, the newest.
host-source-missing = set it to the git address of the program handbook
host-midnight = At midnight in { $zone } rules come into force and others end.
host-midnight-utc = At midnight (UTC; see --timezone) rules come into force and others end.

## Caddy

host-caddy =
    Put it into /etc/caddy/Caddyfile, or import it there, then:
      caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile && systemctl reload caddy
host-caddy-certificate =
    Caddy asks Let's Encrypt for a certificate by itself. For a name that only the
    intranet knows, write `tls internal` below, or make this with --certificate and --key.
host-caddy-compressed = What `handbook build --precompress` made no copy of is compressed on the way.
host-caddy-types = Not every system that Caddy runs on has a list of types.

## nginx

host-nginx =
    Put it where the http block includes it, e.g. /etc/nginx/conf.d/handbook-{ $name }.conf, then:
      nginx -t && systemctl reload nginx
    Two handbooks of one server name need one `server`: put the `location` blocks of the
    second into that of the first, each with the second's `add_header` lines.
host-nginx-container = Goes into the image; see Containerfile.
host-nginx-type = The type is asked for too: that of a name may be set elsewhere.
host-nginx-redirects = Folders are completed on the address that the reader used.
host-nginx-folders = A folder without a page of its own is not a secret, it is not there.
host-nginx-compressed =
    Copies that `handbook build --precompress` made are sent as they lie;
    what has none is compressed on the way.
host-nginx-brotli = With Debian's libnginx-mod-http-brotli-static: brotli_static on;
host-nginx-types = What nginx does not know would be saved and not shown.

## Apache

host-apache =
    Put it into /etc/apache2/sites-available/handbook-{ $name }.conf, then:
      a2enmod { $modules }
      a2ensite handbook-{ $name } && apachectl -t && systemctl reload apache2
host-apache-oidc =
    Needs libapache2-mod-auth-openidc. Its secrets come from /etc/apache2/envvars:
      export HANDBOOK_OIDC_SECRET=…      what the provider gave for the client "handbook"
      export HANDBOOK_OIDC_PASSPHRASE=…  any long random text (openssl rand -hex 32)
host-apache-redirects = Redirects name no server: one that stands before this knows another name for it.
host-apache-deflate = mod_deflate does not ask whether a browser refuses what it names.
host-apache-options = Of all options this one: no scripts, no includes, no lists of files.
host-apache-handlers =
    Attachments are sent as they lie, whatever this server does elsewhere with
    such names (PHP, CGI, server-side includes). <If> comes after all else.
host-apache-compressed = Copies that `handbook build --precompress` made are sent as they lie.
host-apache-on-the-way = What has none is compressed on the way.

## Sign-in with oauth2-proxy

host-oauth2-title = { $title }: people sign in with OpenID Connect before they see a page.
host-oauth2 =
    Start it beside the web server: oauth2-proxy --config oauth2-proxy.cfg
    Its secrets come from the environment only, e.g. EnvironmentFile= of its service:
      OAUTH2_PROXY_CLIENT_SECRET=…  what the provider gave for the client "handbook"
      OAUTH2_PROXY_COOKIE_SECRET=…  openssl rand -base64 32 | tr -- '+/' '-_'
    At the provider, allow the redirect address below.
host-oauth2-everyone =
    Everyone whom the provider lets in. To narrow it: allowed_groups = ["staff"],
    or email_domains = ["example.com"].
host-oauth2-audience =
    Everyone whom the provider lets in, though the site is for { $audience } only. To narrow it: allowed_groups = ["staff"],
    or email_domains = ["example.com"].

## A container

host-container =
    An image that holds the site and the nginx that serves it, as a user without rights:
      podman build -t handbook-{ $name } -f { $file } .
      podman run --rm --read-only --tmpfs /tmp -p 8080:8080 --name handbook-{ $name } handbook-{ $name }
    docker works the same.
host-container-audience = The image holds what the audience { $audience } may see: let only those pull it.
host-container-pin =
    The images below are named by tags, which move, and not by digests: which digest is
    the right one today only the registry knows, and it is not asked here. To pin one:
      podman pull IMAGE && podman image inspect IMAGE | grep sha256
    and write IMAGE@sha256:... in its place.

## A service and a timer

host-service =
    Pulls the sources and builds the site; handbook-{ $name }.timer starts it. To set it up:
      useradd --system --create-home --home-dir /var/lib/handbook handbook
      install -d -o handbook { $site } { $checkout }
      sudo -u handbook git clone ADDRESS { $checkout }
      install -m 755 target/release/handbook /usr/local/bin/
      install -m 644 handbook-{ $name }.service handbook-{ $name }.timer /etc/systemd/system/
      systemctl daemon-reload && systemctl enable --now handbook-{ $name }.timer
    What it says: journalctl -u handbook-{ $name }
host-service-description = Builds the handbook { $name }
host-service-errors = Findings that are errors leave the last site as it is, and the service failed.
host-service-folders = It writes to two folders, and needs the network for git.
host-timer-description = Builds the handbook { $name } every few minutes
host-timer-midnight = At midnight rules come into force and others end, even where nobody wrote a word.

## Continuous integration

host-github =
    Builds at every push and every night; publishes { $branch } to GitHub Pages (Settings,
    Pages, Source: GitHub Actions). Unless the plan has private Pages, the whole
    world can read them. Pages sends no headers of ours: for the strict policy, use
    a server of your own.
host-github-audience =
    Builds at every push and every night; publishes { $branch } to GitHub Pages (Settings,
    Pages, Source: GitHub Actions). Unless the plan has private Pages, the whole
    world can read them, and not only the audience { $audience }. Pages sends no headers of ours: for the strict policy, use
    a server of your own.
host-github-pin =
    The actions are named by tags, which move, and not by commits: which
    one is the right one today only their repositories know, and they are not asked
    here. To pin an action: git ls-remote https://github.com/actions/checkout v4, and
    write the commit in the place of the tag.
host-gitlab =
    Builds every branch and merge request; publishes { $branch } to GitLab Pages. Who may read
    them: Settings, General, Visibility, Pages. Pages sends no headers of ours: for
    the strict policy, use a server of your own. Add a nightly schedule (Build,
    Pipeline schedules): at midnight rules come into force and others end.
host-gitlab-audience = The site holds what the audience { $audience } may see: let only those read the Pages.
host-gitlab-pin =
    The image is named by a tag, which moves, and not by a digest: which one is the right
    one today only the registry knows, and it is not asked here. To pin it:
      podman pull IMAGE && podman image inspect IMAGE | grep sha256
    and write IMAGE@sha256:... in its place.
host-gitea =
    Builds at every push and every night; copies { $branch } to the web server by rsync over
    SSH. Secrets (Settings, Actions, Secrets):
      DEPLOY_TO     user@server of someone who may write to { $site }
      DEPLOY_KEY    a private key made for this alone
      DEPLOY_HOSTS  the server's line of known_hosts: ssh-keyscan SERVER
host-gitea-pin =
    The actions and the image are named by tags, which move, and not by commits: which
    one is the right one today only their repositories know, and they are not asked
    here. To pin an action: git ls-remote https://github.com/actions/checkout v4, and
    write the commit in the place of the tag.
host-gitea-order = What pages need comes before them, and nothing goes before they have come.

## What cannot be written in a configuration

host-wrong-name = --name: write small letters, digits and `-`, e.g. staff-handbook
host-wrong-base = --base { $written }: write a path such as /handbook/
host-wrong-value = { $option } { $written }: write e.g. { $example }
host-wrong-path = { $option } { $written }: name an absolute path on the server, e.g. /srv/handbook
host-wrong-character = { $option } { $written }: `{ $character }` cannot be written in every configuration
host-secret-in-address = an address holds a user name or a password: take it out, and give it where it is used, e.g. as a secret of the CI
host-wrong-address = { $address } is not an address that can be written in a configuration
host-no-domain = people sign in at one address: name it with --domain, or set base_url in handbook.yaml
host-template-failed = the configuration could not be made: { $reason }

codeowners-what = Who is asked about a change of each chapter: its owners and approvers. The last line that fits a file counts.
codeowners-without = { $path }: no account is known of { $names }; write it in organization.yaml
codeowners-unwritable = { $path }: the name cannot be written here
