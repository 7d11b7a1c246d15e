#!/bin/sh
# Puts LayerForge into the desktop's menu and gives its files their type and icon.
#
#   packaging/linux/install.sh [--remove] [PREFIX]
#
# PREFIX is ~/.local where none is given; /usr/local or /usr install for all users.
# Packagers set DESTDIR: files then go below it, and the desktop's caches are left to the package.
set -eu

remove=no
if [ "${1-}" = --remove ]; then
    remove=yes
    shift
fi
case "$#:${1-}" in
    0: | 1:[!-]*) ;;
    *)
        echo "usage: install.sh [--remove] [PREFIX]" >&2
        exit 2
        ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
assets=$here/../../assets
share=${DESTDIR-}${1:-$HOME/.local}/share

put() { # FILE TARGET
    if [ $remove = yes ]; then
        rm -f "$share/$2"
    else
        mkdir -p "$(dirname "$share/$2")"
        cp "$1" "$share/$2"
        chmod 644 "$share/$2"
    fi
}

put "$here/layerforge.desktop" applications/layerforge.desktop
put "$here/layerforge-mime.xml" mime/packages/layerforge.xml
put "$assets/icon.svg" icons/hicolor/scalable/apps/layerforge.svg
put "$assets/icon.png" icons/hicolor/512x512/apps/layerforge.png
put "$here/application-x-layerforge.svg" \
    icons/hicolor/scalable/mimetypes/application-x-layerforge.svg

refresh() { # FOLDER COMMAND...: where both are there
    folder=$1
    shift
    if [ -d "$folder" ] && command -v "$1" >/dev/null; then
        "$@" "$folder"
    fi
}

if [ -z "${DESTDIR-}" ]; then
    refresh "$share/mime" update-mime-database
    refresh "$share/applications" update-desktop-database
    # desktops see by the folder's date that icons came or went; a cache has to be told
    refresh "$share/icons/hicolor" touch
    if [ -e "$share/icons/hicolor/icon-theme.cache" ]; then
        refresh "$share/icons/hicolor" gtk-update-icon-cache --quiet --force --ignore-theme-index
    fi
fi
