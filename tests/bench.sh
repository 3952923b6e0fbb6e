#!/usr/bin/env bash
# Times `handbook build` into an empty folder against examples/floor.rs, in one run,
# and prints the ratio of the medians and the peak memory, as a multiple of the
# chapters' bytes too. The output of each run is moved aside, not deleted: a file
# system that has just deleted thousands of files is slower for the next run, which
# would measure that instead.
# Two books are real, `18f` and `laws`; `code` is made, 600 chapters with much code;
# `large` is made from the laws, 4,500 chapters of 56 MB; `broken` is made, 4,500 chapters
# with four mistakes of each kind, as a book has them that comes from another tool.
# Usage: tests/bench.sh [CORPORA] ; BENCH_DIR chooses the disk (default /tmp),
# HANDBOOK another binary than the release build of this folder.
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:-../shared/corpora}
command -v hyperfine >/dev/null || { apt-get update -qq; apt-get install -y -qq hyperfine >/dev/null; }
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}
cargo build --release --quiet --bin handbook --example floor --example preview_latency --example synthesize
examples=$CARGO_TARGET_DIR/release/examples
handbook=${HANDBOOK:-$CARGO_TARGET_DIR/release/handbook}
work=$(mktemp -d "${BENCH_DIR:-/tmp}/handbook-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat > "$work/aside" <<SH
#!/bin/sh
mkdir -p "$work/old"
for folder in site floor; do
  [ ! -e "$work/\$folder" ] || mv "$work/\$folder" "$work/old/\$(date +%s%N)"
done
SH
chmod +x "$work/aside"
"$examples/synthesize" 600 "$work/code" --code
"$examples/synthesize" 4500 "$work/broken" --broken 4
"$examples/preview_latency" "$corpora/laws" --chapters 4500 --megabytes 56 --into "$work/large"
for book in 18f laws code large broken; do
  folder=$corpora/$book runs=20
  [ ! -d "$work/$book" ] || folder=$work/$book
  case $book in large | broken) runs=5 ;; esac
  build=("$handbook" build -q -C "$folder" -o "$work/site" --date 2026-01-01 --format json)
  hyperfine --shell none --warmup 1 --runs $runs --export-json "$work/$book.json" --prepare "$work/aside" \
    --command-name "floor $book" "$examples/floor $folder/content $work/floor" \
    --command-name "handbook $book" "${build[*]}" >/dev/null 2>&1
  "$work/aside"
  python3 - "$work/$book.json" "$book" "$folder/content" "${build[@]}" <<'PY'
import json, os, resource, subprocess, sys
results, book, content, *build = sys.argv[1:]
subprocess.run(build, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
chapters = (os.path.join(top, name) for top, _, names in os.walk(content) for name in names if name.endswith(".md"))
size = sum(os.path.getsize(path) for path in chapters)
floor, ours = json.load(open(results))["results"]
ms = lambda result, key: f"{result[key] * 1e3:.1f} ms"
print(f"{book}: floor {ms(floor, 'median')} (user {ms(floor, 'user')}), "
      f"handbook {ms(ours, 'median')} (user {ms(ours, 'user')}), "
      f"ratio {ours['median'] / floor['median']:.2f} (medians of {len(ours['times'])} runs), "
      f"peak memory {peak / 1e6:.0f} MB, {peak / size:.2f} times the chapters' {size / 1e6:.1f} MB")
PY
done
