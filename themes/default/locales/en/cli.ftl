### The command line.

cli-unknown-audience =
    { $wrong }
      { $help }
cli-unknown-audience-of =
    { $wrong } (there are: { $known })
      { $help }

cli-base-url-credentials =
    --base-url holds a user name or a password
      take them out: this address stands on every page
cli-base-url-malformed =
    --base-url `{ $written }` is not the address of a site
      write it with its scheme, e.g. https://intranet.example.com/handbook/
host-timezone-unknown =
    --timezone: the language of handbook.yaml does not say where its readers are
      write e.g. --timezone=Asia/Shanghai
host-settings-wrong =
    { $path }: { $wrong }
      mend it first: `handbook check` shows the place

cli-unknown-language = --lang `{ $written }` is no language that is spoken here (there are: { $known })
