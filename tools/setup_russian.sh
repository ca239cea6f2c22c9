#!/bin/sh
# Install programs that speak Russian: RHVoice, or those named.
#
#     sh tools/setup_russian.sh                         # RHVoice
#     sh tools/setup_russian.sh rhvoice festival espeak
#
# Festival and espeak-ng lie in Debian's section main; RHVoice lies in non-free, because some of
# the voices in the package rhvoice-russian may not be used commercially.  The service speaks
# with the free ones unless it is told otherwise.
#
# Asks nothing, can be repeated, and names every change before it makes it.  Changes are: one
# file below /etc/apt/sources.list.d, where apt knows no package rhvoice yet, and the packages.
set -eu

source_file=/etc/apt/sources.list.d/videolecture-non-free.sources
system_file=${VIDEOLECTURE_OS_RELEASE:-/etc/os-release}

say() { printf 'setup-russian: %s\n' "$*"; }
stop() { printf 'setup-russian: %s\n' "$*" >&2; exit 1; }

packages_of() {
    case $1 in
        rhvoice) echo rhvoice rhvoice-russian rhvoice-english ;;
        festival) echo festival festvox-ru ;;
        espeak) echo espeak-ng ;;
        *) stop "no engine $1; there are rhvoice, festival, espeak" ;;
    esac
}

program_of() {
    case $1 in
        rhvoice) echo RHVoice-test ;;
        festival) echo festival ;;
        espeak) echo espeak-ng ;;
    esac
}

installed() {
    for package; do
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || return 1
        [ "$status" = installed ] || return 1
    done
}

offered() {
    for package; do
        apt-cache --quiet=0 policy "$package" 2>/dev/null | grep --quiet 'Candidate: [^(]' || return 1
    done
}

add_non_free() {
    # shellcheck disable=SC1090
    distribution=$(. "$system_file" && echo "${ID:-}")
    release=$(. "$system_file" && echo "${VERSION_CODENAME:-}")
    [ "$distribution" = debian ] && [ -n "$release" ] || stop \
        "apt offers no package rhvoice here. On Ubuntu enable the component multiverse" \
        "(add-apt-repository multiverse); elsewhere build RHVoice from its sources." \
        "Or speak Russian with: sh tools/setup_russian.sh festival"
    # Whatever server apt has Debian's main from has its non-free too.
    # shellcheck disable=SC2016
    server=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
        'Component: main' "Codename: $release" | head -n 1)
    [ -n "$server" ] || stop "apt has no source of Debian $release, component main"
    say "adding $source_file: $server, $release, component non-free; delete it to undo"
    cat >"$source_file.part" <<SOURCE
# Added by videolecture's tools/setup_russian.sh, for RHVoice.
Types: deb
URIs: $server
Suites: $release
Components: non-free
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCE
    mv "$source_file.part" "$source_file"
    apt-get update
    offered rhvoice || stop "apt still offers no package rhvoice; look at the lines above"
}

[ $# -gt 0 ] || set -- rhvoice
wanted=
for engine; do
    packages=$(packages_of "$engine")
    # shellcheck disable=SC2086
    if installed $packages; then
        say "$engine is installed already: $(command -v "$(program_of "$engine")")"
    else
        wanted="$wanted $packages"
    fi
done
[ -n "$wanted" ] || exit 0

command -v apt-get >/dev/null || stop \
    "there is no apt-get here. Install$wanted as your system does it; the service finds the" \
    "programs on PATH"
[ "$(id -u)" = 0 ] || stop \
    "installing$wanted needs root. Run: sudo sh tools/setup_russian.sh $*"

# shellcheck disable=SC2086
offered $wanted || { say "asking apt for its newest lists"; apt-get update; }
case $wanted in
    *rhvoice*) offered rhvoice || add_non_free ;;
esac
say "installing$wanted"
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $wanted
for engine; do
    program=$(program_of "$engine")
    command -v "$program" >/dev/null || stop "the packages are installed, but there is no $program"
    say "$engine is ready: $(command -v "$program")"
done
