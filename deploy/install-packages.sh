#!/bin/sh
# Installs the Debian packages of deploy/debian-packages.txt that are missing, and
# Node.js with npm.
# Does nothing (and needs no rights) when all are there.
set -eu
list="$(dirname "$0")/debian-packages.txt"
missing=""
for package in $(sed 's/#.*//' "$list"); do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
# The pages are built with Node.js 18 or later, the machine's own if it has one;
# where it comes from elsewhere, Debian's npm does not go with it.
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
[ -n "$missing" ] || exit 0

echo "Installing missing packages:$missing"
if [ "$(id -u)" -eq 0 ]; then
  sudo=""
elif command -v sudo >/dev/null 2>&1; then
  sudo="sudo"
else
  echo "error: these packages are missing and you are neither root nor have sudo." >&2
  echo "Run as root: apt-get install$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086  # a list of words on purpose
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
