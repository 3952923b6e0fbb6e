//! Starlight: its settings, its components, its languages.

use super::import;
use crate::support::Project;

const BOOK: &str = "
//- book/package.json
{\"dependencies\": {\"@astrojs/starlight\": \"1\"}}
//- book/astro.config.mjs
import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({
  site: 'https://example.com',
  redirects: { '/old': '/guides/zeta/' },
  integrations: [
    starlight({
      title: 'Company Handbook',
      sidebar: [
        { label: 'Policies', items: [
          { label: 'Leave policy', slug: 'guides/zeta' },
          'guides/alpha',
          { label: 'Out', link: 'https://example.org' },
        ] },
        { label: 'Reference', autogenerate: { directory: 'reference' } },
      ],
    }),
  ],
});
//- book/src/content/docs/index.mdx
---
title: Welcome
template: splash
hero:
  tagline: Our rules in one place
  actions:
    - text: Read
      link: /guides/alpha/
---
import { LinkCard } from '@astrojs/starlight/components';

<LinkCard title=\"Leave\" href=\"/guides/zeta/\" description=\"How to take leave\" />
//- book/src/content/docs/guides/zeta.md
---
title: Zeta
---

## Part
//- book/src/content/docs/guides/alpha.mdx
---
title: Alpha
sidebar:
  label: A label
---
import { Tabs, TabItem, Steps, Aside } from '@astrojs/starlight/components';

<Aside type=\"tip\" title=\"Mind\">Aside text.</Aside>

<Steps>

1. First

          <Tabs>

      <TabItem label=\"npm\">

    ```json
    {
      \"a\": 1
    }
    ```

      </TabItem>

          </Tabs>

2. Second

</Steps>

![p](../../../assets/p.png) ![q](/q.png) [z](/guides/zeta/#part)
//- book/src/content/docs/reference/a.md
---
title: R one
sidebar: {order: 2}
---
//- book/src/content/docs/reference/b.md
---
title: R two
sidebar: {order: 1}
---
//- book/src/assets/p.png
x
//- book/public/q.png
x
";

#[test]
fn a_book_of_starlight_keeps_order_addresses_and_words() {
    let project = Project::new(BOOK);
    let imported = import(&project);
    assert_eq!(imported.report()["tool"], "starlight");
    assert!(imported.read("handbook.yaml").contains("title: Company Handbook"));
    assert_eq!(imported.titles(), ["Policies", "Leave policy", "A label", "Reference", "R two", "R one"],);
    let home = imported.read("content/index.md");
    for part in ["title: Welcome", "Our rules in one place", "[Read](", "[Leave](", "How to take leave"] {
        assert!(home.contains(part), "{part}: {home}");
    }
    assert!(!home.contains("splash"), "{home}");
    for address in ["site/guides/alpha/index.html", "site/old/index.html", "site/reference/a/index.html"] {
        assert!(imported.has(address), "{address}");
    }
    let dead = ["broken-link", "broken-anchor", "broken-image"];
    assert_eq!(imported.findings(&dead), Vec::<String>::new());
    assert_eq!(imported.told("navigation").len(), 1, "the link that leads out");
    let file = imported.report()["entries"].as_array().expect("entries").iter().find_map(|entry| {
        (entry["kind"] == "chapter" && entry["path"] == "src/content/docs/guides/alpha.mdx")
            .then(|| entry["what"].as_str().unwrap_or("").replace("content/", "").replace(".md", ".html"))
    });
    let page = project.page(&format!("new/site/{}", file.expect("a chapter")));
    assert_eq!(page.texts(".text ol li .tab-title"), ["npm"], "the tab stands in its step");
    assert_eq!(page.texts(".text ol li pre").len(), 1);
    assert_eq!(page.texts(".text .alert-tip").len(), 1);
}

#[test]
fn languages_lie_beside_the_first_one() {
    let project = Project::new(
        "
//- book/astro.config.mjs
export default defineConfig({ integrations: [starlight({
  title: { en: 'Rules', 'zh-CN': '规则' },
  defaultLocale: 'en',
  locales: { en: { label: 'English', lang: 'en' }, zh: { label: '中文', lang: 'zh-CN' } },
})] });
//- book/src/content/docs/en/a.md
---
title: Leave
---

[b](/en/b/) [c](../b/)
//- book/src/content/docs/en/b.md
---
title: Pay
---
//- book/src/content/docs/zh/a.md
---
title: 休假
---

[b](/en/b/) ![p](../../../assets/p.png)
//- book/src/assets/p.png
x
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["Leave", "Pay", "中文", "休假"]);
    let settings = imported.read("handbook.yaml");
    assert!(settings.contains("title: Rules") && settings.contains("language: en"), "{settings}");
    assert_eq!(imported.findings(&["broken-link", "broken-image"]), Vec::<String>::new());
    assert!(imported.has("site/en/a/index.html") && imported.has("site/zh/a/index.html"));
}
