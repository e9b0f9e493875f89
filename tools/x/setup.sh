#!/bin/bash
# ./x setup: installs the packages of packages.txt that are missing, through the machine's own apt. Quiet when all is there.
set -euo pipefail

missing=()
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p')
while read -r package command; do
  case $package in '' | '#'*) continue ;; esac
  if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done <"$(dirname "${BASH_SOURCE[0]}")/packages.txt"
[ ${#missing[@]} -gt 0 ] || exit 0

step "installing ${missing[*]}"
as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "setup: not root and no sudo: install by hand: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null
}
apt_get -o APT::Update::Error-Mode=any -o Acquire::Retries=3 update >/dev/null ||
  echo "setup: some package lists could not be renewed; going on with those that are there" >&2
apt_get -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "${missing[@]}" | grep -E '^(Get|Setting up|E:)' || true
for package in "${missing[@]}"; do
  dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' && continue
  echo "setup: apt could not install $package: this needs Debian 12 with its security updates among the sources of apt" >&2
  exit 1
done
