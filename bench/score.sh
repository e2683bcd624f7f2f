#!/usr/bin/env bash
# P7: `starlight score` on 1,000,000 answers, files to files, against polars and duckdb scripts that only
# compute plain means and ranks. P8: the computation alone against polars, duckdb and numpy in memory.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
answers=${ANSWERS:-1000000}
runs=${RUNS:-9}
work=$target/bench
mkdir -p "$work"

cargo build --release --locked
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/python" -c 'import polars, duckdb, numpy' 2>/dev/null ||
  "$work/venv/bin/pip" install --quiet -r bench/requirements.txt
python=$work/venv/bin/python
[ -f "$work/in-$answers/assignments.csv" ] || python3 bench/generate.py "$work/in-$answers" "$answers"
in=$work/in-$answers

milliseconds() { # of one whole process
  local start end
  start=$(date +%s%N)
  "$@" >/dev/null
  end=$(date +%s%N)
  echo $(((end - start) / 1000))e-3
}

: >"$work/files.txt"
for run in $(seq 0 "$runs"); do # the first turn warms the caches and is dropped
  for side in ours polars duckdb; do
    if [ "$side" = ours ]; then took=$(milliseconds "$target/release/starlight" score "$in" --out "$work/out-ours")
    else took=$(milliseconds "$python" bench/peer_files.py "$side" "$in" "$work/out-$side"); fi
    [ "$run" = 0 ] || echo "$side $took" >>"$work/files.txt"
  done
done

: >"$work/memory.txt"
if [ -f examples/score_in_memory.rs ]; then # prints "ours MILLISECONDS" once per run
  cargo build --release --locked --example score_in_memory
  for run in $(seq "$runs"); do
    "$target/release/examples/score_in_memory" "$in" 1 >>"$work/memory.txt"
    "$python" bench/peer_memory.py "$in" 2 | tail -n 3 >>"$work/memory.txt"
  done
fi

"$python" bench/report.py "$answers" "$work/files.txt" "$work/memory.txt"
