# Takes files out of Debian's packages without installing any. Sourced by scripts that have defined
# `say MESSAGE` and `fail ERROR HINT`, and whose current folder is a temporary one of their own.
# SPDX-License-Identifier: MIT

# apt's sandbox user `_apt` does not get into the 0700 folder of mktemp: root fetches as root.
as_self="-o APT::Sandbox::User=$(id -un)"
# Options of apt-get, once the machine's own package lists have shown to be of no use.
own_lists=

# Fetches the package files of the packages $1 (words) into the current folder; $2: what to do without apt.
download_packages() {
  for program in apt-get dpkg-deb tar; do
    command -v $program >/dev/null || fail "no $program here" "$2"
  done
  # shellcheck disable=SC2086 # a list of words
  if [ -z "$own_lists" ] && ! apt-get -qq --print-uris download $1 >/dev/null 2>&1; then
    say "this machine's package lists do not name them: reading fresh lists into a temporary folder"
    own_lists="-o Dir::State::lists=$PWD/lists -o Dir::Cache=$PWD/cache"
    mkdir -p lists/partial cache/archives/partial
    apt-get -qq $as_self $own_lists -o APT::Update::Error-Mode=any update >&2 || fail \
      "the package lists cannot be read" "check the network and /etc/apt/sources.list (Debian 12: bookworm main)"
  fi
  # shellcheck disable=SC2086 # lists of words
  apt-get -qq $as_self $own_lists download $1 >&2 || fail "the packages cannot be downloaded" \
    "check the network; if apt names an old version, run: sudo apt-get update"
}
