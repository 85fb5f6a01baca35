#!/usr/bin/env bash
# Starts the build program: ./build.sh [--target NAME] [--name value]...
# Warm, it starts what was compiled before. After a change of its sources it compiles first, into a fresh folder.
# Plain enough for the bash 3.2 of macOS; no flock, no GNU options.

callers_folder=$PWD
script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
  link=$(readlink "$script")
  case $link in /*) script=$link ;; *) script=$(dirname "$script")/$link ;; esac
done
case $script in */*) cd -P "${script%/*}" || exit 2 ;; esac

say() { printf 'build.sh: %s\n' "$*" >&2; }

case ${PIPELINE_HOME:-} in
  '') state=$PWD/.pipeline ;;
  /*) state=$PIPELINE_HOME ;;
  *) state=$callers_folder/$PIPELINE_HOME; export PIPELINE_HOME=$state ;;
esac
builds=$state/build
pointer=$builds/current

find_dotnet() {
  dotnet=$(command -v dotnet) && return
  local folder
  for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet"; do
    if [ -x "$folder/dotnet" ]; then dotnet=$folder/dotnet; return; fi
  done
  say "the .NET SDK is missing: no program 'dotnet' on the PATH, in DOTNET_ROOT or in ~/.dotnet;" \
    "install the SDK $(wanted_sdk) from https://dotnet.microsoft.com/download and run again"
  exit 2
}

wanted_sdk() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json; }

require_sdk() {
  "$dotnet" --version >/dev/null 2>&1 && return
  say "the .NET SDK is too old: global.json wants $(wanted_sdk) or a later one of the same major version, $dotnet has:"
  "$dotnet" --list-sdks 2>/dev/null | sed 's/^/  /' >&2
  say "install the SDK $(wanted_sdk) from https://dotnet.microsoft.com/download and run again"
  exit 2
}

# What the build program is compiled from. The names are part of the pointer, so that one that comes or goes is noticed.
list_sources() {
  local name
  sources=()
  for name in build src/Pipeline.* Directory.* global.json .editorconfig .globalconfig [Nn]u[Gg]et.[Cc]onfig; do
    [ -e "$name" ] && sources[${#sources[@]}]=$name
  done
}

hash_of() {
  local hash=cksum
  if command -v sha256sum >/dev/null; then hash=sha256sum; elif command -v shasum >/dev/null; then hash='shasum -a 256'; fi
  # shellcheck disable=SC2086 # shasum has an argument
  find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -type f "$@" -print | LC_ALL=C sort | tr '\n' '\0' | xargs -0 $hash | $hash
}

# Lock files stand apart: compiling writes them.
source_contents() { hash_of ! -name packages.lock.json; }
lock_contents() { hash_of -name packages.lock.json; }

read_pointer() {
  build='' known='' fingerprint=''
  { read -r build && read -r known && read -r fingerprint; } 2>/dev/null <"$pointer"
  [ -n "$build" ] && [ -f "$builds/$build/Build.dll" ]
}

# A change of a file or of a folder's entries has a change time later than the pointer's; an innocent one (a saved copy,
# a new bin folder, a clock set back) is told from a real one by the contents.
fresh() {
  read_pointer || return 1
  list_sources
  [ "$known" = "${sources[*]}" ] || return 1
  : >"$builds/now"
  if [ ! "$pointer" -nt "$builds/now" ] &&
    [ -z "$(find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -cnewer "$pointer" -print 2>&1)" ]; then
    return 0
  fi
  local mark="$builds/mark.$$"
  : >"$mark"
  if [ "$(source_contents) $(lock_contents)" = "$fingerprint" ]; then point_to "$build" "$mark"; else rm -f "$mark"; return 1; fi
}

# The pointer carries the time at which its contents were read: what changes later is newer than it.
point_to() {
  printf '%s\n%s\n%s\n' "$1" "${sources[*]}" "$fingerprint" >"$pointer.$$"
  touch -r "$2" "$pointer.$$"
  mv -f "$pointer.$$" "$pointer"
  rm -f "$2"
}

# A process is known by its id and its birth, for ids are used again after a restart of the machine.
birth() {
  local line
  if [ -r "/proc/$1/stat" ]; then
    line=$(cat "/proc/$1/stat" 2>/dev/null)
    # shellcheck disable=SC2086 # the words of the line
    set -- ${line##*) }
    printf '%s' "${20:-}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -d ' :'
  fi
}

alive() { # alive ID-BIRTH
  local born
  born=$(birth "${1%%-*}")
  [ -n "$born" ] && [ "$born" = "${1#*-}" ]
}

# A symbolic link is made whole or not at all: its target names the owner.
lock=$builds/lock
take_lock() {
  local owner told=''
    me=$$-$(birth $$)
  until ln -s "$me" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock" 2>/dev/null) || continue
    if alive "$owner"; then
      [ -n "$told" ] || say "another build.sh (process ${owner%%-*}) compiles already; waiting for it"
      told=yes
      sleep 0.2
    else
      mv "$lock" "$lock.$$" 2>/dev/null || continue
      # Between the look and the move a new owner may have come: it gets its lock back.
      if [ "$(readlink "$lock.$$")" = "$owner" ]; then rm -f "$lock.$$"; else mv "$lock.$$" "$lock"; fi
    fi
  done
}

release_lock() { [ "$(readlink "$lock" 2>/dev/null)" = "$me" ] && rm -f "$lock"; }

# The current build and the one before stay; an older one goes when no process that was started from it lives.
remove_old_builds() {
  local folder runner
  for runner in "$builds"/running/*; do
    [ -e "$runner" ] && ! kill -0 "${runner##*/}" 2>/dev/null && [ ! -d "/proc/${runner##*/}" ] && rm -f "$runner"
  done
  for folder in "$builds"/2*/; do
    folder=${folder%/}
    folder=${folder##*/}
    case $folder in "$1" | "$2") continue ;; esac
    grep -qx -- "$folder" "$builds"/running/* 2>/dev/null || rm -rf "${builds:?}/$folder"
  done
}

abandon_build() {
  rm -rf "$builds/mark.$$" "${next:+$builds/$next}"
  release_lock
}

stop_compiling() {
  trap - INT TERM
  if [ -n "$compiler" ]; then kill "$compiler" 2>/dev/null; wait "$compiler" 2>/dev/null; fi
  abandon_build
  exit "$1"
}

compile() {
  local previous mark="$builds/mark.$$" next='' compiler='' found
  find_dotnet
  require_sdk
  mkdir -p "$builds/running" || { say "cannot write to $builds; make it writable or set PIPELINE_HOME"; exit 2; }
  trap 'stop_compiling 130' INT
  trap 'stop_compiling 143' TERM
  take_lock
  # Whoever waited for the lock may find that the work is done.
  if ! fresh; then
    previous=$build
    next=$(date +%Y%m%d-%H%M%S)-$$
    list_sources
    : >"$mark"
    found=$(source_contents)
    if [ -n "$previous" ]; then
      say "the sources of the build program changed: compiling it"
    else
      say "the first start here: compiling it takes about a minute, later starts do not"
    fi
    # Analyzers have their say in the Lint target; here they would double the wait.
    DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 "$dotnet" publish build/Build.csproj --configuration Release --output "$builds/$next" \
      --artifacts-path "$builds/work" --verbosity quiet -tl:off -clp:NoSummary \
      -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -p:PrecompileForStart=true >&2 </dev/null &
    compiler=$!
    if ! wait "$compiler"; then
      abandon_build
      say "the build program does not compile; the errors are above"
      exit 1
    fi
    fingerprint="$found $(lock_contents)"
    point_to "$next" "$mark"
    build=$next
    remove_old_builds "$next" "$previous"
  fi
  release_lock
  trap - INT TERM
}

# A function, so that bash has read all of this file before it runs: a checkout may replace it meanwhile.
main() {
  fresh || compile
  [ -n "${dotnet:-}" ] || find_dotnet
  printf '%s\n' "$build" >"$builds/running/$$"
  exec "$dotnet" "$builds/$build/Build.dll" "$@"
}

main "$@"
