//! Nextra and Fumadocs: the file of order in each folder.

use super::import;
use crate::support::Project;

#[test]
fn nextra_has_a_file_of_order_in_each_folder() {
    let project = Project::new(
        "
//- book/package.json
{\"dependencies\": {\"nextra\": \"3\", \"next\": \"14\"}}
//- book/pages/_meta.json
{
  \"index\": \"Welcome\",
  \"--\": {\"type\": \"separator\", \"title\": \"Rules\"},
  \"guide\": \"The guide\",
  \"about\": {\"title\": \"About us\", \"type\": \"page\"},
  \"secret\": {\"title\": \"Hidden\", \"display\": \"hidden\"},
  \"out\": {\"title\": \"Out\", \"href\": \"https://example.org\"}
}
//- book/pages/_app.mdx
export default function App() {}
//- book/pages/index.mdx
# Home

[two](/guide/two)
//- book/pages/about.mdx
# About
//- book/pages/secret.mdx
# Secret
//- book/pages/zeta.mdx
# Zeta
//- book/pages/guide/_meta.js
export default {
  two: 'Second first',
  index: 'Overview',
  one: { title: 'One' },
}
//- book/pages/guide/index.mdx
# Guide
//- book/pages/guide/one.mdx
import {
  Tabs,
  Callout
} from 'nextra/components'

# 1

<Callout type=\"warning\">Mind.</Callout>
//- book/pages/guide/two.mdx
# 2
",
    );
    let imported = import(&project);
    assert_eq!(imported.report()["tool"], "nextra");
    assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new());
    assert_eq!(
        imported.titles(),
        ["The guide", "Second first", "Overview", "One", "About us", "Secret", "Zeta"]
    );
    let one = imported.read("content/guide/one.md");
    assert!(
        one.contains("> [!WARNING]\n> Mind.") && !one.contains("import") && !one.contains("Tabs"),
        "{one}"
    );
    assert!(imported.read("content/guide/two.md").contains("- /guide/two/"));
    let told: Vec<String> = imported.told("navigation").into_iter().map(|(_, what)| what).collect();
    assert_eq!(told, ["Rules", "https://example.org"]);
    assert_eq!(imported.told("unlisted")[0].1, "secret: display: hidden");
}

#[test]
fn fumadocs_has_meta_json() {
    let project = Project::new(
        "
//- book/package.json
{\"dependencies\": {\"fumadocs-ui\": \"15\"}}
//- book/content/docs/meta.json
{\"title\": \"Docs\", \"pages\": [\"index\", \"---Rules---\", \"zed\", \"(group)\", \"...\", \"guide\", \"[Out](https://example.org)\"]}
//- book/content/docs/index.mdx
---
title: Home
---
[one](/docs/guide/one)
//- book/content/docs/abc.mdx
---
title: Abc
---
//- book/content/docs/zed.mdx
---
title: Zed
---
//- book/content/docs/(group)/in.mdx
---
title: Inside
---
//- book/content/docs/guide/meta.json
{\"title\": \"The guide\", \"pages\": [\"two\", \"one\"]}
//- book/content/docs/guide/one.mdx
---
title: One
---
//- book/content/docs/guide/two.mdx
---
title: Two
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.report()["tool"], "fumadocs");
    assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new());
    assert_eq!(imported.titles(), ["Zed", "(group)", "Inside", "Abc", "The guide", "Two", "One"]);
    assert!(imported.read("content/(group)/in.md").contains("- /docs/in/"));
    let told: Vec<String> = imported.told("navigation").into_iter().map(|(_, what)| what).collect();
    assert_eq!(told, ["Rules", "[Out](https://example.org)"]);
}

#[test]
fn fumadocs_may_have_several_folders_of_documents() {
    let project = Project::new(
        "
//- book/package.json
{\"dependencies\": {\"fumadocs-mdx\": \"11\", \"fumadocs-core\": \"15\"}}
//- book/source.config.ts
import { defineDocs, defineConfig } from 'fumadocs-mdx/config';

export const docs = defineDocs({ dir: 'content/docs' });
export const rules = defineDocs({
  dir: \"content/rules\",
});
export default defineConfig();
//- book/lib/source.ts
export const source = loader({ baseUrl: '/docs', source: docs.toFumadocsSource() });
export const other = loader({
  baseUrl: '/hr/rules',
  source: rules.toFumadocsSource(),
});
//- book/content/docs/index.mdx
# Home

[leave](/hr/rules/leave)
//- book/content/rules/meta.json
{\"pages\": [\"pay\", \"leave\"]}
//- book/content/rules/leave.mdx
# Leave
//- book/content/rules/pay.mdx
# Pay

[home](/docs)
//- book/content/notes/a.mdx
# Notes
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new());
    let titles = imported.titles();
    let place = |title: &str| titles.iter().position(|own| own == title);
    assert!(
        place("Pay") < place("Leave") && place("Pay").is_some() && place("Notes").is_none(),
        "{titles:?}"
    );
    assert!(imported.read("content/rules/leave.md").contains("- /hr/rules/leave/"));
    assert_eq!(imported.told("outside-book")[0].0, "content/notes/a.mdx");
}
