"""Reads from the site that a tool made of a book what its links, pictures and navigation are.

    python3 read.py TOOL SOURCE SITE > BOOK.tsv

One line each, parted by tabs:

    link   file   words   file or asset that it leads to   heading at its anchor
    image  file   words   asset
    nav    file   title

Only what works in the tool's own site is written: the page, the file and the anchor are there.
How each site was made, with which version, stands in `README.md` beside this file.
"""

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

CONTENT = {
    "mkdocs": "article.md-content__inner",
    "mdbook": "main",
    "hugo": "article.markdown",
    "honkit": "section.markdown-section",
    "jekyll": "body",
    "vitepress": ".vp-doc",
    "vuepress": ".theme-default-content, [vp-content]",
    "docusaurus": ".theme-doc-markdown",
}
NAV = {
    "mkdocs": "nav.md-nav--primary a.md-nav__link",
    "mdbook": "a",
    "hugo": "aside.book-menu nav > ul a",
    "honkit": "ul.summary li.chapter > a",
}
# Links that the tool adds: to headings, to edit a page, to notes.
OWN = {"headerlink", "header", "header-anchor", "hash-link", "anchor", "md-content__button", "footnote-ref", "footnote-backref"}
SUFFIXES = [".md", ".mdx", ".markdown", ".html.md.erb"]


class Site:
    def __init__(self, tool, source, site):
        self.tool, self.source, self.site = tool, Path(source), Path(site)
        self.pages = {}
        for path in sorted(self.site.rglob("*.html")):
            self.pages[path.relative_to(self.site).as_posix()] = None
        self.files = self.sources()

    def soup(self, page):
        if self.pages[page] is None:
            self.pages[page] = BeautifulSoup((self.site / page).read_text("utf-8", "replace"), "html.parser")
        return self.pages[page]

    def sources(self):
        """The page that each chapter became."""
        root = {"mkdocs": "docs", "mdbook": "src", "hugo": "content", "vuepress": "docs", "vitepress": "handbook"}.get(self.tool, "")
        mount = {"docusaurus": "docs/"}.get(self.tool, "")
        if self.tool == "docusaurus":
            root = "docs"
        found = {}
        top = self.source / root
        for path in sorted(top.rglob("*")):
            suffix = next((end for end in SUFFIXES if path.name.endswith(end)), None)
            if suffix is None or not path.is_file():
                continue
            stem = path.relative_to(top).as_posix()[: -len(suffix)]
            name = stem.rsplit("/", 1)[-1]
            folder = stem[: -len(name)]
            places = [f"{stem}/index.html", f"{stem}.html"]
            if name.lower() in ("index", "readme", "_index"):
                places = [f"{folder}index.html"]
            if self.tool == "hugo":
                places = [place.lower().replace(" ", "-") for place in places]
            own = self.permalink(path)
            places = [own] + places if own else places
            page = next((mount + place for place in places if mount + place in self.pages), None)
            file = path.relative_to(self.source).as_posix()
            if page and page not in found.values():
                found[file] = page
        return {page: file for file, page in found.items()}

    def permalink(self, path):
        head = path.read_text("utf-8", "replace").split("\n---")[0]
        match = re.search(r"^permalink: *['\"]?([^'\"\n]+)", head, re.M)
        if not match or self.tool != "jekyll":
            return None
        place = match.group(1).strip().lstrip("/")
        return place if place.endswith(".html") else place.rstrip("/") + "/index.html"

    def target(self, page, href):
        """What a link leads to, with the heading at its anchor; None where nothing is."""
        parts = urlsplit(urljoin("http://site/" + page, href))
        if parts.netloc != "site":
            return None
        path = unquote(parts.path).lstrip("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        if path not in self.pages and path + ".html" in self.pages:
            path += ".html"
        elif path not in self.pages and path + "/index.html" in self.pages:
            path += "/index.html"
        if path not in self.pages:
            return (path, "") if (self.site / path).is_file() else None
        if path not in self.files:
            return None
        if not parts.fragment:
            return (self.files[path], "")
        wanted = unquote(parts.fragment)
        found = self.soup(path).find(id=wanted) or self.soup(path).find(attrs={"name": wanted})
        if found is None:
            return None
        heading = found if re.fullmatch("h[1-6]", found.name) else found.find_parent(re.compile("^h[1-6]$"))
        return (self.files[path], words(heading) if heading else "*")


def words(element):
    copy = BeautifulSoup(str(element), "html.parser")
    for own in copy.select("strong[aria-hidden], .headerlink, .header-anchor, .hash-link, .twemoji, svg, script, style"):
        own.decompose()
    return re.sub(r"\s+", " ", copy.get_text(" ")).strip()


def main(tool, source, site):
    own = Site(tool, source, site)
    lines = []
    for page, file in sorted(own.files.items(), key=lambda pair: pair[1]):
        for content in own.soup(page).select(CONTENT[tool])[:1]:
            for link in content.select("a[href]"):
                if OWN & set(link.get("class") or []) or link["href"].startswith(("#fn", "#__code"))or words(link).startswith("↩"):
                    continue
                said = words(link) or " ".join(image.get("alt", "") for image in link.select("img"))
                found = own.target(page, link["href"])
                if found and said:
                    lines.append(("link", file, said, *found))
            for image in content.select("img[src]"):
                found = own.target(page, image["src"])
                if found:
                    lines.append(("image", file, image.get("alt", ""), found[0]))
    if tool in NAV:
        start = "toc.html" if tool == "mdbook" and "toc.html" in own.pages else "index.html"
        seen = set()
        for link in own.soup(start).select(NAV[tool]):
            found = own.target(start, link.get("href", ""))
            if found and found[0] not in seen and found[0] in own.files.values():
                seen.add(found[0])
                lines.append(("nav", found[0], words(link)))
    for line in lines:
        print("\t".join(re.sub(r"[\t\n]", " ", part) for part in line))


main(*sys.argv[1:4])
