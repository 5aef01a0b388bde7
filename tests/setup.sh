# Sourced by examples/run and tests/run: everything a fresh Debian 12 lacks, then configure and build.
# shellcheck shell=bash

top="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# What the compiler and its tests are built from. ccache is used where it is, and not needed.
build_packages=(
  g++ cmake ninja-build
  antlr4 default-jre-headless libantlr4-runtime-dev libfmt-dev nlohmann-json3-dev libyaml-cpp-dev libcli11-dev libre2-dev libmd-dev doctest-dev
)
# What only the tests run: the style checkers, node for the judges of templates, what the install tests build with,
# what draws pictures, and what runs the library's code. (A chromium, where there is one, opens the handbook.)
test_packages=(clang-format clang-tidy nodejs npm git make dpkg-dev graphviz python3)

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# missing PACKAGE…: prints those that are not installed. A node that did not come from Debian counts, with its npm.
missing() {
  local package status
  for package in "$@"; do
    case "$package" in
      nodejs) command -v node > /dev/null && continue ;;
      npm) command -v npm > /dev/null && continue ;;
    esac
    status="$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null || true)"
    [ "$status" = installed ] || printf '%s\n' "$package"
  done
}

# ensure_packages PACKAGE…: installs by apt-get what is missing; touches neither apt nor the network when nothing is.
ensure_packages() {
  local wanted as_root=()
  if ! command -v dpkg-query > /dev/null; then
    echo "This is no Debian: these packages (by their Debian names) must be there already: $*" >&2
    return 0
  fi
  mapfile -t wanted < <(missing "$@")
  [ "${#wanted[@]}" -gt 0 ] || return 0
  say "Installing ${wanted[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || die "Not root, and there is no sudo. As root, run:" \
      "  apt-get install --no-install-recommends ${wanted[*]}"
    as_root=(sudo)
  fi
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
  "${as_root[@]}" "${apt[@]}" update > /dev/null
  "${as_root[@]}" "${apt[@]}" install --no-install-recommends "${wanted[@]}" > /dev/null
}

# configure FOLDER OPTION…: configures a build; again only when CMake itself sees a reason or an option changed.
configure() {
  local folder="$1" options="${*:2}"
  if [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/options" 2> /dev/null)" = "$options" ]; then
    return 0
  fi
  say "Configuring ${folder#"$top/"}"
  cmake -S "$top" -B "$folder" -G Ninja "${@:2}"
  printf '%s' "$options" > "$folder/options"
}

# build FOLDER [TARGET…]
build() {
  say "Building ${1#"$top/"}"
  cmake --build "$1" ${2:+--target "${@:2}"}
}
