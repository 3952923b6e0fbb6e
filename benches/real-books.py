#!/usr/bin/env python3
"""Builds a book of 4,500 real chapters, and prints what that costs.

    cargo build --release --bin handbook --example floor
    benches/real-books.py CORPORA [--chapters 4500] [--runs 3] [--into FOLDER] [--peer COMMAND]

The book is made of `strangers/openbao`, `strangers/mkdocs-material` and `18f` in the
folder CORPORA, copy after copy, until it has so many chapters. Each copy differs: its
number stands behind each title, each paragraph's first line and in a word of each block
of code, so that nothing in it is made for another copy too. The same corpora give the
same book.

It is built into an empty folder without a cache, with an empty one, with a warm one, and
beside it `examples/floor`, which turns each file to HTML and does nothing else. Of each
it prints the median of the time and of the processor's time (user and system), the peak
of memory, and the files and bytes that were written. `--peer` names another generator,
such as `mdbook build {book} -d {site}` or `hugo -s {book} -d {site}`; for mdBook, `SUMMARY.md` and
`book.toml` are made, for Hugo a small theme with the list of a page's folder. Neither makes an
index for search, or looks for dead links, as the program does.

`BENCH_DIR` chooses the disk (default /dev/shm where it is there).
"""

import argparse
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCES = ["strangers/openbao", "strangers/mkdocs-material", "18f/content"]
FENCE = re.compile(r"^\s*(```|~~~)")
WORD = re.compile(r"[A-Za-z]{6,}")
FENCE_ATTRIBUTES = re.compile(r"^(\s*(?:```+|~~~+)\s*[\w+-]*).*")


def varied(text, copy):
    """The text of a copy: with its number behind titles and lines that begin a paragraph, and
    in a word of each block of code."""
    if copy == 0:
        return text
    lines, fence, changed, titled = text.split("\n"), None, False, False
    head = lines[0].strip() == "---"
    for at, line in enumerate(lines):
        mark = FENCE.match(line)
        if mark and fence in (None, mark[1]):
            fence, changed = (None if fence else mark[1]), False
        elif fence and not changed and WORD.search(line):
            lines[at], changed = WORD.sub(lambda word: f"{word[0]}{copy}", line, count=1), True
        elif head and at and line.strip() == "---":
            head = False
        elif head and line.startswith(("title:", "sidebar_label:")):
            quote = line.rstrip()[-1] if line.rstrip()[-1] in "\"'" else ""
            lines[at] = line.rstrip().removesuffix(quote) + f" {copy}{quote}"
        elif not head and not fence and not titled and line.startswith("# "):
            lines[at], titled = f"{line} {copy}", True
        elif not head and not fence and line[:1].isalpha() and at and not lines[at - 1].strip():
            lines[at] = f"{line} {copy}"
    return "\n".join(lines)


def make(corpora, folder, chapters):
    """Writes the book; gives the bytes of its chapters."""
    content, count, size, copy = folder / "content", 0, 0, 0
    while count < chapters:
        for source in SOURCES:
            for path in sorted((corpora / source).rglob("*")):
                target = content / f"copy-{copy}" / source.split("/")[-1].replace("content", "18f") / path.relative_to(corpora / source)
                is_chapter = path.suffix in (".md", ".mdx")
                if not path.is_file() or is_chapter and count >= chapters:
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                if is_chapter:
                    text = varied(path.read_text(encoding="utf-8"), copy)
                    target.write_text(text, encoding="utf-8")
                    count, size = count + 1, size + len(text.encode())
                else:
                    shutil.copyfile(path, target)
        copy += 1
    return size


def for_mdbook(folder):
    content = folder / "content"
    names = sorted(str(path.relative_to(content)) for path in content.rglob("*.md*") if path.name != "SUMMARY.md")
    (content / "SUMMARY.md").write_text("# Summary\n\n" + "".join(f"- [{name}](<{name}>)\n" for name in names))
    (folder / "book.toml").write_text('[book]\ntitle = "Book"\nsrc = "content"\n')


def for_hugo(folder):
    """A site of Hugo's beside the book: a page each, with the lists of its folders. Hugo knows no
    `.mdx`, and stops at shortcodes and front matter that it does not know."""
    content = folder / "hugo"
    for path in sorted((folder / "content").rglob("*")):
        target = content / path.relative_to(folder / "content")
        if not path.is_file() or path.name == "SUMMARY.md":
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix not in (".md", ".mdx"):
            shutil.copyfile(path, target)
            continue
        lines = path.read_text(encoding="utf-8").replace("{{<", "{{ <").replace("{{%", "{{ %").split("\n")
        title = next((line for line in lines if line.startswith("title:")), None)
        if lines[0].strip() == "---":
            end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
            lines = lines[end + 1 :]
        lines = [FENCE_ATTRIBUTES.sub(r"\1", line) for line in lines]
        front = json.dumps({"title": title.removeprefix("title:").strip() if title else path.stem})
        name = "_index.md" if path.stem == "index" else f"{path.stem}.md"
        target.with_name(name).write_text(front + "\n\n" + "\n".join(lines), encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    page = (
        '<!doctype html><meta charset="utf-8"><title>{{ .Title }}</title><nav>{{ range .Ancestors }}'
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav><ul>{{ with .CurrentSection }}{{ range .Pages }}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}</ul><h1>{{ .Title }}</h1>{{ .Content }}'
    )
    for kind in ("single", "list"):
        (layouts / f"{kind}.html").write_text(page)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Book"\ncontentDir = "hugo"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n[markup.goldmark.renderer]\nunsafe = true\n'
        "[markup.highlight]\nnoClasses = false\n"
    )


def run(command, environment):
    """Runs a command; gives its time, user and system time, and peak of memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))}: {process.returncode}\n{said.decode()[-2000:]}")
    return time.perf_counter() - begun, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def measure(name, command, site, runs, size, environment=None, before=None):
    times = []
    for number in range(runs):
        # Moved aside, not deleted: a file system that has just deleted thousands of files
        # is slower for the next run.
        if site.exists():
            site.rename(site.with_name(f"old-{name.replace(' ', '-')}-{number}-{time.time_ns()}"))
        if before:
            before()
        times.append(run(command, environment or {}))
    files = [path for path in site.rglob("*") if path.is_file()]
    clock, user, system, memory = (statistics.median(column) for column in zip(*times))
    written = sum(path.stat().st_size for path in files)
    search = sum(1 for path in files if "search" in path.relative_to(site).parts[:1])
    print(
        f"{name:<22} {clock:6.2f} s  user {user:6.2f}  sys {system:5.2f}  memory {memory:5.0f} MB ({memory * 1e6 / size:4.1f} x)"
        f"  {len(files):6,} files ({search:,} of search)  {written / 1e6:6.1f} MB",
        flush=True,
    )
    for old in site.parent.glob("old-*"):
        shutil.rmtree(old)
    return clock, user + system


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--chapters", type=int, default=4500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--peer", action="append", default=[])
    options = parser.parse_args()
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parent.parent / "target")) / "release"
    handbook = os.environ.get("HANDBOOK", target / "handbook")
    if options.into:
        size = make(options.corpora, options.into, options.chapters)
        print(f"{options.chapters:,} chapters of {size / 1e6:.1f} MB in {options.into}")
        return
    disk = os.environ.get("BENCH_DIR") or ("/dev/shm" if os.path.isdir("/dev/shm") else None)
    with tempfile.TemporaryDirectory(dir=disk, prefix="handbook-bench-") as work:
        work = Path(work)
        book, site, cache = work / "book", work / "site", work / "cache"
        size = make(options.corpora, book, options.chapters)
        print(f"{options.chapters:,} chapters of {size / 1e6:.1f} MB; medians of {options.runs} runs", flush=True)
        floor = measure("floor", [target / "examples/floor", book / "content", site], site, options.runs, size)
        build = [handbook, "build", "-q", "--format", "json", "-C", book, "-o", site, "--date", "2026-01-01"]
        given = lambda folder: {"HANDBOOK_CACHE": str(folder)}
        forget = lambda: shutil.rmtree(cache, ignore_errors=True)
        measure("handbook, no cache", build, site, options.runs, size, given(""))
        measure("handbook, cold cache", build, site, options.runs, size, given(cache), forget)
        warm = measure("handbook, warm cache", build, site, options.runs, size, given(cache))
        kept = [path for path in cache.rglob("*") if path.is_file()]
        print(f"the cache: {len(kept)} files, {sum(path.stat().st_size for path in kept) / 1e6:.1f} MB")
        print(f"warm against the floor: {warm[0] / floor[0]:.2f} of time, {warm[1] / floor[1]:.2f} of the processor's")
        for peer in options.peer:
            if "mdbook" in peer:
                for_mdbook(book)
            if "hugo" in peer:
                for_hugo(book)
            command = [part.format(book=book, site=site) for part in shlex.split(peer)]
            measure(command[0].split("/")[-1], command, site, 1, size)


if __name__ == "__main__":
    main()
