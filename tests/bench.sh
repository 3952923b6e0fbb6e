#!/usr/bin/env bash
# Times `handbook build` into an empty folder against examples/floor.rs on both
# corpora, in one run, and prints the ratio of the medians (of the means where
# jq is missing). Needs hyperfine; installs it from Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:-../shared/corpora}
command -v hyperfine >/dev/null || { apt-get update -qq; apt-get install -y -qq hyperfine >/dev/null; }
cargo build --release --quiet --bin handbook --example floor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for book in 18f laws; do
  hyperfine --style basic --shell none --warmup 3 --runs 20 --export-json "$work/$book.json" \
    --prepare "rm -rf $work/site $work/floor" \
    --command-name "floor $book" "target/release/examples/floor $corpora/$book/content $work/floor" \
    --command-name "handbook $book" "target/release/handbook build -q -C $corpora/$book -o $work/site --date 2026-01-01" \
    --ignore-failure 2>/dev/null
  python3 - "$work/$book.json" "$book" <<'PY'
import json, sys
floor, ours = json.load(open(sys.argv[1]))["results"]
print(f"{sys.argv[2]}: floor {floor['median']*1e3:.1f} ms, handbook {ours['median']*1e3:.1f} ms, "
      f"ratio {ours['median']/floor['median']:.2f} (medians of 20 runs)")
PY
done
