#!/usr/bin/env bash
# Times `handbook build` into an empty folder against examples/floor.rs on both
# corpora, in one run, and prints the ratio of the medians. The output of each
# run is moved aside, not deleted: a file system that has just deleted thousands
# of files is slower for the next run, which would measure that instead.
# Usage: tests/bench.sh [CORPORA] ; BENCH_DIR chooses the disk (default /tmp).
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:-../shared/corpora}
command -v hyperfine >/dev/null || { apt-get update -qq; apt-get install -y -qq hyperfine >/dev/null; }
cargo build --release --quiet --bin handbook --example floor
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
for book in 18f laws; do
  hyperfine --shell none --warmup 3 --runs 20 --export-json "$work/$book.json" --prepare "$work/aside" \
    --command-name "floor $book" "target/release/examples/floor $corpora/$book/content $work/floor" \
    --command-name "handbook $book" "target/release/handbook build -q -C $corpora/$book -o $work/site --date 2026-01-01 --format json" \
    >/dev/null 2>&1
  python3 - "$work/$book.json" "$book" <<'PY'
import json, sys
floor, ours = json.load(open(sys.argv[1]))["results"]
ms = lambda result, key: f"{result[key] * 1e3:.1f} ms"
print(f"{sys.argv[2]}: floor {ms(floor, 'median')} (user {ms(floor, 'user')}), "
      f"handbook {ms(ours, 'median')} (user {ms(ours, 'user')}), "
      f"ratio {ours['median'] / floor['median']:.2f} (medians of 20 runs)")
PY
done
