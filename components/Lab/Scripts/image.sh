# shellcheck shell=bash
# Root file systems: one base for all machines and, on top, one layer per package list. Both are named after their
# content, are built under a lock (so that labs in parallel build once) and renamed into place when they are complete.

readonly RELEASE=bookworm
readonly BASE_PACKAGES=systemd,systemd-sysv,dbus,openssh-server,iproute2,iputils-ping,procps,kmod,nftables,ca-certificates,curl

# The text of the recipe is part of the name: a changed recipe makes new images and leaves those in use alone.
base_id() { printf 'base-%s' "$(digest "$(declare -f build_base configure_base build_layer)" "$RELEASE" "$BASE_PACKAGES")"; }

# The order and repetition of packages do not matter.
layer_id() { # PACKAGE...
  printf 'layer-%s' "$(digest "$(base_id)" "$(printf '%s\n' "$@" | sort -u | xargs)")"
}

# Layers from the top to the bottom, as overlayfs wants them.
lower_directories() { # PACKAGE...
  if (($# > 0)); then printf '%s/%s/tree:' "$CACHE" "$(layer_id "$@")"; fi
  printf '%s/%s/tree' "$CACHE" "$(base_id)"
}

# The host's own package sources for the lab's release (its mirror, its keys); none lets mmdebstrap use Debian's own mirror with its
# updates and security suites.
apt_sources() {
  local lines
  lines=$( {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk '$1 == "deb"' || true
    local file
    for file in /etc/apt/sources.list.d/*.sources; do
      if [[ -f $file ]]; then deb822_to_lines "$file"; fi
    done
  } | awk -v release="$RELEASE" '{
      suite = $3; if ($2 ~ /^\[/) { i = 2; while ($i !~ /\]$/) i++; suite = $(i + 2) }
      if (suite == release || index(suite, release "-") == 1 || index(suite, release "/") == 1) print
    }')
  if [[ -n $lines ]]; then printf '%s\n' "$lines"; fi
}

# One `deb` line per URI and suite of a deb822 file.
deb822_to_lines() { # FILE
  awk '
    function flush_stanza(   u, s, i, j, nu, ns, option) {
      if (types ~ /(^| )deb( |$)/ && enabled != "no") {
        option = signed ~ /^\// ? "[signed-by=" signed "] " : ""
        nu = split(uris, u, " "); ns = split(suites, s, " ")
        for (i = 1; i <= nu; i++) for (j = 1; j <= ns; j++) print "deb " option u[i] " " s[j] " " components
      }
      types = uris = suites = components = signed = enabled = ""
    }
    /^#/ { next }
    /^[ \t]*$/ { flush_stanza(); next }
    {
      key = tolower($1); value = $0; sub(/^[^:]*:[ \t]*/, "", value)
      if (key == "types:") types = value
      else if (key == "uris:") uris = value
      else if (key == "suites:") suites = value
      else if (key == "components:") components = value
      else if (key == "signed-by:") signed = value
      else if (key == "enabled:") enabled = value
    }
    END { flush_stanza() }' "$1"
}

# How the host reaches its mirror (proxies, checks that a snapshot mirror needs switched off) holds for the lab too.
apt_options() {
  apt-config dump 2>/dev/null |
    grep -E '^Acquire::(http|https)::Proxy |^Acquire::Check-(Valid-Until|Date) |^Acquire::Retries ' || true
}

ensure_image() { # PACKAGE...
  ensure_tree "$(base_id)" build_base
  if (($# > 0)); then ensure_tree "$(layer_id "$@")" build_layer "$@"; fi
}

ensure_tree() { # ID BUILDER [PACKAGE...]
  [[ -d $CACHE/$1/tree ]] || with_lock "$CACHE/locks/$1" build_tree "$@"
}

build_tree() { # ID BUILDER [PACKAGE...]
  local id=$1 builder=$2 work log started=$SECONDS building
  shift 2
  [[ -d $CACHE/$id/tree ]] && return
  work=$CACHE/building-$id log=$CACHE/log/$id.log
  discard_build "$work"
  mkdir -p "$work" "$CACHE/log" "$CACHE/apt/archives/partial" "$CACHE/apt/lists/partial"
  # In the background, because bash forgets `set -e` in everything that a condition runs.
  "$builder" "$work" "$@" >"$log" 2>&1 &
  building=$!
  if ! wait "$building"; then
    discard_build "$work"
    die "building $id (${*:-base system}) failed; the end of $log:
$(tail -n 15 "$log")"
  fi
  mkdir -p "$CACHE/$id"
  printf '%s\n' "${*:-$BASE_PACKAGES}" >"$CACHE/$id/packages"
  mv "$work/tree" "$CACHE/$id/tree"
  discard_build "$work"
  note "built $id (${*:-base system}) in $((SECONDS - started)) s"
}

# A build that was killed leaves its directory and perhaps a mount.
discard_build() { # DIRECTORY
  local mount
  [[ -d $1 ]] || return 0
  while read -r mount; do umount -l "$mount"; done < <(awk -v d="$1/" 'index($2, d) == 1 { print $2 }' /proc/self/mounts | sort -r)
  rm -rf "$1"
}

build_base() { # DIRECTORY
  local root=$1/tree archives=$CACHE/apt/archives options=() option sources=()
  while read -r option; do options+=(--aptopt="$option"); done < <(apt_options)
  mapfile -t sources < <(apt_sources)
  # Documentation is never read in a lab; without it a root takes a third of the space and of the time.
  mmdebstrap --variant=minbase --mode=root --include="$BASE_PACKAGES" --skip=download/empty,essential/unlink \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' "${options[@]}" \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --setup-hook="mkdir -p \"\$1/var/cache/apt/archives\" && find $archives -name '*.deb' -exec cp -t \"\$1/var/cache/apt/archives\" {} +" \
    --customize-hook="find \"\$1/var/cache/apt/archives\" -name '*.deb' -exec cp -n -t $archives {} +" \
    "$RELEASE" "$root" "${sources[@]}"
  configure_base "$root"
}

configure_base() { # ROOT
  local root=$1 unit
  # Identities belong to a machine, not to its image.
  rm -f "$root"/etc/ssh/ssh_host_* "$root/var/lib/dbus/machine-id"
  : >"$root/etc/machine-id"
  mkdir -p "$root/etc/ssh/sshd_config.d" "$root/etc/systemd/journald.conf.d" "$root/etc/systemd/system.conf.d"
  # One key type, one generation at creation. MaxStartups: several resources may connect to a machine at the same moment.
  printf '%s\n' 'HostKey /etc/ssh/ssh_host_ed25519_key' 'PermitRootLogin prohibit-password' 'PasswordAuthentication no' \
    'UseDNS no' 'MaxStartups 100:30:200' 'MaxSessions 100' >"$root/etc/ssh/sshd_config.d/10-lab.conf"
  # PAM would make a message of the day for every command that runs over SSH: five processes each time, for nobody to read.
  rm -rf "$root/etc/update-motd.d"
  printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=32M\n' >"$root/etc/systemd/journald.conf.d/10-lab.conf"
  printf '[Manager]\nDefaultTimeoutStopSec=10s\n' >"$root/etc/systemd/system.conf.d/10-lab.conf"
  # What a machine without consoles, seats, disks and a clock of its own need not start.
  for unit in console-getty.service getty.target systemd-networkd.service systemd-resolved.service \
    systemd-timesyncd.service systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-remount-fs.service \
    e2scrub_reap.service e2scrub_all.timer apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount dev-hugepages.mount \
    dev-mqueue.mount systemd-ask-password-console.path systemd-ask-password-wall.path; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
  # Started when somebody asks: the bus by its socket, logind (for `reboot`) by the bus. It also saves inotify instances.
  rm -f "$root"/lib/systemd/system/multi-user.target.wants/{dbus,systemd-logind}.service
  ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
  : >"$root/etc/resolv.conf"
  : >"$root/etc/fstab"
}

build_layer() { # DIRECTORY PACKAGE...
  local work=$1 root=$1/root
  shift
  mkdir -p "$root" "$work/tree" "$work/overlay"
  mount -t overlay overlay -o "lowerdir=$CACHE/$(base_id)/tree,upperdir=$work/tree,workdir=$work/overlay" "$root"
  # Services must not start while their packages are installed.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod +x "$root/usr/sbin/policy-rc.d"
  apt_options >"$root/etc/apt/apt.conf.d/99lab-build"
  touch "$CACHE/locks/apt"
  # apt-get locks what it shares with other builds itself, but fails instead of waiting; so the shared steps (index and
  # downloads) run under the cache's own lock, and the installation, which writes to this root only, runs without.
  # shellcheck disable=SC2016 # expanded inside
  systemd-nspawn --quiet --register=no --keep-unit --pipe --timezone=off --resolv-conf=copy-host --link-journal=no \
    -D "$root" -M "layer-$$" --setenv=DEBIAN_FRONTEND=noninteractive --setenv=PACKAGES="$*" \
    --bind="$CACHE/apt/archives:/var/cache/apt/archives" --bind="$CACHE/apt/lists:/var/lib/apt/lists" \
    --bind="$CACHE/locks/apt:/run/lab-apt.lock" /bin/bash -ec '
      options=(-q -y -o APT::Sandbox::User=root -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
        -o APT::Install-Recommends=false -o Acquire::Languages=none -o Dpkg::Options::=--force-unsafe-io
        -o APT::Keep-Downloaded-Packages=true)
      fetch() { apt-get "${options[@]}" --download-only install $PACKAGES; }
      exec 9>/run/lab-apt.lock
      flock 9
      # An index of the last hours saves seconds; when it turns out to be too old, a download fails and it is renewed.
      fresh=$(find /var/lib/apt/lists -maxdepth 1 -name "*_Packages*" -mmin -360 | head -n 1)
      [ -n "$fresh" ] && fetch || { apt-get "${options[@]}" update && fetch; }
      flock -u 9
      apt-get "${options[@]}" -o Debug::NoLocking=true install $PACKAGES' </dev/null
  rm -f "$root/usr/sbin/policy-rc.d" "$root/etc/apt/apt.conf.d/99lab-build"
  rm -rf "$root"/etc/ssh/ssh_host_* "$root"/var/log/*.log "$root"/var/log/apt
  : >"$root/etc/resolv.conf"
  umount "$root"
}
