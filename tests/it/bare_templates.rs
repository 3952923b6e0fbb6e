//! Books whose tool runs templates or code over their texts, built as they lie and imported: blocks of
//! code, what is shown as it is written, modules of MDX.

use crate::support::{Page, Project, run_in};

const JEKYLL: (&str, &str) = ("_config.yml", "title: T\n");

fn bare(settings: (&str, &str), name: &str, text: &str) -> (Project, Page) {
    let project = Project::new("");
    project.write(settings.0, settings.1);
    project.write(name, text);
    project.run(&["build", "--lang", "en"]).expect(0);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let page = project.page(&format!("site/{stem}.html"));
    (project, page)
}

fn text(page: &Page) -> String {
    page.texts(".text").join("").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page of the same text after an import.
fn imported(settings: (&str, &str), name: &str, text: &str) -> Page {
    let project = Project::new("");
    project.write(&format!("book/{}", settings.0), settings.1);
    project.write(&format!("book/{name}"), text);
    project.run(&["import", "book", "new"]).expect(0);
    run_in(&project.path().join("new"), &["build"]).expect(0);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    project.page(&format!("new/site/{}.html", stem.trim_start_matches("docs/")))
}

/// Blocks of code of Liquid, wherever they may stand.
const HIGHLIGHT: &str = "# T

> {% highlight ruby %}
> one <b>
> {% endhighlight %}

after a quotation

{% highlight ruby linenos %}
# two
{% endhighlight %} tail

after a tail

- item

  {% highlight sh %}
  three
  {% endhighlight %}

- {% highlight sh %}
  four
  {% endhighlight %}

before {% highlight c %}five{% endhighlight %}

```
{% raw %}{{ six }}{% endraw %}
```

Say {% raw %}{{ seven }}{% endraw %}.

{% if page.x %}
eight
{% endif %}
";

#[test]
fn blocks_of_code_of_liquid_are_code_and_end_where_they_end() {
    let (project, page) = bare(JEKYLL, "a.md", HIGHLIGHT);
    for page in [page, imported(JEKYLL, "a.md", HIGHLIGHT)] {
        let code: Vec<String> = page.texts(".text pre").iter().map(|code| code.trim().to_owned()).collect();
        assert_eq!(code, ["one <b>", "# two", "three", "four", "five", "{{ six }}"]);
        assert_eq!(page.texts(".text blockquote pre").len(), 1);
        assert_eq!(page.texts(".text li pre").len(), 2);
        let shown = text(&page);
        assert!(shown.contains("Say {{ seven }}.") && !shown.contains("highlight"), "{shown}");
        let words = page.texts(".text > p");
        for word in ["after a quotation", "tail", "after a tail", "before", "eight"] {
            assert!(words.iter().any(|own| own.contains(word)), "{word}: {words:?}");
        }
    }
    let said = project.run(&["check", "--lang", "en", "-v"]).expect(0).stderr();
    assert!(said.contains("`{% if page.x %}` is run by another tool alone"), "{said}");
    assert!(!said.contains("{{ seven }}") && !said.contains("brings in"), "{said}");
    let (_, page) = bare(("notes.txt", ""), "a.md", HIGHLIGHT);
    assert!(text(&page).contains("{% highlight ruby linenos %}"), "{}", text(&page));
}

/// Modules with empty lines in them, and words that stand deep.
const MDX: &str = "import A from './a';
export * from './b';

export const x = {
  a: 1,

  b: '}',
};

export async function f() {
  const y = `

  }`;

  return y;
}

export class C {
  m() {

  }
}

# T

    deep *one*

- item

      deep *two*

  ```
      code
  ```

export is a word here.
";

#[test]
fn code_of_mdx_is_left_out_whole_and_nothing_is_code_by_its_indent() {
    let settings = ("docusaurus.config.js", "module.exports = {title: 'X'}");
    let (project, page) = bare(settings, "docs/a.mdx", MDX);
    for page in [page, imported(settings, "docs/a.mdx", MDX)] {
        assert_eq!(page.texts(".text em"), ["one", "two"], "{}", text(&page));
        assert_eq!(page.texts(".text pre"), ["    code\n"]);
        assert_eq!(page.texts(".text li p"), ["item", "deep two"]);
        let shown = text(&page);
        assert_eq!(shown, "deep one item deep two code export is a word here.");
    }
    let said = project.run(&["check", "--lang", "en", "-v"]).expect(0).stderr();
    assert_eq!(said.matches("is code of MDX").count(), 1, "{said}");
    // In other books the indent makes code.
    let (_, page) = bare(("notes.txt", ""), "a.md", "# T\n\n    deep *one*\n");
    assert_eq!(page.texts(".text pre"), ["deep *one*\n"]);
}

#[test]
fn what_only_jekyll_could_run_goes_with_a_word_once_a_kind() {
    let project = Project::new(
        "
//- book/_config.yml
title: T
baseurl: /docs
help_url: https://help.example
//- book/a.md
# A

See [b]({% link b.md %}), [p]({% post_url
2020-01-01-p %}), [c]({{ site.baseurl }}/b.html), [h]({{ site.help_url }}/y), {{ site.gone | upcase }} and {% include note.html text=\"hey\" %}.

{% if page.x %}
Kept words.
{% endif %}

{% for page in site.pages %}
* {{ page.title }}
{% endfor %}

{% raw %}{{ shown }}{% endraw %} and `{% include code.html %}`
//- book/b.md
# B

{% include note.html %} {{ site.gone }}
//- book/_posts/2020-01-01-p.md
# P
",
    );
    project.run(&["import", "book", "new", "--lang", "en"]).expect(0);
    let text = project.read("new/content/a.md");
    for part in ["[b](b.md)", "2020-01-01-p.md)", "[c](b.md)", "[h](https://help.example/y)", "Kept words."] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("{{ shown }}") && text.contains("`{% include code.html %}`"), "{text}");
    assert_eq!((text.matches("{{").count(), text.matches("{%").count()), (1, 1), "{text}");
    assert!(!text.contains("site.pages"), "{text}");
    let report = project.read("new/import-report.md");
    for kind in ["{{ site.gone }}", "{% include note.html %}", "{% if %}", "{% for %}"] {
        assert_eq!(report.matches(&format!("`{kind}`")).count(), 1, "{kind}: {report}");
    }
}
