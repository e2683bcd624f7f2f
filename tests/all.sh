#!/usr/bin/env bash
# Everything that must hold before a change lands, from a bare Debian with Rust (1.89 or newer) and a C
# compiler: bash tests/all.sh [step …]   steps: fmt clippy test doc supply browser
# Installs what is missing with apt-get, starts a throwaway PostgreSQL, ends with "N passed, N failed".
#   CARGO_TARGET_DIR         where to build        STARLIGHT_TEST_POSTGRES  use this server, start none
#   STARLIGHT_NO_INSTALL=1   install nothing       SHOTS                    folder for screenshots
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
work=$(mktemp -d) || exit 2
chmod 755 "$work"
passed=0 failed=0 database=""

main() {
  trap finish EXIT
  trap 'exit 130' INT TERM
  local steps=("$@")
  [ ${#steps[@]} -gt 0 ] || steps=(fmt clippy test doc supply browser)
  need_rust
  install_missing "${steps[@]}"
  for name in "${steps[@]}"; do
    case $name in
      fmt) step fmt 120 cargo fmt --all --check ;;
      clippy) step clippy 1500 cargo clippy --locked --all-targets -- -D warnings ;;
      test) start_postgres && step test 1500 cargo test --locked --no-fail-fast ;;
      doc) step doc 900 env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items ;;
      supply) step supply-tests 60 node --test tests/supply/semver.test.mjs tests/browser/lib/*.test.mjs
              step supply 300 node tests/supply/check.mjs ;;
      browser) step build 1500 cargo build --locked && browser_tests ;;
      *) say "unknown step $name"; failed=$((failed + 1)) ;;
    esac
  done
  [ "$failed" -eq 0 ]
}

say() { printf '%s\n' "$*"; }

# Runs one step under a time limit, counts its tests (itself where it has none), shows the log's end if it fails.
step() {
  local name=$1 limit=$2 log=$work/$1.log started=$SECONDS good bad
  shift 2
  say "== $name"
  timeout --kill-after=20 "$limit" "$@" >"$log" 2>&1
  local status=$?
  good=$(counted "$log" passed)
  bad=$(counted "$log" failed)
  if [ "$status" -eq 0 ] && [ "$bad" -eq 0 ]; then
    [ "$good" -gt 0 ] || good=1
  else
    [ "$bad" -gt 0 ] || bad=1
    [ "$status" -eq 124 ] && say "   stopped after $limit s"
    tail -n 60 "$log"
  fi
  passed=$((passed + good)) failed=$((failed + bad))
  say "   $name: $good passed, $bad failed, $((SECONDS - started)) s"
  [ "$bad" -eq 0 ]
}

# Sums "41 passed; 0 failed" of cargo and "browser: 9 passed, 0 failed" and "# pass 2" of node.
counted() {
  local word=$2 node=pass
  [ "$word" = failed ] && node=fail
  { grep -E '^(test result:|browser:)' "$1" | grep -oE "[0-9]+ $word" | grep -oE '^[0-9]+'
    grep -oE "^(#|ℹ) $node [0-9]+" "$1" | grep -oE '[0-9]+$' | sed "$(grep -q '^browser:' "$1" && echo d)"; } |
    awk '{ sum += $1 } END { print sum + 0 }'
}

need_rust() {
  command -v cargo >/dev/null || { say "cargo is missing: install Rust 1.89 or newer (rustup)"; exit 2; }
  command -v cc >/dev/null || { say "cc is missing: install a C compiler (gcc)"; exit 2; }
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 ||
    rustup component add rustfmt clippy >/dev/null 2>&1 ||
    { say "rustfmt or clippy is missing: rustup component add rustfmt clippy"; exit 2; }
}

install_missing() {
  local packages=() wants=" $* "
  case $wants in
    *" test "*) [ -n "${STARLIGHT_TEST_POSTGRES:-}" ] || [ -n "$(postgres_bin)" ] || packages+=(postgresql) ;;
  esac
  case $wants in *" browser "* | *" supply "*) command -v node >/dev/null || packages+=(nodejs) ;; esac
  case $wants in
    *" browser "*)
      command -v npm >/dev/null || packages+=(npm)
      [ -n "$(chromium_path)" ] || packages+=(chromium)
      python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)
      fc-list 2>/dev/null | grep -qi 'CJK' || packages+=(fonts-noto-cjk fontconfig) ;;
  esac
  [ ${#packages[@]} -gt 0 ] || return 0
  local become=()
  if [ "${STARLIGHT_NO_INSTALL:-}" = 1 ]; then say "missing: ${packages[*]}"; return 0; fi
  if ! command -v apt-get >/dev/null; then say "please install: ${packages[*]} (no apt-get here)"; return 0; fi
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then become=(sudo -n); else
      say "not root and no sudo: please run: apt-get install ${packages[*]}"; return 0; fi
  fi
  say "installing ${packages[*]}"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}")
  "${become[@]}" "${install[@]}" >"$work/apt.log" 2>&1 ||
    { "${become[@]}" apt-get update >"$work/apt.log" 2>&1 && "${become[@]}" "${install[@]}" >>"$work/apt.log" 2>&1; } ||
    { say "apt-get failed:"; tail -n 20 "$work/apt.log"; }
}

chromium_path() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 0
}

postgres_bin() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && { echo "$folder"; return 0; }
  done
  return 0
}

# PostgreSQL refuses to run as root: then a user without rights runs it.
as_database_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
  if command -v runuser >/dev/null; then runuser -u "$database_user" -- "$@"; else
    setpriv --reuid "$database_user" --regid "$(id -gn "$database_user")" --clear-groups "$@"; fi
}

# A server of its own: data, socket and password in the work folder, a port that was free a moment ago.
start_postgres() {
  if [ -n "${STARLIGHT_TEST_POSTGRES:-}" ]; then say "   PostgreSQL: as given"; return 0; fi
  local bin password port try
  bin=$(postgres_bin)
  if [ -z "$bin" ]; then say "   no PostgreSQL server programs found"; failed=$((failed + 1)); return 1; fi
  database_user=$(id -un)
  if [ "$(id -u)" -eq 0 ]; then
    database_user=starlight-test
    id postgres >/dev/null 2>&1 && database_user=postgres
    id "$database_user" >/dev/null 2>&1 || useradd --system --no-create-home "$database_user" || { failed=$((failed + 1)); return 1; }
  fi
  database=$work/pg
  mkdir "$database" && chmod 700 "$database"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" >"$database/password"
  [ "$(id -u)" -ne 0 ] || chown -R "$database_user" "$database"
  if ! as_database_user "$bin/initdb" -D "$database/data" -U starlight --pwfile="$database/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >"$work/initdb.log" 2>&1; then
    say "   initdb failed:"; tail -n 20 "$work/initdb.log"; database=""; failed=$((failed + 1)); return 1
  fi
  # fsync only guards against power cuts, which a throwaway server need not survive.
  for try in 1 2 3 4 5; do
    port=$((20000 + (RANDOM % 20000)))
    if as_database_user "$bin/pg_ctl" -D "$database/data" -l "$database/log" -w -t 60 -s \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$database' -c fsync=off -c max_connections=200" start; then
      export STARLIGHT_TEST_POSTGRES="postgres://starlight:$password@127.0.0.1:$port/postgres"
      say "   PostgreSQL: $("$bin/postgres" --version), port $port"
      return 0
    fi
  done
  say "   PostgreSQL did not start:"; tail -n 20 "$database/log"
  failed=$((failed + 1))
  return 1
}

browser_tests() {
  local chromium
  chromium=$(chromium_path)
  if [ -z "$chromium" ] || ! command -v npm >/dev/null; then
    say "   browser: chromium or npm is missing"; failed=$((failed + 1)); return 1
  fi
  step npm-ci 300 npm ci --prefix tests/browser --no-audit --no-fund || return 1
  # Somebody else's program, which checks the badge files that families take along.
  step verifier 300 bash -c 'python3 -m venv "$1" && "$1/bin/pip" install --quiet --disable-pip-version-check -r tests/verifier/requirements.txt' verifier "$work/verifier" || return 1
  step browser 2400 env STARLIGHT_BIN="$target/debug/starlight" CHROMIUM="$chromium" SHOTS="${SHOTS:-$target/shots}" \
    STARLIGHT_VERIFIER="$work/verifier/bin/python" node tests/browser/run.mjs
}

finish() {
  local bin
  bin=$(postgres_bin)
  [ -z "$database" ] || as_database_user "$bin/pg_ctl" -D "$database/data" -m immediate -w -s stop >/dev/null 2>&1
  rm -rf "$work"
  say "$passed passed, $failed failed"
}

main "$@"
