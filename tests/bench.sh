#!/usr/bin/env bash
# Times `handbook build` into an empty folder against examples/floor.rs on both
# corpora, in one run, and prints the ratio of the medians. The output of each
# run is moved aside, not deleted: a file system that has just deleted thousands
# of files is slower for the next run, which would measure that instead.
# The third book is of 4,500 chapters and 56 MB, made from the laws; for it the peak
# memory is printed too, as a multiple of the chapters' bytes.
# Usage: tests/bench.sh [CORPORA] ; BENCH_DIR chooses the disk (default /tmp).
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:-../shared/corpora}
command -v hyperfine >/dev/null || { apt-get update -qq; apt-get install -y -qq hyperfine >/dev/null; }
cargo build --release --quiet --bin handbook --example floor --example preview_latency
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
target/release/examples/preview_latency "$corpora/laws" --chapters 4500 --megabytes 56 --into "$work/large"
for book in 18f laws large; do
  folder=$corpora/$book runs=20
  if [ $book = large ]; then folder=$work/large runs=5; fi
  hyperfine --shell none --warmup 1 --runs $runs --export-json "$work/$book.json" --prepare "$work/aside" \
    --command-name "floor $book" "target/release/examples/floor $folder/content $work/floor" \
    --command-name "handbook $book" "target/release/handbook build -q -C $folder -o $work/site --date 2026-01-01 --format json" \
    >/dev/null 2>&1
  python3 - "$work/$book.json" "$book" <<'PY'
import json, sys
floor, ours = json.load(open(sys.argv[1]))["results"]
ms = lambda result, key: f"{result[key] * 1e3:.1f} ms"
print(f"{sys.argv[2]}: floor {ms(floor, 'median')} (user {ms(floor, 'user')}), "
      f"handbook {ms(ours, 'median')} (user {ms(ours, 'user')}), "
      f"ratio {ours['median'] / floor['median']:.2f} (medians of {len(ours['times'])} runs)")
PY
done
"$work/aside"
python3 - "$work" <<'PY'
import os, resource, subprocess, sys
work = sys.argv[1]
build = ["target/release/handbook", "build", "-q", "-C", f"{work}/large", "-o", f"{work}/site", "--date", "2026-01-01"]
subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
chapters = (os.path.join(top, name) for top, _, names in os.walk(f"{work}/large/content") for name in names)
size = sum(os.path.getsize(path) for path in chapters)
print(f"large: peak memory {peak / 1e6:.0f} MB, {peak / size:.2f} times the chapters' {size / 1e6:.1f} MB")
PY
