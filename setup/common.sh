# Sourced by the scripts beside it: each installs one thing, is quick when it is there already, and prints only when it does something.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=$PWD/.tools
# First on PATH for everything that builds wasm: the command-line tools and, where rustup's compiler has no wasm32 target, another compiler.
wasm_bin=$tools/wasm/bin
log=$tools/$(basename "$0").log
mkdir -p "$wasm_bin"

say() { echo "setup: $*"; }

# One sentence: what can't be had, and what to do about it.
fail() {
  echo "setup: $*" >&2
  exit 1
}

# Output matters only when a step fails: then its end is shown.
quietly() {
  "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_install() {
  local package missing=()
  command -v apt-get >/dev/null || fail "this system has no apt-get: install by hand what Debian calls $*"
  for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "installing Debian's ${missing[*]}"
  # A fresh machine has no package lists, an old one may have lists that name versions which are gone.
  apt_get install "${missing[@]}" 2>/dev/null || { apt_get update && apt_get install "${missing[@]}"; } ||
    fail "Debian's ${missing[*]} can't be installed: as root, run 'apt-get update' and 'apt-get install ${missing[*]}' and see what it says"
}

# Never at the cost of a package that someone has.
apt_get() {
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-remove --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# Unoptimised: these tools run for a second, and optimising them takes minutes.
cargo_install() {
  local install=(cargo install "$@" --root .tools/wasm)
  say "building $1 $3 (a minute or two, once)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 quietly "${install[@]}" || fail "$1 $3 can't be built: run '${install[*]}' and see what it says"
}

rust_minimum=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

version_of() { "$1" --version 2>/dev/null | cut -d' ' -f2; }

recent_enough() {
  local version
  version=$(version_of "$1") && printf '%s\n' "$rust_minimum" "$version" | sort -V -C
}
