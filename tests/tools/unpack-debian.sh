#!/bin/bash
# unpack-debian.sh SUITE FOLDER PACKAGE... : packages of another Debian suite, with all that they need, unpacked
# into FOLDER. Nothing is installed: the system's own packages and sources stay as they are. Needs apt and its mirror.
set -euo pipefail
[[ $# -ge 3 ]] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
suite=$1 folder=$2; shift 2

mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
  sed -nE 's#^(URIs:|deb( \[[^]]*\])?) *(https?://[^ ]*/debian/?)( .*)?$#\3#p' | head -n 1 || true)
mirror=${mirror:-http://deb.debian.org/debian}

work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/etc/sources.list.d" "$work/etc/preferences.d" "$work/etc/apt.conf.d" "$work/lists/partial" "$work/cache/archives/partial"
touch "$work/status"
cat >"$work/etc/sources.list" <<END
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main
END
cat >"$work/apt.conf" <<END
Dir::Etc "$work/etc";
Dir::Etc::Trusted "/usr/share/keyrings/debian-archive-keyring.gpg";
Dir::State "$work";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
END
export APT_CONFIG=$work/apt.conf
apt-get -qq update
apt-get -qq -y --no-install-recommends --download-only install "$@" >/dev/null

mkdir -p "$folder"
# The folders that a newer Debian has merged into /usr are links, as its programs expect.
for name in bin sbin lib lib64; do mkdir -p "$folder/usr/$name"; ln -sfn "usr/$name" "$folder/$name"; done
for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --keep-directory-symlink
done
