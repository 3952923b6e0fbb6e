#!/usr/bin/env python3
"""What a long history costs: a book of 4,500 chapters in a repository of 20,000 commits.

    cargo build --release --bin handbook
    benches/history.py CORPORA [--chapters 4500] [--commits 20000] [--controlled 20] [--runs 3]

The book is that of real-books.py; every twentieth chapter is a controlled document with a
version, a status and a date. Each commit changes a line of one chapter; every fourth change of
a controlled document is its next version, and one commit in two hundred renames a chapter. It
is made by `git fast-import` in seconds, and is the same each time. Printed is a build without
history, one that keeps nothing, and one with the history kept, as medians of their runs. Each
edition has pages of its own, which the third writes and the first does not.
`--into FOLDER` only makes the repository, for instance for
`examples/preview_latency FOLDER`, which measures a preview with this history.
"""

import argparse
import datetime
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

spec = importlib.util.spec_from_file_location("real_books", Path(__file__).with_name("real-books.py"))
real_books = importlib.util.module_from_spec(spec)
spec.loader.exec_module(real_books)

DAY = 24 * 60 * 60
# 2016-01-01; the last of 20,000 commits is then made in 2025.
BEGIN = 1451606400
STEP = DAY * 10 * 365 // 21000


class Chapter:
    """A chapter at the commit that the history has come to."""

    def __init__(self, path, text, controlled):
        self.path, self.versions, self.changes = path, 1, 0
        self.day, self.controlled = "2016-01-01", controlled
        lines = text.split("\n")
        has_head = bool(lines) and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:])
        end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---") if has_head else 0
        self.head = lines[1:end] if has_head else []
        self.body = "\n".join(lines[end + 1 :] if has_head else lines)

    def text(self):
        head = list(self.head)
        if self.controlled:
            head += ["status: in_force", f"version: '{self.versions}.0'", f"effective: {self.day}"]
        front = "---\n" + "\n".join(head) + "\n---\n" if head else ""
        return f"{front}{self.body}\n\nChanged {self.changes} times.\n"


def commits(chapters, count):
    """The stream for `git fast-import`."""
    rng = random.Random(16)
    names = list(chapters)
    for number in range(count + 1):
        time = BEGIN + number * STEP
        yield f"commit refs/heads/main\ncommitter A <a@example.org> {time} +0000\ndata 6\nchange\n".encode()
        if number == 0:
            changed = names
        else:
            at = rng.randrange(len(names))
            name, chapter = names[at], chapters[names[at]]
            chapter.changes += 1
            if chapter.controlled and rng.random() < 0.25:
                chapter.versions += 1
                chapter.day = day_of(time)
            if number % 200 == 0:
                folder, _, file = name.rpartition("/")
                new = f"{folder}/renamed-{number}-{file}"
                yield f'R "{name}" "{new}"\n'.encode()
                chapters[new] = chapters.pop(name)
                names[at] = name = new
            changed = [name]
        for name in changed:
            data = chapters[name].text().encode()
            yield f'M 100644 inline "{name}"\ndata {len(data)}\n'.encode() + data + b"\n"


def day_of(time):
    return datetime.datetime.fromtimestamp(time, datetime.timezone.utc).date().isoformat()


def make(corpora, folder, options):
    """Makes the project with its history; gives the bytes of its chapters."""
    size = real_books.make(corpora, folder, options.chapters)
    content = folder / "content"
    paths = sorted(path for path in content.rglob("*") if path.suffix in (".md", ".mdx"))
    texts = {}
    for number, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        texts[name] = Chapter(name, path.read_text(encoding="utf-8"), number % options.controlled == 0)
        path.unlink()
    git = ["git", "-C", folder, "-c", "core.quotePath=false"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    stream = subprocess.Popen([*git, "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE)
    for part in commits(texts, options.commits):
        stream.stdin.write(part)
    stream.stdin.write(b"done\n")
    stream.stdin.close()
    if stream.wait() != 0:
        sys.exit("git fast-import failed")
    subprocess.run([*git, "reset", "-q", "--hard", "main"], check=True)
    settings(folder, "git")
    return size


def settings(folder, editions):
    (folder / "handbook.yaml").write_text(f"title: Book\neditions: {editions}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--chapters", type=int, default=4500)
    parser.add_argument("--commits", type=int, default=20000)
    parser.add_argument("--controlled", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parent.parent / "target")) / "release"
    handbook = os.environ.get("HANDBOOK", target / "handbook")
    if options.into:
        make(options.corpora, options.into, options)
        return
    disk = os.environ.get("BENCH_DIR") or ("/dev/shm" if os.path.isdir("/dev/shm") else None)
    with tempfile.TemporaryDirectory(dir=disk, prefix="handbook-bench-") as work:
        work = Path(work)
        book, site, cache = work / "book", work / "site", work / "cache"
        size = make(options.corpora, book, options)
        count = subprocess.run(["git", "-C", book, "rev-list", "--count", "main"], capture_output=True, check=True)
        print(f"{options.chapters:,} chapters of {size / 1e6:.1f} MB, {int(count.stdout):,} commits", flush=True)
        build = [handbook, "build", "-q", "--format", "json", "-C", book, "-o", site, "--date", "2026-01-01"]
        given = {"HANDBOOK_CACHE": str(cache)}
        forget = lambda: shutil.rmtree(cache, ignore_errors=True)
        settings(book, "off")
        real_books.measure("to warm the cache", build, site, 1, size, given)
        without = real_books.measure("without history", build, site, options.runs, size, given)
        settings(book, "git")
        real_books.measure("nothing kept", build, site, options.runs, size, given, forget)
        warm = real_books.measure("history kept", build, site, options.runs, size, given)
        print(f"warm against without: {warm[0] / without[0]:.2f} of time, {warm[1] / without[1]:.2f} of the processor's")


if __name__ == "__main__":
    main()
